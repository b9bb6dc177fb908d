"""A real Chromium (Debian's, apt.txt) for the review page, and pages in it that say what they must not do."""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.unit.review.serving import Served, refreshed, serving
from trialhouse.model.words import RunStatus

CHECKOUT = Path(__file__).parents[2]

FLAGS = (
    "--disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync --hide-scrollbars"
).split()

WINDOW = {"width": 1100, "height": 850}

WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective));
"""


# For a folder of tests and no longer: while it runs, nothing else in this thread may run an event loop.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Any]:
    """The browser."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        pytest.skip("no Chromium here (the Debian packages in apt.txt)")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed (the dev extra)")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with four alerts, one of them on a hostile paper."""
    warehouse = tmp_path_factory.mktemp("reviewed") / "warehouse"
    assert refreshed(warehouse) is RunStatus.PUBLISHED
    return warehouse


@pytest.fixture(scope="package")
def served(reviewed: Path) -> Iterator[Served]:
    """The page over it, for looking only."""
    with serving(reviewed) as served:
        yield served


@dataclass
class Seen:
    """What a page did that no page may: dialogs, errors of scripts, requests to elsewhere."""

    dialogs: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def nothing(self) -> None:
        assert (self.dialogs, self.errors, self.elsewhere) == ([], [], [])


OpenPage = Callable[..., Any]


def _watched(context: Any, served: Served, *, has_script: bool = True) -> tuple[Any, Seen]:
    """A new page of a context, and what it does that no page may."""
    context.set_default_timeout(30_000)
    page, seen = context.new_page(), Seen()
    if has_script:
        page.add_init_script(WATCH)
    page.on("dialog", lambda dialog: (seen.dialogs.append(dialog.message), dialog.dismiss()))
    page.on("pageerror", lambda error: seen.errors.append(str(error)))
    page.on("console", lambda said: seen.errors.append(said.text) if "Content Security" in said.text else None)
    page.on("request", lambda sent: _note_elsewhere(sent.url, served, seen))
    return page, seen


@pytest.fixture
def open_page(chromium: Any) -> Iterator[OpenPage]:
    """Opens a page of a context of its own; options are those of playwright's new_context.

    Afterwards no page of the test may have opened a dialog, had an error in a script, broken its content security
    policy or asked another host for anything.
    """
    opened: list[tuple[Any, Seen]] = []

    def opened_page(served: Served, path: str = "/", **options: Any) -> Any:
        context = chromium.new_context(**{"viewport": WINDOW} | options)
        page, seen = _watched(context, served, has_script=options.get("java_script_enabled", True))
        opened.append((page, seen))
        page.goto(served.url + path)
        return page

    yield opened_page
    for page, seen in opened:
        page.context.close()
        seen.nothing()


@dataclass
class Window:
    """One window of a browser that only looks: a page after the other, which costs less than a window for each."""

    page: Any
    seen: Seen
    served: Served

    def show(self, path: str) -> Any:
        """The page at an address, in a window of the usual size and light colours."""
        self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size(WINDOW)
        self.page.goto(self.served.url + path)
        return self.page


@contextlib.contextmanager
def window_of(chromium: Any, served: Served) -> Iterator[Window]:
    """A window that looks at one server. Of each page shown the same is asked at the end as by `open_page`."""
    context = chromium.new_context(viewport=WINDOW)
    page, seen = _watched(context, served)
    yield Window(page, seen, served)
    context.close()
    seen.nothing()


def follow(page: Any, leads: Any) -> None:
    """Click what leads to another page, and wait until that is there: a click alone may return before the page left."""
    with page.expect_navigation():
        leads.click()


def _note_elsewhere(url: str, served: Served, seen: Seen) -> None:
    if not url.startswith((served.url + "/", "data:,")):
        seen.elsewhere.append(url)


@pytest.fixture(scope="package")
def screenshots() -> Path:
    """Where pictures of the pages are kept, to be looked at (git ignores the folder)."""
    folder = CHECKOUT / "build" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder
