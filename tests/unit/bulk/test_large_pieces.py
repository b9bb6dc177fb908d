"""Records, and stretches between records, that are larger than any of PubMed's: set aside, and the rest goes on."""

import pytest

from tests.unit.bulk.pubmed_files import as_set, record
from trialhouse.bulk import fast_parser, plain_parser, records
from trialhouse.bulk.batch import BrokenFile

PARSERS = pytest.mark.parametrize("parser", [plain_parser, fast_parser], ids=["plain", "fast"])
LARGE = "long " * 20_000
SPACES = " " * 200_000


@pytest.fixture(autouse=True)
def small_bound(monkeypatch):
    monkeypatch.setattr(records, "LARGEST", 50_000)
    monkeypatch.setattr(records, "CHUNK", 4_096)


def read(parser, data: bytes) -> tuple[list[int], list[tuple]]:
    batches = list(parser.parse_file(data))
    pmids = sorted(pmid for batch in batches for pmid, _, _ in batch.raw)
    return pmids, [tuple(problem) for batch in batches for problem in batch.problems]


@PARSERS
@pytest.mark.parametrize("size", [100, 4_096, 20_000])
def test_a_record_that_is_too_large_is_set_aside_with_its_start(parser, monkeypatch, size):
    monkeypatch.setattr(records, "CHUNK", size)
    data = as_set([record(1), "\n", record(2, abstract=LARGE), record(3), record(4, abstract=LARGE), record(5)])
    pmids, problems = read(parser, data)
    assert pmids == [1, 3, 5]
    assert [(pmid, cause) for pmid, _, cause, *_ in problems] == [(2, "too_large"), (4, "too_large")]
    for pmid, at, _, _, content in problems:
        assert data[at:].startswith(content.encode())
        assert content.startswith("<PubmedArticle><MedlineCitation")
        assert f">{pmid}</PMID>" in content


@PARSERS
def test_white_space_without_end_is_passed_over_wherever_it_stands(parser):
    data = as_set([SPACES, record(1), SPACES, record(2), SPACES], deleted=[7]) + SPACES.encode()
    assert read(parser, data) == ([1, 2], [])
    assert [pmid for batch in parser.parse_file(data) for pmid in batch.deleted] == [7]


@PARSERS
def test_what_is_too_large_between_records_is_told_and_deletions_behind_it_count(parser):
    data = as_set([record(1), f"<Novelty>{LARGE}</Novelty>"], deleted=[7])
    pmids, ((_, _, cause, told, content),) = read(parser, data)
    assert (pmids, cause) == ([1], "unknown_element")
    assert "what stands between two records is of more than" in told
    assert content.startswith("<Novelty>long ")
    assert [pmid for batch in parser.parse_file(data) for pmid in batch.deleted] == [7]


@PARSERS
def test_a_file_that_ends_within_what_is_too_large_is_broken(parser):
    data = as_set([record(1), record(2, abstract=LARGE)])
    with pytest.raises(BrokenFile, match=r"it was cut short$"):
        read(parser, data[:90_000])


@PARSERS
@pytest.mark.parametrize("size", [1, 4_096])
def test_a_mark_of_the_order_of_bytes_is_no_part_of_the_file(parser, monkeypatch, size):
    monkeypatch.setattr(records, "CHUNK", size)
    assert read(parser, b"\xef\xbb\xbf" + as_set([record(1)])) == ([1], [])


@PARSERS
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_a_file_in_utf_16_is_told_as_such(parser, encoding):
    with pytest.raises(BrokenFile, match="the file is in UTF-16"):
        read(parser, as_set([record(1)]).decode().encode(encoding))


@PARSERS
def test_what_is_set_aside_is_there_to_be_read(parser):
    nobody = record(2).replace('<PMID Version="1">2</PMID>', "")
    broken = record(3).replace("</Title>", "")
    book = '<PubmedBookArticle><BookDocument><PMID Version="1">5</PMID></BookDocument></PubmedBookArticle>'
    _, problems = read(parser, as_set([record(1), nobody, broken, book]))
    found = {cause: content for _, _, cause, _, content in problems}
    assert found == {"no_pmid": nobody, "not_xml": broken, "book": book}
