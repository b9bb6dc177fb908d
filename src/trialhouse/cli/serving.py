"""`make serve`: a Prefect server, a worker and the deployments of `prefect.yaml` on this machine, until Ctrl-C.

It is for trying; `docs/how-to-move-to-a-server.md` says how it is done on a server, where `--deploy` only deploys, to
the server that PREFECT_API_URL names. Prefect's home lies beside the warehouse, as for every other command, and the
server that is started here answers on loopback alone.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from trialhouse.settings import load_settings
from trialhouse.terminal import say

POOL, WRITERS = "trialhouse", "writers"
HOST, PORT = "127.0.0.1", 4200
PATIENCE_SECONDS = 120


class CannotServe(Exception):
    """Something did not start; the message says what, and where to look."""


def main() -> int:
    """Serve until Ctrl-C or SIGTERM, or only deploy. Ends with 1 where something did not start or ended by itself."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    settings = load_settings().settings
    environ = environment(settings.warehouse, os.environ)
    try:
        if sys.argv[1:] == ["--deploy"]:
            named = {**environ, **os.environ}
            _wait_for_server(named["PREFECT_API_URL"])
            deploy(named, settings.root)
            return 0
        serve(environ, Path(environ["PREFECT_HOME"]), settings.root)
    except KeyboardInterrupt:
        say("Ended: the server, the worker and what they ran.")
        return 0
    except CannotServe as error:
        say(str(error))
    return 1


def environment(warehouse: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """The variables for the server, the worker and its flows. PREFECT_SERVER_API_PORT chooses another port."""
    port = environ.get("PREFECT_SERVER_API_PORT", str(PORT))
    return {
        **environ,
        "PREFECT_HOME": environ.get("PREFECT_HOME") or str(warehouse / "prefect"),
        # The page asks the port that it is told here, whatever --port says.
        "PREFECT_SERVER_API_HOST": HOST,
        "PREFECT_SERVER_API_PORT": port,
        "PREFECT_API_URL": f"http://{HOST}:{port}/api",
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "TRIALHOUSE_WAREHOUSE": str(warehouse),
    }


def serve(environ: Mapping[str, str], home: Path, root: Path) -> None:
    """Start everything and wait. Raises CannotServe when a part of it ends, after the others were ended."""
    home.mkdir(parents=True, exist_ok=True)
    _refuse_taken_port(int(environ["PREFECT_SERVER_API_PORT"]))
    with ExitStack() as started:
        server = started.enter_context(_program(environ, home, root, "server", "start"))
        say("Starting Prefect's server; this takes up to a minute.")
        _wait_for_server(environ["PREFECT_API_URL"], server)
        deploy(environ, root)
        worker = started.enter_context(_program(environ, home, root, "worker", "start", "--pool", POOL))
        say(f"Prefect's page      http://{HOST}:{environ['PREFECT_SERVER_API_PORT']}")
        say(f"Its API             {environ['PREFECT_API_URL']} (PREFECT_API_URL)")
        say(f"Warehouse           {environ['TRIALHOUSE_WAREHOUSE']}")
        say(f"Logs                {home / 'server.log'}, {home / 'worker.log'}")
        prefect = f"PREFECT_API_URL={environ['PREFECT_API_URL']} {Path(sys.executable).with_name('prefect')}"
        say(f"A run now           {prefect} deployment run nightly/nightly")
        say("Ctrl-C ends it all.")
        while server.poll() is None and worker.poll() is None:
            time.sleep(0.5)
        ended = "server" if server.poll() is not None else "worker"
        raise CannotServe(f"the {ended} ended: see {home / f'{ended}.log'}")


def deploy(environ: Mapping[str, str], root: Path) -> None:
    """Make the work pool, the deployments of prefect.yaml, and let the queue of writers hand out one run at a time.

    Done again it changes nothing that people set by hand but what these files say. Raises CannotServe.
    """
    for arguments in (
        ("work-pool", "create", POOL, "--type", "process", "--overwrite"),
        ("deploy", "--all"),
        ("work-queue", "set-concurrency-limit", WRITERS, "1", "--pool", POOL),
    ):
        command = [sys.executable, "-m", "prefect", "--no-prompt", *arguments]
        ended = subprocess.run(command, env=environ, cwd=root, capture_output=True, text=True, check=False)
        if ended.returncode != 0:
            raise CannotServe(f"prefect {' '.join(arguments)} failed:\n{ended.stdout}{ended.stderr}")


def _refuse_taken_port(port: int) -> None:
    with socket.socket() as tried:
        if tried.connect_ex((HOST, port)) == 0:
            raise CannotServe(f"port {port} is taken: end what answers there, or set PREFECT_SERVER_API_PORT")


@contextmanager
def _program(
    environ: Mapping[str, str], home: Path, root: Path, name: str, *arguments: str
) -> Iterator[subprocess.Popen[bytes]]:
    """A part of Prefect as a process group of its own, so that Ctrl-C comes to us alone; it ends with the block."""
    command = [sys.executable, "-m", "prefect", name, *arguments]
    with (home / f"{name}.log").open("ab") as log:
        process = subprocess.Popen(command, env=environ, cwd=root, stdout=log, stderr=log, start_new_session=True)
    try:
        yield process
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask the group to end, and end it where it does not: its flows go on from there the next time."""
    for sent, patience in ((signal.SIGINT, 10), (signal.SIGKILL, None)):
        try:
            os.killpg(process.pid, sent)
            process.wait(timeout=patience)
        except (ProcessLookupError, subprocess.TimeoutExpired):
            continue


def _wait_for_server(api: str, server: subprocess.Popen[bytes] | None = None) -> None:
    """Return when the server answers. Raises CannotServe when it does not, or has ended."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end and (server is None or server.poll() is None):
        try:
            urllib.request.urlopen(f"{api}/health", timeout=5).close()
            return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    raise CannotServe(f"no Prefect server answers at {api}: see its log")


if __name__ == "__main__":
    sys.exit(main())
