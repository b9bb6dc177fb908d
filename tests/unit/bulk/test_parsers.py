"""Both parsers of bulk citations: every field of a record, its oddities, and damaged files."""

import datetime
import gzip
import re

import pyarrow as pa
import pytest

from tests.unit.bulk.whole_citation import CITATION, DELETED, END, HEAD, file_of, numbered
from trialhouse.bulk import fast_parser, plain_parser
from trialhouse.bulk.batch import Batch, BrokenFile
from trialhouse.bulk.caches import Caches
from trialhouse.bulk.fast_record import read_record
from trialhouse.bulk.records import without_references
from trialhouse.bulk.structure import CHILDREN
from trialhouse.bulk.tables import SCHEMAS, TABLES

RECORD = re.compile(rb"<PubmedArticle>.*?</PubmedArticle>", re.S)
PARSERS = pytest.mark.parametrize("parser", [plain_parser, fast_parser], ids=["plain", "fast"])


def all_rows(parser, data) -> tuple[dict[str, list[dict]], list[tuple]]:
    batches: list[Batch] = list(parser.parse_file(data))
    tables = {
        table.name: pa.concat_tables(batch.tables[table.name] for batch in batches)
        .sort_by([(column, "ascending") for column in table.key])
        .to_pylist()
        for table in TABLES
    }
    return tables, sorted((tuple(problem[:4]) for batch in batches for problem in batch.problems), key=repr)


def rows(parser, table: str, *records: str | bytes) -> list[tuple]:
    """The rows of a table without PMID and version."""
    found, _ = all_rows(parser, file_of(*records))
    return [tuple(row.values())[2:] for row in found[table]]


@PARSERS
def test_what_there_is_once(parser):
    found, problems = all_rows(parser, file_of(CITATION))
    assert problems == []
    assert found["citations"] == [
        {
            "pmid": 90000001,
            "version": 2,
            "status": "MEDLINE",
            "owner": "NLM",
            "indexing_method": "Curated",
            "version_date": "2025/03/05",
            "date_completed": datetime.date(2025, 3, 4),
            "date_revised": datetime.date(2025, 12, 31),
            "pub_model": "Print-Electronic",
            "title": "H2O & looms – a trial.",
            "vernacular_title": "L'eau.",
            "journal_title": "Annals of Invention",
            "journal_iso_abbreviation": "Ann Invent",
            "issn": "1234-5678",
            "issn_type": "Electronic",
            "cited_medium": "Internet",
            "volume": "7",
            "issue": "2 Pt 1",
            "pub_date": datetime.date(2025, 3, 1),
            "pub_date_precision": "month",
            "pub_date_written": "2025 Mar",
            "medline_ta": "Ann Invent",
            "nlm_unique_id": "1",
            "issn_linking": "8765-4321",
            "country": "England",
            "article_date": datetime.date(2025, 1, 2),
            "start_page": "123",
            "end_page": "133",
            "medline_pgn": "123-33",
            "languages": ["eng", "fre"],
            "citation_subsets": ["IM", "N"],
            "gene_symbols": ["lm1"],
            "space_flight_missions": ["Flight 1"],
            "abstract_copyright": "© 2025 Nobody.",
            "coi_statement": "None.",
            "is_author_list_complete": True,
            "is_databank_list_complete": False,
            "is_grant_list_complete": True,
            "number_of_references": "12",
            "publication_status": "ppublish",
        }
    ]


