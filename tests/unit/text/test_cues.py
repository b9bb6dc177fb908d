"""Cued patterns: searched as compiled ones, and no cue of the package's own is missing."""

import importlib
import pkgutil
import re
from collections.abc import Iterable, Iterator
from re import _parser  # type: ignore[attr-defined]
from typing import Any

import trialhouse.documents
import trialhouse.extraction
from trialhouse.text.cues import Cued

DOSE = Cued("dose|daily", r"\b(?:low|high)[- ]dose\b|\bdaily\b", re.IGNORECASE)


def test_finds_what_the_pattern_finds() -> None:
    text = "A Low-Dose arm and a high dose arm, given DAILY."
    assert [m.group() for m in DOSE.finditer(text)] == ["Low-Dose", "high dose", "DAILY"]
    found = DOSE.search(text, 10)
    assert found is not None
    assert found.span() == (21, 30)


def test_finds_nothing_outside_the_stretch() -> None:
    text = "high dose, then placebo"
    assert DOSE.search(text, 11) is None
    assert list(DOSE.finditer(text, 0, 7)) == []


def test_a_case_that_matters_is_kept() -> None:
    assert Cued("CI", r"\bCI\b").search("participants") is None
    assert Cued("CI", r"\bCI\b").search("95% CI") is not None


def test_removes_what_the_pattern_finds() -> None:
    assert DOSE.remove("A Low-Dose arm, given daily.") == "A  arm, given ."
    assert DOSE.remove("Dosed once a day.") == "Dosed once a day."


DONE = None
"""The end of a match that holds a cue already."""


def _of_package() -> list[tuple[str, Cued]]:
    found: list[tuple[str, Cued]] = []
    for package in (trialhouse.documents, trialhouse.extraction):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            for name, value in sorted(vars(importlib.import_module(module.name)).items()):
                if not name.startswith("__"):
                    found += [(f"{module.name}.{name}", cued) for cued in _cued_in(value)]
    return found


def _cued_in(value: object) -> Iterator[Cued]:
    if isinstance(value, Cued):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _cued_in(one)


def _ends(items: Iterable[Any], cued: Cued, heads: set[str | None]) -> set[str | None]:
    """The last characters of all that a parsed pattern can match behind some heads; DONE where a cue is among them.

    A character that may be any parts a head from what follows: no cue reaches over it, and the end is empty again.
    """
    longest = max(map(len, cued.cues))
    for op, value in items:
        heads = set().union(*({DONE} if head is DONE else _after(str(op), value, cued, head) for head in heads))
        heads = {DONE if end is DONE or any(cue in end for cue in cued.cues) else end[-longest:] for end in heads}
    return heads


def _after(op: str, value: Any, cued: Cued, head: str) -> set[str | None]:
    if op == "LITERAL":
        return {head + _written(value, cued)}
    if op == "ASSERT" and _is_letter_behind(value) and head:
        return {head} if head.endswith(_written(value[1][0][1], cued)) else set()
    if op in ("AT", "ASSERT", "ASSERT_NOT"):
        return {head}
    if op == "SUBPATTERN":
        return _ends(value[-1], cued, {head})
    if op == "BRANCH":
        return set().union(*(_ends(branch, cued, {head}) for branch in value[1]))
    if op in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        least, most, body = value
        once = _ends(body, cued, {head})
        ends = once if most == 1 else {end if end is DONE else "" for end in once}
        return ends | ({head} if least == 0 else set())
    if op == "IN" and all(str(kind) == "LITERAL" for kind, _ in value):
        return {head + _written(code, cued) for _, code in value}
    assert op in ("IN", "ANY", "NOT_LITERAL", "CATEGORY"), op
    return {""}


def _is_letter_behind(value: Any) -> bool:
    """Whether an assertion looks back at one letter, as the expressions of `at_word` do to tell their words apart."""
    direction, body = value
    return direction < 0 and len(body) == 1 and str(body[0][0]) == "LITERAL"


def _written(code: int, cued: Cued) -> str:
    return chr(code).lower() if cued.ignores_case else chr(code)


def _hidden(cued: Cued) -> set[str]:
    """The ends of matches that hold no cue."""
    parsed = _parser.parse(cued.pattern.pattern, cued.pattern.flags)
    return {end for end in _ends(parsed, cued, {""}) if end is not DONE}


def test_a_forgotten_cue_is_seen() -> None:
    assert _hidden(Cued("dose", r"\b(?:low|high)[- ]dose\b|\bdaily\b", re.IGNORECASE)) == {"aily"}


def test_every_match_of_the_package_holds_a_cue() -> None:
    package = _of_package()
    assert package
    hidden = [(name, cued.cues, ends) for name, cued in package if (ends := sorted(_hidden(cued)))]
    assert hidden == [], "matches without a cue end in these characters"


def test_cues_ignore_case_where_the_pattern_does() -> None:
    for name, cued in _of_package():
        assert not cued.ignores_case or all(cue == cue.lower() for cue in cued.cues), name
