import pytest

BIB = (
    '"ID","ENTRYTYPE","author","year","title","journal","volume","number","pages","doi"\n'
    '"r1","article","Muster, A. and Beispiel, B. C.",2026,"Belotarin for fever","Example J Fever",12,3,"10-19",'
    '"https://doi.org/10.5555/EJF.1"\n'
)


def test_a_table_as_bib_dedupe_writes_it(read) -> None:
    assert read(a_csv=BIB).said == [
        {
            "record_id": "r1",
            "entry_type": "article",
            "title": "Belotarin for fever",
            "journal": "Example J Fever",
            "year": 2026,
            "volume": "12",
            "number": "3",
            "pages": "10-19",
            "doi": "10.5555/ejf.1",
            "authors": ["Muster, A.", "Beispiel, B. C."],
        }
    ]


@pytest.mark.parametrize(
    ("header", "row", "said"),
    [
        (  # Scopus
            "Authors,Author(s) ID,Title,Year,Source title,Volume,Issue,Art. No.,Page start,Page end,DOI,Link,"
            "Abstract,ISSN,PubMed ID,Language of Original Document,Document Type,Source,EID",
            '"Muster A., Beispiel B.",1;2,Fever,2026,J Fever,7,1,e12,,,10.5555/x,https://example.org,Words,12345678,'
            "99,English,Article,Scopus,2-s2.0-1",
            {"record_id": "2-s2.0-1", "journal": "J Fever", "pages": "e12", "authors": ["Muster A.", "Beispiel B."]}
            | {"pmid": "99", "entry_type": "Article", "issn": "12345678", "number": "1", "language": "English"},
        ),
        (  # Web of Science, long names
            "Publication Type,Authors,Article Title,Source Title,Document Type,Start Page,End Page,Publication Year,"
            "Pubmed Id,UT (Unique WOS ID)",
            '"J","Muster, A; Beispiel, B",Fever,J FEVER,Meeting Abstract,S1,S9,2026,,WOS:1',
            {"record_id": "WOS:1", "entry_type": "Meeting Abstract", "pages": "S1-S9", "journal": "J FEVER"},
        ),
        (  # Web of Science, tags
            "PT\tAU\tTI\tSO\tVL\tBP\tEP\tPY\tDI\tUT",
            "J\tMuster, A; Beispiel, B\tFever\tJ FEVER\t7\t1\t9\t2026\t10.5555/X\tWOS:1",
            {"record_id": "WOS:1", "pages": "1-9", "doi": "10.5555/x", "authors": ["Muster, A", "Beispiel, B"]},
        ),
        (  # PubMed
            "PMID,Title,Authors,Citation,Journal/Book,Publication Year,PMCID,DOI",
            '88,Fever,"Muster A, Beispiel B.",J Fever. 2026,J Fever,2026,PMC777,10.5555/x',
            {"record_id": "88", "pmid": "88", "pmcid": "PMC777", "journal": "J Fever", "year": 2026},
        ),
        (  # Covidence
            "Title,Authors,Abstract,Published Year,Journal,Volume,Issue,Pages,DOI,Covidence #",
            'Fever,"Muster, A.; Beispiel, B.",Words,2026,J Fever,7,1,1-9,10.5555/x,#12',
            {"record_id": "#12", "year": 2026, "abstract": "Words"},
        ),
        (  # Rayyan
            "key,title,year,month,journal,issn,volume,issue,pages,authors,url,pubmed_id,pmc_id",
            'rayyan-1,Fever,2026,1,J Fever,1234-5678,7,1,1-9,"Muster, A. and Beispiel, B.",,77,PMC888',
            {"record_id": "rayyan-1", "pmid": "77", "pmcid": "PMC888", "number": "1"},
        ),
        (  # Zotero
            "Key,Item Type,Publication Year,Author,Title,Publication Title,ISSN,DOI,Url,Abstract Note,Date,Pages,"
            "Num Pages,Issue,Volume",
            'ABC,journalArticle,2026,"Muster, A.; Beispiel, B.",Fever,J Fever,1234-5678,,'
            "https://pubmed.ncbi.nlm.nih.gov/55/,Words,2026-01-02,1-9,9,1,7",
            {"record_id": "ABC", "title": "Fever", "journal": "J Fever", "pages": "1-9", "pmid": "55"},
        ),
        (  # ASySD, whose authors are glued
            "author,year,journal,doi,title,pages,volume,number,abstract,record_id,isbn,label,source",
            "Muster A. B.Beispiel C.,2026,J Fever,NA,Fever,1-9,7.0,NA,NA,9,1234-5678,new,embase",
            {"record_id": "9", "authors": ["Muster A. B.", "Beispiel C."], "volume": "7", "issn": "1234-5678"},
        ),
        (  # ClinicalTrials.gov
            "NCT Number,Study Title,Study URL",
            "NCT09990001,Fever,https://clinicaltrials.gov/study/NCT09990001",
            {"record_id": "NCT09990001", "title": "Fever", "registry_ids": ["NCT09990001"]},
        ),
    ],
)
def test_columns_as_exporters_name_them(read, header: str, row: str, said: dict[str, object]) -> None:
    (found,) = read(a_csv=f"{header}\n{row}\n").said
    assert {name: found.get(name) for name in said} == said


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("before", ["", "\ufeff", "sep={}\n", "Search of 1 May\n\n"])
def test_separators_are_found_out(read, separator: str, before: str) -> None:
    rows = [["ID", "Title", "Year"], ["a", "Fever in spring", "2026"]]
    text = before.format(separator) + "\n".join(separator.join(row) for row in rows)
    assert read(a_csv=text).said == [{"record_id": "a", "title": "Fever in spring", "year": 2026}]


