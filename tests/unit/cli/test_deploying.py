"""Deploying again leaves what people set by hand; Prefect's command stands aside, its API is a stand-in."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.replay.server import Answer, ReplayServer
from tests.unit.cli.prefect_stand_in import PrefectStandIn
from trialhouse.cli import deploying
from trialhouse.cli.deploying import deploy
from trialhouse.cli.prefect_api import NoAnswer

EVERY_NIGHT, EVERY_NOON = {"cron": "30 2 * * *", "timezone": "UTC"}, {"cron": "0 12 * * *", "timezone": "UTC"}
LIMIT = ("work_pools/trialhouse/queues/writers", {"concurrency_limit": 1})


@pytest.fixture
def prefect() -> Iterator[PrefectStandIn]:
    with ReplayServer() as server:
        yield PrefectStandIn(server)


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands of Prefect that were given."""
    given: list[str] = []
    monkeypatch.setattr(deploying, "_prefect", lambda environ, root, *arguments: given.append(" ".join(arguments)))
    return given


def a_deployment(*schedules: dict[str, Any], paused: bool = False) -> dict[str, Any]:
    numbered = [one | {"id": f"schedule-{number}"} for number, one in enumerate(schedules)]
    return {"id": "nightly-id", "name": "nightly", "paused": paused, "schedules": numbered}


def at(schedule: dict[str, Any], active: bool = True) -> dict[str, Any]:
    return {"schedule": schedule, "active": active}


def deployed(prefect: PrefectStandIn) -> list[tuple[str, Any]]:
    deploy({"PREFECT_API_URL": prefect.api.address}, Path())
    return prefect.told


def test_the_first_time_it_makes_the_pool_the_deployments_and_the_limit_of_writers(
    prefect: PrefectStandIn, commands: list[str]
) -> None:
    prefect.has_pool, prefect.queue = False, {"name": "writers", "concurrency_limit": None}
    assert deployed(prefect) == [LIMIT]
    assert commands == ["work-pool create trialhouse --type process", "deploy --all"]


def test_a_pool_that_is_there_and_a_limit_that_was_set_are_left_as_they_are(
    prefect: PrefectStandIn, commands: list[str]
) -> None:
    prefect.queue = {"name": "writers", "concurrency_limit": 0}
    assert deployed(prefect) == []
    assert commands == ["deploy --all"]


def test_what_was_paused_is_paused_again(prefect: PrefectStandIn, commands: list[str]) -> None:
    prefect.deployments = [a_deployment(at(EVERY_NOON), at(EVERY_NIGHT, active=False), paused=True)]
    prefect.deployed = [a_deployment(at(EVERY_NIGHT), at(EVERY_NOON))]
    assert deployed(prefect) == [
        ("deployments/nightly-id/schedules/schedule-0", {"active": False}),
        ("deployments/nightly-id/pause_deployment", {}),
    ]


def test_where_all_times_were_paused_new_ones_are_too(prefect: PrefectStandIn, commands: list[str]) -> None:
    prefect.deployments = [a_deployment(at(EVERY_NIGHT, active=False))]
    prefect.deployed = [a_deployment(at(EVERY_NOON))]
    assert deployed(prefect) == [("deployments/nightly-id/schedules/schedule-0", {"active": False})]


def test_what_was_not_paused_stays_so(prefect: PrefectStandIn, commands: list[str]) -> None:
    prefect.deployments = [a_deployment(at(EVERY_NIGHT))]
    prefect.deployed = [a_deployment(at(EVERY_NOON))]
    assert deployed(prefect) == []


def test_a_server_that_is_busy_is_asked_again(prefect: PrefectStandIn, commands: list[str]) -> None:
    prefect.server.misbehave("/api/work_pools", Answer(status=503))
    assert deployed(prefect) == []
    assert commands == ["deploy --all"]


def test_a_server_that_refuses_is_named_with_its_answer(prefect: PrefectStandIn, commands: list[str]) -> None:
    with pytest.raises(NoAnswer, match=f"{prefect.api.address}/elsewhere answers 404 Not Found"):
        prefect.api.ask("elsewhere")
