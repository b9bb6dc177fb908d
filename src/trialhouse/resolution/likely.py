"""Groups that share no identifier and may be one trial: by acronym, drug and year, by title, by a slip in a number, by
drug and size.
"""

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from trialhouse.model.enums import DocumentKind
from trialhouse.resolution.doses_and_controls import other_regimens
from trialhouse.resolution.doubts import MOST_PARTS, Doubt
from trialhouse.resolution.groups import Groups
from trialhouse.resolution.in_brief import drugs_of
from trialhouse.resolution.later_reports import later_reports
from trialhouse.resolution.link_reasons import Link
from trialhouse.resolution.named_trials import named_trials
from trialhouse.resolution.other_subjects import Subject, other_subjects
from trialhouse.resolution.paper_sizes import SMALLEST, counted
from trialhouse.resolution.profiles import (
    CONTROLS,
    Profile,
    acronym_key,
    against,
    are_as_many,
    missing,
    profile_of,
    titles_name,
    years_fit,
)
from trialhouse.resolution.reading import Mention
from trialhouse.resolution.shared_facts import shared_fact
from trialhouse.resolution.titles import LONG_ENOUGH, letters

METHOD = "acronym_drug_year"
SAME_TITLE = "same_title"
SLIP = "registry_id_slip"
SAME_SIZE = "drug_and_size"

_SIZE_TELLS = frozenset({"the condition", "the drug"})
"""What need not have been read on both sides of one acronym where both count as many participants (`are_as_many`)."""

CONFIDENCE = 0.8
"""Of a link by acronym, drug and year."""

DOUBTS = {
    "missing": 0.5,
    "several": 0.4,
    "against": 0.2,
    "slip": 0.6,
    "title": 0.6,
    "registered apart": 0.1,
    "size": 0.5,
}
"""How likely a pair is one trial that was not joined, by what keeps it apart."""

Pair = tuple[int, int]


@dataclass
class Likely:
    """Pairs of groups (each by its first mention) that are joined, with the link, and the pairs for a person."""

    joining: list[tuple[Pair, Link]] = field(default_factory=list)
    doubtful: list[Doubt] = field(default_factory=list)

    def pairs(self, mentions: Sequence[Mention]) -> set[frozenset[str]]:
        """All pairs by the names of their mentions."""
        joined = {frozenset((mentions[one].name, mentions[other].name)) for (one, other), _ in self.joining}
        return joined | {frozenset((one.left, one.right)) for one in self.doubtful}


def likely_pairs(mentions: Sequence[Mention], members: Mapping[int, Sequence[int]], groups: Groups) -> Likely:
    """Find the pairs of groups that may be one trial.

    `members` are the mentions of each group. Two groups are joined where acronym, drug, years and condition are the
    same and nothing speaks against it, and nothing speaks against any two of all that hang together so; and where the
    title of one names the other, which is registered, and drug and size are the same too. All other pairs with one
    distinctive acronym or one title are told to a person, and those with one drug, size and condition (or another fact
    where no condition was read) of which one has no registry id.
    """
    found = Likely()
    by_title = _shared({root: _titles(mentions, members[root]) for root in members})
    comparing = _Comparing(mentions, members, groups, by_title)
    by_acronym = _shared({root: _acronyms(mentions, members[root]) for root in members})
    for roots in by_acronym:
        comparing.by_acronym(roots, found)
    joined_by_name, doubted = named_trials(mentions, members, groups, comparing.profile)
    found.joining += joined_by_name
    found.doubtful += doubted
    by_size = _shared({root: _sizes(mentions, members[root]) for root in members})
    registered = _registered(members, groups, found.joining)
    by_drug_and_size = partial(comparing.by_size, registered=registered)
    for compare, sharing in ((comparing.by_title, by_title), (by_drug_and_size, by_size)):
        told = found.pairs(mentions)
        compared = [doubt for roots in sharing for doubt in compare(roots)]
        found.doubtful += [one for one in dict.fromkeys(compared) if frozenset((one.left, one.right)) not in told]
    told = found.pairs(mentions)
    later = later_reports(mentions, members, groups, comparing.profile)
    found.doubtful += [one for one in later if frozenset((one.left, one.right)) not in told]
    return found


