from pathlib import Path

import pytest

from trialhouse.model.document import UnreadableDocument
from trialhouse.sources.local_files import LocalFile, find_corpus, find_files, read_bytes


def test_folders_are_walked_and_files_named_twice_are_one(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    for name in ("a/page.txt", "b/page.txt", "b/.hidden"):
        (tmp_path / name).write_text(name)
    found = find_files([tmp_path, tmp_path / "a" / "page.txt"])
    assert [file.path.relative_to(tmp_path).as_posix() for file in found] == ["a/page.txt", "b/page.txt"]
    assert len({file.record_id for file in found}) == 2


def test_a_path_that_is_not_there_is_an_error_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"nowhere\.txt"):
        find_files([tmp_path / "nowhere.txt"])


def test_a_file_over_the_limit_is_refused_unread_and_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    path.write_bytes(b"x" * 101)
    with pytest.raises(UnreadableDocument, match="max_document_megabytes") as error:
        read_bytes(LocalFile(record_id="large.txt", path=path), 100)
    assert error.value.reason == "too_large"
    assert read_bytes(LocalFile(record_id="large.txt", path=path), 101) == b"x" * 101


def test_a_file_that_vanished_is_accounted_for(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument) as error:
        read_bytes(LocalFile(record_id="gone.txt", path=tmp_path / "gone.txt"), 100)
    assert error.value.reason == "not_readable"


def test_the_corpus_holds_documents_and_not_what_is_expected_of_them(corpus: Path) -> None:
    names = [file.record_id for file in find_corpus(corpus)]
    assert len(names) >= 8
    assert not [name for name in names if name.endswith(".expected.json") or name == "README.md"]
