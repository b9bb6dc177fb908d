"""All PMIDs that match a query, though PubMed lists no more than 9,999 of any search.

A search with more matches is split: its days into halves until each part is under the cap, and a single day by ranges
of PMIDs ("1:50000000[uid]"). A list is believed only when it is as long as PubMed says that it is, each part and the
whole; otherwise it is asked for once more, and then it has failed. A list that is short is never handed on.
"""

import datetime
import logging
from dataclasses import dataclass, replace

from trialhouse.sources.asking import Dates, ListingFailed, Window
from trialhouse.sources.eutils import EUtilities
from trialhouse.sources.eutils_answers import AnswerError, SearchAnswer
from trialhouse.sources.session import FetchFailed

log = logging.getLogger(__name__)

CAP = 9_999
"""Matches of one search that PubMed lists; a retstart of 9,999 and more is an error."""

_HIGHEST_PMID = 99_999_999
"""PMIDs have up to eight digits."""

_DATETYPES = {Dates.CREATED: "crdt", Dates.UPDATED: "mdat"}
"""`edat` is no date of entry: papers that come to PubMed late get their date of publication there."""

_TIMES_WITHOUT_HISTORY = 3


class CountDiffers(Exception):
    """A list that is not as long as PubMed said."""


class HistoryExpired(Exception):
    """NCBI no longer has the list that was being read."""


@dataclass(frozen=True, slots=True)
class Part:
    """A query, within days and PMIDs (both ends included) where it is narrowed to them."""

    term: str
    window: Window | None = None
    pmids: tuple[int, int] | None = None

    def form(self) -> dict[str, str]:
        """The fields of an ESearch that asks for it."""
        form = {"term": self.term if self.pmids is None else f"({self.term}) AND {self.pmids[0]}:{self.pmids[1]}[uid]"}
        if self.window is not None:
            form["datetype"] = _DATETYPES[self.window.dates]
            form["mindate"] = f"{self.window.first:%Y/%m/%d}"
            form["maxdate"] = f"{self.window.last:%Y/%m/%d}"
        return form

    def halves(self) -> tuple["Part", "Part"] | None:
        """Two parts that are this one together, or None where it cannot be made smaller."""
        window = self.window
        if window is not None and window.first < window.last:
            middle = window.first + (window.last - window.first) // 2
            after = middle + datetime.timedelta(days=1)
            return (
                replace(self, window=window.model_copy(update={"last": middle})),
                replace(self, window=window.model_copy(update={"first": after})),
            )
        low, high = self.pmids or (1, _HIGHEST_PMID)
        if low == high:
            return None
        half = (low + high) // 2
        return replace(self, pmids=(low, half)), replace(self, pmids=(half + 1, high))

    def words(self) -> str:
        """The part for people."""
        window = f", {self.window.dates} {self.window.first} to {self.window.last}" if self.window else ""
        pmids = f", PMIDs {self.pmids[0]} to {self.pmids[1]}" if self.pmids else ""
        return f"“{self.term}”{window}{pmids}"


class Search:
    """Searches at one address, read in pages of `ids_per_page`."""

    def __init__(self, eutils: EUtilities, ids_per_page: int) -> None:
        self._eutils = eutils
        self._ids_per_page = min(ids_per_page, CAP)
        self._told: set[str] = set()

    def first_page(self, term: str) -> SearchAnswer:
        """The first page of a search, as PubMed understood it. Raises AnswerError and FetchFailed."""
        return self._eutils.search(self._form(Part(term), 0))

    def all_ids(self, part: Part) -> list[str]:
        """Every PMID of a part once, in PubMed's order. Raises ListingFailed where the list cannot be had whole.

        A list whose count differs is asked for once more, one that expired while it was read three times in all.
        """
        differed = expired = 0
        while True:
            try:
                return self._collected(part)
            except CountDiffers as error:
                differed += 1
                if differed > 1:
                    raise ListingFailed(
                        "count_differs",
                        f"PubMed gave another number of ids than it said, twice, for {part.words()}: {error}. Nothing "
                        "was taken from this list; run the refresh again later",
                    ) from error
            except HistoryExpired as error:
                expired += 1
                if expired >= _TIMES_WITHOUT_HISTORY:
                    raise ListingFailed(
                        "history_expired", f"{error} ({expired} times, for {part.words()}): run the refresh again later"
                    ) from error
            except (AnswerError, FetchFailed) as error:
                raise ListingFailed(
                    error.reason, f"PubMed could not be searched for {part.words()}: {error}"
                ) from error

    def _collected(self, part: Part) -> list[str]:
        first = self._eutils.search(self._form(part, 0))
        self._judge(part, first)
        if first.count <= CAP:
            return self._pages(part, first)
        halves = part.halves()
        if halves is None:
            raise ListingFailed(
                "too_many_matches",
                f"PubMed says {first.count} matches for {part.words()}, which cannot be made smaller: narrow the query",
            )
        return _counted(first.count, [pmid for half in halves for pmid in self.all_ids(half)])

    def _judge(self, part: Part, answer: SearchAnswer) -> None:
        """Refuse a list that answers another query; tell once of phrases that match nothing."""
        splits = (f"does not have {phrase} as a phrase and looked for its words apart" for phrase in answer.split)
        alterations = [*splits, *answer.altered]
        if alterations:
            raise ListingFailed(
                "query_altered",
                f"PubMed did not search for what was asked, {part.words()}: it {'; it '.join(alterations)}. Mend the "
                "query (for a phrase its words joined by AND, or “[tiab:~0]” after it)",
            )
        for phrase in answer.not_found:
            if phrase not in self._told:
                self._told.add(phrase)
                log.warning("PubMed has nothing under “%s”, which the query “%s” names", phrase, part.term)

    def _pages(self, part: Part, first: SearchAnswer) -> list[str]:
        """The other pages of a list that is kept on the history server, so that it stays the same list."""
        ids = list(first.ids)
        while len(ids) < first.count:
            page = self._page(part, first, len(ids))
            if page.count != first.count:
                raise CountDiffers(f"{first.count} matches on the first page, {page.count} on a later one")
            if not page.ids:
                break
            ids += page.ids
        return _counted(first.count, ids)

    def _page(self, part: Part, first: SearchAnswer, start: int) -> SearchAnswer:
        form = self._form(part, start, room=first.count - start)
        if first.web_env and first.query_key:
            form |= {"WebEnv": first.web_env, "query_key": first.query_key}
        try:
            return self._eutils.search(form)
        except AnswerError as error:
            if error.reason == "history_expired":
                raise HistoryExpired(str(error)) from error
            raise

    def _form(self, part: Part, start: int, room: int = CAP) -> dict[str, str]:
        size = min(self._ids_per_page, room, CAP - start)
        return {**part.form(), "usehistory": "y", "retstart": str(start), "retmax": str(size)}


def _counted(count: int, ids: list[str]) -> list[str]:
    unique = list(dict.fromkeys(ids))
    if len(unique) != count:
        raise CountDiffers(f"{count} matches said, {len(unique)} different ids given")
    return unique
