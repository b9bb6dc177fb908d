"""Reading checks from their files."""

import pytest

from trialhouse.model.enums import Severity
from trialhouse.quality.checks import load_checks

HEADER = """\
-- severity: warn
-- message: An arm has no label,
--   so nobody can name it.
-- action: Read the document.
-- owner: extraction
"""
QUERY = "\nSELECT arm_id AS row_id, 'No label.' AS message FROM arms WHERE label = '';\n"


@pytest.fixture
def write(tmp_path):
    def write_file(name, text):
        path = tmp_path / f"{name}.sql"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return tmp_path

    return write_file


def test_a_check_is_named_by_its_folder_and_file(write):
    (check,) = load_checks(write("arms/has_label", HEADER + QUERY))
    assert (check.check_id, check.table_name, check.severity) == ("arms/has_label", "arms", Severity.WARN)
    assert check.message == "An arm has no label, so nobody can name it."
    assert not check.needs_last
    assert not check.sql.endswith(";")
    assert check.row().sql == check.sql


def test_a_check_may_need_the_last_release(write):
    (check,) = load_checks(write("arms/lost", HEADER + "-- needs: last\n" + QUERY))
    assert check.needs_last


def test_a_check_that_uses_a_macro_is_shown_with_the_macros(write):
    write("_macros", "CREATE OR REPLACE TEMP MACRO twice(x) AS 2 * x;\n")
    write("arms/plain", HEADER + QUERY)
    plain, using = load_checks(write("arms/using", HEADER + "\nSELECT 'Bad.' AS message FROM arms WHERE twice(2) = 5"))
    assert plain.macros == ""
    assert using.row().sql.startswith("CREATE OR REPLACE TEMP MACRO twice")
    assert using.row().sql.endswith("twice(2) = 5")


@pytest.mark.parametrize("missing", ["severity", "message", "action", "owner"])
def test_a_header_that_lacks_a_line_is_an_error_that_names_the_file(missing, write):
    lines = [line for line in HEADER.replace(",\n--   so", ", so").splitlines() if not line.startswith(f"-- {missing}")]
    folder = write("arms/has_label", "\n".join(lines) + "\n" + QUERY)
    with pytest.raises(ValueError, match=rf"arms/has_label\.sql.*{missing}"):
        load_checks(folder)


@pytest.mark.parametrize(
    ("name", "header", "what"),
    [
        ("arms/has_label", HEADER.replace("warn", "fatal"), "severity 'fatal'"),
        ("arms/has_label", HEADER + "-- needs: luck\n", "not 'luck'"),
        ("people/has_label", HEADER, "'people' is no table"),
        ("has_label", HEADER, "'' is no table"),
    ],
)
def test_a_header_or_place_that_means_nothing_is_an_error_that_names_the_file(name, header, what, write):
    folder = write(name, header + QUERY)
    with pytest.raises(ValueError, match=rf"{name}\.sql.*{what}"):
        load_checks(folder)
