"""The gate: whether a build with this report may be published, and how a terminal says so."""

from collections import Counter
from dataclasses import dataclass

from trialhouse.model.enums import Severity
from trialhouse.model.words import CheckStatus
from trialhouse.quality.run import NO_LAST_RELEASE, CheckReport


@dataclass(frozen=True)
class Decision:
    """Whether to publish, and the sentence that says why."""

    may_publish: bool
    sentence: str


def decide(report: CheckReport) -> Decision:
    """A row that fails a check of severity block stops publishing; so does such a check that could not be run.

    The one exception is a check that compares with the last release when there is none: a first release is published.
    """
    reasons = [
        f"{check_id} ({count} {'row' if count == 1 else 'rows'})"
        for check_id, count in sorted(Counter(row.check_id for row in report.blocking).items())
    ]
    reasons += [f"{check_id} (could not be run: {why})" for check_id, why in _broken_blockers(report)]
    if reasons:
        return Decision(False, f"Publishing is blocked by {', '.join(reasons)}.")
    return Decision(True, _passing_sentence(report))


def _broken_blockers(report: CheckReport) -> list[tuple[str, str]]:
    blockers = {check.check_id for check in report.checks if check.severity == Severity.BLOCK}
    return [
        (run.check_id, run.why or "")
        for run in report.runs
        if run.status == CheckStatus.NOT_EVALUATED and run.check_id in blockers and run.why != NO_LAST_RELEASE
    ]


def _passing_sentence(report: CheckReport) -> str:
    statuses = Counter(run.status for run in report.runs)
    rows = Counter({severity: len(report.failing_of(severity)) for severity in Severity})
    parts = [f"{statuses[CheckStatus.PASSED]} of {len(report.runs)} checks passed"]
    parts += [
        f"{rows[severity]} {'row' if rows[severity] == 1 else 'rows'} of severity {severity.value}"
        for severity in (Severity.ERROR, Severity.WARN, Severity.INFO)
        if rows[severity]
    ]
    if statuses[CheckStatus.NOT_EVALUATED]:
        parts.append(f"{statuses[CheckStatus.NOT_EVALUATED]} not evaluated")
    return ", ".join(parts) + "; nothing blocks publishing."
