"""Every block of commands is on a page that a test walks, and every other inline command is run or listed here."""

import re

import pytest

from tests.repo.page_walk import CHECKOUT, DOCS
from tests.repo.test_inline_commands import FENCED, PAGES
from trialhouse.cli.app import COMMANDS, GROUPS

WALKED = {
    "alerts.md": "test_readme_review.py",
    "bulk-pubmed.md": "test_documented_bulk_load.py",
    "dedupe.md": "test_dedupe_page.py",
    "trials.md": "test_trials_page.py",
    "README.md, Ask": "test_readme.py",
    "README.md, Review": "test_readme_review.py",
    "README.md, Versions": "test_readme_versions.py",
}
"""Where the blocks of a page are run; those of docs/how-to-*.md and the rest are in test_walked_pages.py."""

NOT_WALKED = {
    "README.md, Start": "make: continuous integration runs both targets in a new checkout",
    "README.md, Run live": "it asks the real sources: tests/flows/test_live_flow.py has the same on the replay server",
    "review.md": "the page serves until it is stopped: tests/browser and tests/unit/review",
}

QUOTED = re.compile(r"`([^`]+)`")
PROGRAM = re.compile(r"[a-z.][\w./-]* [^=<]")

SERVER = "changes a server of systemd, as root"
INSTALLS = "installs from an index of packages"
HOURS = "runs for minutes, and the machine that measures runs it"
GIT = "changes a checkout of Git"
OF_TESTS = "what it writes is compared with what is there by tests/repo"

NAMED = {
    "find warehouse/runs -name '*.jsonl' -mtime +365 -delete": "removes nothing of a new warehouse: it has no old log",
    "useradd --system --home-dir /var/lib/trialhouse --create-home trialhouse": SERVER,
    "systemctl enable --now trialhouse-worker": SERVER,
    "systemctl restart trialhouse-worker": SERVER,
    "systemctl start trialhouse-worker": SERVER,
    "systemctl stop trialhouse-worker": SERVER,
    "journalctl -u trialhouse-worker -f": SERVER,
    "ssh -L 4200:127.0.0.1:4200 SERVER": "between two machines",
    "rsync -a": "between two machines",
    "pip install 'trialhouse[cluster]'": INSTALLS,
    "pip install -c constraints.txt dist/*.whl": INSTALLS,
    "readlink -f .venv/bin/python": "in an installation of the server",
    "git clean -fdX warehouse": GIT,
    "git checkout warehouse": GIT,
    "git pull": GIT,
    "rm -rf warehouse": GIT,
    "prefect automation create": "the name of a command of Prefect",
    "python -m trialhouse.cli.serving --deploy": "needs a server of Prefect: tests/flows",
    "openssl rand -hex 32": "a program that need not be there",
    "python -m bench.evaluation.missed": HOURS,
    "python -m bench.evaluation.fresh": HOURS,
    "python bench/extraction.py": HOURS,
    "python bench/extraction_growth.py": HOURS,
    "python bench/duplicates.py --records 1000000": HOURS,
    ".venv/bin/pytest tests/sql": "the tests themselves",
    "python -m trialhouse.quality.declared warehouse/checks": OF_TESTS,
    "python -m tests.repo.test_contract": OF_TESTS,
    "sets aside": "a word of a check's header",
    "systolic blood pressure": "a measure",
    "diff 1 2": "short for `trialhouse releases diff`, run on the same page",
    "diff 1 4": "short for `trialhouse releases diff`, run on the same page",
    "diff 2 3": "short for `trialhouse releases diff`, run on the same page",
    "diff 3 4": "short for `trialhouse releases diff`, run on the same page",
    "verify --all": "short for `trialhouse releases verify`, run on the same page",
}
"""What is not run as it stands, and why."""

OWN = {"trialhouse", *(name for name, _, _ in COMMANDS), *(name for name, _, _ in GROUPS)}


def headings_with_commands() -> set[str]:
    """The pages that have blocks of commands; of the README its sections."""
    found = set()
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for section in re.split(r"^## ", text, flags=re.MULTILINE):
            if re.search(r"^ *```(sh|console)\n", section, re.MULTILINE):
                is_readme = page == CHECKOUT / "README.md"
                found.add(f"{page.name}, {section.splitlines()[0]}" if is_readme else page.name)
    return found


def test_every_block_of_commands_is_walked_or_listed() -> None:
    found, here = headings_with_commands(), CHECKOUT / "tests" / "repo"
    walked = (here / "test_walked_pages.py").read_text(encoding="utf-8")
    for name in sorted(found - NOT_WALKED.keys()):
        page = name.partition(",")[0]
        text = (here / WALKED[name]).read_text(encoding="utf-8") if name in WALKED else walked
        assert f'"{page}"' in text, f"{name} has commands that no test runs"
    assert {*NOT_WALKED, *WALKED} <= found, "what is listed stands in a page"


def other_commands() -> set[str]:
    """The inline code that looks like a command and is neither of Trialhouse nor a target of make, which the tests of
    the inline and the documented commands look at.
    """
    found = set()
    for page in [*PAGES, CHECKOUT / "SECURITY.md", CHECKOUT / "CONTRIBUTING.md"]:
        for quoted in QUOTED.findall(FENCED.sub("", page.read_text(encoding="utf-8"))):
            words = " ".join(quoted.split())
            if PROGRAM.match(words) and words.split()[0] not in {*OWN, ".venv/bin/trialhouse", "make"}:
                found.add(words)
    return found


def test_every_other_command_is_listed_with_a_reason() -> None:
    assert other_commands() == NAMED.keys()


@pytest.mark.parametrize("page", sorted(DOCS.glob("*.md")), ids=lambda page: page.stem)
def test_a_command_in_a_block_of_text_is_that_of_the_server(page) -> None:
    """What `text` holds is no command but one, whose words the units have too."""
    blocks = re.findall(r"^ *```text\n(.*?)^ *```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    commands = [block for block in blocks if "trialhouse " in block]
    assert len(commands) == (page.name == "how-to-move-to-a-server.md")
    unit = (CHECKOUT / "config" / "systemd" / "trialhouse-worker.service").read_text(encoding="utf-8")
    for block in commands:
        said = dict(re.findall(r"--(uid|working-directory|property=EnvironmentFile)=(\S+)", block))
        assert f"User={said['uid']}\n" in unit
        assert f"WorkingDirectory={said['working-directory']}\n" in unit
        assert f"EnvironmentFile={said['property=EnvironmentFile']}\n" in unit
