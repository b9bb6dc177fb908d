"""An article on several pages becomes one document. All trials here are invented."""

import datetime

import pytest

from trialhouse.documents import parse_document
from trialhouse.model.document import Document, Receipt, UnreadableDocument, ZoneKind
from trialhouse.model.enums import DocumentKind
from trialhouse.model.ids import sha256_hex
from trialhouse.model.joined_pages import MEDIA_TYPE, ArticlePage, pack_pages

HOME = "https://news.example.org/lupus"
FIRST = (
    "In this trial 120 adults with sumba fever were randomly assigned to belotarin or to placebo for 12 weeks, and "
    "the investigators of NCT01234567 hoped that the fever would end sooner with the drug."
)
SECOND = (
    "The fever ended in 45 of 60 adults with belotarin and in 30 of 60 adults with placebo, and the investigators of "
    "the trial said that Ménière's disease was seen in none of them."
)
FOOTER = "© 2026 Example News. All rights reserved, including those for text and data mining."


def page(number: int, body: str, of: int = 2, head: str = "", tail: str = "") -> str:
    canonical = HOME if number == 1 else f"{HOME}/{number}"
    return (
        f'<!DOCTYPE html><html lang="en"><head><title>Belotarin Cuts Days of Fever</title>{head}'
        f'<link rel="canonical" href="{canonical}"><meta property="article:published_time" content="2026-04-03">'
        '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2026-04-03"}</script></head>'
        f"<body><nav><ul><li>Fevers</li></ul></nav><main><h1>Belotarin Cuts Days of Fever</h1><p>{body}</p>"
        f"<p>Page {number} of {of}</p>{tail}</main><footer>{FOOTER}</footer></body></html>"
    )


def joined(*pages: ArticlePage | str, locator: str = HOME) -> Document:
    packed = tuple(
        one
        if isinstance(one, ArticlePage)
        else ArticlePage(address=f"{HOME}/{number}", content_type="text/html; charset=utf-8", body=one.encode())
        for number, one in enumerate(pages, start=1)
    )
    return read(pack_pages(packed), locator)


def read(data: bytes, locator: str = HOME) -> Document:
    receipt = Receipt(
        source="web",
        record_id=HOME,
        locator=locator,
        fetched_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
        sha256=sha256_hex(data),
        size_bytes=len(data),
        media_type=MEDIA_TYPE,
    )
    return parse_document(data, receipt)


def zone_of(document: Document, words: str) -> ZoneKind:
    at = document.text.index(words)
    return next(zone.kind for zone in document.zones if zone.start <= at < zone.end)


def test_two_pages_are_one_text_with_its_zones() -> None:
    document = joined(page(1, FIRST), page(2, SECOND))
    assert (document.format, document.kind) == ("multipart_html", DocumentKind.NEWS)
    assert (document.title, document.published) == ("Belotarin Cuts Days of Fever", "2026-04-03")
    assert (document.url, document.language) == (HOME, "en")
    assert zone_of(document, FIRST) is zone_of(document, SECOND) is ZoneKind.BODY
    assert [zone.kind for zone in document.zones].count(ZoneKind.TITLE) == 1
    assert [zone.start for zone in document.zones] == sorted(zone.start for zone in document.zones)
    assert all(before.end <= after.start for before, after in zip(document.zones, document.zones[1:], strict=False))
    assert (document.is_partial, document.partial_reason, document.problem) == (False, None, None)
    assert (document.receipt.media_type, document.receipt.locator) == (MEDIA_TYPE, HOME)


def test_identifiers_and_evidence_count_in_the_joined_text() -> None:
    cite = "<p>Exemplar A, et al. Belotarin for fever. Ex J Fevers. 2026;4(2):11-19. doi:10.5555/exjf.2026.11</p>"
    document = joined(page(1, SECOND), page(2, FIRST, tail=cite))
    assert [(one.value, document.text[one.start : one.end]) for one in document.registry_ids] == [
        ("NCT01234567", "NCT01234567")
    ]
    (cited,) = document.cites
    assert document.text[cited.start : cited.end].endswith("10.5555/exjf.2026.11")
    assert all(one.holds_in(document.text) for one in document.evidence.values())
    assert all(one.evidence.holds_in(document.text) for one in document.relations if one.evidence)


