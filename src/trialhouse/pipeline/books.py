"""The accounting of a run: what became of every record, by source and topic, with every cause."""

from collections.abc import Sequence

from trialhouse.model.tables import AccountingCauseRow, AccountingRow
from trialhouse.pipeline.ingest import BatchResult


def accounting(run_id: str, results: Sequence[BatchResult]) -> tuple[list[AccountingRow], list[AccountingCauseRow]]:
    """The accounting of a run by source and topic, with every cause; one that two topics have is told once."""
    groups: dict[tuple[str, str], list[BatchResult]] = {}
    for result in results:
        groups.setdefault((result.source, result.topic), []).append(result)
    rows = [_account(run_id, source, topic, group) for (source, topic), group in sorted(groups.items())]
    causes = {
        (result.source, cause.record_id, cause.stage): AccountingCauseRow(
            run_id=run_id,
            source=result.source,
            record_id=cause.record_id,
            stage=cause.stage,
            cause=cause.cause,
            is_explained=cause.is_explained,
        )
        for result in results
        for cause in result.causes
    }
    return rows, list(causes.values())


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
