"""Forms and addresses of people who mean harm, and of two who mean well at the same time."""

import re
import threading
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.routing import Route

from tests.unit.review.serving import NEXT_YEAR, Answer, Browser, Served, alert_ids, serving
from trialhouse.quality.decisions import Decisions
from trialhouse.releases.layout import Layout
from trialhouse.review import app as application
from trialhouse.review.guard import MOST_FORM_BYTES, Guard


def posts(warehouse: Path) -> list[str]:
    """Every address that takes a form."""
    routes = application.build_app(warehouse, Guard(frozenset()), "ada").app.routes
    return [route.path for route in routes if isinstance(route, Route) and "POST" in route.methods]


def taken(warehouse: Path) -> int:
    """How many decisions were written."""
    decisions = Decisions(Layout(warehouse).decisions)
    return len(decisions.alert_decisions()) + len(decisions.judgements())


def test_every_form_is_checked(refusing: Served) -> None:
    paths = posts(refusing.warehouse)
    assert {"/alerts", "/alerts/{alert_id}", "/login"} <= set(paths)
    (alert_id, *_) = alert_ids(refusing.warehouse)
    browser, stranger = refusing.browser(), refusing.browser()
    stale = Browser(refusing, browser.cookies, "0" * 64)
    foreign = Browser(refusing, browser.cookies, stranger.form_token)
    for path in paths:
        target = re.sub(r"\{[^}]*\}", alert_id, path)
        fields = [
            ("action", "acknowledge"),
            ("by", "ada"),
            ("alert", alert_id),
            ("seen", f"{alert_id} "),
            ("token", ""),
        ]
        for sender in (stale, foreign):
            answer = sender.send(target, *fields)
            assert answer.status == 403, target
            assert "load the page anew" in answer.text
        assert browser.send_body(target, b"action=acknowledge&by=ada").status == 403, target
        assert browser.send(target, *fields, Content_Type="text/plain").status == 415, target
        assert browser.send(target, *fields, Content_Type="application/json").status == 415, target
        assert browser.send_body(target, b"x" * (MOST_FORM_BYTES + 1)).status == 413, target
        assert browser.send_body(target, f"form_token={browser.form_token}&by=\xff".encode("latin-1")).status == 400
        assert browser.send_body(target, f"form_token={browser.form_token}&by=%FF".encode()).status == 400, target
        assert browser.send_body(target, f"form_token={browser.form_token}&".encode() + b"a=&" * 9000).status == 413
    assert taken(refusing.warehouse) == 0


def test_looking_decides_nothing(refusing: Served) -> None:
    (alert_id, *_) = alert_ids(refusing.warehouse)
    token = refusing.browser().form_token
    query = f"action=acknowledge&by=ada&alert={alert_id}&seen={alert_id}+&form_token={token}"
    assert refusing.get(f"/alerts?{query}").headers["location"] == "/"
    assert refusing.get(f"/alerts/{alert_id}?{query}").status == 200
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"):
        assert refusing.ask(method, f"/alerts/{alert_id}?{query}").status == 405
    assert taken(refusing.warehouse) == 0


@pytest.mark.parametrize(
    "target",
    [
        "/documents/..%2f..%2fdecisions.sqlite",
        "/documents/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2fapp.py",
        "/checks/../../decisions.sqlite",
        "/checks/..%2f..%2f..%2fetc%2fpasswd",
        "/releases/..%2f..",
        "/releases/current%2f..%2f..",
        "/releases/difference?from=../..&to=../../etc",
        "/../../etc/passwd",
        "//etc/passwd",
        "/trials/..%2f..%2f",
        "/decisions.sqlite",
        "/releases/current/trialhouse.duckdb",
    ],
)
def test_no_address_leads_to_a_file(page: Served, target: str) -> None:
    answer = page.get(target)
    assert answer.status == 404
    assert b"root:" not in answer.body
    assert str(page.warehouse).encode() not in answer.body


