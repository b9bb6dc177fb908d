"""The rules of one robots.txt, read by protego as RFC 9309 has it.

The group of the product token `Trialhouse` counts, and that of `*` where there is none; the longest rule wins, and of
two of one length the one that allows.
"""

import re

from protego import Protego

PRODUCT_TOKEN = "Trialhouse"
MAX_BYTES = 500 * 1024
"""Bytes of a robots.txt that are read; RFC 9309, section 2.5, asks for at least so many."""

_AGENT = re.compile(r"\s*user[- ]?agent\s*:\s*([^#\r\n]*)", re.I)
_RULE = re.compile(r"\s*disallow\s*:\s*([^#\r\n]*)", re.I)
_SITE_WIDE = re.compile(r"\s*(?:site-?map|host)s?\s*:", re.I)
_TOKEN = re.compile(r"[A-Za-z_-]+")


def readable_part(body: bytes) -> str:
    """The text of the part of a robots.txt that is read, up to a whole line and without its byte order mark."""
    if len(body) > MAX_BYTES:
        body = body[:MAX_BYTES].rpartition(b"\n")[0]
    return body.decode("utf-8", "replace").removeprefix("\ufeff")


class RobotsRules:
    """What a robots.txt allows us. `agent` is the name of the group that counts, `seconds_between` what it wants to
    lie between two requests (0 where it does not say).
    """

    def __init__(self, text: str) -> None:
        self._text = text
        self._rules = Protego.parse(text)
        self.agent = agent_of(text)
        rate = self._rules.request_rate(self.agent)
        self.seconds_between = max(
            self._rules.crawl_delay(self.agent) or 0.0, rate.seconds / rate.requests if rate is not None else 0.0
        )

    def allow(self, url: str) -> bool:
        """Whether this address may be asked for."""
        return self._rules.can_fetch(url, self.agent)

    def forbidding(self, url: str) -> str:
        """The rule that forbids an address, in words: the longest of its group that does."""
        forbidding = [value for value in self._disallowed() if _forbids(value, url)]
        return f'"Disallow: {max(forbidding, key=len, default="")}" for user-agent {self.agent}'

    def _disallowed(self) -> list[str]:
        """What the group that counts disallows. Groups of one name are one; Sitemap and Host part no groups."""
        agents: list[str] = []
        in_rules = False
        found: list[str] = []
        for line in self._text.splitlines():
            named, rule = _AGENT.match(line), _RULE.match(line)
            if named:
                agents = [*([] if in_rules else agents), named[1].strip().lower()]
                in_rules = False
            elif ":" in line.partition("#")[0] and not _SITE_WIDE.match(line):
                in_rules = True
            if rule and self.agent.lower() in agents:
                found.append(rule[1].strip())
        return found


def _forbids(value: str, url: str) -> bool:
    return not Protego.parse(f"User-agent: *\nDisallow: {value}").can_fetch(url, "*")


def agent_of(text: str) -> str:
    """The name of the group of a robots.txt that counts for us: the one of our product token, else `*`.

    Protego also takes the group of a name that ours begins with; RFC 9309, section 2.2.1, wants the whole token.
    """
    for line in text.splitlines():
        named = _AGENT.match(line)
        token = _TOKEN.match(named[1]) if named else None
        if named and token and token[0].lower() == PRODUCT_TOKEN.lower():
            return named[1].strip()
    return "*"
