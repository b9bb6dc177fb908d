"""Whether two sides are on subjects with nothing in common: on other treatments, other conditions, in other words.

A side that does not say a thing contradicts nobody by it. One treatment may have two names and one condition may be
worded in two ways: so all has to differ, and neither text may speak of the other's subject.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from trialhouse.resolution.profiles import (
    Profile,
    Sizes,
    acronym_key,
    drugs_meet,
    profile_of,
    sizes_of,
    treatments,
)
from trialhouse.resolution.reading import Mention
from trialhouse.resolution.short_names import is_named_in
from trialhouse.resolution.title_words import words_about

TELLING = 2
"""So many words of a title say what it is about; a text that has so many of them may be on the same."""

_TEXT_READ = 20_000


@dataclass(frozen=True)
class Subject:
    """What the documents of one side are about; their texts are read last, and only where all else differs."""

    mentions: Sequence[Mention]

    @cached_property
    def sizes(self) -> Sizes:
        """How many participants they count or plan."""
        return sizes_of(self.mentions)

    @cached_property
    def treatments(self) -> frozenset[str]:
        """What is tested, as far as its name tells anything ("surgery", and not "without")."""
        return frozenset(name for name in treatments(self.mentions) if words_about([name]))

    @cached_property
    def conditions(self) -> tuple[str, ...]:
        """The conditions, as they are written."""
        return tuple(dict.fromkeys(name for one in self.mentions for name in one.claims.trial.conditions))

    @cached_property
    def titles(self) -> frozenset[str]:
        """The telling words of the titles, without the names of trials."""
        names = [one.claims.trial.acronym for one in self.mentions]
        return words_about(
            [one.document.title for one in self.mentions], [name for name in names if name and acronym_key(name)]
        )

    @cached_property
    def about(self) -> frozenset[str]:
        """The telling words of titles and conditions."""
        return self.titles | words_about(self.conditions)

    @cached_property
    def profile(self) -> Profile:
        """All that is said of the trial."""
        return profile_of(self.mentions)

    @cached_property
    def text(self) -> str:
        """The beginnings of the texts, each below its title."""
        return " ".join(f"{one.document.title or ''} {one.document.text[:_TEXT_READ]}" for one in self.mentions)

    @cached_property
    def is_in_english(self) -> bool:
        """Whether words can be compared: those of another language are other words."""
        return all((one.document.language or "en").casefold().startswith("en") for one in self.mentions)

    def has_name_of(self, other: "Subject") -> bool:
        """Whether the texts have the short name of the other side's trial."""
        names = {one.claims.trial.acronym for one in other.mentions}
        return any(is_named_in(self.text, name) for name in names if name)

    def speaks_of(self, other: "Subject") -> bool:
        """Whether the texts name what the other side tests, or two words of its titles."""
        told = self.text.casefold()
        return any(name in told for name in other.treatments) or len(other.titles & words_about([self.text])) >= TELLING


def other_subjects(one: Subject, other: Subject) -> list[str]:
    """What says that two sides are on different treatments and on different conditions; nothing where only one does.

    A condition that was not read stands in the title, where that says what it is about.
    """
    if not (one.treatments and other.treatments) or drugs_meet(one.treatments, other.treatments):
        return []
    if min(len(one.titles), len(other.titles)) < TELLING or one.about & other.about:
        return []
    if not (one.is_in_english and other.is_in_english) or one.speaks_of(other) or other.speaks_of(one):
        return []
    if one.profile.conditions.meet(other.profile.conditions):
        return []
    drugs = f"different drugs ({_said(one.treatments)}; {_said(other.treatments)})"
    if one.conditions and other.conditions:
        return [drugs, f"different conditions ({_said(one.conditions)}; {_said(other.conditions)})"]
    return [drugs, "titles that have no telling word in common"]


def _said(names: Iterable[str]) -> str:
    return ", ".join(sorted(names))
