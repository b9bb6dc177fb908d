"""A ClinicalTrials.gov study to claims: its design, arms and planned outcomes, each with its place in the JSON.

Field names on the right are those of the API's data model; enumerations are the same words here and there, so that an
unknown word is null. Numbers of the results section are not read here.
"""

import re
from typing import Any

from trialhouse.extraction.registry_doses import intervention_details
from trialhouse.model.document import Document
from trialhouse.model.enums import (
    Allocation,
    ArmType,
    EnrollmentType,
    InterventionModel,
    Masking,
    OutcomeType,
    OverallStatus,
    Phase,
    StudyType,
)
from trialhouse.model.evidence import Evidence
from trialhouse.model.extraction import (
    ArmClaim,
    DocumentFacts,
    Extraction,
    InterventionClaim,
    OutcomeClaim,
    TrialClaim,
)
from trialhouse.model.ids import text_sha256
from trialhouse.model.vocabulary import Vocabulary
from trialhouse.text.json_spans import Span, scalar_spans
from trialhouse.text.json_values import load_json

RULE = "ctgov"

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
_OUTCOME_LISTS = (
    ("primaryOutcomes", OutcomeType.PRIMARY),
    ("secondaryOutcomes", OutcomeType.SECONDARY),
    ("otherOutcomes", OutcomeType.OTHER_PRE_SPECIFIED),
)
_WEEKS = {"day": 1 / 7, "week": 1.0, "month": 30.4375 / 7, "year": 365.25 / 7}
_TIME = re.compile(
    r"\b(?:(?P<unit>day|week|month|year)s?\s+(?P<n>\d+(?:\.\d+)?)|(?P<m>\d+(?:\.\d+)?)[\s-]+(?P<unit2>day|week|month|year)s?)\b",
    re.I,
)
_VAGUE = re.compile(r"average|approximately|about|estimated|at least|or until|anticipated|±|\+/-", re.I)


class Study:
    """A loaded study: values by path below protocolSection, and evidence for them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans: dict[str, Span] = scalar_spans(text)
        loaded = load_json(text.lstrip("\ufeff"))
        self.root = "$"
        if isinstance(loaded, dict) and isinstance(loaded.get("studies"), list):
            loaded, self.root = loaded["studies"][0], "$.studies[0]"
        elif isinstance(loaded, list):
            loaded, self.root = loaded[0], "$[0]"
        self.protocol: dict[str, Any] = loaded["protocolSection"]

    def get(self, path: str) -> Any:
        """The value at a dotted path, or None."""
        node: Any = self.protocol
        for name in path.split("."):
            node = node.get(name) if isinstance(node, dict) else None
        return node

    def items(self, path: str) -> list[Any]:
        """The list at a dotted path; empty where there is none."""
        found = self.get(path)
        return found if isinstance(found, list) else []

    def locator(self, path: str) -> str:
        """The full path of a value, as evidence names it."""
        return f"{self.root}.protocolSection.{path}"

    def span(self, path: str) -> Span | None:
        """The span of a scalar, or None where it is absent or empty."""
        span = self.spans.get(self.locator(path))
        return span if span and span[0] < span[1] else None

    def evidence(self, path: str, part: Span | None = None) -> Evidence | None:
        """The characters of a scalar, or of a part of it, as evidence."""
        span = part or self.span(path)
        if span is None:
            return None
        quote = self.text[span[0] : span[1]]
        return Evidence(start=span[0], end=span[1], quote=quote, locator=self.locator(path), rule=RULE, confidence=1.0)


def extract_registry_record(document: Document, vocabulary: Vocabulary) -> Extraction:
    """The claims of one study. `document.text` is the study's JSON, as `parse_document` accepted it."""
    study = Study(document.text)
    arms = _arms(study, vocabulary)
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
        trial=_trial(document, study, arms),
        arms=arms,
        outcomes=_outcomes(study),
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
        "study_type": _word(StudyType, said("study_type", "designModule.studyType")),
        "allocation": _word(Allocation, said("allocation", "designModule.designInfo.allocation")),
        "intervention_model": _word(
            InterventionModel, said("intervention_model", "designModule.designInfo.interventionModel")
        ),
        "masking": _word(Masking, said("masking", "designModule.designInfo.maskingInfo.masking")),
        "enrollment": _count(said("enrollment", "designModule.enrollmentInfo.count")),
        "enrollment_type": _word(EnrollmentType, said("enrollment_type", "designModule.enrollmentInfo.type")),
        "sponsor": said("sponsor", "sponsorCollaboratorsModule.leadSponsor.name"),
        "start_date": said("start_date", "statusModule.startDateStruct.date"),
        "completion_date": said("completion_date", "statusModule.completionDateStruct.date"),
        "overall_status": _word(OverallStatus, said("overall_status", "statusModule.overallStatus")),
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


