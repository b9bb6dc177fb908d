"""Which records of Europe PMC match: walks over its search results, and what to think of a count they do not reach.

The service is known to count a few papers that it has no record of (getpapers 153: 170 and 168), and says so night for
night. So a walk that ends with fewer papers than are counted is made a second time. Where both came to the end that the
service marks (it repeats the cursor, or gives none), with the same count and the same papers, the few that lack are
explained: each is a missing record of the listing, "overcounted_by_source", so that the sum is right and people see it.
Few is two, or two in a hundred, beside papers that are listed: more is a service that fails in the same way twice.
Anything else is no list.
"""

import contextlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from trialhouse.model.identifiers import normalise_doi
from trialhouse.model.source_config import SourceConfig
from trialhouse.sources.asking import Dates, Listing, ListingFailed, Missing, Window
from trialhouse.sources.json_answers import TROUBLES, Page, ask_page, is_name, next_token
from trialhouse.sources.json_records import BadAnswer, JsonRecord
from trialhouse.sources.manners import FetchFailed
from trialhouse.sources.session import PoliteSession

_DATE_FIELD = {Dates.CREATED: "FIRST_IDATE", Dates.UPDATED: "UPDATE_DATE"}
"""The search fields of the days on which a record was first indexed and last changed (`/fields`)."""

_PMCID = re.compile(r"PMC[0-9]+")

_WALKS = 3
_FEW = 2
_FEW_IN_A_HUNDRED = 0.02
_NAMES_IN_QUERY = 100
_MAX_PAGE = 1000


class EuropePmcSearch:
    """One page of search results at a time."""

    def __init__(self, config: SourceConfig, session: PoliteSession, email: str | None) -> None:
        self.base = config.base_url or "https://www.ebi.ac.uk/europepmc/webservices/rest"
        self._session = session
        # No secret to the session, which would blot it out of the records: its owner may be an author.
        self._manners = {"email": email} if email else {}

    def ask(self, query: str, result_type: str, page_size: int, cursor: str = "*") -> Page:
        """A page of results. Raises FetchFailed or BadAnswer.

        The query is posted, since it may be long. The order by day of indexing is stable, that by relevance is not:
        copies of an index weigh alike matches differently, and a cursor would pass over some.
        """
        form = {
            "query": query,
            "resultType": result_type,
            "format": "json",
            "pageSize": str(min(page_size, _MAX_PAGE)),
            "cursorMark": cursor,
            "sort": "FIRST_IDATE_D asc",
            **self._manners,
        }
        page = ask_page(
            lambda: self._session.post(f"{self.base}/searchPOST", form),
            "resultList",
            "result",
            error_of=_error,
            is_empty=lambda members: members.get("hitCount") == 0,
        )
        if not _is_count(page.members.get("hitCount")):
            raise BadAnswer("unexpected_answer", f"{self.base}/searchPOST does not say hitCount, the count of matches")
        return page


class _Walk(NamedTuple):
    """A walk over a list of results: the count of the service, the papers by their ids, and whether it came to the end
    that the service marks.
    """

    counted: int
    papers: dict[str, dict[str, Any]]
    came_to_the_end: bool

    def is_confirmed_by(self, other: "_Walk") -> bool:
        """Whether both were walked to the end and found the same, but for a few papers that are counted only."""
        found, lacking = len(self.papers), self.counted - len(self.papers)
        return (
            (self.came_to_the_end and other.came_to_the_end)
            and (self.counted, self.papers.keys()) == (other.counted, other.papers.keys())
            and (found > 0 and 0 < lacking <= max(_FEW, self.counted * _FEW_IN_A_HUNDRED))
        )


