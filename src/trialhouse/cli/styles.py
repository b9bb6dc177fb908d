"""Bold and colour for people at a terminal; elsewhere nothing but characters."""

import os
import sys
from typing import IO

BOLD, REVERSE, UNDERLINE, RED, YELLOW, DIM = "1", "7", "4", "31", "33", "2"


def is_styled(stream: IO[str] | None = None) -> bool:
    """Whether a stream (stdout by default) is a terminal that shows styles, and nobody asked for none (NO_COLOR)."""
    shown_on = stream or sys.stdout
    return shown_on.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def styled(text: str, *codes: str, when: bool) -> str:
    """A text in some styles, where they are shown."""
    return f"\x1b[{';'.join(codes)}m{text}\x1b[0m" if when and text and codes else text
