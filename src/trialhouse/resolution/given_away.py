"""Ids that merges gave away: which trial of this build has today what named the trial of such an id."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from trialhouse.model.identifiers import numbering_of
from trialhouse.model.ids import stable_id
from trialhouse.resolution.published import Published
from trialhouse.resolution.trials import Cluster, Key, key_rank

PAPERS = ("doi", "pmid", "pmcid")


@dataclass(frozen=True)
class Home:
    """The cluster, by its place, that has the strongest of the keys that an id was given away with; how many it has."""

    index: int
    key: Key
    shared: int

    def rank(self, old: str) -> tuple[object, ...]:
        """Sorts the ids that one cluster may have again. One that another was merged into has all its keys as well."""
        return (*key_rank(self.key)[:2], -self.shared, old)


def homes_of(
    clusters: Sequence[Cluster], own: Sequence[Sequence[Key]], published: Published, merged: Mapping[str, str]
) -> dict[str, Home]:
    """Where the trials of merged ids are today, as far as anything of them is there.

    `own` are the keys that each cluster has alone, the strongest first. `merged` are the ids that were given away.
    """
    named: dict[str, set[Key]] = {}
    for row in published.given_away:
        if row.trial_id in merged:
            named.setdefault(row.trial_id, set()).add((row.scheme, row.value))
    if not named:
        return {}
    place = {key: index for index, keys in enumerate(own) for key in keys}
    homes = {}
    for old, keys in sorted(named.items()):
        sharing: dict[int, list[Key]] = {}
        for key in sorted(keys & place.keys(), key=key_rank):
            sharing.setdefault(place[key], []).append(key)
        believed = [index for index in sharing if is_believed(set(clusters[index].keys), keys)]
        if believed:
            index = min(believed, key=lambda one: holding_rank(old, sharing[one][0], own[one]))
            homes[old] = Home(index, sharing[index][0], len(sharing[index]))
    return homes


def holding_rank(trial_id: str, key: Key, own: Sequence[Key]) -> tuple[object, ...]:
    """Sorts what may hold a trial: by the kind of the key, then that which its id was made of, then by the key."""
    kind, is_other_registry, value = key_rank(key)
    is_origin = any(stable_id("trial", *one) == trial_id for one in own)
    return kind, is_other_registry, not is_origin, value


def is_believed(own: set[Key], named: set[Key]) -> bool:
    """Whether a shared key shows that these keys and those of a published trial name the same trial."""
    shared_schemes = {scheme for scheme, _ in own & named}
    if "registry" in shared_schemes:
        return True
    if _registries(own) & _registries(named):
        return False
    if shared_schemes & set(PAPERS):
        return True
    return not any(_has(own, scheme) and _has(named, scheme) for scheme in PAPERS)


def _registries(keys: set[Key]) -> set[str]:
    return {numbering_of(value) for scheme, value in keys if scheme == "registry"}


def _has(keys: set[Key], wanted: str) -> bool:
    return any(scheme == wanted for scheme, _ in keys)
