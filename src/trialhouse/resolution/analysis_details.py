"""What tells analyses of the same arms and the same effect apart: the method, and what a registry says of its groups.

Where one document names a method and another none, nothing says that they are two analyses. Two methods are two.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence

from trialhouse.model.extraction import AnalysisClaim
from trialhouse.resolution.reading import Mention
from trialhouse.resolution.rounding import equal_as_rounded

Detail = tuple[object, ...]
"""The parts by which an analysis is known beside its arms and its effect; None for what is not said."""

Claims = Sequence[tuple[Mention, AnalysisClaim]]


def details_of(
    claims: Claims, core: Callable[[Mention, AnalysisClaim], tuple[object, ...]]
) -> dict[int, tuple[object, ...]]:
    """The details of each claim by its `id`, completed from the only analysis of another document that it can be.

    `core` is what makes two claims one analysis as far as their details allow. Where several can be meant, the one with
    the same number is, and else none.
    """
    by_core: dict[tuple[object, ...], list[tuple[Mention, AnalysisClaim]]] = defaultdict(list)
    for mention, claim in claims:
        by_core[core(mention, claim)].append((mention, claim))
    found = {}
    for alike in by_core.values():
        for mention, claim in alike:
            own = _detail(claim)
            fuller: dict[Detail, list[AnalysisClaim]] = defaultdict(list)
            for other, one in alike:
                if other.document.document_id != mention.document.document_id and _is_fuller(_detail(one), own):
                    fuller[_detail(one)].append(one)
            agreeing = [detail for detail, ones in fuller.items() if any(_agree(claim, one) for one in ones)]
            meant = [*fuller] if len(fuller) == 1 else agreeing
            detail = meant[0] if len(meant) == 1 else own
            found[id(claim)] = detail[0], *(said for said in detail[1:] if said)
    return found


def _detail(claim: AnalysisClaim) -> Detail:
    method = " ".join(claim.method.split()) if claim.method else None
    groups = claim.group_titles if claim.arm is None and claim.group_titles else None
    return method, claim.effect_raw if claim.effect is None else None, groups, claim.groups_description


def _is_fuller(one: Detail, other: Detail) -> bool:
    """Whether the first says all that the second says, and more."""
    return one != other and all(b is None or _plain(a) == _plain(b) for a, b in zip(one, other, strict=True))


def _plain(part: object) -> object:
    return part.casefold() if isinstance(part, str) else part


def _agree(one: AnalysisClaim, other: AnalysisClaim) -> bool:
    """Whether the numbers are the same: the estimates, and where there are none the p-values."""
    pairs = [(one.estimate, other.estimate), (one.p_value, other.p_value)]
    first = next(((a, b) for a, b in pairs if a is not None and b is not None), None)
    return first is not None and equal_as_rounded(*first)
