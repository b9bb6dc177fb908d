"""PubMed through NCBI's E-utilities: matches of a query or of identifiers, then their records as XML.

    list_records   a query within a window of days (pubmed_search.py), or PMIDs, DOIs and registry ids by name
    fetch          the records of PMIDs, each the exact bytes of its <PubmedArticle> or <PubmedBookArticle>

DOIs and registry ids are looked up one by one, so that it is known which of them PubMed does not have.
"""

import datetime
import re
import time
from collections.abc import Callable, Iterator, Sequence

from trialhouse.model.source_config import SourceConfig
from trialhouse.sources.asking import (
    Answer,
    Dates,
    LastReceipt,
    Listing,
    ListingFailed,
    Missing,
    Question,
    Window,
)
from trialhouse.sources.eutils import EUtilities
from trialhouse.sources.eutils_answers import AnswerError
from trialhouse.sources.pubmed_fetch import Fetching
from trialhouse.sources.pubmed_search import Part, Search
from trialhouse.sources.session import FetchFailed, PoliteSession

_PMID = re.compile(r"[1-9][0-9]{0,7}")
_CANNOT_BE_QUOTED = re.compile(r"[\"\[\]\x00-\x1f]")
_PLAIN_ID = re.compile(r"[A-Za-z0-9]+")


class PubMed:
    """PubMed as a source. `key` is the API key and `email` whom NCBI writes to, where there are any.

    `today` is asked for the last day of a search without a window.
    """

    name = "pubmed"

    def __init__(
        self,
        config: SourceConfig,
        session: PoliteSession,
        key: str | None,
        *,
        email: str | None,
        today: Callable[[], datetime.date] = lambda: datetime.datetime.now(datetime.UTC).date(),
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        if not config.base_url:
            raise ValueError("config/sources/pubmed.toml gives no base_url: say where E-utilities answers")
        self._config = config
        self._eutils = EUtilities(config.base_url, session, key, email, sleep)
        self._search = Search(self._eutils, config.ids_per_page)
        self._today = today

    def list_records(self, question: Question) -> Listing:
        """The PMIDs that match.

        With a window: what the query matches within it. Without one: the named PMIDs as they are, what is found under
        the named DOIs and registry ids, and what the query, if there is one, matches from the first day configured
        to today. Raises ListingFailed when a list cannot be had whole.
        """
        ids: list[str] = []
        missing: list[Missing] = []
        if question.window is None:
            for found in self._named(question):
                if isinstance(found, Missing):
                    missing.append(found)
                else:
                    ids += found
        if question.query is not None:
            ids += self._search.all_ids(Part(question.query, question.window or self._always()))
        different = tuple(dict.fromkeys(ids))
        return Listing(matched=len(different) + len(missing), record_ids=different, missing=tuple(missing))

    def fetch(self, record_ids: Sequence[str], last: LastReceipt) -> Iterator[Answer]:
        """One answer for each PMID. E-utilities has no conditional requests, so nothing is ever Unchanged."""
        wanted = list(dict.fromkeys(record_ids))
        yield from (_not_an_id(one, "PMID") for one in wanted if not _PMID.fullmatch(one))
        good = [one for one in wanted if _PMID.fullmatch(one)]
        yield from Fetching(self._eutils, self._config.records_per_request).answers(good)

    def _always(self) -> Window:
        first = datetime.date.fromisoformat(self._config.since)
        return Window(dates=Dates.CREATED, first=first, last=self._today())

    def _named(self, question: Question) -> Iterator[list[str] | Missing]:
        for pmid in question.pmids:
            yield [pmid] if _PMID.fullmatch(pmid) else _not_an_id(pmid, "PMID")
        for doi in question.dois:
            yield self._found_under(doi, f'"{doi}"[doi]', "DOI")
        for registry_id in question.registry_ids:
            plain = registry_id if _PLAIN_ID.fullmatch(registry_id) else f'"{registry_id}"'
            yield self._found_under(registry_id, f"{plain}[si]", "registry id")

    def _found_under(self, identifier: str, term: str, kind: str) -> list[str] | Missing:
        """The PMIDs under an identifier, or that PubMed has none.

        Where PubMed does not have a quoted phrase it looks for parts of it; what it finds so is not what was asked.
        """
        if not identifier.strip() or _CANNOT_BE_QUOTED.search(identifier):
            return _not_an_id(identifier, kind)
        try:
            first = self._search.first_page(term)
        except (AnswerError, FetchFailed) as error:
            raise ListingFailed(error.reason, f"PubMed could not be asked for {kind} {identifier}: {error}") from error
        if first.altered:
            return Missing(
                record_id=identifier,
                reason="query_altered",
                message=f"PubMed did not look for {kind} {identifier}: it {'; it '.join(first.altered)}. Mend it",
            )
        if first.count == 0 or first.split or first.not_found:
            return Missing(
                record_id=identifier,
                reason="not_in_source",
                message=f"PubMed has no record under {kind} {identifier}",
                is_explained=True,
            )
        ids = list(dict.fromkeys(first.ids))
        return ids if len(ids) == first.count else self._search.all_ids(Part(term))


def _not_an_id(identifier: str, kind: str) -> Missing:
    return Missing(
        record_id=identifier,
        reason="not_an_id",
        message=f"“{identifier[:100]}” is no {kind} that can be asked for: mend it in the topic's file",
        is_explained=True,
    )
