"""Which value of a cell survives when documents speak of it: the most trusted one; the others stay in conflicts."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any

from trialhouse.model.evidence import Evidence
from trialhouse.model.tables import CandidateRow, ConflictRow
from trialhouse.resolution.proof import Proof, column_of, in_column
from trialhouse.resolution.reading import Mention
from trialhouse.resolution.rounding import written_alike
from trialhouse.resolution.trust import Trust

Claims = Sequence[tuple[Mention, Any]]
"""Claims of several documents about one thing."""

EvidenceOf = Callable[[Any, str], Evidence | None]
"""Where a claim has what proves one of its fields."""

WORDINGS = frozenset(
    {
        "name",
        "title",
        "acronym",
        "sponsor",
        "countries",
        "conditions",
        "label",
        "measure",
        "time_frame",
        "time_frame_weeks",
        "population",
        "subgroup",
        "norm",
    }
) | {
    "group_title",
    "group_titles",
    "groups_description",
    "statistic_raw",
    "dispersion_raw",
    "effect_raw",
    "unit",
    "value_raw",
    "p_raw",
}
"""Fields in which documents use other words for the same thing (24 weeks, six months): a difference is no conflict."""


FLAGS = frozenset(
    {"n_is_derived", "is_result_group", "background", "alternative", "is_change_from_baseline", "is_baseline"}
)
"""Fields that are true or were not said: false is no claim."""


NUMBERS = {"outcome_measurements": "measurement", "outcome_analyses": "analysis"}
"""The tables whose rows are one number each, with what a candidate for a part of one is called."""

QUESTIONED = "questioned"
"""The first word of the reason of candidates from documents that were retracted or questioned."""


def survive(
    claims: Claims,
    fields: Sequence[str | tuple[str, ...]],
    row: tuple[str, str],
    proof: Proof,
    trust: Trust,
    *,
    evidence_of: EvidenceOf = lambda claim, field: claim.evidence.get(field),
) -> dict[str, Any]:
    """The surviving value of each field that any claim states, for a row given as table and id.

    Each field has its own order of trust. Fields in a tuple mean something only together (a standard deviation is none
    of another document's interval): they survive from one claim, the most trusted one that states any of them.
    A number that stands is not completed with what only a questioned document says: that becomes a candidate.
    Evidence of all claims that agree with the survivor is added to the proof, a conflict for each that does not. One
    number with more and with fewer decimals is no disagreement.
    """
    kept: dict[str, Any] = {}
    for item in fields:
        together = (item,) if isinstance(item, str) else item
        stating = [c for c in claims if any(is_said(field, getattr(c[1], field)) for field in together)]
        if not stating:
            continue
        column = f"{row[0]}.{column_of(row[0], together[0])}"
        stating = by_trust(stating, column, trust)
        mention, claim = stating[0]
        if row[0] in NUMBERS and any(
            trust.gravity(one.document) < trust.gravity(mention.document) for one, _ in claims
        ):
            evidence = next(filter(None, (evidence_of(claim, field) for field in together)), None)
            proof.rows.extend(_left_out(row, together[0], mention, evidence, trust))
            continue
        for field in together:
            value = getattr(stating[0][1], field)
            if is_said(field, value):
                kept[field] = value
                _weigh(field, stating, row, proof, evidence_of=evidence_of, rule=partial(trust.rule, column))
    return kept


def _left_out(
    row: tuple[str, str], field: str, mention: Mention, evidence: Evidence | None, trust: Trust
) -> Iterator[CandidateRow]:
    """What a questioned document says of a number beside what another one says of it."""
    if evidence is not None:
        became = trust.questioned[mention.document.document_id].value
        yield CandidateRow(
            document_id=mention.document.document_id,
            kind=f"{NUMBERS[row[0]]}.{field}",
            span_start=evidence.start,
            span_end=evidence.end,
            quote=evidence.quote,
            reason=f"{QUESTIONED}: {became}, and it completes no number of a document that stands",
        )


def by_trust(claims: Claims, column: str, trust: Trust) -> list[tuple[Mention, Any]]:
    """The claims in the order in which they are trusted with a column (`table.column`), whatever order they came in."""
    if len(claims) == 1:  # as most are: to rank it would take as long as all else
        return list(claims)
    return sorted(claims, key=lambda said: trust.key(column, *said))


def _weigh(
    field: str,
    stating: Claims,
    row: tuple[str, str],
    proof: Proof,
    *,
    evidence_of: EvidenceOf,
    rule: Callable[[tuple[Mention, Any], tuple[Mention, Any]], str],
) -> None:
    """Hold what each claim says of a field against what the first one says."""
    first, kept_claim = stating[0]
    kept, proven = getattr(kept_claim, field), evidence_of(kept_claim, field)
    for mention, claim in stating:
        other = getattr(claim, field)
        if not is_said(field, other):
            continue
        evidence = evidence_of(claim, field)
        if agree(kept, other) or written_alike(field, kept_claim, claim, (proven, evidence)):
            if evidence is not None:
                proof.add(mention, evidence, *row, field)
        elif field not in WORDINGS:
            why = rule(stating[0], (mention, claim))
            proof.rows.add(conflict(row, field, (first, kept), (mention, other), evidence=evidence, rule=why))


def is_said(field: str, value: Any) -> bool:
    """Whether a field's value is a statement at all."""
    if field in FLAGS:
        return bool(value)
    return value is not None and value != ()


def agree(one: Any, other: Any) -> bool:
    """Whether two values say the same: equal, or dates of which one is the other with less precision."""
    if isinstance(one, str) and isinstance(other, str) and one[:4].isdigit() and other[:4].isdigit():
        return one.startswith(other) or other.startswith(one)
    return bool(one == other)


def conflict(
    row: tuple[str, str],
    field: str,
    kept: tuple[Mention, Any],
    other: tuple[Mention, Any],
    *,
    evidence: Evidence | None,
    rule: str,
) -> ConflictRow:
    """The row that keeps what another document says of a cell, and where it says so (`evidence`).

    The quote of the side that was kept stands in `evidence` already, beside the cell.
    """
    return ConflictRow(
        table_name=row[0],
        row_id=row[1],
        column_name=column_of(row[0], field),
        kept_value=str(in_column(field, kept[1])),
        kept_document_id=kept[0].document.document_id,
        other_value=str(in_column(field, other[1])),
        other_document_id=other[0].document.document_id,
        rule=rule,
        other_quote=evidence.quote if evidence else None,
        other_span_start=evidence.start if evidence else None,
        other_span_end=evidence.end if evidence else None,
    )
