"""A study of ClinicalTrials.gov's API v2 as a Document. The study is invented."""

import json
from typing import Any

import pytest

from trialhouse.model.document import UnreadableDocument
from trialhouse.model.enums import DocumentKind, Relation

STUDY: dict[str, Any] = {
    "protocolSection": {
        "identificationModule": {
            "nctId": "NCT09990777",
            "orgStudyIdInfo": {"id": "BELO-1"},
            "secondaryIdInfos": [
                {"id": "2019-001234-12", "type": "EUDRACT_NUMBER"},
                {"id": "U01 12345", "type": "NIH"},
                {"id": "jRCT2031200123", "type": "REGISTRY"},
            ],
            "briefTitle": "Belotarin in \"Sumba\" Fever",
        },
        "statusModule": {"studyFirstPostDateStruct": {"date": "2025-02-03", "type": "ACTUAL"}},
        "referencesModule": {
            "references": [
                {"pmid": "99990001", "type": "BACKGROUND", "citation": "Muster B."},
                {"pmid": "99990002", "type": "DERIVED", "citation": "Exemplar A."},
                {"type": "RESULT", "citation": "Exemplar A. Ex J Fevers. doi: 10.5555/exjf.2026.11."},
            ]
        },
    },
    "hasResults": False,
}  # fmt: skip


def test_the_study_as_a_document(parse) -> None:
    text = json.dumps(STUDY, indent=2)
    document = parse(text)
    assert (document.kind, document.text, document.title) == (DocumentKind.REGISTRY, text, 'Belotarin in "Sumba" Fever')
    assert document.url == "https://clinicaltrials.gov/study/NCT09990777"
    assert document.published == "2025-02-03"
    assert [(one.registry, one.value) for one in document.registry_ids] == [
        ("ClinicalTrials.gov", "NCT09990777"),
        ("EudraCT", "2019-001234-12"),
        ("jRCT", "jRCT2031200123"),
    ]
    assert all(text[one.start : one.end] == one.value for one in document.registry_ids)
    assert [(one.relation, one.scheme, one.value, one.method) for one in document.relations] == [
        (Relation.CITES, "pmid", "99990001", "reference:BACKGROUND"),
        (Relation.CITES, "pmid", "99990002", "reference:DERIVED"),
        (Relation.CITES, "doi", "10.5555/exjf.2026.11", "reference:RESULT"),
    ]
    assert [text[one.start : one.end] for one in document.cites] == [one.value for one in document.cites]
    assert [relation.evidence.quote for relation in document.relations] == [one.value for one in document.cites]
    assert all(proof.holds_in(text) for proof in document.evidence.values())
    assert document.evidence["published"].locator == "$.protocolSection.statusModule.studyFirstPostDateStruct.date"


@pytest.mark.parametrize(
    ("citation", "dois"),
    [
        ("Exemplar A. Ex J Fevers. 2026. doi: 10.5555/exjf.2026.11. Epub 2026 Jan 3.", ["10.5555/exjf.2026.11"]),
        ("A. Ex J. doi: 10.5555/a.1. Erratum in: Ex J. 2027. doi: 10.5555/a.2.", ["10.5555/a.1"]),
        ("Exemplar A. Ex J Fevers. 2026. Erratum In: Ex J Fevers. 2027. doi: 10.5555/a.2.", []),
        ("Exemplar A. Ex J Fevers. 2026. Retraction in: doi: 10.5555/a.2.", []),
        ("Exemplar A. Ex J Fevers. 2026;1(2):3-4.", []),
    ],
)
def test_a_reference_with_a_pmid_is_known_by_its_doi_too(parse, citation: str, dois: list[str]) -> None:
    """A notice's DOI behind the paper's own words is not the paper's."""
    study = json.loads(json.dumps(STUDY))
    references = [{"pmid": "99990002", "type": "RESULT", "citation": citation}]
    study["protocolSection"]["referencesModule"]["references"] = references
    document = parse(json.dumps(study))
    named = [("pmid", "99990002"), *(("doi", one) for one in dois)]
    assert [(one.scheme, one.value) for one in document.cites] == named
    assert [(one.scheme, one.value) for one in document.relations] == named
    assert {one.method for one in document.relations} == {"reference:RESULT"}
    assert [one.evidence.quote for one in document.relations] == [value for _, value in named]


def test_another_study_of_the_registry_is_named_and_an_alias_is_the_study_itself(parse) -> None:
    study = json.loads(json.dumps(STUDY))
    identification = study["protocolSection"]["identificationModule"]
    identification["nctIdAliases"] = ["NCT09990778"]
    named = [{"id": "NCT09990779", "type": "OTHER"}, {"id": "NCT09990778"}, {"id": "NCT09990777"}]
    identification["secondaryIdInfos"] += named
    text = json.dumps(study, indent=2)
    document = parse(text)
    assert [one.value for one in document.registry_ids if one.registry == "ClinicalTrials.gov"] == [
        "NCT09990777",
        "NCT09990778",
    ]
    (other,) = (one for one in document.relations if one.scheme == "registry")
    assert (other.relation, other.value, other.method) == (Relation.CITES, "NCT09990779", "secondary id")
    assert other.evidence.holds_in(text)


def test_a_byte_order_mark_and_one_study_on_a_page(parse) -> None:
    document = parse("\ufeff" + json.dumps({"studies": [STUDY], "nextPageToken": "x"}))
    first = document.registry_ids[0]
    assert document.text[first.start : first.end] == first.value == "NCT09990777"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (json.dumps(STUDY, indent=1)[:400], "truncated"),
        (json.dumps(STUDY)[:-1], "truncated"),
        ('{"protocolSection": {"a": 1,, "b": 2}, "and": "this goes on for quite a while longer"}', "not_json"),
        ('{"error": "not found"}', "not_a_study"),
        ("[]", "not_a_study"),
        (json.dumps({"studies": []}), "not_a_study"),
        (json.dumps({"studies": [STUDY, STUDY]}), "several_records"),
        (json.dumps([STUDY, STUDY]), "several_records"),
        ("[" * 100_000, "not_json"),
    ],
)
def test_what_is_no_study_is_told(parse, content: str, reason: str) -> None:
    with pytest.raises(UnreadableDocument) as told:
        parse(content)
    assert told.value.reason == reason
    assert "inbox/page.txt" in str(told.value)


def test_an_alias_that_is_no_word_is_passed_over(parse) -> None:
    study = json.loads(json.dumps(STUDY))
    study["protocolSection"]["identificationModule"]["nctIdAliases"] = [[], {"a": 1}, None, "NCT09990778"]
    found = [one.value for one in parse(json.dumps(study)).registry_ids if one.registry == "ClinicalTrials.gov"]
    assert found == ["NCT09990777", "NCT09990778"]
