"""Judgements that contradict each other are told, with all of them named."""

import pytest

from trialhouse.resolution.constraints import NO_CONSTRAINTS, Constraint, Constraints, ContradictoryJudgements

NAMES = ("a", "b", "c", "d")


def judged(judgement_id: str, left: str, right: str) -> Constraint:
    """A judgement of the mentions whose names are the letters of two words."""
    return Constraint(frozenset(left), frozenset(right), judgement_id, f"{judgement_id}: said so")


def contradiction(same: list[Constraint], different: list[Constraint]) -> tuple[str, ...]:
    with pytest.raises(ContradictoryJudgements) as caught:
        Constraints(tuple(same), tuple(different)).check(NAMES)
    assert all(judgement_id in str(caught.value) for judgement_id in caught.value.judgement_ids)
    return caught.value.judgement_ids


def test_a_pair_that_is_judged_both_ways_is_told_with_both_judgements() -> None:
    assert contradiction([judged("j1", "a", "b")], [judged("j2", "b", "a")]) == ("j1", "j2")


def test_a_chain_of_judgements_is_named_from_end_to_end_and_no_other_one() -> None:
    chain = [judged("j1", "a", "b"), judged("j3", "b", "c"), judged("j4", "d", "d")]
    assert contradiction(chain, [judged("j2", "a", "c")]) == ("j1", "j3", "j2")


def test_of_two_ways_the_shorter_is_named() -> None:
    ways = [judged("j1", "a", "b"), judged("j3", "b", "c"), judged("j4", "a", "c")]
    assert contradiction(ways, [judged("j2", "a", "c")]) == ("j4", "j2")


def test_a_document_on_both_sides_is_a_contradiction_in_itself() -> None:
    assert contradiction([], [judged("j2", "ab", "bc")]) == ("j2",)


def test_judgements_of_documents_that_are_gone_contradict_nothing() -> None:
    Constraints((judged("j1", "a", "x"), judged("j3", "x", "b")), (judged("j2", "x", "x"),)).check(NAMES)


def test_judgements_that_agree_are_no_contradiction() -> None:
    Constraints((judged("j1", "a", "b"),), (judged("j2", "a", "c"),)).check(NAMES)
    NO_CONSTRAINTS.check(NAMES)
