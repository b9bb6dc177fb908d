"""A drop folder with a file of each kind: every record is accounted for, whatever became of it."""

import gzip
import json
from pathlib import Path

from tests.unit.documents.test_bibtex import ENTRY
from tests.unit.documents.test_crossref_json import WORK
from tests.unit.documents.test_europepmc_json import RECORD as PAPER
from tests.unit.documents.test_jats import article
from tests.unit.documents.test_nbib import RECORD as NBIB
from tests.unit.documents.test_ris import RECORD as RIS
from trialhouse.model.words import RunStatus
from trialhouse.pipeline import refresh
from trialhouse.releases.catalog import find_release
from trialhouse.settings import Settings
from trialhouse.store.connection import release_reader

CITATION = (
    '<PubmedArticle><MedlineCitation><PMID Version="1">{pmid}</PMID><Article><ArticleTitle>Belotarin {pmid}'
    "</ArticleTitle><Abstract><AbstractText>We randomised 40 adults to belotarin.</AbstractText></Abstract></Article>"
    "</MedlineCitation></PubmedArticle>"
)
STUDY = {"protocolSection": {"identificationModule": {"nctId": "NCT09990007", "briefTitle": "Belotarin"}}}
BROKEN = '<PubmedArticle><MedlineCitation><PMID Version="1">3</PMID><Article>'
DELETED = '<DeleteCitation><PMID Version="1">9</PMID></DeleteCitation>'


def drop(folder: Path) -> None:
    folder.mkdir()
    update = "".join((CITATION.format(pmid=1), BROKEN, CITATION.format(pmid=2), DELETED))
    (folder / "update.xml.gz").write_bytes(gzip.compress(f"<PubmedArticleSet>{update}</PubmedArticleSet>".encode()))
    (folder / "studies.json").write_text(json.dumps({"studies": [STUDY, {"protocolSection": {}}]}))
    (folder / "europepmc.json").write_text(json.dumps({"resultList": {"result": [PAPER, {**PAPER, "id": "5"}]}}))
    (folder / "crossref.json").write_text(json.dumps({"message": {"items": [WORK, {**WORK, "DOI": "10.5555/b"}]}}))
    (folder / "search.nbib").write_text(NBIB + "\n" + NBIB.replace("99000001", "99000002"))
    (folder / "search.ris").write_text(RIS + RIS.replace("fever", "cough"))
    (folder / "library.bib").write_text(ENTRY + "@article{broken, title = {Never {closed},\n}\n\n" + ENTRY)
    (folder / "fulltext.nxml").write_text(article())
    (folder / "bomb.xml.gz").write_bytes(gzip.compress(b" " * 3_000_000))


def test_every_record_of_a_drop_folder_is_accounted_for(settings: Settings, tmp_path: Path) -> None:
    drop(tmp_path / "drop")
    result = refresh(settings.model_copy(update={"max_document_megabytes": 2.0}), files=[tmp_path / "drop"])
    assert result.status is RunStatus.PUBLISHED
    (row,) = result.accounting
    # 3 citations and a deletion, 2 studies, 2 + 2 + 2 + 2 records, 3 entries, a full text and a bomb
    assert (row.matched, row.asked, row.received, row.missing) == (19, 19, 17, 2)
    assert (row.parsed, row.dropped) == (14, 3)
    folder = f"{(tmp_path / 'drop').as_posix()}/"
    told = {one.record_id.removeprefix(folder): one for one in result.causes}
    assert {name: one.cause.split(":")[0] for name, one in told.items()} == {
        "update.xml.gz#3": "truncated",
        "update.xml.gz#9": "deleted",
        "studies.json#2": "not_a_study",
        "library.bib#broken": "not_bibtex",
        "library.bib#muster2026~2": "same_document",
        "bomb.xml.gz": "too_large",
    }
    assert [name for name, one in told.items() if one.is_explained] == [
        name for name in told if name in ("update.xml.gz#9", "library.bib#muster2026~2")
    ]
    with release_reader(find_release(settings.warehouse, None).database) as connection:
        (documents,) = connection.execute("SELECT count(*) FROM documents").fetchall()
    assert documents == (13,)


def test_the_same_files_a_second_time_land_nothing(settings: Settings, tmp_path: Path) -> None:
    drop(tmp_path / "drop")
    first, second = (refresh(settings, files=[tmp_path / "drop"]) for _ in range(2))
    assert (first.status, second.status) == (RunStatus.PUBLISHED, RunStatus.UNCHANGED)
    assert [(row.received, row.landed, row.unchanged) for row in second.accounting] == [
        (first.accounting[0].received, 0, first.accounting[0].received)
    ]
