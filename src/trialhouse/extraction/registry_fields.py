"""Which fields of a study are read, which are left out and why, and the alarm for those that are neither.

Paths are those of the API's data model without the places in lists. What is left out stays in the landing store as it
was received.
"""

import re

from trialhouse.extraction.registry_ledger import Ledger
from trialhouse.extraction.registry_study import RULE, Study
from trialhouse.model.evidence import Evidence

_READ = """
protocolSection.identificationModule: nctId nctIdAliases orgStudyIdInfo.id secondaryIdInfos.id briefTitle
  officialTitle acronym
protocolSection.statusModule: overallStatus startDateStruct.date completionDateStruct.date
  studyFirstPostDateStruct.date resultsFirstPostDateStruct.date
protocolSection.sponsorCollaboratorsModule: leadSponsor.name
protocolSection.conditionsModule: conditions
protocolSection.designModule: studyType phases designInfo.allocation designInfo.interventionModel
  designInfo.maskingInfo.masking enrollmentInfo.count enrollmentInfo.type
protocolSection.armsInterventionsModule: armGroups.label armGroups.type armGroups.description
  armGroups.interventionNames interventions.type interventions.name interventions.description interventions.otherNames
protocolSection.outcomesModule: primaryOutcomes.measure primaryOutcomes.timeFrame secondaryOutcomes.measure
  secondaryOutcomes.timeFrame otherOutcomes.measure otherOutcomes.timeFrame
protocolSection.contactsLocationsModule: locations.country
protocolSection.referencesModule: references.pmid references.type references.citation
resultsSection.participantFlowModule: groups.id groups.title groups.description periods.milestones.type
  periods.milestones.achievements.groupId periods.milestones.achievements.numSubjects
resultsSection.baselineCharacteristicsModule: populationDescription groups.id groups.title groups.description
  denoms.units denoms.counts.groupId denoms.counts.value measures.title measures.populationDescription
  measures.paramType measures.dispersionType measures.unitOfMeasure measures.denoms.units
  measures.denoms.counts.groupId measures.denoms.counts.value measures.classes.title measures.classes.denoms.units
  measures.classes.denoms.counts.groupId measures.classes.denoms.counts.value measures.classes.categories.title
  measures.classes.categories.measurements.groupId measures.classes.categories.measurements.value
  measures.classes.categories.measurements.spread measures.classes.categories.measurements.lowerLimit
  measures.classes.categories.measurements.upperLimit measures.classes.categories.measurements.comment
resultsSection.outcomeMeasuresModule.outcomeMeasures: type title populationDescription paramType dispersionType
  unitOfMeasure timeFrame groups.id groups.title groups.description denoms.units denoms.counts.groupId
  denoms.counts.value classes.title classes.denoms.units classes.denoms.counts.groupId classes.denoms.counts.value
  classes.categories.title classes.categories.measurements.groupId classes.categories.measurements.value
  classes.categories.measurements.spread classes.categories.measurements.lowerLimit
  classes.categories.measurements.upperLimit classes.categories.measurements.comment analyses.groupIds
  analyses.groupDescription analyses.paramType analyses.paramValue analyses.dispersionType analyses.dispersionValue
  analyses.statisticalMethod analyses.pValue analyses.pValueComment analyses.ciNumSides analyses.ciPctValue
  analyses.ciLowerLimit analyses.ciUpperLimit analyses.ciLowerLimitComment analyses.ciUpperLimitComment
  analyses.estimateComment analyses.nonInferiorityType analyses.otherAnalysisDescription
resultsSection.adverseEventsModule: timeFrame eventGroups.id eventGroups.title eventGroups.description
  eventGroups.deathsNumAffected eventGroups.deathsNumAtRisk eventGroups.seriousNumAffected
  eventGroups.seriousNumAtRisk eventGroups.otherNumAffected eventGroups.otherNumAtRisk
"""
_LEFT_OUT = {
    "made by the registry from the rest, or about the record and not the trial": """
(top): hasResults derivedSection annotationSection documentSection
""",
    "dates of the registration's own life, and whether they were expected; the trial's are read": """
protocolSection.statusModule: statusVerifiedDate startDateStruct.type completionDateStruct.type
  primaryCompletionDateStruct studyFirstSubmitDate studyFirstSubmitQcDate studyFirstPostDateStruct.type
  resultsFirstSubmitDate resultsFirstSubmitQcDate resultsFirstPostDateStruct.type dispFirstSubmitDate
  dispFirstSubmitQcDate dispFirstPostDateStruct lastUpdateSubmitDate lastUpdatePostDateStruct
""",
    "people and how to reach them": """
protocolSection.identificationModule: organization
protocolSection.sponsorCollaboratorsModule: responsibleParty leadSponsor.class collaborators
protocolSection.contactsLocationsModule: centralContacts overallOfficials locations.contacts
resultsSection.moreInfoModule: pointOfContact certainAgreement
""",
    "prose about a thing that is read elsewhere": """
protocolSection: descriptionModule
protocolSection.designModule: designInfo.interventionModelDescription designInfo.maskingInfo.maskingDescription
protocolSection.outcomesModule: primaryOutcomes.description secondaryOutcomes.description otherOutcomes.description
resultsSection.participantFlowModule: preAssignmentDetails recruitmentDetails
resultsSection.baselineCharacteristicsModule: measures.description
resultsSection.outcomeMeasuresModule.outcomeMeasures: description analyses.statisticalComment
  analyses.nonInferiorityComment
resultsSection.adverseEventsModule: description allCauseMortalityComment
resultsSection.moreInfoModule: limitationsAndCaveats
""",
    "no table has a place for it yet": """
protocolSection.identificationModule: orgStudyIdInfo.type orgStudyIdInfo.link secondaryIdInfos.type
  secondaryIdInfos.domain secondaryIdInfos.link
protocolSection.statusModule: lastKnownStatus delayedPosting whyStopped expandedAccessInfo
protocolSection: oversightModule eligibilityModule ipdSharingStatementModule
protocolSection.conditionsModule: keywords
protocolSection.designModule: nPtrsToThisExpAccNctId expandedAccessTypes patientRegistry targetDuration
  designInfo.primaryPurpose designInfo.observationalModel designInfo.timePerspective designInfo.maskingInfo.whoMasked
  bioSpec
protocolSection.armsInterventionsModule: interventions.armGroupLabels
protocolSection.contactsLocationsModule: locations.facility locations.status locations.city locations.state
  locations.zip locations.geoPoint
protocolSection.referencesModule: references.retractions seeAlsoLinks availIpds
""",
    "the later periods, who finished and why not: only those who started the first period are read": """
resultsSection.participantFlowModule: periods.title periods.dropWithdraws periods.milestones.comment
  periods.milestones.achievements.comment
""",
    "units other than participants (eyes, teeth): tables count participants": """
resultsSection.participantFlowModule: typeUnitsAnalyzed periods.milestones.achievements.numUnits
resultsSection.baselineCharacteristicsModule: typeUnitsAnalyzed measures.denomUnitsSelected
resultsSection.outcomeMeasuresModule.outcomeMeasures: typeUnitsAnalyzed denomUnitsSelected
""",
    "how the registry's form calculates or shows what is read": """
resultsSection.baselineCharacteristicsModule: measures.calculatePct
resultsSection.outcomeMeasuresModule.outcomeMeasures: calculatePct reportingStatus anticipatedPostingDate
  analyses.testedNonInferiority
resultsSection.adverseEventsModule: frequencyThreshold
""",
    "adverse events by term, often thousands of rows: the totals of each group are read": """
resultsSection.adverseEventsModule: seriousEvents otherEvents
""",
}


