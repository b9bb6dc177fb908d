"""What a page says about itself: that it is a part, that it was cut, under which licence it may be used."""

import re

from trialhouse.documents.blocks import Block
from trialhouse.documents.cut_text import stops_short
from trialhouse.model.document import ZoneKind
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

PAGE_OF_SEVERAL = "it says that it is one page of several"
GOES_ON = "it says that it goes on elsewhere"
STOPS_SHORT = "its words stop in mid-sentence"
FILE_CUT = "the file ends before the page does"

ALL_RIGHTS_RESERVED = "all-rights-reserved"

_PAGES = lazy_compile(r"\A\W{0,4}(?:pages?\s?:?\s*)(?:1\s+2\b|\d+\s+(?:of|/)\s+(?P<last>\d+))", re.I)
_GOES_ON = lazy_compile(
    r"(?:continue(?:d)? (?:reading|on (?:the )?next page)|next page|abstract truncated|text truncated|"
    r"\[truncated\]|read the full (?:article|story)|"
    r"to (?:read|continue reading) (?:the full|this) (?:article|story)|(?:log ?in|subscribe|register|"
    r"sign in) to (?:continue|read)|"
    r"read more\W*\Z)",
    re.I,
)
_CREATIVE_COMMONS = Cued(
    "creative|cc",
    r"(?=c)(?:creativecommons\.org/(?:licenses/(?P<code>[a-z-]{2,8})/(?P<version>\d\.\d)|publicdomain/(?P<zero>zero))|"
    r"\bCC[\s-](?P<short>BY(?:-(?:NC|ND|SA)){0,2})(?:[\s-](?P<short_version>\d\.\d))?(?![\w-])|\b(?P<cc0>CC0)\b|"
    r"Creative Commons (?P<words>Attribution[A-Za-z -]{0,40}?)\s?(?:(?P<words_version>\d\.\d)|Licen[sc]e|"
    r"International|\())",
    re.I,
)
_ALL_RIGHTS = Cued("all rights reserved", r"all rights reserved", re.I)


def partial_reason(blocks: list[Block], kinds: list[ZoneKind]) -> str | None:
    """What tells that the text is not all (one page of several, a wall, words that stop in mid-sentence), or None."""
    last_body = max((number for number, kind in enumerate(kinds) if kind is ZoneKind.BODY), default=-1)
    for number, block in enumerate(blocks):
        if len(block.text) > 200:
            continue
        pages = _PAGES.match(block.text)
        if pages and (pages["last"] is None or int(pages["last"]) > 1):
            return PAGE_OF_SEVERAL
        # "Continue reading" above more of the text is the end of an advertisement.
        if number >= last_body and kinds[number] is not ZoneKind.RELATED and _GOES_ON.search(block.text):
            return GOES_ON
    return STOPS_SHORT if stops_short(blocks, kinds) else None


def stated_license(text: str) -> str | None:
    """The licence that a text states: an SPDX name of Creative Commons, or "all-rights-reserved"."""
    found = _CREATIVE_COMMONS.search(text)
    if found:
        return _spdx(found)
    return ALL_RIGHTS_RESERVED if _ALL_RIGHTS.search(text) else None


def _spdx(found: re.Match[str]) -> str:
    if found["zero"] or found["cc0"]:
        return "CC0-1.0"
    version = found["version"] or found["short_version"] or found["words_version"] or "4.0"
    code = found["code"] or (found["short"] or "").upper().removeprefix("CC-")
    if found["words"]:
        words = found["words"].lower()
        parts = [("NC", "noncommercial"), ("ND", "noderiv"), ("SA", "sharealike")]
        squeezed = re.sub(r"[\s-]", "", words)
        code = "-".join(["BY", *(short for short, word in parts if word in squeezed)])
    return f"CC-{code.upper()}-{version}"
