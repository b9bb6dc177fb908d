"""Deploying again leaves what people set by hand; Prefect's command stands aside, its API is a stand-in."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.replay.server import Answer, ReplayServer
from tests.unit.cli.prefect_stand_in import PrefectStandIn
from trialhouse.cli import deploying
from trialhouse.cli.deploying import deploy
from trialhouse.cli.prefect_api import NoAnswer

EVERY_NIGHT, EVERY_NOON = {"cron": "30 2 * * *", "timezone": "UTC"}, {"cron": "0 12 * * *", "timezone": "UTC"}
FILE = """\
deployments:
  - name: nightly
    parameters: {profile: live}
    schedules: &times
      - {cron: 30 2 * * *, timezone: UTC}
      - {cron: 0 12 * * *, timezone: UTC}
  - name: weekly
    schedules: *times
"""
AS_WRITTEN = {one["name"]: one for one in yaml.safe_load(FILE)["deployments"]}
LIMIT = ("work_pools/trialhouse/queues/writers", {"concurrency_limit": 1})


@pytest.fixture
def prefect() -> Iterator[PrefectStandIn]:
    with ReplayServer() as server:
        yield PrefectStandIn(server)


class Commands:
    """The commands of Prefect that were given, and what the file said that was deployed."""

    def __init__(self) -> None:
        self.given: list[str] = []
        self.deployed: dict[str, Any] = {}

    def run(self, environ: Any, root: Path, *arguments: str) -> None:
        if arguments[0] == "deploy":
            told = yaml.safe_load((root / arguments[-1]).read_text(encoding="utf-8"))
            self.deployed = {one["name"]: one for one in told["deployments"]}
            arguments = arguments[:-1]
        self.given.append(" ".join(arguments))


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> Commands:
    made = Commands()
    monkeypatch.setattr(deploying, "_prefect", made.run)
    return made


def a_deployment(*schedules: dict[str, Any], name: str = "nightly", paused: bool = False) -> dict[str, Any]:
    numbered = [one | {"id": f"schedule-{number}"} for number, one in enumerate(schedules)]
    return {"id": f"{name}-id", "name": name, "paused": paused, "schedules": numbered}


def at(schedule: dict[str, Any], active: bool = True) -> dict[str, Any]:
    return {"schedule": schedule | {"day_or": True}, "active": active}


def deployed(prefect: PrefectStandIn, root: Path) -> list[tuple[str, Any]]:
    """What the server was told when the file was deployed."""
    (root / "prefect.yaml").write_text(FILE, encoding="utf-8")
    deploy({"PREFECT_API_URL": prefect.api.address}, root)
    return prefect.told


def test_the_first_time_it_makes_the_pool_the_deployments_and_the_limit_of_writers(
    prefect: PrefectStandIn, commands: Commands, tmp_path: Path
) -> None:
    prefect.has_pool, prefect.queue = False, {"name": "writers", "concurrency_limit": None}
    assert deployed(prefect, tmp_path) == [LIMIT]
    assert commands.given == ["work-pool create trialhouse --type process", "deploy --all --prefect-file"]


def test_a_pool_that_is_there_and_a_limit_that_was_set_are_left_as_they_are(
    prefect: PrefectStandIn, commands: Commands, tmp_path: Path
) -> None:
    prefect.queue = {"name": "writers", "concurrency_limit": 0}
    assert deployed(prefect, tmp_path) == []
    assert commands.given == ["deploy --all --prefect-file"]


def test_what_was_paused_is_deployed_paused(prefect: PrefectStandIn, commands: Commands, tmp_path: Path) -> None:
    """From the first moment: a pause that comes later leaves the runs that Prefect scheduled in between."""
    prefect.deployments = [a_deployment(at(EVERY_NOON), at(EVERY_NIGHT, active=False), paused=True)]
    assert deployed(prefect, tmp_path) == []
    nightly = AS_WRITTEN["nightly"] | {"paused": True, "schedules": [EVERY_NIGHT | {"active": False}, EVERY_NOON]}
    assert commands.deployed == AS_WRITTEN | {"nightly": nightly}


def test_a_time_that_was_paused_is_deployed_so_alone(
    prefect: PrefectStandIn, commands: Commands, tmp_path: Path
) -> None:
    prefect.deployments = [a_deployment(at(EVERY_NOON, active=False), at(EVERY_NIGHT), name="weekly")]
    deployed(prefect, tmp_path)
    weekly = AS_WRITTEN["weekly"] | {"paused": False, "schedules": [EVERY_NIGHT, EVERY_NOON | {"active": False}]}
    assert commands.deployed == AS_WRITTEN | {"weekly": weekly}


def test_where_all_times_were_paused_new_ones_are_too(
    prefect: PrefectStandIn, commands: Commands, tmp_path: Path
) -> None:
    prefect.deployments = [a_deployment(at({"interval": 600.0, "anchor_date": "2026-01-01"}, active=False))]
    deployed(prefect, tmp_path)
    assert [one["active"] for one in commands.deployed["nightly"]["schedules"]] == [False, False]


def test_what_was_not_paused_is_deployed_as_it_is_written(
    prefect: PrefectStandIn, commands: Commands, tmp_path: Path
) -> None:
    prefect.deployments = [a_deployment(at(EVERY_NIGHT))]
    deployed(prefect, tmp_path)
    assert commands.deployed == AS_WRITTEN


def test_a_server_that_is_busy_is_asked_again(prefect: PrefectStandIn, commands: Commands, tmp_path: Path) -> None:
    prefect.server.misbehave("/api/work_pools", Answer(status=503))
    assert deployed(prefect, tmp_path) == []
    assert commands.given == ["deploy --all --prefect-file"]


def test_a_server_that_refuses_is_named_with_its_answer(prefect: PrefectStandIn) -> None:
    with pytest.raises(NoAnswer, match=f"{prefect.api.address}/elsewhere answers 404 Not Found"):
        prefect.api.ask("elsewhere")
