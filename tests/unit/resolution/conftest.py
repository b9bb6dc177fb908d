"""Small documents and claims, in the words of trials."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from trialhouse.model.document import Document, Identifier, Receipt
from trialhouse.model.enums import DocumentKind
from trialhouse.model.evidence import Evidence
from trialhouse.model.extraction import AnalysisClaim, DocumentFacts, Extraction, MeasurementClaim
from trialhouse.resolution.reading import Reading

TEXT = "Of 100 adults, 50 took quenosartan 40 mg and 50 placebo; response was 60% against 40% (P=0.04). " * 3


def make_document(name: str, kind: DocumentKind = DocumentKind.ABSTRACT, **facts: Any) -> Document:
    receipt = Receipt(
        source="files",
        record_id=name,
        locator=name,
        fetched_at=datetime.datetime(2026, 11, 21, tzinfo=datetime.UTC),
        sha256="0" * 64,
        size_bytes=1,
    )
    return Document(document_id=f"doc-{name}", receipt=receipt, format="text", kind=kind, text=TEXT, **facts)


def make_reading(name: str, kind: DocumentKind = DocumentKind.ABSTRACT, *, facts: Any = None, **claims: Any) -> Reading:
    document = make_document(name, kind, **(facts or {}))
    extraction = Extraction(id=name, text_sha256="", document=DocumentFacts(), **claims)
    return Reading(document, (extraction,), "test", "1")


def cites(doi: str) -> tuple[Identifier, ...]:
    return (Identifier(scheme="doi", value=doi, start=0, end=1),)


def number(arm: str | None, value: float, **more: Any) -> MeasurementClaim:
    given = {"statistic": "PERCENT", "unit": "%", "rule": "test", "confidence": 0.9} | more
    return MeasurementClaim(arm=arm, value=value, evidence=Evidence.of(TEXT, 0, 60), **given)


def comparison(arm: str, comparator: str, **more: Any) -> AnalysisClaim:
    given = {"effect": "RISK_DIFFERENCE", "rule": "test", "confidence": 0.9} | more
    return AnalysisClaim(arm=arm, comparator=comparator, evidence=Evidence.of(TEXT, 0, 90), **given)


@pytest.fixture
def reading() -> Callable[..., Reading]:
    return make_reading


@pytest.fixture
def measured() -> Callable[..., MeasurementClaim]:
    return number


@pytest.fixture
def compared() -> Callable[..., AnalysisClaim]:
    return comparison


@pytest.fixture
def cited() -> Callable[[str], tuple[Identifier, ...]]:
    return cites
