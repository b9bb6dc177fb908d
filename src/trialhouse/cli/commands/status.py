"""`trialhouse status`: one screen about what ran and what is current."""

import datetime
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from trialhouse.cli.accounting import cause_lines, print_accounting
from trialhouse.cli.bulk_state import bulk_line, bulk_state
from trialhouse.cli.chosen_releases import all_releases, chosen_release
from trialhouse.cli.counted import counted
from trialhouse.cli.delivery_lines import as_json, delivery_lines
from trialhouse.cli.due_days import days_as_json, days_of_profile, days_words
from trialhouse.cli.exits import CommandError, Exit
from trialhouse.cli.folded import print_labelled
from trialhouse.cli.leftovers import left_out
from trialhouse.cli.options import JsonOption, ProfileOption, WarehouseOption, loaded_settings, warehouse_folder
from trialhouse.cli.run_state import not_listed, runs_and_holder, state_words, to_come_words
from trialhouse.model.tables import RunRow
from trialhouse.model.words import RunStatus
from trialhouse.notification.message import Message
from trialhouse.notification.outbox import Outbox, OutboxUnreadable
from trialhouse.pipeline.alert_books import LiveAlerts, live_alerts
from trialhouse.pipeline.questions import is_asked_for
from trialhouse.pipeline.run_log import log_path
from trialhouse.quality.decisions import DecisionsUnreadable
from trialhouse.quality.life import SETTLED
from trialhouse.releases.catalog import Release
from trialhouse.releases.layout import Layout
from trialhouse.releases.run_files import RunFile, runs_to_come
from trialhouse.settings import Settings
from trialhouse.sources.slices import SliceStore, TopicState
from trialhouse.store.connection import DatabaseError
from trialhouse.terminal import print_json, print_table

RUNS_SHOWN = 5

COUNTED_SO_FAR = ", as far as it had counted when it failed: what it landed stays, and the next run counts it"


def print_status(*, profile: ProfileOption = None, warehouse: WarehouseOption = None, json: JsonOption = False) -> int:
    """What ran last, what became of every record, and what is current."""
    folder = warehouse_folder(warehouse)
    runs, holder = runs_and_holder(folder)
    problems = [f"{words}: delete it, or restore it from a copy" for words in left_out(folder)]
    to_come = runs_to_come(runs, datetime.datetime.now(datetime.UTC))
    problems += [to_come_words(to_come)] if to_come else []
    release, alerts, later, blocked = None, None, [], None
    try:
        known = all_releases(folder)
        release = chosen_release(folder) if any(one.is_current for one in known) else None
        later = [one for one in known if one.reason and (release is None or one.release_no > release.release_no)]
        live = _live(folder, release)
        alerts = _open_alerts(live)
        blocked = live.rejected.decision if live.rejected else None
    except CommandError as error:
        # One that cannot be read does not hide the runs.
        problems.append(str(error))
    now, settings = datetime.datetime.now(datetime.UTC), _settings(folder, profile, problems)
    days = days_of_profile(settings, runs, now) if settings else None
    problems += [f"Days are overdue: {days_words(days, now)}"] if days and days.overdue else []
    stale, topics = _stale(folder, settings), _topics(folder, runs)
    told = _told(folder, problems)
    bulk = bulk_state(folder, problems)
    if json:
        print_json(
            _as_json(folder, release, alerts)
            | {"lock_holder": holder, "runs": _runs_as_json(runs, holder), "topics": _topics_as_json(topics, stale)}
            | {
                "days": days_as_json(days),
                "blocked": blocked,
                "notifications": as_json(told),
                "pubmed": bulk,
                "problems": problems,
            }
        )
        return Exit.DONE
    print_labelled("Warehouse ", str(folder))
    _print_current(release, alerts, later, blocked)
    for line in delivery_lines(told):
        print_labelled("Told      ", line)
    if bulk:
        print_labelled("PubMed    ", bulk_line(bulk))
    if days:
        print_labelled("Days      ", days_words(days, now))
    print_labelled("Working   ", holder or "nobody")
    for problem in problems:
        print_labelled("Problem   ", problem)
    _print_runs(folder, runs, holder)
    _print_topics(topics, stale)
    return Exit.DONE


def _print_current(
    release: Release | None, alerts: dict[str, int] | None, later: list[Release], blocked: str | None
) -> None:
    """The release that readers have, and what became of those after it: withdrawn, or a build that was stopped."""
    if release:
        counts = release.row_counts
        held = ", ".join(counted(counts[f"{one}s"], one) for one in ("trial", "document", "outcome"))
        when = f"{release.published_at:%Y-%m-%d %H:%M} UTC"
        print_labelled("Current   ", f"{release.release_id}, published {when}: {held}")
        print_labelled("Alerts    ", _in_words(alerts))
    else:
        none = "no release yet" + ("" if blocked else ": run `trialhouse refresh`")
        print_labelled("Current   ", "unknown (the problem is said below)" if alerts is None else none)
    if later:
        print_labelled("Withdrawn ", f"{later[-1].release_id}: {later[-1].reason}")
    if blocked:
        print_labelled("Blocked   ", blocked)


def _told(folder: Path, problems: list[str]) -> list[Message]:
    """Every message to people about alerts; a problem, and none, where the outbox cannot be read."""
    try:
        return Outbox(Layout(folder).outbox).messages()
    except OutboxUnreadable as error:
        problems.append(str(error))
        return []


