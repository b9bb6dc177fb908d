"""Participant flow and adverse events of a registry's study: how many started in each arm, and totals of events.

Of adverse events the totals of each group are read: all-cause mortality, serious, other. Their rows by term (often
thousands) are left out, as a candidate says.
"""

from trialhouse.extraction.registry_groups import ResultGroups
from trialhouse.extraction.registry_ledger import Ledger
from trialhouse.extraction.registry_results import group_proofs
from trialhouse.extraction.registry_study import RULE, Study
from trialhouse.extraction.registry_times import frame_proofs, time_frame_weeks
from trialhouse.model.enums import OutcomeType, Statistic
from trialhouse.model.extraction import MeasurementClaim, OutcomeClaim

_TOTALS = (
    ("All-Cause Mortality", "deaths"),
    ("Serious Adverse Events", "serious"),
    ("Other (Not Including Serious) Adverse Events", "other"),
)
"""The registry's headings of its tables of adverse events, and how the fields of their totals begin."""


def read_flow(study: Study, groups: ResultGroups) -> None:
    """Give each arm that a flow group is tied to the participants who started the first period."""
    module = study.results.part("participantFlowModule")
    tied = groups.tie(list(module.each("groups")))
    first = next(iter(module.each("periods")), None)
    if first is None:
        return
    started = next((one for one in first.each("milestones") if (one.words("type") or "").upper() == "STARTED"), None)
    for achieved in started.each("achievements") if started is not None else ():
        group, count = tied.get(achieved.words("groupId") or ""), achieved.count("numSubjects")
        proof = achieved.evidence("numSubjects")
        if group is None or group.arm is None or count is None or proof is None:
            continue
        at = next(number for number, claim in enumerate(groups.arms) if claim.key == group.arm)
        evidence = groups.arms[at].evidence | {"n_randomized": proof}
        groups.arms[at] = groups.arms[at].model_copy(update={"n_randomized": count, "evidence": evidence})


def read_adverse_events(study: Study, groups: ResultGroups, ledger: Ledger) -> list[OutcomeClaim]:
    """An outcome for each kind of total: participants affected, of those at risk, in each group."""
    module = study.results.part("adverseEventsModule")
    places = list(module.each("eventGroups"))
    tied = groups.tie(places)
    frame = module.words("timeFrame")
    outcomes = []
    for measure, kind in _TOTALS:
        numbers = []
        for place in places:
            group, affected = tied.get(place.words("id") or ""), place.count(f"{kind}NumAffected")
            proof = place.evidence(f"{kind}NumAffected")
            if group is None or affected is None or proof is None:
                continue
            numbers.append(
                MeasurementClaim(
                    arm=group.arm,
                    group_title=group.title,
                    statistic=Statistic.COUNT,
                    value=affected,
                    unit="participants",
                    value_raw=place.words(f"{kind}NumAffected"),
                    n_analyzed=place.count(f"{kind}NumAtRisk"),
                    rule=RULE,
                    confidence=1.0,
                    evidence=proof,
                    field_evidence=group_proofs(group) | place.proofs(n_analyzed=f"{kind}NumAtRisk"),
                )
            )
        if numbers:
            outcomes.append(
                OutcomeClaim(
                    measure=measure,
                    outcome_type=OutcomeType.ADVERSE_EVENT,
                    time_frame=frame,
                    time_frame_weeks=time_frame_weeks(frame),
                    evidence=frame_proofs(module, "timeFrame"),
                    measurements=tuple(numbers),
                )
            )
    for name in ("seriousEvents", "otherEvents"):
        rows = list(module.each(name))
        if rows:
            reason = f"{len(rows)} rows of {name} by term are left out; the totals of each group are read"
            ledger.add("adverse_events_by_term", rows[0].evidence("term"), reason)
    return outcomes
