"""Posted numbers to measurements. The studies are invented."""

from typing import Any

import pytest

from tests.unit.extraction.registry_cases import counts, groups, measure, read, started, values
from trialhouse.model.enums import DispersionType, OutcomeType, PModifier, Statistic

THREE = ("Belotarin 20 mg", "Belotarin 40 mg", "Placebo")


def one_measurement(**fields: Any) -> Any:
    written = fields.pop("cell", "5.5")
    (outcome,) = read(outcomes=(measure(("Placebo",), written, **fields),)).outcomes
    return outcome.measurements[0]


def test_rows_and_categories_are_kept_with_their_own_denominators() -> None:
    posted = measure(
        ("Placebo", "Belotarin 20 mg"),
        paramType="COUNT_OF_PARTICIPANTS",
        unitOfMeasure="Participants",
        denoms=[{"units": "Participants", "counts": counts("1,020", "998")}],
        classes=[
            {"title": "Week 4", "categories": [{"title": "Better", "measurements": values("3", "7")},
                                               {"title": "Worse", "measurements": values("0", "1,002")}]},
            {"title": "Week 8", "denoms": [{"units": "Eyes", "counts": [{"groupId": "OG000", "value": "40"}]},
                                           {"units": "Participants", "counts": [{"groupId": "OG000", "value": "20"}]}],
             "categories": [{"measurements": values("9", "11")}]},
        ],
    )  # fmt: skip
    (outcome,) = read(outcomes=(posted,)).outcomes
    assert (outcome.outcome_type, outcome.time_frame_weeks) == (OutcomeType.PRIMARY, 12.0)
    assert [(m.arm, m.classification, m.category, m.value, m.n_analyzed) for m in outcome.measurements] == [
        ("arm3", "Week 4", "Better", 3, 1020),
        ("arm1", "Week 4", "Better", 7, 998),
        ("arm3", "Week 4", "Worse", 0, 1020),
        ("arm1", "Week 4", "Worse", 1002, 998),
        ("arm3", "Week 8", None, 9, 20),
        ("arm1", "Week 8", None, 11, 998),
    ]
    assert {m.statistic for m in outcome.measurements} == {Statistic.COUNT}
    assert outcome.measurements[3].value_raw == "1,002"
    assert outcome.measurements[4].field_evidence["n_analyzed"].quote == "20"
    assert outcome.measurements[2].field_evidence["category"].quote == "Worse"
    assert outcome.measurements[0].evidence.locator == (
        "$.resultsSection.outcomeMeasuresModule.outcomeMeasures[0].classes[0].categories[0].measurements[0].value"
    )


def test_a_value_that_is_no_number_is_a_candidate_and_never_zero() -> None:
    cells = ({"value": "NA", "lowerLimit": "12.1", "comment": "not reached"}, "8", {"comment": "too few"})
    record = read(outcomes=(measure(THREE, *cells, paramType="MEDIAN"),))
    assert [(m.arm, m.value) for m in record.outcomes[0].measurements] == [("arm2", 8.0)]
    first, second = record.candidates
    assert (first.kind, first.quote) == ("measurement", "NA")
    assert first.reason == (
        "the posted value 'NA' is no number (Days of fever, Belotarin 20 mg); lowerLimit 12.1; not reached"
    )
    assert second.reason == "no value is posted (Days of fever, Placebo); too few"


def test_a_limit_that_is_no_number_leaves_the_value() -> None:
    cell = {"value": "9.5", "lowerLimit": "0", "upperLimit": "NA", "comment": "too few events"}
    record = read(outcomes=(measure(("Placebo",), cell, dispersionType="95% Confidence Interval"),))
    (number,) = record.outcomes[0].measurements
    assert (number.value, number.dispersion_low, number.dispersion_high) == (9.5, 0.0, None)
    assert number.field_evidence["dispersion_low"].quote == "0"
    assert [(c.kind, c.quote) for c in record.candidates] == [("dispersion", "NA")]
    assert record.candidates[0].reason.endswith("too few events")


def test_a_value_of_a_group_that_is_not_there_is_a_candidate() -> None:
    record = read(outcomes=(measure(("Placebo",), "8", "9"),))
    assert len(record.outcomes[0].measurements) == 1
    assert "its group 'OG001' is none of the groups" in record.candidates[0].reason


