"""All that people judged of documents and trials, newest first, with what became of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from trialhouse.model.tables import JudgementRow
from trialhouse.model.words import JudgementSubject, Verdict
from trialhouse.review.no_trial import place as trial_place
from trialhouse.review.render import page
from trialhouse.review.sentences import place
from trialhouse.review.shelf import Shelf
from trialhouse.store.connection import Connection
from trialhouse.store.read import has_table, read_rows

PAGE = 100

NAMES = """
SELECT document_id, coalesce(title, document_id) FROM documents WHERE document_id IN (SELECT unnest($ids))
UNION ALL
SELECT trial_id, coalesce(nullif(concat_ws(' · ', registry_id, acronym, title), ''), trial_id) FROM trials
"""

TRIALS_OF = """
WITH RECURSIVE now(name, trial_id) AS (
    SELECT DISTINCT unnest($ids), unnest($ids)
    UNION
    SELECT name, redirects.trial_id FROM now JOIN trial_redirects AS redirects ON old_trial_id = now.trial_id
)
SELECT name, trial_id FROM now WHERE trial_id IN (SELECT trial_id FROM trials)
UNION
SELECT document_id, trial_id FROM trial_documents WHERE document_id IN (SELECT unnest($ids))
ORDER BY ALL
"""

COPIES = "SELECT from_document_id, to_document_id FROM document_relations WHERE relation = 'DUPLICATE_OF'"


@dataclass(frozen=True)
class Thing:
    """One side of a judgement: what it is called, and its page, if it has one by now."""

    id: str
    name: str
    link: str | None


@dataclass(frozen=True)
class Judged:
    """A judgement, its two sides, and what became of it; `trials` are those that its sides are of now, if others."""

    row: JudgementRow
    left: Thing
    right: Thing
    became: str
    trials: Sequence[Thing]

    @property
    def of_documents_of_trials(self) -> bool:
        """Whether two documents stand for the trials that they report."""
        return self.row.subject is JudgementSubject.TRIAL and self.row.left_id.startswith("doc-")


@dataclass(frozen=True)
class State:
    """What a release has of the things that were judged: names, the trials that each is or is of, copies, and the
    judgements that it knows.
    """

    names: Mapping[str, str]
    trials: Mapping[str, frozenset[str]]
    copies: frozenset[frozenset[str]]
    applied: frozenset[str]


NOTHING = State({}, {}, frozenset(), frozenset())


def show(request: Request) -> Response:
    """The list."""
    shelf: Shelf = request.app.state.shelf
    release, asked = shelf.current(), request.query_params.get("page", "1")
    rows = {row.judgement_id: row for row in shelf.decisions.judgements()}
    state = NOTHING
    if release is not None:
        with shelf.reading(release) as connection:
            carried = read_rows(connection, JudgementRow) if has_table(connection, JudgementRow) else []
            # A release carries what a lost file of decisions does not hold any more.
            rows = {row.judgement_id: row for row in carried} | rows
            state = _state(connection, list(rows.values()), frozenset(row.judgement_id for row in carried))
    newest = sorted(rows.values(), key=lambda row: (row.decided_at, row.judgement_id), reverse=True)
    last_page = max(1, (len(newest) + PAGE - 1) // PAGE)
    number = min(max(int(asked), 1), last_page) if asked.isdecimal() and len(asked) < 7 else 1
    last = {_pair(row): row.judgement_id for row in reversed(newest)}
    context = {
        "section": "/doubts",
        "title": "Judgements",
        "judgements": [_judged(row, state, last) for row in newest[(number - 1) * PAGE : number * PAGE]],
        "total": len(newest),
        "number": number,
        "last_page": last_page,
    }
    return page(request, "judgements.html", context)


def _pair(row: JudgementRow) -> tuple[str, str, str]:
    return row.subject.value, row.left_id, row.right_id


def _state(connection: Connection, rows: Sequence[JudgementRow], applied: frozenset[str]) -> State:
    ids = sorted({name for row in rows for name in (row.left_id, row.right_id)})
    trials: dict[str, set[str]] = {}
    for name, trial_id in connection.execute(TRIALS_OF, {"ids": ids}).fetchall():
        trials.setdefault(name, set()).add(trial_id)
    return State(
        names=dict(connection.execute(NAMES, {"ids": ids}).fetchall()),
        trials={name: frozenset(found) for name, found in trials.items()},
        copies=frozenset(frozenset(pair) for pair in connection.execute(COPIES).fetchall()),
        applied=applied,
    )


def _judged(row: JudgementRow, state: State, last: Mapping[tuple[str, str, str], str]) -> Judged:
    ids = (row.left_id, row.right_id)
    sides = [state.trials.get(name, frozenset()) for name in ids]
    left, right = (_thing(name, state) for name in ids)
    now = sorted((sides[0] | sides[1]) - set(ids)) if row.subject is JudgementSubject.TRIAL else []
    return Judged(row, left, right, _became(row, state, last, sides), [_thing(trial_id, state) for trial_id in now])


def _thing(name: str, state: State) -> Thing:
    if name.startswith("doc-"):
        return Thing(name, state.names.get(name, name), place(name) if name in state.names else None)
    known = name in state.names or bool(state.trials.get(name))
    return Thing(name, state.names.get(name, name), trial_place(name) if known else None)


def _became(
    row: JudgementRow, state: State, last: Mapping[tuple[str, str, str], str], sides: Sequence[frozenset[str]]
) -> str:
    """What became of a judgement, in words."""
    if last[_pair(row)] != row.judgement_id:
        return "judged again since"
    if row.judgement_id not in state.applied:
        return "the next refresh applies it"
    if row.verdict is Verdict.WITHDRAWN:
        return "as if nobody had judged them"
    if row.subject is JudgementSubject.DOCUMENT:
        are_one = frozenset((row.left_id, row.right_id)) in state.copies
        return "one is a copy of the other now" if are_one else "they are two now"
    if not all(sides):
        return "one of them is in this release no more"
    return "they are one trial now" if sides[0] == sides[1] else "they are apart now"
