"""The commands that the README and the Makefile speak of exist."""

import pathlib
import re
import shutil
import subprocess

import pytest

from trialhouse.cli.app import build_app

CHECKOUT = pathlib.Path(__file__).parents[2]
DOCUMENTS = [CHECKOUT / "README.md", *sorted((CHECKOUT / "docs").rglob("*.md"))]
COMMAND = re.compile(r"(?:^|`)(?:\.venv/bin/)?trialhouse ([a-z-]+)(?: ([a-z-]+))?", re.MULTILINE)
TARGET = re.compile(r"(?:^|`)make ([a-z-]+)", re.MULTILINE)


def commands() -> dict[str, set[str]]:
    """Every command, with its own commands if it is a group."""
    app = build_app()
    groups = {name: set(app[name]) for name in ("releases", "trial", "alerts", "decisions", "notifications", "config")}
    return {name: groups.get(name, set()) for name in app if not name.startswith("-")}


def test_the_menu_has_the_commands_of_the_contract():
    assert set(commands()) >= {
        *("refresh", "extract", "sql", "releases", "alerts", "status", "doctor", "dictionary", "config", "open")
    }


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_documented_commands_exist(path):
    known = commands()
    for command, member in COMMAND.findall(path.read_text(encoding="utf-8")):
        assert command in known
        assert not known[command] or member in known[command]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_documented_make_targets_exist(path):
    targets = set(re.findall(r"^([a-z-]+):", (CHECKOUT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(TARGET.findall(path.read_text(encoding="utf-8"))) <= targets


@pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")
def test_make_alone_prints_the_menu_and_does_nothing():
    ended = subprocess.run(["make", "-C", str(CHECKOUT)], capture_output=True, text=True, check=True)
    assert "make refresh" in ended.stdout
    assert "pip" not in ended.stdout


def test_the_lock_names_no_host_and_every_line_has_a_hash():
    lock = (CHECKOUT / "requirements.lock").read_text(encoding="utf-8")
    assert "://" not in lock
    assert "--index-url" not in lock
    packages = re.split(r"\n(?=[a-z0-9])", lock)
    assert len(packages) > 50
    assert all("--hash=sha256:" in package for package in packages if re.match(r"[a-z0-9]", package))
