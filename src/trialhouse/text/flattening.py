"""Building prose out of a marked-up text, stretch by stretch, while keeping where each stretch came from."""

from dataclasses import dataclass, field

Stretch = tuple[int, int, int, str | None]
"""Start in the prose, start and end in the source, and the place (an XML or JSON path) that it stands in."""


@dataclass
class Flattening:
    """Prose under construction. Offsets of the source count its characters, end exclusive."""

    source: str
    _parts: list[str] = field(default_factory=list)
    _stretches: list[Stretch] = field(default_factory=list)
    length: int = 0

    def copy(self, start: int, end: int, locator: str | None = None) -> None:
        """Add characters of the source as they are."""
        self._add(self.source[start:end], start, end, locator)

    def stand_for(self, words: str, start: int, end: int, locator: str | None = None) -> None:
        """Add words that a stretch of the source stands for: the character of an entity or of an escape."""
        self._add(words, start, end, locator)

    def separate(self, words: str) -> None:
        """Add words that the source does not have: a line end between two parts, a label's colon."""
        self._add(words, 0, 0, None)

    @property
    def text(self) -> str:
        """The prose so far."""
        return "".join(self._parts)

    @property
    def stretches(self) -> tuple[Stretch, ...]:
        """Where each stretch of the prose came from, in order."""
        return tuple(self._stretches)

    def _add(self, words: str, start: int, end: int, locator: str | None) -> None:
        if words:
            self._stretches.append((self.length, start, end, locator))
            self._parts.append(words)
            self.length += len(words)
