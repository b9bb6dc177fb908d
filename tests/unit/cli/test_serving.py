"""`make serve`: what it refuses, what it deploys, and that everything that it started ends with it.

Prefect stands aside here: programs of a few lines take the places of its server, its worker and its command. The last
test, a long one, is `make serve` itself.
"""

import http.server
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.replay.server import ReplayServer
from tests.unit.cli.prefect_stand_in import PrefectStandIn
from trialhouse.cli import serving
from trialhouse.cli.deploying import CannotDeploy
from trialhouse.cli.serving import CannotServe, environment, serve

CHECKOUT = Path(__file__).parents[3]

STAND_IN = """
import os, pathlib, signal, subprocess, sys, time
folder = pathlib.Path(os.environ["STAND_IN"])
said = " ".join(word for word in sys.argv[1:] if word != "--no-prompt")
with (folder / "said").open("a") as log:
    log.write(said + "\\n")
if (folder / "fails").exists() and said.startswith((folder / "fails").read_text()):
    sys.exit("it is not possible")
if said.startswith(("server", "worker")):
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
    (folder / said.split()[0]).write_text(f"{os.getpid()} {child.pid}")
    time.sleep(600)
"""
"""What stands for Prefect: it notes what it was told, and a server or worker has a child of its own, as flows are."""


@pytest.fixture
def port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        number: int = free.getsockname()[1]
    return number


@pytest.fixture
def prefect() -> Iterator[PrefectStandIn]:
    with ReplayServer() as server:
        yield PrefectStandIn(server)


@pytest.fixture
def environ(tmp_path: Path, port: int, prefect: PrefectStandIn) -> dict[str, str]:
    """The environment in which `python -m prefect` is the stand-in, and the API that of another one."""
    (tmp_path / "prefect.py").write_text(STAND_IN)
    given = {"PATH": os.environ["PATH"], "PREFECT_SERVER_API_PORT": str(port)}
    stand_ins = {"PYTHONPATH": str(tmp_path), "STAND_IN": str(tmp_path), "PREFECT_API_URL": prefect.api.address}
    return environment(tmp_path / "warehouse", given) | stand_ins


