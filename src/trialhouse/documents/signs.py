"""How a text is seen to be in a format that opens with markup or as JSON.

Apart from the parsers, so that a text asks for none but its own: the libraries that read markup take a twentieth of a
second to import.
"""

import re

from trialhouse.text.lazy_patterns import lazy_compile

RECORDS = ("PubmedArticle", "PubmedBookArticle")
_SETS = ("PubmedArticleSet", "PubmedBookArticleSet")
DECLARATION = lazy_compile(r"[\ufeff\s]*<\?xml[^>]{0,300}\?>")
_PUBMED_PROLOG = lazy_compile(r"(?:\s+|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>|<\?.*?\?>)*", re.S)
_PUBMED_ROOT = lazy_compile(rf"<({'|'.join(_SETS + RECORDS)})(?=[\s/>])")
_LOOK = 5000
"""Characters in which the root element must begin."""

_EUROPEPMC = lazy_compile(
    r"\"source\"\s*:\s*\"(?:MED|PMC|PPR|AGR|CBA|CTX|ETH|HIR|PAT|NBK|CIT)\"|\"resultList\"\s*:\s*\{\s*\"result\"\s*:"
)
_CROSSREF = lazy_compile(r"\"DOI\"\s*:\s*\"|\"message-type\"\s*:\s*\"work")
_IS_JSON = lazy_compile(r"[\ufeff\s]*[{\[]")
_JSON_START = lazy_compile(r"[\ufeff\s]*(?:\{\s*(?:[\"}]|\Z)|\[\s*[\[{\]])")

_JATS_PROLOG = r"\A[\ufeff\s]*(?:<\?xml[^>]{0,300}\?>)?(?:\s+|<!--.{0,3000}?-->|<\?[^>]{0,300}\?>)*"
_JATS_DOCTYPE = lazy_compile(_JATS_PROLOG + r"<!DOCTYPE\s+(?P<root>article|pmc-articleset)\b(?!\s*>)", re.I | re.S)
_JATS_ROOT = lazy_compile(
    _JATS_PROLOG + r"(?:<!DOCTYPE\s[^>\[]{0,500}>(?:\s+|<!--.{0,3000}?-->|<\?[^>]{0,300}\?>)*)?"
    r"<(?P<root>article|pmc-articleset)(?P<rest>\s[^<>]{0,3000})?>(?P<first>.{0,2000})",
    re.S,
)
_JATS_SIGNS = lazy_compile(r"article-type|dtd-version|xmlns:(?:xlink|mml|ali)")
_JATS_INSIDE = lazy_compile(r"\s*(?:<!--.*?-->|<\?.*?\?>|\s)*<(?:front|front-stub|processing-meta|article)[\s>]", re.S)

_HTML_STARTS = lazy_compile(
    r"[\ufeff\s]*(?:<\?xml[^>]{0,200}>\s*)?(?:<!--.{0,3000}?-->\s*){0,3}"
    r"<(?:!doctype\s+html|html|head|body|div|p|main|section|h[1-6]|title|meta|table|ul|ol|span|article|header)\b",
    re.I | re.S,
)


def looks_like_pubmed(text: str) -> bool:
    """Whether a text begins as a PubMed record or a set of records does."""
    return pubmed_root(text) is not None


def pubmed_root(text: str) -> re.Match[str] | None:
    """Where the root element of a PubMed record or set begins, its name the first group; None for another text."""
    if found := _PUBMED_ROOT.match(text):  # a record alone, as it lands
        return found
    head = text[:_LOOK]
    declared = DECLARATION.match(head)
    at = declared.end() if declared else len(head) - len(head.lstrip("\ufeff \t\r\n"))
    prolog = _PUBMED_PROLOG.match(head, at)
    return _PUBMED_ROOT.match(text, prolog.end() if prolog else at)


def looks_like_europepmc(text: str) -> bool:
    """Whether a text is JSON of Europe PMC."""
    return bool(_IS_JSON.match(text) and '"protocolSection"' not in text and _EUROPEPMC.search(text))


def looks_like_crossref(text: str) -> bool:
    """Whether a text is JSON of Crossref."""
    return bool(_IS_JSON.match(text) and '"protocolSection"' not in text and _CROSSREF.search(text))


def looks_like_json(text: str) -> bool:
    """Whether a text starts as a JSON object or a list of objects does."""
    return bool(_JSON_START.match(text[:10_000]))


def looks_like_jats(text: str) -> bool:
    """Whether a text is an article of the tag suite, whose root has the name of an HTML element."""
    head = text[:8000]
    if _JATS_DOCTYPE.match(head):
        return True
    root = _JATS_ROOT.match(head)
    if root is None:
        return False
    return root["root"] == "pmc-articleset" or bool(
        _JATS_SIGNS.search(root["rest"] or "") or _JATS_INSIDE.match(root["first"])
    )


def looks_like_html(text: str) -> bool:
    """Whether a text begins as an HTML page or a piece of one does (and is no other XML)."""
    head = text[:5000]
    return bool(_HTML_STARTS.match(head)) and not looks_like_jats(head)