PARTS = {
    "citation_abstract_sections": [
        (1, "BACKGROUND & AIM", "BACKGROUND", "Looms  weave."),
        (2, "RESULTS", "RESULTS", "P<0.05 with x."),
    ],
    "citation_other_abstracts": [
        (1, 1, "Publisher", "fre", "BUT", None, "Tisser.", "© Personne"),
        (1, 2, "Publisher", "fre", None, None, "Fin.", "© Personne"),
    ],
    "citation_authors": [
        (1, "Byron", "Ada", "A", "3rd", None, True, True),
        (2, None, None, None, None, "Weavers' Group", False, None),
    ],
    "citation_affiliations": [(1, 1, "Tea Room, Ockham."), (1, 2, 'Mill "B".')],
    "citation_author_identifiers": [(1, 0, 1, "ORCID", "0000-0001"), (1, 1, 1, "ROR", "r1")],
    "citation_investigators": [(1, "Weaver", "Bo", "B", None, True, ["ORCID:0000-0002"], ["Mill."])],
    "citation_personal_subjects": [(1, "Jacquard", "J M", "JM", None)],
    "citation_databanks": [
        (1, "ClinicalTrials.gov", "NCT09990001"),
        (2, "ClinicalTrials.gov", "NCT09990002"),
        (3, "figshare", None),
    ],
    "citation_grants": [(1, "G-1", "WT_", "Wool Trust", "United Kingdom"), (2, None, None, "Guild", None)],
    "citation_publication_types": [(1, "D016428", "Journal Article"), (2, "D016449", "Randomized Controlled Trial")],
    "citation_chemicals": [(1, "059QF0KO0R", "D014867", "Water")],
    "citation_supplemental_mesh": [(1, "Disease", "C1", "Loom fever")],
    "citation_mesh_headings": [(1, "D1", "Textiles", False, None, None), (2, "D2", "Kent", True, "Geographic", None)],
    "citation_mesh_qualifiers": [(1, 1, "Q1", "history", True, None), (1, 2, "Q2", "use", False, True)],
    "citation_keywords": [(1, "NOTNLM", "loom", False), (2, "NOTNLM", "Morus alba", True)],
    "citation_comments_corrections": [
        (1, "ErratumIn", "Ann Invent. 2026;8:1", 90000009, 1, "a note"),
        (2, "CommentIn", "Elsewhere", None, None, None),
    ],
    "citation_ids": [
        (1, "ELocationID", "doi", "10.5555/a b<1>", True),
        (2, "ELocationID", "pii", "S-1", False),
        (3, "OtherID", "NASA", "00000001", None),
        (4, "ArticleId", "pubmed", "90000001", None),
        (5, "ArticleId", "pmc", "PMC1", None),
    ],
    "citation_history": [
        (1, "received", datetime.date(2024, 7, 1), "day", None, None),
        (2, "entrez", datetime.date(2025, 1, 2), "day", 6, 0),
    ],
    "citation_notes": [(1, "NLM", "Original DateCompleted: 1.")],
}


@PARSERS
@pytest.mark.parametrize("table", [name for name in SCHEMAS if name not in ("citations", "deleted_citations")])
def test_what_there_is_several_times(parser, table):
    assert rows(parser, table, CITATION) == PARTS[table]


def test_the_usual_form_is_read_fast():
    assert read_record(without_references(CITATION.encode()), Caches()).key == (90000001, 2)


@PARSERS
def test_deletions_and_versions(parser):
    batches = list(parser.parse_file(file_of(CITATION, numbered(90000003), CITATION, DELETED)))
    assert [len(batch) for batch in batches] == [2, 1]
    assert [batch.deleted for batch in batches] == [[], [90000007, 90000008]]
    assert batches[1].tables["deleted_citations"]["version"].to_pylist() == [1, 3]
    keys = [row[:2] for row in batches[0].raw]
    assert keys == [(90000001, 2), (90000003, 2)]
    assert batches[0].raw[1][2].endswith(b"</PubmedData></PubmedArticle>")


@PARSERS
def test_chunks_of_any_size(parser):
    data = file_of(CITATION, numbered(90000003), DELETED)
    for size in (1, 7, 1000):
        parts = (data[at : at + size] for at in range(0, len(data), size))
        assert all_rows(parser, parts) == all_rows(parser, data)


