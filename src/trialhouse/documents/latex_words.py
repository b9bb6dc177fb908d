r"""Words written in LaTeX, as BibTeX files hold them: `{\"o}` is "ö", `50\%` is "50%", `$\pm$` is "±"."""

import re
import unicodedata
from collections.abc import Sequence

from trialhouse.text.flattening import Flattening
from trialhouse.text.lazy_patterns import lazy_compile

_MARK = lazy_compile(
    r"\{?\\(?P<accent>[`'^\"~=.]|[uvHcdbkr](?=[\s{]))\s*\{?\s*(?P<letter>\\?[A-Za-z])\s*\}?\}?"
    r"|\\(?P<sign>[&%$#_{}])|\\(?P<name>[A-Za-z]+)\s*(?:\{\})?|\\(?P<other>.)|(?P<dash>---?)"
    r"|(?P<degree>\^\{?\\circ\}?)|(?P<silent>[{}$])|(?P<tie>~)|(?P<space>\s*\n\s*)",
    re.S,
)
_COMBINING = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "d": "\u0323", "b": "\u0331", "k": "\u0328",
    "r": "\u030a",
}  # fmt: skip
_NAMED = {
    "pm": "±", "times": "×", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "cdot": "·", "approx": "≈", "sim": "~",
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "Delta": "Δ", "kappa": "κ", "lambda": "λ", "mu": "μ",
    "omega": "ω", "sigma": "σ", "tau": "τ", "chi": "χ", "textless": "<", "textgreater": ">", "textpm": "±",
    "textmu": "μ", "textdegree": "°", "degree": "°", "ss": "ß", "o": "ø", "O": "Ø", "ae": "æ", "AE": "Æ", "aa": "å",
    "AA": "Å", "l": "ł", "L": "Ł", "i": "ı", "j": "ȷ", "textendash": "–", "textemdash": "—", "textquoteright": "’",
    "textquoteleft": "‘", "textquotedblleft": "“", "textquotedblright": "”", "textregistered": "®",
    "texttrademark": "™", "copyright": "©", "S": "§", "dots": "…", "ldots": "…", "textasciitilde": "~", "infty": "∞",
    "rightarrow": "→", "textbullet": "•", "textperiodcentered": "·", "neq": "≠", "ne": "≠", "textbackslash": "\\",
}  # fmt: skip
_FORMATTING = frozenset(
    "textit textbf emph textrm textsc texttt textsf textup mathrm mathit mathbf text textsuperscript textsubscript "
    "bf it em rm sc tt url href ensuremath mbox left right".split()
)


def add_latex(words: Flattening, parts: Sequence[tuple[int, int]], locator: str | None) -> None:
    """Add the words of the stretches of a value. An unknown command stands as it is written."""
    text = words.source
    for start, end in parts:
        at = start
        for mark in _MARK.finditer(text, start, end):
            said = _said(mark)
            if said == mark[0]:
                continue
            words.copy(at, mark.start(), locator)
            words.stand_for(said, *mark.span(), locator)
            at = mark.end()
        words.copy(at, end, locator)


def latex_words(text: str, parts: Sequence[tuple[int, int]]) -> str:
    """The words of the stretches of a value."""
    words = Flattening(text)
    add_latex(words, parts, None)
    return words.text


def _said(mark: re.Match[str]) -> str:
    """What a piece of LaTeX stands for."""
    if mark["accent"]:
        letter = mark["letter"].lstrip("\\")
        return unicodedata.normalize("NFC", letter + _COMBINING[mark["accent"]])
    if mark["sign"]:
        return mark["sign"]
    if mark["name"]:
        if mark["name"] in _FORMATTING:
            return ""
        return _NAMED.get(mark["name"], mark[0])
    if mark["degree"]:
        return "°"
    if mark["dash"]:
        return "–" if mark["dash"] == "--" else "—"
    if mark["other"]:
        return " " if mark["other"] in " ,;:\\" else mark[0]
    return "" if mark["silent"] else " "
