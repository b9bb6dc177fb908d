"""What a document is to a trial: its registration, protocol, main results, further results, or news of it."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from trialhouse.model.document import Document
from trialhouse.model.enums import DocumentKind, Relation, TrialRole
from trialhouse.resolution.paper_sizes import counted, is_about, is_of_a_part, registered_size
from trialhouse.resolution.presentations import type_of_meeting
from trialhouse.resolution.reading import Mention
from trialhouse.resolution.ties import LINKING_RELATIONS, Key, own_papers, paper_key
from trialhouse.resolution.title_heads import is_beside_main_results
from trialhouse.resolution.titles import LONG_ENOUGH, letters
from trialhouse.text.lazy_patterns import lazy_compile

RESULTS = frozenset({DocumentKind.ABSTRACT, DocumentKind.FULLTEXT, DocumentKind.PREPRINT, DocumentKind.PORTAL})
"""Kinds of documents that report results of a trial."""

LETTERS = frozenset({"letter", "letters", "letter to the editor", "correspondence"})
"""Publication types of what has no kind of its own, and may report a trial."""

OF_ONE_PAPER = LINKING_RELATIONS - {Relation.PROTOCOL_OF, Relation.CONFERENCE_ABSTRACT_OF}

_PROTOCOL = lazy_compile(
    r"\b(?:stud(?:y|ies)|trial|research) protocol\b|\bprotocol (?:for|of) .{0,120}\b(?:trial|study)\b"
    r"|\bprotocol\W*\Z|(?:[:.–—]|\s-)\s+(?:an? )?protocol\b|\brationale and (?:study |trial )?design\b"
    r"|\b(?:study |trial )?design and (?:rationale|methods)\b|\bstatistical analysis plan\b"
    r"|\brationale,? (?:study |trial )?design,? (?:and|&) (?:methods|methodology|protocol)\b",
    re.I,
)
_LATER = lazy_compile(
    r"\blong[\s-]term\b|\bextension\b|\bfollow[\s-]?up\b|\b(?:\d+|two|three|four|five|ten)[\s-]year\b"
    r"|\bquality of life\b|\bpatient-reported\b|\bpharmacokinetics?\b|\bbiomarkers?\b",
    re.I,
)
"""Words of a title that say that the main results stand elsewhere where another paper is without them."""
_INTERIM = lazy_compile(r"\binterim\b|\bpreliminary\b|\btop-?line\b", re.I)
"""Words of a title that say that the trial went on."""
_WEB_PAGES = frozenset({"html", "multipart_html"})


def is_protocol(document: Document) -> bool:
    """Whether a document is the protocol of a trial: its title or its own record says so."""
    stated = any(one.relation is Relation.PROTOCOL_OF for one in document.relations)
    return stated or bool(_PROTOCOL.search(document.title or ""))


def is_called_later(title: str) -> bool:
    """Whether a title says that the first results stand elsewhere: a follow-up, a long-term extension."""
    return bool(_LATER.search(title))


def reports_results(mention: Mention) -> bool:
    """Whether a document is of a kind that reports results, or a letter from which some were read."""
    document = mention.document
    if document.kind is None:
        return not LETTERS.isdisjoint(document.publication_types) and _tells(mention)
    return document.kind in RESULTS


def roles_of(mentions: Sequence[Mention]) -> list[TrialRole | None]:
    """What the document of each mention is to the trial that all of them are of.

    All records of one paper have one role. The main results are the first paper without a word that says otherwise;
    what was published later is SECONDARY_RESULTS. So is, whenever it was out, what gives way to a paper: an abstract of
    a meeting, a web page of no publication, and interim results that no identifier names; and a paper on a part of the
    participants, where another one counts as many as the registry says took part.
    """
    documents = [mention.document for mention in mentions]
    reports = [number for number, one in enumerate(mentions) if reports_results(one) and not is_protocol(one.document)]
    main = _main_results([mentions[number] for number in reports], registered_size(mentions))
    roles: list[TrialRole | None] = [_fixed(document) for document in documents]
    for number, is_main in zip(reports, main, strict=True):
        roles[number] = TrialRole.PRIMARY_RESULTS if is_main else TrialRole.SECONDARY_RESULTS
    return roles


def _fixed(document: Document) -> TrialRole | None:
    """The role of what reports no results of its own."""
    match document.kind:
        case DocumentKind.REGISTRY:
            return TrialRole.REGISTRATION
        case DocumentKind.NEWS:
            return TrialRole.NEWS
        case kind if kind in RESULTS and is_protocol(document):
            return TrialRole.PROTOCOL
    return None


def _main_results(mentions: Sequence[Mention], registered: int | None) -> list[bool]:
    """For each document that reports results whether they are the main ones; `registered` is how many took part.

    Its date makes no further paper of one that counts far more participants than those that were out before, or that
    counts all of them where nothing was read from those.
    """
    papers = _papers([mention.document for mention in mentions])
    others = {paper for paper, members in papers.items() if any(map(is_beside_main_results, members))}
    for is_other in (gives_way, partial(_is_marked, words=_LATER)):
        left = papers.keys() - others
        found = {paper for paper in left if is_other(papers[paper])}
        if found != left:
            others |= found
    left = papers.keys() - others
    sizes = _sizes(papers, mentions if len(left) > 1 else ())
    all_took_part = {paper for paper in left if registered is not None and is_about(sizes[paper], registered)}
    if all_took_part:
        others |= {paper for paper in left if is_of_a_part(sizes[paper], registered)}
    telling = {id(mention.document) for mention in mentions if all_took_part and _tells(mention)}
    journal = {
        paper: _published(members)
        for paper, members in papers.items()
        if paper not in others and any(one.kind is not DocumentKind.PREPRINT for one in members)
    }

    def may_precede(one: int, paper: int) -> bool:
        is_told = paper not in all_took_part or any(id(document) in telling for document in papers[one])
        return is_told and not is_of_a_part(sizes[one], sizes[paper])

    def is_main(paper: int) -> bool:
        first = min((date for one, date in journal.items() if date and may_precede(one, paper)), default=None)
        return paper not in others and not (first is not None and _is_later(_published(papers[paper]), first))

    main = {id(document): is_main(paper) for paper, members in papers.items() for document in members}
    return [main[id(mention.document)] for mention in mentions]


def _sizes(papers: Mapping[int, Sequence[Document]], mentions: Sequence[Mention]) -> dict[int, int | None]:
    """How many participants each paper counts: the most that one of its records does, of these mentions."""
    said: dict[int, list[int]] = defaultdict(list)
    for mention in mentions:
        said[id(mention.document)] += filter(None, (counted(mention),))
    return {
        paper: max((size for document in members for size in said[id(document)]), default=None)
        for paper, members in papers.items()
    }


def _tells(mention: Mention) -> bool:
    """Whether anything was read of the participants and results of a trial."""
    return bool(mention.claims.outcomes or mention.claims.arms or counted(mention))


def _papers(documents: Sequence[Document]) -> Mapping[int, list[Document]]:
    """The documents by the paper that they are records, preprints or translations of."""
    parent = list(range(len(documents)))

    def find(number: int) -> int:
        while parent[number] != number:
            number = parent[number]
        return number

    first: dict[Key, int] = {}
    for number, document in enumerate(documents):
        for key in _names(document):
            other = first.setdefault(key, number)
            one, other = sorted((find(number), find(other)))
            parent[other] = one
    papers: dict[int, list[Document]] = {}
    for number, document in enumerate(documents):
        papers.setdefault(find(number), []).append(document)
    return papers


def _names(document: Document) -> Iterator[Key]:
    """What a paper is known by: its identifiers, those of what it is a preprint or copy of, and its title.

    An abstract of a meeting is no record of the paper that has its title later.
    """
    yield from own_papers(document)
    for one in document.relations:
        if one.relation in OF_ONE_PAPER and one.scheme != "registry":
            yield paper_key(one.scheme, one.value)
    title = letters(document.title or "")
    if len(title) >= LONG_ENOUGH:
        yield "title of a meeting" if type_of_meeting(document) else "title", title


def gives_way(documents: Sequence[Document]) -> bool:
    """Whether a paper is none of the main results where another one is there, however early it was out.

    A journal's interim analysis may be the main paper; where nothing names the publication, it is what was told first.
    """
    if all(type_of_meeting(one) for one in documents):
        return True
    if any(own_papers(one) for one in documents):
        return False
    return _is_marked(documents, _INTERIM) or all(_is_page_of_no_publication(one) for one in documents)


def _is_page_of_no_publication(document: Document) -> bool:
    """Whether a web page names no publication that it is of, as a newsroom's. A full text is one by itself."""
    is_page = document.format in _WEB_PAGES and document.kind is not DocumentKind.FULLTEXT
    return is_page and document.journal is None and not own_papers(document)


def _is_marked(documents: Sequence[Document], words: re.Pattern[str]) -> bool:
    return any(words.search(document.title or "") for document in documents)


def _published(documents: Sequence[Document]) -> str | None:
    """When the paper was out, as an ISO date: the first that a record other than a preprint's says."""
    dates = [one.published for one in documents if one.published and one.kind is not DocumentKind.PREPRINT]
    return min(dates or [one.published for one in documents if one.published], default=None)


def _is_later(date: str | None, first: str) -> bool:
    """Whether a date is later than another, as far as both are stated."""
    if date is None:
        return False
    stated = min(len(date), len(first))
    return date[:stated] > first[:stated]
