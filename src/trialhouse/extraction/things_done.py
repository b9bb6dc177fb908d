"""What was done so often, told behind its number: "the group made 3.2 attempts", "took 6120 steps"."""

import re

from trialhouse.text.lazy_patterns import lazy_compile

Span = tuple[int, int]

_DOING = lazy_compile(
    r"\b(?:made|took|used|smoked|walked|attended|completed|consumed|ate|drank|underwent|required|needed|recorded)\s*\Z"
)
"""The verb right before a number, which names no measure."""
_DONE = lazy_compile(
    r"[\d.,·]*\d\s+(?:more |fewer |extra )?(?P<what>(?!(?:hours?|days?|weeks?|months?|years?|minutes?|points?|letters?"
    r"|lines?|of|in|on|with|for|to|at|and|or|vs|versus|than|per|times|a|an|the|compared)\b)[a-z]{3}[a-z-]*"
    r"(?: [a-z-]{3,}){0,3})"
)
"""A number and what was done; words of time, units and what goes on with a comparison are none."""


def thing_done(text: str, span: Span, phrase: Span, refs: list[Span], empty: re.Pattern[str]) -> re.Match[str] | None:
    """What was done behind the number at `span`, as group "what", where the phrase before it is a verb and its arm.

    `empty` are words that name nothing.
    """
    words = "".join(text[at] for at in range(*phrase) if not any(start <= at < end for start, end in refs))
    doing = _DOING.search(words)
    return _DONE.match(text, span[0]) if doing and empty.fullmatch(words[: doing.start()] + " the") else None
