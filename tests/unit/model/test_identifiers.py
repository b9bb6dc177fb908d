"""Identifiers are found, normalised and typed, wherever they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialhouse.model.identifiers import (
    find_identifiers,
    find_registry_ids,
    normalise_doi,
    normalise_registry_id,
    numbering_of,
)

REGISTERED = [
    ("NCT09991234", "ClinicalTrials.gov", "NCT09991234"),
    ("NCT: 09991234", "ClinicalTrials.gov", "NCT09991234"),
    ("ISRCTN 12345678", "ISRCTN", "ISRCTN12345678"),
    ("EudraCT 2019-001234-12", "EudraCT", "2019-001234-12"),
    ("EUCTR2019-001234-12-DE", "EudraCT", "2019-001234-12"),
    ("EU CT number 2022-500024-30-00", "CTIS", "2022-500024-30"),
    ("ACTRN12619000123456", "ANZCTR", "ACTRN12619000123456"),
    ("ACTRN12619000123456p", "ANZCTR", "ACTRN12619000123456"),
    ("ChiCTR2000029999", "ChiCTR", "ChiCTR2000029999"),
    ("ChiCTR-TRC-12002345", "ChiCTR", "ChiCTR-TRC-12002345"),
    ("ITMCTR2023000123", "ITMCTR", "ITMCTR2023000123"),
    ("KCT0001234", "CRiS", "KCT0001234"),
    ("CTRI/2019/05/012345", "CTRI", "CTRI/2019/05/012345"),
    ("CTRI/2009/091/000123", "CTRI", "CTRI/2009/091/000123"),
    ("DRKS00012345", "DRKS", "DRKS00012345"),
    ("IRCT20080826001083N12", "IRCT", "IRCT20080826001083N12"),
    ("IRCT138901232345N1", "IRCT", "IRCT138901232345N1"),
    ("JPRN-UMIN000012345", "UMIN-CTR", "UMIN000012345"),
    ("UMIN-CTR C000000123", "UMIN-CTR", "C000000123"),
    ("JapicCTI-123456", "JapicCTI", "JapicCTI-123456"),
    ("JMA-IIA00123", "JMACCT", "JMA-IIA00123"),
    ("jRCTs031180123", "jRCT", "jRCTs031180123"),
    ("jRCT2031200123", "jRCT", "jRCT2031200123"),
    ("Netherlands Trial Register NTR1234", "NTR", "NTR1234"),
    ("Dutch Trial Register: NL7839", "NTR", "NL7839"),
    ("NL-OMON54321", "NTR", "NL-OMON54321"),
    ("NL12345.678.19", "NTR", "NL12345.678.19"),
    ("PACTR201908123456789", "PACTR", "PACTR201908123456789"),
    ("RBR-8z7v8p", "ReBec", "RBR-8z7v8p"),
    ("RBR-10abcd9", "ReBec", "RBR-10abcd9"),
    ("PER-012-19", "REPEC", "PER-012-19"),
    ("RPCEC00000123", "RPCEC", "RPCEC00000123"),
    ("SLCTR/2019/003", "SLCTR", "SLCTR/2019/003"),
    ("TCTR20190123001", "TCTR", "TCTR20190123001"),
    ("LBCTR2020012345", "LBCTR", "LBCTR2020012345"),
    ("ISRCTN (50189999)", "ISRCTN", "ISRCTN50189999"),
    ("ISRCTN, number 45678123", "ISRCTN", "ISRCTN45678123"),
    ("ISRCTN registration no. 45678123", "ISRCTN", "ISRCTN45678123"),
    ("NCT No. 09991234", "ClinicalTrials.gov", "NCT09991234"),
    ("UMIN-CTR 000045678", "UMIN-CTR", "UMIN000045678"),
    ("UMIN-CTR ID: 000045678", "UMIN-CTR", "UMIN000045678"),
    ("UMIN Clinical Trials Registry (000045678)", "UMIN-CTR", "UMIN000045678"),
    ("DRKS-ID 00021234", "DRKS", "DRKS00021234"),
    ("ANZCTR, number 12619000123456", "ANZCTR", "ACTRN12619000123456"),
    ("CTRI No. 2019/05/012345", "CTRI", "CTRI/2019/05/012345"),
    ("SLCTR 2019/003", "SLCTR", "SLCTR/2019/003"),
]


@pytest.mark.parametrize(("written", "registry", "value"), REGISTERED)
def test_every_registry_in_a_sentence(written: str, registry: str, value: str) -> None:
    text = f"The protocol ({written}) was followed."
    assert [(one.registry, one.value) for one in find_identifiers(text) if one.scheme == "registry"] == [
        (registry, value)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "supported by grant NL 2015",
        "a study supported by a grant (NL9123)",
        "the delegates came from abroad (NL9123)",
        "registered under number 45678123",
        "ISRCTN is one of the registries; it has 45678123 entries",
        "UMIN-CTR has 000045678901 entries",
        "call 2012-012345-12 for help",
        "telephone +49 2012-012345-12",
        "the RBR-positive cells",
        "expression data are at GEO, GSE123456",
        "the reader may turn to section C000000123",
        "p75NTR 12 was measured",
        "article number 2021-0123456-12",
    ],
)
def test_look_alikes_are_no_registry_ids(text: str) -> None:
    assert [one for one in find_identifiers(text) if one.scheme == "registry"] == []


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("doi: 10.5555/S0140-6736(21)00520-1. Epub 2021", "10.5555/S0140-6736(21)00520-1"),
        ("(see 10.5555/abc.12)", "10.5555/abc.12"),
        ("10.5555/abc.12).", "10.5555/abc.12"),
        ("https://journal.example.org/doi/10.5555/abc.12/full?x=1", "10.5555/abc.12"),
        ("10.5555/abc.12.Epub 2021 May", "10.5555/abc.12"),
        ("10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2, and", "10.1002/(SICI)1097-0258(19980815/30)17:15/16<1661::AID-SIM968>3.0.CO;2-2"),  # noqa: E501
        ("文献10.5555/abc.12。结果", "10.5555/abc.12"),
    ],
)  # fmt: skip
def test_a_doi_ends_where_its_sentence_goes_on(text: str, doi: str) -> None:
    found = find_identifiers(text)
    assert [one.value for one in found] == [doi]
    assert text[found[0].start : found[0].end] == doi


@pytest.mark.parametrize(
    "text", ["A randomised trial of metfolin (NL9123).", "our study in adults with asthma (NL 9123)"]
)
def test_a_dutch_number_alone_in_a_bracket_behind_a_trial_is_its_id(text: str) -> None:
    assert [one.value for one in find_registry_ids(text)] == ["NL9123"]


def test_pubmed_ids() -> None:
    text = "PMID: 12345678; PMCID: PMC1234567; https://pubmed.ncbi.nlm.nih.gov/23456789/"
    found = [(one.scheme, one.value) for one in find_identifiers(text)]
    assert found == [("pmid", "12345678"), ("pmcid", "PMC1234567"), ("pmid", "23456789")]


def test_dois_compare_without_prefix_and_case() -> None:
    forms = (
        "https://doi.org/10.5555/AbC(1)",
        "doi:10.5555/abc(1).",
        "http://dx.doi.org/10.5555%2FABC(1)",
        "10.5555/abc(1)",
    )
    assert {normalise_doi(form) for form in forms} == {"10.5555/abc(1)"}
    assert normalise_doi("no doi here") is None


def test_a_lone_registry_id() -> None:
    assert normalise_registry_id("jprn-umin000012345") == ("UMIN-CTR", "UMIN000012345")
    assert normalise_registry_id("NL7839") == ("NTR", "NL7839")
    assert normalise_registry_id("see NCT09991234") is None
    assert normalise_registry_id("2022-500024-30-00") == ("CTIS", "2022-500024-30")


def test_a_trial_has_one_number_of_a_numbering_and_a_registry_may_have_several() -> None:
    dutch = ("NTR1234", "NL1234", "NL-OMON1234", "NL12345.018.07")
    others = ("UMIN000000411", "C000000411", "2019-000001-11", "2022-500024-30", "NCT09990001")
    assert len({numbering_of(one) for one in (*dutch, *others)}) == len(dutch) + len(others)
    assert numbering_of("NTR1234") == numbering_of("ntr77") != numbering_of("NL77")
    assert numbering_of("2022-500024-30-00") == numbering_of("2023-500001-11") == "CTIS"
    assert numbering_of("ABC-1") == "unknown"


@pytest.mark.parametrize("far", ["", " and ", " only control " * 30, "İ" * 200])
def test_every_id_of_a_long_text_is_found_whole_wherever_it_stands(far: str) -> None:
    written = [f" {value} " for value, _, _ in REGISTERED]
    text = far.join(written)
    found = [one.value for one in find_registry_ids(text)]
    assert found == [one.value for value in written for one in find_registry_ids(value)]
    assert len(found) > 25


_WORDS = st.text(alphabet=st.characters(exclude_categories=("Cs", "Nd", "Nl", "No")), max_size=40)


@given(_WORDS, st.integers(0, 9_999_999), _WORDS)
def test_a_formatted_id_is_found_again(before: str, number: int, after: str) -> None:
    text = f"{before} NCT0{number:07d} {after}"
    found = [one for one in find_identifiers(text) if one.registry == "ClinicalTrials.gov"]
    assert [one.value for one in found] == [f"NCT0{number:07d}"]
    assert text[found[0].start : found[0].end] == found[0].value


@given(st.text(alphabet="10.5/()-NCTnl 2", max_size=300))
def test_spans_are_in_order_and_inside(text: str) -> None:
    found = find_identifiers(text)
    assert [one.start for one in found] == sorted(one.start for one in found)
    assert all(0 <= one.start < one.end <= len(text) for one in found)


def test_ids_glued_to_words_are_found() -> None:
    assert [one.value for one in find_identifiers("ClinicalTrials.gov identifierNCT09991234Sponsor")] == ["NCT09991234"]


def test_long_runs_take_linear_work() -> None:
    for run in ("10.1234/" + "(" * 200_000, "1" * 200_000, "NCT" * 100_000, "2019-" * 60_000, "IRCT " * 60_000):
        assert find_identifiers(run) == [] or run.startswith("10.")
