"""Which slices a run asks the sources for: what topics name, and what changed since the watermark."""

import datetime
from collections.abc import Iterable, Iterator

from trialhouse.model.topic import Topic
from trialhouse.pipeline.assignment import Assignment, Interval
from trialhouse.settings import Settings
from trialhouse.sources.asking import Dates, Question, Window
from trialhouse.sources.slices import Slice, SliceStore

PAPERS = "papers"
"""The topic under which Crossref is asked about every paper that other sources gave."""

NAMED_BY: dict[str, tuple[str, ...]] = {
    "pubmed": ("pmids", "dois", "registry_ids"),
    "ctgov": ("registry_ids",),
    "europepmc": ("pmids", "dois"),
    "web": ("pages",),
}
"""The ids of a topic that each source is asked for by name."""

SEARCHED = ("pubmed", "ctgov", "europepmc")
"""The sources that a topic may have a query for: their names are those of the fields of `Search`."""


def planned_slices(settings: Settings, assignment: Assignment, store: SliceStore, today: datetime.date) -> list[Slice]:
    """The slices of a run, in the order of topics and sources: those left open, then new ones.

    An open slice that the topics no longer ask for is abandoned; what it landed stays landed.
    """
    found: list[Slice] = []
    for topic in _topics(settings, assignment):
        for source in _asked(settings, assignment, NAMED_BY):
            if assignment.interval is not None:
                found += _backfill(settings, topic, source, assignment.interval, store)
                continue
            found += _named(topic, source)
            found += _changed(settings, topic, source, store, today)
    return found


def asks_about_papers(settings: Settings, assignment: Assignment) -> bool:
    """Whether a run asks Crossref about papers: it does unless it is a backfill or leaves that source out."""
    return assignment.interval is None and "crossref" in _asked(settings, assignment, ["crossref"])


def slices_of_papers(settings: Settings, assignment: Assignment, dois: Iterable[str]) -> list[Slice]:
    """The slice that asks Crossref what became of papers: corrected, retracted, under concern.

    Papers are those of the DOIs and those that the topics of the run name.
    """
    named = [doi for topic in _topics(settings, assignment) for doi in topic.dois]
    asked = tuple(sorted({*dois, *named}))
    return [Slice(source="crossref", question=Question(topic=PAPERS, dois=asked))] if asked else []


def abandon_stale(settings: Settings, planned: Iterable[Slice], store: SliceStore) -> None:
    """Give up open slices that nobody asks for any more, so that they hold nothing back."""
    wanted = {(one.source, one.question.topic, one.name) for one in planned}
    asked_topics = {(source, topic) for source, topic, _ in wanted}
    for opened in store.opened():
        one = opened.slice
        place = (one.source, one.question.topic)
        named_otherwise = one.question.window is None and place in asked_topics and (*place, one.name) not in wanted
        if named_otherwise or not _still_configured(settings, one):
            store.abandon(one)


def _topics(settings: Settings, assignment: Assignment) -> list[Topic]:
    return [settings.topics[name] for name in assignment.topics or settings.refresh_topics]


def _asked(settings: Settings, assignment: Assignment, names: Iterable[str]) -> Iterator[str]:
    """The sources that are configured with an address, without those that the run leaves out."""
    for name in names:
        configured = name in settings.sources and (name == "web" or settings.sources[name].base_url is not None)
        if configured and (not assignment.sources or name in assignment.sources):
            yield name


def _named(topic: Topic, source: str) -> Iterator[Slice]:
    ids = {field: getattr(topic, field) for field in NAMED_BY[source]}
    if source == "ctgov":
        ids["registry_ids"] = tuple(one for one in topic.registry_ids if one.upper().startswith("NCT"))
    if any(ids.values()):
        yield Slice(source=source, question=Question(topic=topic.topic, **ids))


def _changed(settings: Settings, topic: Topic, source: str, store: SliceStore, today: datetime.date) -> Iterator[Slice]:
    """The open windows of a topic, then the one that leads to today."""
    query = _query(topic, source)
    if query is None:
        return
    opened = [one.slice for one in store.opened(source, topic.topic) if _is_window(one.slice, query)]
    yield from opened
    ends = [one.question.window.last for one in opened if one.question.window and not one.is_backfill]
    mark = store.watermark(source, topic.topic, query)
    covered = max([*ends, *([mark] if mark else [])], default=None)
    config = settings.sources[source]
    if covered is None:
        window = Window(dates=Dates.CREATED, first=datetime.date.fromisoformat(config.since), last=today)
    elif today in ends:
        return
    else:
        first = covered - datetime.timedelta(days=config.overlap_days)
        window = Window(dates=Dates.UPDATED, first=first, last=max(today, covered))
    yield Slice(source=source, question=Question(topic=topic.topic, query=query, window=window))


def _backfill(settings: Settings, topic: Topic, source: str, interval: Interval, store: SliceStore) -> Iterator[Slice]:
    """The interval in slices, without those that were reconciled before."""
    query = _query(topic, source)
    first, step = interval.first, datetime.timedelta(days=settings.backfill_days)
    while query is not None and first <= interval.last:
        last = min(first + step - datetime.timedelta(days=1), interval.last)
        window = Window(dates=Dates.CREATED, first=first, last=last)
        one = Slice(source=source, question=Question(topic=topic.topic, query=query, window=window), is_backfill=True)
        if not store.is_closed(one):
            yield one
        first += step


def _query(topic: Topic, source: str) -> str | None:
    query: str | None = getattr(topic.search, source) if source in SEARCHED else None
    return query


def _is_window(one: Slice, query: str) -> bool:
    return one.question.window is not None and one.question.query == query


def _still_configured(settings: Settings, one: Slice) -> bool:
    topic = settings.topics.get(one.question.topic)
    if one.question.topic == PAPERS:
        return True
    if topic is None:
        return False
    return one.question.window is None or _query(topic, one.source) == one.question.query
