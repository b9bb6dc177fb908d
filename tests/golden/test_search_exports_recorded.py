"""Exports of one search from three databases, as they were recorded: read whole, and one paper found in all three."""

import gzip
import pathlib

import pytest

from trialhouse.documents.search_exports import Exports, read_exports
from trialhouse.resolution.duplicates import find_duplicates_in
from trialhouse.resolution.duplicates.engine import limited_database
from trialhouse.resources import data_root

NAMES = ("restoration_scopus.ris", "restoration_WoS.ciw", "restoration_pubmed.nbib")


@pytest.fixture(scope="module")
def exports(shared: pathlib.Path, tmp_path_factory: pytest.TempPathFactory) -> Exports:
    folder, recorded = tmp_path_factory.mktemp("recorded"), shared / "recorded" / "exports" / "revtools"
    if not recorded.is_dir():
        pytest.skip("the recorded exports are not in the shared folder")
    for name in NAMES:
        (folder / name).write_bytes(gzip.decompress((recorded / f"{name}.gz").read_bytes()))
    return read_exports([folder / name for name in NAMES])


def test_every_record_is_read(exports: Exports) -> None:
    assert [(file.format, file.records, file.problem) for file in exports.files] == [
        ("RIS", 286, None),
        ("ciw", 247, None),
        ("nbib", 104, None),
    ]
    assert exports.damaged == ()


def test_what_nearly_all_records_say_is_read(exports: Exports) -> None:
    said = {name: len(exports.table) - exports.table.column(name).null_count for name in exports.table.column_names}
    assert said["title"] == said["journal"] == said["year"] == said["record_id"] == 637
    assert min(said["doi"], said["abstract"], said["pages"]) > 550
    assert all(exports.table.column("authors").to_pylist())


def test_records_of_one_doi_are_one_document_but_for_a_notice(exports: Exports) -> None:
    with limited_database() as connection:
        connection.register("citations", exports.table)
        found = find_duplicates_in(connection, "citations", data_root() / "warehouse" / "duplicates")
    clusters: dict[str, set[str]] = {}
    for record, doi in zip(*(exports.table.column(n).to_pylist() for n in ("record_id", "doi")), strict=True):
        if doi:
            clusters.setdefault(doi, set()).add(found.cluster_of[record])
    apart = [doi for doi, names in clusters.items() if len(names) > 1]
    assert len(found.clusters) > 115
    assert len(apart) <= 3, "Scopus, Web of Science and PubMed give one DOI to one document, save for notices"
