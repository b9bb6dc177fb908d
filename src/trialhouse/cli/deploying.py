"""The deployments of `prefect.yaml` on a Prefect server, each start anew, with what people set by hand left as it is.

The file says what is deployed: flows, parameters, times, limits. Whether it runs is the operator's: what he paused
stays paused, on whichever level.
"""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from trialhouse.cli.prefect_api import POOL, WRITERS, NoAnswer, PrefectApi


class CannotDeploy(Exception):
    """Prefect refused; the message has its words."""


def deploy(environ: Mapping[str, str], root: Path) -> None:
    """Make the work pool where there is none, the deployments, and a limit of one for the queue of writers that has
    none. Raises CannotDeploy, NoAnswer.
    """
    api = PrefectApi.named_by(environ)
    paused = {one["id"]: one for one in api.deployments() if _is_held(one)}
    if _found(api, f"work_pools/{POOL}") is None:
        _prefect(environ, root, "work-pool", "create", POOL, "--type", "process")
    _prefect(environ, root, "deploy", "--all")
    for deployment in api.deployments():
        if deployment["id"] in paused:
            _pause_again(api, paused[deployment["id"]], deployment)
    queue = f"work_pools/{POOL}/queues/{WRITERS}"
    found = _found(api, queue)
    if found is not None and found["concurrency_limit"] is None:
        api.ask(queue, {"concurrency_limit": 1}, method="PATCH")


def _is_held(deployment: Mapping[str, Any]) -> bool:
    """Whether somebody paused a deployment, or one of its schedules."""
    return bool(deployment["paused"]) or any(not one["active"] for one in deployment["schedules"])


def _pause_again(api: PrefectApi, before: Mapping[str, Any], deployed: Mapping[str, Any]) -> None:
    """Pause what was paused: deploying makes the schedules anew, and all of them active.

    A schedule is known by its times. Where all of a deployment were paused, those of other times are as well.
    """
    idle = [one["schedule"] for one in before["schedules"] if not one["active"]]
    for one in deployed["schedules"]:
        if one["schedule"] in idle or (idle and len(idle) == len(before["schedules"])):
            path = f"deployments/{deployed['id']}/schedules/{one['id']}"
            api.ask(path, {"active": False}, method="PATCH")
    if before["paused"]:
        api.ask(f"deployments/{deployed['id']}/pause_deployment", {})


def _found(api: PrefectApi, path: str) -> Any:
    """What lies there, None where nothing does. Raises NoAnswer."""
    try:
        return api.ask(path)
    except NoAnswer as error:
        if error.status == 404:
            return None
        raise


def _prefect(environ: Mapping[str, str], root: Path, *arguments: str) -> Sequence[str]:
    command = [sys.executable, "-m", "prefect", "--no-prompt", *arguments]
    ended = subprocess.run(command, env=environ, cwd=root, capture_output=True, text=True, check=False)
    if ended.returncode != 0:
        raise CannotDeploy(f"prefect {' '.join(arguments)} failed:\n{ended.stdout}{ended.stderr}")
    return ended.stdout.splitlines()
