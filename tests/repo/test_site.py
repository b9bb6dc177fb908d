"""The documents build without a warning, each page is found from the first one, none loads anything from elsewhere."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup

CHECKOUT = Path(__file__).parents[2]
DOCS = CHECKOUT / "docs"

LOADED = {
    "script": "src",
    "img": "src",
    "iframe": "src",
    "source": "src",
    "link": "href",
    "image": "href",
    "use": "href",
}
"""What a browser loads by itself, and the attribute that says from where."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, built as `make site` builds it: a warning (a link or an anchor to nothing, a page in no list) fails."""
    folder = tmp_path_factory.mktemp("site")
    asked = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-d", folder / "trees", DOCS, folder / "site"]
    ended = subprocess.run(asked, capture_output=True, text=True, check=False, cwd=CHECKOUT)
    assert ended.returncode == 0, ended.stderr
    return folder / "site"


@pytest.fixture(scope="module")
def pages(site: Path) -> dict[str, BeautifulSoup]:
    found = {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*.html"))}
    return {name: BeautifulSoup(path.read_text(encoding="utf-8"), "lxml") for name, path in found.items()}


def loaded(page: BeautifulSoup) -> Iterator[str]:
    """Every address that a browser asks for when it shows a page."""
    for tag, attribute in LOADED.items():
        for element in page.find_all(tag):
            if element.get(attribute) and element.get("rel") not in (["canonical"], ["prev"], ["next"]):
                yield str(element[attribute])
    for element in page.find_all("style"):
        yield from re.findall(r"(?:url\(|@import\s+)[\"']?([^\"')]+)", element.get_text())
    for element in page.find_all(style=True):
        yield from re.findall(r"url\([\"']?([^\"')]+)", str(element["style"]))


def is_elsewhere(address: str) -> bool:
    parts = urlsplit(address)
    return bool(parts.netloc) or parts.scheme not in {"", "data"}


def test_no_page_loads_anything_from_elsewhere(site: Path, pages: dict[str, BeautifulSoup]) -> None:
    asked = {(name, address) for name, page in pages.items() for address in loaded(page)}
    assert len(asked) > len(pages), "the pages load their own style"
    assert {one for one in asked if is_elsewhere(one[1]) and not one[1].startswith("#")} == set()
    styles = {path.name: path.read_text(encoding="utf-8") for path in (site / "_static").rglob("*.css")}
    wanted = {(n, a) for n, text in styles.items() for a in re.findall(r"(?:url\(|@import\s+)[\"']?([^\"')]+)", text)}
    assert {one for one in wanted if is_elsewhere(one[1]) and not one[1].startswith("#")} == set()


def test_every_page_can_be_reached_from_the_first(site: Path, pages: dict[str, BeautifulSoup]) -> None:
    reached, waiting = set(), ["index.html"]
    while waiting:
        name = waiting.pop()
        if name in reached or name not in pages:
            continue
        reached.add(name)
        for link in pages[name].select("a[href]"):
            path = str(link["href"]).partition("#")[0]
            if path and not is_elsewhere(path):
                waiting.append((site / name).parent.joinpath(path).resolve().relative_to(site.resolve()).as_posix())
    assert {f"{path.relative_to(DOCS).with_suffix('')}.html" for path in DOCS.rglob("*.md")} <= reached


def test_diagrams_are_drawn(pages: dict[str, BeautifulSoup]) -> None:
    asked = {
        path.relative_to(DOCS).with_suffix(".html").as_posix(): path.read_text(encoding="utf-8").count("```mermaid\n")
        for path in DOCS.rglob("*.md")
    }
    assert sum(asked.values()) >= 4
    drawn = {name: len(page.select(".diagram svg")) for name, page in pages.items() if name in asked}
    assert drawn == asked
    ids = [svg["id"] for svg in pages["er-diagram.html"].select(".diagram svg")]
    assert len(ids) == len(set(ids))


def test_what_is_wrong_in_a_page_is_told(tmp_path: Path) -> None:
    page = "# A\n\n```mermaid\nnothing of the kind\n```\n\n[b](b.md) [c](#d)\n"
    (tmp_path / "index.md").write_text(page, encoding="utf-8")
    conf = 'extensions = ["myst_parser", "docs.making.diagrams"]\nmyst_fence_as_directive = {"mermaid"}\n'
    (tmp_path / "conf.py").write_text(conf, encoding="utf-8")
    asked = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", tmp_path, tmp_path / "site"]
    ended = subprocess.run(asked, capture_output=True, text=True, check=False, cwd=CHECKOUT)
    assert ended.returncode == 1
    for told in ("the diagram cannot be drawn", "'b.md'", "'d'"):
        assert told in ended.stderr


def test_files_that_the_pages_at_the_root_name_are_there() -> None:
    for page in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md"):
        text = (CHECKOUT / page).read_text(encoding="utf-8")
        linked = re.findall(r"\]\((?!https?://|#)([^)#]+)", text)
        named = re.findall(r"`((?:tests|src|docs|bench|seeds/|config)/[\w/.-]+)`", text)
        assert [path for path in [*linked, *named] if not (CHECKOUT / path).exists()] == [], page
