"""The numbers that checks compare with, from config/checks.toml to the place in the query where each is used."""

import re
from collections.abc import Iterable, Mapping

THRESHOLD = re.compile(r"\bthreshold\('(\w+)'\)")
"""How a query names a threshold. It is replaced, so that the query in dq.checks runs as it stands, number and all."""


class UnusableCheckConfig(ValueError):
    """A threshold or a severity of the configuration that no check has; the message says which, and what to do."""


def with_thresholds(sql: str, thresholds: Mapping[str, float], file: str) -> str:
    """The SQL with a number in place of each `threshold('name')`, and the name as a comment beside it.

    Raises UnusableCheckConfig for a name without a number.
    """

    def number(found: re.Match[str]) -> str:
        name = found.group(1)
        if name not in thresholds:
            raise UnusableCheckConfig(f"{file}.sql: [thresholds] of checks.toml has no {name}; give it a number")
        return f"{_literal(thresholds[name])} /* {name} */"

    return THRESHOLD.sub(number, sql)


def ensure_all_used(thresholds: Mapping[str, float], texts: Iterable[str]) -> None:
    """Raise UnusableCheckConfig for a threshold that none of these SQL texts uses: setting it would change nothing."""
    used = {name for text in texts for name in THRESHOLD.findall(text)}
    unused = sorted(thresholds.keys() - used)
    if unused:
        known = ", ".join(sorted(used))
        raise UnusableCheckConfig(
            f"checks.toml: no check uses the threshold {unused[0]!r}; remove it. There are: {known}"
        )


def _literal(value: float) -> str:
    """A number as SQL writes it; whole ones without a point, so that counts stay counts. Negative ones in brackets."""
    text = str(int(value)) if value.is_integer() else repr(value)
    return f"({text})" if value < 0 else text
