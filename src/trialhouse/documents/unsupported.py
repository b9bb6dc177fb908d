"""Markup of a kind that nobody here reads: said, rather than read as if it were prose."""

import re

from trialhouse.model.document import Document, Receipt, UnreadableDocument
from trialhouse.text.lazy_patterns import lazy_compile

_ROOT = lazy_compile(
    r"\A\s*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--[^>]{0,2000}-->\s*)?(?:<!DOCTYPE\s+([\w:]+)[^>]{0,500}>|<([\w:.-]+)[\s/>])",
    re.I,
)
_WEB_OF_SCIENCE = lazy_compile(r"\A[\ufeff\s]*FN (?:Clarivate|Thomson|ISI)\b")
_XML_START = lazy_compile(r"\A[\ufeff\s]*<\?xml", re.I)
_FIRST_TAG = lazy_compile(
    r"\A[\ufeff\s]*(?:<!--.{0,2000}?-->\s*)?(?:(?P<doctype><!DOCTYPE\s+(?!html\b)[\w:])|"
    r"<(?P<name>[A-Za-z_][\w:.-]{0,80})(?P<rest>\s[^<>]{0,2000})?(?P<empty>/)?>)",
    re.I | re.S,
)
_HTML_NAMES = frozenset(
    "a abbr address article aside b base blockquote body br button caption center cite code dd del details div dl dt "
    "em figcaption figure font footer form h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins kbd label li "
    "link main mark meta nav noscript ol p pre q s samp script section small span strong style sub summary sup svg "
    "table tbody td template tfoot th thead time title tr u ul var video".split()
)


def looks_like_other_markup(text: str) -> bool:
    """Whether a text is XML of some kind, with or without a declaration (HTML is asked before), or Web of Science's
    own export, which would be read as one long prose.

    A word in angle brackets at the start of a prose text is no root: a root is followed by markup, or closed.
    """
    if _XML_START.match(text[:200]) or _WEB_OF_SCIENCE.match(text[:200]):
        return True
    first = _FIRST_TAG.match(text[:6000])
    if first is None:
        return False
    if first["doctype"]:
        return True
    name = first["name"]
    if name.lower() in _HTML_NAMES:
        return False
    return bool(first["empty"]) or text[first.end() :].lstrip()[:1] in ("", "<") or f"</{name}>" in text


def refuse(text: str, receipt: Receipt) -> Document:
    """Raise UnreadableDocument: the root element's name tells people what they gave."""
    if _WEB_OF_SCIENCE.match(text[:200]):
        raise UnreadableDocument(
            "unsupported", f"{receipt.locator}: Web of Science's own format is not read; export RIS or BibTeX."
        )
    root = _ROOT.match(text[:5000].lstrip("\ufeff"))
    name = (root[1] or root[2]) if root else "unknown"
    raise UnreadableDocument(
        "unsupported",
        f"{receipt.locator}: XML with the root <{name}> is not read; give PubMed's XML, a full text in JATS, "
        "ClinicalTrials.gov's JSON, RIS or BibTeX, or the page's text or HTML.",
    )
