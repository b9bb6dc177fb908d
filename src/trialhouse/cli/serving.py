"""`make serve`: a Prefect server, a worker and the deployments of `prefect.yaml` on this machine, until Ctrl-C.

It is for trying; `docs/how-to-move-to-a-server.md` says how it is done on a server, where `--deploy` does what comes
before a worker, on the server that PREFECT_API_URL names. Prefect's home lies beside the warehouse, as for every other
command, and the server that is started here answers on loopback alone.
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
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from trialhouse.cli.dead_runs import free_dead_runs, worker_name
from trialhouse.cli.deploying import CannotDeploy, deploy
from trialhouse.cli.exits import Exit
from trialhouse.cli.prefect_api import POOL, NoAnswer, PrefectApi
from trialhouse.settings import SettingsError, load_settings
from trialhouse.terminal import say

HOST, PORT = "127.0.0.1", 4200
PATIENCE_SECONDS = 120

PARTING_SECONDS = 10
"""How long a part has, with all that it started, between being asked to end and being ended."""


class CannotServe(Exception):
    """Something did not start; the message says what, and where to look."""


def main() -> int:
    """Serve until Ctrl-C or SIGTERM, or only prepare for a worker. Ends with 1 where something did not start or ended
    by itself, with 2 where the settings cannot be used.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        settings = load_settings().settings
        environ = environment(settings.warehouse, os.environ)
        if sys.argv[1:] == ["--deploy"]:
            named = {**environ, **os.environ}
            _wait_for_server(named["PREFECT_API_URL"])
            prepare(named, settings.root)
            return Exit.DONE
        serve(environ, Path(environ["PREFECT_HOME"]), settings.root)
    except KeyboardInterrupt:
        say("Ended: the server, the worker and what they ran.")
        return Exit.DONE
    except SettingsError as error:
        say(f"{error}: correct it, then start again")
        return Exit.WRONG_USE
    except (CannotServe, CannotDeploy, NoAnswer) as error:
        say(str(error))
    return Exit.FAILED


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
        # As installed Prefect keeps every run and all its logs for ever.
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": environ.get(
            "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED", "events,flow_runs"
        ),
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
        prepare(environ, root)
        # Called when the worker has ended, and the server has not: what it was at when it had to end is said there.
        started.callback(_free_left_runs, environ)
        name = ("--name", worker_name())
        worker = started.enter_context(_program(environ, home, root, "worker", "start", "--pool", POOL, *name))
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


def prepare(environ: Mapping[str, str], root: Path) -> None:
    """What comes before a worker: the deployments, and an end for runs that a worker before it left as at work.

    Raises CannotDeploy, NoAnswer.
    """
    deploy(environ, root)
    for sentence in free_dead_runs(PrefectApi.named_by(environ)):
        say(sentence)


def _free_left_runs(environ: Mapping[str, str]) -> None:
    """Say of the runs that were ended with their worker that they are; the next start does where this cannot."""
    try:
        for sentence in free_dead_runs(PrefectApi.named_by(environ)):
            say(sentence)
    except NoAnswer as error:
        say(f"{error}: runs that were at work are set to Crashed by the next start")


def _refuse_taken_port(port: int) -> None:
    with socket.socket() as tried:
        if tried.connect_ex((HOST, port)) == 0:
            raise CannotServe(f"port {port} is taken: end what answers there, or set PREFECT_SERVER_API_PORT")


@contextmanager
def _program(
    environ: Mapping[str, str], home: Path, root: Path, name: str, *arguments: str
) -> Iterator[subprocess.Popen[bytes]]:
    """A part of Prefect as a process group of its own, so that Ctrl-C comes to us alone; it ends with the block.

    Its log is of this start; that of the one before stands beside it.
    """
    command = [sys.executable, "-m", "prefect", name, *arguments]
    log_file = home / f"{name}.log"
    if log_file.exists():
        log_file.replace(home / f"{name}.before.log")
    with log_file.open("wb") as log:
        process = subprocess.Popen(command, env=environ, cwd=root, stdout=log, stderr=log, start_new_session=True)
    try:
        yield process
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ask the group to end, wait until all of it has, and end it where it does not: flows go on the next time."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGINT)
        end = time.monotonic() + PARTING_SECONDS
        while time.monotonic() < end:
            # A process that ended stands in its group until it is asked for.
            process.poll()
            os.killpg(process.pid, 0)
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


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
