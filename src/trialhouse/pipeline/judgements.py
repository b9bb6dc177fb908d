"""What people judged, as the next build applies it: the ledger's last word on each pair, and the curated file."""

import datetime
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from trialhouse.model.ids import sha256_hex
from trialhouse.model.tables import SINCE, UNTIL, AlertDecisionRow, JudgementRow, RowSet, TrialKeyRow
from trialhouse.model.words import Verdict
from trialhouse.pipeline.alert_books import all_decisions
from trialhouse.pipeline.changed_files import became
from trialhouse.pipeline.curated_judgements import FILE, CuratedJudgement, key_of_name, read_curated
from trialhouse.releases.layout import Layout
from trialhouse.releases.ledger import rows_that_hold
from trialhouse.releases.register import read_entries
from trialhouse.resolution.identities import EARLIER_ID
from trialhouse.resolution.judged import Judgement, Side
from trialhouse.resolution.ties import Key
from trialhouse.store.connection import Connection, release_reader
from trialhouse.store.read import has_table

APPLIED = (Verdict.SAME, Verdict.DIFFERENT)
"""Verdicts that a build follows; who is unsure leaves it to the documents."""

KEYS_EVER = f"""
SELECT trial_id, scheme, value, {SINCE.name}, {UNTIL.name}
FROM trial_keys
WHERE scheme <> $but AND (
    list_contains($trials, trial_id)
    OR trial_id IN (SELECT trial_id FROM trial_keys WHERE scheme = 'document' AND list_contains($documents, value))
)
ORDER BY ALL
"""

TRIALS_EVER = "SELECT DISTINCT trial_id FROM trial_keys WHERE scheme = ? AND value = ?"

HeldKey = tuple[str, str, int, int | None]
"""A key of a trial (scheme and value), the release that first had it, and the one that no longer has."""


def judgements_written(layout: Layout, held: RowSet | None = None) -> list[JudgementRow]:
    """All judgements that people wrote, those that only releases carry among them, in the order of their making.

    `held` is what the newest release holds, where it was read. Raises DecisionsUnreadable, and DatabaseError for a
    ledger of rows that cannot be read.
    """
    if held is None:
        held = rows_that_hold(layout, AlertDecisionRow, JudgementRow) if layout.ledger.exists() else RowSet()
    return all_decisions(layout, held)[1]


def trials_ever(layout: Layout, name: str) -> set[str]:
    """The ids of all trials that were ever known by a name such as a registry's number; an id alone for itself."""
    key = key_of_name(name)
    if key is None or key[0] == EARLIER_ID:
        return {name.strip()}
    with _ledger_of_keys(layout) as ledger:
        rows = ledger.execute(TRIALS_EVER, list(key)).fetchall() if ledger else []
    return {trial_id for (trial_id,) in rows}


def judgements_in_force(
    layout: Layout, seeds: Path, more: Sequence[JudgementRow] = (), held: RowSet | None = None
) -> list[Judgement]:
    """The judgements that a build applies: those of the file, then those of the ledger in the order of their making.

    `more` are some that are about to be written there; `held` is what the newest release holds, where it was read.

    Raises UnusableJudgements for a line of the file, DecisionsUnreadable, and DatabaseError for a ledger of rows that
    cannot be read.
    """
    curated = [line for line in read_curated(seeds / FILE) if line.verdict in APPLIED]
    said = [*judgements_written(layout, held), *more]
    last = last_words(said)
    decided = [row for row in last if row.verdict in APPLIED]
    names = [name for line in curated for name in (line.one, line.other)]
    names += [name for row in decided for name in (row.left_id, row.right_id)]
    past = _Past(layout, names, _taken_back(said, last))
    return [_curated(line, past) for line in curated] + [_decided(row, past) for row in decided]


def last_words(rows: Iterable[JudgementRow]) -> list[JudgementRow]:
    """The last judgement of each pair, of rows in the order in which they were made."""
    last = {(row.subject, row.left_id, row.right_id): row for row in rows}
    return sorted(last.values(), key=lambda row: (row.decided_at, row.judgement_id))


