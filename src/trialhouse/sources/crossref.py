"""Crossref's REST API: the records of works by their DOIs, and the notices that correct, question or retract them.

Crossref is asked for named DOIs only. A listing holds each work and after it the notices about it, from both sides:
those that the work names (`updated-by`, which also holds what Retraction Watch knows) and those that name the work
(`update-to`, by the filter `updates`). A later version of a preprint or edition is an update too, but no notice.

Each work says when Crossref indexed it last, which is kept with its receipt. A work that was not indexed again since is
as it was received, and is not fetched: works are large, and all are asked about in every refresh.

Filters of one name mean "or" and are parted by commas, so a DOI with a comma is asked for alone.
"""

import urllib.parse
from collections.abc import Iterator, Sequence
from typing import Any

from trialhouse.model.identifiers import normalise_doi
from trialhouse.model.source_config import SourceConfig
from trialhouse.sources.asking import (
    Answer,
    Fetched,
    LastReceipt,
    Listing,
    ListingFailed,
    Missing,
    Question,
    Unchanged,
)
from trialhouse.sources.batches import Batches
from trialhouse.sources.json_answers import TROUBLES, Page, ask_page, is_name, next_token, words_of
from trialhouse.sources.json_records import BadAnswer, JsonRecord
from trialhouse.sources.manners import FetchFailed, Reply
from trialhouse.sources.session import PoliteSession

_VERSIONS = frozenset({"new_version", "new_edition"})
"""The types of updates that are works of their own and no notices."""

_MAX_IDS = 50
"""DOIs in one request: they make an address of about 3 kB, and servers refuse addresses of 8 kB."""

_RELATIONS = "DOI,update-to,updated-by"
"""What a list of notices needs of a work; whole works are a hundred times as large."""

_STATE = "DOI,indexed"
"""What tells whether a work is as it was received."""

_INDEXED = "indexed"
"""The field of a work, and what its receipt keeps of it among the headers: a moment as Crossref writes it."""

_MAX_ROWS = 1000
_WALKS = 3


