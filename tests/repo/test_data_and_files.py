"""What refreshes write is told from what came along: by Git, and by the menu from files of the same name."""

import re
import subprocess
from pathlib import Path

import pytest

from trialhouse.releases.layout import Layout

CHECKOUT = Path(__file__).parents[2]


def test_starting_over_removes_all_data_and_no_file_of_the_checkout() -> None:
    """`git clean -fdX warehouse`, as the pages say, removes what is ignored."""
    layout = Layout(Path("warehouse"))
    data = ("landing", "slices", "derived", "runs", "decisions", "outbox", "ledger", "pubmed", "releases")
    asked = ["git", "check-ignore", "--no-index", "--stdin"]
    # A folder is ignored as a folder: what lies in it is asked about.
    named = [f"{getattr(layout, name)}{'' if getattr(layout, name).suffix else '/x'}" for name in data]
    kept = [str(path.relative_to(CHECKOUT)) for path in (CHECKOUT / "warehouse").rglob("*.sql")]
    if not (CHECKOUT / ".git").exists():
        pytest.skip("not a checkout")
    ended = subprocess.run(
        asked, input="\n".join([*named, *kept]), cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    assert sorted(ended.stdout.splitlines()) == sorted(named)
    assert kept


def test_every_target_of_the_menu_is_a_word_and_no_file() -> None:
    menu = (CHECKOUT / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.*)$", menu, re.MULTILINE)
    assert set(re.findall(r"^([a-z-]+):.*## ", menu, re.MULTILINE)) == set(phony.split())
