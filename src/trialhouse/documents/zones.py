"""The zones of a flattened page: block by block from the top, as a person skims it.

A page is read in states. Before the first sentence of the body stand menus, the title, authors and where it was
published. In the body everything counts as body unless it is known furniture, because a result must not be lost to a
short line; under a heading such as "MeSH terms" or "Related Articles" nothing counts as body until the text resumes.
"""

import re
from dataclasses import dataclass, field
from itertools import groupby

from trialhouse.documents import furniture
from trialhouse.documents.blocks import Block
from trialhouse.documents.citation_line import is_byline, is_own_citation, is_reference, portal_label
from trialhouse.documents.language import LATIN_LANGUAGES
from trialhouse.documents.section_labels import heading_label, section_of, split_labelled, starts_with_label
from trialhouse.model.document import Section, Zone, ZoneKind
from trialhouse.text.lazy_patterns import lazy_compile

_HEADER = None
_RESUMES = 350
"""Characters of a paragraph after a box of related articles that are taken for the body going on."""

_HEADER_LINES = 300
"""The last lines of a page's head among which its title is looked for."""

_ADVERTISEMENT_LINES = 4
"""The most lines of an advertisement's own words that are taken for such."""

_CLOSES_WITH_NUMBER = lazy_compile(r":\s[^:\n]{0,120}\d[^:\n]{0,20}\Z")
"""A line that gives a figure after a colon is a line of results, also where it ends a page."""

_END_MARK = lazy_compile(r"(?:pages?|share|filed under|tagged|disclosures?|references?|copyright|©)\b", re.I)


@dataclass
class _Page:
    """What is known while walking down a page."""

    language: str | None
    state: ZoneKind | None = _HEADER
    header: list[int] = field(default_factory=list)
    ended: bool = False
    body_seen: bool = False


def classify(blocks: list[Block], language: str | None, fixed: dict[int, ZoneKind] | None = None) -> list[ZoneKind]:
    """The kind of each block. `fixed` holds what is known beforehand by the block's number (of HTML: nav, aside)."""
    page = _Page(language)
    kinds: list[ZoneKind] = []
    for number in range(len(blocks)):
        known = (fixed or {}).get(number)
        kinds.append(known if known is not None else _classify_one(page, blocks, number))
        if known is None and kinds[-1] is ZoneKind.MENU and not page.body_seen:
            page.header.append(number)
        if kinds[-1] is ZoneKind.BODY:
            page.body_seen = True
    if ZoneKind.TITLE not in kinds:
        title = _choose_title(blocks, page.header, kinds)
        if title is not None:
            kinds[title] = ZoneKind.TITLE
            _read_standfirst(blocks, kinds, title)
    _fill_advertisements(blocks, kinds)
    _trim_tail(blocks, kinds)
    return kinds


def _classify_one(page: _Page, blocks: list[Block], number: int) -> ZoneKind:
    block = blocks[number]
    if furniture.is_advertisement(block):
        return ZoneKind.ADVERTISEMENT
    if _is_other_language(block, page.language):
        return ZoneKind.OTHER_LANGUAGE
    opened = furniture.heading_kind(block)
    if opened:
        page.ended = page.ended or (page.body_seen and opened is not ZoneKind.RELATED)
        if page.body_seen or opened in (ZoneKind.KEYWORDS, ZoneKind.RELATED):
            page.state = opened
        return opened
    if portal_label(block):
        if page.state is not _HEADER:
            page.state = ZoneKind.BODY
        return ZoneKind.CITATION
    alone = furniture.line_kind(block)
    if alone and not starts_with_label(block.text):
        page.ended = page.ended or (page.body_seen and bool(_END_MARK.match(block.text)))
        if page.state is ZoneKind.RELATED and alone is ZoneKind.FOOTER:
            page.state = ZoneKind.FOOTER
        return alone
    if page.state is _HEADER:
        return _in_header(page, blocks, number)
    if page.state is ZoneKind.BODY:
        return _in_body(block)
    return _under_heading(page, block)


def _is_other_language(block: Block, main: str | None) -> bool:
    """Whether a block is a copy in another language; names and addresses are foreign and are no copy."""
    if main is None or (main in LATIN_LANGUAGES and block.words < 15 and block.text.isascii()):
        return False
    code = block.language
    if code is None or code == main:
        return False
    same_script = code in LATIN_LANGUAGES and main in LATIN_LANGUAGES
    return not same_script or (block.words >= 15 and not furniture.is_affiliation(block))


def _in_header(page: _Page, blocks: list[Block], number: int) -> ZoneKind:
    block = blocks[number]
    if is_own_citation(block) or is_byline(block):
        return ZoneKind.CITATION
    if furniture.is_affiliation(block) or furniture.is_author_list(block):
        return ZoneKind.AFFILIATION
    if is_reference(block):
        return ZoneKind.REFERENCES
    label = heading_label(block.text)
    opens_body = label is not None and number + 1 < len(blocks) and blocks[number + 1].is_prose
    is_body = (block.is_prose and not _is_title_sentence(blocks, number)) or furniture.is_design_field(block)
    is_body = is_body or (block.is_bullet and furniture.is_result_line(block))
    if is_body or starts_with_label(block.text) or opens_body:
        page.state = ZoneKind.BODY
        return ZoneKind.BODY
    return ZoneKind.MENU


def _is_title_sentence(blocks: list[Block], number: int) -> bool:
    """A first line over a labelled paragraph, or of one sentence over a far longer one, is a title with a full stop."""
    block = blocks[number]
    if number > 0 or len(block.text) > 350 or number + 1 >= len(blocks):
        return False
    after = blocks[number + 1].text
    if starts_with_label(after):
        return not starts_with_label(block.text)
    one_sentence = not re.search(r"(?<!vs)[.!?]\s+[A-Z]", block.text[:-1])
    return one_sentence and len(after) > 2.5 * len(block.text)