def _taken_back(said: Iterable[JudgementRow], last: Iterable[JudgementRow]) -> list[JudgementRow]:
    """The judgements "same" whose pair has another last word."""
    standing = {(row.subject, row.left_id, row.right_id) for row in last if row.verdict is Verdict.SAME}
    same = (row for row in said if row.verdict is Verdict.SAME)
    return [row for row in same if (row.subject, row.left_id, row.right_id) not in standing]


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
    """By which keys trials were known, from release to release: what a person called a trial may be another now.

    `taken_back` are judgements "same" that hold no more: the release has in one trial what they brought to it until
    the next refresh, and whoever names the trial does not mean that.
    """

    def __init__(self, layout: Layout, names: Iterable[str], taken_back: Sequence[JudgementRow]) -> None:
        """The past of the trials among the names. The ledger is opened once for all: an opening takes long."""
        self._published = [(one.published_at.replace(tzinfo=None), one.release_no) for one in read_entries(layout)]
        self._taken_back = taken_back
        undone = [name for row in taken_back for name in (row.left_id, row.right_id)]
        keys = [key for name in (*names, *undone) if (key := key_of_name(name)) is not None]
        trials = {value for scheme, value in keys if scheme == EARLIER_ID}
        self._became = became(layout, [value for scheme, value in keys if scheme == "document"])
        self._ever = _keys_ever(layout, trials, {name for name in undone if name not in trials}) if trials else {}

    def side(self, name: str, moment: datetime.datetime) -> Side:
        """What a person meant by a name at a moment (UTC)."""
        key = key_of_name(name)
        if key is None:
            return Side(name, frozenset())
        if key[0] != EARLIER_ID:
            return Side(name, frozenset({key}), self._became.get(name.strip(), ()))
        return Side(name, frozenset({key, *(self._keys_of(key[1], moment) - self._brought(key[1], moment))}))

    def _keys_of(self, trial_id: str, moment: datetime.datetime) -> set[Key]:
        """The keys of a trial in the release that was the newest at a moment; if it had none, those it ever had."""
        return self._keys_then(trial_id, moment) or {(scheme, value) for scheme, value, _, _ in self._ever_of(trial_id)}

    def _keys_then(self, trial_id: str, moment: datetime.datetime) -> set[Key]:
        """The keys of a trial in the release that was the newest at a moment."""
        seen = max((number for published, number in self._published if published <= moment), default=0)
        ever = self._ever_of(trial_id)
        return {(scheme, value) for scheme, value, since, until in ever if since <= seen < (until or seen + 1)}

    def _ever_of(self, trial_id: str) -> Sequence[HeldKey]:
        return self._ever.get(trial_id, ())

    def _brought(self, trial_id: str, moment: datetime.datetime) -> set[Key]:
        """The keys that a trial had at a moment by judgements only that were taken back."""
        found: set[Key] = set()
        for row in self._taken_back:
            if row.decided_at < moment:
                then = row.decided_at
                named = {one for name in (row.left_id, row.right_id) for one in self._trials_of(name, then)}
                for other in named - {trial_id} if trial_id in named else ():
                    found |= self._keys_of(other, then) - self._keys_of(trial_id, then)
        return found

    def _trials_of(self, name: str, moment: datetime.datetime) -> list[str]:
        """The trial that a judged name was of at a moment: itself, or the one that had the document."""
        document = ("document", name)
        return [one for one in self._ever if one == name or document in self._keys_then(one, moment)]


def _keys_ever(layout: Layout, trials: Collection[str], documents: Collection[str]) -> dict[str, list[HeldKey]]:
    """All keys that the ledger ever had of trials, those among them that ever had one of the documents."""
    found: dict[str, list[HeldKey]] = {}
    with _ledger_of_keys(layout) as ledger:
        given = {"trials": sorted(trials), "documents": sorted(documents), "but": EARLIER_ID}
        for trial_id, *key in ledger.execute(KEYS_EVER, given).fetchall() if ledger else ():
            found.setdefault(trial_id, []).append((key[0], key[1], key[2], key[3]))
    return found


@contextmanager
def _ledger_of_keys(layout: Layout) -> Iterator[Connection | None]:
    """The ledger of rows, where it has keys of trials yet; else None."""
    if not layout.ledger.exists():
        yield None
        return
    with release_reader(layout.ledger) as ledger:
        yield ledger if has_table(ledger, TrialKeyRow) else None
