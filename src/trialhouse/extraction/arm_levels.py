"""Arms that differ by a level of one treatment: "a higher-exposure or lower-exposure regimen of X", "early or late X".

What tells them apart stands before a noun and a name that are said once, for the last of them, so that a list of names
reads one arm. Each is an arm of the drug that goes by its level; only the level means it, the drug means all of them.
"""

import re
from collections.abc import Iterator, Sequence

from trialhouse.extraction.arm_list import ArmList, Draft, Part
from trialhouse.extraction.elements import Said
from trialhouse.extraction.lexer import Kind, Typed
from trialhouse.extraction.terms import CONTROLS, Mention
from trialhouse.text.lazy_patterns import lazy_compile

_DEGREE = (
    r"(?:high|low|short|long|early|earl|late|strict|intens|full|half|standard|conventional|usual|normal|reduced"
    r"|intermediate|moderate|mid|medium|double|single|multiple|fixed|flexible|continuous|intermittent|immediate|delayed|deferred"
    r"|prolonged|extended|titrated|abbreviated|intensive|restrictive|liberal|fast|slow|rapid|ultra-low"
    r"|very low)(?:i?er|i?est)?"
)
_ROUTE = (
    r"(?:oral|intravenous|subcutaneous|intramuscular|topical|inhaled|intranasal|sublingual|vaginal|rectal|epidural)"
)
_LEVEL = rf"(?:{_DEGREE}(?:-[a-z]*)?|{_ROUTE})"
_ASIDE = r"(?:\s*[(\[][^()\[\]]{1,60}[)\]])?"
_LEVELS = lazy_compile(
    rf"(?P<first>{_LEVEL}){_ASIDE}(?:\s*,\s*(?:an?\s+)?(?P<second>{_LEVEL}){_ASIDE})?\s*,?\s+(?:or|and|versus|vs\.?)\s+"
    rf"(?:to\s+)?(?:an?\s+|the\s+)?(?P<last>{_LEVEL})(?![\w-]){_ASIDE}",
    re.I,
)
_ONE = lazy_compile(_LEVEL, re.I)
_TO_NAME = lazy_compile(
    r"[\s-]+(?:(?!(?:and|or|to|in|for|by|of|with|plus|versus|vs|than|from|after|before)\b)[a-z-]+\s+){0,3}?"
    r"(?:(?:of|with)\s+(?:[a-z]+\s+)?)?",
    re.I,
)
"""Between the last level and the drug: " weight-tiered regimen of "."""
_OPENS = lazy_compile(r"\s*(?:(?:to|receive|either|treatment with|an?|the)\b\s*)*", re.I)
_NEXT = lazy_compile(r".*?(?:,|\bor|\band|\bversus|\bvs\.?|\bto)\s+(?:(?:to|receive|an?|the)\s+)*", re.I | re.S)
_SIZE_IN = lazy_compile(r"\s*[(\[][^()\[\]]{0,50}\Z")
_GROUP = (
    r"(?:groups?|arms?|regimens?|courses?|doses?|strateg(?:y|ies)|cohorts?|treatment|therapy|participants|patients"
    r"|recipients)\b"
)
_NOUN = r"(?:(?:dose|dosing|course|exposure|intensity|treatment|therapy|start|term)[\s-]+)?"


def with_levels(text: str, said: Said, start: int, listed: ArmList) -> ArmList:
    """The list of a stretch with an arm for each level of a drug that it tells apart by level alone."""
    drafts: list[Draft] = []
    at = start
    for draft in listed.drafts:
        alone = sum(draft.norms() & other.norms() != set() for other in listed.drafts) == 1
        told = _levels_before(text, said, at, draft) if alone else []
        drafts += told or [draft]
        at = draft.end
    return ArmList(drafts, listed.shared)


