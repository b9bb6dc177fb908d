"""Runs that Prefect believes to be at work though nothing of them lives: they are set to Crashed, so that others run.

Prefect learns the end of a run from the run's own process or from its worker. Where both went at once (a power cut, a
kill, a machine that was turned off) the run stays Running for ever, and holds the place of every writer. The pool has
one worker by design, so whoever is about to start it, or has just ended it, can tell: a run is alive where a process
of this machine has its id in its environment, which is how a worker starts it.
"""

import contextlib
import datetime
import socket
import time
from collections import Counter
from pathlib import Path

from trialhouse.cli.prefect_api import POOL, PrefectApi

AT_WORK = ("PENDING", "RUNNING", "CANCELLING")
"""The states whose runs hold a place: of the queue, and of their deployment's limit."""

WHY = (
    "No process of this run lives: its worker or the machine ended before it did. What it landed stays landed; "
    "the next run does its days."
)

SILENT_AFTER = datetime.timedelta(seconds=60)
"""Workers are heard of every 30 seconds; one that missed two of them is gone."""

LOOK_AGAIN_SECONDS = 1.0


def worker_name() -> str:
    """What the worker of this machine is called, so that it is told from one of another machine."""
    return socket.gethostname()


def free_dead_runs(api: PrefectApi, processes: Path = Path("/proc")) -> list[str]:
    """Set the runs of the pool that are dead to Crashed, and free the places that they held; what was done, in words.

    To be called while no worker of this machine is at work. Where one of another machine is, its runs cannot be seen
    from here, and nothing is changed. Raises NoAnswer.
    """
    runs = api.runs(type={"any_": list(AT_WORK)})
    living = {str(run["id"]) for run in runs} & _ids_of_processes(processes) if runs else set()
    dead = [run for run in runs if run["id"] not in living]
    other = _other_worker(api) if dead else None
    if other is not None:
        names = ", ".join(str(run["name"]) for run in dead)
        return [f"Worker {other} is at work on this pool, which is meant for one worker: left alone: {names}."]
    for run in dead:
        crashed = {"type": "CRASHED", "name": "Crashed", "message": WHY}
        api.ask(f"flow_runs/{run['id']}/set_state", {"state": crashed, "force": True})
    _free_slots(api, Counter(run["deployment_id"] for run in runs if run["id"] in living))
    return [f"Run {run['name']} was {run['state_name']} and no process of it lives: it is Crashed now." for run in dead]


def _ids_of_processes(processes: Path) -> set[str]:
    """The ids of all runs of which a process of this machine is. Those of other users are not seen: the worker, and
    whoever starts it, are one.
    """
    sign, found = b"PREFECT__FLOW_RUN_ID=", set()
    for environ in processes.glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):
            found |= {line[len(sign) :].decode() for line in environ.read_bytes().split(b"\0") if line.startswith(sign)}
    return found


def _other_worker(api: PrefectApi) -> str | None:
    """A worker under another name that lives. One that was heard of a moment ago may have been killed since: it lives
    if it is heard of again.
    """
    first = _heard(api)
    while heard := _heard(api):
        for name, at in heard.items():
            if name in first and at > first[name]:
                return name
        if datetime.datetime.now(datetime.UTC) - max(heard.values()) > SILENT_AFTER:
            return None
        time.sleep(LOOK_AGAIN_SECONDS)
    return None


def _heard(api: PrefectApi) -> dict[str, datetime.datetime]:
    """When each worker of the pool under another name was heard of last."""
    workers = api.ask(f"work_pools/{POOL}/workers/filter", {})
    return {
        str(one["name"]): datetime.datetime.fromisoformat(one["last_heartbeat_time"])
        for one in workers
        if one["name"] != worker_name() and one["last_heartbeat_time"]
    }


def _free_slots(api: PrefectApi, living: Counter[str]) -> None:
    """Let each deployment's limit count its living runs: the server forgets at a restart which run held a slot."""
    for deployment in api.deployments():
        limit = deployment.get("global_concurrency_limit")
        if limit and limit["active_slots"] > living[deployment["id"]]:
            slots = {"active_slots": living[deployment["id"]]}
            api.ask(f"v2/concurrency_limits/{limit['id']}", slots, method="PATCH")
