"""seeds/words.csv, and the program that makes it."""

import csv
import runpy
import sys
from pathlib import Path

import pytest

from trialhouse.resolution.duplicates.words import Words, read_words

ROOT = Path(__file__).parents[2]
FILE = ROOT / "seeds" / "words.csv"
PROGRAM = ROOT / "bench" / "vocabularies" / "make_words.py"


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_every_word_stands_once_in_order_with_its_source() -> None:
    rows = rows_of(FILE)
    names = [row["name"] for row in rows]
    assert names == sorted(set(names))
    assert {row["use"] for row in rows} == {"ordinary", "known"}
    assert all(name.isascii() and name.isalpha() and name.islower() and len(name) >= 4 for name in names)
    assert all(row["source"] and row["date"] for row in rows)


def test_no_name_of_a_drug_is_ordinary() -> None:
    words = read_words(FILE)
    with (ROOT / "seeds" / "interventions.csv").open(encoding="utf-8", newline="") as lines:
        drugs = {row["name"].lower() for row in csv.DictReader(lines)}
    assert drugs.isdisjoint(words.ordinary)
    assert {"smokers", "patients", "randomised"} & words.ordinary or words.ordinary_form("patients") == "patient"


def test_forms_of_a_word_are_one() -> None:
    words = Words(frozenset({"group", "study", "measure"}), frozenset({"inulin"}))
    assert [words.ordinary_form(word) for word in ("groups", "studies", "measured")] == ["group", "study", "measure"]
    assert words.ordinary_form("inulin") is None
    assert words.is_known("inulin")
    assert not words.is_known("inulim")


def test_a_file_without_its_columns_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "words.csv"
    path.write_text("name,kind\nword,ordinary\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"words\.csv has no column"):
        read_words(path)


def test_words_are_counted_in_texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "interventions.csv").write_text("name,norm,code\nquenosartan,quenosartan,\n", encoding="utf-8")
    text = "<PubmedArticleSet>{}</PubmedArticleSet>"
    citation = "<MedlineCitation><ArticleTitle>{}</ArticleTitle></MedlineCitation>"
    titles = [*["Smokers of quenosartan took smoker"] * 5, "Smoking amylose", "Smockers"]
    (tmp_path / "a.xml").write_text(text.format("".join(map(citation.format, titles))), encoding="utf-8")
    (tmp_path / "b.csv").write_text("Title\n" + "inulin\n" * 9, encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["make_words", "2026-01-02", str(tmp_path / "a.xml"), str(tmp_path / "b.csv")])
    monkeypatch.setattr("trialhouse.resources.data_root", lambda: tmp_path)
    runpy.run_path(str(PROGRAM), run_name="__main__")
    rows = rows_of(seeds / "words.csv")
    assert {(row["name"], row["use"]) for row in rows} == {
        ("smoker", "ordinary"),
        ("took", "ordinary"),
        ("inulin", "ordinary"),
        ("quenosartan", "known"),
    }
    assert {row["date"] for row in rows} == {"2026-01-02"}
