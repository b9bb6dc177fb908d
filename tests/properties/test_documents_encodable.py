"""Whatever a file holds, a document that is read from it can be written down: no half of a surrogate pair is left."""

import contextlib
import datetime
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trialhouse.documents import parse_document
from trialhouse.extraction.registry_record import extract_registry_record
from trialhouse.model.document import Document, Receipt, UnreadableDocument
from trialhouse.model.ids import sha256_hex
from trialhouse.model.vocabulary import Vocabulary
from trialhouse.text.json_values import load_json

ANY_TEXT = st.text(max_size=30) | st.sampled_from(
    ["\ud800", "fever \ud83d", "\udc00\ud800", "\U0001f600 fever", "\\ud800", "10.5555/exjf.\ud83d.1", "2025-02-03"]
)
ANY_VALUE = st.recursive(
    ANY_TEXT | st.none() | st.integers() | st.booleans(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["date", "id", "pmid", "citation", "type", "references", "studyFirstPostDateStruct"])
            | ANY_TEXT,
            inner,
            max_size=3,
        )
    ),
    max_leaves=6,
)
IDENTIFICATION = st.fixed_dictionaries(
    {"nctId": ANY_TEXT},
    optional=dict.fromkeys(
        ("officialTitle", "briefTitle", "nctIdAliases", "secondaryIdInfos", "orgStudyIdInfo", "acronym"), ANY_VALUE
    ),
)
STUDY = st.fixed_dictionaries(
    {"identificationModule": IDENTIFICATION}, optional={"statusModule": ANY_VALUE, "referencesModule": ANY_VALUE}
)


def parsed(content: str) -> Document:
    data = content.encode("utf-8", "surrogatepass")
    receipt = Receipt(
        source="files",
        record_id="page",
        locator="inbox/page",
        fetched_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
        sha256=sha256_hex(data),
        size_bytes=len(data),
    )
    return parse_document(data, receipt)


def assert_written(document: Document) -> None:
    assert Document.model_validate_json(document.model_dump_json()) == document
    assert document.text.encode()


@given(STUDY, st.booleans())
@settings(max_examples=80)
def test_any_study_is_written(protocol: dict[str, Any], ascii_only: bool) -> None:
    assert_written(parsed(json.dumps({"protocolSection": protocol}, ensure_ascii=ascii_only)))


@given(ANY_VALUE, ANY_VALUE, ANY_VALUE, ANY_TEXT)
@settings(max_examples=60)
def test_any_page_is_written(headline: Any, part: Any, stated: Any, words: str) -> None:
    linked = {"@type": "NewsArticle", "headline": headline, "isPartOf": part, "identifier": stated}
    linked |= {"datePublished": stated, "isPartOf": {"@type": "Journal", "name": headline}}
    page = f'<html><head><script type="application/ld+json">{json.dumps(linked)}</script><title>{words}</title></head>'
    assert_written(parsed(f"{page}<body><h1>{words}</h1><p>&#xD83D; {words} of 12 people.</p></body></html>"))


@given(st.text(st.characters(), max_size=80))
@settings(max_examples=60)
def test_any_text_is_written(text: str) -> None:
    with contextlib.suppress(UnreadableDocument):
        assert_written(parsed(text))


def test_the_claims_of_a_study_are_written_and_its_quotes_are_the_file() -> None:
    cut = "Belotarin \ud83d in fever"
    protocol = {
        "identificationModule": {"nctId": "NCT09990777", "briefTitle": cut, "acronym": cut},
        "conditionsModule": {"conditions": [cut]},
        "sponsorCollaboratorsModule": {"leadSponsor": {"name": cut}},
        "armsInterventionsModule": {
            "armGroups": [{"label": cut, "type": "EXPERIMENTAL", "interventionNames": [f"Drug: {cut}"]}],
            "interventions": [{"type": "DRUG", "name": cut, "description": f"5 mg {cut}"}],
        },
        "outcomesModule": {"primaryOutcomes": [{"measure": cut, "timeFrame": cut}]},
    }
    document = parsed(json.dumps({"protocolSection": protocol}))
    claims = extract_registry_record(document, Vocabulary())
    said = "Belotarin \ufffd in fever"
    assert (document.title, claims.trial.acronym, claims.trial.sponsor) == (said, said, said)
    assert (claims.arms[0].label, claims.outcomes[0].measure) == (said, said)
    assert claims.arms[0].interventions[0].name == said
    assert claims.model_dump_json()
    assert document.evidence["title"].quote == r"Belotarin \ud83d in fever"
    assert document.evidence["title"].holds_in(document.text)


@pytest.mark.parametrize("charset", ["unicode_escape", "utf-7"])
def test_a_declared_encoding_that_writes_halves(charset: str) -> None:
    cut = b"\\ud83d" if charset == "unicode_escape" else b"+2D0-"
    data = (
        f'<html><head><meta charset="{charset}"></head><body><p>Fever '.encode() + cut + b" \xe9 of 9</p></body></html>"
    )
    receipt = parsed("x").receipt.model_copy(update={"record_id": "other"})
    assert_written(parse_document(data, receipt))


@given(st.recursive(ANY_TEXT, lambda inner: st.lists(inner) | st.dictionaries(ANY_TEXT, inner), max_leaves=5))
def test_json_without_halves_is_read_as_it_is(value: Any) -> None:
    read = load_json(json.dumps(value))
    wanted = json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    if "\ufffd" not in wanted:
        assert read == value
    assert json.dumps(read, ensure_ascii=False).encode()
