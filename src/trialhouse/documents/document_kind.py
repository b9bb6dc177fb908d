"""What a document is (abstract, news, portal, preprint, notice, fulltext), from signs that any page may show."""

import re
from itertools import islice

from trialhouse.documents.blocks import Block
from trialhouse.documents.citation_line import Citation
from trialhouse.documents.preprints import Preprint, preprint_in
from trialhouse.model.document import Section, Zone, ZoneKind
from trialhouse.model.enums import DocumentKind, Relation
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

_NOTICE_TITLE: tuple[tuple[Relation, re.Pattern[str]], ...] = (
    (
        Relation.RETRACTION_OF,
        # "Retraction of the eyelid …" is a finding: the word alone, or what only notices write after it.
        lazy_compile(
            r"\W{0,3}(?:notice of )?(?:partial )?(?:retraction(?:\s?:|\s?[–—]\s?[“\"‘']?(?-i:[A-Z])|"
            r"\s(?:notice|note)\b|\s(?:of|to)\s?[:\"“'‘]|\W{0,2}\Z)|"
            r"withdrawal notice\b|notice of retraction\b)",
            re.I,
        ),
    ),
    (
        Relation.CONCERN_ABOUT,
        lazy_compile(r"\W{0,3}(?:editorial )?(?:expression|note) of (?:editorial )?concern\b", re.I),
    ),
    (
        Relation.ERRATUM_FOR,
        lazy_compile(
            r"\W{0,3}(?:erratum|errata|corrigend(?:um|a)|(?:author|publisher|editorial)(?:[’']s)? correction|"
            r"correction(?:s?\s?(?::|to\b|notice)|s?\Z)|addendum|department of error(?=\W*\Z))(?=\W|\Z)",
            re.I,
        ),
    ),
)
_VOLUME = r"vol(?:ume|\.)?\s?\d[^()\[\]]{0,60}[\])]\W{0,2}\Z"
_CORRECTED = r"(?:erratum|corrigendum|correction|addendum) (?:of|to|for|in) "
_NOTICE_BEHIND: tuple[tuple[Relation, Cued], ...] = (
    (Relation.RETRACTION_OF, Cued("vol", rf"\w\W*[\[(](?:retraction|withdrawal) (?:of|to|for) {_VOLUME}", re.I)),
    (Relation.CONCERN_ABOUT, Cued("vol", rf"\w\W*[\[(]expression of concern (?:of|to|for|about) {_VOLUME}", re.I)),
    (
        Relation.ERRATUM_FOR,
        Cued("vol", rf"\w\W*[\[(](?:{_CORRECTED}|(?=[^()\[\]]+\bpg\b[^()\[\]]+\d{{4}}[\])])){_VOLUME}", re.I),
    ),
)
"""What the Web of Science puts behind the title of the paper: "(Retraction of vol 123, pg 775, 2013)". Where it gives
the place alone, "(vol 12, pg 99, 2021)", the notice corrects."""

_PUBLISHERS_NOTE = lazy_compile(r"\W{0,3}(?:publisher|editor)(?:[’'`]?s)?[’']?\s+note\s*[:—–]\s*(?=\S)", re.I)
"""What some publishers put before the title of a paper that they correct, or before the word for the notice."""

