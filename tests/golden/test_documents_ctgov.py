"""Real studies of ClinicalTrials.gov: arms, outcomes and evidence against the JSON, by other code than the reader's."""

import datetime
import gzip
import json
import pathlib
from typing import Any

import pytest

from trialhouse.documents import parse_document
from trialhouse.extraction.registry_record import extract_registry_record
from trialhouse.model.document import Document, Receipt, UnreadableDocument
from trialhouse.model.ids import sha256_hex
from trialhouse.model.vocabulary import Vocabulary


def load(path: pathlib.Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def parse(path: pathlib.Path, data: bytes) -> Document:
    receipt = Receipt(
        source="files",
        record_id=path.name,
        locator=str(path),
        fetched_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
        sha256=sha256_hex(data),
        size_bytes=len(data),
    )
    return parse_document(data, receipt)


@pytest.fixture(scope="module")
def studies(shared: pathlib.Path) -> list[tuple[dict[str, Any], Document]]:
    found = []
    for path in sorted((shared / "recorded" / "ctgov").rglob("*.json*")):
        data = load(path)
        loaded = json.loads(data)
        if len(loaded.get("studies", [loaded])) == 1 and "protocolSection" in loaded.get("studies", [loaded])[0]:
            found.append((loaded.get("studies", [loaded])[0]["protocolSection"], parse(path, data)))
    assert len(found) >= 13
    return found


def test_counts_and_words(studies: list[tuple[dict[str, Any], Document]]) -> None:
    totals = [0, 0]
    for protocol, document in studies:
        record = extract_registry_record(document, Vocabulary())
        module = protocol.get("armsInterventionsModule", {})
        outcomes = protocol.get("outcomesModule", {})
        planned = [one for kind in ("primary", "secondary", "other") for one in outcomes.get(f"{kind}Outcomes", [])]
        if module.get("armGroups"):
            assert [arm.label for arm in record.arms] == [group["label"] for group in module["armGroups"]]
        registered = record.outcomes[: len(planned)]
        assert [outcome.measure for outcome in registered] == [one["measure"] for one in planned]
        assert [outcome.time_frame for outcome in registered] == [one.get("timeFrame") for one in planned]
        assert not any(outcome.measurements or outcome.analyses for outcome in registered)
        assert [len(arm.interventions) for arm in record.arms[: len(module.get("armGroups", []))]] == [
            len(group.get("interventionNames", [])) for group in module.get("armGroups", [])
        ]
        design = protocol.get("designModule", {})
        assert record.trial.enrollment == design.get("enrollmentInfo", {}).get("count")
        assert record.trial.study_type == design.get("studyType")
        assert record.trial.masking == design.get("designInfo", {}).get("maskingInfo", {}).get("masking")
        assert record.trial.registry_ids[0] == protocol["identificationModule"]["nctId"]
        sites = protocol.get("contactsLocationsModule", {}).get("locations", [])
        assert (record.trial.site_count or 0) == len(sites)
        totals[0] += len(record.arms)
        totals[1] += len(record.outcomes)
    assert totals[0] > 10
    assert totals[1] > 60


def test_every_span_is_the_text(studies: list[tuple[dict[str, Any], Document]]) -> None:
    checked = 0
    for _, document in studies:
        record = extract_registry_record(document, Vocabulary())
        parts = [
            record.trial,
            *record.arms,
            *record.outcomes,
            *(one for arm in record.arms for one in arm.interventions),
        ]
        for part in parts:
            for field, proof in part.evidence.items():
                assert proof.holds_in(document.text), field
                assert proof.locator
                assert proof.locator.startswith("$.")
                checked += 1
        if record.trial.enrollment is not None:
            assert record.trial.evidence["enrollment"].quote == str(record.trial.enrollment)
    assert checked > 200


def test_pages_of_several_studies_are_told(shared: pathlib.Path) -> None:
    path = shared / "recorded" / "ctgov" / "biomcp" / "search_phelan_limit5_20260811.json"
    with pytest.raises(UnreadableDocument) as told:
        parse(path, load(path))
    assert told.value.reason == "several_records"
