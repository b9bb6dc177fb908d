"""Estimates whose own words say which arms they compare, several in one sentence, and those of which none is sure."""

import pytest

from tests.unit.extraction.test_extract import extracted

THREE = (
    "Ortavant in adults with asthma: a randomised, double-blind trial\n\n"
    "METHODS: Adults with asthma were randomly assigned to receive ortavant 5 mg (n = 50), ortavant 10 mg (n = 51), or "
    "{control} (n = 52) once daily for 24 weeks. The primary outcome was symptom score at week 12.\n"
    "RESULTS: {results}\n"
)
TWO = (
    "Celvoran versus meridine in adults with migraine: a randomised trial\n\n"
    "METHODS: Adults with migraine were randomly assigned to receive celvoran 5 mg (n = 50) or meridine 20 mg (n = 51) "
    "once daily for 12 weeks. The primary outcome was headache days at week 12.\n"
    "RESULTS: {results}\n"
)
LOW, HIGH = "ortavant 5 mg", "ortavant 10 mg"


def told(text: str) -> list[tuple[str | None, str | None, float | None, float | None]]:
    """The analyses of a text: arm, comparator, estimate and the lower end of its interval."""
    return [
        (one.arm, one.comparator, one.estimate, one.ci_low)
        for outcome in extracted(text).outcomes
        for one in outcome.analyses
    ]


@pytest.mark.parametrize(
    "words",
    [
        "In symptom score the difference vs {c} was -0.4 points (95% CI, -1.8 to 1.0; P = .52) for the 5-mg dose and "
        "-4.0 points (95% CI, -6.5 to -1.5; P = .002) for the 10-mg dose.",
        "Compared with {c}, the mean difference in symptom score was -0.4 points (95% CI, -1.8 to 1.0; P = .52) for "
        "ortavant 5 mg and -4.0 points (95% CI, -6.5 to -1.5; P = .002) for ortavant 10 mg.",
        "The difference between ortavant 5 mg and {c} was -0.4 points (95% CI, -1.8 to 1.0; P = .52) and between "
        "ortavant 10 mg and {c} was -4.0 points (95% CI, -6.5 to -1.5; P = .002).",
    ],
)
@pytest.mark.parametrize("control", ["placebo", "fenadrol 20 mg"])
def test_each_dose_is_set_against_the_arm_that_is_told(words: str, control: str) -> None:
    found = told(THREE.format(control=control, results=words.format(c=control)))
    assert found == [(LOW, control, -0.4, -1.8), (HIGH, control, -4.0, -6.5)]


def test_respectively_sets_each_dose_against_the_last_arm() -> None:
    found = told(
        THREE.format(
            control="fenadrol 20 mg",
            results="Remission occurred in 44.6% on ortavant 10 mg and 38.4% on ortavant 5 mg compared with 22.2% on "
            "fenadrol 20 mg (adjusted difference 22.4% [95% CI 7.6 to 37.0], P = .003, and 16.2% [95% CI 1.7 to "
            "30.5], P = .03, respectively).",
        )
    )
    assert found == [(HIGH, "fenadrol 20 mg", 22.4, 7.6), (LOW, "fenadrol 20 mg", 16.2, 1.7)]


def test_than_one_arm_and_another() -> None:
    found = told(
        THREE.format(
            control="fenadrol 20 mg",
            results="Symptom score was lower with ortavant 10 mg than with ortavant 5 mg (mean difference, -2.1; "
            "95% CI, -3.0 to -1.2) and fenadrol 20 mg (mean difference, -1.4; 95% CI, -2.2 to -0.6).",
        )
    )
    assert found == [(HIGH, LOW, -2.1, -3.0), (HIGH, "fenadrol 20 mg", -1.4, -2.2)]


def test_but_not_is_of_the_arm_that_it_excludes() -> None:
    record = extracted(
        THREE.format(
            control="placebo",
            results="Symptom score was lower with ortavant 10 mg than with placebo (3.1 vs 5.0, P < 0.001) but not "
            "with ortavant 5 mg (4.8, P = 0.41).",
        )
    )
    (outcome,) = record.outcomes
    found = [(one.arm, one.comparator, one.p_value) for one in outcome.analyses]
    assert found == [(HIGH, "placebo", 0.001), (LOW, "placebo", 0.41)]


def test_values_against_an_arm_told_first_are_differences() -> None:
    record = extracted(
        THREE.format(
            control="placebo",
            results="Compared with placebo, weight loss was greater with ortavant 5 mg (-1.7 kg [95% CI, -2.3 to -1.1 "
            "kg]) and ortavant 10 mg (-3.2 kg [95% CI, -4.0 to -2.4 kg]).",
        )
    )
    found = [(one.arm, one.comparator, one.estimate) for outcome in record.outcomes for one in outcome.analyses]
    assert found == [(LOW, "placebo", -1.7), (HIGH, "placebo", -3.2)]
    assert [one for outcome in record.outcomes for one in outcome.measurements] == []


@pytest.mark.parametrize("order", [("celvoran", "meridine"), ("meridine", "celvoran")])
def test_minus_keeps_its_order(order: tuple[str, str]) -> None:
    first, second = order
    (found,) = told(TWO.format(results=f"The difference ({first} minus {second}) was 1.3 days (95% CI, 0.4 to 2.2)."))
    assert [name.split()[0] for name in found[:2] if name] == [first, second]


@pytest.mark.parametrize(
    ("words", "estimates"),
    [
        ("The odds ratio was 2.3 [95% CI 1.1-4.8], p=0.02, for 5 mg; and 1.6 [0.8-3.3], p=0.2, for 10 mg.", [2.3, 1.6]),
        ("The hazard ratio was 0.5 (95 per cent c.i. 0.3 to 0.8).", [0.5]),
        ("The odds of relief were 1.8 times higher with celvoran (95% confidence interval 1.3 to 2.4).", [1.8]),
        ("The odds of relief were 1.8 times higher (95% confidence interval 1.3 to 2.4).", [1.8]),
        ("The celvoran group also walked 12 more steps (95% CI 2 to 22).", [12]),
        ("The celvoran group had 12 more visits.", []),
    ],
)
def test_further_estimates_are_read(words: str, estimates: list[float]) -> None:
    assert [one[2] for one in told(TWO.format(results=words))] == estimates


@pytest.mark.parametrize(
    "words",
    [
        "The difference between the stepped programme and celvoran was 1.3 days (95% CI, 0.4 to 2.2).",
        "Headache days were fewer in the yoga group than in the diet group (mean difference, -2.1; 95% CI, -3 to -1.2) "
        "and the massage group (mean difference, -1.4; 95% CI, -2.2 to -0.6).",
    ],
)
def test_arms_that_were_not_read_are_none(words: str) -> None:
    found = told(TWO.format(results=words))
    assert found
    assert all(one[:2] == (None, None) for one in found)


def test_a_p_value_without_a_sign_ends_its_bracket() -> None:
    record = extracted(TWO.format(results="Headache days were 3.1 with celvoran vs. 4.6 with meridine (p 0.004)."))
    assert [one.p_value for outcome in record.outcomes for one in outcome.analyses] == [0.004]
