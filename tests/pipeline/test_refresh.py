import datetime
import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import copied_root
from trialhouse.model.words import RunStatus
from trialhouse.pipeline import Assignment, LockHeld, refresh, running
from trialhouse.pipeline.result import INCOMPLETE
from trialhouse.releases.catalog import find_release, list_releases
from trialhouse.releases.layout import Layout
from trialhouse.releases.manifest import file_hashes, read_manifest
from trialhouse.releases.run_files import damaged_runs, read_runs
from trialhouse.settings import Settings
from trialhouse.sources.landing import DamagedObject
from trialhouse.store.connection import release_reader

ABSTRACT = """Quenosartan for high blood pressure: a randomised, double-blind, placebo-controlled trial

Ex J Hypertens. 2026 Feb 3;12(2):101-110. doi: 10.5555/ejh.2026.{number:04}

METHODS: We randomly assigned {n} adults (1:1) to quenosartan 40 mg once daily or placebo for 12 weeks.
RESULTS: {n} participants were randomised. At week 12, response occurred in 60.0% of the quenosartan group and 40.0%
of the placebo group (P = 0.004).
The trial is registered at ClinicalTrials.gov, NCT0999{number:04}.
"""

Reader = Callable[[Path], dict[str, list[tuple[object, ...]]]]


def abstract(number: int, n: int = 200) -> str:
    return ABSTRACT.format(number=number, n=n)


def query(settings: Settings, sql: str) -> list[tuple[Any, ...]]:
    with release_reader(find_release(settings.warehouse, None).database) as connection:
        return connection.execute(sql).fetchall()