class _Comparing:
    """Compares groups, each of whose profiles is made once."""

    def __init__(
        self,
        mentions: Sequence[Mention],
        members: Mapping[int, Sequence[int]],
        groups: Groups,
        by_title: Sequence[Sequence[int]],
    ) -> None:
        self._mentions = mentions
        self._members = members
        self._groups = groups
        self._profiles: dict[int, Profile] = {}
        self._namesakes: dict[int, set[int]] = defaultdict(set)
        for roots in by_title:
            for one, other in itertools.permutations(roots, 2):
                if not groups.contradict(one, other) and not groups.are_apart(one, other):
                    self._namesakes[one].add(other)

    def profile(self, root: int) -> Profile:
        """What is known of a group."""
        if root not in self._profiles:
            self._profiles[root] = profile_of([self._mentions[number] for number in self._members[root]])
        return self._profiles[root]

    def by_acronym(self, roots: Sequence[int], found: Likely) -> None:
        """Compare the groups that have an acronym in common."""
        pairs = [pair for pair in itertools.combinations(roots, 2) if not self._groups.are_apart(*pair)]
        slips = [pair for pair in pairs if self._groups.contradict(*pair)]
        found.doubtful += [doubt for pair in slips for doubt in self._slip(pair, "the same acronym")]
        fitting: list[Pair] = []
        silent: list[Pair] = []
        for pair in pairs:
            if pair in slips:
                continue
            one, other = self.profile(pair[0]), self.profile(pair[1])
            opposed, unsaid = against(one, other), missing(one, other)
            if _SIZE_TELLS.issuperset(unsaid) and self._is_told_by_size(pair):
                unsaid = []
            if not (opposed or unsaid):
                opposed = self._apart(pair)
            if opposed and self._are_on_other_subjects(pair):
                continue
            if opposed:
                found.doubtful.append(self._doubt(pair, METHOD, "against", f"but {'; '.join(opposed)}"))
            elif unsaid:
                reason = f"but {', '.join(unsaid)} was not found on both sides"
                found.doubtful.append(self._doubt(pair, METHOD, "missing", reason))
                silent.append(pair)
            else:
                fitting.append(pair)
        for together in _connected(fitting):
            within = [pair for pair in fitting if pair[0] in together]
            if any(self._namesakes[root] - {*together} for root in together):
                reason = "but one of them has the title of another trial"
                found.doubtful += [self._doubt(pair, METHOD, "several", reason) for pair in within]
            elif all(pair in fitting or pair in silent for pair in itertools.combinations(together, 2)):
                found.joining += [(pair, self._link(pair)) for pair in within]
            else:
                reason = "but so it does with another trial that is a different one"
                found.doubtful += [self._doubt(pair, METHOD, "several", reason) for pair in within]

    def _are_on_other_subjects(self, pair: Pair) -> bool:
        """Whether two trials have one name by chance: nothing of what they are about is alike."""
        sides = (Subject([self._mentions[number] for number in self._members[root]]) for root in pair)
        return bool(other_subjects(*sides))

    def _apart(self, pair: Pair) -> list[str]:
        """What keeps groups of one acronym, drug, condition and time apart: other registries, doses and controls.

        A trial may have numbers of several registries; then as many participants are told in both.
        """
        one, other = (self._groups.ids(root) for root in pair)
        sizes = [self.profile(root).counted for root in pair]
        said = []
        if one and other and not one.keys() & other.keys() and not sizes[0] & sizes[1]:
            said.append(f"registered apart ({', '.join(sorted(one))}; {', '.join(sorted(other))})")
        regimens = other_regimens(*([self._mentions[number] for number in self._members[root]] for root in pair))
        return said + ([regimens] if regimens else [])

    def _is_told_by_size(self, pair: Pair) -> bool:
        """Whether two sides of one acronym count the same telling number of participants.

        A condition that was read on both sides speaks for itself. A drug that was read on one side alone has to stand
        in the other's titles.
        """
        one, other = (self.profile(root) for root in pair)
        differ = one.conditions.words and other.conditions.words and not one.conditions.meet(other.conditions)
        if differ or not are_as_many(one, other):
            return False
        if one.drugs and other.drugs:
            return True
        unread, drugs = (pair[1], one.drugs) if one.drugs else (pair[0], other.drugs)
        return bool(drugs) and titles_name([self._mentions[number] for number in self._members[unread]], drugs)

    def by_title(self, roots: Sequence[int]) -> Iterator[Doubt]:
        """The pairs of groups that have a title in common."""
        for pair in itertools.combinations(roots, 2):
            if self._groups.are_apart(*pair):
                continue
            one, other = self.profile(pair[0]), self.profile(pair[1])
            if self._groups.contradict(*pair):
                slips = list(self._slip(pair, "the same title"))
                yield from slips or [
                    self._doubt(pair, SAME_TITLE, "registered apart", "but their registry ids are different ones")
                ]
            elif opposed := against(one, other):
                yield self._doubt(pair, SAME_TITLE, "against", f"but {'; '.join(opposed)}")
            else:
                yield self._doubt(pair, SAME_TITLE, "title", "but no identifier is the same")

    def by_size(self, roots: Sequence[int], registered: Collection[int]) -> Iterator[Doubt]:
        """The pairs of groups with a drug and a size in common, where one thing at most is against it.

        They share a condition too, or one side has none and they share another fact. Of two trials with numbers, which
        `registered` are, only those are a pair whose numbers are one but for a slip.
        """
        for pair in itertools.combinations(roots, 2):
            is_slip = self._groups.contradict(*pair)
            if self._groups.are_apart(*pair) or (all(root in registered for root in pair) and not is_slip):
                continue
            one, other = self.profile(pair[0]), self.profile(pair[1])
            drugs, sizes = sorted(one.drugs & other.drugs), one.counted & other.counted
            more: str | None = ""
            if drugs and sizes and "the condition" in missing(one, other):
                more = self._also_the_same(pair)
            if not (drugs and sizes) or more is None:
                continue
            what = f"same drug {', '.join(drugs)}, same size {max(sizes)}{more}"
            if is_slip:
                # Neighbouring numbers without a record are as likely those of sister trials.
                if any(self._has_record(root) for root in pair):
                    yield from self._slip(pair, what)
                continue
            opposed = against(one, other)
            if len(opposed) < 2:
                but = opposed[0] if opposed else "no identifier is the same"
                first, second = (self._mentions[root] for root in pair)
                score = DOUBTS["against" if opposed else "size"]
                yield Doubt.of(first, second, SAME_SIZE, score, f"{what}, but {but}")

    def _also_the_same(self, pair: Pair) -> str | None:
        """What else two groups of one time have in common where no condition was read on both sides, in words."""
        one, other = (self.profile(root) for root in pair)
        both_read = one.conditions.words and other.conditions.words
        if both_read or not years_fit(one, other):
            return None
        shared = shared_fact(*([self._mentions[number] for number in self._members[root]] for root in pair))
        return shared and f", {shared}"

    def _slip(self, pair: Pair, what: str) -> Iterator[Doubt]:
        """The doubt of two groups whose registry ids differ by a slip, where one of the ids has no record."""
        one, other = self._groups.ids(pair[0]), self._groups.ids(pair[1])
        if all(self._has_record(root) for root in pair):
            return
        for numbering in sorted(one.keys() & other.keys()):
            for left, right in itertools.product(sorted(one[numbering]), sorted(other[numbering])):
                if differ_by_a_slip(left, right):
                    said = f"{what}, and {left.upper()} is {right.upper()} but for one sign: a slip in one of them?"
                    score = DOUBTS["slip"]
                    yield Doubt.of(self._mentions[pair[0]], self._mentions[pair[1]], SLIP, score, said)

    def _has_record(self, root: int) -> bool:
        return any(self._mentions[n].document.kind is DocumentKind.REGISTRY for n in self._members[root])

    def _doubt(self, pair: Pair, method: str, kind: str, reason: str) -> Doubt:
        said = "the same title" if method == SAME_TITLE else self._same(pair)
        first, second = (self._mentions[root] for root in pair)
        return Doubt.of(first, second, method, DOUBTS[kind], f"{said}, {reason}")

    def _same(self, pair: Pair) -> str:
        """What two groups have in common, in words."""
        one, other = self.profile(pair[0]), self.profile(pair[1])
        shared = one.acronyms & other.acronyms
        names = [name for name in one.written_acronyms if acronym_key(name) in shared]
        drugs = sorted(one.drugs & other.drugs)
        said = [f"same acronym {names[0]}" if names else "same acronym"]
        return ", ".join(said + ([f"same drug {', '.join(drugs)}"] if drugs else []))

    def _link(self, pair: Pair) -> Link:
        one, other = self.profile(pair[0]), self.profile(pair[1])
        same_size = one.counted & other.counted
        sized = f", both with {min(same_size)} participants" if same_size else ""
        reason = f"{self._same(pair)}, years {one.years} and {other.years}{sized}"
        return Link(METHOD, CONFIDENCE + (0.1 if same_size else 0), reason)


