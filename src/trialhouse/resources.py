"""Where the files beside the code lie: the folders of a checkout, or the package data of a wheel."""

import csv
import functools
import os
from collections.abc import Iterable, Mapping
from operator import attrgetter, itemgetter
from pathlib import Path
from typing import TypeVar

from trialhouse.model.enums import Route
from trialhouse.model.vocabulary import InterventionTerm, MeasureTerm, RouteTerm, RuleConfidence, UnitTerm, Vocabulary

WAREHOUSE_VARIABLE = "TRIALHOUSE_WAREHOUSE"
CONFIG_VARIABLE = "TRIALHOUSE_CONFIG"
HOSTS_VARIABLE = "TRIALHOUSE_HOSTS_FOLDER"


def data_root() -> Path:
    """The folder that holds config, seeds, warehouse and flows."""
    checkout = Path(__file__).parents[2]
    return checkout if is_checkout(checkout) else Path(__file__).parent / "_data"


def is_checkout(folder: Path) -> bool:
    """Whether a folder is a checkout of this project: also one that lacks a folder that belongs beside the code."""
    return (folder / "pyproject.toml").is_file() and (folder / "src" / "trialhouse").is_dir()


def why_not_whole(root: Path) -> str | None:
    """Which folder beside the code is gone, and how it comes back; None where all are there."""
    gone = [name for name in ("config", "seeds", "warehouse/checks", "warehouse/views") if not (root / name).is_dir()]
    if not gone:
        return None
    folders = " ".join(dict.fromkeys(name.partition("/")[0] for name in gone))
    back = f"`git -C {root} checkout {folders}` brings it back" if is_checkout(root) else "install it again"
    return f"{root / gone[0]} is gone, which came with Trialhouse: {back}"


def config_folder(root: Path, environ: Mapping[str, str] = os.environ) -> Path:
    """The folder of profiles, sources and topics: the variable names one of one's own, else the one that came along."""
    return Path(environ[CONFIG_VARIABLE]).expanduser() if environ.get(CONFIG_VARIABLE) else root / "config"


def default_hosts_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Where all processes of this user share what they know of hosts: the variable, else the user's cache."""
    if environ.get(HOSTS_VARIABLE):
        return Path(environ[HOSTS_VARIABLE]).expanduser()
    import platformdirs  # noqa: PLC0415 - as below

    return Path(platformdirs.user_cache_dir("trialhouse")) / "hosts"


def default_warehouse(environ: Mapping[str, str] = os.environ) -> Path:
    """The folder of landing store and releases: the variable, else `warehouse/` of a checkout, else the user's data."""
    if environ.get(WAREHOUSE_VARIABLE):
        return Path(environ[WAREHOUSE_VARIABLE]).expanduser()
    root = data_root()
    if is_checkout(root):
        return root / "warehouse"
    import platformdirs  # noqa: PLC0415 - only an installation without the variable asks for it

    return Path(platformdirs.user_data_dir("trialhouse"))


VOCABULARY_FILES = ("interventions.csv", "outcome_measures.csv", "units.csv", "routes.csv", "rule_confidence.csv")


def read_vocabulary(folder: Path) -> Vocabulary:
    """The vocabulary of a folder with the five files of `VOCABULARY_FILES`.

    A file that is not there gives an empty list; columns other than a term's own are ignored; each list comes sorted
    by name. While the files stay as they are it is the same object: a refresh asks more than once, and to read tens
    of thousands of names takes longer than a small refresh has left. Raises ValueError for a file without the columns
    it needs.
    """
    return _read_vocabulary(folder, tuple(_state(folder / name) for name in VOCABULARY_FILES))


def _state(path: Path) -> tuple[int, int] | None:
    """What tells that a file was changed: when, and its size; None for no file."""
    if not path.is_file():
        return None
    stat = path.stat()
    return stat.st_mtime_ns, stat.st_size


@functools.lru_cache(maxsize=4)
def _read_vocabulary(folder: Path, state: tuple[tuple[int, int] | None, ...]) -> Vocabulary:
    return Vocabulary(
        interventions=_terms(InterventionTerm, _rows(folder / "interventions.csv", "norm", "code")),
        measures=_terms(MeasureTerm, _rows(folder / "outcome_measures.csv", "norm", "kind", "better")),
        units=_terms(UnitTerm, _rows(folder / "units.csv", "unit", "ucum")),
        routes=tuple(RouteTerm(name, Route(route)) for name, route in _rows(folder / "routes.csv", "route")),
        rules=_rules(folder / "rule_confidence.csv"),
    )


_Term = TypeVar("_Term", InterventionTerm, MeasureTerm, UnitTerm)


def _terms(kind: type[_Term], rows: Iterable[tuple[str, ...]]) -> tuple[_Term, ...]:
    """The terms of rows with a name, what it needs, and more that is None where it is empty."""
    # A named tuple's own constructor is written in Python and takes four times as long.
    new = functools.partial(tuple.__new__, kind)
    return tuple(new(_with_none(row) if "" in row else row) for row in rows)


def _with_none(row: tuple[str, ...]) -> tuple[str | None, ...]:
    return *row[:2], *(cell or None for cell in row[2:])


def _rules(path: Path) -> tuple[RuleConfidence, ...]:
    """The measured rules of a CSV file with rule and confidence, sorted by rule; none when it is absent."""
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        missing = {"rule", "confidence"} - set(reader.fieldnames or ())
        if missing:
            raise ValueError(f"{path.name} has no column {', '.join(sorted(missing))}")
        return tuple(sorted((_rule(row, path.name) for row in reader), key=attrgetter("rule")))


def _rule(row: dict[str, str], name: str) -> RuleConfidence:
    """One measured rule. Raises ValueError that names file and rule where the confidence is none."""
    try:
        confidence = float(row["confidence"])
    except (TypeError, ValueError):
        confidence = -1.0
    if not 0 <= confidence <= 1:
        raise ValueError(f"{name}: the confidence of {row['rule']} is {row['confidence']!r}, not a number from 0 to 1")
    return RuleConfidence(rule=row["rule"], confidence=confidence)


def _rows(path: Path, needed: str, *others: str) -> list[tuple[str, ...]]:
    """Name, the needed column and others of each row of a CSV file with a name, sorted; none when it is absent.

    Others that the file does not have are empty. The rows are not made into dictionaries: there are tens of thousands.
    """
    if not path.is_file():
        return []
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines)
        header = next(reader, [])
        missing = {"name", needed} - set(header)
        if missing:
            raise ValueError(f"{path.name} has no column {', '.join(sorted(missing))}")
        places = [header.index(one) if one in header else len(header) for one in ("name", needed, *others)]
        pick = itemgetter(*places)
        # Padding is for columns that the file does not have, and for rows that end early.
        whole = len(header) if len(header) not in places else -1
        padding = [""] * (len(header) + 1)
        picked = (pick(row if len(row) == whole else row[: len(header)] + padding) for row in reader)
        return sorted((row for row in picked if row[0].strip()), key=itemgetter(0))
