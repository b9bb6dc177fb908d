"""Trials that share no identifier: joined by acronym, drug, year and condition, or told to a person, or neither."""

from collections.abc import Callable
from typing import Any

import pytest

from trialhouse.model.enums import DocumentKind, EnrollmentType, OutcomeType, Phase
from trialhouse.model.extraction import ArmClaim, InterventionClaim, OutcomeClaim, TrialClaim
from trialhouse.resolution.constraints import NO_CONSTRAINTS, Constraint, Constraints
from trialhouse.resolution.likely import differ_by_a_slip
from trialhouse.resolution.profiles import acronym_key
from trialhouse.resolution.reading import Mention, Reading
from trialhouse.resolution.trials import Linked, link

Make = Callable[..., Reading]
NCT = "NCT09990101"


def of(reading: Make, name: str, drug: str | None = "quenosartan", kind: Any = None, **more: Any) -> Reading:
    """A document about ALDER-BP: what is not given is as in the trial itself."""
    facts = {"published": "2021-05", "title": None} | {
        key: more.pop(key) for key in ("published", "title") if key in more
    }
    claims = {"acronym": "ALDER-BP", "conditions": ("Stage 1 hypertension",)} | more
    given = (InterventionClaim(name=drug),) if drug else ()
    control = ArmClaim(key="c", label="c", interventions=(InterventionClaim(name="placebo"),))
    arms = (ArmClaim(key="a", label="a", interventions=given), control)
    return reading(name, kind or DocumentKind.ABSTRACT, facts=facts, arms=arms, trial=TrialClaim(**claims))


def linked(*readings: Reading, constraints: Constraints = NO_CONSTRAINTS) -> Linked:
    return link([Mention(r.document, r.extractions[0], "test", "1") for r in readings], constraints=constraints)


def count(found: Linked) -> int:
    return len(found.clusters)


def reasons(found: Linked) -> list[str]:
    return [one.reason for one in found.doubtful]


def test_acronym_drug_year_and_condition_join_and_say_so(reading: Make) -> None:
    registered = of(reading, "record", kind=DocumentKind.REGISTRY, registry_ids=(NCT,), start_date="2019-02")
    found = linked(registered, of(reading, "news", kind=DocumentKind.NEWS, acronym="Alder BP", published="2022-01-05"))
    (trial,) = found.clusters
    assert [how.method for how in trial.links] == ["registry_id", "acronym_drug_year"]
    said = "same acronym ALDER-BP, same drug quenosartan, years 2019 and 2022"
    assert (trial.links[1].confidence, trial.links[1].reason) == (0.8, said)
    assert found.doubtful == ()


