"""The store after loads of small files: what counts, what gives way, and books that add up."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.unit.bulk.pubmed_files import TRIAL, record, write_file
from trialhouse.bulk.merge import loaded_files
from trialhouse.bulk.store_files import DATABASE
from trialhouse.bulk.store_tables import STORE_TABLES
from trialhouse.pipeline.bulk_load import BulkResult, load_pubmed
from trialhouse.releases.layout import Layout
from trialhouse.settings import Settings
from trialhouse.store.connection import release_reader

Tables = dict[str, list[tuple[object, ...]]]

NOT_COMPARED = {"file_id", "taken_at"}


def tables_of(settings: Settings) -> Tables:
    """Every row of the store, without numbers and times that the order of loads gives."""
    database = Layout(settings.warehouse).pubmed / DATABASE
    with release_reader(database) as connection:
        return {
            table.qualified_name: sorted(
                connection.execute(
                    f"SELECT {', '.join(c.name for c in table.columns if c.name not in NOT_COMPARED)} "
                    f"FROM {table.qualified_name}"
                ).fetchall(),
                key=repr,
            )
            for table in STORE_TABLES
        }


def titles(settings: Settings) -> dict[tuple[int, int], str]:
    rows = asked(settings, "SELECT pmid, version, title FROM citations")
    assert len({row[:2] for row in rows}) == len(rows)
    return {(pmid, version): title for pmid, version, title in rows}


def asked(settings: Settings, query: str) -> list[tuple]:
    with release_reader(Layout(settings.warehouse).pubmed / DATABASE) as connection:
        return connection.execute(query).fetchall()


def adds_up(result: BulkResult, settings: Settings) -> None:
    for row in loaded_files(result.store):
        parts = row.citations_new + row.citations_changed + row.citations_superseded + row.citations_quarantined
        assert row.citations_read == parts, row.file_name
    assert result.citations_after == result.citations_before + result.citations_new - result.citations_deleted
    assert result.citations_after == asked(settings, "SELECT count(*) FROM citations")[0][0]
    assert result.citations_after == asked(settings, "SELECT count(*) FROM meta.citation_files")[0][0]


@pytest.fixture
def load(settings: Settings) -> Callable[..., BulkResult]:
    def run(*paths: Path, **options: object) -> BulkResult:
        result = load_pubmed(settings, paths, **options)
        adds_up(result, settings)
        return result

    return run


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """A baseline of two files, and two updates."""
    folder = tmp_path / "files"

    def named(title: str, pmids: Sequence[int]) -> list[str]:
        return [record(pmid, title=f"{title} {pmid}") for pmid in pmids]

    return [
        write_file(folder, "pubmed26n0001.xml.gz", named("old", range(1, 5)), md5=True),
        write_file(folder, "pubmed26n0002.xml.gz", [*named("old", range(5, 9)), record(5, version=2, title="second")]),
        write_file(folder, "pubmed26n0003.xml.gz", named("new", (2, 6, 9)), deleted=[3, 7, 99]),
        write_file(folder, "pubmed26n0004.xml.gz", named("newest", (2, 7)), deleted=[9]),
    ]


EXPECTED = {
    (1, 1): "old 1",
    (2, 1): "newest 2",
    (4, 1): "old 4",
    (5, 1): "old 5",
    (5, 2): "second",
    (6, 1): "new 6",
    (7, 1): "newest 7",
    (8, 1): "old 8",
}


def test_the_newest_file_counts_and_what_is_deleted_goes(settings, load, files):
    result = load(files[0].parent)
    assert titles(settings) == EXPECTED
    assert (result.exit_code, result.count("loaded"), result.citations_read) == (0, 4, 14)
    assert asked(settings, "SELECT pmid FROM deleted_citations ORDER BY ALL") == [(3,), (9,), (99,)]
    assert asked(settings, "SELECT version FROM current_citations WHERE pmid = 5") == [(2,)]
    authors = asked(settings, "SELECT pmid, version, position FROM citation_authors ORDER BY ALL")
    assert authors == [(*key, 1) for key in sorted(EXPECTED)]


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1)])
def test_loads_one_after_the_other_give_the_same_rows_in_any_order(settings, load, files, order):
    for number in order:
        assert load(files[number]).exit_code == 0
    assert titles(settings) == EXPECTED
    assert asked(settings, "SELECT count(*) FROM citation_authors") == [(len(EXPECTED),)]


def test_a_file_is_loaded_once_by_its_bytes(settings, load, files):
    load(*files)
    before = tables_of(settings)
    copy = files[0].with_name("pubmed26n0007.xml.gz")
    copy.write_bytes(files[0].read_bytes())
    result = load(files[0].parent)
    assert [file.state for file in result.files] == ["loaded_before"] * 4 + ["same_bytes"]
    assert "pubmed26n0001.xml.gz: it is not loaded again" in result.files[4].message
    assert (result.citations_read, result.exit_code) == (0, 0)
    assert tables_of(settings) == before


def test_two_names_of_the_same_bytes_in_one_load_are_one_file(settings, load, files):
    copy = files[0].with_name("pubmed26n0007.xml.gz")
    copy.write_bytes(files[0].read_bytes())
    result = load(copy, files[0])
    assert [(file.file_name, file.state) for file in result.files] == [
        ("pubmed26n0001.xml.gz", "loaded"),
        ("pubmed26n0007.xml.gz", "same_bytes"),
    ]


def test_a_damaged_file_is_set_aside_and_the_rest_goes_on(settings, load, files):
    whole = files[1].read_bytes()
    files[1].write_bytes(whole[:-5])
    files[2].with_name(f"{files[2].name}.md5").write_text("0" * 32)
    broken = files[0].with_name("pubmed26n0009.xml")
    broken.write_text(f"<PubmedArticleSet>{record(50)}<PubmedArticle><Medline")
    result = load(files[0].parent)
    assert {file.file_name: file.reason for file in result.files if file.state == "set_aside"} == {
        "pubmed26n0002.xml.gz": "truncated",
        "pubmed26n0003.xml.gz": "wrong_md5",
        "pubmed26n0009.xml": "broken_xml",
    }
    assert result.exit_code == 4
    assert titles(settings) == {
        (pmid, 1): title
        for (pmid, _), title in {
            (1, 1): "old 1",
            (2, 1): "newest 2",
            (3, 1): "old 3",
            (4, 1): "old 4",
            (7, 1): "newest 7",
        }.items()
    }
    files[1].write_bytes(whole)
    files[2].with_name(f"{files[2].name}.md5").unlink()
    broken.unlink()
    assert load(files[0].parent).exit_code == 0
    assert titles(settings) == EXPECTED


def test_of_a_record_that_a_file_has_twice_the_last_one_counts(settings, load, tmp_path):
    others = [record(pmid) for pmid in range(10, 14)]
    path = write_file(tmp_path, "pubmed26n0001.xml", [record(1, title="first"), *others, record(1, title="last")])
    result = load(path)
    assert titles(settings)[1, 1] == "last"
    assert asked(settings, "SELECT count(*) FROM citation_authors WHERE pmid = 1") == [(1,)]
    assert (result.citations_read, result.citations_new, result.citations_superseded) == (6, 5, 1)


def test_a_record_that_cannot_be_read_is_quarantined_with_its_place(settings, load, tmp_path):
    nobody = record(2).replace('<PMID Version="1">2</PMID>', "")
    result = load(write_file(tmp_path, "pubmed26n0001.xml", [record(1), nobody, record(3)]))
    assert sorted(titles(settings)) == [(1, 1), (3, 1)]
    assert (result.citations_read, result.citations_quarantined, result.exit_code) == (3, 1, 4)
    ((table, place, cause, said),) = asked(settings, "SELECT table_name, place, cause, content FROM dq.quarantine")
    assert (table, cause, said) == ("citations", "no_pmid", nobody)
    assert place.startswith("byte ")


def test_a_value_that_is_left_out_is_quarantined_with_its_record(settings, load, tmp_path):
    odd = record(2).replace('PMID Version="1"', 'PMID Version="one"')
    load(write_file(tmp_path, "pubmed26n0001.xml", [record(1), odd]))
    assert sorted(titles(settings)) == [(1, 1), (2, 1)]
    assert asked(settings, "SELECT pmid, cause, content FROM dq.quarantine") == [(2, "bad_value", odd)]


def test_trial_reports_pass_the_filter_with_their_reasons(settings, load, tmp_path):
    records = [
        record(1),
        record(2, abstract=TRIAL),
        record(3, type="Randomized Controlled Trial"),
        record(4, registry_id="NCT09990001"),
        record(5, abstract=TRIAL, type="Review"),
        record(6, abstract=TRIAL, type="Clinical Trial, Phase II", registry_id="NCT09990002"),
    ]
    load(write_file(tmp_path, "pubmed26n0001.xml", records))
    assert asked(settings, "SELECT pmid, reasons FROM trial_reports ORDER BY ALL") == [
        (2, ["words"]),
        (3, ["publication_type"]),
        (4, ["registry_id"]),
        (6, ["publication_type", "registry_id", "words"]),
    ]


def test_every_table_and_column_of_the_store_is_described(settings, load, files):
    load(files[0])
    undescribed = "SELECT table_name, column_name FROM duckdb_columns() WHERE comment IS NULL AND NOT internal"
    assert asked(settings, undescribed) == []


def test_shards_on_an_object_store_give_the_same_tables(settings, load, files, tmp_path):
    load(files[0].parent, with_trials=True)
    elsewhere = settings.model_copy(
        update={"warehouse": tmp_path / "elsewhere", "bulk_shards": f"memory://{tmp_path.name}/shards"}
    )
    result = load_pubmed(elsewhere, [files[0].parent], with_trials=True)
    assert result.exit_code == 0
    assert tables_of(elsewhere) == tables_of(settings)
    assert not (tmp_path / "elsewhere" / "pubmed" / "shards").exists()
    again = load_pubmed(elsewhere, [files[0].parent])
    assert {file.state for file in again.files} == {"loaded_before"}


def test_a_shard_whose_bytes_changed_is_made_anew(settings, load, files):
    load(files[0])
    expected = tables_of(settings)
    folder = Layout(settings.warehouse).pubmed
    (folder / DATABASE).unlink()
    (shard,) = (folder / "shards").iterdir()
    (shard / "citations.parquet").write_bytes(b"rotten")
    load(files[0])
    assert tables_of(settings) == expected
