"""Reservations of text and data mining, and stated licences. Sentences in words of our own."""

import pytest

from trialhouse.documents.text_mining import reserving_sentence, signalled_reservation


@pytest.mark.parametrize(
    ("headers", "metas", "signal"),
    [
        ({"TDM-Reservation": "1"}, {}, "tdm-reservation: 1"),
        ({"tdm-reservation": "0"}, {}, None),
        ({}, {"tdm-reservation": ["1"]}, "meta tdm-reservation: 1"),
        ({"x-robots-tag": "noindex, noai, noimageai"}, {}, "x-robots-tag: noai, noimageai"),
        ({"x-robots-tag": "otherbot: noindex, noai"}, {}, None),
        ({"x-robots-tag": "otherbot: noindex, trialhouse: noai"}, {}, "x-robots-tag: noai"),
        ({"x-robots-tag": "max-snippet: 50, noai"}, {}, "x-robots-tag: noai"),
        ({}, {"robots": ["index, follow", "NOAI"]}, "meta robots: noai"),
        ({}, {"robots": ["noarchive, noindex"]}, None),
        ({}, {}, None),
    ],
)
def test_signals_for_machines(headers: dict[str, str], metas: dict[str, list[str]], signal: str | None) -> None:
    assert signalled_reservation(headers, metas) == signal


@pytest.mark.parametrize(
    "sentence",
    [
        "All rights reserved, among them those of text and data mining and of the training of machines.",
        "We reserve the right of text-and-data mining under article 4.",
        "Text and data mining of this site is prohibited.",
        "Text and data mining is not permitted without our consent.",
        "Das Recht zum Text und Data Mining ist vorbehalten.",
        "La fouille de textes et de données est réservée.",
    ],
)
def test_sentences_for_people(sentence: str) -> None:
    text = f"Belotarin was tried in 120 adults. It worked.\n\n  • © 2026 Example Press. {sentence} ISSN 1234-5678."
    found = reserving_sentence(text)
    assert found is not None
    assert found.quote == sentence
    assert found.holds_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "All rights reserved.",
        "We used text and data mining to find 120 trials of belotarin.",
        "Text and data mining is a field. All rights reserved.",
        "Beds were reserved for patients with fever.",
    ],
)
def test_a_text_about_mining_reserves_nothing(text: str) -> None:
    assert reserving_sentence(text) is None


def test_a_text_without_an_end_is_cut() -> None:
    found = reserving_sentence("all rights reserved " + "and " * 5000 + "text and data mining reserved " + "x " * 5000)
    assert found is not None
    assert len(found.quote) < 1100


@pytest.mark.parametrize(
    ("head", "license"),
    [
        ('<link rel="license" href="https://creativecommons.org/licenses/by-nc/4.0/">', "CC-BY-NC-4.0"),
        ('<meta name="dc.rights" content="Creative Commons Attribution 3.0">', "CC-BY-3.0"),
        ('<meta name="DC.Rights" content="Copyright 2026 the authors">', None),
        (
            '<link rel="license" href="https://press.example.org/user-licence">',
            "https://press.example.org/user-licence",
        ),
        (
            '<script type="application/ld+json">{"@type": "ScholarlyArticle", '
            '"license": {"@type": "CreativeWork", "url": "https://creativecommons.org/publicdomain/zero/1.0/"}}</script>',
            "CC0-1.0",
        ),
        (
            '<script type="application/ld+json">{"@type": "NewsArticle", '
            '"license": ["https://creativecommons.org/licenses/by-nd/4.0/"]}</script>',
            "CC-BY-ND-4.0",
        ),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "license": 7}</script>', None),
    ],
)
def test_licences_in_the_head(parse, head: str, license: str | None) -> None:
    html = f"<html><head>{head}</head><body><h1>Belotarin for fever</h1><p>Adults were treated.</p></body></html>"
    assert parse(html).license == license


def test_a_licence_does_not_hide_a_reservation(parse) -> None:
    html = (
        '<html><head><link rel="license" href="https://creativecommons.org/licenses/by/4.0/">'
        '<meta name="robots" content="noai"></head><body><h1>Belotarin for fever</h1><p>Adults.</p></body></html>'
    )
    document = parse(html)
    assert (document.license, document.text_mining_reservation) == ("CC-BY-4.0", "meta robots: noai")


def test_a_relative_canonical_address_of_a_file_is_none(parse) -> None:
    html = '<html><head><link rel="canonical" href="{}"></head><body><h1>Belotarin</h1><p>Adults.</p></body></html>'
    assert parse(html.format("/news/1")).url is None
    assert parse(html.format("http://[bad")).url is None
    assert parse(html.format(" https://example.org/1 ")).url == "https://example.org/1"


def test_the_second_real_news_page_reserves_mining(shared, parse) -> None:
    (path,) = (shared / "seeds").glob("002_*")
    document = parse(path.read_bytes())
    assert document.license == "all-rights-reserved"
    assert (document.text_mining_reservation or "").startswith("All rights reserved, including")
    assert document.evidence["text_mining_reservation"].holds_in(document.text)
    others = [one for one in sorted((shared / "seeds").glob("*.txt")) if one != path]
    assert [parse(one.read_bytes()).text_mining_reservation for one in others] == [None] * 4
