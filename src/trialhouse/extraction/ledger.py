"""The ledger of numbers: every number of a results sentence ends as bound, typed, or a candidate."""

from collections.abc import Collection

from trialhouse.extraction.elements import Said
from trialhouse.extraction.lexer import BINDABLE, Kind
from trialhouse.model.extraction import Candidate

REFUSED = (*BINDABLE, Kind.P_VALUE, Kind.INTERVAL, Kind.EFFECT)
"""The kinds of numbers that are results, and candidates where nothing has bound them."""
MARGIN = 240
"""Characters kept on each side of a number whose sentence is too long to quote."""
LONGEST_QUOTE = 700


def quote_span(sentence: tuple[int, int], first: int, last: int) -> tuple[int, int]:
    """The stretch that proves a number: its sentence, or of a very long one what stands around it."""
    start, end = sentence
    if end - start <= LONGEST_QUOTE:
        return start, end
    return max(start, first - MARGIN), min(end, max(last, first + 1) + MARGIN)


class Ledger:
    """The offsets of numbers that were bound, and the candidates that were not."""

    def __init__(self, text: str, given: Collection[tuple[float, str | None]] = ()) -> None:
        self.text = text
        self.given = given
        """The doses of the arms, each with its unit: said again in results they are no results."""
        self.bound: set[int] = set()
        self.candidates: list[Candidate] = []

    def refuse(self, said: Said, reason: str, *, doses: bool = False) -> None:
        """Make every number of a sentence that could be a result and was not bound a candidate with this reason.

        With `doses` those that no arm is given too: what looks like a dose can be the amount of something measured.
        """
        for number in said.numbers:
            ungiven = doses and number.kind is Kind.DOSE and (number.value, number.unit) not in self.given
            if (number.kind in REFUSED or ungiven) and number.start not in self.bound:
                self.add(number.kind, number.start, number.end, reason)

    def add(self, kind: Kind, start: int, end: int, reason: str) -> None:
        """Keep one number as a candidate: its own characters are the quote, so that each is found in its place."""
        self.candidates.append(
            Candidate.filled(kind=str(kind), start=start, end=end, quote=self.text[start:end], reason=reason)
        )
