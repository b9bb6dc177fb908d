"""Records asked for in batches, so that every id gets exactly one answer, whatever a service does.

    together   the records of a batch; what it leaves out is asked for alone
    halves     a batch that fails is split until the id that spoils it stands alone
    giving up  a service that fails again and again is not asked for the rest: those ids are missing with that cause

What fails is missing without an explanation, so the next run asks for it again.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

from trialhouse.sources.asking import Answer, Missing
from trialhouse.sources.json_answers import TROUBLES
from trialhouse.sources.json_records import BadAnswer
from trialhouse.sources.manners import FetchFailed

GIVE_UP_AFTER = 3
"""Failures in a row, each tried again by the session, after which a service is taken to be down."""

_BAD_REQUEST = 400
_TOO_MANY = 429
_SPOILT_BODIES = frozenset({"too_large", "bomb", "cut_body"})

Together = Callable[[Sequence[str]], Iterable[Answer]]
"""The answers for a batch, as far as they come. Raises FetchFailed or BadAnswer when the request fails as a whole."""

Alone = Callable[[str], Answer]
"""The answer for one id. Raises FetchFailed or BadAnswer when none can be had."""

Trouble = FetchFailed | BadAnswer


class Batches:
    """One errand at one service: what fails is counted over all that is asked for on it."""

    def __init__(self, service: str) -> None:
        self._service = service
        self._failed_in_a_row = 0
        self._last_failure = ""

    def ask(self, record_ids: Iterable[str], size: int, together: Together, alone: Alone) -> Iterator[Answer]:
        """One answer for each id, batch by batch; an id named twice is asked for once."""
        ids = list(dict.fromkeys(record_ids))
        for start in range(0, len(ids), size):
            batch = ids[start : start + size]
            answers = {answer.record_id: answer for answer in self._batch(batch, together, alone)}
            yield from (answers[one] for one in batch)

    def ask_alone(self, record_ids: Iterable[str], alone: Alone) -> Iterator[Answer]:
        """One answer for each id, asked for one by one."""
        for record_id in dict.fromkeys(record_ids):
            yield self._one(record_id, alone)

    def _batch(self, batch: Sequence[str], together: Together, alone: Alone) -> Iterable[Answer]:
        if self._is_down():
            return [self._not_asked(one) for one in batch]
        received = self._try(batch, together)
        if isinstance(received, TROUBLES):
            return self._halves(batch, received, together, alone)
        return self._complete(batch, received, alone)

    def _try(self, batch: Sequence[str], together: Together) -> list[Answer] | Trouble:
        try:
            received = list(together(batch))
        except TROUBLES as error:
            return error
        self._failed_in_a_row = 0
        return received

    def _complete(self, batch: Sequence[str], received: Iterable[Answer], alone: Alone) -> list[Answer]:
        """What came of what was asked for, the first of each id, and the rest asked for alone."""
        answers: dict[str, Answer] = {}
        for answer in received:
            answers.setdefault(answer.record_id, answer)
        return [answers[one] if one in answers else self._one(one, alone) for one in batch]

    def _halves(self, batch: Sequence[str], error: Trouble, together: Together, alone: Alone) -> list[Answer]:
        """A batch that failed. A bad id spoils one half; a service that is down spoils both."""
        if len(batch) == 1:
            return [self._one(batch[0], alone)]
        if not _may_be_one_id(error):
            return self._failed(batch, error)
        middle = len(batch) // 2
        halves = [batch[:middle], batch[middle:]]
        results = [self._try(half, together) for half in halves]
        if not _is_bad_request(error) and all(isinstance(result, TROUBLES) for result in results):
            return self._failed(batch, error)
        answers: list[Answer] = []
        for half, result in zip(halves, results, strict=True):
            if isinstance(result, TROUBLES):
                answers += self._halves(half, result, together, alone)
            else:
                answers += self._complete(half, result, alone)
        return answers

    def _one(self, record_id: str, alone: Alone) -> Answer:
        if self._is_down():
            return self._not_asked(record_id)
        try:
            answer = alone(record_id)
        except TROUBLES as error:
            return self._failed([record_id], error)[0]
        self._failed_in_a_row = 0
        return answer

    def _failed(self, batch: Sequence[str], error: Trouble) -> list[Answer]:
        self._failed_in_a_row += 1
        self._last_failure = str(error)
        return [Missing(record_id=one, reason=error.reason, message=str(error)) for one in batch]

    def _is_down(self) -> bool:
        return self._failed_in_a_row >= GIVE_UP_AFTER

    def _not_asked(self, record_id: str) -> Missing:
        return Missing(
            record_id=record_id,
            reason="service_down",
            message=f"not asked for: {self._service} failed {GIVE_UP_AFTER} times in a row, the last time with: "
            f"{self._last_failure}. Run the refresh again later",
        )


def _is_bad_request(error: Trouble) -> bool:
    return isinstance(error, FetchFailed) and error.status == _BAD_REQUEST


def _may_be_one_id(error: Trouble) -> bool:
    """Whether a request may have failed for what was asked: the service answered, and not that it has enough."""
    if isinstance(error, BadAnswer):
        return error.reason != "challenge_page"
    has_enough = error.status == _TOO_MANY or error.come_back_at is not None
    return not has_enough and (error.status is not None or error.reason in _SPOILT_BODIES)
