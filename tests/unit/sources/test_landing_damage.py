"""What is said of packs of landed records that a disk, or somebody, has changed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.unit.sources.test_landing import receipt
from trialhouse.model.ids import sha256_hex
from trialhouse.sources.landing import LandingStore
from trialhouse.sources.landing_damage import PackDamage, damaged_packs, packs_of_other_sizes
from trialhouse.sources.landing_index import DamagedReceipts


@pytest.fixture
def store(tmp_path: Path) -> LandingStore:
    """Two packs: of records a and b, and of c."""
    landing = LandingStore(tmp_path)
    landing.land_batch([(b"one", receipt(b"one", "a")), (b"two", receipt(b"two", "b"))])
    landing.land_batch([(b"three", receipt(b"three", "c"))])
    return landing


def found(store: LandingStore) -> list[PackDamage]:
    return list(damaged_packs(store.folder, lambda done, total: None))


def changed(path: Path, old: bytes, new: bytes) -> Path:
    path.write_bytes(path.read_bytes().replace(old, new))
    return path


def test_a_whole_store_has_no_damage_and_every_pack_is_counted(store: LandingStore) -> None:
    steps: list[tuple[int, int]] = []
    assert list(damaged_packs(store.folder, lambda done, total: steps.append((done, total)))) == []
    assert steps == [(0, 2), (1, 2), (2, 2)]
    assert packs_of_other_sizes(store.folder) == (2, [])


def test_one_changed_byte_names_the_pack_and_only_the_record_that_it_changed(store: LandingStore) -> None:
    path = changed(store.path_of(sha256_hex(b"two")), b"two", b"twx")
    assert found(store) == [PackDamage(path, "is not what was written", ("files b",))]
    # The sizes are as they were: only reading tells.
    assert packs_of_other_sizes(store.folder) == (2, [])


@pytest.mark.parametrize(
    ("damage", "says"),
    [(Path.unlink, "is missing"), (lambda path: path.write_bytes(path.read_bytes()[:-1]), "is not what was written")],
)
def test_a_pack_that_is_missing_or_cut_shows_in_sizes_too(
    store: LandingStore, damage: Callable[[Path], object], says: str
) -> None:
    path = store.path_of(sha256_hex(b"three"))
    damage(path)
    assert found(store) == [PackDamage(path, says, ("files c",))]
    assert packs_of_other_sizes(store.folder) == (2, [path])


def test_what_was_landed_again_is_not_lost(store: LandingStore) -> None:
    path = changed(store.path_of(sha256_hex(b"two")), b"two", b"twx")
    store.land_batch([(b"two", receipt(b"two", "b"))])
    assert found(store) == [PackDamage(path, "is not what was written", ())]
    # Even without the old pack, for its other record only.
    path.unlink()
    assert [damage.lost for damage in found(store)] == [("files a",)]


def test_a_record_that_changed_since_is_said_to_be_an_older_version(store: LandingStore) -> None:
    path = store.path_of(sha256_hex(b"three"))
    store.land_batch([(b"four", receipt(b"four", "c"))])
    path.unlink()
    assert found(store) == [PackDamage(path, "is missing", ("files c (an older version)",))]


def test_receipts_that_were_damaged_since_this_process_read_them_are_told(store: LandingStore) -> None:
    assert store.last_receipt("files", "a") is not None
    (store.folder / "receipts" / "files" / "00000001.jsonl").write_bytes(b"rubbish\n")
    for look in (found, lambda _: packs_of_other_sizes(store.folder)):
        with pytest.raises(DamagedReceipts, match=r"00000001\.jsonl, line 1"):
            look(store)


def test_a_store_that_is_not_there_yet_has_no_packs(tmp_path: Path) -> None:
    assert found(LandingStore(tmp_path / "landing")) == []
