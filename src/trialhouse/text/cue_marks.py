"""Which cues the words of a sentence hold, as the bits of one number.

Some hundred patterns are asked of every sentence, nearly all in vain. Each word is judged once for the cues of all of
them, and a sentence has the marks of its words: to ask one pattern more takes no further look at the characters.
"""

from functools import lru_cache

from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.words import in_lower_case

EVERY = 1
"""The mark that every sentence has: of cues that no word alone can tell."""
_RUN = lazy_compile(r"[a-z0-9]+")
SHORTEST = 3
"""Letters and digits that a word is judged for at least."""
_WORD = lazy_compile(rf"[a-z0-9]{{{SHORTEST},}}")
_BITS: dict[str, dict[str, int]] = {}
"""The bit of each run of letters and digits that a cue holds, by the first of them."""


def mark_of(cues: tuple[str, ...]) -> int:
    """The bits of which a sentence has one at least wherever one of some cues stands in it.

    That of a cue is the bit of its longest run of letters and digits, which stands within one word. Cues that come
    when words have been judged already have the mark that every sentence has.
    """
    mark = 0
    for cue in cues:
        run = max(_RUN.findall(cue.lower()), key=len, default="")
        if len(run) < SHORTEST or _of_word.cache_info().currsize:
            return EVERY
        alike = _BITS.setdefault(run[:SHORTEST], {})
        mark |= alike.setdefault(run, 1 << 1 + sum(map(len, _BITS.values())))
    return mark


@lru_cache(maxsize=2**12)
def marks(words: str) -> int:
    """The bits of all cues that may stand in the words of a sentence, in any case."""
    held = EVERY
    for word in _WORD.findall(in_lower_case(words)):
        held |= _of_word(word)
    return held


@lru_cache(maxsize=2**14)
def _of_word(word: str) -> int:
    """The bits of the runs that stand in a word."""
    held = 0
    for at in range(len(word) - SHORTEST + 1):
        for run, bit in _BITS.get(word[at : at + SHORTEST], {}).items():
            if word.startswith(run, at):
                held |= bit
    return held