ODD = ["'", "' OR 1=1 --", '"; DROP TABLE trials; --', "%00", "\\", "%FF%FE", "%0d%0aX-Bad:%201", "{{7*7}}", "a" * 5000]


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd[:12])
@pytest.mark.parametrize("place", ["/alerts/", "/documents/", "/checks/", "/releases/", "/trials/"])
def test_odd_ids_are_no_ids(page: Served, place: str, odd: str) -> None:
    answer = page.get(place + odd.replace(" ", "%20"))
    assert answer.status == 404
    assert "X-Bad" not in answer.headers
    assert ">49<" not in answer.text


@pytest.mark.parametrize("odd", [*ODD, "²", "٣", "-1", "0", "99999999999", "1e9", "nan"])
def test_odd_words_in_a_query_are_answered(page: Served, odd: str) -> None:
    word = odd if odd.startswith("%") else quote(odd)
    for name in ("page", "show", "severity", "check", "trial", "text", "group", "unknown"):
        assert page.get(f"/?{name}={word}").status == 200, name
    assert page.get(f"/releases/difference?from={word}").status == 404


def test_odd_places_in_a_document_mark_nothing(page: Served) -> None:
    found = re.search(r'/documents/[^?"#]*\?', page.get(f"/alerts/{alert_ids(page.warehouse)[0]}").text)
    assert found
    plain = _text_of(page.get(found[0]))
    assert "response occurred" in plain
    for query in (
        "start=50&end=10",
        "start=²&end=٣",
        "start=-1&end=5",
        "start=99999999999&end=999999999999",
        "start=5",
        "cell=trials",
        "cell=trials/x' OR 1=1 --/title",
        "cell=dq.alerts/../message.evidence_hash",
        "cell=evidence/a/quote",
        "cell=\0/\0/\0",
    ):
        answer = page.get(found[0] + quote(query, safe="=&"))
        assert answer.status == 200, query
        assert _text_of(answer) == plain, query
        assert "<mark" not in answer.text, query


def _text_of(answer: Answer) -> str:
    (text,) = re.findall(r'<div class="text"[^>]*>(.*?)</div>', answer.text, re.DOTALL)
    return re.sub(r"<[^>]*>", "", text)


ELSEWHERE = (
    "https://evil.example/", "//evil.example", "/\\evil.example", "\\\\evil.example", "/\t/evil.example",
    "javascript:alert(1)", "///evil.example", "http:evil.example", "http://[", "/\n/evil.example", "evil",
)  # fmt: skip


def test_a_form_sends_no_browser_elsewhere(own_page: Served) -> None:
    names = ("NCT09990001", "NCT09990002")
    fields = [("subject", "trial"), ("left", names[0]), ("right", names[1]), ("verdict", "unsure"), ("by", "ada")]
    browser = own_page.browser()
    for place in (*ELSEWHERE, "/trials/NCT09990001?outcome=a+b"):
        answer = browser.send("/judgements", *fields, ("back", place))
        assert (answer.status, answer.headers["location"]) == (303, "/" if place in ELSEWHERE else place)


def test_nothing_that_is_typed_becomes_a_header(own_page: Served) -> None:
    (alert_id, *_) = alert_ids(own_page.warehouse)
    bad = "x\r\nSet-Cookie: bad=1\r\nX-Bad: 1"
    fields = (("action", "acknowledge"), ("by", f"ada {bad}"), ("seen", f"{alert_id} "), ("back", f"/?text={bad}"))
    answer = own_page.browser().send(f"/alerts/{alert_id}", *fields)
    assert answer.status in (303, 400)
    assert "X-Bad" not in answer.headers
    assert not [value for value in answer.headers.get_all("set-cookie") or [] if value.startswith("bad=")]
    told = own_page.get("/", {"Cookie": "trialhouse_told=%0d%0aX-Bad:%201<script>alert(1)</script>%FF; broken; =; a=="})
    assert told.status == 200
    assert "X-Bad" not in told.headers
    assert "<script>alert(1)" not in told.text


