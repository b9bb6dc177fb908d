"""Small invented studies with results, written as the registry's API writes them."""

import datetime
import json
from typing import Any

from trialhouse.extraction.registry_record import extract_registry_record
from trialhouse.model.document import Document, Identifier, Receipt
from trialhouse.model.enums import DocumentKind
from trialhouse.model.extraction import Extraction
from trialhouse.model.vocabulary import UnitTerm, Vocabulary

Json = dict[str, Any]
NCT = "NCT09990777"
VOCABULARY = Vocabulary(units=(UnitTerm(name="mg", unit="mg", ucum="mg"), UnitTerm(name="days", unit="days", ucum="d")))
LOW = {
    "label": "Belotarin 20 mg",
    "type": "EXPERIMENTAL",
    "description": "A tablet of 20 mg each morning",
    "interventionNames": ["Drug: Belotarin"],
}
HIGH = LOW | {"label": "Belotarin 40 mg", "description": "A tablet of 40 mg each morning"}
PLACEBO = {"label": "Placebo", "type": "PLACEBO_COMPARATOR", "interventionNames": ["Drug: Placebo"]}
DRUGS = [{"type": "DRUG", "name": "Belotarin"}, {"type": "DRUG", "name": "Placebo"}]
ARMS = (LOW, HIGH, PLACEBO)


def study(
    arms: tuple[Json, ...] = ARMS, outcomes: tuple[Json, ...] = (), *, protocol: Json | None = None, **modules: Json
) -> Document:
    """The document of a study with these arms, posted outcome measures and other modules of the results section."""
    parts: Json = {"identificationModule": {"nctId": NCT}}
    if arms:
        parts["armsInterventionsModule"] = {"armGroups": list(arms), "interventions": DRUGS}
    results: Json = {"outcomeMeasuresModule": {"outcomeMeasures": list(outcomes)}} | modules
    text = json.dumps({"protocolSection": parts | (protocol or {}), "resultsSection": results}, indent=1)
    start = text.index(NCT)
    named = Identifier(scheme="registry", value=NCT, registry="ClinicalTrials.gov", start=start, end=start + 11)
    receipt = Receipt(
        source="files",
        record_id=f"in/{NCT}.json",
        locator=f"in/{NCT}.json",
        fetched_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
        sha256="0" * 64,
        size_bytes=len(text),
    )
    return Document(
        document_id="doc-x",
        receipt=receipt,
        format="ctgov_json",
        kind=DocumentKind.REGISTRY,
        text=text,
        registry_ids=(named,),
    )


def read(arms: tuple[Json, ...] = ARMS, outcomes: tuple[Json, ...] = (), **rest: Any) -> Extraction:
    """The claims of that study."""
    return extract_registry_record(study(arms, outcomes, **rest), VOCABULARY)


def groups(*titles: str) -> list[Json]:
    """Result groups with these titles, numbered OG000, OG001, …"""
    return [{"id": f"OG{number:03}", "title": title} for number, title in enumerate(titles)]


def values(*written: str | Json) -> list[Json]:
    """Cells of the groups in their order: a value, or a whole cell."""
    return [
        {"groupId": f"OG{number:03}"} | (cell if isinstance(cell, dict) else {"value": cell})
        for number, cell in enumerate(written)
    ]


def counts(*written: str) -> list[Json]:
    """Denominators of the groups in their order."""
    return [{"groupId": f"OG{number:03}", "value": count} for number, count in enumerate(written)]


def started(*written: str) -> Json:
    """A period of the participant flow with these participants at its start."""
    achieved = [{"groupId": one["groupId"], "numSubjects": one["value"]} for one in counts(*written)]
    return {"milestones": [{"type": "STARTED", "achievements": achieved}]}


def measure(titles: tuple[str, ...], *written: str | Json, **fields: Any) -> Json:
    """An outcome measure of one row and one category."""
    return {
        "type": "PRIMARY",
        "title": "Days of fever",
        "paramType": "MEAN",
        "unitOfMeasure": "Days",
        "timeFrame": "12 weeks",
        "groups": groups(*titles),
        "classes": [{"categories": [{"measurements": values(*written)}]}],
    } | fields
