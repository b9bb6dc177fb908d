"""Score extraction on abstracts that nobody tuned on: written for the project, with gold in the shape of a record.

    python -m bench.evaluation.fresh                   scores of both splits
    python -m bench.evaluation.fresh --split dev       one split
    python -m bench.evaluation.fresh --missed          each error of dev with its sentence (held has no detail)
    python -m bench.evaluation.fresh --missed --id X   of one abstract
    python -m bench.evaluation.fresh --write-ratchet   raise the scores that tests/golden/test_fresh_scores.py holds

Run it from the checkout's root with .venv/bin/python. tests/golden/fresh/README.md says how the gold was written.
"""

import argparse
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from bench.evaluation.judging import Judged, judge
from bench.evaluation.missed import errors, lines_of
from bench.evaluation.ratchet import FEWEST, Held, raised, read_held, write_held
from bench.evaluation.reading import Reading, read_all
from bench.evaluation.scores import Score, context_scores, scores
from bench.evaluation.shared import CHECKOUT, Abstract, SharedMissing, eval_folder, json_lines, load_scorers
from bench.evaluation.tables import score_table, share_table

FOLDER = CHECKOUT / "tests" / "golden" / "fresh"
SPLITS = "dev", "held", "review"
RATCHET = FOLDER / "scores.toml"
HEAD = """\
# F1 by field that extraction has reached on the abstracts of this folder. Held by test_fresh_scores.py, raised by
# `python -m bench.evaluation.fresh --write-ratchet`.
"""
LIKE = "domain"
"""The set whose shape of gold, and whose scorer, these abstracts have."""


def fresh_abstracts(split: str, path: Path = FOLDER / "abstracts.jsonl") -> list[Abstract]:
    """The abstracts of a split, in the order of the file."""
    chosen = (one for one in json_lines(path) if one["split"] == split)
    return [Abstract(set=LIKE, id=one["id"], text=one["text"], gold=one["gold"]) for one in chosen]


def judged_of(split: str, read: Callable[[Sequence[Abstract]], list[Reading]] = read_all) -> list[Judged]:
    """A split read and judged. Raises SharedMissing when the scorers are not there."""
    scorers = load_scorers(eval_folder())
    chosen = fresh_abstracts(split)
    return [judge(one, reading, scorers) for one, reading in zip(chosen, read(chosen), strict=True)]


def reached_by(tables: dict[str, dict[str, Score]]) -> Held:
    """The scores of a run as the ratchet stores them; a field of few numbers is not held."""
    return {
        name: {field: round(one.f1, 4) for field, one in table.items() if one.gold >= FEWEST}
        for name, table in tables.items()
    }


def main(arguments: list[str]) -> int:
    """Score, print, and write the ratchet when asked; 2 when the scorers are not there."""
    ask = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    ask.add_argument("--split", choices=SPLITS, help="only this split")
    ask.add_argument("--missed", action="store_true", help="list the errors of dev")
    ask.add_argument("--id", action="append", default=[], help="with --missed: only this abstract")
    ask.add_argument("--write-ratchet", action="store_true", help="raise the scores that the test holds")
    asked = ask.parse_args(arguments)
    try:
        judged = {split: judged_of(split) for split in SPLITS if asked.split in (None, split)}
    except SharedMissing as error:
        print(error, file=sys.stderr)
        return 2
    if asked.missed:
        print("\n".join(missed_lines(judged.get("dev", []), asked.id)))
    for split, those in judged.items():
        print("\n".join([*score_table(split, len(those), scores(those)), ""]))
        print("\n".join([*share_table("of numbers on the right arm", context_scores(those)), ""]))
    if asked.write_ratchet:
        held = read_held(RATCHET)
        now = reached_by({split: scores(those) for split, those in judged.items()})
        write_held(held | raised(held, now), RATCHET, HEAD)
    return 0


def missed_lines(judged: Sequence[Judged], ids: Sequence[str]) -> Iterator[str]:
    """What was missed and what was said wrongly, abstract by abstract."""
    for one in judged:
        missed, wrong = errors(one, None, "", "")
        if (missed or wrong) and (not ids or one.abstract.id in ids):
            yield "\n".join([*lines_of(one, missed, wrong), ""])


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `| head` ends it quietly
    sys.exit(main(sys.argv[1:]))
