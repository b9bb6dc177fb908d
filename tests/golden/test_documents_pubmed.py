"""Real PubMed records: words, ids, relations and languages against the XML, by other code than the reader's."""

import collections
import datetime
import gzip
import pathlib
import re
from typing import Any

import pytest
from lxml import etree

from trialhouse.documents import parse_document
from trialhouse.model.document import Document, Receipt, UnreadableDocument, ZoneKind
from trialhouse.model.enums import DocumentKind
from trialhouse.model.ids import sha256_hex

RECORD = re.compile(r"<(PubmedArticle|PubmedBookArticle)>.*?</\1>", re.S)
Pair = tuple[Any, Document]


def parse(data: bytes, name: str) -> Document:
    receipt = Receipt(
        source="pubmed",
        record_id=name,
        locator=name,
        fetched_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
        sha256=sha256_hex(data),
        size_bytes=len(data),
    )
    return parse_document(data, receipt)


def read(path: pathlib.Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix == ".gz" else data


def tree(data: bytes) -> Any:
    return etree.fromstring(data, etree.XMLParser(remove_comments=True, resolve_entities=False, no_network=True))


@pytest.fixture(scope="module")
def records(shared: pathlib.Path) -> list[Pair]:
    """Every record of the recorded files, also of those with many, and its tree."""
    found = []
    for path in sorted((shared / "recorded" / "pubmed").rglob("*.xml*")):
        if path.parent.name == "baseline":
            continue
        data = read(path)
        texts = [one[0].encode() for one in RECORD.finditer(data.decode())]
        for number, text in enumerate(texts if len(texts) > 1 else [data]):
            try:
                document = parse(text, f"{path.name}#{number}")
            except UnreadableDocument:
                continue
            if document.format == "pubmed_xml":
                found.append((tree(text), document))
    assert len(found) >= 360
    return found


def test_what_is_made_without_a_check_would_stand_it(records: list[Pair]) -> None:
    for _, document in records:
        values = document.model_dump()
        assert list(values) == list(Document.model_fields)
        assert Document.model_validate(values, strict=True).model_dump() == values


def line(words: str) -> str:
    return " ".join(words.split())


def letters(words: str) -> str:
    return "".join(words.split())


def test_every_word_of_title_and_abstract_is_the_files(records: list[Pair]) -> None:
    compared = 0
    for root, document in records:
        assert document.prose is not None
        prose = document.prose
        ends = [*(piece.start for piece in prose.pieces), len(prose.text)][1:]
        said: dict[str, str] = collections.defaultdict(str)
        for piece, end in zip(prose.pieces, ends, strict=True):
            if piece.locator:
                said[piece.locator] += prose.text[piece.start : end]
        for locator, words in said.items():
            (node,) = root.xpath(locator)
            label = (node.get("Label") or "").rstrip(" :.")
            label = "" if label.upper() in ("UNLABELLED", "UNASSIGNED") else label
            assert letters(words) == letters(label + "".join(node.itertext())), locator
        parts = [node for node in root.iterfind(".//Abstract/AbstractText") if line("".join(node.itertext()))]
        assert sum("Abstract/AbstractText" in path and "Other" not in path for path in said) == len(parts)
        compared += len(parts)
        title = root.find(".//ArticleTitle")
        if title is not None:
            assert document.title == line("".join(title.itertext()))
    assert compared >= 430


def test_evidence_stands_in_the_file_at_its_path(records: list[Pair]) -> None:
    for root, document in records:
        for field, proof in document.evidence.items():
            assert proof.holds_in(document.text)
            (node,) = root.xpath(proof.locator)
            assert letters(re.sub(r"<[^>]*>|&[^;]*;", "", proof.quote)) in letters("".join(node.itertext())) or (
                "&" in proof.quote
            ), field
        for one in (*document.registry_ids, *document.cites):
            assert document.text[one.start : one.end].strip()


def test_own_identifiers_are_those_of_the_record(records: list[Pair]) -> None:
    for root, document in records:
        record = root if root.tag in ("PubmedArticle", "PubmedBookArticle") else root[0]
        (data,) = record.xpath("./PubmedData | ./PubmedBookData") or [None]
        own = data.xpath("./ArticleIdList/ArticleId") if data is not None else []
        ids = {node.get("IdType"): (node.text or "").strip() for node in own}
        pmid, *_ = record.xpath("./MedlineCitation/PMID/text() | ./BookDocument/PMID/text()")
        assert document.pmid == pmid
        if ids.get("pmc"):
            assert document.pmcid == ids["pmc"].partition(".")[0]  # without a version
        if ids.get("doi"):
            assert (document.doi or "").lower() == ids["doi"].lower()


def test_relations_citations_and_languages_counted_another_way(records: list[Pair]) -> None:
    totals: collections.Counter[str] = collections.Counter()
    for root, document in records:
        stated = {
            (node.get("RefType"), node.findtext("PMID"))
            for node in root.iter("CommentsCorrections")
            if node.findtext("PMID") and node.get("RefType") != "Cites"
        }
        by_pmid = {one.value for one in document.relations if one.scheme == "pmid"}
        assert {pmid for _, pmid in stated} <= by_pmid
        totals["stated"] += len(stated)
        totals["retraction in"] += sum(one.method == "retraction in" for one in document.relations)
        referenced = {
            (node.text or "").strip()
            for node in root.iterfind(".//Reference/ArticleIdList/ArticleId[@IdType='pubmed']")
        }
        cited = {one.value for one in document.cites if one.scheme == "pmid"}
        listed = {pmid for pmid in referenced if pmid.strip("0").isdigit()}
        assert listed - cited <= {document.pmid, *by_pmid}
        totals["cited"] += len(cited)
        if root.find(".//OtherAbstract[@Language='ger']") is not None:
            assert "de" in document.other_languages
        totals[str(document.kind)] += 1
        assert not document.unknown
    assert totals["retraction in"] == 3
    assert totals["stated"] >= 70
    assert totals["cited"] > 5000
    assert totals[DocumentKind.NOTICE] == 4


def test_a_structured_abstract_has_its_sections_in_order(records: list[Pair]) -> None:
    for root, document in records:
        assert document.prose is not None
        categories = [node.get("NlmCategory") for node in root.iterfind(".//Abstract/AbstractText[@NlmCategory]")]
        known = [name for name in categories if name and name != "UNASSIGNED"]
        zones = [zone.section.value for zone in document.prose.zones if zone.kind is ZoneKind.BODY]
        remaining = iter(zones)
        assert all(name in remaining for name in known), (document.pmid, known, zones)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("metapub_pmid_xml/37909814.xml", "no_record"),
        ("jabref/MedlineImporterTestMalformedEntry.xml", "not_xml"),
        ("jabref/MedlineImporterTestMinimalEntry.xml", "no_record"),
        ("biopython/pubmed1.xml", "several_records"),
        ("bio-biblio/stress_test_medline.xml", "unsupported"),
    ],
)
def test_recorded_answers_that_are_no_record(shared: pathlib.Path, name: str, reason: str) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        parse(read(shared / "recorded" / "pubmed" / name), name)
    assert refused.value.reason == reason
