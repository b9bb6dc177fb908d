"""`trialhouse extract` as a process among others: in a pipe, interrupted, and with its reader gone."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time

import pytest

from tests.unit.cli.conftest import TRIAL_TEXT

WORKERS = pytest.mark.parametrize("workers", ["1", "2"])


@pytest.fixture
def started():
    """Starts an extraction of standard input in a process group of its own, which is cleared in the end."""
    running = []

    def start(workers):
        process = subprocess.Popen(
            [sys.executable, "-m", "trialhouse", "extract", "-", "--jsonl", "--workers", workers],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        running.append(process)
        return process

    yield start
    for process in running:
        if not is_gone(process.pid):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for stream in (process.stdin, process.stdout, process.stderr):
            with contextlib.suppress(BrokenPipeError):
                stream.close()


def is_gone(group):
    """Whether no process of the group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return True
    return False


def ended(process):
    """The exit code and stderr of a process, and whether all of its group have ended with it."""
    code, said = process.wait(timeout=60), process.stderr.read().decode()
    give_up = time.monotonic() + 20
    while not is_gone(process.pid) and time.monotonic() < give_up:
        time.sleep(0.01)
    return code, said, is_gone(process.pid)


def line(name):
    return json.dumps({"id": name, "text": TRIAL_TEXT}).encode() + b"\n"


def asked(process, name):
    """The record that answers one line, while the input stays open."""
    process.stdin.write(line(name))
    process.stdin.flush()
    return json.loads(process.stdout.readline())


@WORKERS
def test_a_line_is_answered_before_the_input_ends_and_an_interrupt_ends_all(started, workers):
    process = started(workers)
    assert [asked(process, name)["id"] for name in ("one", "two")] == ["one", "two"]
    os.killpg(process.pid, signal.SIGINT)
    assert ended(process) == (130, "trialhouse: interrupted\n", True)


@WORKERS
def test_a_reader_that_goes_away_ends_all(started, workers):
    process = started(workers)
    assert asked(process, "one")["id"] == "one"
    process.stdout.close()
    process.stdin.write(line("two"))
    process.stdin.flush()
    assert ended(process) == (0, "", True)


def test_workers_of_a_process_that_is_killed_end_too(started):
    process = started("2")
    assert asked(process, "one")["id"] == "one"
    process.kill()
    assert ended(process)[::2] == (-signal.SIGKILL, True)


def test_a_number_of_workers_below_none_is_wrong_use(run, given_files):
    given = run("extract", given_files, "--workers", "-1")
    assert given.code == 2
    assert "--workers -1" in given.err


def test_a_closed_standard_input_is_wrong_use(run, monkeypatch):
    monkeypatch.setattr("sys.stdin", None)
    given = run("extract", "-")
    assert given.code == 2
    assert "standard input is closed" in given.err
