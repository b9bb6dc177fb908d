"""Commands in the running text of the documents: each is run as it stands, on a warehouse with releases and alerts.

Fenced blocks are walked by the tests of their pages. A command that only names a part of the command line, without the
arguments that it needs, is not run here; which those are is listed, with the reason.
"""

import datetime
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.replay.server import ReplayServer
from tests.replay.world import World
from tests.repo.page_walk import CHECKOUT, DOCS
from tests.repo.plain_flow import without_prefect
from trialhouse.cli.app import main
from trialhouse.pipeline import Assignment, RefreshResult, refresh
from trialhouse.pipeline.derived import code_fingerprint
from trialhouse.settings import Settings, load_settings
from trialhouse.store.connection import release_reader

PAGES = [CHECKOUT / "README.md", *sorted(page for page in DOCS.rglob("*.md") if page.parent.name != "reference")]

FENCED = re.compile(r"^ *```.*?^ *```", re.MULTILINE | re.DOTALL)
INLINE = re.compile(r"`(?:\.venv/bin/)?trialhouse ([^`]+)`|^    (?:\.venv/bin/)?trialhouse ([^#\n]*)", re.MULTILINE)

NAMED = {
    "ui": "it serves until it is stopped: tests/browser",
    "dedupe": "the name of the command: docs/dedupe.md is walked",
    "sql": "without a query it reads one from the terminal: tests/unit/cli",
    "export": "the name of the command: the README runs it",
    "releases diff": "the name of the command, run with releases on the same page",
    "releases rollback": "the name of the command: docs/releases.md runs it",
    "alerts show": "the name of the command: docs/alerts.md runs it",
    "alerts waive": "the name of the command: docs/alerts.md runs it",
    "trial show": "the name of the command: docs/trials.md is walked",
    "load-pubmed PATH…": "the name of the command: the page is walked",
    "load-pubmed files": "on a cluster: the page is walked",
}
"""What is only named, and where it is run."""

BEFORE = {
    "alerts reopen ID": "alerts resolve ID",
    "releases diff first-paper 2026-12-31 --html report.html": "releases tag 2 first-paper",
    "releases diff before-upgrade current": "releases tag 2 before-upgrade",
}
"""What a command takes as done."""

SEEDS = "[profiles.seeds]\ninclude_corpus = true\n"


def all_in(page: Path) -> Iterator[str]:
    """The commands in the running text of a page, in their order."""
    for quoted, indented in INLINE.findall(FENCED.sub("", page.read_text(encoding="utf-8"))):
        yield " ".join((quoted or indented).split())


def commands_in(page: Path) -> list[str]:
    """Those that are more than a name, each once."""
    return list(dict.fromkeys(command for command in all_in(page) if command not in NAMED))


class Place:
    """A folder with a warehouse, whose sources are served on this machine, and what stands for the words of a page."""

    def __init__(self, folder: Path, world: World) -> None:
        self.folder, self.clock_day = folder, datetime.date(2026, 11, 18)
        world.configuration(folder / "config")
        with (folder / "config" / "trialhouse.toml").open("a") as profiles:
            profiles.write(SEEDS)
        topics = folder / "config" / "topics"
        (topics / "spring-fever.toml").write_text(
            (topics / "fruit.toml").read_text().replace('"fruit"', '"spring-fever"', 1)
        )
        self._words: dict[str, str] = {}

    def refresh(self, assignment: Assignment) -> RefreshResult:
        """A refresh on the next day."""
        return self.refresh_by(load_settings().settings, assignment)

    def refresh_by(self, settings: Settings, assignment: Assignment) -> RefreshResult:
        """The same by other settings."""
        self.clock_day += datetime.timedelta(days=1)
        noon = datetime.datetime.combine(self.clock_day, datetime.time(12), datetime.UTC)
        return refresh(settings, assignment, clock=lambda: noon)

    def take(self, number: int) -> None:
        """A release with one more document: a file that nobody has had."""
        file = self.folder / "drop" / f"{number}.txt"
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"In trial {number}, {number + 30} adults were randomly assigned to belotarin or placebo.\n")
        assert self.refresh(Assignment(files=(file,))).exit_code == 0

    def words_of(self, command: str) -> list[str]:
        """The words of a command, with something of this warehouse for what a page leaves open."""
        return [self._words.get(word, word) for word in shlex.split(command)]

    def learn(self) -> None:
        """Look up what stands for an alert, a trial and two documents."""
        with release_reader(
            load_settings().settings.warehouse / "releases" / "current" / "trialhouse.duckdb"
        ) as connection:

            def one(query: str) -> Any:
                return connection.execute(query).fetchall()

            ((alert,),) = one("SELECT alert_id FROM dq.alerts ORDER BY ALL LIMIT 1")
            ((trial,),) = one("SELECT min(trial_id) FROM trials")
            (first,), (second,) = one("SELECT document_id FROM documents ORDER BY ALL LIMIT 2")
        export = self.folder / "export.ris"
        export.write_text("TY  - JOUR\nTI  - Belotarin for spring fever\nPY  - 2026\nER  -\n")
        self._words = {
            "ID": alert,
            "z7vg": alert,
            "NCT01234567": trial,
            "doc-a": first,
            "doc-b": second,
            "A": "2020-01-01",
            "B": "2020-01-05",
            "EXPORT…": str(export),
            "FOLDER": str(self.folder / "exported"),
            "NAME": "a-name",
        }


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A warehouse of four releases on four days, the first of the bundled corpus with its alert."""
    folder = tmp_path_factory.mktemp("inline")
    with pytest.MonkeyPatch.context() as patch, ReplayServer() as server:
        place = Place(folder, World(server))
        patch.setenv("TRIALHOUSE_CONFIG", str(folder / "config"))
        patch.setenv("TRIALHOUSE_HOSTS_FOLDER", str(folder / "hosts"))
        patch.setenv("TRIALHOUSE_WAREHOUSE", str(folder / "warehouse"))
        patch.setenv("TRIALHOUSE_REVIEWER", "ada")
        patch.setenv("TRIALHOUSE_CONTACT_EMAIL", "ada@example.org")
        patch.setenv("NO_COLOR", "1")
        patch.chdir(folder)
        without_prefect(patch, place.refresh_by)
        assert place.refresh(Assignment()).exit_code == 0
        for number in range(3):
            place.take(number)
        place.learn()
        code_fingerprint.cache_clear()
        yield place


@pytest.mark.long
@pytest.mark.parametrize("page", [page for page in PAGES if any(commands_in(page))], ids=lambda page: page.stem)
def test_the_commands_in_the_text_of_a_page_run(
    page: Path, place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each on a warehouse of its own: a table says what may be done, and not in which order."""
    for number, command in enumerate(commands_in(page)):
        shutil.copytree(place.folder / "warehouse", tmp_path / str(number), symlinks=True)
        monkeypatch.setenv("TRIALHOUSE_WAREHOUSE", str(tmp_path / str(number)))
        for line in [BEFORE[command], command] if command in BEFORE else [command]:
            assert main(place.words_of(line)) == 0, line


def test_what_is_only_named_still_stands_in_a_page() -> None:
    found = {command for page in PAGES for command in all_in(page)}
    assert set(NAMED) - found == set()
