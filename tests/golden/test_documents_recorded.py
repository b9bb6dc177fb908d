"""Recorded real records of each format: each is a document or says why not, and its words are those of another reader.

The other readers are lxml, json, and a few lines of string handling, which share nothing with the parsers.
"""

import datetime
import gzip
import html
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lxml.html
import pytest
import yaml
from lxml import etree

from trialhouse.documents import parse_document
from trialhouse.model.document import Document, Receipt, UnreadableDocument, ZoneKind
from trialhouse.model.enums import DocumentKind, Relation
from trialhouse.model.ids import sha256_hex
from trialhouse.sources.records_in_file import FileRecord, records_in
from trialhouse.sources.unpacking import unpacked

LIMIT = 20_000_000
MADE_UP_TAGS = {"JP", "DC", "This line should be omitted by the importer."}
"""What the recorded files of other programs' tests hold to be unknown."""

_SILENT = ("table-wrap", "fig", "boxed-text", "supplementary-material", "fn", "disp-formula", "media")


def read(path: Path) -> bytes:
    return unpacked(path.read_bytes(), path.name, LIMIT)


def document_of(data: bytes, name: str) -> Document:
    receipt = Receipt(
        source="files",
        record_id=name,
        locator=name,
        fetched_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
        sha256=sha256_hex(data),
        size_bytes=len(data),
    )
    document = parse_document(data, receipt)
    check_places(document)
    return document


def check_places(document: Document) -> None:
    """Every span is where it says: evidence, relations, identifiers, and each piece of the prose."""
    proofs = [*document.evidence.values(), *document.unknown, *(r.evidence for r in document.relations if r.evidence)]
    assert all(proof.holds_in(document.text) for proof in proofs)
    assert all(document.text[one.start : one.end] for one in (*document.registry_ids, *document.cites))
    if document.prose is None or not document.prose.pieces:
        return
    prose = document.prose
    for piece, following in zip(prose.pieces, [*(p.start for p in prose.pieces[1:]), len(prose.text)], strict=True):
        if piece.text_end - piece.text_start == following - piece.start > 1:
            assert document.text[piece.text_start : piece.text_end] == prose.text[piece.start : following]


def zone_text(document: Document, *kinds: ZoneKind) -> str:
    assert document.prose is not None
    return "\n".join(document.prose.text[z.start : z.end] for z in document.prose.zones if z.kind in kinds)


def letters(words: str) -> str:
    return "".join(character for character in words.lower() if character.isalnum())


def records_of(path: Path) -> list[FileRecord]:
    return records_in(read(path), path.name)


def count_by_hand(path: Path) -> int:
    """The records of a file as a few lines count them that know nothing of the parsers; one where none are seen."""
    data = read(path)
    text = data.decode("utf-8", "replace")
    if ".json" in path.name:
        loaded = json.loads(text)
        lists = (
            [loaded]
            if isinstance(loaded, list)
            else [loaded.get("studies"), loaded.get("resultList", {}).get("result")]
        )
        return next((len(one) for one in lists if one), 1)
    if ".ris" in path.name or ".ciw" in path.name:
        return len(re.findall(r"(?m)^\ufeff?TY  -", text)) or 1
    if ".xml" in path.name:
        return len(re.findall(r"<Pubmed(?:Book)?Article[ >]", text)) or 1
    if ".txt" in path.name or ".nbib" in path.name:
        return len(re.findall(r"(?m)^PMID|(?<=\n\n)(?!PMID)[A-Z]{2,4} ?-|\A\s*(?!PMID)[A-Z]", text)) or 1
    return 1


FOLDERS = (
    "jats",
    "europepmc/biomcp",
    "crossref/colrev",
    "exports",
    "ctgov/biomcp",
    "pubmed/jabref",
    "pubmed/biopython",
)


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_record_is_a_document_or_says_why_not(shared: Path, folder: str) -> None:
    outcomes: Counter[str] = Counter()
    unknown: set[str] = set()
    counted = 0
    for path in sorted(path for path in (shared / "recorded" / folder).rglob("*") if path.is_file()):
        records = records_of(path)
        assert len({one.suffix for one in records}) == len(records)
        for one in records:
            if one.problem is not None:
                outcomes["told"] += 1
                continue
            try:
                document = document_of(one.data, path.name)
            except UnreadableDocument as error:
                outcomes[error.reason] += path.name in str(error)
                continue
            outcomes[document.format] += 1
            unknown |= {found.quote for found in document.unknown}
        counted += count_by_hand(path)
    assert unknown <= MADE_UP_TAGS
    assert not outcomes["several_records"]
    assert sum(outcomes.values()) == counted > 0


# JATS


def articles(shared: Path) -> list[Path]:
    return sorted((shared / "recorded" / "jats").rglob("*.nxml"))