@PARSERS
@pytest.mark.parametrize(
    ("old", "new", "cause", "said"),
    [
        ("<Language>eng", "<Novelty>x</Novelty><Language>eng", "unknown_element", "MedlineCitation/Article/Novelty is"),
        ("<Agency>Guild", "<Novelty>x</Novelty><Agency>Guild", "unknown_element", "GrantList/Grant/Novelty is"),
        ("<MedlineTA>", "<Novelty/><MedlineTA>", "unknown_element", "MedlineJournalInfo/Novelty is"),
        ("<sub>2</sub>", "<novel>2</novel>", "unknown_element", "ArticleTitle/novel is"),
        ("<Country>England", "<MedlineTA>A</MedlineTA><Country>England", "repeated_element", "MedlineTA stands there"),
        ("<Day>04</Day>", "<Day>34</Day>", "bad_value", "DateCompleted: '2025 03 34' is no day"),
        ('UI="D1" MajorTopicYN="N"', 'UI="D1" MajorTopicYN="?"', "bad_value", "'@MajorTopicYN ?' is no Y or N"),
        ("<Hour>6</Hour>", "<Hour>six</Hour>", "bad_value", "Hour: 'six' is no number"),
        ('<PMID Version="2">', '<PMID Version="x">', "bad_value", "1 was taken"),
    ],
)
def test_an_oddity_is_told_and_the_rest_is_read(parser, old, new, cause, said):
    odd = CITATION.replace(old, new)
    found, problems = all_rows(parser, file_of(numbered(90000002), odd, numbered(90000003)))
    assert [(pmid, told) for pmid, _, told, _ in problems] == [(90000001, cause)]
    assert said in problems[0][3]
    assert file_of(numbered(90000002), odd)[problems[0][1] :].startswith(odd.encode()[:200])
    assert [row["pmid"] for row in found["citations"]] == [90000001, 90000002, 90000003]
    assert len(found["citation_ids"]) == 15


@PARSERS
@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        (b"Looms", b"Lo\xffoms", "not_xml"),
        (b"Looms", b"Lo\x01oms", "not_xml"),
        (b"Looms", b"Lo&nbsp;oms", "not_xml"),
        (b"Looms", b"Lo & oms", "not_xml"),
        (b"Looms", b"Lo&#0;oms", "not_xml"),
        (b"<i>looms</i>", b"<i>looms</b>", "not_xml"),
        (b"</Article>", b"", "not_xml"),
        (b"</Author></AuthorList>", b"</AuthorList>", "not_xml"),
        (b"</Author>\n<Author", b"\n<Author", "not_xml"),
        (b"</PubmedArticle>", b"", "not_xml"),
        (b'<PMID Version="2">90000001</PMID>', b"", "no_pmid"),
        (b'<PMID Version="2">90000001</PMID>', b'<PMID Version="2">many</PMID>', "no_pmid"),
    ],
)
def test_a_broken_record_breaks_no_other(parser, old, new, cause):
    broken = CITATION.encode().replace(old, new)
    found, problems = all_rows(parser, file_of(numbered(90000002), broken, numbered(90000003)))
    assert [problem[2] for problem in problems] == [cause]
    assert [row["pmid"] for row in found["citations"]] == [90000002, 90000003]


@PARSERS
@pytest.mark.parametrize("empty", ["<PubmedArticle/>", "<PubmedArticle a='/>' />", "<PubmedArticle></PubmedArticle>"])
def test_an_empty_record_is_told_with_its_place(parser, empty):
    for before, after in (([CITATION], [numbered(90000003)]), ([], [CITATION]), ([CITATION, empty], [])):
        data = file_of(*before, empty, *after)
        found, problems = all_rows(parser, data)
        assert [(pmid, place, cause) for pmid, place, cause, _ in problems] == [
            (None, place.start(), "no_pmid") for place in re.finditer(re.escape(empty.encode()), data)
        ]
        assert len(found["citations"]) == data.count(b"<MedlineCitation")
        assert all_rows(parser, (data[at : at + 5] for at in range(0, len(data), 5))) == (found, problems)


@PARSERS
def test_books_and_what_is_not_known_between_records(parser):
    book = "<PubmedBookArticle><BookDocument><PMID Version='1'>90000005</PMID></BookDocument></PubmedBookArticle>"
    found, problems = all_rows(parser, file_of("<!-- <PubmedArticle> -->", book, CITATION, "<Novelty/>"))
    assert sorted((pmid, cause) for pmid, _, cause, _ in problems if pmid) == [(90000005, "book")]
    assert [cause for pmid, _, cause, _ in problems if pmid is None] == ["unknown_element"]
    assert len(found["citations"]) == 1


