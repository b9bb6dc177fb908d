"""What citations of reference managers (RIS, BibTeX) say in their own loose words: kind, identifiers, registrations."""

import re
from collections.abc import Mapping, Sequence
from typing import TypeVar

from trialhouse.documents.document_kind import notice_relation
from trialhouse.documents.prose_lines import Fill, ProseLines
from trialhouse.model.dates import first_day
from trialhouse.model.document import ZoneKind
from trialhouse.model.enums import DocumentKind, Relation
from trialhouse.model.identifiers import find_identifiers
from trialhouse.text.lazy_patterns import lazy_compile

Place = TypeVar("Place")

_PREPRINT = lazy_compile(r"\bpreprint|rxiv\b|\bresearch square\b|\bssrn\b", re.I)
_NOTICE = lazy_compile(r"\b(?:erratum|correction|corrigendum|retraction|expression of concern)\b", re.I)
_OTHER = lazy_compile(r"\b(?:editorial|letter|comment|note|news|book review|interview|obituary)\b", re.I)
_PAPERS = frozenset("jour jfull ejour mgzn article abst inpr cpaper conf inproceedings conference unpb".split())
_PMID = lazy_compile(r"(?:PMID|PubMed(?: ?ID)?)?\W{0,3}([1-9][0-9]{0,7})\s*", re.I)


def kind_words(type_name: str, more: str) -> str:
    """The words that tell a citation's kind: the type of the entry and what the exporter calls it."""
    return f"{type_name.lower()} {more}"


_TYPE_NAMES = {
    "conf": "conference proceeding",
    "cpaper": "conference paper",
    "inproceedings": "conference paper",
    "conference": "conference paper",
    "abst": "abstract",
}
"""Types of entries that say more than the kind of source that a record stands in, by the words of their format."""


def publication_types(type_name: str, *more: str) -> list[str]:
    """What a citation is called, in lower case: by its type of entry, and in the exporter's own words.

    "Conference Abstract; Randomized Controlled Trial" are two types; what looks like an identifier is none.
    """
    named = [_TYPE_NAMES.get(type_name.strip().lower(), "")]
    named += [" ".join(one.split()).lower() for words in more for one in re.split(r"[;.|]\s", f"{words} ")]
    return [one.rstrip(".;") for one in named if one and not re.search(r"\d", one)]


def citation_kind(
    words: str, title: str, journal: str, *, has_abstract: bool
) -> tuple[DocumentKind | None, Relation | None]:
    """The kind of a citation, and what it does as a notice; None for books, letters, and without an abstract."""
    notice = notice_relation(title, "")
    if notice is None and _NOTICE.search(words):
        notice = Relation.RETRACTION_OF if "retract" in words.lower() else Relation.ERRATUM_FOR
    if notice is not None:
        return DocumentKind.NOTICE, notice
    if _PREPRINT.search(f"{words} {journal}"):
        return DocumentKind.PREPRINT, None
    is_paper = words.split(" ", maxsplit=1)[0] in _PAPERS and not _OTHER.search(words)
    return (DocumentKind.ABSTRACT if is_paper and has_abstract else None), None


def own_identifiers(stated: Mapping[str, Sequence[tuple[str, Place]]]) -> dict[str, tuple[str, Place]]:
    """The document's own identifiers by scheme with their places, from the words that may hold each."""
    own: dict[str, tuple[str, Place]] = {}
    for scheme, candidates in stated.items():
        for words, place in candidates:
            found = next((one.value for one in find_identifiers(words) if one.scheme == scheme), None)
            if found is None and scheme == "pmid" and (number := _PMID.fullmatch(words)):
                found = number[1]
            if found is not None:
                own.setdefault(scheme, (found, place))
    return own


def registrations(lines: ProseLines, words: str, fill: Fill) -> None:
    """Add a note as a line where it names the id of a registry of trials."""
    if any(one.scheme == "registry" for one in find_identifiers(words)):
        start, _ = lines.add(ZoneKind.CITATION, fill)
        for one in find_identifiers(lines.words_of(fill)):
            if one.scheme == "registry":
                place = {"start": start + one.start, "end": start + one.end}
                lines.registered.append(one.model_copy(update=place))


def is_day(iso: str) -> bool:
    """Whether an ISO date that may stop at its month or year exists in the calendar."""
    try:
        first_day(iso)
    except ValueError:
        return False
    return True
