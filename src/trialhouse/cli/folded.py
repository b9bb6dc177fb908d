"""Lines for people, folded to a width that reads well."""

import re
import sys
import textwrap

from trialhouse.terminal import terminal_width

WIDTH = 100
"""Characters of a line at most; fewer on a narrower terminal."""

CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
"""Characters that a terminal may obey; texts are written by strangers."""


def print_folded(text: str, indent: int = 0) -> None:
    """A line on stdout; what does not fit goes on below, further in."""
    margin = " " * indent
    width = max(40, min(WIDTH, terminal_width(sys.stdout)))
    said = CONTROLS.sub(" ", text)
    # An id or a DOI is copied: it stays whole.
    lines = textwrap.wrap(said, width, initial_indent=margin, subsequent_indent=f"{margin}    ", break_on_hyphens=False)
    print("\n".join(lines or [""]))
