"""What `trialhouse doctor` looks at: each examination gives one finding and changes nothing."""

import datetime
import importlib.metadata
import os
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from trialhouse.cli.counted import counted
from trialhouse.cli.disk import LEAST_FREE_BYTES, free_bytes
from trialhouse.cli.examination_of_prefect import examine_prefect
from trialhouse.cli.examination_of_settings import examine_settings
from trialhouse.cli.finding import Finding
from trialhouse.cli.left_server import left_servers
from trialhouse.cli.leftovers import left_out
from trialhouse.cli.run_state import to_come_words
from trialhouse.cli.writable import why_not_writable
from trialhouse.pipeline.judging import carried_decisions
from trialhouse.pipeline.lock import lock_holder
from trialhouse.quality.decisions import Decisions, DecisionsUnreadable
from trialhouse.releases.catalog import NoSuchRelease, Release, find_release, list_releases
from trialhouse.releases.layout import Layout
from trialhouse.releases.ledger import is_whole
from trialhouse.releases.manifest import file_hashes, read_manifest
from trialhouse.releases.register import DamagedRegister
from trialhouse.releases.rejected import rejected_since
from trialhouse.releases.run_files import read_runs, runs_to_come
from trialhouse.sources.landing_damage import packs_of_other_sizes
from trialhouse.sources.landing_index import DamagedReceipts
from trialhouse.store.connection import DatabaseError, release_reader

OLDEST_PYTHON, FIRST_UNTRIED_PYTHON = (3, 11), (3, 14)

_REQUIREMENT_NAME = re.compile(r"[A-Za-z0-9._-]+")


def examine(warehouse: Path, profile: str | None = None) -> list[Finding]:
    """Look at everything that a refresh, of a profile if one is named, and the readers of its releases rely on."""
    steps: tuple[Callable[[Path], Finding], ...] = (
        _python,
        _libraries,
        _prefect,
        _writable,
        _disk,
        _lock,
        _release,
        _ledger,
        _landing,
        _decisions,
        _leftovers,
        _clock,
    )
    looked_at = [_finding(step, warehouse) for step in steps]
    return [*looked_at, *examine_prefect(warehouse), *examine_settings(warehouse, profile)]


def _finding(step: Callable[[Path], Finding], warehouse: Path) -> Finding:
    """What an examination finds; that it cannot look is a finding too."""
    try:
        return step(warehouse)
    except (OSError, ValueError) as error:
        says = f"cannot be looked at: {str(error).splitlines()[0]}"
        advice = "see to its permissions, or restore what is damaged"
        return Finding(name=step.__name__.removeprefix("_"), is_ok=False, says=says, advice=advice)


def _python(warehouse: Path) -> Finding:
    fits = OLDEST_PYTHON <= sys.version_info[:2] < FIRST_UNTRIED_PYTHON
    version = ".".join(str(part) for part in sys.version_info[:3])
    return Finding(name="python", is_ok=fits, says=version, advice="use Python 3.11, 3.12 or 3.13")


def _libraries(warehouse: Path) -> Finding:
    """Whether every library that the package asks for is installed."""
    missing, found = [], 0
    for requirement in importlib.metadata.requires("trialhouse") or []:
        name = _REQUIREMENT_NAME.match(requirement)
        if "extra ==" in requirement or name is None:
            continue
        try:
            importlib.metadata.version(name.group())
            found += 1
        except importlib.metadata.PackageNotFoundError:
            missing.append(name.group())
    says = f"missing: {', '.join(missing)}" if missing else f"{found} of {found} installed"
    return Finding(name="libraries", is_ok=not missing, says=says, advice="install again: make refresh, or pip")


def _prefect(warehouse: Path) -> Finding:
    """Whether Prefect is there, without the seconds that importing it takes."""
    try:
        version = importlib.metadata.version("prefect")
    except importlib.metadata.PackageNotFoundError:
        return Finding(name="prefect", is_ok=False, says="not installed", advice="install again: make refresh, or pip")
    left = [str(number) for number in left_servers(warehouse)]
    if left:
        says = f"a run that was killed left its temporary server at work: {', '.join(left)}"
        return Finding(name="prefect", is_ok=False, says=says, advice=f"end it: kill {' '.join(left)}")
    server = os.environ.get("PREFECT_API_URL")
    where = f"server {server}" if server else "a temporary server for each refresh"
    return Finding(name="prefect", is_ok=version.startswith("3."), says=f"{version}, {where}", advice="use Prefect 3.8")


def _writable(warehouse: Path) -> Finding:
    obstacle = why_not_writable(warehouse)
    says = str(warehouse) if warehouse.is_dir() else f"{warehouse} (is made by the first refresh)"
    advice = "make it a folder that can be written, or choose another --warehouse"
    return Finding(name="warehouse", is_ok=obstacle is None, says=obstacle or says, advice=advice)


def _disk(warehouse: Path) -> Finding:
    free = free_bytes(warehouse)
    says = f"{free / 1e9:,.1f} GB free"
    return Finding(name="disk", is_ok=free >= LEAST_FREE_BYTES, says=says, advice="free at least 1 GB")


def _lock(warehouse: Path) -> Finding:
    holder = lock_holder(warehouse)
    return Finding(name="lock", is_ok=True, says=f"held by {holder}" if holder else "free")


