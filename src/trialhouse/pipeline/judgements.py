"""What people judged, as the next build applies it: the ledger's last word on each pair, and the curated file."""

import datetime
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from trialhouse.model.ids import sha256_hex
from trialhouse.model.tables import SINCE, UNTIL, AlertDecisionRow, JudgementRow, RowSet, TrialKeyRow
from trialhouse.model.words import Verdict
from trialhouse.pipeline.alert_books import all_decisions
from trialhouse.pipeline.curated_judgements import FILE, CuratedJudgement, key_of_name, read_curated
from trialhouse.releases.layout import Layout
from trialhouse.releases.ledger import rows_that_hold
from trialhouse.releases.register import read_entries
from trialhouse.resolution.identities import EARLIER_ID
from trialhouse.resolution.judged import Judgement, Side
from trialhouse.resolution.ties import Key
from trialhouse.store.connection import release_reader
from trialhouse.store.read import has_table

APPLIED = (Verdict.SAME, Verdict.DIFFERENT)
"""Verdicts that a build follows; who is unsure leaves it to the documents."""

KEYS_EVER = f"""
SELECT trial_id, scheme, value, {SINCE.name}, {UNTIL.name}
FROM trial_keys
WHERE list_contains(?, trial_id) AND scheme <> ?
ORDER BY ALL
"""

HeldKey = tuple[str, str, int, int | None]
"""A key of a trial (scheme and value), the release that first had it, and the one that no longer has."""


def judgements_in_force(
    layout: Layout, seeds: Path, more: Sequence[JudgementRow] = (), held: RowSet | None = None
) -> list[Judgement]:
    """The judgements that a build applies: those of the file, then those of the ledger in the order of their making.

    `more` are some that are about to be written there; `held` is what the newest release holds, where it was read.

    Raises UnusableJudgements for a line of the file, DecisionsUnreadable, and DatabaseError for a ledger of rows that
    cannot be read.
    """
    curated = [line for line in read_curated(seeds / FILE) if line.verdict in APPLIED]
    if held is None:
        held = rows_that_hold(layout, AlertDecisionRow, JudgementRow) if layout.ledger.exists() else RowSet()
    _, written = all_decisions(layout, held)
    decided = [row for row in last_words([*written, *more]) if row.verdict in APPLIED]
    names = [name for line in curated for name in (line.one, line.other)]
    names += [name for row in decided for name in (row.left_id, row.right_id)]
    past = _Past(layout, names)
    return [_curated(line, past) for line in curated] + [_decided(row, past) for row in decided]


def last_words(rows: Iterable[JudgementRow]) -> list[JudgementRow]:
    """The last judgement of each pair, of rows in the order in which they were made."""
    last = {(row.subject, row.left_id, row.right_id): row for row in rows}
    return sorted(last.values(), key=lambda row: (row.decided_at, row.judgement_id))


def judgements_sha256(judgements: Sequence[Judgement]) -> str | None:
    """One name for all that was judged; None for nothing."""
    lines = sorted(f"{one.subject} {one}" for one in judgements)
    return sha256_hex("\n".join(lines).encode()) if lines else None


def _curated(line: CuratedJudgement, past: "_Past") -> Judgement:
    # A day has no hour: whoever judged on it had seen what was published on it.
    moment = datetime.datetime.combine(line.decided_on, datetime.time.max)
    left, right = past.side(line.one, moment), past.side(line.other, moment)
    said = f"{line.actor}, {line.decided_on}, {FILE} line {line.line}: {line.comment}"
    return Judgement(f"{FILE}:{line.line}", line.subject, left, right, line.verdict, said)


def _decided(row: JudgementRow, past: "_Past") -> Judgement:
    left, right = past.side(row.left_id, row.decided_at), past.side(row.right_id, row.decided_at)
    why = f": {row.comment}" if row.comment else ""
    said = f"{row.actor}, {row.decided_at:%Y-%m-%d %H:%M} UTC{why}"
    return Judgement(row.judgement_id, row.subject, left, right, row.verdict, said)


class _Past:
    """By which keys trials were known, from release to release: what a person called a trial may be another now."""

    def __init__(self, layout: Layout, names: Iterable[str]) -> None:
        """The past of the trials among the names. The ledger is opened once for all: an opening takes long."""
        self._published = [(one.published_at.replace(tzinfo=None), one.release_no) for one in read_entries(layout)]
        keys = [key_of_name(name) for name in names]
        self._ever = _keys_ever(layout, {value for scheme, value in filter(None, keys) if scheme == EARLIER_ID})

    def side(self, name: str, moment: datetime.datetime) -> Side:
        """What a person meant by a name at a moment (UTC)."""
        key = key_of_name(name)
        if key is None:
            return Side(name, frozenset())
        if key[0] != EARLIER_ID:
            return Side(name, frozenset({key}))
        return Side(name, frozenset({key, *self._keys_of(key[1], moment)}))

    def _keys_of(self, trial_id: str, moment: datetime.datetime) -> set[Key]:
        """The keys of a trial in the release that was the newest at a moment; if it had none, those it ever had."""
        rows = self._ever.get(trial_id, [])
        seen = max((number for published, number in self._published if published <= moment), default=0)
        then = {(scheme, value) for scheme, value, since, until in rows if since <= seen < (until or seen + 1)}
        return then or {(scheme, value) for scheme, value, _, _ in rows}


def _keys_ever(layout: Layout, trial_ids: Collection[str]) -> dict[str, list[HeldKey]]:
    """All keys that the ledger ever had of trials."""
    if not trial_ids or not layout.ledger.exists():
        return {}
    found: dict[str, list[HeldKey]] = {}
    with release_reader(layout.ledger) as ledger:
        if has_table(ledger, TrialKeyRow):
            for trial_id, *key in ledger.execute(KEYS_EVER, [sorted(trial_ids), EARLIER_ID]).fetchall():
                found.setdefault(trial_id, []).append((key[0], key[1], key[2], key[3]))
    return found
