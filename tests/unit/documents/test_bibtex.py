import bibtexparser
import pytest

from trialhouse.documents.bibtex import KNOWN, LEFT_OUT, READ
from trialhouse.model.document import UnreadableDocument, ZoneKind
from trialhouse.model.enums import DocumentKind
from trialhouse.text.bibtex import read_entries

ENTRY = r"""@Article{muster2026,
  author = {Muster, Anna and Beispiel, B.},
  title = {{Belotarin} for {\em fever}: 50\% of caf{\'e}s},
  journal = "Example {J}ournal " # "of Fevers",
  year = 2026, month = feb, day = 3,
  doi = {10.5555/ejf.2026.1},
  abstract = {We randomised 120~adults --- half to belotarin (1:1). Fever fell by
    10{\textpm}2 {$^{\circ}$}C ($p < 0.05$). Registered: NCT09990001.},
  keywords = {fever}
}
"""


def test_the_facts_of_an_entry(parse) -> None:
    document = parse("% exported\n" + ENTRY)
    assert (document.format, document.kind) == ("bibtex", DocumentKind.ABSTRACT)
    assert document.title == "Belotarin for fever: 50% of cafés"
    assert (document.journal, document.published) == ("Example Journal of Fevers", "2026-02-03")
    assert (document.doi, document.language) == ("10.5555/ejf.2026.1", "en")
    assert [one.value for one in document.registry_ids] == ["NCT09990001"]
    assert all(proof.holds_in(document.text) for proof in document.evidence.values())
    assert not document.unknown


def test_what_its_export_calls_it(parse) -> None:
    assert parse(ENTRY).publication_types == ()
    talk = ENTRY.replace("@Article", "@inproceedings").replace("year = 2026", "type = {Poster}, year = 2026")
    assert parse(talk).publication_types == ("conference paper", "poster")


def test_words_stand_in_the_file_through_braces_and_commands(parse) -> None:
    document = parse(ENTRY)
    text = document.prose.text
    body = next(text[zone.start : zone.end] for zone in document.prose.zones if zone.kind is ZoneKind.BODY)
    assert body.startswith("We randomised 120 adults — half to belotarin (1:1). Fever fell by 10±2 °C (p < 0.05).")
    for words, raw in (("120 adults", "120~adults"), ("cafés", r"caf{\'e}s"), ("p < 0.05", "p < 0.05")):
        start = text.index(words)
        left, right, _ = document.prose.in_file(start, start + len(words))
        assert document.text[left:right] == raw


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("month = feb, day = 3", "month = 2, day = 3", "2026-02-03"),
        ("year = 2026, month = feb, day = 3", "date = {2026-02-03}", "2026-02-03"),
        ("year = 2026, month = feb, day = 3", "date = {2026-02/2026-03}", "2026-02"),
        ("month = feb, day = 3", "month = {}", "2026"),
    ],
)
def test_dates_as_stated(parse, old: str, new: str, expected: str) -> None:
    assert parse(ENTRY.replace(old, new)).published == expected


def test_a_preprint_and_a_book(parse) -> None:
    preprint = ENTRY.replace("@Article", "@misc").replace("keywords = {fever}", "eprinttype = {medRxiv}")
    assert parse(preprint).kind is DocumentKind.PREPRINT
    assert parse(ENTRY.replace("@Article", "@book")).kind is None


def test_a_field_nobody_has_heard_of_is_told(parse) -> None:
    (one,) = parse(ENTRY.replace("keywords", "hologram")).unknown
    assert (one.quote, one.locator) == ("hologram", "muster2026.hologram")
    assert not READ & frozenset().union(*LEFT_OUT.values())
    assert "title" in KNOWN


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (ENTRY + ENTRY, "several_records"),
        (ENTRY.replace("{fever}\n}", "{fever"), "not_bibtex"),
        (ENTRY.replace("journal =", "journal"), "not_bibtex"),
        ("@string{a = {b}}\n@comment{nothing}", "no_record"),
    ],
)
def test_what_cannot_be_read_says_why(parse, content: str, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=r"inbox/page\.txt") as told:
        parse(content)
    assert told.value.reason == reason


def test_a_page_with_an_address_is_no_bibtex(parse) -> None:
    assert parse("@example wrote:\nThe trial of fever enrolled 40 adults.").format == "plain_text"


def test_entries_and_values_are_those_that_the_library_finds() -> None:
    content = (
        (
            ENTRY
            + "@string{jx = {Journal X}}\n@comment{@article{no, title={x}}}\njunk here\n"
            + '@book(second, title = "A {"}quoted{"} one", note={mail a@b.org}, year=1999)\n'
            + "@misc{third}\n"
        )
        .replace("(second", "{second")
        .replace("year=1999)", "year=1999}")
    )
    mine = read_entries(content)
    theirs = bibtexparser.parse_string(content).entries
    assert [(one.type, one.key) for one in mine] == [(one.entry_type.lower(), one.key) for one in theirs]
    for one, other in zip(mine[:2], theirs[:2], strict=True):
        assert [field.name for field in one.fields] == [field.key.lower() for field in other.fields]
        single = [field for field in one.fields if len(field.parts) == 1]
        values = {field.key.lower(): str(field.value).strip('{}"') for field in other.fields}
        for field in single:
            assert content[slice(*field.parts[0])].strip('{}"') == values[field.name]


def test_a_broken_entry_costs_itself_alone() -> None:
    found = read_entries("@article{one, title = {Never {closed},\n}\n\n@article{two, title={Whole}}\n")
    assert [(one.key, one.fault is None) for one in found] == [("one", False), ("two", True)]
