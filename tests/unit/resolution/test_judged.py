"""Judgements become constraints on what has the keys of their sides; those that contradict each other are refused."""

import itertools

import pytest

from trialhouse.model.words import JudgementSubject, Verdict
from trialhouse.resolution.constraints import Constraint, ContradictoryJudgements
from trialhouse.resolution.judged import Judgement, Side, constraints_of, refuse_contradictions

TRIAL, DOCUMENT = JudgementSubject.TRIAL, JudgementSubject.DOCUMENT


def side(name: str, *more: str) -> Side:
    """A trial known by its own letter and those of others."""
    return Side(name, frozenset(("registry", key) for key in (name, *more)))


def judged(one: Side | str, verdict: str, other: Side | str, subject: JudgementSubject = TRIAL) -> Judgement:
    left, right = (one if isinstance(one, Side) else side(one) for one in (one, other))
    name = f"{left.name}{right.name}"
    return Judgement(name, subject, left, right, Verdict(verdict), f"{name} by ada")


def test_one_that_says_same_and_one_that_says_different_are_both_named() -> None:
    both = [judged("a", "same", "b"), judged("a", "different", "b")]
    with pytest.raises(ContradictoryJudgements, match=r"a and b are different .*; but a and b are same .*Take one"):
        refuse_contradictions(both)


def test_a_chain_is_named_whole_and_without_what_does_not_belong_to_it() -> None:
    all_of_them = [
        judged("a", "same", "b"),
        judged("b", "same", "c"),
        judged("c", "same", "d"),
        judged("b", "same", "x"),
        judged("d", "different", "a"),
    ]
    for order in itertools.permutations(all_of_them):
        with pytest.raises(ContradictoryJudgements) as error:
            refuse_contradictions(order)
        told = str(error.value)
        assert all(name in told for name in ("ab by ada", "bc by ada", "cd by ada", "da by ada"))
        assert "bx by ada" not in told


def test_two_names_of_one_trial_are_one() -> None:
    """It was judged by its registry's number once, and by the id that it has in the warehouse once."""
    with pytest.raises(ContradictoryJudgements):
        refuse_contradictions([judged(side("trial-1", "nct1"), "same", "b"), judged("nct1", "different", "b")])


def test_what_is_no_contradiction() -> None:
    refuse_contradictions([])
    refuse_contradictions([judged("a", "same", "b"), judged("b", "different", "c"), judged("c", "same", "d")])
    refuse_contradictions([judged("a", "different", "b"), judged("b", "different", "c"), judged("a", "same", "c")])
    # Two papers of one trial are two documents.
    refuse_contradictions([judged("a", "same", "b"), judged("a", "different", "b", DOCUMENT)])
    # What is known by the same keys differs in nothing that is known: there is nobody to keep apart.
    refuse_contradictions([judged(side("a", "z"), "different", side("z", "a")), judged("a", "same", "z")])


def test_members_stand_for_sides_and_what_stands_for_both_is_no_side() -> None:
    mentions = {"a": {"1", "2"}, "b": {"2", "3"}, "gone": set[str]()}
    judgements = [judged("a", "same", "b"), judged("a", "different", "b"), judged("a", "same", "gone")]
    found = constraints_of(judgements, TRIAL, lambda one: mentions[one.name])
    reason = str(judgements[0])
    assert found.same == (Constraint(frozenset("12"), frozenset("23"), "ab", reason),)
    assert [(one.left, one.right) for one in found.different] == [(frozenset("1"), frozenset("3"))]
    assert constraints_of(judgements, DOCUMENT, lambda one: mentions[one.name]).same == ()


def test_a_part_that_is_judged_to_be_none_differs_from_the_rest() -> None:
    """A document is taken out of the trial that it was linked to, whichever of both is named first."""
    mentions = {"trial": {"1", "2", "3"}, "document": {"3"}}
    for judgement in (judged("document", "different", "trial"), judged("trial", "different", "document")):
        (found,) = constraints_of([judgement], TRIAL, lambda one: mentions[one.name]).different
        assert {found.left, found.right} == {frozenset("3"), frozenset("12")}
