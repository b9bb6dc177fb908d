"""`trialhouse alerts list`: what the checks found, as it stands after what people decided."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from trialhouse.cli.alert_head import head_line
from trialhouse.cli.chosen_releases import chosen_release
from trialhouse.cli.exits import CommandError, Exit
from trialhouse.cli.folded import print_folded
from trialhouse.cli.options import JsonOption, ReleaseOption, WarehouseOption
from trialhouse.cli.reading import opened
from trialhouse.cli.reviewing import (
    EVERY,
    Filter,
    opened_review,
    trial_names,
)
from trialhouse.model.tables import AlertRow
from trialhouse.model.words import AlertState
from trialhouse.quality.choosing import ASKING, WORST_FIRST, chosen
from trialhouse.releases.catalog import Release
from trialhouse.store.read import read_rows
from trialhouse.terminal import print_json, say


def print_alerts(
    *,
    which: Filter = EVERY,
    all: Annotated[bool, Parameter(name="--all", negative=(), help="Settled alerts too: waived, resolved.")] = False,
    release: ReleaseOption = None,
    warehouse: WarehouseOption = None,
    json: JsonOption = False,
) -> int:
    """Alerts as they stand now, worst first: those that ask for something, unless told otherwise.

    With --release, as that release has them.
    """
    if which.state is not None and all:
        raise CommandError("give --state or --all, not both", Exit.WRONG_USE)
    alerts, of_release, build, pending, told = _read(warehouse, release)
    wanted = which.wanted(None if all else ASKING, of_release)
    shown = chosen(alerts, wanted)
    if json:
        print_json([alert.model_dump(mode="json") | {"is_pending": alert.alert_id in pending} for alert in shown])
    else:
        _print(shown, trial_names(of_release, (alert.trial_id for alert in shown)), pending)
    for sentence in [*told, _counted(shown, alerts, build)]:
        say(sentence)
    if wanted.states == ASKING and (settled := sum(alert.state not in ASKING for alert in alerts)):
        say(f"{settled:,} more are settled (--all shows them).")
    return Exit.DONE


def _read(
    warehouse: Path | None, release: str | None
) -> tuple[Sequence[AlertRow], Release | None, str, frozenset[str], list[str]]:
    """The alerts, the release beside them, the build that they are of, which were decided on since, and what to say."""
    if release is not None:
        found = chosen_release(warehouse, release)
        with opened(found) as connection:
            return read_rows(connection, AlertRow), found, f"release {found.release_id}", frozenset(), []
    review = opened_review(warehouse)
    pending = review.live.pending
    blocked = review.blocked()
    told = [blocked] if blocked else []
    if pending:
        told.append(
            f"{_alerts(len(pending))} changed by decisions since: the next refresh carries them into a release."
        )
    build = (
        "the build that was not published"
        if blocked or review.release is None
        else (f"release {review.release.release_id}")
    )
    return review.live.books.alerts, review.release, build, pending, told


def _print(shown: Sequence[AlertRow], names: Mapping[str, str], pending: frozenset[str]) -> None:
    for alert in shown:
        about = names.get(alert.trial_id or "", alert.trial_id or alert.document_id or "")
        until = f"until {alert.waived_until}" if alert.state is AlertState.WAIVED else ""
        print(head_line(alert, "  ".join(part for part in (about, until) if part)))
        print_folded(alert.message, 4)
        if alert.decided_by:
            later = ", not in a release yet" if alert.alert_id in pending else ""
            said = f": {alert.comment}" if alert.comment else ""
            print_folded(f"{alert.state.value} by {alert.decided_by}{later}{said}", 4)
        elif alert.state is AlertState.REOPENED and alert.reason:
            print_folded(f"reopened: {alert.reason}", 4)


def _counted(shown: Sequence[AlertRow], alerts: Sequence[AlertRow], build: str) -> str:
    severities = Counter(alert.severity for alert in shown)
    parts = ", ".join(f"{severities[one]:,} {one.value}" for one in WORST_FIRST if severities[one])
    return f"{len(shown):,} of {_alerts(len(alerts))} of {build}{': ' + parts if parts else ''}"


def _alerts(number: int) -> str:
    return f"{number:,} {'alert' if number == 1 else 'alerts'}"
