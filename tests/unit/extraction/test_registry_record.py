"""A registry's study to claims. The study is invented."""

import datetime
import json
from typing import Any

import pytest

from trialhouse.extraction.registry_record import extract_registry_record
from trialhouse.extraction.registry_times import time_frame_weeks
from trialhouse.model.document import Document, Identifier, Receipt
from trialhouse.model.enums import ArmType, DocumentKind, Masking, OutcomeType, Phase, Route
from trialhouse.model.extraction import Extraction
from trialhouse.model.vocabulary import RouteTerm, UnitTerm, Vocabulary

VOCABULARY = Vocabulary(
    units=(UnitTerm(name="µg", unit="mcg"), UnitTerm(name="mg", unit="mg")),
    routes=(RouteTerm(name="by mouth", route=Route.ORAL), RouteTerm(name="intravenous", route=Route.INTRAVENOUS)),
)


def study(arms: list[dict[str, Any]], interventions: list[dict[str, Any]], **modules: Any) -> Extraction:
    protocol = {
        "identificationModule": {"nctId": "NCT09990777", "acronym": "BELO"},
        "armsInterventionsModule": {"armGroups": arms, "interventions": interventions},
        **modules,
    }
    text = json.dumps({"protocolSection": protocol}, indent=2)
    start = text.index("NCT09990777")
    receipt = Receipt(
        source="files",
        record_id="in/NCT09990777.json",
        locator="in/NCT09990777.json",
        fetched_at=datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC),
        sha256="0" * 64,
        size_bytes=len(text),
    )
    named = Identifier(
        scheme="registry", value="NCT09990777", registry="ClinicalTrials.gov", start=start, end=start + 11
    )
    document = Document(
        document_id="doc-x",
        receipt=receipt,
        format="ctgov_json",
        kind=DocumentKind.REGISTRY,
        text=text,
        registry_ids=(named,),
    )
    return extract_registry_record(document, VOCABULARY)


def arm(label: str, description: str, *names: str, kind: str = "EXPERIMENTAL") -> dict[str, Any]:
    return {"label": label, "type": kind, "description": description, "interventionNames": list(names)}


DRUG = {"type": "DRUG", "name": "Belotarin", "description": "Tablets of 20 mg or 40 mg"}
PLACEBO = {"type": "DRUG", "name": "Placebo", "description": "Tablets of 100 mg lactose, by mouth"}


def test_dose_of_the_arm_not_of_the_range() -> None:
    record = study(
        [
            arm("Belotarin 20 mg", "by mouth once daily for 12 weeks", "Drug: Belotarin"),
            arm("High dose", "Belotarin, dose as tolerated", "Drug: Belotarin"),
            arm("Placebo", "by mouth once daily", "Drug: Placebo", kind="PLACEBO_COMPARATOR"),
        ],
        [DRUG, PLACEBO],
    )
    low, high, placebo = (one.interventions[0] for one in record.arms)
    assert (low.dose_value, low.dose_unit, low.dose_raw) == (20.0, "mg", "20 mg")
    assert (low.route, low.frequency, low.duration_weeks) == (Route.ORAL, "once daily", 12.0)
    assert low.evidence["dose_value"].quote == "20 mg"
    assert low.evidence["dose_value"].locator == "$.protocolSection.armsInterventionsModule.armGroups[0].label"
    assert (high.dose_value, high.dose_unit) == (None, None)
    assert (placebo.dose_value, placebo.frequency) == (None, "once daily")
    assert [one.arm_type for one in record.arms] == [
        ArmType.EXPERIMENTAL,
        ArmType.EXPERIMENTAL,
        ArmType.PLACEBO_COMPARATOR,
    ]
    assert record.trial.placebo_controlled is True


@pytest.mark.parametrize(
    "label", ["Belotarin 20-40 mg", "Belotarin up to 40 mg", "Belotarin 5 mg then 10 mg", "Belotarin"]
)
def test_an_unclear_dose_is_null(label: str) -> None:
    record = study([arm(label, "", "Drug: Belotarin")], [{"type": "DRUG", "name": "Belotarin", "description": ""}])
    assert record.arms[0].interventions[0].dose_value is None


