"""The accounting of a run, in words and tables for people."""

from collections import Counter
from collections.abc import Sequence
from typing import IO

from trialhouse.model.tables import AccountingCauseRow, AccountingRow
from trialhouse.terminal import print_table

FIGURES = ("matched", "asked", "missing", "landed", "unchanged", "parsed", "dropped")
"""What is shown of each source; what was received is landed and unchanged together, and would not fit 80 columns."""

CAUSES_SHOWN = 5
"""Causes named one by one; more are counted by their word."""


def print_accounting(rows: Sequence[AccountingRow], stream: IO[str]) -> None:
    """A table a topic, a row a source: what matched, what was asked for, and what became of it."""
    for topic in dict.fromkeys(row.topic for row in rows):
        figures = [(row.source, *(getattr(row, figure) for figure in FIGURES)) for row in rows if row.topic == topic]
        if topic:
            print(f"Topic {topic}", file=stream)
        print_table(("source", *FIGURES), figures, stream)


def cause_lines(causes: Sequence[AccountingCauseRow], shown: int = CAUSES_SHOWN) -> list[str]:
    """Why records are missing or were dropped: each one, or the first few and a count by cause."""
    # What nobody explained comes first: it is what a person may have to do something about.
    ordered = sorted(causes, key=lambda cause: cause.is_explained)
    lines = [f"{cause.source} {cause.record_id} ({cause.stage}): {cause.cause}" for cause in ordered[:shown]]
    if len(causes) > shown:
        counts = Counter(cause.cause.partition(":")[0] for cause in causes)
        words = ", ".join(f"{number:,} {word}" for word, number in sorted(counts.items()))
        lines.append(f"… {len(causes):,} in all: {words} (`trialhouse status --json` names each)")
    return lines
