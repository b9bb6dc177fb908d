"""The designs of made-up trials: arms with their sizes, dates, places and people."""

import datetime
import random
from dataclasses import dataclass

from tests.planted.results import Groups, allocated, left_over

FRONTS = "zor mil quen tav ordi bexo lur fasti neva pomo rilo cado".split()
STEMS = "limab citinib gliptin gliflozin sartan xaban navir lukast nercept".split()
CONDITIONS = ("gout", "type 2 diabetes", "asthma", "heart failure", "rheumatoid arthritis", "psoriasis")
COUNTRIES = ("Germany", "France", "Japan", "United States", "China", "Spain", "Brazil")
SPONSORS = ("Example University Hospital", "Sample Therapeutics", "Institute of Made-up Medicine")

RATIOS = {
    "parallel": ((1, 1), (1, 1), (1, 1, 1), (1, 1, 1, 1)),
    "unequal": ((2, 1), (3, 1), (1, 2), (2, 1, 1), (2, 2, 1), (3, 3, 1)),
    "factorial": ((1, 1, 1, 1),),
    "crossover": ((1, 1),),
    "single": ((1,),),
    "non-inferiority": ((1, 1),),
    "cluster": ((1, 1),),
    "cohort": ((1, 1),),
    "recruiting": ((1, 1), (2, 1)),
    "withdrawn": ((1, 1),),
}
"""The designs, and the ratios in which each may allocate its participants."""

WEEKS_OF_MONTH = 30.4375 / 7
IN_MONTHS = {
    4: ("1 month", WEEKS_OF_MONTH),
    12: ("3 months", 3 * WEEKS_OF_MONTH),
    26: ("6 months", 6 * WEEKS_OF_MONTH),
    52: ("1 year", 365.25 / 7),
}
"""Time frames as a registry may say them where the paper says weeks."""

USUAL = ("parallel",) * 8 + ("unequal",) * 5 + ("factorial", "factorial", "crossover", "non-inferiority", "cluster")
OTHER = ("single", "cohort", "recruiting", "withdrawn")


@dataclass(frozen=True)
class Arm:
    """One arm: what it is called, what it gets, how many were assigned and how many were analysed."""

    label: str
    kind: str
    drug: str | None
    dose: float | None
    route: str | None
    frequency: str | None
    n: int | None
    analysed: int | None
    factor: int | None = None


@dataclass(frozen=True)
class Plan:
    """A trial before anything was written about it."""

    number: int
    design: str
    arms: tuple[Arm, ...]
    ratio: tuple[int, ...]
    enrollment: int
    title: str
    acronym: str
    condition: str
    countries: tuple[str, ...]
    sponsor: str
    sites: int
    phase: str
    masking: str
    start: datetime.date
    enrolled: datetime.date
    completed: datetime.date
    weeks: int
    registered_time: tuple[str, float] | None
    groups: Groups

    @property
    def has_results(self) -> bool:
        return self.design not in ("recruiting", "withdrawn")

    @property
    def registry_id(self) -> str:
        return f"NCT{self.number:08d}"


def made_plan(rng: random.Random, number: int) -> Plan:
    """A trial of a random design and size."""
    design = rng.choice(OTHER) if rng.random() < 0.12 else rng.choice(USUAL)
    ratio = rng.choice(RATIOS[design])
    enrollment = 0 if design == "withdrawn" else _enrollment(rng, len(ratio))
    sizes = allocated(rng, enrollment, ratio, in_blocks=rng.random() < 0.7)
    while enrollment and min(sizes) < 3:
        sizes = allocated(rng, enrollment, ratio, in_blocks=True)
    drugs = rng.sample([front + stem for front in FRONTS for stem in STEMS], len(ratio))
    arms = _factorial(rng, sizes, drugs) if design == "factorial" else _arms(rng, design, sizes, drugs)
    start = datetime.date(rng.randint(2004, 2020), rng.randint(1, 12), rng.randint(1, 28))
    weeks = rng.choice([4, 8, 12, 16, 26, 52])
    enrolled = start + datetime.timedelta(days=rng.randint(100, 900))
    condition = rng.choice(CONDITIONS)
    said = {"non-inferiority": "non-inferiority ", "cluster": "cluster-randomised "}.get(design, "")
    return Plan(
        number=number,
        design=design,
        arms=arms,
        ratio=ratio,
        enrollment=enrollment,
        title=f"A {said}trial of {drugs[0]} in {condition}, study {number}",
        acronym=f"MADE-UP {number}",
        condition=condition,
        countries=tuple(sorted(rng.sample(COUNTRIES, rng.randint(1, 3)))),
        sponsor=rng.choice(SPONSORS),
        sites=rng.randint(1, 80),
        phase=rng.choice(["PHASE2", "PHASE3", "PHASE3", "PHASE4", "PHASE2/PHASE3", "NA"]),
        masking=rng.choice(["NONE", "DOUBLE", "QUADRUPLE"]),
        start=start,
        enrolled=enrolled,
        completed=enrolled + datetime.timedelta(days=7 * weeks + rng.randint(0, 200)),
        weeks=weeks,
        registered_time=IN_MONTHS.get(weeks) if rng.random() < 0.25 else None,
        groups=_groups(design, arms, enrollment),
    )


