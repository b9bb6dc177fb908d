"""The same trial: mentions of it in several documents meet by the identifiers that they share."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from trialhouse.model.document import Document
from trialhouse.model.enums import DocumentKind, Relation
from trialhouse.model.identifiers import normalise_registry_id
from trialhouse.model.ids import stable_id
from trialhouse.resolution.reading import Mention
from trialhouse.resolution.trust import trust_key

Key = tuple[str, str]
"""An identifier that two mentions can share: its scheme and its value in lower case."""

LINKING_RELATIONS = frozenset({Relation.PREPRINT_OF, Relation.TRANSLATION_OF, Relation.CONFERENCE_ABSTRACT_OF})
"""A document in one of these relations to another reports the same trial as it."""


@dataclass(frozen=True)
class Cluster:
    """All mentions of one trial, the most trusted first, and for each the key that links it to another.

    `keys` are all that name the trial, the strongest first: what its mentions can be linked by, and the documents.
    """

    trial_id: str
    mentions: tuple[Mention, ...]
    links: tuple[str, ...]
    keys: tuple[Key, ...] = ()


def cluster(mentions: Sequence[Mention]) -> list[Cluster]:
    """Group mentions that share an identifier. The groups depend on neither the order of mentions nor of keys."""
    ordered = sorted(mentions, key=lambda mention: (trust_key(mention.document), mention.claims.id))
    keys = [mention_keys(mention) for mention in ordered]
    groups: dict[int, list[int]] = defaultdict(list)
    for index, root in enumerate(_roots(keys, [_linking_registrations(mention) for mention in ordered])):
        groups[root].append(index)
    return [_cluster([ordered[i] for i in group], [keys[i] for i in group]) for group in groups.values()]


def mention_keys(mention: Mention) -> tuple[Key, ...]:
    """What a mention can be linked by, the strongest first: registry ids, then DOI and PMID of the paper it reports.

    A page on several trials is linked by registry ids only, since its DOI says nothing of which trial is meant.
    """
    document = mention.document
    keys: list[Key] = [("registry", value.lower()) for value in _linking_registrations(mention)]
    if "#" in mention.claims.id:
        return tuple(keys)
    keys += [(scheme, value.lower()) for scheme, value in _own_papers(document) if value]
    keys += [(r.scheme, r.value.lower()) for r in document.relations if r.relation in LINKING_RELATIONS]
    if document.kind is DocumentKind.NEWS:
        cited = [(i.scheme, i.value.lower()) for i in document.cites if i.scheme in ("doi", "pmid")]
        # A page that cites one paper tells of it; one that cites several compares them.
        keys += cited if len({value for scheme, value in cited if scheme == "doi"}) == 1 else []
    return tuple(dict.fromkeys(keys))


def _linking_registrations(mention: Mention) -> tuple[str, ...]:
    """The registry ids that name one trial. Two ids of one registry are two trials (a pooled analysis): no link."""
    ids = mention.claims.trial.registry_ids
    registries = [registry_of(value) for value in ids]
    return tuple(value for value, registry in zip(ids, registries, strict=True) if registries.count(registry) == 1)


def registry_of(registry_id: str) -> str:
    """The registry of an id, in the words of PubMed's DataBankName; 'unknown' for a form that no registry has."""
    found = normalise_registry_id(registry_id)
    return found[0] if found else "unknown"


def _own_papers(document: Document) -> list[tuple[str, str | None]]:
    return [("doi", document.doi), ("pmid", document.pmid), ("pmcid", document.pmcid)]


def _roots(keys: Sequence[Sequence[Key]], registrations: Sequence[tuple[str, ...]]) -> list[int]:
    """Union-find: for each mention the first mention that it is connected to by shared keys.

    Registry ids connect first. A DOI or PMID then connects all that share it, unless they name different ids of one
    registry: such a paper (a supplement, a pooled analysis, a slip) tells nothing of which trial is meant, and a
    check shows it. Keys are taken in their order, so that the result depends on the keys alone.
    """
    parent = list(range(len(keys)))

    def find(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    sharing: dict[Key, list[int]] = defaultdict(list)
    for index, own in enumerate(keys):
        for key in own:
            sharing[key].append(index)
    ids = [{value.lower() for value in own} for own in registrations]
    for key in sorted(sharing, key=lambda key: (key[0] != "registry", key)):
        roots = sorted({find(index) for index in sharing[key]})
        together = set().union(*(ids[root] for root in roots))
        if key[0] != "registry" and _names_two_trials(together):
            continue
        for root in roots:
            parent[root] = roots[0]
        ids[roots[0]] = together
    return [find(i) for i in range(len(keys))]


def _names_two_trials(registry_ids: set[str]) -> bool:
    """Whether some registry has two ids among these."""
    registries = [registry_of(value) for value in sorted(registry_ids)]
    return len(set(registries)) < len(registries)


def _cluster(mentions: list[Mention], keys: list[tuple[Key, ...]]) -> Cluster:
    every = [key for own in keys for key in own]
    registrations = sorted({key for key in every if key[0] == "registry"}, key=lambda key: registry_rank(key[1]))
    papers = [key for key in every if key[0] != "registry"]
    naming: Key | tuple[str, str] = (registrations or papers or [("document", _name(mentions[0]))])[0]
    shared = {key for key in every if every.count(key) > 1}
    links = tuple(_link(mention, own, shared) for mention, own in zip(mentions, keys, strict=True))
    named = {*every, *(("document", _name(mention)) for mention in mentions)}
    return Cluster(stable_id("trial", *naming), tuple(mentions), links, tuple(sorted(named, key=key_rank)))


SCHEMES = ("registry", "doi", "pmid", "pmcid", "document")
"""Kinds of keys, the strongest first: a registry id says which trial is meant, a document's address least of all."""


def key_rank(key: Key) -> tuple[int, bool, str]:
    """Sorts keys, the strongest first: by kind, ClinicalTrials.gov before other registries, then by value."""
    scheme, value = key
    return SCHEMES.index(scheme), scheme == "registry" and registry_rank(value)[0], value


def registry_rank(registry_id: str) -> tuple[bool, str]:
    """Sorts registry ids, ClinicalTrials.gov first, then by value."""
    return not registry_id.lower().startswith("nct"), registry_id.lower()


def _name(mention: Mention) -> str:
    suffix = mention.claims.id.rpartition("#")[2] if "#" in mention.claims.id else ""
    return mention.document.document_id + (f"#{suffix}" if suffix else "")


def _link(mention: Mention, own: tuple[Key, ...], shared: set[Key]) -> str:
    """How a mention is tied to its trial, as `scheme value`."""
    strongest = next((key for key in own if key in shared), own[0] if own else None)
    return f"{strongest[0]} {strongest[1]}" if strongest else "own text"
