"""Reports on a part of a trial's participants: their numbers are of that part, and sizes none of the trial's arms.

A title that says so ("in women: a subgroup analysis") names the part of all numbers below it, so that no sentence
repeats it. A further paper on fewer than half of those who took part is known by its number.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from trialhouse.model.enums import DocumentKind, TrialRole
from trialhouse.model.evidence import Evidence
from trialhouse.model.extraction import OutcomeClaim
from trialhouse.model.tables import CandidateRow
from trialhouse.resolution.paper_sizes import counted, is_about, is_of_a_part, registered_size
from trialhouse.resolution.reading import Mention
from trialhouse.resolution.roles import gives_way, is_protocol, reports_results, roles_of
from trialhouse.resolution.title_heads import is_by_parts, is_on_a_part
from trialhouse.text.lazy_patterns import lazy_compile

PART = "part_of_participants"
"""The rule of a subgroup that a whole report is on, and the first word of the reason of sizes that are left out."""

_PEOPLE = (
    r"(?:wom[ae]n|m[ae]n|girls|boys|females|males|patients|participants|people|adults|adolescents|children|infants"
    r"|individuals|subjects|persons|survivors|carriers|those)"
)
_WHO = lazy_compile(
    rf"\b(?:in|among|of|for)\s+(?:the\s+)?((?:(?!(?:in|among|of|for|from)\b)[\w<>≥≤+/-]+\s+){{0,5}}?{_PEOPLE}\b[^:;.?!()\[\]–—|]*?)"
    r"(?=\s*(?:[:;.?!()\[\]–—|]|\Z)|\s+(?:from|(?:enrolled |treated |randomi[sz]ed )?in) (?:the|an?)\b)",
    re.I,
)
_SEVERAL = lazy_compile(
    r"\bby\b|\baccording to\b|\bacross\b|\bstratified\b|\bwith (?:and|or|vs\.?|versus) without\b", re.I
)
"""Words of a title by which its subgroups are several: which one a number is of is not known."""
_WHOLE = lazy_compile(
    r"\b(?:overall|whole|entire|total|full|parent|main|original)\s+(?:study\s+|trial\s+|randomi[sz]ed\s+)?"
    r"(?:population|cohort|trial|study)\b|\ball (?:\d+ )?randomi[sz]ed\b|\A\W*overall,",
    re.I,
)
"""Words of a sentence by which it repeats what the whole trial found."""
_ANALYSIS_SETS = frozenset({"ITT", "MITT", "PER_PROTOCOL", "SAFETY", None})
"""Populations that are no part of the participants by who they are; the others are in the words of a sentence."""
_NO_SIZE: dict[str, Any] = {"n_randomized": None, "n_analyzed": None, "n_is_derived": False}


@dataclass(frozen=True)
class Part:
    """A part of the participants: its words, and where the report says them, if it says them in one place."""

    words: str
    evidence: Evidence | None


def parts_apart(mentions: Sequence[Mention]) -> tuple[list[Mention], list[CandidateRow]]:
    """The mentions of a trial, those on a part of it with the part as the subgroup of their numbers and without sizes.

    The sizes that are left out become candidates.
    """
    roles = roles_of(mentions)
    size = _whole_size(mentions, roles)
    found = [_part_of(mention, role, size) for mention, role in zip(mentions, roles, strict=True)]
    if not any(found):
        return list(mentions), []
    whole = {
        number
        for mention, part in zip(mentions, found, strict=True)
        for claim in mention.claims.outcomes
        if part is None and claim.subgroup is None
        for number in _numbers(claim)
    }
    told: list[Mention] = []
    left_out: list[CandidateRow] = []
    for mention, part in zip(mentions, found, strict=True):
        told.append(mention if part is None else _of_part(mention, part, whole, size))
        left_out += _sizes(mention) if part is not None else ()
    return told, left_out


def _part_of(mention: Mention, role: TrialRole | None, took_part: int | None) -> Part | None:
    """The part that a report is on; None for one on the whole trial, and for what reports no results."""
    document = mention.document
    is_report = document.kind is DocumentKind.NEWS or reports_results(mention)
    if not is_report or is_protocol(document):
        return None
    title, size = document.title or "", counted(mention)
    is_further = role is TrialRole.SECONDARY_RESULTS and not gives_way([document])
    if is_on_a_part(title) or (is_further and is_by_parts(title)):
        return Part(_words(title), document.evidence.get("title"))
    if is_further and is_of_a_part(size, took_part):
        return Part(f"{size} participants", mention.claims.trial.evidence.get("enrollment"))
    return None


def _words(title: str) -> str:
    """Who the part is, in the words of a title; the title itself where it does not say so, or names several parts."""
    who = None if _SEVERAL.search(title) else _WHO.search(title)
    return who[1].strip() if who else title.strip().rstrip(".")


def _whole_size(mentions: Sequence[Mention], roles: Sequence[TrialRole | None]) -> int | None:
    """How many took part: by the registry's count, else by the papers of the main results."""
    main = (one for one, role in zip(mentions, roles, strict=True) if role is TrialRole.PRIMARY_RESULTS)
    return registered_size(mentions) or max(filter(None, map(counted, main)), default=None)


