"""The SQL of a check in two parts: its own query, and the macros that are shown with every check that uses one."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SqlParts:
    """`own` is what the check says; `macros` is empty where it uses none."""

    own: str
    macros: str


def parts_of(sql: str) -> SqlParts:
    """The parts of a check's SQL: statements end with a semicolon, and the query, which comes last, has none."""
    lines = sql.split("\n")
    ends = [number for number, line in enumerate(lines) if line.rstrip().endswith(";") and not line.startswith("--")]
    after = ends[-1] + 1 if ends else 0
    own = "\n".join(lines[after:]).strip()
    return SqlParts(own, "\n".join(lines[:after]).strip()) if own else SqlParts(sql.strip(), "")
