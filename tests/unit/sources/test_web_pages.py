"""Web pages as a source, asked over real sockets. All pages are invented."""

import datetime
import pathlib
from collections.abc import Iterator

import pytest

from tests.replay.pages import Site, article, prose
from tests.replay.polite import polite_session
from tests.replay.server import Answer, ReplayServer
from trialhouse.documents import parse_document
from trialhouse.model.document import Document, Receipt
from trialhouse.model.ids import sha256_hex
from trialhouse.model.joined_pages import MEDIA_TYPE, unpack_pages
from trialhouse.model.source_config import SourceConfig
from trialhouse.sources.asking import Fetched, Missing, Question, Unchanged
from trialhouse.sources.web_pages import WebPages


@pytest.fixture
def site() -> Iterator[Site]:
    with ReplayServer() as server:
        yield Site(server)


def source(folder: pathlib.Path) -> WebPages:
    session, time = polite_session(folder, attempts=1)
    return WebPages(SourceConfig(), session, folder, clock=time.now)


def fetch(folder: pathlib.Path, url: str, last: Receipt | None = None) -> Fetched | Unchanged | Missing:
    (answer,) = source(folder).fetch([url], lambda record_id: last)
    assert answer.record_id == url
    return answer


def fetched(folder: pathlib.Path, url: str) -> Fetched:
    answer = fetch(folder, url)
    assert isinstance(answer, Fetched), answer
    return answer


def receipt_of(answer: Fetched) -> Receipt:
    facts = answer.model_dump(exclude={"data"})
    return Receipt(source="web", sha256=sha256_hex(answer.data), size_bytes=len(answer.data), **facts)


def document_of(answer: Fetched) -> Document:
    return parse_document(answer.data, receipt_of(answer))


def test_listing_asks_nobody_and_says_what_is_wrong_with_an_address(tmp_path: pathlib.Path) -> None:
    listing = source(tmp_path).list_records(
        Question(
            topic="t",
            pages=(
                "HTTPS://News.Example.org:443/a?b=2&a=1#results",
                "https://news.example.org/a?b=2&a=1",
                "ftp://example.org/a",
                "https:///a",
                "https://user:secret@example.org/",
                "https://example.org:port/",
                "https://example.org",
            ),
        )
    )
    assert listing.record_ids == ("https://news.example.org/a?b=2&a=1", "https://example.org/")
    assert [(one.record_id[:12], one.reason) for one in listing.missing] == [
        ("ftp://exampl", "bad_address"),
        ("https:///a", "bad_address"),
        ("https://user", "bad_address"),
        ("https://exam", "bad_address"),
    ]
    assert "write the whole address" in listing.missing[0].message
    assert listing.matched == 6


def test_a_page_is_landed_as_it_came_with_its_headers_and_no_cookie(site: Site, tmp_path: pathlib.Path) -> None:
    html = article("Belotarin ends fever", prose(1))
    headers = {
        "Last-Modified": "Mon, 02 Nov 2026 08:00:00 GMT",
        "X-Robots-Tag": "noai",
        "Content-Language": "en",
        "Set-Cookie": "a=b",
        "X-Powered-By": "php",
    }
    answer = fetched(tmp_path, site.put("/belotarin", html, headers))
    assert answer.data == html.encode()
    assert answer.locator == site.url + "/belotarin"
    assert (answer.status, answer.media_type, answer.identity) == (200, "text/html", None)
    assert set(answer.headers) == {"content-type", "etag", "last-modified", "x-robots-tag", "content-language"}
    assert document_of(answer).text_mining_reservation == "x-robots-tag: noai"


def test_a_page_that_did_not_change_is_unchanged(site: Site, tmp_path: pathlib.Path) -> None:
    url = site.put("/a", article("Belotarin ends fever", prose(1)))
    first = fetched(tmp_path, url)
    assert fetch(tmp_path, url, receipt_of(first)) == Unchanged(record_id=url)
    site.put("/a", article("Belotarin ends fever", prose(2)))
    assert isinstance(fetch(tmp_path, url, receipt_of(first)), Fetched)


