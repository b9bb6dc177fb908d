"""Links from a page to a file of the checkout that is no page: on the site they are the file's name.

The checkout is where such a file is read (a forge shows the same link), and the site is read anywhere. A link to a file
that is not there is a warning.
"""

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.transforms import SphinxTransform
from sphinx.util import logging

CHECKOUT = Path(__file__).parents[2]
LOG = logging.getLogger(__name__)


class OutsideLinks(SphinxTransform):
    """Puts the path below the checkout in the place of such links."""

    default_priority = 5

    def apply(self, **_: Any) -> None:
        """Look at what the parser took for a file to be downloaded, or for a page."""
        folder = Path(self.env.doc2path(self.env.docname)).parent
        for node in list(self.document.findall(addnodes.download_reference)) + list(
            self.document.findall(addnodes.pending_xref)
        ):
            target = str(node.get("reftarget", "")).partition("#")[0]
            if not target or node.get("refdomain") == "doc":
                continue
            path = (Path(self.env.srcdir, target[1:]) if target.startswith("/") else folder / target).resolve()
            if path.is_relative_to(self.env.srcdir) or not path.is_relative_to(CHECKOUT):
                continue
            if not path.exists():
                LOG.warning("there is no %s", path.relative_to(CHECKOUT), location=node)
            name = path.relative_to(CHECKOUT).as_posix()
            said = node.astext()
            shown = nodes.literal(name, name)
            node.replace_self(shown if said.endswith(name) else [nodes.Text(f"{said} ("), shown, nodes.Text(")")])


def setup(app: Sphinx) -> dict[str, Any]:
    """What Sphinx asks of an extension."""
    app.add_transform(OutsideLinks)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
