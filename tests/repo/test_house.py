"""The rules of the house: who imports whom, and how long a file is."""

import ast
import functools
import pathlib

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


@functools.cache
def looked_into(path: pathlib.Path) -> tuple[frozenset[str], tuple[str, ...]]:
    """The dotted names that a file imports, wherever in it (relative ones with their dots), and functions too long."""
    names: set[str] = set()
    long = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            names |= {f"trialhouse.{alias.name}" for alias in node.names} if module == "trialhouse" else {module}
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno
            long += [f"{named(path)}:{node.lineno} {node.name}"] if length >= LONGEST_FUNCTION else []
    return frozenset(names), tuple(long)


def parts_imported(path: pathlib.Path) -> set[str]:
    return {name.split(".")[1] for name in looked_into(path)[0] if name.startswith("trialhouse.")}


def test_imports_are_absolute():
    assert [named(path) for path in MODULES if any(name.startswith(".") for name in looked_into(path)[0])] == []


def test_imports_point_down():
    assert {part_of(path) for path in MODULES} <= MAY_IMPORT.keys(), "say in MAY_IMPORT what each part may import"
    wrong = {
        named(path): others
        for path in MODULES
        if (others := parts_imported(path) - {part_of(path), "__version__"} - MAY_IMPORT[part_of(path)])
    }
    assert wrong == {}


def test_libraries_stay_in_their_rooms():
    wrong = {
        named(path): library
        for path in MODULES
        for library in {name.split(".")[0] for name in looked_into(path)[0]} & OWNERS.keys()
        if OWNERS[library] != part_of(path)
    }
    assert wrong == {}


def test_files_and_functions_are_short():
    lines = {named(path): path.read_text(encoding="utf-8").count("\n") for path in PROGRAMS}
    assert {name: length for name, length in lines.items() if length > LONGEST_FILE} == {}
    assert [long for path in PROGRAMS for long in looked_into(path)[1]] == []


def test_flows_hold_no_logic():
    """What a flow does is a plain function of the package: a flow's file is short and imports no room."""
    for path in (CHECKOUT / "flows").glob("*.py"):
        assert parts_imported(path) <= {"pipeline", "settings", "terminal", "model", "cli"}, named(path)
        assert path.read_text(encoding="utf-8").count("\n") <= 100, named(path)
