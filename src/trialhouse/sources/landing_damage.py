"""Whether the landing store still holds what its receipts say: every byte, or only the sizes of its files."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from trialhouse.model.ids import sha256_hex
from trialhouse.sources.landing import LandingStore, unpacked_frame
from trialhouse.sources.landing_index import LandedLine, LandingIndex

Progress = Callable[[int, int], None]
"""Told how many packs were looked at, and how many there are."""


@dataclass(frozen=True)
class PackDamage:
    """A pack that is not what was written: why, and the records whose bytes lie nowhere else.

    `lost` names each by its source and id; an older version of a record says so. Where it is empty, nothing that is
    needed was in it, or it has been landed again.
    """

    path: Path
    says: str
    lost: tuple[str, ...]


def damaged_packs(folder: Path, progress: Progress) -> Iterator[PackDamage]:
    """Read every pack that a receipt names, and every record in it. Raises DamagedReceipts.

    Receipts are read anew: a process that runs for long would not see what became of those that it knows.
    """
    index = _index_of(folder)
    store, packs = LandingStore(folder), _by_pack(index)
    for number, (pack, lines) in enumerate(packs.items()):
        progress(number, len(packs))
        path = store.pack_path(pack)
        try:
            content = path.read_bytes()
        except OSError as error:
            says = "is missing" if isinstance(error, FileNotFoundError) else f"cannot be read ({error.strerror})"
            yield PackDamage(path, says, _lost(index, pack, lines))
            continue
        unreadable = [line for line in lines if not _is_whole(content, line)]
        if unreadable or sha256_hex(content) != pack:
            yield PackDamage(path, "is not what was written", _lost(index, pack, unreadable))
    progress(len(packs), len(packs))


def packs_of_other_sizes(folder: Path) -> tuple[int, list[Path]]:
    """How many packs receipts name, and those that are missing or of another size, and needed. No pack is read.
    Raises DamagedReceipts.
    """
    index = _index_of(folder)
    store, packs = LandingStore(folder), _by_pack(index)
    odd = []
    for pack, lines in packs.items():
        path, end = store.pack_path(pack), max(line.offset + line.length for line in lines)
        if (not path.is_file() or path.stat().st_size != end) and _lost(index, pack, lines):
            odd.append(path)
    return len(packs), odd


def _index_of(folder: Path) -> LandingIndex:
    index = LandingIndex(folder / "receipts")
    index.refresh()
    return index


def _by_pack(index: LandingIndex) -> dict[str, list[LandedLine]]:
    packs = defaultdict(list)
    for line in index.lines():
        packs[line.pack].append(line)
    return dict(sorted(packs.items()))


def _is_whole(content: bytes, line: LandedLine) -> bool:
    try:
        unpacked_frame(content[line.offset : line.offset + line.length], line)
    except ValueError:
        return False
    return True


def _lost(index: LandingIndex, pack: str, lines: Sequence[LandedLine]) -> tuple[str, ...]:
    """The records of these lines whose bytes are read from this pack: others were landed again since."""
    names: dict[str, None] = {}
    for line in lines:
        read_from, last = index.by_content(line.sha256), index.last(line.source, line.record_id)
        if read_from is not None and read_from.pack == pack:
            is_last = last is not None and last.sha256 == line.sha256
            names[f"{line.source} {line.record_id}" + ("" if is_last else " (an older version)")] = None
    return tuple(names)
