"""Records that were fetched, and of which a bulk file has the same state or an older one: they are left as fetched.

A fetched record has its reference list, which files of bulk loads are kept without, and what a topic asked for is its
matter. So a file's record takes its place only when it is newer on both counts: loaded later, and revised later.
"""

import datetime
import re

from trialhouse.model.document import Receipt
from trialhouse.sources.landing import DamagedObject, LandingStore

_REVISED = re.compile(
    rb"<DateRevised>\s*<Year>(\d{4})</Year>\s*<Month>(\d{1,2})</Month>\s*<Day>(\d{1,2})</Day>\s*</DateRevised>"
)


def is_of_a_bulk_load(receipt: Receipt) -> bool:
    """Whether a bulk load landed it: its place is a file's name and its own id, "pubmed26n0001.xml.gz#123"."""
    file_name, mark, pmid = receipt.locator.rpartition("#")
    return bool(mark) and pmid == receipt.record_id and "/" not in file_name


def is_left_as_fetched(data: bytes, receipt: Receipt, landing: LandingStore) -> bool:
    """Whether a record of a file must not be landed, since what was fetched of it is as new or newer.

    A fetched record whose bytes are lost, or which was taken back, gives way to a file that was loaded later.
    """
    landed = landing.last_receipt(receipt.source, receipt.record_id)
    if landed is None or is_of_a_bulk_load(landed):
        return False
    try:
        fetched = landing.read(landed.sha256)
    except DamagedObject:
        return False
    if receipt.fetched_at <= landed.fetched_at:
        return True
    known, said = revised(fetched), revised(data)
    return known is not None and (said is None or said <= known)


def revised(data: bytes) -> datetime.date | None:
    """The DateRevised of a record of PubMed; None where it says none that is a day."""
    found = _REVISED.search(data)
    try:
        return datetime.date(*map(int, found.groups())) if found else None
    except ValueError:
        return None
