"""The environment of the units for systemd: it names the profile of the deployments, so that doctor looks at it."""

import pathlib

import yaml

CHECKOUT = pathlib.Path(__file__).parents[2]


def test_the_commands_of_a_server_look_at_the_profile_that_its_nights_run() -> None:
    lines = (CHECKOUT / "config" / "systemd" / "trialhouse.env").read_text(encoding="utf-8").splitlines()
    environ = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    deployments = yaml.safe_load((CHECKOUT / "prefect.yaml").read_text(encoding="utf-8"))["deployments"]
    assert {one["parameters"]["profile"] for one in deployments} == {environ["TRIALHOUSE_PROFILE"]}
