"""A row that cannot be read costs itself alone, and is told with its line."""

import pytest

HEADER = "ID,title,year\n"


@pytest.mark.parametrize(
    ("rows", "kept", "damaged"),
    [
        ('a,"Open,2026\nb,"Flu",2026\nc,Cough,2026\n', ["b", "c"], [(1, 2, "its quotes do not fit")]),
        (
            'a,Fever,2026\nb,"never closed,2026\nc,Cough,2026\nd,Cold,2026\n',
            ["a", "c", "d"],
            [(2, 3, "a quote opens in it and is never closed")],
        ),
        ('"a","Fever","2026"\n"b","Flu\n"c","Cough","2026"\n', ["a", "c"], [(2, 3, "its quotes do not fit")]),
        ('a,"The "best" one",2026\nb,Flu,2026\n', ["b"], [(1, 2, "its quotes do not fit")]),
        (
            "a,Fever, and flu,2026\nb,Flu,2026\n",
            ["b"],
            [(1, 2, "it has 4 cells where the header has 3: a separator stands in a field without quotes")],
        ),
        ("a,Fever,2026\nb,Fl", ["a"], [(2, 3, "it breaks off after 2 of 3 cells: the file was cut")]),
        ('a,Fever,2026\nb,"Fl', ["a"], [(2, 3, "a quote opens in it and is never closed")]),
    ],
)
def test_a_row_that_does_not_fit(read, rows: str, kept: list[str], damaged: list[tuple[int, int, str]]) -> None:
    found = read(a_csv=HEADER + rows)
    assert found.ids == kept
    assert found.damaged == damaged


def test_a_damaged_row_keeps_its_id_and_what_could_be_read(read) -> None:
    (one,) = read(a_csv=HEADER + "a,Fever, and flu,2026\n").exports.damaged
    assert (one.record_id, one.file, one.said["title"]) == ("a", "a.csv", "Fever")


def test_lines_are_those_of_the_file(read) -> None:
    rows = "".join(f'{number},"Fever\nin two lines",2026\n\n' for number in range(3000))
    found = read(a_csv=HEADER + rows + "x,one,2,many\n" + rows.replace(",", "b,", 1) + "y,one,2,many\n")
    assert [line for _, line, _ in found.damaged] == [9002, 18003]
    assert len(found.ids) + 2 == 6002


def test_many_open_quotes_take_no_longer_than_their_text(read) -> None:
    found = read(a_csv=HEADER + 'x,"open,2026\ny,Flu,2026\n' * 5_000)
    assert len(found.damaged) == 5_000
    assert len(found.ids) == 5_000


def test_empty_rows_are_left_out_and_counted(read) -> None:
    found = read(a_csv="title,year\nFever,2026\n,\n , \nFlu,2026\n")
    assert [row["title"] for row in found.rows] == ["Fever", "Flu"]
    assert "2 records without any content left out" in found.notes


def test_a_record_without_a_title_stays(read) -> None:
    found = read(a_csv=HEADER + "a,,\nb,Flu,2026\n")
    assert found.ids == ["a", "b"]
    assert "1 record without a title" in found.notes
