"""The evidence on two records in a sentence for a person."""

from trialhouse.resolution.duplicates.evidence import Evidence
from trialhouse.resolution.duplicates.names import Authorship
from trialhouse.resolution.duplicates.pages import Sameness
from trialhouse.resolution.duplicates.titles import Likeness

_TITLE_WORDS = {
    Likeness.NEAR: "near-equal title",
    Likeness.CONTAINED: "one title is a part of the other",
    Likeness.SIMILAR: "similar title",
    Likeness.DIFFERENT: "other title",
    Likeness.MISSING: "a title is missing",
}


def sentence(found: Evidence) -> str:
    """The evidence for a person: "same title, authors and year; volume 12 against 12; pages 73-76"."""
    left, right = found.left, found.right
    same = [
        word
        for word, holds in (
            ("authors", found.authors is Authorship.SAME),
            ("year", found.year is Sameness.SAME),
            ("journal", found.journal is True),
            ("DOI", found.doi is Sameness.SAME),
            ("PubMed id", found.pmid is Sameness.SAME),
            ("abstract", found.abstract is Sameness.SAME),
        )
        if holds
    ]
    if found.title.likeness is Likeness.EQUAL:
        same.insert(0, "title")
    said = [f"same {listed(same)}"] if same else []
    if found.title.likeness is not Likeness.EQUAL:
        said.insert(0, _TITLE_WORDS[found.title.likeness])
    if found.title.look_alike:
        said.append(" against ".join(found.title.look_alike))
    if found.authors in (Authorship.OTHER, Authorship.PARTLY):
        said.append("authors partly" if found.authors is Authorship.PARTLY else "other authors")
    for word, holds, a, b in (
        ("year", found.year, left.year, right.year),
        ("volume", found.volume, left.volume, right.volume),
        ("pages", found.pages, left.pages, right.pages),
        ("DOI", found.doi, left.doi, right.doi),
    ):
        if holds in (Sameness.OTHER, Sameness.NEAR) or (holds is Sameness.SAME and word in ("volume", "pages")):
            said.append(f"{word} {a}" if a == b else f"{word} {a} against {b}")
    if found.journal is False:
        said.append(f"journal {left.journal} against {right.journal}")
    if found.abstract is Sameness.OTHER:
        said.append("other abstracts")
    return "; ".join(said) or "nothing in common"


def listed(words: list[str]) -> str:
    """Words as people list them: "title, authors and year"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
