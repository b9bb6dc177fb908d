"""Judging two documents or two trials: the same, different, unsure, or as if nobody had judged them."""

import datetime
from enum import StrEnum
from typing import TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from trialhouse.model.words import JudgementSubject, Verdict
from trialhouse.review.deciding import NotDecided, asked_in, ensure_readable
from trialhouse.review.guard import one
from trialhouse.review.redirects import back
from trialhouse.review.shelf import Shelf

Word = TypeVar("Word", bound=StrEnum)

SAID = {
    Verdict.SAME: "are the same",
    Verdict.DIFFERENT: "are different",
    Verdict.UNSURE: "may be the same or not: nobody knows",
    Verdict.WITHDRAWN: "are as if nobody had judged them",
}


def take(request: Request, fields: dict[str, list[str]]) -> Response:
    """Write what a form says of two things, and go back to the page that it was on."""
    # It resolves trials to see what contradicts: a third of the start of the server, for what most never do.
    from trialhouse.pipeline.judging import CannotJudge, judge  # noqa: PLC0415

    shelf: Shelf = request.app.state.shelf
    subject, verdict = _word(JudgementSubject, one(fields, "subject")), _word(Verdict, one(fields, "verdict"))
    if subject is None:
        raise HTTPException(400, "Say what is judged: two documents or two trials.")
    if verdict is None:
        raise HTTPException(400, "Choose a verdict: same, different, unsure or withdrawn.")
    asked = asked_in(fields)
    if not asked.by:
        raise HTTPException(400, "A judgement needs the name of who makes it.")
    try:
        ensure_readable("by", asked.by)
        ensure_readable("comment", asked.comment)
    except NotDecided as problem:
        raise HTTPException(problem.status, str(problem)) from problem
    left, right = one(fields, "left"), one(fields, "right")
    if not left or not right:
        raise HTTPException(400, f"Name two {subject.value}s.")
    release = shelf.current()
    if release is None:
        raise HTTPException(404, "There is no release yet, so there is nothing to judge.")
    if "seen" in fields and one(fields, "seen") != _last(shelf, subject, left, right):
        raise HTTPException(409, "Somebody judged these two meanwhile: look at it again before you do.")
    try:
        row = judge(
            shelf.layout,
            release,
            subject,
            (left, right),
            verdict,
            actor=asked.by,
            comment=asked.comment or None,
            now=datetime.datetime.now(datetime.UTC),
        )
    except CannotJudge as problem:
        raise HTTPException(400, f"That cannot be judged: {problem}.") from problem
    told = f"Noted: {row.left_id} and {row.right_id} {SAID[verdict]}. The next refresh carries it on."
    return back(request, one(fields, "back") or "/trials", told, asked)


def _word(words: type[Word], said: str) -> Word | None:
    return next((word for word in words if word.value == said), None)


def _last(shelf: Shelf, subject: JudgementSubject, *ids: str) -> str:
    """The id of the last judgement of a pair; empty if there is none."""
    pair = tuple(sorted(ids))
    found = [one for one in shelf.decisions.judgements() if one.subject is subject]
    return next((one.judgement_id for one in reversed(found) if (one.left_id, one.right_id) == pair), "")
