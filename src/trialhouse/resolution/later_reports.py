"""Later reports that give neither number nor name of their trial: "Two-year follow-up of group parent training".

None is joined: a person is told of the earlier report that has as many participants, or the same drug, and is by its
title about the same thing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence

from trialhouse.resolution.doubts import MOST_PARTS, Doubt
from trialhouse.resolution.groups import Groups
from trialhouse.resolution.in_brief import drugs_of
from trialhouse.resolution.paper_sizes import SMALLEST, counted
from trialhouse.resolution.profiles import CONTROLS, Profile, against
from trialhouse.resolution.reading import Mention
from trialhouse.resolution.roles import is_called_later, reports_results
from trialhouse.resolution.title_words import in_words, words_about

METHOD = "later_report"
LIKELY, OPPOSED = 0.4, 0.2
"""How likely a later report is of a trial, where nothing is against it, where one thing is."""

WORDS = 3
"""Words that both titles have."""

_OF_A_LATER_ONE = ("years that do not fit", "one is another part")
"""How what speaks against one trial begins that any later report may have: it came years after, as an extension."""

MOST_OF_A_SIZE = 50
"""So many groups of one number of participants are compared by their titles."""


def later_reports(
    mentions: Sequence[Mention],
    members: Mapping[int, Sequence[int]],
    groups: Groups,
    profile: Callable[[int], Profile],
) -> Iterator[Doubt]:
    """The pairs of a later report without a registry id and what may be the first report, or the record, of its trial.

    `profile` is asked of those alone whose titles are alike, since it reads their texts.
    """
    unnumbered = (root for root in members if not groups.ids(root))
    later = [root for root in unnumbered if _is_later([mentions[number] for number in members[root]])]
    if not later:
        return
    told = {root: [mentions[number] for number in numbers] for root, numbers in members.items()}
    wanted = {key for root in later for key in _keys(told[root])}
    having: dict[str, list[int]] = defaultdict(list)
    for root, own in told.items():
        for key in wanted.intersection(_keys(own)):
            having[key].append(root)
    for root in later:
        found = {other for key in _keys(told[root]) for other in _few(key, having[key]) if other != root}
        about = words_about(mention.document.title for mention in told[root])
        for other in sorted(found):
            both = about & words_about(mention.document.title for mention in told[other])
            if len(both) < WORDS or groups.are_apart(root, other) or groups.contradict(root, other):
                continue
            sides = profile(root), profile(other)
            opposed = [one for one in against(*sides) if not one.startswith(_OF_A_LATER_ONE)]
            sizes, drugs = sides[0].counted & sides[1].counted, sides[0].drugs & sides[1].drugs
            if (sizes or drugs) and len(opposed) < (2 if sizes else 1):
                same = f"same size {max(sizes)}" if sizes else f"same drug {', '.join(sorted(drugs))}"
                but = opposed[0] if opposed else "no identifier is the same"
                reason = f"a later report by its title, {same}, both titles have {in_words(both)}, but {but}"
                yield Doubt.of(mentions[root], mentions[other], METHOD, OPPOSED if opposed else LIKELY, reason)


def _is_later(mentions: Sequence[Mention]) -> bool:
    """Whether the titles of all reports say that the first results stand elsewhere, and no name of a trial was read."""
    return all(
        is_called_later(one.document.title or "") and reports_results(one) and not one.claims.trial.acronym
        for one in mentions
    )


def _keys(mentions: Sequence[Mention]) -> set[str]:
    """The numbers of participants and the drugs of a group."""
    sizes = {str(size) for one in mentions if (size := counted(one)) and size >= SMALLEST}
    return sizes | {drug for one in mentions for drug in drugs_of(one.claims)} - CONTROLS


def _few(key: str, roots: Sequence[int]) -> Sequence[int]:
    """Groups that have a number or a drug in common, where they are few enough to be looked at."""
    return roots if len(roots) <= (MOST_OF_A_SIZE if key.isdigit() else MOST_PARTS) else ()
