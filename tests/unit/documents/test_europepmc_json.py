import json

import pytest

from trialhouse.model.document import Section, UnreadableDocument, ZoneKind
from trialhouse.model.enums import DocumentKind, Relation

ABSTRACT = (
    "<h4>Methods</h4>We randomised 120 adults to belotarin & placebo. <h4>Results</h4>Fever fell by 10<sup>2</sup> "
    "counts (p &lt; 0.05) in caf\u00e9s\nand \U0001d4df homes; p <0.01. <h4>Trial registration</h4>NCT09990001."
)
RECORD = {
    "id": "99000001",
    "source": "MED",
    "pmid": "99000001",
    "pmcid": "PMC9900001",
    "doi": "10.5555/ejf.2026.1",
    "title": 'Belotarin for <i>fever</i>: a "randomised" trial.',
    "authorString": "Muster A.",
    "journalInfo": {"dateOfPublication": "2026 Feb", "journal": {"title": "Example Journal of Fevers"}},
    "abstractText": ABSTRACT,
    "language": "eng",
    "pubTypeList": {"pubType": ["Randomized Controlled Trial", "Journal Article"]},
    "firstPublicationDate": "2026-02-01",
    "license": "cc by-nc",
    "isOpenAccess": "Y",
    "commentCorrectionList": {
        "commentCorrection": [
            {"id": "99000005", "source": "MED", "reference": "EJF. 2026", "type": "Retraction in", "orderIn": 1},
            {"id": "PPR5", "source": "PPR", "reference": "doi: 10.5555/ppr.5", "type": "Preprint in", "orderIn": 2},
        ]
    },
}


def record(**changes: object) -> str:
    return json.dumps({**RECORD, **changes})


def test_the_facts_of_a_record(parse) -> None:
    document = parse(record())
    assert (document.format, document.kind) == ("europepmc_json", DocumentKind.ABSTRACT)
    assert document.title == 'Belotarin for fever: a "randomised" trial.'
    assert (document.journal, document.published) == ("Example Journal of Fevers", "2026-02")
    assert (document.doi, document.pmid, document.pmcid) == ("10.5555/ejf.2026.1", "99000001", "PMC9900001")
    assert (document.license, document.language) == ("CC-BY-NC-4.0", "en")
    assert document.url == "https://europepmc.org/article/MED/99000001"
    assert not document.unknown
    assert document.evidence["doi"].quote == "10.5555/ejf.2026.1"
    assert all(proof.holds_in(document.text) for proof in document.evidence.values())


@pytest.mark.parametrize("ensure_ascii", [True, False])
def test_words_stand_in_the_json_through_escapes_and_markup(parse, ensure_ascii: bool) -> None:
    document = parse(json.dumps(RECORD, ensure_ascii=ensure_ascii, indent=1))
    text = document.prose.text
    assert "Methods: We randomised 120 adults to belotarin & placebo." in text
    assert "by 10^2 counts (p < 0.05) in cafés and \U0001d4df homes; p <0.01." in text
    for words in ("120 adults", "counts", "homes", "0.01", "NCT09990001"):
        start = text.index(words)
        left, right, locator = document.prose.in_file(start, start + len(words))
        assert (document.text[left:right], locator) == (words, "$.abstractText")
    start = text.index("cafés")
    left, right, _ = document.prose.in_file(start, start + len("cafés"))
    assert json.loads(f'"{document.text[left:right]}"') == "cafés"
    assert [one.value for one in document.registry_ids] == ["NCT09990001"]


def test_headings_are_the_sections(parse) -> None:
    zones = [(zone.section, zone.label) for zone in parse(record()).prose.zones if zone.kind is ZoneKind.BODY]
    assert zones == [
        (Section.METHODS, "Methods"),
        (Section.RESULTS, "Results"),
        (Section.UNASSIGNED, "Trial registration"),
    ]


def test_other_records_are_named_by_pmid_else_doi(parse) -> None:
    document = parse(record())
    told = [(one.relation, one.scheme, one.value, one.method) for one in document.relations]
    assert told == [
        (Relation.CITES, "pmid", "99000005", "retraction in"),
        (Relation.CITES, "doi", "10.5555/ppr.5", "preprint in"),
    ]
    assert all(one.evidence and one.evidence.holds_in(document.text) for one in document.relations)


def test_an_erratum_is_a_notice_and_names_its_paper(parse) -> None:
    link = {"id": "99000001", "source": "MED", "type": "Erratum for"}
    types = {"pubType": ["correction"]}
    document = parse(record(pubTypeList=types, commentCorrectionList={"commentCorrection": [link]}))
    assert document.kind is DocumentKind.NOTICE
    assert [one.relation for one in document.relations] == [Relation.ERRATUM_FOR]


def test_a_preprint_is_one_whatever_its_types(parse) -> None:
    link = {"id": "99000001", "source": "MED", "type": "Preprint of"}
    document = parse(record(source="PPR", id="PPR1", pmid=None, commentCorrectionList={"commentCorrection": [link]}))
    assert (document.kind, document.pmid) == (DocumentKind.PREPRINT, None)
    assert [(one.relation, one.value) for one in document.relations] == [(Relation.PREPRINT_OF, "99000001")]


@pytest.mark.parametrize(
    ("changes", "published"),
    [
        ({"electronicPublicationDate": "2026-01-15"}, "2026-01-15"),
        ({"journalInfo": {"dateOfPublication": "2026 Mar-Apr"}}, "2026"),
        ({"journalInfo": {}}, "2026-02"),
        ({"journalInfo": {}, "firstPublicationDate": "2026-02-30", "pubYear": "2026"}, "2026"),
    ],
)
def test_dates_are_no_more_precise_than_stated(parse, changes: dict[str, object], published: str) -> None:
    assert parse(record(**changes)).published == published


def test_without_an_abstract_it_is_still_a_document(parse) -> None:
    document = parse(record(abstractText=None))
    assert document.kind is None
    assert "no abstract" in document.problem


def test_a_member_nobody_has_heard_of_is_told(parse) -> None:
    document = parse(record(hologram={"beam": [1]}))
    (one,) = document.unknown
    assert (one.quote, one.locator) == ("hologram", "$.hologram")
    assert one.holds_in(document.text)


def test_the_only_record_of_an_answer_is_read_in_its_place(parse) -> None:
    document = parse(json.dumps({"version": "6.9", "resultList": {"result": [RECORD]}}))
    assert document.evidence["doi"].locator == "$.resultList.result[0].doi"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (json.dumps({"resultList": {"result": [RECORD, RECORD]}}), "several_records"),
        (json.dumps({"resultList": {"result": []}}), "no_record"),
        (record()[:400], "truncated"),
        (record().replace('"pmid":', '"pmid"'), "not_json"),
    ],
)
def test_what_cannot_be_read_says_why(parse, content: str, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=r"inbox/page\.txt") as told:
        parse(content)
    assert told.value.reason == reason
