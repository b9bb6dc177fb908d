"""A registry id that a text only mentions, of a trial that is clearly another one."""

from collections.abc import Callable

import pytest

from trialhouse.model.document import Identifier, Section, Zone, ZoneKind
from trialhouse.model.enums import DocumentKind, Phase, StudyType
from trialhouse.model.extraction import ArmClaim, Extraction, InterventionClaim, TrialClaim
from trialhouse.model.tables import CandidateRow, TrialRow
from trialhouse.model.vocabulary import Vocabulary
from trialhouse.model.words import JudgementSubject, Verdict
from trialhouse.resolution.constraints import Constraints
from trialhouse.resolution.judged import Judgement, Side, constraints_of, members_of_trials
from trialhouse.resolution.reading import Mention, Reading, mentions_of
from trialhouse.resolution.resolve import resolve
from trialhouse.resolution.ties import Key
from trialhouse.resolution.trials import Linked, link

Make = Callable[..., Reading]
NCT = "NCT09990101"
COMPARED = f"This agrees with what the ALDER trial found ({NCT})."
TOLD = f"Silotinib was studied in Asia ({NCT})."


def of(
    reading: Make,
    name: str,
    drug: str | None,
    enrollment: int | None,
    text: str | None = None,
    study_type: StudyType | None = None,
    zones: tuple[Zone, ...] = (),
) -> Reading:
    arms = (ArmClaim(key="a", label="a", interventions=(InterventionClaim(name=drug),)),) if drug else ()
    facts = {}
    if text:
        start = text.index(NCT)
        place = Identifier(scheme="registry", value=NCT, registry="ClinicalTrials.gov", start=start, end=start + 11)
        facts = {"registry_ids": (place,), "zones": zones}
    kind = DocumentKind.ABSTRACT if text else DocumentKind.REGISTRY
    trial = TrialClaim(registry_ids=(NCT,), enrollment=enrollment, study_type=study_type)
    made = reading(name, kind, facts=facts, arms=arms, trial=trial)
    return Reading(made.document.model_copy(update={"text": text}), made.extractions, "test", "1") if text else made


def linked(*readings: Reading) -> Linked:
    return link([mention for one in readings for mention in mentions_of(one)])


def test_a_text_that_compares_itself_with_another_trial_is_not_of_it_and_a_person_is_told(reading: Make) -> None:
    pair = of(reading, "record", "velomarib", 900), of(reading, "paper", "silotinib", 150, COMPARED)
    found = linked(*pair)
    assert len(found.clusters) == 2
    assert [key for one in found.clusters for key in one.keys].count(("registry", NCT.lower())) == 1
    (doubt,) = found.doubtful
    said = f"doc-paper names {NCT} in a sentence that seems to be on another trial, but different drugs"
    assert (doubt.method, doubt.reason) == (
        "mentioned_registry_id",
        f"{said} (silotinib; velomarib); enrollments far apart",
    )
    assert linked(*reversed(pair)) == found
    alike = of(reading, "record", "velomarib", 900), of(reading, "paper", "velomarib", 900, COMPARED)
    assert [one.score for one in linked(*alike).doubtful] == [0.2]


def test_a_number_that_is_told_is_another_trials_where_drug_and_size_are(reading: Make) -> None:
    found = linked(of(reading, "record", "velomarib", 900), of(reading, "paper", "silotinib", 150, TOLD))
    assert len(found.clusters) == 2
    (doubt,) = found.doubtful
    said = f"doc-paper names {NCT} in its text, but different drugs (silotinib; velomarib); enrollments far apart"
    assert (doubt.method, doubt.reason) == ("registry_id", said)


@pytest.mark.parametrize(("enrollment", "trials"), [(150, 2), (900, 1), (None, 1)])
def test_in_the_background_a_size_that_contradicts_is_enough(
    reading: Make, enrollment: int | None, trials: int
) -> None:
    """A paper of 300 that names the number of a trial of 612 before its methods, and no other one."""
    text = f"Velomarib was tested in ALDER ({NCT})."
    zone = Zone(kind=ZoneKind.BODY, start=0, end=len(text), section=Section.BACKGROUND)
    paper = of(reading, "paper", "velomarib", enrollment, text, zones=(zone,))
    found = linked(of(reading, "record", "velomarib", 900), paper)
    assert (len(found.clusters), len(found.doubtful)) == (trials, trials - 1)


