"""Doses as they are compared: 1000 mg is 1 g, and mg is never mg/kg."""

from collections.abc import Mapping

from trialhouse.model.vocabulary import Vocabulary
from trialhouse.text.lazy_patterns import lazy_compile

Dose = tuple[float, str]
"""An amount in the unprefixed unit of UCUM with what follows it: (0.04, 'g'), (0.005, 'g/kg')."""

_PREFIXES: Mapping[str, float] = {
    "": 1, "k": 1e3, "d": 1e-1, "c": 1e-2, "m": 1e-3, "u": 1e-6, "n": 1e-9, "p": 1e-12, "M": 1e6, "G": 1e9,
    "10*3.": 1e3, "10*6.": 1e6, "10*9.": 1e9,
}  # fmt: skip
"""Prefixes of UCUM (https://ucum.org/ucum, table 1), and powers of ten as it writes them."""

_MICRO = str.maketrans("µμ", "uu")
"""The sign for micro, as a letter and as the Greek one."""

_AMOUNT = lazy_compile(r"(10\*[369]\.|[kdcmunpMG])?(g|L|mol|\[iU\]|U|Bq|Gy|eq)(?![a-zA-Z])(.*)")


class Doses:
    """Reads doses with the units of the vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        terms = [term for term in vocabulary.units if term.ucum]
        self._ucum: dict[str, str | None] = {"mcg": "ug"}  # as clinicians write it
        written = [(name.translate(_MICRO), term.ucum) for term in terms for name in (term.name, term.unit)]
        self._ucum |= dict(written)

    def read(self, value: float | None, unit: str | None) -> Dose | None:
        """A dose as it is compared; None where nothing is said. A unit that is not known is comparable with itself."""
        if value is None:
            return None
        plain = (unit or "").translate(_MICRO)
        code = self._ucum.get(plain, plain) or ""
        found = _AMOUNT.fullmatch(code)
        if found is None:
            return _rounded(value), code
        prefix, base, rest = found.groups(default="")
        return _rounded(value * _PREFIXES[prefix]), base + rest


def _rounded(value: float) -> float:
    """Nine digits, so that 0.1 + 0.2 of another unit is no other dose."""
    return float(f"{value:.9g}")
