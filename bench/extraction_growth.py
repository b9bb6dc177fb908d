"""How the time to read a text grows with its length, on texts made to be hard: it must grow in proportion.

    python bench/extraction_growth.py [--most KB] [--seconds CPU] [--digits] [SHAPE…]

Each shape is read at 10 kB and doubled up to 1,280 kB, in a process of its own that ends when it has used its seconds
of CPU. Prints CPU milliseconds a kB and the ratio to half the length: 2 is in proportion, 4 is quadratic; shapes whose
last two ratios are both above 2.6 are marked, and so are those that did not come to a second length. `--digits` reads
10 MB of digits besides. Nothing here fails on a slow machine.
"""

import argparse
import contextlib
import itertools
import multiprocessing
import pathlib
import random
import resource
import sys
import time
from collections.abc import Callable
from multiprocessing.connection import Connection

sys.path.insert(0, str(pathlib.Path(__file__).parents[1]))

from bench.evaluation.reading import received
from trialhouse.documents import parse_document
from trialhouse.extraction import extract
from trialhouse.model.document import UnreadableDocument
from trialhouse.model.vocabulary import Vocabulary
from trialhouse.resources import data_root, read_vocabulary

LEAST = 10_000
ENOUGH = 60
"""Seconds of CPU for all lengths of a shape together."""
SUSPECT = 2.6

TRIAL = (
    "Veltocimab in gout: a randomised trial\n\nMETHODS: We randomly assigned 121 adults with gout to receive "
    "veltocimab 50 mg (n = 60) or placebo (n = 61) for 24 weeks.\nRESULTS: "
)
"""What stands before a shape, so that there are arms that its numbers could belong to."""


