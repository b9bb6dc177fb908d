"""Where the files beside the code lie: the folders of a checkout, or the package data of a wheel."""

import csv
import os
from collections.abc import Mapping
from pathlib import Path

import platformdirs

from trialhouse.model.vocabulary import InterventionTerm, MeasureTerm, UnitTerm, Vocabulary

WAREHOUSE_VARIABLE = "TRIALHOUSE_WAREHOUSE"


def data_root() -> Path:
    """The folder that holds config, seeds, warehouse and flows."""
    checkout = Path(__file__).parents[2]
    return checkout if is_checkout(checkout) else Path(__file__).parent / "_data"


def is_checkout(folder: Path) -> bool:
    """Whether a folder is a checkout of this project, with its folders beside the code."""
    return (folder / "pyproject.toml").is_file() and (folder / "warehouse" / "views").is_dir()


def default_warehouse(environ: Mapping[str, str] = os.environ) -> Path:
    """The folder of landing store and releases: the variable, else `warehouse/` of a checkout, else the user's data."""
    if environ.get(WAREHOUSE_VARIABLE):
        return Path(environ[WAREHOUSE_VARIABLE]).expanduser()
    root = data_root()
    return root / "warehouse" if is_checkout(root) else Path(platformdirs.user_data_dir("trialhouse"))


def read_vocabulary(seeds: Path) -> Vocabulary:
    """The reviewed terms of a seeds folder. Columns that say where a term is from are not needed to read texts."""
    return Vocabulary(
        interventions=tuple(
            InterventionTerm(name=row["name"], norm=row["norm"], code=row["code"] or None)
            for row in _rows(seeds / "interventions.csv")
        ),
        measures=tuple(
            MeasureTerm(name=row["name"], norm=row["norm"], kind=row["kind"] or None)
            for row in _rows(seeds / "outcome_measures.csv")
        ),
        units=tuple(
            UnitTerm(name=row["name"], unit=row["unit"], ucum=row["ucum"] or None) for row in _rows(seeds / "units.csv")
        ),
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return sorted(csv.DictReader(lines), key=lambda row: row["name"])
