"""What the commands about alerts share: the alerts as they stand, options that choose some, and who decides."""

import getpass
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from trialhouse.cli.chosen_releases import all_releases, chosen_release
from trialhouse.cli.exits import CommandError, Exit
from trialhouse.cli.options import warehouse_folder
from trialhouse.cli.reading import opened
from trialhouse.model.enums import Severity
from trialhouse.model.words import AlertState
from trialhouse.pipeline.alert_books import LiveAlerts, live_alerts
from trialhouse.quality.choosing import Wanted
from trialhouse.quality.decisions import DecisionsUnreadable
from trialhouse.releases.catalog import Release
from trialhouse.releases.layout import Layout
from trialhouse.releases.register import DamagedRegister
from trialhouse.releases.rejected import rejected_since
from trialhouse.releases.trial_lookup import NoSuchTrial, find_trial
from trialhouse.resources import data_root
from trialhouse.store.connection import DatabaseError

REVIEWER = "TRIALHOUSE_REVIEWER"
"""The variable that names who decides."""

StateOption = Annotated[
    AlertState | None, Parameter(name="--state", help="Only alerts in this state.", show_choices=True)
]
SeverityOption = Annotated[Severity | None, Parameter(name="--severity", help="Only alerts of this severity.")]
CheckOption = Annotated[
    str | None, Parameter(name="--check", help="Only alerts of this check, or of those that fit 'arms/*'.")
]
TrialOption = Annotated[
    str | None, Parameter(name="--trial", help="Only alerts of this trial: its id, or a registry's number.")
]
DocumentOption = Annotated[str | None, Parameter(name="--document", help="Only alerts of this document: its id.")]
ByOption = Annotated[
    str | None,
    Parameter(name="--by", help=f"Who decides (default: {REVIEWER}, else the name that you are logged in with)."),
]
CommentOption = Annotated[str | None, Parameter(name="--comment", help="Why, in your words.")]


@Parameter(name="*")
@dataclass(frozen=True)
class Filter:
    """Options that choose alerts by what they are about."""

    state: StateOption = None
    severity: SeverityOption = None
    check: CheckOption = None
    trial: TrialOption = None
    document: DocumentOption = None

    def wanted(self, states: frozenset[AlertState] | None, release: Release | None) -> Wanted:
        """What alerts have to be, in one of these states unless one was asked for; a trial is found by any name of it.

        Raises CommandError for a trial that is none, and for a check that neither the release nor a new one has.
        """
        if self.check is not None and release is not None:
            _ensure_check(release, self.check)
        trial_id = _trial_id(release, self.trial) if self.trial is not None and release is not None else self.trial
        return Wanted(
            states=frozenset({self.state}) if self.state else states,
            severity=self.severity,
            check=self.check,
            trial_id=trial_id,
            document_id=self.document,
        )


def _ensure_check(release: Release, pattern: str) -> None:
    """Raise CommandError for a pattern that fits no check: of the release, of its alerts, or installed."""
    with opened(release) as connection:
        known = connection.execute("SELECT check_id FROM dq.checks UNION SELECT check_id FROM dq.alerts").fetchall()
    installed = data_root() / "warehouse" / "checks"
    names = {name for (name,) in known} | {f"{path.parent.name}/{path.stem}" for path in installed.rglob("*.sql")}
    if not any(fnmatchcase(name, pattern) for name in names):
        raise CommandError(
            f"no check has the name {pattern!r}: `trialhouse sql 'SELECT check_id FROM dq.checks'` lists them",
            Exit.WRONG_USE,
        )


def _trial_id(release: Release, name: str) -> str:
    """The id of a trial by any name of it; also of one that is gone and has alerts. Raises CommandError."""
    with opened(release) as connection:
        try:
            return find_trial(connection, name).trial_id
        except NoSuchTrial as error:
            if connection.execute("SELECT 1 FROM dq.alerts WHERE trial_id = ? LIMIT 1", [name]).fetchone():
                return name
            raise CommandError(str(error), Exit.WRONG_USE) from error


EVERY = Filter()
"""The filter that nobody gave."""


@dataclass(frozen=True)
class Review:
    """A warehouse's alerts as they stand, and the release that is current, if one is."""

    layout: Layout
    release: Release | None
    live: LiveAlerts

    def blocked(self) -> str | None:
        """That the alerts are of a build that was not published, and why; None when they are of a release."""
        if self.live.rejected is None:
            return None
        return f"These are the alerts of a build that was not published: {self.live.rejected.decision}"


def opened_review(warehouse: Path | None) -> Review:
    """The alerts as they stand now. Raises CommandError for a warehouse without a release or a rejected build."""
    layout = Layout(warehouse_folder(warehouse))
    try:
        is_rejected = bool(rejected_since(layout))
        is_current = any(release.is_current for release in all_releases(layout.warehouse))
        release = chosen_release(layout.warehouse) if is_current or not is_rejected else None
        return Review(layout, release, live_alerts(layout, release))
    except (DecisionsUnreadable, DamagedRegister) as error:
        raise CommandError(str(error)) from error
    except DatabaseError as error:
        raise CommandError(f"the current release cannot be read: restore it from a copy ({error})") from error


def trial_names(release: Release | None, trial_ids: Iterable[str | None]) -> Mapping[str, str]:
    """What people call trials, by their ids: the number of a registry, else the acronym."""
    wanted = sorted({trial_id for trial_id in trial_ids if trial_id})
    if release is None or not wanted:
        return {}
    with opened(release) as connection:
        query = (
            "SELECT trial_id, coalesce(registry_id, acronym) AS name FROM trials "
            "WHERE trial_id IN (SELECT unnest(?)) AND name <> ''"
        )
        return dict(connection.execute(query, [wanted]).fetchall())


def reviewer(given: str | None) -> str:
    """Who decides: the name that was given, else that of the environment, else the login name.

    Raises CommandError for no name.
    """
    name = given if given is not None else os.environ.get(REVIEWER) or _login_name()
    if not name.strip():
        raise CommandError(f"nobody is named who decides: give --by NAME, or set {REVIEWER}", Exit.WRONG_USE)
    return name.strip()


def _login_name() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
