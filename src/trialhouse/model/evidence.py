"""Evidence: the exact characters that a value was read from."""

from trialhouse.model.record import Record


class Evidence(Record):
    """A stretch of a document's text and the words that stand there.

    `start` and `end` count characters of the document's text, end exclusive, so that
    `text[start:end] == quote`. A structured record (JSON, XML) also names the place by `locator`.
    """

    start: int
    end: int
    quote: str
    locator: str | None = None
    rule: str | None = None
    confidence: float | None = None

    @classmethod
    def of(
        cls, text: str, start: int, end: int, *, rule: str | None = None, confidence: float | None = None
    ) -> "Evidence":
        """Cut the evidence out of the text, so that quote and offsets cannot disagree."""
        quote = text[start:end]
        return cls.unchecked(
            {"start": start, "end": end, "quote": quote, "locator": None, "rule": rule, "confidence": confidence}
        )

    def holds_in(self, text: str) -> bool:
        """Whether the quote still is the text at its offsets."""
        return text[self.start : self.end] == self.quote and bool(self.quote)
