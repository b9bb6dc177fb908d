"""EndNote XML and BibTeX: what is marked up within values, and records that cannot be parsed."""

import pytest

RECORD = """<record><database name="My.enl">My.enl</database><rec-number>{number}</rec-number>
<ref-type name="Journal Article">17</ref-type><contributors><authors><author><style face="normal">Muster, A.</style>
</author><author>Beispiel, B. C.</author></authors></contributors>
<titles><title><style face="normal">Belotarin for </style><style face="italic">P. vivax</style><style> fever &amp;
chills
{more}</style></title><secondary-title>Example Journal of Fevers</secondary-title></titles>
<pages>10-19</pages><volume>12</volume><number>3</number><dates><year>2026</year></dates>
<isbn>1234-5678 (Print)&#xD;8765-4321</isbn><accession-num>99000001</accession-num>
<electronic-resource-num>doi:10.5555/EJF.1</electronic-resource-num><custom2>PMC9990001</custom2>
<remote-database-name>PubMed</remote-database-name><abstract>Words.</abstract>
<urls><related-urls><url>https://example.org/1</url></related-urls></urls><language>eng</language></record>
"""

ENTRY = r"""@article{muster2026,
  title = {{Belotarin} for \"{o}dema},
  author = {Muster, Anna and Beispiel, Ben},
  journal = {Example Journal of Fevers}, year = 2026, volume = {12}, number = {3}, pages = {10--19},
  doi = {https://doi.org/10.5555/EJF.1}, issn = {1234-5678}, pmid = {99000001},
  note = {Registered as NCT09990001}
}
"""


def library(*records: str) -> str:
    return '<?xml version="1.0" encoding="UTF-8"?><xml><records>' + "".join(records) + "</records></xml>"


def test_runs_of_style_are_one_text(read) -> None:
    (said,) = read(a_xml=library(RECORD.format(number=7, more=""))).said
    assert said == {
        "record_id": "7",
        "entry_type": "Journal Article",
        "title": "Belotarin for P. vivax fever & chills",
        "journal": "Example Journal of Fevers",
        "year": 2026,
        "volume": "12",
        "number": "3",
        "pages": "10-19",
        "doi": "10.5555/ejf.1",
        "pmid": "99000001",
        "pmcid": "PMC9990001",
        "issn": "1234-5678; 8765-4321",
        "abstract": "Words.",
        "url": "https://example.org/1",
        "language": "eng",
        "authors": ["Muster, A.", "Beispiel, B. C."],
    }


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ("&unknown;", "its XML is not well formed"),
        ("<i>", "its XML is not well formed"),
        ("</style></title><record>", "it breaks off before </record>: the file was cut"),
    ],
)
def test_a_record_that_is_not_well_formed_costs_no_other(read, more: str, problem: str) -> None:
    found = read(a_xml=library(*(RECORD.format(number=n, more=more if n == 2 else "") for n in (1, 2, 3))))
    assert found.ids[0] == "1"
    assert "3" in found.ids
    assert found.damaged[0][:2] == (2, 1 + RECORD.count("\n"))
    assert found.damaged[0][2].startswith(problem)
    assert found.exports.damaged[0].said["title"].startswith("Belotarin for P. vivax fever")


def test_a_library_that_breaks_off(read) -> None:
    found = read(a_xml=library(RECORD.format(number=1, more=""), RECORD.format(number=2, more=""))[:-200])
    assert found.ids == ["1"]
    assert found.damaged[0][2] == "it breaks off before </record>: the file was cut"


def test_control_characters_are_left_out(read) -> None:
    (row,) = read(a_xml=library(RECORD.format(number=1, more="&#x1F;and\x02 more"))).rows
    assert row["title"].endswith("chills and more")


def test_a_field_of_eleven_megabytes(read) -> None:
    (row,) = read(a_xml=library(RECORD.format(number=1, more="x" * 11_000_000))).rows
    assert len(row["title"]) > 11_000_000


@pytest.mark.parametrize(
    "doctype", ['<!DOCTYPE xml [<!ENTITY a "x">]>', '<!DOCTYPE xml [<!ENTITY a SYSTEM "file:///etc/passwd">]>']
)
def test_entities_are_never_resolved(read, doctype: str) -> None:
    found = read(a_xml=doctype + library(RECORD.format(number=1, more="&a;")).partition("?>")[2])
    assert found.rows == []
    assert found.problems[0] is not None
    assert "declares entities" in found.problems[0]


def test_bibtex(read) -> None:
    assert read(a_bib=ENTRY).said == [
        {
            "record_id": "muster2026",
            "entry_type": "article",
            "title": "Belotarin for ödema",
            "journal": "Example Journal of Fevers",
            "year": 2026,
            "volume": "12",
            "number": "3",
            "pages": "10-19",
            "doi": "10.5555/ejf.1",
            "pmid": "99000001",
            "issn": "1234-5678",
            "authors": ["Muster, Anna", "Beispiel, Ben"],
            "registry_ids": ["NCT09990001"],
        }
    ]


def test_an_entry_without_its_bracket_costs_no_other(read) -> None:
    found = read(
        a_bib=ENTRY + "@article{cut, title = {Quenosartan},\n journal = {Open\n" + ENTRY.replace("muster", "m")
    )
    assert found.ids == ["muster2026", "m2026"]
    (one,) = found.exports.damaged
    assert (one.record_id, one.line, one.said["title"]) == ("cut", ENTRY.count("\n") + 1, "Quenosartan")
    assert "field journal does not end" in one.problem
