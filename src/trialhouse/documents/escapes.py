"""Characters that a file of plain lines has escaped as a page of the web would: "P&lt;0.001".

RIS and PubMed's tagged format know no escapes: who made the file took the words from a page and left them, as Scopus
does, some escaped once more ("&amp;lt;").
"""

import html
import re
from collections.abc import Iterator

from trialhouse.text.lazy_patterns import lazy_compile

ESCAPED = lazy_compile(r"&(?:amp;)?(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]\w{1,30});", re.I)
MOST_TIMES = 2
"""So often exporters escape a word at most."""


def escapes(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """The escapes of a stretch that stand for one printed character or a space, each with it, in order."""
    if text.find("&", start, end) < 0:
        return
    for match in ESCAPED.finditer(text, start, end):
        meant = match[0]
        for _ in range(MOST_TIMES):
            meant = html.unescape(meant)
        if len(meant) == 1 and (meant.isprintable() or meant.isspace()):
            yield *match.span(), " " if meant.isspace() else meant
