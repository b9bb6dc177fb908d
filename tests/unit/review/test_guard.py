"""Who is answered, what every answer forbids, and the token in front of it all."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest

from tests.unit.review.serving import Answer, Served, alert_ids, serving
from trialhouse.review.guard import ACCESS, HEADERS, SESSION, Guard

TOKEN = "correct-horse-battery-staple"

PAGES = ("/", "/releases", "/sources", "/checks", "/dictionary", "/trials", "/nothing-here", "/static/style.css")


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1",
        "127.0.0.1:1",
        "localhost.evil.example:{port}",
        "{port}",
        "",
        "user@127.0.0.1:{port}",
    ],
)
def test_a_name_that_is_not_ours_is_not_answered(page: Served, host: str) -> None:
    answer = page.get("/", {"Host": host.format(port=page.port)})
    assert answer.status == 421
    assert b"The arms add up" not in answer.body


@pytest.mark.parametrize("host", ["127.0.0.1:{port}", "localhost:{port}", "LOCALHOST:{port}"])
def test_our_own_names_are(page: Served, host: str) -> None:
    assert page.get("/", {"Host": host.format(port=page.port)}).status == 200


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_forbids_what_pages_do_not_need(page: Served, path: str) -> None:
    for answer in (page.get(path), page.get(path, {"Host": "evil.example"})):
        assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
        assert "server" not in answer.headers
    policy = HEADERS["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


FOREIGN: list[dict[str, str | None]] = [
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:1"},
    {"Origin": "http://[::1"},
    {"Origin": ""},
    {"Origin": "file://"},
    {"Sec_Fetch_Site": "cross-site"},
    {"Sec_Fetch_Site": "same-site"},
    {"Sec_Fetch_Site": "cross-site", "Origin": None},
]


@pytest.mark.parametrize("said", FOREIGN, ids=str)
def test_a_form_from_another_page_is_refused_even_with_the_right_token(
    refusing: Served, said: dict[str, str | None]
) -> None:
    (alert_id, *_) = alert_ids(refusing.warehouse)
    answer = refusing.browser().send(f"/alerts/{alert_id}", ("action", "acknowledge"), **said)
    assert answer.status == 403
    assert not (refusing.warehouse / "decisions.sqlite").exists()


def test_who_says_no_origin_needs_the_forms_token_all_the_same(own_page: Served) -> None:
    (alert_id, *_) = alert_ids(own_page.warehouse)
    browser = own_page.browser()
    silent = {"Origin": None, "Sec_Fetch_Site": None}
    no_token = browser.send_body(f"/alerts/{alert_id}", f"action=acknowledge&by=a&seen={alert_id}".encode(), **silent)
    assert no_token.status == 403
    fields = (("action", "acknowledge"), ("by", "ada"), ("seen", f"{alert_id} "))
    assert browser.send(f"/alerts/{alert_id}", *fields, **silent).status == 303


def test_a_session_is_given_once_and_holds_nothing_that_can_be_guessed(page: Served) -> None:
    first, second = page.get("/"), page.get("/")
    assert first.cookie(SESSION) != second.cookie(SESSION)
    assert len(first.cookie(SESSION)) == 32
    assert "HttpOnly; SameSite=Strict" in first.headers["set-cookie"]
    again = page.get("/", {"Cookie": f"{SESSION}={first.cookie(SESSION)}"})
    assert again.headers.get_all("set-cookie") is None
    # An empty one, as a browser may be left with, is none.
    assert page.get("/", {"Cookie": f"{SESSION}="}).cookie(SESSION)


@pytest.fixture(scope="module")
def behind_token(reviewed: Path) -> Iterator[Served]:
    with serving(reviewed, TOKEN) as served:
        yield served


@pytest.mark.parametrize("path", [path for path in PAGES if not path.startswith("/static")])
def test_nothing_is_shown_without_the_token(behind_token: Served, path: str) -> None:
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Cookie": f"{ACCESS}=0"}, {"Authorization": "Bearer "}):
        answer = behind_token.get(path, headers)
        login = "/login" if path == "/" else f"/login?{urlencode({'then': path})}"
        assert (answer.status, answer.headers["location"], answer.body) == (303, login, b"")
    assert behind_token.ask("POST", "/alerts", {"Content-Length": "0"}).status == 401


def test_a_proxy_shows_the_token_in_a_header(behind_token: Served) -> None:
    assert behind_token.get("/", {"Authorization": f"Bearer {TOKEN}"}).status == 200
    odd = behind_token.get("/", {"Authorization": "Bearer ü\xff".encode("latin-1")})
    assert odd.status == 303


def test_a_browser_gives_it_once_and_keeps_something_else(behind_token: Served) -> None:
    browser = behind_token.browser("/login")
    wrong = browser.send("/login", ("token", TOKEN + "x"))
    assert wrong.status == 403
    assert "That is not the token" in wrong.text
    right = browser.send("/login", ("token", TOKEN))
    assert (right.status, right.headers["location"]) == (303, "/")
    kept = right.cookie(ACCESS)
    shown = behind_token.get("/", {"Cookie": f"{ACCESS}={kept}"})
    assert "The arms add up" in shown.text
    for answer in (wrong, right, shown):
        _holds_no_secret(answer, TOKEN)
    _holds_no_secret(shown, kept)


def test_after_the_token_comes_the_page_that_was_asked_for(behind_token: Served) -> None:
    asked = "/?show=all&text=add+up"
    login = behind_token.get(asked).headers["location"]
    shown = behind_token.get(login)
    (then,) = re.findall(r'name="then" value="([^"]*)"', shown.text)
    assert html.unescape(then) == asked
    browser = behind_token.browser(login)
    wrong = browser.send("/login", ("token", "wrong"), ("then", asked))
    assert 'name="then"' in wrong.text
    assert browser.send("/login", ("token", TOKEN), ("then", asked)).headers["location"] == asked
    assert browser.send("/login", ("token", TOKEN), ("then", "//evil.example")).headers["location"] == "/"
    # Who writes the token into the address is asked for it, and it is not carried on.
    assert behind_token.get(f"/?token={TOKEN}").headers["location"] == "/login"


def test_a_token_may_have_any_letters(reviewed: Path) -> None:
    with serving(reviewed, "größer-als-früher") as served:
        assert served.get("/", {"Authorization": "Bearer größer-als-früher".encode()}).status == 200
        assert served.get("/", {"Authorization": "Bearer größer-als-früh".encode()}).status == 303


def test_the_cookie_of_one_server_opens_no_other(behind_token: Served, reviewed: Path) -> None:
    kept = behind_token.browser("/login").send("/login", ("token", TOKEN)).cookie(ACCESS)
    with serving(reviewed, TOKEN) as other:
        assert other.get("/", {"Cookie": f"{ACCESS}={kept}"}).status == 303


def test_the_token_stands_in_no_words_about_the_guard() -> None:
    assert TOKEN not in repr(Guard(frozenset(), TOKEN))


def _holds_no_secret(answer: Answer, secret: str) -> None:
    assert secret not in answer.text
    assert secret not in str([value for name, value in answer.headers.items() if name != "set-cookie"])
