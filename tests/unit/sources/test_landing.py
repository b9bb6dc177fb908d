import datetime
import shutil
import subprocess
import sys
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from trialhouse.model.document import Receipt
from trialhouse.model.ids import sha256_hex
from trialhouse.sources.landing import DamagedObject, LandingStore
from trialhouse.sources.landing_index import DamagedReceipts, LandingIndex

CHECKOUT = Path(__file__).parents[3]
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


def land(store: LandingStore, data: bytes, one: Receipt) -> bool:
    return store.land_batch([(data, one)])[0]


@given(data=st.binary(max_size=2000))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
def test_bytes_come_back_as_received(tmp_path: Path, data: bytes) -> None:
    store = LandingStore(tmp_path)
    land(store, data, receipt(data))
    assert store.read(sha256_hex(data)) == data


def test_what_landed_last_is_at_hand_and_nothing_else_is(tmp_path: Path) -> None:
    store = LandingStore(tmp_path)
    store.land_batch([(data, receipt(data, data.decode())) for data in (b"one", b"two")])
    assert [store.at_hand(sha256_hex(data)) for data in (b"one", b"two", b"three")] == [b"one", b"two", None]
    store.land_batch([(b"two", receipt(b"two", "two")), (b"three", receipt(b"three", "three"))])
    assert [store.at_hand(sha256_hex(data)) for data in (b"one", b"two", b"three")] == [None, None, b"three"]
    assert [store.read(sha256_hex(data)) for data in (b"one", b"two", b"three")] == [b"one", b"two", b"three"]


def test_the_same_bytes_of_a_record_leave_one_receipt_with_the_first_time(tmp_path: Path) -> None:
    store = LandingStore(tmp_path)
    assert land(store, b"one", receipt(b"one")) is True
    assert land(store, b"one", receipt(b"one", at=NOON + datetime.timedelta(days=1))) is False
    assert [kept.fetched_at for kept in store.current_receipts()] == [NOON]


