"""What stands on a page beside its text: advertisements, related articles, keyword lists, footers, affiliations."""

import re

from trialhouse.documents.blocks import Block
from trialhouse.model.document import ZoneKind
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

_ADVERTISEMENT = lazy_compile(
    r"(?:advertisement|ad goes here.{0,40}|scroll to continue|sponsored(?: content)?|article continues below.{0,60}|"
    r"continue reading(?: below.{0,40})?|story continues below.{0,60}|skip advertisement|report this ad|"
    r"anzeige)\s?[:.]?\Z",
    re.I,
)
_HEADINGS: tuple[tuple[ZoneKind, re.Pattern[str]], ...] = (
    (
        ZoneKind.KEYWORDS,
        lazy_compile(
            r"(?:publication types?|mesh terms?|mesh headings?|substances?|key ?words?|author keywords?|"
            r"index terms|subject areas?|"
            r"asjc scopus subject areas|subjects?|associated data|topics|tags|fingerprint)\s?:?\Z",
            re.I,
        ),
    ),
    (
        ZoneKind.RELATED,
        lazy_compile(
            r"(?:related (?:articles?|content|stories|news|posts?|topics|reading|links|trials)|you (?:may|"
            r"might) also (?:like|be interested in)|"
            r"recommended(?: (?:for you|articles|reading))?|more (?:from|on|in|like this|news|stories).{0,60}|"
            r"similar articles|"
            r"most (?:read|popular|viewed)|trending(?: now)?|latest (?:news|articles|stories|issue)|read next|"
            r"also of interest|"
            r"editors?[’']s? picks?|what to read next|in this issue|other stories|see also|popular articles|"
            r"top stories)\s?:?\Z",
            re.I,
        ),
    ),
    (
        ZoneKind.REFERENCES,
        lazy_compile(
            r"(?:references?|bibliography|literature cited|reference list|citations|works cited|"
            r"cited by.{0,30})\s?:?\Z",
            re.I,
        ),
    ),
    (
        ZoneKind.FOOTER,
        lazy_compile(
            r"(?:cite this|about us|contact us|privacy policy|terms (?:of use|and conditions)|follow us.{0,40}|footer|"
            r"subscribe.{0,60}|sign up.{0,60}|newsletters?|acknowledge?ments?|(?:competing|conflicts? of) interests?|"
            r"about this (?:site|journal)|linkout.{0,60}|leave a (?:comment|reply)|comments)\s?:?\Z",
            re.I,
        ),
    ),
)
_FOOTER_LINE = lazy_compile(
    r"(?:disclosures?|conflicts? of interest|competing interests|declaration of interests|copyright|share|"
    r"share this.{0,40}|filed under|"
    r"tagged with|pages?|published by|print|tweet|©|all rights reserved)\s?(?::|\Z|(?=©)|(?=\d))|©|"
    r"[^.]{0,80}all rights reserved",
    re.I,
)
_ANYWHERE_RIGHTS = Cued("©|all rights reserved", r"copyright ©|©\s?(?:19|20)\d\d|all rights reserved", re.I)
_KEYWORDS_LINE = lazy_compile(
    r"(?:key ?words?|mesh terms?|index terms|subject headings|author keywords?)\s?[:—–-]\s?\S", re.I
)
_RELATED_LINE = lazy_compile(
    r"(?:related|read more|see also|also read|read next|more on this|watch|listen|in case you missed it)\s?:\s", re.I
)
_DESIGN_FIELD = lazy_compile(
    r"(?:study (?:type|design)|design|allocation|randomi[sz]ation|masking|blinding|phase|conditions?|populations?|"
    r"participants|patients|subjects|enrol(?:l)?(?:ed|ment)|sample size|sites?|settings?|countr(?:y|ies)|sponsor|"
    r"interventions?|control|comparators?|experimental|active comparator|placebo comparator|arms?|"
    r"treatment (?:groups|arms)|study (?:groups|arms)|primary (?:outcome|end ?point)s?|"
    r"secondary (?:outcome|end ?point)s?|registry number|registration|trial registration|"
    r"background therapy|question)(?: \([^)\n]{1,40}\))?(?: [a-z ]{1,30})?\s?:\s?\S",
    re.I,
)
"""A line that names a fact of a trial's design and gives it, as registries and summaries of results print them."""
_UNIQUE_FINGERPRINT = lazy_compile(r"dive into the research topics", re.I)
_PLACE = lazy_compile(
    r"\b(?:Departments?|Dept|Division|Universit\w{1,6}|Hospital|H[oô]pital|Hospices|Institute|Institut|"
    r"School of|Faculty|"
    r"Cent(?:er|re)s? for|Clinic|Klinik\w{0,10}|College|Laborator(?:y|ies)|Medical Cent(?:er|re)|Foundation|"
    r"Inc\.|GmbH|AG|Ltd)(?=\W|\Z)"
)
_VERB = lazy_compile(
    r"\b(?:was|were|is|are|has|have|had|did|we|our|received|found|showed|compared|assigned|enrolled|treated|announce[sd]?"
    r"|said|says|told|reported|reports|randomi[sz]ed)\b",
    re.I,
)
_RESULTS = lazy_compile(r"\d\s?%[^%]{2,400}\d\s?%|\d[^.]{0,200}\b[pP]\s?[<=≤>]\s?0?\.\d|\b95\s?% ?(?:CI|confidence)")
"""Two percentages, a p-value or an interval: what no menu has."""


