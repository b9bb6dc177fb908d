"""Hiding an address: what a service or a library says of an error may repeat any part of it."""

import base64
from urllib.parse import parse_qsl, quote, quote_plus, unquote, unquote_plus, urlsplit

HIDDEN = "***"

SHORTEST = 3
"""Characters of a part of an address that is hidden: shorter ones are found in words by chance."""


def redacted(text: str, url: str) -> str:
    """A text without the address and any part of it but its scheme: which part is a secret depends on the service."""
    for spelling in sorted(_spellings(url), key=lambda spelling: (-len(spelling), spelling)):
        text = text.replace(spelling, HIDDEN)
    return text


def _spellings(url: str) -> set[str]:
    scheme, _, rest = url.rpartition("://")
    try:
        query = urlsplit(f"any://{rest}").query
    except ValueError:
        query = rest.partition("?")[2]
    place = rest.partition("?")[0].partition("#")[0]
    login, _, address = place.rpartition("@")
    parts = {url, rest, place, login, address, query, *address.split("/"), *address.split("/")[0].split(":")}
    parts |= {value for _, value in parse_qsl(query)} | {field.partition("=")[2] for field in query.split("&")}
    # Of addresses that stand in a query, as of those who get a mail, the parts as well.
    parts |= {piece for _, value in parse_qsl(query) for piece in value.replace(",", " ").split()}
    parts |= set(login.split(":")) | {":".join(login.split(":")[1:])}
    parts = {spelling for part in parts for spelling in (part, unquote(part), unquote_plus(part))}
    parts |= _encoded_logins(login)
    parts |= {quoted for part in parts for quoted in (quote(part, safe=""), quote_plus(part), repr(part)[1:-1])}
    return {part for part in parts if len(part) >= SHORTEST and part != scheme}


def _encoded_logins(login: str) -> set[str]:
    """A name and a password as they are sent to a server, which may repeat them."""
    user, _, password = unquote(login).partition(":")
    sent = (f"{user}:{password}", f"\0{user}\0{password}", f"{user}\0{user}\0{password}", user, password)
    return {base64.b64encode(text.encode()).decode() for text in sent if len(text) >= SHORTEST}
