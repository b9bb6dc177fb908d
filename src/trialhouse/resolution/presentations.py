"""Which documents their sources type as an abstract, a paper or a poster of a meeting."""

from trialhouse.model.document import Document
from trialhouse.text.lazy_patterns import lazy_compile

_TYPE = lazy_compile(
    r"\b(?:conference|congress|meeting|symposium|proceedings?)[ -]?(?:abstract|paper|poster|proceeding)s?\b"
    r"|\A(?:poster |oral )?(?:abstract|poster)s?\Z|\Acongress(?:es)?\Z"
)
"""PubMed's type for what was delivered at a meeting is Meeting Abstract or Congress."""


def type_of_meeting(document: Document) -> str | None:
    """The type by which a document is an abstract or a paper of a meeting, in its source's words; None for others."""
    return next((said for said in document.publication_types if _TYPE.search(said)), None)
