"""The end of a build: published, thrown away because nothing changed, or stopped at the gate with its report kept."""

import json
from dataclasses import dataclass
from pathlib import Path

from trialhouse.model.tables import SCHEMA_VERSION, ReleaseRow, RunRow
from trialhouse.model.words import RunStatus
from trialhouse.pipeline.checking import Found
from trialhouse.pipeline.result import RefreshResult
from trialhouse.quality.alerts import alert_id_of, fingerprint_of
from trialhouse.quality.life import SETTLED
from trialhouse.releases.catalog import Release
from trialhouse.releases.changes import TableChange
from trialhouse.releases.layout import CHANGES, MANIFEST, QUALITY, Layout
from trialhouse.releases.ledger import ensure_ledger
from trialhouse.releases.manifest import Manifest, file_hashes
from trialhouse.releases.publish import discard, publish, reject
from trialhouse.releases.register import read_entries
from trialhouse.releases.rejected import QualityReport
from trialhouse.releases.tags import Refused, put_words
from trialhouse.store.connection import DatabaseError


@dataclass(frozen=True)
class Checked:
    """What is known of a database that was built, checked and dated.

    `content_sums` are what the hash was made of; `ledger_sentences` say what was wrong with the ledger.
    """

    found: Found
    counts: dict[str, int]
    content_hash: str
    content_sums: dict[str, str]
    changes: list[TableChange]
    ledger_sentences: list[str]


@dataclass(frozen=True)
class Built:
    """A checked build with the run that made it, the release that it would be and the one that is current.

    `must_publish` says that it is published even if nothing changed, since the newest release was found damaged;
    `sql` is the folder that holds the migrations of the ledger.
    """

    run: RunRow
    release: ReleaseRow
    last: Release | None
    inputs: str
    checked: Checked
    sql: Path
    must_publish: bool


def conclude(layout: Layout, built: Built) -> RefreshResult:
    """Publish the build in `layout.building`, throw it away, or reject it.

    It is thrown away when neither its rows nor its alerts differ from those of the current release: an alert that
    came or went is news to whoever reviews them, also where no row changed. The tag and the message of a release that
    is not made are given to the current one.
    """
    decision = built.checked.found.decision
    (layout.building / QUALITY).write_text(_quality(built) + "\n", encoding="utf-8")
    _write_json(layout.building / CHANGES, [change.model_dump() for change in built.checked.changes])
    if not decision.may_publish:
        folder = reject(layout, built.release.release_id, [QUALITY, CHANGES])
        return _result(built, RunStatus.BLOCKED, folder, decision.sentence, f"The report is kept in {folder}.")
    same_content = built.last is not None and built.last.content_hash == built.checked.content_hash
    is_news = not same_content or built.checked.found.is_news or built.must_publish
    if built.last is not None and not is_news:
        discard(layout)
        sentence = f"Nothing changed: release {built.last.release_id} stays current and nothing new was published."
        told = _name_current(layout, built.last.release_id, built.release)
        return _result(built, RunStatus.UNCHANGED, built.last.place, sentence, *told, decision.sentence)
    manifest = _manifest(built, file_hashes(layout.building))
    (layout.building / MANIFEST).write_text(manifest.model_dump_json(indent=1) + "\n", encoding="utf-8")
    folder = publish(layout, built.release.release_id)
    sentence = f"Release {built.release.release_id} is published."
    told = [*built.checked.ledger_sentences, *_follow(layout, built.sql)]
    return _result(built, RunStatus.PUBLISHED, folder, sentence, decision.sentence, *told)


def _follow(layout: Layout, sql: Path) -> list[str]:
    """Let the ledger follow what was published. If it cannot, nothing is lost: the next run catches up."""
    try:
        return ensure_ledger(layout, sql / "migrations")
    except (DatabaseError, OSError) as error:
        return [f"The ledger could not be written ({error}): the next refresh brings it up to date."]


def _name_current(layout: Layout, current: str, wanted: ReleaseRow) -> list[str]:
    """Give the current release the tag and the message that the run was to give to its own, and say so."""
    if wanted.tag is None and wanted.message is None:
        return []
    had = next(entry.message for entry in read_entries(layout) if entry.release_id == current)
    # What was said of a published release is not overwritten in passing.
    message = wanted.message if had is None else None
    try:
        put_words(layout, current, wanted.tag, message)
    except Refused as refused:
        return [f"It was not given the tag {wanted.tag!r}: {refused}."]
    given = [f"the {name} {words!r}" for name, words in (("tag", wanted.tag), ("message", message)) if words]
    kept = [f"It keeps its message {had!r}."] if wanted.message not in (None, had) and had is not None else []
    return [*([f"It has {' and '.join(given)} now."] if given else []), *kept]


def _result(built: Built, status: RunStatus, folder: Path, *sentences: str) -> RefreshResult:
    return RefreshResult(
        run_id=built.run.run_id,
        status=status,
        release_id=built.release.release_id if status is RunStatus.PUBLISHED else None,
        release_folder=folder,
        sentences=sentences,
        counts=built.checked.counts,
        open_alerts=sum(alert.state not in SETTLED for alert in built.checked.found.books.alerts),
        check_runs=tuple(built.checked.found.report.runs),
        changes=tuple(built.checked.changes),
    )


def _manifest(built: Built, files: dict[str, str]) -> Manifest:
    return Manifest(
        release_id=built.release.release_id,
        release_no=built.release.release_no,
        run_id=built.run.run_id,
        schema_version=SCHEMA_VERSION,
        published_at=built.release.published_at,
        code_version=built.run.code_version,
        extractor_version=built.release.extractor_version,
        vocabulary_sha256=built.release.vocabulary_sha256,
        judgements_sha256=built.release.judgements_sha256,
        trust_sha256=built.release.trust_sha256,
        inputs=built.inputs,
        content_hash=built.checked.content_hash,
        table_sums=built.checked.content_sums,
        tag=built.release.tag,
        message=built.release.message,
        row_counts=built.checked.counts,
        files=files,
    )


def _quality(built: Built) -> str:
    """The report as JSON. Only of a build that is rejected it holds alerts: those of a release lie in its tables."""
    found = built.checked.found
    report = QualityReport(
        release_id=built.release.release_id,
        release_no=built.release.release_no,
        decision=found.decision.sentence,
        may_publish=found.decision.may_publish,
        check_runs=tuple(found.report.runs),
        failing_rows=tuple(found.report.failing),
    )
    if not found.decision.may_publish:
        beside = {alert_id: evidence.model_dump(mode="json") for alert_id, evidence in found.evidence.items()}
        report = report.model_copy(
            update={
                "alerts": found.books.alerts,
                "alert_events": found.books.events,
                "quotes": _quotes(found),
                "evidence": beside,
            }
        )
    return report.model_dump_json(indent=1, exclude_none=True)


def _quotes(found: Found) -> dict[str, tuple[str, ...]]:
    """The quotes beside each alert."""
    quotes: dict[str, set[str]] = {}
    for row in found.report.failing:
        said = found.quotes.get((row.check_id, row.row_number))
        if said:
            quotes.setdefault(alert_id_of(fingerprint_of(row)), set()).update(said)
    return {alert_id: tuple(sorted(said)) for alert_id, said in sorted(quotes.items())}


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
