from pathlib import Path

import pytest

from trialhouse.store.sql_files import read_sql_files


def test_a_header_goes_on_over_indented_lines(tmp_path: Path) -> None:
    (tmp_path / "arms").mkdir()
    (tmp_path / "arms" / "sizes.sql").write_text(
        "-- severity: warn\n-- message: The arms\n--   do not add up.\n\nSELECT 1\n"
    )
    (file,) = read_sql_files(tmp_path)
    assert file.name == "arms/sizes"
    assert file.header == {"severity": "warn", "message": "The arms do not add up."}
    assert file.required("severity") == "warn"


def test_a_missing_header_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "bare.sql").write_text("SELECT 1")
    (file,) = read_sql_files(tmp_path)
    with pytest.raises(ValueError, match=r"bare\.sql.*severity"):
        file.required("severity")
