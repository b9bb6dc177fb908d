"""Which documents their sources type as an abstract, a paper or a poster of a meeting."""

import re

from trialhouse.model.document import Document

_TYPE = re.compile(
    r"\b(?:conference|congress|meeting|symposium|proceedings?)[ -]?(?:abstract|paper|poster|proceeding)s?\b"
    r"|\A(?:poster |oral )?(?:abstract|poster)s?\Z|\Acongress(?:es)?\Z"
)
"""PubMed's type for what was delivered at a meeting is Meeting Abstract or Congress."""


def type_of_meeting(document: Document) -> str | None:
    """The type by which a document is an abstract or a paper of a meeting, in its source's words; None for others."""
    return next((said for said in document.publication_types if _TYPE.search(said)), None)
