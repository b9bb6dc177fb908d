"""Several files: their ids, and files that are no exports."""

import os
import pathlib

import pytest

from trialhouse.documents.search_exports import read_exports
from trialhouse.documents.search_exports.naming import file_names

A = "ID,title\n1,Fever\n2,Flu\n3,Cough\n"
B = "ID,title\n3,Cold\n4,Rash\n,Pain\n"


def test_an_id_is_kept_where_no_other_record_has_it(read) -> None:
    found = read(a_csv=A, b_csv=B)
    assert found.ids == ["1", "2", "a.csv:3", "b.csv:1", "4", "b.csv:3"]
    assert "1 record with an id that another record has, too: named a.csv:NUMBER" in found.notes
    assert "1 record without an id of its own: named b.csv:NUMBER" in found.notes


def test_the_order_of_files_changes_no_id(read) -> None:
    assert sorted(read(a_csv=A, b_csv=B).ids) == sorted(read(b_csv=B, a_csv=A).ids)


def test_an_id_that_comes_twice_in_a_file_is_nobodys(read) -> None:
    assert read(a_csv="ID,title\n1,Fever\n1,Flu\n2,Cough\n").ids == ["a.csv:1", "a.csv:2", "2"]


def test_a_made_id_is_never_one_that_a_record_has(read) -> None:
    assert read(a_csv="ID,title\na.csv:2,Fever\n,Flu\n").ids == ["a.csv:2", "a.csv:2'"]


def test_damaged_records_have_ids_of_the_same_kind(read) -> None:
    found = read(a_csv="ID,title\n1,Fever\n1,Flu,x\n")
    assert found.ids == ["a.csv:1"]
    assert [one.record_id for one in found.exports.damaged] == ["a.csv:2"]


def test_a_file_given_twice_is_read_once(read, tmp_path: pathlib.Path) -> None:
    read(a_csv=A)
    exports = read_exports([tmp_path / "a.csv", tmp_path / ".." / tmp_path.name / "a.csv"])
    assert exports.table.num_rows == 3
    assert "given twice: read once" in exports.files[0].notes


def test_files_of_one_name_are_told_by_their_folders() -> None:
    paths = [pathlib.Path(name) for name in ("x/a.csv", "y/a.csv", "y/b.csv")]
    assert file_names(paths) == ["x/a.csv", "y/a.csv", "b.csv"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "holds no text"),
        (b" \n\n", "holds no text"),
        (b"\x89PNG\r\n", "a PNG picture"),
        (b"PK\x03\x04rest", "a ZIP archive"),
        (b"A letter to nobody, which names no column.\n", "is no export that is read here"),
        (b"<html><body>A page</body></html>", "is no export that is read here"),
        (b'{"id": 1}', "is no export that is read here"),
        (b"\x00" * 500, "holds no text"),
    ],
)
def test_a_file_of_another_kind_is_told_and_the_rest_goes_on(read, content: bytes, words: str) -> None:
    found = read(odd_csv=content, a_csv=A)
    assert found.ids == ["1", "2", "3"]
    assert found.problems[1] is None
    assert found.problems[0] is not None
    assert "odd.csv" in found.problems[0]
    assert words in found.problems[0]


def test_what_is_no_file_is_told_and_not_waited_for(tmp_path: pathlib.Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "folder").mkdir()
    problems = [file.problem for file in read_exports([tmp_path / "pipe.csv", tmp_path / "folder"]).files]
    assert problems == [
        "pipe.csv is a pipe or device: save it as a file, and name that.",
        "folder is a folder: name the files in it.",
    ]


def test_progress_is_told_as_characters(read, tmp_path: pathlib.Path) -> None:
    read(a_csv=A)
    told: list[int] = []
    read_exports([tmp_path / "a.csv"], told.append)
    assert sum(told) == len(A)
