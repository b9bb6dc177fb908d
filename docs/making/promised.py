"""The table of what the project means to keep beside what was measured, made from two files of `bench/`."""

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

PROMISES = "bench/promises.toml"


def promised_markdown(root: Path, benchmarks: Mapping[str, Mapping[str, Any]]) -> str:
    """One row a promise, missed ones in bold. Raises KeyError for a promise whose figure no benchmark wrote."""
    promises = tomllib.loads((root / PROMISES).read_text(encoding="utf-8"))["promise"]
    rows = [_row(promise, _figure(benchmarks[promise["benchmark"]], promise["figure"])) for promise in promises]
    return "\n".join(
        [
            f"### Bounds\n\nThe last run of each benchmark against what is wanted (`{PROMISES}`).",
            "",
            "| | wanted | measured | |",
            "|---|---|---|---|",
            *rows,
        ]
    )


def _figure(content: Mapping[str, Any], words: list[str]) -> float:
    found: Any = content
    for word in words:
        found = found[word]
    return float(found)


def _row(promise: Mapping[str, Any], measured: float) -> str:
    if "at_least" in promise:
        wanted, is_kept = f"at least {promise['at_least']:,}", measured >= promise["at_least"]
    else:
        wanted, is_kept = f"at most {promise['at_most']:,}", measured <= promise["at_most"]
    return f"| {promise['what']} | {wanted} | {measured:,g} | {'met' if is_kept else '**missed**'} |"
