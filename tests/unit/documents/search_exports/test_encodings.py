"""Files in other encodings than UTF-8, in several, and with what no text has."""

import pytest

ROWS = "ID,title\na,Fièvre à Zürich\nb,Øre\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1"])
def test_a_whole_file_in_one_encoding(read, encoding: str) -> None:
    assert [row["title"] for row in read(a_csv=ROWS.encode(encoding)).rows] == ["Fièvre à Zürich", "Øre"]


def test_a_text_that_is_hardly_ascii_is_told_by_its_bytes(read) -> None:
    rows = "ID,title\n" + "".join(f"{number},随机对照试验治疗慢性咳嗽的疗效\n" for number in range(50))
    assert read(a_csv=rows.encode("gb18030")).rows[7]["title"] == "随机对照试验治疗慢性咳嗽的疗效"


def test_one_record_in_another_encoding_is_read_and_told(read) -> None:
    found = read(a_csv=ROWS.encode() + "c,Café\n".encode("latin-1") + "d,Łódź\n".encode())
    assert [row["title"] for row in found.rows] == ["Fièvre à Zürich", "Øre", "Café", "Łódź"]
    assert "line 4 (record 3): it is not UTF-8 and was read as Windows-1252" in found.notes


def test_one_record_of_a_ris_file_in_another_encoding(read) -> None:
    one, other = "TY  - JOUR\nTI  - Fièvre\nER  -\n", "TY  - JOUR\nTI  - Café\nER  -\n"
    found = read(a_ris=one.encode() * 2 + other.encode("cp1252") + one.encode())
    assert [row["title"] for row in found.rows] == ["Fièvre", "Fièvre", "Café", "Fièvre"]
    assert "line 8 (record 3): it is not UTF-8 and was read as Windows-1252" in found.notes


def test_bytes_that_are_nothing_are_marked_and_told(read) -> None:
    found = read(a_csv=b"ID,title\na,\xc3\x89t\xc3\xa9 \xff and a long winter after it\n")
    assert found.rows[0]["title"] == "Été � and a long winter after it"
    assert found.notes[-1] == "line 2 (record 1): bytes that are no UTF-8 stand as �"


def test_nuls_are_left_out_and_told(read) -> None:
    found = read(a_csv=b"ID,title\na,Fe\x00ver in the spring of a long year\nb,Flu\n")
    assert [row["title"] for row in found.rows] == ["Fever in the spring of a long year", "Flu"]
    assert "line 2 (record 1): NUL characters were left out" in found.notes


def test_a_file_that_ends_within_a_character(read) -> None:
    found = read(a_ris="TY  - JOUR\nTI  - Été\nER  -\n".encode() + "TY  - JOUR\nTI  - F\u00e9".encode()[:-1])
    assert found.damaged == [(2, 4, "it breaks off before its ER line: the file was cut")]
    assert "line 5 (record 2): the text ends within a character" in found.notes
