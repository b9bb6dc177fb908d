"""Treatments that no vocabulary names: "text messages", "text message program" and "text message group" are one."""

from collections.abc import Iterable

from trialhouse.text.lazy_patterns import lazy_compile

_WORD = lazy_compile(r"[^\W_]{2,}")
_ANY_TREATMENT = frozenset(
    "the of and with by for in to program programme intervention treatment therapy group arm strategy package service "
    "system use based new study usual standard care control alone active dose".split()
)
"""Words that tell no treatment from another one."""


def are_in_like_words(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether what is given has the same words in two texts, or one has at least two and they are all in the other."""
    left, right = _words(one), _words(other)
    shared = left & right
    return bool(shared) and (left == right or (len(shared) > 1 and shared in (left, right)))


def _words(names: Iterable[str]) -> set[str]:
    """The words of names in the singular, without those of any treatment."""
    found = {word for name in names for word in _WORD.findall(name.casefold()) if word not in _ANY_TREATMENT}
    return {word.removesuffix("s") for word in found}
