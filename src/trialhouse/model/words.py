"""The states of runs, releases, checks and alerts."""

from enum import StrEnum


class RunStatus(StrEnum):
    """How a refresh run stands or ended."""

    RUNNING = "running"
    PUBLISHED = "published"
    UNCHANGED = "unchanged"
    BLOCKED = "blocked"
    FAILED = "failed"


class MissedIntervals(StrEnum):
    """What a scheduled refresh makes of nights that were missed."""

    COALESCE = "coalesce"
    """One run for all of them."""
    CATCH_UP = "catch_up"
    """A run for each day, in order."""


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


class DecisionAction(StrEnum):
    """What a person did with an alert."""

    ACKNOWLEDGE = "acknowledge"
    WAIVE = "waive"
    RESOLVE = "resolve"
    REOPEN = "reopen"


class WaiverReason(StrEnum):
    """Why an alert is waived."""

    FALSE_POSITIVE = "false_positive"
    """The check is wrong about it."""
    ACCEPTED = "accepted"
    """It is as the check says, and may stay so."""
    SOURCE_ERROR = "source_error"
    """The source is wrong; what was read is what it says."""
    KNOWN_LIMITATION = "known_limitation"
    """We read it wrongly, and know that we do."""


class PairSubject(StrEnum):
    """What two things are that may be one."""

    DOCUMENT = "document"
    TRIAL = "trial"
    ARM = "arm"
    OUTCOME = "outcome"


class JudgementSubject(StrEnum):
    """What a judgement is about: two of these."""

    DOCUMENT = "document"
    TRIAL = "trial"


class Verdict(StrEnum):
    """What a person judged of two documents or trials."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"
    WITHDRAWN = "withdrawn"
    """As if nobody had judged them."""


class ChangeCause(StrEnum):
    """Why a row or cell of one release is not as it was in another."""

    RETRACTION = "RETRACTION"
    """A notice that retracts, questions or corrects a document came, or changed what its trial's evidence is worth."""
    NEW_DOCUMENT = "NEW_DOCUMENT"
    """A document came that the row, or else its trial, was read from."""
    DOCUMENT_GONE = "DOCUMENT_GONE"
    """A document went that the row, or else its trial, was read from."""
    SOURCE_CHANGED = "SOURCE_CHANGED"
    """The bytes of a document changed that the row, or else its trial, was read from."""
    JUDGEMENT = "JUDGEMENT"
    """No document explains it, and people judged otherwise: of a pair, or whose word is kept (config/trust.toml)."""
    VOCABULARY = "VOCABULARY"
    """The words stayed; what a vocabulary makes of them changed."""
    EXTRACTOR_VERSION = "EXTRACTOR_VERSION"
    """No document explains it, and the rules that read documents changed."""
    CODE_VERSION = "CODE_VERSION"
    """Nothing else explains it, and the code changed."""
    UNKNOWN = "UNKNOWN"
    """Nothing that is known of the two releases explains it."""


class ChangeKind(StrEnum):
    """What became of a row from one release to another."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
