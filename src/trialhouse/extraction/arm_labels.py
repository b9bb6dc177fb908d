"""Groups that a text calls by a word of their own: "to a basal-bolus (BB) regimen with X …" … "the BB group".

The word stands beside the arm's treatment where the arms are listed, and beside no other arm's. It means the arm only
where it stands before a word for group; the words that all trials use mean nothing.
"""

import re
from collections.abc import Iterator

from trialhouse.extraction.arm_table import ArmTable
from trialhouse.extraction.elements import Matter
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.words import goes_on

_WORD = lazy_compile(r"[A-Za-z][A-Za-z0-9]*(?:[-‐‑][A-Za-z0-9]+)*")
_ENDS = lazy_compile(
    r"[.;:,()\[\]]|\b(?:to|either|receive[ds]?|receiving|or|and|versus|vs|against|than|with|of|for|between|plus|compared"
    r"|comparing|in|on|by|whereas|while)\b",
    re.I,
)
_ENDS_BEHIND = lazy_compile(r"[.;:,()\[\]]|\b(?:or|and|versus|vs|against|than|with|for|in|to|at|as|on|plus)\b|\d", re.I)
_REGIMEN = lazy_compile(r"\b(?:regimen|therapy|treatment|strategy|approach)\s+(?:with|of)\s+(?:[a-z-]+\s+)?\Z")
"""What goes on ahead of a treatment: "a basal-bolus regimen with X"."""
_CAPITALS = lazy_compile(r"(?<![\w-])[A-Z]{2,5}(?:[a-z]?[-/]?\d{1,4})?(?![\w-])")
_SHORT = lazy_compile(r"[A-Z][A-Z]{2,4}(?![\w-])")
GROUP = r"(?:groups?|arms?|regimens?|treatment|recipients)"
_CALLED = Cued(
    "arm|group|recipients|regimen|treatment",
    r"(?<![\w-])(?P<words>[A-Za-z][A-Za-z0-9]*(?:[-‐‑][A-Za-z0-9]+)*(?:\s+[A-Za-z][A-Za-z0-9]*(?:[-‐‑][A-Za-z0-9]+)*){0,2})"
    rf"\s+{GROUP}\b",
    re.I,
)
_COMMON = frozenset(
    """
    a active added adding addition adjunct adjunctive administered after all alone also an any assigned at
    available be blind blinded both bottle combination combined commercially comparator continue continued control
    controlled daily day dosage dose doses dosing double drop drops drug during each either evening every
    experimental eye eyes first fixed four given group groups high higher in increased individual initial
    injection injections intravenous it label low lower maintenance masked matching mean medication monotherapy
    monthly morning new night no of on once one open oral orally other over parallel patients period placebo
    randomised randomized receive received receiving reference same second several shown single solution stable
    standard start started starting study subcutaneous subcutaneously subjects suspension switching tablet tablets
    target that the their then therapy these third this three titrated to topical total treated treatment trial
    twice two using usual via was week weekly weeks were when with without
    """.split()
)
_PROCEDURE = Cued(
    "coagulation|plasty|tomy|ablation|surgery",
    r"(?<![\w-])[a-z]*(?:coagulation|plasty|tomy|ablation|surgery)(?![\w-])",
    re.I,
)
"""The noun of a procedure, which alone stands for its longer name: "photocoagulation"."""
_LISTED = ("arms.assignment", "arms.given")
"""The rules whose sentence lists the arms and little else."""
LETTERS = 3
"""Words of at most so many letters stand for no arm."""
LONGEST = 60
"""Characters of an arm's description that are looked at, on each side of its treatment."""


def own_words(matter: Matter, table: ArmTable) -> dict[str, int]:
    """The words that stand beside one arm alone where the arms are listed, each with its arm.

    Words are in lower case; an abbreviation that a bracket of the text defines is there in capitals too.
    """
    if table.source is None or table.factors or len(table.drafts) < 2:
        return {}
    if table.rule not in _LISTED:
        return _parts_of_names(table) | _cut_short(matter, table)
    found: dict[str, set[int]] = {}
    for i in range(len(table.drafts)):
        for word in _described(matter, table, i):
            found.setdefault(word.lower(), set()).add(i)
    names = {w for d in table.drafts for norm in d.norms() for w in _words(norm)}
    own = {
        word: next(iter(arms))
        for word, arms in sorted(found.items())
        if len(arms) == 1 and word not in _COMMON and word not in names and len(word) > 1
    }
    own = _parts_of_names(table) | own
    defined = {w.upper(): arm for w, arm in own.items() if f"({w.upper()})" in matter.reading.text}
    return own | defined | _cut_short(matter, table)


