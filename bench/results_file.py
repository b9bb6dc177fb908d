"""What benchmarks measured, kept in bench/results.json: each under its name, with the machine and the versions."""

import datetime
import importlib.metadata
import json
import os
import pathlib
import platform
import time
from typing import Any

RESULTS = pathlib.Path(__file__).with_name("results.json")
LIBRARIES = ("duckdb", "pyarrow", "lxml", "isal", "pubmed-parser", "trialhouse")


def add_results(section: str, figures: dict[str, Any]) -> None:
    """Put the figures of one benchmark in the place of its last ones."""
    known = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.is_file() else {}
    known[section] = {
        "measured_at": f"{datetime.datetime.now(datetime.UTC):%Y-%m-%d %H:%M} UTC",
        **_machine(),
        **figures,
    }
    ordered = json.dumps(dict(sorted(known.items())), indent=1, ensure_ascii=False)
    RESULTS.write_text(ordered + "\n", encoding="utf-8")


def loop_ms() -> float:
    """Milliseconds of CPU of a loop of a million steps: 60 on a fast machine of its own."""
    started = time.process_time()
    total = 0
    for number in range(1_000_000):
        total += number * number
    return (time.process_time() - started) * 1000


def _machine() -> dict[str, Any]:
    return {
        "machine": {
            "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
            "processor": platform.machine(),
            "system": platform.system(),
            "loop_ms": round(loop_ms()),
            "load_average": round(os.getloadavg()[0], 1),
        },
        "versions": {"python": platform.python_version()} | {name: _version(name) for name in LIBRARIES},
    }


def _version(name: str) -> str | None:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return None
