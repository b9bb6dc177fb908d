"""The accounting of a run, in words and tables for people."""

from collections import Counter
from collections.abc import Sequence
from typing import IO

from trialhouse.model.tables import AccountingCauseRow, AccountingRow
from trialhouse.terminal import print_table

FIGURES = ("asked", "received", "missing", "landed", "unchanged", "parsed", "dropped")

CAUSES_SHOWN = 5
"""Causes named one by one; more are counted by their word."""


def print_accounting(rows: Sequence[AccountingRow], stream: IO[str]) -> None:
    """A row a source: what was asked for and what became of it."""
    if rows:
        print_table(("source", *FIGURES), [(row.source, *(getattr(row, f) for f in FIGURES)) for row in rows], stream)


def cause_lines(causes: Sequence[AccountingCauseRow], shown: int = CAUSES_SHOWN) -> list[str]:
    """Why records are missing or were dropped: each one, or the first few and a count by cause."""
    lines = [f"{cause.record_id} ({cause.stage}): {cause.cause}" for cause in causes[:shown]]
    if len(causes) > shown:
        counts = Counter(cause.cause.partition(":")[0] for cause in causes)
        words = ", ".join(f"{number:,} {word}" for word, number in sorted(counts.items()))
        lines.append(f"… {len(causes):,} in all: {words} (`trialhouse status --json` names each)")
    return lines
