"""Times of the day that look like quantities: "20.00-00.00 h", "0700 h". The lexer knows those with a colon or "am".

Only whole hours and quarters of two digits each count: "9.50-12.25 h" is how long something took.
"""

from functools import lru_cache

from trialhouse.text.cues import Cued

_MINUTES = "(?:00|15|30|45|59)"
_TO = " ?(?:-|–|—|to|and|or|until) ?"
_CLOCK = Cued(
    "0 h|5 h|9 h|0h|5h|9h",
    rf"[012](?<![\w.,:·].)\d(?:[.:]{_MINUTES}{_TO}[012]\d[.:]{_MINUTES}|{_MINUTES}{_TO}0\d{_MINUTES}"
    rf"|(?<=0\d){_MINUTES}{_TO}[012]\d{_MINUTES}|(?<=0\d)[.:]?{_MINUTES}) ?(?:h|hrs?|hours?)\b",
)


@lru_cache(maxsize=256)
def clock_times(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Where `text[start:end]` tells a time of the day, or from when to when, with the word for hours."""
    return tuple(found.span() for found in _CLOCK.finditer(text, start, end))
