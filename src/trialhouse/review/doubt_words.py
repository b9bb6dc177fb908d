"""What the two sides of a doubtful pair say of themselves, in the words of their documents."""

from collections.abc import Callable, Mapping, Sequence

from trialhouse.quality.passages import Passage, Reading
from trialhouse.quality.quoted_cells import Texts, placed
from trialhouse.store.connection import Connection

MOST_PASSAGES = 3
"""Passages of one side that are shown."""

TELLING = {
    "document": ("trials", ("registry_id", "acronym", "enrollment", "conditions")),
    "trial": ("trials", ("registry_id", "acronym", "enrollment", "conditions")),
    "arm": ("arms", ("label", "n_randomized")),
    "outcome": ("outcomes", ("measure", "time_frame")),
}
"""The table and the columns whose words tell one of a kind from another."""

SAID = """
SELECT asked.place, said.document_id, said.column_name, said.span_start, said.span_end, said.quote, said.locator
FROM (SELECT unnest($asked, max_depth := 2)) AS asked
JOIN evidence AS said ON said.table_name = asked.table_name
    AND list_contains(asked.columns, said.column_name)
    AND if(asked.is_document, said.document_id = asked.id, said.row_id = asked.id)
    AND (asked.document_id IS NULL OR said.document_id = asked.document_id)
QUALIFY row_number() OVER (
    PARTITION BY asked.place, said.column_name ORDER BY said.is_main DESC, said.document_id, said.span_start
) = 1
ORDER BY asked.place, said.document_id, said.span_start
"""

Asked = tuple[str, str, str | None]
"""A side: what it is, its id, and the document that speaks of it, where one is named."""


def words_of_sides(
    connection: Connection, sides: Sequence[Asked], landed: Callable[[str], str | None]
) -> Mapping[Asked, tuple[Passage, ...]]:
    """The first passages of each side, with what was read from them marked.

    `landed` gives the text of bytes by their SHA-256, for sentences of texts that the release may not hold; or None.
    """
    known = [side for side in dict.fromkeys(sides) if side[0] in TELLING]
    if not known:
        return {}
    asked = [
        {
            "place": place,
            "table_name": TELLING[subject][0],
            "columns": list(TELLING[subject][1]),
            "id": side_id,
            "is_document": subject == "document",
            "document_id": document_id,
        }
        for place, (subject, side_id, document_id) in enumerate(known)
    ]
    readings: dict[Asked, list[Reading]] = {}
    for place, document_id, column, start, end, quote, locator in connection.execute(SAID, {"asked": asked}).fetchall():
        reading = Reading(document_id, column, quote, start, end, quote, locator)
        readings.setdefault(known[place], []).append(reading)
    texts = Texts(connection, landed)
    return {side: tuple(placed(texts, said)[:MOST_PASSAGES]) for side, said in readings.items()}
