import pytest

from trialhouse.extraction.estimates import estimates
from trialhouse.extraction.heads import intervals, p_values
from trialhouse.extraction.lexer import typed_numbers

UNITS = {"mg": ("mg", "mg"), "%": ("%", "%"), "kg": ("kg", "kg"), "mmol/l": ("mmol/L", "mmol/L")}


def kinds(text: str) -> list[tuple[str, float]]:
    return [(str(one.kind), one.value) for one in typed_numbers(text, 0, len(text), UNITS)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("77% for the 7·5 mg group", [("percent", 77), ("dose", 7.5)]),
        ("at week 12 (n = 66)", [("time", 12), ("size", 66)]),
        ("37 (18·6%) of 199 patients", [("count", 37), ("percent", 18.6), ("denominator", 199)]),
        ("was 12 days", [("value", 12)]),
        ("after 12 days", [("time", 12)]),
        ("aged 18-75 years", [("age", 18), ("age", 75)]),
        ("in a 2:1 ratio", [("ratio", 2), ("ratio", 1)]),
        ("HbA1c of at least 7.5%", [("threshold", 7.5)]),
        ("a 4-point decrease", [("threshold", 4)]),
        ("grade 3 events", [("name", 3)]),
        ("achieved PASI 90", [("name", 90)]),
        ("people lived for 22.1 months", [("value", 22.1)]),
        ("lasted an average of 8 days", [("value", 8)]),
        ("at five U.S. hospitals", [("other", 5)]),
        ("1 million IU", [("dose", 1e6)]),
        ("5.1 ± 0.4 mmol/l", [("value", 5.1), ("dispersion", 0.4)]),
        ("June 17, 2019", [("date", 17), ("date", 2019)]),
        ("95% CI, 1.2 to 3.4", [("level", 95), ("interval", 1.2), ("interval", 3.4)]),
        ("(p=0.03)", [("p_value", 0.03)]),
        ("By week 24, 61 (20%) of 306", [("time", 24), ("count", 61), ("percent", 20), ("denominator", 306)]),
        ("At day 28, 61 of 306 patients", [("time", 28), ("count", 61), ("denominator", 306)]),
        ("At weeks 12 and 24, 61/306", [("time", 12), ("time", 24), ("count", 61), ("denominator", 306)]),
        ("at weeks 12, 24 (20%), and 48", [("time", 12), ("time", 24), ("percent", 20), ("value", 48)]),
        ("at week 12 and 24 (20%)", [("time", 12), ("time", 24), ("percent", 20)]),
    ],
)
def test_each_number_has_one_type(text: str, expected: list[tuple[str, float]]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("text", "modifier", "value"),
    [
        ("P<.05", "<", 0.05),
        ("p = 0·014", "=", 0.014),
        ("P≤0.01", "<", 0.01),
        ("p &gt; 0.2", ">", 0.2),
        ("P < or = 0.05", "<", 0.05),
    ],
)
def test_p_values(text: str, modifier: str, value: float) -> None:
    found = p_values(text, 0, len(text))
    assert [(one.modifier.value, one.value) for one in found] == [(modifier, value)]


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("95% CI 1.2 to 3.4", (1.2, 3.4)),
        ("95% confidence interval [CI], -13 to 18", (-13, 18)),
        ("95% CI 0.17-0.74", (0.17, 0.74)),
        ("95% CI -8·7 to 6·8", (-8.7, 6.8)),
        ("(95% CI, 23.5%-46.3%)", (23.5, 46.3)),
        ("[95% CI, 24.91-14.36 IU/d]", (14.36, 24.91)),
    ],
)
def test_intervals(text: str, ends: tuple[float, float]) -> None:
    assert [(one.low, one.high) for one in intervals(text, 0, len(text))] == [ends]


@pytest.mark.parametrize(
    ("text", "effect", "value"),
    [
        ("hazard ratio, 0.61", "HAZARD_RATIO", 0.61),
        ("with a hazard ration of 0.34", "HAZARD_RATIO", 0.34),
        ("(OR 1.8, 95% CI 1.1-2.9)", "ODDS_RATIO", 1.8),
        ("relative risk = 0.7", "RISK_RATIO", 0.7),
        ("adjusted treatment difference -0·9%", "MEAN_DIFFERENCE", -0.9),
        ("LS mean difference, -0.4 mmol/l", "LS_MEAN_DIFFERENCE", -0.4),
    ],
)
def test_estimates(text: str, effect: str, value: float) -> None:
    assert [(str(one.effect), one.value) for one in estimates(text, 0, len(text))] == [(effect, value)]


def test_the_level_of_an_interval_is_no_estimate() -> None:
    text = "no difference (95% CI 1 to 2)"
    assert estimates(text, 0, len(text)) == []


@pytest.mark.parametrize(
    "text",
    [
        "BASEL, Nov 14 - Novartis said",
        "LONDON, March 3 - the drug",
        "PARIS, Sept 9 (agency) - the drug",
        "on Nov. 14 it met",
        "on November 14th, it met",
        "by 14 November it was",
        "the 14th of November",
        "between 3 and 14 March the",
        "on 2-4 May it",
        "on november 14, it",
    ],
)
def test_a_day_of_a_month_is_a_date_without_a_year_too(text: str) -> None:
    assert {kind for kind, _ in kinds(text)} == {"date"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in March 12 patients relapsed", ("count", 12)),
        ("in May 12% relapsed", ("percent", 12)),
        ("in June 12.5 was the mean", ("value", 12.5)),
        ("relapse may 12 of them have", ("value", 12)),
        ("OCT 14 was the mean", ("value", 14)),
        ("in May 40 was the mean", ("value", 40)),
        ("of 52 May was", ("value", 52)),
    ],
)
def test_a_number_beside_a_month_is_no_date_where_it_counts(text: str, expected: tuple[str, float]) -> None:
    assert kinds(text) == [expected]


@pytest.mark.parametrize(
    "text", ["(20.00-00.00 h)", "(06.00-10.00 h)", "0700 h", "22.00 to 06.00 hours", "2200-0600 h"]
)
def test_a_time_of_the_day_is_no_value(text: str) -> None:
    assert {kind for kind, _ in kinds(text)} == {"other"}


@pytest.mark.parametrize(("text", "values"), [("9.50-12.25 h", [9.5, 12.25]), ("20.0 h", [20.0])])
def test_a_length_in_hours_is_a_value(text: str, values: list[float]) -> None:
    assert kinds(text) == [("value", value) for value in values]


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("was -0.50 D with", "dioptres"),
        ("was 0.25D with", "dioptres"),
        ("was 5 d with", "days"),
        ("weight fell by 14 pounds with", "lb"),
        ("mean cost was 244 pounds with", None),
        ("they saved 20 pounds per patient with", None),
    ],
)
def test_units_that_mean_two_things(text: str, unit: str | None) -> None:
    units = {"D": ("dioptres", "[diop]"), "pounds": ("lb", "[lb_av]"), "d": ("days", "d")}
    (one,) = typed_numbers(text, 0, len(text), units)
    assert (str(one.kind), one.unit) == ("value", unit)