@pytest.mark.parametrize(
    ("written", "value", "modifier"),
    [("<0.1", 0.1, PModifier.LESS), ("≥ 90", 90, PModifier.GREATER), ("-0.7", -0.7, None), (".33", 0.33, None)],
)
def test_spellings_of_a_number(written: str, value: float, modifier: PModifier | None) -> None:
    number = one_measurement(cell=written)
    assert (number.value, number.value_modifier, number.value_raw) == (value, modifier, written)


@pytest.mark.parametrize(
    ("param_type", "unit", "statistic"),
    [
        ("NUMBER", "percentage of participants", Statistic.PERCENT),
        ("NUMBER", "Percent of Patients", Statistic.PERCENT),
        ("NUMBER", "percentage of tumours", Statistic.NUMBER),
        ("MEAN", "percentage of participants", Statistic.MEAN),
        ("COUNT_OF_UNITS", "Eyes", Statistic.COUNT),
        ("GEOMETRIC_LEAST_SQUARES_MEAN", "ng/mL", Statistic.GEOMETRIC_LEAST_SQUARES_MEAN),
        ("LOG_MEAN", "copies/mL", Statistic.LOG_MEAN),
        ("HARMONIC_MEAN", "days", None),
    ],
)
def test_statistics(param_type: str, unit: str, statistic: Statistic | None) -> None:
    number = one_measurement(paramType=param_type, unitOfMeasure=unit)
    assert (number.statistic, number.statistic_raw, number.unit) == (statistic, param_type, unit)


@pytest.mark.parametrize(
    ("words", "kind", "level"),
    [
        ("Standard Deviation", DispersionType.SD, None),
        ("Standard Error", DispersionType.SE, None),
        ("Inter-Quartile Range", DispersionType.IQR, None),
        ("Full Range", DispersionType.RANGE, None),
        ("95% Confidence Interval", DispersionType.CI, 95.0),
        ("97.5% Confidence Interval", DispersionType.CI, 97.5),
        ("CONFIDENCE_975", DispersionType.CI, 97.5),
        ("CONFIDENCE_80", DispersionType.CI, 80.0),
        ("CONFIDENCE_OTHER", DispersionType.CI, None),
        ("Geometric Coefficient of Variation", DispersionType.GEOMETRIC_COEFFICIENT, None),
        ("GEOMETRIC_COEFFICIENT", DispersionType.GEOMETRIC_COEFFICIENT, None),
        ("Median Absolute Deviation", None, None),
        ("NA", None, None),
    ],
)
def test_kinds_of_spread(words: str, kind: DispersionType | None, level: float | None) -> None:
    number = one_measurement(dispersionType=words, cell={"value": "5", "spread": "1.5"})
    assert (number.dispersion_type, number.ci_pct, number.dispersion_raw) == (kind, level, words)
    assert number.dispersion_value == 1.5


@pytest.mark.parametrize(
    ("title", "row", "param_type", "is_change", "is_baseline"),
    [
        ("Change From Baseline in Weight", None, "MEAN", True, False),
        ("Percent change in weight from baseline", "Week 4", "LEAST_SQUARES_MEAN", True, False),
        ("Change From Baseline in Weight", "Baseline", "MEAN", False, True),
        ("Weight", "Change from baseline at week 8", "MEDIAN", True, False),
        ("Weight", "Baseline to week 8", "MEAN", False, False),
        ("Participants With a Change From Baseline in ECG", None, "COUNT_OF_PARTICIPANTS", False, False),
        ("Weight", None, "MEAN", False, False),
    ],
)
def test_changes_and_baseline(title: str, row: str | None, param_type: str, is_change: bool, is_baseline: bool) -> None:
    rows = [{"categories": [{"measurements": values("5")}]} | ({"title": row} if row else {})]
    number = one_measurement(title=title, classes=rows, paramType=param_type)
    assert (number.is_change_from_baseline, number.is_baseline) == (is_change, is_baseline)


