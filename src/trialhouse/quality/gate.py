"""The gate: whether a build with this report may be published, and how a terminal says so."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from trialhouse.model.enums import Severity
from trialhouse.model.words import CheckStatus
from trialhouse.quality.alerts import fingerprint_of
from trialhouse.quality.run import NO_LAST_RELEASE, CheckReport
from trialhouse.quality.set_aside import SetAside


@dataclass(frozen=True)
class Decision:
    """Whether to publish, and the sentence that says why; `other_reasons` not to are those that are no alerts."""

    may_publish: bool
    sentence: str
    other_reasons: tuple[str, ...] = ()


def decide(
    report: CheckReport, waived: Collection[str] = (), set_aside: Sequence[SetAside] = (), broken: Sequence[str] = ()
) -> Decision:
    """A row that fails a check of severity block stops publishing, unless its alert is waived: `waived` are the
    fingerprints of those. So does such a check that could not be run, a table that would lose too much to quarantine,
    and a check whose rows are not there to be taken, or that fails once others are: those are `broken`.

    The one exception is a check that compares with the last release when there is none: a first release is published.
    """
    blocking = [row.check_id for row in report.blocking if fingerprint_of(row) not in waived]
    reasons = [f"{check_id} ({_rows(count)})" for check_id, count in sorted(Counter(blocking).items())]
    others = [f"{check_id} (could not be run: {why})" for check_id, why in _broken_blockers(report)]
    others += [
        f"quarantine ({_rows(part.number)} of the {part.of:,} of {part.table_name} would be set aside)"
        for part in set_aside
        if part.is_too_much
    ]
    others += [f"{check_id} (its rows could not be set aside whole)" for check_id in broken]
    if reasons or others:
        return Decision(False, f"Publishing is blocked by {', '.join([*reasons, *others])}.", tuple(others))
    return Decision(True, _passing_sentence(report, len(report.blocking), sum(part.number for part in set_aside)))


def _broken_blockers(report: CheckReport) -> list[tuple[str, str]]:
    blockers = {check.check_id for check in report.checks if check.severity == Severity.BLOCK}
    return [
        (run.check_id, run.why or "")
        for run in report.runs
        if run.status == CheckStatus.NOT_EVALUATED and run.check_id in blockers and run.why != NO_LAST_RELEASE
    ]


def _passing_sentence(report: CheckReport, waived: int, set_aside: int) -> str:
    statuses = Counter(run.status for run in report.runs)
    rows = Counter({severity: len(report.failing_of(severity)) for severity in Severity})
    parts = [f"{statuses[CheckStatus.PASSED]} of {len(report.runs)} checks passed"]
    if waived:
        parts.append(f"{_rows(waived)} of severity block waived")
    parts += [
        f"{_rows(rows[severity])} of severity {severity.value}"
        for severity in (Severity.ERROR, Severity.WARN, Severity.INFO)
        if rows[severity]
    ]
    if set_aside:
        parts.append(f"{set_aside:,} set aside in quarantine")
    if statuses[CheckStatus.NOT_EVALUATED]:
        parts.append(f"{statuses[CheckStatus.NOT_EVALUATED]} not evaluated")
    return ", ".join(parts) + "; nothing blocks publishing."


def _rows(number: int) -> str:
    return f"{number:,} {'row' if number == 1 else 'rows'}"
