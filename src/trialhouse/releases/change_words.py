"""Changes in words: what a report of a difference shows of a row that came or went, and of what it only counts."""

import json
from collections import Counter
from collections.abc import Iterable

from trialhouse.model.tables import TABLES
from trialhouse.model.words import ChangeCause, ChangeKind
from trialhouse.releases.differences import Change

COUNTED = ("evidence", "document_texts", "candidates", "trial_keys")
"""Tables whose rows follow from those of others: reports for people count them, unless one of them is asked for."""

LONGEST = 160
"""Characters of a value that a report shows."""

LONGEST_NAME = 80
"""Characters of a row's name that a report shows."""

ORDER = {table.name: position for position, table in enumerate(TABLES)}


def shown_and_counted(changes: Iterable[Change], table: str | None = None) -> tuple[list[Change], str]:
    """The changes that a report shows, tables in the declared order, and a sentence on those that it only counts."""
    changes = list(changes)
    counted = Counter(c.table_name for c in changes if c.table_name in COUNTED and c.table_name != table)
    shown = [change for change in changes if change.table_name not in counted]
    shown.sort(key=lambda change: ORDER[change.table_name])
    words = ", ".join(f"{number:,} of {name}" for name, number in sorted(counted.items()))
    return shown, f"Not listed here: {words}." if words else ""


def by_cause(changes: Iterable[Change]) -> list[tuple[tuple[ChangeCause, str], list[Change]]]:
    """Changes under the cause and sentence that they share, in the order of the first of each."""
    found: dict[tuple[ChangeCause, str], list[Change]] = {}
    for change in changes:
        found.setdefault((change.cause, change.cause_detail), []).append(change)
    return list(found.items())


def shortened(text: str | None, longest: int = LONGEST) -> str:
    """A value for a report, on one line: long ones are cut, null is a dash."""
    if text is None:
        return "–"
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1] + "…"


def row_in_words(change: Change) -> str:
    """What a row that came or went said: its columns that hold something, without ids."""
    row = json.loads((change.new_value if change.change is ChangeKind.ADDED else change.old_value) or "{}")
    said = [
        f"{name} {_plain(value)}"
        for name, value in row.items()
        if value not in (None, False, [], "") and not name.endswith("_id") and name not in ("sha256", "fetched_at")
    ]
    return shortened(", ".join(said))


def _plain(value: object) -> str:
    return " and ".join(map(str, value)) if isinstance(value, list) else str(value)
