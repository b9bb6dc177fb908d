"""What was read from landed bytes, kept so that no document is parsed twice by the same code.

The folder is named after a fingerprint of the code and vocabularies that read it; it may be deleted at any time,
since everything in it can be made again from the landing store. So its files are not forced to the disk, which took
longer than to read a small record (7 ms): one that a crash of the machine left cut is read as damaged, and made again.
"""

import functools
import importlib.metadata
import logging
import os
import platform
import shutil
import threading
from collections.abc import Iterable, Sequence
from pathlib import Path

import zstandard
from pydantic import ValidationError

from trialhouse import __version__
from trialhouse.model.document import Receipt
from trialhouse.model.ids import sha256_hex, stable_id
from trialhouse.model.lean import share_all_names
from trialhouse.model.vocabulary import Vocabulary
from trialhouse.pipeline.curated_judgements import FILE as JUDGEMENTS
from trialhouse.pipeline.document_reading import Derived, read_and_written
from trialhouse.releases.layout import Layout
from trialhouse.resources import read_vocabulary
from trialhouse.settings import Settings
from trialhouse.sources.landing import LandingStore

log = logging.getLogger(__name__)

READING_ROOMS = ("model", "text", "documents", "extraction")
"""The rooms whose code decides what is read from a document."""

MAKING_ROOMS = ("resolution", "store")
"""The rooms whose code, beside that, decides which rows are made of it."""


READING_LIBRARIES = ("beautifulsoup4", "charset-normalizer", "lxml")
"""The libraries whose versions do."""


class DerivedStore:
    """Reads documents from the landing store through a cache."""

    def __init__(self, settings: Settings, landing: LandingStore) -> None:
        self._landing = landing
        self._max_bytes = settings.max_document_bytes
        self._vocabulary = read_vocabulary(settings.root / "seeds")
        self._root = Layout(settings.warehouse).derived
        self._folder = self._root / code_fingerprint(settings.root / "seeds")
        # Briefs and rows depend on more code than readings do, which stay when only that changes.
        self._made = self._folder / f"made-{making_fingerprint()}"

    @property
    def vocabulary(self) -> Vocabulary:
        """The vocabulary that documents are read with."""
        return self._vocabulary

    def read(self, receipt: Receipt) -> Derived:
        """What the bytes of a receipt come to, from the cache or read now."""
        path = self._path(self.name_of(receipt))
        cached = _cached(path)
        if cached is not None:
            return cached
        data = self._landing.at_hand(receipt.sha256) or self._landing.read(receipt.sha256)
        derived, written = read_and_written(data, receipt, self._vocabulary, self._max_bytes)
        _keep(path, zstandard.ZstdCompressor().compress(written))
        where = {"source": receipt.source, "record_id": receipt.record_id}
        if derived.document is not None:
            where["document_id"] = derived.document.document_id
        log.info("%s is read: %d record(s)", receipt.record_id, len(derived.extractions), extra=where)
        return derived

    def keep(self, receipt: Receipt, packed: bytes) -> None:
        """Keep what was read elsewhere from the bytes of a receipt, by the same code: `packed` is `read_and_written`'s
        second answer, compressed.
        """
        _keep(self._path(self.name_of(receipt)), packed)

    @property
    def made_rows(self) -> Path:
        """The file of the rows that were made of what was read."""
        return self._made / "made.duckdb"

    @property
    def briefs(self) -> Path:
        """The file of what was read in brief."""
        return self._made / "briefs.parquet"

    @property
    def spill(self) -> Path:
        """A folder for what a build does not keep in memory."""
        return self._folder / "spill"

    def kept(self, name: str) -> Derived | None:
        """What the cache holds under a name."""
        return _cached(self._path(name))

    def name_of(self, receipt: Receipt) -> str:
        """A name for what is read from the bytes of a receipt."""
        return stable_id("d", receipt.model_dump_json())

    def _path(self, name: str) -> Path:
        return self._folder / name[2:4] / f"{name}.json.zst"

    def drop_older(self) -> None:
        """Throw away what earlier code read."""
        for folder in [*self._root.glob("*"), *self._folder.glob("made-*")]:
            if folder not in (self._folder, self._made):
                shutil.rmtree(folder, ignore_errors=True)


@functools.cache
def making_fingerprint() -> str:
    """A hash of the code that makes rows of what was read."""
    return sha256_hex("\n".join([*_code(MAKING_ROOMS), platform.python_version()]).encode())[:16]


def _code(parts: Iterable[str]) -> list[str]:
    """The names and hashes of the files of some rooms of the package, and of single files."""
    package = Path(__file__).parents[1]
    places = [package / part for part in parts]
    paths = [path for place in places for path in ([place] if place.is_file() else sorted(place.rglob("*.py")))]
    return [f"{path.relative_to(package).as_posix()} {sha256_hex(path.read_bytes())}" for path in paths]


@functools.cache
def code_fingerprint(seeds: Path) -> str:
    """A hash of the code and vocabularies that decide what is read from a document."""
    lines = _code(("resources.py", *READING_ROOMS))
    lines += [f"{path.name} {sha256_hex(path.read_bytes())}" for path in _vocabularies(seeds)]
    lines += [f"{name} {importlib.metadata.version(name)}" for name in READING_LIBRARIES]
    return sha256_hex("\n".join(lines).encode())[:16]


def vocabulary_sha256(seeds: Path) -> str:
    """The SHA-256 of the names and contents of the vocabularies."""
    return _files_sha256(_vocabularies(seeds))


def _vocabularies(seeds: Path) -> list[Path]:
    """The files of a folder of seeds but for what people judged, which changes nothing of what a document says."""
    return [path for path in sorted(seeds.glob("*.csv")) if path.name != JUDGEMENTS]


def _files_sha256(paths: Sequence[Path]) -> str:
    return sha256_hex("\n".join(f"{path.name} {sha256_hex(path.read_bytes())}" for path in paths).encode())


def code_version(seeds: Path) -> str:
    """The version of the package and the fingerprint of what reads documents."""
    return f"{__version__}+{code_fingerprint(seeds)}"


def _cached(path: Path) -> Derived | None:
    """What the cache holds; None where it holds nothing, or what can no longer be read."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    try:
        read = Derived.model_validate_json(zstandard.ZstdDecompressor().decompress(data))
    except (zstandard.ZstdError, ValidationError):
        log.warning("the cached reading %s is damaged: the document is read again", path)
        return None
    # A build holds what all documents say at once: so they take less than half.
    share_all_names(read)
    return read


def _keep(path: Path, data: bytes) -> None:
    """Write a file of the cache: a reader finds it whole or not at all, also after this process was killed."""
    if not path.parent.is_dir():
        path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.{threading.get_ident()}")
    with temporary.open("wb") as file:
        file.write(data)
    temporary.replace(path)
