"""Whatever happens to a file on its way, each of its records is a document or says why not."""

import datetime
import json

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.documents.test_bibtex import ENTRY
from tests.unit.documents.test_crossref_json import WORK
from tests.unit.documents.test_europepmc_json import RECORD as PAPER
from tests.unit.documents.test_jats import article
from tests.unit.documents.test_nbib import RECORD as NBIB
from tests.unit.documents.test_ris import RECORD as RIS
from trialhouse.documents import parse_document
from trialhouse.model.document import Receipt, UnreadableDocument
from trialhouse.model.ids import sha256_hex
from trialhouse.sources.records_in_file import records_in

FILES = (
    article(),
    NBIB * 2,
    RIS * 2,
    ENTRY * 2,
    json.dumps([PAPER, PAPER]),
    json.dumps({"message": {"items": [WORK]}}),
)
PIECES = ("", "<", "&", "{", '"', "\n", "\\", "@misc{", "TY  - ", "PMID- 1", "null", "\x00", "\u00e9", "]]>", "<sup>2")


def read_all(data: bytes) -> None:
    """Read every record of a file. Raises what no parser may raise; a place that does not hold is an error too."""
    for record in records_in(data, "file"):
        receipt = Receipt(
            source="files",
            record_id=record.record_id("file"),
            locator="file",
            fetched_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
            sha256=sha256_hex(record.data),
            size_bytes=len(record.data),
        )
        try:
            document = parse_document(record.data, receipt)
        except UnreadableDocument:
            continue
        document.model_dump_json()
        assert all(proof.holds_in(document.text) for proof in document.evidence.values())


@given(st.sampled_from(FILES), st.floats(0, 1), st.integers(0, 80), st.sampled_from(PIECES))
@settings(max_examples=150)
def test_a_damaged_file_is_read_or_refused(content: str, place: float, length: int, piece: str) -> None:
    at = int(place * len(content))
    read_all((content[:at] + piece + content[at + length :]).encode())


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=4), inner, max_size=2),
    max_leaves=4,
)


@given(st.sampled_from([PAPER, WORK]), st.integers(0, 30), ODD)
@settings(max_examples=150)
def test_a_member_of_any_type_is_read_or_refused(record: dict[str, object], number: int, value: object) -> None:
    name = list(record)[number % len(record)]
    read_all(json.dumps({**record, name: value}).encode())
