"""A second, independent reading of UCUM codes: the grammar of the standard with the atoms that trials use.

The grammar is that of "The Unified Code for Units of Measure" 2.2, §§ 2 to 12: terms of components joined by "." and
"/", each an integer or an atom with a prefix if it is metric, an exponent, and an annotation in braces.
"""

import re

METRIC = frozenset("m s g L l mol U kat eq osm [iU] [IU] Hz W J Pa V Gy Bq Ci m[Hg] m[H2O] cal dyn bar B Cel t".split())
"""Atoms that take a prefix; m[Hg] and m[H2O] are metres of a liquid, so millimetres of mercury are mm[Hg]."""
PLAIN = frozenset(
    "min h d wk mo a % [ppb] [ppm] [lb_av] [diop] [MET] [CFU] [PFU] [drp] [arb'U] [in_i] [degF] 10* 10^".split()
)
PREFIXES = ("da", *"YZEPTGMkhdcmunpfazy")
_COMPONENT = re.compile(
    r"(?P<atom>(?:10[*^]|\d+(?![*^])|[A-Za-z%]*\[[^\]{}]+\]|[A-Za-z%]+)(?:[+-]?\d+)?)?(?P<note>\{[!-z|~]*\})?"
)
_EXPONENT = re.compile(r"(?<=[A-Za-z\]*^])[+-]?\d+\Z")


def is_ucum(code: str) -> bool:
    """Whether a code is a valid term of UCUM, case sensitive."""
    left = code[1:] if code.startswith("/") else code
    at = _term(left, 0)
    return bool(left) and at == len(left)


def _term(code: str, at: int) -> int:
    """Where the term that begins at a place ends, or -1."""
    while True:
        at = _component(code, at)
        if at < 0 or at == len(code) or code[at] not in "./":
            return at
        at += 1


def _component(code: str, at: int) -> int:
    if code[at : at + 1] == "(":
        stop = _term(code, at + 1)
        return stop + 1 if stop > 0 and code[stop : stop + 1] == ")" else -1
    found = _COMPONENT.match(code, at)
    if found is None or found.end() == at:
        return -1
    atom = found["atom"]
    return found.end() if atom is None or _is_atom(_EXPONENT.sub("", atom) or atom) else -1


def _is_atom(atom: str) -> bool:
    if atom.isdigit() or atom in METRIC or atom in PLAIN:
        return True
    return any(atom.startswith(prefix) and atom[len(prefix) :] in METRIC for prefix in PREFIXES)
