"""From what was read in all documents to the rows of a release, all at once and in memory."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from trialhouse.model.document import Document
from trialhouse.model.tables import CandidateRow, ConflictRow, EvidenceRow, RowSet, TrialKeyRow
from trialhouse.model.trust_config import DEFAULT_TRUST, TrustConfig
from trialhouse.model.vocabulary import Vocabulary
from trialhouse.resolution.documents import text_rows
from trialhouse.resolution.judged import Judgement
from trialhouse.resolution.languages import KIND
from trialhouse.resolution.published import NOTHING_PUBLISHED, Published
from trialhouse.resolution.reading import Reading
from trialhouse.resolution.survey import survey
from trialhouse.resolution.units import Units

__all__ = ["Reading", "resolve"]


def resolve(
    readings: Sequence[Reading],
    vocabulary: Vocabulary,
    may_be_passed_on: Callable[[Document], bool],
    published: Published = NOTHING_PUBLISHED,
    *,
    trust: TrustConfig = DEFAULT_TRUST,
    judgements: Sequence[Judgement] = (),
    duplicates: Path | None = None,
) -> RowSet:
    """The rows of schema `main`. The same readings give the same rows, whatever their order.

    What was published before keeps its ids; where nothing was, an id depends on what the thing is alone. The rest is
    as in `survey`. Raises ContradictoryJudgements.
    """
    surveyed = survey(readings, published, trust=trust, judgements=judgements, duplicates=duplicates)
    units = Units(surveyed, vocabulary, may_be_passed_on)
    rows = surveyed.rows
    for (scheme, value), trial_id in sorted(surveyed.keys.items()):
        rows.add(TrialKeyRow(trial_id=trial_id, scheme=scheme, value=value))
    for reading in surveyed.readings.values():
        rows.extend(units.document_rows(reading))
    for trial in surveyed.trials:
        rows.extend(units.trial_rows(trial, published))
    quoted: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for document_id, start, end in _quotes(rows):
        quoted[document_id].append((start, end))
    for document_id, spans in quoted.items():
        document = surveyed.readings[document_id].document
        if not may_be_passed_on(document):
            rows.extend(text_rows(document, spans))
    return rows


def _quotes(rows: RowSet) -> Iterator[tuple[str, int, int]]:
    """The stretches of documents that are shown of texts that may not be passed on whole."""
    for row in rows.of(EvidenceRow):
        yield row.document_id, row.span_start, row.span_end
    for candidate in rows.of(CandidateRow):
        if candidate.kind == KIND:
            yield candidate.document_id, candidate.span_start, candidate.span_end
    for conflict in rows.of(ConflictRow):
        if conflict.other_span_start is not None and conflict.other_span_end is not None:
            yield conflict.other_document_id, conflict.other_span_start, conflict.other_span_end
