"""A ClinicalTrials.gov study to claims, each with its place in the JSON: design, arms, outcomes, posted results.

Field names on the right are those of the API's data model; enumerations are the same words here and there, so that an
unknown word is null. What of a study is left out, and why, stands in `registry_fields.py`; a field that is neither read
nor left out is a candidate.
"""

from trialhouse.extraction.registry_arms import read_arms
from trialhouse.extraction.registry_design import read_trial
from trialhouse.extraction.registry_fields import report_unknown_fields
from trialhouse.extraction.registry_flow import read_adverse_events, read_flow
from trialhouse.extraction.registry_groups import ResultGroups
from trialhouse.extraction.registry_ledger import Ledger
from trialhouse.extraction.registry_outcomes import read_planned_outcomes, told_apart
from trialhouse.extraction.registry_results import read_baseline, read_outcome_measures
from trialhouse.extraction.registry_study import Study
from trialhouse.model.document import Document
from trialhouse.model.extraction import DocumentFacts, Extraction
from trialhouse.model.ids import text_sha256
from trialhouse.model.vocabulary import Vocabulary


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
        trial=read_trial(document, study, designed, ledger),
        arms=tuple(groups.arms),
        outcomes=told_apart(read_planned_outcomes(study), [*posted, *baseline, *events]),
        candidates=ledger.candidates,
    )
