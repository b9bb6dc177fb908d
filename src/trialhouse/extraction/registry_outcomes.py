"""The planned outcomes of a registry's study, and how they stand to those that were posted."""

from collections.abc import Sequence

from trialhouse.extraction.registry_study import Study
from trialhouse.extraction.registry_times import frame_proofs, time_frame_weeks
from trialhouse.model.enums import OutcomeType
from trialhouse.model.extraction import OutcomeClaim

_LISTS = (
    ("primaryOutcomes", OutcomeType.PRIMARY),
    ("secondaryOutcomes", OutcomeType.SECONDARY),
    ("otherOutcomes", OutcomeType.OTHER_PRE_SPECIFIED),
)


def read_planned_outcomes(study: Study) -> list[OutcomeClaim]:
    """The outcomes that the protocol section names, without numbers, in its order."""
    outcomes = []
    for name, outcome_type in _LISTS:
        for planned in study.protocol.part("outcomesModule").each(name):
            outcomes.append(
                OutcomeClaim(
                    measure=planned.words("measure") or "",
                    outcome_type=outcome_type,
                    time_frame=planned.words("timeFrame"),
                    time_frame_weeks=time_frame_weeks(planned.words("timeFrame")),
                    evidence=planned.proofs(measure="measure") | frame_proofs(planned, "timeFrame"),
                )
            )
    return outcomes


def told_apart(planned: Sequence[OutcomeClaim], posted: Sequence[OutcomeClaim]) -> tuple[OutcomeClaim, ...]:
    """All outcomes, those that agree in all that names one and are not the same with an `occurrence`.

    Two posted outcomes are never the same. A planned one is that posted one which has its type too; its population
    is not planned, so that the warehouse joins it to the posted ones of its measure and time frame.
    """
    seen: dict[tuple[object, ...], list[OutcomeType | None]] = {}
    numbered = [_numbered(claim, seen.setdefault(_name(claim), []), is_planned=False) for claim in posted]
    first = [_numbered(claim, seen.setdefault(_name(claim), []), is_planned=True) for claim in planned]
    return (*first, *numbered)


def _name(claim: OutcomeClaim) -> tuple[object, ...]:
    measure, frame = (" ".join((words or "").casefold().split()) for words in (claim.measure, claim.time_frame))
    return measure, claim.time_frame_weeks or frame, claim.population, claim.subgroup


def _numbered(claim: OutcomeClaim, types: list[OutcomeType | None], *, is_planned: bool) -> OutcomeClaim:
    """The claim with its place among those of its name; `types` are the types of those before it."""
    if is_planned and claim.outcome_type in types:
        place = types.index(claim.outcome_type)
    else:
        place = len(types)
        types.append(claim.outcome_type)
    return claim.model_copy(update={"occurrence": place + 1}) if place else claim
