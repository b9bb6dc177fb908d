"""What stands where an acronym stands and is no trial's name."""

import pytest

from tests.unit.extraction.test_extract import extracted
from trialhouse.extraction.no_acronyms import is_no_acronym, spelled_out

METHODS = "METHODS: 120 patients were randomly assigned to metformel 10 mg (n=60) or placebo (n=60)."
SPELLED = "Polycystic ovary syndrome (PCOS) is common."


def acronym(title: str, text: str = "") -> str | None:
    trial = extracted(f"{title}\n\n{text} {METHODS}\n").trial
    return trial.acronym if trial else None


@pytest.mark.parametrize("condition", ["PCOS", "PTSD", "ADHD", "NAFLD", "DLBCL", "MDD", "DME", "GAD", "OCD", "ICU"])
@pytest.mark.parametrize("text", ["", "Patients with {} were enrolled."])
def test_a_condition_is_no_trial(condition: str, text: str) -> None:
    assert acronym(f"Metformel in {condition}: a randomized controlled trial.", text.format(condition)) is None
    assert acronym(f"Metformel and sleep in {condition}: a double-blind, randomised trial.", text) is None


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Metformel in polycystic ovary syndrome (PCOS): a randomised trial.", ""),
        ("Metformel in Polycystic Ovary Syndrome (PCOS): A Randomised Trial.", ""),
        ("Metformel for polycystic ovary syndrome: a randomised trial (PCOS)", SPELLED),
        ("Metformel (ASPEN): a randomised trial.", "Adults with severe ASPEN were enrolled."),
        ("Metformel (OSATE): a randomised trial.", "The treatment of OSATE is hard."),
    ],
)
def test_what_the_text_spells_out_or_gives_people_is_no_trial(title: str, text: str) -> None:
    assert acronym(title, text) is None


@pytest.mark.parametrize(
    ("title", "text", "name"),
    [
        ("Metformel in ATTEST: a phase III, randomised, placebo-controlled study.", "", "ATTEST"),
        ("Metformel in PLCT: a randomised trial.", "The PLCT trial enrolled adults.", "PLCT"),
        ("Metformel for gout (ALDER): a randomised trial.", "Patients with gout in ALDER were asked.", "ALDER"),
        (
            "Metformel for gout: the Randomised Evaluation of Gout Therapy (REGOT): a randomised trial.",
            "The Randomised Evaluation of Gout Therapy (REGOT) trial was done.",
            "REGOT",
        ),
    ],
)
def test_a_trial_keeps_its_name(title: str, text: str, name: str | None) -> None:
    assert acronym(title, text) == name


@pytest.mark.parametrize(
    "heading",
    ["WITHDRAWN", "RETRACTED", "REMOVED", "CORRECTION", "EXPRESSION OF CONCERN", "TEMPORARY REMOVAL", "CORRIGENDUM"],
)
@pytest.mark.parametrize("sign", [": ", " - ", " – "])
def test_what_heads_a_notice_is_no_trial(heading: str, sign: str) -> None:
    assert acronym(f"{heading}{sign}Metformel in outpatients with dengue: a randomised trial") is None


@pytest.mark.parametrize(
    "name",
    [
        "EUCTR2018-003456-21-GB",
        "RBR-7xk3p9",
        "ChiCTR2100051234",
        "ChiCTR-IOR-17012345",
        "IRCT20180101037890N2",
        "PHRR200123-002345",
        "DRKS00021234",
    ],
)
def test_a_registry_s_number_is_no_trial_s_name(name: str) -> None:
    assert is_no_acronym(name, "")
    assert acronym(f"Metformel in gout ({name}): a randomised trial.", f"This trial ({name}) was randomised.") is None


@pytest.mark.parametrize(
    ("name", "words", "spelled"),
    [
        ("PCOS", "in women with polycystic ovary syndrome ", "polycystic ovary syndrome "),
        ("NAFLD", "of non-alcoholic fatty liver disease", "non-alcoholic fatty liver disease"),
        ("RA", "adults with rheumatoid arthritis", "rheumatoid arthritis"),
        ("ALDER", "in adults with low back pain", None),
        ("COV-AID", "COVID-19 and signs of cytokine release syndrome", None),
        ("ADHD", "attention-deficit/hyperactivity disorder", "attention-deficit/hyperactivity disorder"),
        ("PCOS", "", None),
        ("A" * 40, "aa " * 400, None),
        ("A" * 12, "aa " * 400, "aa " * 6),
    ],
)
def test_what_a_name_abbreviates(name: str, words: str, spelled: str | None) -> None:
    begin = spelled_out(name, words)
    assert (None if begin is None else words[begin:]) == spelled