def _repeated(unit: str) -> Callable[[int], str]:
    """The unit again and again, up to a length."""
    return lambda length: (unit * (length // len(unit) + 1))[:length]


def _numbered(unit: str) -> Callable[[int], str]:
    """The unit with a number that goes up, so that no two are alike and nothing is found in a cache."""
    return lambda length: "".join(unit.format(n) for n in range(length // len(unit) + 1))[:length]


def _unicode(length: int) -> str:
    """Characters of all planes, the same each time."""
    made = random.Random(7)
    return "".join(
        chr(made.choice((made.randrange(32, 0x3000), made.randrange(0xE000, 0x11000)))) for _ in range(length)
    )


def _drugs(length: int) -> str:
    """Names of drugs that do not exist, no two alike."""
    made = random.Random(7)
    names: list[str] = []
    while len(names) * 14 < length:
        names.append("".join(made.choice("bdfglmnprstvz") + made.choice("aeiou") for _ in range(4)) + "limab")
    return ", ".join(names)[:length]


SHAPES: dict[str, Callable[[int], str]] = {
    "digits": _repeated("7"),
    "digits and spaces": _repeated("1 234 567 "),
    "numbers in thousands": _repeated("1,234,567,"),
    "numbers": _numbered("{} "),
    "decimals": _repeated("1.5 "),
    "dots between digits": _repeated("1."),
    "minus signs": _repeated("-−–"),
    "percentages": _numbered("{}.5% and "),
    "number words": _repeated("twenty-one hundred and "),
    "opening brackets": _repeated("("),
    "closing brackets": _repeated(")"),
    "nested brackets": lambda length: "(" * (length // 2) + ")" * (length // 2),
    "bracketed numbers": _numbered("(n = {}) "),
    "square brackets": _repeated("[1] "),
    "commas": _repeated(","),
    "semicolons": _repeated("; "),
    "dots": _repeated("."),
    "dashes in words": _repeated("a-"),
    "slashes": _repeated("a/b/"),
    "white space": lambda length: "a" + " " * length + "b",
    "line ends": lambda length: "a" + "\n" * length + "b",
    "tabs between words": _repeated("a \t "),
    "short lines": _repeated("A page.\n"),
    "one long sentence": _repeated("patients with pain who were seen and "),
    "one long word": _repeated("abcdefghij"),
    "capital letters": _repeated("ABCDEFGHIJ"),
    "capitals with digits": _repeated("AB1234567"),
    "abbreviations": _repeated("A. B. e.g. "),
    "tiny sentences": _repeated("It was so. "),
    "tiny results": _numbered("Pain fell in {} patients. "),
    "unclosed quotes": _repeated('"it was '),
    "curly quotes": _repeated("“it was "),
    "95% CI": _repeated("95% CI, "),
    "intervals": _repeated("(95% CI, 0.2 to 0.9; P<0.001) "),
    "p-values": _repeated("P<0.001, "),
    "hazard ratios": _repeated("hazard ratio, 0.5; "),
    "plus minus": _repeated("1.2 ± 0.3, "),
    "vs": _repeated("vs "),
    "values vs values": _numbered("{}% vs 7% "),
    "respectively": _repeated("respectively, "),
    "lists respectively": _repeated("1%, 2% and 3%, respectively, "),
    "n of N": _numbered("{} of 121 (7.5%), "),
    "arms": _repeated("the veltocimab group and the placebo group, "),
    "values of arms": _numbered("{}% of the veltocimab group and 7% of the placebo group, "),
    "results of arms": _numbered("At week 12, pain fell in {}% of the veltocimab group and 7% of the placebo group. "),
    "assigned again": _numbered("Patients were randomly assigned to veltocimab {} mg (n = 12) or placebo (n = 12). "),
    "assigned to ever more": lambda length: "Patients were assigned to " + _numbered("veltocimab {} mg, ")(length),
    "one drug": _repeated("veltocimab "),
    "drugs": _drugs,
    "drugs together": lambda length: _drugs(length).replace(", ", " plus "),
    "doses": _numbered("veltocimab {} mg, "),
    "placebo": _repeated("placebo "),
    "measures": _repeated("HbA1c, body weight, pain score, "),
    "weeks": _numbered("at week {}, "),
    "dates": _repeated("June 17, 2019, to Jan 14, 2020, "),
    "registry ids": _numbered("NCT0{:07d}, "),
    "DOIs": _numbered("10.1000/a.{}, "),
    "addresses": _numbered("https://example.org/a/{}?b=c "),
    "letters and digits in turn": _repeated("a1"),
    "IL-6": _repeated("IL-6 receptor antagonist anti-IL-6 "),
    "own names": _numbered("drug X{0} (DX{0}) was given, "),
    "headings": _repeated("RESULTS: It was so.\n"),
    "trial names": _numbered("In the GLADE-{} trial, pain fell by 3%. "),
    "abbreviations of drugs": _numbered("veltocimab (VE{0}X), "),
    "drugs of other trials": _numbered("given with zanotinex{0} (high, ZX{0}), "),
    "assigned by letters": _numbered("Patients were randomised to AB{0} or CD{0}. "),
    "trials that found": _numbered("BIRCH{0} found remission in 40%. "),
    "trials with numbers": lambda length: _drugs(length).upper().replace("LIMAB, ", " 2 fell by 7%. In "),
    "ratios of measures": _numbered("The hazard ratio for event{0} was 0.5 (P = 0.01). "),
    "differences": _numbered("The placebo-adjusted difference in HbA1c was {0}.5% in favour of veltocimab. "),
    "baselines": _numbered("At baseline, HbA1c was {0}.5% with veltocimab and 7.1% with placebo. "),
    "p-values of measures": _numbered("Outcome{0} did not differ between the groups (P = 0.4). "),
    "times now and then": _numbered(
        "At week {0}, HbA1c was 7.1% with veltocimab and 7.5% with placebo. Nausea was seen in 4% and 5% respectively. "
    ),
    "definitions": _numbered("pain at night ({0}ABC), "),
    "Chinese": _repeated("患者随机分配到治疗组或安慰剂组,"),
    "right-to-left marks": _repeated("a\u202e1\u200f%"),
    "random characters": _unicode,
    "combining marks": _repeated("e\u0301"),
}
"""A function for each shape: the length in characters to a text about as long."""


def milliseconds(text: str, vocabulary: Vocabulary) -> float:
    """CPU time of parsing a text and reading it. A text that is refused costs what finding that out costs."""
    data, receipt = received("a.txt", text)
    begin = time.process_time()
    with contextlib.suppress(UnreadableDocument):
        extract(parse_document(data, receipt), vocabulary)
    return 1000 * (time.process_time() - begin)


def measure(name: str, vocabulary: Vocabulary, most: int, seconds: int) -> list[tuple[int, float]]:
    """The characters and milliseconds of a shape, doubled until the largest or until the seconds are used up."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    started = multiprocessing.get_context("fork").Process(
        target=_measure, args=(name, vocabulary, most, seconds, theirs)
    )
    started.start()
    theirs.close()
    found: list[tuple[int, float]] = []
    with contextlib.suppress(EOFError):
        while True:
            found.append(ours.recv())
    started.join()
    return found


def _measure(name: str, vocabulary: Vocabulary, most: int, seconds: int, out: Connection) -> None:
    """Send the characters and milliseconds of each length; the system ends this process at its limit."""
    limit = int(time.process_time()) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))
    length = LEAST
    while length <= most:
        out.send((length, milliseconds(TRIAL + SHAPES[name](length) + "\n", vocabulary)))
        length *= 2


def line(name: str, found: list[tuple[int, float]]) -> str:
    """One shape: milliseconds a kB at its shortest and longest, and the ratio of each doubling."""
    if not found:
        return f"{name:<28}   <- not read"
    ratios = [two / one for (_, one), (_, two) in itertools.pairwise(found)]
    is_suspect = min(ratios[-2:], default=SUSPECT + 1) > SUSPECT
    (short, least), (long, most) = found[0], found[-1]
    each = "  ".join(f"{ratio:4.1f}" for ratio in ratios)
    grown = f"{least / short * 1000:8.2f} {most / long * 1000:8.2f} ms/kB to {long // 1000:5,} kB"
    return f"{name:<28}{grown}   {each}{'   <- not in proportion' if is_suspect else ''}"


def main() -> None:
    """Measure the shapes that are named, or all."""
    options = argparse.ArgumentParser()
    options.add_argument("--most", type=int, default=1280, help="kB of the longest text")
    options.add_argument("--seconds", type=int, default=ENOUGH, help="of CPU for a shape")
    options.add_argument("--digits", action="store_true", help="10 MB of digits besides")
    options.add_argument("shapes", nargs="*", default=sorted(SHAPES))
    given = options.parse_args()
    vocabulary = read_vocabulary(data_root() / "seeds")
    milliseconds(TRIAL, vocabulary)
    for name in given.shapes:
        print(line(name, measure(name, vocabulary, 1000 * given.most, given.seconds)), flush=True)
    if given.digits:
        print(f"10 MB of digits: {milliseconds('7' * 10_000_000, vocabulary) / 1000:.1f} s")


if __name__ == "__main__":
    main()
