"""The bundled corpus: what its documents say, what is read of them, and that its own figures can be true."""

import math
import re
import statistics
import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.golden.corpus_reading import (
    CORPUS,
    EXPECTED_SUFFIX,
    SEEDS,
    Comparison,
    Json,
    Row,
    compare,
    corpus_documents,
    expected_path,
    expected_result,
    fits,
    parsed,
    read_document,
    rows_of,
    wrong_facts,
)
from trialhouse.model.document import Document, ZoneKind

DOCUMENTS = corpus_documents()
each_document = pytest.mark.parametrize("path", DOCUMENTS, ids=[path.stem for path in DOCUMENTS])
RATIOS = ("HAZARD_RATIO", "RISK_RATIO", "ODDS_RATIO", "RATE_RATIO")


@pytest.fixture(scope="module")
def readings() -> dict[str, tuple[Document, list[Json]]]:
    """Every document parsed and extracted once."""
    return {path.name: read_document(path) for path in DOCUMENTS}


def compared(path: Path, readings: dict[str, tuple[Document, list[Json]]]) -> tuple[Json, Comparison]:
    expected = expected_result(path)
    return expected, compare(expected, readings[path.name][1])


@each_document
def test_what_is_marked_is_read_and_what_is_read_is_marked(path: Path, readings: Any) -> None:
    _, comparison = compared(path, readings)
    missed = [str(row) for row in comparison.in_part + comparison.unread if row.value["read"]]
    assert not missed, "marked as read and not read (or not whole, or not of this arm)"
    unmarked = [str(row) for row in comparison.read if not row.value["read"]]
    assert not unmarked, "newly read: mark it as read (python tests/golden/mark_corpus.py)"


@each_document
def test_no_number_is_read_that_is_not_expected(path: Path, readings: Any) -> None:
    _, comparison = compared(path, readings)
    assert not [str(row) for row in comparison.unexpected]


@each_document
def test_no_fact_of_trial_or_arms_is_wrong(path: Path, readings: Any) -> None:
    assert not list(wrong_facts(expected_result(path), readings[path.name][1]))


@each_document
def test_every_quote_is_the_text_at_its_offsets(path: Path, readings: Any) -> None:
    document, records = readings[path.name]
    proofs = [proof for record in records for proof in _proofs(record)]
    assert [proof for proof in proofs if document.text[proof["start"] : proof["end"]] != proof["quote"]] == []
    assert all(proof["quote"] for proof in proofs)
    numbers = [row.value for record in records for row in rows_of(record)]
    assert [value for value in numbers if not value["evidence"]["quote"]] == []


def _proofs(node: Any) -> list[Json]:
    if isinstance(node, dict):
        own = [node] if {"start", "end", "quote"} <= node.keys() else []
        return own + [proof for child in node.values() for proof in _proofs(child)]
    return [proof for child in node for proof in _proofs(child)] if isinstance(node, list) else []


@each_document
def test_relations_and_own_identifiers(path: Path) -> None:
    document, expected = parsed(path), expected_result(path)
    wanted = {(one["relation"], one["scheme"], one["value"]) for one in expected.get("relations", [])}
    said = {(str(one.relation), one.scheme, one.value.lower()) for one in document.relations if one.relation != "CITES"}
    assert said == wanted
    doi = expected["document"].get("doi")
    assert (document.doi or "").lower() == (doi or "").lower()
    facts = {key: getattr(document, key) for key in ("kind", "title", "journal", "published", "language", "is_partial")}
    wrong = {key: said for key, said in facts.items() if not fits(expected["document"].get(key, said), said)}
    assert wrong == {}


@each_document
def test_menus_advertisements_and_related_articles_are_no_body(path: Path) -> None:
    """What stands in another zone is kept in the text, and results are not read from there."""
    document = parsed(path)
    body = "\n".join(document.text[zone.start : zone.end] for zone in document.zones if zone.kind == ZoneKind.BODY)
    beside = expected_result(path).get("not_body", [])
    assert [part for part in beside if part not in document.text] == []
    assert [part for part in beside if part in body] == []


def test_the_counts_of_both(readings: Any, capsys: pytest.CaptureFixture[str]) -> None:
    """How many numbers of the corpus are read, and how many are not read yet."""
    read = total = 0
    for path in DOCUMENTS:
        expected, comparison = compared(path, readings)
        marked = [row for row in rows_of(expected) if row.value["read"]]
        assert len(comparison.read) == len(marked), path.name
        read, total = read + len(comparison.read), total + len(rows_of(expected))
    with capsys.disabled():
        print(f"\ncorpus: {read} of {total} numbers are read, {total - read} are not read yet")
    assert total == 72
    assert 0 < read <= total


# The corpus itself: nothing below asks the extractor.


def test_every_document_has_its_expected_result_and_nothing_else_has_one() -> None:
    assert len(DOCUMENTS) == 12
    stems = {path.name.removesuffix(EXPECTED_SUFFIX) for path in CORPUS.glob(f"*{EXPECTED_SUFFIX}")}
    assert stems == {path.stem for path in DOCUMENTS}
    readme = (CORPUS / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in DOCUMENTS if f"`{path.name}`" not in readme] == []


