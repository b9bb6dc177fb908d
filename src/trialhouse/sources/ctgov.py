"""ClinicalTrials.gov, API version 2: the studies that match a query, and each study as its own JSON.

A list is walked page by page with a token that belongs to one state of the data; the registry publishes a new state
every working day. So the state is asked for before and after, and a walk that met two states is begun again.

A study that was merged into another keeps its old number as an alias. Asked for by the alias, the registry gives the
study that holds it; that is the answer, under the number asked for, and its `identity` is the study's own number, so
that both numbers are one document. Only where that study is asked for itself is the alias missing, as merged.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from trialhouse.model.identifiers import normalise_registry_id
from trialhouse.model.source_config import SourceConfig
from trialhouse.sources.asking import Answer, Dates, Fetched, LastReceipt, Listing, ListingFailed, Missing, Question
from trialhouse.sources.batches import Batches
from trialhouse.sources.json_answers import TROUBLES, Page, ask_page, is_name, next_token, words_of
from trialhouse.sources.json_records import BadAnswer, JsonRecord
from trialhouse.sources.manners import Reply
from trialhouse.sources.session import PoliteSession

_DATE_AREA = {Dates.CREATED: "StudyFirstPostDate", Dates.UPDATED: "LastUpdatePostDate"}
"""The search areas of the days on which a study was first published and last changed (`/studies/search-areas`)."""

_NCT_ID = re.compile(r"NCT[0-9]{8}")

_WALKS = 3
"""How often a list is walked: once, and twice again where the data or the token changed on the way."""

_PAGES_WITHOUT_NEWS = 20
"""Pages in a row without a new id, after which a walk leads nowhere; single empty pages are allowed for."""

_MAX_IDS = 250
"""Ids in one request: they make an address of 3.5 kB, and servers refuse addresses of 8 kB."""


class _WalkBroken(Exception):
    """A walk that has to begin again."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class _Study(NamedTuple):
    """A study of a page: its number, the numbers it had before, and its bytes."""

    nct_id: str
    aliases: tuple[str, ...]
    record: JsonRecord


class ClinicalTrialsGov:
    """The registry as a source. Its records are studies; a record's id is the NCT number it was asked for by."""

    name = "ctgov"

    def __init__(self, config: SourceConfig, session: PoliteSession) -> None:
        self._config = config
        self._session = session
        self._base = config.base_url or "https://clinicaltrials.gov/api/v2"

    def list_records(self, question: Question) -> Listing:
        """The studies that a query matches in a window, or those that are named; ids of other registries are passed.

        A query is Essie syntax, as `query.term` takes it. Raises ListingFailed: "data_changed", "count_differs",
        "page_token_expired", "page_token_repeated", "endless_pages" when three walks ended so, "bad_query" with the
        registry's own words, or the reason why a page could not be had.
        """
        if question.window is None:
            return _named(question.registry_ids)
        if not question.query:
            return Listing(matched=0, record_ids=())
        # The window is part of the query: the API ignores filters where a query consists of NCT numbers alone.
        area, window = _DATE_AREA[question.window.dates], question.window
        expression = f"({question.query}) AND AREA[{area}]RANGE[{window.first},{window.last}]"
        try:
            return self._list(expression)
        except TROUBLES as error:
            raise ListingFailed(error.reason, f"the studies that match could not be listed: {error}") from error

    def fetch(self, record_ids: Sequence[str], last: LastReceipt) -> Iterator[Answer]:
        """The studies of these numbers, one answer for each. The registry has no way to say "unchanged"."""
        asked = frozenset(record_ids)
        size = min(self._config.records_per_request, _MAX_IDS)
        return Batches("ClinicalTrials.gov").ask(
            record_ids,
            size,
            lambda batch: self._together(batch, asked),
            lambda record_id: self._alone(record_id, asked),
        )

    def _list(self, expression: str) -> Listing:
        broken = None
        for _ in range(_WALKS):
            version = self._version()
            try:
                ids = self._walk(expression)
            except _WalkBroken as error:
                broken = error
                continue
            now = self._version()
            if now == version:
                return Listing(matched=len(ids), record_ids=tuple(ids), version=version)
            broken = _WalkBroken(
                "data_changed", f"the data of ClinicalTrials.gov changed from {version} to {now} during the walk"
            )
        raise ListingFailed(broken.reason if broken else "", f"{broken}, {_WALKS} times; run the refresh again later")

    def _version(self) -> str:
        page = ask_page(lambda: self._session.get(f"{self._base}/version"), error_of=_error)
        version = page.records[0].value.get("dataTimestamp")
        if not is_name(version):
            raise BadAnswer("unexpected_answer", f"{self._base}/version does not say dataTimestamp, the state of data")
        return version

    def _walk(self, expression: str) -> list[str]:
        """The numbers of all pages, each once. Raises _WalkBroken where they cannot all be had on this walk."""
        ids: dict[str, None] = {}
        tokens: set[str] = set()
        token: str | None = None
        total: int | None = None
        without_news = 0
        while True:
            page = self._page_of_ids(expression, token)
            total = _same_total(total, page.members.get("totalCount"))
            before = len(ids)
            ids.update(dict.fromkeys(_read_study(record).nct_id for record in page.records))
            without_news = 0 if len(ids) > before else without_news + 1
            token = next_token(page.members, "nextPageToken")
            if token is None:
                break
            if token in tokens:
                raise _WalkBroken("page_token_repeated", "ClinicalTrials.gov gave a page token for the second time")
            if without_news > _PAGES_WITHOUT_NEWS:
                raise _WalkBroken("endless_pages", f"{without_news} pages in a row from ClinicalTrials.gov held no id")
            tokens.add(token)
        if total != len(ids):
            raise _WalkBroken(
                "count_differs",
                f"ClinicalTrials.gov counts {total if total is not None else 'no'} studies and lists {len(ids):,}",
            )
        return list(ids)

    def _page_of_ids(self, expression: str, token: str | None) -> Page:
        params = {
            "query.term": expression,
            "fields": "NCTId",
            "pageSize": str(self._config.ids_per_page),
            "countTotal": "true",
            **({"pageToken": token} if token else {}),
        }
        url = f"{self._base}/studies"
        return ask_page(
            lambda: _not_refused(self._session.get(url, params, expected=(200, 400)), token),
            "studies",
            error_of=_error,
        )

    def _together(self, batch: Sequence[str], asked: frozenset[str]) -> list[Answer]:
        """The studies of a batch. A full page names a next one even where nothing follows, so it is not asked for."""
        params = {"filter.ids": "|".join(batch), "pageSize": str(len(batch))}
        page = ask_page(lambda: self._session.get(f"{self._base}/studies", params), "studies", error_of=_error)
        wanted = frozenset(batch)
        answers: list[Answer] = []
        for study in map(_read_study, page.records):
            numbers = [number for number in (study.nct_id, *study.aliases) if number in wanted]
            answers += [self._answer(number, study, page.reply, asked) for number in numbers]
        return answers

    def _alone(self, record_id: str, asked: frozenset[str]) -> Answer:
        url = f"{self._base}/studies/{record_id}"
        reply = self._session.get(url, expected=(200, 400, 404))
        if reply.status == 404:
            message = f"ClinicalTrials.gov has no study {record_id} ({words_of(reply)}): see whether it is right"
            return Missing(record_id=record_id, reason="not_in_source", message=message, is_explained=True)
        if reply.status == 400:
            message = f"ClinicalTrials.gov does not take {record_id} for the number of a study ({words_of(reply)})"
            return Missing(record_id=record_id, reason="bad_id", message=message, is_explained=True)
        page = ask_page(lambda: self._session.get(url), error_of=_error, first=reply)
        study = _read_study(page.records[0])
        was_sent_on = not page.reply.url.partition("?")[0].endswith(f"/{record_id}")
        if record_id not in (study.nct_id, *study.aliases) and not was_sent_on:
            raise BadAnswer("other_record", f"{url} answered with the study {study.nct_id}: report it to the registry")
        return self._answer(record_id, study, page.reply, asked)

    def _answer(self, record_id: str, study: _Study, reply: Reply, asked: frozenset[str]) -> Answer:
        if record_id != study.nct_id and study.nct_id in asked:
            message = f"{record_id} was merged into {study.nct_id}, which is asked for by its own number"
            return Missing(record_id=record_id, reason="merged", message=message, is_explained=True)
        return Fetched(
            record_id=record_id,
            identity=None if record_id == study.nct_id else study.nct_id,
            data=study.record.data,
            locator=f"{self._base}/studies/{study.nct_id}",
            fetched_at=reply.received_at,
            status=reply.status,
            media_type="application/json",
        )


