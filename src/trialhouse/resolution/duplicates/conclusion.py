"""From the verdicts on pairs to clusters, and to what is told of them."""

import itertools
from collections.abc import Collection, Iterable

from trialhouse.resolution.duplicates.clusters import Edge, Forest, joined
from trialhouse.resolution.duplicates.result import DoubtfulPair, DuplicateLink, Duplicates, RelatedPair
from trialhouse.resolution.duplicates.search import Numbers, Search
from trialhouse.resolution.duplicates.verdict import Finding, Verdict

COPIES = "same in every field"
JUDGEMENT = "judgement"
BETWEEN = "{reason}; they are kept apart because of {left} and {right}: {veto}"


def conclude(search: Search, same: Collection[Numbers], different: Collection[Numbers]) -> Duplicates:
    """The clusters of a search; `same` and `different` are what people judged.

    Raises ValueError where people judged two records different that their other judgements make the same.
    """
    edges = [
        Edge(-verdict.points, *pair)
        for pair, verdict in search.found.items()
        if verdict.finding is Finding.SAME and pair not in different
    ]
    search.compare_also(_across(edges))
    forest = Forest(lambda x, y: _forbids(search, different, x, y))
    for pair in sorted(same):
        forest.force(*pair)
    for left, right in sorted(different):
        if forest.root(left) == forest.root(right):
            raise ValueError(
                f"judgements contradict each other: {search.ids[left]} and {search.ids[right]} are judged different, "
                "and the same by way of others: withdraw one of them"
            )
    used, refused = joined(edges, forest)
    cluster_of = {record: search.ids[forest.root(n)] for n, record in enumerate(search.ids)}
    for first_n, copy_n in search.copies:
        cluster_of[search.ids[copy_n]] = search.ids[forest.root(first_n)]
    names = dict(enumerate(search.ids))
    links = [DuplicateLink(names[a], names[b], JUDGEMENT, 1.0, "a person judged them the same") for a, b in same]
    links += [DuplicateLink(names[a], names[b], COPIES, 1.0, COPIES) for a, b in search.copies]
    for edge in used:
        verdict = search.found[edge.pair]
        joined_pair = names[edge.left], names[edge.right]
        links.append(DuplicateLink(*joined_pair, verdict.method, verdict.confidence, verdict.reason))
    apart = [(pair, verdict) for pair, verdict in search.found.items() if pair not in different]
    return Duplicates(
        cluster_of,
        tuple(sorted(links, key=lambda link: (link.left, link.right))),
        _doubtful(search, forest, apart, refused),
        _related(search, forest, apart),
        search.crowds(),
        len(search.judged),
    )


def _across(edges: Iterable[Edge]) -> set[Numbers]:
    """The pairs within what would be one cluster if no veto divided it."""
    forest = Forest(lambda x, y: None)
    for edge in edges:
        forest.force(edge.left, edge.right)
    return {
        pair for members in forest.members.values() if len(members) > 2 for pair in itertools.combinations(members, 2)
    }


def _forbids(search: Search, different: Collection[Numbers], x: int, y: int) -> str | None:
    pair = (min(x, y), max(x, y))
    if pair in different:
        return "a person judged them different"
    return search.forbidden.get(pair)


def _doubtful(
    search: Search,
    forest: Forest,
    found: Iterable[tuple[Numbers, Verdict]],
    refused: Iterable[tuple[Edge, Numbers, str]],
) -> tuple[DoubtfulPair, ...]:
    """The pairs for a person, one (the best) for each two clusters.

    Of records that share their title with too many, each is listed with the one that it is likest to.
    """
    ids = search.ids
    pairs = [(v.points, pair, v.reason) for pair, v in found if v.finding is Finding.DOUBTFUL]
    for edge, (x, y), veto in refused:
        verdict = search.found[edge.pair]
        reason = BETWEEN.format(reason=verdict.reason, left=ids[x], right=ids[y], veto=veto)
        pairs.append((verdict.points, edge.pair, reason))
    best: dict[Numbers, DoubtfulPair] = {}
    listed: set[int] = set()
    for points, pair, reason in sorted(pairs, key=lambda one: (-one[0], one[1])):
        between = _clusters(forest, pair)
        is_crowd = pair[0] in search.crowd_of and search.crowd_of[pair[0]] == search.crowd_of.get(pair[1])
        if between is not None and not (is_crowd and listed.issuperset(pair)):
            listed.update(pair if is_crowd else ())
            best.setdefault(between, DoubtfulPair(ids[pair[0]], ids[pair[1]], points, reason))
    return tuple(sorted(best.values(), key=lambda one: (-one.score, one.left, one.right)))


def _related(search: Search, forest: Forest, found: Iterable[tuple[Numbers, Verdict]]) -> tuple[RelatedPair, ...]:
    """What documents are to each other, one (the surest) for each two clusters and relation."""
    best: dict[tuple[Numbers, str], RelatedPair] = {}
    for pair, verdict in sorted(found, key=lambda one: (-one[1].confidence, one[0])):
        between = _clusters(forest, pair)
        if verdict.relation is None or between is None:
            continue
        left, right = (search.ids[n] for n in (reversed(pair) if verdict.turned else pair))
        row = RelatedPair(left, right, verdict.relation, verdict.method, verdict.confidence, verdict.reason)
        best.setdefault((between, verdict.relation), row)
    return tuple(sorted(best.values(), key=lambda one: (one.left, one.right, one.relation)))


def _clusters(forest: Forest, pair: Numbers) -> Numbers | None:
    """The two clusters of a pair, or None where it is one."""
    a, b = sorted((forest.root(pair[0]), forest.root(pair[1])))
    return None if a == b else (a, b)
