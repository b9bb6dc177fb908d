"""Who works on a warehouse, without touching its lock."""

import json
import os
import socket
from pathlib import Path

HOLDER = "refresh.lock.holder"


def lock_holder(warehouse: Path) -> str | None:
    """The run that works on the warehouse now, in words; None when nobody does.

    The lock itself is not tried: trying takes it for a moment, and a refresh that starts then would give up.
    """
    try:
        holder = json.loads((warehouse / HOLDER).read_text(encoding="utf-8"))
        process, host, run_id = int(holder["pid"]), str(holder["host"]), str(holder["run_id"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
    if not _is_running(warehouse, run_id) or (host == socket.gethostname() and not _is_alive(process)):
        return None
    return f"process {process} on {host} ({run_id})"


def _is_running(warehouse: Path, run_id: str) -> bool:
    """Whether the run's file says that it has not ended."""
    try:
        content = json.loads((warehouse / "runs" / f"{run_id}.json").read_text(encoding="utf-8"))
        return bool(content["row"]["status"] == "running")
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
