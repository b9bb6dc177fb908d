"""Titles as people read them: exporters escape a publisher's markup once or twice more than their format asks for."""

import html
import re

_ESCAPED = re.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z]\w{1,30});", re.I)
_MARKUP = re.compile(
    r"</?(?:b|bold|em|i|inf|italic|jats:(?:bold|italic|sc|sub|sup)|sc|scp|strong|sub|sup|u|underline)\s*/?>", re.I
)
_MOST_TIMES = 2


def plain_title(title: str | None) -> str | None:
    """A title without markup and escapes: "Effect of &lt;i&gt;X&lt;/i&gt;" is "Effect of X". A "<" alone stays."""
    if title is None or not ("&" in title or "<" in title):
        return title
    for _ in range(_MOST_TIMES):
        if _ESCAPED.search(title):
            title = html.unescape(title)
    return " ".join(_MARKUP.sub("", title).split()) or None
