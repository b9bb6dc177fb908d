"""Lines for people, folded to a width that reads well."""

import sys
import textwrap

from trialhouse.terminal import terminal_width

WIDTH = 100
"""Characters of a line at most; fewer on a narrower terminal."""


def print_folded(text: str, indent: int = 0) -> None:
    """A line on stdout; what does not fit goes on below, further in."""
    margin = " " * indent
    width = max(40, min(WIDTH, terminal_width(sys.stdout)))
    print("\n".join(textwrap.wrap(text, width, initial_indent=margin, subsequent_indent=f"{margin}    ") or [""]))
