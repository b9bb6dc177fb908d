"""Two ways to the same answer: the numbers that a real browser shows, and those of the parsed page.

Needs Chromium (apt.txt). The pages are files in a folder of the test; nothing is fetched.
"""

import datetime
import html
import pathlib
import re
import shutil
import subprocess

import pytest

from trialhouse.documents import parse_document
from trialhouse.model.document import Receipt
from trialhouse.model.ids import sha256_hex

FLAGS = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
CORPUS = pathlib.Path(__file__).parents[2] / "seeds" / "corpus"
SCRIPT = "<script>document.documentElement.setAttribute('data-shown', document.body.innerText)</script>"
NUMBER = re.compile(r"\d+(?:[.,·]\d+)*")

COMPOSED = {
    "tables": "<main><h1>Fever in 3 arms</h1><table><tr><th>Arm</th><th>n</th><th>%</th></tr><tr><td>A</td><td>60</td>"
    "<td>45·5</td></tr><tr><td>B</td><td>59</td><td>30.1</td></tr></table></main>",
    "inline": "<p>Be<b>tween</b> 1<i>2</i> and <span>1</span>3 of 7&middot;5&nbsp;mg; p&lt;0<span>.</span>001</p><p>9</p>",  # noqa: E501
    "breaks": "<div>12<br>34<div>56</div>78</div><ul><li>90</li><li>91</li></ul><dl><dt>1</dt><dd>2</dd></dl>",
    "hidden": '<p>11</p><p hidden>22</p><p style="display: none">33</p><script>var x = 44;</script><style>p{margin:5px}</style>'  # noqa: E501
    "<template>66</template><p>77 of the 88 people in this paragraph were shown to the reader</p>",
    "furniture": "<nav><a href='#'>2026</a> <a href='#'>2025</a></nav><article><p>64 of 99</p></article><aside>7 more</aside>",  # noqa: E501
    "pre": "<pre>12  34\n56 78</pre><blockquote>90</blockquote>",
}


@pytest.fixture(scope="session")
def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if not found:
        pytest.skip("no Chromium here (the Debian packages in apt.txt)")
    return found


def shown(chromium: str, page: str, folder: pathlib.Path) -> list[str]:
    """The numbers of `document.body.innerText` as Chromium renders the page."""
    file = folder / "page.html"
    at = page.lower().rfind("</body>")
    file.write_text(page[:at] + SCRIPT + page[at:], encoding="utf-8")
    done = subprocess.run(
        [chromium, *FLAGS, f"--user-data-dir={folder / 'profile'}", "--dump-dom", file.as_uri()],
        capture_output=True,
        timeout=120,
        check=True,
    )
    found = re.search(r'data-shown="([^"]*)"', done.stdout.decode("utf-8"))
    assert found, "the browser gave no text"
    return NUMBER.findall(html.unescape(found[1]))


def parsed(page: str) -> list[str]:
    data = page.encode()
    receipt = Receipt(
        source="files",
        record_id="page.html",
        locator="page.html",
        fetched_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
        sha256=sha256_hex(data),
        size_bytes=len(data),
    )
    return NUMBER.findall(parse_document(data, receipt).text)


@pytest.mark.parametrize("name", sorted(COMPOSED))
def test_composed_pages(chromium: str, tmp_path: pathlib.Path, name: str) -> None:
    page = f"<!DOCTYPE html><html><head><meta charset='utf-8'></head><body>{COMPOSED[name]}</body></html>"
    numbers = shown(chromium, page, tmp_path)
    assert numbers
    assert parsed(page) == numbers


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.html")), ids=lambda path: path.stem)
def test_pages_of_the_corpus(chromium: str, tmp_path: pathlib.Path, path: pathlib.Path) -> None:
    page = path.read_text(encoding="utf-8")
    numbers = shown(chromium, page, tmp_path)
    assert len(numbers) > 5
    # What is raised after a digit is marked in the parsed text, and shown without a mark by the browser.
    assert "".join(parsed(page)) == "".join(numbers)
