"""Exports of invented records, written as files."""

import dataclasses
import pathlib
from collections.abc import Callable
from typing import Any

import pytest

from trialhouse.documents.search_exports import Exports, read_exports


@dataclasses.dataclass
class Read:
    """What was read of some files, with the rows as dictionaries."""

    exports: Exports

    @property
    def rows(self) -> list[dict[str, Any]]:
        return self.exports.table.to_pylist()

    @property
    def said(self) -> list[dict[str, Any]]:
        """The rows without what they do not say."""
        return [{name: value for name, value in row.items() if value not in (None, [])} for row in self.rows]

    @property
    def ids(self) -> list[str]:
        return self.exports.table.column("record_id").to_pylist()

    @property
    def notes(self) -> list[str]:
        return [note for file in self.exports.files for note in file.notes]

    @property
    def problems(self) -> list[str | None]:
        return [file.problem for file in self.exports.files]

    @property
    def damaged(self) -> list[tuple[int, int, str]]:
        return [(one.number, one.line, one.problem) for one in self.exports.damaged]


@pytest.fixture
def read(tmp_path: pathlib.Path) -> Callable[..., Read]:
    """Writes files (name=content, "_" in a name for the dot) and reads them."""

    def read_all(**files: str | bytes) -> Read:
        paths = []
        for name, content in files.items():
            path = tmp_path / name.replace("_", ".")
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
            paths.append(path)
        return Read(read_exports(paths))

    return read_all
