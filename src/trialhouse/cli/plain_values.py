"""DuckDB's columns and values as JSON and CSV can carry them."""

import json
import math
from collections.abc import Sequence
from decimal import Decimal
from typing import Any


def unique_names(names: Sequence[str]) -> list[str]:
    """Column names, each once: a second `x` is `x_1`, or the next number that no other column has."""
    taken = set(names)
    unique: list[str] = []
    for name in names:
        new, number = name, 0
        while new in unique or (number and new in taken):
            number += 1
            new = f"{name}_{number}"
        unique.append(new)
    return unique


def json_value(value: Any) -> Any:
    """A value as JSON has it: bytes as hexadecimal text, NaN and the infinities as null, times and ids as text.

    A decimal is a number as long as a number holds all its digits, else text.
    """
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Decimal):
        return float(value) if Decimal(repr(float(value))) == value else str(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    if isinstance(value, dict):
        return {str(key): json_value(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [json_value(inner) for inner in value]
    return value if isinstance(value, str | int | None) else str(value)


def csv_value(value: Any) -> Any:
    """A value as a cell: lists and structures are JSON, bytes hexadecimal text, null an empty cell."""
    if isinstance(value, list | tuple | dict):
        return json.dumps(json_value(value), ensure_ascii=False, allow_nan=False)
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value).hex()
    return value