def _levels_before(text: str, said: Said, start: int, draft: Draft) -> list[Draft]:
    """The arms of the levels right before an arm's drug, which opens a list or goes on with it; [] where none are."""
    drug = draft.parts[0].mention
    if len(draft.parts) > 1 or drug.norm in CONTROLS or drug.is_denied:
        return []
    before = _LEVELS.finditer(text, start, drug.end)
    match = next((m for m in before if _leads_to(text, m.start("last"), m.end(), drug)), None)
    dose = draft.parts[0].dose
    if match is None or (dose and "dos" in text[match.start() : drug.start]):
        return []  # a dose is of one of two levels of dose
    if not any(one.fullmatch(text, start, match.start()) for one in (_OPENS, _NEXT)):
        return []
    places = [match.span(key) for key in ("first", "second", "last") if match[key]]
    names = [_full(text[a:b], match["last"]) for a, b in places]
    if len(set(names)) < len(names) or len({name in _routes(name) for name in names}) > 1:
        return []
    out = []
    for name, (begin, end), behind in zip(names, places, [*(p[0] for p in places[1:]), None], strict=True):
        size = _size(text, said, end, behind or drug.start) or (None if behind else draft.size)
        out.append(Draft([Part(drug, dose)], size, begin, end if behind else draft.end, name=name))
    return out


def _leads_to(text: str, start: int, end: int, drug: Mention) -> bool:
    """Whether a level stands before a drug's name with nothing but a noun between them, or begins the words for it."""
    begins = drug.start == start and not drug.norm.startswith(text[start:end].lower())
    return begins or (end <= drug.start and _TO_NAME.fullmatch(text, end, drug.start) is not None)


def _routes(name: str) -> set[str]:
    """The name itself where it is a route: a route and a degree are no two levels of one thing."""
    return {name} if re.fullmatch(_ROUTE, name) else set()


def _full(level: str, last: str) -> str:
    """A level as a name, with what its hyphen leaves for the last one to say: "low-" of "low- or high-dose"."""
    level = level.lower()
    return level + last.lower().rpartition("-")[2] if level.endswith("-") and "-" in last else level.rstrip("-")


def _size(text: str, said: Said, start: int, end: int) -> Typed | None:
    """The number of people in the bracket behind a level."""
    sizes = [n for n in said.numbers if start <= n.start < end and n.kind is Kind.SIZE]
    return next((n for n in sizes if text.find("(", start, n.start) >= 0 or text.find("[", start, n.start) >= 0), None)


def level_places(
    text: str, start: int, end: int, drafts: Sequence[Draft], drugs: Sequence[Mention]
) -> Iterator[tuple[int, int, int]]:
    """Where a stretch means an arm by its level, as (start, end, arm): before a word for group, its drug or a level."""
    levels = {draft.name: i for i, draft in enumerate(drafts) if draft.name and _ONE.fullmatch(draft.name)}
    if len(levels) < 2:
        return
    for match in _places_of(tuple(sorted(levels, key=len, reverse=True))).finditer(text, start, end):
        name = re.sub(r"\s", "-", match["level"].lower())
        name = name if name in levels else name.replace("-", " ")
        if name not in levels:
            continue
        arm = levels[name]
        drug = next((d for d in drugs if d.start >= match.start() and d.norm in drafts[arm].norms()), None)
        if drug is not None and _leads_to(text, *match.span("level"), drug):
            yield match.start(), drug.end, arm
        elif match["group"] or match["more"] is not None or ("-" in name and match["ends"] is not None):
            yield match.start(), match.end("group") if match["group"] else match.end("level"), arm


def _places_of(levels: tuple[str, ...]) -> re.Pattern[str]:
    """The expression for the places of some levels, and what follows on them."""
    words = "|".join(re.escape(one).replace(r"\-", r"[\s-]") for one in levels)
    glue = rf"{_ASIDE}\s*(?:,|,?\s+(?:and|or|versus|vs\.?|than))\s+(?:(?:in|of|for|with)\s+)?(?:an?\s+|the\s+)?"
    return re.compile(
        rf"(?<![\w-])(?P<level>{words})(?![\w])(?:(?P<group>[\s-]+{_NOUN}{_GROUP})|(?P<more>(?={glue}(?:{words})\b))"
        rf"|(?P<ends>(?=\s*(?:[,.;:()]|\b(?:and|or|versus|vs|than|was|were|did|compared)\b|\Z))))?",
        re.I,
    )
