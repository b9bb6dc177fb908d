"""Documents from which no trial was read: an entry of an index without an abstract, a short page of news, a paper whose
text tells neither design nor numbers in words that are understood.

They are linked where a person, an identifier, a copy or a registry record says of which trial they are. They give it no
numbers.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from trialhouse.model.document import Document
from trialhouse.model.enums import DocumentKind, TrialRole
from trialhouse.model.tables import DocumentRelationRow, RowSet, TrialDocumentRow
from trialhouse.resolution.evidence_status import STATUS_OF_NOTICE
from trialhouse.resolution.in_brief import claims_of
from trialhouse.resolution.judged_documents import JudgedDocuments
from trialhouse.resolution.link_reasons import (
    Link,
    by_citation,
    by_citation_of_several,
    by_paper,
    by_relation,
    of_pointed_at,
)
from trialhouse.resolution.linking import SURE_ENOUGH
from trialhouse.resolution.reading import Mention, Reading
from trialhouse.resolution.reviews import PAGE_BESIDE_UNKNOWN, PAGE_ON_SEVERAL, Reviews
from trialhouse.resolution.roles import OF_ONE_PAPER, roles_of
from trialhouse.resolution.ties import (
    LINKING_RELATIONS,
    Key,
    Pointer,
    cited_papers,
    own_papers,
    references_of,
    was_out_before,
)
from trialhouse.resolution.titles import are_alike, letters
from trialhouse.resolution.trial_documents import link_row
from trialhouse.resolution.trials import Cluster


class Found(NamedTuple):
    """A trial that a document is of, why, and whether it is by being a record of the paper of that mention."""

    trial: Cluster
    link: Link
    like: Mention | None = None


def add_records(
    readings: Iterable[Reading],
    reviews: Reviews,
    trials: Sequence[Cluster],
    rows: RowSet,
    judged: JudgedDocuments,
) -> None:
    """Link the documents from which no trial was read. `rows` have the relations between documents."""
    readings = list(readings)
    silent = _Silent(trials, judged, rows.of(DocumentRelationRow))
    silent.add_papers_on_several([reading.document for reading in readings], reviews, rows)
    left = [
        reading
        for reading in readings
        if reading.document.document_id not in silent.reporting and not reviews.get(reading.document)
    ]
    for reading in left:
        if reading.document.kind is not DocumentKind.NEWS:
            rows.extend(silent.of_paper(reading))
    for reading in left:
        if reading.document.kind is DocumentKind.NEWS:
            rows.extend(silent.of_page(reading.document))


class _Silent:
    """What trials are known by, for documents that report none; `reporting` are the ids of those that do."""

    def __init__(
        self,
        trials: Sequence[Cluster],
        judged: JudgedDocuments,
        relations: Iterable[DocumentRelationRow],
    ) -> None:
        self._trials = {trial.trial_id: trial for trial in trials}
        self._judged = judged
        self._records: dict[Key, list[tuple[Cluster, Mention]]] = defaultdict(list)
        self._listed: dict[Key, list[tuple[Cluster, Mention, Pointer]]] = defaultdict(list)
        self._of: dict[str, list[tuple[Cluster, Mention]]] = defaultdict(list)
        for trial in trials:
            for mention in trial.mentions:
                self._of[mention.document.document_id].append((trial, mention))
                for key in own_papers(mention.document) if mention.number is None else ():
                    self._records[key].append((trial, mention))
                for pointer in references_of(mention.document):
                    self._listed[pointer.key].append((trial, mention, pointer))
        self.reporting = frozenset(self._of)
        self._on_several: dict[Key, set[str]] = defaultdict(set)
        self._relations: dict[str, list[tuple[DocumentRelationRow, str]]] = defaultdict(list)
        self._notices: dict[str, set[str]] = defaultdict(set)
        for row in relations:
            ends = row.from_document_id, row.to_document_id
            if row.relation in STATUS_OF_NOTICE:
                self._notices[ends[0]] |= {trial.trial_id for trial, _ in self._of.get(ends[1], ())}
            elif row.relation in LINKING_RELATIONS and row.confidence >= SURE_ENOUGH:
                for one, other in (ends, ends[::-1]):
                    if one not in self.reporting:
                        self._relations[one].append((row, other))

    def add_papers_on_several(self, documents: Iterable[Document], reviews: Reviews, rows: RowSet) -> None:
        """Know the trials that `rows` say papers on several trials to be of."""
        linked: dict[str, set[str]] = defaultdict(set)
        for row in rows.of(TrialDocumentRow):
            linked[row.document_id].add(row.trial_id)
        for document in documents:
            review = reviews.get(document)
            for key in own_papers(document) if review is not None and review.is_of_each else ():
                self._on_several[key] |= linked.get(document.document_id, set())

    def of_paper(self, reading: Reading) -> Iterator[TrialDocumentRow]:
        """The links of a record: the surest alone, but to each trial whose registry record lists it."""
        document = reading.document
        for found in self._said(document) or self._found(document):
            mention = as_mention(reading)
            yield link_row(found.trial.trial_id, document, _role(found, document, mention), found.link)
            if mention is not None and document.kind is not DocumentKind.NOTICE:
                for key in own_papers(document):
                    self._records[key].append((found.trial, mention))

    def of_page(self, page: Document) -> Iterator[TrialDocumentRow]:
        """The links of a page of news to the trial that a person named, or to each whose paper it cites."""
        for found in self._said(page) or self._cited(page):
            yield link_row(found.trial.trial_id, page, TrialRole.NEWS, found.link)

    def _said(self, document: Document) -> list[Found]:
        """The trial that people said; none where a notice is tied to it by its paper, which says more."""
        trial_id, link = self._judged.same.get(document.document_id, ("", None))
        if link is None or trial_id in self._notices.get(document.document_id, ()):
            return []
        return [Found(self._trials[trial_id], link)]

    def _found(self, document: Document) -> list[Found]:
        if document.kind is DocumentKind.NOTICE or document.document_id in self._notices:
            return []
        for found in (self._by_paper(document), self._by_relations(document)):
            if found and len({one.trial.trial_id for one in found}) == 1:
                return found[:1]
        return list({one.trial.trial_id: one for one in self._by_references(document)}.values())

    def _by_paper(self, document: Document) -> list[Found]:
        """The other records of its paper."""
        return [
            Found(trial, by_paper(key, mention), mention)
            for key in own_papers(document)
            for trial, mention in self._records.get(key, ())
            if self._is_free(document, trial) and (key[0] != "doi" or _may_be_one_paper(document, mention.document))
        ]

    def _by_relations(self, document: Document) -> list[Found]:
        """What it is a copy, a preprint or a translation of, or what is one of it."""
        return [
            Found(trial, by_relation(row, self._judged.copies), mention if row.relation in OF_ONE_PAPER else None)
            for row, other in self._relations.get(document.document_id, ())
            for trial, mention in self._of.get(other, ())
            if self._is_free(document, trial)
        ]

    def _by_references(self, document: Document) -> Iterator[Found]:
        """The registry records that list it as their trial's own."""
        for key in own_papers(document):
            for trial, record, pointer in self._listed.get(key, ()):
                if self._is_free(document, trial) and not was_out_before(document, record):
                    yield Found(trial, of_pointed_at(record, pointer))

    def _cited(self, page: Document) -> Iterator[Found]:
        """The trials of the papers that a page cites."""
        cited = {
            key: {
                trial.trial_id: trial
                for trial, mention in self._records.get(key, ())
                if mention.document.kind is not DocumentKind.NEWS and self._is_free(page, trial)
            }
            for key in cited_papers(page)
        }
        for key, known in cited.items():
            told = (self._trials[trial_id] for trial_id in self._on_several.get(key, ()))
            known.update({trial.trial_id: trial for trial in told if self._is_free(page, trial)})
        trials = {trial_id: trial for known in cited.values() for trial_id, trial in known.items()}
        words = PAGE_ON_SEVERAL if len(trials) > 1 else PAGE_BESIDE_UNKNOWN
        for trial_id in sorted(trials):
            if len(trials) == 1 and all(cited.values()):
                link = by_citation(tuple(cited))
            else:
                link = by_citation_of_several(words, next(key for key, known in cited.items() if trial_id in known))
            yield Found(trials[trial_id], link)

    def _is_free(self, document: Document, trial: Cluster) -> bool:
        return not self._judged.are_apart(document.document_id, trial.trial_id)


