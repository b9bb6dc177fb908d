"""What is done now and then to a warehouse that runs for years: it is read anew, verified, and old releases go."""

import shutil

from trialhouse.pipeline.assignment import Assignment
from trialhouse.pipeline.clock import Clock, utc_now
from trialhouse.pipeline.lock import writing
from trialhouse.pipeline.planning import CORPUS
from trialhouse.pipeline.verification import Verification, verify
from trialhouse.releases.layout import Layout
from trialhouse.releases.prune import Pruning, plan_pruning, prune
from trialhouse.releases.publish import recover
from trialhouse.settings import Settings

WHAT_IS_LANDED = Assignment(sources=(CORPUS,))
"""A run that asks no source on the network: its release is made from what is landed."""


def forget_what_was_read(settings: Settings) -> None:
    """Throw away what was read from landed bytes, so that the release of this run reads every one of them anew.

    Nothing is lost by it. Call it under the writers' lock.
    """
    shutil.rmtree(Layout(settings.warehouse).derived, ignore_errors=True)


def verify_all(settings: Settings) -> Verification:
    """Compare all releases and all landed bytes with what was published and received; nothing is written."""
    return verify(Layout(settings.warehouse))


def prune_now(settings: Settings, keep: int, clock: Clock = utc_now) -> tuple[Pruning, tuple[str, ...]]:
    """Remove the files of all but the newest `keep` releases, the tagged and the current one; their rows stay.

    Returns what went, and what was put right before. Raises LockHeld, and ValueError where none would be kept.
    """
    if keep < 1:
        raise ValueError(f"keep is {keep}: give how many releases keep their files, 1 at least")
    layout = Layout(settings.warehouse)
    with writing(settings.warehouse, "releases prune"):
        recovered = recover(layout)
        pruning = plan_pruning(layout, keep)
        prune(layout, pruning, clock())
    return pruning, tuple(recovered.sentences)
