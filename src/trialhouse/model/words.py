"""The states of runs, releases, checks and alerts."""

from enum import StrEnum


class RunStatus(StrEnum):
    """How a refresh run stands or ended."""

    RUNNING = "running"
    PUBLISHED = "published"
    UNCHANGED = "unchanged"
    BLOCKED = "blocked"
    FAILED = "failed"


class ReleaseStatus(StrEnum):
    """Whether a release may be read as current."""

    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


class CheckStatus(StrEnum):
    """The result of one run of one check."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_EVALUATED = "not_evaluated"


class AlertState(StrEnum):
    """Where in its life an alert is."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    WAIVED = "waived"
    RESOLVED = "resolved"
    REOPENED = "reopened"
