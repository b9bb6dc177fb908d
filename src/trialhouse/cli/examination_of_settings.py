"""What `trialhouse doctor` looks at of the configuration of a profile: settings, checks, routes and sources."""

import datetime
import os
from pathlib import Path

from trialhouse.cli.due_days import days_of_profile, days_words
from trialhouse.cli.examination_of_network import examine_network
from trialhouse.cli.finding import Finding
from trialhouse.notification.delivery import route_faults
from trialhouse.quality.checks import load_checks
from trialhouse.releases.run_files import read_runs
from trialhouse.settings import Settings, SettingsError, load_settings


def examine_settings(warehouse: Path, profile: str | None = None) -> list[Finding]:
    """Findings about the configuration of a profile, else of the one that the environment names. Where its settings
    cannot be used, that alone: the rest depends on them.
    """
    try:
        loaded = load_settings(profile=profile, warehouse=warehouse)
    except SettingsError as error:
        # It names the setting or the profile, and where it is written.
        advice = "correct it, or name another profile by --profile or TRIALHOUSE_PROFILE"
        return [Finding(name="settings", is_ok=False, says=str(error), advice=advice)]
    settings = loaded.settings
    told = Finding(name="settings", is_ok=True, says=f"profile {settings.profile} of {loaded.file}")
    return [told, _checks(settings), _routes(settings), *_days(settings), *examine_network(settings)]


def _days(settings: Settings) -> list[Finding]:
    """How far the days of the profile are done; nothing where it asks no source."""
    now = datetime.datetime.now(datetime.UTC)
    days = days_of_profile(settings, read_runs(settings.warehouse), now)
    if days is None:
        return []
    advice = (
        "`trialhouse status` says how the last runs ended; where none ran: is the worker at work, a schedule paused?"
    )
    return [Finding(name="days", is_ok=not days.overdue, says=days_words(days, now), advice=advice)]


def _checks(settings: Settings) -> Finding:
    """Whether the checks load with what is configured of them: thresholds and severities."""
    try:
        checks = load_checks(settings.root / "warehouse" / "checks", settings.checks)
    except ValueError as error:
        return Finding(name="checks", is_ok=False, says=str(error), advice="correct it: no refresh runs before")
    return Finding(name="checks", is_ok=True, says=f"{len(checks):,} load")


def _routes(settings: Settings) -> Finding:
    """Whether each route of the notifications has an address that can be used; no service is asked."""
    faults = route_faults(settings.notifications, os.environ)
    says = "; ".join(f"{route}: {fault}" for route, fault in faults.items())
    there = ", ".join(sorted(settings.notifications.routes)) or "none: nobody is told of alerts"
    advice = "set the variable to an apprise URL where refreshes run, or remove the route from notifications.toml"
    return Finding(name="routes", is_ok=not faults, says=says or there, advice=advice)