@PARSERS
@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html>none</html>",
        file_of(CITATION)[: len(HEAD) + 800],
        file_of(CITATION)[: -len(END)],
        gzip.compress(file_of(CITATION)),
        HEAD.replace(b"utf-8", b"utf-16") + END,
    ],
    ids=["empty", "other", "cut in a record", "cut behind one", "packed", "other encoding"],
)
def test_a_file_that_is_none(parser, data):
    with pytest.raises(BrokenFile):
        list(parser.parse_file(data))


@PARSERS
def test_a_record_of_ten_megabytes_and_three_thousand_authors(parser):
    long = CITATION.replace("Looms  weave.", "weave " * 1_700_000)
    author = "<Author ValidYN='Y'><LastName>Byron</LastName></Author>".replace("'", '"')
    many = numbered(90000002).replace("</AuthorList>", author * 3_000 + "</AuthorList>")
    found, problems = all_rows(parser, file_of(long, many))
    assert problems == []
    assert len(found["citation_abstract_sections"][0]["text"]) == 10_199_999
    assert [row["position"] for row in found["citation_authors"] if row["pmid"] == 90000002] == [*range(1, 3_003)]


@pytest.mark.parametrize("chosen", ["fatcat/*.gz", "biopython/*.xml", "jabref/*.xml"])
def test_the_same_rows_of_real_records(shared, chosen):
    for path in sorted((shared / "recorded" / "pubmed").glob(chosen)):
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        try:
            plain = all_rows(plain_parser, data)
        except BrokenFile as error:
            with pytest.raises(BrokenFile, match=str(error)[:20]):
                all_rows(fast_parser, data)
        else:
            assert all_rows(fast_parser, data) == plain, path.name


def test_the_same_rows_of_modern_records(shared):
    files = sorted((shared / "recorded" / "pubmed" / "metapub_pmid_xml").glob("*.xml"))
    records = [record for path in files for record in RECORD.findall(path.read_bytes())]
    found, problems = all_rows(fast_parser, file_of(*records))
    assert len(found["citations"]) == 163
    assert (found, problems) == all_rows(plain_parser, file_of(*records))


def test_the_same_rows_of_a_part_of_the_baseline(shared):
    with gzip.open(shared / "recorded/pubmed/baseline/pubmed20n0014.xml.gz") as packed:
        data = packed.read(1_500_000)
    data = data[: data.rfind(b"</PubmedArticle>") + 16] + END
    assert all_rows(fast_parser, data) == all_rows(plain_parser, data)


@pytest.mark.long
def test_the_same_rows_of_the_whole_baseline_file(shared):
    data = gzip.decompress((shared / "recorded/pubmed/baseline/pubmed20n0014.xml.gz").read_bytes())
    assert all_rows(fast_parser, data) == all_rows(plain_parser, data)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n", "\n\t"),
        ("\n", "\n\n  "),
        ("</Author>\n<Author", "</Author>\nand\n<Author"),
        ("</Author></AuthorList>", "</Author><Novelty/></AuthorList>"),
        ("</AuthorList>", "<Author></Author><Author><LastName/></Author></AuthorList>"),
        ("<Keyword ", "by hand <Keyword "),
        ("</Abstract>", "<AbstractText></AbstractText></Abstract>"),
        ("</MeshHeadingList>", "<Novelty/></MeshHeadingList>"),
        ("</MeshHeadingList>", "<MeshHeading></MeshHeading></MeshHeadingList>"),
        ("<DescriptorName", "<QualifierName>first</QualifierName><DescriptorName"),
        ("</DescriptorName>", "</DescriptorName><DescriptorName>second</DescriptorName>"),
        ("</DescriptorName>", "</DescriptorName><Novelty>no qualifier</Novelty>"),
        ("</DescriptorName>", "</DescriptorName> by hand "),
        ("<DescriptorName", "<Novelty/><DescriptorName"),
        ("</History>", "<Novelty/></History>"),
        ("</ChemicalList>", "and more</ChemicalList>"),
    ],
)
def test_the_same_rows_of_records_of_another_form(old, new):
    assert old in CITATION
    other = file_of(numbered(90000002), CITATION.replace(old, new), numbered(90000003))
    assert all_rows(fast_parser, other) == all_rows(plain_parser, other)


