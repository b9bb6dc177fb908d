"""What is configured of checks: the numbers that they compare with, the gate, and what a failure does."""

from collections.abc import Mapping
from typing import NamedTuple

from pydantic import Field, FiniteFloat, field_validator

from trialhouse.model.enums import Severity
from trialhouse.model.record import Record


class Bounds(NamedTuple):
    """What a number may be: from `least` to `most`, where either is left out if it is not `with_ends`."""

    words: str
    least: float
    most: float
    with_ends: bool = True

    def takes(self, number: float) -> bool:
        """Whether a number lies within."""
        if self.with_ends:
            return self.least <= number <= self.most
        return self.least < number < self.most


_ANY_SIZE = float("inf")

SHARE = Bounds("a share: from 0 to 1", 0, 1)
PERCENT = Bounds("a percentage: from 0 to 100", 0, 100)
P_VALUE = Bounds("a p-value: more than 0 and less than 1", 0, 1, with_ends=False)
FACTOR = Bounds("a factor: more than 0", 0, _ANY_SIZE, with_ends=False)
AMOUNT = Bounds("an amount: 0 or more", 0, _ANY_SIZE)

BOUNDS_BY_LAST_WORD: Mapping[str, Bounds] = {
    "share": SHARE, "points": SHARE, "percent": PERCENT, "p": P_VALUE, "times": FACTOR, "interval": FACTOR,
    "deviations": FACTOR, "units": AMOUNT, "more": AMOUNT, "participants": AMOUNT, "days": AMOUNT, "least": AMOUNT,
    "cells": AMOUNT, "rows": AMOUNT,
}  # fmt: skip
"""What a threshold may be, by the last word of its name, also of a check of one's own. Other words bound nothing."""

BOUNDS_BY_NAME: Mapping[str, Bounds] = {"word_moved": SHARE, "numbers_moved": AMOUNT}
"""What those may be whose last word does not say it."""


def bounds_of(name: str) -> Bounds | None:
    """What the threshold of that name may be; None for anything."""
    return BOUNDS_BY_NAME.get(name) or BOUNDS_BY_LAST_WORD.get(name.rpartition("_")[2])


class GateConfig(Record):
    """When a build is not published although no check blocks it."""

    most_set_aside_percent: float = Field(
        5, ge=0, le=100, description="More than this share of a table's rows set aside stops publishing, in percent."
    )
    most_set_aside_rows: int = Field(20, ge=0, description="So many rows of a table never stop publishing.")


class CheckConfig(Record):
    """`config/checks.toml`."""

    thresholds: dict[str, FiniteFloat] = Field({}, description="The numbers that checks compare with, by name.")
    gate: GateConfig = Field(GateConfig(), description="When a build is not published.")
    severity: dict[str, Severity] = Field({}, description="What a failure does, by check, instead of what it says.")

    @field_validator("thresholds")
    @classmethod
    def _within_bounds(cls, thresholds: dict[str, float]) -> dict[str, float]:
        """Each can be what its name says: a share of 50 would switch its check off without a word."""
        wrong = [
            f"{name} is {number:g}, and must be {bounds.words}"
            for name, number in thresholds.items()
            if (bounds := bounds_of(name)) is not None and not bounds.takes(number)
        ]
        if wrong:
            raise ValueError("; ".join(wrong))
        return thresholds

    def over(self, other: "CheckConfig") -> "CheckConfig":
        """This configuration, and the other one for what this one does not say."""
        gate = other.gate.model_dump() | self.gate.model_dump(exclude_unset=True)
        return CheckConfig(
            thresholds=other.thresholds | self.thresholds,
            gate=GateConfig(**gate),
            severity=other.severity | self.severity,
        )
