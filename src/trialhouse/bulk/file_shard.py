"""One file of PubMed to its shard: the work of one task, the same on this machine and on a worker of a cluster."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from trialhouse.bulk.batch import DELETED, Batch, BrokenFile, shown
from trialhouse.bulk.gate import Gate, Key, gate, gate_version, keys_of, of_problem, quarantine_table, without_records
from trialhouse.bulk.parser import PARSER_VERSION, parse_file
from trialhouse.bulk.shards import ShardManifest, ShardStore, ShardWriter
from trialhouse.bulk.source_files import CheckedFile, DamagedFile, SourceFile, read_source_file
from trialhouse.model.record import Record

TRIAL_RECORDS = "trial_records"
"""The table of a shard with the bytes of trial reports; the store does not take it."""

_TRIAL_RECORDS = pa.schema([("pmid", pa.int64()), ("version", pa.int64()), ("xml", pa.binary())])

NOT_READ = frozenset({"not_xml", "no_pmid", "book", "too_large"})
"""Causes of problems for which a parser gives no citation."""


class FileOutcome(Record):
    """What became of one file: its shard's manifest, or why there is none. `was_there`: the shard was whole already."""

    file: SourceFile
    manifest: ShardManifest | None = None
    was_there: bool = False
    reason: str | None = None
    message: str | None = None


def make_shard(file: SourceFile, shards: str, sql: Path, taken_at: datetime.datetime) -> FileOutcome:
    """Read a file and write its shard, unless it is there. A file that is damaged is told, never raised.

    `shards` is a folder or a URL, `sql` the folder of the gate, `taken_at` when the load began.
    """
    store = ShardStore(shards)
    try:
        checked = read_source_file(file)
        made_by = f"parser {PARSER_VERSION}, gate {gate_version(sql)}"
        known = store.manifest(checked.sha256)
        if known is not None and known.made_by == made_by and store.is_whole(known):
            return FileOutcome(file=file, manifest=known, was_there=True)
        with gate(sql) as own, store.writing(checked.sha256) as writer:
            counts = _write(checked, writer, own, {})
            if counts.repeated:
                # Rare: a record that comes again in its file. The last one counts, so the file is read a second time.
                writer.start_again()
                counts = _write(checked, writer, own, counts.repeated)
            manifest = writer.finish(
                ShardManifest(
                    file_name=file.name,
                    year=file.year,
                    number=file.number,
                    sha256=checked.sha256,
                    size_bytes=checked.size_bytes,
                    is_md5_checked=checked.is_md5_checked,
                    made_by=made_by,
                    taken_at=taken_at,
                    citations_read=counts.kept + counts.superseded + counts.quarantined,
                    citations_superseded=counts.superseded,
                    citations_quarantined=counts.quarantined,
                    deletions=counts.deletions,
                    tables={},
                )
            )
    except DamagedFile as error:
        return FileOutcome(file=file, reason=error.reason, message=error.message)
    except BrokenFile as error:
        return FileOutcome(file=file, reason="broken_xml", message=f"{file.name}: {error}: get it again")
    return FileOutcome(file=file, manifest=manifest)


@dataclass
class _Counts:
    """What a reading of a file came to. `repeated` names, by the batch, records that a later batch has again."""

    kept: int = 0
    superseded: int = 0
    quarantined: int = 0
    deletions: int = 0
    refused: list[dict[str, Any]] = field(default_factory=list)
    batch_of: dict[Key, int] = field(default_factory=dict)
    repeated: dict[int, set[Key]] = field(default_factory=dict)


def _write(checked: CheckedFile, writer: ShardWriter, own: Gate, dropped: Mapping[int, set[Key]]) -> _Counts:
    """Write all batches of a file, without the records that are named of each batch."""
    counts = _Counts()
    batches = enumerate(parse_file(checked.chunks()))
    while (numbered := next(batches, None)) is not None:
        number, batch = numbered
        tables = dict(batch.tables)
        gone = dropped.get(number)
        if gone:
            tables = without_records(tables, gone)
            counts.superseded += len(gone)
        sifted = own.sift(tables)
        for name, table in sifted.tables.items():
            writer.write(name, table)
        writer.write("trial_reports", sifted.reports)
        writer.write(TRIAL_RECORDS, _trial_records(batch, set(keys_of(sifted.reports)), gone or set()))
        _count(counts, number, batch, sifted.tables)
        counts.quarantined += sifted.citations_refused
        counts.refused += sifted.refused
        # Nothing holds this batch while the parser makes the next one: that would be the most memory that a file takes.
        del numbered, batch, tables, sifted
    writer.write("quarantine", quarantine_table(counts.refused))
    return counts


def _count(counts: _Counts, number: int, batch: Batch, kept: Mapping[str, pa.Table]) -> None:
    counts.kept += kept["citations"].num_rows
    counts.deletions += kept[DELETED].num_rows
    records = {pmid: data for pmid, _, data in batch.raw} if batch.problems else {}
    for problem in batch.problems:
        data = records.get(problem.pmid) if problem.content is None and problem.pmid is not None else None
        counts.refused.append(of_problem(problem if data is None else problem._replace(content=shown(data))))
    counts.quarantined += sum(problem.cause in NOT_READ for problem in batch.problems)
    for key in keys_of(kept["citations"]):
        before = counts.batch_of.get(key)
        if before is not None:
            counts.repeated.setdefault(before, set()).add(key)
        counts.batch_of[key] = number


def _trial_records(batch: Batch, passed: set[Key], gone: set[Key]) -> pa.Table:
    """The bytes of the records that passed the filter, once each."""
    found = {(pmid, version): data for pmid, version, data in batch.raw if (pmid, version) in passed - gone}
    rows = [(pmid, version, bytes(data)) for (pmid, version), data in sorted(found.items())]
    columns = list(zip(*rows, strict=True)) or [(), (), ()]
    arrays = [pa.array(list(c), f.type) for c, f in zip(columns, _TRIAL_RECORDS, strict=True)]
    return pa.Table.from_arrays(arrays, schema=_TRIAL_RECORDS)
