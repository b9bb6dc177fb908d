"""Figures of registry ids and of dates are no numbers of the trial, whatever the registry and however it is written."""

import pytest

from tests.unit.extraction.test_extract import extracted
from trialhouse.extraction.reading import read
from trialhouse.model.document import Document
from trialhouse.model.extraction import Extraction

WRITTEN = (
    "CTRI/2020/07/026789",
    "SLCTR/2019/023",
    "CTRI/2018/01/011234 [Registered on: 12/01/2018]",
    "ChiCTR-IOR-17012345",
    "ISRCTN 45678124",
    "ISRCTN registration number: 45678124",
    "ISRCTN 4567812",
    "NCT 08990001",
    "ACTRN 12620000456780",
    "IRCT20180101037890N2",
    "2020-001234-19",
    "PHRR200123-002345",
    "NTR 7654",
    "ntr: 765412",
    "UMIN-CTR 000076541",
    "XYZ-2019/123 (trial registration)",
    "trial registration: XYZ-2019/123",
    "registered with the hospital under number 20190012",
    "Universal Trial Number U1111-1234-5678",
    "registered on 2018-03-04",
)
RESULTS = (
    "Pain was assessed. 204 adults received baltostat 100 mg (n=102) or placebo (n=102). At week 24, response was "
    "achieved by 61 (59.8%) of 102 patients in the baltostat group and 41 (40.2%) of 102 in the placebo group."
)


def told(record: Extraction) -> tuple[object, ...]:
    """What a record says of the trial's numbers."""
    values = [(one.arm, one.value) for row in record.outcomes for one in row.measurements]
    assert record.trial is not None
    return record.trial.enrollment, [(arm.key, arm.n_randomized) for arm in record.arms], values


@pytest.mark.parametrize("written", WRITTEN)
@pytest.mark.parametrize(
    "sentence",
    [
        "We conducted a randomised trial of baltostat in osteoarthritis ({}).",
        "This randomised trial of baltostat versus placebo ({}) was done in osteoarthritis.",
        "In a randomised trial of baltostat in osteoarthritis ({}), adults were randomly assigned.",
    ],
)
def test_the_numbers_of_a_trial_are_the_same_with_its_registration_and_without(sentence: str, written: str) -> None:
    with_it = told(extracted(f"{sentence.format(written)} {RESULTS}"))
    without = told(extracted(f"{sentence.format('a multicentre one')} {RESULTS}"))
    assert with_it == without
    assert with_it[0] == 204


@pytest.mark.parametrize(
    "text",
    [
        "This trial is registered with ISRCTN, 2210 patients were randomised.",
        "Of those registered, 12/240 died.",
        "After registration, 200 patients were randomised.",
        "ISRCTN 2210 patients were randomised, 1108 to drug.",
        "We enrolled 240 (trial registration below).",
        "The registered number of patients was 240.",
        "Cells with p75NTR 12% were counted.",
    ],
)
def test_numbers_beside_the_words_of_a_registration_stay_numbers(text: str) -> None:
    assert read(Document.model_construct(text=text, zones=(), registry_ids=())).registrations == ()
