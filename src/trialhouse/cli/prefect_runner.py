"""Running a flow from the command line: Prefect's settings, its import, the flow's file."""

import atexit
import importlib
import os
import signal
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Any

QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    # The progress bar stays whole, and what a person must know of a failure the command says itself.
    "PREFECT_LOGGING_LEVEL": "WARNING",
    "PREFECT_LOGGING_LOGGERS_PREFECT_FLOW_RUNS_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_LOGGERS_PREFECT_TASK_RUNS_LEVEL": "CRITICAL",
    "DASK_LOGGING__DISTRIBUTED": "warning",
    # The temporary server of a busy machine needs longer than the 20 seconds that Prefect allows.
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",
}
"""Settings that hold unless the environment says otherwise."""


def prepare_prefect(warehouse: Path, environ: MutableMapping[str, str]) -> None:
    """Set what Prefect reads from the environment when it is imported.

    Without a server or a home of their own, runs are recorded beside the warehouse, and the user's Prefect home is
    left alone.
    """
    for name, value in QUIET.items():
        environ.setdefault(name, value)
    if not environ.get("PREFECT_API_URL") and not environ.get("PREFECT_HOME"):
        home = warehouse / "prefect"
        home.mkdir(parents=True, exist_ok=True)
        environ["PREFECT_HOME"] = str(home)


def run_flow(path: Path, name: str, parameters: Mapping[str, object]) -> Any:
    """Run a flow of a file and return its final state. Takes seconds: Prefect is imported here.

    Whoever asks the process to end (`timeout`, a container that is stopped) ends it as Ctrl-C does: by the default of
    SIGTERM, Prefect's temporary server would go on alone.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # What is registered first runs last at the end of the process, after Prefect has stopped its server.
    atexit.register(_close_stderr)
    flows: Any = importlib.import_module("prefect.flows")
    flow = flows.load_flow_from_entrypoint(f"{path}:{name}", use_placeholder_flow=False)
    return flow(**parameters, return_state=True)


def quiet_in_worker(environ: Mapping[str, str] = os.environ) -> None:
    """In a process that a Prefect worker started for a flow, do as the command line does; its log is read by people."""
    if environ.get("PREFECT__FLOW_RUN_ID"):
        atexit.register(_close_stderr)


def _close_stderr() -> None:
    """DuckDB's binding lists on stderr what Prefect's threads still hold when the interpreter ends: noise to people."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