@each_document
def test_a_document_says_that_it_was_composed_here_and_names_no_one_elses_trial(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert re.search(r"composed for the Trialhouse project", text, re.IGNORECASE)
    assert "CC0-1.0" in text
    topic = tomllib.loads((SEEDS.parent / "config/topics/seeds.toml").read_text(encoding="utf-8"))
    dois = set(re.findall(r"10\.\d{4,5}/[^\s\"<>]+", text))
    real = {doi.rstrip(".,") for doi in dois if not doi.startswith("10.5555/")}
    assert real <= set(topic["dois"])
    numbers = set(re.findall(r"NCT\d{8}", text))
    assert {number for number in numbers if not number.startswith("NCT0999")} <= set(topic["registry_ids"])


@each_document
def test_an_expected_number_stands_in_the_document(path: Path) -> None:
    """Every part of an expected number is in the file as written (signs and words aside)."""
    text = path.read_text(encoding="utf-8").replace("·", ".")
    stated = {abs(float(number.replace(",", ""))) for number in re.findall(r"\d[\d,]*(?:\.\d+)?|\.\d+", text)}
    keys = ("value", "dispersion_value", "estimate", "ci_low", "ci_high", "p_value")
    for row in rows_of(expected_result(path)):
        parts = {abs(row.value[key]) for key in keys if row.value.get(key) is not None}
        assert parts <= stated, str(row)


@each_document
def test_expected_percentages_are_possible_for_their_n(path: Path) -> None:
    expected = expected_result(path)
    sizes = {arm["key"]: arm.get("n_analyzed") or arm.get("n_randomized") for arm in expected["arms"]}
    counts = {(id(row.outcome), row.arm): row.value["value"] for row in rows_of(expected) if _is(row, "COUNT")}
    for row in rows_of(expected):
        n = sizes.get(row.arm or "")
        if not _is(row, "PERCENT") or not isinstance(n, int):
            continue
        count = counts.get((id(row.outcome), row.arm), round(row.value["value"] * n / 100))
        assert abs(100 * count / n - row.value["value"]) <= 0.0501, str(row)


def _is(row: Row, statistic: str) -> bool:
    return row.kind == "measurement" and row.value["statistic"] == statistic


@each_document
def test_expected_intervals_agree_with_their_p_values_or_an_alert_is_expected(path: Path) -> None:
    expected = expected_result(path)
    alerted = {one["outcome"] for one in expected.get("expected_alerts", []) if one["check"] == "interval_against_p"}
    disagreeing = {row.outcome["measure"] for row in rows_of(expected) if _has_both(row) and not _p_fits(row.value)}
    assert disagreeing == alerted


def _has_both(row: Row) -> bool:
    return row.value.get("ci_low") is not None and row.value.get("p_value") is not None


def _p_fits(value: Json) -> bool:
    """Whether the p-value lies between those that the interval and the estimate mean, rounding allowed for."""
    half = 0.5 * 10.0 ** -max(_decimals(value[key]) for key in ("estimate", "ci_low", "ci_high"))
    scale = math.log if value["effect"] in RATIOS else float
    estimates = [abs(scale(value["estimate"] + step)) for step in (-half, half)]
    widths = [scale(value["ci_high"] + step) - scale(value["ci_low"] - step) for step in (-half, half)]
    normal = statistics.NormalDist()
    scores = (max(estimates) * 3.92 / widths[0], min(estimates) * 3.92 / widths[1])
    low, high = (2 * (1 - normal.cdf(score)) for score in scores)
    if value["p_modifier"] == "<":
        return low < value["p_value"]
    rounding = 0.5 * 10.0 ** -_decimals(value["p_value"])
    return low - rounding <= value["p_value"] <= high + rounding


def _decimals(number: float) -> int:
    return len(f"{number:.6f}".rstrip("0").partition(".")[2])


def test_the_topic_of_the_seeds_holds_valid_identifiers() -> None:
    topic = tomllib.loads((SEEDS.parent / "config/topics/seeds.toml").read_text(encoding="utf-8"))
    assert topic["topic"] == "seeds"
    assert all(re.fullmatch(r"10\.\d{4}/\S+", doi) for doi in topic["dois"])
    assert all(re.fullmatch(r"NCT0\d{7}", number) for number in topic["registry_ids"])


@pytest.mark.parametrize("path", sorted((SEEDS.parent / "config/sources").glob("*.toml")), ids=lambda path: path.stem)
def test_a_source_file_says_its_terms(path: Path) -> None:
    content = path.read_text(encoding="utf-8")
    source = tomllib.loads(content)
    assert isinstance(source["may_be_passed_on"], bool)
    assert source["publisher"]
    assert source["license"]
    keys = [i for i, line in enumerate(content.splitlines()) if re.match(r"\w+ =", line)]
    lines = content.splitlines()
    assert [lines[i] for i in keys if not lines[i - 1].startswith("#")] == [], "every key has its comment"


def test_the_expected_file_of_a_document_is_found_by_its_stem() -> None:
    assert expected_path(CORPUS / "editorial.html").name == "editorial.expected.json"
