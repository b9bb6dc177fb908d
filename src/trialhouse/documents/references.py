"""Which identifiers of a document are its own, which it cites, and what it says it is to other documents.

An identifier is the document's own when it stands in its citation line (or the publisher's metadata); in the text, in
a list of references or behind the words of a link it names another document. On a news page every one does that
stands in the text: its line "doi: …" is that of the paper it tells of.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from trialhouse.model.document import DocumentRelation, Identifier, Zone, ZoneKind
from trialhouse.model.enums import DocumentKind, Relation
from trialhouse.model.evidence import Evidence
from trialhouse.model.identifiers import find_identifiers, normalise_doi
from trialhouse.text.lazy_patterns import lazy_compile

_PAPER_SCHEMES = ("doi", "pmid", "pmcid")
_HEAD = (ZoneKind.CITATION, ZoneKind.TITLE, ZoneKind.AFFILIATION)
_BESIDE = (ZoneKind.RELATED, ZoneKind.ADVERTISEMENT)
_IGNORED = (*_BESIDE, ZoneKind.MENU)
_NAMES_ITS_TARGET = lazy_compile(
    r"(?:correct(?:s|ed|ion|ions)?(?: to| of| for| in)?|errat(?:um|a) (?:for|to|in)|corrigendum (?:for|to|in)|"
    r"retract(?:s|ed|ion|ions)?(?: of)?|"
    r"original(?:ly)? (?:article|publication|version|published)?|concern (?:for|about|regarding)|the article|"
    r"this article|in the paper)",
    re.I,
)
_NOTICE_LINE = lazy_compile(
    r"\W{0,3}(?:(?:author |publisher )?(?:correction|erratum|corrigendum|retraction(?: note)?) (?:to|of|for)\s?:|"
    r"(?:the )?(?:online version of the )?original (?:article|paper|publication|version)\b)",
    re.I,
)
"""How a line of a notice begins that says no more than where its paper is; it is as short as the lines of a menu."""

_PUBLISHED_AS = lazy_compile(
    r"(?:now|subsequently|since been|later|has been|been|was|article) (?:also )?published (?:in|as|at|online|"
    r"version)|published (?:version|article)|"
    r"version of record|peer-reviewed (?:version|article)|journal (?:version|publication)",
    re.I,
)
_BEFORE = 250


_STATED_RELATION = (
    (Relation.ERRATUM_FOR, lazy_compile(r"\s*(?:erratum for|correction (?:for|of))\s?:", re.I)),
    (Relation.RETRACTION_OF, lazy_compile(r"\s*retraction of\s?:", re.I)),
    (Relation.CONCERN_ABOUT, lazy_compile(r"\s*expression of concern for\s?:", re.I)),
    (Relation.COMMENT_ON, lazy_compile(r"\s*comment on\s?:", re.I)),
)
_STATED_INVERSE = lazy_compile(r"\s*((?:erratum|retraction|expression of concern|comment|update) in)\s?:", re.I)


@dataclass
class References:
    """The identifiers of a document, sorted out."""

    doi: Identifier | None = None
    pmid: Identifier | None = None
    pmcid: Identifier | None = None
    registry_ids: tuple[Identifier, ...] = ()
    cites: tuple[Identifier, ...] = ()
    cited_registry_ids: tuple[Identifier, ...] = ()
    relations: tuple[DocumentRelation, ...] = ()
    own: dict[str, str] = field(default_factory=dict)


def sort_identifiers(
    text: str,
    zones: list[Zone],
    kind: DocumentKind | None,
    notice: Relation | None = None,
    own: dict[str, str] | None = None,
    *,
    linked: Sequence[Identifier] = (),
) -> References:
    """Sort the identifiers of a text by the zones they stand in.

    `own` holds identifiers that are known to be the document's own by scheme (from a publisher's metadata); then the
    text's citation line is not asked for that scheme. `linked` are the papers that links lead to, at their words.
    """
    result = References(own=dict(own or {}))
    found = find_identifiers(text)
    if not found and not linked:
        return result  # most abstracts
    placed = _placed(found, zones)
    sorting = _Sorting(text, kind, notice, result)
    for one, zone in placed:
        if one.scheme in _PAPER_SCHEMES and (zone not in _IGNORED or sorting.is_told(one, zone)):
            sorting.named(one, zone)
    for one, zone in _placed(sorted(linked, key=lambda one: (one.start, one.end)), zones):
        sorting.linked(one, zone)
    cited, targets = sorting.cited, sorting.targets
    result.cites = tuple(
        one
        for key, one in cited.items()
        if key not in targets and not _is_own(result, key) and not _is_part(result, key)
    )
    result.relations = tuple(targets.values()) + tuple(_cites(text, one) for one in result.cites)
    result.registry_ids = _registry_ids(placed)
    listed = (one for one, zone in placed if one.scheme == "registry" and zone is ZoneKind.REFERENCES)
    result.cited_registry_ids = cited_only(listed, result.registry_ids)
    return result


@dataclass
class _Sorting:
    """Papers as they are met: its own go to `result`, those that it is something to to `targets`, the rest is cited."""

    text: str
    kind: DocumentKind | None
    notice: Relation | None
    result: References
    targets: dict[tuple[str, str], DocumentRelation] = field(default_factory=dict)
    cited: dict[tuple[str, str], Identifier] = field(default_factory=dict)

    def is_told(self, one: Identifier, zone: ZoneKind) -> bool:
        """Whether a line that looks like one of a menu is where a notice names its paper."""
        if self.notice is None or zone is not ZoneKind.MENU:
            return False
        return _NOTICE_LINE.match(_line_before(self.text, one)) is not None

    def named(self, one: Identifier, zone: ZoneKind) -> None:
        """A paper that the text names."""
        key = _key(one)
        relation = _target(self.text, one, zone, self.kind, self.notice)
        may_be_own = zone is ZoneKind.CITATION and self.kind is not DocumentKind.NEWS
        if relation and key not in self.targets and not _is_own(self.result, key):
            self.targets[key] = relation
        elif _is_own(self.result, key):
            _keep_own(self.result, one)
        elif may_be_own and one.scheme not in self.result.own and key not in self.targets:
            self.result.own[one.scheme] = one.value
            _keep_own(self.result, one)
        elif key not in self.targets:
            self.cited.setdefault(key, one)

    def linked(self, one: Identifier, zone: ZoneKind) -> None:
        """A paper that a link of the text leads to.

        In the head and the menus of an article links lead to its own copies; a news page names its source in such a
        line ("Source: Example Journal").
        """
        key = _key(one)
        left_out = _BESIDE if self.kind is DocumentKind.NEWS else (*_IGNORED, *_HEAD)
        is_left_out = zone in left_out and not self.is_told(one, zone)
        if is_left_out or key in self.targets or _is_own(self.result, key):
            return
        relation = _target(self.text, one, zone, self.kind, self.notice)
        if relation:
            self.targets[key] = relation
        else:
            self.cited.setdefault(key, one)


def _key(one: Identifier) -> tuple[str, str]:
    return one.scheme, normalise_doi(one.value) or one.value


def cited_only(listed: Iterable[Identifier], named: Iterable[Identifier]) -> tuple[Identifier, ...]:
    """The registry ids of a list of references that the document names nowhere else, each once."""
    own = {one.value for one in named}
    once: dict[str, Identifier] = {}
    for one in listed:
        if one.value not in own:
            once.setdefault(one.value, one)
    return tuple(once.values())


def _placed(found: list[Identifier], zones: list[Zone]) -> list[tuple[Identifier, ZoneKind]]:
    """Each identifier with the kind of its zone, in one pass over both lists."""
    placed, at = [], 0
    for one in found:
        while at < len(zones) and zones[at].end <= one.start:
            at += 1
        inside = at < len(zones) and zones[at].start <= one.start
        placed.append((one, zones[at].kind if inside else ZoneKind.MENU))
    return placed


def _is_own(result: References, key: tuple[str, str]) -> bool:
    known = result.own.get(key[0])
    return known is not None and (normalise_doi(known) or known) == key[1]


def _is_part(result: References, key: tuple[str, str]) -> bool:
    """Whether a DOI is that of a figure or table of this very document ("10.5555/x.1/table-2")."""
    own = (normalise_doi(result.own.get("doi", "")) or "-").rstrip("/")
    return key[0] == "doi" and key[1].startswith((f"{own}/", f"{own}."))


def _keep_own(result: References, one: Identifier) -> None:
    if getattr(result, one.scheme) is None:
        setattr(result, one.scheme, one)


def _target(
    text: str, one: Identifier, zone: ZoneKind, kind: DocumentKind | None, notice: Relation | None
) -> DocumentRelation | None:
    """The relation by which a notice names its paper, or a preprint the paper it became."""
    before, line = text[max(0, one.start - _BEFORE) : one.start], _line_before(text, one)
    for relation, pattern in _STATED_RELATION:
        if pattern.match(line):
            return _relation(text, one, relation, "named by the record")
    if notice is not None and zone is not ZoneKind.REFERENCES and _NAMES_ITS_TARGET.search(before):
        own_line = zone is ZoneKind.CITATION and not _NAMES_ITS_TARGET.search(line)
        if not own_line:
            return _relation(text, one, notice, "named by the notice")
    if kind is DocumentKind.PREPRINT and _PUBLISHED_AS.search(before):
        return _relation(text, one, Relation.PREPRINT_OF, "now published")
    return None


def _line_before(text: str, one: Identifier) -> str:
    """The line of an identifier up to it, as far as is looked back."""
    return text[max(0, one.start - _BEFORE) : one.start].rsplit("\n", 1)[-1]


def _relation(text: str, one: Identifier, relation: Relation, method: str) -> DocumentRelation:
    proof = Evidence.of(text, one.start, one.end)
    return DocumentRelation(relation=relation, scheme=one.scheme, value=one.value, method=method, evidence=proof)


def _cites(text: str, one: Identifier) -> DocumentRelation:
    """A citation; its method says "erratum in", "retraction in" and the like where the page's own record does."""
    stated = _STATED_INVERSE.match(_line_before(text, one))
    return _relation(text, one, Relation.CITES, stated[1].lower() if stated else "named in the text")


def _registry_ids(placed: list[tuple[Identifier, ZoneKind]]) -> tuple[Identifier, ...]:
    """Registry ids of the page's own text, each once; those of references and related articles are other trials'."""
    skipped = (*_IGNORED, ZoneKind.REFERENCES, ZoneKind.FOOTER)
    found: dict[tuple[str | None, str], Identifier] = {}
    for last in (False, True):
        for one, zone in placed:
            translated = zone is ZoneKind.OTHER_LANGUAGE
            if one.scheme == "registry" and zone not in skipped and translated is last:
                found.setdefault((one.registry, one.value), one)
    return tuple(sorted(found.values(), key=lambda one: one.start))
