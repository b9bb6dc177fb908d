"""Amounts that patients needed are values; doses that were given stay doses."""

from trialhouse.extraction.amounts_used import amount_words, used_amounts
from trialhouse.extraction.lexer import Kind, typed_numbers


def kinds(text: str, given: set[tuple[float, str | None]]) -> list[Kind]:
    numbers = tuple(typed_numbers(text, 0, len(text), {}))
    return [n.kind for n in used_amounts(text, numbers, 0, given)]


def test_what_was_consumed_is_a_value() -> None:
    assert kinds("Morphine consumption was 24 mg versus 31 mg.", set()) == [Kind.VALUE, Kind.VALUE]
    assert kinds("Total daily insulin dose rose by 5.4 U.", set()) == [Kind.VALUE]


def test_a_dose_that_was_given_stays_one() -> None:
    given = {(10.0, "mg")}
    assert kinds("Morphine consumption was 24 mg with 10 mg of the drug.", given) == [Kind.VALUE, Kind.DOSE]
    assert kinds("Patients were given 24 mg of morphine.", set()) == [Kind.DOSE]


def test_words_of_use_need_a_statement() -> None:
    assert amount_words("Insulin requirements were lower.")
    assert not amount_words("Patients who use 10 mg daily were excluded.")
