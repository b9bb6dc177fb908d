"""Reports on an extension of a trial under its number: how that was masked and assigned is no design of the trial."""

import re
from collections.abc import Sequence
from dataclasses import replace

from trialhouse.model.enums import DocumentKind
from trialhouse.model.tables import CandidateRow
from trialhouse.resolution.reading import Mention
from trialhouse.text.lazy_patterns import lazy_compile

EXTENSION = "extension"
"""The first word of the reason of what an extension's report says of its design."""

DESIGN = ("allocation", "allocation_ratio", "intervention_model", "masking", "placebo_controlled")
"""Fields in which an open-label extension is other than the randomised, masked trial before it."""

_EXTENSION = lazy_compile(
    r"\bextension\b|\broll-?over\b|\bopen-label (?:phase|period|part|treatment|continuation|follow-up)\b", re.I
)


def designs_apart(mentions: Sequence[Mention]) -> tuple[list[Mention], list[CandidateRow]]:
    """The mentions of a trial, those on its extension without the design that others say was another.

    What is left out becomes candidates. Where nothing else tells of a field, or all agree, it stays.
    """
    extending = [_is_on_extension(mention) for mention in mentions]
    if not any(extending):
        return list(mentions), []
    whole = [mention.claims.trial for mention, extends in zip(mentions, extending, strict=True) if not extends]
    said = {field: {value for one in whole if (value := getattr(one, field)) is not None} for field in DESIGN}
    told: list[Mention] = []
    left_out: list[CandidateRow] = []
    for mention, extends in zip(mentions, extending, strict=True):
        trial = mention.claims.trial
        other = [field for field in DESIGN if said[field] and getattr(trial, field) not in (None, *said[field])]
        told.append(_without(mention, other) if extends and other else mention)
        left_out += [_candidate(mention, field) for field in other if extends and field in trial.evidence]
    return told, left_out


def _without(mention: Mention, fields: Sequence[str]) -> Mention:
    """A mention that says nothing of these fields of its trial."""
    trial = mention.claims.trial.model_copy(update=dict.fromkeys(fields))
    return replace(mention, claims=mention.claims.model_copy(update={"trial": trial}))


def _is_on_extension(mention: Mention) -> bool:
    """Whether the title of a report says so; a registry record is the trial that it registers."""
    document = mention.document
    return document.kind is not DocumentKind.REGISTRY and bool(_EXTENSION.search(document.title or ""))


def _candidate(mention: Mention, field: str) -> CandidateRow:
    proof = mention.claims.trial.evidence[field]
    return CandidateRow(
        document_id=mention.document.document_id,
        kind=f"trial.{field}",
        span_start=proof.start,
        span_end=proof.end,
        quote=proof.quote,
        reason=f"{EXTENSION}: the report is on an extension, whose design is not that of the trial before it",
    )
