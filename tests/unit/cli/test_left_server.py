"""Temporary servers of Prefect that a killed run left, found among made processes."""

from pathlib import Path

from trialhouse.cli import examination
from trialhouse.cli.left_server import left_servers


def process(folder: Path, number: int, parent: int, command: str, *environ: str) -> None:
    """A process as Linux shows it; its name holds what the names of programs may hold."""
    place = folder / str(number)
    place.mkdir()
    (place / "cmdline").write_bytes(command.replace(" ", "\0").encode())
    (place / "environ").write_bytes("\0".join(environ).encode() + b"\0")
    (place / "stat").write_text(f"{number} (a) b) S {parent} 1 1 0")


def test_a_server_whose_run_is_gone_is_found_and_no_other(tmp_path: Path) -> None:
    warehouse, processes = tmp_path / "w", tmp_path / "proc"
    processes.mkdir()
    mine, ephemeral = f"PREFECT_HOME={warehouse}/prefect", "PREFECT__SERVER_EPHEMERAL=1"
    server = "python -m uvicorn prefect.server.api.server:create_app"
    process(processes, 1, 0, "/sbin/init")
    process(processes, 40, 1, server, mine, ephemeral)
    # One of a run that is at work, one of another warehouse, one that `make serve` keeps.
    process(processes, 50, 1, "/usr/bin/python -m trialhouse refresh")
    process(processes, 51, 50, server, mine, ephemeral)
    process(processes, 60, 1, server, f"PREFECT_HOME={tmp_path}/other/prefect", ephemeral)
    process(processes, 61, 1, server, mine)
    assert left_servers(warehouse, processes) == [40]


def test_where_processes_are_not_shown_there_is_none(tmp_path: Path) -> None:
    assert left_servers(tmp_path, tmp_path / "proc") == []


def test_doctor_says_which_to_end(run, tmp_path, monkeypatch):
    monkeypatch.setattr(examination, "left_servers", lambda warehouse: [40, 41])
    ended = run("doctor", "--warehouse", tmp_path)
    assert ended.code == 1
    assert "a run that was killed left its temporary server at work: 40, 41" in ended.out
    assert "-> end it: kill 40 41" in ended.out
