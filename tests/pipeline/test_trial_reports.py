"""Trial reports of a bulk load in a release: those that name a trial, and no other citation."""

from pathlib import Path

from tests.unit.bulk.pubmed_files import TRIAL, record, write_file
from trialhouse.pipeline import refresh
from trialhouse.pipeline.bulk_load import BulkResult, load_pubmed
from trialhouse.releases.catalog import find_release
from trialhouse.releases.layout import Layout
from trialhouse.settings import Settings
from trialhouse.sources.landing import LandingStore
from trialhouse.store.connection import release_reader

OTHERS = [
    record(11),
    record(12, abstract="Trials of engines are reviewed.", type="Review"),
    # Its words pass the filter, and it names no trial.
    record(13, abstract="Volunteers were fond of looms.", title="On looms."),
]


def load(settings: Settings, *paths: Path) -> BulkResult:
    return load_pubmed(settings, paths, with_trials=True)


def test_a_release_holds_the_trial_reports_and_no_other_citations(settings, tmp_path):
    reports = [record(1, abstract=TRIAL, registry_id="NCT09990001"), record(2, registry_id="NCT09990002")]
    path = write_file(tmp_path, "pubmed26n0001.xml", [*reports, *OTHERS])
    trials = load(settings, path).trials
    assert (trials.passed, trials.landed, trials.without_trial, trials.unreadable) == (3, 2, 1, 0)
    again = load(settings, path).trials
    assert (again.landed, again.unchanged) == (0, 2)

    alone = settings.model_copy(update={"include_corpus": False})
    refresh(alone)
    with release_reader(find_release(settings.warehouse, None).database) as connection:
        documents = "SELECT d.pmid, t.registry_id FROM documents AS d JOIN trial_documents USING (document_id) "
        found = connection.execute(documents + "JOIN trials AS t USING (trial_id) ORDER BY ALL").fetchall()
        assert found == [("1", "NCT09990001"), ("2", "NCT09990002")]
        assert connection.execute("SELECT count(*) FROM documents").fetchall() == [(2,)]
        numbers = connection.execute("SELECT value FROM results WHERE value IS NOT NULL ORDER BY 1").fetchall()
        assert (-77.0,) in numbers


def test_the_newest_bytes_of_a_citation_are_landed(settings, tmp_path):
    old = write_file(tmp_path, "pubmed26n0001.xml", [record(1, title="Old", abstract=TRIAL)])
    new = write_file(tmp_path, "pubmed26n0002.xml", [record(1, title="New", abstract=TRIAL)])
    landing = LandingStore(Layout(settings.warehouse).landing)
    for paths in ([old], [new], [old]):
        load(settings, *paths)
    (receipt,) = landing.current_receipts()
    assert b"<ArticleTitle>New<" in landing.read(receipt.sha256)
    assert (receipt.source, receipt.record_id, receipt.locator) == ("pubmed", "1", "pubmed26n0002.xml#1")
