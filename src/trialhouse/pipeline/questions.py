"""Which slices a run asks the sources for: what topics name, and what changed since the watermark."""

import datetime
import logging
from collections.abc import Container, Iterable, Iterator, Sequence
from typing import NamedTuple

from trialhouse.model.source_config import SourceConfig
from trialhouse.model.topic import Topic
from trialhouse.pipeline.assignment import Assignment
from trialhouse.pipeline.backfilling import backfill_slices
from trialhouse.settings import Settings
from trialhouse.sources.asking import Dates, Question, Window
from trialhouse.sources.slices import Slice, SliceStore, Watermark

log = logging.getLogger(__name__)

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


class _Days(NamedTuple):
    """The day of the clock, and the last day that a run asks for."""

    today: datetime.date
    last: datetime.date


def planned_slices(settings: Settings, assignment: Assignment, store: SliceStore, today: datetime.date) -> list[Slice]:
    """The slices of a run, in the order of topics and sources: those left open, then new ones through its last day.

    A refresh of the profile's topics also goes on with what was left open of other topics, so that no source waits
    for a topic that nobody names again.
    """
    found: list[Slice] = []
    days_asked = _Days(today, assignment.last_day(today))
    for topic in _topics(settings, assignment):
        for source in _asked(settings, assignment, NAMED_BY):
            asked = _searched(topic, source)
            if assignment.interval is not None:
                if asked is not None:
                    days, interval = settings.backfill_days, assignment.interval
                    found += backfill_slices(store, source, asked, interval, days=days, today=today)
                continue
            found += _named(topic, source)
            if asked is not None:
                found += _changed(settings, source, asked, store, days_asked)
    if settings.refresh_topics and not assignment.topics and assignment.interval is None:
        sources = set(_asked(settings, assignment, NAMED_BY))
        found += [one for one in _open_elsewhere(settings, store) if one.source in sources]
    return found


def asked_of(settings: Settings, assignment: Assignment) -> tuple[tuple[str, str], ...]:
    """The sources and topics that a run has a question for, sorted: those whose days it does."""
    pairs = (
        (source, topic) for topic in _topics(settings, assignment) for source in _asked(settings, assignment, NAMED_BY)
    )
    asked = ((s, t.topic) for s, t in pairs if _query(t, s) is not None or any(_named(t, s)))
    return tuple(sorted(asked))


def asked_otherwise(settings: Settings, assignment: Assignment, store: SliceStore) -> tuple[tuple[str, str], ...]:
    """The sources and topics of a run whose query is another one by now than what is landed was asked by, sorted."""
    queries = (
        (source, topic.topic, _query(topic, source))
        for topic in _topics(settings, assignment)
        for source in _asked(settings, assignment, SEARCHED)
    )
    return tuple(sorted((s, t) for s, t, query in queries if query and store.knows_another_query(s, t, query)))


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


def abandon_stale(
    settings: Settings, papers: Iterable[Slice], store: SliceStore, kept: Container[tuple[str, str]] = ()
) -> None:
    """Give up open slices that the topics no longer ask for, so that they hold nothing back; what they landed stays.

    Of Crossref it is those that ask about other papers than `papers` does, where there are any. `kept` are sources and
    topics of which none is given up.
    """
    names = {one.name for one in papers}
    for opened in store.opened():
        one = opened.slice
        is_replaced = one.question.topic == PAPERS and bool(names) and one.name not in names
        is_kept = (one.source, one.question.topic) in kept and one.source in settings.sources
        if (is_replaced or not is_asked_for(settings, one)) and not is_kept:
            store.abandon(one)


def is_asked_for(settings: Settings, one: Slice) -> bool:
    """Whether what is configured now asks a source for this; else the next refresh gives it up."""
    if one.source not in settings.sources:
        return False
    return one.question.topic == PAPERS or _is_asked(settings, one)


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


def _changed(settings: Settings, source: str, asked: Question, store: SliceStore, days: _Days) -> Iterator[Slice]:
    """The open windows of a topic's query, then new ones."""
    topic, query = asked.topic, asked.query or ""
    opened = [one.slice for one in store.opened(source, topic) if _is_window(one.slice, query)]
    yield from opened
    windows = [one.question.window for one in opened if one.question.window and not one.is_backfill]
    mark = _believed(store.watermark(source, topic, query), source, topic, days.today)
    for window in _new_windows(settings.sources[source], windows, mark, days):
        yield Slice(source=source, question=asked.model_copy(update={"window": window}))


def _new_windows(
    config: SourceConfig, opened: Sequence[Window], mark: Watermark | None, days: _Days
) -> Iterator[Window]:
    """The window before all that is landed or under way, where that begins later than it is configured by now; then
    the one that leads to the last day of the run.
    """
    day = datetime.timedelta(days=1)
    since = datetime.date.fromisoformat(config.since)
    begins = [window.first for window in opened if window.dates is Dates.CREATED] + ([mark.since] if mark else [])
    ends = [window.last for window in opened] + ([mark.through] if mark else [])
    if begins and since < min(begins):
        yield Window(dates=Dates.CREATED, first=since, last=min(begins) - day)
    if not ends:
        yield Window(dates=Dates.CREATED, first=since, last=days.last)
    elif not any(days.last <= window.last <= days.today for window in opened):
        covered = max(ends)
        yield Window(dates=Dates.UPDATED, first=covered - config.overlap_days * day, last=max(days.last, covered))


def _believed(mark: Watermark | None, source: str, topic: str, today: datetime.date) -> Watermark | None:
    """A watermark that a clock can have set. One of a day to come was set by a clock that was wrong, and nobody knows
    what came between the true day and today: the topic begins anew.
    """
    if mark is None or mark.through <= today:
        return mark
    log.warning(
        "%s %s: searched through %s, which is still to come: a clock was wrong, so all of it is asked for again",
        source,
        topic,
        mark.through,
    )
    return None


def _open_elsewhere(settings: Settings, store: SliceStore) -> list[Slice]:
    """Slices left open of topics that the profile does not refresh."""
    opened = [one.slice for one in store.opened()]
    return [
        one
        for one in opened
        if one.question.topic not in {*settings.refresh_topics, PAPERS} and _is_asked(settings, one)
    ]


def _searched(topic: Topic, source: str) -> Question | None:
    """What a topic searches a source for, in no window yet."""
    query = _query(topic, source)
    return None if query is None else Question(topic=topic.topic, query=query)


def _query(topic: Topic, source: str) -> str | None:
    query: str | None = getattr(topic.search, source) if source in SEARCHED else None
    return query


def _is_window(one: Slice, query: str) -> bool:
    return one.question.window is not None and one.question.query == query


def _is_asked(settings: Settings, one: Slice) -> bool:
    """Whether the topic, as it is now, asks the source for this."""
    topic = settings.topics.get(one.question.topic)
    if topic is None:
        return False
    if one.question.window is not None:
        return _query(topic, one.source) == one.question.query
    return one in _named(topic, one.source)
