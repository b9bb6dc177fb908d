import pytest

from trialhouse.model.document import Section, UnreadableDocument, ZoneKind
from trialhouse.model.enums import DocumentKind, Relation

RECORD = """TY  - JOUR
AU  - Muster, A.
TI  - Belotarin for fever
T2  - Example Journal of Fevers
PY  - 2026
DA  - 2026/02/03/
DO  - https://doi.org/10.5555/ejf.2026.1
AB  - METHODS: We randomised 120 adults. RESULTS: Fever fell
by 40% with belotarin.
N1  - Registered as NCT09990001
LA  - English
KW  - fever
UR  - https://example.org/1
ER  -
"""


def test_the_facts_of_a_record(parse) -> None:
    document = parse(RECORD)
    assert (document.format, document.kind) == ("ris", DocumentKind.ABSTRACT)
    assert (document.title, document.journal) == ("Belotarin for fever", "Example Journal of Fevers")
    assert (document.published, document.doi, document.language) == ("2026-02-03", "10.5555/ejf.2026.1", "en")
    assert document.url == "https://example.org/1"
    assert [one.value for one in document.registry_ids] == ["NCT09990001"]
    assert all(proof.holds_in(document.text) for proof in document.evidence.values())
    assert not document.unknown


def test_a_line_without_a_tag_goes_on_with_the_abstract(parse) -> None:
    document = parse(RECORD)
    text = document.prose.text
    body = [(zone.section, text[zone.start : zone.end]) for zone in document.prose.zones if zone.kind is ZoneKind.BODY]
    assert body == [
        (Section.METHODS, "METHODS: We randomised 120 adults."),
        (Section.RESULTS, "RESULTS: Fever fell by 40% with belotarin."),
    ]
    start = text.index("fell by 40%")
    left, right, _ = document.prose.in_file(start, start + len("fell by 40%"))
    assert document.text[left:right] == "fell\nby 40%"


@pytest.mark.parametrize(
    ("dates", "published"),
    [
        ("PY  - 2014//", "2014"),
        ("PY  - 2014/07//", "2014-07"),
        ("Y1  - 2014/07/15/Summer", "2014-07-15"),
        ("PY  - 2014\nDA  - 2019/03/28", "2014"),
        ("PY  - 2014\nDA  - 2014 Jul 15", "2014-07-15"),
        ("PY  - 2014/02/30/", None),
        ("PY  - ///", None),
    ],
)
def test_dates_in_the_ways_of_exporters(parse, dates: str, published: str | None) -> None:
    assert parse(RECORD.replace("PY  - 2026\nDA  - 2026/02/03/", dates)).published == published


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        ("T2  - Example Journal of Fevers", "T2  - medRxiv", DocumentKind.PREPRINT),
        ("TY  - JOUR", "TY  - BOOK", None),
        ("KW  - fever", "M3  - Letter", None),
        ("AB  - METHODS", "KW  - METHODS", None),
        ("TI  - Belotarin", "TI  - Erratum: Belotarin", DocumentKind.NOTICE),
    ],
)
def test_the_kind_by_type_and_title(parse, old: str, new: str, kind: DocumentKind | None) -> None:
    assert parse(RECORD.replace(old, new)).kind is kind


@pytest.mark.parametrize(
    ("type_lines", "types"),
    [
        ("TY  - JOUR", ()),
        ("TY  - JOUR\nM3  - Article", ("article",)),
        ("TY  - JOUR\nM3  - Conference Abstract", ("conference abstract",)),
        ("TY  - CONF", ("conference proceeding",)),
        (
            "TY  - CPAPER\nM3  - Meeting Abstract; Randomized Controlled Trial",
            ("conference paper", "meeting abstract", "randomized controlled trial"),
        ),
        ("TY  - JOUR\nM3  - 10.5555/ejf.2026.1", ()),
    ],
)
def test_what_its_export_calls_it(parse, type_lines: str, types: tuple[str, ...]) -> None:
    assert parse(RECORD.replace("TY  - JOUR", type_lines)).publication_types == types


def test_a_doi_in_a_note_is_the_records_only_where_the_note_says_no_more(parse) -> None:
    bare = RECORD.replace("DO  - https://doi.org/10.5555/ejf.2026.1\n", "")
    assert parse(bare).doi is None
    assert parse(bare.replace("N1  - Reg", "N1  - doi: 10.5555/ejf.2026.1\nN1  - Reg")).doi == "10.5555/ejf.2026.1"
    assert parse(bare.replace("N1  - Reg", "N1  - See 10.5555/ejf.2025.7\nN1  - Reg")).doi is None


def test_what_the_abstract_names_is_cited(parse) -> None:
    document = parse(RECORD.replace("by 40% with belotarin.", "by 40% as in doi:10.5555/ejf.2020.4."))
    assert [(one.relation, one.value) for one in document.relations] == [(Relation.CITES, "10.5555/ejf.2020.4")]


def test_a_mark_of_byte_order_and_lines_before_the_record_are_no_harm(parse) -> None:
    assert parse("\ufeff" + RECORD).doi == "10.5555/ejf.2026.1"
    assert parse("Record #1 of 1\nProvider: Example\n\n" + RECORD).title == "Belotarin for fever"


def test_a_tag_nobody_has_heard_of_is_told(parse) -> None:
    (one,) = parse(RECORD.replace("KW  -", "ZZ  -")).unknown
    assert (one.quote, one.locator) == ("ZZ", "ZZ")


def test_several_records_are_refused_with_what_to_do(parse) -> None:
    with pytest.raises(UnreadableDocument, match="file of its own") as told:
        parse(RECORD * 2)
    assert told.value.reason == "several_records"


def test_web_of_sciences_own_format_is_refused_and_not_read_as_prose(parse) -> None:
    with pytest.raises(UnreadableDocument, match="export RIS or BibTeX") as told:
        parse("FN Clarivate Analytics Web of Science\nVR 1.0\nPT J\nTI Belotarin\nER\n")
    assert told.value.reason == "unsupported"
