"""Landed trial reports that PubMed took back, or whose newest version reports no trial: they are withdrawn.

Only what a bulk load landed is: a record that was fetched otherwise is its own source's matter.
"""

import datetime
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

import pyarrow as pa

from trialhouse.bulk.store_files import DATABASE
from trialhouse.pipeline.newer_fetches import is_of_a_bulk_load
from trialhouse.pipeline.report_readings import SOURCE
from trialhouse.pipeline.withdrawal import MEDIA_TYPE, withdrawal
from trialhouse.releases.layout import Layout
from trialhouse.settings import Settings
from trialhouse.sources.landing import LandingStore
from trialhouse.store.connection import attach_read_only, scratch_database

MESSAGES = {
    "deleted": "{file} says that PubMed deleted the record of PMID {pmid}",
    "no_trial_report": "the record of PMID {pmid} is, as {file} has it, no report of a trial",
}


class Withdrawn(NamedTuple):
    """A landed citation that is gone: why, by which file, and when that one was loaded (UTC)."""

    pmid: int
    reason: str
    file_name: str
    taken_at: datetime.datetime

    @property
    def why(self) -> str:
        """The reason and a sentence."""
        return f"{self.reason}: {MESSAGES[self.reason].format(file=self.file_name, pmid=self.pmid)}"


def withdraw_reports(
    settings: Settings, landing: LandingStore, without_trial: Iterable[Withdrawn] = ()
) -> list[Withdrawn]:
    """Withdraw every landed citation that the store no longer has as a trial report, and of `without_trial`, which
    name no trial as they are now, those that were landed. Returns them; what was withdrawn before is not told again.
    """
    layout = Layout(settings.warehouse)
    if not landing.receipts_of(SOURCE) or not (layout.pubmed / DATABASE).is_file():
        return []
    landed = _landed(landing)
    gone = {one.pmid: one for one in without_trial if one.pmid in landed}
    gone |= {one.pmid: one for one in _gone(settings, landed)}
    found = [gone[pmid] for pmid in sorted(gone)]
    landing.land_batch(
        [withdrawal(SOURCE, str(one.pmid), one.why, f"{one.file_name}#{one.pmid}", one.taken_at) for one in found]
    )
    return found


def _landed(landing: LandingStore) -> dict[int, str]:
    """The file that each citation was landed from which a bulk load landed last, and which is not withdrawn."""
    found: dict[int, str] = {}
    for receipt in landing.current_receipts_of(SOURCE):
        if is_of_a_bulk_load(receipt) and receipt.media_type != MEDIA_TYPE:
            found[int(receipt.record_id)] = receipt.locator.rpartition("#")[0]
    return found


def _gone(settings: Settings, landed: dict[int, str]) -> list[Withdrawn]:
    query = (settings.root / "warehouse" / "bulk" / "withdrawn_reports.sql").read_text(encoding="utf-8")
    rows = pa.table({"pmid": pa.array(landed.keys(), pa.int64()), "file_name": pa.array(landed.values(), pa.string())})
    with scratch_database() as connection:
        attach_read_only(connection, Layout(settings.warehouse).pubmed / DATABASE, "store")
        connection.register("landed_reports", rows)
        connection.execute("USE store")
        told: Sequence[tuple[int, str, str, datetime.datetime]] = connection.execute(query).fetchall()
    return [Withdrawn(pmid, reason, name, moment.replace(tzinfo=datetime.UTC)) for pmid, reason, name, moment in told]


def counts_by_reason(withdrawn: Collection[Withdrawn]) -> dict[str, int]:
    """How many there are of each reason."""
    return {reason: count for reason in MESSAGES if (count := sum(one.reason == reason for one in withdrawn))}
