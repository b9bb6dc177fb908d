"""A PubMed to test against: ESearch with a history server and EFetch, with the cap and the error bodies of the real.

Its queries are words (`apple`), words joined by OR, a quoted phrase, `"…"[doi]`, `…[si]`, and any of these within
`(…) AND 1:500[uid]`. Records are generated, or given by the test.
"""

import datetime
import json
import pathlib
import re
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from tests.replay.server import Answer, ReplayServer, Request
from trialhouse.model.source_config import SourceConfig
from trialhouse.sources.manners import Manners
from trialhouse.sources.pubmed import PubMed
from trialhouse.sources.rates import Rates
from trialhouse.sources.session import PoliteSession

TODAY = datetime.date(2026, 11, 20)

BASE = "/entrez/eutils"
SEARCH = f"{BASE}/esearch.fcgi"
FETCH = f"{BASE}/efetch.fcgi"

HEAD = (
    b'<?xml version="1.0" ?>\n<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN" '
    b'"https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">\n<PubmedArticleSet>\n'
)
TAIL = b"</PubmedArticleSet>"

XML = {"Content-Type": "text/xml; charset=UTF-8"}
JSON = {"Content-Type": "application/json; charset=UTF-8"}

BACKEND_FAILED = Answer(headers=JSON, body=b'{"esearchresult":{"ERROR":"Search Backend failed: read timeout"}}')
FETCH_FAILED = Answer(headers=XML, body=b"<eFetchResult>\n\t<ERROR>Unable to obtain query #1</ERROR>\n</eFetchResult>")
TIMEOUT_400 = Answer(
    status=400,
    headers=XML,
    body=b"<eFetchResult><ERROR> Error: External viewer error: Empty Response. Status: Timeout</ERROR></eFetchResult>",
)

_DOI = re.compile(r'"([^"]+)"\[doi\]')
_REGISTRY_ID = re.compile(r'"?([^"\[\]]+)"?\[si\]')
_NAMED = re.compile(r"\d+\[uid\](?: OR \d+\[uid\])*")
_UIDS = re.compile(r"\((.*)\) AND (\d+):(\d+)\[uid\]")

Distort = Callable[[int, list[str], int], tuple[list[str], int]]


@dataclass
class Simulated:
    """One record: its XML, its dates and what it is found under."""

    data: bytes
    created: datetime.date
    updated: datetime.date
    words: frozenset[str] = frozenset()
    dois: frozenset[str] = frozenset()
    registry_ids: frozenset[str] = frozenset()


def article(pmid: int, title: str = "An apple a day", *, version: int = 1) -> bytes:
    """A record in the form that EFetch gives it."""
    return (
        b'<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="%d">%d</PMID>'
        b'<Article PubModel="Print"><Journal><Title>Journal of Fruit</Title></Journal><ArticleTitle>%b</ArticleTitle>'
        b"<Abstract><AbstractText>We gave one apple a day to %d people.</AbstractText></Abstract></Article>"
        b'</MedlineCitation><PubmedData><ArticleIdList><ArticleId IdType="pubmed">%d</ArticleId></ArticleIdList>'
        b"</PubmedData></PubmedArticle>" % (version, pmid, title.encode(), pmid % 1000, pmid)
    )


def article_set(records: Iterable[bytes]) -> bytes:
    """An answer of EFetch."""
    return HEAD + b"\n".join(records) + b"\n" + TAIL