def _paths(listed: str) -> list[str]:
    """The full paths of modules with their fields; lines that are indented go on with the module before."""
    modules = [line.partition(": ") for line in re.sub(r"\n\s+", " ", listed).strip().splitlines()]
    return [f"{module}.{field}".removeprefix("(top).") for module, _, fields in modules for field in fields.split()]


READ: frozenset[str] = frozenset(_paths(_READ))
"""The fields that become claims, or that decide how others do."""
LEFT_OUT: dict[str, str] = {path: reason for reason, listed in _LEFT_OUT.items() for path in _paths(listed)}
"""The fields that are not read, with the reason; a path stands for all that is below it too."""


def is_known(path: str) -> bool:
    """Whether a field, by its path without the places in lists, is read or left out on purpose."""
    if path in READ:
        return True
    names = path.split(".")
    return any(".".join(names[:length]) in LEFT_OUT for length in range(1, len(names) + 1))


def unknown_fields(study: Study) -> dict[str, list[str]]:
    """The fields of a study that are neither read nor left out: their paths, and the full paths of their values."""
    found: dict[str, list[str]] = {}
    for locator in study.spans:
        path = re.sub(r"\[\d+\]", "", locator.removeprefix(study.root)).removeprefix(".")
        if locator.startswith(study.root) and not is_known(path):
            found.setdefault(path, []).append(locator)
    return found


def report_unknown_fields(study: Study, ledger: Ledger) -> None:
    """Make a candidate of each unknown field, at its name before the first of its values."""
    for path, locators in unknown_fields(study).items():
        reason = f"the field {path} is neither read nor left out on purpose"
        ledger.add("unknown_field", _name_before(study, path.rpartition(".")[2], locators[0]), reason)


def _name_before(study: Study, name: str, locator: str) -> Evidence:
    """The name of a field where the text writes it; the value and what encloses it where the name is escaped."""
    start, end = study.spans[locator]
    found = study.text.rfind(f'"{name}"', 0, start)
    start, end = (found + 1, found + 1 + len(name)) if found >= 0 else (start - 1, end + 1)
    return Evidence(start=start, end=end, quote=study.text[start:end], locator=locator, rule=RULE, confidence=1.0)
