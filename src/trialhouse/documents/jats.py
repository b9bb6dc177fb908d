"""Full texts in the Journal Article Tag Suite (JATS), as Europe PMC and PubMed Central give them: one article.

The text of the document is the decoded file. What is read and what is left out says `jats_elements`.
"""

import re
from collections.abc import Iterator

from trialhouse.documents.authors_and_pages import pages_of
from trialhouse.documents.jats_elements import KNOWN, is_mathml
from trialhouse.documents.jats_prose import language_of_element, write_article
from trialhouse.documents.jats_relations import cited, cited_registry_ids, stated_relations
from trialhouse.documents.prose_lines import ProseLines
from trialhouse.documents.publication_dates import find_date
from trialhouse.documents.record_document import NO_ABSTRACT, RecordFacts, language_of_body, record_document
from trialhouse.documents.several import several_records
from trialhouse.documents.statements import stated_license
from trialhouse.documents.written_identifiers import identifier
from trialhouse.documents.xml_tree import Element, TooLarge, XmlTree
from trialhouse.model.citation import Publication
from trialhouse.model.dates import first_day
from trialhouse.model.document import Document, Receipt, UnreadableDocument, ZoneKind
from trialhouse.model.enums import DocumentKind, Relation
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.safe_xml import BrokenXml, UnsafeXml

FORMAT = "jats"

NO_BODY = "the file holds the front of the article and not its text"

_KINDS: dict[str, Relation] = {
    "retraction": Relation.RETRACTION_OF,
    "partial-retraction": Relation.RETRACTION_OF,
    "expression-of-concern": Relation.CONCERN_ABOUT,
    "correction": Relation.ERRATUM_FOR,
    "erratum": Relation.ERRATUM_FOR,
    "corrigendum": Relation.ERRATUM_FOR,
    "addendum": Relation.ERRATUM_FOR,
}
"""What a notice of this article-type does to another document."""

_OTHER_TYPES = frozenset(
    "abstract-book announcement article-commentary book-review books-received calendar discussion editorial "
    "guest-editorial in-brief introduction letter meeting-report news obituary oration peer-review product-review "
    "reply reviewer-report editor-report author-comment interview opinion".split()
)
_RXIV = lazy_compile(r"rxiv\b|\bresearch square\b|\bpreprints?\b|\bssrn\b", re.I)
_DATES = ("epub", "epub-ppub", "pub", "ppub", "collection", "")
"""Values of pub-type and date-type: the day a paper was out comes before the issue it was put in later."""

_SCHEMES = {"pmid": "pubmed", "pmc": "pmc", "pmcid": "pmc", "doi": "doi"}


def parse_jats(text: str, receipt: Receipt) -> Document:
    """Read one article.

    Raises UnreadableDocument: "truncated", "not_xml", "unsafe_xml", "several_records", "no_record", "too_deep" or
    "too_many_elements".
    """
    try:
        return _read(_parsed(text, receipt.locator), receipt)
    except TooLarge as fault:
        message = f"{receipt.locator}: {fault}, which no article does; fetch it again, or give its text."
        raise UnreadableDocument(fault.reason, message) from fault


def _read(tree: XmlTree, receipt: Receipt) -> Document:
    article = _single(tree, receipt.locator)
    meta = article.find("front/article-meta") or article.find("front-stub")
    if meta is None:
        raise UnreadableDocument(
            "no_record", f"{receipt.locator}: the article has no <article-meta>, which names it; fetch it again."
        )
    lines = write_article(tree, article, language_of_element(tree, article))
    own = dict(_own(tree, meta))
    values = {scheme: value for scheme, (value, _) in own.items()}
    title = meta.find("title-group/article-title")
    journal = next(article.below(["journal-title"]), None)
    date = _published(tree, meta)
    places = {"title": title, "journal": journal, "published": date[1] if date else None}
    places |= {scheme: element for scheme, (_, element) in own.items()}
    notice = _KINDS.get(tree.attribute(article, "article-type"))
    facts = RecordFacts(
        format=FORMAT,
        kind=_kind(tree, article, lines, tree.words(journal) if journal else ""),
        notice=notice,
        title=_title(lines),
        journal=tree.words(journal) or None if journal else None,
        publication=_publication(tree, meta),
        published=date[0] if date else None,
        types=tree.attribute(article, "article-type").lower().split(),
        language=language_of_body(lines, language_of_element(tree, article)),
        url=f"https://pmc.ncbi.nlm.nih.gov/articles/{values['pmcid']}/" if "pmcid" in values else None,
        own=values,
        relations=stated_relations(tree, meta, notice),
        cited=list(cited(tree, article)),
        cited_registry_ids=list(cited_registry_ids(tree, article)),
        license=_license(tree, meta),
        partial_reason=None if _has_body(article) else NO_BODY,
        evidence={name: tree.evidence(one) for name, one in places.items() if one is not None and tree.words(one)},
        unknown=[one for one in tree.unknown(KNOWN) if not is_mathml(one.quote)],
        problem=None if any(one.kind is ZoneKind.BODY for one in lines.lines) else NO_ABSTRACT,
    )
    return record_document(tree.text, receipt, lines, facts)


