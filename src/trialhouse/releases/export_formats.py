"""Writing an answer of any size as Parquet, CSV or JSON Lines so that it can be read back as it was.

Parquet has most of DuckDB's types. CSV and JSON have few: in CSV lists and structures are JSON, a text stands in double
quotes and null is an empty cell without them; in both, bytes are hexadecimal. What no type of the file fits is text.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.compute as pc

from trialhouse.store.schema import quoted

Format = Literal["parquet", "csv", "jsonl"]
FORMATS: tuple[Format, ...] = ("parquet", "csv", "jsonl")

ROWS_AT_ONCE = 5_000
"""Rows in memory at a time: the texts of documents are long."""

PLAIN = frozenset(
    "BOOLEAN TINYINT SMALLINT INTEGER BIGINT UTINYINT USMALLINT UINTEGER UBIGINT FLOAT DOUBLE VARCHAR".split()
)
"""Types that a cell of CSV holds as they are."""

NOT_IN_PARQUET = ("INTERVAL", "BIT", "UNION", "TIME WITH TIME ZONE", "HUGEINT", "BIGNUM", "VARIANT", "GEOMETRY")
"""Types, also as parts of others, that are text in Parquet."""

USUAL_CSV_LINE = 2_000_000
USUAL_JSON_LINE = 16_000_000
"""Bytes of a row that DuckDB's readers expect at most unless they are told."""


@dataclass(frozen=True)
class Cell:
    """A column on its way: the SQL that writes it, its type in the file, and the SQL that makes of that what it was."""

    name: str
    written: str
    stored_type: str
    restored: str | None = None


@dataclass(frozen=True)
class Written:
    """A file that was written: its rows, and the query that reads it back where it lies."""

    rows: int
    read_back: str


def write_file(answer: Any, format: Format, path: Path, told: Callable[[int], None]) -> Written:
    """Write a relation, evaluated once and in pieces; `told` gets the rows of each piece.

    Raises ValueError for two columns of one name.
    """
    names = list(answer.columns)
    # DuckDB's names differ in more than case.
    lower = [name.lower() for name in names]
    doubled = sorted({name for name in lower if lower.count(name) > 1})
    if doubled:
        raise ValueError(f"two columns are called {', '.join(doubled)}: give each its own name with AS")
    make = {"parquet": _parquet_cell, "csv": _csv_cell, "jsonl": _json_cell}[format]
    cells = [make(name, str(sql_type)) for name, sql_type in zip(names, answer.types, strict=True)]
    write = {"parquet": _write_parquet, "csv": _write_csv, "jsonl": _write_jsonl}[format]
    return write(answer, cells, path, told)


def _parquet_cell(name: str, sql_type: str) -> Cell:
    if any(part in sql_type for part in NOT_IN_PARQUET):
        return _text_cell(name, sql_type)
    return Cell(name, _name(name), sql_type)


def _csv_cell(name: str, sql_type: str) -> Cell:
    if sql_type in PLAIN:
        return Cell(name, _name(name), sql_type)
    if _is_nested(sql_type) and not any(part in sql_type for part in (*NOT_IN_PARQUET, "BLOB")):
        # A list within a JSON text may hold null, which a cast of the text to a list would not tell from 'null'.
        return Cell(name, f"to_json({_name(name)})::VARCHAR", "VARCHAR", f"{_name(name)}::JSON::{sql_type}")
    return _blob_cell(name) if sql_type == "BLOB" else _text_cell(name, sql_type)


def _json_cell(name: str, sql_type: str) -> Cell:
    if sql_type == "BLOB":
        return _blob_cell(name)
    if sql_type in ("FLOAT", "DOUBLE"):
        # JSON has no number for the infinities and what is none.
        number = f"to_json({_name(name)})"
        return Cell(
            name, f"CASE WHEN isfinite({_name(name)}) THEN {number} ELSE to_json({_name(name)}::VARCHAR) END", sql_type
        )
    if sql_type in PLAIN or (_is_nested(sql_type) and not any(part in sql_type for part in (*NOT_IN_PARQUET, "BLOB"))):
        return Cell(name, f"to_json({_name(name)})", sql_type)
    return _text_cell(name, sql_type)


def _blob_cell(name: str) -> Cell:
    return Cell(name, f"hex({_name(name)})", "VARCHAR", f"unhex({_name(name)})")


