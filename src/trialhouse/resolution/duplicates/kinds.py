"""What a record is beside a plain article: a notice, a reply, a protocol, a preprint, an abstract of a meeting."""

import re
from enum import StrEnum

from trialhouse.model.enums import Relation
from trialhouse.resolution.remembering import remembered
from trialhouse.text.lazy_patterns import lazy_compile


class Kind(StrEnum):
    """Kinds that are never one document with another kind. The value is what people call it."""

    ARTICLE = "article"
    ERRATUM = "erratum"
    RETRACTION = "retraction notice"
    CONCERN = "expression of concern"
    REPLY = "reply or comment"
    PROTOCOL = "protocol"
    PREPRINT = "preprint"
    MEETING = "conference abstract"
    THESIS = "thesis"

    @property
    def with_article(self) -> str:
        """ "an erratum", "a protocol"."""
        return f"{'an' if self.value[0] in 'aeiou' else 'a'} {self.value}"


RELATION_OF: dict[Kind, Relation] = {
    Kind.ERRATUM: Relation.ERRATUM_FOR,
    Kind.RETRACTION: Relation.RETRACTION_OF,
    Kind.CONCERN: Relation.CONCERN_ABOUT,
    Kind.REPLY: Relation.COMMENT_ON,
    Kind.PROTOCOL: Relation.PROTOCOL_OF,
    Kind.PREPRINT: Relation.PREPRINT_OF,
    Kind.MEETING: Relation.CONFERENCE_ABSTRACT_OF,
}
"""What a document of a kind is to the article that it shares its title with."""

ABOUT_ANOTHER = frozenset({Kind.ERRATUM, Kind.RETRACTION, Kind.CONCERN, Kind.REPLY})
"""Kinds that speak of another document."""

_WHO = r"(?:(?:author|publisher|editor)(?:'?s'?|s)? |(?:invited|editorial|expert) )?"
_BEHIND = r"(?:[:.–—\[(\"”]|\s-)\W*"
"""What sets off a word behind a title: "dose-response" is no response."""
_ERRATA = r"(?:erratum|errata|corrigend(?:um|a)|correction|addendum|author correction|publisher correction)"

_TITLES: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        Kind.CONCERN,
        lazy_compile(
            r"^\W*(?:editorial )?expression of (?:editorial )?concern\b|\bexpression of concern\W*$|"
            r"[\[(]expression of concern\W{1,3}(?:(?:of|for|to) )?vol"
        ),
    ),
    (
        Kind.RETRACTION,
        lazy_compile(
            r"^\W*(?:retraction|retraction note|retraction notice|notice of retraction|withdrawal|withdrawal notice|"
            r"statement of retraction|withdrawn)\s*(?:[:.\-‐–—]|to\b|note\b|of\s?[:\"“])|"
            rf"{_BEHIND}(?:retraction|withdrawal|retraction notice|notice of retraction)\W*$|"
            r"[\[(](?:retraction|withdrawal) (?:of|to) vol"
        ),
    ),
    (
        Kind.ERRATUM,
        lazy_compile(
            rf"^\W*{_WHO}{_ERRATA}\s*(?:[:.\-‐–—]|to\b|for\b|$)|^\W*(?:erratum|corrigendum|errata)\b|"
            r"^\W*department of error\W*$|"
            rf"{_BEHIND}{_WHO}{_ERRATA}(?: to\b.{{0,200}})?\W*$|"
            # "(vol 3, pg 10, 2021)" behind a title says where the corrected paper stands
            rf"[\[(](?:{_ERRATA}\W{{0,2}} (?:(?:of|to|for|in) )?)?vol(?:ume|\.)? ?\d+[^()]*\b(?:19|20)\d\d\)?\W*$"
        ),
    ),
    (
        Kind.REPLY,
        lazy_compile(
            # quotes around the other's title are lost in many exports: no rule asks for them
            rf"^\W*(?:in )?(?:{_WHO}(?:reply|response|comments?|commentary|letter)|re|discussion)\s*"
            rf"(?::|to the editor\b|to letter\b)|^\W*(?:in )?reply\W|^\W*{_WHO}(?:comments?|commentary) on\b|"
            rf"{_BEHIND}(?:the )?(?:{_WHO}(?:reply|response|rejoinder)|reply to .{{0,80}}|"
            rf"(?:an? )?{_WHO}comment(?:ary)?)\W*$|\brepl(?:y|ies)\W*$"
        ),
    ),
    (
        Kind.PROTOCOL,
        lazy_compile(
            r"\b(?:study|trial|review|research) protocol\b|\bprotocol (?:for|of|and|to)\b|"
            rf"{_BEHIND}(?:a )?protocol\W*$|^\W*protocol\b|\bstatistical analysis plan\b|"
            r"\brationale\b.{0,20}\bdesign\b|\bdesign\b.{0,12}\brationale\b"
        ),
    ),
)

