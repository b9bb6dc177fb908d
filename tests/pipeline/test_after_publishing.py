"""What happens to releases after they are published, and what the next refresh makes of it."""

import contextlib
import datetime
import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from trialhouse.model.words import JudgementSubject, RunStatus, Verdict
from trialhouse.pipeline import Assignment, RefreshResult, refresh
from trialhouse.pipeline.verification import verify
from trialhouse.quality.decisions import Decisions, judgement_of
from trialhouse.releases.catalog import find_release, list_releases
from trialhouse.releases.layout import DATABASE, MANIFEST, Layout
from trialhouse.releases.manifest import file_hash, file_hashes
from trialhouse.releases.publish import recover
from trialhouse.releases.register import read_entries, register_path, write_register
from trialhouse.releases.rollback import roll_back
from trialhouse.releases.tags import Refused
from trialhouse.settings import Settings, load_settings
from trialhouse.store.connection import new_database, release_reader

ABSTRACT = """Quenosartan for high blood pressure: a randomised, double-blind, placebo-controlled trial

METHODS: We randomly assigned {n} adults (1:1) to quenosartan 40 mg once daily or placebo for 12 weeks.
RESULTS: {n} participants were randomised. At week 12, response occurred in 60.0% of the quenosartan group and 40.0%
of the placebo group (P = 0.004).
The trial is registered at ClinicalTrials.gov, NCT09990001.
"""


def refreshed(settings: Settings, n: int, **words: str) -> RefreshResult:
    """A refresh after the one document says that so many adults took part."""
    path = settings.warehouse.parent / "a.txt"
    path.write_text(ABSTRACT.format(n=n))
    return refresh(settings, Assignment(files=(path,), **words))