def test_a_server_that_has_dates_alone_is_asked_by_date(site: Site, tmp_path: pathlib.Path) -> None:
    stamp = "Mon, 02 Nov 2026 08:00:00 GMT"
    url = site.put("/a", article("Belotarin ends fever", prose(1)), {"Last-Modified": stamp, "ETag": ""})
    last = receipt_of(fetched(tmp_path, url))
    fetch(tmp_path, url, last)
    asked = site.server.requests[-1].headers
    assert (asked.get("if-modified-since"), asked.get("if-none-match")) == (stamp, None)


def test_two_addresses_of_one_article_are_one_document(site: Site, tmp_path: pathlib.Path) -> None:
    home = site.url + "/news/belotarin"
    html = article("Belotarin ends fever", prose(1), canonical="/news/belotarin#top")
    site.put("/news/belotarin", html)
    site.put("/print/4711", html.replace("<main>", "<main><p>Print</p>"))
    one, other = fetched(tmp_path, home), fetched(tmp_path, site.url + "/print/4711")
    assert (one.identity, other.identity) == (None, home)
    assert document_of(one).document_id == document_of(other).document_id
    assert document_of(other).url == home + "#top"


def test_a_home_page_given_as_canonical_address_of_every_page_says_nothing(site: Site, tmp_path: pathlib.Path) -> None:
    answer = fetched(tmp_path, site.put("/a", article("Belotarin ends fever", prose(1), canonical=site.url)))
    assert answer.identity is None


@pytest.mark.parametrize(("status", "is_lasting"), [(301, True), (308, True), (302, False), (307, False)])
def test_a_page_moved_for_good_is_known_by_its_new_address(
    site: Site, tmp_path: pathlib.Path, status: int, is_lasting: bool
) -> None:
    site.put("/new", article("Belotarin ends fever", prose(1)))
    answer = fetched(tmp_path, site.move("/old", "/new", status))
    assert answer.locator == site.url + "/new"
    assert answer.identity == (site.url + "/new" if is_lasting else None)


@pytest.mark.parametrize(
    ("kind", "body", "reason"),
    [
        ("application/pdf", b"%PDF-1.7", "not_a_page"),
        ("image/png", b"\x89PNG", "not_a_page"),
        ("application/json", b"{}", "not_a_page"),
        ("text/html", b" \n", "empty_page"),
    ],
)
def test_what_is_no_page_is_not_landed(site: Site, tmp_path: pathlib.Path, kind: str, body: bytes, reason: str) -> None:
    answer = fetch(tmp_path, site.put("/a", body, {"Content-Type": kind}))
    assert isinstance(answer, Missing)
    assert answer.reason == reason


@pytest.mark.parametrize("kind", ["text/plain", "application/xml", "application/jats+xml", "text/html;charset=latin-1"])
def test_texts_of_other_kinds_are_landed(site: Site, tmp_path: pathlib.Path, kind: str) -> None:
    assert fetched(tmp_path, site.put("/a", b"<article>Fever</article>", {"Content-Type": kind})).data


def test_a_page_that_is_gone_says_so(site: Site, tmp_path: pathlib.Path) -> None:
    answer = fetch(tmp_path, site.url + "/nowhere")
    assert isinstance(answer, Missing)
    assert (answer.reason, answer.is_explained) == ("not_found", True)
    assert "take it out" in answer.message


