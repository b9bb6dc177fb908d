"""The crew of worker processes: the order of results, deaths, and what is taken ahead."""

import functools
import os
import signal

import pytest

from trialhouse.cli.worker_crew import AHEAD, Crew, WorkerNotStarted, in_order


def make_worker(folder):
    """A worker that squares numbers; a negative one kills it, the one that is a file's name only while it is there."""

    def work(item):
        marker = folder / str(item)
        if item < 0 or marker.exists():
            marker.unlink(missing_ok=True)
            os.kill(os.getpid(), signal.SIGKILL)
        return item * item, os.getpid()

    return work


def make_none():
    raise ZeroDivisionError("no worker")


@pytest.fixture
def told():
    """What is said of deaths."""
    return []


@pytest.fixture
def crew(tmp_path, told):
    """A crew of two."""
    with Crew(functools.partial(make_worker, tmp_path), 2, lost=lambda item, how: (how, item), told=told.append) as two:
        yield two


def test_results_come_in_order_and_a_killed_worker_loses_nothing(crew, tmp_path, told):
    (tmp_path / "7").touch()
    given = [*range(12), -1, *range(12, 40)]
    results = list(in_order(crew, iter(given), None))
    assert results.pop(12) == ("was killed by SIGKILL", -1)
    assert [square for square, _ in results] == [n * n for n in range(40)]
    assert told == ["a worker process was killed by SIGKILL; another one takes its place"] * 3


def test_no_process_is_left_when_the_block_ends(tmp_path, told):
    with Crew(functools.partial(make_worker, tmp_path), 2, lost=lambda *_: (0, 0), told=told.append) as crew:
        results = in_order(crew, iter(range(1000)), None)
        pids = {next(results)[1] for _ in range(50)}
    for pid in pids:
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


def test_only_so_many_items_are_taken_ahead(crew):
    taken = []
    results = in_order(crew, (taken.append(n) or n for n in range(10_000)), None)
    for printed in range(3):
        next(results)
        assert len(taken) <= printed + 1 + 2 * AHEAD


def test_what_has_come_is_answered_while_more_is_waited_for(crew):
    reader, writer = os.pipe()

    def items():
        while True:
            yield None
            number = os.read(reader, 1)
            if not number:
                return
            yield int(number)

    results = in_order(crew, items(), reader)
    os.write(writer, b"3")
    assert next(results)[0] == 9
    os.write(writer, b"4")
    assert next(results)[0] == 16
    os.close(writer)
    assert list(results) == []
    os.close(reader)


def test_workers_that_cannot_start_end_the_work(told, capfd):
    with (
        pytest.raises(WorkerNotStarted, match="ended with exit code 1"),
        Crew(make_none, 2, lost=lambda *_: 0, told=told.append) as crew,
    ):
        list(in_order(crew, iter([1, 2]), None))
    assert "no worker" in capfd.readouterr().err
