"""What `trialhouse doctor` looks at of a Prefect server that the environment names: answer, deployments, stuck runs."""

import datetime
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from trialhouse.cli.finding import Finding
from trialhouse.cli.prefect_api import POOL, NoAnswer, PrefectApi
from trialhouse.pipeline.intervals import LONGEST_RUN
from trialhouse.pipeline.lock import lock_holder

SECONDS = 3.0
"""How long the server may take for an answer."""

GRACE = datetime.timedelta(minutes=15)
"""A run that a worker hands out is at work long before."""

RESTART = "start the worker again (systemctl restart trialhouse-worker, or make serve): it sets dead runs to Crashed"


def examine_prefect(
    warehouse: Path, environ: Mapping[str, str] = os.environ, now: datetime.datetime | None = None
) -> list[Finding]:
    """Findings about the server of PREFECT_API_URL; none where there is none: each refresh starts its own then."""
    if not environ.get("PREFECT_API_URL"):
        return []
    api = PrefectApi.named_by(environ, SECONDS)
    try:
        api.ask("health")
    except NoAnswer as error:
        advice = "start it (systemctl start trialhouse-server, or make serve), or unset PREFECT_API_URL"
        return [Finding(name="server", is_ok=False, says=str(error), advice=advice)]
    there = Finding(name="server", is_ok=True, says=f"answers at {api.address}")
    try:
        return [there, _deployments(api), _runs(api, warehouse, now or datetime.datetime.now(datetime.UTC))]
    except NoAnswer as error:
        advice = "see to its log; it may be of another version, or refuse PREFECT_API_AUTH_STRING"
        return [there, Finding(name="schedules", is_ok=False, says=str(error), advice=advice)]


def _deployments(api: PrefectApi) -> Finding:
    """Which deployments there are. That one is paused is said: somebody paused it."""
    found = api.deployments()
    pools = api.ask("work_pools/filter", {"work_pools": {"name": {"any_": [POOL]}}})
    told = [f"{one['name']} (paused)" if _is_idle(one) else str(one["name"]) for one in found]
    if any(pool["is_paused"] for pool in pools):
        told.append(f"the work pool {POOL} is paused: nothing starts until somebody resumes it")
    advice = "deploy them: python -m trialhouse.cli.serving --deploy"
    return Finding(name="schedules", is_ok=bool(found), says=", ".join(told) or "nothing is deployed", advice=advice)


def _is_idle(deployment: Mapping[str, Any]) -> bool:
    """Whether it is paused, or all of its times are."""
    return bool(deployment["paused"]) or not any(one["active"] for one in deployment["schedules"])


def _runs(api: PrefectApi, warehouse: Path, now: datetime.datetime) -> Finding:
    """Whether a run stands in the way of others, or waits though none does."""
    at_work = api.runs(type={"any_": ["PENDING", "RUNNING", "CANCELLING"]})
    late = api.runs(name={"any_": ["Late", "AwaitingConcurrencySlot"]})
    is_written = lock_holder(warehouse) is not None
    stuck = [words for run in at_work if (words := _why_stuck(run, is_written, now))]
    waiting = [run for run in late if now - _since(run) > (LONGEST_RUN if at_work else GRACE)]
    stuck += [f"{run['name']} is {run['state_name']} since {_since(run):%Y-%m-%d %H:%M} UTC" for run in waiting]
    return Finding(name="runs", is_ok=not stuck, says="; ".join(stuck) or _well(at_work, late), advice=RESTART)


def _why_stuck(run: Mapping[str, Any], is_written: bool, now: datetime.datetime) -> str | None:
    """What is wrong with a run that Prefect believes to be at work, None where nothing is.

    One that writes holds the warehouse's lock while it lives, from its first seconds to its last.
    """
    since = _since(run)
    told = f"{run['name']} is {run['state_name']} since {since:%Y-%m-%d %H:%M} UTC"
    if now - since > LONGEST_RUN:
        return f"{told}, longer than any flow may"
    if now - since > GRACE and run["state_type"] != "RUNNING":
        return f"{told}: no worker takes it on"
    if now - since > GRACE and "writer" in run["tags"] and not is_written:
        return f"{told}, and nobody works on the warehouse"
    return None


def _since(run: Mapping[str, Any]) -> datetime.datetime:
    """Since when a run is in its state; for one that waits, when it was due."""
    waits = run["state_type"] == "SCHEDULED"
    return datetime.datetime.fromisoformat(run["expected_start_time"] if waits else run["state"]["timestamp"])


def _well(at_work: Sequence[Mapping[str, Any]], late: Sequence[Mapping[str, Any]]) -> str:
    told = [f"{run['name']} is at work" for run in at_work] + [f"{run['name']} waits its turn" for run in late]
    return "; ".join(told) or "none is at work, none is late"
