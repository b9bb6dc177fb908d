"""A document's text as far as it may be shown, with what was read marked: sentences, and the numbers in them."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from trialhouse.model.tables import DocumentRow
from trialhouse.review.marked_text import Marks, marks_of_cells, marks_of_numbers, stretches
from trialhouse.review.passages import without_tags
from trialhouse.review.readable_text import ReadableText, readable_text
from trialhouse.review.reason_words import Reasons
from trialhouse.review.relations import relations_of
from trialhouse.review.render import page
from trialhouse.review.sentences import NUMBERS, place
from trialhouse.review.shelf import Shelf
from trialhouse.store.read import read_rows
from trialhouse.store.schema import quoted

TRIALS = """
SELECT trial_id, role, coalesce(registry_id, acronym, title, trial_id), method, confidence, reason FROM trial_documents
JOIN trials USING (trial_id) WHERE document_id = ? ORDER BY trial_id
"""


def show(request: Request) -> Response:
    """The page of a document. What to mark the address says: as `cell`, by `start` and `end`, as all its numbers,
    or not at all.
    """
    shelf: Shelf = request.app.state.shelf
    release = shelf.current()
    document_id = request.path_params["document_id"]
    if release is None:
        raise HTTPException(404, "There is no release yet.")
    cell = request.query_params.get("cell", "")[:500]
    with shelf.reading(release) as connection:
        found = read_rows(connection, DocumentRow, f"document_id = {quoted(document_id)}")
        if not found:
            raise HTTPException(404, "The current release has no such document.")
        text = readable_text(connection, document_id, shelf.landed_text)
        trials = connection.execute(TRIALS, [document_id]).fetchall()
        related = relations_of(connection, [document_id])
        reasons = Reasons(connection, [trial[-1] for trial in trials])
        if cell:
            marks = marks_of_cells(connection, document_id, cell, text.rows_known())
        elif request.query_params.get(NUMBERS) == "numbers":
            marks = marks_of_numbers(connection, document_id, text.rows_known())
        else:
            marks = _asked(request, text)
    context = {
        "section": "/trials",
        "title": found[0].title or document_id,
        "document": found[0],
        "trials": trials,
        "related": related,
        "reason_said": reasons.said,
        "stretches": stretches(text.shown, text.around(marks)),
        "is_whole": text.is_whole,
        "without_tags": without_tags if text.is_xml else None,
        "place": place,
    }
    return page(request, "document.html", context)


def _asked(request: Request, text: ReadableText) -> Marks:
    """The characters from `start` to `end` of the address, as far as the text goes; none where it has no such ones."""
    start, end = _place(request, "start"), _place(request, "end")
    if start is None or end is None:
        return Marks([], [])
    end = min(end, max((piece.end for piece in text.known), default=0))
    return Marks([(start, end)] if start <= end else [], [])


def _place(request: Request, name: str) -> int | None:
    value = request.query_params.get(name, "")
    return int(value) if value.isdecimal() and len(value) < 12 else None
