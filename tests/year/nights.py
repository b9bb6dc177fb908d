"""A year of nightly refreshes by the plain function, with a clock that is told the time; what each night came to."""

import datetime
import os
import random
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from tests.year.calendar_of_nights import DECIDED, MIGRATED, PRUNED, ROUND, Year, day_of, is_killed, is_off
from tests.year.older_ledger import take_back
from trialhouse.model.tables import AlertDecisionRow, AlertRow, JudgementRow
from trialhouse.model.words import DecisionAction, JudgementSubject, Verdict
from trialhouse.pipeline import Assignment, RefreshResult, due, refresh
from trialhouse.pipeline.alert_books import live_alerts
from trialhouse.pipeline.judging import judge
from trialhouse.pipeline.lock import writing
from trialhouse.quality.decisions import Decisions, decision_on
from trialhouse.releases.catalog import Release, find_release
from trialhouse.releases.layout import Layout
from trialhouse.releases.prune import plan_pruning, prune
from trialhouse.settings import Settings
from trialhouse.store.connection import release_reader

CHECKOUT = Path(__file__).parents[2]
KEPT = 5
"""Releases that a pruning keeps."""

LAST_CHANGE = 60
"""A killed refresh dies at one of its first so many changes of files; a night with fewer ends whole."""


@dataclass(frozen=True)
class Night:
    """What became of a night. `trial_of` is the trial of each registry number in the release that is current then,
    `ids` the id of everything that the release has: of arms by trial and label, of outcomes by trial and measure, of
    documents by what their source calls them. `rows` are the rows that it carries, those that ended included.
    `moved_bytes` are those that its refresh read from files and wrote to them: the work of a night, without a clock.
    """

    night: int
    result: RefreshResult
    seconds: float
    cpu_seconds: float
    moved_bytes: int
    warehouse_bytes: int
    release_bytes: int
    rows: int
    trial_of: dict[str, str]
    ids: dict[tuple[str, ...], str]
    was_killed: bool


@dataclass
class Sleeper:
    """Whoever runs the nights of a year on one warehouse; `environ` names the configuration, for other processes."""

    year: Year
    settings: Settings
    environ: dict[str, str]

    def __post_init__(self) -> None:
        self.decisions: list[AlertDecisionRow | JudgementRow] = []
        self._chance = random.Random(self.year.seed)

    def run(self, night: int) -> Night | None:
        """The night's changes, then its refresh; None where the machine is off."""
        self.year.dawn(night)
        if is_off(night):
            return None
        moment = datetime.datetime.combine(day_of(night), datetime.time(2, 30), datetime.UTC)
        if night % ROUND == MIGRATED and night < ROUND:
            assert take_back(Layout(self.settings.warehouse)) > 0
        was_killed = is_killed(night) and self._killed(moment)
        started, started_cpu, moved = time.perf_counter(), time.process_time(), _moved_bytes()
        # A schedule of half past two starts it: by `coalesce` there is one run, for all days that are not done.
        (assignment,) = due(self.settings, Assignment(), moment, moment)
        result = refresh(self.settings, assignment, clock=lambda: moment)
        seconds, cpu_seconds = time.perf_counter() - started, time.process_time() - started_cpu
        moved = _moved_bytes() - moved
        release = find_release(self.settings.warehouse, None)
        if night % ROUND == DECIDED:
            self._decide(release, moment)
        if night % ROUND == PRUNED:
            with writing(self.settings.warehouse, "prune"):
                layout = Layout(self.settings.warehouse)
                prune(layout, plan_pruning(layout, KEPT), moment)
        return Night(
            night=night,
            result=result,
            seconds=seconds,
            cpu_seconds=cpu_seconds,
            moved_bytes=moved,
            warehouse_bytes=_bytes(self.settings.warehouse),
            release_bytes=_bytes(release.place),
            rows=_rows(release),
            trial_of=_trials(release),
            ids=_ids(release),
            was_killed=was_killed,
        )

    def _killed(self, moment: datetime.datetime) -> bool:
        """Whether a refresh of the night was killed before its end."""
        kill_at = self._chance.randint(1, LAST_CHANGE)
        command = [sys.executable, "-m", "tests.year.killed_night"]
        ended = subprocess.run(
            [*command, str(self.settings.warehouse), moment.isoformat(), str(kill_at)],
            cwd=CHECKOUT,
            env=os.environ | self.environ,
            capture_output=True,
            text=True,
            check=False,
            start_new_session=True,
        )
        assert ended.returncode in (0, -9), ended.stderr
        return ended.returncode == -9

    def _decide(self, release: Release, moment: datetime.datetime) -> None:
        """Somebody acknowledges the first alert that is open, and says of two trials that they are different."""
        layout = Layout(self.settings.warehouse)
        alerts = live_alerts(layout, release, today=moment.date()).books.alerts
        opened = [alert for alert in alerts if _is_open(alert)]
        if opened:
            first = min(opened, key=lambda alert: alert.alert_id)
            decision = decision_on(first, DecisionAction.ACKNOWLEDGE, actor="ada", now=moment, comment="I look at it")
            Decisions(layout.decisions).add([decision])
            self.decisions.append(decision)
        one, other = sorted(_trials(release))[-2:]
        self.decisions.append(
            judge(
                layout,
                release,
                JudgementSubject.TRIAL,
                (one, other),
                Verdict.DIFFERENT,
                actor="bela",
                comment="Two drugs",
                now=moment,
                seeds=self.settings.root / "seeds",
            )
        )


def _is_open(alert: AlertRow) -> bool:
    return alert.state in ("open", "reopened")


def _trials(release: Release) -> dict[str, str]:
    with release_reader(release.database) as connection:
        return dict(connection.execute("SELECT registry_id, trial_id FROM trials ORDER BY registry_id").fetchall())


IDS = """
SELECT 'arm', registry_id, label, arm_id FROM arms JOIN trials USING (trial_id)
UNION ALL
SELECT 'outcome', registry_id, concat_ws('|', measure, time_frame, population, subgroup), outcome_id
FROM outcomes JOIN trials USING (trial_id)
UNION ALL
SELECT 'document', source, coalesce(pmid, doi, url), document_id FROM documents
"""


def _ids(release: Release) -> dict[tuple[str, ...], str]:
    with release_reader(release.database) as connection:
        return {row[:3]: row[3] for row in connection.execute(IDS).fetchall()}


def _rows(release: Release) -> int:
    with release_reader(release.database) as connection:
        (found,) = connection.execute("SELECT sum(estimated_size) FROM duckdb_tables() WHERE NOT internal").fetchone()
    return int(found)


def _moved_bytes() -> int:
    """The bytes that this process ever read from files and wrote to them, cached or not; sockets do not count."""
    counted = dict(line.split(": ") for line in Path("/proc/self/io").read_text().splitlines())
    return int(counted["rchar"]) + int(counted["wchar"])


def _bytes(folder: Path) -> int:
    """What a folder takes on disk, in bytes; a file of several names is counted once."""
    files = {(stat.st_dev, stat.st_ino): stat.st_size for path in folder.rglob("*") if (stat := path.lstat())}
    return sum(files.values())
