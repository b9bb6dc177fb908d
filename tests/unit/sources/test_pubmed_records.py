"""A set of PubMed records is cut into records: exact bytes, every record, and damage reported where it stands."""

import gzip
import pathlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.replay.pubmed import HEAD, TAIL, article, article_set
from trialhouse.sources.pubmed_records import CutRecord, NotPubmedXml, cut_records, newest_versions, problem_of

BOOK = b"<PubmedBookArticle><BookDocument><PMID Version='2'>77</PMID></BookDocument></PubmedBookArticle>"


def pmids(data: bytes) -> list[str]:
    return [record.pmid for record in cut_records(data).records]


def test_records_are_the_exact_bytes_of_their_elements() -> None:
    odd = article(2).replace(b"apple", b"&#xe4;pple\r\n\t")
    cut = cut_records(HEAD + article(1) + b"\r\n  " + odd + BOOK + TAIL + b"\n")
    assert [record.data for record in cut.records] == [article(1), odd, BOOK]
    assert [(record.pmid, record.version) for record in cut.records] == [("1", 1), ("2", 1), ("77", 2)]
    assert cut.is_whole
    assert cut.damages == ()


def test_an_empty_set_is_whole() -> None:
    for empty in (HEAD + TAIL, HEAD + b"\n\n" + TAIL, b"<PubmedArticleSet/>"):
        cut = cut_records(empty)
        assert (cut.records, cut.damages, cut.is_whole) == ((), (), True)


def test_tags_in_comments_and_cdata_are_text() -> None:
    tricky = article(1).replace(
        b"We gave", b"<!-- </PubmedArticle><PubmedArticle> --><![CDATA[</PubmedArticle><PMID>9</PMID><!--]]>We gave"
    )
    cut = cut_records(HEAD + b"<!-- <PubmedArticle> -->" + tricky + article(2) + b"<?x </PubmedArticleSet>?>" + TAIL)
    assert [record.data for record in cut.records] == [tricky, article(2)]
    assert cut.damages == ()


def test_the_own_pmid_is_the_first_not_one_of_a_correction() -> None:
    record = article(1).replace(b"</MedlineCitation>", b"<PMID Version='1'>555</PMID></MedlineCitation>")
    assert pmids(article_set([record])) == ["1"]


def test_deletions_of_an_update_file() -> None:
    deletions = b"<DeleteCitation>\n <PMID Version='1'>5</PMID>\n <PMID Version='1'>6</PMID></DeleteCitation>"
    cut = cut_records(HEAD + article(1) + deletions + TAIL)
    assert cut.deleted_pmids == ("5", "6")
    assert [record.pmid for record in cut.records] == ["1"]


def test_the_highest_version_wins_and_of_equal_ones_the_last() -> None:
    records = [CutRecord("1", 2, b"b"), CutRecord("1", 1, b"a"), CutRecord("2", 1, b"c"), CutRecord("2", 1, b"d")]
    assert {pmid: record.data for pmid, record in newest_versions(records).items()} == {"1": b"b", "2": b"d"}


def test_a_record_that_does_not_end_costs_itself_alone() -> None:
    open_record = article(2).removesuffix(b"</PubmedArticle>")
    cut = cut_records(article_set([article(1), open_record, article(3)]))
    assert [record.pmid for record in cut.records] == ["1", "3"]
    assert [(damage.pmid, damage.problem) for damage in cut.damages] == [("2", "the record does not end")]


@pytest.mark.parametrize(
    ("broken", "problem"),
    [
        (b"<PubmedArticle></PubmedArticle>", "the record does not begin with its PMID"),
        (article(2).replace(b">2</PMID>", b">two</PMID>"), "the record does not begin with its PMID"),
        (article(2).replace(b"apple", b"\xff\xfe"), "not UTF-8"),
        (b"some words", "neither a record nor DeleteCitation"),
        (b"<ERROR>Backend</ERROR>", "neither a record nor DeleteCitation"),
        (article(2)[len("<PubmedArticle>") :], "neither a record nor DeleteCitation"),
    ],
)
def test_damage_between_records_is_reported_and_passed_over(broken: bytes, problem: str) -> None:
    cut = cut_records(article_set([article(1), broken, article(3)]))
    assert [record.pmid for record in cut.records] == ["1", "3"]
    assert [damage.problem for damage in cut.damages] == [problem]
    damage = cut.damages[0]
    assert article_set([article(1), broken, article(3)])[damage.start : damage.end].strip() == broken


def test_a_set_that_stops_gives_what_came_and_says_so() -> None:
    whole = article_set([article(1), article(2), article(3)])
    for length in range(len(HEAD), len(whole) - len(TAIL)):
        cut = cut_records(whole[:length])
        assert not cut.is_whole
        assert [record.data for record in cut.records] == [article(one) for one in (1, 2, 3)][: len(cut.records)]


