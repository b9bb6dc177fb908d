"""How numbers get into documents: rounded and written as journals and registries do, at offsets that are true."""

import math
import random
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from trialhouse.model.evidence import Evidence


@dataclass(frozen=True)
class Style:
    """The habits of one journal or registry: decimal mark, minus sign, decimals of percentages and ratios, p-values.

    `p_style` is 'journal' (two decimals, three below 0.01), 'exact' (four), 'stars' (only bounds) or 'package' (three
    decimals whatever the number, so that a small one is 0.000).
    """

    mark: str = "."
    minus: str = "-"
    percent_digits: int = 1
    ratio_digits: int = 2
    extra_digits: int = 0
    p_style: str = "journal"
    p_word: str = "P"
    spaced: bool = False
    is_unsigned: bool = False

    def number(self, value: float, digits: int) -> str:
        """A number rounded half up, as it is written."""
        rounded = round_half_up(value, digits)
        text = f"{abs(rounded):.{max(digits, 0)}f}".replace(".", self.mark)
        return self.minus + text if rounded < 0 else text

    def p_value(self, p: float) -> tuple[str, str, float]:
        """A p-value as written, its modifier and its number."""
        modifier, number = self._p_number(p)
        space = " " if self.spaced else ""
        raw = f"{self.p_word}{space}{modifier}{space}{number.replace('.', self.mark)}"
        return raw, modifier, float(number)

    def _p_number(self, p: float) -> tuple[str, str]:
        if self.p_style == "stars":
            return next((("<", f"{bound:g}") for bound in (0.001, 0.01, 0.05) if p < bound), (">", "0.05"))
        if self.p_style == "package":
            return "=", f"{round_half_up(p, 3):.3f}"
        least = 0.0001 if self.p_style == "exact" else 0.001
        if p < least:
            return "<", f"{least:.{4 if self.p_style == 'exact' else 3}f}"
        if p > 0.99:
            return ">", "0.99"
        digits = 4 if self.p_style == "exact" else 3 if p < 0.01 else 2
        # A p-value just below 0.05 is not rounded up to it.
        if digits == 2 and 0.045 <= p < 0.05:
            digits = 3
        return "=", f"{round_half_up(p, digits):.{digits}f}"


REGISTRY = Style(percent_digits=1, ratio_digits=3, extra_digits=1, p_style="exact", p_word="")


def journal_style(rng: random.Random) -> Style:
    """The style of a journal, drawn at random."""
    return Style(
        mark=rng.choice([".", ".", ".", "·", ","]),
        minus=rng.choice(["−", "-", "–"]),
        percent_digits=rng.choice([0, 1, 1, 1, 2]),
        ratio_digits=rng.choice([2, 2, 2, 3]),
        p_style=rng.choice(["journal", "journal", "exact", "stars", "package"]),
        p_word=rng.choice(["P", "p"]),
        spaced=rng.random() < 0.5,
        is_unsigned=rng.random() < 0.1,
    )


def round_half_up(value: float, digits: int) -> float:
    """A number rounded as people round, halves away from zero; its digits are those that it shows."""
    if math.isinf(value):
        return value
    step = Decimal(1).scaleb(-digits)
    return float(Decimal(repr(value)).quantize(step, rounding=ROUND_HALF_UP)) + 0.0


class Page:
    """A document's text as it is written, sentence by sentence; what was said is evidence with true offsets."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0

    def say(self, sentence: str, *, locator: str | None = None, end: str = " ") -> Evidence:
        """Write a sentence and return it as evidence."""
        start = self._length
        self._parts += [sentence, end]
        self._length += len(sentence) + len(end)
        return Evidence(start=start, end=start + len(sentence), quote=sentence, locator=locator)

    def cell(self, path: str, value: object) -> Evidence:
        """Write one cell of a registry record, and return its value as evidence."""
        self.say(f'"{path}":')
        return self.say(f'"{value}"', locator=path, end=",\n")

    @property
    def text(self) -> str:
        return "".join(self._parts)
