"""Texts wholly in capitals say what they say in small letters, and are quoted as they stand."""

import pathlib

import pytest

from bench.evaluation.reading import received
from trialhouse.documents.plain_text import parse_plain_text
from trialhouse.extraction import extract
from trialhouse.extraction.in_capitals import in_small_letters
from trialhouse.model.document import Document
from trialhouse.model.extraction import Extraction
from trialhouse.resources import read_vocabulary

VOCABULARY = read_vocabulary(pathlib.Path(__file__).parents[3] / "seeds")
TEXT = """Veltocimab in hypertension: a randomized trial

METHODS: We randomly assigned 302 adults at 12 hospitals to veltocimab 5 mg (n=151) or placebo (n=151) once daily for \
24 weeks. RESULTS: At week 24, systolic blood pressure fell by 12.1 mm Hg with veltocimab and 4.0 mm Hg with placebo \
(mean difference -8.1 mm Hg; 95% CI -10.0 to -6.2; P<0.001). Death occurred in 2.0% of the veltocimab group and 2.6% \
of the placebo group (OR 0.75; 95% confidence interval 0.16 to 3.4).
"""


def parsed(text: str) -> Document:
    return parse_plain_text(text, received("case", text)[1])


def said(record: Extraction) -> list[tuple[object, ...]]:
    """Who, how many, and each number with its arm, time and comparison."""
    facts: list[tuple[object, ...]] = [(record.trial.enrollment, record.trial.site_count)]
    facts += [(arm.label, arm.n_randomized) for arm in record.arms]
    for outcome in record.outcomes:
        facts += [(outcome.time_frame_weeks, one.arm, one.value, one.unit) for one in outcome.measurements]
        facts += [(one.arm, one.effect, one.estimate, one.ci_low, one.ci_high, one.p_value) for one in outcome.analyses]
    return facts


@pytest.mark.parametrize("written", [TEXT.upper(), TEXT.upper().replace(" MG ", " mg ").replace("N=", "n=")])
def test_capitals_say_what_small_letters_say(written: str) -> None:
    record = extract(parsed(written), VOCABULARY)[0]
    plain = extract(parsed(TEXT), VOCABULARY)[0]
    assert said(record) == said(plain)
    assert len(said(record)) > 8
    proofs = [one.evidence for outcome in record.outcomes for one in (*outcome.measurements, *outcome.analyses)]
    assert all(written[one.start : one.end] == one.quote for one in proofs)


@pytest.mark.parametrize("text", [TEXT, TEXT.replace("mean difference", "MEAN DIFFERENCE"), "", "12\n\n34"])
def test_other_texts_are_read_as_they_are(text: str) -> None:
    assert in_small_letters(parsed(text)) is None
