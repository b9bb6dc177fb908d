"""What the views and their columns mean, kept as a file, so that saying it takes no database."""

import dataclasses
import json
from collections.abc import Iterable
from pathlib import Path

from trialhouse.model.tables import Column, Table

DESCRIBED_VIEWS = "warehouse/schema/views.json"
"""Where a checkout or an installation keeps it: made by `make docs` from the comments in the SQL of the views."""


def described_views_json(views: Iterable[Table]) -> str:
    """The content of the file."""
    content = [
        {"schema": view.schema, "name": view.name, "description": view.description}
        | {"columns": [dataclasses.asdict(column) for column in view.columns]}
        for view in views
    ]
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def read_described_views(root: Path) -> tuple[Table, ...]:
    """The views of a checkout or an installation, described like tables; without key and references."""
    content = json.loads((root / DESCRIBED_VIEWS).read_text(encoding="utf-8"))
    return tuple(
        Table(
            **{**view, "columns": tuple(Column(**{**c, "words": tuple(c["words"])}) for c in view["columns"])},
            key=(),
            references=(),
        )
        for view in content
    )
