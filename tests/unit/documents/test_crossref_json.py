import json

import pytest

from trialhouse.model.document import Section, UnreadableDocument, ZoneKind
from trialhouse.model.enums import DocumentKind, Relation

WORK = {
    "DOI": "10.5555/ejf.2026.1",
    "type": "journal-article",
    "title": ["Belotarin for <i>fever</i>"],
    "subtitle": ["a randomised trial"],
    "container-title": ["Example Journal of Fevers"],
    "published-print": {"date-parts": [[2026, 3]]},
    "published-online": {"date-parts": [[2026, 2, 3]]},
    "issued": {"date-parts": [[2026, 2, 3]]},
    "abstract": "<jats:title>Abstract</jats:title><jats:sec>\n  <jats:title>Results</jats:title>\n  <jats:p>Fever fell "
    "by 10<jats:sup>2</jats:sup> counts (p &lt; 0.05) in 120 adults.</jats:p></jats:sec>",
    "language": "en",
    "license": [
        {"URL": "https://example.org/tdm/1.0/", "content-version": "tdm"},
        {"URL": "https://creativecommons.org/licenses/by/4.0/", "content-version": "vor"},
    ],
    "clinical-trial-number": [{"clinical-trial-number": "isrctn12345678", "registry": "10.18810/isrctn"}],
    "reference": [{"key": "1", "DOI": "10.5555/A.1"}, {"key": "2", "unstructured": "none"}, {"DOI": "10.5555/a.1"}],
    "URL": "https://doi.org/10.5555/ejf.2026.1",
    "member": "1",
}
NOTICE_DOI = "10.5555/ejf.2026.9"


def work(**changes: object) -> str:
    return json.dumps({**WORK, **{name.replace("_", "-"): value for name, value in changes.items()}}).replace(
        "/", r"\/"
    )


def test_the_facts_of_a_work(parse) -> None:
    document = parse(work())
    assert (document.format, document.kind) == ("crossref_json", DocumentKind.ABSTRACT)
    assert document.title == "Belotarin for fever: a randomised trial"
    assert (document.journal, document.published) == ("Example Journal of Fevers", "2026-02-03")
    assert (document.doi, document.license, document.language) == ("10.5555/ejf.2026.1", "CC-BY-4.0", "en")
    assert document.evidence["published"].quote == "2026, 2, 3"
    assert all(proof.holds_in(document.text) for proof in document.evidence.values())
    assert [one.value for one in document.cites] == ["10.5555/a.1"]
    assert not document.unknown


def test_a_registry_id_among_the_references_is_cited_and_not_the_works_own(parse) -> None:
    listed = [{"key": "1", "unstructured": "A \u201ctrial\u201d. ClinicalTrials.gov NCT08880007."}, {"key": "2"}]
    document = parse(work(reference=listed))
    (one,) = document.cited_registry_ids
    assert document.text[one.start : one.end] == one.value == "NCT08880007"
    assert "NCT08880007" not in [own.value for own in document.registry_ids]


def test_the_abstract_is_read_through_escapes_and_tags(parse) -> None:
    document = parse(work())
    assert "Results: Fever fell by 10^2 counts (p < 0.05) in 120 adults." in document.prose.text
    zones = [zone for zone in document.prose.zones if zone.kind is ZoneKind.BODY]
    assert [(zone.section, zone.label) for zone in zones] == [(Section.RESULTS, "Results")]
    start = document.prose.text.index("120 adults")
    left, right, locator = document.prose.in_file(start, start + 10)
    assert (document.text[left:right], locator) == ("120 adults", "$.abstract")


def test_a_deposited_trial_number_is_the_works_own(parse) -> None:
    (one,) = parse(work()).registry_ids
    assert (one.registry, one.value) == ("ISRCTN", "ISRCTN12345678")
    assert parse(work()).text[one.start : one.end] == "isrctn12345678"