@pytest.mark.parametrize(
    ("field", "value", "why"),
    [
        ("by", "", "name"),
        ("by", "x" * 101, "100"),
        ("by", "refresh", "person"),
        ("comment", "x" * 4001, "4,000"),
        ("comment", "a\0b", "nobody sees"),
        ("by", "a\u202eb", "nobody sees"),
        ("reason", "because", "because"),
        ("reason", "", "reason"),
        ("comment", "  ", "comment"),
        ("until", "soon", "soon"),
        ("until", "2001-01-01", "ended already"),
        ("until", "", "day"),
        ("action", "burn", "Choose"),
        ("action", "", "Choose"),
    ],
)
def test_what_cannot_be_decided_is_said_and_what_was_typed_stays(
    refusing: Served, field: str, value: str, why: str
) -> None:
    (alert_id, *_) = alert_ids(refusing.warehouse)
    fields = {
        "action": "waive", "reason": "source_error", "comment": "Typed <b>before</b>.", "until": "2099-01-01",
        "by": "ada", "seen": f"{alert_id} ",
    } | {field: value}  # fmt: skip
    answer = refusing.browser().send(f"/alerts/{alert_id}", *fields.items())
    assert answer.status == 400
    (problem,) = re.findall(r'<p class="problem" role="alert">(.*?)</p>', answer.text)
    assert why in problem
    assert "isoformat" not in problem
    assert "WaiverReason" not in problem
    if field != "comment":
        assert "Typed &lt;b&gt;before&lt;/b&gt;." in answer.text
    assert taken(refusing.warehouse) == 0


def test_many_are_decided_together_or_none(own_page: Served) -> None:
    first, second, third, fourth = alert_ids(own_page.warehouse)
    browser = own_page.browser()
    common = [("action", "acknowledge"), ("by", "ada"), *(("seen", f"{one} ") for one in (first, second, third))]
    none = browser.send("/alerts", *common)
    assert none.status == 400
    assert "No alert is chosen" in none.text
    assert browser.send("/alerts", *common, ("alert", first), ("alert", "alert-x'--")).status == 404
    assert taken(own_page.warehouse) == 0
    both = browser.send("/alerts", *common, ("alert", first), ("alert", second), ("alert", first))
    assert both.status == 303
    assert taken(own_page.warehouse) == 2
    moved = browser.send("/alerts", *common, ("alert", second), ("alert", third))
    assert moved.status == 409
    assert f'value="{fourth}"' in moved.text
    assert taken(own_page.warehouse) == 2


def test_the_second_reviewer_sees_that_it_moved(own_page: Served) -> None:
    (alert_id, *_) = alert_ids(own_page.warehouse)
    ada, ben = own_page.browser(), own_page.browser()
    assert ada.waiver(alert_id).status == 303
    second = ben.waiver(alert_id)
    assert second.status == 409
    assert "Somebody decided meanwhile" in second.text
    assert f"waived until {NEXT_YEAR}" in re.sub(r"\s+", " ", second.text)
    assert taken(own_page.warehouse) == 1
    (seen,) = re.findall(rf'name="seen" value="{alert_id} ([^"]+)"', second.text)
    fields = (("action", "reopen"), ("by", "ben"), ("seen", f"{alert_id} {seen}"))
    assert ben.send(f"/alerts/{alert_id}", *fields).status == 303
    assert taken(own_page.warehouse) == 2


def test_of_many_at_the_same_time_exactly_one_decides(own_warehouse: Path) -> None:
    """Two servers, as two reviewers on one machine have them, and four browsers at each."""
    (alert_id, *_) = alert_ids(own_warehouse)
    with serving(own_warehouse) as one, serving(own_warehouse) as other:
        browsers = [served.browser() for served in (one, other) for _ in range(4)]
        together, statuses = threading.Barrier(len(browsers)), []

        def decide(browser: Browser) -> None:
            together.wait()
            statuses.append(browser.waiver(alert_id).status)

        threads = [threading.Thread(target=decide, args=(browser,)) for browser in browsers]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(statuses) == [303] + [409] * (len(browsers) - 1)
    assert taken(own_warehouse) == 1
