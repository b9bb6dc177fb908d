import gzip
import json
from typing import Any

import pytest

from trialhouse.model.document import UnreadableDocument
from trialhouse.sources.records_in_file import FileRecord, records_in
from trialhouse.sources.unpacking import unpacked


def article(pmid: int, version: int = 1, inner: str = "<Article/>") -> bytes:
    return (
        f'<PubmedArticle><MedlineCitation><PMID Version="{version}">{pmid}</PMID>{inner}</MedlineCitation>'
        "</PubmedArticle>"
    ).encode()


def pubmed_set(*children: bytes, end: bytes = b"</PubmedArticleSet>") -> bytes:
    return b'<?xml version="1.0" encoding="UTF-8"?>\n<PubmedArticleSet>\n' + b"\n".join(children) + b"\n" + end


def named(data: bytes) -> dict[str | None, bytes]:
    found = records_in(data, "drop.dat")
    assert all(one.problem is None for one in found)
    assert len({one.suffix for one in found}) == len(found)
    return {one.suffix: one.data for one in found}


STUDY = {"protocolSection": {"identificationModule": {"nctId": "NCT09990001"}}}
OTHER = {"protocolSection": {"identificationModule": {"nctId": "NCT09990002"}}, "x": 1.50}
PAPER, PREPRINT = {"id": "99000001", "source": "MED"}, {"id": "PPR1", "source": "PPR"}
WORK, OTHER_WORK = {"DOI": "10.5555/a.1"}, {"DOI": "10.5555/a(2)"}


def test_a_pubmed_set_is_cut_into_the_bytes_of_its_records() -> None:
    first, second, newer = article(1), article(2), article(2, version=2)
    assert named(pubmed_set(first, second, newer)) == {"1": first, "2": second, "2.v2": newer}


@pytest.mark.parametrize(
    ("page", "keys"),
    [
        ({"studies": [STUDY, OTHER], "nextPageToken": "t"}, ["NCT09990001", "NCT09990002"]),
        ([STUDY, OTHER], ["NCT09990001", "NCT09990002"]),
        ({"hitCount": 2, "resultList": {"result": [PAPER, PREPRINT]}}, ["99000001", "PPR1"]),
        ({"status": "ok", "message": {"items": [WORK, OTHER_WORK]}}, ["10.5555_a.1", "10.5555_a(2)"]),
        ([PAPER, PAPER], ["99000001", "99000001~2"]),
    ],
)
@pytest.mark.parametrize("indent", [None, 2])
def test_pages_and_lists_of_json_are_cut_and_keep_their_bytes(page: Any, keys: list[str], indent: int | None) -> None:
    data = json.dumps(page, indent=indent).encode()
    found = named(data)
    assert list(found) == keys
    assert all(part in data for part in found.values())
    assert b"1.5" in b"".join(found.values()) or "NCT09990002" not in keys


NBIB = b"PMID- 1\nTI  - One\nPT  - Journal Article\n\nPMID- 2\nTI  - Zw\xc3\xb6lf\nPT  - Journal Article\n"
RIS = b"junk\r\nTY  - JOUR\r\nID  - k\xc3\xa9y\r\nER  - \r\n\r\n2.\r\nTY  - JOUR\r\nTI  - Two\r\nER  - \r\n"
BIB = b"% made by hand\n@article{one, title={A}}\n\n@book{t/wo, title={B {C}}}\n"


def test_tagged_files_and_bibtex_are_cut() -> None:
    assert list(named(NBIB)) == ["1", "2"]
    assert named(NBIB)["2"] == "PMID- 2\nTI  - Zwölf\nPT  - Journal Article".encode()
    assert named(RIS) == {"kéy": "TY  - JOUR\r\nID  - kéy\r\nER  -".encode(), "2": b"TY  - JOUR\r\nTI  - Two\r\nER  -"}
    assert named(BIB) == {"one": b"@article{one, title={A}}", "t_wo": b"@book{t/wo, title={B {C}}}"}
    assert list(named(b"\xef\xbb\xbf" + BIB)) == ["one", "t_wo"]


def test_a_set_of_full_texts_is_cut() -> None:
    one = b'<article xmlns:mml="m"><article-id pub-id-type="pmc">7</article-id></article>'
    two = b"<article><sub-article></sub-article></article>"
    assert named(b"<pmc-articleset>" + one + two + b"</pmc-articleset>") == {"7": one, "2": two}


