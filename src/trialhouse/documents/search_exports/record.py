"""What one record of a search export says, before all files are read and each record has its id."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from trialhouse.model.citation import Citation

FIELDS = tuple(name for name in Citation.model_fields if name != "record_id")
"""What a record may say, in the order of a citation."""

Value = str | int | list[str] | None


@dataclass(slots=True)
class ExportRecord:
    """One record of a file: `number` counts the file's records from 1, `line` is where it begins.

    `key` is the id that it gives itself, `said` its values by the names of FIELDS. `problem` says why it could not be
    wholly read: then it is compared with nothing, and stands alone with that reason.
    """

    number: int
    line: int
    key: str | None
    said: dict[str, Value] = field(default_factory=dict)
    problem: str | None = None


@dataclass(slots=True)
class Batch:
    """Some whole records of a file, a column a field: the same as as many records, in a tenth of the objects.

    A field that is no key of `columns` is said by none of them.
    """

    numbers: list[int]
    lines: list[int]
    keys: list[str | None]
    columns: dict[str, Sequence[Value]]


def batch_of(records: list[ExportRecord]) -> Batch:
    """Records, none of them damaged, as a batch."""
    said = [name for name in FIELDS if any(one.said.get(name) for one in records)]
    return Batch(
        [one.number for one in records],
        [one.line for one in records],
        [one.key for one in records],
        {name: [one.said.get(name) or None for one in records] for name in said},
    )


def record_of(batch: Batch, problem: str | None) -> ExportRecord:
    """The one record of a batch, with what is wrong with it."""
    said = {name: values[0] for name, values in batch.columns.items()}
    return ExportRecord(batch.numbers[0], batch.lines[0], batch.keys[0], said, problem)
