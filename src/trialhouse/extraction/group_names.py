"""The names by which a text calls its groups: "the mesh group", "the intervention and control groups", "the Q8W arm".

A name is the one to three words between a preposition or an article and the word for group. Words that any group could
go by ("both", "treatment", "other") are none, and neither is a name behind a quantifier ("each dose group").
"""

import bisect
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.word_starts import at_word

_GROUP = Cued(
    "group|arm|cohort|condition",
    at_word("groups?", "arms?", "cohorts?", "conditions?", before=r"[\s-]") + r"\b(?![-'’])",
    re.I,
)
_MEMBERS = (
    r"(?:participants|patients|women|men|children|infants|subjects|recipients|eyes|students|nurses|workers|practices"
    r"|clinics|schools|wards|homes|hospitals|villages|communities|clusters|sites|families|mothers|residents|centres)\b"
)
_ROLE = Cued(
    "intervention|control|experimental|comparison",
    rf"(?P<name>{at_word('intervention', 'control', 'experimental', 'comparison')})\s+{_MEMBERS}",
    re.I,
)
"""The members of groups that go by their part in the trial: "intervention schools"."""
_TOKEN = lazy_compile(r"[A-Za-z0-9][\w+/&.’'‐‑-]*(?<!\.)")
_GLUE = lazy_compile(r"[\s-]+\Z")
_BEFORE = frozenset(
    """
    a an the in of for than with to and or vs versus from by on at into within among whereas while but as is are was
    were had has between group groups arm arms be being been nor when if our their its only both/ per plus using
    decreased increased reported occurred found seen observed lower higher greater longer shorter better worse
    fewer more less
    """.split()
)
"""What stands before a name and is no part of it."""
_COUNTING = frozenset(
    """
    both each either all every any two three four five six seven eight 2 3 4 5 6 several these those this that one
    another other neither no same respective different multiple various
    """.split()
)
"""What stands before words for all groups or any of them: there is no name behind it."""
_NOBODY = frozenset(
    """
    parallel age same other patient patients participant participants respective treated subject
    subjects therapy trial dose dosing randomised randomized drug blood risk sex baseline analysis whole entire overall
    total pooled combined randomization randomisation allocation comparison-of within-group between-group parallel-group
    ethnic racial working steering support focus left right upper forearm study-drug assigned heterogeneous
    homogeneous larger smaller small large main first second third eligible matched per-protocol intention-to-treat
    severe moderate mild first-line health medical chronic acute primary skin stable heart pre-existing eye systemic
    """.split()
)
"""What no group of a trial is called by its last word."""
_BESIDE_CONTROL = ("study", "treatment", "treated", "active", "case", "test")
_CONTROLS = ("control", "controls", "placebo", "comparison", "comparator", "reference", "untreated")
SCHEDULE_CODE = r"\d{1,2}q\d{1,2}w?"
"""A dose in milligrams and the weeks between two of them, as eye doctors call their arms: "8q12"."""
_CODE = lazy_compile(rf"(?=(?:[^A-Z]*[A-Z]){{2}}|[A-Z][a-z]?\d)[A-Za-z0-9][\w+/-]{{1,11}}|{SCHEDULE_CODE}")
_CAPITALISED = lazy_compile(r"[A-Z][a-z]{2,}(?:[-/+][A-Z][a-z]{2,})+")
"""Words with a capital each, as in titles: "Low-Fat"."""
_ASSIGNS = Cued("random|assign|allocat", r"\b(?:random|assign|allocat)", re.I)
_BEHIND_ASSIGNED = r"(?=\s*(?:[,.;:()\[\]]|\Z)|\s+(?:and|or|versus|vs|while|whereas|but)\b)"
"""What ends the words for what people were assigned to: "182 to the intervention and 178 to usual care"."""
_WAYS = ("before", "listed", "bracket", "assigned", "code")
"""The ways in which a place calls a group, by the names of their parts in the expression."""
LONGEST = 3
"""Words of a name."""


@dataclass(frozen=True, slots=True)
class GroupName:
    """A place that calls a group: `name` in one writing, and the offsets of the words from the name to "group"."""

    name: str
    start: int
    end: int


def is_code(word: str) -> bool:
    """Whether a word is an abbreviation or a code, which stands for a group without the word: "iCBT", "Q8W"."""
    return _CODE.fullmatch(word) is not None and not _CAPITALISED.fullmatch(word)


def one_writing(name: str) -> str:
    """A name as it is compared: in lower case but for codes, one hyphen, no "-only" behind it."""
    words = re.sub(r"[‐‑]", "-", name).split()
    plain = [w if is_code(w) else w.lower() for w in words]
    return re.sub(r"[\s-](?:only|alone|based|treated|assigned)\Z", "", " ".join(plain)).replace("'s", "")


