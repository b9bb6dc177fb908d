"""Records that take less memory: those of one class share one set of the names of their fields.

Pydantic gives every record a set of the names that it was made with, some hundred bytes each, and more than half of
what a document takes that was read back from JSON. Whether a field was given or has its default tells nothing of a
document, a claim or a row; of a configuration it does, so that is left as it is.
"""

from typing import Any

from pydantic import BaseModel

from trialhouse.model.record import Record

_set_given = BaseModel.__dict__["__pydantic_fields_set__"].__set__

_SINGLE = frozenset({str, int, float, bool, type(None)})
"""Types of values that hold no others: most values are of these."""


def share_names(record: Record) -> None:
    """Let a record share the names of its fields with all of its class. It stays equal to what it was."""
    _set_given(record, record.every_field)


def share_all_names(value: Any) -> None:
    """The same for all records within a value: a record, or a tuple, list or dict of values."""
    if isinstance(value, Record):
        share_names(value)
        inner: Any = value.__dict__.values()
    elif isinstance(value, dict):
        inner = value.values()
    elif isinstance(value, tuple | list):
        inner = value
    else:
        return
    for one in inner:
        if type(one) not in _SINGLE:
            share_all_names(one)