def test_an_observational_study_that_names_a_trial_is_none_of_it(reading: Make) -> None:
    record = of(reading, "record", "velomarib", 150, study_type=StudyType.INTERVENTIONAL)
    cohort = of(reading, "paper", "velomarib", 150, TOLD, StudyType.OBSERVATIONAL)
    (doubt,) = linked(record, cohort).doubtful
    assert doubt.reason.endswith("an observational study against a trial")
    text = f"Trials such as ALDER ({NCT}) excluded many patients."
    zone = Zone(kind=ZoneKind.BODY, start=0, end=len(text), section=Section.BACKGROUND)
    facts = {"study_type": StudyType.OBSERVATIONAL, "zones": (zone,)}
    (doubt,) = linked(record, of(reading, "paper", "velomarib", 150, text, **facts)).doubtful
    assert doubt.reason.endswith("an observational study against a trial")


def test_an_observational_follow_up_that_calls_the_trial_its_own_stays_with_it(reading: Make) -> None:
    record = of(reading, "record", "velomarib", 150, study_type=StudyType.INTERVENTIONAL)
    own = of(reading, "paper", "velomarib", 150, f"This trial is registered as {NCT}.", StudyType.OBSERVATIONAL)
    assert len(linked(record, own).clusters) == 1
    registry = of(reading, "record", "velomarib", 150, study_type=StudyType.OBSERVATIONAL)
    cohort = of(reading, "paper", "velomarib", 150, TOLD, StudyType.OBSERVATIONAL)
    assert len(linked(registry, cohort).clusters) == 1
    said = of(reading, "paper", "velomarib", 150, f"Our cohort study is registered as {NCT}.", StudyType.OBSERVATIONAL)
    assert len(linked(record, said).clusters) == 1


@pytest.mark.parametrize(
    ("drug", "enrollment", "text"),
    [
        ("silotinib", None, TOLD),
        ("silotinib", 890, TOLD),
        ("silotinib", 150, f"Adults were treated. Registered at ClinicalTrials.gov as {NCT}."),
        ("silotinib", 150, f"Adults were treated. (ClinicalTrials.gov number, {NCT}.)"),
    ],
    ids=["no size", "the same size", "its registration", "its number"],
)
def test_it_is_of_the_trial_where_less_speaks_against_it(
    reading: Make, drug: str | None, enrollment: int | None, text: str
) -> None:
    found = linked(of(reading, "record", "velomarib", 900), of(reading, "paper", drug, enrollment, text))
    assert len(found.clusters) == 1
    assert found.doubtful == ()


@pytest.mark.parametrize("drug", ["velomarib", None])
@pytest.mark.parametrize(
    "words",
    [
        f"The margin was derived from ALDER ({NCT}).",
        f"The margin kept half of the effect in ALDER (ClinicalTrials.gov number, {NCT}).",
        f"The sample size calculation assumed the event rate of ALDER ({NCT}).",
        f"The dose of velomarib was that used in ALDER ({NCT}).",
        f"Outcomes were adjudicated by the same definitions used in ALDER ({NCT}).",
        f"Patients who had taken part in ALDER ({NCT}) were excluded.",
        f"Recruitment was stopped early after publication of ALDER ({NCT}).",
        f"Eligibility criteria were those of ALDER ({NCT}), but patients were older.",
        f"This was a study in patients co-enrolled in ALDER ({NCT}).",
        f"The present study was done in patients co-enrolled in the ALDER study [{NCT}].",
        f"The present study was a sub-study in patients enrolled in an earlier trial ({NCT}).",
        f"A parallel trial in Japan (ClinicalTrials.gov number, {NCT}) is reported separately.",
        f"Sites that had taken part in ALDER ({NCT}) enrolled patients.",
        f"We randomly assigned 150 adults to the dose used in ALDER ({NCT}).",
        f"The LUNAR criteria of a phase 2 trial ({NCT}) were used.",
    ],
)
def test_a_number_that_is_only_told_is_anothers_where_the_size_is(reading: Make, words: str, drug: str | None) -> None:
    """A trial that randomised 150 says in its methods what it has from one of 900, or why that is no part of it."""
    for own in (150, 900):
        paper = of(reading, "paper", drug, own, words, zones=in_methods(words))
        titled = paper.document.model_copy(update={"title": "Velomarib in older adults: a randomized trial"})
        texts = of(reading, "record", "velomarib", 900), Reading(titled, paper.extractions, "test", "1")
        found = linked(*texts)
        assert len(found.clusters) == (2 if own == 150 else 1)
        assert [one.reason for one in found.doubtful] == (
            [f"doc-paper names {NCT} in its text, but enrollments far apart"] if own == 150 else []
        )


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Glucose with velomarib", f"Patients of ALDER ({NCT}) wore a sensor."),
        ("Glucose with velomarib", f"A random sample of ALDER [{NCT}] participants was imaged."),
        ("Velomarib: a randomised trial", f"ALDER ({NCT}) was done at 80 sites."),
        ("Glucose with velomarib", f"We used data from the ALDER trial ({NCT})."),
        ("Glucose with velomarib: a substudy", f"A within-trial analysis of ALDER ({NCT})."),
        ("Velomarib: a randomised trial", f"In this trial ({NCT}), 150 adults had been assigned by then."),
        ("Velomarib: a randomised trial", f"In ALDER ({NCT}), 150 adults were randomly assigned."),
        ("Velomarib: a randomised trial", f"Adults were treated (ClinicalTrials.gov number, {NCT})."),
    ],
)
def test_a_text_on_those_who_took_part_is_of_the_trial_whatever_its_size(reading: Make, title: str, words: str) -> None:
    paper = of(reading, "paper", "velomarib", 150, words, zones=in_methods(words))
    titled = paper.document.model_copy(update={"title": title})
    texts = of(reading, "record", "velomarib", 900), Reading(titled, paper.extractions, "test", "1")
    assert len(linked(*texts).clusters) == 1