def _named(registry_ids: Sequence[str]) -> Listing:
    """The NCT numbers among ids that were named. They are asked for as they are, without a list of the registry."""
    ids: dict[str, None] = {}
    missing: list[Missing] = []
    for written in registry_ids:
        registry_id = normalise_registry_id(written)
        if registry_id is not None and registry_id[1].startswith("NCT"):
            ids[registry_id[1]] = None
        elif registry_id is None and written.strip().upper().startswith("NCT"):
            message = f"{written} is no number of ClinicalTrials.gov: NCT and eight digits; correct the topic"
            missing.append(Missing(record_id=written, reason="bad_id", message=message, is_explained=True))
    return Listing(matched=len(ids) + len(missing), record_ids=tuple(ids), missing=tuple(missing))


def _read_study(record: JsonRecord) -> _Study:
    try:
        identification = record.value["protocolSection"]["identificationModule"]
        nct_id, aliases = identification["nctId"], tuple(identification.get("nctIdAliases") or ())
    except (AttributeError, KeyError, TypeError) as error:
        raise BadAnswer("unexpected_answer", "ClinicalTrials.gov gave a study without nctId") from error
    if not isinstance(nct_id, str) or not _NCT_ID.fullmatch(nct_id):
        raise BadAnswer("unexpected_answer", f"ClinicalTrials.gov gave a study with «{str(nct_id)[:60]!a}» as nctId")
    return _Study(nct_id, tuple(alias for alias in aliases if is_name(alias)), record)


def _not_refused(reply: Reply, token: str | None) -> Reply:
    """The reply, unless the registry refused to give the page."""
    if reply.status != 400:
        return reply
    words = words_of(reply)
    if token is not None:
        raise _WalkBroken("page_token_expired", f"ClinicalTrials.gov refused a page token that it gave ({words})")
    raise ListingFailed("bad_query", f"ClinicalTrials.gov refused the query ({words}): correct it in the topic")


def _same_total(total: int | None, counted: object) -> int | None:
    """The total of the pages so far and of this one, which may not say it."""
    if not isinstance(counted, int) or counted == total:
        return total
    if total is not None:
        raise _WalkBroken("data_changed", f"the count of ClinicalTrials.gov changed from {total:,} to {counted:,}")
    return counted


def _error(members: dict[str, Any]) -> str | None:
    """What a page says of an error in place of studies."""
    words = members.get("error") or members.get("message")
    return None if words is None or "studies" in members else str(words)