def test_full_texts_have_the_facts_that_lxml_finds(shared: Path) -> None:
    paths = articles(shared)
    assert len(paths) >= 8
    for path in paths:
        tree = etree.fromstring(path.read_bytes())
        document = document_of(path.read_bytes(), path.name)
        meta = tree.find("front/article-meta")
        ids = {one.get("pub-id-type"): one.text for one in meta.findall("article-id")}
        assert document.kind is DocumentKind.FULLTEXT
        assert (document.pmid, document.doi, document.pmcid) == (ids["pmid"], ids["doi"], f"PMC{ids['pmc']}")
        title = "".join(meta.find("title-group/article-title").itertext())
        assert letters(document.title or "").startswith(letters(title))
        day = meta.find("pub-date[@pub-type='epub']")
        assert (document.published or "").startswith(day.findtext("year"))
        references = {
            ref.findtext(".//pub-id[@pub-id-type='pmid']") or ref.findtext(".//pub-id[@pub-id-type='doi']")
            for ref in tree.iterfind(".//ref")
        } - {None}
        named = {one.value for one in document.cites}
        assert references - {document.pmid} <= named, path


def test_paragraphs_of_full_texts_are_read_whole(shared: Path) -> None:
    for path in articles(shared):
        tree = etree.fromstring(path.read_bytes())
        read_words = letters(zone_text(document_of(path.read_bytes(), path.name), ZoneKind.BODY, ZoneKind.FOOTER))
        for silent in tree.xpath("|".join(f".//p//{name}" for name in (*_SILENT, "tex-math", "label"))):
            lxml.html.etree.strip_elements(silent.getparent(), silent.tag, with_tail=False)
        for raised in [*tree.iterfind(".//sup/xref"), *tree.iterfind(".//xref/sup")]:
            raised.text = ""
        asked = [
            one
            for one in [*tree.iterfind(".//abstract//p"), *tree.iterfind("body//p")]
            if not any(up.tag in _SILENT for up in one.iterancestors())
        ]
        assert len(asked) > 10
        for paragraph in asked:
            words = [letters(part) for part in re.split(r"(?<=[.;])\s", "".join(paragraph.itertext()))]
            lost = [part for part in words if part not in read_words]
            # A sentence in which a raised list of references with commas stood is the only one that may differ.
            assert not lost or paragraph.find(".//sup/xref") is not None, (path.name, lost)


# Europe PMC


def europepmc_records(shared: Path) -> Iterator[tuple[dict[str, Any], FileRecord]]:
    for name in ("search_cancer_core.json", "search_cancer_page2.json", "fetch_all_1000results_cancer.json.gz"):
        path = shared / "recorded" / "europepmc" / "pyeuropepmc" / name
        loaded = json.loads(read(path))
        listed = loaded if isinstance(loaded, list) else loaded["resultList"]["result"]
        yield from zip(listed, records_of(path), strict=True)


def test_europepmc_records_say_what_json_says(shared: Path) -> None:
    count = 0
    for loaded, record in europepmc_records(shared):
        assert json.loads(record.data) == loaded
        document = document_of(record.data, record.suffix or "")
        assert document.doi == loaded.get("doi")
        assert document.pmid == (loaded["id"] if loaded["source"] == "MED" else loaded.get("pmid"))
        dates = ("pubYear", "firstPublicationDate", "electronicPublicationDate")
        assert (document.published or "")[:4] in [loaded.get(name, "")[:4] for name in dates]
        abstract = loaded.get("abstractText")
        if abstract:
            plain = lxml.html.fromstring(f"<div>{abstract}</div>").text_content()
            assert letters(zone_text(document, ZoneKind.BODY, ZoneKind.OTHER_LANGUAGE)) == letters(plain)
        count += 1
    assert count == 25 + 5 + 1000


def test_europepmc_errata_name_their_papers(shared: Path) -> None:
    found = [
        (loaded, document_of(record.data, "x"))
        for loaded, record in europepmc_records(shared)
        if "commentCorrectionList" in loaded
    ]
    assert len(found) >= 2
    for loaded, document in found:
        for link in loaded["commentCorrectionList"]["commentCorrection"]:
            if link["type"] == "Erratum for":
                assert document.kind is DocumentKind.NOTICE
                assert (Relation.ERRATUM_FOR, link["id"]) in [(r.relation, r.value) for r in document.relations]


# Crossref


