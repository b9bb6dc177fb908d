"""Registry ids of a trial that a document was judged to be none of: the id stays with the trial, not with the document.

Else both would be called by one number, and the document might keep the id under which the trial was published.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from trialhouse.model.enums import DocumentKind
from trialhouse.resolution.constraints import Constraint
from trialhouse.resolution.in_brief import standings_of
from trialhouse.resolution.reading import Mention
from trialhouse.resolution.stated_ids import Standing


def without_parted_ids(mentions: Sequence[Mention], different: Iterable[Constraint]) -> list[Mention]:
    """The same mentions, each without the registry ids of trials that it was judged to be none of.

    An id that both sides of a judgement have is of the side with its registry record. Where that is not there, an id of
    a trial and of what was taken out of it is of that part where this alone states it as its own, else of the trial.
    Two trials that share the number of another registry both keep it: one protocol may be registered twice, and a
    registry record knows its own numbers.
    """
    by_name = {mention.name: mention for mention in mentions}
    lost: dict[str, set[str]] = defaultdict(set)
    for judged in different:
        for owning, losing in ((judged.left, judged.right), (judged.right, judged.left)):
            owners, losers = ([by_name[name] for name in sorted(side & by_name.keys())] for side in (owning, losing))
            shared = {*_ids(owners)} & {*_ids(losers)} - {*_registered(losers)}
            is_part = losing == judged.part
            taken = {value for value in shared if is_part and _states_alone(losers, value, owners)}
            kept = (shared if is_part else shared & {*_registered(owners)}) - taken
            for side, ids in ((losers, kept), (owners, taken)):
                for mention in side if ids else ():
                    lost[mention.name] |= ids & {*_ids([mention])}
    return [mention.without_ids(lost[mention.name]) if _loses(mention, lost) else mention for mention in mentions]


def _loses(mention: Mention, lost: Mapping[str, set[str]]) -> bool:
    return bool(lost.get(mention.name)) and mention.document.kind is not DocumentKind.REGISTRY


def _states_alone(part: Sequence[Mention], value: str, rest: Sequence[Mention]) -> bool:
    """Whether what was taken out of a trial states an id as its own, and the rest of that trial only speaks of it."""
    is_registered = any(one.document.kind is DocumentKind.REGISTRY and value in _ids([one]) for one in rest)
    strongest = _strongest(part, value)
    return not is_registered and strongest >= Standing.OWN and strongest > _strongest(rest, value)


def _strongest(mentions: Sequence[Mention], value: str) -> Standing:
    """How those that have an id (lower case) have it, the strongest of them."""
    having = (one for one in mentions if value in _ids([one]))
    found = ({registry_id.lower(): how for registry_id, how in standings_of(one.document).items()} for one in having)
    return max(how.get(value, Standing.STATED) for how in found)


def _ids(mentions: Iterable[Mention]) -> Iterator[str]:
    """All registry ids, in lower case."""
    return (value.lower() for mention in mentions for value in mention.claims.trial.registry_ids)


def _registered(mentions: Iterable[Mention]) -> Iterator[str]:
    """Those that these are the registry records of: the first id of each."""
    records = (mention for mention in mentions if mention.document.kind is DocumentKind.REGISTRY)
    return (value.lower() for record in records for value in record.claims.trial.registry_ids[:1])
