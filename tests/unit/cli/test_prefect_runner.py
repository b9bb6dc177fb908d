"""How a process that runs a flow ends: in silence, in a worker too, and as by Ctrl-C when it is asked to end."""

import subprocess
import sys

import pytest

PROGRAM = """
import atexit, os
# Registered first, it runs last: as what a binding prints when the interpreter ends.
atexit.register(os.write, 2, b"leaked 27 instances")
from trialhouse.cli.prefect_runner import quiet_in_worker
quiet_in_worker({environ})
os.write(2, b"at work. ")
"""


@pytest.mark.parametrize(
    ("environ", "told"),
    [({"PREFECT__FLOW_RUN_ID": "7"}, "at work. "), ({}, "at work. leaked 27 instances")],
)
def test_a_process_of_a_worker_ends_in_silence_and_no_other(environ: dict[str, str], told: str) -> None:
    command = [sys.executable, "-c", PROGRAM.format(environ=environ)]
    ended = subprocess.run(command, capture_output=True, text=True, check=True)
    assert ended.stderr == told


ASKED_TO_END = """
import os, signal, sys, time, types
from pathlib import Path
def flow(return_state):
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(60)
flows = types.ModuleType("prefect.flows")
flows.load_flow_from_entrypoint = lambda place, use_placeholder_flow: flow
sys.modules |= {"prefect": types.ModuleType("prefect"), "prefect.flows": flows}
from trialhouse.cli.prefect_runner import run_flow
try:
    run_flow(Path("flows/refresh.py"), "refresh", {})
except KeyboardInterrupt:
    print("ended as by Ctrl-C")
"""


def test_a_run_that_is_asked_to_end_clears_up_as_after_ctrl_c() -> None:
    """By the default of SIGTERM nothing is cleared up, and Prefect's temporary server goes on alone."""
    ended = subprocess.run([sys.executable, "-c", ASKED_TO_END], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (0, "ended as by Ctrl-C\n")
