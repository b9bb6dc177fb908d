"""Programs that are to be killed, each a process of its own, without the imports that a new one begins with.

    python -m tests.faults.copies

One process has imported what the programs import; it has a single thread, opens nothing, and becomes a program by
copying itself. It reads orders from its input, a line of JSON each, and answers each with a line when the copy ended.
"""

import dataclasses
import importlib
import json
import os
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path
from typing import IO

CHECKOUT = Path(__file__).parents[2]

NO_THREAD = {"JE_ARROW_MALLOC_CONF": "background_thread:false"}
"""Arrow's allocator starts no thread when it is imported."""

THREADS = Path("/proc/self/task")


@dataclasses.dataclass(frozen=True)
class Ended:
    """How a program ended: its exit code (less than 0: the signal that killed it) and what it printed."""

    returncode: int
    stdout: str
    stderr: str


class Copies:
    """Runs `main()` of a module in a process of its own, the leader of a group of its own."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.faults.copies"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self._process = subprocess.Popen(command, **pipes, cwd=CHECKOUT, env=os.environ | NO_THREAD, text=True)

    def run(self, module: str, *arguments: object, environ: dict[str, str] | None = None) -> Ended:
        """Run a program to its end, whatever that is; `environ` is added to the environment of this process."""
        order = {"module": module, "arguments": [*map(str, arguments)], "environ": environ or {}}
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return Ended(**json.loads(self._process.stdout.readline()))

    def close(self) -> None:
        """End the process that is copied."""
        self._process.communicate()


def main() -> None:
    """Answer orders until there are no more."""
    for line in sys.stdin:
        order = json.loads(line)
        importlib.import_module(order["module"])
        # Threads would not be in the copy, and what they hold would be held for ever.
        assert not THREADS.exists() or len(list(THREADS.iterdir())) == 1, "an import starts a thread"
        print(json.dumps(dataclasses.asdict(copied(**order))), flush=True)


def copied(module: str, arguments: list[str], environ: dict[str, str]) -> Ended:
    """Copy this process, let the copy be the program, and wait for its end."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        number = os.fork()
        if number == 0:
            be(module, arguments, environ, out, err)
        _, status = os.waitpid(number, 0)
        said = [os.pread(file.fileno(), os.fstat(file.fileno()).st_size, 0).decode() for file in (out, err)]
    return Ended(os.waitstatus_to_exitcode(status), *said)


def be(module: str, arguments: list[str], environ: dict[str, str], out: IO[bytes], err: IO[bytes]) -> None:
    """Be the program: this never returns."""
    code = 1
    try:
        os.setsid()
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
        os.environ.update(environ)
        sys.argv[1:] = arguments
        sys.modules[module].main()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
