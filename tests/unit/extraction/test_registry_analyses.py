"""Posted analyses to comparisons. The studies are invented."""

from typing import Any

import pytest

from tests.unit.extraction.registry_cases import ARMS, HIGH, LOW, PLACEBO, Json, measure, read
from trialhouse.extraction.registry_words import effect_of, read_number
from trialhouse.model.enums import DispersionType, Effect, IntervalSides, NonInferiorityType, PModifier
from trialhouse.model.extraction import AnalysisClaim, Extraction

TITLES = ("Belotarin 20 mg", "Belotarin 40 mg", "Placebo")


def record_of(
    analysis: Json, arms: tuple[Json, ...] = ARMS, titles: tuple[str, ...] = TITLES, **fields: Any
) -> Extraction:
    return read(arms, (measure(titles, *("1" for _ in titles), analyses=[analysis], **fields),))


def analysed(
    *group_ids: str, arms: tuple[Json, ...] = ARMS, titles: tuple[str, ...] = TITLES, **said: Any
) -> AnalysisClaim:
    analysis = {"groupIds": list(group_ids), "paramType": "Mean Difference (Net)", "paramValue": "-1.5"} | said
    ((one,),) = (outcome.analyses for outcome in record_of(analysis, arms, titles).outcomes)
    return one


def test_all_that_is_posted_is_kept_each_at_its_place() -> None:
    interval = {"ciPctValue": "95", "ciNumSides": "TWO_SIDED", "ciLowerLimit": "-2.3", "ciUpperLimit": "0"}
    spread = {"dispersionType": "STANDARD_ERROR_OF_MEAN", "dispersionValue": "0.4"}
    test = {"nonInferiorityType": "SUPERIORITY", "pValue": "<0.001", "statisticalMethod": "ANCOVA"}
    one = analysed("OG002", "OG001", groupDescription="Women only", **interval, **spread, **test)
    assert (one.arm, one.comparator, one.group_titles) == ("arm2", "arm3", ("Placebo", "Belotarin 40 mg"))
    assert (one.effect, one.effect_raw, one.estimate) == (Effect.MEAN_DIFFERENCE, "Mean Difference (Net)", -1.5)
    assert (one.unit, one.dispersion_type, one.dispersion_value) == ("Days", DispersionType.SE, 0.4)
    assert (one.ci_pct, one.ci_n_sides, one.ci_low, one.ci_high) == (95.0, IntervalSides.TWO_SIDED, -2.3, 0.0)
    assert (one.p_value, one.p_modifier, one.p_raw, one.method) == (0.001, PModifier.LESS, "<0.001", "ANCOVA")
    assert (one.non_inferiority_type, one.groups_description) == (NonInferiorityType.SUPERIORITY, "Women only")
    assert one.evidence.quote == "-1.5"
    places = {field: proof.quote for field, proof in one.field_evidence.items()}
    assert places["ci_high"] == "0"
    assert places["p_value"] == "<0.001"
    assert (places["arm"], places["comparator"]) == ("Belotarin 40 mg", "Placebo")


@pytest.mark.parametrize(
    ("kinds", "roles"),
    [
        (("EXPERIMENTAL", "PLACEBO_COMPARATOR"), ("arm1", "arm2")),
        (("PLACEBO_COMPARATOR", "EXPERIMENTAL"), ("arm2", "arm1")),
        (("ACTIVE_COMPARATOR", "EXPERIMENTAL"), ("arm2", "arm1")),
        (("ACTIVE_COMPARATOR", "SHAM_COMPARATOR"), ("arm1", "arm2")),
        (("NO_INTERVENTION", "OTHER"), ("arm2", "arm1")),
        (("OTHER", "EXPERIMENTAL"), ("arm2", "arm1")),
        (("EXPERIMENTAL", "EXPERIMENTAL"), (None, None)),
        ((None, "EXPERIMENTAL"), (None, None)),
    ],
)
def test_the_control_is_the_comparator_whatever_the_order(
    kinds: tuple[str | None, str], roles: tuple[str | None, str | None]
) -> None:
    arms = tuple({"label": label} | ({"type": kind} if kind else {}) for label, kind in zip("XY", kinds, strict=True))
    one = analysed("OG000", "OG001", arms=arms, titles=("X", "Y"))
    assert (one.arm, one.comparator) == roles
    assert one.group_titles == ("X", "Y")


def test_between_equals_only_the_registrys_words_give_roles() -> None:
    arms = (LOW, HIGH)
    both = {"arms": arms, "titles": ("Belotarin 20 mg", "Belotarin 40 mg")}
    said = analysed("OG000", "OG001", groupDescription="Belotarin 40 mg vs. Belotarin 20 mg", **both)
    assert (said.arm, said.comparator) == ("arm2", "arm1")
    unclear = "Belotarin 40 mg vs Belotarin 20 mg; Belotarin 20 mg vs Belotarin 40 mg"
    assert analysed("OG000", "OG001", groupDescription=unclear, **both).arm is None


