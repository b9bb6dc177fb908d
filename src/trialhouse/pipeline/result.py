"""What a refresh comes to, for the flow, the command line and tests alike."""

from collections.abc import Callable
from pathlib import Path

from pydantic import Field

from trialhouse.model.record import Record
from trialhouse.model.tables import AccountingCauseRow, AccountingRow, CheckRunRow
from trialhouse.model.words import RunStatus
from trialhouse.pipeline.incomplete import lacking
from trialhouse.releases.changes import TableChange

Progress = Callable[[str, int, int], None]
"""Told the stage, how much of it is done, and how much there is."""

DONE, FAILED, BLOCKED, INCOMPLETE = 0, 1, 3, 4
"""Exit codes: done, failed, publishing blocked by a check, done but an input was incomplete or could not be read."""


def silent(stage: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


class RefreshResult(Record):
    """The end of a refresh run. `sentences` say it to people; `counts` are the rows of the build by table.

    `release_folder` is that of the release that it published or left current, or that of the report of a build that was
    stopped. `held_sources` were incomplete: their rows are those of the release before. `check_runs` and `changes` are
    what its own checks and its own build came to, for whoever shows them: its JSON leaves them out.
    """

    run_id: str
    status: RunStatus
    release_id: str | None = None
    release_folder: Path | None = None
    sentences: tuple[str, ...] = ()
    accounting: tuple[AccountingRow, ...] = ()
    causes: tuple[AccountingCauseRow, ...] = ()
    held_sources: tuple[str, ...] = ()
    counts: dict[str, int] = {}
    open_alerts: int = 0
    check_runs: tuple[CheckRunRow, ...] = Field((), exclude=True)
    changes: tuple[TableChange, ...] = Field((), exclude=True)

    @property
    def exit_code(self) -> int:
        """The exit code of the command that ran it."""
        if self.status is RunStatus.BLOCKED:
            return BLOCKED
        if self.status is RunStatus.FAILED:
            return FAILED
        return INCOMPLETE if self.is_incomplete else DONE

    @property
    def is_incomplete(self) -> bool:
        """Whether something that was asked for did not come or could not be read, and nobody said why."""
        return bool(self.held_sources) or any(not cause.is_explained for cause in self.causes)

    @property
    def is_unanswered(self) -> bool:
        """Whether sources were asked and none of them gave anything, not even an answer that there is nothing."""
        asked = {row.source for row in self.accounting}
        return bool(asked) and not any(row.received for row in self.accounting) and asked <= lacking(self.causes)
