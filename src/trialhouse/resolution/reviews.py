"""Documents that speak of trials and report none: reviews, meta-analyses, pooled analyses, guidelines, comments.

They are linked to each trial that they name by registry id, or whose registry record lists them, and none of their
numbers are a trial's: what was read from them stays in `candidates`.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from trialhouse.model.document import Document
from trialhouse.model.enums import DocumentKind, Relation, TrialRole
from trialhouse.model.evidence import Evidence
from trialhouse.model.extraction import Extraction
from trialhouse.model.identifiers import normalise_registry_id
from trialhouse.model.tables import CandidateRow
from trialhouse.resolution.in_brief import SEVERAL_TRIALS, claims_of, pooling_of, standings_of
from trialhouse.resolution.link_reasons import Link, by_citation_of_several, by_comment, of_pointed_at, place_of
from trialhouse.resolution.own_ids import SEVERAL_REGISTRATIONS
from trialhouse.resolution.pooling import INDIRECT, POOLED, pools_two
from trialhouse.resolution.reading import Mention, Reading, mentions_of
from trialhouse.resolution.roles import LETTERS, RESULTS, is_protocol
from trialhouse.resolution.stated_ids import Standing
from trialhouse.resolution.ties import (
    PAPERS,
    Key,
    Pointer,
    cited_papers,
    own_papers,
    paper_key,
    references_of,
    was_out_before,
)
from trialhouse.text.lazy_patterns import lazy_compile

COMMENT = "comment"
"""The first word of the reason of candidates from a comment, an editorial, a letter on a paper."""

PAGE_ON_SEVERAL = "a page on several trials"
"""What a news page is that reports trials by number ("GLADE 1 and GLADE 2"), or cites papers of several trials."""

PAGE_BESIDE_UNKNOWN = "a page on papers of which not all are known"
"""What a news page is that cites papers of one trial beside others that are not in the warehouse."""

TEXT_ON_SEVERAL = "a text on several trials"
"""What a text is that has the registry ids of several trials and reports none of them by itself."""

COMMENTS = {
    "comment": "a comment",
    "article-commentary": "a comment",
    "editorial": "an editorial",
    "guest-editorial": "an editorial",
}
"""Publication types of what is said of somebody else's report, in words."""

LETTER_ON_A_PAPER = "a letter on a paper"
"""A letter may report a trial; one that comments on a paper repeats the numbers of that paper, or doubts them."""

LETTER_OF_AN_EXPORT = "a letter in an export"
"""An export does not say which paper a letter is on, as PubMed does."""

_EXPORTS = frozenset({"ris", "bibtex"})

NAMED_TOGETHER = (SEVERAL_TRIALS, SEVERAL_REGISTRATIONS)
"""The reasons of candidates of registry ids: each trial in a part of the text of its own, or all as one."""

_TYPES: dict[str, str] = {
    "meta-analysis": "a meta-analysis",
    "network meta-analysis": "a network meta-analysis",
    "systematic review": "a systematic review",
    "systematic-review": "a systematic review",
    "scoping review": "a scoping review",
    "practice guideline": "a guideline",
    "guideline": "a guideline",
    "consensus statement": "a consensus statement",
    "consensus development conference": "a consensus statement",
}
"""Publication types of PubMed, Europe PMC and the tag suite that are of several trials, in words."""

_PLAIN_REVIEWS = frozenset({"review", "review-article", "review article", "narrative review"})
"""Types that a report of one trial may have beside its own."""

_OF_ONE_TRIAL = lazy_compile(r"\btrial\b|\bclinical study\b")
_TITLE: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("a meta-analysis", lazy_compile(r"\bmeta[\s-]?analy(?:sis|ses|tic)\b", re.I)),
    (
        "a systematic review",
        lazy_compile(r"\b(?:systematic|scoping|umbrella|cochrane) (?:literature )?reviews?\b", re.I),
    ),
    (
        POOLED,
        lazy_compile(
            r"\b(?:pooled|integrated) (?:\w+[\s-]){0,3}?(?:efficacy|safety|tolerability|outcomes)\b"
            r"(?=.{0,120}\b(?:trials|studies)\b)|"
            r"\b(?:pooled|integrated|combined|post[\s-]?hoc) (?:\w+[\s-]){0,3}?"
            r"(?:analys[ei]s|data|results|findings|summary)\b(?=.{0,120}\b(?:trials|studies)\b)"
            r"|\bpooled (?:\w+[\s-]){0,2}?analys[ei]s\b"
            r"|\bindividual (?:patient|participant)[\s-](?:level )?data\b(?=.{0,120}\b(?:trials|studies)\b)",
            re.I,
        ),
    ),
    (
        "a guideline",
        lazy_compile(r"\b(?:clinical )?(?:practice|treatment|management) guidelines?\b|\bconsensus statement\b", re.I),
    ),
    ("a review", lazy_compile(r":\s*(?:an? )?(?:\w+ ){0,2}(?:literature |narrative )?review\W*\Z", re.I)),
)
"""Words of a title that say so, where no type does."""

