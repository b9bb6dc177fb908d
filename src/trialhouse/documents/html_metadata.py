"""What a publisher says of a page in its head: citation_* (Highwire), Dublin Core, PRISM, Open Graph and JSON-LD."""

import json
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bs4.element import Tag

from trialhouse.documents.authors_and_pages import authors_of, pages_of
from trialhouse.documents.document_kind import OTHER_TYPE
from trialhouse.documents.html_tree import PageTree
from trialhouse.documents.linked_papers import stated_by
from trialhouse.documents.preprints import is_doi_of_preprint
from trialhouse.documents.publication_dates import find_date
from trialhouse.documents.statements import stated_license
from trialhouse.model.citation import Publication
from trialhouse.model.enums import DocumentKind
from trialhouse.model.identifiers import find_identifiers
from trialhouse.text.json_values import load_json
from trialhouse.text.lazy_patterns import lazy_compile

_TITLES = ("citation_title", "dc.title", "dcterms.title", "prism.title", "og:title", "twitter:title")
_JOURNALS = ("citation_journal_title", "prism.publicationname", "citation_conference_title", "dc.relation.ispartof")
_AUTHORS = ("citation_author", "citation_authors", "dc.creator", "dcterms.creator")
_DATES = (
    "citation_publication_date",
    "citation_date",
    "prism.publicationdate",
    "citation_online_date",
    "dc.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.date",
    "article:published_time",
    "datepublished",
    "publish-date",
    "date",
)
_DOIS = (
    "citation_doi",
    "prism.doi",
    "dc.identifier",
    "dc.identifier.doi",
    "dcterms.identifier",
    "doi",
    "bepress_citation_doi",
)
_TYPES = ("dc.type", "citation_article_type", "wt.cg_s", "article:section")
_NEWS_TYPES = frozenset(
    ("NewsArticle", "ReportageNewsArticle", "BlogPosting", "AnalysisNewsArticle", "LiveBlogPosting")
)
_ARTICLE_TYPES = _NEWS_TYPES | {
    "ScholarlyArticle",
    "MedicalScholarlyArticle",
    "Article",
    "WebPage",
    "MedicalWebPage",
    "Report",
}
_NOTICE_TYPE = lazy_compile(
    r"\b(?:correction|erratum|corrigendum|retraction|withdrawal|expression of concern|addendum)\b", re.I
)
_RXIV = lazy_compile(r"rxiv\b|\bresearch square\b|\bpreprints?\b|\bssrn\b", re.I)


@dataclass
class PageMetadata:
    """The facts of a page's head; everything may be missing. `is_other`: its type is none of the kinds.

    `metas` holds the contents of all meta elements by lower-case name.
    """

    title: str | None = None
    journal: str | None = None
    publication: Publication = field(default_factory=Publication)
    published: str | None = None
    language: str | None = None
    url: str | None = None
    kind: DocumentKind | None = None
    is_other: bool = False
    license: str | None = None
    metas: dict[str, list[str]] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)


def read_metadata(tree: PageTree) -> PageMetadata:
    """Read the head of a page. Where several vocabularies speak, the publisher's own (citation_*) goes first."""
    metas = _metas(tree)
    linked = list(_linked_data(tree))
    article = next((one for one in linked if _types(one) & _ARTICLE_TYPES), {})
    page = PageMetadata(metas=metas)
    page.title = _first(metas, _TITLES) or _text_of(article.get("headline")) or _heading(tree)
    page.journal = _first(metas, _JOURNALS) or _periodical(article)
    page.publication = _publication(metas)
    page.published = _date(metas, article)
    page.language = _language(tree, metas)
    page.url = _canonical(tree, metas)
    page.own = _own_identifiers(metas, article)
    if doi := stated_by(page.url):
        page.own.setdefault("doi", doi)
    page.kind = _kind(metas, article, page)
    page.is_other = page.kind is None and any(OTHER_TYPE.fullmatch(value) for value in stated_types(metas))
    page.license = _license(tree, metas, article)
    return page


def _metas(tree: PageTree) -> dict[str, list[str]]:
    """The contents of all meta elements by lower-case name."""
    found: dict[str, list[str]] = {}
    for meta in tree.named("meta"):
        name = str(meta.get("name") or meta.get("property") or meta.get("itemprop") or "").lower()
        content = " ".join(str(meta.get("content") or "").split())
        if name and content:
            found.setdefault(name, []).append(content)
    return found


def _first(metas: dict[str, list[str]], names: tuple[str, ...]) -> str | None:
    return next((metas[name][0] for name in names if name in metas), None)


def _linked_data(tree: PageTree) -> Iterator[dict[str, Any]]:
    for script in tree.named("script"):
        if script.get("type") != "application/ld+json":
            continue
        try:
            loaded = load_json(script.get_text())
        except (ValueError, RecursionError):
            continue  # a publisher's broken JSON-LD says nothing
        waiting = deque([loaded])
        while waiting:
            one = waiting.popleft()
            if isinstance(one, list):
                waiting.extend(one)
            elif isinstance(one, dict):
                yield one
                waiting.extend(one.get(key) for key in ("@graph", "mainEntity", "mainEntityOfPage") if one.get(key))


def _types(node: dict[str, Any]) -> set[str]:
    said = node.get("@type")
    return {str(one) for one in said} if isinstance(said, list) else {str(said)}


def _text_of(value: Any) -> str | None:
    return " ".join(value.split()) or None if isinstance(value, str) else None


def _periodical(article: dict[str, Any]) -> str | None:
    part: Any = article.get("isPartOf")
    while isinstance(part, dict):
        if _types(part) & {"Periodical", "Journal"}:
            return _text_of(part.get("name"))
        part = part.get("isPartOf")
    return None


