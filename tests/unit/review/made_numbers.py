"""Comparisons and arms' numbers made by hand, as rows of a record have them."""

from typing import Any

from trialhouse.model.tables import ArmRow, OutcomeAnalysisRow, OutcomeMeasurementRow, TrialRow

LABELS = {"arm-1": "harvomab 20 mg", "arm-2": "placebo"}


def label_of(arm_id: str | None) -> str:
    return LABELS.get(arm_id or "", "")


def link_of(table: str, row_id: str, columns: object) -> str:
    return f"/{table}/{row_id}"


def analysis(effect: str | None, estimate: float | None = None, *ci: float | None, **cells: Any) -> dict[str, Any]:
    low, high = ci or (None, None)
    given = {"arm_id": "arm-1", "comparator_arm_id": "arm-2", "effect": effect, "estimate": estimate} | cells
    ends = {"ci_low": low, "ci_high": high, "ci_pct": 95.0 if ci else None}
    return OutcomeAnalysisRow.model_validate({"analysis_id": "a", "outcome_id": "o"} | ends | given).model_dump(
        mode="json"
    )


def measurement(value: float, statistic: str | None = "MEAN", **cells: Any) -> dict[str, Any]:
    given = {"measurement_id": "m", "outcome_id": "o", "arm_id": "arm-1", "value": value, "statistic": statistic}
    return OutcomeMeasurementRow.model_validate(given | {"unit": "mg/L"} | cells).model_dump(mode="json")


def trial(**cells: Any) -> dict[str, Any]:
    given = {"trial_id": "t", "enrollment": 60, "allocation": "RANDOMIZED", "masking": "DOUBLE"}
    return TrialRow.model_validate(given | cells).model_dump(mode="json")


def arm(label: str, n: int | None = 30, **cells: Any) -> dict[str, Any]:
    given = {"arm_id": label, "trial_id": "t", "label": label, "n_randomized": n, "arm_type": "EXPERIMENTAL"}
    return ArmRow.model_validate(given | cells).model_dump(mode="json")
