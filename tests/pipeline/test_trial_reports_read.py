"""Trial reports that were fetched too, that other code read, and that name no trial: none is lost in silence."""

import datetime
import re
from pathlib import Path

import pytest

from tests.unit.bulk.pubmed_files import TRIAL, record, write_file
from trialhouse.model.ids import sha256_hex
from trialhouse.pipeline import report_readings
from trialhouse.pipeline.bulk_load import BulkResult, load_pubmed
from trialhouse.pipeline.bulk_task import do_file_task
from trialhouse.releases.layout import Layout
from trialhouse.settings import Settings
from trialhouse.sources.landing import LandingStore
from trialhouse.store.connection import release_reader, working_database

DOCUMENT = Path(__file__).parents[2] / "docs" / "bulk-pubmed.md"
REPORT = record(1, abstract=TRIAL)


def load(settings: Settings, *paths: Path) -> BulkResult:
    return load_pubmed(settings, paths, with_trials=True)


def fetch(settings: Settings, data: str, after: datetime.timedelta) -> LandingStore:
    """Land a record as efetch gives it, so long after the load that landed it."""
    landing = LandingStore(Layout(settings.warehouse).landing)
    receipt = landing.versions("pubmed", "1")[0]
    changed = {
        "locator": "https://eutils.example/efetch.fcgi?id=1",
        "sha256": sha256_hex(data.encode()),
        "fetched_at": receipt.fetched_at + after,
    }
    landing.land_batch([(data.encode(), receipt.model_copy(update=changed))])
    return landing


def revised(year: int, title: str) -> str:
    return record(1, title=title, abstract=TRIAL).replace("<Year>2025</Year><Month>03", f"<Year>{year}</Year><Month>03")


def current(landing: LandingStore) -> bytes:
    (receipt,) = landing.current_receipts()
    return landing.read(receipt.sha256)


def test_a_reload_of_an_old_file_leaves_what_was_fetched_since(settings, tmp_path):
    old = write_file(tmp_path, "pubmed26n0001.xml", [REPORT])
    load(settings, old)
    # Even one whose revision is told as older: it was fetched later.
    landing = fetch(settings, revised(2024, "Fetched"), datetime.timedelta(hours=1))
    trials = load(settings, old).trials
    assert (trials.passed, trials.landed, trials.unchanged, trials.fetched) == (1, 0, 0, 1)
    assert b"Fetched" in current(landing)


@pytest.mark.parametrize(("year", "title"), [(2024, "Fetched"), (2025, "Fetched"), (2026, "Filed")])
def test_a_later_file_replaces_what_was_fetched_only_by_a_later_revision(settings, tmp_path, year, title):
    load(settings, write_file(tmp_path, "pubmed26n0001.xml", [REPORT]))
    landing = fetch(settings, revised(2025, "Fetched"), datetime.timedelta())
    load(settings, write_file(tmp_path, "pubmed26n0002.xml", [revised(year, "Filed")]))
    assert title.encode() in current(landing)


def test_what_a_worker_of_another_version_read_is_read_again(settings, tmp_path, monkeypatch):
    path = write_file(tmp_path, "pubmed26n0001.xml", [REPORT, record(2, registry_id="NCT09990002")])

    def elsewhere(tasks):
        with monkeypatch.context() as worker:
            worker.setattr(report_readings, "code_fingerprint", lambda seeds: "other")
            return [do_file_task(task) for task in tasks]

    trials = load_pubmed(settings, [path], with_trials=True, spread=elsewhere).trials
    assert list((Layout(settings.warehouse).pubmed / "shards").glob("*/readings-other.parquet"))
    assert (trials.passed, trials.landed, trials.without_trial) == (2, 2, 0)


def readings(settings: Settings) -> list[tuple]:
    query = "SELECT pmid, reasons, names_trial, failure FROM trial_reports LEFT JOIN trial_report_readings "
    with release_reader(Layout(settings.warehouse).pubmed / "pubmed.duckdb") as connection:
        return connection.execute(query + "USING (pmid, version) ORDER BY ALL").fetchall()


def test_those_that_name_no_trial_are_in_the_store_with_their_reasons(settings, tmp_path):
    looms = "Looms were looked at."
    typed = record(2, title="On looms.", abstract=looms, type="Randomized Controlled Trial")
    unread = record(3, abstract=TRIAL).replace("<ArticleTitle>", f"<ArticleTitle>{'long ' * 400}")
    words = record(4, title="On looms.", abstract="Volunteers were fond of looms.")
    few_bytes = settings.model_copy(update={"max_document_megabytes": 0.0025})
    first = write_file(tmp_path, "pubmed26n0001.xml", [REPORT, typed, unread, words, record(5)])
    # A load without trials reads none; the file is merged already when they are read.
    load_pubmed(few_bytes, [first])
    assert {row[2] for row in readings(settings)} == {None}
    trials = load(few_bytes, first).trials
    assert (trials.passed, trials.landed, trials.without_trial, trials.marked_without_trial) == (4, 1, 2, 1)
    (block,) = re.findall(r"```sql\n([^`]*trial_report_readings[^`]*)```", DOCUMENT.read_text(encoding="utf-8"))
    with release_reader(Layout(settings.warehouse).pubmed / "pubmed.duckdb") as connection:
        shown = connection.execute(block.replace("pubmed.", "")).fetchall()
    assert shown == [(2, "On looms.", ["publication_type"], None)]
    (one, two, three, four) = readings(settings)
    assert one[1:] == (["words"], True, None)
    assert two[1:] == (["publication_type"], False, None)
    assert three[2] is False
    assert three[3].startswith("too_large: ")
    assert four[1:] == (["words"], False, None)

    # A newer file's record has the reading of that file, and one that is deleted has none.
    later = write_file(tmp_path, "pubmed26n0002.xml", [record(2, abstract=TRIAL)], deleted=[3, 4])
    load(few_bytes, later)
    assert [row[0::2] for row in readings(settings)] == [(1, True), (2, True)]
    before = (Layout(settings.warehouse).pubmed / "pubmed.duckdb").stat().st_ino
    load(few_bytes, first, later)
    assert (Layout(settings.warehouse).pubmed / "pubmed.duckdb").stat().st_ino == before


def test_a_store_of_an_older_version_gets_the_tables_that_it_lacks(settings, tmp_path):
    path = write_file(tmp_path, "pubmed26n0001.xml", [REPORT])
    load_pubmed(settings, [path])
    with working_database(Layout(settings.warehouse).pubmed / "pubmed.duckdb") as connection:
        connection.execute("DROP TABLE trial_report_readings; DROP TABLE meta.file_readings")
    load(settings, path)
    assert readings(settings) == [(1, ["words"], True, None)]
