"""The numbers of one abstract on both sides, one object each: what the annotators took, and what was said.

Both lists follow the scorers' own reading of a record (`from_gold`, `from_prediction`): the same values, the same
arms by index, the same fields, so that counting them gives the scorers' counts.
"""

import dataclasses
from dataclasses import dataclass
from typing import Any

from bench.evaluation.shared import Json

Value = float | tuple[Any, ...]
"""A number; a p-value is (modifier, number), an interval its two ends."""

FIELDS = "n_total", "arm_n", "dose", "cells", "baseline", "p_value", "effect", "ci"
LABELLED_CELLS = "change", "result", "percent", "count", "relative_change"


@dataclass(eq=False)
class Gold:
    """One number of the gold; `arm` is an index, `row` the outcome it belongs to, `raw` as annotated.

    After judging: `found` whether it was said rightly, else `reason` why not and `place` where it may stand.
    """

    field: str
    value: Value
    raw: str
    arm: int | None = None
    row: int | None = None
    measure: str = ""
    found: bool = False
    reason: str = ""
    place: tuple[int, int] | None = None
    said: "Said | None" = None


@dataclass(eq=False)
class Said:
    """One number of the record; `start` to `end` is its evidence, `place` the number itself where it can be found.

    `verdict` after judging: right, wrong_arm, wrong_baseline, wrong_modifier, repeated, extra, or unjudged where the
    annotators left the field of the whole abstract blank. `mistakes` are what is wrong of a number on the right arm.
    """

    field: str
    value: Value
    rule: str
    confidence: float | None
    start: int
    end: int
    arm: int | None = None
    row: int | None = None
    place: tuple[int, int] | None = None
    verdict: str = ""
    mistakes: dict[str, str] = dataclasses.field(default_factory=dict)
    source: Json = dataclasses.field(default_factory=dict)


@dataclass(frozen=True)
class Arm:
    """An arm of either side for the eye: its name, its size, its doses."""

    label: str
    n: float | None
    doses: tuple[float, ...]


def gold_of_labelled(gold: Json, scorer: Any) -> list[Gold]:
    """The numbers of a labelled abstract's gold."""
    found = []
    if (n := scorer.number(gold.get("n_randomised"))) is not None:
        found.append(Gold("n_total", n, str(gold["n_randomised"])))
    index = {}
    for i, arm in enumerate(gold["arms"]):
        index[arm["id"]] = i
        if (n := scorer.number(arm.get("n"))) is not None:
            found.append(Gold("arm_n", n, str(arm["n"]), arm=i))
        doses = {scorer.number(d): str(d) for one in arm.get("interventions", []) for d in one.get("dose_value", [])}
        found += [Gold("dose", value, raw, arm=i) for value, raw in doses.items() if value is not None]
    for row, outcome in enumerate(gold["outcomes"]):
        for one in outcome.get("arm_values", []):
            for key in (*LABELLED_CELLS, "baseline"):
                if (n := scorer.number(one.get(key))) is not None:
                    name = "baseline" if key == "baseline" else "cells"
                    found.append(Gold(name, n, f"{key} {one[key]}", arm=index.get(one.get("arm_id")), row=row))
    for one in gold["differences"]:
        found += _of_difference(one, scorer)
    return found


def _of_difference(one: Json, scorer: Any) -> list[Gold]:
    """The numbers of one comparison of the annotators."""
    effect = one.get("effect_abs") or one.get("effect_rel")
    parts = (
        ("p_value", scorer.p_value(one.get("p")), one.get("p")),
        ("effect", scorer.number(effect), effect),
        ("ci", scorer.interval(one.get("ci")), one.get("ci")),
    )
    measure = str(one.get("measure") or "")
    return [Gold(name, value, str(raw), measure=measure) for name, value, raw in parts if value is not None]


