"""HTML pages: the publisher's metadata, the main content, and a check that no number of the page was lost."""

import re
from urllib.parse import urljoin

import lxml.html
from bs4.element import Tag

from trialhouse.documents.html_metadata import read_metadata, stated_types
from trialhouse.documents.html_text import FlatPage, flatten, is_hiding_style
from trialhouse.documents.html_tree import PageTree, read_tree
from trialhouse.documents.linked_papers import linked_paper
from trialhouse.documents.plain_text import Known, read_page
from trialhouse.documents.text_mining import signalled_reservation
from trialhouse.model.document import Document, Receipt
from trialhouse.text.lazy_patterns import lazy_compile

FORMAT = "html"

_CHALLENGE = lazy_compile(
    r"enable (?:javascript|js|cookies)|javascript is (?:disabled|required|not enabled)|checking your browser|"
    r"verify(?:ing)? (?:that )?you are (?:a )?human|"
    r"captcha|just a moment|access (?:to this page has been )?denied|are you a robot|unusual traffic|"
    r"request (?:was )?blocked",
    re.I,
)
_OPENS = lazy_compile(r"<(?:html|body)\b", re.I)
_CLOSES = lazy_compile(r"</(?:html|body)\s*>", re.I)
_SHORT = 400
"""Characters of text below which a page that talks of scripts or robots has no content of its own."""
_DIGIT = lazy_compile(r"[0-9]")
_UNSEEN = (
    "script style template noscript iframe object embed annotation canvas head datalist audio video annotation-xml"
).split()


def parse_html(text: str, receipt: Receipt) -> Document:
    """Read a page. Its `text` is the flattened page; a page without content is a Document with a `problem`.

    Raises UnreadableDocument: "too_deep", "too_many_elements", "too_many_attributes" or "too_many_lines".
    """
    tree = read_tree(text, receipt.locator or receipt.record_id)
    page = read_metadata(tree)
    flat = flatten(tree, main_content(tree), page.title)
    problem = _challenge(flat.text, tree)
    lost = lost_digits(text, flat.text)
    if lost is not None:
        whole = (tree.soup.body or tree.soup).get_text("\n")
        flat = FlatPage(re.sub(r"\n\s*\n\s*", "\n\n", whole).strip())
        still = lost_digits(text, flat.text)
        problem = problem or (f"A number of the page may be missing from its text, {still}." if still else None)
    known = Known(
        zones=tuple(flat.zones),
        title=_without_site(page.title, tree),
        journal=page.journal,
        publication=page.publication,
        published=page.published,
        types=tuple(dict.fromkeys(said.lower() for said in stated_types(page.metas))),
        fallback_title=_document_title(tree),
        language=page.language,
        url=_address(page.url, receipt.locator),
        kind=page.kind,
        is_other=page.is_other,
        is_cut=is_cut(text),
        own=page.own,
        linked=tuple(paper for link in flat.links if (paper := linked_paper(*link)) is not None),
        license=page.license,
        reservation=signalled_reservation(receipt.headers, page.metas),
        problem=problem,
    )
    return read_page(flat.text, receipt, FORMAT, known)


def is_cut(html: str) -> bool:
    """Whether a file opens a page (html, body) and has the end of neither. A piece of a page opens none."""
    return bool(_OPENS.search(html)) and not _CLOSES.search(html)


def main_content(page: PageTree) -> Tag | None:
    """The element that says it is the main content (main, role=main, the longest article), if most prose is in it.

    None where no element says so, or where one says so and most paragraphs lie elsewhere: then the whole body is read
    and its text alone decides what is what.
    """
    paragraphs = page.counts(page.soup).prose
    longest = max(page.named("article"), key=lambda one: page.counts(one).prose, default=None)
    for candidate in (*page.named("main"), *page.mains, longest):
        if candidate is not None:
            inside = page.counts(candidate)
            if inside.prose >= 0.5 * paragraphs and inside.words >= 200:
                return candidate
    return None


def lost_digits(html: str, text: str) -> str | None:
    """Where a digit of the page's visible body is not in its text, in order; None if all are there.

    The page is read again by another way (lxml's own tree), so that a fault of the flattening cannot hide itself.
    """
    try:
        root = lxml.html.document_fromstring(html.encode("utf-8", "replace"), parser=_utf8_parser())
    except (ValueError, lxml.etree.ParserError):
        return None  # nothing to compare: the page has no element at all
    body = root.find("body")
    seen = _DIGIT.findall(_visible(body if body is not None else root))
    kept = _DIGIT.findall(text)
    # Hidden parts may be in the text or not: then the visible digits must still come in order.
    at = 0
    for number, digit in enumerate(seen):
        while at < len(kept) and kept[at] != digit:
            at += 1
        if at == len(kept):
            return f"after {number} of {len(seen)} digits"
        at += 1
    return None


def _utf8_parser() -> lxml.html.HTMLParser:
    return lxml.html.HTMLParser(encoding="utf-8")


def _visible(root: lxml.html.HtmlElement) -> str:
    """The text of what is shown, by lxml: elements that show nothing are emptied first."""
    # One walk: a union of paths compares every node of one with every node of the others.
    unseen = list(root.iter(*_UNSEEN, lxml.etree.Comment, lxml.etree.ProcessingInstruction))
    unseen += root.xpath(".//*[@hidden]")
    unseen += [node for node in root.xpath(".//*[@style]") if is_hiding_style(node.get("style", ""))]
    for node in unseen:
        tail = node.tail
        node.clear()
        if not isinstance(node.tag, str):
            node.text = ""
        node.tail = tail
    return "".join(str(piece) for piece in root.itertext())


def _challenge(text: str, page: PageTree) -> str | None:
    """Why a page holds nothing to read, or None."""
    bare = text.strip()
    if not bare:
        return "The page shows no text without its scripts; save it from a browser, or give its text."
    said = " ".join(tag.get_text(" ") for tag in page.outermost("title", "noscript"))
    if len(bare) < _SHORT and _CHALLENGE.search(f"{bare} {said}"):
        return (
            "The page asks for scripts or for a human and holds no article; save it from a browser, or give its text."
        )
    return None


def _address(canonical: str | None, locator: str) -> str | None:
    """The page's public address: the canonical one that it names, else where it was received from the network."""
    for url in (canonical, locator):
        try:
            whole = urljoin(locator, url.strip()) if url else ""
        except ValueError:
            continue  # no address at all ("http://[")
        if whole.startswith(("http://", "https://")):
            return whole
    return None


def _document_title(page: PageTree) -> str | None:
    title = next(iter(page.named("title")), None)
    return " ".join(title.get_text(" ").split()) or None if title is not None else None


def _without_site(title: str | None, page: PageTree) -> str | None:
    """The page's title without the name of its site: the heading, where the title only adds to it."""
    heading = next(iter(page.named("h1")), None)
    words = " ".join(heading.get_text(" ").split()) if heading is not None else ""
    if title and len(words) >= 15 and words != title and title.startswith(words):
        return words
    return title
