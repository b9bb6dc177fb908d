"""The ledger of numbers: every number of a results sentence ends as bound, typed, or a candidate."""

from trialhouse.extraction.elements import Said
from trialhouse.extraction.lexer import BINDABLE, Kind
from trialhouse.model.extraction import Candidate

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

    def __init__(self, text: str) -> None:
        self.text = text
        self.bound: set[int] = set()
        self.candidates: list[Candidate] = []

    def refuse(self, said: Said, reason: str) -> None:
        """Make every number of a sentence that could be a result and was not bound a candidate with this reason."""
        for number in said.numbers:
            if number.kind not in (*BINDABLE, Kind.P_VALUE, Kind.INTERVAL, Kind.EFFECT) or number.start in self.bound:
                continue
            self.add(number.kind, number.start, number.end, reason)

    def add(self, kind: Kind, start: int, end: int, reason: str) -> None:
        """Keep one number as a candidate: its own characters are the quote, so that each is found in its place."""
        self.candidates.append(
            Candidate.filled(kind=str(kind), start=start, end=end, quote=self.text[start:end], reason=reason)
        )
