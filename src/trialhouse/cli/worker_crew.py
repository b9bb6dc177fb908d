"""Work spread over processes, its results in the order of the items, whatever becomes of a process.

`concurrent.futures` is not used: when one of its processes dies it gives up all that is under way without saying which
item it died of, and its processes outlive a parent that is killed. Here every worker has a pipe of its own: its end
says which item was lost, and the end of the parent ends the worker.
"""

import contextlib
import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Generic, Self, TypeVar

AHEAD = 16
"""Results for each worker that may wait for an earlier one: bounds the memory, and evens out slow items."""

Item = TypeVar("Item")
Result = TypeVar("Result")

Work = Callable[[Item], Result]


class WorkerNotStarted(Exception):
    """A worker ended before it was ready for its first item; what it printed says why."""


@dataclass
class _Worker(Generic[Item]):
    """A process, our end of its pipe, and the number and item that it is at."""

    process: multiprocessing.process.BaseProcess
    pipe: Connection
    is_ready: bool = False
    at: tuple[int, Item] | None = None


class Crew(Generic[Item, Result]):
    """Up to `most` processes that each call `make` once and then what it gave for one item after the other.

    An item whose process dies is given to another one, once; then its result is what `lost` says, told the item and
    how the process ended. `told` hears of every death. Processes are started as they are needed, afresh (spawn): a
    fork would copy the locks and pipes of its moment. All of them are gone when the block ends.
    """

    def __init__(
        self,
        make: Callable[[], Work[Item, Result]],
        most: int,
        *,
        lost: Callable[[Item, str], Result],
        told: Callable[[str], None],
    ) -> None:
        self._make, self.most, self._lost, self._told = make, most, lost, told
        self._workers: list[_Worker[Item]] = []
        self._waiting: deque[tuple[int, Item]] = deque()
        self._died_once: set[int] = set()
        self._context = multiprocessing.get_context("spawn")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for worker in self._workers:
            worker.process.terminate()
        for worker in self._workers:
            worker.process.join()
            worker.pipe.close()

    @property
    def has_room(self) -> bool:
        """Whether another item would be begun at once, or as soon as a process has started."""
        return len(self._waiting) + sum(worker.at is not None for worker in self._workers) < self.most

    def give(self, number: int, item: Item) -> None:
        """Hand over one item under a number of its own."""
        self._waiting.append((number, item))
        self._assign()

    def results(self, descriptor: int | None = None) -> tuple[list[tuple[int, Result]], bool]:
        """Wait until something has happened: the results that came, by number, and whether `descriptor` can be read."""
        pipes = {worker.pipe: worker for worker in self._workers}
        ready = set(wait([*pipes, *([] if descriptor is None else [descriptor])]))
        found = [result for pipe, worker in pipes.items() if pipe in ready for result in self._received(worker)]
        self._assign()
        return found, descriptor in ready

    def _received(self, worker: _Worker[Item]) -> list[tuple[int, Result]]:
        """The result that a worker has sent, if it was one, or what became of the item that it died of."""
        try:
            sent = worker.pipe.recv()
        except (EOFError, OSError):
            return self._buried(worker)
        if not worker.is_ready:
            worker.is_ready = True
            return []
        assert worker.at is not None
        number, worker.at = worker.at[0], None
        return [(number, sent)]

    def _buried(self, worker: _Worker[Item]) -> list[tuple[int, Result]]:
        """Take a dead worker from the crew; its item waits for another one, or is lost when it was the second."""
        self._workers.remove(worker)
        worker.pipe.close()
        worker.process.join()
        how = _how_it_ended(worker.process.exitcode)
        if not worker.is_ready:
            raise WorkerNotStarted(f"a worker process could not start, it {how}: what it printed above says why")
        self._told(f"a worker process {how}; another one takes its place")
        if worker.at is None:
            return []
        number, item = worker.at
        if number in self._died_once:
            return [(number, self._lost(item, how))]
        self._died_once.add(number)
        self._waiting.appendleft((number, item))
        return []

    def _assign(self) -> None:
        """Give what waits to whoever is idle, and start as many more as there is work for."""
        for worker in self._workers:
            if self._waiting and worker.is_ready and worker.at is None:
                worker.at = self._waiting.popleft()
                _send(worker.pipe, worker.at[1])
        starting = sum(not worker.is_ready for worker in self._workers)
        for _ in range(min(len(self._waiting) - starting, self.most - len(self._workers))):
            self._workers.append(self._start())

    def _start(self) -> _Worker[Item]:
        ours, theirs = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(self._make, theirs), daemon=True)
        # Ctrl-C is for the parent, which ends its workers; they inherit the mask from their first moment.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
            theirs.close()
        return _Worker(process, ours)


def in_order(crew: Crew[Item, Result], items: Iterator[Item | None], descriptor: int | None) -> Iterator[Result]:
    """The results of all items, in their order, each as soon as it and all before it are there.

    None among the items says that the next one may have to be waited for; it is asked for when `descriptor` can be
    read. No more than a bounded number of items is taken ahead of the result that is next.
    """
    ended = dry = False
    taken = given = 0
    done: dict[int, Result] = {}
    while not ended or given < taken:
        while not ended and not dry and crew.has_room and taken - given < crew.most * AHEAD:
            try:
                item = next(items)
            except StopIteration:
                ended = True
                break
            if item is None:
                dry = descriptor is not None
            else:
                crew.give(taken, item)
                taken += 1
        if given == taken and ended:
            return
        came, can_read = crew.results(descriptor if dry else None)
        dry = dry and not can_read
        done.update(came)
        while given in done:
            yield done.pop(given)
            given += 1


def _serve(make: Callable[[], Work[Item, Result]], pipe: Connection) -> None:
    """The life of a worker: it makes what it needs, says that it is ready, and works until its parent is gone."""
    # The mask of its first moment keeps Ctrl-C off only as long as no library lifts it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    work = make()
    pipe.send(None)
    while True:
        try:
            item = pipe.recv()
        except (EOFError, OSError):
            return
        result = work(item)
        try:
            pipe.send(result)
        except OSError:
            return


def _send(pipe: Connection, item: object) -> None:
    """Send to a worker. That it has died meanwhile is seen when its answer is received."""
    with contextlib.suppress(OSError):
        pipe.send(item)


def _how_it_ended(code: int | None) -> str:
    """How a process ended, for people."""
    if code is not None and code < 0:
        return f"was killed by {signal.Signals(-code).name}"
    return f"ended with exit code {code}"
