"""Titles as people read them: exporters escape a publisher's markup once or twice more than their format asks for."""

import html
import re

from trialhouse.documents.escapes import ESCAPED, MOST_TIMES
from trialhouse.text.lazy_patterns import lazy_compile

_MARKUP = lazy_compile(
    r"</?(?:b|bold|em|i|inf|italic|jats:(?:bold|italic|sc|sub|sup)|sc|scp|strong|sub|sup|u|underline)\s*/?>", re.I
)


def plain_title(title: str | None) -> str | None:
    """A title without markup and escapes: "Effect of &lt;i&gt;X&lt;/i&gt;" is "Effect of X". A "<" alone stays."""
    if title is None or not ("&" in title or "<" in title):
        return title
    for _ in range(MOST_TIMES):
        if ESCAPED.search(title):
            title = html.unescape(title)
    return " ".join(_MARKUP.sub("", title).split()) or None
