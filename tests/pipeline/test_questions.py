"""Which slices a run asks for: what topics name, what changed since the watermark, a past interval."""

import datetime

import pytest

from trialhouse.model.source_config import SourceConfig
from trialhouse.model.topic import Search, Topic
from trialhouse.pipeline import Assignment, Interval
from trialhouse.pipeline.ingest import stores_of
from trialhouse.pipeline.questions import abandon_stale, asks_about_papers, planned_slices, slices_of_papers
from trialhouse.settings import Settings
from trialhouse.sources.asking import Dates, Listing
from trialhouse.sources.slices import OpenedSlice, Slice, SliceStore

NOON = datetime.datetime(2026, 11, 21, 12, tzinfo=datetime.UTC)
TODAY = NOON.date()
YESTERDAY = TODAY - datetime.timedelta(days=1)

TOPIC = Topic(
    topic="airways",
    description="Trials of asthma.",
    search=Search(pubmed="asthma", ctgov="asthma"),
    registry_ids=("NCT00000001", "ISRCTN00000001"),
    dois=("10.5555/a",),
    pages=("https://example.org/a",),
)


@pytest.fixture
def live(settings: Settings) -> Settings:
    config = SourceConfig(base_url="https://example.org", overlap_days=3, since="2000-01-01")
    sources = dict.fromkeys(("pubmed", "ctgov", "europepmc", "crossref", "web"), config)
    asked = {"topics": {"airways": TOPIC}, "refresh_topics": ("airways",), "include_corpus": False}
    return settings.model_copy(update={"sources": sources | {"files": SourceConfig()}, **asked})


@pytest.fixture
def store(live: Settings) -> SliceStore:
    return stores_of(live).slices


def names(slices: list[Slice]) -> list[str]:
    return [
        f"{one.source} {one.name.partition('_')[0]}" if not one.question.window else f"{one.source} {one.name}"
        for one in slices
    ]


def opened(one: Slice) -> OpenedSlice:
    return OpenedSlice(
        slice=one, opened_at=NOON, receipts_before=0, holds_from=0, listing=Listing(matched=1, record_ids=("1",))
    )


def test_a_first_refresh_asks_for_what_is_named_and_for_everything_that_matches(
    live: Settings, store: SliceStore
) -> None:
    slices = planned_slices(live, Assignment(), store, TODAY)
    assert names(slices) == [
        "pubmed named",
        "pubmed created_2000-01-01_2026-11-21",
        "ctgov named",
        "ctgov created_2000-01-01_2026-11-21",
        "europepmc named",
        "web named",
    ]
    by_source = {one.source: one.question for one in slices if one.question.window is None}
    assert by_source["ctgov"].registry_ids == ("NCT00000001",)
    assert by_source["pubmed"].registry_ids == ("NCT00000001", "ISRCTN00000001")


def test_later_refreshes_ask_for_what_changed_since_the_watermark_less_the_overlap(
    live: Settings, store: SliceStore
) -> None:
    first = next(one for one in planned_slices(live, Assignment(), store, YESTERDAY) if one.question.window)
    store.move_watermark(first)
    assert "pubmed updated_2026-11-17_2026-11-21" in names(planned_slices(live, Assignment(), store, TODAY))


def test_a_slice_left_open_is_finished_first_and_the_next_begins_at_its_end(live: Settings, store: SliceStore) -> None:
    first = next(one for one in planned_slices(live, Assignment(), store, YESTERDAY) if one.question.window)
    store.open(opened(first))
    asked = [name for name in names(planned_slices(live, Assignment(), store, TODAY)) if name.startswith("pubmed")]
    assert asked == ["pubmed named", "pubmed created_2000-01-01_2026-11-20", "pubmed updated_2026-11-17_2026-11-21"]
    # On the day of its death it is all there is to do.
    asked = [name for name in names(planned_slices(live, Assignment(), store, YESTERDAY)) if name.startswith("pubmed")]
    assert asked == ["pubmed named", "pubmed created_2000-01-01_2026-11-20"]


