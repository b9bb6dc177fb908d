"""Events that are counted together are one outcome in its own words, and no measure of one of them."""

import pytest

from tests.unit.extraction.test_extract import extracted
from trialhouse.model.extraction import OutcomeClaim

BOTH = "20 (33.3%) of 60 patients in the veltocimab group and 26 (42.6%) of 61 in the placebo group"


def outcomes(results: str, methods: str = "") -> list[OutcomeClaim]:
    text = (
        "Veltocimab in adults with coronary disease: a randomised trial\n\n"
        "METHODS: Adults with coronary disease were randomly assigned to receive veltocimab (n = 60) or placebo "
        f"(n = 61). {methods}\nRESULTS: {results}\n"
    )
    return list(extracted(text).outcomes)


def named(results: str, methods: str = "") -> list[tuple[str, str | None, str | None]]:
    return [(one.measure, one.norm, one.outcome_type) for one in outcomes(results, methods)]


@pytest.mark.parametrize(
    ("declared", "words"),
    [
        ("death from any cause, myocardial infarction or stroke at 12 months", 0),
        ("a composite of worsening heart failure (hospitalization or an urgent visit) or cardiovascular death", 1),
        ("a composite of stroke, renal failure and death", 1),
        ("the time to the first occurrence of stroke or myocardial infarction", 2),
        ("freedom from stroke or death", 0),
    ],
)
@pytest.mark.parametrize("again", ["The primary outcome", "The primary composite end point", "A primary outcome event"])
def test_a_composite_that_is_declared_is_the_primary_outcome(declared: str, words: int, again: str) -> None:
    (one,) = named(f"{again} occurred in {BOTH}.", f"The primary outcome was {declared}.")
    lead = ("", "a ", "the time to the first occurrence of ")[words]
    assert one == (declared.removeprefix(lead).removesuffix(" at 12 months"), None, "PRIMARY")


def test_an_event_of_a_primary_composite_is_not_primary_itself() -> None:
    assert named(
        f"The primary composite outcome occurred in {BOTH}; stroke occurred in 5 (8.3%) and 9 (14.8%), respectively.",
        "The primary outcome was a composite of stroke and death.",
    ) == [("composite of stroke and death", None, "PRIMARY"), ("stroke", "stroke", None)]


@pytest.mark.parametrize(
    "events",
    [
        "Recurrence or death",
        "Mechanical ventilation or death",
        "Death, dialysis, or persistent renal dysfunction",
        "Nausea or vomiting",
        "Bleeding requiring transfusion or surgery",
        "Decline in the eGFR of at least 50%, ESKD, or death",
        "Fall in bone density of 3% or more, new fracture, or death",
        "Insulin initiation or fasting glucose of 5.1 mmol/L or higher",
    ],
)
def test_events_of_which_one_is_enough_are_one_measure(events: str) -> None:
    ((measure, norm, _),) = named(f"{events} occurred in {BOTH}.")
    assert (measure, norm) == (events, None)


@pytest.mark.parametrize(
    ("words", "norm"),
    [
        ("Moderate or severe hypoglycemia", "severe hypoglycemia"),
        ("Fatal or nonfatal stroke", "stroke"),
        ("Late symptomatic or severe hypoglycemia", "severe hypoglycemia"),
        ("Stroke or systemic embolism", "stroke or systemic embolism"),
        ("Major adverse cardiac events (death, infarction, or stroke)", "major adverse cardiovascular events"),
        ("Clinical remission (with or without steroids)", "clinical remission"),
    ],
)
def test_qualities_of_one_event_and_names_with_their_definition_keep_their_code(words: str, norm: str) -> None:
    assert [one.norm for one in outcomes(f"{words} occurred in {BOTH}.")] == [norm]


def test_quantities_are_no_events() -> None:
    ((measure, norm, _),) = named("There was no difference in mortality or length of stay (P=0.50).")
    assert (measure, norm) == ("length of stay", "hospital stay")


def test_ratios_each_go_to_the_event_behind_them() -> None:
    said = outcomes(
        "The hazard ratios were 0.84 (95% CI, 0.46 to 1.52) for death, 0.91 (95% CI, 0.68 to 1.21) for myocardial "
        "infarction, and 0.26 (95% CI, 0.10 to 0.70) for stroke."
    )
    assert [(one.norm, [a.estimate for a in one.analyses]) for one in said] == [
        ("death", [0.84]),
        ("myocardial infarction", [0.91]),
        ("stroke", [0.26]),
    ]


@pytest.mark.parametrize(
    ("words", "rows"),
    [
        (
            "Rates of death, myocardial infarction and stroke were 2%, 3% and 1% with veltocimab and 4%, 5% and 2% "
            "with placebo, respectively.",
            [("death", [2, 4]), ("myocardial infarction", [3, 5]), ("stroke", [1, 2])],
        ),
        (
            "Death and stroke occurred in 5% vs 6% and 2% vs 3% of patients, respectively.",
            [("death", [5, 6]), ("stroke", [2, 3])],
        ),
    ],
)
def test_rows_of_listed_measures_go_to_them_in_order(words: str, rows: list[tuple[str, list[float]]]) -> None:
    assert [(one.norm, [m.value for m in one.measurements]) for one in outcomes(words)] == rows
