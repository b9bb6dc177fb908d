"""Requests to NCBI's E-utilities: who asks, how, and asking again where an answer says that it failed.

Everything is posted as a form: queries and lists of ids grow longer than an address may be, and an address is written
into logs. `tool` and `email` say who asks, as NCBI wishes; the API key travels as a secret.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from trialhouse.sources.eutils_answers import AnswerError, SearchAnswer, read_fetch, read_search
from trialhouse.sources.pubmed_records import CutSet
from trialhouse.sources.session import PoliteSession, Reply

TOOL = "trialhouse"

_PAUSES = (1.0, 4.0)
"""Seconds before an answer that was an error under a good status is asked for again: once, and once more."""

# Errors of the search behind E-utilities come under 400 too, with a body that says which it is.
_EXPECTED = (200, 400)

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class FetchAnswer:
    """What EFetch answered, and the set cut out of it."""

    reply: Reply
    cut: CutSet


class EUtilities:
    """ESearch and EFetch of PubMed below a base address."""

    def __init__(
        self,
        base_url: str,
        session: PoliteSession,
        key: str | None,
        email: str | None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.base_url = base_url
        self._session = session
        self._key = key
        self._who = {"tool": TOOL, "email": email} if email else {"tool": TOOL}
        self._sleep = sleep

    def search(self, form: Mapping[str, str]) -> SearchAnswer:
        """One page of matches. Raises AnswerError, or FetchFailed of the session."""
        _, answer = self._ask("esearch.fcgi", {"retmode": "json", **form}, read_search)
        return answer

    def fetch(self, pmids: Sequence[str]) -> FetchAnswer:
        """The records of some PMIDs, as far as they come. Raises AnswerError, or FetchFailed of the session."""
        reply, cut = self._ask("efetch.fcgi", {"retmode": "xml", "id": ",".join(pmids)}, read_fetch)
        return FetchAnswer(reply, cut)

    def _ask(self, script: str, form: Mapping[str, str], read: Callable[[bytes], Read]) -> tuple[Reply, Read]:
        for pause in (*_PAUSES, None):
            try:
                return self._ask_once(script, {"db": "pubmed", **self._who, **form}, read)
            except AnswerError as error:
                if pause is None or not error.again:
                    raise AnswerError(error.reason, f"{script}: {self._without_key(str(error))}") from error
                self._sleep(pause)
        raise AssertionError("the last try returns or raises")

    def _ask_once(self, script: str, form: Mapping[str, str], read: Callable[[bytes], Read]) -> tuple[Reply, Read]:
        secrets = {"api_key": self._key} if self._key else None
        reply = self._session.post(f"{self.base_url}/{script}", form, secrets=secrets, expected=_EXPECTED)
        answer = read(reply.body)
        if reply.status != 200:
            raise AnswerError("refused_query", f"HTTP {reply.status} with a body that states no error")
        return reply, answer

    def _without_key(self, message: str) -> str:
        return message.replace(self._key, "…") if self._key else message
