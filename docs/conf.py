"""How the pages of this folder become a site: `make site`. Nothing is fetched, and a warning is an error."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from trialhouse import __version__

project = "Trialhouse"
author = "the Trialhouse contributors"
copyright = "the Trialhouse contributors, Apache-2.0"
version = release = __version__
language = "en"

extensions = ["myst_parser", "docs.making.diagrams", "docs.making.outside_links", "docs.making.root_pages"]
exclude_patterns = ["_static", "making", "**/__pycache__"]
nitpicky = True

myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 4
# ```mermaid is drawn by docs/making/diagrams.py.
myst_fence_as_directive = {"mermaid"}

pygments_style = "default"
pygments_dark_style = "github-dark"

html_theme = "furo"
html_title = "Trialhouse"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_sourcelink = False
html_show_sphinx = False
html_theme_options = {"footer_icons": [], "top_of_page_buttons": []}
