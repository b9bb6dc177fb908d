"""`python -m docs.making`, a part of `make docs`: writes the pages of `docs/reference` anew."""

import sys
from pathlib import Path

from docs.making.command_line import command_line_markdown
from docs.making.configuration import configuration_markdown
from docs.making.measured import BENCHMARKS, EVALUATION, FRESH, measured_markdown

CHECKOUT = Path(__file__).parents[2]
DECLARED = "src/trialhouse/settings.py and src/trialhouse/model"


def made_pages(root: Path) -> dict[str, str]:
    """The pages that are made: path below the root of the checkout, and content."""
    return {
        "docs/reference/command-line.md": command_line_markdown(_notice("src/trialhouse/cli")),
        "docs/reference/configuration.md": configuration_markdown(root, _notice(DECLARED)),
        "docs/reference/measured.md": measured_markdown(root, _notice(f"{EVALUATION}, {FRESH} and {BENCHMARKS}")),
    }


def _notice(sources: str) -> str:
    return f"made from {sources} by `make docs`; changes made here are lost."


def main(root: Path) -> None:
    """Write them."""
    for name, content in made_pages(root).items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(content, encoding="utf-8")
        print(f"{name}: {content.count(chr(10)):,} lines", file=sys.stderr)


if __name__ == "__main__":
    main(CHECKOUT)