def test_a_backfill_asks_in_slices_and_only_for_those_not_done(live: Settings, store: SliceStore) -> None:
    live = live.model_copy(update={"backfill_days": 10})
    interval = Interval(first=datetime.date(2020, 1, 1), last=datetime.date(2020, 1, 25))
    assignment = Assignment(interval=interval, sources=("pubmed",))
    slices = planned_slices(live, assignment, store, TODAY)
    assert names(slices) == [
        "pubmed backfill_2020-01-01_2020-01-10",
        "pubmed backfill_2020-01-11_2020-01-20",
        "pubmed backfill_2020-01-21_2020-01-25",
    ]
    done = OpenedSlice(
        slice=slices[1], opened_at=NOON, receipts_before=0, holds_from=0, listing=Listing(matched=0, record_ids=())
    )
    store.open(done)
    assert store.close(done, NOON) is not None
    assert planned_slices(live, assignment, store, TODAY) == [slices[0], slices[2]]
    # It moves no watermark, and the next refresh finishes what it left open.
    store.move_watermark(slices[1])
    store.open(opened(slices[0]))
    again = names(planned_slices(live, Assignment(sources=("pubmed",)), store, TODAY))
    assert again[1:] == ["pubmed backfill_2020-01-01_2020-01-10", "pubmed created_2000-01-01_2026-11-21"]


def test_what_topics_no_longer_ask_for_is_abandoned_and_the_rest_stays_open(live: Settings, store: SliceStore) -> None:
    for one in planned_slices(live, Assignment(), store, TODAY):
        store.open(opened(one))
    changed = TOPIC.model_copy(update={"pages": ("https://example.org/b",), "search": Search(pubmed="asthma")})
    live = live.model_copy(update={"topics": {"airways": changed}})
    abandon_stale(live, (), store)
    left = [one.slice for one in store.opened()]
    assert "web" not in {one.source for one in left}
    assert [one.question.window is None for one in left if one.source == "ctgov"] == [True]
    assert len([one for one in left if one.source == "pubmed"]) == 2


def test_what_is_taken_out_holds_nothing_back_also_where_nothing_is_asked_in_its_place(
    live: Settings, store: SliceStore
) -> None:
    for one in planned_slices(live, Assignment(sources=("web",)), store, TODAY):
        store.open(opened(one))
    without = TOPIC.model_copy(update={"pages": ()})
    abandon_stale(live.model_copy(update={"topics": {"airways": without}}), (), store)
    assert store.opened() == []


def test_a_backfill_gives_up_nothing_that_the_topics_ask_for(live: Settings, store: SliceStore) -> None:
    for one in planned_slices(live, Assignment(), store, TODAY):
        store.open(opened(one))
    before = store.opened()
    abandon_stale(live, (), store)
    assert store.opened() == before


def test_of_crossref_the_slice_of_other_papers_is_given_up(live: Settings, store: SliceStore) -> None:
    (one,) = slices_of_papers(live, Assignment(), ["10.5555/b"])
    store.open(opened(one))
    abandon_stale(live, (), store)
    abandon_stale(live, [one], store)
    assert [left.slice for left in store.opened()] == [one]
    abandon_stale(live, slices_of_papers(live, Assignment(), ["10.5555/c"]), store)
    assert store.opened() == []


def test_a_refresh_goes_on_with_what_a_topic_outside_the_profile_left_open(live: Settings, store: SliceStore) -> None:
    other = Topic(topic="skin", description="Trials of eczema.", search=Search(pubmed="eczema"))
    live = live.model_copy(update={"topics": {"airways": TOPIC, "skin": other}})
    (left,) = planned_slices(live, Assignment(topics=("skin",)), store, YESTERDAY)
    store.open(opened(left))
    assert planned_slices(live, Assignment(), store, TODAY)[-1] == left
    assert left not in planned_slices(live, Assignment(sources=("web",)), store, TODAY)
    assert left not in planned_slices(live, Assignment(topics=("airways",)), store, TODAY)
    offline = live.model_copy(update={"refresh_topics": ()})
    assert planned_slices(offline, Assignment(), store, TODAY) == []


def test_a_watermark_of_a_day_to_come_is_not_believed(live: Settings, store: SliceStore) -> None:
    ahead = TODAY + datetime.timedelta(days=400)
    first = next(one for one in planned_slices(live, Assignment(), store, ahead) if one.question.window)
    store.move_watermark(first)
    assert "pubmed created_2000-01-01_2026-11-21" in names(planned_slices(live, Assignment(), store, TODAY))


