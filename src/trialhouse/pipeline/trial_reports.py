"""Trial reports of the bulk store to the landing store, so that the next refresh takes them like fetched ones.

A citation is landed as its own bytes under source "pubmed" and its PMID. Only one that names a trial is landed: a
release holds no other documents of bulk loads.
"""

from collections.abc import Sequence

from trialhouse.bulk.shards import ShardManifest, ShardStore
from trialhouse.bulk.store_files import DATABASE
from trialhouse.model.document import Receipt
from trialhouse.model.record import Record
from trialhouse.pipeline.derived import DerivedStore
from trialhouse.pipeline.ingest import stores_of
from trialhouse.pipeline.newer_fetches import is_left_as_fetched
from trialhouse.pipeline.report_readings import SOURCE, readings, report_receipt, trial_records
from trialhouse.pipeline.withdrawn_reports import Withdrawn
from trialhouse.releases.layout import Layout
from trialhouse.settings import Settings
from trialhouse.sources.landing import LandingStore
from trialhouse.store.connection import Connection, release_reader

AT_ONCE = 1000
"""Records of one pack."""

MARKS = frozenset({"publication_type", "registry_id"})
"""Reasons of the filter by which a record itself says that it reports a trial."""

Reasons = dict[tuple[int, int], set[str]]
"""Of each trial report, by PMID and version, why it passed the filter."""


class LandedReports(Record):
    """What became of the trial reports of a load.

    passed = without_trial + unreadable + landed + unchanged + fetched. `fetched` were fetched in a state as new or
    newer. Of those without a trial `marked_without_trial` have a publication type of a trial or an id of a registry.
    """

    passed: int = 0
    without_trial: int = 0
    unreadable: int = 0
    landed: int = 0
    unchanged: int = 0
    fetched: int = 0
    marked_without_trial: int = 0
    failures: tuple[tuple[int, str], ...] = ()


def land_trial_reports(
    settings: Settings, shards: ShardStore, manifests: Sequence[ShardManifest]
) -> tuple[LandedReports, list[Withdrawn]]:
    """Land the trial reports of some files that stand in the store, oldest file first.

    Returns what became of them, and those that name no trial: of these what was landed before must be withdrawn.
    """
    layout = Layout(settings.warehouse)
    landing = stores_of(settings).landing
    derived = DerivedStore(settings, landing)
    total = LandedReports()
    without_trial: list[Withdrawn] = []
    if not (layout.pubmed / DATABASE).is_file():
        return total, without_trial
    query = (settings.root / "warehouse" / "bulk" / "current_reports.sql").read_text(encoding="utf-8")
    with release_reader(layout.pubmed / DATABASE) as connection:
        for manifest in manifests:
            current = _current(connection, query, manifest)
            found = _Reports(settings, shards, manifest, current)
            total = _land(found, landing, derived, total)
            without_trial += found.without_trial
    return total, without_trial


def _current(connection: Connection, query: str, manifest: ShardManifest) -> Reasons:
    rows = connection.execute(query, {"sha256": manifest.sha256}).fetchall()
    return {(pmid, version): set(reasons) for pmid, version, reasons in rows}


class _Reports:
    """The trial reports of one file: records that name a trial, those that do not, and those that cannot be read."""

    def __init__(self, settings: Settings, shards: ShardStore, manifest: ShardManifest, current: Reasons) -> None:
        self.records: list[tuple[bytes, Receipt, bytes]] = []
        self.without_trial: list[Withdrawn] = []
        self.marked_without_trial = 0
        self.failures: list[tuple[int, str]] = []
        records = trial_records(shards, manifest)
        if records is None:
            return
        license = settings.terms(SOURCE).license
        read = readings(shards, manifest)
        assert read is not None, "every shard was read before"
        for record, said in zip(records.to_pylist(), read.to_pylist(), strict=True):
            key = record["pmid"], record["version"]
            if key not in current:
                continue
            if said["names_trial"]:
                receipt = report_receipt(manifest, record["pmid"], record["xml"], license)
                self.records.append((record["xml"], receipt, said["derived"]))
            elif said["failure"]:
                self.failures.append((record["pmid"], said["failure"]))
            else:
                gone = Withdrawn(record["pmid"], "no_trial_report", manifest.file_name, manifest.taken_at)
                self.without_trial.append(gone)
                self.marked_without_trial += not MARKS.isdisjoint(current[key])


def _land(found: _Reports, landing: LandingStore, derived: DerivedStore, total: LandedReports) -> LandedReports:
    records = [one for one in found.records if not is_left_as_fetched(one[0], one[1], landing)]
    landed = 0
    for start in range(0, len(records), AT_ONCE):
        batch = records[start : start + AT_ONCE]
        told = landing.land_batch([(data, receipt) for data, receipt, _ in batch])
        for is_new, (_, receipt, packed) in zip(told, batch, strict=True):
            if is_new:
                derived.keep(receipt, packed)
        landed += sum(told)
    return LandedReports(
        passed=total.passed + len(found.records) + len(found.without_trial) + len(found.failures),
        without_trial=total.without_trial + len(found.without_trial),
        unreadable=total.unreadable + len(found.failures),
        landed=total.landed + landed,
        unchanged=total.unchanged + len(records) - landed,
        fetched=total.fetched + len(found.records) - len(records),
        marked_without_trial=total.marked_without_trial + found.marked_without_trial,
        failures=(*total.failures, *found.failures),
    )
