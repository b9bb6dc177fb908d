"""A made-up warehouse: hundreds of trials, their documents, the books of its runs, and the release before."""

import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from tests.planted.books import NOW, RUNS, made_books, run_id
from tests.planted.trials import MadeTrial, made_trial, rows_of
from trialhouse.config_files import read_check_config
from trialhouse.model.extraction import Extraction
from trialhouse.model.tables import TABLES, DocumentRow, Row, RowSet, TrialRedirectRow, TrialRow, table_of
from trialhouse.quality.checks import load_checks
from trialhouse.quality.run import CheckReport, run_checks
from trialhouse.releases.build import create_tables, write_rows
from trialhouse.resources import data_root
from trialhouse.store.connection import Connection, attach_in_memory, scratch_database
from trialhouse.store.insert import arrow_table
from trialhouse.store.schema import schema_sql


@dataclass(frozen=True)
class World:
    """A build and the release before it. `trials` are those of the build, `last` the rows that were published."""

    trials: tuple[MadeTrial, ...]
    books: tuple[Row, ...]
    last: tuple[Row, ...]

    @property
    def rows(self) -> Iterator[Row]:
        """All rows of the build."""
        for trial in self.trials:
            yield from trial.rows
        yield from self.books


def made_world(seed: int, size: int) -> World:
    """A warehouse without a fault. A tenth of its trials are new since the last release."""
    rng = random.Random(f"world {seed}")
    trials = tuple(made_trial(random.Random(f"trial {seed}/{number}"), number) for number in range(1, size + 1))
    documents = [row for trial in trials for row in trial.rows if isinstance(row, DocumentRow)]
    books = tuple(made_books(rng, documents))
    trials, apart = _met(trials)
    last = [row for trial in trials if trial.plan.number % 10 and trial.plan.number not in apart for row in trial.rows]
    last += [row for rows in apart.values() for row in rows]
    return World(trials, books, (*last, *books))


def _met(trials: tuple[MadeTrial, ...]) -> tuple[tuple[MadeTrial, ...], dict[int, list[Row]]]:
    """Some trials were two in the last release, as their paper did not name its registration: now a redirect does.

    Returns all trials, and of those the rows that they had.
    """
    met, apart = [], {}
    for trial in trials:
        record, *papers = trial.readings
        if trial.plan.number % 12 == 5 and papers and trial.plan.design == "parallel":
            alone = [replace(one, extractions=tuple(_unregistered(c) for c in one.extractions)) for one in papers]
            before = [*rows_of([record]), *rows_of(alone)]
            ids = {row.trial_id for row in before if isinstance(row, TrialRow)} - {trial.trial_id}
            gone = [TrialRedirectRow(old_trial_id=i, trial_id=trial.trial_id, reason="They are one.") for i in ids]
            apart[trial.plan.number] = before
            trial = replace(trial, rows=[*trial.rows, *gone])  # noqa: PLW2901
        met.append(trial)
    return tuple(met), apart


def _unregistered(claims: Extraction) -> Extraction:
    """What was read from a paper, without its registration."""
    return claims.model_copy(update={"trial": claims.trial.model_copy(update={"registry_ids": ()})})


def with_trials(world: World, changed: Iterable[MadeTrial]) -> World:
    """The world with these trials in the place of those of the same number."""
    by_number = {trial.plan.number: trial for trial in changed}
    return replace(world, trials=tuple(by_number.get(trial.plan.number, trial) for trial in world.trials))


@contextmanager
def written(world: World) -> Iterator[Connection]:
    """The world as a build in a database, with the last release beside it."""
    before, now = {id(row) for row in world.last}, {id(row) for row in world.rows}
    with scratch_database() as connection:
        attach_in_memory(connection, "last")
        connection.execute("USE last")
        connection.execute(schema_sql(TABLES))
        # What both have is written once and copied.
        write_rows(connection, RowSet(row for row in world.last if id(row) in now))
        connection.execute("USE memory")
        create_tables(connection, data_root() / "warehouse" / "views")
        for table in TABLES:
            connection.execute(f"INSERT INTO {table.qualified_name} BY NAME FROM last.{table.qualified_name}")
        write_rows(connection, RowSet(row for row in world.rows if id(row) not in before))
        connection.execute("USE last")
        write_rows(connection, RowSet(row for row in world.last if id(row) not in now))
        connection.execute("USE memory")
        yield connection


def checked(connection: Connection) -> CheckReport:
    """What all checks find in a build."""
    checks = load_checks(
        data_root() / "warehouse" / "checks", read_check_config(data_root() / "config" / "checks.toml")
    )
    return run_checks(connection, checks, run_id=run_id(RUNS), now=NOW, has_last=True)


def report_of(world: World) -> CheckReport:
    """Write a world and check it."""
    with written(world) as connection:
        return checked(connection)


class Warehouse:
    """A world as it was written once, to look at it with other rows in the place of some."""

    def __init__(self, connection: Connection, world: World) -> None:
        self._connection, self.world = connection, world

    def report(self, world: World) -> CheckReport:
        """What all checks find in this world; the rows are as they were before when it returns."""
        self._connection.execute("BEGIN")
        try:
            self._exchange(world)
            return checked(self._connection)
        finally:
            self._connection.execute("ROLLBACK")

    def _exchange(self, world: World) -> None:
        """Take away the rows that this world does not have, and put in those that it has besides."""
        pairs = [
            (old.rows, new.rows) for old, new in zip(self.world.trials, world.trials, strict=True) if old is not new
        ]
        pairs.append((list(self.world.books), list(world.books)))
        gone, come = RowSet(), RowSet()
        for old, new in pairs:
            kept = {id(row) for row in old} & {id(row) for row in new}
            gone.extend(row for row in old if id(row) not in kept)
            come.extend(row for row in new if id(row) not in kept)
        for row_class in {type(row) for row in gone}:
            table = table_of(row_class)
            same = " AND ".join(f"mine.{name} = gone.{name}" for name in table.key)
            self._connection.register("gone", arrow_table(table, gone.of(row_class)))
            self._connection.execute(f"DELETE FROM {table.qualified_name} AS mine USING gone WHERE {same}")
            self._connection.unregister("gone")
        write_rows(self._connection, come)


def told(report: CheckReport) -> Sequence[str]:
    """What failed or could not be evaluated, in lines for an error message."""
    failed = [f"{row.check_id} {row.trial_id or ''} {row.row_id or ''}: {row.message}" for row in report.failing]
    return failed + [f"{run.check_id} was not evaluated: {run.why}" for run in report.runs if run.why]
