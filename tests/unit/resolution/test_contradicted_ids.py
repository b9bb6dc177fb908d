"""A registry id that a document states as its own, and that is another trial's by all else that both say."""

import itertools
from collections.abc import Callable
from typing import Any

import pytest

from trialhouse.model.enums import DocumentKind
from trialhouse.model.extraction import ArmClaim, InterventionClaim, TrialClaim
from trialhouse.resolution.constraints import NO_CONSTRAINTS, Constraint, Constraints
from trialhouse.resolution.reading import Mention, Reading
from trialhouse.resolution.trials import Linked, link

Make = Callable[..., Reading]
NCT = "NCT09990101"


def of(
    reading: Make, name: str, drug: str | None, title: str, kind: Any = None, text: str = "", **more: Any
) -> Reading:
    """A document that states the number."""
    facts = {"title": title} | {key: more.pop(key) for key in ("published", "pmid", "language") if key in more}
    given = (InterventionClaim(name=drug),) if drug else ()
    arms = (ArmClaim(key="a", label="a", interventions=given),) if drug else ()
    trial = TrialClaim(**({"registry_ids": (NCT,)} | more))
    made = reading(name, kind or DocumentKind.ABSTRACT, facts=facts, arms=arms, trial=trial)
    return Reading(made.document.model_copy(update={"text": f"{title} {text}"}), made.extractions, "test", "1")


def record(reading: Make, **more: Any) -> Reading:
    facts = {"enrollment": 416, "conditions": ("Gout",), "start_date": "2018-01"} | more
    return of(reading, "record", "tamsetin", "Tamsetin for Prevention of Gout Flares", DocumentKind.REGISTRY, **facts)


def yoga(reading: Make, name: str = "yoga", **more: Any) -> Reading:
    """A paper on another trial, with the number of the one on gout by a slip."""
    facts = {"drug": "yoga", "title": "Yoga for chronic low back pain: a randomised trial.", "enrollment": 90} | more
    return of(reading, name, **facts)


def linked(*readings: Reading, constraints: Constraints = NO_CONSTRAINTS) -> Linked:
    return link([Mention(r.document, r.extractions[0], "test", "1") for r in readings], constraints=constraints)


def test_a_number_that_all_else_contradicts_joins_nothing_and_a_person_is_told(reading: Make) -> None:
    found = linked(record(reading), yoga(reading))
    assert [[key for key in one.keys if key[0] == "registry"] for one in found.clusters] in (
        [[("registry", NCT.lower())], []],
        [[], [("registry", NCT.lower())]],
    )
    (doubt,) = found.doubtful
    assert (doubt.method, doubt.score) == ("registry_id", 0.1)
    assert doubt.reason == (
        f"doc-yoga states {NCT}, but different drugs (yoga; tamsetin); titles that have no telling word in common; "
        "enrollments far apart (90; 416)"
    )
    assert linked(yoga(reading), record(reading)) == found


def test_conditions_that_were_read_are_named(reading: Make) -> None:
    (doubt,) = linked(record(reading), yoga(reading, conditions=("low back pain",))).doubtful
    assert "different conditions (low back pain; Gout)" in doubt.reason


def test_a_paper_that_was_out_before_the_trial_began_is_of_another_whatever_its_size(reading: Make) -> None:
    (doubt,) = linked(record(reading), yoga(reading, enrollment=400, published="2016-05")).doubtful
    assert doubt.reason.endswith("; one was out before the other trial began")
    assert len(linked(record(reading), yoga(reading, enrollment=400, published="2018-05")).clusters) == 1


