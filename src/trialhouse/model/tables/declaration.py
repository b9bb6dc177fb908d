"""How a table is declared: a class of rows, read into the table's name, columns, key and references."""

import datetime
import types
import typing
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

from pydantic.fields import FieldInfo

from trialhouse.model.record import Record

SQL_TYPES: dict[object, str] = {
    str: "VARCHAR",
    int: "BIGINT",
    float: "DOUBLE",
    bool: "BOOLEAN",
    datetime.date: "DATE",
    datetime.datetime: "TIMESTAMP",
    tuple[str, ...]: "VARCHAR[]",
}
"""DuckDB's type for each type of field. Times are UTC and carry no zone."""


class Row(Record):
    """A row of a table. A subclass declares the table by the class variables below and by its fields."""

    SCHEMA: ClassVar[str] = "main"
    NAME: ClassVar[str]
    KEY: ClassVar[tuple[str, ...]] = ()
    REFERENCES: ClassVar[dict[str, str]] = {}
    HAS_HISTORY: ClassVar[bool] = True
    NOT_COMPARED: ClassVar[frozenset[str]] = frozenset()


@dataclass(frozen=True)
class Column:
    """One column: `words` holds the enumeration when the column has one."""

    name: str
    sql_type: str
    nullable: bool
    description: str
    words: tuple[str, ...] = ()


SINCE = Column(
    name="since_release_no",
    sql_type="BIGINT",
    nullable=False,
    description="The number of the release from which on this row was as it is here.",
)
"""The last column of every table of a release. No row class has it: a build learns it from the ledger."""

UNTIL = Column(
    name="until_release_no",
    sql_type="BIGINT",
    nullable=False,
    description="The number of the first release that no longer had this row as it is here.",
)
"""The last column of every table of schema `history`."""


@dataclass(frozen=True)
class Table:
    """One table: `key` names the columns that identify a row, `references` maps a column to `table.column`.

    A view is described by one too, without a key. `has_history` says whether releases keep the rows that ended;
    a row whose `not_compared` columns alone differ is the same version of it.
    """

    schema: str
    name: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    references: tuple[tuple[str, str], ...]
    has_history: bool = False
    not_compared: frozenset[str] = frozenset()

    def __hash__(self) -> int:
        """Of the name alone: tables are looked up thousands of times a release, and some have fifty columns."""
        return hash((self.schema, self.name))

    @property
    def qualified_name(self) -> str:
        """The name as SQL writes it: `trials`, `dq.alerts`."""
        return self.name if self.schema == "main" else f"{self.schema}.{self.name}"

    @property
    def stored_columns(self) -> tuple[Column, ...]:
        """The columns that a release holds: of a table, the last one dates its rows."""
        return (*self.columns, SINCE) if self.key else self.columns

    @property
    def compared(self) -> tuple[Column, ...]:
        """The columns beside the key that make a row another version of itself when they change."""
        return tuple(c for c in self.columns if c.name not in self.key and c.name not in self.not_compared)

    def reference_of(self, column: Column) -> str | None:
        """`table.column` that a column refers to, or None."""
        return dict(self.references).get(column.name)


def table_of(row_class: type[Row]) -> Table:
    """Read the declaration of a table from its class of rows. Raises TypeError for a field that says too little."""
    return Table(
        schema=row_class.SCHEMA,
        name=row_class.NAME,
        description=" ".join((row_class.__doc__ or "").split()),
        columns=tuple(_column(name, field) for name, field in row_class.model_fields.items()),
        key=row_class.KEY,
        references=tuple(row_class.REFERENCES.items()),
        has_history=row_class.HAS_HISTORY,
        not_compared=row_class.NOT_COMPARED,
    )


def _column(name: str, field: FieldInfo) -> Column:
    if not field.description:
        raise TypeError(f"column {name} has no description")
    kind, nullable = _without_none(field.annotation)
    words: tuple[str, ...] = ()
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        words = tuple(member.value for member in kind)
        kind = str
    if kind not in SQL_TYPES:
        raise TypeError(f"column {name} has no SQL type: {kind!r}")
    return Column(name, SQL_TYPES[kind], nullable, field.description, words)


def _without_none(annotation: Any) -> tuple[Any, bool]:
    """The type of an optional field and whether it may be null."""
    if isinstance(annotation, types.UnionType) or typing.get_origin(annotation) is typing.Union:
        kinds = [kind for kind in typing.get_args(annotation) if kind is not type(None)]
        if len(kinds) != 1:
            raise TypeError(f"a column has one type, not {annotation!r}")
        return kinds[0], True
    return annotation, False