def _cut_short(matter: Matter, table: ArmTable) -> dict[str, int]:
    """The capitals that begin one arm's treatment and no other drug of the text: "EMPA" for empagliflozin."""
    begins: dict[str, set[int]] = {}
    for i, draft in enumerate(table.drafts):
        for norm in draft.norms():
            begins.setdefault(norm, set()).add(i)
    others = {one.norm for said in matter.said for one in said.drugs} - set(begins)
    out = {}
    for token in sorted(_capitals(matter.reading.text)):
        fitting = [norm for norm in begins if norm.startswith(token.lower()) and len(norm) > len(token) + 1]
        clear = len(fitting) == 1 and not any(norm.startswith(token.lower()) for norm in others)
        if clear and len(begins[fitting[0]]) == 1:
            out[token] = next(iter(begins[fitting[0]]))
    return out


def _capitals(text: str) -> set[str]:
    """The short words in capitals of a text."""
    found = [(match.group(), text[match.start() - 1 : match.start()]) for match in _SHORT.finditer(text)]
    return {word for word, before in found if not (goes_on(before) or before == "-")}


def _parts_of_names(table: ArmTable) -> dict[str, int]:
    """The words of names that are no substance's and that one arm alone has: "laser" of a laser trabeculoplasty."""
    having: dict[str, set[int]] = {}
    plain: set[str] = set()
    for i, draft in enumerate(table.drafts):
        for part in draft.parts:
            words = _words(part.mention.norm)
            for word in words:
                having.setdefault(word, set()).add(i)
            if part.mention.code is None and len(words) > 1 and len(draft.parts) == 1:
                plain.update(words)
    return {w: next(iter(having[w])) for w in sorted(plain - _COMMON) if len(having[w]) == 1 and len(w) > LETTERS}


def _described(matter: Matter, table: ArmTable, i: int) -> Iterator[str]:
    """The words right before and behind an arm's treatment in the sentence that lists the arms."""
    text, draft = matter.reading.text, table.drafts[i]
    begin, end = (table.source.sentence.start, table.source.sentence.end) if table.source else (0, 0)
    first, last = draft.parts[0].mention, draft.parts[-1].mention
    if not begin <= first.start < end:
        return
    ahead = text[max(begin, first.start - LONGEST) : first.start]
    regimen = _REGIMEN.search(ahead)
    ahead = re.sub(r"[()]", " ", ahead[: regimen.start()]) if regimen else ahead
    cuts = [m.end() for m in _ENDS.finditer(ahead)]
    yield from _WORD.findall(ahead[cuts[-1] if cuts else 0 :])
    behind = text[last.end : min(end, last.end + LONGEST)]
    stop = _ENDS_BEHIND.search(behind)
    yield from _WORD.findall(behind[: stop.start() if stop else len(behind)])


def called(text: str, start: int, end: int, own: dict[str, int]) -> list[tuple[int, int, int]]:
    """The places of a stretch that call an arm by its own word before "group": (start, end, arm).

    An abbreviation that the text defines in a bracket stands for the arm wherever it is.
    """
    out = []
    for match in _CALLED.finditer(text, start, end):
        words = [
            (w, own[_bare(w.group())]) for w in _WORD.finditer(text, *match.span("words")) if _bare(w.group()) in own
        ]
        if len({arm for _, arm in words}) == 1:
            out.append((words[0][0].start(), match.end(), words[0][1]))
    for noun in _PROCEDURE.finditer(text, start, end):
        if noun.group().lower() in own and not any(a < noun.end() and noun.start() < b for a, b, _ in out):
            out.append((*noun.span(), own[noun.group().lower()]))
    for word in _CAPITALS.finditer(text, start, end) if any(w[:2].isupper() for w in own) else ():
        if word.group() in own:
            out.append((*word.span(), own[word.group()]))
    return out


def _bare(word: str) -> str:
    """A word of a text in lower case, without what only says that it stands alone: "basal-only" is "basal"."""
    return re.sub(r"[-‐‑](?:only|alone|based)\Z", "", word.lower())


def _words(name: str) -> list[str]:
    """The words of a preferred name."""
    return [w.lower() for w in _WORD.findall(name)]
