"""Changes of one trial as lines for people."""

from collections.abc import Sequence

from trialhouse.cli.folded import print_folded
from trialhouse.model.words import ChangeKind
from trialhouse.releases.change_words import LONGEST_NAME, by_cause, row_in_words, shortened, shown_and_counted
from trialhouse.releases.differences import Change, Difference


def print_changes(found: Difference, changes: Sequence[Change]) -> None:
    """The changes under their causes, and how many more there are of tables that follow from others."""
    shown, counted = shown_and_counted(changes, found.table_name)
    for (cause, detail), group in by_cause(shown):
        print_folded(f"{cause}: {detail}", 2)
        for change in group:
            print_folded(_in_words(found, change), 4)
    if counted:
        print_folded(counted, 2)


def _in_words(found: Difference, change: Change) -> str:
    row = f"{change.table_name} {shortened(found.name_of(change), LONGEST_NAME)}"
    if change.change is ChangeKind.CHANGED:
        return f"{row}: {change.column_name} {shortened(change.old_value)} → {shortened(change.new_value)}"
    return f"{row}: {change.change} ({row_in_words(change)})"
