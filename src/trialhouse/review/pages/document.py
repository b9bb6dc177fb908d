"""A document's text as far as the release holds it, with the characters marked that something was read from."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from trialhouse.model.record import Record
from trialhouse.model.tables import DocumentRow, DocumentTextRow
from trialhouse.review.render import page
from trialhouse.review.shelf import Shelf
from trialhouse.store.read import read_rows
from trialhouse.store.schema import quoted


class Stretch(Record):
    """Characters of a text; `gap` says that some are left out before it."""

    text: str
    is_marked: bool
    gap: bool


def show(request: Request) -> Response:
    """The page of a document; `start` and `end` of the address say which characters to mark."""
    shelf: Shelf = request.app.state.shelf
    release = shelf.current()
    document_id = request.path_params["document_id"]
    if release is None:
        raise HTTPException(404, "There is no release yet.")
    with shelf.reading(release) as connection:
        found = read_rows(connection, DocumentRow, f"document_id = {quoted(document_id)}")
        texts = read_rows(connection, DocumentTextRow, f"document_id = {quoted(document_id)}")
        trials = connection.execute(
            "SELECT trial_id, role, coalesce(registry_id, acronym, title, trial_id) FROM trial_documents "
            "JOIN trials USING (trial_id) WHERE document_id = ? ORDER BY trial_id",
            [document_id],
        ).fetchall()
    if not found:
        raise HTTPException(404, "The current release has no such document.")
    start, end = _place(request, "start"), _place(request, "end")
    context = {
        "section": "/trials",
        "title": found[0].title or document_id,
        "document": found[0],
        "trials": trials,
        "stretches": stretches(texts, start, end),
        "is_whole": any(text.span_start == 0 and text.is_whole for text in texts),
    }
    return page(request, "document.html", context)


def stretches(texts: list[DocumentTextRow], start: int | None, end: int | None) -> list[Stretch]:
    """The stretches of a document in order; what lies between `start` and `end` is marked."""
    found: list[Stretch] = []
    for number, text in enumerate(sorted(texts, key=lambda text: text.span_start)):
        first, last = 0, 0
        if start is not None and end is not None and start <= end:
            first, last = start - text.span_start, end - text.span_start
        first, last = (min(max(place, 0), len(text.text)) for place in (first, last))
        gap = number > 0 or text.span_start > 0
        for part, is_marked in ((text.text[:first], False), (text.text[first:last], True), (text.text[last:], False)):
            if part:
                found.append(Stretch(text=part, is_marked=is_marked, gap=gap))
                gap = False
    return found


def _place(request: Request, name: str) -> int | None:
    value = request.query_params.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 12 else None
