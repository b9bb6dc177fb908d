"""Judgements on documents from which no trial is read: each shows in the links, or a sentence says why it does not."""

from collections.abc import Callable

from trialhouse.model.document import DocumentRelation, Identifier
from trialhouse.model.enums import DocumentKind, Relation, TrialRole
from trialhouse.model.extraction import TrialClaim
from trialhouse.model.tables import DocumentRelationRow, TrialDocumentRow
from trialhouse.model.words import JudgementSubject, Verdict
from trialhouse.resolution.judged import Judgement, Side
from trialhouse.resolution.reading import Reading
from trialhouse.resolution.survey import Survey, survey
from trialhouse.resources import data_root

Make = Callable[..., Reading]
ONE, OTHER = "NCT09990001", "NCT09990002"
TITLE = "Quenosartan once daily for untreated hypertension"
PAGE, RECORD = (
    Side("doc-page", frozenset({("document", "doc-page")})),
    Side(ONE, frozenset({("registry", ONE.lower())})),
)


def record(reading: Make, number: str = ONE) -> Reading:
    trial = TrialClaim(registry_ids=(number,), enrollment=400)
    return reading(number, DocumentKind.REGISTRY, facts={"title": number}, trial=trial)


def paper(reading: Make, name: str = "paper", number: str = ONE, doi: str = "10.5555/p") -> Reading:
    return reading(name, facts={"title": TITLE, "doi": doi}, trial=TrialClaim(registry_ids=(number,), enrollment=400))


def judged(verdict: str, one: Side, other: Side, subject: JudgementSubject = JudgementSubject.TRIAL) -> Judgement:
    return Judgement(f"{one.name} {other.name}", subject, one, other, Verdict(verdict), "ada: seen")


def of(name: str) -> Side:
    return Side(f"doc-{name}", frozenset({("document", f"doc-{name}")}))


def links(found: Survey, name: str = "doc-page") -> list[tuple[TrialRole | None, str, str]]:
    """Roles, methods and registry numbers of what a document is linked to."""
    numbers = {t.trial_id: next((v.upper() for s, v in t.keys if s == "registry"), "") for t in found.trials}
    rows = [row for row in found.rows.of(TrialDocumentRow) if row.document_id == name]
    return sorted((row.role, row.method, numbers[row.trial_id]) for row in rows)


def test_a_page_without_a_trial_is_news_of_the_one_that_a_person_named(reading: Make) -> None:
    page = reading("page", DocumentKind.NEWS, facts={"title": "Pill tames blood pressure"})
    found = survey([record(reading), page], judgements=[judged("same", PAGE, RECORD)])
    assert links(found) == [(TrialRole.NEWS, "judgement", ONE)]
    assert found.told == ()


def test_a_paper_from_which_nothing_was_read_is_no_main_paper_beside_one(reading: Make) -> None:
    silent = reading("page", facts={"title": "Two years of quenosartan"})
    for papers, role in (([], TrialRole.PRIMARY_RESULTS), ([paper(reading)], TrialRole.SECONDARY_RESULTS)):
        found = survey([record(reading), *papers, silent], judgements=[judged("same", PAGE, RECORD)])
        assert links(found) == [(role, "judgement", ONE)]


def test_news_of_the_only_paper_is_none_where_a_person_says_so(reading: Make, cited: Callable[[str], object]) -> None:
    """By the number of the trial, and by the paper itself."""
    page = reading("page", DocumentKind.NEWS, facts={"title": "Pill", "cites": cited("10.5555/p")})
    readings = [record(reading), paper(reading), page]
    assert links(survey(readings)) == [(TrialRole.NEWS, "cited_paper", ONE)]
    for side in (RECORD, of("paper")):
        found = survey(readings, judgements=[judged("different", PAGE, side)])
        assert (links(found), found.told) == ([], ())


def test_a_review_is_kept_from_a_trial_and_brought_to_one_without_its_numbers(
    reading: Make,
) -> None:
    named = tuple(
        Identifier(scheme="registry", value=value, registry="ClinicalTrials.gov", start=place, end=place + 11)
        for value, place in ((ONE, 0), (OTHER, 20))
    )
    review = reading("page", facts={"title": "Quenosartan: a meta-analysis", "registry_ids": named})
    readings = [record(reading), record(reading, OTHER), review]
    assert len(links(survey(readings))) == 2
    found = survey(readings, judgements=[judged("different", PAGE, RECORD)])
    assert (links(found), found.told) == ([(TrialRole.REVIEW_MENTION, "registry_id", OTHER)], ())
    silent = reading("page", facts={"title": "Quenosartan: a meta-analysis"})
    found = survey([record(reading), silent], judgements=[judged("same", PAGE, RECORD)])
    assert links(found) == [(TrialRole.REVIEW_MENTION, "judgement", ONE)]


def test_a_record_that_is_judged_a_copy_of_a_paper_is_of_its_trial(reading: Make) -> None:
    copy = reading("page", DocumentKind.ABSTRACT, facts={"title": "Quenosartan or placebo"})
    same = judged("same", PAGE, of("paper"), JudgementSubject.DOCUMENT)
    sql = data_root() / "warehouse" / "duplicates"
    found = survey([paper(reading), copy], judgements=[same], duplicates=sql)
    assert [row.relation for row in found.rows.of(DocumentRelationRow)] == [Relation.DUPLICATE_OF]
    assert links(found) == [(TrialRole.PRIMARY_RESULTS, "duplicate", ONE)]
    assert found.told == ()


def test_a_page_that_is_the_same_as_a_registry_record_is_of_its_trial(reading: Make) -> None:
    """So are the pairs listed whose title names a trial: no page is a copy of a record."""
    page = reading("page", DocumentKind.NEWS, facts={"title": "Pill tames blood pressure"})
    same = judged("same", PAGE, of(ONE), JudgementSubject.DOCUMENT)
    assert links(survey([record(reading), page], judgements=[same])) == [(TrialRole.NEWS, "judgement", ONE)]


def test_judgements_lead_on_from_document_to_document(reading: Make) -> None:
    pages = [reading(name, DocumentKind.NEWS, facts={"title": name}) for name in ("page", "second")]
    chain = [judged("same", PAGE, of("second")), judged("same", of("second"), RECORD)]
    found = survey([record(reading), *pages], judgements=chain)
    assert links(found) == links(found, "doc-second") == [(TrialRole.NEWS, "judgement", ONE)]


def test_what_nothing_came_of_is_told(reading: Make) -> None:
    notice = reading(
        "notice",
        DocumentKind.NOTICE,
        facts={
            "relations": (
                DocumentRelation(relation=Relation.ERRATUM_FOR, scheme="doi", value="10.5555/p", method="stated"),
            )
        },
    )
    pages = [reading(name, DocumentKind.NEWS, facts={"title": name}) for name in ("page", "second")]
    cases = {
        judged("same", of("gone"), RECORD): "nothing that is here is known as doc-gone",
        judged("same", PAGE, of("second")): "no trial is known from doc-page nor from doc-second",
        judged("different", of("notice"), RECORD): "both are of trial-",
    }
    for judgement, why in cases.items():
        (told,) = survey([record(reading), paper(reading), notice, *pages], judgements=[judgement]).told
        assert str(judgement) in told
        assert why in told