_ANY_KIND = lazy_compile(
    r"\b(?:concern|retraction|department of error|withdraw|errat|corrigend|correction|addendum|reply|re\b|response|"
    r"rejoinder|comment|letter|discussion|protocol|rationale|analysis plan|vol\b)"
)
"""What a title of any of these kinds holds: most titles hold none of it."""

_RETRACTS = frozenset({"retraction", "retraction notice"})

_PREPRINT_SERVERS = lazy_compile(
    r"\b(?:medrxiv|biorxiv|arxiv|research square|ssrn|preprints?|psyarxiv|chemrxiv|osf preprints|authorea|techrxiv|"
    r"jmir preprints|socarxiv|eartharxiv)\b"
)
_PREPRINT_DOI = lazy_compile(
    r"10\.(?:1101/\d|21203/rs|2139/ssrn|20944/preprints|48550/|31234/|26434/|31219/|22541/|2196/preprints)"
)
_MEETING = lazy_compile(
    r"\bconference\b|meeting ?abstracts?|\bmeeting\b|\bproceedings? (?:paper|abstract)|\bcpaper\b|^conf$"
)
_MEETING_JOURNAL = lazy_compile(r"\bconference:|\bmeeting abstracts?\b")
_MEETING_TITLE = lazy_compile(r"^\W*(?:(?:poster|oral)?\s*abstract|poster)\s+[a-z]{0,3}\.?-?\d+\W")
_TYPED_ABSTRACT = lazy_compile(r"\babstracts?\b")
_TYPED_ARTICLE = lazy_compile(r"\barticle\b")
_TYPED_REPLY = lazy_compile(r"\b(?:comments?|commentary|reply|response|rejoinder|letters?)\b")
_THESIS = lazy_compile(r"\bdissertations?\b|\bthesis\b|\btheses\b|\bph\.?d\b")


@remembered(2**12)
def typed_kind(entry_type: str) -> Kind | None:
    """Abstract of a meeting, letter or article, where the export's own word for the record says which; else None.

    'Conference Abstract', 'Comment' and 'Journal Article' do; 'Journal Article; Comment' is a comment. 'JOUR' names
    what it stands in, and a 'Conference Paper' may be a whole article: these say nothing.
    """
    typed = entry_type.lower().replace("_", " ")
    if _TYPED_ABSTRACT.search(typed):
        return Kind.MEETING
    if _TYPED_REPLY.search(typed):
        return Kind.REPLY
    return Kind.ARTICLE if _TYPED_ARTICLE.search(typed) and not _MEETING.search(typed) else None


def typed_apart(one: str, other: str) -> Kind | None:
    """The kind that the export of one says, where that of the other says article; None where it is not so."""
    kinds = {typed_kind(one), typed_kind(other)}
    return next((kind for kind in (Kind.MEETING, Kind.REPLY) if kinds == {kind, Kind.ARTICLE}), None)


@remembered(2**13)
def kind_of(title: str, entry_type: str, journal: str, number: str, doi: str) -> Kind:
    """The kind of a record, from its title first, then from what its export calls it and where it stands."""
    said, where = title.lower(), journal.lower()
    if _ANY_KIND.search(said):
        for kind, pattern in _TITLES:
            if pattern.search(said):
                return kind
    typed = entry_type.lower()
    if "erratum" in typed or "correct" in typed:
        return Kind.ERRATUM
    if "retraction of" in typed or not _RETRACTS.isdisjoint(typed.split("; ")):
        return Kind.RETRACTION
    if "expression of concern" in typed:
        return Kind.CONCERN
    if "protocol" in typed:
        return Kind.PROTOCOL
    if "preprint" in typed or _PREPRINT_SERVERS.search(where) or _PREPRINT_DOI.match(doi):
        return Kind.PREPRINT
    if _THESIS.search(where) or _THESIS.search(typed) or typed == "thes":
        return Kind.THESIS
    if (
        _MEETING.search(typed)
        or _MEETING_JOURNAL.search(where)
        or "meeting" in number.lower()
        or _MEETING_TITLE.search(said)
    ):
        return Kind.MEETING
    return Kind.ARTICLE