def is_advertisement(block: Block) -> bool:
    """Whether a block marks an advertisement."""
    return len(block.text) < 120 and bool(_ADVERTISEMENT.match(block.text))


def ends_advertisement(block: Block) -> bool:
    """Whether a mark of an advertisement says that the text goes on."""
    return "continue" in block.text.lower()


def heading_kind(block: Block) -> ZoneKind | None:
    """The kind of zone that a heading opens ("MeSH terms", "Related Articles"), or None."""
    if len(block.text) > 100 or block.is_bullet:
        return None
    bare = block.text.lstrip("# ").strip()
    for kind, pattern in _HEADINGS:
        if pattern.match(bare):
            return kind
    return ZoneKind.FOOTER if _UNIQUE_FINGERPRINT.match(bare) else None


def line_kind(block: Block) -> ZoneKind | None:
    """The kind of a block that is furniture in itself ("Keywords: …", "Disclosure: …", "Related: …"), or None."""
    text = block.text
    bare = text.lstrip("•*- ").strip()
    if _UNIQUE_FINGERPRINT.match(bare):
        return ZoneKind.FOOTER
    if len(text) < 1500 and _KEYWORDS_LINE.match(bare):
        return ZoneKind.KEYWORDS
    if len(text) < 250 and _RELATED_LINE.match(bare):
        return ZoneKind.RELATED
    if len(text) < 800 and (_FOOTER_LINE.match(bare) or (_ANYWHERE_RIGHTS.search(text) and block.words < 60)):
        return ZoneKind.FOOTER
    return None


def is_design_field(block: Block) -> bool:
    """Whether a block is a line of a summary of a trial ("Masking: double-blind"): menus have no such lines."""
    return len(block.text) < 600 and bool(_DESIGN_FIELD.match(block.text.lstrip("•*-– ")))


def is_result_line(block: Block) -> bool:
    """Whether a line without the end of a sentence tells results, as the points over a press release do."""
    return block.words >= 6 and len(block.text) < 600 and bool(_RESULTS.search(block.text))


def is_affiliation(block: Block) -> bool:
    """Whether a block is an address of authors: an institution, commas, and no verb."""
    text = block.text
    if len(text) > 600 or text.count(",") < 2 or not _PLACE.search(text):
        return False
    return not _VERB.search(text)


def is_author_list(block: Block) -> bool:
    """Whether a block lists at least two names: capitalised words between commas, and nothing else."""
    text = block.text.rstrip(".")
    if len(text) > 2000 or block.is_bullet:
        return False
    names = [name.strip(" *†‡§0123456789") for name in text.replace(" and ", ", ").replace(";", ",").split(",")]
    names = [name for name in names if name]
    return len(names) >= 2 and all(_is_name(name) for name in names)


def _is_name(name: str) -> bool:
    words = name.split()
    if not 2 <= len(words) <= 5:
        return bool(len(words) == 1 and name.isupper() and len(name) <= 6)
    return all(
        word[0].isupper() or word in {"de", "van", "von", "der", "den", "la", "di", "da", "le"} for word in words
    )
