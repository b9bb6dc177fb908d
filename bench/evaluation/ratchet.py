"""The F1 that extraction has reached on train and domain: a test fails when one falls, a command raises them.

Validation is never among them: a score that is held by a test is tuned on. Nor are shares of the numbers on the right
arm (signs, time frames …): they fall when harder numbers are found too, though nothing has become worse.
"""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from bench.evaluation.scores import Score
from bench.evaluation.shared import CHECKOUT

FILE = CHECKOUT / "tests" / "golden" / "extraction_scores.toml"
SETS = "train", "domain"
MARGIN = 0.005
"""A field may fall by this much: one number more or less of some fields."""
FEWEST = 10
"""A field with fewer numbers in the gold is not held: one number more or less would move it by a tenth."""
HEAD = """\
# F1 by field that extraction has reached on the labelled abstracts of each set. Held by test_extraction_scores.py,
# raised by `make eval ARGS=--write-ratchet`.
"""

Held = dict[str, dict[str, float]]


def read_held(path: Path = FILE) -> Held:
    """The stored scores by set and field; none when nothing was stored yet."""
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def reached(tables: Mapping[str, Mapping[str, Score]]) -> Held:
    """The scores of a run, in the form in which they are stored."""
    return {
        name: {field: round(one.f1, 4) for field, one in tables[name].items() if one.gold >= FEWEST}
        for name in SETS
        if name in tables
    }


def fallen(held: Held, now: Held, margin: float = MARGIN) -> list[str]:
    """A line for each stored score that the run does not reach, or no longer has."""
    lines = []
    for name, fields in held.items():
        for field, was in fields.items():
            is_now = now.get(name, {}).get(field)
            if is_now is None:
                lines.append(f"{name} {field}: {was:.4f} is stored, and the run has no such score")
            elif is_now < was - margin:
                lines.append(f"{name} {field}: {is_now:.4f} is below {was:.4f} by more than {margin}")
    return lines


def raised(held: Held, now: Held) -> Held:
    """The stored scores with those that the run has exceeded; none is ever lowered."""
    return {
        name: {field: max(one, held.get(name, {}).get(field, 0.0)) for field, one in fields.items()}
        for name, fields in now.items()
    }


def write_held(held: Held, path: Path = FILE, head: str = HEAD) -> Path:
    """Store scores as TOML, and return the file."""
    tables = [
        f"\n[{name}]\n" + "".join(f"{field} = {one:.4f}\n" for field, one in fields.items())
        for name, fields in held.items()
    ]
    path.write_text(head + "".join(tables), encoding="utf-8")
    return path
