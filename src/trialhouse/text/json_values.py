"""JSON whose strings can all be written as UTF-8: half a surrogate pair, written as an escape, is no character."""

import json
import re
from typing import Any

from trialhouse.text.lazy_patterns import lazy_compile

SURROGATE = lazy_compile("[\ud800-\udfff]")
REPLACEMENT = "\ufffd"

# Escapes are read one by one from the left, so that the backslash of an escaped backslash opens none.
_ESCAPE = lazy_compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?P<lone>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.S
)


def load_json(text: str) -> Any:
    """The value of a JSON text; lone surrogates in its strings become U+FFFD. Control characters may stand bare.

    Raises json.JSONDecodeError, whose offsets count in `text`, and RecursionError.
    """
    if "\\ud" in text or "\\uD" in text:
        # The replacement is as long as what it replaces: offsets of errors stay true.
        text = _ESCAPE.sub(lambda found: "\\ufffd" if found["lone"] else found[0], text)
    return json.loads(SURROGATE.sub(REPLACEMENT, text), strict=False)
