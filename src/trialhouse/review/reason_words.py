"""Why things are linked or doubtful, with what documents and trials are called for their ids."""

import re
from collections.abc import Iterable, Mapping

from trialhouse.store.connection import Connection

LONGEST = 90
"""Characters of a title within a sentence."""

NAMES = """
SELECT document_id, title FROM documents WHERE document_id IN (SELECT unnest($ids))
UNION ALL
SELECT trial_id, coalesce(registry_id, acronym, title) FROM trials WHERE trial_id IN (SELECT unnest($ids))
"""

_ID = re.compile(r"\b(?:doc|trial)-[a-z2-7]{16}\b")


class Reasons:
    """Reasons with the names of what they speak of, as one release has them."""

    def __init__(self, connection: Connection, reasons: Iterable[str | None]) -> None:
        ids = sorted({one for reason in reasons for one in _ID.findall(reason or "")})
        found = connection.execute(NAMES, {"ids": ids}).fetchall() if ids else []
        self._names: Mapping[str, str] = {name_id: name for name_id, name in found if name}

    def said(self, reason: str | None) -> str:
        """A reason with names for ids, where there are names."""
        return _ID.sub(lambda found: self._named(found[0]), reason or "")

    def _named(self, name_id: str) -> str:
        name = self._names.get(name_id)
        if name is None:
            return name_id
        return f"“{name if len(name) <= LONGEST else name[: LONGEST - 1].rstrip() + '…'}”"