def test_without_the_record_a_paper_that_states_the_number_speaks_against_one_that_only_tells_it(reading: Make) -> None:
    stated = of(reading, "first", "velomarib", 900, f"Adults took velomarib. Trial registration: {NCT}.")
    for size, trials in ((150, 2), (880, 1)):
        assert len(linked(stated, of(reading, "paper", "velomarib", size, TOLD)).clusters) == trials


@pytest.mark.parametrize("called", [NCT, f"ClinicalTrials.gov number, {NCT}"])
def test_a_phase_2_paper_is_no_part_of_the_phase_3_trial_that_it_names(reading: Make, called: str) -> None:
    words = f"The phase 3 ALDER trial ({called}) has started."
    zone = Zone(kind=ZoneKind.BODY, start=0, end=len(words), section=Section.CONCLUSIONS)
    texts = of(reading, "record", "velomarib", None), of(reading, "paper", "velomarib", None, words, zones=(zone,))
    phased = [
        Reading(one.document, (in_phase(one.extractions[0], phase),), "test", "1")
        for one, phase in zip(texts, (Phase.PHASE3, Phase.PHASE2), strict=True)
    ]
    (doubt,) = linked(*phased).doubtful
    assert doubt.reason == f"doc-paper names {NCT} in its text, but different phases (PHASE2; PHASE3)"


def in_phase(claims: Extraction, phase: Phase) -> Extraction:
    return claims.model_copy(update={"trial": claims.trial.model_copy(update={"phase": phase})})


def in_methods(text: str) -> tuple[Zone, ...]:
    return (Zone(kind=ZoneKind.BODY, start=0, end=len(text), section=Section.METHODS),)


def citing(reading: Make, *cited: str, own: tuple[str, ...] = (), drug: str = "velomarib") -> Reading:
    """A paper with registry ids in its list of references."""
    places = tuple(Identifier(scheme="registry", value=one, start=0, end=10) for one in cited)
    arms = (ArmClaim(key="a", label="a", interventions=(InterventionClaim(name=drug),)),)
    trial = TrialClaim(registry_ids=own, enrollment=150)
    return reading("paper", facts={"cited_registry_ids": places}, arms=arms, trial=trial)


@pytest.mark.parametrize(
    ("drug", "said", "score"),
    [
        ("velomarib", f"doc-paper has {NCT} in its list of references only", 0.2),
        (
            "silotinib",
            f"doc-paper has {NCT} in its list of references only, but different drugs (silotinib; velomarib)",
            0.1,
        ),
    ],
)
def test_an_id_that_stands_among_the_references_links_nothing_and_a_person_is_told(
    reading: Make, drug: str, said: str, score: float
) -> None:
    found = linked(of(reading, "record", "velomarib", 150), citing(reading, NCT, drug=drug))
    assert len(found.clusters) == 2
    assert [(one.method, one.reason, one.score) for one in found.doubtful] == [("cited_registry_id", said, score)]


def test_a_cited_id_is_no_question_where_the_paper_has_one_of_its_own_or_cites_many(reading: Make) -> None:
    record = of(reading, "record", "velomarib", 150)
    assert linked(record, citing(reading, NCT, own=("NCT09990102",))).doubtful == ()
    assert linked(record, citing(reading, NCT, *(f"NCT0999020{n}" for n in range(6)))).doubtful == ()
    (doubt,) = linked(record, citing(reading, NCT, own=("ISRCTN09990102",))).doubtful
    assert doubt.method == "cited_registry_id"


