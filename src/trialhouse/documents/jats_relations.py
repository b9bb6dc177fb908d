"""What a JATS article says it is to other documents (related-article), and what it cites."""

from collections.abc import Iterator

from trialhouse.documents.written_identifiers import identifier
from trialhouse.documents.xml_tree import Element, XmlTree
from trialhouse.model.document import DocumentRelation, Identifier
from trialhouse.model.enums import Relation
from trialhouse.model.evidence import Evidence
from trialhouse.model.identifiers import find_identifiers, find_registry_ids, normalise_doi

NAMED = "named by the record"
_STATED: dict[str, tuple[Relation, str]] = {
    "corrected-article": (Relation.ERRATUM_FOR, NAMED),
    "addended-article": (Relation.ERRATUM_FOR, NAMED),
    "retracted-article": (Relation.RETRACTION_OF, NAMED),
    "partial-retraction": (Relation.RETRACTION_OF, NAMED),
    "object-of-concern": (Relation.CONCERN_ABOUT, NAMED),
    "commentary-article": (Relation.COMMENT_ON, NAMED),
    "discussed-article": (Relation.COMMENT_ON, NAMED),
    "peer-reviewed-article": (Relation.COMMENT_ON, NAMED),
    "correction-forward": (Relation.CITES, "erratum in"),
    "addendum": (Relation.CITES, "erratum in"),
    "retraction-forward": (Relation.CITES, "retraction in"),
    "concern-forward": (Relation.CITES, "expression of concern in"),
    "expression-of-concern": (Relation.CITES, "expression of concern in"),
    "commentary": (Relation.CITES, "comment in"),
    "preprint": (Relation.CITES, "preprint"),
    "updated-article": (Relation.CITES, "update of"),
    "update": (Relation.CITES, "update in"),
}
"""Values of related-article-type that the tag suite and PubMed Central suggest: what this article is to that one."""

_SCHEMES = {"doi": "doi", "pmid": "pubmed", "pubmed": "pubmed", "pmc": "pmc", "pmcid": "pmc"}
_REFERENCE_IDS = ("pub-id", "ext-link", "article-id")


def stated_relations(tree: XmlTree, meta: Element, notice: Relation | None) -> list[DocumentRelation]:
    """The relations that the article states, each once; `notice` is what a notice does where its link says no more."""
    found: dict[tuple[str, str, str], DocumentRelation] = {}
    for one in meta.all("related-article"):
        said = tree.attribute(one, "related-article-type")
        relation, method = _STATED.get(said, (Relation.CITES, said.replace("-", " ") or NAMED))
        if said in ("article-reference", "") and notice is not None:
            relation, method = notice, NAMED
        for named, proof in _targets(tree, one):
            found.setdefault(
                (relation, named.scheme, named.value),
                DocumentRelation(
                    relation=relation, scheme=named.scheme, value=named.value, method=method, evidence=proof
                ),
            )
    return list(found.values())


class _Reference:
    """A reference: what it is known by, and the reference that it is in, if any."""

    def __init__(self, around: "_Reference | None") -> None:
        self.around = around
        self.best: Identifier | None = None

    def name(self, found: Identifier) -> None:
        """An identifier stands in it, and in those that it is in: the first PMID counts, else the first of all."""
        one: _Reference | None = self
        while one is not None and (one.best is None or (found.scheme == "pmid" and one.best.scheme != "pmid")):
            one.best = found
            one = one.around


def cited(tree: XmlTree, article: Element) -> Iterator[Identifier]:
    """One identifier of each reference: its PMID, else its DOI; each document once."""
    seen: set[tuple[str, str]] = set()
    for reference in _references(tree, article):
        best = reference.best
        if best is not None and (best.scheme, best.value) not in seen:
            seen.add((best.scheme, best.value))
            yield best


def cited_registry_ids(tree: XmlTree, article: Element) -> Iterator[Identifier]:
    """The registry ids in the references of an article, in their order."""
    waiting = list(reversed(article.children))
    while waiting:
        one = waiting.pop()
        if one.name == "ref":
            start = one.inner[0]
            for found in find_registry_ids(tree.text[slice(*one.inner)]):
                yield found.model_copy(update={"start": found.start + start, "end": found.end + start})
        else:
            waiting.extend(reversed(one.children))


def _references(tree: XmlTree, article: Element) -> list[_Reference]:
    """The references of an article in their order, in one walk: they may stand in each other."""
    references: list[_Reference] = []
    waiting: list[tuple[Element, _Reference | None]] = [(one, None) for one in reversed(article.children)]
    while waiting:
        one, around = waiting.pop()
        if one.name == "ref":
            around = _Reference(around)
            references.append(around)
        elif around is not None and one.name in _REFERENCE_IDS and (found := _reference_id(tree, one)):
            around.name(found)
        waiting.extend((child, around) for child in reversed(one.children))
    return references


def _targets(tree: XmlTree, one: Element) -> Iterator[tuple[Identifier, Evidence]]:
    """What a related-article names: its address, else identifiers in its words."""
    kind = _SCHEMES.get(tree.attribute(one, "ext-link-type"))
    place = tree.attribute_span(one, "xlink:href")
    if kind and place:
        written = tree.text[slice(*place)]
        named = _typed(kind, written, *place)
        if named is not None:
            locator = f"{tree.locator(one)}/@xlink:href"
            yield named, Evidence(start=place[0], end=place[1], quote=written, locator=locator)
            return
    for found in find_identifiers(tree.words(one)):
        if found.scheme in ("doi", "pmid", "pmcid"):
            start, end = one.inner
            yield found.model_copy(update={"start": start, "end": end}), tree.evidence(one)


def _reference_id(tree: XmlTree, one: Element) -> Identifier | None:
    kind = _SCHEMES.get(tree.attribute(one, "pub-id-type") or tree.attribute(one, "ext-link-type"))
    if kind not in ("doi", "pubmed"):
        return None
    place = tree.attribute_span(one, "xlink:href") if one.name == "ext-link" else one.inner
    return _typed(kind, tree.text[slice(*place)].strip(), *place) if place else None


def _typed(kind: str, written: str, start: int, end: int) -> Identifier | None:
    if kind == "pmc" and written.isdigit():
        written = f"PMC{written}"
    named = identifier(kind, written, start, end)
    if named is None and kind == "doi" and (doi := normalise_doi(written)):
        named = Identifier(scheme="doi", value=doi, start=start, end=end)
    return named
