"""Registry ids of a trial that a document was judged to be none of: the id stays with the trial, not with the document.

Else both would be called by one number, and the document might keep the id under which the trial was published.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from trialhouse.model.enums import DocumentKind
from trialhouse.resolution.constraints import Constraint
from trialhouse.resolution.reading import Mention


def without_parted_ids(mentions: Sequence[Mention], different: Iterable[Constraint]) -> list[Mention]:
    """The same mentions, each without the registry ids of trials that it was judged to be none of.

    An id that both sides of a judgement have is of the side with its registry record; where that is not there, of the
    trial that the other side was taken out of. Two trials that share the number of another registry both keep it: one
    protocol may be registered twice, and a registry record knows its own numbers.
    """
    by_name = {mention.name: mention for mention in mentions}
    lost: dict[str, set[str]] = defaultdict(set)
    for judged in different:
        for owning, losing in ((judged.left, judged.right), (judged.right, judged.left)):
            owners, losers = ([by_name[name] for name in sorted(side & by_name.keys())] for side in (owning, losing))
            shared = {*_ids(owners)} & {*_ids(losers)} - {*_registered(losers)}
            kept = shared if losing == judged.part else shared & {*_registered(owners)}
            for mention in losers if kept else ():
                lost[mention.name] |= kept & {*_ids([mention])}
    return [mention.without_ids(lost[mention.name]) if _loses(mention, lost) else mention for mention in mentions]


def _loses(mention: Mention, lost: Mapping[str, set[str]]) -> bool:
    return bool(lost.get(mention.name)) and mention.document.kind is not DocumentKind.REGISTRY


def _ids(mentions: Iterable[Mention]) -> Iterator[str]:
    """All registry ids, in lower case."""
    return (value.lower() for mention in mentions for value in mention.claims.trial.registry_ids)


def _registered(mentions: Iterable[Mention]) -> Iterator[str]:
    """Those that these are the registry records of: the first id of each."""
    records = (mention for mention in mentions if mention.document.kind is DocumentKind.REGISTRY)
    return (value.lower() for record in records for value in record.claims.trial.registry_ids[:1])