_INDIRECT = lazy_compile(
    r"\bindirect (?:treatment )?comparisons?\b|\bmatching[\s-]adjusted\b|\bsimulated treatment\b", re.I
)
_EMULATION = lazy_compile(r"\btrial emulations?\b|\bemulat(?:ions?|ing|es?|ed)\b.{0,80}\btrials?\b", re.I)

_ONE_TRIAL = lazy_compile(
    r"\b(?:randomi[sz]ed|controlled|clinical|pilot|pragmatic|feasibility|phase \w+) (?:\w+[\s-]){0,3}?trial\b", re.I
)
"""Words of a title that say that one trial is reported, whatever it is about ("a randomised trial of guidelines")."""


Listing = tuple[Mention, Pointer]
"""A registry record, and the reference by which it lists a paper as its trial's."""


@dataclass(frozen=True)
class Review:
    """A document on several trials, or on another's report: in words what it is, and the registry ids that it names."""

    words: str
    registry_ids: tuple[str, ...]
    reports_each: bool = False
    """Whether it reports each trial by itself, as papers on two trials do, and pools nothing."""
    listed: tuple[Listing, ...] = ()
    """The registry records that list it, though it may name none of their ids."""
    cited: tuple[Key, ...] = ()
    """The papers that it cites, where it is a news page: each is of one of the trials."""
    papers: tuple[Key, ...] = ()
    """Its own identifiers, where it is a paper that pools or reviews."""

    @property
    def is_comment(self) -> bool:
        """Whether it is about another's report."""
        return self.words in (*COMMENTS.values(), LETTER_ON_A_PAPER, LETTER_OF_AN_EXPORT)

    @property
    def is_of_each(self) -> bool:
        """Whether it is a paper on several trials that it reports, and not a review of them."""
        return self.reports_each or self.words == TEXT_ON_SEVERAL

    def role_of(self, document: Document) -> TrialRole:
        """What it is to each of the trials."""
        if document.kind is DocumentKind.NEWS:
            return TrialRole.NEWS
        if self.reports_each and document.kind in RESULTS:
            return TrialRole.PROTOCOL if is_protocol(document) else TrialRole.PRIMARY_RESULTS
        return TrialRole.REVIEW_MENTION

    def links(self, document: Document) -> Iterator[tuple[Key, Link]]:
        """Why it is linked to the trial with each of these registry ids and papers: ids that it names come first."""
        for value in self.registry_ids:
            place, confidence = place_of(document, value)
            reason = f"{self.words} that names {value} in {place}"
            yield ("registry", value.lower()), Link("registry_id", confidence, reason)
        for record, pointer in self.listed:
            link = of_pointed_at(record, pointer)
            registered = record.claims.trial.registry_ids[0].lower()
            yield ("registry", registered), replace(link, reason=f"{self.words}: {link.reason}")
        for one in document.relations:
            if one.relation is Relation.COMMENT_ON and one.scheme in PAPERS:
                yield paper_key(one.scheme, one.value), by_comment(self.words, one)
        for key in self.cited:
            yield key, by_citation_of_several(self.words, key)


def review_of(reading: Reading) -> Review | None:
    """What a document is that reports several trials; None for one that reports a trial of its own."""
    document = reading.document
    if document.kind in (DocumentKind.REGISTRY, DocumentKind.NOTICE) or len(reading.extractions) > 1:
        return None
    said = _by_type(document.publication_types) or _as_comment(document) or _by_title(document.title or "")
    said = said or _by_text(document)
    registered = tuple(dict.fromkeys(one.value for one in document.registry_ids))
    cited = cited_papers(document)
    if said is not None:
        return Review(said, registered, cited=cited, papers=own_papers(document))
    for claims in claims_of(document, reading.extractions):
        named = _named_together(claims)
        if named:
            apart = bool(claims.error) and (claims.error or "").startswith(SEVERAL_TRIALS)
            words = "a report of several trials" if apart else TEXT_ON_SEVERAL
            return Review(words, named, apart, cited=cited)
        if document.kind is DocumentKind.NEWS and any(one.reason == SEVERAL_TRIALS for one in claims.candidates):
            return Review(PAGE_ON_SEVERAL, registered, cited=cited)
    return None