def _in_body(block: Block) -> ZoneKind:
    if is_reference(block):
        return ZoneKind.REFERENCES
    if is_own_citation(block) and not block.is_prose:
        return ZoneKind.CITATION
    if furniture.is_affiliation(block) and not block.is_bullet:
        return ZoneKind.AFFILIATION
    return ZoneKind.BODY


def _under_heading(page: _Page, block: Block) -> ZoneKind:
    """Below the heading of some furniture: does it go on, or does the body resume?"""
    state = page.state or ZoneKind.MENU
    if state is ZoneKind.FOOTER and is_reference(block):
        return ZoneKind.REFERENCES
    labelled = starts_with_label(block.text) and block.is_prose
    long_prose = (
        block.is_prose
        and len(block.text) >= _RESUMES
        and not re.search(r"(?:…|\.\.\.|read more)\W*\Z", block.text, re.I)
    )
    if state is ZoneKind.REFERENCES:
        resumes = labelled
    elif state is ZoneKind.KEYWORDS:
        resumes = labelled or (block.is_prose and not block.is_bullet)
    else:
        resumes = labelled or (long_prose and not block.indented and not page.ended)
    if resumes and not is_reference(block):
        page.state = ZoneKind.BODY
        return ZoneKind.BODY
    return state


def _choose_title(blocks: list[Block], header: list[int], kinds: list[ZoneKind]) -> int | None:
    """The header line that looks most like a title: several words, not in a list, next to authors, date or body."""
    best, best_score = None, 2.0
    for number in header[-_HEADER_LINES:]:
        block = blocks[number]
        if block.is_bullet or len(block.text) > 400 or block.words < 3 or heading_label(block.text):
            continue
        follows = next((kind for kind in kinds[number + 1 : number + 10] if kind is not ZoneKind.ADVERTISEMENT), None)
        score = min(block.words, 12) / 3.0
        score += 3.0 if follows in (ZoneKind.CITATION, ZoneKind.AFFILIATION, ZoneKind.REFERENCES) else 0.0
        score += 2.0 if follows is ZoneKind.BODY else 0.0
        score -= 1.5 if "|" in block.text or block.text.endswith((".", ":")) else 0.0
        if score > best_score:
            best, best_score = number, score
    return best


def _read_standfirst(blocks: list[Block], kinds: list[ZoneKind], title: int) -> None:
    """Sentences between the title and the first paragraph (a standfirst, key points) belong to the body."""
    for number in range(title + 1, len(blocks)):
        if kinds[number] is ZoneKind.BODY:
            return
        block = blocks[number]
        if kinds[number] is ZoneKind.MENU and block.words >= 5 and block.ends_sentence and not block.text.endswith(":"):
            kinds[number] = ZoneKind.BODY


def _fill_advertisements(blocks: list[Block], kinds: list[ZoneKind]) -> None:
    """The few short lines between the mark that opens an advertisement and the one that ends it are its words."""
    opened: int | None = None
    for number, block in enumerate(blocks):
        if furniture.is_advertisement(block):
            if opened is not None and number - opened <= _ADVERTISEMENT_LINES + 1:
                between = range(opened + 1, number)
                if furniture.ends_advertisement(block) and all(len(blocks[one].text) < 200 for one in between):
                    for one in between:
                        kinds[one] = ZoneKind.ADVERTISEMENT
            opened = number


def _trim_tail(blocks: list[Block], kinds: list[ZoneKind]) -> None:
    """After the last sentence of the body, short lines and lists without a heading are keywords or a menu."""
    bodies = [number for number, kind in enumerate(kinds) if kind is ZoneKind.BODY]
    for number in reversed(bodies):
        block = blocks[number]
        sentence = block.words >= 4 and block.ends_sentence
        told = sentence or starts_with_label(block.text) or furniture.is_design_field(block)
        if block.is_prose or told or block.words > 20 or _CLOSES_WITH_NUMBER.search(block.text):
            return
        kinds[number] = ZoneKind.KEYWORDS if block.is_bullet else ZoneKind.MENU


def make_zones(blocks: list[Block], kinds: list[ZoneKind], language: str | None) -> list[Zone]:
    """Zones from classified blocks: body blocks one by one and cut at their section labels, others joined by kind."""
    zones: list[Zone] = []
    section, label = Section.UNASSIGNED, None
    for (kind, code, _), group in groupby(zip(blocks, kinds, strict=True), _joined_by):
        alike = [block for block, _ in group]
        block = alike[0]
        if kind is not ZoneKind.BODY:
            zones.append(Zone(kind=kind, start=block.start, end=alike[-1].end, language=code))
            continue
        alone = heading_label(block.text)
        if alone:
            section, label = section_of(alone) or Section.UNASSIGNED, alone
        for part in split_labelled(block.text, section, label):
            start, end = _stripped(block, part.start, part.end)
            if start < end:
                section, label = part.section, part.label
                zones.append(Zone(kind=kind, start=start, end=end, section=section, label=label, language=language))
    return zones


def _joined_by(one: tuple[Block, ZoneKind]) -> tuple[ZoneKind, str | None, int | None]:
    """What neighbours must share to be one zone: kind and language; titles and paragraphs of the body stay apart."""
    block, kind = one
    alone = kind in (ZoneKind.BODY, ZoneKind.TITLE)
    return kind, block.language if kind is ZoneKind.OTHER_LANGUAGE else None, block.start if alone else None


def _stripped(block: Block, start: int, end: int) -> tuple[int, int]:
    part = block.text[start:end]
    left = len(part) - len(part.lstrip())
    return block.start + start + left, block.start + start + len(part.rstrip())
