"""The sizes of all arms against the number of all participants: one tells what the other is.

Sizes that add up to the number of all who took part are those of the groups as formed, whatever words stand beside
them. Where the text has the sizes only, their sum is how many took part.
"""

import re

from trialhouse.extraction.arm_list import Draft
from trialhouse.extraction.arms import ArmTable
from trialhouse.extraction.design import Facts
from trialhouse.extraction.lexer import Kind
from trialhouse.extraction.sizes import Sizes
from trialhouse.model.enums import Allocation, EnrollmentType, InterventionModel
from trialhouse.text.lazy_patterns import lazy_compile

SUM_RULE = "enrollment.sum_of_arms"
SUM_CONFIDENCE = 0.8
AROUND = 60
"""Characters before and behind the number of all in which it would be said that some of them are left out."""
_LEFT = lazy_compile(r"\b(?:analy[sz]\w+|evalua\w+|complet\w+|per[- ]protocol|follow(?:ed)?[- ]up)\b", re.I)
_SIZE = lazy_compile(r"[(,;]\s*[nN]\s*=\s*\d")
"""A size in a bracket, from the one behind the first size on."""
NEXT = 60
"""Characters behind the last size within which a list goes on with an arm that was not read."""
LONGEST = 400
"""Characters from the first size to the last that are added up: farther apart they are told of different things."""


def settle_totals(facts: Facts, table: ArmTable, sizes: Sizes) -> None:
    """Take sizes that add up to the number of all for those of the groups as formed; add sizes up where it is missing.

    Not for factors, whose arms overlap, nor where each gets every treatment.
    """
    crossover = facts.values.get("intervention_model") is InterventionModel.CROSSOVER
    if not table.settled or table.factors or crossover:
        return
    total = facts.values.get("enrollment")
    if total is not None:
        if facts.values.get("allocation") is Allocation.RANDOMIZED and _of_all(facts):
            _as_formed(sizes, len(table.drafts), total)
        return
    formed = [_size_as_formed(draft, sizes.randomized.get(arm)) for arm, draft in enumerate(table.drafts)]
    told = [one for one in formed if one]
    if (
        len(told) == len(table.drafts)
        and not sizes.derived
        and not _has_more_sizes(table, [size for size, _, _ in told])
    ):
        begin, end = min(start for _, start, _ in told), max(end for _, _, end in told)
        if end - begin <= LONGEST and len(_SIZE.findall(facts.text, begin, end + NEXT)) < len(told):
            added = sum(size for size, _, _ in told)
            facts.put("enrollment", added, begin, end, rule=SUM_RULE, confidence=SUM_CONFIDENCE)
            facts.put("enrollment_type", EnrollmentType.ACTUAL, begin, end, rule=SUM_RULE, confidence=SUM_CONFIDENCE)


def _has_more_sizes(table: ArmTable, sizes: list[int]) -> bool:
    """Whether the list of arms gives a size that none of them has: then it may have an arm that was not read."""
    numbers = table.source.numbers if table.source else ()
    return any(one.kind is Kind.SIZE and one.value not in sizes for one in numbers)


def _size_as_formed(draft: Draft, told: tuple[int, int, int] | None) -> tuple[int, int, int] | None:
    """The size of an arm as formed with its place: the one that was told of it, else the one that its list gives."""
    if told or draft.size is None:
        return told
    return int(draft.size.value), draft.size.start, draft.size.raw_end


def _of_all(facts: Facts) -> bool:
    """Whether the number of participants is of all, and not of those who were left when they were looked at."""
    proof = facts.evidence["enrollment"]
    around = facts.text[max(0, proof.start - AROUND) : proof.end + AROUND]
    return _LEFT.search(around) is None


def _as_formed(sizes: Sizes, arms: int, total: int) -> None:
    """Give each arm the size that was told of it, where all of them add up to the number of all."""
    told = [sizes.randomized.get(arm) or sizes.analyzed.get(arm) for arm in range(arms)]
    if len(sizes.randomized) < arms and all(told) and sum(one[0] for one in told if one) == total:
        for arm, one in enumerate(told):
            if one:
                sizes.randomized.setdefault(arm, one)
