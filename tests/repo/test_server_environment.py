"""The environment of the units for systemd: it names the profile of the deployments, so that doctor looks at it."""

import pathlib

import pytest
import yaml
from prefect.settings import Settings as PrefectSettings

from trialhouse.cli.serving import environment

CHECKOUT = pathlib.Path(__file__).parents[2]


def test_the_commands_of_a_server_look_at_the_profile_that_its_nights_run() -> None:
    environ = environment_of_the_units()
    deployments = yaml.safe_load((CHECKOUT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    assert {one["parameters"]["profile"] for one in deployments} == {environ["TRIALHOUSE_PROFILE"]}


def test_prefect_forgets_old_runs_by_make_serve_and_by_the_units(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The variable is one that this Prefect reads; as installed it forgets events alone."""
    name = "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED"
    for environ in (environment_of_the_units(), environment(tmp_path, {})):
        monkeypatch.setenv(name, environ[name])
        vacuum = PrefectSettings().server.services.db_vacuum
        assert {"events", "flow_runs"} <= vacuum.enabled_vacuum_types
        assert vacuum.retention_period.days == 90


def environment_of_the_units() -> dict[str, str]:
    lines = (CHECKOUT / "config" / "systemd" / "trialhouse.env").read_text(encoding="utf-8").splitlines()
    return dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
