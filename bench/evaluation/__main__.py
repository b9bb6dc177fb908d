"""`make eval`: read the labelled abstracts, score them by the shared scorers, and write the report.

    make eval                            train and domain: scores, rules, and the report in build/eval/index.html
    make eval ARGS=--validation          the scores of validation too (no detail: it is to be looked at seldom)
    make eval ARGS=--json                the same figures as JSON, without the report
    make -s eval ARGS='--validation --json' > bench/evaluation.json    what docs/reference/measured.md is made of
    make eval ARGS=--write-ratchet       raise the scores that tests/golden/test_extraction_scores.py holds
    make eval ARGS=--write-confidence    write seeds/rule_confidence.csv anew from what the rules got right

± is the standard error over documents (bootstrap). ★ goal met, ✓ floor met, ~ within one standard error of the floor,
✗ missed by more; train stands beside the bounds of validation as a guide. What extraction raised on counts as missed,
is named at the end, and nothing but the report is written: exit 1. Without the labelled abstracts: exit 2.
"""

import argparse
import datetime
import json
import signal
import sys
from collections.abc import Iterator

from bench.evaluation.confidence import write_confidence
from bench.evaluation.judging import Judged
from bench.evaluation.ratchet import raised, reached, read_held, write_held
from bench.evaluation.report import write_report
from bench.evaluation.rules import rule_scores
from bench.evaluation.run import Run, run
from bench.evaluation.shared import CHECKOUT, SharedMissing
from bench.evaluation.tables import as_json, rule_table, score_table, share_table
from trialhouse.extraction import EXTRACTOR_VERSION

REPORT = CHECKOUT / "build" / "eval"
TUNED_ON = "train", "domain"


def main(arguments: list[str]) -> int:
    """Run, print, write what was asked for."""
    ask = argparse.ArgumentParser(prog="make eval", description=(__doc__ or "").split("\n", maxsplit=1)[0])
    ask.add_argument("--validation", action="store_true", help="score the validation abstracts too")
    ask.add_argument("--json", action="store_true", help="print JSON, write no report")
    ask.add_argument("--write-ratchet", action="store_true", help="raise the scores that the ratchet test holds")
    ask.add_argument("--write-confidence", action="store_true", help="write seeds/rule_confidence.csv")
    asked = ask.parse_args(arguments)
    try:
        done = run((*TUNED_ON, "validation") if asked.validation else TUNED_ON)
    except SharedMissing as error:
        print(error, file=sys.stderr)
        return 2
    written = [] if asked.json else [write_report(done, REPORT)]
    if asked.write_ratchet and not done.failures:
        written.append(write_held(raised(read_held(), reached(done.tables))))
    if asked.write_confidence and not done.failures:
        written.append(write_confidence(tuned_on(done), datetime.datetime.now(datetime.UTC).date()))
    print(json.dumps(figures(done), indent=1) if asked.json else "\n".join(lines_of(done)))
    for path in written:
        print(f"wrote {path.relative_to(CHECKOUT)}", file=sys.stderr)
    if done.failures:
        print(failure_lines(done), file=sys.stderr)
    return 1 if done.failures else 0


def tuned_on(done: Run) -> list[Judged]:
    """Every judged abstract that may be tuned on."""
    return [one for name in TUNED_ON for one in done.judged[name]]


def lines_of(done: Run) -> Iterator[str]:
    """All tables of a run."""
    for name, table in done.tables.items():
        yield from score_table(name, len(done.judged[name]), table)
        yield ""
    yield from share_table("of numbers on the right arm", done.context)
    yield from share_table("trial facts (domain)", done.facts)
    yield ""
    yield from rule_table(rule_scores(tuned_on(done)))


def failure_lines(done: Run) -> str:
    """What parsing or extraction raised, each with the abstracts on which it did."""
    by_failure: dict[str, list[str]] = {}
    for name, failure in done.failures:
        by_failure.setdefault(failure, []).append(name)
    lines = [f"  {failure}: {', '.join(names)}" for failure, names in by_failure.items()]
    return "\n".join([f"\n{len(done.failures)} abstracts could not be read:", *lines])


def figures(done: Run) -> dict[str, object]:
    """The same for scripts."""
    return {
        "measured_at": f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d}",
        "extractor_version": EXTRACTOR_VERSION,
        "abstracts": {name: len(done.judged[name]) for name in done.tables},
        "scores": {name: as_json(table, name) for name, table in done.tables.items()},
        "context": as_json(done.context),
        "facts": as_json(done.facts),
        "rules": [{**vars(one), "precision": one.precision} for one in rule_scores(tuned_on(done))],
        "failures": done.failures,
    }


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `| head` ends it quietly
    sys.exit(main(sys.argv[1:]))
