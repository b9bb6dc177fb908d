"""Who wrote a paper and where it stands, by every format that says it. All people and papers here are invented."""

import json

import pytest

from trialhouse.model.citation import Publication

PLACE = {"volume": "12", "number": "3", "pages": "73-81"}
PEOPLE = ("Olsen, Eva", "Møller & Sons, Ada", "SUMBA Group")

PUBMED = """<PubmedArticle><MedlineCitation><PMID>99000001</PMID><Article><Journal><JournalIssue CitedMedium="Print">
<Volume>12</Volume><Issue>3</Issue><PubDate><Year>2026</Year></PubDate></JournalIssue>
<Title>Ex J Fevers</Title></Journal>
<ArticleTitle>Belotarin for sumba fever</ArticleTitle><Pagination><StartPage>73</StartPage><EndPage>81</EndPage>
<MedlinePgn>73-81</MedlinePgn></Pagination><!-- <AuthorList><Author><LastName>No</LastName></Author></AuthorList> -->
<AuthorList CompleteYN="Y"><Author ValidYN="Y"><LastName>Olsen</LastName>
<ForeName>Eva</ForeName><Initials>E</Initials></Author><Author><LastName>M&#xf8;ller &amp; Sons</LastName>
<ForeName>Ada</ForeName></Author><Author><CollectiveName>SUMBA <i>Group</i></CollectiveName></Author></AuthorList>
</Article></MedlineCitation></PubmedArticle>"""

NBIB = """PMID- 99000001
VI  - 12
IP  - 3
PG  - 73-81
TI  - Belotarin for sumba fever
FAU - Olsen, Eva
AU  - Olsen E
FAU - Møller & Sons, Ada
AU  - Moller A
CN  - SUMBA Group
JT  - Ex J Fevers
SO  - Ex J Fevers. 2026
"""

RIS = """TY  - JOUR
TI  - Belotarin for sumba fever
AU  - Olsen, Eva
AU  - Møller & Sons, Ada
AU  - SUMBA Group
VL  - 12
IS  - 3
SP  - 73
EP  - 81
ER  -
"""

BIBTEX = """@article{one, title={Belotarin for sumba fever},
author={Olsen, Eva and M{\\o}ller \\& Sons, Ada and {SUMBA Group}},
volume={12}, number={3}, pages={73--81}}
"""

EUROPEPMC = {
    "id": "99000001",
    "source": "MED",
    "title": "Belotarin for sumba fever",
    "authorString": "Olsen E, Moller A",
    "authorList": {
        "author": [{"fullName": "Olsen, Eva"}, {"fullName": "Møller & Sons, Ada"}, {"collectiveName": "SUMBA Group"}]
    },
    "journalInfo": {"volume": "12", "issue": "3", "journal": {"title": "Ex J Fevers"}},
    "pageInfo": "73-81",
}

CROSSREF = {
    "DOI": "10.5555/exjf.2026.11",
    "type": "journal-article",
    "title": ["Belotarin for sumba fever"],
    "author": [
        {"family": "Olsen", "given": "Eva", "sequence": "first"},
        {"family": "Møller & Sons", "given": "Ada"},
        {"name": "SUMBA Group"},
    ],
    "volume": "12",
    "issue": "3",
    "page": "73-81",
}

JATS = """<article article-type="research-article" dtd-version="1.2"><front><article-meta><title-group>
<article-title>Belotarin for sumba fever</article-title></title-group><contrib-group><contrib contrib-type="author">
<name><surname>Olsen</surname><given-names>Eva</given-names></name></contrib><contrib contrib-type="author">
<name><surname>Møller &amp; Sons</surname><given-names>Ada</given-names></name></contrib><contrib contrib-type="author">
<collab>SUMBA Group</collab></contrib>
<contrib contrib-type="editor"><name><surname>Rot</surname></name></contrib></contrib-group>
<volume>12</volume><issue>3</issue><fpage>73</fpage><lpage>81</lpage></article-meta></front></article>"""

HTML = """<html><head><title>Belotarin</title><meta name="citation_title" content="Belotarin for sumba fever">
<meta name="citation_author" content="Olsen, Eva"><meta name="citation_author" content="Møller &amp; Sons, Ada">
<meta name="citation_author" content="SUMBA Group"><meta name="citation_volume" content="12">
<meta name="citation_issue" content="3"><meta name="citation_firstpage" content="73">
<meta name="citation_lastpage" content="81"></head><body><p>Belotarin ended the fever in 45 of 60.</p></body></html>"""


@pytest.mark.parametrize(
    ("format_name", "content"),
    [
        ("pubmed_xml", PUBMED),
        ("nbib", NBIB),
        ("ris", RIS),
        ("bibtex", BIBTEX),
        ("europepmc_json", json.dumps(EUROPEPMC)),
        ("crossref_json", json.dumps(CROSSREF)),
        ("jats", JATS),
        ("html", HTML),
    ],
)
def test_every_format_says_who_wrote_a_paper_and_where_it_stands(parse, format_name: str, content: str) -> None:
    document = parse(content)
    assert document.format == format_name
    assert document.publication == Publication(authors=PEOPLE, **PLACE)
    assert not document.unknown


def test_a_list_of_editors_wrote_no_chapter(parse) -> None:
    editors = '<AuthorList Type="editors"><Author><LastName>Rot</LastName></Author></AuthorList>'
    document = parse(PUBMED.replace('<AuthorList CompleteYN="Y">', editors + '<AuthorList CompleteYN="Y">'))
    assert document.publication.authors == PEOPLE


def test_a_lite_record_has_its_authors_in_one_string(parse) -> None:
    lite = {name: said for name, said in EUROPEPMC.items() if name not in ("authorList", "journalInfo")}
    document = parse(json.dumps(lite | {"journalVolume": "12", "issue": "3", "authorString": "Olsen E, Moller A."}))
    assert document.publication == Publication(authors=("Olsen E", "Moller A"), **PLACE)


def test_what_nothing_is_said_of_is_empty(parse) -> None:
    assert parse("Belotarin for sumba fever\n\nIt ended in 45 of 60.\n").publication == Publication()
