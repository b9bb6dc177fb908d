"""The five seeds' trials told again in three ways each: the same numbers on the same arms, whoever writes.

The fifteen texts are in other words and other sentence frames than the seeds and the bundled corpus. The three of one
trial share one expected result, and all of it is demanded.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.golden.corpus_reading import (
    Json,
    agrees,
    compare,
    expected_result,
    fits,
    identify_arms,
    read_document,
    rows_of,
    wrong_facts,
)
from trialhouse.model.document import Document

TEXTS = sorted(path for path in (Path(__file__).parent / "rewordings").iterdir() if path.suffix != ".json")
TRIALS = ("rescue", "cov-aid", "rezpegaldesleukin", "low-dose-il2", "anti-il6r")
WAYS = ("abstract", "news", "summary")
each_text = pytest.mark.parametrize("path", TEXTS, ids=[path.stem for path in TEXTS])

Reading = tuple[Document, list[Json]]


@pytest.fixture(scope="module")
def readings() -> dict[str, Reading]:
    """Every text parsed and extracted once."""
    return {path.stem: read_document(path) for path in TEXTS}


def expected_of(path: Path) -> Json:
    """The expected result that the three texts of a trial share."""
    return expected_result(path.with_name(path.stem.rpartition("-")[0] + ".json"))


def missing_numbers(expected: Json, records: list[Json]) -> list[str]:
    """Expected numbers that are not read, or not whole; one sentence each."""
    comparison = compare(expected, records)
    unread = [f"not read: {row}" for row in comparison.unread if not row.value.get("optional")]
    return unread + [f"in part: {row}" for row in comparison.in_part if not row.value.get("optional")]


def missing_design(expected: Json, records: list[Json]) -> list[str]:
    """Facts of the trial, arms, sizes, drugs and doses that are not said; one sentence each."""
    if len(records) != 1:
        return [f"one record is expected, not {len(records)}"]
    trial, wanted = records[0]["trial"], expected["trial"]
    facts = [f"trial.{key} is not said to be {wanted[key]!r}" for key in wanted if not agrees(wanted[key], trial[key])]
    key_of = {name: key for key, name in identify_arms(expected, records[0]).items()}
    said = {arm["key"]: arm for arm in records[0]["arms"]}
    for arm in expected["arms"]:
        if arm["key"] in key_of:
            facts += [f"arm {arm['key']}: {fact}" for fact in _missing_of_arm(arm, said[key_of[arm["key"]]])]
        else:
            facts.append(f"no arm {arm['key']} among {[one['label'] for one in records[0]['arms']]}")
    return facts


def _missing_of_arm(wanted: Json, said: Json) -> Iterator[str]:
    for size in ("n_randomized", "n_analyzed"):
        if size in wanted and not agrees(wanted[size], said[size]):
            yield f"{size} is not said to be {wanted[size]}"
    for drug in wanted["interventions"]:
        same = [one for one in said["interventions"] if _is_named(drug, one)]
        if not same and not drug.get("optional"):
            yield f"no {drug['name']}"
        for key in ("dose_value", "dose_unit", "route", "frequency"):
            if same and not agrees(drug.get(key, same[0][key]), same[0][key]):
                yield f"{key} of {drug['name']} is not said to be {drug[key]}"


def _is_named(drug: Json, said: Json) -> bool:
    return agrees(drug["name"], said["name"]) or agrees(drug["name"], said.get("norm"))


def wrong_things(expected: Json, document: Document, records: list[Json]) -> list[str]:
    """What is said and is not so; one sentence each."""
    numbers = [f"not expected: {row}" for row in compare(expected, records).unexpected]
    said = {"doi": document.doi, "language": document.language}
    wrong = [
        f"{key} of the document is {said[key]!r}" for key in said if not fits(expected["document"][key], said[key])
    ]
    return numbers + list(wrong_facts(expected, records)) + wrong


@each_text
def test_the_same_numbers_on_the_same_arms(path: Path, readings: dict[str, Reading]) -> None:
    assert missing_numbers(expected_of(path), readings[path.stem][1]) == []


@each_text
def test_the_same_design_and_arms(path: Path, readings: dict[str, Reading]) -> None:
    assert missing_design(expected_of(path), readings[path.stem][1]) == []


@each_text
def test_nothing_is_said_that_is_not_so(path: Path, readings: dict[str, Reading]) -> None:
    document, records = readings[path.stem]
    assert wrong_things(expected_of(path), document, records) == []


@each_text
def test_every_quote_is_the_text_at_its_offsets(path: Path, readings: dict[str, Reading]) -> None:
    document, records = readings[path.stem]
    proofs = list(_proofs(records))
    assert [one for one in proofs if document.text[one["start"] : one["end"]] != one["quote"]] == []
    assert proofs
    assert all(one["quote"] for one in proofs)
    numbers = [row.value for record in records for row in rows_of(record)]
    assert [value for value in numbers if not value["evidence"]["quote"]] == []


def _proofs(node: Any) -> Iterator[Json]:
    if isinstance(node, dict):
        if {"start", "end", "quote"} <= node.keys():
            yield node
        for child in node.values():
            yield from _proofs(child)
    elif isinstance(node, list):
        for child in node:
            yield from _proofs(child)


def test_the_count_of_numbers(readings: dict[str, Reading], capsys: pytest.CaptureFixture[str]) -> None:
    """How many of the demanded numbers are read; and that every trial is told in its three ways."""
    assert [path.stem for path in TEXTS] == sorted(f"{trial}-{way}" for trial in TRIALS for way in WAYS)
    missing = {path.stem: len(missing_numbers(expected_of(path), readings[path.stem][1])) for path in TEXTS}
    demanded = sum(not row.value.get("optional") for path in TEXTS for row in rows_of(expected_of(path)))
    assert demanded == 3 * (7 + 5 + 8 + 6 + 1)
    with capsys.disabled():
        whole = sum(not count for count in missing.values())
        read = demanded - sum(missing.values())
        print(f"\nrewordings: {read} of {demanded} numbers, {whole} of {len(TEXTS)} texts whole")


# The texts themselves: nothing below asks the extractor.


@each_text
def test_an_expected_number_stands_in_the_text(path: Path) -> None:
    """Every part of an expected number is in the file as written (signs aside)."""
    text = path.read_text(encoding="utf-8").replace("·", ".")
    stated = {abs(float(number.replace(",", ""))) for number in re.findall(r"\d[\d,]*(?:\.\d+)?|\.\d+", text)}
    keys = ("value", "dispersion_value", "estimate", "ci_low", "ci_high", "p_value")
    for row in rows_of(expected_of(path)):
        parts = {abs(row.value[key]) for key in keys if row.value.get(key) is not None}
        assert row.value.get("optional") or parts <= stated, str(row)
    sizes = [arm.get(size) for arm in expected_of(path)["arms"] for size in ("n_randomized", "n_analyzed")]
    assert {size for size in sizes if isinstance(size, int)} <= stated


@each_text
def test_a_text_says_that_it_was_composed_here(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert "composed for the Trialhouse project" in text
    assert "CC0-1.0" in text


def test_no_sentence_of_a_text_is_a_seed_s(shared: Path) -> None:
    """Eight words in a row that a seed has too are a copy; authors of a reference are not words."""
    seeds = {words for seed in (shared / "seeds").glob("*.txt") for words in _runs(seed.read_text(encoding="utf-8"))}
    copied = [
        (path.stem, words) for path in TEXTS for words in _runs(path.read_text(encoding="utf-8")) if words in seeds
    ]
    assert seeds
    assert copied == []


def _runs(text: str) -> Iterator[str]:
    """Every run of eight words, within a sentence, none of them with a digit; references left out."""
    for sentence in re.split(r"[.!?;:]+\s|\n\n", re.sub(r".*\bet al\b.*", "", text)):
        words = re.findall(r"[^\W_]+(?:-[^\W_]+)*", sentence.lower())
        for start in range(len(words) - 7):
            run = " ".join(words[start : start + 8])
            if not re.search(r"\d", run):
                yield run
