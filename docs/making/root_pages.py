"""Pages that stand at the root of the checkout, where a forge looks for them, and on the site: one text for both."""

import re
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

CHECKOUT = Path(__file__).parents[2]

ROOT_PAGES = {"contributing": "CONTRIBUTING.md", "changelog": "CHANGELOG.md", "security": "SECURITY.md"}
"""The page of the site, and the file at the root that it is."""

LINK = re.compile(r"\]\((?!https?://|#)([^)#]+)")


def text_of(page: str) -> str:
    """The text of such a file, with its links as they are seen from the folder of pages."""
    pages = {file: f"{name}.md" for name, file in ROOT_PAGES.items()}

    def seen(match: re.Match[str]) -> str:
        target = match[1]
        if target in pages:
            return f"]({pages[target]}"
        return f"]({target.removeprefix('docs/')}" if target.startswith("docs/") else f"](../{target}"

    return LINK.sub(seen, (CHECKOUT / ROOT_PAGES[page]).read_text(encoding="utf-8"))


def _read(app: Sphinx, page: str, source: list[str]) -> None:
    if page in ROOT_PAGES:
        app.env.note_dependency(CHECKOUT / ROOT_PAGES[page])
        source[0] = text_of(page)


def setup(app: Sphinx) -> dict[str, Any]:
    """What Sphinx asks of an extension."""
    app.connect("source-read", _read)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