def measures_of(record: Json) -> list[str]:
    """The measure of each outcome row, for either side, with its time frame where there is one."""
    rows = []
    for one in record.get("outcomes") or []:
        time = one.get("time_frame") or one.get("timepoint")
        rows.append(f"{one.get('measure')}" + (f" ({time})" if time else ""))
    return rows


def arms_of(record: Json, scorer: Any) -> list[Arm]:
    """The arms of either side for the eye."""
    if any("key" in arm for arm in record.get("arms") or []):
        read = scorer.from_prediction({"arms": record["arms"]})["arms"]
    else:
        read = scorer.from_gold({"gold": {"arms": record.get("arms") or [], "outcomes": [], "differences": []}})["arms"]
    return [
        Arm(str(arm.get("key") or arm.get("label")) + _drugs(arm), one["n"], tuple(sorted(one["doses"])))
        for arm, one in zip(record.get("arms") or [], read, strict=True)
    ]


def _drugs(arm: Json) -> str:
    """The drugs of a labelled arm, whose own label is a code of the annotators'."""
    drugs = [drug for one in arm.get("interventions") or [] for drug in one.get("drug") or []]
    return f": {', '.join(drugs)}" if drugs else ""


def said_of(record: Json, scorer: Any) -> list[Said]:
    """The numbers of a record of ours, or of gold in its shape."""
    found = []
    trial = record.get("trial") or {}
    if (n := scorer.number(trial.get("enrollment"))) is not None:
        found.append(_said("n_total", n, (trial.get("evidence") or {}).get("enrollment"), trial))
    index = {}
    for i, arm in enumerate(record.get("arms") or []):
        index[arm["key"]] = i
        found += _of_arm(arm, i, scorer)
    for row, outcome in enumerate(record.get("outcomes") or []):
        for one in outcome.get("measurements") or []:
            if (n := scorer.number(one.get("value"))) is not None:
                name = "baseline" if one.get("is_baseline") else "cells"
                found.append(_said(name, n, one.get("evidence"), one, arm=index.get(one.get("arm")), row=row))
        for one in outcome.get("analyses") or []:
            found += [
                _said(name, value, one.get("evidence"), one, row=row) for name, value in _of_analysis(one, scorer)
            ]
    return found


def _of_arm(arm: Json, i: int, scorer: Any) -> list[Said]:
    """The size and the doses of one arm; a dose that two of its interventions have counts once."""
    found = []
    key = "n_randomized" if arm.get("n_randomized") is not None else "n_analyzed"
    if (n := scorer.number(arm.get(key))) is not None:
        found.append(_said("arm_n", n, (arm.get("evidence") or {}).get(key), arm, arm=i))
    doses: dict[float, Json] = {}
    for one in arm.get("interventions") or []:
        if (n := scorer.number(one.get("dose_value"))) is not None:
            doses.setdefault(n, one)
    for value, one in doses.items():
        found.append(_said("dose", value, (one.get("evidence") or {}).get("dose_value"), one, arm=i))
    return found


def _of_analysis(one: Json, scorer: Any) -> list[tuple[str, Value]]:
    parts: list[tuple[str, Value]] = []
    if one.get("p_value") is not None:
        parts.append(("p_value", (one.get("p_modifier") or "=", scorer.number(one["p_value"]))))
    if one.get("estimate") is not None:
        parts.append(("effect", scorer.number(one["estimate"])))
    if one.get("ci_low") is not None and one.get("ci_high") is not None:
        parts.append(("ci", tuple(sorted((scorer.number(one["ci_low"]), scorer.number(one["ci_high"]))))))
    return parts


def _said(
    name: str, value: Value, proof: Json | None, source: Json, *, arm: int | None = None, row: int | None = None
) -> Said:
    proof = proof or {}
    return Said(
        name,
        value,
        source.get("rule") or proof.get("rule") or "",
        source.get("confidence") or proof.get("confidence"),
        proof.get("start", 0),
        proof.get("end", 0),
        arm=arm,
        row=row,
        source=source,
    )
