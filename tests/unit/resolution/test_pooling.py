"""Abstracts that put trials together: told by their methods where no type and no title says so."""

from collections.abc import Callable

import pytest

from tests.unit.resolution.test_own_ids import read, record, resolved
from tests.unit.resolution.test_stated_ids import BACKGROUND, CONCLUSIONS, METHODS, NCT, Part, abstract
from trialhouse.model.document import Section
from trialhouse.model.enums import DocumentKind, TrialRole
from trialhouse.model.tables import OutcomeMeasurementRow, TrialDocumentRow
from trialhouse.resolution.brief import Brief, open_brief
from trialhouse.resolution.in_brief import pooling_of
from trialhouse.resolution.pooling import pooling_in_text
from trialhouse.resolution.reading import Reading
from trialhouse.resolution.reviews import review_of

TITLE = "Walimab in gout"


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ((METHODS, f"Data from four trials of walimab, including ASH ({NCT}), were integrated."), "a pooled analysis"),
        ((METHODS, f"Data of two phase 3 studies, ASH ({NCT}) and OAK, were pooled."), "a pooled analysis"),
        ((METHODS, f"We pooled data of three randomised trials ({NCT})."), "a pooled analysis"),
        ((METHODS, f"Pooled data analysis of two randomised studies ({NCT})."), "a pooled analysis"),
        ((Section.UNASSIGNED, f"Patients from the 3 phase 3 trials ({NCT}) were combined."), "a pooled analysis"),
        (
            (METHODS, f"Data of SUN ({NCT}) and of a Japanese trial (jRCT2031230011) were pooled."),
            "a pooled analysis",
        ),
        ((METHODS, f"Data from ASH ({NCT}) and OAK (ISRCTN61234567) were pooled."), "a pooled analysis"),
        ((METHODS, f"We pooled individual data from the ASH trial ({NCT}) and the OAK trial."), "a pooled analysis"),
        ((METHODS, f"Patients in a phase 2 study ({NCT}) and a phase 3 study were combined."), "a pooled analysis"),
        ((METHODS, f"We did an unanchored comparison with published data on ASH ({NCT})."), "an indirect comparison"),
        ((METHODS, f"Data on patients in ASH ({NCT}) were matching-adjusted."), "an indirect comparison"),
    ],
)
def test_methods_that_put_trials_together_are_of_no_trial_alone(part: Part, words: str) -> None:
    assert pooling_in_text(abstract(part, title=TITLE)) == words


@pytest.mark.parametrize(
    "part",
    [
        (BACKGROUND, "Data from two phase 2 trials were pooled before."),
        (METHODS, "The sample size was based on data of two trials that were pooled."),
        (METHODS, "Data from both sites were pooled."),
        (METHODS, "We combined walimab with colchicine in two groups."),
        (CONCLUSIONS, "Indirect comparisons with canakinumab are needed."),
        (METHODS, "We integrated care in three clinics."),
        (METHODS, "Data from MRI and CT were pooled."),
        (METHODS, f"Data of ASH ({NCT}) on pain and function were pooled."),
        (METHODS, f"Data from the parent study ({NCT}) and the open-label extension study were pooled."),
        (METHODS, f"Data from the core trial ({NCT}) and its extension were combined."),
        (METHODS, "Results of the efficacy and safety of the ASH trial were combined in one score."),
        (METHODS, "Pooled plasma of three donors was given in this trial."),
    ],
)
def test_a_report_of_one_trial_pools_nothing(part: Part) -> None:
    assert pooling_in_text(abstract(part, title=TITLE)) is None


def test_a_full_text_and_a_trial_by_its_title_are_not_asked() -> None:
    part = (METHODS, "Data from four trials were pooled.")
    assert pooling_in_text(abstract(part, title=TITLE, kind=DocumentKind.FULLTEXT)) is None
    assert review_of(reading(part, title="Walimab in gout: a randomised trial")) is None


def reading(*parts: Part, title: str = TITLE) -> Reading:
    document = abstract(*parts, title=title)
    return Reading(document, (read(document, *(one.value for one in document.registry_ids)),), "test", "1")


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Walimab versus canakinumab in gout: a matching-adjusted indirect comparison", "an indirect comparison"),
        ("Walimab and canakinumab: indirect treatment comparison of randomised trial data", "an indirect comparison"),
        ("Integrated efficacy of walimab in gout across phase 2 and 3 trials", "a pooled analysis"),
        ("Rapid onset of walimab in gout: pooled results of ASH and the Japanese trial", "a pooled analysis"),
        ("Pooled data from the ASH trial and OAK", "a pooled analysis"),
        ("Emulation of the ASH trial with claims data", "an emulation of a trial"),
        ("Walimab in routine care: a target trial emulation", "an emulation of a trial"),
    ],
)
def test_what_a_title_says_puts_trials_together(title: str, words: str) -> None:
    review = review_of(reading((METHODS, f"Walimab was studied ({NCT})."), title=title))
    assert review is not None
    assert (review.words, review.registry_ids) == (words, (NCT,))


def test_an_emulation_with_a_registration_of_its_own_is_a_study_of_its_own() -> None:
    title = "Walimab in routine care: a target trial emulation"
    assert review_of(reading((METHODS, f"This study is registered as {NCT}."), title=title)) is None
    assert review_of(reading((METHODS, "Walimab was studied."), title=title)) is None


def test_it_is_linked_to_the_trial_and_gives_it_no_number(record_of: Reading) -> None:
    rows = resolved(record_of, reading((METHODS, f"Data from four trials, including ASH ({NCT}), were integrated.")))
    links = {row.document_id: row.role for row in rows.of(TrialDocumentRow)}
    assert links == {f"doc-{NCT}": TrialRole.REGISTRATION, "doc-a": TrialRole.REVIEW_MENTION}
    assert rows.of(OutcomeMeasurementRow) == []


def test_a_brief_says_it_too() -> None:
    one = reading((METHODS, "Data from four trials were pooled."))
    written = Brief.of(one.document, one.extractions).written()
    opened, _ = open_brief(written, "a", lambda name: (one.document, one.extractions))
    assert pooling_of(opened) == "a pooled analysis"


@pytest.fixture
def record_of(reading: Callable[..., Reading]) -> Reading:
    """The registry record of one of the trials."""
    return record(reading, NCT)
