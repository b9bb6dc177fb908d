"""What the scorer of records asks of numbers on the right arm: sign, statistic, measure, time frame, baseline flag."""

from dataclasses import dataclass
from typing import Any

from bench.evaluation.shared import Json

NAMES = "sign", "statistic", "measure", "time_frame", "is_baseline"
WEEKS_APART = 0.06
"""Time frames agree when they differ by no more than this share of the gold's (score_records.py)."""


@dataclass(frozen=True)
class Check:
    """One check of one number: its name, whether it held, both sides in words, and the measurement that it is of."""

    name: str
    right: bool
    gold: str
    said: str
    source: Json


def context_checks(wanted: Json, record: Json, arms_to: dict[int, int], scorer: Any) -> list[Check]:
    """The checks of all numbers that stand on the right arm, paired in the order of both records."""
    gold_arms = [arm["key"] for arm in wanted["arms"]]
    said_arms = [arm["key"] for arm in record.get("arms") or []]
    mine = scorer.cells(record, {key: gold_arms[arms_to[i]] for i, key in enumerate(said_arms) if i in arms_to})
    found = []
    for place, rows in scorer.cells(wanted, {key: key for key in gold_arms}).items():
        for (value, outcome), (ours, of) in zip(rows, mine.get(place, []), strict=False):
            found += _checks(value, outcome, ours, of, scorer)
    return found


def _checks(value: Json, outcome: Json, ours: Json, of: Json, scorer: Any) -> list[Check]:
    shares_words = bool(scorer.words(outcome["measure"]) & scorer.words(of.get("measure")))
    pairs = [
        ("sign", (value["value"] < 0) == (ours["value"] < 0), value["value"], ours["value"]),
        ("statistic", value.get("statistic") == ours.get("statistic"), value.get("statistic"), ours.get("statistic")),
        ("measure", shares_words, outcome["measure"], of.get("measure")),
        (
            "is_baseline",
            bool(value.get("is_baseline")) == bool(ours.get("is_baseline")),
            value.get("is_baseline"),
            ours.get("is_baseline"),
        ),
    ]
    weeks = outcome.get("time_frame_weeks")
    if weeks is not None:
        got = of.get("time_frame_weeks")
        near = got is not None and abs(float(got) - float(weeks)) <= WEEKS_APART * float(weeks)
        pairs.append(("time_frame", near, f"{weeks:g} weeks", f"{got:g} weeks" if got is not None else "none"))
    return [Check(name, bool(right), str(gold), str(said), ours) for name, right, gold, said in pairs]


def facts_of(wanted: Json, record: Json, scorer: Any) -> dict[str, tuple[str, str]]:
    """Trial facts that the gold has, as (gold, said), in the form in which the scorer compares them."""
    found = {}
    for name in scorer.FACTS:
        gold, said = (_plain((one.get("trial") or {}).get(name)) for one in (wanted, record))
        if gold:
            found[name] = (gold, said)
    return found


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(sorted(map(str.upper, value)))
    return "" if value in (None, "") else str(value).upper()
