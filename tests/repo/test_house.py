"""The rules of the house: who imports whom, and how long a file is."""

import ast
import pathlib
from collections.abc import Iterator

import pytest

CHECKOUT = pathlib.Path(__file__).parents[2]
PACKAGE = CHECKOUT / "src" / "trialhouse"

LEAVES = {"text", "settings", "config_files", "resources", "terminal"}
ROOMS: dict[str, set[str]] = {
    "sources": {"model", "text"},
    "bulk": {"model", "store"},
    "documents": {"model", "text"},
    "extraction": {"model", "text"},
    "resolution": {"model", "store", "text"},
    "quality": {"model", "store", "text"},
    "releases": {"model", "store"},
    "notification": {"model"},
}

MAY_IMPORT: dict[str, set[str]] = {
    "model": {"text"},
    "text": set(),
    "terminal": set(),
    "resources": {"model"},
    "config_files": {"model"},
    "settings": {"model", "resources", "config_files"},
    "store": {"model", "text"},
    **ROOMS,
    "pipeline": {"model", "store", "resources", "settings", "text", *ROOMS},
    "review": {"model", "store", "resources", "settings", "pipeline", "text", *ROOMS},
    "cli": {"model", "store", "pipeline", "review", *LEAVES, *ROOMS},
    "__main__": {"cli"},
    "__init__": set(),
}
"""Imports point down: what each part of the package may import of the others."""

OWNERS = {
    "duckdb": "store",
    "requests": "sources",
    "prefect": None,
    "cyclopts": "cli",
    "bs4": "documents",
    "starlette": "review",
    "apprise": "notification",
}
"""Libraries that one part of the package alone imports; None: only the flows."""

LONGEST_FILE, LONGEST_FUNCTION = 400, 60

MODULES = sorted(PACKAGE.rglob("*.py"))
PROGRAMS = sorted(path for folder in ("src", "flows", "tests", "bench") for path in (CHECKOUT / folder).rglob("*.py"))


def named(path: pathlib.Path) -> str:
    return path.relative_to(CHECKOUT).as_posix()


def part_of(path: pathlib.Path) -> str:
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imported(path: pathlib.Path) -> Iterator[str]:
    """The dotted names that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{named(path)}:{node.lineno}: imports are absolute"
            yield from ([f"trialhouse.{a.name}" for a in node.names] if node.module == "trialhouse" else [node.module])


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_imports_point_down(path):
    own = part_of(path)
    others = {name.split(".")[1] for name in imported(path) if name.startswith("trialhouse.")} - {own, "__version__"}
    assert own in MAY_IMPORT, f"say in MAY_IMPORT what {own} may import"
    assert others <= MAY_IMPORT[own]


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_libraries_stay_in_their_rooms(path):
    libraries = {name.split(".")[0] for name in imported(path)}
    assert [library for library in sorted(libraries & OWNERS.keys()) if OWNERS[library] != part_of(path)] == []


@pytest.mark.parametrize("path", PROGRAMS, ids=named)
def test_files_and_functions_are_short(path):
    text = path.read_text(encoding="utf-8")
    assert text.count("\n") <= LONGEST_FILE
    functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    long = [node.name for node in functions if (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION]
    assert long == []


def test_flows_hold_no_logic():
    """What a flow does is a plain function of the package: a flow's file is short and imports no room."""
    for path in (CHECKOUT / "flows").glob("*.py"):
        parts = {name.split(".")[1] for name in imported(path) if name.startswith("trialhouse.")}
        assert parts <= {"pipeline", "settings", "terminal", "model", "cli"}, named(path)
        assert path.read_text(encoding="utf-8").count("\n") <= 100, named(path)