@pytest.fixture(scope="module")
def two_releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse with two releases, between which the enrollment went from 200 to 202."""
    settings = load_settings(warehouse=tmp_path_factory.mktemp("two") / "warehouse", environ={}).settings
    for n in (200, 202):
        assert refreshed(settings, n).status is RunStatus.PUBLISHED
    return settings.warehouse


@pytest.fixture
def settings(two_releases: Path, tmp_path: Path) -> Settings:
    """The settings of a copy of that warehouse, in the same folder of documents."""
    shutil.copytree(two_releases, tmp_path / "warehouse", symlinks=True)
    return load_settings(warehouse=tmp_path / "warehouse", environ={}).settings


def rows(settings: Settings, sql: str) -> list[tuple[Any, ...]]:
    with release_reader(find_release(settings.warehouse, None).database) as connection:
        return connection.execute(sql).fetchall()


def found(settings: Settings) -> set[tuple[str | None, str]]:
    """The release and the word of everything that is wrong."""
    verification = verify(Layout(settings.warehouse))
    return {(finding.release_id, finding.what) for finding in verification.findings if finding.is_problem}


def flip(path: Path) -> None:
    path.chmod(0o644)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def test_after_a_rollback_the_next_refresh_keeps_going_and_knows_all_that_was(settings: Settings) -> None:
    layout = Layout(settings.warehouse)
    first, second = list_releases(settings.warehouse)
    roll_back(layout, first.release_id, "202 is a misprint", "somebody", second.published_at)
    assert rows(settings, "SELECT enrollment FROM trials") == [(200,)]
    third = refreshed(settings, 202, tag="v3", message="read again")
    assert third.status is RunStatus.PUBLISHED
    assert find_release(settings.warehouse, "v3").release_no == 3
    assert rows(settings, "SELECT release_no, status, reason, tag, message FROM meta.releases ORDER BY ALL") == [
        (1, "published", None, None, None),
        (2, "withdrawn", "202 is a misprint", None, None),
        (3, "published", None, "v3", "read again"),
    ]
    for release, enrollment in ((first, 200), (second, 202)):
        told = rows(settings, f"SELECT enrollment FROM trials_as_of('{release.release_id}')")
        assert told == [(enrollment,)]
    assert find_release(settings.warehouse, None).content_hash == second.content_hash
    # Append-only, also over a release that was withdrawn.
    assert rows(settings, "SELECT count(DISTINCT run_id) FROM dq.check_runs") == [(3,)]
    steps: list[tuple[str, int, int]] = []
    verification = verify(Layout(settings.warehouse), progress=lambda *step: steps.append(step))
    assert (verification.is_well, verification.verified) == (
        True,
        tuple(r.release_id for r in list_releases(settings.warehouse)),
    )
    releases = [step for step in steps if step[0] == "verify"]
    assert releases == sorted(releases)
    assert releases[-1] == ("verify", 12, 12)
    assert steps[len(releases) :] == [("landing", done, 2) for done in range(3)]


@pytest.mark.parametrize("name", [DATABASE, MANIFEST])
def test_one_changed_byte_of_the_current_release_is_found_and_survived(settings: Settings, name: str) -> None:
    first, second = list_releases(settings.warehouse)
    flip(second.place / name)
    assert found(settings) == {(second.release_id, "file_changed")}
    # The document says what it said: nothing changed, and yet people get a whole release again.
    result = refreshed(settings, 202)
    assert result.status is RunStatus.PUBLISHED
    assert result.sentences[0].startswith(f"Release {second.release_id} is damaged and withdrawn: {name}")
    current = find_release(settings.warehouse, None)
    assert (current.release_no, current.content_hash) == (3, second.content_hash)
    assert verify(Layout(settings.warehouse), [current.release_id, first.release_id]).is_well


def test_what_a_damaged_release_held_outlives_its_file(settings: Settings) -> None:
    """The ledger has it: ids that only that release gave, its checks' runs, and what the next is compared with."""
    layout = Layout(settings.warehouse)
    first, second = list_releases(settings.warehouse)
    kept = rows(settings, "SELECT trial_id, value FROM trial_keys ORDER BY ALL")
    check_runs = rows(settings, "SELECT count(*) FROM dq.check_runs")[0][0]
    shutil.rmtree(first.place)
    flip(second.database)
    result = refreshed(settings, 202)
    assert result.status is RunStatus.PUBLISHED
    assert rows(settings, "SELECT trial_id, value FROM trial_keys ORDER BY ALL") == kept
    assert rows(settings, "SELECT count(*) FROM dq.check_runs")[0][0] > check_runs
    # The third run, too, had a release to compare with; only the first had none.
    unevaluated = "SELECT count(DISTINCT run_id) FROM dq.check_runs WHERE status = 'not_evaluated'"
    assert rows(settings, unevaluated) == [(1,)]
    assert rows(settings, "SELECT max(since_release_no) FROM trials") == [(2,)]
    assert not (layout.releases / ".restored").exists()


def test_one_changed_byte_of_the_register_is_found_and_survived(settings: Settings) -> None:
    flip(register_path(Layout(settings.warehouse)))
    assert found(settings) == {(None, "register_damaged")}
    result = refreshed(settings, 202, tag="v2")
    assert (result.status, result.exit_code) == (RunStatus.UNCHANGED, 0)
    assert "was damaged and is made anew" in result.sentences[0]
    assert "It has the tag 'v2' now." in result.sentences
    assert found(settings) == set()
    assert find_release(settings.warehouse, "v2").release_no == 2


def test_a_tag_that_cannot_be_given_stops_a_refresh_before_it_reads_anything(settings: Settings) -> None:
    assert (
        "It has the tag 'v2' and the message 'as sent' now."
        in refreshed(settings, 202, tag="v2", message="as sent").sentences
    )
    for tag, words in (("v2", "has the tag 'v2' already"), ("2026-11-21", "cannot be a tag")):
        with pytest.raises(Refused, match=words):
            refreshed(settings, 300, tag=tag)
    assert any("It was not given the tag 'v3'" in sentence for sentence in refreshed(settings, 202, tag="v3").sentences)


