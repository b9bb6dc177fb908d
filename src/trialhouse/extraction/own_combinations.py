"""Combinations by the words of a text: "the combination", "the unfixed components", "X plus EP" against "EP alone"."""

import re
from collections.abc import Iterable

from trialhouse.extraction.terms import TOGETHER, Mention
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.word_starts import at_word

_ONLY_FIXED = lazy_compile(
    r"(?<![Uu]n)\b[Ff]ixed[- ](?:dose[- ])?combination\b(?: (?:therapy|treatment|drug))?(?! of\b| [a-z]+[-/ ])"
)
_COMBINATION = Cued("the combination", r"\bthe combination\b(?! of\b| with\b| therap| treatment)")
_UNFIXED = Cued(
    "unfixed|separate|individual|concomitant|free|apart",
    r"\b(?:unfixed|separate|individual|concomitant|free)\s+(?:combinations?|components|therapy|administration|use"
    r"|treatment)\b(?! of\b| with\b| [a-z]+ide\b)|\bcomponents\s+(?:given\s+)?(?:apart|separately|concomitantly)\b",
    re.I,
)
_BACKBONE = Cued(
    "(",
    at_word("plus", "with", "to") + r"\s+(?P<name>(?:[a-z][\w-]*\s){0,2}[a-z][\w/–-]{3,})\s*"
    r"\((?P<short>(?=[A-Z0-9-]*[A-Z])[A-Z][A-Z0-9-]{1,7})\)",
)
_NEAR = lazy_compile(r"[^.;()]{0,40}(?:\([^()]{0,40}\)[^.;()]{0,20})?")


def only_fixed(text: str, found: list[Mention]) -> dict[str, Mention]:
    """ "Fixed combination" as a name, where the text has only one, and "the combination" where it has no free one."""
    fixed = _the_fixed(found)
    if fixed is None:
        return {}
    names = {match.group(): fixed for match in _ONLY_FIXED.finditer(text)}
    if not _UNFIXED.search(text):
        names |= {match.group(): fixed for match in _COMBINATION.finditer(text)}
    return names


def with_unfixed(text: str, found: list[Mention]) -> list[Mention]:
    """The mentions with "the unfixed components" as both drugs of the only fixed combination, given together.

    A bracket behind that says how each is given belongs to the name.
    """
    fixed = _the_fixed(found)
    if fixed is None or len(fixed.of) < 2:
        return found
    norm = TOGETHER.join(one.norm for one in fixed.of)
    out = found
    for match in _UNFIXED.finditer(text):
        start, end = match.span()
        if text[end : end + 2] == " (" and 0 < (close := text.find(")", end)) < end + 100:
            inside = {one.norm for one in found if end < one.start < close}
            end = close + 1 if inside == {one.norm for one in fixed.of} else end
        out = [one for one in out if one.end <= start or one.start >= end]
        out = [*out, Mention(start, end, norm, is_known=False, of=fixed.of)]
    return sorted(out, key=lambda one: one.start) if out is not found else found


def with_backbones(text: str, found: list[Mention]) -> list[Mention]:
    """The mentions with what a drug is added to, where the text abbreviates it and gives it alone too.

    "X plus etoposide-platinum (EP) or EP alone": both names mean one treatment.
    """
    names: dict[str, Mention] = {}
    for match in _BACKBONE.finditer(text):
        short, name = match["short"], match["name"]
        before = next((one for one in reversed(found) if one.end <= match.start()), None)
        if short in names or before is None or not _NEAR.fullmatch(text, before.end, match.start()):
            continue
        if any(text[one.start : one.end] == short or one.end == match.end("name") for one in found):
            continue
        if re.search(
            rf"\b{re.escape(short)} (?:alone|monotherapy)\b|\b(?:or|versus|vs\.?) (?:to )?{re.escape(short)}\b", text
        ):
            names[short] = names[name] = Mention(*match.span("name"), name.lower(), is_known=False)
    return _named(text, found, names) if names else found


def _the_fixed(found: Iterable[Mention]) -> Mention | None:
    """The only fixed combination of a text, at its first place that tells its drugs."""
    fixed = [one for one in found if "/" in one.norm]
    if len({one.norm for one in fixed}) != 1:
        return None
    return next((one for one in fixed if one.of), fixed[0])


def _named(text: str, found: list[Mention], names: dict[str, Mention]) -> list[Mention]:
    """The mentions with every place of some names; what stands within a place belongs to the name."""
    out = found
    for name, meant in sorted(names.items(), key=lambda one: -len(one[0])):
        for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text):
            start, end = match.span()
            if any(one.start < end and start < one.end and not (start <= one.start and one.end <= end) for one in out):
                continue
            out = [one for one in out if one.end <= start or one.start >= end]
            out = [*out, meant._replace(start=start, end=end)]
    return sorted(out, key=lambda one: one.start)