def _print_runs(folder: Path, every: list[RunFile], holder: str | None) -> None:
    """The last runs, newest first, and the accounting of the newest that has one."""
    if not every:
        return
    runs = every[: -RUNS_SHOWN - 1 : -1]
    print("\nLast runs, newest first")
    print_table(
        ("run", "took", "days", "status", "release"),
        [
            (
                file.row.run_id,
                f"{(file.row.finished_at - file.row.started_at).total_seconds():.1f}s" if file.row.finished_at else "",
                _days(file.row),
                state_words(file, every, holder),
                file.row.release_id,
            )
            for file in runs
        ],
    )
    log = log_path(Layout(folder), runs[0].row.run_id)
    if log.is_file():
        print(f"Log       {log}")
    told = next((file for file in runs if file.accounting), None)
    if told:
        is_cut_off = told.row.status is RunStatus.FAILED
        print()
        print_labelled("", f"Records of {told.row.run_id}{COUNTED_SO_FAR if is_cut_off else ''}")
        print_accounting(told.accounting, sys.stdout)
        for line in cause_lines(told.causes):
            print_labelled("  ", line)


def _days(run: RunRow) -> str | None:
    """The days that a run was for; None for files."""
    if run.interval_first is None or run.interval_last is None:
        return None
    return " to ".join(dict.fromkeys(f"{day}" for day in (run.interval_first, run.interval_last)))


def _print_topics(states: list[tuple[TopicState, str | None]], stale: Counter[tuple[str, str]] | None) -> None:
    """How far each topic of each source is landed; one that is not whole holds its source back. `stale` counts open
    slices that nothing asks for any more.
    """
    if states:
        print("\nTopics")
        print_table(
            ("source", "topic", "searched through", "state"),
            [
                (
                    state.source,
                    state.topic,
                    state.through.isoformat() if state.through else "",
                    _topic_words(state, stale, cause),
                )
                for state, cause in states
            ],
        )


def _topic_words(state: TopicState, stale: Counter[tuple[str, str]] | None, cause: str | None) -> str:
    """What is landed of a topic, and why it could not be listed in the last run that asked for it."""
    if cause is not None:
        return f"no list in the last run ({cause.partition(':')[0]}): the next refresh asks again"
    return _openness(state.open_slices, stale[state.source, state.topic] if stale is not None else None)


def _openness(slices: int, stale: int | None) -> str:
    """What becomes of the open slices of a topic, of which so many are stale; None where nobody knows."""
    if not slices:
        return "complete"
    if stale is None:
        return f"{counted(slices, 'slice')} incomplete"
    going_on = f"{counted(slices - stale, 'slice')} incomplete: the next live refresh goes on"
    given_up = f"{counted(stale, 'slice')} incomplete that no topic asks for any more"
    given_up += f": the next refresh gives up on {'it' if stale == 1 else 'them'}"
    return "; ".join([*([going_on] if slices > stale else []), *([given_up] if stale else [])])


def _topics(folder: Path, runs: list[RunFile]) -> list[tuple[TopicState, str | None]]:
    """Every topic of each source that was asked for, with why the last run got no list of it, where it got none."""
    states = {(state.source, state.topic): state for state in SliceStore(Layout(folder).slices).states()}
    causes = not_listed(runs)
    for source, topic in causes:
        never = TopicState(source=source, topic=topic, through=None, open_slices=0)
        states.setdefault((source, topic), never)
    return [(states[pair], causes.get(pair)) for pair in sorted(states)]


def _settings(folder: Path, profile: str | None, problems: list[str]) -> Settings | None:
    """The settings that say what is asked for; a problem, and None, where they cannot be used."""
    try:
        return loaded_settings(profile, folder).settings
    except CommandError as error:
        problems.append(str(error))
        return None


def _stale(folder: Path, settings: Settings | None) -> Counter[tuple[str, str]] | None:
    """How many open slices of each source and topic nothing asks for any more; None where nobody knows."""
    if settings is None:
        return None
    opened = [one.slice for one in SliceStore(Layout(folder).slices).opened()]
    return Counter((one.source, one.question.topic) for one in opened if not is_asked_for(settings, one))


def _live(folder: Path, release: Release | None) -> LiveAlerts:
    """The alerts as they stand. Raises CommandError."""
    try:
        return live_alerts(Layout(folder), release)
    except DecisionsUnreadable as error:
        raise CommandError(str(error)) from error
    except DatabaseError as error:
        where = release.database if release else folder
        raise CommandError(f"{where} cannot be read: restore it from a copy ({error})") from error


def _open_alerts(live: LiveAlerts) -> dict[str, int]:
    """How many alerts are not settled, by severity."""
    severities = [alert.severity.value for alert in live.books.alerts if alert.state not in SETTLED]
    return {severity: severities.count(severity) for severity in sorted(set(severities))}


def _in_words(alerts: dict[str, int] | None) -> str:
    if alerts is None:
        return "unknown (the problem is said below)"
    if not alerts:
        return "none open"
    parts = ", ".join(f"{number:,} {severity}" for severity, number in alerts.items())
    return f"{parts} (`trialhouse alerts list`)"


def _as_json(folder: Path, release: Release | None, alerts: dict[str, int] | None) -> dict[str, Any]:
    return {
        "warehouse": str(folder),
        "current": release.model_dump(mode="json") if release else None,
        "open_alerts": alerts,
    }


def _runs_as_json(runs: list[RunFile], holder: str | None) -> list[dict[str, Any]]:
    """The last runs, newest first. `state` is their status, or that they were killed."""
    return [
        file.model_dump(mode="json") | {"state": state_words(file, runs, holder)}
        for file in runs[: -RUNS_SHOWN - 1 : -1]
    ]


def _topics_as_json(
    topics: list[tuple[TopicState, str | None]], stale: Counter[tuple[str, str]] | None
) -> list[dict[str, Any]]:
    return [
        state.model_dump(mode="json")
        | {"stale_slices": None if stale is None else stale[state.source, state.topic], "not_listed": cause}
        for state, cause in topics
    ]
