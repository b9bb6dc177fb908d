"""The phase of a document is that of its own trial: not of an earlier one, nor of one to come."""

import pytest

from tests.unit.extraction.test_extract import extracted

RANDOMISED = "Adults were randomly assigned to kelvinib or placebo."


@pytest.mark.parametrize(
    ("text", "phase"),
    [
        ("BACKGROUND: In a phase 2 trial, kelvinib lowered urate. METHODS: In this phase 3 trial, {}", "PHASE3"),
        ("BACKGROUND: In a phase 2 trial, kelvinib lowered urate.\nMETHODS: {}", None),
        ("{} A phase 3 trial (NCT08623002) is planned.", None),
        ("{} A phase 3 trial has started.", None),
        ("{} The results support a phase 3 trial.", None),
        ("{} A larger phase 3 trial will follow.", None),
        ("In this phase 2 trial, {} A phase 3 trial is under way.", "PHASE2"),
        ("A phase 2 trial of kelvinib was done in gout. {}", "PHASE2"),
        ("METHODS: In a phase 2/3 trial, {}", "PHASE2/PHASE3"),
        ("Here we report a phase IIb trial. {} Our phase 3 trial is ongoing.", "PHASE2"),
        ("We did a phase 3 trial, as a phase 2 trial was positive. {}", "PHASE3"),
    ],
)
def test_the_phase_is_of_this_trial(text: str, phase: str | None) -> None:
    trial = extracted(f"Kelvinib in gout\n\n{text.format(RANDOMISED)}\n").trial
    assert trial is not None
    assert trial.phase == phase


def test_the_title_goes_before_what_the_text_says() -> None:
    trial = extracted(f"Kelvinib in gout: a phase 3 randomised trial\n\nIn this phase 2 part, {RANDOMISED}\n").trial
    assert trial is not None
    assert trial.phase == "PHASE3"
