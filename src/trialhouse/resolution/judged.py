"""What people judged of two documents or two trials, as constraints on what may be joined.

What a judgement is about is found by keys: what was a trial when a person judged it is known by the keys that it had
then, whatever trial has them now.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from trialhouse.model.document import Document
from trialhouse.model.enums import DocumentKind
from trialhouse.model.ids import stable_id
from trialhouse.model.words import JudgementSubject, Verdict
from trialhouse.resolution.constraints import Constraint, Constraints
from trialhouse.resolution.mentioned_ids import without_ids_of_others
from trialhouse.resolution.reading import Mention
from trialhouse.resolution.ties import Key, own_papers, ties_of

TRIAL = "trial"
"""The scheme of a key that is the id of a trial, and the prefix of such ids."""


@dataclass(frozen=True)
class Side:
    """One of the two things that were judged: the name that a person gave, and the keys that it is known by.

    `became` is for a document that was judged when it had other bytes, and so another id: the keys of its paper and of
    its place, each set of which finds it where those before found nothing.
    """

    name: str
    keys: frozenset[Key]
    became: tuple[frozenset[Key], ...] = ()


@dataclass(frozen=True)
class Judgement:
    """Two documents or trials that are the same or different; `said` is by whom, when, where it is written, and why."""

    judgement_id: str
    subject: JudgementSubject
    left: Side
    right: Side
    verdict: Verdict
    said: str

    def __str__(self) -> str:
        return f"{self.left.name} and {self.right.name} are {self.verdict.value} ({self.said})"


_OF_ONE = ("pmid", "pmcid")
"""Schemes of identifiers whose value one paper alone has."""

Members = Callable[[Side], Collection[str]]
"""The names of what stands for a side: its keys, or the mentions of a build that have them."""


def key_names(side: Side) -> frozenset[str]:
    """The keys of a side, each as a name: what is known of it without any build."""
    return frozenset(f"{scheme} {value}" for scheme, value in side.keys)


def constraints_of(
    judgements: Iterable[Judgement], subject: JudgementSubject, members: Members = key_names
) -> Constraints:
    """The judgements on documents, or on trials, as constraints on the members of their sides.

    What stands for both sides says nothing of how they differ, and one without members nothing at all. A document that
    was judged to be no part of its trial differs from the rest of the trial.
    """
    same, different = [], []
    for judgement in judgements:
        if judgement.subject is not subject:
            continue
        left, right = frozenset(members(judgement.left)), frozenset(members(judgement.right))
        if judgement.verdict is Verdict.SAME and left and right:
            same.append(Constraint(left, right, judgement.judgement_id, str(judgement)))
        elif judgement.verdict is Verdict.DIFFERENT and left and right and left != right:
            # A side that lies within the other is what was judged apart from the rest of it.
            one, other = left - right or left, right - left or right
            part = next((side for side, whole in ((left, right), (right, left)) if side < whole), frozenset[str]())
            different.append(Constraint(one, other - one, judgement.judgement_id, str(judgement), part))
    return Constraints(tuple(same), tuple(different))


def refuse_contradictions(judgements: Collection[Judgement]) -> None:
    """Two things that were judged different must not be the same by other judgements, one or a chain of them.

    Raises ContradictoryJudgements, as far as the keys of the judgements show it: two keys of one trial are told apart
    in a build only.
    """
    for subject in JudgementSubject:
        constraints = constraints_of(judgements, subject)
        every = (*constraints.same, *constraints.different)
        constraints.check({name for one in every for name in one.left | one.right})


def members_of_trials(
    judgements: Sequence[Judgement], mentions: Sequence[Mention], documents: Sequence[Document] = ()
) -> Members:
    """What stands in a build for a side of a judgement on trials: the mentions that have its keys, else documents.

    What is judged of a registry id is judged of the trial that has it, not of a text that compares itself with it. A
    document from which no trial was read is judged by its own id, or by that of its paper where no mention has it.
    """
    having = _Having()
    if any(judgement.subject is JudgementSubject.TRIAL for judgement in judgements):
        for mention in without_ids_of_others(mentions)[0]:
            ids = (mention.name, mention.document.document_id)
            having.add(mention.name, (*ties_of(mention).keys, *(("document", one) for one in ids)))
            having.add_own(mention.name, mention.document)
        telling = {mention.document.document_id for mention in mentions}
        for document in documents:
            if document.document_id not in telling:
                own = ("document", document.document_id)
                having.add_silent(document.document_id, (own, *own_papers(document)))
                having.add_own(document.document_id, document)
    return having.members


def members_of_documents(judgements: Sequence[Judgement], documents: Sequence[Document]) -> Members:
    """What stands in a build for a side of a judgement on documents."""
    having = _Having()
    if any(judgement.subject is JudgementSubject.DOCUMENT for judgement in judgements):
        for document in documents:
            having.add(document.document_id, _keys_of(document))
            having.add_own(document.document_id, document)
    return having.members


def members_of(
    judgements: Sequence[Judgement], mentions: Sequence[Mention], documents: Sequence[Document]
) -> Mapping[JudgementSubject, Members]:
    """What stands in a build for the sides of judgements."""
    return {
        JudgementSubject.TRIAL: members_of_trials(judgements, mentions, documents),
        JudgementSubject.DOCUMENT: members_of_documents(judgements, documents),
    }


def constraints_on_trials(judgements: Sequence[Judgement], members: Mapping[JudgementSubject, Members]) -> Constraints:
    """What people judged of trials, as constraints on the mentions and documents of a build.

    Raises ContradictoryJudgements.
    """
    constraints = constraints_of(judgements, JudgementSubject.TRIAL, members[JudgementSubject.TRIAL])
    every = (*constraints.same, *constraints.different)
    constraints.check(name for one in every for name in one.left | one.right)
    return constraints


def as_of_trials(judgements: Sequence[Judgement], documents: Sequence[Document]) -> list[Judgement]:
    """The judgements, those on documents that are no two records of a publication as judgements on trials.

    A page of news or a registry record is the copy of no paper: who finds it to be the same as a paper, or not to be,
    speaks of the trial that both are about, or are not.
    """
    members = members_of_documents(judgements, documents)
    about = {one.document_id for one in documents if one.kind in (DocumentKind.NEWS, DocumentKind.REGISTRY)}

    def is_of_trials(one: Judgement) -> bool:
        found = {*members(one.left), *members(one.right)}
        return one.subject is JudgementSubject.DOCUMENT and not about.isdisjoint(found)

    return [replace(one, subject=JudgementSubject.TRIAL) if is_of_trials(one) else one for one in judgements]


def constraints_on_documents(judgements: Sequence[Judgement], documents: Sequence[Document]) -> Constraints:
    """What people judged of documents, as constraints on the documents of a build.

    Raises ContradictoryJudgements.
    """
    members = members_of_documents(judgements, documents)
    constraints = constraints_of(judgements, JudgementSubject.DOCUMENT, members)
    constraints.check(document.document_id for document in documents)
    return constraints


def pairs_of(constraints: Iterable[Constraint]) -> set[tuple[str, str]]:
    """Each two of both sides, the one whose name sorts first before the other."""
    return {
        (min(one, other), max(one, other))
        for constraint in constraints
        for one in constraint.left
        for other in constraint.right
        if one != other
    }


def said_of_copies(judgements: Sequence[Judgement], documents: Sequence[Document]) -> dict[tuple[str, str], str]:
    """What people said of each pair of documents that they found to be one, by the ids, the smaller first."""
    same = constraints_on_documents(judgements, documents).same
    return {pair: constraint.reason for constraint in same for pair in pairs_of([constraint])}


def _keys_of(document: Document) -> Iterator[Key]:
    """What a document is known by: its id, the paper that it is a record of, the number that it registers."""
    yield "document", document.document_id
    yield from own_papers(document)
    if document.kind is DocumentKind.REGISTRY:
        yield from (("registry", one.value.lower()) for one in document.registry_ids)


class _Having:
    """Who has which key. The silent are asked where nobody else has it."""

    def __init__(self) -> None:
        self._names: dict[Key, set[str]] = defaultdict(set)
        self._silent: dict[Key, set[str]] = defaultdict(set)
        self._own: dict[Key, set[str]] = defaultdict(set)

    def add(self, name: str, keys: Iterable[Key]) -> None:
        for key in keys:
            self._names[key].add(name)

    def add_silent(self, name: str, keys: Iterable[Key]) -> None:
        for key in keys:
            self._silent[key].add(name)

    def add_own(self, name: str, document: Document) -> None:
        """Add what a document is found by that had another id: not the papers that it only cites."""
        for key in (("document", document.document_id), *own_papers(document)):
            self._own[key].add(name)

    def members(self, side: Side) -> set[str]:
        """All that have a key of a side; where nobody has, of what it has become. Of a trial whose keys nobody has any
        more its id is left, which was made of the strongest of them.
        """
        for names in (self._names, self._silent):
            found = set[str]().union(*(names.get(key, ()) for key in side.keys))
            if found:
                return found
        for keys in side.became:
            found = set.intersection(*(self._own.get(key, set()) for key in keys))
            # A DOI is that of all abstracts of a supplement.
            if len(found) == 1 or (found and any(scheme in _OF_ONE for scheme, _ in keys)):
                return found
        made = [names for key, names in self._names.items() if (TRIAL, stable_id(TRIAL, *key)) in side.keys]
        return set[str]().union(*made)