def _parsed(text: str, where: str) -> XmlTree:
    try:
        return XmlTree(text)
    except UnsafeXml as fault:
        raise UnreadableDocument("unsafe_xml", f"{where}: {fault}.") from fault
    except BrokenXml as fault:
        if not re.search(r"</(?:article|pmc-articleset)\s*>\s*(?:<!--.*?-->\s*)*\Z", text[-5000:], re.S):
            message = f"{where}: the article stops before its end; fetch it again."
            raise UnreadableDocument("truncated", message) from fault
        raise UnreadableDocument("not_xml", f"{where}: no well-formed XML ({fault}); fetch it again.") from fault


def _single(tree: XmlTree, where: str) -> Element:
    """The one article of a file."""
    if tree.root.name == "article":
        return tree.root
    articles = list(tree.root.all("article"))
    if len(articles) > 1:
        raise several_records(where, len(articles))
    if not articles:
        raise UnreadableDocument("no_record", f"{where}: the answer holds no article; look whether the id is right.")
    return articles[0]


def _title(lines: ProseLines) -> str | None:
    """The title with its subtitle, without raised marks of notes."""
    line = next((one for one in lines.lines if one.kind is ZoneKind.TITLE), None)
    return " ".join(lines.words.text[line.start : line.end].split()) if line else None


def _kind(tree: XmlTree, article: Element, lines: ProseLines, journal: str) -> DocumentKind | None:
    """The kind by article-type and journal; None for letters and editorials, and for a title alone."""
    said = tree.attribute(article, "article-type")
    if said in _KINDS:
        return DocumentKind.NOTICE
    bodies = sum(one.kind is ZoneKind.BODY for one in lines.lines)
    if said in _OTHER_TYPES or not bodies:
        return None
    if said == "preprint" or _RXIV.search(journal):
        return DocumentKind.PREPRINT
    return DocumentKind.FULLTEXT if _has_body(article) else DocumentKind.ABSTRACT


def _has_body(article: Element) -> bool:
    body = article.find("body")
    return body is not None and any(body.below(["p"]))


def _own(tree: XmlTree, meta: Element) -> Iterator[tuple[str, tuple[str, Element]]]:
    """The article's own identifiers by scheme, each with its element; the first of a scheme comes last and wins."""
    for one in reversed(list(meta.all("article-id"))):
        kind = _SCHEMES.get(tree.attribute(one, "pub-id-type"))
        written = tree.words(one)
        if kind == "pmc" and written.isdigit():
            written = f"PMC{written}"
        named = identifier(kind, written, *one.inner) if kind else None
        if named is not None:
            yield named.scheme, (named.value, one)


def _publication(tree: XmlTree, meta: Element) -> Publication:
    """Authors and groups in their order, volume, issue and pages, else the number of the article."""

    def words(name: str) -> str | None:
        found = meta.find(name)
        return (tree.words(found) or None) if found is not None else None

    people = [one for group in meta.all("contrib-group") for one in group.all("contrib")]
    authors = [one for one in people if tree.attribute(one, "contrib-type") in ("", "author")]
    return Publication(
        authors=tuple(name for one in authors if (name := _name(tree, one))),
        volume=words("volume"),
        number=words("issue"),
        pages=pages_of(None, words("fpage"), words("lpage"), words("elocation-id")),
    )


def _name(tree: XmlTree, author: Element) -> str:
    """ "Family, Given" of a person, the name of a group; members of a group have a list of their own."""
    person = author.find("name") or author.find("name-alternatives/name")
    if person is None:
        group = author.find("collab")
        return tree.words(group) if group is not None and group.find("contrib-group") is None else ""
    parts = (person.find(part) for part in ("surname", "given-names"))
    return ", ".join(words for part in parts if part is not None and (words := tree.words(part)))


def _published(tree: XmlTree, meta: Element) -> tuple[str, Element] | None:
    """When the article was published, as precise as stated: an ISO date that may stop at its month or year."""
    found: dict[str, tuple[str, Element]] = {}
    for one in meta.all("pub-date"):
        date = _date(tree, one)
        kind = tree.attribute(one, "pub-type") or tree.attribute(one, "date-type")
        if tree.attribute(one, "publication-format") == "electronic" and kind == "pub":
            kind = "epub"
        if date:
            found.setdefault(kind if kind in _DATES else "", (date, one))
    return next((found[kind] for kind in _DATES if kind in found), None)


def _date(tree: XmlTree, one: Element) -> str | None:
    said = {child.name: tree.words(child) for child in one.children}
    month, day = said.get("month", ""), said.get("day", "")
    numeric = "-".join(part.zfill(2) for part in (said.get("year", ""), month, day) if part)
    found = find_date(numeric if month.isdigit() or not month else f"{said.get('year', '')} {month} {day}")
    iso = found[0] if found else ""
    while iso:
        try:
            first_day(iso)
            return iso
        except ValueError:
            iso = iso.rpartition("-")[0]  # a thirtieth of February: what is left still is a month
    return None


def _license(tree: XmlTree, meta: Element) -> str | None:
    """The licence: an SPDX name where one is meant, else the address that the article links to."""
    elements = [one for group in meta.all("permissions") for one in group.walk()] + list(
        meta.all("copyright-statement")
    )
    links = [tree.attribute(one, "xlink:href") for one in elements if one.name in ("license", "ext-link")]
    links += [tree.words(one) for one in elements if one.name.endswith("license_ref")]
    words = [tree.words(one) for one in elements if one.name in ("license", "copyright-statement")]
    named = stated_license(" ".join([*links, *words]))
    return named or next((link for link in links if link.startswith(("http://", "https://"))), None)
