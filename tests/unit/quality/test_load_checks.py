"""Reading checks from their files."""

import pytest

from trialhouse.model.check_config import CheckConfig
from trialhouse.model.enums import Severity
from trialhouse.quality.checks import load_checks
from trialhouse.quality.thresholds import UnusableCheckConfig

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


BAD = "\nSELECT arm_id AS row_id, 'Bad.' AS message FROM arms WHERE n_analyzed > "
AN_ERROR = HEADER.replace("warn", "error")


def test_thresholds_stand_in_the_query_with_their_names(write):
    write("_macros", "CREATE OR REPLACE TEMP MACRO near(x) AS abs(x) < threshold('near_by');\n")
    folder = write("arms/many", HEADER + BAD + "threshold('most_people') AND near(n_analyzed)")
    (check,) = load_checks(folder, CheckConfig(thresholds={"most_people": 100, "near_by": 0.25}))
    assert check.sql.endswith("n_analyzed > 100 /* most_people */ AND near(n_analyzed)")
    assert check.macros.endswith("abs(x) < 0.25 /* near_by */;")
    (check,) = load_checks(folder, CheckConfig(thresholds={"most_people": -1e-9, "near_by": 1}))
    assert "> (-1e-09) /* most_people */" in check.sql


@pytest.mark.parametrize(
    ("thresholds", "what"),
    [
        ({}, r"arms/many\.sql: .* has no most_people"),
        ({"most_people": 3, "most_peopel": 4}, "no check uses the threshold 'most_peopel'.*There are: most_people"),
    ],
)
def test_a_threshold_without_a_number_or_a_check_is_told(thresholds, what, write):
    folder = write("arms/many", HEADER + BAD + "threshold('most_people')")
    with pytest.raises(UnusableCheckConfig, match=what):
        load_checks(folder, CheckConfig(thresholds=thresholds))


@pytest.mark.parametrize(("says", "sets_aside"), [("row", "row"), ("cell", "cell"), ("nothing", None)])
def test_an_error_check_says_what_it_sets_aside(says, sets_aside, write):
    folder = write("arms/bad", f"{AN_ERROR}-- sets aside: {says}\n{QUERY}")
    (check,) = load_checks(folder)
    assert (check.severity, check.sets_aside) == (Severity.ERROR, sets_aside)
    (check,) = load_checks(folder, CheckConfig(severity={"arms/bad": Severity.WARN}))
    assert (check.severity, check.sets_aside) == (Severity.WARN, None)


def test_an_error_in_the_books_sets_nothing_aside(write):
    (check,) = load_checks(write("meta.runs/bad", AN_ERROR + QUERY))
    assert check.sets_aside is None


@pytest.mark.parametrize(
    ("name", "severity", "what"),
    [
        ("arms/other", "info", "names 'arms/other', and there is no such check"),
        ("arms/blocks", "warn", "arms/blocks blocks"),
        ("arms/warns", "error", "arms/warns cannot be an error"),
    ],
)
def test_a_severity_that_a_check_cannot_have_is_told(name, severity, what, write):
    write("arms/blocks", HEADER.replace("warn", "block") + QUERY)
    folder = write("arms/warns", HEADER + QUERY)
    with pytest.raises(UnusableCheckConfig, match=what):
        load_checks(folder, CheckConfig(severity={name: Severity(severity)}))


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
        ("arms/has_label", AN_ERROR, "row, cell or nothing"),
        ("arms/has_label", AN_ERROR + "-- sets aside: table\n", "not 'table'"),
        ("arms/has_label", HEADER + "-- sets aside: row\n", "only an error check"),
        ("meta.runs/has_end", AN_ERROR + "-- sets aside: row\n", "only an error check"),
        ("people/has_label", HEADER, "'people' is no table"),
        ("has_label", HEADER, "'' is no table"),
    ],
)
def test_a_header_or_place_that_means_nothing_is_an_error_that_names_the_file(name, header, what, write):
    folder = write(name, header + QUERY)
    with pytest.raises(ValueError, match=rf"{name}\.sql.*{what}"):
        load_checks(folder)