def test_three_groups_or_one_have_no_roles_and_are_named() -> None:
    three = analysed("OG000", "OG001", "OG002", paramType="Slope", paramValue="0.2")
    assert (three.arm, three.comparator, three.estimate, three.effect) == (None, None, 0.2, Effect.SLOPE)
    assert three.group_titles == TITLES
    single = analysed("OG001")
    assert (single.arm, single.comparator, single.group_titles) == (None, None, ("Belotarin 40 mg",))


def test_groups_that_are_the_arms_are_controls_by_their_titles() -> None:
    one = analysed("OG000", "OG001", arms=(), titles=("No treatment", "Vaccinated"))
    assert (one.arm, one.comparator) == ("arm2", "arm1")
    other = analysed("OG000", "OG001", arms=(), titles=("Early", "Late"))
    assert (other.arm, other.comparator) == (None, None)


@pytest.mark.parametrize(
    ("words", "effect"),
    [
        ("Hazard Ratio (HR)", Effect.HAZARD_RATIO),
        ("Cox Proportional Hazard", Effect.HAZARD_RATIO),
        ("Hazard Ratio, log", Effect.HAZARD_RATIO_LOG),
        ("Odds Ratio, log", Effect.ODDS_RATIO_LOG),
        ("Risk Ratio (RR)", Effect.RISK_RATIO),
        ("Risk Difference (RD)", Effect.RISK_DIFFERENCE),
        ("Mean Difference (Final Values)", Effect.MEAN_DIFFERENCE),
        ("Median Difference (Net)", Effect.MEDIAN_DIFFERENCE),
        ("LS Mean Difference", Effect.LS_MEAN_DIFFERENCE),
        ("Geometric Mean Ratio", Effect.GEOMETRIC_MEAN_RATIO),
        ("Ratio of hazard odds", None),
        ("Mean Difference of logs", None),
        (None, None),
    ],
)
def test_effects_only_by_wordings_of_one_meaning(words: str | None, effect: Effect | None) -> None:
    assert effect_of(words) is effect


@pytest.mark.parametrize(
    ("written", "value", "modifier"),
    [
        ("<0.001", 0.001, PModifier.LESS),
        ("\\<0.001", 0.001, PModifier.LESS),
        ("< .0001", 0.0001, PModifier.LESS),
        ("≤0.05", 0.05, PModifier.LESS),
        (">0.99", 0.99, PModifier.GREATER),
        ("=0.03", 0.03, PModifier.EQUAL),
        ("P = 0.03", 0.03, PModifier.EQUAL),
        ("p-value<0.05", 0.05, PModifier.LESS),
        ("0.0470", 0.047, PModifier.EQUAL),
        ("5.2E-5", 5.2e-5, PModifier.EQUAL),
    ],
)
def test_p_values(written: str, value: float, modifier: PModifier) -> None:
    one = analysed("OG000", "OG002", paramType=None, paramValue=None, pValue=written)
    assert (one.p_value, one.p_modifier, one.p_raw) == (value, modifier, written)
    assert (one.effect, one.estimate, one.evidence.quote[-1]) == (Effect.P_VALUE_ONLY, None, written[-1])


@pytest.mark.parametrize("written", ["NS", "0,05", "0.05 (one-sided)", "0.01, 0.02", "1e999", "", "-", "12 to 15"])
def test_what_is_not_one_number_is_none(written: str) -> None:
    assert read_number(written) is None


def test_words_for_numbers_are_candidates() -> None:
    said = {"paramType": "Odds Ratio (OR)", "paramValue": "2.1", "pValue": "not significant"}
    limit = {"ciUpperLimit": "NA", "ciUpperLimitComment": "no events"}
    record = record_of({"groupIds": ["OG000", "OG002"]} | said | limit)
    (one,) = record.outcomes[0].analyses
    assert (one.estimate, one.p_value, one.p_raw, one.ci_high) == (2.1, None, "not significant", None)
    assert [(c.kind, c.quote) for c in record.candidates] == [("analysis", "NA"), ("p_value", "not significant")]
    assert record.candidates[0].reason.endswith("no events")


def test_an_analysis_without_a_number_is_a_candidate() -> None:
    record = record_of({"groupIds": ["OG000", "OG002"], "pValue": "NS", "statisticalMethod": "t-test"})
    assert record.outcomes[0].analyses == ()
    assert [c.kind for c in record.candidates] == ["p_value", "analysis"]


def test_units_of_estimates() -> None:
    percent = {"paramType": "NUMBER", "unitOfMeasure": "percentage of participants"}
    analysis = {"groupIds": ["OG000", "OG002"], "paramType": "Risk Difference (RD)", "paramValue": "8"}
    assert record_of(analysis, **percent).outcomes[0].analyses[0].unit == "percentage points"
    assert record_of(analysis).outcomes[0].analyses[0].unit is None
    ratio = analysis | {"paramType": "Odds Ratio (OR)"}
    assert record_of(ratio, **percent).outcomes[0].analyses[0].unit is None


def test_a_pool_may_be_compared() -> None:
    one = analysed("OG000", "OG001", titles=("All Belotarin Doses", "Placebo"), arms=(LOW, HIGH, PLACEBO))
    assert (one.arm, one.comparator) == ("group1", "arm3")