def test_a_record_that_two_threads_land_at_once_is_new_to_one_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two slices of one run may list the same record, and the tasks of the run take them side by side."""
    told: list[bool] = []
    other = threading.Thread(target=lambda: told.append(land(LandingStore(tmp_path), b"one", receipt(b"one"))))
    write = LandingStore._write

    def write_while_the_other_comes(
        store: LandingStore, source: str, records: Sequence[tuple[bytes, Receipt]], index: LandingIndex
    ) -> None:
        if other.ident is None:
            other.start()
            other.join(0.2)  # it ends meanwhile where nothing makes it wait
        write(store, source, records, index)

    monkeypatch.setattr(LandingStore, "_write", write_while_the_other_comes)
    told.append(land(LandingStore(tmp_path), b"one", receipt(b"one")))
    other.join()
    assert sorted(told) == [False, True]
    assert len(LandingStore(tmp_path).versions("files", "record")) == 1


def test_a_changed_record_keeps_its_older_version_and_may_change_back(tmp_path: Path) -> None:
    store = LandingStore(tmp_path)
    for data in (b"one", b"two", b"one"):
        assert land(store, data, receipt(data)) is True
    last = store.last_receipt("files", "record")
    assert last is not None
    assert last.sha256 == sha256_hex(b"one")
    assert store.read(sha256_hex(b"two")) == b"two"
    assert [kept.sha256 for kept in store.versions("files", "record")] == [
        sha256_hex(d) for d in (b"one", b"two", b"one")
    ]


def test_a_record_whose_bytes_were_lost_is_landed_again(tmp_path: Path) -> None:
    store = LandingStore(tmp_path)
    land(store, b"one", receipt(b"one"))
    store.path_of(sha256_hex(b"one")).unlink()
    assert land(store, b"one", receipt(b"one")) is True
    assert store.read(sha256_hex(b"one")) == b"one"


def test_a_record_with_any_changed_byte_is_landed_again_under_its_first_receipt(tmp_path: Path) -> None:
    store, data = LandingStore(tmp_path), b"a trial, twice a trial" * 3
    store.land_batch([(data, receipt(data)), (b"two", receipt(b"two", "other"))])
    path = store.path_of(sha256_hex(data))
    whole = path.read_bytes()
    first = store.last_receipt("files", "record")
    changed = whole.index(data[:5])
    path.write_bytes(whole[:changed] + b"?" + whole[changed + 1 :])
    assert store.last_whole_receipt("files", "record") is None
    again = [(data, receipt(data, at=NOON + datetime.timedelta(days=1))), (b"two", receipt(b"two", "other"))]
    assert store.land_batch(again) == [True, False]
    assert store.read(sha256_hex(data)) == data
    assert store.last_whole_receipt("files", "record") == first
    assert store.land_batch(again) == [False, False]


def test_whichever_byte_of_a_pack_changes_its_records_can_be_had_again(tmp_path: Path) -> None:
    store = LandingStore(tmp_path)
    land(store, b"one", receipt(b"one"))
    path = store.path_of(sha256_hex(b"one"))
    whole = path.read_bytes()
    lost = 0
    for place in range(len(whole)):
        for changed in (whole[place] ^ 1, 255 - whole[place]):
            path.write_bytes(whole[:place] + bytes([changed]) + whole[place + 1 :])
            lost += land(store, b"one", receipt(b"one"))
            assert store.read(sha256_hex(b"one")) == b"one"
    assert lost > len(whole)


@pytest.mark.parametrize("damage", [b"", b"rubbish", None])
def test_a_damaged_object_is_told_with_its_path(tmp_path: Path, damage: bytes | None) -> None:
    store = LandingStore(tmp_path)
    land(store, b"one", receipt(b"one"))
    land(store, b"two", receipt(b"two", "other"))
    path = store.path_of(sha256_hex(b"one"))
    # None stands for the whole and valid bytes of another pack under this one's name.
    path.write_bytes(store.path_of(sha256_hex(b"two")).read_bytes() if damage is None else damage)
    with pytest.raises(DamagedObject, match=path.name):
        store.read(sha256_hex(b"one"))


def test_records_with_the_same_bytes_share_one_object(tmp_path: Path) -> None:
    store = LandingStore(tmp_path)
    land(store, b"same", receipt(b"same", "a"))
    land(store, b"same", receipt(b"same", "b"))
    assert len(list(tmp_path.glob("packs/*/*.pack"))) == 1
    assert {kept.record_id for kept in store.current_receipts()} == {"a", "b"}


def test_records_that_came_together_are_one_pack_and_are_told_apart(tmp_path: Path) -> None:
    store = LandingStore(tmp_path)
    land(store, b"old", receipt(b"old", "a"))
    batch = [
        (data, receipt(data, name)) for name, data in [("a", b"old"), ("b", b"new"), ("c", b"new"), ("b", b"newer")]
    ]
    assert store.land_batch(batch) == [False, True, True, True]
    assert len(list(tmp_path.glob("packs/*/*.pack"))) == 2
    assert [(kept.record_id, store.read(kept.sha256)) for kept in store.current_receipts()] == [
        ("a", b"old"),
        ("b", b"newer"),
        ("c", b"new"),
    ]


def test_another_process_sees_what_was_landed_and_numbers_never_collide(tmp_path: Path) -> None:
    program = (
        "import sys, datetime, pathlib\n"
        "from tests.unit.sources.test_landing import receipt\n"
        "from trialhouse.sources.landing import LandingStore\n"
        "store = LandingStore(pathlib.Path(sys.argv[1]))\n"
        "for number in range(20):\n"
        "    data = f'{sys.argv[2]} {number}'.encode()\n"
        "    store.land_batch([(data, receipt(data, data.decode()))])\n"
    )
    store = LandingStore(tmp_path)
    land(store, b"first", receipt(b"first", "first"))
    children = [
        subprocess.Popen([sys.executable, "-c", program, str(tmp_path), name], cwd=CHECKOUT) for name in ("x", "y")
    ]
    assert [child.wait() for child in children] == [0, 0]
    landed = {kept.record_id: store.read(kept.sha256).decode() for kept in store.current_receipts()}
    assert landed.pop("first") == "first"
    assert landed == {f"{name} {number}": f"{name} {number}" for name in "xy" for number in range(20)}


def test_a_folder_made_anew_is_read_anew(tmp_path: Path) -> None:
    store = LandingStore(tmp_path / "landing")
    land(store, b"one", receipt(b"one"))
    shutil.rmtree(tmp_path / "landing")
    assert list(store.current_receipts()) == []
    assert land(store, b"one", receipt(b"one")) is True


def test_half_a_character_in_a_receipt_is_replaced(tmp_path: Path) -> None:
    store = LandingStore(tmp_path)
    land(store, b"one", receipt(b"one", "other"))
    written = (tmp_path / "receipts" / "files" / "00000001.jsonl").read_bytes()
    (tmp_path / "receipts" / "files" / "00000002.jsonl").write_bytes(written.replace(b'"other"', rb'"a\ud800b"'))
    assert [kept.record_id for kept in store.current_receipts()] == ["a\ufffdb", "other"]


def test_a_damaged_file_of_receipts_is_told_with_its_line(tmp_path: Path) -> None:
    store = LandingStore(tmp_path)
    land(store, b"one", receipt(b"one"))
    (tmp_path / "receipts" / "files" / "00000002.jsonl").write_bytes(b"{}\n")
    with pytest.raises(DamagedReceipts, match=r"00000002\.jsonl, line 1"):
        list(store.current_receipts())
