"""Abbreviations in capitals that the text does not spell out: PBO, and the first letters of a drug that it names."""

import pytest

from tests.unit.extraction.test_extract import extracted
from trialhouse.model.enums import ArmType
from trialhouse.model.extraction import Extraction

GIVEN = "Methods: 326 pts with lupus nephritis were randomised 1:1 to CAV 100 mg (n=163) or PBO (n=163). "
BOTH = [("cavolimab", 163), ("placebo", 163)]


def given(found: Extraction) -> list[tuple[str, int | None]]:
    """What each arm is given, with its size."""
    return [("+".join(str(one.norm) for one in arm.interventions), arm.n_randomized) for arm in found.arms]


@pytest.mark.parametrize("control", ["PBO", "P'bo", "placebo (PBO)", "PBO group", "placebo"])
def test_pbo_is_placebo(control: str) -> None:
    found = extracted(
        "Sendrilumab reduces exacerbations: MARLOWE\n\n"
        f"Patients with COPD were randomised to sendrilumab 300 mg Q4W (n=371) or {control} (n=369). "
        "The annualised exacerbation rate was 0.92 vs 1.24 (RR 0.74)."
    )
    assert given(found) == [("sendrilumab", 371), ("placebo", 369)]
    assert found.arms[1].arm_type is ArmType.PLACEBO_COMPARATOR
    assert found.trial.placebo_controlled is True


@pytest.mark.parametrize("spelled", ["piperonyl butoxide (PBO)", "PBO (piperonyl butoxide)"])
def test_pbo_that_the_text_spells_out_otherwise_is_no_placebo(spelled: str) -> None:
    found = extracted(
        "Nets against malaria\n\n"
        f"Clusters were randomly assigned to pyrethroid-{spelled} nets (n=52) or standard nets (n=50). "
        "Parasite prevalence was 12% in the PBO group and 19% in the standard group (P=0.01)."
    )
    assert all(arm.arm_type is not ArmType.PLACEBO_COMPARATOR for arm in found.arms)
    assert found.trial.placebo_controlled is not True
    assert all(one.norm != "placebo" for arm in found.arms for one in arm.interventions)


def test_a_trial_is_pbo_controlled() -> None:
    found = extracted(
        "Cavolimab in lupus nephritis\n\nThis was a double-blind, PBO-controlled trial of cavolimab in 162 adults."
    )
    assert found.trial.placebo_controlled is True
    assert found.trial.evidence["placebo_controlled"].quote == "PBO-controlled"


@pytest.mark.parametrize(
    "words",
    [
        "The PBO-adjusted mean change in body weight at week 52 was -3.2 kg with cavolimab (95% CI -4.1 to -2.3).",
        "The mean weight fell by 3.2 kg more (difference from PBO -3.2 kg; 95% CI -4.1 to -2.3).",
    ],
)
def test_a_difference_from_pbo_is_one_from_placebo(words: str) -> None:
    found = extracted(
        "Cavolimab in lupus nephritis\n\n"
        f"In this double-blind trial patients were randomised to cavolimab 100 mg (n=80) or PBO (n=82). {words}"
    )
    (analysis,) = [one for row in found.outcomes for one in row.analyses]
    assert (analysis.estimate, analysis.arm, analysis.comparator) == (-3.2, "cavolimab 100 mg", "placebo")


def test_a_new_drug_is_known_by_the_pbo_that_it_is_set_against() -> None:
    found = extracted(
        "Zorvexin in lupus nephritis\n\nPatients were randomised to receive zorvexin or PBO for 52 weeks. "
        "Relapse occurred in 12% of the zorvexin group and in 31% of the PBO group."
    )
    assert [norm for norm, _ in given(found)] == ["zorvexin", "placebo"]


def test_an_abbreviation_is_the_drug_of_the_text_that_begins_so() -> None:
    found = extracted(
        f"Patient-reported outcomes with cavolimab: ARGENT-LN\n\n{GIVEN}"
        "Results: at Wk 52, change in SF-36 PCS was 5.2 with CAV and 2.1 with PBO (P<0.001)."
    )
    assert given(found) == BOTH
    (row,) = found.outcomes
    assert [(one.arm, one.value) for one in row.measurements] == [("cavolimab 100 mg", 5.2), ("placebo", 2.1)]


@pytest.mark.parametrize(
    "title",
    [
        pytest.param("Cavolimab or cavotinib in lupus nephritis", id="two-fit"),
        pytest.param("Delrozumab in lupus nephritis", id="none-fits"),
        pytest.param("Cavolimab in children after catheter ablation of veins (CAV)", id="spelled-out-otherwise"),
    ],
)
def test_an_abbreviation_that_may_be_something_else_is_left_alone(title: str) -> None:
    assert all(norm != "cavolimab" for norm, _ in given(extracted(f"{title}\n\n{GIVEN}")))


@pytest.mark.parametrize(
    "words",
    [
        "PAC occurred in 12 of 80 patients on paclitaxel and 20 of 82 on placebo.",
        "The PACT group met monthly.",
        "ALT 45 U/L was the median.",
    ],
)
def test_letters_that_are_no_treatment_name_none(words: str) -> None:
    found = extracted(
        "Paclitaxel and alteplase in adults\n\n"
        f"Patients were randomised to paclitaxel 80 mg (n=80) or placebo (n=82). {words}"
    )
    assert given(found) == [("paclitaxel", 80), ("placebo", 82)]
    quotes = [proof.quote for arm in found.arms for proof in arm.evidence.values()]
    assert not {"PAC", "PACT", "ALT"} & set(quotes)
