"""Records asked of EFetch until every PMID has exactly one answer.

PubMed leaves out of a set what it does not have, and now and then what it does have. So the ids asked for are compared
with the ids that came; what is missing is asked for again together, then each id alone, and only an id that PubMed
left out twice, the second time alone and without any error, is not there; and that only where PubMed still gives a
record that it gave before, or where it gave none yet and its search does not find the id either: a service that answers
everything with an empty set says nothing of any id.

A request that fails is cut in half, so that an id on which the server fails costs itself alone; when requests keep
failing, the ids that are left are answered as missing without explanation and are asked for at the next run.
"""

from collections import deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from trialhouse.sources.asking import Answer, Fetched, Missing
from trialhouse.sources.eutils import EUtilities, FetchAnswer
from trialhouse.sources.eutils_answers import AnswerError
from trialhouse.sources.pubmed_records import CutRecord, newest_versions, problem_of
from trialhouse.sources.session import FetchFailed

FAILURES_TO_GIVE_UP = 8
"""Requests that fail one after another, each tried several times: then the fault is the server's, not some id's."""


@dataclass(frozen=True, slots=True)
class Group:
    """PMIDs to be asked for in one request; `times` is how often PubMed has answered without them."""

    pmids: tuple[str, ...]
    times: int = 0


class Fetching:
    """One run of requests for records. Failures are counted across batches: a server that is down is not asked long."""

    def __init__(self, eutils: EUtilities, records_per_request: int) -> None:
        self._eutils = eutils
        self._size = records_per_request
        self._failures = 0
        self._given_up: AnswerError | FetchFailed | None = None
        self._witness: str | None = None

    def answers(self, pmids: Sequence[str]) -> Iterator[Answer]:
        """Exactly one answer for each PMID, batch by batch. The PMIDs are different ones."""
        for start in range(0, len(pmids), self._size):
            yield from self._batch(Group(tuple(pmids[start : start + self._size])))

    def _batch(self, batch: Group) -> Iterator[Answer]:
        groups, gone = deque([batch]), list[str]()
        while groups:
            group = groups.popleft()
            try:
                answer = self._ask(group.pmids)
            except (AnswerError, FetchFailed) as error:
                if len(group.pmids) == 1 or self._given_up:
                    yield from (_failed(pmid, error) for pmid in group.pmids)
                else:
                    groups.extend(_halves(group))
                continue
            came = _well_formed(answer)
            media_type = answer.reply.media_type
            for pmid in group.pmids:
                if pmid in came:
                    self._witness = pmid
                    yield self._fetched(came[pmid], answer, media_type)
            rest = tuple(pmid for pmid in group.pmids if pmid not in came)
            if len(rest) == len(group.pmids) == 1 and group.times > 0:
                fault = _fault(rest[0], answer)
                if fault is None:
                    gone.append(rest[0])
                else:
                    yield fault
            elif rest:
                groups.extend(_again(rest, group.times + 1))
        if gone:
            doubted = self._doubted(gone)
            yield from (_empty(pmid) if pmid in doubted else _not_found(pmid) for pmid in gone)

    def _doubted(self, gone: Sequence[str]) -> Collection[str]:
        """Those of the ids left out that PubMed may well have: all where it no longer gives what it gave before. Where
        it gave nothing yet, those that its search finds.
        """
        try:
            if self._witness is not None:
                return () if self._witness in _well_formed(self._ask([self._witness])) else gone
            term = " OR ".join(f"{pmid}[uid]" for pmid in gone)
            return self._eutils.search({"term": term, "retmax": str(len(gone))}).ids
        except (AnswerError, FetchFailed):
            return gone

    def _ask(self, pmids: Sequence[str]) -> FetchAnswer:
        """Ask, or fail as the last request did when too many have failed: then nothing more is asked in this run."""
        if self._given_up:
            raise self._given_up
        try:
            answer = self._eutils.fetch(pmids)
        except (AnswerError, FetchFailed) as error:
            self._failures += 1
            if self._failures >= FAILURES_TO_GIVE_UP:
                self._given_up = error
            raise
        self._failures = 0
        return answer

    def _fetched(self, record: CutRecord, answer: FetchAnswer, media_type: str | None) -> Fetched:
        reply = answer.reply
        # What the reply says was checked when it was made, and the walk through the set made the rest.
        return Fetched.unchecked(
            {
                "record_id": record.pmid,
                "data": record.data,
                "locator": f"{self._eutils.base_url}/efetch.fcgi?db=pubmed&retmode=xml&id={record.pmid}",
                "fetched_at": reply.received_at,
                "identity": None,
                "status": reply.status,
                "headers": reply.headers,
                "media_type": media_type,
                "license": None,
            }
        )


def _halves(group: Group) -> list[Group]:
    middle = len(group.pmids) // 2
    return [Group(group.pmids[:middle], group.times), Group(group.pmids[middle:], group.times)]


def _again(pmids: tuple[str, ...], times: int) -> list[Group]:
    """Together at first, then each alone."""
    return [Group(pmids, times)] if times == 1 else [Group((pmid,), times) for pmid in pmids]


def _well_formed(answer: FetchAnswer) -> dict[str, CutRecord]:
    newest = newest_versions(answer.cut.records)
    return {pmid: record for pmid, record in newest.items() if problem_of(record) is None}


def _failed(pmid: str, error: AnswerError | FetchFailed) -> Missing:
    return Missing(
        record_id=pmid,
        reason=error.reason,
        message=f"PubMed did not give PMID {pmid}: {error}. It is asked for again at the next run",
    )


def _fault(pmid: str, answer: FetchAnswer) -> Missing | None:
    """What came in place of a PMID that was asked for alone; None where it was a well-formed set with nothing in it."""
    cut = answer.cut
    problems = [problem for record in cut.records if (problem := problem_of(record))]
    problems += [damage.problem for damage in cut.damages]
    if not cut.is_whole:
        problems.append("the set does not end")
    if problems:
        return Missing(
            record_id=pmid,
            reason="malformed_record" if cut.is_whole else "truncated_xml",
            message=f"PubMed gave PMID {pmid} as XML that cannot be read ({'; '.join(problems)}), twice. It is asked "
            "for again at the next run; tell NLM if it stays so",
        )
    others = sorted({record.pmid for record in cut.records}, key=int)
    if others:
        return Missing(
            record_id=pmid,
            reason="merged",
            message=f"PubMed answers for PMID {pmid} with PMID {', '.join(others)}, which it was merged into: where a "
            "topic's file names it, name that one in its place",
            is_explained=True,
        )
    return None


def _not_found(pmid: str) -> Missing:
    return Missing(
        record_id=pmid,
        reason="not_found",
        message=f"PubMed has no PMID {pmid} (any more), and names none that it was merged into: where a topic's file "
        "names it, take it out, or put the right one in its place",
        is_explained=True,
    )


def _empty(pmid: str) -> Missing:
    return Missing(
        record_id=pmid,
        reason="empty_answer",
        message=f"PubMed answered with an empty set for PMID {pmid}, but also for records that it has or for all that "
        "it was asked: nothing is concluded from it. It is asked for again at the next run",
    )