@pytest.fixture
def healthy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server answers, as soon as it was started."""
    monkeypatch.setattr(serving, "_wait_for_server", lambda api, server=None: None)


def said(folder: Path) -> list[str]:
    return (folder / "said").read_text().splitlines()


def started(folder: Path) -> list[int]:
    """The processes of the stand-ins for the server and the worker, and their children."""
    return [int(number) for name in ("server", "worker") for number in (folder / name).read_text().split()]


def lives(process: int, folder: Path) -> bool:
    """Whether a process of these stand-ins is there; a dead one that nobody asked for yet has no environment.

    Another may have got its number since: numbers come round in a long run of tests.
    """
    try:
        return f"STAND_IN={folder}\0".encode() in Path(f"/proc/{process}/environ").read_bytes()
    except OSError:
        return False


def wait_until(happens: object, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not happens():  # type: ignore[operator]
        assert time.monotonic() < end
        time.sleep(0.01)


def test_it_answers_on_loopback_alone_under_the_port_that_was_chosen(tmp_path: Path) -> None:
    made = environment(tmp_path / "warehouse", {"PREFECT_SERVER_API_PORT": "4711", "HOME": "/home/ada"})
    assert made["PREFECT_SERVER_API_HOST"] == "127.0.0.1"
    assert made["PREFECT_API_URL"] == "http://127.0.0.1:4711/api"
    assert made["PREFECT_HOME"] == str(tmp_path / "warehouse" / "prefect")
    assert made["HOME"] == "/home/ada"
    assert environment(tmp_path, {})["PREFECT_API_URL"] == "http://127.0.0.1:4200/api"
    assert environment(tmp_path, {"PREFECT_HOME": "/elsewhere"})["PREFECT_HOME"] == "/elsewhere"


def test_a_taken_port_is_refused_before_anything_starts(environ: dict[str, str], tmp_path: Path, port: int) -> None:
    with socket.create_server(("127.0.0.1", port)), pytest.raises(CannotServe) as told:
        serve(environ, tmp_path / "home", CHECKOUT)
    assert str(told.value) == f"port {port} is taken: end what answers there, or set PREFECT_SERVER_API_PORT"
    assert not (tmp_path / "said").exists()


def test_what_cannot_be_deployed_is_said_with_prefects_words_and_all_ends(
    environ: dict[str, str], tmp_path: Path, healthy: None
) -> None:
    (tmp_path / "fails").write_text("deploy")
    with pytest.raises(CannotDeploy, match=r"prefect deploy --all .* failed:\nit is not possible"):
        serve(environ, tmp_path / "home", CHECKOUT)
    assert not (tmp_path / "worker").exists()
    # The server may have been ended before it noted itself.
    assert not (tmp_path / "server").exists() or not any(lives(one, tmp_path) for one in server_of(tmp_path))


def test_a_log_is_of_this_start_and_that_of_the_one_before_is_kept(
    environ: dict[str, str], tmp_path: Path, healthy: None
) -> None:
    (tmp_path / "fails").write_text("worker")
    for _ in range(3):
        with pytest.raises(CannotServe):
            serve(environ, tmp_path / "home", CHECKOUT)
    logs = {path.name: path.read_text() for path in (tmp_path / "home").glob("worker*")}
    assert logs == dict.fromkeys(("worker.log", "worker.before.log"), "it is not possible\n")


def server_of(folder: Path) -> list[int]:
    return [int(number) for number in (folder / "server").read_text().split()]


def test_a_worker_that_ends_by_itself_ends_the_server_and_is_said(
    environ: dict[str, str], tmp_path: Path, healthy: None
) -> None:
    (tmp_path / "fails").write_text("worker")
    with pytest.raises(CannotServe, match=r"the worker ended: see .*worker\.log"):
        serve(environ, tmp_path / "home", CHECKOUT)
    assert "it is not possible" in (tmp_path / "home" / "worker.log").read_text()
    assert not (tmp_path / "server").exists() or not any(lives(one, tmp_path) for one in server_of(tmp_path))


PROGRAM = """
import os, pathlib, signal, sys
from trialhouse.cli import serving
serving._wait_for_server = lambda api, server=None: None
serving.environment = lambda warehouse, environ: dict(environ)
sys.argv = ["serving"]
sys.exit(serving.main())
"""
"""`make serve` whose server answers at once."""


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_ends_the_server_the_worker_and_what_they_ran(
    environ: dict[str, str], prefect: PrefectStandIn, tmp_path: Path, sent: signal.Signals
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM], env=environ, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as serving_now:
        wait_until(lambda: (tmp_path / "worker").exists() and len((tmp_path / "worker").read_text().split()) == 2)
        wait_until(lambda: (tmp_path / "server").exists() and len((tmp_path / "server").read_text().split()) == 2)
        processes = started(tmp_path)
        assert all(lives(one, tmp_path) for one in processes)
        # What the worker was at when it had to end.
        prefect.runs = [a_run()]
        serving_now.send_signal(sent)
        told = serving_now.communicate(timeout=60)[1]
    assert serving_now.returncode == 0, told
    assert [path for path, _ in prefect.told] == ["flow_runs/id-1/set_state"]
    assert told.endswith("Ended: the server, the worker and what they ran.\n")
    wait_until(lambda: not any(lives(one, tmp_path) for one in processes))


def a_run() -> dict[str, str]:
    ids = {"id": "id-1", "name": "run-1", "deployment_id": "nightly-id"}
    return ids | {"state_type": "RUNNING", "state_name": "Running"}


LATE_FLOW = """
import pathlib, signal, sys, time
def end(*told):
    time.sleep(0.3)
    pathlib.Path(sys.argv[1]).write_text("said")
    sys.exit(0)
