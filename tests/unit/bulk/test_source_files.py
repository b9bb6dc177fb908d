import gzip
from pathlib import Path

import pytest

from tests.unit.bulk.pubmed_files import record, write_file
from trialhouse.bulk import source_files
from trialhouse.bulk.source_files import DamagedFile, find_source_files, read_source_file, source_file


def names(*paths: Path) -> list[str]:
    return [file.name for file in find_source_files(paths)]


def test_files_count_in_the_order_of_their_numbers_and_years_wherever_they_lie(tmp_path):
    for name in ("b/pubmed26n0002.xml.gz", "a/pubmed26n1335.xml.gz", "c/pubmed25n1400.xml.gz", "b/mine.xml"):
        write_file((tmp_path / name).parent, Path(name).name, [], md5=True)
    (tmp_path / "b" / ".pubmed26n0001.xml.gz").touch()
    (tmp_path / "b" / "README.txt").touch()
    expected = ["mine.xml", "pubmed25n1400.xml.gz", "pubmed26n0002.xml.gz", "pubmed26n1335.xml.gz"]
    assert names(tmp_path) == expected
    assert names(tmp_path / "c", tmp_path / "b", tmp_path, tmp_path / "a" / "pubmed26n1335.xml.gz") == expected


def test_a_path_that_is_not_there_is_told(tmp_path):
    with pytest.raises(FileNotFoundError, match="nothing-here"):
        find_source_files([tmp_path / "nothing-here"])


def test_where_there_is_no_file_it_is_told(tmp_path):
    (tmp_path / "pubmed26n0001.xml.gz.md5").touch()
    for path in (tmp_path, tmp_path / "pubmed26n0001.xml.gz.md5"):
        with pytest.raises(FileNotFoundError, match=r"there is no \.xml\.gz or \.xml in .*"):
            find_source_files([path])


def test_a_file_that_unpacks_to_more_than_any_of_pubmed_is_damaged(tmp_path, monkeypatch):
    monkeypatch.setattr(source_files, "LARGEST", 1 << 20)
    path = tmp_path / "spaces.xml.gz"
    path.write_bytes(gzip.compress(b" " * (1 << 20)))
    assert len(whole(path)) == 1 << 20
    path.write_bytes(gzip.compress(b" " * (1 << 20) + b"!"))
    with pytest.raises(DamagedFile, match="unpacks to more than") as told:
        whole(path)
    assert told.value.reason == "too_large"


def test_the_md5_beside_a_file_is_compared(tmp_path):
    path = write_file(tmp_path, "pubmed26n0001.xml.gz", [record(1)], md5=True)
    assert read_source_file(source_file(path)).is_md5_checked
    path.write_bytes(gzip.compress(b"other"))
    with pytest.raises(DamagedFile, match="get both again") as told:
        read_source_file(source_file(path))
    assert told.value.reason == "wrong_md5"
    Path(f"{path}.md5").write_text("nothing")
    with pytest.raises(DamagedFile, match="holds no MD5"):
        read_source_file(source_file(path))


def whole(path: Path) -> bytes:
    return b"".join(read_source_file(source_file(path)).chunks())


def test_a_packed_file_is_unpacked_with_all_its_members(tmp_path):
    path = tmp_path / "two.xml.gz"
    path.write_bytes(gzip.compress(b"one ") + gzip.compress(b"two") + b"\0\0")
    assert whole(path) == b"one two"


def test_members_may_begin_anywhere_in_what_is_read_at_a_time(tmp_path, monkeypatch):
    path = tmp_path / "many.xml.gz"
    path.write_bytes(b"".join(gzip.compress(b"%d " % number) for number in range(9)) + b"\0" * 40)
    for size in range(2, 30):
        monkeypatch.setattr(source_files, "_PIECE", size)
        assert whole(path) == b"0 1 2 3 4 5 6 7 8 "


def test_a_file_that_is_another_one_when_it_is_read_is_damaged(tmp_path):
    path = tmp_path / "changed.xml"
    path.write_bytes(b"one")
    checked = read_source_file(source_file(path))
    path.write_bytes(b"two")
    with pytest.raises(DamagedFile, match="was changed while it was read"):
        b"".join(checked.chunks())


@pytest.mark.parametrize("cut", [2, 12, 40, -9, -1])
def test_an_archive_that_is_cut_anywhere_is_damaged(tmp_path, cut):
    path = tmp_path / "cut.xml.gz"
    path.write_bytes(gzip.compress(bytes(range(256)) * 20)[:cut])
    with pytest.raises(DamagedFile, match="no whole gzip archive") as told:
        whole(path)
    assert told.value.reason == "truncated"


def test_an_archive_with_a_changed_byte_or_something_behind_it_is_damaged(tmp_path):
    packed = bytearray(gzip.compress(bytes(range(256)) * 20))
    packed[-6] ^= 1
    path = tmp_path / "changed.xml.gz"
    for data in (bytes(packed), gzip.compress(b"whole") + b"more"):
        path.write_bytes(data)
        with pytest.raises(DamagedFile):
            whole(path)
