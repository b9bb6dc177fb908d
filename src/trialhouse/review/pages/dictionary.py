"""The dictionary: every table and column with its meaning, and how the tables hang together."""

from collections.abc import Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from trialhouse.model.tables import TABLES, Table
from trialhouse.review.render import page

BOX_WIDTH, BOX_HEIGHT, GAP_X, GAP_Y = 190, 30, 60, 16


@dataclass(frozen=True)
class Box:
    """A table in the diagram."""

    name: str
    x: int
    y: int


@dataclass(frozen=True)
class Diagram:
    """Tables in columns, each right of those that it refers to, and a line for each reference."""

    boxes: Sequence[Box]
    lines: Sequence[tuple[int, int, int, int]]
    width: int
    height: int


def show(request: Request) -> Response:
    """The dictionary."""
    main = [table for table in TABLES if table.schema == "main"]
    context = {
        "section": "/dictionary",
        "title": "Dictionary",
        "tables": TABLES,
        "diagram": diagram_of(main),
        "box": (BOX_WIDTH, BOX_HEIGHT),
    }
    return page(request, "dictionary.html", context)


def diagram_of(tables: Sequence[Table]) -> Diagram:
    """The entity-relationship diagram of some tables."""
    levels = _levels({table.name: {_target(to) for _, to in table.references} - {table.name} for table in tables})
    columns: dict[int, list[str]] = {}
    for table in tables:
        columns.setdefault(levels[table.name], []).append(table.name)
    boxes = {
        name: Box(name, level * (BOX_WIDTH + GAP_X), row * (BOX_HEIGHT + GAP_Y))
        for level, names in columns.items()
        for row, name in enumerate(names)
    }
    lines = {
        (boxes[parent].x + BOX_WIDTH, _middle(boxes[parent]), boxes[table.name].x, _middle(boxes[table.name]))
        for table in tables
        for parent in (_target(to) for _, to in table.references)
        if parent in boxes and parent != table.name
    }
    return Diagram(
        boxes=tuple(boxes.values()),
        lines=tuple(sorted(lines)),
        width=(max(columns) + 1) * (BOX_WIDTH + GAP_X) - GAP_X,
        height=max(len(names) for names in columns.values()) * (BOX_HEIGHT + GAP_Y),
    )


def _levels(parents: dict[str, set[str]]) -> dict[str, int]:
    """How many references lead from each table to one without any, at most; references make no circle."""
    levels: dict[str, int] = {}

    def level(name: str) -> int:
        if name not in levels:
            levels[name] = 1 + max((level(parent) for parent in parents[name] if parent in parents), default=-1)
        return levels[name]

    for name in parents:
        level(name)
    return levels


def _target(to: str) -> str:
    return to.rpartition(".")[0]


def _middle(box: Box) -> int:
    return box.y + BOX_HEIGHT // 2