@pytest.mark.parametrize(
    ("update", "source", "relation"),
    [
        ("retraction", "publisher", Relation.RETRACTION_OF),
        ("retraction", "retraction-watch", Relation.RETRACTION_OF),
        ("expression_of_concern", "retraction-watch", Relation.CONCERN_ABOUT),
        ("corrigendum", "publisher", Relation.ERRATUM_FOR),
    ],
)
def test_a_notice_names_its_paper_and_who_says_so(parse, update: str, source: str, relation: Relation) -> None:
    document = parse(work(DOI=NOTICE_DOI, update_to=[{"DOI": WORK["DOI"], "type": update, "source": source}]))
    assert document.kind is DocumentKind.NOTICE
    (one,) = (one for one in document.relations if one.relation is not Relation.CITES)
    assert (one.relation, one.value, one.method) == (relation, WORK["DOI"], f"named by the record ({source})")
    assert one.evidence is not None
    assert one.evidence.holds_in(document.text)


@pytest.mark.parametrize(
    ("update", "method"),
    [
        ("retraction", "retraction in"),
        ("correction", "erratum in"),
        ("expression_of_concern", "expression of concern in"),
        ("reinstatement", "reinstatement"),
    ],
)
def test_a_paper_names_its_notice_and_is_none(parse, update: str, method: str) -> None:
    document = parse(work(updated_by=[{"DOI": NOTICE_DOI, "type": update, "source": "publisher"}]))
    assert document.kind is DocumentKind.ABSTRACT
    assert (Relation.CITES, NOTICE_DOI, method) in [(r.relation, r.value, r.method) for r in document.relations]


def test_a_new_version_or_a_paper_that_updates_itself_is_no_notice(parse) -> None:
    newer = parse(work(update_to=[{"DOI": NOTICE_DOI, "type": "new_version"}]))
    own = parse(work(update_to=[{"DOI": WORK["DOI"], "type": "retraction", "source": "retraction-watch"}]))
    assert (newer.kind, own.kind) == (DocumentKind.ABSTRACT, DocumentKind.ABSTRACT)
    assert [(one.value, one.method) for one in newer.relations] == [(NOTICE_DOI, "update of")]
    assert [(one.relation, one.method) for one in own.relations] == [(Relation.CITES, "retraction in")]


def test_a_preprint_names_the_paper_it_became(parse) -> None:
    link = {"is-preprint-of": [{"id-type": "doi", "id": "10.5555/EJF.2026.7", "asserted-by": "subject"}]}
    document = parse(work(type="posted-content", subtype="preprint", relation=link, container_title=[]))
    assert document.kind is DocumentKind.PREPRINT
    assert [(one.relation, one.value) for one in document.relations] == [(Relation.PREPRINT_OF, "10.5555/ejf.2026.7")]


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"abstract": None}, DocumentKind.ABSTRACT),
        ({"abstract": None, "type": "book-chapter"}, None),
        ({"type": "posted-content", "abstract": None}, DocumentKind.PREPRINT),
        ({"type": None}, None),
    ],
)
def test_the_kind_by_the_type(parse, changes: dict[str, object], kind: DocumentKind | None) -> None:
    document = parse(work(**changes))
    assert document.kind is kind
    assert (document.problem is None) == ("abstract" not in changes)


def test_impossible_dates_keep_what_is_possible(parse) -> None:
    dates = {"published_online": None, "published_print": None, "issued": {"date-parts": [[2026, 2, 31]]}}
    assert parse(work(**dates)).published == "2026-02"
    assert parse(work(**{**dates, "issued": {"date-parts": [[None]]}})).published is None


def test_a_member_nobody_has_heard_of_is_told(parse) -> None:
    (one,) = parse(work(hologram="x")).unknown
    assert (one.quote, one.locator) == ("hologram", "$.hologram")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (json.dumps({"message": {"items": [WORK, WORK]}}), "several_records"),
        (json.dumps({"status": "ok", "message-type": "work-list", "message": {"items": []}}), "no_record"),
        (work()[:300], "truncated"),
    ],
)
def test_what_cannot_be_read_says_why(parse, content: str, reason: str) -> None:
    with pytest.raises(UnreadableDocument, match=r"inbox/page\.txt") as told:
        parse(content)
    assert told.value.reason == reason


def test_the_message_of_an_answer_is_read_in_its_place(parse) -> None:
    document = parse(json.dumps({"status": "ok", "message-type": "work", "message": WORK}))
    assert document.evidence["doi"].locator == "$.message.DOI"
