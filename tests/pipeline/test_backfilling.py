"""Backfills that overlap: each day is asked for once, whatever the borders were."""

import datetime
from pathlib import Path

import pytest

from trialhouse.pipeline import Interval
from trialhouse.pipeline.backfilling import backfill_slices, gaps
from trialhouse.sources.asking import Listing, Question
from trialhouse.sources.slices import OpenedSlice, Slice, SliceStore

NOON = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)
ASKED = Question(topic="airways", query="asthma")


def days(first: int, last: int) -> Interval:
    """Days of January 2026."""
    return Interval(first=datetime.date(2026, 1, first), last=datetime.date(2026, 1, last))


def left(store: SliceStore, interval: Interval, asked: Question = ASKED, at_most: int = 10) -> list[Slice]:
    return list(backfill_slices(store, "pubmed", asked, interval, days=at_most, today=NOON.date()))


def spans(slices: list[Slice]) -> list[tuple[int, int]]:
    return [(one.question.window.first.day, one.question.window.last.day) for one in slices if one.question.window]


def opened(one: Slice, at: datetime.datetime = NOON) -> OpenedSlice:
    listing = Listing(matched=0, record_ids=())
    return OpenedSlice(slice=one, opened_at=at, receipts_before=0, holds_from=0, listing=listing)


@pytest.fixture
def store(tmp_path: Path) -> SliceStore:
    store = SliceStore(tmp_path)
    for one in left(store, days(5, 14)):
        store.open(opened(one))
        assert store.close(opened(one), NOON) is not None
    return store


@pytest.mark.parametrize(
    ("interval", "expected"),
    [
        (days(5, 14), []),
        (days(7, 9), []),
        (days(1, 20), [(1, 4), (15, 20)]),
        (days(1, 31), [(1, 4), (15, 24), (25, 31)]),
        (days(14, 15), [(15, 15)]),
        (days(1, 4), [(1, 4)]),
    ],
)
def test_days_that_are_done_are_not_asked_for_again(
    store: SliceStore, interval: Interval, expected: list[tuple[int, int]]
) -> None:
    assert spans(left(store, interval)) == expected


def test_another_query_or_topic_has_its_own_days(store: SliceStore) -> None:
    assert spans(left(store, days(5, 6), Question(topic="airways", query="copd"))) == [(5, 6)]
    assert spans(left(store, days(5, 6), Question(topic="other", query="asthma"))) == [(5, 6)]


def test_what_was_left_open_comes_with_its_own_borders_in_its_place(store: SliceStore) -> None:
    (one,) = left(store, days(18, 22))
    store.open(opened(one))
    assert spans(left(store, days(1, 25))) == [(1, 4), (15, 17), (18, 22), (23, 25)]
    assert spans(left(store, days(20, 21))) == [(18, 22)]
    # Outside the borders, too: while it is open, its source is held back.
    assert spans(left(store, days(1, 2))) == [(1, 2), (18, 22)]
    assert spans(left(store, days(1, 2), Question(topic="airways", query="copd"))) == [(1, 2)]


def test_days_that_were_not_over_when_they_were_listed_are_left_to_do(tmp_path: Path) -> None:
    store = SliceStore(tmp_path)
    # The same window, asked for on a day that it holds: it is reconciled, and yet only the days before count.
    at = datetime.datetime(2026, 1, 6, 12, tzinfo=datetime.UTC)
    (one,) = left(store, days(1, 8))
    store.open(opened(one, at))
    assert store.close(opened(one, at), at) is not None
    assert spans(left(store, days(1, 8))) == [(5, 8)]


def test_gaps_are_what_no_other_interval_has() -> None:
    done = [days(3, 4), days(9, 12), days(4, 6), days(8, 7)]
    assert list(gaps(days(1, 10), done)) == [days(1, 2), days(7, 8)]
    assert list(gaps(days(9, 12), done)) == []


def test_days_to_come_are_not_asked_for_however_far_they_reach(tmp_path: Path) -> None:
    to_come = Interval(first=NOON.date(), last=datetime.date.max)
    (one,) = left(SliceStore(tmp_path), to_come)
    assert one.question.window is not None
    assert (one.question.window.first, one.question.window.last) == (NOON.date(), NOON.date())
    assert left(SliceStore(tmp_path), Interval(first=NOON.date() + datetime.timedelta(days=1), last=to_come.last)) == []
