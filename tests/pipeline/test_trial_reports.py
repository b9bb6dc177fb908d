"""Trial reports of a bulk load in a release: those that name a trial, and no other citation."""

from pathlib import Path

from tests.unit.bulk.pubmed_files import TRIAL, record, write_file
from trialhouse.model.ids import sha256_hex
from trialhouse.model.tables import AccountingRow
from trialhouse.pipeline import refresh
from trialhouse.pipeline.bulk_load import BulkResult, load_pubmed
from trialhouse.releases.catalog import find_release
from trialhouse.releases.layout import Layout
from trialhouse.releases.run_files import read_runs
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


def landed(settings: Settings) -> dict[str, bytes]:
    landing = LandingStore(Layout(settings.warehouse).landing)
    return {receipt.record_id: landing.read(receipt.sha256) for receipt in landing.current_receipts()}


def books(settings: Settings) -> tuple[AccountingRow, dict[str, tuple[str, str, int]]]:
    """The account of the newest run, and what became of the records that it names."""
    file = read_runs(settings.warehouse)[-1]
    (row,) = file.accounting
    assert row.asked == row.received + row.missing
    assert row.received == row.landed + row.unchanged == row.parsed + row.dropped
    assert row.missing == sum(cause.times for cause in file.causes if cause.stage == "fetch")
    return row, {cause.record_id: (cause.stage, cause.cause.partition(":")[0], cause.times) for cause in file.causes}


def test_a_trial_report_that_is_gone_leaves_the_release(settings, tmp_path):
    reports = [record(pmid, abstract=TRIAL, registry_id=f"NCT0999000{pmid}") for pmid in range(1, 6)]
    load(settings, write_file(tmp_path, "pubmed26n0001.xml", [*reports, *OTHERS]))
    alone = settings.model_copy(update={"include_corpus": False})
    refresh(alone)
    # Deleted; no trial report any more by the filter; by what it names. And one that changed, and stays.
    looms = record(3, title="On looms.", abstract="Volunteers were fond of looms.")
    changed = [record(2), looms, record(4, title="New", abstract=TRIAL)]
    later = write_file(tmp_path, "pubmed26n0002.xml", changed, deleted=[1, 99])
    result = load(settings, later)
    assert result.withdrawn == {"deleted": 1, "no_trial_report": 2}
    told = landed(settings)
    assert told["1"] == b"deleted: pubmed26n0002.xml says that PubMed deleted the record of PMID 1"
    assert told["2"].startswith(b"no_trial_report: the record of PMID 2 is, as pubmed26n0002.xml has it")
    assert told["3"].startswith(b"no_trial_report: ")
    assert b"<ArticleTitle>New<" in told["4"]
    assert b"<PubmedArticle>" in told["5"]
    assert load(settings, later).withdrawn == {}

    refresh(alone)
    with release_reader(find_release(settings.warehouse, None).database) as connection:
        documents = connection.execute("SELECT pmid FROM documents ORDER BY ALL").fetchall()
        assert documents == [("4",), ("5",)]
        why = connection.execute("SELECT record_id, cause FROM dq.quarantine WHERE source = 'pubmed' ORDER BY ALL")
        assert why.fetchall() == [("1", "deleted"), ("2", "no_trial_report"), ("3", "no_trial_report")]


def test_what_a_newer_file_has_again_is_landed_again_and_a_load_without_trials_withdraws_too(settings, tmp_path):
    report = record(1, abstract=TRIAL)
    load(settings, write_file(tmp_path, "pubmed26n0001.xml", [report]))
    gone = write_file(tmp_path, "pubmed26n0002.xml", [], deleted=[1])
    assert load_pubmed(settings, [gone]).withdrawn == {"deleted": 1}
    assert landed(settings)["1"].startswith(b"deleted: ")
    assert books(settings)[1] == {"1": ("land", "deleted", 1)}
    again = load(settings, write_file(tmp_path, "pubmed26n0003.xml", [report, record(7)]))
    assert (again.trials.landed, again.withdrawn) == (1, {})
    assert landed(settings)["1"] == report.encode()


def test_what_was_fetched_otherwise_is_left_to_its_source(settings, tmp_path):
    report = record(1, abstract=TRIAL)
    load(settings, write_file(tmp_path, "pubmed26n0001.xml", [report]))
    landing = LandingStore(Layout(settings.warehouse).landing)
    (receipt,) = landing.current_receipts()
    fetched = report.replace("How engines", "How fetched engines").encode()
    changed = {"locator": "https://eutils.example/efetch.fcgi?id=1", "sha256": sha256_hex(fetched)}
    landing.land_batch([(fetched, receipt.model_copy(update=changed))])
    gone = write_file(tmp_path, "pubmed26n0002.xml", [], deleted=[1])
    assert load_pubmed(settings, [gone]).withdrawn == {}
    assert landed(settings)["1"] == fetched


def test_every_citation_that_passed_the_filter_is_accounted_for(settings, tmp_path):
    unread = record(2, abstract=TRIAL).replace("<ArticleTitle>", f"<ArticleTitle>{'long ' * 400}")
    nobody = record(3).replace('<PMID Version="1">3</PMID>', "")
    few_bytes = settings.model_copy(update={"max_document_megabytes": 0.0025})
    files = [
        write_file(tmp_path, "pubmed26n0001.xml", [record(1, registry_id="NCT09990001"), unread, *OTHERS, nobody]),
        write_file(tmp_path, "pubmed26n0002.xml.gz", [record(3)]),
    ]
    files[1].write_bytes(files[1].read_bytes()[:-9])
    load(few_bytes, *files)
    row, causes = books(settings)
    assert (row.source, row.topic, row.asked, row.landed, row.missing) == ("pubmed", "load-pubmed", 3, 1, 2)
    assert causes == {
        "load-pubmed": ("fetch", "no_trial", 1),
        "2": ("fetch", "too_large", 1),
        "pubmed26n0001.xml": ("parse", "quarantined", 1),
        "pubmed26n0002.xml.gz": ("list", "truncated", 1),
    }
    load(few_bytes, *files)
    assert [books(settings)[0].landed, books(settings)[0].unchanged] == [0, 1]
    refresh(settings.model_copy(update={"include_corpus": False}))
    with release_reader(find_release(settings.warehouse, None).database) as connection:
        rows = connection.execute("SELECT sum(landed) FROM meta.accounting WHERE topic = 'load-pubmed'").fetchall()
        assert rows == [(1,)]