def _enrollment(rng: random.Random, arms: int) -> int:
    """From two dozen to a few thousand, most of them some hundreds."""
    if rng.random() < 0.05:
        return rng.randint(1000, 2400)
    return max(8 * arms, round(24 * 2 ** rng.uniform(0, 4.2)))


def _arms(rng: random.Random, design: str, sizes: tuple[int, ...], drugs: list[str]) -> tuple[Arm, ...]:
    """Arms beside each other: doses or drugs, the last one placebo or another drug."""
    one_drug, last = rng.random() < 0.4, len(sizes) - 1
    analysed = left_over(rng, sizes, rng.choice([0.0, 0.04, 0.15])) if all(sizes) else sizes
    has_placebo = design not in ("single", "cohort", "non-inferiority") and rng.random() < 0.7
    arms = []
    for i, n in enumerate(sizes):
        route = rng.choice(["ORAL", "SUBCUTANEOUS", "INTRAVENOUS"])
        frequency = rng.choice(["once daily", "every 2 weeks", "twice daily", "every other day"])
        known = None if design in ("recruiting", "withdrawn") else n
        known, left = (sum(sizes),) * 2 if design == "crossover" else (known, known and analysed[i])
        if i == last and has_placebo:
            arms.append(Arm("Placebo", "PLACEBO_COMPARATOR", "placebo", None, route, frequency, known, left))
            continue
        drug, dose = (drugs[0], 5.0 * 2**i) if one_drug else (drugs[i], rng.choice([2.5, 10.0, 40.0, 150.0]))
        kind = "EXPERIMENTAL" if i < last or not i else "ACTIVE_COMPARATOR"
        arms.append(Arm(f"{drug.capitalize()} {dose:g} mg", kind, drug, dose, route, frequency, known, left))
    return tuple(arms)


def _factorial(rng: random.Random, cells: tuple[int, ...], drugs: list[str]) -> tuple[Arm, ...]:
    """Two by two: each factor has an arm with its drug and one with placebo, and everyone is in one arm of each."""
    both, first, second, none = cells
    made = []
    for factor, drug, yes, no in (
        (1, drugs[0], both + first, second + none),
        (2, drugs[1], both + second, first + none),
    ):
        dose = rng.choice([10.0, 80.0])
        given = (drug, dose, "ORAL", "once daily")
        made.append(Arm(f"{drug.capitalize()} {dose:g} mg", "EXPERIMENTAL", *given, yes, yes, factor))
        placebo = ("placebo", None, "ORAL", "once daily")
        made.append(Arm(f"Placebo for {drug}", "PLACEBO_COMPARATOR", *placebo, no, no, factor))
    return tuple(made)


def _groups(design: str, arms: tuple[Arm, ...], enrollment: int) -> Groups:
    """The arms as their statistician compares them: each with the last one, in a factorial trial within a factor."""
    last = len(arms) - 1
    pairs = tuple((i, last) for i in range(last))
    if design == "factorial":
        pairs = ((0, 1), (2, 3))
    return Groups(
        sizes=tuple(arm.analysed or 0 for arm in arms),
        pairs=pairs,
        is_clustered=design == "cluster",
        is_paired=design == "crossover",
        is_non_inferiority=design == "non-inferiority",
    )