def test_two_sets_in_one_body_are_no_single_set() -> None:
    cut = cut_records(article_set([article(1)]) + b"\n<ERROR>late</ERROR>")
    assert [damage.problem for damage in cut.damages] == ["more after the end of the set"]
    twice = cut_records(article_set([article(1)]) + article_set([article(2)]))
    assert [record.pmid for record in twice.records] == ["1", "2"]
    assert twice.damages


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not_xml"),
        (b"<html><body>maintenance</body></html>", "not_pubmed_xml"),
        (b"<PubmedArticle></PubmedArticle>", "not_pubmed_xml"),
        (b'<!DOCTYPE PubmedArticleSet [<!ENTITY a "b">]><PubmedArticleSet>&a;</PubmedArticleSet>', "unsafe_xml"),
        (b'<?xml version="1.0" encoding="ISO-8859-1"?><PubmedArticleSet></PubmedArticleSet>', "wrong_encoding"),
        ("<PubmedArticleSet></PubmedArticleSet>".encode("utf-16"), "wrong_encoding"),
    ],
)
def test_what_is_no_set_of_records_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(NotPubmedXml) as caught:
        cut_records(data)
    assert caught.value.reason == reason


def test_a_byte_order_mark_and_other_spellings_of_utf8_are_read() -> None:
    for start in (b"\xef\xbb\xbf", b"<?xml version='1.0' encoding='utf8'?>\n", b"\n"):
        assert pmids(start + b"<PubmedArticleSet>" + article(1) + TAIL) == ["1"]


def test_malformed_xml_inside_a_record_is_named() -> None:
    whole, torn = cut_records(article_set([article(1), article(2).replace(b"</Article>", b"</Artikel>")])).records
    assert problem_of(whole) is None
    assert "tag mismatch" in str(problem_of(torn))


def test_recorded_sets_give_as_many_records_as_a_parser_counts(shared: pathlib.Path) -> None:
    counted = 0
    for path in sorted((shared / "recorded" / "pubmed").rglob("*.xml*")):
        if "baseline" in path.parts:
            continue
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        try:
            root = etree.fromstring(data, etree.XMLParser(load_dtd=False, resolve_entities=False))
        except etree.XMLSyntaxError:
            continue
        if root.tag not in ("PubmedArticleSet", "PubmedBookArticleSet"):
            with pytest.raises(NotPubmedXml):
                cut_records(data)
            continue
        cut = cut_records(data)
        expected = [one.findtext(".//PMID") for one in root if one.tag in ("PubmedArticle", "PubmedBookArticle")]
        assert [record.pmid for record in cut.records] == [pmid for pmid in expected if pmid], path
        assert [problem_of(record) for record in cut.records if problem_of(record)] == [], path
        assert list(cut.deleted_pmids) == [str(one) for one in root.xpath("DeleteCitation/PMID/text()")], path
        counted += len(cut.records)
    assert counted > 300


A_RECORD = b"a record with a PMID of its own"
PIECES = st.sampled_from(
    [
        A_RECORD,
        A_RECORD,
        b"\n  ",
        b"<!-- </PubmedArticle> -->",
        b"<DeleteCitation><PMID>5</PMID></DeleteCitation>",
        b"<PubmedArticle>",
        b"</PubmedArticle>",
        b"</PubmedArticleSet>",
        b"<![CDATA[",
        b"]]>",
        b"words",
        b"<PMID>3</PMID>",
        b"\xff",
    ]
)


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=12), st.integers(0, 60))
def test_no_byte_of_a_set_is_passed_over_in_silence(pieces: list[bytes], cut_off: int) -> None:
    pieces = [article(number) if piece is A_RECORD else piece for number, piece in enumerate(pieces, start=1)]
    data = b"<PubmedArticleSet>" + b"".join(pieces) + TAIL
    data = data[: max(len("<PubmedArticleSet>"), len(data) - cut_off)]
    cut = cut_records(data)
    position, places = 0, []
    for record in cut.records:
        position = data.index(record.data, position)
        places.append((position, position + len(record.data)))
        position += len(record.data)
    left = bytearray(data)
    for start, end in [*places, *((damage.start, damage.end) for damage in cut.damages)]:
        assert b"\0" not in left[start:end]
        left[start:end] = bytes(end - start)
    left = left.replace(b"\0", b"").replace(b"<!-- </PubmedArticle> -->", b"")
    left = left.replace(b"<DeleteCitation><PMID>5</PMID></DeleteCitation>", b"")
    expected = b"<PubmedArticleSet>" + (TAIL if cut.is_whole else b"")
    assert b"".join(left.split()) == expected


@pytest.mark.parametrize("stray", [b"<!-- ", b"<![CDATA[", b"<PubmedArticle>", b"<PubmedBookArticle>", b"x<"])
def test_strays_without_end_are_passed_over_once_not_again_and_again(stray: bytes) -> None:
    # Where a careless search looks to the end for each of them, this takes minutes.
    cut = cut_records(HEAD + article(1) + stray * 30_000)
    assert [record.pmid for record in cut.records] == ["1"]
    assert not cut.is_whole


@pytest.mark.long
def test_a_whole_baseline_file_is_cut(shared: pathlib.Path) -> None:
    (path,) = (shared / "recorded" / "pubmed" / "baseline").glob("*.xml.gz")
    data = gzip.decompress(path.read_bytes())
    cut = cut_records(data)
    assert (cut.damages, cut.is_whole) == ((), True)
    assert len(cut.records) == data.count(b"<PubmedArticle>") == 30_000
    assert sum(len(record.data) for record in cut.records) > 0.99 * len(data)
