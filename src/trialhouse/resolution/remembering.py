"""Functions of words that remember their last answers while documents are looked at, and forget them after that.

A word that is remembered holds on to the memory around it: of all documents that are let go almost nothing would come
back to the system while one string of each hundred is still known.
"""

import functools
from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

from trialhouse.model.identifiers import numbering_of

P = ParamSpec("P")
R = TypeVar("R")

_forgetting: list[Callable[[], None]] = [numbering_of.cache_clear]


def remembered(most: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """A function that is decorated so remembers so many of its last answers, until `forget_answers`."""

    def remembering(function: Callable[P, R]) -> Callable[P, R]:
        kept = functools.lru_cache(maxsize=most)(function)
        _forgetting.append(kept.cache_clear)
        return cast(Callable[P, R], kept)

    return remembering


def forget_answers() -> None:
    """Let every such function forget what it answered."""
    for forget in _forgetting:
        forget()
