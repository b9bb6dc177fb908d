import datetime
import json
from pathlib import Path

import pytest

from trialhouse.sources.asking import Dates, Listing, Missing, Question, Window
from trialhouse.sources.slices import Arrival, OpenedSlice, Slice, SliceAnswers, SliceStore, held_sources, unanswered

NOON = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)
TODAY = NOON.date()


def window(last: datetime.date = TODAY, query: str = "asthma", *, is_backfill: bool = False) -> Slice:
    dates = Window(dates=Dates.UPDATED, first=datetime.date(2026, 11, 1), last=last)
    question = Question(topic="airways", query=query, window=dates)
    return Slice(source="pubmed", question=question, is_backfill=is_backfill)


def opened(one: Slice, *ids: str, before: int = 0, at: datetime.datetime = NOON) -> OpenedSlice:
    return OpenedSlice(
        slice=one,
        opened_at=at,
        receipts_before=before,
        holds_from=before,
        listing=Listing(matched=len(ids), record_ids=ids),
    )


def gone(record_id: str, *, is_explained: bool) -> Missing:
    return Missing(record_id=record_id, reason="deleted", message="gone", is_explained=is_explained)


def through(store: SliceStore) -> datetime.date | None:
    mark = store.watermark("pubmed", "airways", "asthma")
    return mark.through if mark else None


@pytest.fixture
def store(tmp_path: Path) -> SliceStore:
    return SliceStore(tmp_path / "slices")


def test_a_slice_closes_when_each_of_its_ids_is_received_or_explained(store: SliceStore) -> None:
    one = opened(window(), "1", "2", "3")
    store.open(one)
    store.add_answers(one.slice, SliceAnswers(received={"1": Arrival.LANDED, "2": Arrival.UNCHANGED}))
    assert store.close(one, NOON) is None
    store.add_answers(one.slice, SliceAnswers(missing=(gone("3", is_explained=True),)))
    closed = store.close(one, NOON)
    assert closed is not None
    assert (closed.matched, closed.received, closed.landed, closed.missing) == (3, 2, 1, 1)
    assert store.opened() == []


def test_what_is_missing_without_a_reason_keeps_the_slice_open_and_is_asked_for_again(store: SliceStore) -> None:
    one = opened(window(), "1", "2", "3")
    store.open(one)
    missing = (gone("2", is_explained=False), gone("3", is_explained=True))
    store.add_answers(one.slice, SliceAnswers(received={"1": Arrival.LANDED}, missing=missing))
    assert store.close(one, NOON) is None
    assert unanswered(one.listing.record_ids, store.answers(one.slice)) == []
    store.take_up(one.slice)
    assert unanswered(one.listing.record_ids, store.answers(one.slice)) == ["2"]
    store.add_answers(one.slice, SliceAnswers(received={"2": Arrival.LANDED}))
    assert store.close(one, NOON) is not None


def test_what_is_missing_from_the_list_itself_without_a_reason_keeps_the_slice_open(store: SliceStore) -> None:
    for is_explained in (False, True):
        listing = Listing(matched=2, record_ids=("1",), missing=(gone("2", is_explained=is_explained),))
        one = opened(window(), "1").model_copy(update={"listing": listing})
        store.open(one)
        store.add_answers(one.slice, SliceAnswers(received={"1": Arrival.LANDED}))
        assert (store.close(one, NOON) is not None) is is_explained


def test_a_record_that_came_after_it_was_missing_is_received(store: SliceStore) -> None:
    one = opened(window(), "1")
    store.open(one)
    store.add_answers(one.slice, SliceAnswers(missing=(gone("1", is_explained=False),)))
    store.add_answers(one.slice, SliceAnswers(received={"1": Arrival.LANDED}))
    answers = store.answers(one.slice)
    assert (answers.received, answers.missing) == ({"1": Arrival.LANDED}, ())


def test_the_watermark_moves_only_when_no_window_is_open_and_never_back(store: SliceStore) -> None:
    earlier, later = opened(window(datetime.date(2026, 11, 10)), "1"), opened(window(), "2")
    for one in (earlier, later):
        store.open(one)
    store.add_answers(later.slice, SliceAnswers(received={"2": Arrival.LANDED}))
    assert store.close(later, NOON) is not None
    store.move_watermark(later.slice)
    assert store.watermark("pubmed", "airways", "asthma") is None
    store.add_answers(earlier.slice, SliceAnswers(received={"1": Arrival.LANDED}))
    assert store.close(earlier, NOON) is not None
    store.move_watermark(later.slice)
    store.move_watermark(earlier.slice)
    assert through(store) == TODAY


def test_another_query_begins_anew_and_a_backfill_moves_nothing(store: SliceStore) -> None:
    store.move_watermark(window(is_backfill=True))
    assert store.watermark("pubmed", "airways", "asthma") is None
    store.move_watermark(window())
    assert store.watermark("pubmed", "airways", "asthma OR copd") is None


def test_reconciled_backfills_are_told_with_the_day_of_their_listing_and_refreshes_are_not(store: SliceStore) -> None:
    one = opened(window(is_backfill=True), "1")
    for each in (one, opened(window(), "1")):
        store.open(each)
        store.add_answers(each.slice, SliceAnswers(received={"1": Arrival.LANDED}))
    assert store.closed_backfills("pubmed", "airways") == []
    for each in store.opened():
        assert store.close(each, NOON) is not None
    (closed,) = store.closed_backfills("pubmed", "airways")
    assert (closed.slice, closed.opened_at) == (one.slice, one.opened_at)
    assert store.closed_backfills("pubmed", "other") == []


