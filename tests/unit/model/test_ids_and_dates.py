import base64
import datetime
import hashlib
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialhouse.model.dates import first_day, precision_of
from trialhouse.model.evidence import Evidence
from trialhouse.model.ids import stable_id

PARTS = st.lists(st.one_of(st.none(), st.text(max_size=5), st.integers()), min_size=1, max_size=4)


@given(PARTS)
def test_an_id_is_a_prefix_and_sixteen_letters_and_digits(parts: list[object]) -> None:
    assert re.fullmatch(r"arm-[a-z2-7]{16}", stable_id("arm", *parts))


@given(PARTS, PARTS)
def test_ids_are_equal_only_for_equal_keys(one: list[object], other: list[object]) -> None:
    same = [None if part is None else str(part) for part in one] == [
        None if part is None else str(part) for part in other
    ]
    assert (stable_id("arm", *one) == stable_id("arm", *other)) is same


@given(PARTS)
def test_an_id_is_made_of_the_hash_of_a_json_list(parts: list[object]) -> None:
    written = json.dumps([None if part is None else str(part) for part in parts], ensure_ascii=False)
    digest = hashlib.sha256(written.encode("utf-8", "surrogatepass")).digest()
    assert stable_id("arm", *parts) == f"arm-{base64.b32encode(digest).decode().lower()[:16]}"


def test_where_one_part_ends_matters() -> None:
    assert len({stable_id("x", "ab", "c"), stable_id("x", "a", "bc"), stable_id("x", "abc"), stable_id("x", None)}) == 4


@given(st.dates())
def test_a_date_is_as_precise_as_it_was_written(day: datetime.date) -> None:
    iso = day.isoformat()
    assert [precision_of(iso[:length]) for length in (4, 7, 10)] == ["year", "month", "day"]
    assert first_day(iso) == day
    assert first_day(iso[:7]) == day.replace(day=1)
    assert first_day(iso[:4]) == day.replace(day=1, month=1)


@pytest.mark.parametrize("text", ["", "21", "2021-1", "2021-13", "2021-02-30", "May 2021", "2021-05-29T00:00"])
def test_what_is_no_date_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        first_day(text)


@given(st.text(min_size=1), st.data())
def test_evidence_is_cut_out_of_its_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    evidence = Evidence.of(text, start, end)
    assert evidence.quote == text[start:end]
    assert evidence.holds_in(text)
    assert not evidence.holds_in("\0" + text.replace("\0", " ")) or text[start:end] == ("\0" + text)[start:end]
