"""A text that tells what a trial found and is a further report of that very trial, and one that only speaks of it."""

import pytest

from tests.unit.resolution.test_stated_ids import (
    BACKGROUND,
    CONCLUSIONS,
    METHODS,
    NCT,
    OF_ANOTHER,
    OF_ITS_OWN,
    PARENT,
    RESULTS,
    standing_of,
)
from trialhouse.model.document import Section

RANDOMISED = (METHODS, "We randomly assigned 300 adults to velimab or placebo.")
FOUND = f"In LUNV ({NCT}), velimab reduced gout flares."
ASKED = (RESULTS, "Pain was less with velimab.")


@pytest.mark.parametrize(
    "words",
    [
        "LUNV randomised 612 patients to velimab or placebo.",
        "In the LUNV trial, patients were randomly assigned to velimab or placebo.",
        "METHODS AND RESULTS: LUNV randomised 612 patients to velimab or placebo.",
        "We analysed 60 patients of LUNV.",
        "Data from adults enrolled in the LUNV trial were analysed.",
        "Pain was scored by all LUNV participants.",
        "This prespecified secondary analysis of LUNV included first and later flares.",
        "We did a post hoc analysis of LUNV.",
        "Post hoc analysis of the LUNV trial in adults with kidney disease.",
        "Patients in LUNV had their urate measured.",
        "In LUNV, 612 patients received velimab or placebo.",
        "We analysed LUNV data by kidney function.",
        "Here we present the planned final analysis of pain.",
        "We report updated results of LUNV.",
        "This article presents a secondary analysis of the trial's data with longer follow-up of LUNV.",
    ],
)
def test_a_text_that_goes_on_with_the_trial_that_it_tells_of_is_a_further_report(words: str) -> None:
    for section in (METHODS, Section.UNASSIGNED):
        assert standing_of((BACKGROUND, FOUND), (section, words), ASKED) is PARENT


def test_an_undivided_text_that_presents_the_final_analysis_is_a_further_report() -> None:
    told = f"The phase 3 LUNV trial ({NCT}) demonstrated fewer flares with velimab."
    for words in ("Here we present the planned final analysis of OS.", "We analysed 60 patients of LUNV."):
        assert standing_of((Section.UNASSIGNED, f"{told} {words}")) is PARENT


@pytest.mark.parametrize(
    "words",
    [
        "Doses were those that patients of LUNV followed.",
        "Patients who had been enrolled in LUNV were excluded.",
        "Adults were matched with participants from LUNV.",
        "We used the eligibility criteria of the LUNV trial for participants in Asia.",
        "The control group were historical patients from LUNV.",
        "LUNV-2 randomised 300 patients in Asia.",
        "Here we present the final analysis of ALDER.",
        "Here we report the final results of a trial in Asia.",
        "We present updated data from the Asian cohort.",
        "We report the first results in Asia.",
        "The margin was derived from a secondary analysis of LUNV.",
        "We randomly assigned 300 adults to velimab or placebo.",
    ],
)
def test_a_text_that_only_speaks_of_that_trial_is_no_further_report(words: str) -> None:
    assert standing_of((BACKGROUND, FOUND), (METHODS, words), ASKED) is OF_ANOTHER
    assert standing_of((Section.UNASSIGNED, f"{FOUND} {words} In this trial, 300 adults took it.")) is OF_ANOTHER


def test_a_trial_that_is_told_of_before_ones_own_is_another_whatever_its_size() -> None:
    told = f"{FOUND} LUNV randomised 612 patients in Europe. In this trial, 300 adults in Asia took velimab."
    assert standing_of((Section.UNASSIGNED, told)) is OF_ANOTHER


def test_an_analysis_beside_the_primary_results_is_of_that_trial() -> None:
    compared = (CONCLUSIONS, f"The findings are consistent with the primary results of LUNV ({NCT}).")
    assert (
        standing_of((METHODS, "In this post hoc analysis, 612 patients took velimab or placebo."), compared) is PARENT
    )
    assert standing_of(RANDOMISED, compared) is OF_ANOTHER
    other = (CONCLUSIONS, f"The findings are consistent with the results of LUNV ({NCT}).")
    assert (
        standing_of((METHODS, "In this post hoc analysis, 612 patients took velimab or placebo."), other) is OF_ANOTHER
    )


def test_how_lasting_an_effect_was_in_those_who_went_on_is_of_that_trial() -> None:
    title = "Durability of response to velimab in gout through 3 years"
    went_on = (METHODS, "Patients who completed week 52 continued open-label velimab every 4 weeks.")
    assert standing_of((BACKGROUND, FOUND), went_on, title=title) is PARENT
    assert standing_of((BACKGROUND, FOUND), RANDOMISED, title=title) is OF_ANOTHER
    assert standing_of((BACKGROUND, FOUND), went_on) is OF_ANOTHER


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("gladiE", "Velimab in gout (gladiE): flares in older adults"),
        ("LUNV", "Velimab and pain in the Lunv trial"),
        ("Lunvar", "Velimab and pain in gout (LUNVAR)"),
        ("LUNV 2", "Hospital admission with velimab: the LUNV-2 trial"),
    ],
)
def test_a_name_in_other_letters_is_the_same_in_the_title(name: str, title: str) -> None:
    told = (BACKGROUND, f"In {name} ({NCT}), velimab reduced gout flares."), (METHODS, "We analysed pain.")
    assert standing_of(*told, title=title) in (PARENT, OF_ITS_OWN)


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("ADVANCE", "Advance care planning in gout"),
        ("LUNV 2", "Velimab and pain in gout: the LUNV trial"),
        ("Asia", "Velimab for gout flares in Asia"),
    ],
)
def test_a_word_of_the_title_is_no_name(name: str, title: str) -> None:
    told = (BACKGROUND, f"In {name} ({NCT}), velimab reduced gout flares."), (METHODS, "We analysed pain.")
    assert standing_of(*told, title=title) is OF_ANOTHER