def test_an_article_on_two_pages_is_one_record_and_one_document(site: Site, tmp_path: pathlib.Path) -> None:
    parts = [prose(1), prose(7)]
    numbers = '<p>Page: 1 <a href="/lupus/2/">2</a></p>'
    first = article("Belotarin in lupus", parts[0], canonical="/lupus/", tail=numbers)
    second = article(
        "Belotarin in lupus", parts[1], canonical="/lupus/2/", tail='<p>Page: <a href="/lupus/">1</a> 2</p>'
    )
    url = site.put("/lupus/", first)
    site.put("/lupus/2/", second)
    answer = fetched(tmp_path, url)
    assert answer.media_type == MEDIA_TYPE
    pages = unpack_pages(answer.data.decode().replace("\r\n", "\n"))
    assert [(page.address, page.body) for page in pages] == [
        (url, first.encode()),
        (url + "2/", second.encode()),
    ]
    document = document_of(answer)
    assert (document.title, document.url, document.is_partial) == ("Belotarin in lupus", url, False)
    assert all(paragraph.strip() in document.text for part in parts for paragraph in part)
    again = fetched(tmp_path, url)
    assert again.data == answer.data
    assert isinstance(fetch(tmp_path, url, receipt_of(answer)), Fetched)


def test_a_later_page_that_was_listed_brings_the_article_from_its_start(site: Site, tmp_path: pathlib.Path) -> None:
    first = article("Belotarin in lupus", prose(1), canonical="/lupus", tail='<a href="/lupus?page=2">Next page</a>')
    site.put("/lupus", first)
    url = site.put("/lupus?page=2", article("Belotarin in lupus", prose(7), canonical="/lupus"))
    answer = fetched(tmp_path, url)
    assert answer.identity == site.url + "/lupus"
    assert [page.address for page in unpack_pages(answer.data.decode().replace("\r\n", "\n"))] == [
        site.url + "/lupus",
        url,
    ]


def test_an_article_is_followed_for_ten_pages_and_says_that_there_are_more(site: Site, tmp_path: pathlib.Path) -> None:
    for number in range(1, 15):
        tail = f'<a rel="next" href="/long/page/{number + 1}">Next</a>'
        place = f"/long/page/{number}" if number > 1 else "/long"
        site.put(place, article("A long story", prose(number), tail=tail))
    answer = fetched(tmp_path, site.url + "/long")
    assert site.asked("/long/page/10") == 1
    assert site.asked("/long/page/11") == 0
    document = document_of(answer)
    assert document.is_partial
    assert document.partial_reason == "page 11 of 11 is missing (more_pages_than_are_followed)"


def test_pages_that_lead_in_a_circle_are_had_once(site: Site, tmp_path: pathlib.Path) -> None:
    tail = '<a rel="next" href="/story/2">Next</a> <a href="/story/3">3</a>'
    site.put("/story", article("A story", prose(1), tail=tail))
    site.put("/story/2", article("A story", prose(2), tail='<a rel="next" href="/story/2">Next</a>'))
    site.move("/story/3", "/story", 302)
    pages = unpack_pages(fetched(tmp_path, site.url + "/story").data.decode().replace("\r\n", "\n"))
    assert [page.address.removeprefix(site.url) for page in pages] == ["/story", "/story/2"]
    assert [site.asked(place) for place in ("/story", "/story/2", "/story/3")] == [2, 1, 1]


def test_one_answer_for_each_address_whatever_happens(site: Site, tmp_path: pathlib.Path) -> None:
    good = site.put("/good", article("Belotarin ends fever", prose(1)))
    site.server.misbehave("/bad", Answer(status=500))
    asked = [site.url + "/bad", good, site.url + "/nowhere", "https://", good + "?x=1"]
    answers = list(source(tmp_path).fetch(asked, lambda record_id: None))
    assert [one.record_id for one in answers] == asked
    assert [type(one) for one in answers] == [Missing, Fetched, Missing, Missing, Missing]


def test_the_time_of_a_record_is_that_of_its_answer(site: Site, tmp_path: pathlib.Path) -> None:
    answer = fetched(tmp_path, site.put("/a", article("Belotarin ends fever", prose(1))))
    assert answer.fetched_at.tzinfo is datetime.UTC
