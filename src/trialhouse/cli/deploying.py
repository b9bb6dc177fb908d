"""The deployments of `prefect.yaml` on a Prefect server, each start anew, with what people set by hand left as it is.

The file says what is deployed: flows, parameters, times, limits. Whether it runs is the operator's: what he paused
stays paused, on whichever level.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import yaml

from trialhouse.cli.prefect_api import POOL, WRITERS, NoAnswer, PrefectApi


class CannotDeploy(Exception):
    """Prefect refused; the message has its words."""


def deploy(environ: Mapping[str, str], root: Path) -> None:
    """Make the work pool where there is none, the deployments, and a limit of one for the queue of writers that has
    none. Raises CannotDeploy, NoAnswer.
    """
    api = PrefectApi.named_by(environ)
    held = {str(one["name"]): one for one in api.deployments() if _is_held(one)}
    if _found(api, f"work_pools/{POOL}") is None:
        _prefect(environ, root, "work-pool", "create", POOL, "--type", "process")
    with _to_deploy(root / "prefect.yaml", held) as file:
        _prefect(environ, root, "deploy", "--all", "--prefect-file", str(file))
    queue = f"work_pools/{POOL}/queues/{WRITERS}"
    found = _found(api, queue)
    if found is not None and found["concurrency_limit"] is None:
        api.ask(queue, {"concurrency_limit": 1}, method="PATCH")


def _is_held(deployment: Mapping[str, Any]) -> bool:
    """Whether somebody paused a deployment, or one of its schedules."""
    return bool(deployment["paused"]) or any(not one["active"] for one in deployment["schedules"])


@contextmanager
def _to_deploy(file: Path, held: Mapping[str, Mapping[str, Any]]) -> Iterator[Path]:
    """The file, with what is held held in it too.

    Deploying unpauses what the file does not pause, and Prefect schedules the next runs within seconds: a pause that
    came after it would leave them, and the worker starts them.
    """
    if not held:
        yield file
        return
    told = yaml.safe_load(file.read_text(encoding="utf-8"))
    told["deployments"] = [
        one | _pauses(one, held[one["name"]]) if one["name"] in held else one for one in told["deployments"]
    ]
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / file.name
        made.write_text(yaml.safe_dump(told, allow_unicode=True), encoding="utf-8")
        yield made


def _pauses(described: Mapping[str, Any], before: Mapping[str, Any]) -> dict[str, Any]:
    """What the file has to say of a deployment for it to stay as it was before.

    A schedule is known by its times. Where all of a deployment were paused, those of other times are as well.
    """
    idle = [one["schedule"] for one in before["schedules"] if not one["active"]]
    all_idle = bool(idle) and len(idle) == len(before["schedules"])
    schedules = [
        one | ({"active": False} if all_idle or any(_is_of(one, times) for times in idle) else {})
        for one in described.get("schedules", [])
    ]
    return {"paused": bool(before["paused"]), "schedules": schedules}


def _is_of(described: Mapping[str, Any], times: Mapping[str, Any]) -> bool:
    """Whether a schedule of the file has the times of one of the server."""
    kinds = ("cron", "interval", "rrule", "timezone", "day_or")
    return all(times.get(kind) == described[kind] for kind in kinds if kind in described)


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
