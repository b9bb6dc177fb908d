"""What a source needs to see of a page before it is landed: its links, what it says it is, and how much prose it has.

This is no reading of the document (that is for the room `documents`, from the bytes as landed). It only answers where
the page belongs, whether it goes on elsewhere, and whether it is an article at all.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

import lxml.etree
import lxml.html
from lxml.html import HtmlElement

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_:.-]{2,40})", re.I)
_LINK_HEADER = re.compile(r"<([^<>]*)>\s*((?:;\s*[\w*-]+\s*(?:=\s*(?:\"[^\"]*\"|[^\s\",;]+))?\s*)*)")
_REL = re.compile(r";\s*rel\s*=\s*(?:\"([^\"]*)\"|([^\s\",;]+))", re.I)
_UNSEEN = "script style template noscript iframe object svg head".split()
_PORTS = {"http": 80, "https": 443}


def normal_address(url: str) -> str:
    """An address in one spelling: scheme and host in lower case, no default port, no fragment, a path.

    Raises ValueError, with what to do, for what is no public web address. Path and query stay as they are.
    """
    bare = url.strip()
    parts = urlsplit(bare)
    if parts.scheme.lower() not in _PORTS:
        raise ValueError("it does not begin with http:// or https://; write the whole address")
    if not parts.hostname or re.search(r"[\s\x00-\x1f<>\"{}|\\^`]", bare):
        raise ValueError("it names no host, or holds characters that no address holds; copy the address again")
    if parts.username is not None or parts.password is not None:
        raise ValueError("it holds a name or password; take them out")
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    port = "" if parts.port in (None, _PORTS[parts.scheme.lower()]) else f":{parts.port}"
    return urlunsplit((parts.scheme.lower(), host + port, parts.path or "/", parts.query, ""))


def origin_of(url: str) -> str:
    """Scheme, host and port of an address, which is what a robots.txt speaks for."""
    parts = urlsplit(normal_address(url))
    return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True)
class PageLink:
    """A link of a page: where to (whole, without fragment), and what it says it is. One of a header has no node."""

    address: str
    rel: frozenset[str] = frozenset()
    fragment: str = ""
    node: HtmlElement | None = None

    @property
    def text(self) -> str:
        """What it shows, and what it says to those who do not see it."""
        if self.node is None:
            return ""
        return " ".join(f"{self.node.text_content()} {self.node.get('aria-label') or ''}".split())[:80]

    @property
    def around(self) -> str:
        """The names, classes and ids of the elements that it stands in."""
        return (
            " ".join(_names(part) for part in [self.node, *self.node.iterancestors()]) if self.node is not None else ""
        )


class PageView:
    """An HTML page at an address, with the headers (lower-case names) that it came with. Never fails: a page that
    cannot be parsed is an empty one.
    """

    def __init__(self, address: str, body: bytes, headers: Mapping[str, str]) -> None:
        self.address = address
        self.headers = headers
        self.body = body
        self.root = _parse(body, headers.get("content-type", ""))

    @cached_property
    def canonical(self) -> str | None:
        """The address that the page itself gives as its own, in its head or in a Link header."""
        found = [str(link.get("href") or "") for link in self._elements("link") if "canonical" in _rel(link)]
        found += [link.address for link in self._header_links if "canonical" in link.rel]
        return next((whole for url in found if (whole := self._whole(url))), None)

    @cached_property
    def links(self) -> list[PageLink]:
        """Every link to another web page, in order: of the Link header, the head, the body."""
        found = list(self._header_links)
        base = next((str(node.get("href")) for node in self._elements("base") if node.get("href")), None)
        for node in self._elements("link", "a"):
            href = str(node.get("href") or "").strip()
            whole = self._whole(href, base)
            if href and whole is not None and (node.tag == "a" or "next" in _rel(node)):
                found.append(PageLink(whole, _rel(node), href.partition("#")[2], node))
        return found

    @cached_property
    def title(self) -> str:
        """The title in the head, or nothing."""
        return next((" ".join(node.text_content().split()) for node in self._elements("title")), "")

    @cached_property
    def headings(self) -> list[str]:
        """The first headings that say anything."""
        return [text for node in self._elements("h1") if (text := " ".join(node.text_content().split()))]

    @cached_property
    def metas(self) -> dict[str, str]:
        """The first content of each meta element by lower-case name."""
        found: dict[str, str] = {}
        for node in self._elements("meta"):
            name = str(node.get("name") or node.get("property") or "").lower()
            found.setdefault(name, str(node.get("content") or "").strip())
        return found

    @cached_property
    def types(self) -> set[str]:
        """The types that JSON-LD gives to the page and what is on it."""
        return {kind for node in self._elements("script") for kind in _types_of(node)}

    @cached_property
    def text(self) -> str:
        """What a reader sees, words parted by single spaces."""
        pieces = (piece for node in self._seen() for piece in (node.text, *(child.tail for child in node)) if piece)
        return " ".join(" ".join(pieces).split())

    @cached_property
    def paragraphs(self) -> list[str]:
        """Paragraphs, items and cells that hold at least a sentence's worth of words."""
        texts = (
            " ".join(node.text_content().split())
            for node in self._seen()
            if node.tag in ("p", "li", "td", "blockquote", "pre") and node.find(".//p") is None
        )
        return [text for text in texts if len(text) >= 60]

    @property
    def prose(self) -> int:
        """Characters in paragraphs."""
        return sum(len(text) for text in self.paragraphs)

    @cached_property
    def says_article(self) -> bool:
        """Whether the head describes an article: a publisher's citation, Open Graph, or JSON-LD."""
        named = any(name.startswith("citation_") or name == "article:published_time" for name in self.metas)
        return (
            named
            or self.metas.get("og:type", "").lower() == "article"
            or any(kind.endswith(("Article", "BlogPosting", "Report")) for kind in self.types)
        )

    def has(self, path: str) -> bool:
        """Whether an XPath finds an element."""
        return bool(self.root.xpath(path))

    @cached_property
    def _header_links(self) -> list[PageLink]:
        found = []
        for url, attributes in _LINK_HEADER.findall(self.headers.get("link", "")[:10_000]):
            rel = _REL.search(attributes)
            whole = self._whole(url)
            if rel and whole:
                kinds = frozenset((rel[1] or rel[2] or "").lower().split())
                found.append(PageLink(whole, kinds))
        return found

    def _elements(self, *tags: str) -> Iterator[HtmlElement]:
        yield from self.root.iter(*tags)

    def _seen(self) -> Iterator[HtmlElement]:
        """The elements that show text, without those inside of what is never shown."""
        waiting = [self.root]
        while waiting:
            node = waiting.pop()
            if isinstance(node.tag, str) and node.tag not in _UNSEEN:
                yield node
                waiting.extend(reversed(node))

    def _whole(self, url: str, base: str | None = None) -> str | None:
        try:
            return normal_address(urljoin(urljoin(self.address, base or ""), url.strip()))
        except ValueError:
            return None  # mailto:, javascript:, or no address at all


