"""Passages with their marks, folded to a width."""

import sys
import textwrap
import unicodedata

from trialhouse.cli.folded import CONTROLS, WIDTH
from trialhouse.cli.styles import BOLD, DIM, REVERSE, UNDERLINE, is_styled, styled
from trialhouse.quality.passages import Passage
from trialhouse.terminal import terminal_width

BLAMED, OTHER = ("«", "»"), ("‹", "›")
"""What stands around the value that an alert is about, and around the other values of its row, without styles."""

_OPEN, _OPEN_OTHER, _CLOSE = "\ue000", "\ue001", "\ue002"
"""Private characters that stand for the marks while a text is folded; a document's own are shown as a space."""

_PRIVATE = str.maketrans(dict.fromkeys((_OPEN, _OPEN_OTHER, _CLOSE), " "))


def page_width() -> int:
    """Characters of a line at most: those of the terminal, and no more than read well."""
    return max(40, min(WIDTH, terminal_width(sys.stdout)))


def passage_lines(passage: Passage, width: int) -> list[str]:
    """A passage as lines, each as wide as told: its values marked, the sentences around it dim."""
    lines = [*folded(passage.before or "", width), *_marked(passage, width), *folded(passage.after or "", width)]
    before = len(folded(passage.before or "", width))
    within = len(_marked(passage, width))
    shown, opened = [], ""
    for number, line in enumerate(lines):
        if before <= number < before + within:
            text, length, opened = _with_marks_shown(line, opened)
        else:
            text, length = styled(line, DIM, when=is_styled()), _columns(line)
        shown.append(text + " " * (width - length))
    return shown


def folded(text: str, width: int) -> list[str]:
    """A text of a document as lines; none for an empty one. Wide characters, as Chinese ones, take two columns."""
    said = " ".join(CONTROLS.sub(" ", text).split())
    wide = _columns(said) - len(said)
    most = width if wide * 3 < len(said) else width // 2
    return textwrap.wrap(said, most, break_on_hyphens=False)


def _columns(text: str) -> int:
    return len(text) + sum(unicodedata.east_asian_width(character) in "WF" for character in text)


def _marked(passage: Passage, width: int) -> list[str]:
    """The text with a character before and after each mark, folded."""
    text = passage.text.translate(_PRIVATE)
    parts, last = [], 0
    for mark in passage.marks:
        parts += [
            text[last : mark.start],
            _OPEN if mark.is_blamed else _OPEN_OTHER,
            text[mark.start : mark.end],
            _CLOSE,
        ]
        last = mark.end
    return folded(f"“{''.join([*parts, text[last:]])}”", width - 1)


def _with_marks_shown(line: str, opened: str) -> tuple[str, int, str]:
    """A line with its marks shown, how many columns it takes, and the mark that goes on in the next line.

    Marks are in reverse and underlined where styles are shown, else between « » and ‹ ›. One that goes on is closed at
    the end of a line and opened again, so that nothing beside the passage is marked.
    """
    out, width = [], 0
    for character in f"{opened}{line}":
        if character in (_OPEN, _OPEN_OTHER):
            opened = character
            out.append(_begin(character))
        elif character == _CLOSE:
            out.append(_end(opened))
            opened = ""
        else:
            out.append(character)
            width += _columns(character)
            continue
        width += 0 if is_styled() else 1
    if opened:
        out.append(_end(opened))
        width += 0 if is_styled() else 1
    return "".join(out), width, opened


def _begin(mark: str) -> str:
    if is_styled():
        return f"\x1b[{';'.join((REVERSE, BOLD)) if mark == _OPEN else UNDERLINE}m"
    return (BLAMED if mark == _OPEN else OTHER)[0]


def _end(mark: str) -> str:
    return "\x1b[0m" if is_styled() else (BLAMED if mark == _OPEN else OTHER)[1]
