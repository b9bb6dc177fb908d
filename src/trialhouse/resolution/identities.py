"""Which trial of this build is which of an earlier release: it keeps the id, and merges and splits leave redirects.

A trial is known again by the keys that it shares with a published one. The rules follow those by which mentions meet
within a build (`trials.py`): a registry id says which trial is meant; a DOI or PMID is believed unless the two name
different ids of one registry; a document alone is believed unless it is now another paper.
"""

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from trialhouse.model.ids import stable_id
from trialhouse.model.tables import TrialRedirectRow
from trialhouse.resolution.given_away import PAPERS, Home, holding_rank, homes_of, is_believed
from trialhouse.resolution.published import Published
from trialhouse.resolution.reading import Mention
from trialhouse.resolution.ties import ties_of
from trialhouse.resolution.trials import Cluster, Key, key_rank

EARLIER_ID = "trial"
"""The scheme of a key that is an id: one that the trial had before, or its own while it is gone."""

RESTORED = "Merged in an earlier release, when both named one trial."


def identify(
    clusters: Sequence[Cluster], published: Published
) -> tuple[list[Cluster], dict[Key, str], list[TrialRedirectRow]]:
    """The same clusters, each under the id that its trial has; what names each trial, with its id; the redirects.

    The ids depend on the clusters and on what was published, not on any order. An id that was published is never
    given to another trial, and resolving the same again gives the same rows.
    """
    matches = _Matches(clusters, published)
    ids = matches.kept_ids()
    merged = {old: trial_id for old, trial_id in _earlier_ids(published).items() if old != trial_id}
    homes = homes_of(clusters, matches.own, published, merged)
    _give_back(homes, ids)
    _add_new_ids(clusters, published, matches, ids, homes)
    moved = {old: ids[home.index] for old, home in homes.items()}
    redirects = _Redirects(published, standing=frozenset(ids.values()), moved=moved)
    _merge(matches, ids, redirects)
    _split(matches, ids, redirects)
    _move(matches, ids, redirects)
    redirects.carry_on()
    identified = [replace(cluster, trial_id=ids[index]) for index, cluster in enumerate(clusters)]
    return identified, _names(matches, ids, redirects), redirects.table()


class _Matches:
    """Which cluster shares which keys with which published trial, and which of them holds a trial's strongest key."""

    def __init__(self, clusters: Sequence[Cluster], published: Published) -> None:
        owners = Counter(key for cluster in clusters for key in cluster.keys)
        self.published = published
        self.clusters = clusters
        self.names = {(row.scheme, row.value): row.trial_id for row in published.keys if row.scheme != EARLIER_ID}
        self.all_keys = frozenset(owners)
        # A key that several clusters have, though it did not join them, names none of them.
        self.own = [tuple(key for key in cluster.keys if owners[key] == 1) for cluster in clusters]
        named: dict[str, set[Key]] = {}
        for key, trial_id in self.names.items():
            named.setdefault(trial_id, set()).add(key)
        self.shared: list[dict[str, Key]] = []
        """For each cluster the published trials that it is, or was a part of, with the strongest key shared."""
        self.disbelieved: list[dict[str, Key]] = []
        """For each cluster those that it shares keys with and contradicts by a stronger one."""
        for cluster, own in zip(clusters, self.own, strict=True):
            sharing: dict[str, Key] = {}
            for key in own:
                if key in self.names:
                    sharing.setdefault(self.names[key], key)
            believed = {t for t in sharing if is_believed(set(cluster.keys), named[t])}
            self.shared.append({t: key for t, key in sharing.items() if t in believed})
            self.disbelieved.append({t: key for t, key in sharing.items() if t not in believed})
        self.holder: dict[str, int] = {}
        """For each published trial the cluster that holds the strongest of its keys, of those that no merge brought
        if there are any; of keys of one kind, that which its id was made of.
        """
        strength: dict[str, tuple[object, ...]] = {}
        brought = {(row.scheme, row.value) for row in published.brought}
        for index, sharing in enumerate(self.shared):
            without = [key for key in self.own[index] if key not in brought]
            for trial_id, key in sharing.items():
                # What a merge brought says least of which part was the trial before it.
                first = next((one for one in without if self.names.get(one) == trial_id), None)
                ranked = (first is None, *holding_rank(trial_id, first or key, self.own[index]))
                if trial_id not in strength or ranked < strength[trial_id]:
                    strength[trial_id], self.holder[trial_id] = ranked, index
        self.held = [self._held_by(index) for index in range(len(clusters))]
        """For each cluster the published trials that it is; the first is the one whose id it keeps."""

    def _held_by(self, index: int) -> list[str]:
        """A trial of the last release comes before one that was gone, then the strongest kind of key, then the id."""
        sharing = self.shared[index]
        return sorted(
            (trial_id for trial_id in sharing if self.holder[trial_id] == index),
            key=lambda t: (t not in self.published.trials, key_rank(sharing[t])[:2], t),
        )

    def kept_ids(self) -> dict[int, str]:
        """The ids of the clusters that are a published trial."""
        return {index: trial_ids[0] for index, trial_ids in enumerate(self.held) if trial_ids}