@pytest.mark.parametrize(
    "data",
    [
        pubmed_set(article(1)),
        json.dumps({"studies": [STUDY]}).encode(),
        json.dumps(STUDY).encode(),
        json.dumps({"studies": []}).encode(),
        json.dumps([{"x": 1}, {"x": 2}]).encode(),
        b"[1, 2]",
        b'{"studies": [{"a": ',
        BIB[:40],
        NBIB[:45],
        b"Plain words about 40 patients.",
        b"\x00\x01\x02",
        b"",
        pubmed_set(article(1), article(2)).replace(b"UTF-8", b"latin-1"),
    ],
)
def test_one_record_and_what_is_not_known_are_the_file_as_it_is(data: bytes) -> None:
    assert records_in(data, "drop.dat") == [FileRecord(None, data)]
    assert records_in(data, "drop.dat")[0].record_id("a/drop.dat") == "a/drop.dat"


def test_a_broken_record_in_the_middle_is_one_of_its_own() -> None:
    broken = b'<PubmedArticle><MedlineCitation><PMID Version="1">2</PMID><Artic'
    found = records_in(pubmed_set(article(1), broken, article(3)), "drop.xml")
    assert {one.suffix for one in found} == {"1", "2", "3"}
    assert next(one for one in found if one.suffix == "2").data.startswith(broken)
    assert all(one.problem is None for one in found)


def test_what_is_no_record_is_told_and_not_read() -> None:
    found = records_in(pubmed_set(article(1), b"<Gossip>x</Gossip>", article(2)), "drop.xml")
    (told,) = (one for one in found if one.problem)
    assert told.problem is not None
    assert told.problem.startswith("damaged: drop.xml holds from byte")
    assert not told.is_explained
    listed = records_in(json.dumps([STUDY, None]).encode(), "drop.json")
    assert [(one.suffix, (one.problem or "").split(":")[0]) for one in listed] == [
        ("NCT09990001", ""),
        ("2", "not_a_record"),
    ]


def test_deletions_are_told_as_the_files_own_word() -> None:
    gone = b'<DeleteCitation><PMID Version="1">7</PMID><PMID Version="1">8</PMID></DeleteCitation>'
    found = records_in(pubmed_set(article(1), gone), "update.xml")
    assert [(one.suffix, one.is_explained) for one in found] == [("1", False), ("7", True), ("8", True)]
    assert found[1].record_id("update.xml") == "update.xml#7"
    assert found[1].problem is not None
    assert "deleted" in found[1].problem
    alone = records_in(pubmed_set(b'<DeleteCitation><PMID Version="1">7</PMID></DeleteCitation>'), "update.xml")
    assert [(one.suffix, one.is_explained) for one in alone] == [("7", True)]


def test_a_set_without_its_end_says_so() -> None:
    found = records_in(pubmed_set(article(1), article(2), end=b""), "cut.xml")
    assert [(one.suffix, (one.problem or "").split(":")[0]) for one in found] == [
        ("1", ""),
        ("2", ""),
        ("end", "truncated"),
    ]


def test_gzip_is_unpacked_with_all_its_members_and_other_bytes_stay() -> None:
    assert unpacked(gzip.compress(b"one ") + gzip.compress(b"two"), "a.gz", 100) == b"one two"
    assert unpacked(b"plain", "a.txt", 1) == b"plain"


def test_a_gzip_bomb_is_refused_before_it_is_made() -> None:
    bomb = gzip.compress(b"0" * 50_000_000)
    assert len(bomb) < 60_000
    with pytest.raises(UnreadableDocument, match="max_document_megabytes") as told:
        unpacked(bomb, "bomb.gz", 1_000_000)
    assert told.value.reason == "too_large"


@pytest.mark.parametrize(("cut", "reason"), [(-9, "truncated"), (12, "truncated")])
def test_an_archive_that_stops_in_the_middle_is_no_whole_file(cut: int, reason: str) -> None:
    with pytest.raises(UnreadableDocument) as told:
        unpacked(gzip.compress(b"words " * 500)[:cut], "a.gz", 1_000_000)
    assert told.value.reason == reason


def test_a_damaged_archive_is_told() -> None:
    data = bytearray(gzip.compress(b"words of many kinds, 1 2 3 4 5 6 7" * 50))
    data[12] ^= 0xFF
    with pytest.raises(UnreadableDocument) as told:
        unpacked(bytes(data), "a.gz", 1_000_000)
    assert told.value.reason in ("damaged", "truncated")