def tampered(settings: Settings, release_id: str, statement: str) -> None:
    """Change rows of a release by somebody who also writes all hashes anew."""
    layout = Layout(settings.warehouse)
    folder = layout.releases / release_id
    for path in folder.iterdir():
        path.chmod(0o644)
    with new_database(folder / DATABASE) as connection:
        connection.execute(statement)
    manifest = json.loads((folder / MANIFEST).read_text()) | {"files": file_hashes(folder)}
    (folder / MANIFEST).write_text(json.dumps(manifest))
    changed = {"manifest_sha256": file_hash(folder / MANIFEST)}
    write_register(
        layout, [e.model_copy(update=changed) if e.release_id == release_id else e for e in read_entries(layout)]
    )


@pytest.mark.parametrize(
    ("statement", "wrong"),
    [
        ("UPDATE evidence SET quote = 'another ' || quote WHERE column_name = 'enrollment'", "check_fails"),
        ("INSERT INTO trials FROM trials", "check_fails"),
        ("UPDATE arms SET trial_id = 'nobody'", "check_fails"),
        ("UPDATE documents SET title = 'Another'", "content_differs"),
        ("UPDATE history.trials SET enrollment = 201", "history_differs"),
        ("DELETE FROM history.trials", "history_differs"),
        ("UPDATE dq.checks SET sql = 'SELECT nothing'", "check_fails"),
    ],
)
def test_changed_rows_are_found_even_if_every_hash_was_written_anew(
    settings: Settings, statement: str, wrong: str
) -> None:
    second = find_release(settings.warehouse, None).release_id
    tampered(settings, second, statement)
    findings = verify(Layout(settings.warehouse), [second]).findings
    assert wrong in {finding.what for finding in findings}
    assert {finding.release_id for finding in findings} == {second}


def test_what_the_warehouse_itself_lacks_is_found(settings: Settings) -> None:
    layout = Layout(settings.warehouse)
    first, second = list_releases(settings.warehouse)
    (second.place / "notes.txt").write_text("mine")
    (layout.releases / "2001.01.01.01").mkdir()
    layout.current.unlink()
    layout.current.symlink_to(first.release_id)
    shutil.rmtree(first.place)
    assert found(settings) == {
        (first.release_id, "folder_missing"),
        (second.release_id, "file_unexpected"),
        (second.release_id, "link_differs"),
        (None, "stray_folder"),
    }
    assert recover(layout).current == second.release_id


def test_an_older_schema_is_said_to_be_not_comparable(settings: Settings) -> None:
    second = find_release(settings.warehouse, None).release_id
    tampered(settings, second, "UPDATE meta.releases SET schema_version = 1 WHERE release_no = 1")
    verification = verify(Layout(settings.warehouse), [second])
    assert verification.is_well
    (finding,) = verification.findings
    assert finding.what == "not_comparable"
    assert "schema version 1" in finding.says


@pytest.mark.parametrize(
    ("statement", "what"),
    [
        ("UPDATE judgements SET comment = 'One word moro'", "decision_changed"),
        ("UPDATE judgements SET verdict = 'different'", "decision_changed"),
        ("UPDATE judgements SET verdict = 'perhaps'", "decisions_unreadable"),
    ],
)
def test_a_decision_that_somebody_changed_is_found(settings: Settings, statement: str, what: str) -> None:
    now = datetime.datetime(2026, 11, 1, tzinfo=datetime.UTC)
    said = judgement_of(
        JudgementSubject.TRIAL, "trial-a", "trial-b", Verdict.SAME, actor="ada", now=now, comment="One word more"
    )
    path = Layout(settings.warehouse).decisions
    Decisions(path).add([said])
    assert found(settings) == set()
    with contextlib.closing(sqlite3.connect(path)) as connection, connection:
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {trigger}")
        connection.execute(statement)
    assert found(settings) == {(None, what)}


