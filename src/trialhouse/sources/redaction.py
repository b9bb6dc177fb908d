"""Secrets: what is added to a request and shown nowhere else.

A server may repeat a key in the address it redirects to, in a header, or in the text of an error, as NCBI does in its
answer to a key that asks too much. So whatever comes back is cleaned of the values.
"""

from collections.abc import Mapping
from urllib.parse import quote, quote_plus, unquote_plus, urlencode, urlsplit, urlunsplit

HIDDEN = "***"

SHORTEST_IN_BODY = 8
"""Characters of a secret that is looked for in bodies: shorter ones are found in data by chance."""


class Secrets:
    """Parameters by name, such as `api_key`, whose values nobody else may see."""

    def __init__(self, values: Mapping[str, str] | None = None) -> None:
        self._values = {name: value for name, value in (values or {}).items() if value}
        spellings = {
            spelling
            for value in self._values.values()
            for spelling in (value, quote(value, safe=""), quote_plus(value))
        }
        # The longest first, so that no part of a secret is left over from another one.
        self._spellings = sorted(spellings, key=lambda spelling: (-len(spelling), spelling))

    def __repr__(self) -> str:
        return f"Secrets({', '.join(sorted(self._values))})"

    def query(self) -> str:
        """As a piece of a query."""
        return urlencode(self._values)

    def form(self) -> dict[str, str]:
        """As fields of a form."""
        return dict(self._values)

    def clean_url(self, url: str) -> str:
        """An address without the parameters of these names, and without their values anywhere else."""
        parts = urlsplit(url)
        kept = [field for field in parts.query.split("&") if unquote_plus(field.partition("=")[0]) not in self._values]
        return self.clean(urlunsplit(parts._replace(query="&".join(kept))))

    def clean(self, text: str) -> str:
        """A text with the values hidden."""
        for spelling in self._spellings:
            text = text.replace(spelling, HIDDEN)
        return text

    def clean_body(self, body: bytes) -> bytes:
        """A body with the values hidden; otherwise as received."""
        for spelling in self._spellings:
            if len(spelling) >= SHORTEST_IN_BODY:
                body = body.replace(spelling.encode(), HIDDEN.encode())
        return body
