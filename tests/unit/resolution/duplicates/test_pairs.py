"""Two records of one paper as exports write it, and two documents that look alike."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from trialhouse.model.citation import Citation
from trialhouse.resolution.duplicates import Duplicates

TITLE = "Effect of quenosartan on blood pressure in smokers with hypertension: a randomised trial"

SAME: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "initials, short journal and pages": (
        {},
        {"authors": ("Miller AB", "Okafor C"), "journal": "J Clin Hypertens Res", "pages": "73-6"},
    ),
    "capitals and a language": ({}, {"title": f"{TITLE.upper()} [Chinese]"}),
    "a translated title in brackets": ({}, {"title": f"[{TITLE}]", "journal": "J. Clin. Hypertens. Res."}),
    "notes of a library": ({}, {"title": f"{TITLE}. [Review] [45 refs]"}),
    "an erratum that appeared": ({}, {"title": f"{TITLE}.[Erratum appears in J Clin. 2013 Mar;13(1):9 Note: [added]]"}),
    "entities and markup": (
        {"title": "Effect of quenosartan & placebo on <i>N</i>-acetyl CO<sub>2</sub> exchange in adult smokers"},
        {"title": "Effect of quenosartan &amp; placebo on N-acetyl CO2 exchange in adult smokers"},
    ),
    "Greek letters": (
        {"title": "Interferon-γ and quenosartan as markers of blood pressure in smokers"},
        {"title": "Interferon-gamma and quenosartan as markers of blood pressure in smokers"},
    ),
    "a lowered digit": (
        {"title": "Vitamin D₃ and quenosartan for blood pressure of smokers in winter"},
        {"title": "Vitamin D3 and quenosartan for blood pressure of smokers in winter"},
    ),
    "the letter for micro": (
        {"title": "Inhaled quenosartan 800 µg for blood pressure of smokers in winter"},
        {"title": "Inhaled quenosartan 800 ug for blood pressure of smokers in winter"},
    ),
    "the Greek letter for micro": (
        {"title": "Inhaled quenosartan 800 μg for blood pressure of smokers in winter"},
        {"title": "Inhaled quenosartan 800 mcg for blood pressure of smokers in winter"},
    ),
    "a typo": ({}, {"title": TITLE.replace("hypertension", "hypertenson")}),
    "British and American": ({}, {"title": TITLE.replace("randomised", "randomized")}),
    "more of British and American": (
        {"title": "Aetiology of quenosartan use in a programme for anaemia versus oestrogen in adults"},
        {"title": "Etiology of quenosartan use in a program for anemia vs estrogen in adults"},
    ),
    "a journal of one word": ({"journal": "Neuroscience"}, {"journal": "Neurosci.", "pages": None}),
    "a comment without its quotes": (
        {"title": "Comment on “Effect of quenosartan on blood pressure in smokers”"},
        {"title": "Comment on Effect of quenosartan on blood pressure in smokers"},
    ),
    "a subtitle dropped": ({}, {"title": TITLE.partition(":")[0]}),
    "a title cut within a word": ({}, {"title": TITLE[:61]}),
    "names turned about": ({}, {"authors": ("Anna B. Miller", "Chidi Okafor", "Piet Jansen")}),
    "a letter lost": ({"authors": ("Leśniak, M.", "Okafor, C")}, {"authors": ("Le?niak, M.", "Okafor, C")}),
    "the first author only": ({}, {"authors": ("Miller, A",)}),
    "no volume and issue": ({}, {"volume": None, "number": None}),
    "no pages yet": ({}, {"pages": None}),
    "published ahead of print": ({}, {"year": 2011}),
    "a journal in two languages": ({}, {"journal": "Zeitschrift fuer Bluthochdruck"}),
    "pages as a date": ({"pages": "1-14"}, {"pages": "Jan-14"}),
    "an article's number": ({"pages": "e12724"}, {"pages": "1-6"}),
    "pages cut by a library": ({"pages": "S417-S429"}, {"pages": "Suppl-29"}),
    "a volume cut at a bracket": ({"volume": "55", "number": "SUPPL. 1"}, {"volume": "1)", "number": None}),
    "a DOI with an address": (
        {"doi": "10.5555/abc.1", "pages": None},
        {"doi": "https://doi.org/10.5555/ABC.1", "volume": None, "pages": None, "journal": None},
    ),
    "a DOI that is escaped": ({"doi": "10.5555/s0025(17)1"}, {"doi": "http://dx.doi.org/10.5555/S0025%2817%291"}),
    "another DOI, and all else equal": ({"doi": "10.5555/early.2011.7"}, {"doi": "10.5555/printed-73"}),
    "the same PubMed id": ({"pmid": "7", "volume": None}, {"pmid": "7", "pages": None, "authors": ()}),
    "numbers as words and numerals": (
        {"title": "Two doses of quenosartan in type II diabetes and 10,000 smokers of a county"},
        {"title": "2 doses of quenosartan in type 2 diabetes and 10 000 smokers of a county"},
    ),
    "letters that are not Latin": (
        {"title": "кенозартан при гипертонии у курящих: рандомизированное исследование"},
        {"title": "Кенозартан при гипертонии у курящих - рандомизированное исследование."},
    ),
}

APART: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "other PubMed ids": ({"pmid": "7"}, {"pmid": "8"}),
    "other trials of one registry": ({"registry_ids": ("NCT09990001",)}, {"registry_ids": ("NCT09990002",)}),
    "other trials in the abstracts": (
        {"abstract": "Smokers took part (NCT09990001). " + "Pressure fell. " * 12},
        {"abstract": "Smokers took part (NCT09990002). " + "Pressure fell. " * 12},
    ),
    **{
        f"other trials of {registry} in the abstracts": (
            {"abstract": f"Pressure fell at {centre}. " * 12 + f"Registered as {one}."},
            {"abstract": f"Pressure fell at {centre}. " * 12 + f"Registered as {other}."},
        )
        for registry, centre, one, other in (
            ("DRKS", "the clinics of Bonn", "DRKS00012345", "DRKS00054321"),
            ("UMIN", "a harbour in Japan", "UMIN000012345", "UMIN000054321"),
            ("CRiS", "two schools of Busan", "KCT0001234", "KCT0004321"),
            ("NTR", "farms", "NTR1234", "NTR4321"),
            ("NTR's new numbers", "home among retired sailors", "NL1234", "NL4321"),
            ("JapicCTI", "work with night shifts", "JapicCTI-101234", "JapicCTI-104321"),
            ("ReBEC", "altitude in pregnancy", "RBR-2k4d7s", "RBR-9x3f5t"),
            ("TCTR", "sixteen rural temples", "TCTR20200101001", "TCTR20210101002"),
        )
    },
    "adults and adolescents under one title": (
        {"abstract": "We treated adults with high pressure at many sites of the county. " * 4, "pages": None},
        {"abstract": "We treated adolescents with high pressure at many sites of the county. " * 4, "pages": None},
    ),
    "part one and part two": ({"title": f"{TITLE}. Part I"}, {"title": f"{TITLE}. Part II", "pages": "77-80"}),
    "part two of it": ({}, {"title": f"{TITLE}, part 2"}),
    "five years and ten": ({"title": f"{TITLE}: 5-year results"}, {"title": f"{TITLE}: 10-year results"}),
    "vitamin A and vitamin D": (
        {"title": "Levels of vitamin A in smokers with hypertension and their families"},
        {"title": "Levels of vitamin D in smokers with hypertension and their families"},
    ),
    "men and women": ({"title": f"{TITLE} in men"}, {"title": f"{TITLE} in women"}),
    "another cancer on the same page": (
        {"title": "Quenosartan inhibits growth of breast cancer in mice", "pages": "A129"},
        {"title": "Quenosartan inhibits growth of prostate cancer in mice", "pages": "A129"},
    ),
    "high and low": (
        {"title": "Quenosartan and the course of hypertension in smokers of a county"},
        {"title": "Quenosartan and the course of hypotension in smokers of a county"},
    ),
    "another DOI, and other pages": ({"doi": "10.5555/a"}, {"doi": "10.5555/b", "pages": "99-104"}),
    "a supplement's DOI": (
        {"title": "Quenosartan in smokers: one centre's experience of a year", "doi": "10.5555/s", "pages": None},
        {"title": "Renal outcomes of kidney donors in a rural county", "doi": "10.5555/s", "pages": None},
    ),
    "another volume a year later": ({}, {"year": 2013, "volume": "13", "pages": "9-12"}),
    "another journal": ({}, {"journal": "Annals of Nephrology", "volume": "40", "pages": "S12"}),
    "its erratum": ({}, {"title": f"Erratum: {TITLE}", "pages": "210"}),
    "its retraction notice": ({}, {"title": f"Retraction: {TITLE}", "pages": "210"}),
    "a reply": ({}, {"title": f"Re: {TITLE}", "pages": "210", "authors": ("Sousa, R",)}),
    "its preprint": ({}, {"journal": "medRxiv", "volume": None, "number": None, "pages": None}),
    "the same short title": (
        {"title": "Editorial", "pages": None, "volume": None},
        {"title": "Editorial", "pages": None, "volume": None},
    ),
    "a title and nothing else": (
        dict.fromkeys(("year", "journal", "volume", "number", "pages")) | {"authors": ()},
        dict.fromkeys(("year", "journal", "volume", "number", "pages")) | {"authors": ()},
    ),
    "no titles": ({"title": None}, {"title": None}),
    "other authors of one title": ({}, {"authors": ("Sousa, R", "Lindqvist, E"), "pages": "210-214"}),
}


Cases = dict[str, tuple[dict[str, Any], dict[str, Any]]]


def results(cases: Cases, citation: Callable[..., Citation], found: Callable[..., Duplicates]) -> Duplicates:
    """All cases in one search: a drug of its own in each case's titles keeps the cases apart."""
    records = []
    for name, sides in cases.items():
        drug = "".join(chr(ord("a") + byte % 26) for byte in hashlib.sha256(name.encode()).digest()[:12])
        for side, said in zip("ab", sides, strict=True):
            one = citation(f"{name}: {side}", **said)
            title = one.title and one.title.replace("uenosartan", drug).replace("UENOSARTAN", drug.upper())
            records.append(one.model_copy(update={"title": title}))
    result = found(*records)
    assert found(*reversed(records)) == result
    return result


@pytest.fixture(scope="module")
def merged(citation: Callable[..., Citation], found: Callable[..., Duplicates]) -> Duplicates:
    return results(SAME, citation, found)


@pytest.fixture(scope="module")
def unmerged(citation: Callable[..., Citation], found: Callable[..., Duplicates]) -> Duplicates:
    return results(APART, citation, found)


@pytest.mark.parametrize("name", SAME)
def test_two_records_of_one_paper_are_one(merged: Duplicates, name: str) -> None:
    one, other = f"{name}: a", f"{name}: b"
    assert merged.clusters[one] == [one, other]
    (link,) = (link for link in merged.links if link.left == one)
    assert link.right == other
    assert link.reason


@pytest.mark.parametrize("name", APART)
def test_two_documents_that_look_alike_are_two(unmerged: Duplicates, name: str) -> None:
    assert unmerged.links == ()
    assert [unmerged.cluster_of[f"{name}: {side}"] for side in "ab"] == [f"{name}: {side}" for side in "ab"]