_WHICH = r"(?:article|paper|publication|preprint|manuscript|chapter)"
_RETRACTED_TITLE = Cued(
    "retracted|withdrawn",
    # At the start with a colon, in brackets, or in capitals with a dash; at the end as the Web of Science writes it:
    # "(Retracted article. See vol. 12, pg. 99, 2024)". A drug may be "(withdrawn)" at the end of a title, an article
    # is what it says.
    rf"\A[^\w\[(]{{0,3}}(?:(?:retracted|withdrawn)(?: {_WHICH})?\W?\s?:|"
    rf"[\[(](?:retracted|withdrawn)(?: {_WHICH})?[\])]|(?-i:RETRACTED|WITHDRAWN)(?: {_WHICH})?(?:\s?[–—-]|\.)\s)\W*\w|"
    rf"\w\s+[–—-]\s+(?-i:RETRACTED)(?: {_WHICH})?\W{{0,2}}\Z|"
    rf"\w\W*[\[(](?:retracted(?: {_WHICH})?|withdrawn {_WHICH}|{_WHICH} (?:retracted|withdrawn))"
    r"(?:\W{1,2}see\b[^()\[\]]{0,80})?[\])]\W{0,2}\Z",
    re.I,
)
_NOTICE_BODY: tuple[tuple[Relation, Cued], ...] = (
    (
        Relation.RETRACTION_OF,
        Cued(
            "retract|withdraw",
            r"\bretraction of\s?:|\b(?:this|the) article has been retracted|\bretract(?:s|ing)? (?:this|the) article|"
            r"\bthis (?:article|manuscript|paper|preprint) (?:has been|is|was) (?:retracted|withdrawn)\b",
            re.I,
        ),
    ),
    (Relation.CONCERN_ABOUT, Cued("concern", r"\bexpression of concern (?:for|about|in|on)\b", re.I)),
    (
        Relation.ERRATUM_FOR,
        Cued(
            "erratum|corrigendum|correct",
            r"\b(?:erratum|corrigendum|correction) (?:for|in)\s?:|\bthis (?:corrects the|is a correction)",
            re.I,
        ),
    ),
)
_REPORTED = Cued(
    'researchers|investigators|authors|scientists|published |presented at|reported |according to|”|"|press release'
    "|company |told ",
    r"(?=\b[acfiprst]|[”\"])(?:"
    r"\b(?:researchers|investigators|authors|scientists) (?:found|said|reported|noted|concluded|wrote|also|"
    r"observed|assigned)|"
    r"\b(?:study|findings|results|trial|report|paper|research)[^.]{0,60}\b(?:published (?:in|online)|"
    r"presented at|reported (?:in|at))|"
    r"\baccording to (?:the |a |new )?(?:study|researchers|investigators|data|results|findings|"
    r"press)|[”\"],? (?:stated|said|noted|wrote|added)|"
    r"\bpress release\b|\bcompany (?:said|announced|reported)|\btold (?:reporters|\w+ News))",
    re.I,
)
_TOLD_NOW = lazy_compile(
    r"\b(?:researchers|investigators|scientists|authors)(?: now)? (?:report|say|write|conclude)\b|"
    r"\b(?:study|trial|results|findings|report|paper) (?:appears?|(?:was|were|is|are) out)\b",
    re.I,
)
"""How a reporter tells in the present; authors of an abstract may, so that it says nothing alone."""

_REGISTRY_LABELS = lazy_compile(
    r"^\W{0,4}(?:Study Type|(?:Estimated |Actual )?Enrollment|(?:Estimated |Actual )?Primary Completion|"
    r"Recruitment Status|Overall Status|"
    r"(?:Estimated |Actual )?Study Start|Study Design|Primary Outcome Measures?|Secondary Outcome Measures?|"
    r"Arms and Interventions|"
    r"Eligibility Criteria|Responsible Party|Intervention Model|Primary Purpose)\b",
    re.I | re.M,
)
_FULLTEXT_HEADINGS = lazy_compile(
    r"\W{0,3}(?:\d\.?\s*)?(?:introduction|background|(?:patients and |materials? and )?methods|results|"
    r"discussion)\W{0,2}",
    re.I,
)
_LONG = 9000
"""Characters of body that no abstract reaches (the longest structured abstracts have about 6,000)."""

OTHER_TYPE = lazy_compile(
    r"\W{0,3}(?:(?:guest |invited )?editorials?|letters?(?: to the editor)?|(?:invited )?comment(?:ary|s)?|viewpoints?|"
    r"perspectives?|opinion|correspondence|book reviews?|obituary|news (?:&|and) views|interview|essay)\W{0,3}",
    re.I,
)
"""What publishers call a text that is none of the kinds, alone in a line over it or in its metadata."""

