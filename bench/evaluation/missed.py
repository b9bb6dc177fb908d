"""List in the terminal what extraction missed and what it said wrongly, with the reasons counted.

    python -m bench.evaluation.missed                      train: every document with an error
    python -m bench.evaluation.missed --split domain
    python -m bench.evaluation.missed --id 11315821        one document (--id may be given more than once)
    python -m bench.evaluation.missed --field cells --reason 'typed'     only a field, a reason, or both
    python -m bench.evaluation.missed --rule frame.one_arm  only what this rule said wrongly
    python -m bench.evaluation.missed --summary            only the counts by reason and by rule

Run it from the checkout's root with .venv/bin/python. Of each document: `missed` are numbers of the gold (the number
in [brackets] in the sentence where it probably stands; the reason is what became of it there: `said: …` something else,
`candidate: …`, `typed …` as something that is no result, `not read` outside the sentences that extraction reads,
`no arms` / `arm not found` where there was nothing to bind it to); `wrong` are numbers said that the gold does not
have so (the rule, the verdict, the quote). Verdicts: wrong_arm, wrong_baseline (said as a result and is a baseline, or
the other way), wrong_modifier, repeated (said once too often), extra (the gold has no such number there), and of
domain numbers on the right arm a wrong sign, statistic, measure, time_frame or is_baseline. Validation has no detail.
"""

import argparse
import re
import signal
import sys
from collections import Counter
from collections.abc import Iterator

from bench.evaluation.errors import is_wrong, shown
from bench.evaluation.judging import Judged, judge
from bench.evaluation.numbers import Gold, Said
from bench.evaluation.places import sentence_at
from bench.evaluation.reading import Reading, read_all
from bench.evaluation.shared import SharedMissing, abstracts, eval_folder, load_scorers


def main(arguments: list[str]) -> int:
    """Read, judge and print; 2 when the shared folder is not there."""
    ask = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    ask.add_argument("--split", choices=("train", "domain"), default="train")
    ask.add_argument("--id", action="append", default=[], help="only this document")
    ask.add_argument("--field", help="only this field")
    ask.add_argument("--reason", default="", help="only errors whose reason or verdict has this in it")
    ask.add_argument("--rule", default="", help="only what this rule said, or made of it")
    ask.add_argument("--summary", action="store_true", help="only the counts")
    asked = ask.parse_args(arguments)
    try:
        folder = eval_folder()
    except SharedMissing as error:
        print(error, file=sys.stderr)
        return 2
    scorers = load_scorers(folder)
    chosen = [one for one in abstracts(folder, (asked.split,)) if not asked.id or one.id in asked.id]
    if not chosen:
        print(f"no abstract of {asked.split} has the id {', '.join(asked.id)}", file=sys.stderr)
        return 2
    all_judged = [judge(one, reading, scorers) for one, reading in zip(chosen, read_all(chosen), strict=True)]
    reasons: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    for judged in all_judged:
        if judged.reading.failure:
            print(f"=== {judged.abstract.id} could not be read: {judged.reading.failure}")
            continue
        missed, wrong = errors(judged, asked.field, asked.reason, asked.rule)
        reasons.update(f"{one.field:<9} {one.reason}" for one in missed)
        rules.update(f"{one.rule:<28} {one.field:<9} {kind_of(one)}" for one in wrong)
        if (missed or wrong) and not asked.summary:
            print("\n".join(lines_of(judged, missed, wrong)), end="\n\n")
    _print_counts("missed, by reason", reasons)
    _print_counts("wrong, by rule", rules)
    return 0


def errors(judged: Judged, field: str | None, reason: str, rule: str) -> tuple[list[Gold], list[Said]]:
    """The errors of a document that were asked for: numbers of the gold that were missed, numbers said wrongly."""
    missed = [
        one
        for one in judged.gold
        if not one.found and field in (None, one.field) and reason in one.reason and rule in one.reason
    ]
    wrong = [
        one
        for one in judged.said
        if is_wrong(one) and field in (None, one.field) and reason in kind_of(one) and rule in one.rule
    ]
    return missed, wrong


def kind_of(one: Said) -> str:
    """The kind of an error, in a word for counting."""
    return ", ".join(sorted(one.mistakes)) if one.verdict == "right" else one.verdict


def lines_of(judged: Judged, missed: list[Gold], wrong: list[Said]) -> Iterator[str]:
    """One document's errors as lines."""
    right, gold, said = judged.tally["cells"]
    yield f"=== {judged.abstract.id}  cells {right} right of {gold} in gold, {said} said"
    back = {theirs: ours for ours, theirs in judged.arms_to.items()}
    for i, arm in enumerate(judged.gold_arms):
        ours = judged.said_arms[back[i]].label if i in back else "NOT FOUND"
        yield f"    arm {i}: {arm.label} = {ours}"
    for j, arm in enumerate(judged.said_arms):
        if j not in judged.arms_to:
            yield f"    arm of ours that the gold does not have: {arm.label}"
    for one in missed:
        of = "" if one.arm is None else f" arm {one.arm}"
        yield f"  missed {one.field} {one.raw}{of} [{one.measure}]: {one.reason}"
        if one.place:
            yield f"         {quoted(judged.reading, one.place)}"
    for mine in wrong:
        measure = judged.said_rows[mine.row] if mine.row is not None else ""
        of = "" if mine.arm is None else f" arm {judged.said_arms[mine.arm].label!r}"
        told = "".join(f"; {name}: {what}" for name, what in sorted(mine.mistakes.items()))
        yield f"  wrong  {mine.field} {shown(mine.value)}{of} [{measure}]: {mine.verdict} by {mine.rule}{told}"
        yield f"         {quoted(judged.reading, mine.place or (mine.start, mine.end))}"


def quoted(reading: Reading, place: tuple[int, int]) -> str:
    """The sentence around a place in one line, with the place in brackets."""
    start, end = sentence_at(reading, place[0])
    before, here, after = reading.text[start : place[0]], reading.text[slice(*place)], reading.text[place[1] : end]
    return re.sub(r"\s+", " ", f"{before}[{here}]{after}")


def _print_counts(title: str, counted: Counter[str]) -> None:
    print(f"{title}: {counted.total()}")
    for what, count in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
        print(f"{count:6d}  {what}")


if __name__ == "__main__":
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `| head` ends it quietly
    sys.exit(main(sys.argv[1:]))