def test_a_second_refresh_of_the_same_files_publishes_nothing_and_says_so(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(abstract(1))
    first, second = (refresh(settings, files=[tmp_path / "a.txt"]) for _ in range(2))
    assert (first.status, second.status) == (RunStatus.PUBLISHED, RunStatus.UNCHANGED)
    assert f"release {first.release_id} stays current" in second.sentences[0]
    assert [r.release_id for r in list_releases(settings.warehouse)] == [first.release_id]
    assert [(row.landed, row.unchanged) for row in (*first.accounting, *second.accounting)] == [(1, 0), (0, 1)]


def test_the_order_and_the_grouping_of_files_do_not_matter(settings: Settings, tmp_path: Path, rows_of: Reader) -> None:
    for number in range(4):
        (tmp_path / f"{number}.txt").write_text(abstract(number))
    paths = sorted(tmp_path.glob("*.txt"))
    other = settings.model_copy(update={"warehouse": tmp_path / "other", "batch_size": 2})
    refresh(settings, files=paths)
    for path in reversed(paths):
        refresh(other, files=[path])
    one, two = find_release(settings.warehouse, None), find_release(other.warehouse, None)
    assert rows_of(one.database) == rows_of(two.database)
    assert one.content_hash == two.content_hash
    assert two.release_no == 4


def test_the_same_bytes_under_two_names_are_one_document_and_both_are_accounted_for(
    settings: Settings, tmp_path: Path
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(abstract(1))
    result = refresh(settings, files=[tmp_path / "a.txt", tmp_path / "b.txt"])
    (cause,) = result.causes
    assert cause.record_id.endswith("b.txt")
    assert cause.cause.startswith("same_document: ")
    assert result.counts["documents"] == 1
    assert result.exit_code == 0


def test_a_file_that_was_edited_replaces_what_it_said(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(abstract(1, n=200))
    refresh(settings, files=[path])
    path.write_text(abstract(1, n=202))
    assert refresh(settings, files=[path]).status is RunStatus.PUBLISHED
    assert query(settings, "SELECT enrollment FROM trials") == [(202,)]
    assert len(list_releases(settings.warehouse)) == 2


def test_bad_input_is_accounted_for_and_the_rest_is_published(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    folder.mkdir()
    (folder / "good.txt").write_text(abstract(1))
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.txt").write_bytes(b" \n\t\n ")
    (folder / "rubbish.bin").write_bytes(bytes(range(256)) * 40)
    (folder / "large.txt").write_bytes(b"word " * 10_000_000)
    (folder / "cut.json").write_text('{"protocolSection": {"identificationModule": {"nctId": "NCT0999')
    (folder / "recipe.txt").write_text(
        "Beat two eggs with 100 g of sugar and bake for 25 minutes at 180 degrees.\n" * 3
    )
    (folder / "latin.txt").write_bytes(abstract(2).replace("Quenosartan", "Quénosartan").encode("cp1252"))
    result = refresh(settings, files=[folder])
    assert result.status is RunStatus.PUBLISHED
    assert result.exit_code == INCOMPLETE
    (row,) = result.accounting
    assert (row.asked, row.missing, row.received, row.parsed, row.dropped) == (8, 1, 7, 3, 4)
    words = {Path(cause.record_id).name: cause.cause.partition(":")[0] for cause in result.causes}
    assert words["large.txt"] == "too_large"
    assert set(words) == {"large.txt", "empty.txt", "blank.txt", "rubbish.bin", "cut.json"}
    assert {len(cause.cause) > 40 for cause in result.causes} == {True}
    assert query(settings, "SELECT count(*) FROM dq.quarantine") == [(4,)]
    problems = query(settings, "SELECT problem FROM documents WHERE problem IS NOT NULL")
    assert problems == [("no trial was recognised in its text",)]


def test_a_release_is_whole_read_only_and_as_its_manifest_says(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(abstract(1))
    result = refresh(settings, files=[tmp_path / "a.txt"])
    folder = result.release_folder
    assert folder is not None
    assert Layout(settings.warehouse).current.readlink() == Path(folder.name)
    manifest = read_manifest(folder)
    assert manifest.files == file_hashes(folder)
    assert set(manifest.files) == {"trialhouse.duckdb", "quality.json", "changes.json"}
    assert manifest.row_counts == result.counts
    assert {path.stat().st_mode & 0o222 for path in folder.iterdir()} == {0}
    assert query(settings, "SELECT release_id, status FROM meta.releases") == [(folder.name, "published")]


def test_a_build_that_fails_its_gate_is_kept_as_a_report_and_the_release_stays(
    settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(abstract(1))
    published = refresh(settings, files=[tmp_path / "a.txt"])
    root = copied_root(settings, tmp_path / "root")
    (root / "warehouse" / "checks" / "trials" / "no_trial_may_be.sql").write_text(
        "-- severity: block\n-- message: There is a trial.\n-- action: Have none.\n-- owner: nobody\n"
        "SELECT trial_id AS row_id, trial_id, 'there is one' AS message FROM trials\n"
    )
    blocked = refresh(settings.model_copy(update={"root": root}), files=[tmp_path / "a.txt"])
    assert (blocked.status, blocked.exit_code, blocked.release_id) == (RunStatus.BLOCKED, 3, None)
    assert "trials/no_trial_may_be" in blocked.sentences[0]
    assert find_release(settings.warehouse, None).release_id == published.release_id
    assert blocked.release_folder is not None
    assert sorted(path.name for path in blocked.release_folder.iterdir()) == ["changes.json", "quality.json"]
    report = json.loads((blocked.release_folder / "quality.json").read_text())
    assert report["may_publish"] is False
    assert [run.row.status for run in read_runs(settings.warehouse)] == [RunStatus.PUBLISHED, RunStatus.BLOCKED]


def test_release_ids_sort_even_if_the_clock_was_moved_back(settings: Settings, tmp_path: Path) -> None:
    days = [datetime.datetime(2026, 11, day, tzinfo=datetime.UTC) for day in (21, 21, 19)]
    for number, day in enumerate(days):
        (tmp_path / "a.txt").write_text(abstract(1, n=200 + 2 * number))
        refresh(settings, files=[tmp_path / "a.txt"], clock=lambda day=day: day)
    assert [r.release_id for r in list_releases(settings.warehouse)] == [
        "2026.11.21.01",
        "2026.11.21.02",
        "2026.11.21.03",
    ]


def test_a_second_run_at_once_is_told_who_holds_the_warehouse(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(abstract(1))
    holding = running(settings, Assignment(files=(tmp_path / "a.txt",)))
    with holding as run, pytest.raises(LockHeld, match=rf"process {os.getpid()} on .*{run.run_id}"):
        refresh(settings, files=[tmp_path / "a.txt"])
    assert refresh(settings, files=[tmp_path / "a.txt"]).status is RunStatus.PUBLISHED


def test_a_run_that_raises_is_kept_as_failed_and_publishes_nothing(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(abstract(1))
    root = copied_root(settings, tmp_path / "root")
    (root / "warehouse" / "checks" / "trials" / "without_header.sql").write_text("SELECT 1")
    with pytest.raises(ValueError, match=r"without_header\.sql"):
        refresh(settings.model_copy(update={"root": root}), files=[tmp_path / "a.txt"])
    assert [run.row.status for run in read_runs(settings.warehouse)] == [RunStatus.FAILED]
    assert list_releases(settings.warehouse) == []


@pytest.mark.parametrize(
    ("broken", "word", "parsed"), [("parse_document", "parser_failed", 1), ("extract", "extractor_failed", 2)]
)
def test_a_fault_of_ours_on_one_record_does_not_stop_the_others(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, broken: str, word: str, parsed: int
) -> None:
    """The room is real but for one record, on which it raises what nobody foresaw."""
    for number in (1, 2):
        (tmp_path / f"{number}.txt").write_text(abstract(number))
    real = getattr(__import__("trialhouse.pipeline.document_reading", fromlist=[broken]), broken)

    def sometimes(first: Any, *rest: Any) -> Any:
        if "NCT09990002" in (first.decode() if isinstance(first, bytes) else first.text):
            raise ZeroDivisionError("nobody thought of it")
        return real(first, *rest)

    monkeypatch.setattr(f"trialhouse.pipeline.document_reading.{broken}", sometimes)
    result = refresh(settings, files=[tmp_path / "1.txt", tmp_path / "2.txt"])
    (cause,) = result.causes
    assert cause.cause.startswith(f"{word}: ZeroDivisionError: nobody thought of it")
    assert (result.counts["trials"], result.accounting[0].parsed) == (1, parsed)


def test_every_quote_is_the_text_at_its_offsets(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(abstract(1))
    refresh(settings, files=[tmp_path / "a.txt"])
    quotes = query(settings, "SELECT span_start, span_end, quote FROM evidence")
    assert len(quotes) > 5
    text = (tmp_path / "a.txt").read_text()
    assert [text[start:end] for start, end, _ in quotes] == [quote for _, _, quote in quotes]


def test_half_a_character_in_one_record_stops_neither_this_refresh_nor_the_next(
    settings: Settings, corpus: Path, tmp_path: Path
) -> None:
    """A lone surrogate in JSON is a string that no file can hold."""
    record = json.loads((corpus / "NCT09990101.json").read_text())
    record["protocolSection"]["identificationModule"]["briefTitle"] = "cut \ud83d"
    (tmp_path / "cut.json").write_text(json.dumps(record))
    (tmp_path / "whole.txt").write_text(abstract(1))
    for _ in range(2):
        result = refresh(settings, files=[tmp_path / "cut.json", tmp_path / "whole.txt"])
        assert result.exit_code in (0, INCOMPLETE)
        assert query(settings, "SELECT count(*) FROM trials WHERE registry_id = 'NCT09990001'") == [(1,)]
        assert result.accounting[0].parsed + len(result.causes) == 2


def test_nothing_below_a_folder_vanishes(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "drop"
    (folder / "elsewhere").mkdir(parents=True)
    (folder / "good.txt").write_text(abstract(1))
    (folder / "broken.txt").symlink_to(tmp_path / "nowhere")
    (folder / "linked").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe.txt")
    with open(os.fsencode(folder) + b"/odd\xff.txt", "w") as odd:
        odd.write(abstract(2))
    result = refresh(settings, files=[folder])
    (row,) = result.accounting
    assert (row.asked, row.received, row.missing, row.parsed) == (5, 2, 3, 2)
    causes = {cause.record_id.rpartition("/")[2]: cause.cause.partition(":")[0] for cause in result.causes}
    assert causes == {"broken.txt": "not_readable", "linked": "not_a_file", "pipe.txt": "not_a_file"}
    assert result.exit_code == INCOMPLETE


def test_a_damaged_cache_is_read_again_and_a_damaged_landing_store_is_told(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(abstract(1))
    refresh(settings, files=[tmp_path / "a.txt"])
    layout = Layout(settings.warehouse)
    (cached,) = layout.derived.rglob("*.zst")
    whole = cached.read_bytes()
    for left_by_a_crash in (b"", whole[: len(whole) // 2], bytes(len(whole))):
        cached.write_bytes(left_by_a_crash)
        assert refresh(settings, files=[tmp_path / "a.txt"]).status is RunStatus.UNCHANGED
        assert cached.read_bytes() == whole
    shutil.rmtree(layout.derived)
    (landed,) = layout.landing.rglob("*.pack")
    landed.unlink()
    (tmp_path / "b.txt").write_text(abstract(2))
    with pytest.raises(DamagedObject, match=landed.name):
        refresh(settings, files=[tmp_path / "b.txt"])
    assert len(list_releases(settings.warehouse)) == 1


def test_a_damaged_run_file_and_a_stray_folder_stop_nothing(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(abstract(1))
    published = refresh(settings, files=[tmp_path / "a.txt"])
    layout = Layout(settings.warehouse)
    (run,) = layout.runs.glob("run-*.json")
    run.write_text(run.read_text()[:40])
    (layout.releases / "2999.01.01.01").mkdir()
    assert refresh(settings, files=[tmp_path / "a.txt"]).status is RunStatus.UNCHANGED
    assert find_release(settings.warehouse, None).release_id == published.release_id
    assert damaged_runs(settings.warehouse) == [run]


def test_a_clock_that_was_moved_back_books_each_check_on_its_own_run(settings: Settings, tmp_path: Path) -> None:
    for day in (22, 20):
        (tmp_path / "a.txt").write_text(abstract(1, n=200 + 2 * day))
        refresh(
            settings,
            files=[tmp_path / "a.txt"],
            clock=lambda day=day: datetime.datetime(2026, 11, day, tzinfo=datetime.UTC),
        )
    checks = query(settings, "SELECT count(*) FROM dq.checks")[0][0]
    per_run = query(settings, "SELECT count(*) FROM dq.check_runs GROUP BY run_id")
    assert per_run == [(checks,), (checks,)]
    order = query(settings, "SELECT release_no FROM meta.releases ORDER BY published_at, release_no")
    assert order == [(1,), (2,)]


def test_a_failed_run_keeps_what_became_of_its_batches(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(abstract(1))
    (tmp_path / "empty.txt").write_text("")
    root = copied_root(settings, tmp_path / "root")
    (root / "warehouse" / "checks" / "trials" / "without_header.sql").write_text("SELECT 1")
    with pytest.raises(ValueError, match="without_header"):
        refresh(settings.model_copy(update={"root": root}), files=[tmp_path / "a.txt", tmp_path / "empty.txt"])
    (file,) = read_runs(settings.warehouse)
    assert [(row.asked, row.parsed, row.dropped) for row in file.accounting] == [(2, 1, 1)]
    assert [cause.cause.partition(":")[0] for cause in file.causes] == ["empty"]


def test_a_trial_that_vanished_stays_an_open_alert(settings: Settings, tmp_path: Path) -> None:
    for name, text in (
        ("a", abstract(1)),
        ("b", abstract(2)),
        ("a", "Rain is expected over the hills tomorrow.\n" * 9),
    ):
        (tmp_path / f"{name}.txt").write_text(text)
        refresh(settings, files=[tmp_path / f"{name}.txt"])
    (tmp_path / "c.txt").write_text(abstract(3))
    refresh(settings, files=[tmp_path / "c.txt"])
    lost = query(settings, "SELECT state, severity FROM dq.alerts WHERE check_id = 'trials/lost_since_last'")
    assert lost == [("open", "error")]