@PARSERS
@pytest.mark.parametrize("name", sorted(set(CHILDREN) & set(re.findall(r"<(\w+)", CITATION))))
def test_no_element_with_children_is_passed_over(parser, name):
    """Whatever is not known, or is there twice, is told, wherever it is."""
    parts = re.split(rf"(?=</{name}>)", CITATION, maxsplit=1)
    assert causes(parser, "<Novelty/>".join(parts)) == ["unknown_element"]
    once = next((child for child, is_several in CHILDREN[name].items() if not is_several), None)
    if once and name not in ("PubmedArticle", "MedlineCitation") and f"<{once}" in parts[0].rpartition(f"<{name}")[2]:
        assert causes(parser, f"<{once}/>".join(parts)) == ["repeated_element"]


def causes(parser, record: str) -> list[str]:
    _, problems = all_rows(parser, file_of(record))
    return [cause for _, _, cause, _ in problems]


@PARSERS
def test_white_space_between_markup_belongs_to_the_words(parser):
    written = CITATION.replace("H<sub>2</sub>O &amp; <i>looms</i>", "<i>a</i> <b>loom</b>\n<sup>2</sup>")
    title = rows(parser, "citations", numbered(90000000), written, numbered(90000002))[1]
    assert "a loom\n2" in repr(title).replace("\\n", "\n")


LEAF = re.compile(r"(<([A-Z]\w+)[^<>]*>)([^<>]*\S[^<>]*)(</\2>)")
SAYING = re.compile(r' ((?!MajorTopicYN|AutoHM|\w*YN|EqualContrib|Version=|DateType)\w+)="([^"]+)"')


@PARSERS
def test_white_space_at_the_ends_of_words_is_not_kept(parser):
    padded = LEAF.sub(r"\1\n \3\t \4", SAYING.sub(r' \1=" \2 "', CITATION))
    assert padded.count("\t ") > 90
    assert padded.count('=" ') > 35
    assert all_rows(parser, file_of(padded)) == all_rows(parser, file_of(CITATION))


@PARSERS
@pytest.mark.parametrize("name", sorted({found[2] for found in LEAF.finditer(CITATION)} - {"PMID"}))
def test_an_element_of_white_space_says_nothing(parser, name):
    blank = re.sub(rf"(<{name}(?: [^<>]*)?>)[^<>]+(</{name}>)", r"\1 \n\2", CITATION)
    empty = re.sub(rf"(<{name}(?: [^<>]*)?>)[^<>]+(</{name}>)", r"\1\2", CITATION)
    assert blank != CITATION
    found = all_rows(parser, file_of(blank))
    assert [problem[2:] for problem in found[1]] == [problem[2:] for problem in all_rows(parser, file_of(empty))[1]]
    assert found[0] == all_rows(plain_parser, file_of(empty))[0]
    values = [value for table in found[0].values() for row in table for value in row.values()]
    assert "" not in values


@PARSERS
@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ("<Month>7</Month><Day>1</Day>", "<Day>1</Day><Month>7</Month>", None),
        ("<Hour>6</Hour>", "<Hour> 6 </Hour>", None),
        ("<Hour>6</Hour>", "<Hour/>", None),
        ("<Hour>6</Hour><Minute>0</Minute>", "<Minute>0</Minute><Hour>6</Hour>", None),
        ("<Hour>6</Hour>", "<Second>7</Second><Hour>6</Hour>", None),
        ("<Hour>6</Hour>", "<Hour>6<sub>h</sub></Hour>", "bad_value"),
        ("<Hour>6</Hour>", "<Hour>6</Hour><Hour>7</Hour>", "repeated_element"),
        ("<Year>2024</Year>", "<Year>this</Year>", "bad_value"),
    ],
)
def test_a_day_of_history_is_read_however_it_is_written(parser, old, new, cause):
    assert old in CITATION
    found, problems = all_rows(parser, file_of(CITATION.replace(old, new)))
    assert [told for _, _, told, _ in problems] == ([cause] if cause else [])
    first, second = (tuple(row.values())[3:] for row in found["citation_history"])
    assert first == ("received", *((None, None) if "this" in new else (datetime.date(2024, 7, 1), "day")), None, None)
    hour = None if new == "<Hour/>" or (cause == "bad_value" and "Hour" in new) else 6
    assert second == ("entrez", datetime.date(2025, 1, 2), "day", hour, 0)
