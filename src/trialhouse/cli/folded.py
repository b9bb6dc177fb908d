"""Lines for people, folded to a width that reads well."""

import re
import sys
import textwrap

from trialhouse.terminal import terminal_width

WIDTH = 100
"""Characters of a line at most; fewer on a narrower terminal."""

CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
"""Characters that a terminal may obey; texts are written by strangers."""


def print_labelled(label: str, text: str) -> None:
    """Words behind a label, on stdout; on a terminal what does not fit goes on below the words, between them."""
    width = max(40, terminal_width(sys.stdout)) - len(label)
    lines = textwrap.wrap(text, width, break_on_hyphens=False, break_long_words=False) or [""]
    print(label + f"\n{' ' * len(label)}".join(lines))


def print_folded(text: str, indent: int = 0) -> None:
    """A line on stdout; what does not fit goes on below, further in."""
    margin = " " * indent
    width = max(40, min(WIDTH, terminal_width(sys.stdout)))
    said = CONTROLS.sub(" ", text)
    # An id or a DOI is copied: it stays whole.
    lines = textwrap.wrap(said, width, initial_indent=margin, subsequent_indent=f"{margin}    ", break_on_hyphens=False)
    print("\n".join(lines or [""]))
