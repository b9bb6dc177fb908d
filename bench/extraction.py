"""How long the reading of documents takes, parsing and extraction apart, once cold and then many times.

    python bench/extraction.py [ROUNDS]

Reads the five seeds beside the project, or the bundled corpus where they are absent. Prints CPU milliseconds: of the
first round after start-up, and best and median of the others, by document and in all. What an earlier round has cached
is forgotten before each, so that every round reads its documents for the first time. Then come how many documents of
the bundled corpus are read in a second, and what an abstract of the labelled set beside the project takes on average
and at worst (the median of the rounds), which is written to bench/results.json. Nothing here fails on a slow machine.
"""

import datetime
import functools
import statistics
import sys
import time
from pathlib import Path

from trialhouse.documents import parse_document
from trialhouse.extraction import extract
from trialhouse.extraction.terms import lexicon
from trialhouse.model.document import Receipt
from trialhouse.model.ids import sha256_hex
from trialhouse.model.vocabulary import Vocabulary
from trialhouse.resources import data_root, read_vocabulary

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.evaluation.reading import received
from bench.evaluation.shared import SharedMissing, abstracts, eval_folder
from bench.results_file import add_results, loop_ms

SEEDS = Path(__file__).parents[2] / "shared" / "seeds"
CORPUS = data_root() / "seeds" / "corpus"

Times = list[tuple[float, float]]
"""Milliseconds of parsing and of extraction, a pair for each document."""


def documents(folder: Path) -> list[tuple[bytes, Receipt]]:
    """The documents of a folder, sorted by name, as a source would hand them over."""
    found = []
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.name != "README.md" and not path.name.endswith(".expected.json"):
            data = path.read_bytes()
            receipt = Receipt(
                source="files",
                record_id=path.name,
                locator=path.name,
                fetched_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
                sha256=sha256_hex(data),
                size_bytes=len(data),
            )
            found.append((data, receipt))
    return found


def forget() -> None:
    """Empty the caches of the package: a document that is read for the first time finds none of its sentences there."""
    for name, module in sorted(sys.modules.items()):
        for value in vars(module).values() if name.startswith("trialhouse.") else ():
            if isinstance(value, functools._lru_cache_wrapper):
                value.cache_clear()


def read_once(read: list[tuple[bytes, Receipt]], vocabulary: Vocabulary) -> Times:
    """Parse and extract every document once."""
    forget()
    times = []
    for data, receipt in read:
        begin = time.process_time()
        document = parse_document(data, receipt)
        parsed = time.process_time()
        extract(document, vocabulary)
        times.append((1000 * (parsed - begin), 1000 * (time.process_time() - parsed)))
    return times


def _line(name: str, rounds: list[tuple[float, float]]) -> str:
    """The cold round, and the best and the median of the others, of parsing, extraction and both."""
    cells = []
    for part in ([p for p, _ in rounds], [e for _, e in rounds], [p + e for p, e in rounds]):
        cells.append(f"{part[0]:7.1f} {min(part[1:]):7.1f} {statistics.median(part[1:]):7.1f}")
    return f"{name:<32} " + "   ".join(cells)


def main(rounds: int) -> None:
    """Print the figures of the seeds or the corpus, and the documents a second of the corpus."""
    vocabulary = read_vocabulary(data_root() / "seeds")
    lexicon(vocabulary)
    folder = SEEDS if SEEDS.is_dir() else CORPUS
    read = documents(folder)
    measured = [read_once(read, vocabulary) for _ in range(rounds + 1)]
    print(f"{'ms CPU, ' + folder.name:<32} " + "   ".join(f"{part:<23}" for part in ("parsing", "extraction", "both")))
    print(f"{'':<32} " + "   ".join(["   cold    best  median"] * 3))
    for at, (_, receipt) in enumerate(read):
        print(_line(receipt.record_id[:31], [one[at] for one in measured]))
    print(_line("in all", [(sum(p for p, _ in one), sum(e for _, e in one)) for one in measured]))
    corpus = documents(CORPUS)
    spent = statistics.median(sum(p + e for p, e in read_once(corpus, vocabulary)) for _ in range(rounds))
    print(f"{1000 * len(corpus) / spent:.0f} documents of the corpus a second")
    try:
        sets = abstracts(eval_folder(), ("train", "validation"))
    except SharedMissing as missing:
        print(f"the labelled abstracts are not measured: {missing}")
        return
    figures = of_labelled([received(one.id, one.text) for one in sets], vocabulary, rounds)
    print(", ".join(f"{name} {value}" for name, value in figures.items()))
    add_results("reading labelled abstracts", figures)


def of_labelled(read: list[tuple[bytes, Receipt]], vocabulary: Vocabulary, rounds: int) -> dict[str, float]:
    """What an abstract takes, CPU milliseconds: the median over the rounds of the average and of the worst."""
    before = loop_ms()
    measured = [read_once(read, vocabulary) for _ in range(rounds)]
    of_average = {
        "parse_ms": [statistics.fmean(parsed for parsed, _ in one) for one in measured],
        "extract_ms": [statistics.fmean(extracted for _, extracted in one) for one in measured],
        "worst_ms": [max(parsed + extracted for parsed, extracted in one) for one in measured],
    }
    return {
        "abstracts": len(read),
        **{name: round(statistics.median(found), 1) for name, found in of_average.items()},
        "loop_ms_before": round(before),
        "loop_ms_after": round(loop_ms()),
    }


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
