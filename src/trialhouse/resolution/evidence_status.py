"""What evidence is worth: whether documents, and so trials, were retracted, questioned or corrected; who says so."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from trialhouse.model.document import Document, OwnNotice
from trialhouse.model.enums import DocumentKind, EvidenceStatus, Relation, TrialRole
from trialhouse.model.tables import DocumentRelationRow
from trialhouse.resolution.proof import Proof
from trialhouse.resolution.reading import Reading
from trialhouse.resolution.roles import roles_of
from trialhouse.resolution.trials import Cluster

STATUS_OF_NOTICE: dict[Relation, EvidenceStatus] = {
    Relation.RETRACTION_OF: EvidenceStatus.RETRACTED,
    Relation.CONCERN_ABOUT: EvidenceStatus.EXPRESSION_OF_CONCERN,
    Relation.ERRATUM_FOR: EvidenceStatus.CORRECTED,
}
"""What a notice makes of the evidence of the document that it is about; the gravest first."""

_Name = tuple[str, str]


@dataclass(frozen=True)
class Notices:
    """All that is said of documents: `about` by notices, as statuses by the document's id, `own` by their own records.

    A paper has several records (PubMed's, Crossref's, its full text): what one of them says of the paper holds for all
    that have an identifier of it, also where that record reports nothing of the trial itself, and for their copies.
    """

    about: Mapping[str, frozenset[EvidenceStatus]]
    own: Mapping[_Name, Sequence[tuple[Reading, OwnNotice]]]
    copies: Mapping[str, Sequence[Document]] = field(default_factory=dict)
    tied: frozenset[str] = frozenset()
    """The ids of the notices of which the paper is there."""

    @classmethod
    def of(cls, readings: Sequence[Reading], relations: Sequence[DocumentRelationRow]) -> "Notices":
        """What these documents say. A notice that was corrected itself says nothing of a trial's papers."""
        about: dict[str, set[EvidenceStatus]] = defaultdict(set)
        for row in relations:
            if row.relation in STATUS_OF_NOTICE:
                about[row.to_document_id].add(STATUS_OF_NOTICE[row.relation])
        own: dict[_Name, list[tuple[Reading, OwnNotice]]] = defaultdict(list)
        for reading in readings:
            if reading.document.notices and reading.document.kind is not DocumentKind.NOTICE:
                for name in _names(reading.document):
                    own[name].extend((reading, notice) for notice in reading.document.notices)
        documents = {reading.document.document_id: reading.document for reading in readings}
        return cls(
            {document_id: frozenset(said) for document_id, said in about.items()},
            own,
            _copies(documents, relations),
            frozenset(row.from_document_id for row in relations if row.relation in STATUS_OF_NOTICE),
        )

    def statuses(self, document: Document) -> tuple[EvidenceStatus, ...]:
        """What is said of a document, each kind once and the gravest first; nothing where nothing is."""
        if document.kind is DocumentKind.NOTICE:  # it may have the DOI of the paper, which is not what it is
            said = {notice.status for notice in document.notices} | self.about.get(document.document_id, frozenset())
        else:
            said = {notice.status for _, notice in self._own(document)}
            for one in self._records(document):
                said |= self.about.get(one.document_id, frozenset())
        return tuple(status for status in STATUS_OF_NOTICE.values() if status in said)

    def said_of(self, document: Document) -> tuple[tuple[EvidenceStatus, ...], tuple[str, ...]]:
        """All that rows of a document, and of its trials, take from here: statuses, and the readings that say them."""
        return self.statuses(document), tuple(reading.name for reading, _ in self._own(document))

    def is_retracted(self, document: Document) -> bool:
        """Whether a document was retracted: then any other one is believed before it."""
        return EvidenceStatus.RETRACTED in self.statuses(document)

    def status(self, cluster: Cluster, proof: Proof) -> EvidenceStatus:
        """The gravest of what is said of a trial's documents; what their own records say of it becomes its evidence.

        Where the paper of the main results stands, what was retracted beside it (a preprint, a further paper) is left
        out: none of the trial's numbers is read from it first. A preprint stands for no paper that was retracted.
        """
        documents = self._standing(cluster)
        said = {status for document in documents for status in self.statuses(document)}
        gravest = next((one for one in STATUS_OF_NOTICE.values() if one in said), EvidenceStatus.CURRENT)
        for document in documents:
            for reading, notice in self._own(document):
                if notice.status is gravest:
                    evidence = notice.evidence.model_copy(update={"rule": notice.words})
                    proof.add(reading, evidence, "trials", cluster.trial_id, "evidence_status")
        return gravest

    def _standing(self, cluster: Cluster) -> list[Document]:
        """The documents of a trial by which its evidence is judged."""
        documents = [mention.document for mention in cluster.mentions]
        retracted = [self.is_retracted(document) for document in documents]
        if not any(retracted):
            return documents
        main_papers = [
            is_gone
            for role, document, is_gone in zip(roles_of(cluster.mentions), documents, retracted, strict=True)
            if role is TrialRole.PRIMARY_RESULTS and document.kind is not DocumentKind.PREPRINT
        ]
        if any(main_papers) or not main_papers:
            return documents
        return [document for document, is_gone in zip(documents, retracted, strict=True) if not is_gone]

    def prove(self, document: Document, proof: Proof) -> None:
        """Add what records of a document say of it as the evidence of its status and of its list of notices."""
        gravest = next(iter(self.statuses(document)), None)
        for reading, notice in self._own(document):
            evidence = notice.evidence.model_copy(update={"rule": notice.words})
            proof.add(reading, evidence, "documents", document.document_id, "notices")
            if notice.status is gravest:
                proof.add(reading, evidence, "documents", document.document_id, "evidence_status")

    def _own(self, document: Document) -> list[tuple[Reading, OwnNotice]]:
        """What records of a paper say of it, a document's own and others'."""
        if document.kind is DocumentKind.NOTICE:
            return []
        names = [name for one in self._records(document) for name in _names(one)]
        return [said for name in dict.fromkeys(names) for said in self.own.get(name, ())]

    def _records(self, document: Document) -> Sequence[Document]:
        """A document and its copies."""
        return self.copies.get(document.document_id, (document,))


def _copies(documents: Mapping[str, Document], relations: Sequence[DocumentRelationRow]) -> dict[str, list[Document]]:
    """The documents that are one paper, by the id of each."""
    groups: dict[str, list[Document]] = {}
    for row in sorted(relations, key=lambda row: (row.from_document_id, row.to_document_id)):
        if row.relation is Relation.DUPLICATE_OF:
            pair = [groups.get(name, [documents[name]]) for name in (row.from_document_id, row.to_document_id)]
            group = pair[0] if pair[0] is pair[1] else [*pair[0], *pair[1]]
            groups |= {document.document_id: group for document in group}
    return groups


def _names(document: Document) -> list[_Name]:
    """What a document is known by: its id, and the identifiers of the paper that it is a record of."""
    papers = (("doi", document.doi), ("pmid", document.pmid), ("pmcid", document.pmcid))
    return [("document", document.document_id), *((scheme, value.lower()) for scheme, value in papers if value)]
