"""The labelled abstracts and their scorers: they lie beside the project, never in it."""

import importlib.util
import json
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

Json = dict[str, Any]

VARIABLE = "TRIALHOUSE_SHARED"
CHECKOUT = Path(__file__).parents[2]
LABELLED, DOMAIN = "labelled-abstracts.jsonl", "domain-abstracts.jsonl"
SCORERS = "score_extraction", "score_records"
SETS = "train", "domain", "validation"
"""Validation is looked at seldom: nothing reads it unless it is asked for by name."""


class SharedMissing(Exception):
    """The shared folder, or a file of it, is not where it is looked for."""


@dataclass(frozen=True)
class Abstract:
    """One labelled abstract: `set` is train, validation or domain; `gold` is in the shape of its own file."""

    set: str
    id: str
    text: str
    gold: Json


@dataclass(frozen=True)
class Scorers:
    """The two scorers as modules: of the labelled abstracts, and of records with many arms."""

    extraction: Any
    records: Any


def eval_folder() -> Path:
    """The folder of labelled sets and scorers. Raises SharedMissing when a file of it is not there."""
    folder = Path(os.environ.get(VARIABLE) or CHECKOUT.parent / "shared") / "eval"
    needed = (LABELLED, DOMAIN, *(f"{name}.py" for name in SCORERS))
    missing = [name for name in needed if not (folder / name).is_file()]
    if missing:
        raise SharedMissing(
            f"{folder} has no {', '.join(missing)}: the labelled abstracts and their scorers are looked for in "
            f"../shared/eval, or in eval/ of the folder that {VARIABLE} names; set it and run again"
        )
    return folder


def load_scorers(folder: Path) -> Scorers:
    """Import the scorers from their files; the second imports the first by its name."""
    return Scorers(*(_module(name, folder / f"{name}.py") for name in SCORERS))


def _module(name: str, path: Path) -> ModuleType:
    loaded = sys.modules.get(name)
    if loaded is not None and getattr(loaded, "__file__", None) == str(path):
        return loaded
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise SharedMissing(f"{path} cannot be imported")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def abstracts(folder: Path, sets: tuple[str, ...]) -> list[Abstract]:
    """The labelled abstracts of the named sets, in the order of the files."""
    found = []
    if {"train", "validation"} & set(sets):
        found += [_abstract(one, one["split"]) for one in json_lines(folder / LABELLED) if one["split"] in sets]
    if "domain" in sets:
        found += [_abstract(one, "domain") for one in json_lines(folder / DOMAIN)]
    return found


def json_lines(path: Path) -> list[Json]:
    """The objects of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def _abstract(record: Json, name: str) -> Abstract:
    return Abstract(set=name, id=str(record["id"]), text=record["text"], gold=record["gold"])