class _WalkBroken(Exception):
    """A walk that has to begin again."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class _QueryRefused(Exception):
    """A query that the service does not take."""


class EuropePmcLists:
    """The listings of Europe PMC.

    Raises ListingFailed: "count_differs", "data_changed" or "cursor_repeated" when three walks ended so.
    """

    def __init__(self, search: EuropePmcSearch, ids_per_page: int) -> None:
        self._search = search
        self._page_size = ids_per_page

    def matching(self, query: str, window: Window) -> Listing:
        """What a query matches in a window, preprints among it."""
        expression = f"({query}) AND {_DATE_FIELD[window.dates]}:[{window.first} TO {window.last}]"
        walk = self._list(expression)
        lacking = [
            Missing(
                record_id=f"{window.dates.value}_{window.first}_{window.last}/match-{number}",
                reason="overcounted_by_source",
                message=f"Europe PMC counts {walk.counted:,} papers and lists {len(walk.papers):,}, twice over, for "
                f"{expression}: this one has no id to ask for, and nothing is to be done",
                is_explained=True,
            )
            for number in range(len(walk.papers) + 1, walk.counted + 1)
        ]
        return _listing(walk.papers, lacking)

    def named(self, pmids: Sequence[str], dois: Sequence[str]) -> Listing:
        """Papers by their PMIDs and DOIs; a DOI may be that of several records (a preprint and its versions)."""
        names = {f"MED/{pmid}": f"(EXT_ID:{pmid} AND SRC:MED)" for pmid in pmids if pmid.isdecimal()}
        missing = [_bad_name(pmid) for pmid in pmids if not pmid.isdecimal()]
        for written in dois:
            doi = normalise_doi(written)
            if doi is None:
                missing.append(_bad_name(written))
            else:
                names[doi] = 'DOI:"{}"'.format(doi.replace("\\", "\\\\").replace('"', '\\"'))
        papers: dict[str, dict[str, Any]] = {}
        for some in _parts(list(names), _NAMES_IN_QUERY):
            # What spoils the query of many is found when they are asked for one by one.
            with contextlib.suppress(_QueryRefused):
                papers.update(self._named_papers({one: names[one] for one in some}))
        known = {name for paper_id, paper in papers.items() for name in _names_of(paper_id, paper)}
        for name in [name for name in names if name not in known]:
            papers.update(self._one_name(name, names[name], missing))
        return _listing(papers, missing)

    def _one_name(self, name: str, term: str, missing: list[Missing]) -> dict[str, dict[str, Any]]:
        """The papers of a name that did not come among many: only now is its absence the service's own word."""
        try:
            found = self._named_papers({name: term})
            if not found:
                missing.append(self._unknown(name, term))
        except _QueryRefused as error:
            missing.append(Missing(record_id=name, reason="refused", message=f"{name} could not be asked for: {error}"))
            return {}
        return found

    def _named_papers(self, names: dict[str, str]) -> dict[str, dict[str, Any]]:
        """The papers that bear one of the names; a search for a DOI may find papers that only look like it."""
        try:
            walk = self._restarted(lambda: self._walk(" OR ".join(names.values())))
        except TROUBLES as error:
            if _is_refused(error):
                raise _QueryRefused(str(error)) from error
            raise
        return {one: paper for one, paper in walk.papers.items() if names.keys() & _names_of(one, paper)}

    def _unknown(self, name: str, term: str) -> Missing:
        """Why nothing bears a name. What is listed for it whole and bears other names was only found like it."""
        page = self._search.ask(term, "lite", _MAX_PAGE)
        counted = page.members["hitCount"]
        if counted > len(page.records):
            message = f"Europe PMC counts {counted} papers as {name} and lists none with this id"
            return Missing(record_id=name, reason="not_listed", message=message)
        message = f"Europe PMC does not know {name}: see whether it is right; other sources may have it"
        return Missing(record_id=name, reason="not_in_source", message=message, is_explained=True)

    def _list(self, expression: str) -> _Walk:
        """A walk that reached its count, or the second of two that lack the same few papers."""
        before: _Walk | None = None
        for _ in range(_WALKS):
            walk = self._restarted(lambda: self._walk(expression))
            if walk.counted == len(walk.papers) or (before is not None and walk.is_confirmed_by(before)):
                return walk
            before = walk
        raise ListingFailed(
            "count_differs",
            f"Europe PMC counts {walk.counted:,} papers and lists {len(walk.papers):,} for {expression}, after "
            f"{_WALKS} walks; run the refresh again later",
        )

    def _restarted(self, walk: Callable[[], _Walk]) -> _Walk:
        for number in range(1, _WALKS + 1):
            try:
                return walk()
            except _WalkBroken as error:
                if number == _WALKS:
                    raise ListingFailed(
                        error.reason, f"{error}, {_WALKS} times; run the refresh again later"
                    ) from error
        raise AssertionError("unreachable")

    def _walk(self, expression: str) -> _Walk:
        papers: dict[str, dict[str, Any]] = {}
        cursors = {"*"}
        cursor, counted = "*", None
        while True:
            page = self._search.ask(expression, "lite", self._page_size, cursor)
            hits = page.members["hitCount"]
            if counted is not None and hits != counted:
                raise _WalkBroken("data_changed", f"the count of Europe PMC changed from {counted:,} to {hits:,}")
            counted = hits
            papers.update({paper_id(record): record.value for record in page.records})
            next_cursor = next_token(page.members, "nextCursorMark")
            if next_cursor is None or next_cursor == cursor:
                return _Walk(counted, papers, came_to_the_end=True)
            if len(papers) >= counted or not page.records:
                return _Walk(counted, papers, came_to_the_end=False)
            if next_cursor in cursors:
                raise _WalkBroken("cursor_repeated", "Europe PMC gave a cursor for the second time")
            cursors.add(next_cursor)
            cursor = next_cursor


