"""Whether a text stops in the middle: words without an end where nothing follows them."""

import re

from trialhouse.documents import furniture
from trialhouse.documents.blocks import Block
from trialhouse.documents.section_labels import starts_with_label
from trialhouse.model.document import ZoneKind
from trialhouse.model.identifiers import find_identifiers
from trialhouse.text.lazy_patterns import lazy_compile

_ENDED = lazy_compile(
    r"(?:[!?…。！？]|(?<!\d)\.|\d\.(?!\d)|\.\s)[)\]\"”’*\s]{0,3}\Z|"  # a sentence's end, and what closes around it
    r"[)\]\"”’*]\Z|"
    r"(?<=[A-Za-z)\]%])\.\s?[\[(]?\d{1,3}(?:[,\-–]\s?\d{1,3}){0,4}[\])]?\Z"  # numbers of references after it
)
_ADDRESS_AT_END = lazy_compile(
    r"(?:https?://\S+|www\.\S+|\S+@\S+\.\w+|\S+\.(?:org|com|gov|net|eu|info)(?:/\S*)?)\Z", re.I
)
_NAMED_FACT = lazy_compile(
    r"(?:funding|funded by|sources? of funding|supported by|sponsor|grant|(?:clinical )?trial regist|registration|"
    r"clinicaltrials|level of evidence|classification of evidence|from the|study registration|prospero)",
    re.I,
)
_FUNCTION_WORD = lazy_compile(
    r"\b(?:the|of|and|to|in|was|were|is|are|with|that|for|by|not|had|has|have|from|this|which|we|on|at|as|or|a|an)\b"
)
_TOP = lazy_compile(r"\W*(?:back to )?top\W*\Z", re.I)
_LONGEST_ADDRESS = 2000
"""Characters of an address at most: it is looked for in the end of a text only, since the look at a stretch without
spaces takes the square of its length."""
_LONGEST_END = 40
"""Characters of what may stand behind a full stop at most: the end of a sentence is looked for no farther back."""
_LONG = 12
"""Words from which a line without an end is a sentence that was cut, whatever its words."""


def stops_short(blocks: list[Block], kinds: list[ZoneKind]) -> bool:
    """Whether the last block of all is prose without an end, as in a file that was cut.

    A text may rightly end in a registry id, an address, a name of a funder or a list, and a text whose lines have no
    full stops at all says nothing by ending without one.
    """
    if not blocks or not _closes_the_text(blocks[-1], kinds):
        return False
    last = blocks[-1]
    if _open_bracket(last.text) and last.words >= _LONG:
        return True
    if (
        _ENDED.search(last.text, max(0, len(last.text) - _LONGEST_END))
        or _may_end(last)
        or _is_of_lines(blocks[:-1], kinds)
    ):
        return False
    if kinds[-1] is ZoneKind.BODY and last.words >= _LONG:
        return True
    return _reads_on(last)


def _closes_the_text(last: Block, kinds: list[ZoneKind]) -> bool:
    """Whether the last block is of the body, or a line right after it, or the first words of a body."""
    before = kinds[-2] if len(kinds) > 1 else None
    if kinds[-1] is ZoneKind.BODY or (kinds[-1] is not ZoneKind.CITATION and starts_with_label(last.text)):
        return True
    first = ZoneKind.BODY not in kinds and (before in (ZoneKind.TITLE, ZoneKind.CITATION) or last.words >= _LONG)
    return kinds[-1] is ZoneKind.MENU and (before is ZoneKind.BODY or first)


def _may_end(block: Block) -> bool:
    """Whether a block without a full stop is complete: an identifier or an address at its end, a list, a fact."""
    text = block.text
    named = find_identifiers(text[-120:])
    if named and max(one.end for one in named) >= min(len(text), 120) - 3:
        return True
    if _ADDRESS_AT_END.search(text[-_LONGEST_ADDRESS:]) or _NAMED_FACT.match(text) or _TOP.match(text):
        return True
    is_item = block.is_bullet and block.words < _LONG
    return is_item or furniture.is_affiliation(block) or furniture.is_author_list(block)


def _is_of_lines(before: list[Block], kinds: list[ZoneKind]) -> bool:
    """Whether the body before consists of lines without full stops (a summary, a table) rather than of prose."""
    body = [block for block, kind in zip(before, kinds, strict=False) if kind is ZoneKind.BODY]
    bare = sum(block.words >= 4 and not block.is_bullet and not block.ends_sentence for block in body)
    return bare >= 2 and bare * 3 > len(body)


def _reads_on(block: Block) -> bool:
    """Whether a line begins a sentence: its label, or words of grammar and not in a heading's capitals."""
    if starts_with_label(block.text):
        return True
    words = block.text.split()
    if len(words) < 3 or not _FUNCTION_WORD.search(block.text):
        return False
    plain = [word for word in words[1:] if not _FUNCTION_WORD.fullmatch(word) and word[0].isalpha()]
    return bool(_FUNCTION_WORD.fullmatch(words[-1])) or any(word[0].islower() for word in plain)


def _open_bracket(text: str) -> bool:
    """Whether the last bracket that opens is never closed, near the end of the text."""
    at = max(text.rfind("("), text.rfind("["))
    return at >= 0 and len(text) - at < 150 and not re.search(r"[)\]]", text[at:])
