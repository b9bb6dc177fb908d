"""The number of a trial that comes after the one that is reported."""

import pytest

from tests.unit.resolution.test_stated_ids import (
    CONCLUSIONS,
    METHODS,
    NCT,
    OF_ANOTHER,
    TITLE,
    Part,
    standing_of,
)
from trialhouse.model.document import Section

RANDOMISED = (METHODS, "We randomly assigned 300 adults to velimab or placebo.")


@pytest.mark.parametrize(
    "words",
    [
        f"Patients who received velimab could enter an extension ({NCT}).",
        f"Participants were eligible to roll over into the open-label extension study ({NCT}).",
        f"A phase 3 trial ({NCT}) is ongoing.",
        f"A phase 3 trial is under way ({NCT}).",
        f"A phase 3 trial is being conducted ({NCT}).",
        f"A phase 3 trial has started ({NCT}).",
        f"A confirmatory phase 3 trial, LUNV ({NCT}), has been initiated.",
        f"A phase 3 trial ({NCT}) will test this.",
        f"These data support further investigation in phase 3 (LUNV; {NCT}).",
        f"Based on these data the dose of 20 mg was selected for the phase 3 LUNV trial ({NCT}).",
    ],
)
def test_the_number_of_a_trial_that_comes_after_is_anothers(words: str) -> None:
    assert standing_of(RANDOMISED, (CONCLUSIONS, words)) is OF_ANOTHER
    assert standing_of((Section.UNASSIGNED, f"{RANDOMISED[1]} {words}")) is OF_ANOTHER


@pytest.mark.parametrize(
    ("parts", "title"),
    [
        (((METHODS, f"A phase 1 trial ({NCT}) is ongoing. 40 adults received velimab."),), TITLE),
        (((METHODS, f"Completers could enter an extension ({NCT}), in which all received velimab."),), TITLE),
        ((RANDOMISED, (CONCLUSIONS, f"This phase 3 trial ({NCT}) is ongoing.")), TITLE),
        ((RANDOMISED, (CONCLUSIONS, f"Here, in a phase 3 trial ({NCT}) that is ongoing, flares fell.")), TITLE),
        ((RANDOMISED, (METHODS, f"Patients could enter an extension ({NCT}).")), "Long-term velimab in gout"),
        ((RANDOMISED, (CONCLUSIONS, f"LUNV ({NCT}) is ongoing.")), TITLE),
        ((RANDOMISED, (CONCLUSIONS, f"The phase 3 LUNV trial ({NCT}) has started.")), TITLE),
    ],
)
def test_what_is_ongoing_or_an_extension_may_be_what_is_reported(parts: tuple[Part, ...], title: str) -> None:
    assert standing_of(*parts, title=title) > OF_ANOTHER
