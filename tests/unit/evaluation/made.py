"""Small made abstracts, judged: what the tests of the harness look at."""

from typing import Any

from bench.evaluation.judging import Judged
from bench.evaluation.numbers import Arm, Gold, Said
from bench.evaluation.reading import Reading
from bench.evaluation.shared import Abstract

FIELDS = ("n_total", "arm_n", "dose", "cells", "baseline", "p_value", "effect", "ci", "rows")


def said(verdict: str, rule: str = "frame.versus", **more: Any) -> Said:
    return Said(
        **({"field": "cells", "value": 14.0, "confidence": 0.9, "start": 0, "end": 0, "arm": 0} | more),
        rule=rule,
        verdict=verdict,
    )


def made_judged(
    numbers: list[Said],
    gold: list[Gold] | None = None,
    *,
    text: str = "A title\nSome text.",
    name: str = "1",
    split: str = "train",
) -> Judged:
    return Judged(
        abstract=Abstract(set=split, id=name, text=text, gold={}),
        reading=Reading(text=text, record={"id": name}, sentences=((0, len(text)),), kinds={}),
        gold=gold or [],
        said=numbers,
        gold_arms=[Arm("A", 10.0, (5.0,)), Arm("B", None, ())],
        said_arms=[Arm("a", 10.0, (5.0,)), Arm("b", None, ())],
        gold_rows=["relapse"],
        said_rows=["relapse (12 weeks)"],
        arms_to={0: 0, 1: 1},
        row_of={0: 0},
        rows_right=frozenset({0}),
        tally=dict.fromkeys(FIELDS, (1, 2, 3)),
        checks=[],
        facts={},
    )