def _give_back(homes: Mapping[str, Home], ids: dict[int, str]) -> None:
    """Give each cluster that is no published trial the id that it had before it was merged into one, if it had any."""
    for old in sorted(homes, key=lambda one: homes[one].rank(one)):
        ids.setdefault(homes[old].index, old)


def _add_new_ids(
    clusters: Sequence[Cluster],
    published: Published,
    matches: _Matches,
    ids: dict[int, str],
    homes: Mapping[str, Home],
) -> None:
    """Give each cluster that is no published trial an id of its own.

    It is made of the cluster's strongest key. Where that was published for something else it is made anew. Where
    nothing is remembered of an id that was merged, a part that it would be made for gets it again.
    """
    given = set(ids.values())
    before = _earlier_ids(published)
    known = {*published.trials, *before, *(row.trial_id for row in published.keys)}
    for index in sorted(
        set(range(len(clusters))) - ids.keys(), key=lambda i: [key_rank(key) for key in matches.own[i]]
    ):
        its_own = {old for old, trial_id in before.items() if trial_id in matches.shared[index]} - homes.keys()
        wanted = _ids_from(clusters[index].trial_id)
        ids[index] = next(one for one in wanted if one not in given and (one not in known or one in its_own))
        given.add(ids[index])


def _ids_from(first: str) -> Iterator[str]:
    yield first
    yield from (stable_id("trial", first, number) for number in itertools.count(2))


def _earlier_ids(published: Published) -> dict[str, str]:
    """Each id that no trial of the release has any more, and the trial that it was merged into."""
    redirected = sorted(published.redirects, key=lambda row: (row.old_trial_id, row.trial_id), reverse=True)
    before = {row.old_trial_id: row.trial_id for row in redirected}
    before |= {row.value: row.trial_id for row in published.keys if row.scheme == EARLIER_ID}
    return {old: trial_id for old, trial_id in before.items() if old not in published.trials}


@dataclass
class _Redirects:
    """The table of redirects in the making. `successor` leads from an id that does not stand to what it became.

    `moved` are ids that were merged, with the trial that has today what they named: it may be another than they led to.
    """

    published: Published
    standing: frozenset[str]
    moved: Mapping[str, str]
    reasons: dict[tuple[str, str], str] = field(default_factory=dict)
    successor: dict[str, str] = field(default_factory=dict)

    def add(self, old: str, trial_id: str, reason: str) -> None:
        """A redirect from an id to a trial that stands."""
        self.reasons.setdefault((old, trial_id), reason)
        if old not in self.standing:
            self.successor.setdefault(old, trial_id)

    def carry_on(self) -> None:
        """Add the redirects of the earlier release, each to the trial that stands today.

        One whose trial is gone is left out until it comes back; so is one from an id that stands again.
        """
        before = {old: t for old, t in _earlier_ids(self.published).items() if old not in self.standing}
        self.successor = before | self.successor
        led = {old: self.follow(old) for old in before}
        self.successor |= {old: trial_id for old, trial_id in self.moved.items() if old in before}
        for row in sorted(self.published.redirects, key=lambda row: (row.old_trial_id, row.trial_id)):
            target = self.follow(row.trial_id)
            if target is not None and target == led.get(row.old_trial_id) != self.follow(row.old_trial_id):
                continue  # it leads on to where its trial is now
            if target is not None and target != row.old_trial_id and self._still_leads(row.old_trial_id):
                self.reasons.setdefault((row.old_trial_id, target), row.reason)
        for old in before:
            target = self.follow(old)
            if target is not None:
                self.reasons.setdefault((old, target), RESTORED)

    def _still_leads(self, old: str) -> bool:
        """Whether an id stands as it did when it was split, or does not stand and did not just go without a trace."""
        if old in self.published.trials:
            return old in self.standing or self.follow(old) is not None
        return old not in self.standing

    def follow(self, trial_id: str) -> str | None:
        """The trial that stands where an id leads to, or None where it is gone."""
        seen: set[str] = set()
        while trial_id not in self.standing:
            if trial_id in seen or trial_id not in self.successor:
                return None
            seen.add(trial_id)
            trial_id = self.successor[trial_id]
        return trial_id

    def earlier_ids(self) -> Iterator[tuple[str, str]]:
        """Each id that does not stand, with what it became: the trial that stands, else the last one known."""
        for old, trial_id in self.successor.items():
            yield old, self.follow(old) or trial_id

    def table(self) -> list[TrialRedirectRow]:
        """The rows."""
        return [
            TrialRedirectRow(old_trial_id=old, trial_id=trial_id, reason=reason)
            for (old, trial_id), reason in sorted(self.reasons.items())
        ]


