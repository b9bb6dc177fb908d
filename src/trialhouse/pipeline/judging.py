"""What people judge of two documents or two trials, and the decisions that come back out of a release."""

import datetime
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from trialhouse.model.tables import AlertDecisionRow, JudgementRow
from trialhouse.model.words import JudgementSubject, Verdict
from trialhouse.pipeline.changed_files import became
from trialhouse.pipeline.curated_judgements import FILE, UnusableJudgements
from trialhouse.pipeline.judgements import judgements_in_force, judgements_written, trials_ever
from trialhouse.quality.alerts import ACTOR
from trialhouse.quality.decisions import Decisions, judgement_of
from trialhouse.releases.catalog import Release, list_releases
from trialhouse.releases.layout import Layout
from trialhouse.releases.trial_lookup import NoSuchTrial, find_trial
from trialhouse.resolution.constraints import ContradictoryJudgements
from trialhouse.resolution.judged import refuse_contradictions
from trialhouse.resolution.ties import PAPERS
from trialhouse.resources import data_root
from trialhouse.store.connection import Connection, release_reader
from trialhouse.store.read import has_table, read_rows

COLUMNS = {"document": "document_id"} | {scheme: scheme for scheme in PAPERS}
"""The columns of documents in which the keys of one stand."""


class CannotJudge(ValueError):
    """A judgement that cannot be made; the message says why, and what to do in a terminal; `why` does not say this.

    `several` are the trials that a name means, where it means more than one.
    """

    def __init__(self, why: str, remedy: str = "", several: Sequence[str] = ()) -> None:
        super().__init__(why + remedy)
        self.why = why
        self.several = tuple(several)


def judge(
    layout: Layout,
    release: Release,
    subject: JudgementSubject,
    names: tuple[str, str],
    verdict: Verdict,
    *,
    actor: str,
    comment: str | None,
    now: datetime.datetime,
    seeds: Path | None = None,
) -> JudgementRow:
    """Write a judgement of two documents or trials of the current release; `now` is in UTC.

    A trial is also named by a document that reports it: that is how two documents of one trial are judged to be of
    different ones. `seeds` is the folder of curated judgements; that of the installation if it is not said.

    Raises CannotJudge, also for what contradicts another judgement, DecisionsUnreadable, and DatabaseError for a
    release that cannot be read.
    """
    if actor == ACTOR:
        raise CannotJudge(f"{ACTOR!r} is no person: give the name of one")
    ledger = Decisions(layout.decisions)
    known = judgements_written(layout)
    judged = {(row.subject, row.left_id, row.right_id) for row in known}
    one, other = _pair_of(layout, release, judged, subject, names)
    if verdict is Verdict.WITHDRAWN:
        _refuse_to_withdraw_nothing(known, subject, one, other)
    at = max([now.replace(tzinfo=None), *(row.decided_at + datetime.timedelta(microseconds=1) for row in known)])
    try:
        row = judgement_of(subject, one, other, verdict, actor=actor, now=at, comment=comment)
    except ValueError as error:
        raise CannotJudge(str(error)) from error
    _refuse_contradiction(layout, seeds or data_root() / "seeds", row)
    ledger.add([row])
    return row


def _pair_of(
    layout: Layout,
    release: Release,
    judged: Collection[tuple[JudgementSubject, str, str]],
    subject: JudgementSubject,
    names: tuple[str, str],
) -> tuple[str, str]:
    """The ids that two names mean. A pair that was judged is named as it was then: by now its trials may be one, or
    several, or gone, and a file that was edited has another id. Two names of what is one trial now, and a name of
    several, mean what was judged of them, if one pair was.
    """
    one, other = sorted(name.strip() for name in names)
    if (subject, one, other) in judged:
        return one, other
    with release_reader(release.database) as connection:
        edited = _edited(layout, connection, judged)
        then = _judged_once(layout, [pair for about, *pair in judged if about is subject], names, edited)
        if then is not None and not edited.keys().isdisjoint(then):
            return then
        then = then if subject is JudgementSubject.TRIAL else None
        try:
            one, other = sorted(_found(connection, subject, name) for name in names)
        except CannotJudge:
            if then is None:
                raise
            return then
    return then if then is not None and one == other else (one, other)


