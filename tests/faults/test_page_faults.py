"""What web sites do wrong is seen or mended, and nothing is lost: each address has exactly one answer.

Every test has a site commit one fault over a real socket and says what the user sees.
"""

import pathlib
from collections.abc import Iterator
from typing import Any

import pytest

from tests.replay.answers import (
    CHALLENGE_PAGE,
    cut_body,
    encoded,
    endless_redirect,
    gzip_bomb,
    redirect,
    server_error,
    too_many,
)
from tests.replay.pages import HTML, Site, article, prose
from tests.replay.polite import polite_session
from tests.replay.server import Answer, ReplayServer
from trialhouse.documents import parse_document
from trialhouse.model.document import Document, Receipt
from trialhouse.model.ids import sha256_hex
from trialhouse.model.source_config import SourceConfig
from trialhouse.sources.asking import Answer as SourceAnswer
from trialhouse.sources.asking import Fetched, Missing
from trialhouse.sources.web_pages import WebPages

STORY = article("Belotarin ends fever", prose(1))


@pytest.fixture
def site() -> Iterator[Site]:
    with ReplayServer() as server:
        yield Site(server)


def ask(folder: pathlib.Path, *urls: str, **manners: Any) -> list[SourceAnswer]:
    """One answer for each address, whatever happens."""
    session, time = polite_session(folder, **{"attempts": 2, **manners})
    answers = list(WebPages(SourceConfig(), session, folder, clock=time.now).fetch(urls, lambda record_id: None))
    assert [answer.record_id for answer in answers] == list(urls)
    return answers


def missing(answer: SourceAnswer) -> Missing:
    assert isinstance(answer, Missing), answer
    return answer


def document(answer: SourceAnswer) -> Document:
    assert isinstance(answer, Fetched), answer
    facts = answer.model_dump(exclude={"data"})
    receipt = Receipt(source="web", sha256=sha256_hex(answer.data), size_bytes=len(answer.data), **facts)
    return parse_document(answer.data, receipt)


def test_a_robots_txt_that_fails_stops_its_site_until_it_is_there(site: Site, tmp_path: pathlib.Path) -> None:
    urls = site.put("/a", STORY), site.put("/b", STORY)
    site.server.misbehave("/robots.txt", *[server_error()] * 2)
    for answer in ask(tmp_path, *urls):
        assert (missing(answer).reason, missing(answer).is_explained) == ("robots_unreachable", False)
        assert "run again later" in missing(answer).message
    assert site.asked("/a") == 0
    assert site.asked("/robots.txt") == 2  # two attempts for the first page, and none for the second


def test_a_robots_txt_that_failed_once_is_asked_again(site: Site, tmp_path: pathlib.Path) -> None:
    site.server.misbehave("/robots.txt", server_error(503))
    (answer,) = ask(tmp_path, site.put("/a", STORY))
    assert isinstance(answer, Fetched)


def test_what_a_site_forbids_is_not_asked_for_and_the_rest_is(site: Site, tmp_path: pathlib.Path) -> None:
    site.robots = "User-agent: *\nDisallow: /members/\n"
    no, yes = ask(tmp_path, site.put("/members/a", STORY), site.put("/a", STORY))
    assert (missing(no).reason, missing(no).is_explained) == ("robots_disallowed", True)
    assert '"Disallow: /members/" for user-agent *' in missing(no).message
    assert isinstance(yes, Fetched)
    assert site.asked("/members/a") == 0


def test_a_redirect_leads_nowhere_that_robots_may_not_go(site: Site, tmp_path: pathlib.Path) -> None:
    site.robots = "User-agent: *\nDisallow: /members/\n"
    site.put("/members/a", STORY)
    (answer,) = ask(tmp_path, site.move("/a", "/members/a"))
    assert missing(answer).reason == "robots_disallowed"
    assert site.asked("/members/a") == 0


