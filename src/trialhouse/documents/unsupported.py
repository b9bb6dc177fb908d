"""Markup that is recognised and not read yet: said, rather than read as if it were prose."""

import re

from trialhouse.model.document import Document, Receipt, UnreadableDocument

_ROOT = re.compile(
    r"\A\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,2000}-->\s*)?(?:<!DOCTYPE\s+([\w:]+)[^>]{0,500}>|<([\w:]+)[\s>])",
    re.I,
)
_XML_START = re.compile(r"\A[\ufeff\s]*<\?xml", re.I)


def looks_like_other_markup(text: str) -> bool:
    """Whether a text is XML of some kind (HTML is asked before)."""
    return bool(_XML_START.match(text[:200]))


def refuse(text: str, receipt: Receipt) -> Document:
    """Raise UnreadableDocument: the root element's name tells people what they gave."""
    root = _ROOT.match(text[:5000].lstrip("\ufeff"))
    name = (root[1] or root[2]) if root else "unknown"
    raise UnreadableDocument(
        "unsupported",
        f"{receipt.locator}: XML with the root <{name}> is not read; give the page's text, its HTML, "
        "or the ClinicalTrials.gov JSON.",
    )