@pytest.mark.parametrize(
    "said",
    [
        {"enrollment": 400},
        {"enrollment": None},
        {"drug": "tamsetin"},
        {"drug": None},
        {"drug": "BX-17", "title": "BX-17 to prevent flares of gout: a randomised trial."},
        {"conditions": ("Gout flare",)},
        {"title": "Yoga."},
        {"language": "de"},
        {"text": "It was nested in the trial of tamsetin."},
        {"text": "Participants kept a diary of gout and of each flare."},
    ],
    ids=["size", "no size", "drug", "no drug", "code name", "condition", "title", "language", "names drug", "words"],
)
def test_a_number_is_believed_where_one_thing_agrees_or_is_not_said(reading: Make, said: dict[str, Any]) -> None:
    found = linked(record(reading), yoga(reading, **said))
    assert (len(found.clusters), found.doubtful) == (1, ())


def test_a_text_with_the_name_of_the_trial_is_of_it(reading: Make) -> None:
    named = yoga(reading, text="It is a part of OPAL, with yoga for all who wished.")
    assert len(linked(record(reading, acronym="OPAL"), named).clusters) == 1
    assert len(linked(record(reading, acronym="AGATE"), named).clusters) == 2


def test_a_substudy_of_few_is_of_the_trial_by_its_condition(reading: Make) -> None:
    substudy = yoga(reading, drug="dual-energy CT", title="Urate by imaging in gout: a substudy.", enrollment=40)
    assert len(linked(record(reading), substudy).clusters) == 1


def test_all_records_of_a_paper_are_apart_where_one_says_what_it_is_on(reading: Make) -> None:
    silent = of(reading, "silent", None, "Yoga for chronic low back pain: a randomised trial.", pmid="99000001")
    readings = record(reading), silent, yoga(reading, pmid="99000001")
    for order in itertools.permutations(readings):
        found = linked(*order)
        together = sorted(sorted(one.document.document_id for one in trial.mentions) for trial in found.clusters)
        assert together == [["doc-record"], ["doc-silent", "doc-yoga"]]


def test_every_record_of_the_number_has_to_contradict(reading: Make) -> None:
    other = of(
        reading,
        "other",
        "yoga",
        "Yoga in Back Pain",
        DocumentKind.REGISTRY,
        registry_ids=("ISRCTN99901010", NCT),
        enrollment=90,
        conditions=("Back pain",),
    )
    assert not any(one.method == "registry_id" for one in linked(record(reading), other, yoga(reading)).doubtful)


def test_two_papers_without_a_record_are_two_trials_and_nobody_knows_whose_the_number_is(reading: Make) -> None:
    heart = of(reading, "heart", "statorol", "Statorol after myocardial infarction.", enrollment=1240)
    elbow = of(reading, "elbow", "kinesiotape", "Kinesiotape for lateral epicondylitis.", enrollment=44)
    found = linked(heart, elbow)
    assert len(found.clusters) == 2
    assert not any(key[0] == "registry" for one in found.clusters for key in one.keys)
    (doubt,) = found.doubtful
    assert f"states {NCT}, but different drugs" in doubt.reason


def test_the_number_stays_with_those_that_are_more(reading: Make) -> None:
    heart = of(reading, "heart", "statorol", "Statorol after myocardial infarction.", enrollment=1240)
    again = of(reading, "again", "statorol", "Statorol for infarction: kidney function.", enrollment=1240)
    elbow = of(reading, "elbow", "kinesiotape", "Kinesiotape for lateral epicondylitis.", enrollment=44)
    silent = of(reading, "silent", None, "An interview.")
    for order in itertools.permutations((heart, again, elbow, silent)):
        found = linked(*order)
        together = sorted(sorted(one.document.document_id for one in trial.mentions) for trial in found.clusters)
        assert together == [["doc-again", "doc-heart", "doc-silent"], ["doc-elbow"]]


def test_a_judgement_is_stronger(reading: Make) -> None:
    same = Constraint(frozenset({"doc-record"}), frozenset({"doc-yoga"}), "j", "ada: the same")
    found = linked(record(reading), yoga(reading), constraints=Constraints(same=(same,)))
    assert (len(found.clusters), found.doubtful) == (1, ())
