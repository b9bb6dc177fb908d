"""The pages of docs/reference are what the code and the files of figures say today."""

import json
import re
import shutil
from pathlib import Path

import pytest

from docs.making.__main__ import made_pages
from docs.making.configuration import kind_of
from docs.making.coverage import CONFIDENCE, coverage_markdown
from docs.making.measured import EVALUATION, measured_markdown
from docs.making.promised import PROMISES, promised_markdown
from trialhouse.cli.app import COMMANDS, GROUPS
from trialhouse.settings import Settings

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    return made_pages(CHECKOUT)


def test_made_pages_are_current(pages: dict[str, str]) -> None:
    old = [name for name, content in pages.items() if (CHECKOUT / name).read_text(encoding="utf-8") != content]
    assert old == [], "run `make docs` and commit what it writes"
    kept = {path.relative_to(CHECKOUT).as_posix() for path in (CHECKOUT / "docs" / "reference").glob("*")}
    assert kept == set(pages), "a page of docs/reference that nothing makes"


def test_every_command_has_its_part(pages: dict[str, str]) -> None:
    headings = re.findall(r"^#{2,3} (.*)", pages["docs/reference/command-line.md"], re.MULTILINE)
    members = [f"{group} {member[0]}" for group, _, members in GROUPS for member in members]
    assert set(headings) == {command[0] for command in COMMANDS} | {group[0] for group in GROUPS} | set(members)


def test_every_setting_has_a_meaning(pages: dict[str, str]) -> None:
    page = pages["docs/reference/configuration.md"]
    rows = re.findall(r"^\| `([a-zA-Z_]+)` \|(?:[^|\n]*\|)*? ([^|\n]*) \|$", page, re.MULTILINE)
    assert [name for name, meaning in rows if not meaning.strip()] == []
    named = {name for name, _ in rows}
    files = {"sources", "topics", "checks", "trust", "notifications"}
    assert set(Settings.model_fields) - files - named == {"root"}


def test_a_kind_is_said_in_words() -> None:
    assert kind_of(str | None) == "text"
    assert kind_of(tuple[int, ...]) == "list of whole number"
    assert kind_of(dict[str, float]) == "table"


def test_a_bound_that_is_not_kept_is_said_to_be_missed(tmp_path: Path) -> None:
    (tmp_path / "bench").mkdir()
    (tmp_path / PROMISES).write_text(
        """
        [[promise]]
        what = "trials a second"
        benchmark = "b"
        figure = ["fast", "a_second"]
        at_least = 2000
        [[promise]]
        what = "MB"
        benchmark = "b"
        figure = ["mb"]
        at_most = 3
        """
    )
    table = promised_markdown(tmp_path, {"b": {"fast": {"a_second": 1999.5}, "mb": 3}})
    assert table.splitlines()[-2:] == [
        "| trials a second | at least 2,000 | 1,999.5 | **missed** |",
        "| MB | at most 3 | 3 | met |",
    ]


def test_precision_at_coverage_counts_the_rules_that_are_sure_enough(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / CONFIDENCE).write_text("rule,confidence\nframe.sure,0.96\nanalysis.fair,0.84\narms.list,0.99\n")
    said = {"frame.sure": (30, 30), "analysis.fair": (10, 6), "frame.new": (10, 4), "arms.list": (50, 0)}
    rules = [{"rule": rule, "said": said, "right": right} for rule, (said, right) in said.items()]
    table = coverage_markdown(tmp_path, {"rules": rules}).splitlines()
    assert table[2].startswith("Of the 50 numbers")
    assert table[-6] == "| .95 | 1 | 1.000 | 60% |"
    assert table[-2:] == ["| .80 | 2 | .900 | 80% |", "| any | 3 | .800 | 100% |"]


def test_the_figures_are_those_of_the_files(tmp_path: Path) -> None:
    """A figure that is changed in its file is changed on the page, and nowhere else does the page take figures from."""
    for name in ("bench/results.json", PROMISES, CONFIDENCE, "tests/golden/fresh/scores.toml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((CHECKOUT / name).read_bytes())
    shutil.copytree(CHECKOUT / "docs" / "pictures", tmp_path / "docs" / "pictures")
    known = json.loads((CHECKOUT / EVALUATION).read_text(encoding="utf-8"))
    known["scores"]["validation"]["cells"]["precision"] = 0.1234
    (tmp_path / EVALUATION).write_text(json.dumps(known), encoding="utf-8")
    before, after = measured_markdown(CHECKOUT, "x").splitlines(), measured_markdown(tmp_path, "x").splitlines()
    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert [new.split(" | ")[2] for _, new in changed] == [".123"]


def test_a_benchmark_that_was_drawn_shows_its_picture(tmp_path: Path) -> None:
    for name in ("bench/results.json", PROMISES, CONFIDENCE, "tests/golden/fresh/scores.toml", EVALUATION):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((CHECKOUT / name).read_bytes())
    assert "![" not in measured_markdown(tmp_path, "x")
    drawn = next(iter(json.loads((tmp_path / "bench/results.json").read_text(encoding="utf-8"))))
    picture = f"pictures/{drawn.replace(' ', '-')}.svg"
    (tmp_path / "docs" / "pictures").mkdir(parents=True)
    (tmp_path / "docs" / picture).write_text("<svg/>")
    pictures = [line for line in measured_markdown(tmp_path, "x").splitlines() if line.startswith("![")]
    assert pictures == [f"![{drawn}: the figures above, drawn](../{picture})"]
