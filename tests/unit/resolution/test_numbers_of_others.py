"""A number of another trial that a text gives beside its own result, with that trial's registry id."""

import pytest

from tests.unit.resolution.test_stated_ids import METHODS, NCT, OF_ANOTHER, PARENT, RESULTS, TOLD, standing_of
from trialhouse.model.document import Section

ASSIGNED = "Patients were randomly assigned to velimab or placebo."


@pytest.mark.parametrize(
    "words",
    [
        f"The rate with velimab in LUNV ({NCT}), which was done in Europe, was 2.9%.",
        f"The mean change in flares in the LUNV trial ({NCT}), which enrolled men, was -2.1.",
        f"Flares occurred in 4.0% of the velimab group, compared with 2.9% in LUNV ({NCT}).",
        f"This is more than the 2.9% in the LUNV trial ({NCT}).",
    ],
)
def test_a_number_of_a_trial_that_has_to_be_told_what_it_was_is_of_another(words: str) -> None:
    part = (Section.UNASSIGNED, f"{ASSIGNED} {words}")
    assert standing_of(part) is OF_ANOTHER
    assert standing_of((METHODS, ASSIGNED), (RESULTS, words)) is OF_ANOTHER
    assert standing_of(part, title="Velimab for gout (LUNV)") is PARENT


@pytest.mark.parametrize(
    "words",
    [
        f"The rate with velimab in LUNV ({NCT}) was 2.9%.",
        f"Flares occurred in 2.9% with velimab versus 40% in the placebo group of LUNV ({NCT}).",
        f"Flares occurred in 2.9% with velimab versus 40% with placebo in LUNV ({NCT}).",
        f"The LUNV trial ({NCT}), which was done in Europe, was stopped early.",
    ],
)
def test_a_result_of_this_trial_by_its_name_is_told(words: str) -> None:
    assert standing_of((Section.UNASSIGNED, f"{ASSIGNED} {words}")) >= TOLD


def test_a_text_whose_first_sentence_is_the_result_tells_of_its_own_trial() -> None:
    first = f"The rate with velimab in LUNV ({NCT}), which was done in Europe, was 2.9%."
    assert standing_of((Section.UNASSIGNED, f"{first} {ASSIGNED}")) >= TOLD
