"""What papers tell otherwise than the registry record of their trial: outcomes, times, arms and participants."""

import random
from collections.abc import Sequence
from dataclasses import replace

from tests.planted.designs import Plan
from tests.planted.planting import Planting, fault
from tests.planted.reports import paper, registry_record
from tests.planted.results import Result
from tests.planted.trials import MEASURES
from tests.planted.writing import Style
from trialhouse.model.enums import DocumentKind
from trialhouse.model.extraction import Extraction
from trialhouse.model.tables import ConflictRow


def registered(at: Planting) -> list[Result]:
    """The outcomes of a trial of which there are a registry record with results and a paper of all randomized."""
    at.need(len(at.trial.readings) == 2 and at.trial.plan.design in ("parallel", "unequal"))
    record, one = at.said_by(DocumentKind.REGISTRY).extractions[0], at.paper().extractions[0]
    at.need(record.outcomes and record.outcomes[0].measurements and record.trial.enrollment == one.trial.enrollment)
    return list(at.trial.results)


def is_counted(result: Result) -> bool:
    """Whether its percentages are of participants who were counted: who survived is estimated, whatever n it is of."""
    percents = [one for one in result.numbers if one.statistic == "PERCENT"]
    return all(one.n and abs(one.value * one.n / 100 - round(one.value * one.n / 100)) < 1e-6 for one in percents)


def told(at: Planting, results: Sequence[Result], plan: Plan | None = None) -> None:
    """Let the paper be one that tells these results."""
    old = at.paper()
    kind = old.document.kind
    at.need(kind)
    new = paper(random.Random(1), plan or at.trial.plan, results, Style(), kind)
    at.read_instead(old, new)


@fault
def the_paper_calls_a_secondary_outcome_its_primary_one(at: Planting) -> None:
    first, *others = registered(at)
    at.need(others)
    told(at, [replace(others[0], is_primary=True), replace(first, is_primary=False)])


@fault
def the_paper_calls_a_secondary_outcome_at_another_time_its_primary_one(at: Planting) -> None:
    first, *others = registered(at)
    at.need(others and at.trial.plan.weeks in (12, 16, 26) and at.trial.plan.registered_time is None)
    at.need("week" not in others[0].measure and not others[0].is_baseline)
    at.need(all(one.norm != others[0].norm for one in (first, *others[1:])))
    told(at, [replace(others[0], is_primary=True, weeks=others[0].weeks * 3), replace(first, is_primary=False)])


@fault
def the_paper_sets_the_bar_of_its_primary_outcome_higher(at: Planting) -> None:
    first, *others = registered(at)
    at.need(any(number.statistic == "PERCENT" for number in first.numbers) and is_counted(first))
    at.need("acr20 response" not in {one.norm for one in others})
    low = replace(first, measure="ACR20 response", norm="acr20 response")
    high = replace(first, measure="ACR50 response", norm="acr50 response", is_primary=False)
    # The registry's words are others, and nobody read them as a name.
    plans = [replace(one, measure=f"Participants with {one.measure}", norm=None) for one in (low, high)]
    at.read_instead(at.said_by(DocumentKind.REGISTRY), registry_record(at.trial.plan, [*plans, *others]))
    told(at, [replace(high, is_primary=True), replace(low, is_primary=False), *others])


@fault
def the_primary_outcome_of_the_paper_was_never_registered(at: Planting) -> None:
    first, *others = registered(at)
    at.need(is_counted(first))
    strange = next(name for name in MEASURES if name.lower() not in {result.norm for result in (first, *others)})
    told(at, [replace(first, measure=strange, norm=strange.lower()), replace(first, is_primary=False)])


@fault
def the_registered_primary_outcome_is_not_in_the_paper(at: Planting) -> None:
    results = registered(at)
    at.need(len(results) > 1)
    told(at, [replace(results[1], is_primary=True)])


@fault
def the_paper_tells_its_primary_outcome_at_another_time(at: Planting) -> None:
    first, *others = registered(at)
    at.need(at.trial.plan.weeks in (12, 16, 26) and at.trial.plan.registered_time is None)
    at.need("week" not in first.measure)
    told(at, [replace(first, weeks=first.weeks * 3), *others])


@fault
def the_paper_counts_those_who_were_screened(at: Planting) -> None:
    registered(at)
    n = at.trial.plan.enrollment * 3 // 2
    at.read_otherwise(at.paper(), lambda claims: _with_enrollment(claims, n))


@fault
def the_enrollment_in_the_paper_was_misread_by_a_digit(at: Planting) -> None:
    registered(at)
    digits = str(at.trial.plan.enrollment)
    at.need(digits[0] != digits[1] and digits[1] != "0")
    n = int(digits[1] + digits[0] + digits[2:])
    at.read_otherwise(at.paper(), lambda claims: _with_enrollment(claims, n))


def _with_enrollment(claims: Extraction, n: int) -> Extraction:
    return claims.model_copy(update={"trial": claims.trial.model_copy(update={"enrollment": n})})


@fault
def the_paper_gives_an_arm_half_of_its_participants(at: Planting) -> None:
    registered(at)

    def halved(claims: Extraction) -> Extraction:
        first, *others = claims.arms
        half = first.model_copy(update={"n_randomized": (first.n_randomized or 0) // 2, "n_analyzed": None})
        return claims.model_copy(update={"arms": (half, *others)})

    at.read_otherwise(at.paper(), halved)


@fault
def the_paper_leaves_out_an_arm(at: Planting) -> None:
    results = registered(at)
    plan = at.trial.plan
    at.need(len(plan.arms) > 2)
    kept = range(1, len(plan.arms))
    arms = tuple(plan.arms[i] for i in kept)
    shorter = replace(plan, arms=arms, ratio=tuple(plan.ratio[i] for i in kept), enrollment=sum(a.n or 0 for a in arms))
    left = []
    for one in results:
        numbers = tuple(replace(number, arm=number.arm - 1) for number in one.numbers if number.arm)
        pairs = [c for c in one.comparisons if c.arm and c.comparator]
        compared = tuple(replace(c, arm=(c.arm or 0) - 1, comparator=(c.comparator or 0) - 1) for c in pairs)
        left.append(replace(one, numbers=numbers, comparisons=compared))
    told(at, left, shorter)


@fault
def the_quote_of_what_the_paper_says_otherwise_was_moved(at: Planting) -> None:
    row = at.one(ConflictRow, lambda row: row.other_quote and row.other_span_start)
    at.change(row, other_span_start=(row.other_span_start or 0) + 2, other_span_end=(row.other_span_end or 0) + 2)
