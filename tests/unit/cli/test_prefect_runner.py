"""What is printed at the very end of a process that runs a flow: nothing, on the command line and in a worker."""

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
