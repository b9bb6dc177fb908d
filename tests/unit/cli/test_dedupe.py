"""`trialhouse dedupe`: files to clusters, what is told, how it ends."""

import csv
import io
import json
import pathlib
import subprocess
import sys

import pytest

SCOPUS = """Authors,Title,Year,Source title,Volume,Issue,Page start,Page end,DOI,EID
"Muster A., Beispiel B.C., Vorlage C.",Belotarin for spring fever in adults: a randomised trial,2026,\
Example Journal of Fevers,12,3,10,19,10.5555/ejf.2026.10,2-s2.0-1
"Vorlage C., Muster A.",Quenosartan for winter cough: an observational study,2025,Example Journal of Coughs,7,1,1,9,\
10.5555/ejc.2025.1,2-s2.0-2
"Probe D.",Harvomab in rare rashes of the hand,2024,Example Archives of Rashes,3,2,33,41,10.5555/ear.2024.33,2-s2.0-3
"""

NBIB = """PMID- 99000001
VI  - 12
IP  - 3
DP  - 2026 Feb
TI  - Belotarin for spring fever in adults: a randomised trial.
PG  - 10-9
LID - 10.5555/ejf.2026.10 [doi]
FAU - Muster, Anna
FAU - Beispiel, Ben C
FAU - Vorlage, Clara
PT  - Journal Article
JT  - Example journal of fevers
SO  - Ex J Fever. 2026 Feb;12(3):10-9.
"""


@pytest.fixture
def exports(tmp_path: pathlib.Path) -> tuple[pathlib.Path, pathlib.Path]:
    (tmp_path / "scopus.csv").write_text(SCOPUS, encoding="utf-8")
    (tmp_path / "pubmed.nbib").write_text(NBIB, encoding="utf-8")
    return tmp_path / "scopus.csv", tmp_path / "pubmed.nbib"


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_a_row_for_every_record_with_its_reason(run, exports, tmp_path):
    ended = run("dedupe", *exports, "--out", tmp_path / "clusters.csv")
    written = (tmp_path / "clusters.csv").read_text(encoding="utf-8")
    assert ended.code == 0
    assert written.splitlines()[0] == "record_id,cluster_id,reason"
    by_record = {row["record_id"]: row for row in rows(written)}
    assert list(by_record) == ["2-s2.0-1", "2-s2.0-2", "2-s2.0-3", "99000001"]
    assert by_record["99000001"]["cluster_id"] == by_record["2-s2.0-1"]["cluster_id"] == "2-s2.0-1"
    assert by_record["2-s2.0-1"]["reason"] == "the first of 2 records"
    assert by_record["99000001"]["reason"].startswith("with 2-s2.0-1: ")
    assert "DOI" in by_record["99000001"]["reason"]
    assert by_record["2-s2.0-2"] == {"record_id": "2-s2.0-2", "cluster_id": "2-s2.0-2", "reason": ""}
    assert "4 records are 3 documents (merged: 1; clusters of several records: 1)." in ended.err
    assert ended.out == ""


def test_the_order_of_files_changes_no_cluster(run, exports, tmp_path):
    run("dedupe", *exports, "--out", tmp_path / "one.csv")
    run("dedupe", *reversed(exports), "--out", tmp_path / "other.csv")
    one, other = (rows((tmp_path / name).read_text(encoding="utf-8")) for name in ("one.csv", "other.csv"))
    assert sorted(one, key=str) == sorted(other, key=str)


def test_stdout_takes_the_answer(run, exports):
    ended = run("dedupe", *exports, "--out", "-")
    assert ended.code == 0
    assert len(rows(ended.out)) == 4


def test_the_survivor_says_where_each_field_is_from(run, exports, tmp_path):
    run("dedupe", *exports, "--out", tmp_path / "clusters.csv", "--merged", tmp_path / "merged.csv")
    first, *others = rows((tmp_path / "merged.csv").read_text(encoding="utf-8"))
    assert len(others) == 2
    assert (first["cluster_id"], first["record_ids"]) == ("2-s2.0-1", "99000001; 2-s2.0-1")
    assert (first["pmid"], first["pmid_from"]) == ("99000001", "99000001")
    assert (first["authors"], first["authors_from"]) == ("Muster, Anna; Beispiel, Ben C; Vorlage, Clara", "99000001")
    assert (first["abstract"], first["abstract_from"]) == ("", "")
    assert {row["title_from"] for row in others} == {"2-s2.0-2", "2-s2.0-3"}


def test_a_doubtful_pair_is_listed_with_both_titles(run, exports, tmp_path):
    again = SCOPUS.splitlines()[1].replace("2026,", "2025,", 1).replace("10.5555/ejf.2026.10,2-s2.0-1", ",other-1")
    again = again.replace(",12,3,10,19,", ",11,8,210,214,")
    (tmp_path / "more.csv").write_text(SCOPUS.splitlines()[0] + "\n" + again + "\n", encoding="utf-8")
    ended = run(
        "dedupe", *exports, tmp_path / "more.csv", "--out", tmp_path / "c.csv", "--doubtful", tmp_path / "doubtful.csv"
    )
    found = rows((tmp_path / "doubtful.csv").read_text(encoding="utf-8"))
    clusters = {row["record_id"]: row["cluster_id"] for row in rows((tmp_path / "c.csv").read_text(encoding="utf-8"))}
    assert clusters["other-1"] == "other-1"
    assert found
    assert all(
        row["left_title"].startswith("Belotarin") and row["right_title"].startswith("Belotarin") for row in found
    )
    assert all("other-1" in (row["left_id"], row["right_id"]) and row["reason"] for row in found)
    assert "not merged, to be looked at by a person" in ended.err


