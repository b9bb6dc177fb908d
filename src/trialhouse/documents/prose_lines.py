"""The lines of a record's prose while they are written, and the zones that they come to.

Every parser of records writes its prose this way: a line for the title, for each part of the abstract, for each
registration, so that the same rules find the same things whatever the format.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from trialhouse.documents.section_labels import section_of, split_labelled, starts_with_label
from trialhouse.model.document import Identifier, Section, Zone, ZoneKind
from trialhouse.text.flattening import Flattening
from trialhouse.text.lazy_patterns import lazy_compile

_LONGEST_LABEL = 70
_LABEL_LIKE = lazy_compile(r"[.!?)\]\d%]\s+[A-Z][^!?:;]*\Z")
_FIRST_LABEL = lazy_compile(r"[A-Z][^:]{0,70}:\s")

Fill = Callable[[Flattening], None]
"""Adds the words of a line, each with its place in the file."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the prose: its span, its kind, and of an abstract its section, label and language."""

    start: int
    end: int
    kind: ZoneKind
    section: Section = Section.UNASSIGNED
    label: str | None = None
    language: str | None = None


@dataclass
class ProseLines:
    """Prose under construction. `registered` holds the registrations that the record states, `elsewhere` the stretches
    in which other trials are spoken of: no registry id that stands only there is the document's.
    """

    words: Flattening
    lines: list[Line] = field(default_factory=list)
    registered: list[Identifier] = field(default_factory=list)
    elsewhere: list[tuple[int, int]] = field(default_factory=list)
    own_words: int | None = None

    def add(
        self,
        kind: ZoneKind,
        *fills: Fill,
        section: Section | None = None,
        label: str | None = None,
        language: str | None = None,
    ) -> tuple[int, int]:
        """Add a line of what the fills write; gives its span. With `label` its words begin with the label.

        The section is that of the label unless it is given.
        """
        if self.lines and self.lines[-1].end == self.words.length:
            self.words.separate("\n")
        start = self.words.length
        for fill in fills:
            fill(self.words)
        end = self.words.length
        if end > start:
            known = section or (section_of(label) if label else None) or Section.UNASSIGNED
            self.lines.append(Line(start, end, kind, known, label, language))
        return start, end

    def words_of(self, *fills: Fill) -> str:
        """What fills write, apart from the prose: to look it up there puts all that is written together each time."""
        words = Flattening(self.words.source)
        for fill in fills:
            fill(words)
        return words.text

    def own_words_end_here(self) -> None:
        """What follows (affiliations, copyright lines) names neither the document nor what it cites."""
        self.own_words = self.words.length

    def zones(self, text: str) -> tuple[Zone, ...]:
        """The zones of the lines: those of the body are cut at labels that stand within them."""
        return tuple(zone for line in self.lines for zone in zones_of(line, text))


def zones_of(line: Line, text: str) -> Iterator[Zone]:
    """The zones of one line; `text` is the prose."""
    words = text[line.start : line.end]
    if line.kind is not ZoneKind.BODY:
        yield _zone(line, 0, len(words), line.section, line.label)
        return
    if not _may_be_cut(words, len(line.label) + 2 if line.label else 0):
        yield _zone(line, 0, len(words), line.section, line.label)
        return
    first, *others = split_labelled(words, line.section, line.label)
    # Behind the label that the record gives, only words known as labels begin another section.
    cuts = [part for part in others if part.section is not Section.UNASSIGNED or line.label is None]
    own = (line.section, line.label) if line.label else (first.section, first.label)
    starts: Sequence[tuple[int, Section, str | None]] = [(0, *own), *((p.start, p.section, p.label) for p in cuts)]
    ends = [*(part.start for part in cuts), len(words)]
    for (start, section, label), end in zip(starts, ends, strict=True):
        bare = words[start:end]
        if bare.strip():
            yield _zone(line, start, start + len(bare.rstrip()), section, label)


def _may_be_cut(words: str, start: int) -> bool:
    """Whether labels may stand in a line behind its own one: at its very start, or before a colon within it.

    This is asked first because most lines have none, and to look for every label there is costs far more.
    """
    if start == 0 and (starts_with_label(words) or _FIRST_LABEL.match(words)):
        return True
    at = words.find(":", start)
    while at >= 0:
        if words[at + 1 : at + 2].isspace() and _LABEL_LIKE.search(words, max(start, at - _LONGEST_LABEL), at):
            return True
        at = words.find(":", at + 1)
    return False


def _zone(line: Line, start: int, end: int, section: Section, label: str | None) -> Zone:
    return Zone.unchecked(
        {
            "kind": line.kind,
            "start": line.start + start,
            "end": line.start + end,
            "section": section,
            "label": label,
            "language": line.language,
        }
    )