def test_an_arm_of_two_drugs_does_not_lend_its_dose() -> None:
    other = {"type": "DRUG", "name": "Ultorin", "description": "5 µg intravenous"}
    record = study([arm("Both", "Belotarin 20 mg", "Drug: Belotarin", "Drug: Ultorin")], [DRUG, other])
    first, second = record.arms[0].interventions
    assert first.dose_value is None
    assert (second.dose_value, second.dose_unit, second.route) == (5.0, "mcg", Route.INTRAVENOUS)


def test_design_facts() -> None:
    record = study(
        [],
        [],
        designModule={
            "studyType": "INTERVENTIONAL",
            "phases": ["PHASE2", "PHASE3"],
            "designInfo": {"maskingInfo": {"masking": "NONE"}, "allocation": "SOMETHING_NEW"},
            "enrollmentInfo": {"count": 120, "type": "ESTIMATED"},
        },
        contactsLocationsModule={"locations": [{"country": "Italy"}, {"country": "France"}, {"country": "Italy"}]},
    )
    trial = record.trial
    assert (trial.phase, trial.masking, trial.allocation) == (Phase.PHASE2_PHASE3, Masking.NONE, None)
    assert (trial.countries, trial.site_count, trial.enrollment) == (("France", "Italy"), 3, 120)
    assert trial.evidence["enrollment"].quote == "120"
    assert trial.evidence["enrollment"].locator == "$.protocolSection.designModule.enrollmentInfo.count"
    assert "allocation" not in trial.evidence


def test_what_the_api_never_sends_is_as_if_it_were_absent_and_a_date_that_is_none_is_a_candidate() -> None:
    record = study(
        [arm("Belotarin", "by mouth", "Drug: Belotarin")],
        [DRUG],
        designModule={"studyType": ["INTERVENTIONAL"], "phases": "PHASE2", "enrollmentInfo": {"count": True}},
        statusModule={"startDateStruct": {"date": "spring of 2021"}, "completionDateStruct": "2022"},
        contactsLocationsModule={"locations": [None, "Rome", {"country": 7}]},
        conditionsModule={"conditions": {"a": 1}},
        outcomesModule={"primaryOutcomes": [None, {"measure": ["x"], "timeFrame": 12}]},
    )
    trial = record.trial
    assert (trial.study_type, trial.phase, trial.enrollment, trial.conditions) == (None, None, None, ())
    assert (trial.start_date, trial.completion_date) == (None, None)
    assert [(one.measure, one.time_frame) for one in record.outcomes] == [("", "12")]
    dates = [one for one in record.candidates if one.kind == "date"]
    assert [one.quote for one in dates] == ["spring of 2021"]


def test_planned_outcomes_have_no_numbers() -> None:
    record = study(
        [],
        [],
        outcomesModule={
            "primaryOutcomes": [{"measure": "Days of fever", "timeFrame": "12 weeks"}],
            "otherOutcomes": [{"measure": "Well-being", "timeFrame": "Weeks 4 and 12"}],
        },
    )
    assert [(one.measure, one.outcome_type, one.time_frame_weeks) for one in record.outcomes] == [
        ("Days of fever", OutcomeType.PRIMARY, 12.0),
        ("Well-being", OutcomeType.OTHER_PRE_SPECIFIED, None),
    ]
    assert all(one.measurements == () and one.analyses == () for one in record.outcomes)


@pytest.mark.parametrize(
    ("frame", "weeks"),
    [
        ("12 weeks", 12.0),
        ("Week 24", 24.0),
        ("Baseline to week 24", 24.0),
        ("24 months", 104.3571),
        ("1 year", 52.1786),
        ("28 days", 4.0),
        ("up to 2-year", 104.3571),
        ("Weeks 4 and 12", None),
        ("Day 1 through Day 29", None),
        ("through study completion, an average of 1 year", None),
        ("2 hours", None),
        ("at baseline", None),
        (None, None),
    ],
)
def test_time_frames(frame: str | None, weeks: float | None) -> None:
    assert time_frame_weeks(frame) == weeks