def paper_id(record: JsonRecord) -> str:
    """The source and the id there, such as "MED/12345678". Raises BadAnswer for a record without them."""
    value = record.value if isinstance(record.value, dict) else {}
    source, number = value.get("source"), value.get("id")
    if not is_name(source) or not is_name(number):
        raise BadAnswer("unexpected_answer", "Europe PMC gave a record without source and id")
    return f"{source}/{number}"


def _listing(papers: dict[str, dict[str, Any]], missing: Sequence[Missing]) -> Listing:
    """The papers, each followed by its full text where that is open and there."""
    ids = list(dict.fromkeys(one for name, paper in papers.items() for one in (name, *_full_text(paper))))
    return Listing(matched=len(ids) + len(missing), record_ids=tuple(ids), missing=tuple(missing))


def _full_text(paper: dict[str, Any]) -> Iterator[str]:
    pmcid, is_open = paper.get("pmcid"), paper.get("isOpenAccess") == paper.get("inEPMC") == "Y"
    if is_open and isinstance(pmcid, str) and _PMCID.fullmatch(pmcid):
        yield f"{pmcid}/fullTextXML"


def _names_of(name: str, paper: dict[str, Any]) -> set[str]:
    doi = paper.get("doi")
    return {name, normalise_doi(doi) or ""} if isinstance(doi, str) else {name}


def _bad_name(written: str) -> Missing:
    message = f"{written!r} is neither a PMID nor a DOI: correct it in the topic"
    return Missing(record_id=written, reason="bad_id", message=message, is_explained=True)


def _is_refused(error: FetchFailed | BadAnswer) -> bool:
    return error.reason == "error_answer" or (isinstance(error, FetchFailed) and error.status == 400)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _error(members: dict[str, Any]) -> str | None:
    """What a page says of an error: {"errCode": 404, "errMsg": "Invalid page size …"} under HTTP 200."""
    words = members.get("errMsg") or members.get("errCode") or members.get("error")
    return None if words is None else str(words)


def _parts(names: Sequence[str], size: int) -> Iterable[Sequence[str]]:
    return (names[start : start + size] for start in range(0, len(names), size))