def _release(warehouse: Path) -> Finding:
    """Whether the current release is what its manifest says and opens."""
    try:
        release = find_release(warehouse, None)
        differing = _differing_files(release)
        with release_reader(release.database) as connection:
            trials = connection.execute("SELECT count(*) FROM trials").fetchall()[0][0]
    except NoSuchRelease as error:
        published = list_releases(warehouse)
        says = str(error)
        if not published and rejected_since(Layout(warehouse)):
            says = "none yet: the last build was stopped at the gate; `trialhouse alerts list` says by what"
        return Finding(name="release", is_ok=not published, says=says, advice="run `trialhouse refresh`")
    except (OSError, ValueError, DatabaseError) as error:
        return Finding(name="release", is_ok=False, says=f"does not open: {error}", advice="restore it from a copy")
    if differing:
        says = f"{release.release_id}: {', '.join(differing)} is not what the manifest says"
        return Finding(name="release", is_ok=False, says=says, advice="restore it from a copy")
    return Finding(
        name="release", is_ok=True, says=f"{release.release_id}, files as published, {counted(trials, 'trial')}"
    )


def _ledger(warehouse: Path) -> Finding:
    """Whether the ledger can be read. One that is not there, or does not know the newest release, is made so by the
    next refresh.
    """
    layout = Layout(warehouse)
    if not layout.ledger.exists():
        return Finding(name="ledger", is_ok=True, says="none yet: the next refresh makes it")
    is_readable = is_whole(layout.ledger)
    says = "every block can be read" if is_readable else f"{layout.ledger} cannot be read"
    advice = "delete it: the next `trialhouse refresh` makes it anew from the newest release"
    return Finding(name="ledger", is_ok=is_readable, says=says, advice=advice)


def _landing(warehouse: Path) -> Finding:
    """Whether the packs of landed records are there in their sizes: to read them all may take minutes."""
    folder = Layout(warehouse).landing
    if not folder.is_dir():
        return Finding(name="landing", is_ok=True, says="none yet: the first refresh makes it")
    try:
        packs, odd = packs_of_other_sizes(folder)
    except DamagedReceipts as error:
        return Finding(name="landing", is_ok=False, says=str(error), advice="restore it from a copy")
    verify = "`trialhouse releases verify --all`"
    if odd:
        return Finding(name="landing", is_ok=False, says=pack_words(packs, odd), advice=f"{verify} says what is lost")
    return Finding(name="landing", is_ok=True, says=f"{pack_words(packs, odd)} ({verify} reads every byte)")


def pack_words(packs: int, odd: Sequence[Path]) -> str:
    """What there is to say of so many packs of landed records, of which these are missing or of another size."""
    if odd:
        return f"{len(odd):,} of {counted(packs, 'pack')} missing or of another size: {odd[0]}"
    return f"{counted(packs, 'pack')} of the right size"


def _decisions(warehouse: Path) -> Finding:
    """Whether the file of decisions can be read, and holds all that the newest release carries."""
    layout = Layout(warehouse)
    ledger = Decisions(layout.decisions)
    try:
        written = {row.decision_id for row in ledger.alert_decisions()}
        written |= {row.judgement_id for row in ledger.judgements()}
        release, decisions, judgements = carried_decisions(layout)
    except DecisionsUnreadable as error:
        return Finding(name="decisions", is_ok=False, says=str(error))
    except (DatabaseError, DamagedRegister):
        return Finding(name="decisions", is_ok=True, says="readable; the newest release cannot be read beside them")
    carried = {row.decision_id for row in decisions} | {row.judgement_id for row in judgements}
    if release is not None and not carried <= written:
        says = f"{layout.decisions} lacks {len(carried - written):,} of the {len(carried):,} that release "
        says += f"{release.release_id} carries: it was lost, or is an older copy"
        advice = "`trialhouse decisions import --from-release` takes them in again"
        return Finding(name="decisions", is_ok=False, says=says, advice=advice)
    return Finding(name="decisions", is_ok=True, says=f"{len(written):,} readable" if written else "none yet")


def _leftovers(warehouse: Path) -> Finding:
    """Files that tell nothing any more: nothing depends on them, and readers pass them over."""
    damaged = left_out(warehouse)
    says = "; ".join(damaged) or "every file of a run and of a release can be read"
    return Finding(name="leftovers", is_ok=not damaged, says=says, advice="delete them, or restore them from a copy")


def _differing_files(release: Release) -> list[str]:
    expected, found = read_manifest(release.place).files, file_hashes(release.place)
    return sorted(name for name in expected.keys() | found.keys() if expected.get(name) != found.get(name))


def _clock(warehouse: Path) -> Finding:
    """A clock that stands before the last release would give the next one a wrong date."""
    now = datetime.datetime.now(datetime.UTC)
    releases, runs = list_releases(warehouse), read_runs(warehouse)
    is_ahead = bool(releases) and releases[-1].published_at.replace(tzinfo=datetime.UTC) > now
    says = f"{now:%Y-%m-%d %H:%M} UTC" + (f", before release {releases[-1].release_id}" if is_ahead else "")
    to_come = runs_to_come(runs, now)
    if to_come:
        says += f", before {to_come_words(to_come)}"
    # Where a run came after them, the clock was set back, and the days were due again.
    is_settled = not to_come or runs[-1] not in to_come
    advice = "set the clock; if it is right now, the next refresh does the days of these runs again"
    return Finding(name="clock", is_ok=not is_ahead and is_settled, says=says, advice=advice)