def test_what_every_page_repeats_is_had_once() -> None:
    cite = "<p>Exemplar A, et al. Belotarin for fever. Ex J Fevers. 2026;4(2):11-19. doi:10.5555/exjf.2026.11</p>"
    document = joined(page(1, FIRST, tail=cite), page(2, SECOND, tail=cite))
    assert [one.value for one in document.cites] == ["10.5555/exjf.2026.11"]
    assert len(document.relations) == 1


def test_no_article_cites_itself_where_only_its_first_page_says_what_it_is() -> None:
    own = '<meta name="citation_doi" content="10.5555/exjf.2026.11"><meta name="citation_journal_title" content="Ex J">'
    document = joined(page(1, FIRST, head=own), page(2, SECOND, tail="<p>doi:10.5555/exjf.2026.11</p>"))
    assert document.doi == "10.5555/exjf.2026.11"
    assert (document.cites, document.relations) == ((), ())


def test_a_reservation_of_any_page_is_one_of_the_document() -> None:
    document = joined(page(1, FIRST).replace(FOOTER, ""), page(2, SECOND))
    assert "text and data mining" in (document.text_mining_reservation or "")
    assert document.evidence["text_mining_reservation"].holds_in(document.text)
    signalled = joined(page(1, FIRST), page(2, SECOND, head='<meta name="tdm-reservation" content="1">'))
    assert signalled.text_mining_reservation is not None
    assert signalled.evidence["text_mining_reservation"].quote == signalled.text_mining_reservation


def test_a_page_that_did_not_come_makes_it_partial_and_says_which() -> None:
    gone = ArticlePage(address=f"{HOME}/2", missing="not_found")
    third = ArticlePage(address=f"{HOME}/3", body=page(3, SECOND, of=3).encode())
    first = ArticlePage(address=HOME, body=page(1, FIRST, of=3).encode())
    document = joined(first, gone, third)
    assert document.is_partial
    assert document.partial_reason == "page 2 of 3 is missing (not_found)"
    assert FIRST in document.text
    assert SECOND in document.text


def test_a_page_that_cannot_be_read_is_a_missing_one() -> None:
    document = joined(page(1, FIRST), ArticlePage(address=f"{HOME}/2", body=b"%PDF-1.7"))
    assert document.partial_reason == "page 2 of 2 is missing (binary)"
    with pytest.raises(UnreadableDocument) as failed:
        joined(ArticlePage(address=HOME, body=b"%PDF-1.7"), ArticlePage(address=HOME, missing="timeout"))
    assert failed.value.reason == "binary"


def test_a_page_cut_short_and_a_wall_at_the_end_are_partial() -> None:
    cut = page(1, FIRST).partition("</main>")[0]
    assert joined(cut, page(2, SECOND)).partial_reason == "the file ends before the page does"
    wall = "<p>Subscribe to continue</p>"
    assert joined(page(1, FIRST, tail=wall), page(2, SECOND)).partial_reason is None
    assert joined(page(1, FIRST), page(2, SECOND).replace("Page 2 of 2", "Subscribe to continue")).is_partial


def test_every_page_has_its_own_character_set() -> None:
    old = ArticlePage(
        address=f"{HOME}/2", content_type="text/html; charset=windows-1252", body=page(2, SECOND).encode("windows-1252")
    )
    assert SECOND in joined(page(1, FIRST), old).text


def test_plain_text_among_the_pages() -> None:
    plain = ArticlePage(address=f"{HOME}/2", content_type="text/plain", body=SECOND.encode())
    assert SECOND in joined(page(1, FIRST), plain).text


def test_a_damaged_container_says_what_to_do() -> None:
    data = pack_pages(tuple(ArticlePage(address=HOME, body=page(1, FIRST).encode()) for _ in range(2)))
    with pytest.raises(UnreadableDocument, match="fetch it again") as failed:
        read(data[: len(data) // 2])
    assert failed.value.reason == "truncated"
