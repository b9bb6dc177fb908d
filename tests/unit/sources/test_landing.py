import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from trialhouse.model.document import Receipt
from trialhouse.model.ids import sha256_hex
from trialhouse.sources.landing import DamagedObject, LandingStore

NOON = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)


def receipt(data: bytes, record_id: str = "record", at: datetime.datetime = NOON) -> Receipt:
    return Receipt(
        source="files",
        record_id=record_id,
        locator="/somewhere/record",
        fetched_at=at,
        sha256=sha256_hex(data),
        size_bytes=len(data),
    )


@given(data=st.binary(max_size=2000))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_bytes_come_back_as_received(tmp_path: Path, data: bytes) -> None:
    store = LandingStore(tmp_path)
    store.land(data, receipt(data))
    assert store.read(sha256_hex(data)) == data


def test_the_same_bytes_of_a_record_leave_one_receipt_with_the_first_time(tmp_path: Path) -> None:
    store = LandingStore(tmp_path)
    assert store.land(b"one", receipt(b"one")) is True
    assert store.land(b"one", receipt(b"one", at=NOON + datetime.timedelta(days=1))) is False
    assert [kept.fetched_at for kept in store.current_receipts()] == [NOON]


def test_a_changed_record_keeps_its_older_version_and_may_change_back(tmp_path: Path) -> None:
    store = LandingStore(tmp_path)
    for data in (b"one", b"two", b"one"):
        assert store.land(data, receipt(data)) is True
    last = store.last_receipt("files", "record")
    assert last is not None
    assert last.sha256 == sha256_hex(b"one")
    assert store.read(sha256_hex(b"two")) == b"two"
    assert len(list(tmp_path.glob("receipts/files/*/*.json"))) == 3


def test_a_record_whose_bytes_were_lost_is_landed_again(tmp_path: Path) -> None:
    store = LandingStore(tmp_path)
    store.land(b"one", receipt(b"one"))
    store.object_path(sha256_hex(b"one")).unlink()
    assert store.land(b"one", receipt(b"one")) is True
    assert store.read(sha256_hex(b"one")) == b"one"


@pytest.mark.parametrize("damage", [b"", b"rubbish", None])
def test_a_damaged_object_is_told_with_its_path(tmp_path: Path, damage: bytes | None) -> None:
    store = LandingStore(tmp_path)
    store.land(b"one", receipt(b"one"))
    store.land(b"two", receipt(b"two", "other"))
    path = store.object_path(sha256_hex(b"one"))
    # None stands for the whole and valid bytes of another object under this one's name.
    path.write_bytes(store.object_path(sha256_hex(b"two")).read_bytes() if damage is None else damage)
    with pytest.raises(DamagedObject, match=path.name):
        store.read(sha256_hex(b"one"))


def test_records_with_the_same_bytes_share_one_object(tmp_path: Path) -> None:
    store = LandingStore(tmp_path)
    store.land(b"same", receipt(b"same", "a"))
    store.land(b"same", receipt(b"same", "b"))
    assert len(list(tmp_path.glob("objects/*/*.zst"))) == 1
    assert {kept.record_id for kept in store.current_receipts()} == {"a", "b"}
