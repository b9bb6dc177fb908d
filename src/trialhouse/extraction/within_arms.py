"""P-values that compare no arms: of a change within one arm, of arms before treatment, of a correlation, of a subgroup.

The warehouse keeps comparisons of arms. A p-value for the change from baseline of one arm is none, nor is one for an
interaction or a trend.
"""

import re

from trialhouse.extraction.frames.bound import Bound
from trialhouse.extraction.line import Line
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

_OTHER_KIND = lazy_compile(r"interaction|trend|heterogeneity|correlat", re.I)
_NO_COMPARISON = Cued(
    "associated|correlat|heterogeneity|interact|predict|related|risk factor|trend",
    r"\b(?:correlat\w+|interact(?:ion|ed|ing|s)?|trend|predict(?:ors?|s|ive)|heterogeneity|risk factors?"
    r"|independent(?:ly)? (?:associated|related)"
    r"|(?:was|were|is|are) (?:significantly )?(?:associated|related) (?:with|to) "
    r"(?!a\b|an\b|lower|higher|greater|less|more|fewer|significant|reduc|improv|increas|decreas))\b",
    re.I,
)
_BASELINE_ONLY = Cued(
    "baseline|before randomi|before t|pre-treatment|pretreatment",
    r"\bbaseline\b(?! (?:to|and end))|\bbefore (?:treatment|randomi[sz]ation|the (?:start|study))\b|\bpre-?treatment\b",
    re.I,
)
_VALUE_AT_BASELINE = lazy_compile(r"\d\S*\s(?:\S+\s){0,2}(?:at|for) baseline\b", re.I)
_MOVES = lazy_compile(
    r"\b(?:chang|reduc|decreas|increas|improv|lower|fell|fall|declin|ris|rose|from|drop|gain|loss|adjust|greater|more|less)\w*",
    re.I,
)
_TO_BASELINE = lazy_compile(
    r"\b(?:from|vs\.?|versus|(?:as )?compared (?:with|to)|relative to|than|over|in comparison (?:with|to))\s+"
    r"(?:(?:the|their|its|untreated|corresponding|respective|own|mean|study|initial|treated) )*"
    r"(?:(?:\w+[- ]){0,2}?baseline|pre-?treatment|before|initial)\b",
    re.I,
)
_WITHIN = Cued(
    "baseline|before|from |in all |in both |in each |in either |pre-treatment|pretreatment|within",
    r"\bfrom (?:(?:\w+[- ]){0,2}?baseline|pre-?treatment)"
    r"|\b(?:vs\.?|versus|compared (?:with|to)|relative to|than) (?:the |their )?(?:\w+ )?(?:baseline|pre-?treatment)\b"
    r"|\bbefore\b|\bwithin\b(?![- ]\d)|\bin (?:both|each|all|either) (?:the )?(?:\w+ )?(?:groups?|arms?)",
    re.I,
)
COMPARES = Cued(
    "than|versus|vs|against|compar|relative to|between|differ|similar|equal|equivalen|inferior|superior|favo|interdrug"
    "|intergroup",
    r"\b(?:than|versus|vs|against|compar(?:ed|ing|ison)\w*|relative to|between|differ\w*|similar\w*|comparable|equal\w*"
    r"|equivalen\w*|non-?inferior\w*|superior\w*|favou?r\w*|interdrug|intergroup)\b",
    re.I,
)
"""Words that set groups against each other."""
LEANS = Cued(
    "better|decreased|earlier|faster|fewer|greater|higher|improved|increased|larger|less|longer|lower|more|rarer|reduced"
    "|shorter|smaller|worse",
    r"\b(?:greater|higher|lower|more|less|fewer|better|worse|longer|shorter|larger|smaller|earlier|faster|rarer|slower)\b"
    r"|\b(?:reduced|increased|decreased|improved) (?:the )?(?:risk|incidence|rate|need|likelihood|odds)\b",
    re.I,
)
"""Words that say that one group had more or less of something."""

_THAN_BASELINE = lazy_compile(
    r"\b(?:than|versus|vs\.?|compared (?:with|to)|relative to) (?:the |their |corresponding )*"
    r"(?:baseline|pre-?treatment)\b"
)
_TURN = lazy_compile(r";|, (?:with|but|and|while|whereas|although)\b|\b(?:but|whereas|while|although)\b")


def own_p_values(line: Line, bounds: list[Bound]) -> set[int]:
    """P-values that stand one behind each value of two arms: each is of the change of its own arm."""
    out: set[int] = set()
    for bound in bounds:
        inside = [i for i in range(bound.first, bound.last + 1) if line.symbols[i] == "P"]
        if len(bound.pairs) != 2 or len(inside) != 1 or "v" in line.symbols[bound.first : inside[0]]:
            continue
        after = re.match(r"[^VPEb;]{0,8}P", line.symbols[bound.last + 1 :])
        if after and not re.search(r"r\W*\Z|G", after[0][:-1]):
            out |= {inside[0], bound.last + after.end()}
    return out


def is_no_comparison(line: Line, at: int) -> bool:
    """Whether a p-value or estimate is of a correlation, an interaction, a trend, or of the arms before treatment."""
    item = line.items[at]
    if item.p and _OTHER_KIND.search(item.p.raw):
        return True
    words = clause(line, at)
    if _NO_COMPARISON.search(words):
        return True
    behind = line.text[item.end : item.end + 34]
    if item.p and re.match(r"\s*(?:for|of) (?:the )?(?:interaction|trend|heterogeneity)", behind):
        return True
    only = item.p and _BASELINE_ONLY.search(words) and not _VALUE_AT_BASELINE.search(words)
    return bool(only and not _MOVES.search(words))


def clause(line: Line, at: int) -> str:
    """The words of the stretch that leads to an item: from the p-value, turn or semicolon before it."""
    return line.text[begin_of(line, at)[1] : line.items[at].start]


def begin_of(line: Line, at: int) -> tuple[int, int]:
    """The first item of the stretch that leads to another, and where its words begin.

    A p-value that shares the head of others has the words before them too: "P values were .018 for X and .015 for Y".
    """
    item = line.items[at]
    stops = "b" if item.p and item.p.raw[:1] not in "pP" else "Pb"
    for i in range(at - 1, -1, -1):
        symbol = line.symbols[i]
        if symbol in stops or (symbol == ";" and _is_open(line, i)):
            return i + 1, line.items[i].end
    return 0, line.said.sentence.start


def _is_open(line: Line, at: int) -> bool:
    """Whether a semicolon stands outside brackets."""
    before = line.symbols[:at]
    return before.count("(") <= before.count(")")


def is_within(line: Line, group: list[int], gap: str | None = None) -> bool:
    """Whether a p-value is of changes within arms: "from baseline", "in both groups", with nothing set against it."""
    if line.symbols[group[0]] != "P":
        return False
    item = line.items[group[0]]
    words = clause(line, group[0]) if gap is None else gap
    behind = line.text[item.end : line.said.sentence.end]
    words += " " + re.split(r"[.;)]", behind[:40])[0]
    if not _WITHIN.search(words):
        return False
    rest = _TO_BASELINE.sub(" ", words)
    if "v" in line.symbols[begin_of(line, group[0])[0] : group[0]] or COMPARES.search(rest):
        return False
    if LEANS.search(rest) and not _THAN_BASELINE.search(words):
        return False
    return not COMPARES.search(_TO_BASELINE.sub(" ", _TURN.split(behind)[0]))