@pytest.mark.parametrize(
    ("said", "population"),
    [
        ("The ITT population, all as randomized", "ITT"),
        ("Modified intention-to-treat (mITT) set", "MITT"),
        ("Per-protocol set", "PER_PROTOCOL"),
        ("Safety analysis set: all who were treated", "SAFETY"),
        ("ITT and per protocol", "ITT and per protocol"),
        ("Those with a sample at week 4", "Those with a sample at week 4"),
        (None, None),
    ],
)
def test_populations(said: str | None, population: str | None) -> None:
    fields = {"populationDescription": said} if said else {}
    (outcome,) = read(outcomes=(measure(("Placebo",), "1", **fields),)).outcomes
    assert outcome.population == population
    assert ("population" in outcome.evidence) is (said is not None)


def test_baseline_characteristics_are_outcomes_without_type() -> None:
    module = {
        "groups": groups("Belotarin 20 mg", "Placebo", "Total"),
        "denoms": [{"units": "Participants", "counts": counts("9", "10", "11")}],
        "measures": [{"title": "Age, Continuous", "paramType": "MEAN", "dispersionType": "STANDARD_DEVIATION",
                      "unitOfMeasure": "years", "classes": [{"categories": [{"measurements": values(
                          {"value": "51.2", "spread": "8"}, {"value": "49", "spread": "7"}, "50")}]}]}],
    }  # fmt: skip
    record = read(baselineCharacteristicsModule=module)
    (outcome,) = record.outcomes
    assert (outcome.measure, outcome.outcome_type, outcome.time_frame) == ("Age, Continuous", None, None)
    assert [(m.arm, m.value, m.n_analyzed, m.is_baseline) for m in outcome.measurements] == [
        ("arm1", 51.2, 9, True),
        ("arm3", 49.0, 10, True),
        (None, 50.0, 11, True),
    ]


def test_flow_gives_the_arms_their_size_and_events_their_totals() -> None:
    flow = {
        "groups": groups("Placebo", "Belotarin 40mg", "Belotarin 20mg"),
        "periods": [started("60", "61", "62"), started("5", "5", "5")],
    }
    group = groups("Placebo")[0] | {"deathsNumAffected": 0, "deathsNumAtRisk": 60, "seriousNumAffected": 4,
                                    "seriousNumAtRisk": 59, "otherNumAtRisk": 59}  # fmt: skip
    events = {"timeFrame": "24 weeks", "eventGroups": [group],
              "seriousEvents": [{"term": "Fall", "stats": [{"groupId": "OG000", "numAffected": 4}]}]}  # fmt: skip
    record = read(participantFlowModule=flow, adverseEventsModule=events)
    assert [(arm.label, arm.n_randomized) for arm in record.arms] == [
        ("Belotarin 20 mg", 62),
        ("Belotarin 40 mg", 61),
        ("Placebo", 60),
    ]
    assert record.arms[0].evidence["n_randomized"].quote == "62"
    deaths, serious = record.outcomes
    assert {deaths.outcome_type, serious.outcome_type} == {OutcomeType.ADVERSE_EVENT}
    assert [(m.value, m.n_analyzed, m.arm) for m in (*deaths.measurements, *serious.measurements)] == [
        (0, 60, "arm3"),
        (4, 59, "arm3"),
    ]
    assert [(c.kind, c.quote) for c in record.candidates] == [("adverse_events_by_term", "Fall")]


def test_outcomes_that_agree_in_name_are_told_apart_and_a_plan_keeps_its_own() -> None:
    planned = {"primaryOutcomes": [{"measure": "Days of Fever", "timeFrame": "12 weeks"}],
               "secondaryOutcomes": [{"measure": "Days of fever", "timeFrame": "12 weeks"}]}  # fmt: skip
    record = read(
        outcomes=(
            measure(("Placebo",), "1"),
            measure(("Placebo",), "2"),
            measure(("Placebo",), "3", type="SECONDARY"),
        ),
        protocol={"outcomesModule": planned},
    )
    assert [(o.outcome_type, o.occurrence, len(o.measurements)) for o in record.outcomes] == [
        (OutcomeType.PRIMARY, None, 0),
        (OutcomeType.SECONDARY, 3, 0),
        (OutcomeType.PRIMARY, None, 1),
        (OutcomeType.PRIMARY, 2, 1),
        (OutcomeType.SECONDARY, 3, 1),
    ]