def _text_cell(name: str, sql_type: str) -> Cell:
    """A value as DuckDB prints it; what is one value is cast back when it is read."""
    back = None if _is_nested(sql_type) or sql_type.startswith(("UNION", "ENUM")) else f"{_name(name)}::{sql_type}"
    return Cell(name, f"{_name(name)}::VARCHAR", "VARCHAR", back)


def _is_nested(sql_type: str) -> bool:
    return sql_type.endswith("]") or sql_type.startswith(("STRUCT", "MAP", "UNION"))


def _write_parquet(answer: Any, cells: Sequence[Cell], path: Path, told: Callable[[int], None]) -> Written:
    import pyarrow.parquet  # noqa: PLC0415 - slow to load, and one of three formats

    reader = answer.project(_projection(cells)).to_arrow_reader(ROWS_AT_ONCE)
    rows = 0
    with pyarrow.parquet.ParquetWriter(str(path), reader.schema, compression="zstd") as writer:
        for batch in reader:
            writer.write_batch(batch)
            rows += batch.num_rows
            told(batch.num_rows)
    return Written(rows, _read_back(cells, f"read_parquet({quoted(path.name)})"))


def _write_csv(answer: Any, cells: Sequence[Cell], path: Path, told: Callable[[int], None]) -> Written:
    import pyarrow.csv  # noqa: PLC0415 - as above

    reader = answer.project(_projection(cells)).to_arrow_reader(ROWS_AT_ONCE)
    rows, longest = 0, 0
    with pyarrow.csv.CSVWriter(str(path), reader.schema) as writer:
        for batch in reader:
            writer.write_batch(batch)
            rows += batch.num_rows
            longest = max(longest, _longest(batch))
            told(batch.num_rows)
    options = "header = true, delim = ',', quote = '\"', escape = '\"', nullstr = '', allow_quoted_nulls = false"
    if longest > USUAL_CSV_LINE:
        options += f", max_line_size = {longest}, buffer_size = {4 * longest}"
    return Written(rows, _read_back(cells, f"read_csv({quoted(path.name)}, {options}, columns = {_types(cells)})"))


def _write_jsonl(answer: Any, cells: Sequence[Cell], path: Path, told: Callable[[int], None]) -> Written:
    members = ", ".join(f"{_name(cell.name)} := {cell.written}" for cell in cells)
    reader = answer.project(f"to_json(struct_pack({members}))::VARCHAR AS line").to_arrow_reader(ROWS_AT_ONCE)
    rows, longest = 0, 0
    with path.open("wb") as file:
        for batch in reader:
            file.writelines(line.encode() + b"\n" for line in _texts(batch))
            rows += batch.num_rows
            longest = max(longest, _longest(batch))
            told(batch.num_rows)
    options = "format = 'newline_delimited'"
    if longest > USUAL_JSON_LINE:
        options += f", maximum_object_size = {longest}"
    return Written(rows, _read_back(cells, f"read_json({quoted(path.name)}, {options}, columns = {_types(cells)})"))


def _texts(batch: pa.RecordBatch) -> Iterator[str]:
    return iter(batch.column(0).to_pylist())


def _longest(batch: pa.RecordBatch) -> int:
    """No row takes more bytes than this, with every quote doubled."""
    texts = [column for column in batch.columns if pa.types.is_string(column.type)]
    longest: int = sum(pc.max(pc.binary_length(text)).as_py() or 0 for text in texts)
    return 40 * int(batch.num_columns) + 2 * longest


def _projection(cells: Sequence[Cell]) -> str:
    return ", ".join(f"{cell.written} AS {_name(cell.name)}" for cell in cells)


def _types(cells: Sequence[Cell]) -> str:
    return "{" + ", ".join(f"{quoted(cell.name)}: {quoted(cell.stored_type)}" for cell in cells) + "}"


def _read_back(cells: Sequence[Cell], reader: str) -> str:
    """The query that gives the rows as they were."""
    restored = ", ".join(f"{cell.restored} AS {_name(cell.name)}" for cell in cells if cell.restored)
    return f"SELECT * REPLACE ({restored}) FROM {reader}" if restored else f"FROM {reader}"


def _name(name: str) -> str:
    """A column's name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'
