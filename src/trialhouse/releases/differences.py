"""What differs between two releases, for people and scripts: the rows of `changes(from, to)`, counted and by trial."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from trialhouse.model.words import ChangeCause, ChangeKind
from trialhouse.releases.as_of import file_for
from trialhouse.releases.catalog import NoSuchRelease, Release
from trialhouse.releases.review_difference import ReviewDifference
from trialhouse.releases.row_names import TrialName, row_names, trial_names
from trialhouse.store.connection import Connection

HAS_MACRO = "SELECT count(*) FROM duckdb_functions() WHERE function_name = 'changes' AND function_type = 'table_macro'"


@dataclass(frozen=True, slots=True)
class Change:
    """A row that was added or removed (as JSON in `new_value` or `old_value`), or one cell of a row that changed."""

    table_name: str
    trial_id: str | None
    row_id: str
    change: ChangeKind
    column_name: str | None
    old_value: str | None
    new_value: str | None
    cause: ChangeCause
    document_id: str | None
    cause_detail: str

    def as_json(self) -> dict[str, str | None]:
        """The row as the macro has it."""
        return asdict(self)


@dataclass(frozen=True)
class Count:
    """How many rows of a table changed so for one cause; `cells` of those that changed, else 0."""

    table_name: str
    change: ChangeKind
    cause: ChangeCause
    rows: int
    cells: int


@dataclass(frozen=True)
class Difference:
    """The changes of `main` from one release to another, with the names of their trials and rows, of all or of one
    trial or table. `reviewed` counts what changed in `dq`, and `tags` has those of the two, for whoever asks that.
    """

    old: str
    new: str
    changes: tuple[Change, ...]
    trials: Mapping[str, TrialName]
    names: Mapping[tuple[str, str], str]
    trial_ids: tuple[str, ...] = ()
    table_name: str | None = None
    reviewed: ReviewDifference = field(default_factory=ReviewDifference)
    tags: Mapping[str, str] = field(default_factory=dict)

    @property
    def span(self) -> tuple[str, str]:
        """The two releases for people, each with its tag."""
        first, second = (f"{of} ({self.tags[of]})" if of in self.tags else of for of in (self.old, self.new))
        return first, second

    @property
    def within(self) -> str:
        """What alone was compared, to follow on a verb; nothing where all was."""
        table = f" in table {self.table_name}" if self.table_name else ""
        return table + (f" of trial {' and '.join(self.trial_ids)}" if self.trial_ids else "")

    def counts(self) -> list[Count]:
        """Rows and cells by table, change and cause, in that order."""
        kinds = {(c.table_name, c.change, c.cause, c.row_id) for c in self.changes}
        rows = Counter((table, change, cause) for table, change, cause, _ in kinds)
        cells = Counter((c.table_name, c.change, c.cause) for c in self.changes if c.column_name is not None)
        return [Count(*key, rows[key], cells[key]) for key in sorted(rows)]

    def by_trial(self) -> list[tuple[TrialName | None, list[Change]]]:
        """The changes of each trial, in the order of trial ids; last, under None, those that are of no one trial."""
        found: dict[str | None, list[Change]] = {}
        for change in self.changes:
            found.setdefault(change.trial_id, []).append(change)
        named = sorted(found.items(), key=lambda item: (item[0] is None, item[0] or ""))
        return [(self.trials[trial_id] if trial_id else None, changes) for trial_id, changes in named]

    def name_of(self, change: Change) -> str:
        """What people know a row by, such as the label of an arm; else its id."""
        return self.names.get((change.table_name, change.row_id), change.row_id)

    def as_json(self) -> dict[str, Any]:
        """All of it, for a script."""
        return {
            "from": self.old,
            "to": self.new,
            "of_trials": list(self.trial_ids),
            "of_table": self.table_name,
            "counts": [asdict(count) for count in self.counts()],
            "trials": [asdict(trial) for _, trial in sorted(self.trials.items())],
            "changes": [change.as_json() for change in self.changes],
            "reviewed": asdict(self.reviewed),
        }


def difference(
    connection: Connection, old: str, new: str, *, trial_ids: Sequence[str] = (), table_name: str | None = None
) -> Difference:
    """What changed from one release (an id) to another, in all or in some trials or one table.

    Raises NoSuchRelease for a file without the macro, which an older version wrote.
    """
    (has_macro,) = connection.execute(HAS_MACRO).fetchall()[0]
    if not has_macro:
        raise NoSuchRelease("this release has no history, since an older version wrote it: run `trialhouse refresh`")
    result = connection.execute(
        "FROM changes($old, $new) "
        "WHERE ($trials = [] OR trial_id IN $trials) AND ($table IS NULL OR table_name = $table)",
        {"old": old, "new": new, "trials": list(trial_ids), "table": table_name},
    )
    changes = tuple(_change(*row) for row in result.fetchall())
    return Difference(
        old=old,
        new=new,
        changes=changes,
        trials=trial_names(connection, _distinct(change.trial_id for change in changes)),
        names=row_names(connection, [(change.table_name, change.row_id) for change in changes]),
        trial_ids=tuple(trial_ids),
        table_name=table_name,
    )


def file_of_both(warehouse: Path, one: Release, other: Release) -> Release:
    """The release whose file tells what differs between two: the newest that is there, since it knows all before it.

    An older file knows as much of both, and its macro may tell causes as an older version did. Raises NoSuchRelease if
    none is there, and DamagedRegister.
    """
    return file_for(warehouse, max(one, other, key=lambda release: release.release_no))


def _change(table_name: str, trial_id: str | None, row_id: str, change: str, *rest: str) -> Change:
    column_name, old_value, new_value, cause, document_id, cause_detail = rest
    return Change(
        table_name,
        trial_id,
        row_id,
        ChangeKind(change),
        column_name,
        old_value,
        new_value,
        ChangeCause(cause),
        document_id,
        cause_detail,
    )


def _distinct(trial_ids: Iterable[str | None]) -> Sequence[str]:
    return sorted({trial_id for trial_id in trial_ids if trial_id is not None})