def differ_by_a_slip(one: str, other: str) -> bool:
    """Whether two ids differ in one sign only, or by two neighbouring ones that changed places."""
    if len(one) != len(other):
        return False
    places = [at for at, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(places) == 2 and places[1] == places[0] + 1:
        return one[places[0]] == other[places[1]] and one[places[1]] == other[places[0]]
    return len(places) == 1


def _shared(named: Mapping[int, set[str]]) -> list[list[int]]:
    """The groups that share each name, few enough to be looked at; in the order of the names."""
    having: dict[str, list[int]] = defaultdict(list)
    for root, names in named.items():
        for name in names:
            having[name].append(root)
    return [sorted(roots) for _, roots in sorted(having.items()) if 1 < len(roots) <= MOST_PARTS]


def _acronyms(mentions: Sequence[Mention], members: Sequence[int]) -> set[str]:
    return {key for number in members if (key := acronym_key(mentions[number].claims.trial.acronym))}


def _titles(mentions: Sequence[Mention], members: Sequence[int]) -> set[str]:
    titles = {letters(title) for number in members if (title := mentions[number].document.title)}
    return {title for title in titles if len(title) >= LONG_ENOUGH}


def _sizes(mentions: Sequence[Mention], members: Sequence[int]) -> set[str]:
    """Each drug with each size."""
    told = [mentions[number] for number in members]
    return {
        f"{drug} {size}"
        for one in told
        if (size := one.claims.trial.enrollment or counted(one)) and size >= SMALLEST
        for drug in drugs_of(one.claims)
        if drug not in CONTROLS
    }


def _registered(members: Mapping[int, Sequence[int]], groups: Groups, joining: Sequence[tuple[Pair, Link]]) -> set[int]:
    """The groups that have a registry id, or are joined by name with one that has."""
    found = {root for root in members if groups.ids(root)}
    for together in _connected([pair for pair, _ in joining]):
        if not found.isdisjoint(together):
            found |= {*together}
    return found


def _connected(pairs: Sequence[Pair]) -> list[list[int]]:
    """The groups that pairs connect."""
    parts: list[set[int]] = []
    for pair in pairs:
        meeting = [part for part in parts if part & set(pair)]
        parts = [part for part in parts if part not in meeting] + [set(pair).union(*meeting)]
    return sorted(sorted(part) for part in parts)