def _publication(metas: dict[str, list[str]]) -> Publication:
    """Authors, volume, issue and pages as publishers tell them to search engines."""
    named = next((metas[name] for name in _AUTHORS if name in metas), [])
    first, last = _first(metas, ("citation_firstpage", "prism.startingpage")), _first(metas, ("citation_lastpage",))
    article = _first(metas, ("citation_article_number", "citation_elocation_id", "citation_id"))
    return Publication(
        authors=tuple(name for words in named for name in (authors_of(words) if ";" in words else [words])),
        volume=_first(metas, ("citation_volume", "prism.volume")),
        number=_first(metas, ("citation_issue", "prism.number")),
        pages=pages_of(None, first, last, article),
    )


def _date(metas: dict[str, list[str]], article: dict[str, Any]) -> str | None:
    stated = [metas[name][0] for name in _DATES if name in metas]
    stated += [value for value in (article.get("datePublished"),) if isinstance(value, str)]
    for value in stated:
        found = find_date(re.sub(r"\A(\d{4})/(\d{1,2})(?:/(\d{1,2}))?\b", _slashed, value))
        if found:
            return found[0]
    return None


def _slashed(found: re.Match[str]) -> str:
    year, month, day = found.groups()
    return f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if day else "")


def _language(tree: PageTree, metas: dict[str, list[str]]) -> str | None:
    root = next(iter(tree.named("html")), None)
    stated = (root.get("lang") or root.get("xml:lang")) if root is not None else None
    said = str(stated or _first(metas, ("citation_language", "dc.language", "og:locale")) or "")
    code = re.split(r"[-_]", said)[0].lower()
    return code if re.fullmatch(r"[a-z]{2}", code) else None


def _canonical(tree: PageTree, metas: dict[str, list[str]]) -> str | None:
    for link in tree.named("link"):
        if "canonical" in _relations(link) and link.has_attr("href"):
            return str(link["href"])
    return _first(metas, ("og:url", "citation_public_url", "citation_abstract_html_url"))


def _relations(link: Tag) -> list[str]:
    """What a link is to its page, by its `rel`."""
    said: Any = link.get("rel") or []
    return [said] if isinstance(said, str) else said


def _own_identifiers(metas: dict[str, list[str]], article: dict[str, Any]) -> dict[str, str]:
    own: dict[str, str] = {}
    stated = [value for name in _DOIS for value in metas.get(name, [])]
    identifiers = article.get("identifier"), article.get("sameAs"), article.get("@id")
    stated += [json.dumps(value, ensure_ascii=False) for value in identifiers if value]
    for value in stated:
        for one in find_identifiers(value):
            if one.scheme == "doi":
                own.setdefault("doi", one.value)
    pmid = _first(metas, ("citation_pmid", "pmid", "ncbi_uid"))
    if pmid and pmid.isdigit():
        own["pmid"] = pmid
    pmcid = _first(metas, ("citation_pmcid", "pmcid"))
    if pmcid and re.fullmatch(r"(?:PMC)?\d{3,8}", pmcid):
        own["pmcid"] = f"PMC{pmcid.removeprefix('PMC')}"
    return own


def _kind(metas: dict[str, list[str]], article: dict[str, Any], page: PageMetadata) -> DocumentKind | None:
    """The kind, where the head says it; abstract or full text is left to the text."""
    stated = " ".join(stated_types(metas))
    if _NOTICE_TYPE.search(stated):
        return DocumentKind.NOTICE
    publisher = _first(metas, ("citation_publisher", "dc.publisher")) or ""
    is_posted = page.journal is None and "doi" in page.own and is_doi_of_preprint(page.own["doi"])
    if is_posted or re.search(r"\bpreprint\b", stated, re.I) or _RXIV.search(f"{page.journal or ''} {publisher}"):
        return DocumentKind.PREPRINT
    if re.search(r"\bnews\b", stated, re.I) or (_types(article) & _NEWS_TYPES and "doi" not in page.own):
        return DocumentKind.NEWS
    return None


def stated_types(metas: dict[str, list[str]]) -> list[str]:
    """What a page's head calls its text, as written."""
    return [value for name in _TYPES for value in metas.get(name, [])]


def _license(tree: PageTree, metas: dict[str, list[str]], article: dict[str, Any]) -> str | None:
    """The stated licence: an SPDX name where one is meant, else the address of the licence that the page links to."""
    linked = [one for one in tree.named("a", "link") if "license" in _relations(one) and one.has_attr("href")]
    links = [str(one["href"]).strip() for one in linked]
    links += _addresses(article.get("license"))
    rights = metas.get("dc.rights", []) + metas.get("dcterms.license", []) + metas.get("citation_license", [])
    rights += metas.get("dcterms.rights", []) + metas.get("dc.rights.uri", [])
    named = stated_license(" ".join(links + rights)) if links or rights else None
    return named or next((link for link in links if link.startswith(("http://", "https://"))), None)


def _addresses(value: Any) -> list[str]:
    """What JSON-LD names as a licence: an address or a name, bare or in an object, one or several."""
    several = value if isinstance(value, list) else [value]
    found = [one.get("url") or one.get("@id") or one.get("name") if isinstance(one, dict) else one for one in several]
    return [one.strip() for one in found if isinstance(one, str)]


def _heading(tree: PageTree) -> str | None:
    headings = [one for one in tree.named("h1") if tree.counts(one).words]
    return " ".join(headings[0].get_text(" ").split()) if len(headings) == 1 else None