signal.signal(signal.SIGINT, end)
print("ready", flush=True)
time.sleep(600)
"""
HASTY_WORKER = """
import signal, subprocess, sys, time
signal.signal(signal.SIGINT, lambda *told: sys.exit(0))
flow = subprocess.Popen([sys.executable, "-c", *sys.argv[1:]], stdout=subprocess.PIPE)
flow.stdout.readline()
print("ready", flush=True)
time.sleep(600)
"""
"""A worker that ends at once when it is asked to, while the flow that it started still says how it ended."""


def test_a_flow_that_outlives_its_worker_for_a_moment_is_waited_for(tmp_path: Path) -> None:
    said_by_flow = tmp_path / "said_by_flow"
    worker = subprocess.Popen(
        [sys.executable, "-c", HASTY_WORKER, LATE_FLOW, str(said_by_flow)],
        stdout=subprocess.PIPE,
        start_new_session=True,
    )
    assert worker.stdout is not None
    worker.stdout.readline()
    serving._end(worker)
    worker.stdout.close()
    assert said_by_flow.read_text() == "said"


@pytest.mark.parametrize("arguments", [[], ["--deploy"]])
def test_settings_that_cannot_be_loaded_are_said_in_a_sentence(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "trialhouse.toml").write_text("nonsense = 1\n")
    ended = subprocess.run(
        [sys.executable, "-m", "trialhouse.cli.serving", *arguments],
        env=os.environ | {"TRIALHOUSE_CONFIG": str(tmp_path), "TRIALHOUSE_WAREHOUSE": str(tmp_path / "warehouse")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 2
    assert str(tmp_path / "trialhouse.toml") in ended.stderr
    assert "Traceback" not in ended.stderr


class _Health(http.server.BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200 if self.path == "/api/health" else 404)
        self.end_headers()

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def answering() -> Iterator[str]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Health) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/api"
        server.shutdown()


def test_a_server_that_answers_is_waited_for_and_one_that_ended_is_not(answering: str, port: int) -> None:
    serving._wait_for_server(answering)
    with subprocess.Popen([sys.executable, "-c", ""]) as ended:
        ended.wait()
    address = f"http://127.0.0.1:{port}/api"
    with pytest.raises(CannotServe, match=f"no Prefect server answers at {address}: see its log"):
        serving._wait_for_server(address, ended)


@pytest.mark.long
@pytest.mark.prefect
def test_make_serve_lists_the_deployments_and_leaves_no_process(tmp_path: Path, port: int) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "TRIALHOUSE_"))}
    environ = kept | {"PREFECT_SERVER_API_PORT": str(port), "TRIALHOUSE_WAREHOUSE": str(tmp_path / "warehouse")}
    with subprocess.Popen(
        [sys.executable, "-m", "trialhouse.cli.serving"], cwd=CHECKOUT, env=environ, stderr=subprocess.PIPE, text=True
    ) as serving_now:
        assert serving_now.stderr is not None
        lines = []
        while not lines or lines[-1] != "Ctrl-C ends it all.\n":
            lines.append(serving_now.stderr.readline())
            assert lines[-1], "".join(lines)
        told = "".join(lines)
        asked = urllib.request.Request(
            f"http://127.0.0.1:{port}/api/deployments/filter",
            data=b"{}",
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(asked, timeout=60) as answer:
            deployed = {one["name"] for one in json.load(answer)}
        serving_now.send_signal(signal.SIGINT)
        serving_now.communicate(timeout=120)
    assert deployed >= {"nightly", "weekly-rebuild", "weekly-verify", "monthly-prune"}
    assert f"http://127.0.0.1:{port}\n" in told
    assert "deployment run nightly/nightly" in told
    assert serving_now.returncode == 0
    with socket.socket() as tried:
        assert tried.connect_ex(("127.0.0.1", port)) != 0
