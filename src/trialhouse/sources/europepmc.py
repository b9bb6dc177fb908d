"""Europe PMC's REST service: papers and preprints that match a query, their records, and open full texts.

A record's id is "MED/12345678" or "PPR/PPR123456" (source and id there), that of a full text "PMC1234567/fullTextXML".
A list holds the full text of a paper beside the paper where Europe PMC says that it is open and that it has it.

What the service is known for (issue threads of getpapers and europepmc, answers seen):
  - it repeats the cursor on the last page, or leaves it out;
  - it says under HTTP 200 that it failed (`errCode`, `errMsg`), and "not open access" in XML of the same kind;
  - it counts more matches than it lists (170 and 168). A list is walked again then; see `europepmc_lists.py`.
"""

import re
from collections.abc import Iterator, Sequence

from trialhouse.model.source_config import SourceConfig
from trialhouse.sources.asking import Answer, Fetched, LastReceipt, Listing, ListingFailed, Missing, Question
from trialhouse.sources.batches import Batches
from trialhouse.sources.europepmc_lists import EuropePmcLists, EuropePmcSearch, paper_id
from trialhouse.sources.json_answers import ATTEMPTS, TROUBLES, words_of
from trialhouse.sources.json_records import BadAnswer, JsonRecord, is_html
from trialhouse.sources.manners import Reply
from trialhouse.sources.session import PoliteSession

_PAPER_ID = re.compile(r"([A-Z]{2,4})/([A-Za-z0-9._:-]+)")
_FULL_TEXT_ID = re.compile(r"(PMC[0-9]+)/fullTextXML")
_ROOT = re.compile(rb"<([A-Za-z][\w.:-]*)")
_ERROR_WORDS = re.compile(rb"<errMsg>(.*?)</errMsg>", re.S)
_NOT_OPEN = re.compile(r"not open access|not found|no full ?text|not available", re.I)

_MAX_IDS = 250
"""Papers in one query: two terms each, and the search engine takes a thousand."""


class EuropePmc:
    """Europe PMC as a source. `email` is told to the service, as it asks; it is in no receipt."""

    name = "europepmc"

    def __init__(self, config: SourceConfig, session: PoliteSession, email: str | None = None) -> None:
        self._config = config
        self._session = session
        self._search = EuropePmcSearch(config, session, email)

    def list_records(self, question: Question) -> Listing:
        """The papers that a query matches in a window, or those that are named by PMID and DOI, with open full texts.

        `matched` counts papers and full texts. Raises ListingFailed: see EuropePmcLists, or the reason why a page
        could not be had.
        """
        lists = EuropePmcLists(self._search, self._config.ids_per_page)
        try:
            if question.window is None:
                return lists.named(question.pmids, question.dois)
            if not question.query:
                return Listing(matched=0, record_ids=())
            return lists.matching(question.query, question.window)
        except TROUBLES as error:
            raise ListingFailed(error.reason, f"the papers that match could not be listed: {error}") from error

    def fetch(self, record_ids: Sequence[str], last: LastReceipt) -> Iterator[Answer]:
        """The records of these ids, papers first, one answer for each. The service has no way to say "unchanged"."""
        full_texts = [one for one in record_ids if _FULL_TEXT_ID.fullmatch(one)]
        papers = [one for one in record_ids if not _FULL_TEXT_ID.fullmatch(one)]
        errand = Batches("Europe PMC")
        size = min(self._config.records_per_request, _MAX_IDS)
        yield from errand.ask(papers, size, self._papers, self._paper)
        yield from errand.ask_alone(full_texts, self._full_text)

    def _papers(self, batch: Sequence[str]) -> list[Answer]:
        named = {one: match for one in batch if (match := _PAPER_ID.fullmatch(one))}
        if not named:
            return []
        query = " OR ".join(f'(EXT_ID:"{match[2]}" AND SRC:{match[1]})' for match in named.values())
        page = self._search.ask(query, "core", len(named))
        return [self._fetched(record, page.reply) for record in page.records if paper_id(record) in named]

    def _paper(self, record_id: str) -> Answer:
        match = _PAPER_ID.fullmatch(record_id)
        if match is None:
            message = f"{record_id!r} names no record of Europe PMC: it takes ids like MED/12345678"
            return Missing(record_id=record_id, reason="bad_id", message=message)
        page = self._search.ask(f'EXT_ID:"{match[2]}" AND SRC:{match[1]}', "core", 25)
        for record in page.records:
            if paper_id(record) == record_id:
                return self._fetched(record, page.reply)
        if page.members.get("hitCount") == 0:
            message = f"Europe PMC has no record {record_id}: it may have been deleted, or merged into another"
            return Missing(record_id=record_id, reason="not_in_source", message=message, is_explained=True)
        message = f"Europe PMC counts {page.members.get('hitCount')} records as {record_id} and gives none of them"
        return Missing(record_id=record_id, reason="not_given", message=message)

    def _fetched(self, record: JsonRecord, reply: Reply) -> Fetched:
        record_id = paper_id(record)
        license = record.value.get("license")
        return Fetched(
            record_id=record_id,
            data=record.data,
            locator=f"{self._search.base}/article/{record_id}",
            fetched_at=reply.received_at,
            status=reply.status,
            media_type="application/json",
            license=license if isinstance(license, str) else None,
        )

    def _full_text(self, record_id: str) -> Answer:
        """The open full text of a paper. Whatever the service answers for one that is not open is an explanation."""
        url = f"{self._search.base}/{record_id}"
        for attempt in range(1, ATTEMPTS + 1):
            reply = self._session.get(url, expected=(200, 404))
            try:
                refusal = words_of(reply) if reply.status == 404 else _refusal(reply, url)
                break
            except BadAnswer:
                if attempt == ATTEMPTS:
                    raise
        if refusal is not None:
            message = f"Europe PMC gives no full text {record_id} ({refusal}); the paper's record is asked for apart"
            return Missing(record_id=record_id, reason="no_full_text", message=message, is_explained=True)
        return Fetched(
            record_id=record_id,
            data=reply.body,
            locator=url,
            fetched_at=reply.received_at,
            status=reply.status,
            headers=reply.headers,
            media_type=reply.media_type,
        )


def _refusal(reply: Reply, url: str) -> str | None:
    """What the service says of a text that it does not give; None for a whole XML file. Raises BadAnswer."""
    if is_html(reply.body):
        raise BadAnswer("challenge_page", f"{url} answered with a web page in place of XML: try again later")
    root = _ROOT.search(reply.body)
    if root is None:
        raise BadAnswer("not_xml", f"{url} answered something that is no XML: try again later")
    if root[1] == b"errorBean":
        found = _ERROR_WORDS.search(reply.body)
        words = found[1].decode("utf-8", "replace") if found else "an error without words"
        if _NOT_OPEN.search(words):
            return words
        raise BadAnswer("error_answer", f"{url} answered with an error: {words}")
    if not reply.body.rstrip().endswith(b"</" + root[1] + b">"):
        raise BadAnswer("cut_body", f"{url} answered XML that stops after {len(reply.body):,} bytes: try again")
    return None
