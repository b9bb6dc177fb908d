"""Make seeds/words.csv: the words that titles and abstracts of medicine are made of, counted in texts.

    python bench/vocabularies/make_words.py DATE FILE...

Each FILE is a file of PubMed citations (XML, perhaps compressed) or a search export; DATE is the day of the count. A
word has four letters or more. It is known when it stands in KNOWN citations of PubMed: who writes it has not misspelt
another (an export may hold a slip many times). It is ordinary when it stands in ORDINARY of 10,000 texts and is no name
of a drug (seeds/interventions.csv): a word that nobody knows and that is one letter away from it is it, misspelt. Of an
ordinary word's forms the plainest is a row. Only words are kept, and nothing of the order in which they stood. The same
files give the same rows.
"""

import csv
import gzip
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from trialhouse.documents.search_exports import read_exports
from trialhouse.resolution.duplicates.words import Words
from trialhouse.resources import data_root

KNOWN = 4
"""Citations: a slip of the pen is rarely made four times."""
ORDINARY = 8
"""Texts of 10,000."""
COLUMNS = ("name", "use", "source", "date")
SOURCE = "PubMed and search exports"
_WORD = re.compile(r"[a-z]{4,}")


def is_of_pubmed(path: Path) -> bool:
    """Whether a file holds citations of PubMed; else it is an export."""
    return ".xml" in path.name


def texts_of(path: Path) -> Iterator[str]:
    """Title and abstract of each record of a file."""
    if is_of_pubmed(path):
        with gzip.open(path) if path.suffix == ".gz" else path.open("rb") as file:
            for _, citation in etree.iterparse(file, tag="MedlineCitation"):
                parts = [*citation.iter("ArticleTitle"), *citation.iter("AbstractText")]
                yield " ".join("".join(part.itertext()) for part in parts)
                citation.clear()
        return
    table = read_exports([path]).table
    for title, abstract in zip(table["title"].to_pylist(), table["abstract"].to_pylist(), strict=True):
        yield f"{title or ''} {abstract or ''}"


def words_of(text: str) -> set[str]:
    """The words of a text, in lower case without accents."""
    plain = unicodedata.normalize("NFKD", text.lower())
    return set(_WORD.findall("".join(sign for sign in plain if not unicodedata.combining(sign))))


def drug_words(path: Path) -> frozenset[str]:
    """The words of the names of interventions."""
    with path.open(encoding="utf-8", newline="") as lines:
        return frozenset(word for row in csv.DictReader(lines) for word in words_of(row["name"]))


def main() -> None:
    """Count, and write the file."""
    date, *names = sys.argv[1:]
    counts: Counter[str] = Counter()
    in_pubmed: Counter[str] = Counter()
    texts = 0
    for name in names:
        for text in texts_of(Path(name)):
            words = words_of(text)
            counts.update(words)
            in_pubmed.update(words if is_of_pubmed(Path(name)) else ())
            texts += 1
    seeds = data_root() / "seeds"
    drugs = drug_words(seeds / "interventions.csv")
    least = max(KNOWN, ORDINARY * texts // 10_000)
    common = frozenset(word for word, count in counts.items() if count >= least and word not in drugs)
    ordinary = frozenset(word for word in common if Words(common - {word}, frozenset()).ordinary_form(word) is None)
    listed = Words(ordinary, frozenset())
    known = {word for word, count in in_pubmed.items() if count >= KNOWN and listed.ordinary_form(word) is None}
    rows = [(word, "ordinary" if word in ordinary else "known") for word in sorted(ordinary | known)]
    with (seeds / "words.csv").open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((*row, SOURCE, date) for row in rows)
    print(f"{texts:,} texts, {len(ordinary):,} ordinary words (in {least} texts and more), {len(known):,} known ones")


if __name__ == "__main__":
    main()