def generated(
    count: int, *, first: datetime.date, days: int, word: str = "apple", from_pmid: int = 30_000_001
) -> dict[str, Simulated]:
    """Records spread evenly over some days from the first one on, created and updated on the same day."""
    records = {}
    for number in range(count):
        day = first + datetime.timedelta(days=number * days // count)
        pmid = from_pmid + number
        records[str(pmid)] = Simulated(article(pmid), created=day, updated=day, words=frozenset({word}))
    return records


@dataclass
class SimulatedPubMed:
    """The service. What a test sets here is what goes wrong; `distort` changes a page (start, ids, count) of a list."""

    records: dict[str, Simulated]
    merged: dict[str, str] = field(default_factory=dict)
    deleted: set[str] = field(default_factory=set)
    never_given: set[str] = field(default_factory=set)
    left_out_once: set[str] = field(default_factory=set)
    poisonous: set[str] = field(default_factory=set)
    is_capped: bool = True
    expiries: int = 0
    distort: Distort = lambda start, ids, count: (ids, count)

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._history: dict[str, list[str]] = {}

    def serve(self, server: ReplayServer) -> str:
        """Answer at the server; the base address to configure."""
        server.route(SEARCH, self.search)
        server.route(FETCH, self.fetch)
        return server.url + BASE

    def search(self, request: Request) -> Answer:
        form = {name: values[0] for name, values in (request.form or request.query).items()}
        start, size = int(form.get("retstart", 0)), int(form.get("retmax", 20))
        if self.is_capped and start > 9_998:
            return _search_error(
                "Search Backend failed: Exception:\n'retstart' cannot be larger than 9998. For PubMed, ESearch can "
                "only retrieve the first 9,999 records matching the query."
            )
        result, matches = self._matching(form)
        if "WebEnv" in form:
            with self._lock:
                if self.expiries > 0 or form["WebEnv"] not in self._history:
                    self.expiries -= 1
                    return _search_error(
                        f"Cannot retrieve history data. query_key: {form['query_key']}, WebEnv: {form['WebEnv']}"
                    )
                kept = set(self._history[form["WebEnv"]])
            matches = [pmid for pmid in matches if pmid in kept]
        end = start + size
        if self.is_capped and end > 9_999:
            end = 9_999
            result["warninglist"]["outputmessages"].append("Restrictions achieved. start and count adjusted")
        ids, count = self.distort(start, matches[start:end], len(matches))
        result |= {"count": str(count), "retmax": str(len(ids)), "retstart": str(start), "idlist": ids}
        if form.get("usehistory") == "y":
            with self._lock:
                web_env = f"MCID_{len(self._history)}"
                self._history[web_env] = matches
            result |= {"querykey": "1", "webenv": web_env}
        return Answer(headers=JSON, body=json.dumps({"header": {"type": "esearch"}, "esearchresult": result}).encode())

    def fetch(self, request: Request) -> Answer:
        asked = (request.form or request.query)["id"][0].split(",")
        if self.poisonous.intersection(asked):
            return Answer(status=500, body=b"<h1>Internal Server Error</h1>")
        records = []
        for pmid in asked:
            given = self.merged.get(pmid, pmid)
            if pmid in self.left_out_once:
                self.left_out_once.discard(pmid)
            elif given in self.records and not {pmid, given} & (self.deleted | self.never_given):
                records.append(self.records[given].data)
        return Answer(headers=XML, body=article_set(records))

    def _matching(self, form: dict[str, str]) -> tuple[dict[str, object], list[str]]:
        term, low, high = form["term"], 0, 10**9
        narrowed = _UIDS.fullmatch(term)
        if narrowed:
            term, low, high = narrowed[1], int(narrowed[2]), int(narrowed[3])
        result: dict[str, object] = {
            "querytranslation": term,
            "errorlist": {"phrasesnotfound": [], "fieldsnotfound": []},
            "warninglist": {"phrasesignored": [], "quotedphrasesnotfound": [], "outputmessages": []},
        }
        found = self._found(term, result)
        days = _days(form)
        matches = [
            pmid
            for pmid, record in found
            if low <= int(pmid) <= high and days[0] <= (record.created if days[2] else record.updated) <= days[1]
        ]
        if not matches:
            result["warninglist"]["outputmessages"].append("No items found.")
        return result, matches

    def _found(self, term: str, result: dict[str, object]) -> list[tuple[str, Simulated]]:
        doi, registry_id = _DOI.fullmatch(term), _REGISTRY_ID.fullmatch(term)
        if doi:
            found = [one for one in self.records.items() if doi[1] in one[1].dois]
            if not found:
                result["warninglist"]["quotedphrasesnotfound"].append(term)
            return found
        if registry_id:
            found = [one for one in self.records.items() if registry_id[1] in one[1].registry_ids]
            if not found:
                result["errorlist"]["phrasesnotfound"].append(registry_id[1])
            return found
        if _NAMED.fullmatch(term):
            return [one for one in self.records.items() if f"{one[0]}[uid]" in term.split(" OR ")]
        known = {word for record in self.records.values() for word in record.words}
        words = {word.strip() for word in term.split(" OR ")}
        for word in sorted(words - known):
            if word.startswith('"'):
                result["warninglist"]["quotedphrasesnotfound"].append(word)
                words |= set(word.strip('"').split())
            else:
                result["errorlist"]["phrasesnotfound"].append(word)
        return [one for one in self.records.items() if one[1].words & words]


def _days(form: dict[str, str]) -> tuple[datetime.date, datetime.date, bool]:
    if "datetype" not in form:
        return datetime.date.min, datetime.date.max, True
    days = [datetime.datetime.strptime(form[name], "%Y/%m/%d").date() for name in ("mindate", "maxdate")]
    return days[0], days[1], {"crdt": True, "mdat": False}[form["datetype"]]


def _search_error(words: str) -> Answer:
    # As the real service does it: the line ends of the text stand bare in the JSON.
    return Answer(headers=JSON, body=b'{"esearchresult":{"ERROR":"%b"}}' % words.encode())


def client(
    address: str, folder: pathlib.Path, *, attempts: int = 2, key: str | None = None, **config: object
) -> PubMed:
    """The source, asking at this address as fast as it can and waiting for nothing."""
    session = PoliteSession(
        Manners(email="who@example.org", allow_loopback=True, attempts=2, backoff_seconds=0),
        Rates(folder / "rates", sleep=lambda seconds: None),
        requests_per_second=1e6,
        sleep=lambda seconds: None,
    )
    settings = SourceConfig.model_validate({"base_url": address, "since": "2026-01-01", **config})
    return PubMed(settings, session, key, email="who@example.org", today=lambda: TODAY, sleep=lambda seconds: None)
