"""The ids of records over all files: those that records give themselves where that tells them apart, else new ones."""

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Named:
    """The ids of one file's records, in their order, and how many have a new one since theirs is missing or shared."""

    ids: list[str]
    without: int
    shared: int


def file_names(paths: Sequence[Path]) -> list[str]:
    """What each file is called in ids and messages: its name, or as much of its path as tells it from the others.

    A name's bytes that are no UTF-8 are written as \\xNN.
    """
    parts = [_printable(path).split("/") for path in paths]
    names = [one[-1] for one in parts]
    for length in range(2, max((len(one) for one in parts), default=0) + 1):
        again = {name for name, count in Counter(names).items() if count > 1}
        if not again:
            break
        names = ["/".join(one[-length:]) if name in again else name for name, one in zip(names, parts, strict=True)]
    return names


def _printable(path: Path) -> str:
    return os.fsencode(path.as_posix()).decode("utf-8", "backslashreplace")


def named_once(files: Iterable[tuple[str, Sequence[str | None], Sequence[int]]]) -> list[Named]:
    """The ids of the records of some files, given as (name, keys, numbers): each id once over all files.

    A record keeps its key where no other record of any file has it; else it is FILE:NUMBER, its place in its file. So
    the order in which files are given changes no id.
    """
    files = list(files)
    counts = Counter(key for _, keys, _ in files for key in keys if key)
    taken = {key for key, count in counts.items() if count == 1}
    named = []
    for name, keys, numbers in files:
        ids = [
            key if key in taken else _free(f"{name}:{number}", taken) for key, number in zip(keys, numbers, strict=True)
        ]
        without = sum(not key for key in keys)
        named.append(Named(ids, without, sum(key not in taken for key in keys) - without))
    return named


def _free(name: str, taken: set[str]) -> str:
    """A name that no record gives itself."""
    return name if name not in taken else _free(f"{name}'", taken)
