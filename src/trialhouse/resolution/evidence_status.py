"""What a trial's evidence is worth: whether its documents were retracted, questioned or corrected, and who says so."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trialhouse.model.document import Document, OwnNotice
from trialhouse.model.enums import DocumentKind, EvidenceStatus, Relation
from trialhouse.model.tables import DocumentRelationRow
from trialhouse.resolution.proof import Proof
from trialhouse.resolution.reading import Reading
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
    that have an identifier of it, also where that record reports nothing of the trial itself.
    """

    about: Mapping[str, frozenset[EvidenceStatus]]
    own: Mapping[_Name, Sequence[tuple[Reading, OwnNotice]]]

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
        return cls({document_id: frozenset(said) for document_id, said in about.items()}, dict(own))

    def status(self, cluster: Cluster, proof: Proof) -> EvidenceStatus:
        """The gravest of what is said of a trial's documents; what their own records say of it becomes its evidence."""
        documents = [mention.document for mention in cluster.mentions]
        own = [one for document in documents for name in _names(document) for one in self.own.get(name, ())]
        said = {notice.status for _, notice in own}
        said.update(status for document in documents for status in self.about.get(document.document_id, ()))
        gravest = next((one for one in STATUS_OF_NOTICE.values() if one in said), EvidenceStatus.CURRENT)
        for reading, notice in own:
            if notice.status is gravest:
                evidence = notice.evidence.model_copy(update={"rule": notice.words})
                proof.add(reading, evidence, "trials", cluster.trial_id, "evidence_status")
        return gravest


def _names(document: Document) -> list[_Name]:
    """What a document is known by: its id, and the identifiers of the paper that it is a record of."""
    papers = (("doi", document.doi), ("pmid", document.pmid), ("pmcid", document.pmcid))
    return [("document", document.document_id), *((scheme, value.lower()) for scheme, value in papers if value)]
