"""The five real seeds: what the document itself says, to the letter, and where it says it."""

import datetime
import json
import pathlib

import pytest

from trialhouse.documents import parse_document
from trialhouse.model.document import Document, Receipt, ZoneKind
from trialhouse.model.ids import sha256_hex


def parse_file(path: pathlib.Path) -> Document:
    data = path.read_bytes()
    receipt = Receipt(
        source="files",
        record_id=path.name,
        locator=str(path),
        fetched_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
        sha256=sha256_hex(data),
        size_bytes=len(data),
    )
    return parse_document(data, receipt)


def said(document: Document, field: str) -> object:
    if field == "cites":
        return [one.value for one in document.cites]
    value = getattr(document, field)
    return list(value) if isinstance(value, tuple) else value


@pytest.fixture(scope="module")
def seeds(shared: pathlib.Path) -> dict[str, Document]:
    return {path.stem: parse_file(path) for path in sorted((shared / "seeds").glob("*.txt"))}


def test_document_facts(shared: pathlib.Path, seeds: dict[str, Document]) -> None:
    gold = json.loads((shared / "gold" / "seeds.json").read_text(encoding="utf-8"))
    assert len(gold) == len(seeds) == 5
    wrong = []
    for name, record in gold.items():
        document = seeds[name.removesuffix(".txt")]
        for field, value in record["document"].items():
            if said(document, field) != value:
                wrong.append((name, field, value, said(document, field)))
    assert wrong == []


def test_the_text_is_the_file_and_proof_holds(shared: pathlib.Path, seeds: dict[str, Document]) -> None:
    for name, document in seeds.items():
        assert document.text == (shared / "seeds" / f"{name}.txt").read_text(encoding="utf-8")
        assert document.evidence
        assert all(proof.holds_in(document.text) for proof in document.evidence.values())


def test_registry_ids_and_parts(seeds: dict[str, Document]) -> None:
    ids = {name[:3]: [one.value for one in document.registry_ids] for name, document in seeds.items()}
    assert ids == {"000": ["NCT03926117"], "001": [], "002": ["NCT04433585"], "003": ["NCT02467504"], "004": []}
    assert [name[:3] for name, document in seeds.items() if document.is_partial] == ["002"]


def test_numbers_of_furniture_stay_out_of_the_body(seeds: dict[str, Document]) -> None:
    page = next(document for name, document in seeds.items() if name.startswith("002"))
    body = " ".join(page.text[zone.start : zone.end] for zone in page.zones if zone.kind is ZoneKind.BODY)
    assert "TULIP" in page.text
    assert not any(word in body for word in ("TULIP", "2010", "ISSN", "advert", "Meeting Reports"))
    assert all(number in body for number in ("8.8%", "13.9%", "16.4%", "19.1%", "12.2%", "15.1%", "0.309"))


def test_sections_of_the_structured_abstracts(seeds: dict[str, Document]) -> None:
    for start in ("000", "004"):
        document = next(one for name, one in seeds.items() if name.startswith(start))
        results = [document.text[zone.start : zone.end] for zone in document.zones if zone.section.value == "RESULTS"]
        methods = [document.text[zone.start : zone.end] for zone in document.zones if zone.section.value == "METHODS"]
        assert len(results) == len(methods) == 1
        assert ("264" in results[0]) == (start == "000")
        assert ("105" in results[0]) == (start == "004")
