"""The accounting of a run: what became of every record, by source and topic, with every cause."""

from collections.abc import Sequence

from trialhouse.model.tables import AccountingCauseRow, AccountingRow
from trialhouse.pipeline.ingest import BatchResult, Cause


def accounting(run_id: str, results: Sequence[BatchResult]) -> tuple[list[AccountingRow], list[AccountingCauseRow]]:
    """The accounting of a run by source and topic, with every cause; one that two slices have is told once, with how
    often it is counted.
    """
    groups: dict[tuple[str, str], list[BatchResult]] = {}
    for result in results:
        groups.setdefault((result.source, result.topic), []).append(result)
    rows = [_account(run_id, source, topic, group) for (source, topic), group in sorted(groups.items())]
    causes: dict[tuple[str, str, str], list[Cause]] = {}
    for result in results:
        for cause in result.causes:
            causes.setdefault((result.source, cause.record_id, cause.stage), []).append(cause)
    return rows, [_cause(run_id, source, same) for (source, _, _), same in causes.items()]


def _cause(run_id: str, source: str, same: Sequence[Cause]) -> AccountingCauseRow:
    """What became of one record at one stage. What one slice could not explain, another does not explain away."""
    told = next((cause for cause in same if not cause.is_explained), same[0])
    return AccountingCauseRow(
        run_id=run_id,
        source=source,
        record_id=told.record_id,
        stage=told.stage,
        cause=told.cause,
        is_explained=told.is_explained,
        times=len(same),
    )


def _account(run_id: str, source: str, topic: str, group: Sequence[BatchResult]) -> AccountingRow:
    asked, received = sum(r.asked for r in group), sum(r.received for r in group)
    landed, parsed = sum(r.landed for r in group), sum(r.parsed for r in group)
    return AccountingRow(
        run_id=run_id,
        source=source,
        topic=topic,
        matched=sum(r.matched for r in group),
        asked=asked,
        received=received,
        missing=asked - received,
        landed=landed,
        unchanged=received - landed,
        parsed=parsed,
        dropped=received - parsed,
    )