@dataclass(frozen=True)
class Reviews:
    """The documents on several trials by their ids; `known` are the registry ids (lower case) that others report on."""

    by_document: Mapping[str, Review]
    known: frozenset[str]

    @classmethod
    def of(cls, readings: Sequence[Reading]) -> "Reviews":
        """Those among these documents."""
        found = ((reading.document.document_id, review_of(reading)) for reading in readings)
        reviews = {document_id: review for document_id, review in found if review is not None}
        others = [one for one in readings if one.document.document_id not in reviews]
        named = (value for one in others for mention in mentions_of(one) for value in mention.claims.trial.registry_ids)
        listings = _listings(others)
        for reading in readings if listings else ():
            document = reading.document
            if document.document_id in reviews:
                listed = tuple(_listed(document, listings))
                reviews[document.document_id] = replace(reviews[document.document_id], listed=listed)
        return cls(reviews, frozenset(value.lower() for value in named))

    def with_pages(self, pages: Mapping[str, tuple[Key, ...]], beside_unknown: Collection[str] = ()) -> "Reviews":
        """These and the news pages that were found to cite papers of several trials, by their documents' ids.

        Those `beside_unknown` cite papers of one trial, and others of which nobody knows what trial they are of.
        """
        added = {
            document_id: Review(
                PAGE_BESIDE_UNKNOWN if document_id in beside_unknown else PAGE_ON_SEVERAL, (), cited=cited
            )
            for document_id, cited in pages.items()
        }
        return replace(self, by_document={**self.by_document, **added})

    def with_texts(self, texts: Mapping[str, tuple[str, ...]], documents: Iterable[Document]) -> "Reviews":
        """These and the texts that were found to state the ids of several trials, by the documents' ids."""
        added = {
            document.document_id: Review(
                TEXT_ON_SEVERAL,
                texts[document.document_id],
                cited=cited_papers(document),
                papers=own_papers(document),
            )
            for document in documents
            if document.document_id in texts
        }
        return replace(self, by_document={**self.by_document, **added})

    @property
    def papers(self) -> frozenset[Key]:
        """Their own identifiers: what points at one of these points at no trial's paper."""
        return frozenset(key for review in self.by_document.values() for key in review.papers)

    def get(self, document: Document) -> Review | None:
        """What a document on several trials is; None for any other."""
        return self.by_document.get(document.document_id)

    def problem_of(self, review: Review) -> str:
        """Why no trial was read from a review, and which of the trials that it names are not there."""
        of = "may be another trial's" if review.words == PAGE_BESIDE_UNKNOWN else "are of several trials"
        of = "are of what it speaks of" if review.is_comment else of
        said = f"{review.words}: its numbers {of} and are given to none"
        if review.listed:
            listing = sorted({record.claims.trial.registry_ids[0] for record, _ in review.listed})
            said += f"; it is linked to each trial whose registry record lists it: {', '.join(listing)}"
        if review.cited:
            papers = ", ".join(f"{scheme.upper()} {value}" for scheme, value in review.cited)
            said += f"; it is linked to each trial whose paper it cites, if that is known: {papers}"
        if not review.registry_ids:
            is_tied = bool(review.listed or review.cited)
            return said if is_tied else f"{said}; it names no trial by a registry id"
        lacking = [value for value in review.registry_ids if value.lower() not in self.known]
        if not lacking:
            return f"{said}; it is linked to each trial that it names: {', '.join(review.registry_ids)}"
        none = len(lacking) == len(review.registry_ids)
        which = "none of the trials that it names is" if none else "not all trials that it names are"
        return f"{said}; {which} in the warehouse: {', '.join(lacking)} {'is' if len(lacking) == 1 else 'are'} missing"