def test_a_source_with_open_slices_is_held_at_the_oldest_of_them(store: SliceStore) -> None:
    store.open(opened(window(), "1", before=7, at=NOON))
    store.open(opened(window(datetime.date(2026, 11, 10)), "1", before=4, at=NOON - datetime.timedelta(days=1)))
    assert held_sources(store.opened()) == {"pubmed": 4}
    for one in store.opened():
        store.abandon(one.slice)
    assert held_sources(store.opened()) == {}


def test_slices_are_found_by_source_and_topic_in_the_order_of_opening(store: SliceStore) -> None:
    named = Slice(source="web", question=Question(topic="other", pages=("https://example.org/a",)))
    store.open(opened(window(), "1"))
    store.open(opened(named, "https://example.org/a", at=NOON - datetime.timedelta(days=1)))
    assert [one.slice for one in store.opened()] == [named, window()]
    assert [one.slice for one in store.opened("pubmed", "airways")] == [window()]
    assert store.opened("pubmed", "other") == []


def test_a_topic_that_could_leave_its_folder_is_refused(store: SliceStore) -> None:
    with pytest.raises(ValueError, match="named by letters"):
        store.open(opened(Slice(source="pubmed", question=Question(topic="../escape")), "1"))


def test_each_file_of_answers_is_read_once_however_often_it_is_asked_for(
    store: SliceStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = opened(window(), *(str(number) for number in range(60)))
    store.open(one)
    reads: list[str] = []
    whole = Path.read_bytes

    def counted(path: Path) -> bytes:
        reads.append(path.name)
        return whole(path)

    monkeypatch.setattr(Path, "read_bytes", counted)
    for number in range(0, 60, 2):
        batch = (str(number), str(number + 1))
        missing = (gone(batch[1], is_explained=True),)
        store.add_answers(one.slice, SliceAnswers(received={batch[0]: Arrival.LANDED}, missing=missing))
        said = store.answers(one.slice, batch)
        assert (said.received, said.missing) == ({batch[0]: Arrival.LANDED}, missing)
    assert len(reads) == len(set(reads)) == 30
    assert unanswered(one.listing.record_ids, store.answers(one.slice)) == []


def test_an_id_that_was_missing_and_then_came_is_received_in_whatever_order_the_files_are_read(
    store: SliceStore,
) -> None:
    for number in range(8):
        one = opened(window(query=f"query {number}", last=TODAY - datetime.timedelta(days=number)), "1", "2")
        store.open(one)
        left = (gone("1", is_explained=True), gone("2", is_explained=True))
        parts = [SliceAnswers(missing=left), SliceAnswers(received={"1": Arrival.LANDED})]
        for part in parts if number % 2 else reversed(parts):
            store.add_answers(one.slice, part)
            store.answers(one.slice)
        assert store.answers(one.slice) == SliceAnswers(received={"1": Arrival.LANDED}, missing=left[1:])
        assert store.answers(one.slice, ["1"]) == SliceAnswers(received={"1": Arrival.LANDED})


def test_a_topic_that_begins_anew_may_move_the_watermark_back(store: SliceStore) -> None:
    store.move_watermark(window(TODAY + datetime.timedelta(days=400)))
    dates = Window(dates=Dates.CREATED, first=datetime.date(2000, 1, 1), last=TODAY)
    store.move_watermark(Slice(source="pubmed", question=Question(topic="airways", query="asthma", window=dates)))
    assert through(store) == TODAY


def test_what_a_death_amid_a_removal_left_says_nothing_of_the_next_slice_of_that_name(store: SliceStore) -> None:
    one = opened(window(), "1")
    store.open(one)
    store.add_answers(one.slice, SliceAnswers(received={"1": Arrival.LANDED}))
    (path,) = (store._folder).rglob("slice.json")
    path.unlink()
    store.open(one)
    assert store.answers(one.slice).received == {}


def created(first: datetime.date, last: datetime.date) -> Slice:
    dates = Window(dates=Dates.CREATED, first=first, last=last)
    return Slice(source="pubmed", question=Question(topic="airways", query="asthma", window=dates))


def test_a_window_that_led_up_to_the_watermark_moves_its_beginning_alone(store: SliceStore) -> None:
    first, earlier = datetime.date(2010, 1, 1), datetime.date(2000, 1, 1)
    store.move_watermark(created(first, TODAY))
    store.move_watermark(created(earlier, first - datetime.timedelta(days=1)))
    store.move_watermark(window())
    mark = store.watermark("pubmed", "airways", "asthma")
    assert mark is not None
    assert (mark.since, mark.through) == (earlier, TODAY)


def test_a_watermark_without_a_beginning_is_none(store: SliceStore) -> None:
    store.move_watermark(window())
    (path,) = store._folder.rglob("watermark.json")
    path.write_text(json.dumps({"through": "2026-11-21", "query": "asthma"}))
    assert store.watermark("pubmed", "airways", "asthma") is None
    assert [state.through for state in store.states()] == [None]