def _of_part(mention: Mention, part: Part, whole: set[tuple[object, ...]], took_part: int | None) -> Mention:
    claims = mention.claims
    proof = {"subgroup": part.evidence.model_copy(update={"rule": PART})} if part.evidence else {}
    outcomes = tuple(
        claim.model_copy(update={"subgroup": part.words, "evidence": {**claim.evidence, **proof}})
        if _is_of_part(claim, whole) and not _is_of_all(claim, took_part)
        else claim
        for claim in claims.outcomes
    )
    changed = {
        "trial": claims.trial.model_copy(update={"enrollment": None, "enrollment_type": None}),
        "arms": tuple(arm.model_copy(update=_NO_SIZE) for arm in claims.arms),
        "outcomes": outcomes,
    }
    return replace(mention, claims=claims.model_copy(update=changed))


def _is_of_part(claim: OutcomeClaim, whole: set[tuple[object, ...]]) -> bool:
    """Whether an outcome of a report on a part is of that part: it has numbers, and no sentence says of whom else.

    What repeats the numbers of the whole trial is of the whole trial.
    """
    numbers = _numbers(claim)
    is_told = claim.subgroup is not None or claim.population not in _ANALYSIS_SETS
    if not numbers or is_told or (len(numbers) > 1 and numbers <= whole):
        return False
    proofs = [*(one.evidence for one in claim.measurements), *(one.evidence for one in claim.analyses)]
    return not any(_WHOLE.search(proof.quote) for proof in proofs)


def _is_of_all(claim: OutcomeClaim, took_part: int | None) -> bool:
    """Whether the arms of an outcome's numbers have about as many participants together as took part, or more."""
    sizes = {one.arm: one.n_analyzed for one in claim.measurements if one.arm is not None}
    if took_part is None or len(sizes) < 2 or None in sizes.values():
        return False
    together = sum(filter(None, sizes.values()))
    return together > took_part or is_about(together, took_part)


def _numbers(claim: OutcomeClaim) -> set[tuple[object, ...]]:
    found: set[tuple[object, ...]] = {(one.statistic, one.value) for one in claim.measurements}
    return found | {(one.effect, one.estimate, one.p_value) for one in claim.analyses}


def _sizes(mention: Mention) -> Iterator[CandidateRow]:
    """What a report on a part says of sizes, each place once."""
    claims = mention.claims
    stated = [("trial.enrollment", claims.trial.evidence.get("enrollment"))]
    stated += [(f"arm.{field}", arm.evidence.get(field)) for arm in claims.arms for field in _NO_SIZE]
    for kind, proof in dict.fromkeys(
        (kind, (one.start, one.end, one.quote)) for kind, one in stated if one is not None
    ):
        start, end, quote = proof
        yield CandidateRow(
            document_id=mention.document.document_id,
            kind=kind,
            span_start=start,
            span_end=end,
            quote=quote,
            reason=f"{PART}: the report is on a part of the participants, and no size of the trial's arms",
        )
