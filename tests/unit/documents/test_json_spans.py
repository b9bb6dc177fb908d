"""The place of every scalar of a JSON text, held against the standard library's reading."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialhouse.text.json_spans import child_path, scalar_spans

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=20,
)


def scalars(value: Any, path: str = "$") -> dict[str, Any]:
    if isinstance(value, dict):
        return {k: v for name, child in value.items() for k, v in scalars(child, child_path(path, name)).items()}
    if isinstance(value, list):
        return {k: v for at, child in enumerate(value) for k, v in scalars(child, child_path(path, at)).items()}
    return {path: value}


@given(VALUES, st.sampled_from([None, 1]), st.booleans())
def test_spans_hold_the_values(value: Any, indent: int | None, ascii_only: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=ascii_only)
    spans = scalar_spans(text)
    expected = scalars(value)
    assert list(spans) == list(expected)
    for path, (start, end) in spans.items():
        written = text[start:end]
        read = json.loads(f'"{written}"' if isinstance(expected[path], str) else written)
        assert read == expected[path]


@pytest.mark.parametrize("text", ["", "{", '{"a"}', '{"a": }', "[1 2]", "[1,", "{1: 2}", "nul"])
def test_what_is_no_json_is_told(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the message names the character
        scalar_spans(text)


def test_depth_is_no_danger() -> None:
    deep = "[" * 5_000 + "7" + "]" * 5_000
    assert list(scalar_spans(deep).values()) == [(5_000, 5_001)]