def group_names(text: str, start: int, end: int) -> list[GroupName]:
    """The places of a stretch that call a group by a name in front of the word for group, in order."""
    out = []
    places = _places(text)
    for i in range(bisect.bisect_left(places, (start, 0, "")), len(places)):
        at, stop, role = places[i]
        if stop > end:
            break
        if role:
            out.append(GroupName(role, at, stop))
        elif (name := _name_before(text, start, at)) is not None:
            out.append(GroupName(one_writing(text[name[0] : name[1]]), name[0], stop))
    return sorted(out, key=lambda one: one.start)


@lru_cache(maxsize=4)
def _places(text: str) -> list[tuple[int, int, str]]:
    """The places of words for group in a text, and of groups that go by their part in the trial, with that part."""
    words = [(*match.span(), "") for match in _GROUP.finditer(text)]
    return sorted(words + [(*match.span(), match["name"].lower()) for match in _ROLE.finditer(text)])


def telling(names: Iterable[str]) -> set[str]:
    """The names that tell groups apart: "the treatment group" is one only beside a control's."""
    those = set(names)
    return those if those & set(_CONTROLS) else those - set(_BESIDE_CONTROL)


def _name_before(text: str, begin: int, at: int) -> tuple[int, int] | None:
    """The place of a name that ends before an offset; None where no name stands there."""
    tokens = list(_TOKEN.finditer(text, max(begin, at - 60), at))
    taken: list[re.Match[str]] = []
    right = at
    for token in reversed(tokens):
        if not _GLUE.fullmatch(text, token.end(), right) or token.start() == at - 60:
            break
        word = token.group().lower()
        if word in _COUNTING:
            return None
        if word in _BEFORE or len(taken) == LONGEST:
            break
        taken.insert(0, token)
        right = token.start()
    if not taken or _is_nobody([one.group() for one in taken]):
        return None
    return taken[0].start(), taken[-1].end()


def _is_nobody(words: list[str]) -> bool:
    """Whether words in front of "group" are no name of one."""
    plain = [w.lower() for w in words]
    figures = all(not any(c.isalpha() for c in w) for w in plain)
    alone = len(plain) == 1
    return (
        figures
        or plain[-1] in _NOBODY
        or (not alone and plain[-1] in _BESIDE_CONTROL)
        or (alone and plain[0].endswith("ly"))
    )


@lru_cache(maxsize=16)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    """One expression for the places that call groups of these names."""
    any_name = "|".join(_written(name) for name in sorted(names, key=len, reverse=True))
    codes = "|".join(_written(name) for name in sorted(names, key=len, reverse=True) if is_code(name))
    word = rf"(?:(?:groups?|arms?|cohorts?|conditions?)\b|{_MEMBERS})"
    glue = (
        r"(?:\s*,\s*|\s*,?\s*(?:and|or|than|versus|vs\.?|compared (?:with|to)|against)\s+)"
        r"(?:(?:in|of|for|with)\s+)?(?:the\s+)?"
    )
    listed = rf"(?P<listed>(?:{any_name})(?={glue}(?:(?:{any_name}){glue}){{0,3}}(?:{any_name})[\s-]+{word}))"
    bracket = rf"(?<=[(\[])(?P<bracket>{any_name})(?=[)\]:;,])"
    alone = rf"|(?P<code>{codes})(?![\w+/-])" if codes else ""
    assigned = rf"(?:(?<=\bto )|(?<=\bto the )|(?<=\bto an )|(?<=\bto a ))(?P<assigned>{any_name}){_BEHIND_ASSIGNED}"
    before = (
        rf"(?P<before>{any_name})(?:[\s-](?:only|alone|based|treated|assigned))?[\s-]+(?:(?:study|treatment)\s+)?{word}"
    )
    return re.compile(rf"(?<![\w+/-])(?:{before}|{listed}|{bracket}|{assigned}{alone})", re.I)


def _written(name: str) -> str:
    """The expression for a name as texts write it."""
    return r"[\s-]".join(re.escape(word) for word in re.split(r"[\s-]", name))


def called_places(text: str, start: int, end: int, calls: dict[str, int]) -> list[tuple[int, int, int]]:
    """The places of a stretch that call arms by their groups' names, as (start, end, arm)."""
    out = []
    for match in _pattern(tuple(sorted(calls))).finditer(text, start, end):
        if match["assigned"] and not _ASSIGNS.search(text, start, match.start()):
            continue
        name = next(match[key] for key in _WAYS if match.groupdict().get(key))
        arm = calls.get(one_writing(name))
        if arm is None:
            arm = calls.get(one_writing(name).replace("-", " "), calls.get(one_writing(name).replace(" ", "-")))
        if arm is not None:
            out.append((*match.span(), arm))
    return out
