"""Columns of values: numbers of which one may be missing."""

import pyarrow as pa
import pytest

from trialhouse.bulk.words import column_of


@pytest.mark.parametrize("values", [[], [3, 1, 999_999_999_999], [None], [1, None, 2], (4, 5)])
def test_a_column_of_numbers_is_what_arrow_makes_of_them(values):
    column = column_of(values, pa.int64())
    column.validate(full=True)
    assert column.equals(pa.array(values, pa.int64()))
