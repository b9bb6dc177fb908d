"""What the trial reports of a file say: read by the worker that has the file, and left beside its shard."""

import io
import logging
from collections.abc import Sequence

import pyarrow as pa
import pyarrow.parquet as pq
import zstandard

from trialhouse.bulk.file_shard import TRIAL_RECORDS
from trialhouse.bulk.shards import ShardManifest, ShardStore
from trialhouse.model.document import Receipt
from trialhouse.model.ids import sha256_hex
from trialhouse.pipeline.derived import code_fingerprint
from trialhouse.pipeline.document_reading import read_and_written
from trialhouse.resolution.in_brief import is_of_a_trial
from trialhouse.resources import data_root, read_vocabulary

log = logging.getLogger(__name__)

SOURCE = "pubmed"

READINGS = pa.schema(
    [
        ("pmid", pa.int64()),
        ("version", pa.int64()),
        ("names_trial", pa.bool_()),
        ("failure", pa.string()),
        ("derived", pa.binary()),
    ]
)
"""What was read from the trial reports of a file; `derived` is compressed, null where no trial is named."""


def report_receipt(manifest: ShardManifest, pmid: int, data: bytes, license: str | None) -> Receipt:
    """The receipt of a citation of a file: the same wherever and however often it is made."""
    return Receipt(
        source=SOURCE,
        record_id=str(pmid),
        locator=f"{manifest.file_name}#{pmid}",
        fetched_at=manifest.taken_at,
        license=license,
        sha256=sha256_hex(data),
        size_bytes=len(data),
        media_type="text/xml",
    )


def readings_name() -> str:
    """The file of a shard with what this code reads from its trial reports."""
    return f"readings-{code_fingerprint(data_root() / 'seeds')}.parquet"


def trial_records(shards: ShardStore, manifest: ShardManifest) -> pa.Table | None:
    """The bytes of a shard's trial reports (pmid, version, xml); None where it has none."""
    if TRIAL_RECORDS not in manifest.tables:
        return None
    with shards.open(manifest.sha256, f"{TRIAL_RECORDS}.parquet") as file:
        return pq.read_table(file)


def readings(shards: ShardStore, manifest: ShardManifest) -> pa.Table | None:
    """What was read from a shard's trial reports, as `READINGS`; None where this code has not read them."""
    try:
        with shards.open(manifest.sha256, readings_name()) as file:
            return pq.read_table(io.BytesIO(file.read()))
    except FileNotFoundError:
        return None


def read_trial_reports(
    shards: ShardStore, manifest: ShardManifest, license: str | None, max_document_bytes: int
) -> None:
    """Parse and extract the trial reports of a shard, and leave what they say beside it, unless it lies there."""
    records = trial_records(shards, manifest)
    if records is None or shards.has(manifest.sha256, readings_name()):
        return
    vocabulary = read_vocabulary(data_root() / "seeds")
    compressor = zstandard.ZstdCompressor()
    rows = []
    for record in records.to_pylist():
        receipt = report_receipt(manifest, record["pmid"], record["xml"], license)
        derived, written = read_and_written(record["xml"], receipt, vocabulary, max_document_bytes)
        names_trial = any(is_of_a_trial(claims) for claims in derived.extractions)
        rows.append(
            {
                "pmid": record["pmid"],
                "version": record["version"],
                "names_trial": names_trial,
                "failure": derived.failure,
                "derived": compressor.compress(written) if names_trial else None,
            }
        )
    found = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows, READINGS), found, compression="none")
    shards.add(manifest.sha256, readings_name(), found.getvalue())


def read_what_is_left(
    shards: ShardStore, manifests: Sequence[ShardManifest], license: str | None, max_document_bytes: int
) -> None:
    """Read the trial reports of shards that lie there without what this code reads from them: a worker had other code.

    Without this they would be lost in silence, since nothing would say what they name.
    """
    for manifest in manifests:
        if TRIAL_RECORDS in manifest.tables and not shards.has(manifest.sha256, readings_name()):
            log.warning("trial reports of %s were read by another version: they are read here", manifest.file_name)
            read_trial_reports(shards, manifest, license, max_document_bytes)
