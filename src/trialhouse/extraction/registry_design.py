"""The design facts of a registry's study: type, phase, allocation, masking, enrollment, dates, places."""

from typing import Any

from trialhouse.extraction.registry_ledger import Ledger
from trialhouse.extraction.registry_study import Place, Study
from trialhouse.extraction.registry_words import member
from trialhouse.model.dates import first_day
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
from trialhouse.model.extraction import ArmClaim, TrialClaim

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


def read_trial(document: Document, study: Study, arms: tuple[ArmClaim, ...], ledger: Ledger) -> TrialClaim:
    """The claim about the trial; `arms` are those of its design. A date that is none is a candidate."""
    protocol, evidence = study.protocol, dict[str, Evidence]()
    design, status = protocol.part("designModule"), protocol.part("statusModule")
    info, enrolled = design.part("designInfo"), design.part("enrollmentInfo")

    def said(field: str, place: Place, name: str) -> str | None:
        evidence.update(place.proofs(**{field: name}))
        return place.words(name)

    values: dict[str, Any] = {
        "acronym": said("acronym", protocol.part("identificationModule"), "acronym"),
        "study_type": member(StudyType, said("study_type", design, "studyType")),
        "allocation": member(Allocation, said("allocation", info, "allocation")),
        "intervention_model": member(InterventionModel, said("intervention_model", info, "interventionModel")),
        "masking": member(Masking, said("masking", info.part("maskingInfo"), "masking")),
        "enrollment": enrolled.count("count") if said("enrollment", enrolled, "count") else None,
        "enrollment_type": member(EnrollmentType, said("enrollment_type", enrolled, "type")),
        "sponsor": said("sponsor", protocol.part("sponsorCollaboratorsModule").part("leadSponsor"), "name"),
        "start_date": _date(said("start_date", status.part("startDateStruct"), "date"), evidence, "start_date", ledger),
        "completion_date": _date(
            said("completion_date", status.part("completionDateStruct"), "date"), evidence, "completion_date", ledger
        ),
        "overall_status": member(OverallStatus, said("overall_status", status, "overallStatus")),
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


def _date(words: str | None, evidence: dict[str, Evidence], field: str, ledger: Ledger) -> str | None:
    """The date as written, or None and a candidate where it is none."""
    if words is None:
        return None
    try:
        first_day(words)
    except ValueError as fault:
        ledger.add("date", evidence.get(field), str(fault))
        return None
    return words


def _lists(document: Document, study: Study, evidence: dict[str, Evidence]) -> dict[str, Any]:
    """The fields that are made of lists: registry ids, phases, conditions, countries and the number of sites."""
    protocol = study.protocol
    conditions, design = protocol.part("conditionsModule"), protocol.part("designModule")
    locations = list(protocol.part("contactsLocationsModule").each("locations"))
    evidence.update(protocol.part("identificationModule").proofs(registry_ids="nctId"))
    for field, path in (("phase", f"{design.path}.phases[0]"), ("conditions", f"{conditions.path}.conditions[0]")):
        proof = study.evidence_at(path)
        if proof is not None:
            evidence[field] = proof
    placed = next((place for place in locations if place.words("country")), None)
    proof = placed.evidence("country") if placed else None
    if proof is not None:
        evidence["countries"] = proof
        listed = f"{protocol.part('contactsLocationsModule').path}.locations"
        evidence["site_count"] = proof.model_copy(update={"locator": listed, "rule": "ctgov:count"})
    return {
        "registry_ids": tuple(one.value for one in document.registry_ids),
        "phase": _PHASES.get(tuple(sorted(design.strings("phases")))),
        "conditions": tuple(conditions.strings("conditions")),
        "countries": tuple(sorted({country for place in locations if (country := place.words("country"))})),
        "site_count": len(locations) or None,
    }


def _placebo(arms: tuple[ArmClaim, ...], evidence: dict[str, Evidence]) -> bool | None:
    """True where an arm is a placebo comparator; a record without one does not say that there was none."""
    for arm in arms:
        if arm.arm_type is ArmType.PLACEBO_COMPARATOR and "arm_type" in arm.evidence:
            evidence["placebo_controlled"] = arm.evidence["arm_type"]
            return True
    return None