def _judged_once(
    layout: Layout, judged: Iterable[Sequence[str]], names: tuple[str, str], edited: Mapping[str, str]
) -> tuple[str, str] | None:
    """The one pair that was judged and that two names may mean by all that they ever named; else None.

    `edited` are the documents of now by the ids that they had.
    """
    earlier = [{old for old, now in edited.items() if now == name.strip()} for name in names]
    sides = [
        {name.strip(), *had} if _is_document(name) else trials_ever(layout, name)
        for name, had in zip(names, earlier, strict=True)
    ]
    pairs = sorted((left, right) for left, right in judged)
    found = [pair for pair in pairs if any(_names(pair, turned) for turned in (sides, sides[::-1]))]
    return found[0] if len(found) == 1 else None


def _edited(
    layout: Layout, connection: Connection, judged: Iterable[tuple[JudgementSubject, str, str]]
) -> dict[str, str]:
    """The documents of files that were judged and edited since: by the id that each had, that of now, if one is it."""
    asked = {name for _, *pair in judged for name in pair if _is_document(name)}
    found: dict[str, str] = {}
    for document_id, sets in became(layout, asked).items() if asked else ():
        for keys in sets:
            own = " AND ".join(f"lower({COLUMNS[scheme]}) = lower(?)" for scheme, _ in sorted(keys))
            values = [value for _, value in sorted(keys)]
            rows = connection.execute(f"SELECT document_id FROM documents WHERE {own}", values).fetchall()
            if len(rows) == 1:
                found[document_id] = rows[0][0]
                break
    return found


def _is_document(name: str) -> bool:
    """Whether a name of a trial is that of a document which reports it."""
    return name.strip().startswith("doc-")


def _names(pair: tuple[str, str], sides: Sequence[Collection[str]]) -> bool:
    return pair[0] in sides[0] and pair[1] in sides[1]


def _refuse_to_withdraw_nothing(known: Sequence[JudgementRow], subject: JudgementSubject, one: str, other: str) -> None:
    """Only what somebody judged, and nobody withdrew since, can be withdrawn."""
    said = [row for row in known if (row.subject, row.left_id, row.right_id) == (subject, *sorted((one, other)))]
    if not said:
        raise CannotJudge(
            f"nobody judged {subject.value}s {one} and {other}",
            f": `trialhouse decisions list` says what was judged, and what stands in {FILE} is taken out there",
        )
    if said[-1].verdict is Verdict.WITHDRAWN:
        when = f"{said[-1].decided_at:%Y-%m-%d %H:%M} UTC"
        raise CannotJudge(f"what was judged of {one} and {other} was withdrawn already by {said[-1].actor}, {when}")


def _refuse_contradiction(layout: Layout, seeds: Path, row: JudgementRow) -> None:
    """A judgement that another one contradicts would stop the next refresh: it is not written at all."""
    try:
        refuse_contradictions(judgements_in_force(layout, seeds, [row]))
    except (ContradictoryJudgements, UnusableJudgements) as error:
        raise CannotJudge(str(error)) from error


def _found(connection: Connection, subject: JudgementSubject, name: str) -> str:
    """The id of a document, or of a trial by any name of it or by a document that reports it."""
    if subject is JudgementSubject.TRIAL and not _is_document(name):
        try:
            return find_trial(connection, name).trial_id
        except NoSuchTrial as error:
            raise CannotJudge(error.why, str(error).removeprefix(error.why), error.several) from error
    found = connection.execute("SELECT document_id FROM documents WHERE document_id = ?", [name.strip()]).fetchone()
    if found is None:
        raise CannotJudge(
            f"there is no document {name!r} in the current release: give a document_id",
            '; `trialhouse sql "SELECT document_id, title FROM documents"` lists them',
        )
    return str(found[0])


def carried_decisions(layout: Layout) -> tuple[Release | None, list[AlertDecisionRow], list[JudgementRow]]:
    """The newest release whose file is there, whatever became of it, and the decisions that it carries.

    Raises DamagedRegister, and DatabaseError for a file that cannot be read.
    """
    there = [release for release in list_releases(layout.warehouse) if release.folder is not None]
    if not there:
        return None, [], []
    newest = max(there, key=lambda release: release.release_no)
    with release_reader(newest.database) as connection:
        if not has_table(connection, AlertDecisionRow):
            return newest, [], []
        return newest, read_rows(connection, AlertDecisionRow), read_rows(connection, JudgementRow)
