"""Batches of ids at services that spoil, forget and repeat: every id has one answer, and only bad ones are missing."""

import datetime
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from trialhouse.sources.asking import Answer, Fetched, Missing
from trialhouse.sources.batches import Batches
from trialhouse.sources.json_records import BadAnswer
from trialhouse.sources.manners import FetchFailed

NOW = datetime.datetime(2026, 11, 20, tzinfo=datetime.UTC)
IDS = st.lists(st.integers(0, 99).map(str), max_size=60)


def found(record_id: str) -> Fetched:
    return Fetched(record_id=record_id, data=record_id.encode(), locator="there", fetched_at=NOW)


@given(
    asked=IDS,
    bad=st.sets(st.integers(0, 99).map(str)),
    lost=st.sets(st.integers(0, 99).map(str)),
    size=st.integers(1, 30),
)
def test_bad_ids_cost_themselves_alone(asked: list[str], bad: set[str], lost: set[str], size: int) -> None:
    def together(batch: Sequence[str]) -> list[Answer]:
        assert 0 < len(batch) <= size
        if bad.intersection(batch):
            raise FetchFailed("refused", "HTTP 400", 400)
        given = [found(one) for one in reversed(batch) if one not in lost]
        return [*given, *given, found("nobody asked")]

    def alone(record_id: str) -> Answer:
        return Missing(record_id=record_id, reason="bad", message="bad") if record_id in bad else found(record_id)

    answers = list(Batches("the service").ask(asked, size, together, alone))
    assert [one.record_id for one in answers] == list(dict.fromkeys(asked))
    assert {one.record_id for one in answers if isinstance(one, Missing)} == bad.intersection(asked)


@given(asked=IDS, size=st.integers(1, 30), broken=st.sets(st.integers(0, 99).map(str)))
def test_a_failing_service_loses_no_id(asked: list[str], size: int, broken: set[str]) -> None:
    calls = [0]

    def together(batch: Sequence[str]) -> list[Answer]:
        calls[0] += 1
        if broken.intersection(batch):
            raise FetchFailed("server_error", "HTTP 503", 503)
        return [found(one) for one in batch]

    def alone(record_id: str) -> Answer:
        calls[0] += 1
        raise BadAnswer("cut_body", "cut")

    answers = list(Batches("the service").ask(asked, size, together, alone))
    assert [one.record_id for one in answers] == list(dict.fromkeys(asked))
    assert not any(isinstance(one, Missing) and one.is_explained for one in answers)
    if broken >= set(asked):
        assert calls[0] <= 9
