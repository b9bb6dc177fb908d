"""Registry ids that a text states as its own and that all else it says contradicts: a slip gave another's number.

Such a text is of the trial that it describes and not of the one whose number it has. It stands apart, and the pair is
told to a person, who sees whose the number is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from trialhouse.model.enums import DocumentKind
from trialhouse.resolution.doubts import Doubt
from trialhouse.resolution.other_subjects import Subject, other_subjects
from trialhouse.resolution.paper_sizes import counted
from trialhouse.resolution.profiles import sizes_fit
from trialhouse.resolution.reading import Mention
from trialhouse.resolution.ties import PAPERS, paper_key, was_out_before

SCORE = 0.1
"""How likely a text is of the trial whose number it states where drug, condition and size or years are others."""

MOST = 40
"""So many papers of a number without a registry record are compared: what more have is no slip of one of two."""


def without_contradicted_ids(mentions: Sequence[Mention]) -> tuple[list[Mention], list[Doubt]]:
    """The same mentions, each without the registry ids that all else contradicts, and the pairs to look at.

    A paper, by all its records, does not have the number of a trial whose every registry record is on other drugs in
    another condition, and of another size or begun after the paper was out. Where no record is known, papers that
    contradict each other so are not of one trial: the number is with those that are more, and of as many with none.
    """
    naming: dict[str, list[int]] = defaultdict(list)
    records: dict[str, list[int]] = defaultdict(list)
    sizes: list[int | None] = []
    for number, mention in enumerate(mentions):
        trial = mention.claims.trial
        sizes.append((trial.enrollment or counted(mention)) if trial.registry_ids else None)
        if trial.registry_ids:
            of_kind = records if mention.document.kind is DocumentKind.REGISTRY else naming
            for value in trial.registry_ids:
                of_kind[value.lower()].append(number)
    lost: dict[int, set[str]] = defaultdict(set)
    doubts: dict[frozenset[str], Doubt] = {}
    for value, numbers in naming.items():
        known = records.get(value, ())
        if len(known) + len(numbers) < 2:
            continue
        registered, stating = [mentions[number] for number in known], (mentions[number] for number in numbers)
        if not _may_differ((sizes[number] for number in (*known, *numbers)), registered, stating):
            continue
        papers = [Subject([mentions[n] for n in together]) for together in _papers(mentions, numbers)]
        found = _of_others(papers, registered) if registered else _of_fewer(papers)
        for paper, other, said in found:
            losing = {one.name for one in paper.mentions}
            for number in numbers:
                if mentions[number].name in losing:
                    lost[number].add(value)
            first = paper.mentions[0]
            reason = f"{first.name} states {value.upper()}, but {'; '.join(said)}"
            pair = frozenset({first.name, other.name})
            doubts.setdefault(pair, Doubt.of(first, other, "registry_id", SCORE, reason))
    return [one.without_ids(lost[n]) if n in lost else one for n, one in enumerate(mentions)], [*doubts.values()]


def _may_differ(sizes: Iterable[int | None], records: Sequence[Mention], naming: Iterable[Mention]) -> bool:
    """Whether some two have other sizes, or one was out before the trial began: else nothing is read of them."""
    said = [size for size in sizes if size]
    if said and max(said) > 1.25 * min(said):
        return True
    begun = [date for one in records if (date := one.claims.trial.start_date)]
    out = [date for one in naming if (date := one.document.published)] if begun else []
    return bool(out) and min(out)[:4] < max(begun)[:4]


def _papers(mentions: Sequence[Mention], numbers: Sequence[int]) -> list[list[int]]:
    """The mentions that are of one paper by an identifier, together, in the order of their names."""
    parts: list[tuple[set[tuple[str, str]], list[int]]] = []
    for number in sorted(numbers, key=lambda one: mentions[one].name):
        document = mentions[number].document
        keys = {paper_key(scheme, value) for scheme in PAPERS if (value := getattr(document, scheme))}
        meeting = [part for part in parts if part[0] & keys]
        parts = [part for part in parts if part not in meeting]
        parts.append(
            (keys.union(*(part[0] for part in meeting)), [*(one for part in meeting for one in part[1]), number])
        )
    return [sorted(together, key=lambda one: mentions[one].name) for _, together in parts]


def _of_others(papers: Sequence[Subject], records: Sequence[Mention]) -> Iterator[tuple[Subject, Mention, list[str]]]:
    """The papers that every record contradicts, each with the first record and what it contradicts."""
    registered = [Subject([one]) for one in sorted(records, key=lambda one: one.name)]
    for paper in papers:
        said = [_against(paper, record) for record in registered]
        if all(said):
            yield paper, registered[0].mentions[0], said[0]


def _of_fewer(papers: Sequence[Subject]) -> Iterator[tuple[Subject, Mention, list[str]]]:
    """The papers of a number that has no record which are contradicted by as many as contradict the same as they do."""
    if not 1 < len(papers) <= MOST:
        return
    said: Mapping[int, dict[int, list[str]]] = {one: {} for one in range(len(papers))}
    for one, paper in enumerate(papers):
        for other in range(one):
            if opposed := _against(paper, papers[other]):
                said[one][other] = opposed
                said[other][one] = _against(papers[other], paper)
    for one, opposed_by in said.items():
        allies = {ally for other in opposed_by for ally in said[other]}
        if opposed_by and len(allies) <= len(opposed_by):
            other = min(opposed_by, key=lambda number: papers[number].mentions[0].name)
            yield papers[one], papers[other].mentions[0], opposed_by[other]


def _against(one: Subject, other: Subject) -> list[str]:
    """What says that two sides are of different trials where drug, condition and size or years all do; else nothing."""
    said = [] if sizes_fit(one.sizes, other.sizes) else [f"enrollments far apart ({one.sizes}; {other.sizes})"]
    if _was_out_before(one, other) or _was_out_before(other, one):
        said.append("one was out before the other trial began")
    if not said or one.has_name_of(other) or other.has_name_of(one):
        return []
    subjects = other_subjects(one, other)
    return [*subjects, *said] if subjects else []


def _was_out_before(one: Subject, other: Subject) -> bool:
    """Whether the papers of a side, as far as they are dated, were all out before the other side began."""
    dated = [paper for paper in one.mentions if paper.document.kind is not DocumentKind.REGISTRY]
    dated = [paper for paper in dated if paper.document.published]
    begun = [trial for trial in other.mentions if trial.claims.trial.start_date]
    return bool(dated and begun) and all(was_out_before(paper.document, trial) for paper in dated for trial in begun)
