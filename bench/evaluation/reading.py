"""Read abstracts as the product reads them: parse_document, then extract; in two processes."""

import datetime
import traceback
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.evaluation.shared import Abstract
from trialhouse.documents import parse_document
from trialhouse.extraction import extract
from trialhouse.extraction.elements import read_matter
from trialhouse.extraction.reading import read
from trialhouse.extraction.terms import lexicon
from trialhouse.model.document import Document, Receipt
from trialhouse.model.ids import sha256_hex
from trialhouse.model.vocabulary import Vocabulary
from trialhouse.resources import data_root, read_vocabulary

PROCESSES = 2
FEW = 8
"""So few abstracts are read faster here than in processes that have to start first."""


@dataclass(frozen=True)
class Reading:
    """What was read from one abstract.

    `record` is the extraction record as `trialhouse extract` prints it (empty where the text gave several: the scorers
    match ids, and those have ids of their own). `kinds` has the type that the lexer gave each number, by its start.
    `failure` is the last line of an exception and its place: then there is nothing else, and all of the gold is missed.
    """

    text: str
    record: dict[str, Any]
    sentences: tuple[tuple[int, int], ...]
    kinds: dict[int, str]
    failure: str | None = None


def read_all(abstracts: Sequence[Abstract]) -> list[Reading]:
    """Read all abstracts, in their order; more than a few in two processes."""
    if len(abstracts) <= FEW:
        return read_here(abstracts)
    texts = [(one.id, one.text) for one in abstracts]
    with ProcessPoolExecutor(PROCESSES, initializer=_start) as pool:
        return list(pool.map(_read, texts, chunksize=4))


def read_here(abstracts: Sequence[Abstract]) -> list[Reading]:
    """Read all abstracts in this process, in their order."""
    vocabulary = read_vocabulary(data_root() / "seeds")
    return [read_one(one.id, one.text, vocabulary) for one in abstracts]


_vocabulary = Vocabulary()


def _start() -> None:
    global _vocabulary  # noqa: PLW0603 - a process reads the vocabulary once, for all its abstracts
    _vocabulary = read_vocabulary(data_root() / "seeds")


def _read(given: tuple[str, str]) -> Reading:
    return read_one(*given, _vocabulary)


def read_one(name: str, text: str, vocabulary: Vocabulary) -> Reading:
    """Read one text under a name. An exception of parsing or extraction becomes the reading's failure."""
    try:
        return _read_text(name, text, vocabulary)
    except Exception as error:
        at = traceback.extract_tb(error.__traceback__)[-1]
        failure = f"{type(error).__name__}: {error} ({Path(at.filename).name}:{at.lineno})"
        return Reading(text=text, record={}, sentences=(), kinds={}, failure=failure)


def _read_text(name: str, text: str, vocabulary: Vocabulary) -> Reading:
    document = parse_document(*received(name, text))
    records = extract(document, vocabulary)
    sentences, kinds = _typed(document, vocabulary)
    record = records[0].to_json() if len(records) == 1 else {}
    return Reading(text=document.text, record=record, sentences=sentences, kinds=kinds)


def received(name: str, text: str) -> tuple[bytes, Receipt]:
    """A text as a source would hand it over."""
    data = text.encode("utf-8", "replace")
    return data, Receipt(
        source="files",
        record_id=name,
        locator=name,
        fetched_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
        sha256=sha256_hex(data),
        size_bytes=len(data),
        media_type="text/plain; charset=utf-8",
    )


def _typed(document: Document, vocabulary: Vocabulary) -> tuple[tuple[tuple[int, int], ...], dict[int, str]]:
    """The spans of the sentences that extraction reads, and the type of each of their numbers."""
    matter = read_matter(read(document), lexicon(vocabulary))
    spans = tuple((said.sentence.start, said.sentence.end) for said in matter.said)
    return spans, {number.start: str(number.kind) for said in matter.said for number in said.numbers}