def test_what_cannot_be_read_is_told_and_the_rest_goes_on(run, exports, tmp_path):
    (tmp_path / "odd.csv").write_text(SCOPUS + "Probe D.,Too, many, cells,,,,,,,,x\n", encoding="utf-8")
    (tmp_path / "picture.csv").write_bytes(b"\x89PNG\r\n")
    ended = run("dedupe", exports[1], tmp_path / "odd.csv", tmp_path / "picture.csv", "--out", tmp_path / "c.csv")
    found = rows((tmp_path / "c.csv").read_text(encoding="utf-8"))
    assert ended.code == 4
    assert found[-1]["record_id"] == found[-1]["cluster_id"] == "odd.csv:4"
    assert found[-1]["reason"].startswith("not compared: it has 12 cells where the header has 10")
    assert "odd.csv, line 5, record 4 (odd.csv:4): it has 12 cells" in ended.err
    assert "picture.csv: this is a PNG picture" in ended.err
    assert "Not wholly read: 1 record, each a cluster of its own." in ended.err


def test_damaged_records_survive_with_their_problem(run, tmp_path):
    (tmp_path / "odd.csv").write_text("ID,title\na,Fever\nb,Flu,in,winter\n", encoding="utf-8")
    run("dedupe", tmp_path / "odd.csv", "--out", tmp_path / "c.csv", "--merged", tmp_path / "m.csv")
    first, second = rows((tmp_path / "m.csv").read_text(encoding="utf-8"))
    assert (first["title"], first["problem"]) == ("Fever", "")
    assert (second["title"], second["title_from"]) == ("Flu", "b")
    assert second["problem"].startswith("it has 4 cells")


def test_json_has_all_that_is_told(run, exports, tmp_path):
    ended = run("dedupe", *exports, "--out", tmp_path / "c.csv", "--json")
    told = json.loads(ended.out)
    assert (told["records"], told["clusters"], told["merged"], told["clusters_of_several"]) == (4, 3, 1, 1)
    assert [(file["file"], file["format"], file["records"]) for file in told["files"]] == [
        ("scopus.csv", "csv", 3),
        ("pubmed.nbib", "nbib", 1),
    ]
    assert told["damaged"] == told["doubtful"] == told["related"] == []


def test_files_without_a_record_give_an_empty_answer(run, tmp_path):
    (tmp_path / "empty.ris").write_text("", encoding="utf-8")
    ended = run("dedupe", tmp_path / "empty.ris", "--out", tmp_path / "c.csv")
    assert ended.code == 4
    assert (tmp_path / "c.csv").read_text(encoding="utf-8") == "record_id,cluster_id,reason\n"
    assert "empty.ris: the file holds no text" in ended.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["absent.csv", "--out", "c.csv"], "there is no file absent.csv"),
        (["scopus.csv", "--out", "scopus.csv"], "is a file to read"),
        (["scopus.csv", "--out", "nowhere/c.csv"], "name a file in a folder that is there"),
        (["scopus.csv", "--out", "."], "name a file in a folder that is there"),
        (["scopus.csv", "--out", "c.csv", "--merged", "c.csv"], "have the same name"),
        (["scopus.csv", "--out", "-", "--json"], "only one of the answers can go to stdout"),
        (["scopus.csv", "--out", "--merged"], "--merged is no name of a file"),
        (["--out", "c.csv"], ""),
        (["scopus.csv"], ""),
    ],
)
def test_wrong_use_writes_nothing(run, exports, monkeypatch, tmp_path, arguments, words):
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    ended = run("dedupe", *arguments)
    assert ended.code == 2
    assert words in ended.err
    assert sorted(tmp_path.iterdir()) == before


def test_an_answer_that_cannot_be_written_leaves_the_old_one(run, exports, monkeypatch, tmp_path):
    (tmp_path / "c.csv").write_text("old", encoding="utf-8")

    def fail(found):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("trialhouse.cli.cluster_files.link_reasons", fail)
    assert run("dedupe", *exports, "--out", tmp_path / "c.csv").code == 1
    assert (tmp_path / "c.csv").read_text(encoding="utf-8") == "old"
    assert not list(tmp_path.glob(".*"))


@pytest.mark.parametrize("name", ["stroke", "cytology_screening", "diabetes"])
def test_labelled_sets_are_scored_by_their_own_scorer(run, shared, tmp_path, name):
    if not (shared / "dedup").is_dir():
        pytest.skip("the labelled search exports are not in the shared folder")
    folder = shared / "dedup" / name
    assert run("dedupe", folder / "records.csv", "--out", tmp_path / "c.csv").code == 0
    scorer = shared / "dedup" / "score_dedup.py"
    asked = [sys.executable, str(scorer), str(folder / "duplicate_groups.csv"), str(tmp_path / "c.csv")]
    ended = subprocess.run([*asked, "--min-recall", "0.99"], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stdout
    false = int(ended.stdout.split("false ")[1].split()[0])
    assert false <= 1, ended.stdout


def test_a_title_of_too_many_records_is_told(run, tmp_path):
    lines = [f"Editorial,{n},{n + 10},{n}" for n in range(60)]
    (tmp_path / "some.csv").write_text("\n".join(["Title,Volume,Pages,ID", *lines]), encoding="utf-8")
    ended = run("dedupe", tmp_path / "some.csv", "--json", "--out", tmp_path / "clusters.csv")
    assert "60 records have the title “Editorial” (0 and others)" in ended.err
    assert json.loads(ended.out)["crowds"] == [{"title": "Editorial", "first": "0", "records": 60}]