def as_mention(reading: Reading) -> Mention | None:
    """A document beside the mentions of a trial, though nothing of a trial was read in it."""
    claims = claims_of(reading.document, reading.extractions)[:1]
    made = (Mention(reading.document, one, reading.extractor, reading.extractor_version) for one in claims)
    return next(made, None)


def _role(found: Found, document: Document, mention: Mention | None) -> TrialRole | None:
    """What a document is to a trial to whose documents it adds nothing: a record of a paper is what that paper is.

    None is that of the main results where another one is; nor by a reference, since a record lists all its papers.
    """
    mentions = found.trial.mentions
    if document.kind in (None, DocumentKind.NOTICE):
        return None
    own = roles_of(mentions)
    if found.like is not None and found.like in mentions:
        return own[mentions.index(found.like)]
    role = roles_of([*mentions, mention])[-1] if mention is not None else None
    is_other = TrialRole.PRIMARY_RESULTS in own or found.link.method == "registry_reference"
    return TrialRole.SECONDARY_RESULTS if role is TrialRole.PRIMARY_RESULTS and is_other else role


def _may_be_one_paper(one: Document, other: Document) -> bool:
    """Whether no title speaks against two records of one DOI being of one paper."""
    titles = [letters(document.title or "") for document in (one, other)]
    return not all(titles) or one.language != other.language or are_alike(*titles)
