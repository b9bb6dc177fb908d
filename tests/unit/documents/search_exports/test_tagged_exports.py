"""RIS, nbib and ciw: the habits of their exporters, and records that break off."""

import pytest

OVID = """1.
TY  - JOUR
ID  - 2026001
T1  - Belotarin for fever
A1  - Muster A.
A1  - Beispiel B.C.
Y1  - 2026//
N2  - We randomised 120 adults.
Fever fell.
JF  - Example Journal of Fevers
JA  - Ex J Fever
VL  - 12
IS  - 3
SP  - e0815
SN  - 1234-5678
M3  - Conference Abstract
ER  - 

2.
TY  - JOUR
ID  - 2026002
T1  - Quenosartan for cough
ER  - 
"""  # noqa: W291 - exporters end records with a space

SCOPUS = """TY  - JOUR
TI  - Belotarin for fever
T2  - Example Journal of Fevers
J2  - Ex. J. Fever
SP  - 10
EP  - 19
PY  - 2026
DO  - 10.5555/EJF.1
AU  - Muster, A.
AU  - Beispiel, B.C.
UR  - https://www.example.org/record?doi=10.5555%2fother
N1  - Registered as NCT09990001
M3  - Article
ER  -
"""

NBIB = """
PMID- 99000001
OWN - NLM
IS  - 1234-5678 (Electronic)
VI  - 12
IP  - 3
DP  - 2026 Feb
TI  - Belotarin for fever: a randomised
      trial.
PG  - 10-19
LID - 10.5555/ejf.1 [doi]
AB  - We randomised 120 adults.
FAU - Muster, Anna
AU  - Muster A
CN  - Fever Group
LA  - eng
SI  - ClinicalTrials.gov/NCT09990001
PT  - Journal Article
PT  - Randomized Controlled Trial
JT  - Example journal of fevers
PMC - PMC9990001
SO  - Ex J Fever. 2026 Feb;12(3):10-19.
"""

CIW = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Muster, A
   Beispiel, BC
AF Muster, Anna
   Beispiel, Ben C.
TI Belotarin for fever: a randomised
   trial
SO EXAMPLE JOURNAL OF FEVERS
DT Meeting Abstract
SN 1234-5678
EI 8765-4321
PY 2026
VL 12
IS 3
BP S10
EP S19
DI 10.5555/EJF.1
UT WOS:000000000000001
PM 99000001
ER

PT J
TI Quenosartan for cough
UT WOS:000000000000002
ER

EF
"""


def test_ris_as_ovid_writes_it(read) -> None:
    first, second = read(a_ris=OVID).said
    assert first == {
        "record_id": "2026001",
        "entry_type": "JOUR; Conference Abstract",
        "title": "Belotarin for fever",
        "journal": "Example Journal of Fevers",
        "year": 2026,
        "volume": "12",
        "number": "3",
        "pages": "e0815",
        "issn": "1234-5678",
        "abstract": "We randomised 120 adults. Fever fell.",
        "authors": ["Muster A.", "Beispiel B.C."],
    }
    assert (second["record_id"], second["title"]) == ("2026002", "Quenosartan for cough")


def test_ris_as_scopus_writes_it(read) -> None:
    (said,) = read(a_ris=SCOPUS).said
    assert said["record_id"] == "a.ris:1"
    assert (said["journal"], said["pages"], said["doi"]) == ("Example Journal of Fevers", "10-19", "10.5555/ejf.1")
    assert said["registry_ids"] == ["NCT09990001"]


def test_nbib(read) -> None:
    assert read(a_nbib=NBIB).said == [
        {
            "record_id": "99000001",
            "entry_type": "Journal Article; Randomized Controlled Trial",
            "title": "Belotarin for fever: a randomised trial.",
            "journal": "Example journal of fevers",
            "year": 2026,
            "volume": "12",
            "number": "3",
            "pages": "10-19",
            "doi": "10.5555/ejf.1",
            "pmid": "99000001",
            "pmcid": "PMC9990001",
            "issn": "1234-5678",
            "abstract": "We randomised 120 adults.",
            "url": "https://pubmed.ncbi.nlm.nih.gov/99000001/",
            "language": "eng",
            "authors": ["Muster, Anna", "Fever Group"],
            "registry_ids": ["NCT09990001"],
        }
    ]


def test_ciw(read) -> None:
    first, second = read(a_ciw=CIW).said
    assert first == {
        "record_id": "WOS:000000000000001",
        "entry_type": "Meeting Abstract",
        "title": "Belotarin for fever: a randomised trial",
        "journal": "EXAMPLE JOURNAL OF FEVERS",
        "year": 2026,
        "volume": "12",
        "number": "3",
        "pages": "S10-S19",
        "doi": "10.5555/ejf.1",
        "pmid": "99000001",
        "issn": "1234-5678; 8765-4321",
        "authors": ["Muster, Anna", "Beispiel, Ben C."],
    }
    assert second["title"] == "Quenosartan for cough"


@pytest.mark.parametrize(
    ("name", "text", "last"), [("a_ris", OVID, "ER"), ("a_nbib", NBIB * 2, "SO"), ("a_ciw", CIW, "ER")]
)
def test_a_last_record_that_breaks_off_stands_alone(read, name: str, text: str, last: str) -> None:
    cut = text.rstrip().removesuffix("EF").rstrip()
    found = read(**{name: cut[: cut.rindex(f"\n{last}")]})
    assert len(found.ids) == 1
    ((number, _, problem),) = found.damaged
    assert (number, problem) == (2, f"it breaks off before its {last} line: the file was cut")


def test_a_file_that_never_ends_its_records_is_whole(read) -> None:
    found = read(a_ris=OVID.replace("ER  - \n", ""))
    assert found.ids == ["2026001", "2026002"]
    assert found.damaged == []


def test_fields_before_the_first_line_of_a_record_are_not_lost(read) -> None:
    found = read(a_ris=SCOPUS + "TI  - Quenosartan for cough\nAU  - Muster, A.\nER  -\n" + SCOPUS)
    assert [row["title"] for row in found.rows] == ["Belotarin for fever"] * 2
    (one,) = found.exports.damaged
    assert (one.said["title"], one.problem) == (
        "Quenosartan for cough",
        "it does not begin with TY: a part of it may be missing",
    )


def test_lines_are_counted_over_pieces(read, monkeypatch) -> None:
    from trialhouse.documents.search_exports import export_text

    many = OVID * 30 + "TY  - JOUR\nTI  - Cut"
    whole = read(a_ris=many)
    monkeypatch.setattr(export_text.ExportText.pieces, "__defaults__", (100,))
    in_pieces = read(a_ris=many)
    assert in_pieces.rows == whole.rows
    assert in_pieces.damaged == whole.damaged
    assert whole.damaged[0][1] == many.count("\n")