_ABSTRACT_HEADING = lazy_compile(
    r"\W{0,3}(?:abstract|summary|résumé|zusammenfassung|resumen|resumo|riassunto|"
    r"samenvatting|sammanfattning|sammendrag|streszczenie|özet|резюме|аннотация|реферат|摘要|要旨|초록)\W{0,3}",
    re.I,
)
_STUDY_SIGNS = (
    lazy_compile(
        r"\brandom(?:ly|i[sz]ed|i[sz]ation)\b|\bcross-?over\b|\bmeta-?analys|\bcohort\b|\bcase[- ]control", re.I
    ),
    lazy_compile(
        r"\b(?:double|single|triple)[- ](?:blind|masked)|\bopen[- ]label|\bplacebo\b|\bmulticent(?:er|re)", re.I
    ),
    lazy_compile(
        r"\b(?:clinical|controlled|phase [1-4I]{1,3}b?|pilot) (?:trial|study)|\b(?:this|our) (?:trial|study)\b", re.I
    ),
    lazy_compile(
        r"\b(?:patients?|participants?|subjects|volunteers|adults|children|women|men|infants|recipients)\b", re.I
    ),
    lazy_compile(
        r"\b(?:primary|secondary) (?:outcome|end ?point)|\b(?:at|from|versus) baseline\b|\bfollow(?:ed)?[- ]up", re.I
    ),
    lazy_compile(
        r"\b95% ?(?:CI|confidence)|\bp\s?[<=>≤≥]\s?0?[.·]\d|\b(?:hazard|odds|risk) ratio|±|\bn\s?=\s?\d", re.I
    ),
    lazy_compile(
        r"\bwe (?:\w+ )?(?:assigned|enrolled|assessed|evaluated|investigated|examined|compared|studied)\b", re.I
    ),
    lazy_compile(
        r"\b(?:were|was) (?:randomly )?(?:assigned|allocated|treated|enrolled|given|administered|recruited)\b", re.I
    ),
)
_TYPE_LINES = 12
"""The lines over the body among which a publisher names the type of the text."""

_ENOUGH_SIGNS = 2
"""Different signs of a study that a text must show to be taken for its abstract; every labelled abstract shows more."""


def is_title_of_retracted(title: str | None) -> bool:
    """Whether a title says that its own paper is retracted or withdrawn ("RETRACTED: …"): no notice about another."""
    return title is not None and _RETRACTED_TITLE.search(title) is not None


def notice_relation(title: str | None, head: str) -> Relation | None:
    """What a notice does to another paper, or None for what is no notice.

    The title decides; a body decides only by the fixed phrases of notices. Retraction is asked before correction,
    since retraction notices speak of errors too. A publisher's note that says no more corrects. A page whose title says
    that its own paper is retracted says so in its text too: it is that paper.
    """
    note = _PUBLISHERS_NOTE.match(title) if title else None
    for relation, pattern in _NOTICE_TITLE:
        if title and pattern.match(title, note.end() if note else 0):
            return relation
    for relation, behind in _NOTICE_BEHIND:
        if title and behind.search(title):
            return relation
    if note:
        return Relation.ERRATUM_FOR
    if (title and len(head) > 4000) or is_title_of_retracted(title):
        return None
    for relation, told in _NOTICE_BODY:
        if told.search(head[:1500]):
            return relation
    return None


def kind_of(
    text: str, blocks: list[Block], kinds: list[ZoneKind], zones: list[Zone], *, title: str | None, citation: Citation
) -> DocumentKind | None:
    """The kind of a document, or None where nothing speaks for any: a kind that nearly fits would be wrong."""
    body = _of_kind(text, zones, ZoneKind.BODY)
    if notice_relation(title, body):
        return DocumentKind.NOTICE
    if len({found[0].strip().lower() for found in _REGISTRY_LABELS.finditer(text[:100_000])}) >= 4:
        return DocumentKind.REGISTRY
    is_cited = citation.has_own_line and not citation.has_byline
    may_be_news = not is_cited and not _is_labelled(blocks, zones)
    preprint = preprint_in(text, zones)
    if preprint is Preprint.IS_ONE and not _reported(body) and not (may_be_news and _is_news(kinds, body, citation)):
        return DocumentKind.PREPRINT
    if len(citation.portal_labels) >= 2:
        return DocumentKind.PORTAL
    if _names_other_type(blocks, kinds):
        return None
    if _is_fulltext(blocks, kinds, body):
        return DocumentKind.FULLTEXT
    tells_of_preprint = may_be_news and preprint is Preprint.TOLD_OF
    if tells_of_preprint or (not is_cited and _is_news(kinds, body, citation)):
        return DocumentKind.NEWS
    return DocumentKind.ABSTRACT if _is_abstract(blocks, zones, body, is_cited) else None