def _arms(study: Study, vocabulary: Vocabulary) -> tuple[ArmClaim, ...]:
    groups = study.items("armsInterventionsModule.armGroups")
    listed = study.items("armsInterventionsModule.interventions")
    by_name = {
        f"{one.get('type') or ''}: {one.get('name') or ''}".lower().replace("_", " "): number
        for number, one in enumerate(listed)
    }
    arms = []
    for number, group in enumerate(groups):
        path = f"armsInterventionsModule.armGroups[{number}]"
        proofs = {"label": study.evidence(f"{path}.label"), "arm_type": study.evidence(f"{path}.type")}
        names = group.get("interventionNames") or []
        members = [by_name[name.lower()] for name in names if name.lower() in by_name]
        arms.append(
            ArmClaim(
                key=f"arm{number + 1}",
                label=group.get("label") or f"Arm {number + 1}",
                arm_type=_word(ArmType, group.get("type")),
                interventions=tuple(_intervention(study, path, member, len(members), vocabulary) for member in members),
                evidence={name: proof for name, proof in proofs.items() if proof is not None},
            )
        )
    return tuple(arms)


def _intervention(study: Study, arm_path: str, number: int, members: int, vocabulary: Vocabulary) -> InterventionClaim:
    path = f"armsInterventionsModule.interventions[{number}]"
    name = study.get("armsInterventionsModule.interventions")[number].get("name") or ""
    evidence = {"name": proof} if (proof := study.evidence(f"{path}.name")) else {}
    term = next((one for one in vocabulary.interventions if one.name.lower() == name.lower()), None)
    places = [f"{arm_path}.label", f"{arm_path}.description", f"{path}.name", f"{path}.description"]
    details: dict[str, Any] = {}
    for field, value, where, part in intervention_details(
        study.text, study.span, places, name=name, members=members, vocabulary=vocabulary
    ):
        details[field] = value
        proof = study.evidence(where, part)
        if proof is not None:
            evidence[field] = proof
    return InterventionClaim(
        name=name, norm=term.norm if term else None, code=term.code if term else None, evidence=evidence, **details
    )


def _outcomes(study: Study) -> tuple[OutcomeClaim, ...]:
    outcomes = []
    for list_name, outcome_type in _OUTCOME_LISTS:
        for number, outcome in enumerate(study.items(f"outcomesModule.{list_name}")):
            path = f"outcomesModule.{list_name}[{number}]"
            frame = outcome.get("timeFrame") or None
            proofs = {"measure": study.evidence(f"{path}.measure"), "time_frame": study.evidence(f"{path}.timeFrame")}
            outcomes.append(
                OutcomeClaim(
                    measure=outcome.get("measure") or "",
                    outcome_type=outcome_type,
                    time_frame=frame,
                    time_frame_weeks=time_frame_weeks(frame),
                    evidence={name: proof for name, proof in proofs.items() if proof is not None},
                )
            )
    return tuple(outcomes)


def time_frame_weeks(frame: str | None) -> float | None:
    """Weeks of a time frame that states one time ("12 weeks", "Week 24", "Baseline to 24 months"), else None.

    Every number of it must belong to that time: "Weeks 4 and 12" and "an average of 1 year" give None.
    """
    if not frame or _VAGUE.search(frame):
        return None
    times = list(_TIME.finditer(frame))
    rest = _TIME.sub(" ", frame)
    if len(times) != 1 or re.search(r"\d", rest):
        return None
    found = times[0]
    count = float(found["n"] or found["m"])
    return round(count * _WEEKS[(found["unit"] or found["unit2"]).lower()], 4)


def _word(vocabulary: Any, word: Any) -> Any:
    """The member of an enumeration, or None for a word that it does not have."""
    return vocabulary(word) if word in {one.value for one in vocabulary} else None


def _count(value: Any) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None
