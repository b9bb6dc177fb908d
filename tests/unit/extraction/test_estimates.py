"""Effect estimates: what a head leads to, what stands before it, and what is none."""

import pytest

from trialhouse.extraction.arm_refs import Ref
from trialhouse.extraction.comparatives import comparatives
from trialhouse.extraction.estimates import estimates
from trialhouse.extraction.heads import intervals, p_values


@pytest.mark.parametrize(
    ("text", "effect", "value", "unit"),
    [
        ("the difference in mean change at week 24, -0.66%; 95% CI", "MEAN_DIFFERENCE", -0.66, "%"),
        (
            "(estimated treatment difference [ETD] [95% CI] -0.63 mmol/L [-1.12; -0.14])",
            "MEAN_DIFFERENCE",
            -0.63,
            "mmol/L",
        ),
        ("mean difference (95% CI) was 1.2 kg (0.3 to 2.1)", "MEAN_DIFFERENCE", 1.2, "kg"),
        ("The 19.9% (95% CI 5.8-36.1) difference in clearance", "MEAN_DIFFERENCE", 19.9, "%"),
        ("(1.4 kg difference, P<0.001)", "MEAN_DIFFERENCE", 1.4, "kg"),
        ("Hazard ratio for death from any cause, 0.83;", "HAZARD_RATIO", 0.83, None),
        ("The odds ratio for remission with 10 mg at week 12 was 2.3", "ODDS_RATIO", 2.3, None),
        ("LS mean [Det-Gla]: 0.207", "LS_MEAN_DIFFERENCE", 0.207, None),
        ("least-squares mean between-treatment difference was 0.1%", "LS_MEAN_DIFFERENCE", 0.1, "%"),
        ("The absolute risk reduction was 4.2%", "RISK_DIFFERENCE", 4.2, "%"),
        ("LEAST SQUARES MEAN DIFFERENCE WAS 0.12 L (95% CI", "LS_MEAN_DIFFERENCE", 0.12, "L"),
        ("(MEAN DIFFERENCE -0.5%; 95% CONFIDENCE INTERVAL", "MEAN_DIFFERENCE", -0.5, "%"),
        ("TREATMENT EFFECT, -1.4 points; 95% CI", "MEAN_DIFFERENCE", -1.4, "points"),
        ("differences in favour of A were observed for glucose (-1.65 mmol/L)", "MEAN_DIFFERENCE", -1.65, "mmol/L"),
    ],
)
def test_an_estimate(text: str, effect: str, value: float, unit: str | None) -> None:
    assert [(str(one.effect), one.value, one.unit) for one in estimates(text, 0, len(text))] == [(effect, value, unit)]


@pytest.mark.parametrize(
    ("text", "head", "value"),
    [
        ("Vaccine efficacy was 94.1% (95% CI, 89 to 97)", "Vaccine efficacy", 94.1),
        ("VACCINE EFFICACY WAS 80.2% (95% CI 73.3 to 85.3)", "VACCINE EFFICACY", 80.2),
        ("A reduced the risk of stroke by 32%", "reduced the risk of stroke by", 32),
        ("a relative risk reduction of 21%", "relative risk reduction", 21),
    ],
)
def test_an_effect_of_other_words_keeps_them(text: str, head: str, value: float) -> None:
    assert [(one.effect, one.head, one.value) for one in estimates(text, 0, len(text))] == [(None, head, value)]


@pytest.mark.parametrize(
    "text",
    [
        "no significant differences between the 2 treatment groups",
        "The minimal clinically important difference is 4 points",
        "no difference in mortality (12% vs 14%)",
        "The difference was not significant (P = 0.86)",
        "The difference was significant, with 30% of patients",
        "difference between groups (30% with A, 20% with B)",
        "HR 72 beats/min",
    ],
)
def test_no_estimate(text: str) -> None:
    assert estimates(text, 0, len(text)) == []


@pytest.mark.parametrize(
    ("text", "effect", "value"),
    [
        ("was 20 mg/dL lower with A than with B", "MEAN_DIFFERENCE", -20),
        ("fell by 2 points more with A than with B", "MEAN_DIFFERENCE", -2),
        ("was 40% lower with A than with B", "None", -40),
        ("was 2.4 times greater with A than with B", "None", 2.4),
        ("(-1.2 kg vs B; P=0.02)", "MEAN_DIFFERENCE", -1.2),
    ],
)
def test_a_comparative_is_an_estimate(text: str, effect: str, value: float) -> None:
    refs = [Ref(at, at + 1, (arm,)) for arm, name in enumerate("AB") if (at := text.find(name)) >= 0]
    assert [(str(one.effect), one.value) for one in comparatives(text, 0, len(text), refs)] == [(effect, value)]


@pytest.mark.parametrize(
    "text", ["was 2.6 mm Hg lower than baseline with A", "(14% vs B 31%)", "1 to 2 kg lower with A than with B"]
)
def test_no_comparative(text: str) -> None:
    refs = [Ref(at, at + 1, (arm,)) for arm, name in enumerate("AB") if (at := text.find(name)) >= 0]
    assert comparatives(text, 0, len(text), refs) == []


def test_further_p_values_behind_one_head() -> None:
    text = "(P = .03, <.001, and <.001)"
    assert [(one.modifier.value, one.value) for one in p_values(text, 0, len(text))] == [
        ("=", 0.03),
        ("<", 0.001),
        ("<", 0.001),
    ]


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("both P<0.001", "both"),
        ("P<0.001 for all comparisons", "all"),
        ("P=0.02 vs placebo for both", "both"),
        ("P=0.02", None),
    ],
)
def test_the_scope_of_a_p_value(text: str, scope: str | None) -> None:
    assert [one.scope for one in p_values(text, 0, len(text))] == [scope]


@pytest.mark.parametrize(
    "text", ["95% CONFIDENCE INTERVAL 1.05 TO 1.70", "95% Confidence Interval, 1.05 to 1.70", "95% CI 1.05 TO 1.70"]
)
def test_an_interval_in_capitals(text: str) -> None:
    assert [(one.low, one.high, one.level) for one in intervals(text, 0, len(text))] == [(1.05, 1.7, 95.0)]