def test_the_same_enrollment_makes_it_surer(reading: Make) -> None:
    (trial,) = linked(of(reading, "a", enrollment=160), of(reading, "b", enrollment=160)).clusters
    assert trial.links[0].confidence == pytest.approx(0.9)
    assert trial.links[0].reason.endswith("both with 160 participants")


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"drug": "velomarib"}, "different drugs (quenosartan; velomarib)"),
        ({"phase": Phase.PHASE3}, "different phases"),
        ({"enrollment": 300}, "enrollments far apart"),
        ({"title": "Quenosartan in adolescents"}, "different age groups (adult; young)"),
        ({"title": "Quenosartan in adults: open-label extension"}, "one is another part (extension)"),
        ({"title": "Quenosartan in adults, part 2"}, "one is another part (part 2)"),
        ({"published": "2010-01"}, "years that do not fit (2021; 2010)"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_speaks_against_it_keeps_them_apart_and_a_person_is_told(
    reading: Make, other: dict[str, Any], why: str
) -> None:
    base = {"phase": Phase.PHASE2, "enrollment": 160, "title": "Quenosartan in adults"}
    found = linked(of(reading, "a", **base), of(reading, "b", **(base | other)))
    assert count(found) == 2
    assert len(reasons(found)) == 1
    assert why in reasons(found)[0]


@pytest.mark.parametrize(
    ("other", "what"),
    [
        ({"drug": None}, "the drug"),
        ({"published": None}, "the years"),
        ({"conditions": ("Glaucoma",)}, "the condition"),
    ],
    ids=["drug", "years", "condition"],
)
def test_what_is_missing_is_equal_to_nothing(reading: Make, other: dict[str, Any], what: str) -> None:
    found = linked(of(reading, "a"), of(reading, "b", **other))
    assert count(found) == 2
    assert f"{what} was not found on both sides" in reasons(found)[0]


@pytest.mark.parametrize(
    ("title", "trials"),
    [
        ("Quenosartan for hypertension", 1),
        ("Quenosartan for hypertension: open-label extension", 1),
        ("Quenosartan for hypertension, part 2", 2),
    ],
)
def test_an_extension_under_the_same_number_keeps_no_news_of_the_trial_away(
    reading: Make, title: str, trials: int
) -> None:
    registered = {"registry_ids": (NCT,)}
    record = of(reading, "record", kind=DocumentKind.REGISTRY, start_date="2019-02", **registered)
    main = of(reading, "main", title="Quenosartan for hypertension", **registered)
    extension = of(reading, "further", title="Two-year extension of quenosartan", **registered)
    news = of(reading, "news", kind=DocumentKind.NEWS, title=title)
    assert count(linked(record, main, extension, news)) == trials


def test_news_of_a_trial_stays_apart_from_an_extension_with_a_number_of_its_own(reading: Make) -> None:
    extension = of(reading, "further", title="Two-year extension of quenosartan", registry_ids=(NCT,))
    found = linked(extension, of(reading, "news", kind=DocumentKind.NEWS, title="Quenosartan lowers pressure"))
    assert count(found) == 2
    assert "one is another part (extension)" in reasons(found)[0]


def test_an_age_group_that_only_one_side_states_is_in_doubt(reading: Make) -> None:
    young = of(reading, "young", title="Quenosartan in children").document.model_copy(
        update={"text": "Sixty took part."}
    )
    one = of(reading, "young")
    silent = of(reading, "silent").document.model_copy(update={"text": "Sixty took part."})
    other = of(reading, "silent")
    found = linked(Reading(young, one.extractions, "test", "1"), Reading(silent, other.extractions, "test", "1"))
    assert count(found) == 2
    assert "the age group was not found on both sides" in reasons(found)[0]


def test_phases_and_plans_that_fit_are_no_contradiction(reading: Make) -> None:
    planned = {"enrollment": 200, "enrollment_type": EnrollmentType.ESTIMATED, "phase": Phase.PHASE2_PHASE3}
    found = linked(of(reading, "a", enrollment=160, phase=Phase.PHASE2), of(reading, "b", **planned))
    assert count(found) == 1


def test_news_that_fit_two_trials_are_linked_to_neither(reading: Make) -> None:
    first, second = (
        of(reading, value, kind=DocumentKind.REGISTRY, registry_ids=(value,), start_date="2020")
        for value in (NCT, "NCT09990777")
    )
    found = linked(first, second, of(reading, "news", kind=DocumentKind.NEWS))
    assert count(found) == 3
    assert {(one.left, one.right) for one in found.doubtful} == {
        (f"doc-{NCT}", "doc-news"),
        ("doc-NCT09990777", "doc-news"),
    }
    assert all("another trial" in reason for reason in reasons(found))


def test_three_documents_without_any_identifier_are_one_trial(reading: Make) -> None:
    assert count(linked(*(of(reading, name) for name in "abc"))) == 1


def test_what_two_documents_do_not_say_keeps_them_from_no_third_that_fits_both(reading: Make) -> None:
    """The record and the short report have no condition in common; the paper has both."""
    record = of(reading, "record", kind=DocumentKind.REGISTRY, registry_ids=(NCT,), start_date="2019-02")
    paper = of(reading, "paper", conditions=("Stage 1 hypertension", "Nocturnal dipping"))
    report = of(reading, "report", conditions=("Nocturnal dipping",))
    assert "the condition was not found on both sides" in reasons(linked(record, report))[0]
    for readings in ((record, paper, report), (report, paper, record)):
        found = linked(*readings)
        assert (count(found), found.doubtful) == (1, ())
    opposed = of(reading, "report", conditions=("Nocturnal dipping",), phase=Phase.PHASE3)
    found = linked(of(reading, "record", phase=Phase.PHASE2, start_date="2019-02"), paper, opposed)
    assert count(found) == 3
    assert sorted(one.partition(", but ")[2] for one in reasons(found)) == [
        "different phases (PHASE2; PHASE3)",
        "so it does with another trial that is a different one",
        "so it does with another trial that is a different one",
    ]


@pytest.mark.parametrize("acronym", ["ACT", "TRIAL", "Phase", "A-B", None])
def test_what_is_no_name_of_a_trial_joins_nothing(reading: Make, acronym: str | None) -> None:
    assert acronym_key(acronym) is None
    found = linked(of(reading, "a", acronym=acronym), of(reading, "b", acronym=acronym))
    assert (count(found), found.doubtful) == (2, ())


def test_the_number_behind_a_name_belongs_to_it(reading: Make) -> None:
    assert count(linked(of(reading, "a", acronym="ALDER-1"), of(reading, "b", acronym="ALDER-2"))) == 2


def test_numbers_of_two_registries_keep_a_name_from_joining_but_for_one_size(reading: Make) -> None:
    one, other = {"registry_ids": ("CTRI/2019/01/012301",)}, {"registry_ids": ("IRCT20190101012345N1",)}
    found = linked(of(reading, "a", enrollment=80, **one), of(reading, "b", enrollment=84, **other))
    assert count(found) == 2
    (reason,) = reasons(found)
    assert reason.endswith("but registered apart (CTRI; IRCT)")
    assert count(linked(of(reading, "c", enrollment=80, **one), of(reading, "d", enrollment=80, **other))) == 1


def test_other_doses_against_other_controls_keep_a_name_from_joining(reading: Make) -> None:
    def given(name: str, dose: float, control: str) -> Reading:
        drug = InterventionClaim(name="quenosartan", dose_value=dose, dose_unit="mg")
        arms = (
            ArmClaim(key="a", label="a", interventions=(drug,)),
            ArmClaim(key="c", label="c", interventions=(InterventionClaim(name=control),)),
        )
        trial = TrialClaim(acronym="ALDER-BP", conditions=("Stage 1 hypertension",), enrollment=100)
        return reading(
            name, DocumentKind.ABSTRACT, facts={"published": "2021-05", "title": None}, arms=arms, trial=trial
        )

    found = linked(given("a", 10, "usual care"), given("b", 20, "placebo"))
    assert count(found) == 2
    assert "different doses and controls (10 mg against usual care; 20 mg against placebo)" in reasons(found)[0]
    assert count(linked(given("c", 10, "placebo"), given("d", 20, "placebo"))) == 1
    assert count(linked(given("e", 10, "usual care"), given("f", 10, "placebo"))) == 1


def test_different_registrations_are_never_joined_by_a_name(reading: Make) -> None:
    found = linked(of(reading, "a", registry_ids=(NCT,)), of(reading, "b", registry_ids=("NCT09990777",)))
    assert (count(found), found.doubtful) == (2, ())


def test_a_slip_in_a_registry_id_joins_nothing_and_is_told(reading: Make) -> None:
    registered = of(reading, "record", kind=DocumentKind.REGISTRY, registry_ids=(NCT,), start_date="2020")
    paper = of(reading, "paper", registry_ids=("NCT09990110",))
    found = linked(registered, paper)
    assert count(found) == 2
    assert [one.method for one in found.doubtful] == ["registry_id_slip"]
    assert "NCT09990101 is NCT09990110 but for one sign" in reasons(found)[0]
    both = [of(reading, v, kind=DocumentKind.REGISTRY, registry_ids=(v,)) for v in (NCT, "NCT09990102")]
    assert linked(*both).doubtful == ()


@pytest.mark.parametrize(
    ("one", "other", "is_slip"),
    [
        ("nct09990101", "nct09990107", True),
        ("nct09990101", "nct09990110", True),
        ("nct09990101", "nct09990222", False),
        ("nct09990101", "nct0999010", False),
        ("nct09990101", "nct09990101", False),
    ],
)
def test_what_a_slip_is(one: str, other: str, is_slip: bool) -> None:
    assert differ_by_a_slip(one, other) is is_slip


def test_identical_titles_of_different_trials_are_told_and_never_joined(reading: Make) -> None:
    title = "Quenosartan once daily for untreated hypertension"
    adults = of(reading, "adults", acronym=None, title=title, registry_ids=(NCT,))
    young = of(reading, "young", acronym=None, title=title.upper(), registry_ids=("NCT09990777",))
    unregistered = of(reading, "other", acronym=None, title=title)
    found = linked(adults, young)
    assert (count(found), [one.method for one in found.doubtful]) == (2, ["same_title"])
    assert "their registry ids are different ones" in reasons(found)[0]
    found = linked(adults, unregistered)
    assert count(found) == 2
    assert "no identifier is the same" in reasons(found)[0]


def test_a_pair_that_was_judged_is_asked_for_no_more(reading: Make) -> None:
    judged = (Constraint(frozenset({"doc-a"}), frozenset({"doc-b"}), "j1", "ada: they differ"),)
    pair = (of(reading, "a"), of(reading, "b"))
    assert count(linked(*pair)) == 1
    found = linked(*pair, constraints=Constraints(different=judged))
    assert (count(found), found.doubtful) == (2, ())


def test_a_name_that_many_trials_have_is_no_pair_for_a_person(reading: Make) -> None:
    found = linked(*(of(reading, str(n), drug=None) for n in range(9)))
    assert (count(found), found.doubtful) == (9, ())


def test_what_has_the_title_of_one_trial_is_not_joined_with_another_by_its_acronym(reading: Make) -> None:
    """An abstract without a type: its paper lacks the condition, another trial of that acronym has all."""
    title = "Quenosartan for high blood pressure (ALDER-BP): a randomised trial"
    abstract = of(reading, "abstract", enrollment=96, title=title)
    paper = of(reading, "paper", enrollment=120, title=title, conditions=())
    other = of(reading, "other", enrollment=96, title="Quenosartan in severe hypertension (ALDER-BP): a second trial")
    found = linked(abstract, paper, other)
    assert count(found) == 3
    pairs = {(one.left, one.right): one.reason for one in found.doubtful}
    assert "but one of them has the title of another trial" in pairs["doc-abstract", "doc-other"]
    assert ("doc-abstract", "doc-paper") in pairs
    assert count(linked(abstract, other)) == 1


def without_a_name(reading: Make, name: str, **more: Any) -> Reading:
    """A document that has neither acronym nor registry id, on 612 participants."""
    return of(reading, name, **({"acronym": None, "enrollment": 612} | more))


def test_one_drug_and_one_size_are_told_to_a_person(reading: Make) -> None:
    """A meeting's abstract under a title of its own, a preprint whose title changed."""
    paper = without_a_name(reading, "paper", registry_ids=(NCT,))
    found = linked(paper, without_a_name(reading, "preprint", kind=DocumentKind.PREPRINT))
    assert count(found) == 2
    said = "same drug quenosartan, same size 612, but no identifier is the same"
    assert [(one.method, one.score, one.reason) for one in found.doubtful] == [("drug_and_size", 0.5, said)]


@pytest.mark.parametrize(
    "more",
    [
        {"registry_ids": ("ISRCTN09990102",)},
        {"enrollment": 610},
        {"drug": "velomarib"},
        {"drug": None},
        {"conditions": ("Gout",)},
        {"published": "2009-01", "phase": Phase.PHASE2},
        {"enrollment_type": EnrollmentType.ESTIMATED},
    ],
)
def test_they_are_not_where_they_differ_or_more_speaks_against_it(reading: Make, more: dict[str, Any]) -> None:
    paper = without_a_name(reading, "paper", registry_ids=(NCT,), phase=Phase.PHASE3)
    assert linked(paper, without_a_name(reading, "other", **more)).doubtful == ()


@pytest.mark.parametrize(
    ("more", "but"),
    [
        ({"published": "2009-01"}, "years that do not fit (2021; 2009)"),
        ({"title": "Open-label extension of quenosartan in hypertension"}, "one is another part (extension)"),
    ],
)
def test_what_speaks_against_it_is_said(reading: Make, more: dict[str, Any], but: str) -> None:
    """The record of a meeting's abstract may have a wrong year; an extension is of the same participants."""
    found = linked(without_a_name(reading, "a", registry_ids=(NCT,)), without_a_name(reading, "b", **more))
    assert [(one.score, one.reason) for one in found.doubtful] == [
        (0.2, f"same drug quenosartan, same size 612, but {but}")
    ]


def test_a_small_size_and_one_that_many_have_tell_nothing(reading: Make) -> None:
    assert linked(*(without_a_name(reading, name, enrollment=20) for name in "ab")).doubtful == ()
    assert linked(*(without_a_name(reading, name) for name in "abcdefg")).doubtful == ()


def test_a_pair_is_told_once_for_its_title_or_for_its_size(reading: Make) -> None:
    title = "Quenosartan for stage 1 hypertension in adults"
    found = linked(*(without_a_name(reading, name, title=title) for name in "ab"))
    assert [one.method for one in found.doubtful] == ["same_title"]


def sized(reading: Make, name: str, *sizes: int, title: str | None = None, measure: str = "", **more: Any) -> Reading:
    """A document on quenosartan against placebo without a condition, with the sizes of its arms as far as given."""
    given = (InterventionClaim(name="quenosartan"), InterventionClaim(name="placebo"))
    arms = tuple(
        ArmClaim(key=one.name, label=one.name, interventions=(one,), n_analyzed=size)
        for one, size in zip(given, sizes or (None, None), strict=True)
    )
    facts = {"published": more.pop("published", "2021-05"), "title": title}
    outcomes = (OutcomeClaim(measure=measure, outcome_type=OutcomeType.PRIMARY),) if measure else ()
    kind = more.pop("kind", DocumentKind.ABSTRACT)
    return reading(name, kind, facts=facts, arms=arms, outcomes=outcomes, trial=TrialClaim(**more))


def test_arms_that_are_far_fewer_together_than_the_trial_speak_against_an_acronym(reading: Make) -> None:
    named = {"acronym": "ALDER-BP", "conditions": ("Hypertension",)}
    record = of(reading, "record", kind=DocumentKind.REGISTRY, registry_ids=(NCT,), enrollment=357, start_date="2019")
    found = linked(record, sized(reading, "paper", 30, 30, **named | {"conditions": ("Stage 1 hypertension",)}))
    assert count(found) == 2
    assert any("enrollments far apart" in one for one in reasons(found))
    assert count(linked(record, sized(reading, "paper", 178, 175, **named))) == 1


@pytest.mark.parametrize(
    ("one", "other", "what"),
    [
        ({"sizes": (120, 120)}, {"sizes": (120, 120)}, ", same arms of 120 and 120, but"),
        ({"measure": "Nausea"}, {"measure": "nausea"}, ", same primary measure nausea, but"),
        (
            {"title": "Quenosartan before cesarean delivery: a trial"},
            {"title": "Effect of quenosartan before elective cesarean delivery"},
            ", titles alike, but",
        ),
    ],
)
def test_another_fact_stands_in_for_a_condition_that_nobody_read(
    reading: Make, one: dict[str, Any], other: dict[str, Any], what: str
) -> None:
    def both(published: str = "2022-05") -> Linked:
        paper, preprint = dict(one), dict(other, kind=DocumentKind.PREPRINT, published=published)
        sizes = paper.pop("sizes", ()), preprint.pop("sizes", ())
        return linked(
            sized(reading, "paper", *sizes[0], enrollment=240, **paper),
            sized(reading, "preprint", *sizes[1], enrollment=240, **preprint),
        )

    assert count(both()) == 2
    assert [(one.method, what in one.reason) for one in both().doubtful] == [("drug_and_size", True)]
    assert both("2026-01").doubtful == ()


def test_one_drug_and_size_alone_tell_nothing_without_a_condition(reading: Make) -> None:
    paper, other = (sized(reading, name, enrollment=240, title=title) for name, title in (("a", "Pain"), ("b", "Gout")))
    assert linked(paper, other).doubtful == ()