def works(shared: Path) -> Iterator[dict[str, Any]]:
    folder = shared / "recorded" / "crossref"
    for path in sorted(folder.rglob("*.json")):
        yield json.loads(path.read_bytes())["message"]
    for path in sorted(folder.rglob("*.y*ml*")):
        cassette = yaml.load(read(path), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        for exchange in cassette.get("interactions") or cassette.get("http_interactions"):
            message = answered(exchange["response"]["body"].get("string")).get("message")
            if isinstance(message, dict):
                yield from message.get("items") or ([message] if "DOI" in message else [])


def answered(body: Any) -> dict[str, Any]:
    if isinstance(body, bytes):
        body = gzip.decompress(body) if body.startswith(b"\x1f\x8b") else body
    try:
        loaded = json.loads(body or "")
    except ValueError:
        return {}
    return loaded if isinstance(loaded, dict) else {}


def test_works_of_crossref_say_what_json_says(shared: Path) -> None:
    count = abstracts = 0
    for work in works(shared):
        if "type" not in work and "title" not in work:
            continue  # an answer to select=DOI holds nothing else
        document = document_of(json.dumps(work).encode(), work["DOI"])
        count += 1
        assert document.format == "crossref_json"
        assert document.doi == work["DOI"].lower()
        assert not document.unknown
        if (title := (work.get("title") or [""])[0]).strip():
            plain = lxml.html.fromstring(f"<div>{title}</div>").text_content()
            assert letters(document.title or "").startswith(letters(plain))
        if abstract := work.get("abstract"):
            abstracts += 1
            plain = lxml.html.fromstring(f"<div>{abstract}</div>").text_content()
            body = letters(zone_text(document, ZoneKind.BODY, ZoneKind.OTHER_LANGUAGE))
            assert body in (letters(plain), letters(plain).removeprefix("abstract").removeprefix("summary"))
        cited = {re.sub(r"\s", "", ref["DOI"].lower()) for ref in work.get("reference", []) if "DOI" in ref}
        assert {one.value for one in document.cites if one.scheme == "doi"} >= cited - {work["DOI"].lower()}
        for update in work.get("updated-by", []):
            told = [(r.relation, r.value, r.method) for r in document.relations]
            assert (Relation.CITES, update["DOI"].lower(), "erratum in") in told
    assert count >= 330
    assert abstracts >= 70


# Tagged files


def test_pubmeds_tagged_records_are_read_whole(shared: Path) -> None:
    path = shared / "recorded" / "exports" / "revtools" / "restoration_pubmed.nbib.gz"
    text = read(path).decode()
    blocks = re.split(r"\n(?=PMID-)", text.strip())
    records = records_of(path)
    assert len(records) == len(re.findall(r"(?m)^PMID-", text)) == len(blocks) == 104
    for block, record in zip(blocks, records, strict=True):
        assert record.data.decode().strip() == block.strip()
        document = document_of(record.data, record.suffix or "")
        fields = dict(re.findall(r"(?ms)^(PMID|TI|AB|LA) *- (.*?)(?=^[A-Z]{2,4} *-|\Z)", block))
        assert document.pmid == fields["PMID"].strip()
        assert document.title == " ".join(fields["TI"].split())
        assert letters(zone_text(document, ZoneKind.BODY)) == letters(fields.get("AB", ""))
        assert document.language == "en" or fields["LA"].strip() != "eng"


def test_ris_records_are_read_whole(shared: Path) -> None:
    """Scopus escapes some signs of its abstracts ("p &lt; 0.05"): they are read as what they stand for."""
    path = shared / "recorded" / "exports" / "revtools" / "restoration_scopus.ris.gz"
    text = read(path).decode()
    blocks = [block for block in re.split(r"(?m)^ER  - ?$", text.replace("\r\n", "\n")) if "TY  -" in block]
    records = records_of(path)
    assert len(records) == len(re.findall(r"(?m)^TY", text)) == len(blocks) == 286
    for block, record in zip(blocks, records, strict=True):
        document = document_of(record.data, record.suffix or "")
        lines = re.findall(r"(?ms)^([A-Z][A-Z0-9])  - (.*?)(?=^[A-Z][A-Z0-9]  - |\Z)", block)
        fields = dict(reversed(lines))
        assert document.title == fields["TI"].strip()
        assert document.doi == fields.get("DO", "").strip() or "DO" not in fields
        assert document.published == fields["PY"].strip()
        body = zone_text(document, ZoneKind.BODY, ZoneKind.OTHER_LANGUAGE)
        assert letters(body) == letters(html.unescape(fields.get("AB", "")))


def test_nlms_sample_file_holds_its_citations_and_its_deletions(shared: Path) -> None:
    path = shared / "recorded" / "pubmed" / "fatcat" / "pubmedsample_2019.xml.gz"
    tree = etree.fromstring(read(path))
    records = records_of(path)
    whole = [one for one in records if one.problem is None]
    deleted = [one.suffix for one in records if one.is_explained]
    pmids = [one.findtext("MedlineCitation/PMID") for one in tree.iterfind("PubmedArticle")]
    assert [one.suffix for one in whole] == pmids
    assert deleted == [one.text for one in tree.iterfind("DeleteCitation/PMID")]
    assert len(whole) + len(deleted) == len(records) == 176 + 7
