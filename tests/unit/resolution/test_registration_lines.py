"""The line with which an abstract says where its trial is registered, as publishers and meetings have it."""

import pytest

from tests.unit.resolution.test_stated_ids import BACKGROUND, CONCLUSIONS, METHODS, NCT, STATED, TOLD, standing_of
from trialhouse.model.document import Section
from trialhouse.resolution.registration_lines import is_registration

DONE = (METHODS, "We randomly assigned 300 adults to velimab or placebo.")


@pytest.mark.parametrize(
    "line",
    [
        f"Clinical trial information: {NCT}.",
        f"Clinical trial identification: {NCT}.",
        f"Clinical trial identification: {NCT} Legal entity responsible for the study: Acme. Funding: Acme.",
        f"Clinical trial identification: EudraCT 2019-003311-20; {NCT}. Legal entity responsible for the study: Acme.",
        f"TRN: {NCT}.",
        f"TRN: {NCT}, Date: 3 May 2020.",
        f"Trial registration number: {NCT}.",
        f"Trial registration: ClinicalTrials.gov Identifier: {NCT}.",
        f"Trial registration at clinicaltrials.gov {NCT} (date 3 May 2020).",
        f"Registration: {NCT}.",
        f"Clinical Trial Registration: URL: https://www.clinicaltrials.gov; Unique identifier: {NCT}.",
        f"ClinicalTrials.gov ID: {NCT}.",
        f"ClinicalTrials.gov ID {NCT}.",
        f"Study registration: ClinicalTrials.gov ({NCT}).",
        f"Registered at ClinicalTrials.gov ({NCT}).",
        f"Protocol registration: {NCT}.",
        f"Trial registry: ClinicalTrials.gov; {NCT}; URL: www.clinicaltrials.gov",
        f"NCT number: {NCT}.",
        f"CLINICAL TRIAL REGISTRATION NO: {NCT}",
        f"Funded by Acme; LUNV ClinicalTrials.gov number, {NCT}.",
    ],
)
def test_the_fixed_line_at_the_end_states_the_registration(line: str) -> None:
    for section in (CONCLUSIONS, Section.UNASSIGNED):
        assert standing_of(DONE, (section, f"Velimab reduced flares. {line}")) is STATED


@pytest.mark.parametrize(
    "words",
    [
        f"PROSPERO registration CRD42020111111 names LUNV ({NCT}).",
        f"Velimab: {NCT} is a trial of it.",
        f"Information: see {NCT}.",
    ],
)
def test_what_is_no_line_of_a_trials_registration_states_none(words: str) -> None:
    assert standing_of(DONE, (CONCLUSIONS, f"Velimab reduced flares. {words}")) <= TOLD


def test_a_head_of_a_part_of_the_background_makes_no_line() -> None:
    assert standing_of((BACKGROUND, f"RESULTS: {NCT} found fewer flares."), DONE) < TOLD


@pytest.mark.parametrize(
    "label",
    ["TRIAL REGISTRATION", "Clinical trial information", "CLINICALTRIALS.GOV IDENTIFIER", "TRN", "Trial number"],
)
def test_a_part_with_such_a_label_is_on_the_registration(label: str) -> None:
    assert is_registration(label)
    assert not is_registration("CONCLUSIONS")
    assert not is_registration(None)
