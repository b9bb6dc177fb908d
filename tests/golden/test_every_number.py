"""Every number of what reports results ends as bound, as something that is no result, or as a candidate.

Held against the labelled, the fresh and the corpus's texts: a dose that no arm is given is a candidate too, because
what was measured can have the unit of a dose ("blood loss was 420 mL").
"""

from collections.abc import Iterator
from typing import Any

import pytest

from bench.evaluation.fresh import SPLITS, fresh_abstracts
from bench.evaluation.ratchet import SETS
from bench.evaluation.reading import received
from bench.evaluation.shared import SharedMissing, abstracts, eval_folder
from tests.golden.corpus_reading import SEEDS, corpus_documents, parsed
from trialhouse.documents import parse_document
from trialhouse.extraction import extract, results
from trialhouse.extraction.elements import Said, read_matter
from trialhouse.extraction.ledger import REFUSED, Ledger
from trialhouse.extraction.lexer import Kind
from trialhouse.extraction.reading import read
from trialhouse.extraction.terms import lexicon
from trialhouse.model.document import Document, Section
from trialhouse.resources import read_vocabulary
from trialhouse.text.numbers import find_numbers

VOCABULARY = read_vocabulary(SEEDS)
ZONES = (Section.RESULTS, Section.UNASSIGNED)
PEOPLE = (Kind.COUNT, Kind.SIZE)
"""Numbers of participants: taken for the size of an arm they are bound only where one has it."""


def values_in(claim: Any) -> Iterator[float]:
    """Every number that a claim states, without its sign."""
    if isinstance(claim, dict):
        for key, value in claim.items():
            if key not in ("evidence", "field_evidence", "confidence", "candidates", "time_frame_weeks"):
                yield from values_in(value)
    elif isinstance(claim, list | tuple):
        for value in claim:
            yield from values_in(value)
    elif isinstance(claim, int | float) and not isinstance(claim, bool):
        yield abs(float(claim))


@pytest.fixture
def ledgers(monkeypatch: pytest.MonkeyPatch) -> list[Ledger]:
    """The ledgers of all that is read in a test: numbers of a cell or said again in another unit are bound with it."""
    kept: list[Ledger] = []

    class Kept(Ledger):
        def __init__(self, *given: Any) -> None:
            super().__init__(*given)
            kept.append(self)

    monkeypatch.setattr(results, "Ledger", Kept)
    return kept


def lost(document: Document, ledgers: list[Ledger]) -> list[str]:
    """The numbers of a document's results that are nowhere, each with what stands around it."""
    ledgers.clear()
    records = [record.to_json() for record in extract(document, VOCABULARY)]
    kept = {one["start"] for record in records for one in record["candidates"]}
    stated = {value for record in records for value in values_in(record)}
    within = {start for ledger in ledgers for start in ledger.bound}
    out = []
    for said in read_matter(read(document), lexicon(VOCABULARY)).said:
        if said.sentence.is_title or said.sentence.section not in ZONES:
            continue
        for start, end, kind, value in _numbers(document.text, said):
            is_bound = abs(value) in stated or (start in within and kind not in PEOPLE)
            if kind in (None, *REFUSED, Kind.DOSE) and start not in kept and not is_bound:
                out.append(f"{kind} {value:g}: {document.text[max(0, start - 40) : end + 20]!r}")
    return out


def _numbers(text: str, said: Said) -> Iterator[tuple[int, int, Kind | None, float]]:
    """Every number of a sentence once, with its place, type and value; those in a treatment's name are its own."""
    typed = {one.start: one for one in said.numbers}
    for number in find_numbers(text, said.sentence.start, said.sentence.end):
        one = typed.get(number.start)
        if one is not None:
            yield one.start, one.end, one.kind, one.value
        elif not any(a.start <= number.start < a.end for a in (*said.numbers, *said.drugs)):
            yield number.start, number.end, None, number.value


def test_no_number_of_the_corpus_is_lost(ledgers: list[Ledger]) -> None:
    found = {path.name: lost(parsed(path), ledgers) for path in corpus_documents() if path.suffix != ".json"}
    assert {name: numbers for name, numbers in found.items() if numbers} == {}


@pytest.mark.parametrize("split", SPLITS)
def test_no_number_of_the_fresh_abstracts_is_lost(split: str, ledgers: list[Ledger]) -> None:
    found = {one.id: lost(parse_document(*received(one.id, one.text)), ledgers) for one in fresh_abstracts(split)}
    assert {name: numbers for name, numbers in found.items() if numbers} == {}


@pytest.mark.parametrize("name", SETS)
def test_no_number_of_the_labelled_abstracts_is_lost(name: str, ledgers: list[Ledger]) -> None:
    try:
        texts = abstracts(eval_folder(), (name,))
    except SharedMissing as error:
        pytest.skip(f"the labelled abstracts are not here: {error}")
    found = {one.id: lost(parse_document(*received(one.id, one.text)), ledgers) for one in texts}
    assert {name: numbers for name, numbers in found.items() if numbers} == {}
