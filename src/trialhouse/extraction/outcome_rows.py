"""Outcomes being filled: a row for one measure, time frame, population and subgroup, and the claim it becomes."""

import re
from collections.abc import Hashable, Iterator
from dataclasses import dataclass, field

from trialhouse.extraction import subgroups
from trialhouse.extraction.context import About
from trialhouse.model.enums import OutcomeType, Statistic
from trialhouse.model.evidence import Evidence
from trialhouse.model.extraction import AnalysisClaim, MeasurementClaim, OutcomeClaim


@dataclass(slots=True)
class Row:
    """One outcome being filled."""

    what: About
    kind: OutcomeType | None
    sentence: int = 0
    """The index of the sentence that the row was opened in."""
    time_rule: str | None = None
    """The rule by which the row has a time that its own sentence does not name."""
    measurements: list[MeasurementClaim] = field(default_factory=list)
    analyses: list[AnalysisClaim] = field(default_factory=list)


def place(what: About) -> tuple[float | None, str | None, str | None]:
    """What tells rows of one measure apart: time, population and subgroup."""
    return what.weeks, what.population, what.subgroup


def joined(rows: list[Row]) -> list[Row]:
    """The rows, those of one measure, time, population and subgroup that neighbouring sentences tell apart made one.

    "3 on A (2 %) and 6 on B (4 %)" are counts and shares of one row.
    "Of those on A, 40 % had nausea. Of those on B, 15 % had nausea" is one row, and so is "HbA1c fell by 1.1 % with A
    and 0.6 % with B, to 6.9 % and 7.5 %". Nothing is joined where an arm would have two values of one kind.
    """
    out: list[Row] = []
    for row in _with_baselines(rows):
        other = next((one for one in _near(out, row) if _is_same(one, row)), None)
        if other is None:
            out.append(row)
            continue
        if other.what.weeks is None:
            other.what = other.what._replace(
                weeks=row.what.weeks, time_frame=row.what.time_frame, time_at=row.what.time_at
            )
        other.kind = other.kind or row.kind
        other.measurements += row.measurements
        other.analyses += row.analyses
    return out


def _near(rows: list[Row], later: Row) -> Iterator[Row]:
    """The rows of a later one's sentence and of the sentence before, the last first."""
    for one in reversed(rows):
        if later.sentence - one.sentence > 1:
            return
        yield one


def _with_baselines(rows: list[Row]) -> list[Row]:
    """The rows, one of baseline values only put into the next of its measure, which says what became of them."""
    waiting: dict[Hashable, list[Row]] = {}
    taken: set[int] = set()
    for row in rows:
        key = row.what.norm, place(row.what)[1:], frozenset(_family(m) for m in row.measurements)
        baseline = {m.is_baseline for m in row.measurements}
        if baseline == {False} and waiting.get(key):
            first = waiting[key].pop(0)
            row.measurements[:0] = first.measurements
            taken.add(id(first))
        elif baseline == {True} and not row.analyses and row.what.norm is not None and row.what.weeks in (None, 0.0):
            waiting.setdefault(key, []).append(row)
    return [row for row in rows if id(row) not in taken]


def _is_same(one: Row, other: Row) -> bool:
    """Whether two rows are of the same thing and complete each other."""
    same = (
        one.what.norm is not None and one.what.norm == other.what.norm and place(one.what)[1:] == place(other.what)[1:]
    )
    near = other.sentence - one.sentence
    if not same or not one.measurements or not other.measurements:
        return False
    if one.what.weeks != other.what.weeks and (near or None not in (one.what.weeks, other.what.weeks)):
        return False
    if {_family(m) for m in one.measurements} != {_family(m) for m in other.measurements}:
        return False
    if not near and {_count_or_share(one), _count_or_share(other)} == {Statistic.COUNT, Statistic.PERCENT}:
        return _arms(one) == _arms(other)
    if _arms(one) & _arms(other):
        return _family(one.measurements[0]) == "value" and _differ(one, other)
    return _kinds(one) == _kinds(other)


def _family(one: MeasurementClaim) -> str:
    """What a number counts: shares of participants, rates of events, or values."""
    if one.statistic in (Statistic.COUNT, Statistic.PERCENT):
        return "share"
    return "rate" if one.statistic is Statistic.RATE else "value"


def _count_or_share(row: Row) -> Statistic | None:
    """Whether a row says only counts or only shares of participants."""
    told = {m.statistic for m in row.measurements}
    return told.pop() if len(told) == 1 else None


def _arms(row: Row) -> set[str | None]:
    """The arms that have values in a row, baselines aside."""
    return {m.arm for m in row.measurements if not m.is_baseline}


def _kinds(row: Row) -> set[tuple[bool, str | None]]:
    """Whether the values of a row are changes, and their units."""
    return {(m.is_change_from_baseline, m.unit) for m in row.measurements if not m.is_baseline}


def _differ(one: Row, other: Row) -> bool:
    """Whether no value of a row can be of the kind of one of the other's: a unit that is not told can be any."""
    return all(
        changed is not again or (unit is not None and told is not None and unit != told)
        for changed, unit in _kinds(one)
        for again, told in _kinds(other)
    )


def claim_of(row: Row, text: str) -> OutcomeClaim:
    """A row as a claim, with its evidence by field."""
    what = row.what
    evidence = {"measure": Evidence.of(text, *what.measure_at)}
    if what.time_at and what.weeks is not None:
        evidence["time_frame"] = Evidence.of(text, *what.time_at, rule=row.time_rule)
    if what.population_at and what.population:
        evidence["population"] = Evidence.of(text, *what.population_at)
    if what.subgroup_at and what.subgroup:
        evidence["subgroup"] = Evidence.of(text, *what.subgroup_at, rule=subgroups.RULE)
    return OutcomeClaim.filled(
        measure=re.sub(r"\s+", " ", what.measure).strip(),
        norm=what.norm,
        outcome_type=row.kind,
        time_frame=what.time_frame,
        time_frame_weeks=what.weeks,
        population=what.population,
        subgroup=re.sub(r"\s+", " ", what.subgroup) if what.subgroup else None,
        evidence=evidence,
        measurements=tuple(row.measurements),
        analyses=tuple(row.analyses),
    )
