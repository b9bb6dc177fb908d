"""The ground in which faults are planted: the rows of one trial, and what a fault did to which of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from tests.planted.trials import MadeTrial, read_again
from trialhouse.model.enums import DocumentKind
from trialhouse.model.extraction import Extraction
from trialhouse.model.tables import EvidenceRow, Row, TrialRow, table_of
from trialhouse.resolution.reading import Reading

R = TypeVar("R", bound=Row)


class NotHere(Exception):
    """A trial has nothing that this fault could happen to."""


Fault = Callable[["Planting"], None]

FAULTS: dict[str, Fault] = {}
"""Every fault of one trial by its name, in the order of the files."""


def fault(function: Fault) -> Fault:
    """Add a function to the faults, under its name in words."""
    FAULTS[function.__name__.replace("_", " ").strip()] = function
    return function


@dataclass
class Planting:
    """One trial in the hands of a fault. `where` names what it did something to: table to the id of the row."""

    trial: MadeTrial
    rows: list[Row]
    where: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of_trial(cls, trial: MadeTrial) -> "Planting":
        """A trial as it was found, free to be spoilt."""
        planting = cls(trial, list(trial.rows))
        planting.where["trial"] = trial.trial_id
        for reading in trial.readings:
            planting.where[reading.document.kind.value if reading.document.kind else ""] = reading.document.document_id
        return planting

    def all(self, row_class: type[R], condition: Callable[[R], Any] = lambda row: True) -> list[R]:
        """The rows of one table that meet a condition."""
        return [row for row in self.rows if isinstance(row, row_class) and condition(row)]

    def one(self, row_class: type[R], condition: Callable[[R], Any] = lambda row: True) -> R:
        """The first such row. Raises NotHere where there is none."""
        found = self.all(row_class, condition)
        if not found:
            raise NotHere
        return found[0]

    def need(self, truth: object) -> None:
        """Raise NotHere unless something holds."""
        if not truth:
            raise NotHere

    def change(self, row: R, **values: Any) -> R:
        """Put other values into a row, whether its columns allow them or not."""
        changed = row.model_copy(update=values)
        self.rows[self._place(row)] = changed
        self._note(changed)
        return changed

    def drop(self, rows: Iterable[Row]) -> None:
        """Take rows away, with the evidence of what they said."""
        gone = list(rows)
        for row in gone:
            self._note(row)
        names = {(table_of(type(row)).name, _id(row)) for row in gone}
        unwanted = {id(row) for row in gone}
        self.rows = [
            row
            for row in self.rows
            if id(row) not in unwanted and not (isinstance(row, EvidenceRow) and (row.table_name, row.row_id) in names)
        ]

    def add(self, row: Row) -> None:
        """Put in one more row."""
        self.rows.append(row)
        self._note(row)

    def said_by(self, kind: DocumentKind) -> Reading:
        """What was read from the document of a kind."""
        for reading in self.trial.readings:
            if reading.document.kind is kind:
                return reading
        raise NotHere

    def paper(self) -> Reading:
        """What was read from the paper."""
        for reading in self.trial.readings:
            if reading.document.kind in (DocumentKind.ABSTRACT, DocumentKind.FULLTEXT):
                return reading
        raise NotHere

    def read_otherwise(self, reading: Reading, change: Callable[[Extraction], Extraction]) -> None:
        """Let another thing be read from a document, and make the rows of the trial anew."""
        changed = replace(reading, extractions=(change(reading.extractions[0]),))
        self._resolve(tuple(changed if one is reading else one for one in self.trial.readings))

    def read_instead(self, old: Reading, new: Reading) -> None:
        """Let another document be read in the place of one, and make the rows of the trial anew."""
        self._resolve(tuple(new if one is old else one for one in self.trial.readings))

    def read_more(self, reading: Reading) -> None:
        """Let one more document be read, and make the rows of the trial anew."""
        self._resolve((*self.trial.readings, reading))

    def _resolve(self, readings: tuple[Reading, ...]) -> None:
        self.trial = read_again(replace(self.trial, readings=readings))
        self.rows = list(self.trial.rows)

    @property
    def row(self) -> TrialRow:
        """The row of the trial itself."""
        return self.one(TrialRow)

    def spoilt(self) -> MadeTrial:
        """The trial with its rows as they are now."""
        return replace(self.trial, rows=self.rows)

    def _place(self, row: Row) -> int:
        return next(place for place, one in enumerate(self.rows) if one is row)

    def _note(self, row: Row) -> None:
        self.where[table_of(type(row)).name] = _id(row)


def _id(row: Row) -> str:
    """The id of a row: its key, with slashes between the parts of a longer one."""
    return "/".join(str(getattr(row, name)) for name in type(row).KEY)


def planted(fault: Fault, trials: Iterable[MadeTrial]) -> Planting | None:
    """The fault in the first of these trials where it can happen, or None."""
    for trial in trials:
        planting = Planting.of_trial(trial)
        try:
            fault(planting)
        except NotHere:
            continue
        return planting
    return None


def all_planted(trials: Iterable[MadeTrial]) -> dict[str, Planting]:
    """Every fault in a trial of its own. Raises LookupError for one that there is no trial for."""
    free, done = {trial.plan.number: trial for trial in trials}, dict[str, Planting]()
    clean = dict(free)

    def plant(name: str, among: Iterable[MadeTrial]) -> Planting | None:
        planting = planted(FAULTS[name], among)
        if planting is not None:
            done[name] = planting
            free.pop(planting.trial.plan.number, None)
        return planting

    for name, fault in FAULTS.items():
        if plant(name, list(free.values())):
            continue
        # A fault that can happen in a trial that another one took, which can happen elsewhere.
        for other, taken in list(done.items()):
            number = taken.trial.plan.number
            if planted(fault, [clean[number]]) and plant(other, list(free.values())):
                plant(name, [clean[number]])
                break
        else:
            raise LookupError(f"no trial is left for this fault: {name}")
    return done
