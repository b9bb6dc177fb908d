"""Judging two documents or two trials: the same, different, unsure, or as if nobody had judged them."""

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from trialhouse.model.tables import JudgementRow
from trialhouse.model.words import JudgementSubject, Verdict
from trialhouse.review.deciding import Asked, NotDecided, asked_in, ensure_readable
from trialhouse.review.guard import one
from trialhouse.review.no_trial import place, several_named
from trialhouse.review.redirects import back, is_own_path
from trialhouse.review.render import page
from trialhouse.review.shelf import Shelf

Word = TypeVar("Word", bound=StrEnum)

SAID = {
    Verdict.SAME: "are the same",
    Verdict.DIFFERENT: "are different",
    Verdict.UNSURE: "may be the same or not",
    Verdict.WITHDRAWN: "are as if nobody had judged them",
}


NAMES = """
SELECT document_id, title FROM documents WHERE document_id IN (SELECT unnest($ids))
UNION ALL
SELECT trial_id, concat_ws(' · ', registry_id, acronym, title) FROM trials WHERE trial_id IN (SELECT unnest($ids))
"""


@dataclass(frozen=True)
class Pair:
    """The two things that a form is about, as their ids or what was typed for one."""

    subject: JudgementSubject
    left: str
    right: str

    @property
    def things(self) -> str:
        """What is judged, in words: two documents may stand for the trials that they report."""
        is_of_trials = self.subject is JudgementSubject.TRIAL and self.left.startswith("doc-")
        return "The trials of" if is_of_trials else f"{self.subject.value.capitalize()}s"


def take(request: Request, fields: dict[str, list[str]]) -> Response:
    """Write what a form says of two things, and go back to the page that it was on; or show the form with what is
    wrong, so that nothing typed is lost.
    """
    subject = _word(JudgementSubject, one(fields, "subject"))
    if subject is None:
        raise HTTPException(400, "Say what is judged: two documents or two trials.")
    pair, asked = Pair(subject, one(fields, "left"), one(fields, "right")), asked_in(fields)
    try:
        told = _judged(request.app.state.shelf, pair, fields, asked)
    except NotDecided as problem:
        return _asked_again(request, pair, fields, asked, problem)
    return back(request, one(fields, "back") or "/trials", told, asked)


def _judged(shelf: Shelf, pair: Pair, fields: dict[str, list[str]], asked: Asked) -> str:
    """Write the judgement. Returns a sentence. Raises NotDecided."""
    # It resolves trials to see what contradicts: a third of the start of the server, for what most never do.
    from trialhouse.pipeline.judging import CannotJudge, judge  # noqa: PLC0415

    verdict = _word(Verdict, one(fields, "verdict"))
    if verdict is None:
        raise NotDecided("Choose a verdict: same, different, unsure or withdrawn.")
    if not asked.by:
        raise NotDecided("A judgement needs the name of who makes it.")
    ensure_readable("by", asked.by)
    ensure_readable("comment", asked.comment)
    if not pair.left or not pair.right:
        raise NotDecided(f"Name two {pair.subject.value}s.")
    release = shelf.current()
    if release is None:
        raise NotDecided("There is no release yet, so there is nothing to judge.", 404)
    last = _last(shelf, pair)
    if "seen" in fields and one(fields, "seen") != (last.judgement_id if last else ""):
        raise NotDecided("Somebody judged these two meanwhile: look at it again before you do.", 409)
    try:
        row = judge(
            shelf.layout,
            release,
            pair.subject,
            (pair.left, pair.right),
            verdict,
            actor=asked.by,
            comment=asked.comment or None,
            now=datetime.datetime.now(datetime.UTC),
        )
    except CannotJudge as problem:
        end = ":" if problem.several else "."
        raise NotDecided(f"That cannot be judged: {problem.why.rstrip('.')}{end}", several=problem.several) from problem
    things = Pair(pair.subject, row.left_id, row.right_id).things
    return f"Noted: {things} {row.left_id} and {row.right_id} {SAID[verdict]}. The next refresh carries it on."


def _asked_again(
    request: Request, pair: Pair, fields: dict[str, list[str]], asked: Asked, problem: NotDecided
) -> Response:
    """The form with what was typed and what is wrong, and what somebody else judged."""
    shelf: Shelf = request.app.state.shelf
    release, last, came_from = shelf.current(), _last(shelf, pair), one(fields, "back")
    names: dict[str, str] = {}
    several: list[tuple[str, str]] = []
    if release is not None:
        with shelf.reading(release) as connection:
            names = dict(connection.execute(NAMES, {"ids": [pair.left, pair.right]}).fetchall())
            several = several_named(connection, problem.several)
    context = {
        "section": "/doubts",
        "title": "This was not noted",
        "problem": problem,
        "pair": pair,
        "names": names,
        "several": [(name, place(trial_id)) for trial_id, name in several],
        "last": last,
        "came_from": came_from if is_own_path(came_from) else "/trials",
        "asked": asked,
    }
    return page(request, "judgement.html", context, problem.status)


def _word(words: type[Word], said: str) -> Word | None:
    return next((word for word in words if word.value == said), None)


def _last(shelf: Shelf, pair: Pair) -> JudgementRow | None:
    """The last judgement of a pair."""
    ids = tuple(sorted((pair.left, pair.right)))
    found = [one for one in shelf.decisions.judgements() if one.subject is pair.subject]
    return next((one for one in reversed(found) if (one.left_id, one.right_id) == ids), None)