def _parse(body: bytes, content_type: str) -> HtmlElement:
    """The tree of a page. The character set matters little here: links and signs are ASCII."""
    encoding: str | None = "utf-8"
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        declared = _CHARSET.search(content_type)
        encoding = declared[1] if declared else None
    for name in (encoding, None):
        try:
            parser = lxml.html.HTMLParser(encoding=name)
            return lxml.html.document_fromstring(body, parser=parser)
        except (LookupError, ValueError, lxml.etree.LxmlError):
            continue  # a character set that nobody knows, or nothing that is an element
    return lxml.html.document_fromstring("<html></html>")


def _rel(node: HtmlElement) -> frozenset[str]:
    return frozenset(str(node.get("rel") or "").lower().split())


def _names(node: HtmlElement) -> str:
    return f"{node.tag} {node.get('class') or ''} {node.get('id') or ''} {node.get('aria-label') or ''}".lower()


def _types_of(script: HtmlElement) -> set[str]:
    """The types in one script of JSON-LD, those of a graph too; a broken one says nothing."""
    if str(script.get("type") or "").strip().lower() != "application/ld+json":
        return set()
    try:
        waiting: list[Any] = [json.loads(script.text or "")]
    except (ValueError, RecursionError):
        return set()
    found: set[str] = set()
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, dict):
            kinds = one.get("@type")
            found.update(str(kind) for kind in (kinds if isinstance(kinds, list) else [kinds]) if kind)
            waiting.extend(one.get(key) for key in ("@graph", "mainEntity"))
    return found