def tells_of_papers(text: str, blocks: list[Block], kinds: list[ZoneKind], zones: list[Zone]) -> bool:
    """Whether a short text that names papers, and no journal or number of its own, is news of them.

    An abstract is a paper's own and names no other one by its DOI. So one phrase of reporters is enough, where nothing
    labels or heads the text as an abstract, and no line calls it an editorial, a letter or the like.
    """
    body = _of_kind(text, zones, ZoneKind.BODY)
    if len(body) >= _LONG or _is_labelled(blocks, zones) or _names_other_type(blocks, kinds):
        return False
    return _reported(body) > 0 or _TOLD_NOW.search(body) is not None


def _names_other_type(blocks: list[Block], kinds: list[ZoneKind]) -> bool:
    """Whether a line before the body says that this is an editorial, a letter or the like; a list of links does not."""
    first = kinds.index(ZoneKind.BODY) if ZoneKind.BODY in kinds else 0
    return any(
        OTHER_TYPE.fullmatch(block.text)
        for block in blocks[max(0, first - _TYPE_LINES) : first]
        if len(block.text) < 40 and not block.is_bullet
    )


def _is_abstract(blocks: list[Block], zones: list[Zone], body: str, is_cited: bool) -> bool:
    """Whether a text is headed or labelled as an abstract, or tells of a study at an abstract's length."""
    if len(body) >= _LONG:
        return False
    if _is_labelled(blocks, zones):
        return True
    needed = 1 if is_cited else _ENOUGH_SIGNS
    signs = (1 for pattern in _STUDY_SIGNS if pattern.search(body))
    return sum(islice(signs, needed)) >= needed


def _is_labelled(blocks: list[Block], zones: list[Zone]) -> bool:
    """Whether a text has the sections of an abstract, or a heading that calls it one."""
    labelled = {zone.section for zone in zones if zone.kind is ZoneKind.BODY} - {Section.UNASSIGNED}
    return len(labelled) >= 2 or any(
        _ABSTRACT_HEADING.fullmatch(block.text) for block in blocks if len(block.text) < 30
    )


def _is_fulltext(blocks: list[Block], kinds: list[ZoneKind], body: str) -> bool:
    if len(body) < _LONG:
        return False
    headings = {
        block.text.strip(" .:0123456789").lower()
        for block, kind in zip(blocks, kinds, strict=True)
        if kind is ZoneKind.BODY and len(block.text) < 40 and _FULLTEXT_HEADINGS.fullmatch(block.text)
    }
    return len(headings) >= 3 or (len(headings) >= 2 and ZoneKind.REFERENCES in kinds)


def _is_news(kinds: list[ZoneKind], body: str, citation: Citation) -> bool:
    """News has bylines, advertisements, related articles and reporters' phrases; two such signs are wanted."""
    signs = 2 if citation.has_byline else 0
    signs += (ZoneKind.ADVERTISEMENT in kinds) + (ZoneKind.RELATED in kinds)
    signs += kinds.count(ZoneKind.MENU) >= 8
    return signs >= 2 or signs + _reported(body) >= 2


def _reported(body: str) -> int:
    return sum(1 for _ in islice(_REPORTED.finditer(body[:30_000]), 2))


def _of_kind(text: str, zones: list[Zone], kind: ZoneKind) -> str:
    return "\n".join(text[zone.start : zone.end] for zone in zones if zone.kind is kind)
