"""The same trial: mentions of it in several documents meet by what they share, the most reliable thing first."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from trialhouse.model.ids import stable_id
from trialhouse.model.tables import DocumentRelationRow
from trialhouse.resolution.constraints import NO_CONSTRAINTS, Constraint, Constraints
from trialhouse.resolution.doubts import Doubt
from trialhouse.resolution.garbage import no_search_for_garbage
from trialhouse.resolution.link_reasons import Link
from trialhouse.resolution.linking import NOTHING_JUDGED, Linking
from trialhouse.resolution.reading import Mention
from trialhouse.resolution.ties import Key, registry_of
from trialhouse.resolution.trust import trust_key

__all__ = ["Cluster", "Key", "Linked", "cluster", "key_rank", "link", "registry_of", "registry_rank"]


@dataclass(frozen=True, slots=True)
class Cluster:
    """All mentions of one trial, the most trusted first, and for each how it is tied to the trial.

    `keys` are all that name the trial, the strongest first: what its mentions can be linked by, and the documents.
    `judged` are the judgements by which mentions of it were joined.
    """

    trial_id: str
    mentions: tuple[Mention, ...]
    links: tuple[Link, ...]
    keys: tuple[Key, ...] = ()
    judged: tuple[Constraint, ...] = ()


@dataclass(frozen=True)
class Linked:
    """The trials, and the pairs of mentions (by their names) that may be of one trial: a person decides.

    `on_several` are the news pages on several trials, by their documents' ids, with the papers of these that they cite;
    `beside_unknown` are those of them that cite papers of one trial beside others that nobody knows.
    """

    clusters: list[Cluster]
    doubtful: tuple[Doubt, ...]
    on_several: Mapping[str, tuple[Key, ...]] = field(default_factory=dict)
    beside_unknown: frozenset[str] = frozenset()


def cluster(
    mentions: Sequence[Mention],
    relations: Sequence[DocumentRelationRow] = (),
    constraints: Constraints = NO_CONSTRAINTS,
) -> list[Cluster]:
    """The clusters of `link`."""
    return link(mentions, relations, constraints).clusters


def link(
    mentions: Sequence[Mention],
    relations: Sequence[DocumentRelationRow] = (),
    constraints: Constraints = NO_CONSTRAINTS,
    of_reviews: Collection[Key] = frozenset(),
    judged: Mapping[tuple[str, str], str] = NOTHING_JUDGED,
) -> Linked:
    """Group mentions of one trial. The groups depend on neither the order of mentions nor that of what they share.

    `relations` are what documents are to each other (copies, preprints), `of_reviews` the identifiers of papers on
    several trials: what lists or cites one of them is not of one trial for that. `judged` are the words of people on
    pairs of documents that they found to be one. Raises ContradictoryJudgements.
    """
    with no_search_for_garbage():
        return _link(mentions, relations, constraints, of_reviews, judged)


def _link(
    mentions: Sequence[Mention],
    relations: Sequence[DocumentRelationRow],
    constraints: Constraints,
    of_reviews: Collection[Key],
    judged: Mapping[tuple[str, str], str],
) -> Linked:
    ordered = sorted(mentions, key=lambda mention: (trust_key(mention.document), mention.claims.id))
    linking = Linking(ordered, constraints, of_reviews)
    linking.judge(constraints.same)
    linking.by_registry_ids()
    linking.by_papers()
    linking.by_relations(relations, judged)
    linking.by_references()
    linking.by_citations()
    linking.by_likeness()
    linking.by_citations_again()
    linking.leave_pages_beside_unknown()
    linking.doubt_cited_ids()
    clusters = [_cluster(linking, members) for members in linking.members().values()]
    pages = {ordered[number].document.document_id: cited for number, cited in sorted(linking.on_several.items())}
    beside_unknown = {ordered[number].document.document_id for number in linking.beside_unknown}
    return Linked(clusters, tuple(linking.doubts()), pages, frozenset(beside_unknown & pages.keys()))


def _cluster(linking: Linking, members: Sequence[int]) -> Cluster:
    mentions = tuple(linking.mentions[number] for number in members)
    every = dict.fromkeys(key for number in members for key in linking.ties[number].keys)
    registrations = sorted((key for key in every if key[0] == "registry"), key=lambda key: registry_rank(key[1]))
    papers = [key for key in every if key[0] != "registry"]
    naming: Key = (registrations or papers or [("document", mentions[0].name)])[0]
    links = tuple(linking.links_of(members, registrations[0][1] if registrations else None))
    named = {*every, *(("document", mention.name) for mention in mentions)}
    group = linking.groups.find(members[0])
    judged = tuple(one for member, one in linking.judged if linking.groups.find(member) == group)
    return Cluster(stable_id("trial", *naming), mentions, links, tuple(sorted(named, key=key_rank)), judged)


SCHEMES = ("registry", "doi", "pmid", "pmcid", "document")
"""Kinds of keys, the strongest first: a registry id says which trial is meant, a document's address least of all."""


def key_rank(key: Key) -> tuple[int, bool, str]:
    """Sorts keys, the strongest first: by kind, ClinicalTrials.gov before other registries, then by value."""
    scheme, value = key
    return SCHEMES.index(scheme), scheme == "registry" and registry_rank(value)[0], value


def registry_rank(registry_id: str) -> tuple[bool, str]:
    """Sorts registry ids, ClinicalTrials.gov first, then by value."""
    return not registry_id.lower().startswith("nct"), registry_id.lower()
