"""What a release says of itself: `manifest.json` beside its database."""

import datetime
import hashlib
from enum import StrEnum
from pathlib import Path

from pydantic import ValidationError

from trialhouse.model.record import Record
from trialhouse.releases.layout import DATABASE, MANIFEST


class Manifest(Record):
    """The facts of one release. `files` maps a file's name to its SHA-256; `inputs` is a hash of what was landed.

    `table_sums` are what `content_hash` was made of, by table. `tag` and `message` are those that it was published
    with; the register has those that it has now.
    """

    release_id: str
    release_no: int
    run_id: str
    schema_version: int
    published_at: datetime.datetime
    code_version: str
    extractor_version: str | None = None
    vocabulary_sha256: str | None = None
    judgements_sha256: str | None = None
    trust_sha256: str | None = None
    inputs: str
    content_hash: str
    table_sums: dict[str, str] = {}
    tag: str | None = None
    message: str | None = None
    row_counts: dict[str, int]
    files: dict[str, str]


class Fault(StrEnum):
    """How a file of a release can differ from what was published."""

    MISSING = "missing"
    CHANGED = "changed"
    UNREADABLE = "unreadable"
    UNEXPECTED = "unexpected"


class FileFault(Record):
    """A file of a release that is not as it was published."""

    name: str
    fault: Fault
    says: str

    @property
    def is_harmful(self) -> bool:
        """Whether readers may get other rows by it: a stray file harms only where DuckDB would read it."""
        return self.fault is not Fault.UNEXPECTED or self.name.startswith(DATABASE)


def file_hash(path: Path) -> str:
    """The SHA-256 of a file, which is never held in memory as a whole."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def file_hashes(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file of a release but its manifest, which holds them."""
    return {path.name: file_hash(path) for path in sorted(folder.iterdir()) if path.is_file() and path.name != MANIFEST}


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a release's folder. Raises ValueError for one that is damaged."""
    return Manifest.model_validate_json((folder / MANIFEST).read_bytes())


def manifest_fault(folder: Path, sha256: str | None) -> FileFault | None:
    """What is wrong with the manifest alone, which the register has under `sha256`; None there asks for no hash."""
    if not folder.is_dir():
        return FileFault(name=folder.name, fault=Fault.MISSING, says=f"its folder {folder} is gone")
    try:
        if sha256 is not None and file_hash(folder / MANIFEST) != sha256:
            return _fault(MANIFEST, Fault.CHANGED, "is not what the register says")
        read_manifest(folder)
    except FileNotFoundError:
        return _fault(MANIFEST, Fault.MISSING, "is missing")
    except ValidationError:
        return _fault(MANIFEST, Fault.UNREADABLE, "is damaged")
    except OSError as error:
        return _fault(MANIFEST, Fault.UNREADABLE, f"cannot be read ({error.strerror})")
    return None


def file_faults(folder: Path, sha256: str | None) -> list[FileFault]:
    """Every file that is not as it was published, the manifest first; after a wrong manifest no other can be told."""
    wrong = manifest_fault(folder, sha256)
    if wrong is not None:
        return [wrong]
    expected = read_manifest(folder).files
    there = {path.name for path in folder.iterdir()} - {MANIFEST}
    faults = [_compared(folder, name, expected[name]) for name in sorted(expected)]
    faults += [_fault(name, Fault.UNEXPECTED, "is no file of the release") for name in sorted(there - expected.keys())]
    return [fault for fault in faults if fault is not None]


def is_unharmed(folder: Path, sha256: str | None) -> bool:
    """Whether readers of a release get what was published."""
    return not any(fault.is_harmful for fault in file_faults(folder, sha256))


def _compared(folder: Path, name: str, sha256: str) -> FileFault | None:
    try:
        same = file_hash(folder / name) == sha256
    except FileNotFoundError:
        return _fault(name, Fault.MISSING, "is missing")
    except OSError as error:
        return _fault(name, Fault.UNREADABLE, f"cannot be read ({error.strerror})")
    return None if same else _fault(name, Fault.CHANGED, "is not what the manifest says")


def _fault(name: str, fault: Fault, words: str) -> FileFault:
    return FileFault(name=name, fault=fault, says=f"{name} {words}")