def test_a_cited_id_is_a_candidate_whether_its_trial_is_known_or_not(reading: Make) -> None:
    rows = resolve([citing(reading, NCT)], Vocabulary(), lambda document: True)
    (row,) = rows.of(CandidateRow)
    assert (row.kind, row.span_start, row.span_end, row.reason.partition(":")[0]) == ("registry_id", 0, 10, "cited")
    assert [row.registry_id for row in rows.of(TrialRow)] == [None]


def on_trials(verdict: Verdict, other: Key) -> Judgement:
    """What a person says of the trial with the id, and of another one."""
    sides = Side(NCT, frozenset({("registry", NCT.lower())})), Side(other[1], frozenset({other}))
    return Judgement("j1", JudgementSubject.TRIAL, *sides, verdict, "by ada")


def joined(judgement: Judgement, mentions: list[Mention]) -> Constraints:
    return constraints_of([judgement], JudgementSubject.TRIAL, members_of_trials([judgement], mentions))


def test_a_judgement_on_a_trial_is_not_on_a_paper_that_only_mentions_its_id(reading: Make) -> None:
    """Two registrations of one trial are judged the same: what compares itself with it stays where it was."""
    twin = reading("twin", DocumentKind.REGISTRY, trial=TrialClaim(registry_ids=("ISRCTN09990101",)))
    texts = (
        of(reading, "record", "velomarib", 900),
        of(reading, "paper", "silotinib", 150, COMPARED),
        twin,
    )
    mentions = [Mention(r.document, r.extractions[0], "test", "1") for r in texts]
    same = joined(on_trials(Verdict.SAME, ("registry", "isrctn09990101")), mentions)
    found = link(mentions, constraints=same)
    groups = {frozenset(m.document.receipt.record_id for m in one.mentions) for one in found.clusters}
    assert groups == {frozenset({"record", "twin"}), frozenset({"paper"})}


def test_a_person_may_say_that_a_paper_is_of_the_trial_that_it_seems_only_to_mention(reading: Make) -> None:
    texts = of(reading, "record", "velomarib", 900), of(reading, "paper", "silotinib", 150, COMPARED)
    mentions = [Mention(r.document, r.extractions[0], "test", "1") for r in texts]
    same = joined(on_trials(Verdict.SAME, ("document", "doc-paper")), mentions)
    assert len(link(mentions, constraints=same).clusters) == 1


def test_without_the_record_the_id_is_believed_where_nothing_says_that_it_is_anothers(reading: Make) -> None:
    for text, trials in ((TOLD, 1), (COMPARED, 2)):
        papers = [of(reading, name, drug, 150, text) for name, drug in (("one", "silotinib"), ("two", "velomarib"))]
        assert len(linked(*papers).clusters) == trials


def test_an_id_of_a_field_is_believed_whatever_speaks_against_it(reading: Make) -> None:
    text = f"Silotinib was studied. {NCT}"
    zones = Zone(kind=ZoneKind.BODY, start=0, end=22), Zone(kind=ZoneKind.CITATION, start=23, end=len(text))
    paper = of(reading, "paper", "silotinib", 150, text, zones=zones)
    assert len(linked(of(reading, "record", "velomarib", 900), paper).clusters) == 1


def mentioning(reading: Make, *own: str) -> Reading:
    """A paper in whose text the id was taken for another trial's."""
    made = of(reading, "paper", "velomarib", 150, f"In an earlier trial ({NCT}) flares were fewer.")
    trial = made.extractions[0].trial.model_copy(update={"registry_ids": own})
    return Reading(made.document, (made.extractions[0].model_copy(update={"trial": trial}),), "test", "1")


def test_an_id_that_is_only_mentioned_links_nothing_and_is_listed(reading: Make) -> None:
    """It may be an earlier report of the same trial: whoever looks at the pair sees it."""
    record = of(reading, "record", "velomarib", 150)
    found = linked(record, mentioning(reading))
    assert len(found.clusters) == 2
    said = f"doc-paper names {NCT} in a sentence that seems to be on another trial"
    assert [(one.method, one.reason, one.score) for one in found.doubtful] == [("mentioned_registry_id", said, 0.2)]
    for own in ((), ("NCT09990102",)):
        rows = resolve([mentioning(reading, *own)], Vocabulary(), lambda document: True)
        assert [(row.kind, row.reason.partition(":")[0]) for row in rows.of(CandidateRow)] == [
            ("registry_id", "mentioned")
        ]
    assert linked(record, mentioning(reading, "NCT09990102")).doubtful == ()
