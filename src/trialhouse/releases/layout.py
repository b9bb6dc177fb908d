"""The folders of a warehouse and the names of its releases.

landing/            bytes as received, with their receipts
slices/             what the sources were asked for, and how far it is landed
derived/            what was read from them, by the version of the code; may be deleted at any time
runs/               one file a refresh run
decisions.sqlite    what people decided of alerts, documents and trials
outbox.sqlite       messages about alerts: to be sent, and sent
ledger.duckdb       every version of every row that a release had
pubmed/             bulk citations: shards and the database made of them, no part of a release
releases/<id>/      trialhouse.duckdb, manifest.json, quality.json, changes.json
releases/current    a link to the published release
releases/register.json  tags, withdrawals and what was pruned
releases/rejected/  reports of builds that did not pass the gate
"""

import re
from dataclasses import dataclass
from pathlib import Path

DATABASE = "trialhouse.duckdb"
MANIFEST = "manifest.json"
QUALITY = "quality.json"
CHANGES = "changes.json"
CURRENT = "current"

_RELEASE_ID = re.compile(r"\d{4}\.\d{2}\.\d{2}\.(\d{2,})\Z")


@dataclass(frozen=True)
class Layout:
    """Where things lie below one warehouse folder."""

    warehouse: Path

    @property
    def landing(self) -> Path:
        """The landing store."""
        return self.warehouse / "landing"

    @property
    def slices(self) -> Path:
        """What the sources were asked for."""
        return self.warehouse / "slices"

    @property
    def derived(self) -> Path:
        """What was read from landed bytes."""
        return self.warehouse / "derived"

    @property
    def runs(self) -> Path:
        """One file a run."""
        return self.warehouse / "runs"

    @property
    def decisions(self) -> Path:
        """What people decided."""
        return self.warehouse / "decisions.sqlite"

    @property
    def outbox(self) -> Path:
        """Messages about alerts."""
        return self.warehouse / "outbox.sqlite"

    @property
    def ledger(self) -> Path:
        """Every version of every row that a release had."""
        return self.warehouse / "ledger.duckdb"

    @property
    def pubmed(self) -> Path:
        """Bulk citations: all of PubMed, or as much of it as was loaded."""
        return self.warehouse / "pubmed"

    @property
    def releases(self) -> Path:
        """The releases."""
        return self.warehouse / "releases"

    @property
    def rejected(self) -> Path:
        """Reports of builds that the gate stopped."""
        return self.releases / "rejected"

    @property
    def building(self) -> Path:
        """The release under construction; whatever a killed run left here is thrown away by the next."""
        return self.releases / ".building"

    @property
    def current(self) -> Path:
        """The link to the published release."""
        return self.releases / CURRENT


def release_folders(releases: Path) -> list[Path]:
    """The folders of all releases, oldest first; a folder of such a name without a manifest is no release."""
    return [path for path in named_folders(releases) if (path / MANIFEST).is_file()]


def named_folders(releases: Path) -> list[Path]:
    """The folders that are named as releases are, oldest first."""
    if not releases.is_dir():
        return []
    return sorted((path for path in releases.iterdir() if _RELEASE_ID.match(path.name)), key=_order)


def _order(path: Path) -> tuple[str, int]:
    return path.name[:10], int(path.name[11:])
