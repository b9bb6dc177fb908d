"""A ClinicalTrials.gov study to claims, each with its place in the JSON: design, arms, outcomes, posted results.

Field names on the right are those of the API's data model; enumerations are the same words here and there, so that an
unknown word is null. What of a study is left out, and why, stands in `registry_fields.py`; a field that is neither read
nor left out is a candidate.
"""

from typing import Any

from trialhouse.extraction.registry_arms import read_arms
from trialhouse.extraction.registry_fields import report_unknown_fields
from trialhouse.extraction.registry_flow import read_adverse_events, read_flow
from trialhouse.extraction.registry_groups import ResultGroups
from trialhouse.extraction.registry_ledger import Ledger
from trialhouse.extraction.registry_outcomes import read_planned_outcomes, told_apart
from trialhouse.extraction.registry_results import read_baseline, read_outcome_measures
from trialhouse.extraction.registry_study import Study
from trialhouse.extraction.registry_words import member
from trialhouse.model.document import Document
from trialhouse.model.enums import (
    Allocation,
    ArmType,
    EnrollmentType,
    InterventionModel,
    Masking,
    OverallStatus,
    Phase,
    StudyType,
)
from trialhouse.model.evidence import Evidence
from trialhouse.model.extraction import ArmClaim, DocumentFacts, Extraction, TrialClaim
from trialhouse.model.ids import text_sha256
from trialhouse.model.vocabulary import Vocabulary

_PHASES = {
    ("EARLY_PHASE1",): Phase.EARLY_PHASE1,
    ("NA",): Phase.NA,
    ("PHASE1",): Phase.PHASE1,
    ("PHASE1", "PHASE2"): Phase.PHASE1_PHASE2,
    ("PHASE2",): Phase.PHASE2,
    ("PHASE2", "PHASE3"): Phase.PHASE2_PHASE3,
    ("PHASE3",): Phase.PHASE3,
    ("PHASE4",): Phase.PHASE4,
}


def extract_registry_record(document: Document, vocabulary: Vocabulary) -> Extraction:
    """The claims of one study. `document.text` is the study's JSON, as `parse_document` accepted it.

    Groups are tied in the order of the record, so that a study without arms takes those of its participant flow first.
    """
    study, ledger = Study(document.text), Ledger()
    designed = read_arms(study, vocabulary)
    groups = ResultGroups(study, designed)
    read_flow(study, groups)
    baseline = read_baseline(study, groups, ledger)
    posted = read_outcome_measures(study, groups, ledger)
    events = read_adverse_events(study, groups, ledger)
    report_unknown_fields(study, ledger)
    return Extraction(
        id=document.receipt.record_id.replace("\\", "/").rsplit("/", 1)[-1],
        text_sha256=text_sha256(document.text),
        document=DocumentFacts(
            kind=document.kind,
            title=document.title,
            published=document.published,
            language=document.language,
            cites=tuple(one.value for one in document.cites),
        ),
        trial=_trial(document, study, designed),
        arms=tuple(groups.arms),
        outcomes=told_apart(read_planned_outcomes(study), [*posted, *baseline, *events]),
        candidates=tuple(ledger.candidates),
    )


def _trial(document: Document, study: Study, arms: tuple[ArmClaim, ...]) -> TrialClaim:
    evidence: dict[str, Evidence] = {}

    def said(field: str, path: str) -> Any:
        proof = study.evidence(path)
        if proof is not None:
            evidence[field] = proof
        return study.get(path)

    values: dict[str, Any] = {
        "acronym": said("acronym", "identificationModule.acronym"),
        "study_type": member(StudyType, said("study_type", "designModule.studyType")),
        "allocation": member(Allocation, said("allocation", "designModule.designInfo.allocation")),
        "intervention_model": member(
            InterventionModel, said("intervention_model", "designModule.designInfo.interventionModel")
        ),
        "masking": member(Masking, said("masking", "designModule.designInfo.maskingInfo.masking")),
        "enrollment": _count(said("enrollment", "designModule.enrollmentInfo.count")),
        "enrollment_type": member(EnrollmentType, said("enrollment_type", "designModule.enrollmentInfo.type")),
        "sponsor": said("sponsor", "sponsorCollaboratorsModule.leadSponsor.name"),
        "start_date": said("start_date", "statusModule.startDateStruct.date"),
        "completion_date": said("completion_date", "statusModule.completionDateStruct.date"),
        "overall_status": member(OverallStatus, said("overall_status", "statusModule.overallStatus")),
        **_lists(document, study, evidence),
    }
    values["placebo_controlled"] = _placebo(arms, evidence)
    if document.title and "title" in document.evidence:
        evidence["title"] = document.evidence["title"]
    return TrialClaim(
        title=document.title,
        **values,
        evidence={
            name: proof for name, proof in evidence.items() if name == "title" or values.get(name) not in (None, ())
        },
    )


def _lists(document: Document, study: Study, evidence: dict[str, Evidence]) -> dict[str, Any]:
    """The fields that are made of lists: registry ids, phases, conditions, countries and the number of sites."""
    locations = study.items("contactsLocationsModule.locations")
    first_country = next((number for number, place in enumerate(locations) if place.get("country")), None)
    phases = tuple(sorted(study.items("designModule.phases")))
    proofs = {
        "registry_ids": study.evidence("identificationModule.nctId"),
        "phase": study.evidence("designModule.phases[0]"),
        "conditions": study.evidence("conditionsModule.conditions[0]"),
    }
    if first_country is not None:
        path = f"contactsLocationsModule.locations[{first_country}].country"
        proofs["countries"] = study.evidence(path)
        counted = study.evidence(path)
        if counted is not None:
            proofs["site_count"] = counted.model_copy(
                update={"locator": study.locator("contactsLocationsModule.locations"), "rule": "ctgov:count"}
            )
    evidence.update({name: proof for name, proof in proofs.items() if proof is not None})
    return {
        "registry_ids": tuple(one.value for one in document.registry_ids),
        "phase": _PHASES.get(phases),
        "conditions": tuple(study.items("conditionsModule.conditions")),
        "countries": tuple(sorted({place["country"] for place in locations if place.get("country")})),
        "site_count": len(locations) or None,
    }


def _placebo(arms: tuple[ArmClaim, ...], evidence: dict[str, Evidence]) -> bool | None:
    """True where an arm is a placebo comparator; a record without one does not say that there was none."""
    for arm in arms:
        if arm.arm_type is ArmType.PLACEBO_COMPARATOR and "arm_type" in arm.evidence:
            evidence["placebo_controlled"] = arm.evidence["arm_type"]
            return True
    return None


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
