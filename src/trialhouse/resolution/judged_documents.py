"""What people judged of documents that report no trial by themselves: reviews, short pages, records without abstract.

They have no part in making trials, so that judgements on them are asked when it is known which documents are of which.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from trialhouse.model.enums import Relation
from trialhouse.model.tables import DocumentRelationRow, RowSet, TrialDocumentRow
from trialhouse.model.words import JudgementSubject, Verdict
from trialhouse.resolution.constraints import Constraint, Constraints
from trialhouse.resolution.evidence_status import STATUS_OF_NOTICE
from trialhouse.resolution.judged import Judgement, Members
from trialhouse.resolution.link_reasons import Link
from trialhouse.resolution.trials import Cluster


@dataclass(frozen=True)
class JudgedDocuments:
    """By the ids of documents that report no trial: of which trial they were judged to be, and of which they are not.

    `copies` are the words of people on pairs of documents that they found to be one, the smaller id first.
    """

    same: Mapping[str, tuple[str, Link]] = field(default_factory=dict)
    apart: Mapping[str, frozenset[str]] = field(default_factory=dict)
    copies: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @classmethod
    def of(
        cls, judged: Constraints, trials: Sequence[Cluster], copies: Mapping[tuple[str, str], str]
    ) -> "JudgedDocuments":
        """Those among the sides of judgements; a side that is a mention stands for its trial."""
        of = {mention.name: trial.trial_id for trial in trials for mention in trial.mentions}
        same = _same(sorted(judged.same, key=lambda one: one.judgement_id), of)
        known = of | {name: trial_id for name, (trial_id, _) in same.items()}
        apart: dict[str, set[str]] = defaultdict(set)
        for one in judged.different:
            for side, others in ((one.left, one.right), (one.right, one.left)):
                for name in side - of.keys():
                    apart[name] |= {known[other] for other in others if other in known}
        return cls(same, {name: frozenset(trial_ids) for name, trial_ids in apart.items()}, copies)

    def are_apart(self, document_id: str, trial_id: str) -> bool:
        """Whether a document was judged to be none of a trial's."""
        return trial_id in self.apart.get(document_id, ())


def _same(judged: Sequence[Constraint], of: Mapping[str, str]) -> dict[str, tuple[str, Link]]:
    """The trial of each document that judgements lead to from a mention, one of them or a chain."""
    found: dict[str, tuple[str, Link]] = {}
    known = dict(of)
    waiting = list(judged)
    while ready := [one for one in waiting if not known.keys().isdisjoint(one.left | one.right)]:
        for one in ready:
            names = one.left | one.right
            trial_id = min(known[name] for name in names if name in known)
            for name in sorted(names - known.keys()):
                known[name] = trial_id
                found[name] = trial_id, Link("judgement", 1.0, one.reason)
        waiting = [one for one in waiting if one not in ready]
    return found


@dataclass(frozen=True)
class Shown:
    """What came of all judgements: the trials of each document and mention, by its name; copies of one paper.

    `paper` has one name for all documents that are copies of each other.
    """

    trials: Mapping[str, frozenset[str]] = field(default_factory=dict)
    paper: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of(
        cls, trials: Sequence[Cluster], links: Iterable[TrialDocumentRow], relations: Iterable[DocumentRelationRow]
    ) -> "Shown":
        """As the trials, the links of what reports none, and the relations between documents are."""
        found: dict[str, set[str]] = defaultdict(set)
        for trial in trials:
            for mention in trial.mentions:
                found[mention.name].add(trial.trial_id)
        for row in links:
            found[row.document_id].add(row.trial_id)
        relations = list(relations)
        for one in relations:
            if one.relation in STATUS_OF_NOTICE:
                found[one.from_document_id] |= found.get(one.to_document_id, set())
        copies = ((r.from_document_id, r.to_document_id) for r in relations if r.relation is Relation.DUPLICATE_OF)
        return cls({name: frozenset(ids) for name, ids in found.items()}, _papers(copies))

    def things(self, subject: JudgementSubject, names: Iterable[str]) -> frozenset[str]:
        """The trials, or the papers, of any of these."""
        if subject is JudgementSubject.TRIAL:
            return frozenset[str]().union(*(self.trials.get(name, ()) for name in names))
        return frozenset(self.paper.get(name, name) for name in names)


def without_effect(
    judgements: Sequence[Judgement],
    members: Mapping[JudgementSubject, Members],
    trials: Sequence[Cluster],
    rows: RowSet,
) -> Iterator[str]:
    """A sentence for each judgement that a build does not show: what it is about, and why nothing came of it.

    `rows` have the relations between documents, and the links of those that report no trial of their own.
    """
    if not judgements:
        return
    shown = Shown.of(trials, rows.of(TrialDocumentRow), rows.of(DocumentRelationRow))
    for judgement in judgements:
        left, right = (frozenset(members[judgement.subject](side)) for side in (judgement.left, judgement.right))
        if why := _against(judgement, left, right, shown):
            yield f"A judgement has no effect: {judgement}: {why}."


def _against(judgement: Judgement, left: frozenset[str], right: frozenset[str], shown: Shown) -> str | None:
    """Why a judgement on what has these names shows nowhere; None where it does."""
    sides, subject = ((judgement.left, left), (judgement.right, right)), judgement.subject
    gone = [side.name for side, names in sides if not names]
    if gone:
        return f"nothing that is here is known as {' or '.join(gone)}"
    if judgement.verdict is Verdict.DIFFERENT:
        if left == right:
            return "both names mean the same here"
        one, other = left - right or left, right - left or right
        both = shown.things(subject, one) & shown.things(subject, other - one)
        return f"both are of {' and '.join(sorted(both))}" if both else None
    if not shown.things(subject, left).isdisjoint(shown.things(subject, right)):
        return None
    if subject is JudgementSubject.DOCUMENT:
        return "they are not both records of a publication that has a title"
    silent = [side.name for side, names in sides if not shown.things(subject, names)]
    return f"no trial is known from {' nor from '.join(silent)}" if silent else "they stayed in different trials"


def _papers(copies: Iterable[tuple[str, str]]) -> dict[str, str]:
    """One name for all that pairs lead to from each other."""
    parent: dict[str, str] = {}

    def find(one: str) -> str:
        while (above := parent.get(one, one)) != one:
            one = above
        return one

    for pair in copies:
        first, other = sorted(map(find, pair))
        parent[other] = first
    return {one: find(one) for one in parent}
