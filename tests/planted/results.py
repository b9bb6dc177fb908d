"""What a statistician finds in the participants of a trial: numbers of arms and comparisons, before any rounding."""

import random
from dataclasses import dataclass, field

from tests.planted.formulas import Effect


@dataclass(frozen=True)
class Spread:
    """The spread of one number: one number, or two ends of which either may not have been reached."""

    kind: str
    value: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Number:
    """One number of one arm, or of the whole trial, unrounded; `digits` is how many decimals suit it."""

    arm: int | None
    statistic: str
    value: float
    unit: str
    n: int | None
    digits: int
    spread: Spread | None = None
    is_change: bool = False
    category: str | None = None


@dataclass(frozen=True)
class Comparison:
    """One arm against another, unrounded."""

    arm: int | None
    comparator: int | None
    effect: str
    found: Effect
    digits: int
    method: str | None = None
    level: float = 95
    unit: str | None = None
    hypothesis: str | None = None
    one_sided: bool = False


@dataclass(frozen=True)
class Result:
    """One outcome with its numbers and comparisons."""

    measure: str
    weeks: float
    numbers: tuple[Number, ...]
    comparisons: tuple[Comparison, ...] = ()
    is_primary: bool = False
    is_baseline: bool = False
    population: str | None = None
    subgroup: str | None = None
    norm: str | None = field(default=None)


@dataclass(frozen=True)
class Groups:
    """The arms of a trial as its statistician has them: how many in each, whom each is compared with."""

    sizes: tuple[int, ...]
    pairs: tuple[tuple[int, int], ...]
    is_clustered: bool = False
    is_paired: bool = False
    is_non_inferiority: bool = False


def allocated(rng: random.Random, n: int, ratio: tuple[int, ...], *, in_blocks: bool) -> tuple[int, ...]:
    """How many of n participants each arm gets: by lot, or in permuted blocks of which each centre ends within one."""
    arms = [arm for arm, part in enumerate(ratio) for _ in range(part)]
    if not in_blocks:
        drawn = rng.choices(arms, k=n)
        return tuple(drawn.count(arm) for arm in range(len(ratio)))
    drawn, left = [], n
    while left:
        centre = min(left, rng.randint(1, max(2, n // 4)))
        while centre:
            block = arms * rng.choice([1, 2])
            rng.shuffle(block)
            taken = block[:centre]
            drawn += taken
            centre -= len(taken)
            left -= len(taken)
    return tuple(drawn.count(arm) for arm in range(len(ratio)))


def left_over(rng: random.Random, sizes: tuple[int, ...], share: float) -> tuple[int, ...]:
    """How many of each arm are left where everyone drops out with a chance; never none."""
    return tuple(max(1, sum(rng.random() >= share for _ in range(size))) for size in sizes)