class Crossref:
    """Crossref as a source. `email` is told to the service, as it asks (the polite pool); it is in no receipt."""

    name = "crossref"

    def __init__(self, config: SourceConfig, session: PoliteSession, email: str | None = None) -> None:
        self._config = config
        self._session = session
        self._base = config.base_url or "https://api.crossref.org"
        # No secret to the session, which would blot it out of the records: its owner may be an author.
        self._manners = {"mailto": email} if email else {}

    def list_records(self, question: Question) -> Listing:
        """The works that are named by DOI, each followed by the notices about it. There is no search.

        Raises ListingFailed with the reason why a page could not be had, or "count_differs" when the notices listed
        are fewer than the notices counted.
        """
        missing: list[Missing] = []
        dois: dict[str, None] = {}
        for written in question.dois:
            doi = normalise_doi(written)
            if doi is not None:
                dois[doi] = None
            else:
                message = f"{written!r} is no DOI: correct it in the topic"
                missing.append(Missing(record_id=written, reason="bad_id", message=message, is_explained=True))
        try:
            notices = self._notices(list(dois))
        except TROUBLES as error:
            raise ListingFailed(error.reason, f"the notices about works could not be listed: {error}") from error
        ids = list(dict.fromkeys(one for doi in dois for one in (doi, *notices.get(doi, ()))))
        return Listing(matched=len(ids) + len(missing), record_ids=tuple(ids), missing=tuple(missing))

    def fetch(self, record_ids: Sequence[str], last: LastReceipt) -> Iterator[Answer]:
        """The records of these DOIs, one answer for each."""
        unchanged = self._unchanged(record_ids, last)
        yield from (Unchanged(record_id=one) for one in record_ids if one in unchanged)
        wanted = [one for one in record_ids if one not in unchanged]
        errand = Batches("Crossref")
        size = min(self._config.records_per_request, _MAX_IDS)
        yield from errand.ask([one for one in wanted if "," not in one], size, self._together, self._alone)
        yield from errand.ask_alone([one for one in wanted if "," in one], self._alone)

    def _unchanged(self, record_ids: Sequence[str], last: LastReceipt) -> set[str]:
        """Those that were not indexed again since they were received. Where that cannot be had, none: they are fetched,
        and what is wrong is told then.
        """
        receipts = {one: last(one) for one in record_ids if "," not in one}
        received = {
            one: receipt.headers[_INDEXED]
            for one, receipt in receipts.items()
            if receipt and _INDEXED in receipt.headers
        }
        dois, unchanged = list(received), set[str]()
        try:
            for start in range(0, len(dois), _MAX_IDS):
                asked = dois[start : start + _MAX_IDS]
                works = self._works("doi", asked, len(asked), select=_STATE).records
                now = {_doi(work): _indexed(work) for work in works}
                unchanged.update(one for one in asked if now.get(one) == received[one])
        except TROUBLES:
            return unchanged
        return unchanged

    def _together(self, batch: Sequence[str]) -> list[Answer]:
        page = self._works("doi", batch, len(batch))
        return [self._fetched(_doi(record), record, page.reply) for record in page.records]

    def _alone(self, record_id: str) -> Answer:
        reply = self._work(record_id)
        if reply.status == 404:
            message = (
                f"Crossref does not know {record_id} ({words_of(reply)}): it may be registered elsewhere, with "
                "DataCite or mEDRA, or be misspelt"
            )
            return Missing(record_id=record_id, reason="not_in_source", message=message, is_explained=True)
        page = self._one_work(record_id, reply)
        return self._fetched(record_id, page.records[0], page.reply)

    def _fetched(self, record_id: str, record: JsonRecord, reply: Reply) -> Fetched:
        own = _doi(record)
        return Fetched(
            record_id=record_id,
            # A DOI that was given up for another leads to the record of the other: both are one document.
            identity=None if own == record_id else own,
            data=record.data,
            locator=f"{self._base}/works/{_in_address(own)}",
            fetched_at=reply.received_at,
            status=reply.status,
            headers={} if (moment := _indexed(record)) is None else {_INDEXED: moment},
            media_type="application/json",
        )

    def _notices(self, dois: Sequence[str]) -> dict[str, list[str]]:
        """The DOIs of the notices about each of these works, sorted."""
        found: dict[str, set[str]] = {}
        plain = [doi for doi in dois if "," not in doi]
        for start in range(0, len(plain), _MAX_IDS):
            self._find_notices(plain[start : start + _MAX_IDS], found)
        for doi in [doi for doi in dois if "," in doi]:
            self._find_notices_of_one(doi, found)
        return {doi: sorted(notices - {doi}) for doi, notices in found.items()}

    def _find_notices(self, dois: Sequence[str], found: dict[str, set[str]]) -> None:
        """Ask for the notices of many works; what the API refuses is asked for in halves, and at last alone."""
        try:
            works = self._works("doi", dois, len(dois), select=_RELATIONS).records
            notices = self._updating(dois)
        except FetchFailed as error:
            if error.status != 400:
                raise
            if len(dois) == 1:
                self._find_notices_of_one(dois[0], found)
                return
            middle = len(dois) // 2
            self._find_notices(dois[:middle], found)
            self._find_notices(dois[middle:], found)
            return
        for work in works:
            found.setdefault(_doi(work), set()).update(_updates(work.value, "updated-by"))
        wanted = frozenset(dois)
        for notice in notices:
            for work_doi in wanted.intersection(_updates(notice.value, "update-to")):
                found.setdefault(work_doi, set()).add(_doi(notice))

    def _find_notices_of_one(self, doi: str, found: dict[str, set[str]]) -> None:
        """The notices that a work names itself; of one that Crossref does not know there are none."""
        reply = self._work(doi)
        if reply.status != 404:
            work = self._one_work(doi, reply).records[0]
            found.setdefault(doi, set()).update(_updates(work.value, "updated-by"))

    def _updating(self, dois: Sequence[str]) -> list[JsonRecord]:
        """The works that update one of these, from all pages."""
        for _ in range(_WALKS):
            rows = min(self._config.ids_per_page, _MAX_ROWS)
            works: dict[str, JsonRecord] = {}
            cursor, cursors = "*", set[str]()
            while cursor not in cursors:
                cursors.add(cursor)
                page = self._works("updates", dois, rows, select=_RELATIONS, cursor=cursor)
                works.update({_doi(record): record for record in page.records})
                message = page.members["message"]
                total, following = message.get("total-results"), next_token(message, "next-cursor")
                if not page.records or following is None or len(works) == total:
                    break
                cursor = following
            if total == len(works):
                return list(works.values())
        raise ListingFailed(
            "count_differs", f"Crossref counts {total} notices and lists {len(works)}; run the refresh again later"
        )

    def _works(self, name: str, dois: Sequence[str], rows: int, **more: str) -> Page:
        """A page of the works that a filter finds."""
        params = {"filter": ",".join(f"{name}:{doi}" for doi in dois), "rows": str(rows), **more}
        return ask_page(lambda: self._get("/works", params), "message", "items", error_of=_error)

    def _work(self, doi: str) -> Reply:
        return self._get(f"/works/{_in_address(doi)}", {}, (200, 404))

    def _one_work(self, doi: str, reply: Reply) -> Page:
        return ask_page(lambda: self._work(doi), "message", error_of=_error, first=reply)

    def _get(self, path: str, params: dict[str, str], expected: Sequence[int] = (200,)) -> Reply:
        return self._session.get(self._base + path, {**params, **self._manners}, expected=expected)


def _updates(work: dict[str, Any], field: str) -> set[str]:
    """The DOIs that a work names in `updated-by` or `update-to`, but for those of versions."""
    updates = work.get(field)
    found = [one for one in updates if isinstance(one, dict)] if isinstance(updates, list) else []
    named = [one.get("DOI") for one in found if str(one.get("type")) not in _VERSIONS]
    dois = [normalise_doi(name) for name in named if is_name(name)]
    return {doi for doi in dois if doi is not None}


def _indexed(record: JsonRecord) -> str | None:
    """When Crossref indexed a work last, in its own words; None where it does not say."""
    said = record.value.get(_INDEXED) if isinstance(record.value, dict) else None
    moment = said.get("date-time") if isinstance(said, dict) else None
    return moment if is_name(moment) else None


def _doi(record: JsonRecord) -> str:
    """The DOI of a record in lower case. Raises BadAnswer for a record without one."""
    doi = record.value.get("DOI") if isinstance(record.value, dict) else None
    if not is_name(doi) or not doi.startswith("10."):
        raise BadAnswer("unexpected_answer", "Crossref gave a work without DOI")
    return doi.lower()


def _in_address(doi: str) -> str:
    return urllib.parse.quote(doi, safe="/:;()")


def _error(members: dict[str, Any]) -> str | None:
    """What a page says of an error: {"status": "failed", "message": [{"type": …, "message": "…"}]}."""
    if members.get("status") == "ok":
        return None
    words = members.get("message")
    parts = [one.get("message") for one in words if isinstance(one, dict)] if isinstance(words, list) else [words]
    return "; ".join(str(part) for part in parts if part) or "no status “ok”, and no words"