def test_the_robots_txt_of_the_host_that_a_redirect_names_counts(site: Site, tmp_path: pathlib.Path) -> None:
    with ReplayServer() as other_server:
        other = Site(other_server, robots="User-agent: Trialhouse\nDisallow: /\n")
        (answer,) = ask(tmp_path, site.move("/a", other.put("/b", STORY)))
        assert missing(answer).reason == "robots_disallowed"
        assert "user-agent Trialhouse" in missing(answer).message
        assert other.asked("/b") == 0


@pytest.mark.parametrize("status", [200, 403])
def test_a_challenge_is_no_content(site: Site, tmp_path: pathlib.Path, status: int) -> None:
    (answer,) = ask(tmp_path, site.put("/a", CHALLENGE_PAGE.body, status=status))
    assert (missing(answer).reason, missing(answer).is_explained) == ("challenge_page", False)
    assert "save the page from a browser" in missing(answer).message


def test_a_challenge_behind_a_redirect_is_no_content(site: Site, tmp_path: pathlib.Path) -> None:
    site.put("/challenge", CHALLENGE_PAGE.body)
    (answer,) = ask(tmp_path, site.move("/a", "/challenge", 302))
    assert missing(answer).reason == "challenge_page"


def test_redirects_without_end_are_left(site: Site, tmp_path: pathlib.Path) -> None:
    site.server.route("/walk", endless_redirect)
    site.move("/circle", "/circle", 302)
    endless, circle = ask(tmp_path, site.url + "/walk", site.url + "/circle")
    assert (missing(endless).reason, missing(circle).reason) == ("redirect_loop", "redirect_loop")
    assert "list the address that it ends at" in missing(endless).message
    assert len(site.server.requests) < 30


@pytest.mark.parametrize(
    ("to", "reason"),
    [
        ("http://169.254.169.254/latest/meta-data/", "private_address"),
        ("http://10.0.0.1/", "private_address"),
        ("file:///etc/passwd", "bad_scheme"),
        ("", "bad_redirect"),
    ],
)
def test_a_redirect_to_a_place_that_is_nobodys_business_is_refused(
    site: Site, tmp_path: pathlib.Path, to: str, reason: str
) -> None:
    (answer,) = ask(tmp_path, site.move("/a", to, 302))
    assert (missing(answer).reason, missing(answer).is_explained) == (reason, False)


def test_a_listed_private_address_is_refused(tmp_path: pathlib.Path) -> None:
    (answer,) = ask(tmp_path, "http://127.0.0.1:9/a", allow_loopback=False)
    assert missing(answer).reason == "private_address"


def test_a_page_that_dribbles_in_is_left_after_a_while(site: Site, tmp_path: pathlib.Path) -> None:
    slow = site.put("/slow", STORY)
    site.server.misbehave("/slow", *[Answer(headers={"Content-Type": HTML}, body=b"<html>" * 99, drip=0.05)] * 2)
    answer, other = ask(tmp_path, slow, site.put("/a", STORY), total_seconds=0.3)
    assert missing(answer).reason == "timeout"
    assert isinstance(other, Fetched)


def test_a_cut_page_is_asked_for_again_and_not_landed_cut(site: Site, tmp_path: pathlib.Path) -> None:
    url = site.put("/a", STORY)
    site.server.misbehave("/a", cut_body(STORY.encode(), 300))
    (answer,) = ask(tmp_path, url)
    assert isinstance(answer, Fetched)
    assert answer.data == STORY.encode()


def test_a_page_packed_on_the_way_is_landed_unpacked(site: Site, tmp_path: pathlib.Path) -> None:
    url = site.put("/a", STORY)
    site.server.misbehave("/a", encoded(Answer(headers={"Content-Type": HTML}, body=STORY.encode()), "gzip"))
    (answer,) = ask(tmp_path, url)
    assert isinstance(answer, Fetched)
    assert answer.data == STORY.encode()


def test_a_bomb_is_no_page(site: Site, tmp_path: pathlib.Path) -> None:
    site.server.misbehave("/a", gzip_bomb(20_000_000))
    answer, other = ask(tmp_path, site.url + "/a", site.put("/b", STORY))
    assert missing(answer).reason == "bomb"
    assert isinstance(other, Fetched)


