"""Prefect's temporary server, where it outlived the run that started it: what a run that was killed leaves at work."""

import contextlib
from pathlib import Path

EPHEMERAL = b"PREFECT__SERVER_EPHEMERAL=1"
"""What Prefect has in the environment of a server that it starts for one run."""

STARTERS = (b"python", b"trialhouse")
"""What stands in the command of whoever starts such a server; an orphan's parent is init or a supervisor."""


def left_servers(warehouse: Path, processes: Path = Path("/proc")) -> list[int]:
    """The ids of the temporary servers of a warehouse whose run is gone, sorted.

    None where the system does not show its processes. Only those whose environment the user may read are seen: his own.
    """
    home = f"PREFECT_HOME={warehouse / 'prefect'}".encode()
    return sorted(int(place.name) for place in processes.glob("[0-9]*") if _is_left(place, home))


def _is_left(place: Path, home: bytes) -> bool:
    """Whether a process is a temporary server with that home, and its parent is not what started it."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        environ = (place / "environ").read_bytes().split(b"\0")
        if EPHEMERAL in environ and home in environ:
            # The fields of stat begin behind the name, which may hold anything: the state, then the parent.
            parent = (place / "stat").read_bytes().rpartition(b")")[2].split()[1].decode()
            command = (place.parent / parent / "cmdline").read_bytes()
            return not any(word in command for word in STARTERS)
    return False
