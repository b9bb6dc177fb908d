"""What titles are about: the words of a title that reports of any trial do not have."""

from collections.abc import Collection, Iterable

from trialhouse.resolution.profiles import acronym_key
from trialhouse.resolution.titles import letters

SHORTEST = 4
"""Letters of a word that says something; "HIV" and "hip" are told by the words around them."""

_OF_ANY_REPORT = frozenset(
    """
    trial trials study studies randomised randomized controlled control controls clinical placebo double blind blinded
    masked open label single centre center multicentre multicenter phase pilot feasibility pragmatic cluster crossover
    parallel group groups factorial prospective protocol rationale design results result outcome outcomes effect effects
    efficacy effectiveness safety tolerability analysis analyses subgroup secondary primary post exploratory planned
    evaluation economic cost utility qualitative process mediation substudy ancillary nested follow followed extended
    extension long longer term year years month months week weeks final interim updated update insights findings data
    report reports evidence impact role versus compared comparison comparing between among with without from after
    before during using used based through over under into within alongside patients participants people adults adult
    children adolescents women older treated treatment treatments therapy intervention interventions disease disorder
    syndrome acute chronic severe moderate mild early late care standard usual improve improves improved reduce reduces
    reduced does their this that plus related previously advanced combined combination novel large
    small first second line
    """.split()
)
"""Words of reports on trials of all kinds, and of people of all kinds."""


def words_about(titles: Iterable[str | None], names: Collection[str] = ()) -> frozenset[str]:
    """The words of titles that say what is reported, in the singular; those of the names of trials are none."""
    own = {part for name in names for part in (*letters(name).split(), acronym_key(name))}
    words = {word for title in titles if title for word in letters(title).split()} - own - _OF_ANY_REPORT
    return frozenset(_singular(word) for word in words if len(word) >= SHORTEST and not word.isdigit())


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and word[-2] not in "sui" else word


def in_words(words: Iterable[str]) -> str:
    """Words as a person reads them, in their order of the alphabet."""
    return ", ".join(f"“{word}”" for word in sorted(words))
