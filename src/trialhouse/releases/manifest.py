"""What a release says of itself: `manifest.json` beside its database."""

import datetime
from pathlib import Path

from trialhouse.model.ids import sha256_hex
from trialhouse.model.record import Record
from trialhouse.releases.layout import MANIFEST


class Manifest(Record):
    """The facts of one release. `files` maps a file's name to its SHA-256; `inputs` is a hash of what was landed."""

    release_id: str
    release_no: int
    run_id: str
    schema_version: int
    published_at: datetime.datetime
    code_version: str
    inputs: str
    content_hash: str
    tag: str | None = None
    message: str | None = None
    row_counts: dict[str, int]
    files: dict[str, str]


def file_hashes(folder: Path) -> dict[str, str]:
    """The SHA-256 of every file of a release but its manifest, which holds them."""
    return {
        path.name: sha256_hex(path.read_bytes())
        for path in sorted(folder.iterdir())
        if path.is_file() and path.name != MANIFEST
    }


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a release's folder."""
    return Manifest.model_validate_json((folder / MANIFEST).read_bytes())
