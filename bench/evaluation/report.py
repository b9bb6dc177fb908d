"""The report: an index of all errors, and a page for each abstract with its text, its gold and what was said.

Pages need nothing but each other. They hold the abstracts' text and are written where git ignores them.
"""

import shutil
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jinja2

from bench.evaluation.bounds import MARKS, kind_of, read_bounds
from bench.evaluation.errors import Error, errors_of
from bench.evaluation.judging import Judged
from bench.evaluation.marks import marks_of, stretches
from bench.evaluation.pages import arm_lines, chip, comparisons, grid
from bench.evaluation.rules import rule_scores
from bench.evaluation.run import Run
from bench.evaluation.scores import Score

TEMPLATES = Path(__file__).with_name("templates")
SETS = "train", "domain"
"""Sets with pages; validation has none, so that nobody tunes on it."""
FILES = "style.css", "index.js", "page.js"


def environment() -> jinja2.Environment:
    """Templates that escape everything, and that stop at a name that is not there."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["chip"] = chip
    return made


def write_report(done: Run, folder: Path) -> Path:
    """Write the report of a run anew into a folder, and return its index."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in FILES:
        shutil.copyfile(TEMPLATES / name, folder / name)
    judged = [one for name in SETS for one in done.judged.get(name, [])]
    errors = {id(one): errors_of(one) for one in judged}
    judged.sort(key=lambda one: (-len(errors[id(one)]), one.abstract.set, one.abstract.id))
    templates = environment()
    page = templates.get_template("page.html")
    for at, one in enumerate(judged):
        beside = {"before": judged[at - 1] if at else None, "behind": judged[at + 1] if at + 1 < len(judged) else None}
        text = page.render(page_of(one, errors[id(one)]) | {k: v and file_of(v) for k, v in beside.items()})
        (folder / file_of(one)).write_text(text, encoding="utf-8")
    index = folder / "index.html"
    index.write_text(
        templates.get_template("index.html").render(index_of(done, judged, [errors[id(one)] for one in judged])),
        encoding="utf-8",
    )
    return index


def file_of(judged: Judged) -> str:
    """The name of an abstract's page: its set and its id, whatever characters the id has."""
    safe = "".join(c if c.isascii() and c.isalnum() else "_" for c in judged.abstract.id)
    return f"{judged.abstract.set}-{safe}.html"


def title_of(judged: Judged) -> str:
    """The first line of an abstract."""
    return judged.reading.text.split("\n", maxsplit=1)[0][:160]


def index_of(done: Run, judged: Sequence[Judged], errors: Sequence[list[Error]]) -> dict[str, Any]:
    """What the index shows: scores, rules, and all errors by abstract, the worst first."""
    every = [error for some in errors for error in some]
    return {
        "sets": [
            (name, len(done.judged[name]), lines_of(name, done.tables[name])) for name in SETS if name in done.tables
        ],
        "context": lines_of("context", done.context),
        "facts": done.facts,
        "rules": rule_scores(judged),
        "fields": counted(one.field for one in every),
        "kinds": counted(one.kind for one in every),
        "causes": counted(one.cause for one in every if one.kind == "missed"),
        "by_rule": counted(one.rule for one in every if one.rule),
        "documents": [
            {"file": file_of(one), "judged": one, "title": title_of(one), "errors": some}
            for one, some in zip(judged, errors, strict=True)
        ],
    }


def lines_of(name: str, table: dict[str, Score]) -> list[dict[str, Any]]:
    """The lines of a table with their bounds and standing."""
    bounds = read_bounds()["context" if name == "context" else kind_of(name)]
    lines = []
    for field, score in table.items():
        bound = bounds.get(field)
        standing = bound.standing(score) if bound else ""
        lines.append(
            {"field": field, "score": score, "bound": bound, "standing": standing, "mark": MARKS.get(standing, "")}
        )
    return lines


def counted(names: Any) -> list[tuple[str, int]]:
    """Names with how often they occur, most first."""
    return sorted(Counter(names).items(), key=lambda item: (-item[1], item[0]))


def page_of(judged: Judged, errors: list[Error]) -> dict[str, Any]:
    """What the page of one abstract shows."""
    return {
        "judged": judged,
        "title": title_of(judged),
        "stretches": stretches(judged.reading.text, marks_of(judged)),
        "errors": errors,
        "arms": arm_lines(judged),
        "grid": grid(judged),
        "comparisons": comparisons(judged),
        "n_total": [[one for one in side if one.field == "n_total"] for side in (judged.gold, judged.said)],
    }