def test_publishing_in_a_warehouse_without_register_makes_one(settings: Settings) -> None:
    layout = Layout(settings.warehouse)
    register_path(layout).unlink()
    assert found(settings) == set()
    assert refreshed(settings, 204).status is RunStatus.PUBLISHED
    assert [entry.release_no for entry in read_entries(layout)] == [1, 2, 3]
    assert register_path(layout).exists()


@pytest.mark.parametrize("damage", ["missing", "damaged", "behind"])
def test_a_ledger_that_cannot_be_relied_on_is_found(settings: Settings, damage: str) -> None:
    layout = Layout(settings.warehouse)
    if damage == "missing":
        layout.ledger.unlink()
    elif damage == "damaged":
        content = layout.ledger.read_bytes()
        layout.ledger.write_bytes(content[: len(content) // 2] + b"?" * (len(content) // 2))
    else:
        with new_database(layout.ledger) as ledger:
            ledger.execute("UPDATE ledger_state SET release_no = 1")
    assert found(settings) == {(None, f"ledger_{damage}")}


def test_a_ledger_that_was_deleted_is_made_anew_and_every_id_stays(settings: Settings) -> None:
    layout = Layout(settings.warehouse)
    kept = ids(settings)
    layout.ledger.unlink()
    assert refreshed(settings, 204).status is RunStatus.PUBLISHED
    assert found(settings) == set()
    # The changed document adds its key to the trial's.
    now = ids(settings)
    assert set(kept.pop("trial_keys")) < set(now.pop("trial_keys"))
    assert now == kept
    # What stands since an earlier release is not new, and the past is all there.
    assert rows(settings, "SELECT since_release_no FROM documents ORDER BY ALL") == [(2,), (3,)]
    first, second, _ = list_releases(settings.warehouse)
    for release, enrollment in ((first, 200), (second, 202)):
        assert rows(settings, f"SELECT enrollment FROM trials_as_of('{release.release_id}')") == [(enrollment,)]


def ids(settings: Settings) -> dict[str, list[tuple[Any, ...]]]:
    """The ids of what the one trial is made of, its keys and the alerts."""
    tables = {"trials": "trial_id", "arms": "arm_id", "outcomes": "outcome_id", "outcome_analyses": "analysis_id"}
    tables |= {"trial_keys": "trial_id, value", "dq.alerts": "alert_id, first_seen"}
    return {table: rows(settings, f"SELECT {columns} FROM {table} ORDER BY ALL") for table, columns in tables.items()}


def test_a_rotten_pack_is_found_and_its_record_landed_again_when_it_is_given_again(settings: Settings) -> None:
    layout = Layout(settings.warehouse)
    current = find_release(settings.warehouse, None).release_id
    packs = sorted(layout.landing.glob("packs/*/*.pack"))
    for pack in packs:
        flip(pack)
    shutil.rmtree(layout.derived)
    problems = [finding for finding in verify(layout).findings if finding.is_problem]
    assert [(finding.what, finding.where) for finding in problems] == [("landing_damaged", str(pack)) for pack in packs]
    assert all("a.txt" in finding.says for finding in problems)
    older = ["(an older version)" in finding.says for finding in problems]
    assert sorted(older) == [False, True]
    # One release alone is verified without the bytes that it was made from.
    assert verify(layout, [current]).is_well
    result = refreshed(settings, 202)
    assert result.status is RunStatus.UNCHANGED
    assert find_release(settings.warehouse, None).release_id == current
    assert [finding.says for finding in verify(layout).findings if finding.is_problem] == [
        finding.says for finding, is_older in zip(problems, older, strict=True) if is_older
    ]


def test_what_was_said_of_a_release_is_not_overwritten_in_passing(settings: Settings) -> None:
    assert "It has the message 'first words' now." in refreshed(settings, 202, message="first words").sentences
    assert "It keeps its message 'first words'." in refreshed(settings, 202, message="other words").sentences
    assert find_release(settings.warehouse, None).message == "first words"