def _merge(matches: _Matches, ids: Mapping[int, str], redirects: _Redirects) -> None:
    """Redirect the ids of all published trials that turned out to be one to the id that it keeps."""
    for index in sorted(ids, key=ids.__getitem__):
        for trial_id in matches.held[index][1:]:
            keys = matches.shared[index]
            judged = _judged(matches, index, trial_id, ids[index])
            said = judged or f"{_said(keys[trial_id])} and {_said(keys[ids[index]])} name one trial"
            redirects.add(trial_id, ids[index], f"Merged: {said}.")


def _judged(matches: _Matches, index: int, *trial_ids: str) -> str:
    """The judgements that join documents of each of two published trials, in words; empty where nobody judged both."""
    cluster = matches.clusters[index]
    if not cluster.judged:
        return ""
    of = {mention.name: {matches.names.get(key) for key in _keys_of(mention)} for mention in cluster.mentions}
    found: dict[str, set[str]] = {trial_id: set() for trial_id in trial_ids}
    for judgement in cluster.judged:
        for name in judgement.left | judgement.right:
            for trial_id in of.get(name, set()) & found.keys():
                found[trial_id or ""].add(judgement.reason)
    one, other = found.values()
    return "; ".join(sorted(one & other or (one | other if one and other else ())))


def _keys_of(mention: Mention) -> list[Key]:
    return [*ties_of(mention).keys, ("document", mention.name)]


def _split(matches: _Matches, ids: Mapping[int, str], redirects: _Redirects) -> None:
    """Redirect from a published trial to each new one that holds a part of what named it.

    Where a merge is undone there is nothing to lead to: both ids stand again as they did before it.
    """
    before = _earlier_ids(matches.published)
    for index in sorted(ids, key=ids.__getitem__):
        sharing = matches.shared[index]
        if matches.held[index]:
            continue  # it is a published trial itself: a document that moves between two splits none
        for trial_id in sorted(sharing):
            if before.get(ids[index]) == trial_id:
                continue  # its own id from before the two were merged
            kept = _said(matches.shared[matches.holder[trial_id]][trial_id])
            said = f"Split: {_said(sharing[trial_id])} is no longer of the trial that {kept} names."
            redirects.add(trial_id, ids[index], said)


def _move(matches: _Matches, ids: Mapping[int, str], redirects: _Redirects) -> None:
    """Redirect from a trial that is gone to the one whose paper it had: another registry id is read in it now."""
    for index in sorted(ids, key=ids.__getitem__):
        for trial_id, key in sorted(matches.disbelieved[index].items()):
            gone = trial_id in matches.published.trials and trial_id not in matches.holder
            if gone and trial_id not in redirects.standing and key[0] in PAPERS:
                said = f"Read anew: {_said(key)} is now of the trial that {_said(matches.own[index][0])} names."
                redirects.add(trial_id, ids[index], said)


def _said(key: Key) -> str:
    return f"{key[0]} {key[1]}"


def _names(matches: _Matches, ids: Mapping[int, str], redirects: _Redirects) -> dict[Key, str]:
    """What names each trial of the build and each that is gone, with the ids that they had before."""
    named = {key: ids[index] for index, own in enumerate(matches.own) for key in own}
    known = redirects.standing | {trial_id for trial_id, index in matches.holder.items() if ids[index] != trial_id}
    for key, trial_id in matches.names.items():
        if trial_id not in known:  # it is gone
            if key not in matches.all_keys:
                named[key] = trial_id
            named[EARLIER_ID, trial_id] = trial_id
    return named | {(EARLIER_ID, old): trial_id for old, trial_id in redirects.earlier_ids()}
