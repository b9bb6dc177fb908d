"""The accounting of a bulk load that landed or withdrew trial reports: a run like any other in `meta` of a release."""

import datetime
from collections.abc import Sequence

from trialhouse.model.tables import AccountingCauseRow, AccountingRow, RunRow
from trialhouse.model.words import RunStatus
from trialhouse.pipeline.bulk_result import BulkResult
from trialhouse.pipeline.derived import code_version
from trialhouse.pipeline.report_readings import SOURCE
from trialhouse.pipeline.runs import next_run_id
from trialhouse.pipeline.trial_reports import LandedReports
from trialhouse.pipeline.withdrawn_reports import Withdrawn
from trialhouse.releases.layout import Layout
from trialhouse.releases.run_files import RunFile, write_run
from trialhouse.settings import Settings

TOPIC = "load-pubmed"
"""The profile of the run, and the topic of its row."""


def keep_books(
    settings: Settings,
    result: BulkResult,
    withdrawn: Sequence[Withdrawn],
    began: datetime.datetime,
    ended: datetime.datetime,
) -> None:
    """Write the run of a load. It changes no release: the next refresh takes what was landed."""
    layout = Layout(settings.warehouse)
    layout.runs.mkdir(parents=True, exist_ok=True)
    run = RunRow(
        run_id=next_run_id(layout, began),
        started_at=began,
        finished_at=ended,
        profile=TOPIC,
        status=RunStatus.UNCHANGED,
        code_version=code_version(settings.root / "seeds"),
    )
    trials = result.trials or LandedReports()
    causes = [*_of_files(run.run_id, result), *_of_reports(run.run_id, trials), *_of_gone(run.run_id, withdrawn)]
    write_run(layout, RunFile(row=run, accounting=(_account(run.run_id, trials),), causes=tuple(causes)))


def _account(run_id: str, trials: LandedReports) -> AccountingRow:
    """The citations that passed the filter are what was asked for; those that name a trial are what came of them."""
    # What was left as it was fetched is there, and its bytes are the ones of the fetch.
    unchanged = trials.unchanged + trials.fetched
    received = trials.landed + unchanged
    return AccountingRow(
        run_id=run_id,
        source=SOURCE,
        topic=TOPIC,
        matched=trials.passed,
        asked=trials.passed,
        received=received,
        missing=trials.without_trial + trials.unreadable,
        landed=trials.landed,
        unchanged=unchanged,
        parsed=received,
        dropped=0,
    )


def _of_files(run_id: str, result: BulkResult) -> list[AccountingCauseRow]:
    """Files that were set aside, and records of files that are loaded now that are in the store's quarantine."""
    aside = [
        (file.file_name, "list", f"{file.reason}: {file.message}", 1) for file in result.files if file.is_set_aside
    ]
    refused = [
        (
            file.file_name,
            "parse",
            f"quarantined: so many records of {file.file_name} are in dq.quarantine of the store, with their reasons",
            file.books.citations_quarantined,
        )
        for file in result.files
        if file.state == "loaded" and file.books is not None and file.books.citations_quarantined
    ]
    # Two files of one name in different folders are told in one row.
    told = {(name, stage): (why, times) for name, stage, why, times in [*aside, *refused]}
    return [_cause(run_id, name, stage, why, times=times) for (name, stage), (why, times) in told.items()]


def _of_reports(run_id: str, trials: LandedReports) -> list[AccountingCauseRow]:
    """The reports that were not landed: those that name no trial in one row, those that nobody could read each."""
    why = "no_trial: so many citations passed the filter of trial reports and name no trial"
    filtered = [_cause(run_id, TOPIC, "fetch", why, times=trials.without_trial, is_explained=True)]
    unread = [_cause(run_id, str(pmid), "fetch", failure) for pmid, failure in trials.failures]
    return [*(filtered if trials.without_trial else []), *unread]


def _of_gone(run_id: str, withdrawn: Sequence[Withdrawn]) -> list[AccountingCauseRow]:
    return [_cause(run_id, str(one.pmid), "land", one.why, is_explained=True) for one in withdrawn]


def _cause(
    run_id: str, record_id: str, stage: str, cause: str, *, times: int = 1, is_explained: bool = False
) -> AccountingCauseRow:
    return AccountingCauseRow(
        run_id=run_id,
        source=SOURCE,
        record_id=record_id,
        stage=stage,
        cause=cause,
        is_explained=is_explained,
        times=times,
    )
