import pytest

from trialhouse.model.document import Section, UnreadableDocument, ZoneKind
from trialhouse.model.enums import DocumentKind, Relation

RECORD = """PMID- 99000001
OWN - NLM
DP  - 2026 Mar-Apr
TI  - Belotarin for fever: a randomised
      trial.
LID - 10.5555/ejf.2026.1 [doi]
AB  - METHODS: We randomised 120 adults to belotarin or
      placebo. RESULTS: Fever fell by 40%. CONCLUSIONS: Belotarin
      helps.
CI  - Published under CC BY 4.0.
FAU - Muster, Anna
AD  - Somewhere.
LA  - eng
SI  - ClinicalTrials.gov/NCT09990001
SI  - GENBANK/AB123456
PT  - Journal Article
PT  - Randomized Controlled Trial
TT  - Belotarin bei Fieber.
OAB - Se asignaron 120 adultos y los pacientes con fiebre.
OABL- spa
JT  - Example journal of fevers
PMC - PMC9900001
AID - S0000(26)00001 [pii]
RIN - Ex J Fev. 2026 May;3(2):9. doi: 10.5555/ejf.2026.9. PMID: 99000009
SO  - Ex J Fev. 2026;3(1):1-9.
"""


def test_the_facts_of_a_record(parse) -> None:
    document = parse(RECORD)
    assert (document.format, document.kind) == ("nbib", DocumentKind.ABSTRACT)
    assert document.title == "Belotarin for fever: a randomised trial."
    assert (document.journal, document.published) == ("Example journal of fevers", "2026")
    assert (document.doi, document.pmid, document.pmcid) == ("10.5555/ejf.2026.1", "99000001", "PMC9900001")
    assert (document.license, document.language, document.other_languages) == ("CC-BY-4.0", "en", ("es",))
    assert all(proof.holds_in(document.text) for proof in document.evidence.values())
    assert not document.unknown


def test_lines_of_the_abstract_are_joined_and_keep_their_places(parse) -> None:
    document = parse(RECORD)
    text = document.prose.text
    zones = [(zone.section, text[zone.start : zone.end]) for zone in document.prose.zones if zone.kind is ZoneKind.BODY]
    assert zones == [
        (Section.METHODS, "METHODS: We randomised 120 adults to belotarin or placebo."),
        (Section.RESULTS, "RESULTS: Fever fell by 40%."),
        (Section.CONCLUSIONS, "CONCLUSIONS: Belotarin helps."),
    ]
    start = text.index("belotarin or placebo")
    left, right, locator = document.prose.in_file(start, start + len("belotarin or placebo"))
    assert (document.text[left:right], locator) == ("belotarin or\n      placebo", "AB")


def test_a_registration_is_typed_and_other_data_banks_are_none(parse) -> None:
    (one,) = parse(RECORD).registry_ids
    assert (one.registry, one.value) == ("ClinicalTrials.gov", "NCT09990001")
    assert RECORD[one.start : one.end] == "NCT09990001"


@pytest.mark.parametrize(
    ("tag", "kind", "relation", "method"),
    [
        ("RIN", None, Relation.CITES, "retraction in"),
        ("EIN", None, Relation.CITES, "erratum in"),
        ("ECI", None, Relation.CITES, "expression of concern in"),
        ("ROF", "Retraction of Publication", Relation.RETRACTION_OF, "named by the record"),
        ("EFR", "Published Erratum", Relation.ERRATUM_FOR, "named by the record"),
        ("ECF", "Expression of Concern", Relation.CONCERN_ABOUT, "named by the record"),
        ("CON", None, Relation.COMMENT_ON, "named by the record"),
        ("UIN", "Preprint", Relation.PREPRINT_OF, "update in"),
    ],
)
def test_comments_and_corrections_are_relations(parse, tag: str, kind: str | None, relation, method: str) -> None:
    content = RECORD.replace("RIN -", f"{tag} -").replace("PT  - Journal Article", f"PT  - {kind or 'Journal Article'}")
    document = parse(content)
    found = next(one for one in document.relations if one.value == "99000009")
    assert (found.relation, found.scheme, found.method) == (relation, "pmid", method)
    assert found.evidence is not None
    assert found.evidence.holds_in(document.text)
    assert "99000009" in found.evidence.quote
    assert (document.kind is DocumentKind.NOTICE) == (tag in ("ROF", "EFR", "ECF"))


def test_the_day_it_was_out_comes_before_the_issue(parse) -> None:
    assert parse(RECORD.replace("LA  -", "DEP - 20260203\nLA  -")).published == "2026-02-03"


def test_an_abstract_that_the_library_cut_is_partial(parse) -> None:
    document = parse(RECORD.replace("      helps.", "      helps. (ABSTRACT TRUNCATED AT 250 WORDS)"))
    assert document.is_partial
    assert not parse(RECORD).is_partial


def test_a_tag_nobody_has_heard_of_and_a_stray_line_are_told(parse) -> None:
    document = parse(RECORD.replace("SO  -", "Not a field at all.\nZZZ - odd\nSO  -"))
    told = {one.quote: one.locator for one in document.unknown}
    assert told == {"Not a field at all.": "a line without a tag", "ZZZ": "ZZZ"}
    assert all(one.holds_in(document.text) for one in document.unknown)


def test_a_record_without_an_abstract_is_a_document(parse) -> None:
    document = parse("PMID- 99000002\nTI  - A letter on fever.\nPT  - Letter\n")
    assert (document.kind, document.pmid) == (None, "99000002")
    assert "no abstract" in document.problem


def test_several_records_are_refused_with_what_to_do(parse) -> None:
    with pytest.raises(UnreadableDocument, match="2 records in one place") as told:
        parse(RECORD + "\n" + RECORD)
    assert told.value.reason == "several_records"


def test_prose_that_begins_with_a_word_and_a_hyphen_is_no_record(parse) -> None:
    assert parse("IL-6 - a cytokine - was blocked.\nThe trial enrolled 40 patients.\n").format == "plain_text"
