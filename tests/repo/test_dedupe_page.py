"""The page on search exports: its files are made, its commands run, and they print what is shown."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.repo.test_readme_review import assert_shown

CHECKOUT = Path(__file__).parents[2]
PAGE = CHECKOUT / "docs" / "dedupe.md"
SHOWN = re.compile(r"^\$ ([^\n]*)\n(.*?)(?=^\$ |\Z)", re.MULTILINE | re.DOTALL)


def test_what_the_page_shows_is_what_is_printed(tmp_path: Path) -> None:
    (block,) = re.findall(r"```console\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    commands = SHOWN.findall(block)
    environ = os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "NO_COLOR": "1"}
    made = 0
    for command, shown in commands:
        file = tmp_path / command.split()[-1]
        if command.startswith(("cat ", "head ")) and not file.exists():
            file.write_text(shown, encoding="utf-8")
            made += 1
            continue
        asked = ["bash", "-c", f"{command} 2>&1"]
        ended = subprocess.run(asked, cwd=tmp_path, env=environ, capture_output=True, text=True, check=False)
        assert_shown(command, shown, ended.stdout)
    assert (made, len(commands)) == (3, 7)


def test_the_page_names_every_option() -> None:
    text = PAGE.read_text(encoding="utf-8")
    asked = [sys.executable, "-m", "trialhouse", "dedupe", "--help"]
    helped = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    options = set(re.findall(r"--[a-z]+", helped))
    assert options
    assert all(f"`{option}`" in text for option in options)