def test_a_first_day_that_was_set_earlier_is_caught_up_with(live: Settings, store: SliceStore) -> None:
    first = next(one for one in planned_slices(live, Assignment(), store, YESTERDAY) if one.question.window)
    store.move_watermark(first)

    def since(day: str) -> list[str]:
        sources = {"pubmed": live.sources["pubmed"].model_copy(update={"since": day})}
        slices = planned_slices(live.model_copy(update={"sources": sources}), Assignment(), store, TODAY)
        for one in slices:
            if one.question.window and one.question.window.dates is Dates.CREATED:
                earlier.append(one)
        return names(slices)[1:]

    earlier: list[Slice] = []
    new = "pubmed updated_2026-11-17_2026-11-21"
    assert since("2005-01-01") == [new]
    assert since("1990-01-01") == ["pubmed created_1990-01-01_1999-12-31", new]
    # Left open, it is asked for once, and the new one begins at the watermark all the same.
    store.open(opened(earlier[0]))
    assert since("1990-01-01") == ["pubmed created_1990-01-01_1999-12-31", new]
    both = ["pubmed created_1990-01-01_1999-12-31", "pubmed created_1980-01-01_1989-12-31", new]
    assert since("1980-01-01") == both
    store.abandon(earlier[0])
    store.move_watermark(earlier[0])
    assert since("1990-01-01") == [new]
    assert since("1980-01-01") == ["pubmed created_1980-01-01_1989-12-31", new]


def test_a_backfill_asks_again_for_days_that_were_not_over(live: Settings, store: SliceStore) -> None:
    interval = Interval(first=TODAY - datetime.timedelta(days=5), last=TODAY + datetime.timedelta(days=3))
    assignment = Assignment(interval=interval, sources=("pubmed",))
    slices = planned_slices(live, assignment, store, TODAY)
    # Days to come have nothing yet.
    assert names(slices) == ["pubmed backfill_2026-11-16_2026-11-19", "pubmed backfill_2026-11-20_2026-11-21"]
    for one in slices:
        done = OpenedSlice(
            slice=one, opened_at=NOON, receipts_before=0, holds_from=0, listing=Listing(matched=0, record_ids=())
        )
        store.open(done)
        assert store.close(done, NOON) is not None
    assert planned_slices(live, assignment, store, TODAY) == [slices[1]]
    later = planned_slices(live, assignment, store, TODAY + datetime.timedelta(days=30))
    # The days from the 20th on were asked for while they were going on.
    assert names(later) == ["pubmed backfill_2026-11-20_2026-11-24"]


def test_crossref_is_asked_about_papers_unless_it_is_left_out(live: Settings) -> None:
    (one,) = slices_of_papers(live, Assignment(), ["10.5555/b", "10.5555/b"])
    assert one.question.dois == ("10.5555/a", "10.5555/b")
    unnamed = live.model_copy(update={"topics": {"airways": TOPIC.model_copy(update={"dois": ()})}})
    assert slices_of_papers(unnamed, Assignment(), []) == []
    assert asks_about_papers(live, Assignment())
    assert not asks_about_papers(live, Assignment(sources=("pubmed",)))
    assert not asks_about_papers(live, Assignment(interval=Interval(first=YESTERDAY, last=TODAY)))


def test_a_source_without_an_address_is_not_asked(live: Settings, store: SliceStore) -> None:
    live = live.model_copy(update={"sources": {"pubmed": SourceConfig(), "web": SourceConfig()}})
    assert names(planned_slices(live, Assignment(), store, TODAY)) == ["web named"]


def test_a_source_that_is_configured_no_longer_holds_nothing(live: Settings, store: SliceStore) -> None:
    for one in planned_slices(live, Assignment(), store, TODAY):
        store.open(opened(one))
    without = {name: config for name, config in live.sources.items() if name != "web"}
    abandon_stale(live.model_copy(update={"sources": without}), (), store)
    assert {one.slice.source for one in store.opened()} == {"pubmed", "ctgov", "europepmc"}
