"""The example of docs/how-to-add-a-check.md is a check that works, with cases that hold."""

import pathlib
import re
import textwrap

from trialhouse.config_files import read_check_config
from trialhouse.model.check_config import CheckConfig
from trialhouse.quality.checks import MACROS, load_checks
from trialhouse.quality.declared import declared_checks
from trialhouse.quality.thresholds import THRESHOLD

ROOT = pathlib.Path(__file__).parents[2]
NAME = "arm_interventions/dose_has_unit"


def example(kind):
    """The text of the example's block of this kind."""
    page = (ROOT / "docs" / "how-to-add-a-check.md").read_text(encoding="utf-8")
    (block,) = re.findall(rf"^ *```\w+ {kind}\n(.*?)^ *```", page, flags=re.MULTILINE | re.DOTALL)
    return textwrap.dedent(block)


def test_the_example_finds_what_its_cases_say(tmp_path, run_case, parse_cases):
    (tmp_path / NAME).parent.mkdir()
    (tmp_path / f"{NAME}.sql").write_text(example("check"), encoding="utf-8")
    macros = (ROOT / "warehouse" / "checks" / f"{MACROS}.sql").read_text(encoding="utf-8")
    (tmp_path / f"{MACROS}.sql").write_text(macros, encoding="utf-8")
    (tmp_path / f"{NAME}.txt").write_text(example("cases"), encoding="utf-8")
    every = read_check_config(ROOT / "config" / "checks.toml").thresholds
    used = {name: every[name] for name in THRESHOLD.findall(macros + example("check"))}
    (check,) = load_checks(tmp_path, CheckConfig(thresholds=used))
    cases = parse_cases(tmp_path)
    assert [case.verdict for case in cases] == ["fails", "passes"]
    for case in cases:
        run_case(check, case)


def test_the_table_of_ideas_names_every_check_and_nothing_else(checks):
    page = (ROOT / "docs" / "how-to-add-a-check.md").read_text(encoding="utf-8")
    rows = [line for line in page.splitlines() if line.startswith("| ")][1:]
    named = {name for row in rows for name in re.findall(r"`([\w.*]+/\w+)`", row)}
    ideas = {check_id.rpartition("/")[2] for check_id in declared_checks()}
    assert {name for name in named if name.startswith("*/")} == {f"*/{idea}" for idea in ideas}
    assert {name for name in named if not name.startswith("*/")} == set(checks) - set(declared_checks())
    assert all("`" in row for row in rows), "an idea without a check"
