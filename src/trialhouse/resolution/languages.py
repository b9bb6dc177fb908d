"""Where a copy in another language contradicts its main text: both values in conflicts, both places in candidates."""

from collections.abc import Iterator

from trialhouse.model.evidence import Evidence
from trialhouse.model.extraction import Extraction, LanguageDifference
from trialhouse.model.tables import ArmInterventionRow, CandidateRow, ConflictRow, RowSet
from trialhouse.resolution.arms import ArmTable
from trialhouse.resolution.reading import Mention
from trialhouse.resolution.trials import Cluster

RULE = "other_language"
"""The main text is kept: the copy is a translation of it. The language follows, behind a colon."""
KIND = "language_difference"
"""The kind of the candidates that hold the words of both texts."""
NOT_THERE = "not stated"

Cell = tuple[str, str, str]
"""Table, id of the row, column."""


def add_language_differences(cluster: Cluster, arms: ArmTable, rows: RowSet) -> None:
    """Add what copies in other languages say otherwise, after the rows of the trial's arms were added.

    A schedule is in conflict in each intervention that has it; what stands in no cell is a conflict of the trial. One
    document is on both sides. The check conflicts/languages_disagree puts together what is one difference.
    """
    seen: set[tuple[str, ...]] = set()
    for mention in cluster.mentions:
        document_id = mention.document.document_id
        for difference in mention.claims.language_differences:
            said = difference.other_evidence
            for table, row_id, column in _cells(cluster, mention, arms, difference, rows):
                row = ConflictRow(
                    table_name=table,
                    row_id=row_id,
                    column_name=column,
                    kept_value=difference.kept or NOT_THERE,
                    kept_document_id=document_id,
                    other_value=difference.other or NOT_THERE,
                    other_document_id=document_id,
                    rule=f"{RULE}:{difference.language}",
                    other_quote=said.quote if said else None,
                    other_span_start=said.start if said else None,
                    other_span_end=said.end if said else None,
                )
                key = (table, row_id, column, document_id, row.other_value)
                if key not in seen:  # copies in two languages may say the same
                    seen.add(key)
                    rows.add(row)


def language_candidates(document_id: str, claims: Extraction) -> Iterator[CandidateRow]:
    """The words of both texts, wherever the copy of a document in another language says something else."""
    for difference in claims.language_differences:
        yield from _candidates(document_id, difference)


def _cells(
    cluster: Cluster, mention: Mention, arms: ArmTable, difference: LanguageDifference, rows: RowSet
) -> list[Cell]:
    """The cells that a difference is about: those of its arms that hold the kept value, else the trial."""
    arm_ids = {arms.arm_id(mention, key) for key in difference.arms}
    cells = [
        ("arm_interventions", row.arm_intervention_id, difference.field)
        for row in rows.of(ArmInterventionRow)
        if row.arm_id in arm_ids and not row.is_background and row.frequency == difference.kept
    ]
    return cells if cells and difference.field == "frequency" else [("trials", cluster.trial_id, difference.field)]


def _candidates(document_id: str, difference: LanguageDifference) -> Iterator[CandidateRow]:
    """The words of the copy and of the main text, each as a candidate that says what the other one says."""
    kept, other = difference.kept or NOT_THERE, difference.other or NOT_THERE
    sides = ((difference.other_evidence, "copy"), (difference.evidence, "main text"))
    for evidence, side in sides:
        if evidence is not None:
            yield _candidate(document_id, evidence, reason_of(difference.language, difference.field, other, kept, side))


def reason_of(language: str, field: str, other: str, kept: str, side: str) -> str:
    """The reason of a candidate; the check conflicts/languages_disagree finds it by these words."""
    return f"{side}: {field} is {other} in the copy in {language}, {kept} in the main text"


def _candidate(document_id: str, evidence: Evidence, reason: str) -> CandidateRow:
    return CandidateRow(
        document_id=document_id,
        kind=KIND,
        span_start=evidence.start,
        span_end=evidence.end,
        quote=evidence.quote,
        reason=reason,
    )
