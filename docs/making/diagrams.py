"""```mermaid blocks as SVG within the page: drawn when the site is built, so that a page runs and loads nothing."""

import hashlib
import re
from typing import Any

import mmdr
from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

NAME = "merman"
"""The id that the renderer gives every drawing, also in the style that it carries."""

SIZE = re.compile(r'width="100%"([^>]*?)style="max-width:([\d.]+)px"', re.DOTALL)


def svg_of(text: str) -> str:
    """A diagram as SVG of its natural size, under an id of its own. Raises ValueError for one that cannot be drawn."""
    drawn: str = mmdr.render(text, backend="merman").svg()
    own = f"diagram-{hashlib.sha256(text.encode()).hexdigest()[:10]}"
    drawn = re.sub(rf"\b{NAME}\b", own, drawn)
    return SIZE.sub(r'width="\2"\1', drawn, count=1)


class Mermaid(SphinxDirective):
    """A block of Mermaid."""

    has_content = True

    def run(self) -> list[nodes.Node]:
        """The drawing in a frame that scrolls; its source, in words, for whoever cannot see it."""
        text = "\n".join(self.content)
        try:
            drawn = svg_of(text)
        except Exception as error:
            raise self.error(f"the diagram cannot be drawn: {error}") from error
        frame = f'<div class="diagram" tabindex="0" role="group" aria-label="Diagram">{drawn}</div>'
        return [nodes.raw("", frame, format="html")]


def setup(app: Sphinx) -> dict[str, Any]:
    """What Sphinx asks of an extension."""
    app.add_directive("mermaid", Mermaid)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