def test_a_site_that_is_overloaded_is_left_alone_as_long_as_it_says(site: Site, tmp_path: pathlib.Path) -> None:
    url = site.put("/a", STORY)
    site.server.misbehave("/a", too_many("30"))
    (answer,) = ask(tmp_path, url)
    assert isinstance(answer, Fetched)
    site.server.misbehave("/a", too_many("86400"))
    (answer,) = ask(tmp_path, url)
    assert missing(answer).reason == "rate_limited"


@pytest.mark.parametrize("header", ["text/html", "text/html; charset=utf-8", "text/html; charset=nonsense"])
def test_a_wrong_character_set_is_read_rightly(site: Site, tmp_path: pathlib.Path, header: str) -> None:
    words = "Belotarin in der Ménière-Krankheit: 7 µg für jeden"
    old = article(words, prose(1), head='<meta charset="windows-1252">')
    (answer,) = ask(tmp_path, site.put("/a", old.encode("windows-1252"), {"Content-Type": header}))
    assert isinstance(answer, Fetched)
    assert answer.data == old.encode("windows-1252")
    assert document(answer).title == words


def test_utf_8_under_a_header_of_another_set_is_read_rightly(site: Site, tmp_path: pathlib.Path) -> None:
    words = "Belotarin in Ménière's disease of 12 adults"
    (answer,) = ask(tmp_path, site.put("/a", article(words, prose(1)), {"Content-Type": "text/html; charset=latin-1"}))
    assert document(answer).title == words


def two_pages(site: Site) -> str:
    site.put("/story/2", article("Belotarin in lupus", prose(7)))
    site.put("/story/3", article("Belotarin in lupus", prose(9)))
    links = '<a href="/story/2">2</a> <a href="/story/3">3</a>'
    return site.put("/story", article("Belotarin in lupus", prose(1), tail=links))


def test_all_pages_came(site: Site, tmp_path: pathlib.Path) -> None:
    (answer,) = ask(tmp_path, two_pages(site))
    read = document(answer)
    assert (read.is_partial, read.partial_reason) == (False, None)


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (server_error(), "server_error"),
        (Answer(status=404), "not_found"),
        (CHALLENGE_PAGE, "challenge_page"),
        (Answer(headers={"Content-Type": "application/pdf"}, body=b"%PDF"), "not_a_page"),
        (redirect("http://10.0.0.1/"), "private_address"),
    ],
)
def test_a_second_page_that_fails_leaves_the_others_and_a_reason(
    site: Site, tmp_path: pathlib.Path, fault: Answer, reason: str
) -> None:
    url = two_pages(site)
    site.server.misbehave("/story/2", *[fault] * 2)
    (answer,) = ask(tmp_path, url)
    read = document(answer)
    assert read.is_partial
    assert read.partial_reason == f"page 2 of 3 is missing ({reason})"
    assert prose(1)[0].strip() in read.text
    assert prose(9)[0].strip() in read.text


def test_a_second_page_that_robots_may_not_ask_for(site: Site, tmp_path: pathlib.Path) -> None:
    url = two_pages(site)
    site.robots = "User-agent: *\nDisallow: /story/2\n"
    (answer,) = ask(tmp_path, url)
    assert document(answer).partial_reason == "page 2 of 3 is missing (robots_disallowed)"
    assert site.asked("/story/2") == 0


def test_a_site_that_gives_the_same_page_for_every_number(site: Site, tmp_path: pathlib.Path) -> None:
    same = article("Belotarin in lupus", prose(1), tail='<a rel="next" href="?page=2">Next</a>')
    url = site.put("/story", same)
    site.put("/story?page=2", same)
    (answer,) = ask(tmp_path, url)
    assert isinstance(answer, Fetched)
    assert answer.data == same.encode()


def test_a_304_to_a_first_request_is_no_answer(site: Site, tmp_path: pathlib.Path) -> None:
    site.server.misbehave("/a", Answer(status=304))
    (answer,) = ask(tmp_path, site.put("/a", STORY))
    assert missing(answer).reason == "bad_answer"
