"""The accounting of a run, in words and tables for people."""

from collections import Counter
from collections.abc import Sequence
from typing import IO

from trialhouse.model.tables import AccountingCauseRow, AccountingRow
from trialhouse.terminal import print_table

FIGURES = ("matched", "asked", "received", "missing", "landed", "unchanged", "parsed", "dropped")

CAUSES_SHOWN = 5
"""Causes named one by one; more are counted by their word."""


def print_accounting(rows: Sequence[AccountingRow], stream: IO[str]) -> None:
    """A row a source and topic: what matched, what was asked for, and what became of it."""
    if rows:
        figures = [(row.source, row.topic, *(getattr(row, f) for f in FIGURES)) for row in rows]
        print_table(("source", "topic", *FIGURES), figures, stream)


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