def numbers_of(document: Document, review: Review, extractions: Sequence[Extraction]) -> Iterator[CandidateRow]:
    """What was read from a review and is given to no trial, each at its place."""
    seen: set[tuple[str, int, int]] = set()
    for kind, proof in _places(extractions):
        if (kind, proof.start, proof.end) not in seen:
            seen.add((kind, proof.start, proof.end))
            yield CandidateRow(
                document_id=document.document_id,
                kind=kind,
                span_start=proof.start,
                span_end=proof.end,
                quote=proof.quote,
                reason=f"{COMMENT if review.is_comment else SEVERAL_TRIALS}: {review.words}",
            )


def _listings(readings: Iterable[Reading]) -> Mapping[Key, Sequence[Listing]]:
    """The registry records that list each paper."""
    found: dict[Key, list[Listing]] = defaultdict(list)
    for reading in readings:
        for pointer in references_of(reading.document):
            found[pointer.key] += [(one, pointer) for one in mentions_of(reading) if one.claims.trial.registry_ids]
    return found


def _listed(document: Document, listings: Mapping[Key, Sequence[Listing]]) -> Iterator[Listing]:
    """The records that list a document, each once; not those of trials that began when it was out."""
    seen: set[str] = set()
    for record, pointer in (one for key in own_papers(document) for one in listings.get(key, ())):
        if record.name not in seen and not was_out_before(document, record):
            seen.add(record.name)
            yield record, pointer


def _by_type(types: Sequence[str]) -> str | None:
    known = next((_TYPES[name] for name in types if name in _TYPES), None)
    if known is None and _PLAIN_REVIEWS.intersection(types) and not any(_OF_ONE_TRIAL.search(name) for name in types):
        return "a review"
    return known


def _as_comment(document: Document) -> str | None:
    """What a comment is; None for any other document, and for one that is typed as a report of a trial as well.

    A letter in an export is one too, unless its title names a trial or it states a registration of its own.
    """
    types = document.publication_types
    if any(_OF_ONE_TRIAL.search(name) for name in types):
        return None
    known = next((COMMENTS[name] for name in types if name in COMMENTS), None)
    if known is None and "letter" in types and any(one.relation is Relation.COMMENT_ON for one in document.relations):
        return LETTER_ON_A_PAPER
    if known is None and document.format in _EXPORTS and not LETTERS.isdisjoint(types):
        return None if _ONE_TRIAL.search(document.title or "") or _is_registered(document) else LETTER_OF_AN_EXPORT
    return known


def _is_registered(document: Document) -> bool:
    """Whether a document states a registration of its own."""
    standing = standings_of(document)
    return any(standing.get(one.value, Standing.STATED) is Standing.STATED for one in document.registry_ids)


def _by_title(title: str) -> str | None:
    if _INDIRECT.search(title):
        return INDIRECT
    if _ONE_TRIAL.search(title):
        return None
    if pools_two(title):
        return POOLED
    return next((words for words, pattern in _TITLE if pattern.search(title)), None)


def _by_text(document: Document) -> str | None:
    """What a document is by its methods, or as it emulates the trial whose number it has and states none of its own."""
    title = document.title or ""
    if _EMULATION.search(title):
        is_named = bool(document.registry_ids) and not _is_registered(document)
        return "an emulation of a trial" if is_named else None
    return None if _ONE_TRIAL.search(title) else pooling_of(document)


def _named_together(claims: Extraction) -> tuple[str, ...]:
    """The registry ids of a text that names two of one registry."""
    # Where one of them is stated as its own, the text is a report of that trial.
    reasons = (SEVERAL_TRIALS,) if claims.trial.registry_ids else NAMED_TOGETHER
    written = [one.quote for one in claims.candidates if one.kind == "registry_id" and one.reason in reasons]
    typed = [normalise_registry_id(words) for words in written]
    return tuple(dict.fromkeys(one[1] for one in typed if one is not None))


def _places(extractions: Sequence[Extraction]) -> Iterator[tuple[str, Evidence]]:
    """The kinds and places of what was read about results, arms and enrollment."""
    for claims in extractions:
        for outcome in claims.outcomes:
            yield from (("measurement", one.evidence) for one in outcome.measurements)
            yield from (("analysis", one.evidence) for one in outcome.analyses)
        for arm in claims.arms:
            yield from _stated("arm", arm.evidence, ("n_randomized", "n_analyzed"))
        yield from _stated("trial", claims.trial.evidence, ("enrollment", "site_count"))


def _stated(of: str, evidence: Mapping[str, Evidence], fields: Sequence[str]) -> Iterator[tuple[str, Evidence]]:
    for field in fields:
        if field in evidence:
            yield f"{of}.{field}", evidence[field]