@pytest.mark.parametrize("nothing", ["", "NA", "NaN", "NULL", " ", "#N/A"])
def test_cells_of_programs_for_nothing_say_nothing(read, nothing: str) -> None:
    assert read(a_csv=f"ID,title,doi,volume\na,Fever,{nothing},{nothing}\n").said == [
        {"record_id": "a", "title": "Fever"}
    ]


def test_quotes_and_line_ends_within_fields(read) -> None:
    text = 'ID,title,abstract\r\na,"The ""best"" fever, ever","one\r\ntwo"\r\nb,Flu,x\r\n'
    assert read(a_csv=text).said == [
        {"record_id": "a", "title": 'The "best" fever, ever', "abstract": "one two"},
        {"record_id": "b", "title": "Flu", "abstract": "x"},
    ]


def test_what_is_not_read_or_not_there_is_told(read) -> None:
    notes = read(a_csv="ID,title,Mood,Weather,title\na,Fever,good,fine,Flu\n").notes
    assert notes == [
        "no column for authors, year, journal",
        "columns that are not read: Mood, Weather, title",
        "columns that come twice, of which the first is read: title",
    ]


def test_a_table_without_title_and_ids_is_refused(read) -> None:
    found = read(a_csv="authors,year,journal\nMuster A,2026,J Fever\n", b_csv=BIB)
    assert found.ids == ["r1"]
    assert found.problems[0] is not None
    assert "no column for title, DOI or PMID" in found.problems[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("title\nFever\n", {"title": "Fever"}),
        ('sep=,\nTitle\n"Fever, and flu"\n', {"title": "Fever, and flu"}),
        ("DOI\n10.5555/a\n", {"doi": "10.5555/a"}),
        ("\nMood;PMID\ngood;7\n", {"pmid": "7"}),
    ],
)
def test_one_known_column_is_enough(read, content: str, said: dict[str, str]) -> None:
    found = read(a_csv=content)
    assert found.problems == [None]
    assert [one | {"record_id": None} for one in found.said] == [said | {"record_id": None}]


@pytest.mark.parametrize("content", ["journal\nFevers\n", "Do, re, mi\nFa, so\n", "Fever\ntitle\n", "sep=,\n"])
def test_a_line_that_names_no_title_doi_or_pmid_first_is_no_header(read, content: str) -> None:
    (problem,) = read(a_csv=content).problems
    assert problem is not None
    assert "is no export that is read here" in problem


def test_rows_that_end_early_are_read_and_told(read) -> None:
    found = read(a_csv="ID,title,year,doi\na,Fever\nb,Flu,2026,\n")
    assert found.ids == ["a", "b"]
    assert any("1 rows have fewer cells" in note for note in found.notes)


def test_a_header_that_comes_again_is_no_record(read) -> None:
    found = read(a_csv="ID,title\na,Fever\nID,title\nb,Flu\n")
    assert found.ids == ["a", "b"]
    assert any("the header comes again" in note for note in found.notes)


def test_three_thousand_authors_and_a_field_of_ten_megabytes(read) -> None:
    authors = "; ".join(f"Muster {number}, A." for number in range(3000))
    abstract = "x " * 5_000_000
    found = read(a_csv=f'ID,title,authors,abstract\na,Fever,"{authors}",{abstract}\nb,Flu,,\n')
    assert [len(row["authors"]) for row in found.rows] == [3000, 0]
    assert len(found.rows[0]["abstract"]) > 9_999_000


def test_an_id_is_kept_as_it_is(read) -> None:
    assert read(a_csv='ID,title\n"id  7, A",Fever\n 007 ,Flu\n').ids == ["id  7, A", "007"]


def test_a_table_as_embase_writes_it(read) -> None:
    header = '"Title","Author Names","Source","Source title","Publication Year","Volume","Issue","First Page",'
    header += '"Last Page","Publication Type","ISSN","PUI","DOI","Medline PMID","Clinical Trial Numbers"\n'
    row = '"Fever","Muster A.,Beispiel B.C.","J Fever (2026) 12:3 (10-19)","J Fever","2026","12","3","10","19",'
    row += '"Conference Abstract","1234-5678","L99","10.5555/x","77","ClinicalTrials.gov (NCT09990001)"\n'
    (said,) = read(a_csv=header + row).said
    assert (said["record_id"], said["journal"], said["pages"], said["pmid"]) == ("L99", "J Fever", "10-19", "77")
    assert said["authors"] == ["Muster A.", "Beispiel B.C."]
    assert said["entry_type"] == "Conference Abstract"
    assert said["registry_ids"] == ["NCT09990001"]
