"""The same outcome and the same analysis across documents: by measure, time frame, population, subgroup and method."""

from collections.abc import Callable
from typing import Any

import pytest

from trialhouse.model.enums import ArmType, DocumentKind, OutcomeType
from trialhouse.model.extraction import ArmClaim, InterventionClaim, OutcomeClaim, TrialClaim
from trialhouse.model.tables import ConflictRow, DoubtfulPairRow, EvidenceRow, OutcomeAnalysisRow, OutcomeRow, RowSet
from trialhouse.model.vocabulary import MeasureTerm, Vocabulary
from trialhouse.resolution.resolve import Reading, resolve

NAMES = Vocabulary(
    measures=tuple(
        MeasureTerm(name=name, norm=norm)
        for name, norm in [
            ("overall survival", "overall survival"), ("OS", "overall survival"),
            ("FVC", "FVC"), ("forced vital capacity", "FVC"), ("HbA1c", "HbA1c"),
            ("ACR20 response", "ACR20"), ("ACR50 response", "ACR50"), ("remission", "remission"),
        ]
    )
)  # fmt: skip
ONE = TrialClaim(registry_ids=("NCT09990001",))
ARMS = tuple(
    ArmClaim(key=key, label=key, arm_type=role, interventions=(InterventionClaim(name=key),))
    for key, role in (("velomarib", ArmType.EXPERIMENTAL), ("placebo", ArmType.PLACEBO_COMPARATOR))
)
WEEKS = {"week": 1.0, "month": 30.4375 / 7, "year": 365.25 / 7}


def outcome(said: str, *numbers: Any, analyses: tuple[Any, ...] = (), **more: Any) -> OutcomeClaim:
    """'OS | 24 months | ITT | women': a measure, its time frame, the population and the subgroup."""
    measure, frame, population, subgroup = ([part.strip() for part in said.split("|")] + [""] * 3)[:4]
    digits, unit = "".join(c for c in frame if c.isdigit()), next((one for one in WEEKS if one in frame), None)
    weeks = float(digits) * WEEKS[unit] if digits and unit and frame[0].isdigit() | frame.startswith(unit) else None
    norm = {term.name.casefold(): term.norm for term in NAMES.measures}.get(measure.casefold())
    known = {"time_frame": frame or None, "time_frame_weeks": weeks, "population": population or None}
    claim = OutcomeClaim(measure=measure, norm=norm, subgroup=subgroup or None, **known, **more)
    return claim.model_copy(update={"measurements": numbers, "analyses": analyses})


@pytest.fixture
def rows_of(reading: Callable[..., Reading]) -> Callable[..., RowSet]:
    def of(record: list[OutcomeClaim], *papers: list[OutcomeClaim]) -> RowSet:
        readings = [reading("record", DocumentKind.REGISTRY, trial=ONE, arms=ARMS, outcomes=tuple(record))]
        readings += [
            reading(f"paper{number}", trial=ONE, arms=ARMS, outcomes=tuple(claims))
            for number, claims in enumerate(papers)
        ]
        return resolve(readings, NAMES, lambda document: True)

    return of


@pytest.mark.parametrize(
    ("record", "paper"),
    [
        ("Overall Survival (OS) | 24 months", "overall survival | 24 months"),
        ("Overall Survival (OS) | Up to death", "overall survival"),
        ("Overall survival at 24 months | 24 months", "OS | 24 months"),
        ("Disease flare | 12 weeks", "disease flare | 3 months"),
        ("Disease flare | 48 weeks", "disease flare | 1 year | ITT"),
        ("Change in HbA1c | 24 weeks", "HbA1c | week 24 | ITT"),
        ("Change From Baseline in Percent Predicted FVC | 48 weeks", "forced vital capacity | week 48"),
        ("Number of Participants in Remission | 52 weeks", "remission | 52 weeks | MITT"),
        ("Time to first disease flare | 48 weeks", "hazard ratio for a disease flare"),
        ("Remission | 52 weeks || Women", "remission | 52 weeks || women"),
    ],
)
def test_outcomes_that_are_one_meet(rows_of: Callable[..., RowSet], record: str, paper: str) -> None:
    rows = rows_of([outcome(record)], [outcome(paper)])
    assert [row.measure for row in rows.of(OutcomeRow)] == [record.partition(" |")[0]]
    assert rows.of(ConflictRow) == rows.of(DoubtfulPairRow) == []


@pytest.mark.parametrize(
    ("record", "paper"),
    [
        ("ACR20 response | 12 weeks", "ACR50 response | 12 weeks"),
        ("Change in HbA1c | 24 weeks", "Proportion of patients with HbA1c | 24 weeks"),
        ("Percentage with HbA1c below 7 | 24 weeks", "Percentage with HbA1c below 6.5 | 24 weeks"),
        ("Disease flare | week 24", "disease flare | week 26"),
        ("Disease flare | 24 weeks", "disease flare | 12 months"),
        ("Remission | 52 weeks | ITT", "remission | 52 weeks | PER_PROTOCOL"),
        ("Remission | 52 weeks", "remission | 52 weeks || women"),
        ("Death or remission | 52 weeks", "remission | 52 weeks"),
        ("Glucocorticoid-free remission rate | 52 weeks", "Drug-free remission rate | 52 weeks"),
    ],
)  # fmt: skip
def test_outcomes_that_differ_stay_apart(rows_of: Callable[..., RowSet], record: str, paper: str) -> None:
    rows = rows_of([outcome(record)], [outcome(paper)])
    assert len(rows.of(OutcomeRow)) == 2
    assert rows.of(DoubtfulPairRow) == []


def test_what_could_be_one_of_two_stays_apart_and_is_listed_with_both(rows_of: Callable[..., RowSet]) -> None:
    record = [outcome("HbA1c | week 24"), outcome("HbA1c | week 52")]
    rows = rows_of(record, [outcome("HbA1c")])
    assert len(rows.of(OutcomeRow)) == 3
    ids = {row.outcome_id for row in rows.of(OutcomeRow)}
    pairs = rows.of(DoubtfulPairRow)
    assert len(pairs) == 2
    assert all({pair.left_id, pair.right_id} <= ids and pair.subject == "outcome" for pair in pairs)


def test_numbers_that_agree_tell_which_of_two_is_meant(
    rows_of: Callable[..., RowSet], measured: Callable[..., Any]
) -> None:
    record = [
        outcome("Remission | week 24", measured("velomarib", 40.24), measured("placebo", 20)),
        outcome("Remission | week 52", measured("velomarib", 50), measured("placebo", 30)),
    ]
    rows = rows_of(record, [outcome("remission", measured("velomarib", 40.2))])
    assert len(rows.of(OutcomeRow)) == 2
    assert rows.of(ConflictRow) == []
    proofs = [row for row in rows.of(EvidenceRow) if row.column_name == "value" and row.document_id == "doc-paper0"]
    assert [row.is_main for row in proofs] == [False]


def test_numbers_of_which_none_agrees_keep_apart_what_fits_only_half(
    rows_of: Callable[..., RowSet], measured: Callable[..., Any]
) -> None:
    record = [outcome("Remission | week 24", measured("velomarib", 40))]
    rows = rows_of(record, [outcome("remission", measured("velomarib", 55))])
    assert len(rows.of(OutcomeRow)) == 2
    assert len(rows.of(DoubtfulPairRow)) == 1
    rows = rows_of(record, [outcome("remission | week 24", measured("velomarib", 55))])
    assert len(rows.of(OutcomeRow)) == 1
    assert [(row.kept_value, row.other_value) for row in rows.of(ConflictRow)] == [("40.0", "55.0")]


def test_two_outcomes_of_one_document_are_never_one(rows_of: Callable[..., RowSet]) -> None:
    rows = rows_of([outcome("Overall Survival (OS) | 24 months"), outcome("overall survival | 2 years")])
    assert len(rows.of(OutcomeRow)) == 2


def test_a_hazard_ratio_for_an_outcome_is_of_the_outcome_with_its_numbers(
    rows_of: Callable[..., RowSet], measured: Callable[..., Any], compared: Callable[..., Any]
) -> None:
    ratio = compared("velomarib", "placebo", effect="HAZARD_RATIO", estimate=0.5)
    paper = [
        outcome("disease flare | 48 weeks", measured("velomarib", 24)),
        outcome("hazard ratio for flare", analyses=(ratio,)),
    ]
    rows = rows_of([outcome("Time to first disease flare | 48 weeks", outcome_type=OutcomeType.PRIMARY)], paper)
    ((row,), (analysis,)) = rows.of(OutcomeRow), rows.of(OutcomeAnalysisRow)
    assert (row.measure, row.outcome_type, analysis.outcome_id) == (
        "Time to first disease flare", OutcomeType.PRIMARY, row.outcome_id,
    )  # fmt: skip


def test_an_analysis_without_a_method_is_the_one_that_is_there_and_two_methods_are_two(
    rows_of: Callable[..., RowSet], compared: Callable[..., Any]
) -> None:
    def analyses(*said: tuple[str | None, float]) -> OutcomeClaim:
        claims = [compared("velomarib", "placebo", method=method, estimate=value) for method, value in said]
        return outcome("Remission | week 24", analyses=tuple(claims))

    def kept(*claims: OutcomeClaim) -> list[tuple[str | None, float | None]]:
        rows = rows_of(*([claim] for claim in claims)).of(OutcomeAnalysisRow)
        return sorted(((row.method, row.estimate) for row in rows), key=str)

    assert kept(analyses(("ANCOVA", 2.04)), analyses((None, 2.0))) == [("ANCOVA", 2.04)]
    assert kept(analyses((None, 2.04)), analyses(("ANCOVA", 2.0))) == [("ANCOVA", 2.04)]
    assert kept(analyses(("ANCOVA", 2.0)), analyses(("t test", 2.0))) == [("ANCOVA", 2.0), ("t test", 2.0)]
    two = analyses(("ANCOVA", 2.04), ("t test", 3.1))
    assert kept(two, analyses((None, 3.1))) == [("ANCOVA", 2.04), ("t test", 3.1)]
    assert kept(two, analyses((None, 5.0))) == [("ANCOVA", 2.04), ("t test", 3.1), (None, 5.0)]


@pytest.mark.parametrize(
    ("record", "paper", "is_conflict"),
    [
        ({"p_value": 0.0004, "p_modifier": "="}, {"p_value": 0.001, "p_modifier": "<"}, False),
        ({"p_value": 0.004, "p_modifier": "="}, {"p_value": 0.001, "p_modifier": "<"}, True),
        ({"p_value": 0.0421, "p_modifier": "="}, {"p_value": 0.04, "p_modifier": "="}, False),
        ({"p_value": 0.0421, "p_modifier": "="}, {"p_value": 0.05, "p_modifier": "="}, True),
        ({"estimate": 0.62}, {"estimate": 1.0}, True),
        ({"estimate": 12.349}, {"estimate": 12.3}, False),
    ],
)
def test_a_rounded_number_is_no_conflict(
    rows_of: Callable[..., RowSet], compared: Callable[..., Any], record: Any, paper: Any, is_conflict: bool
) -> None:
    rows = rows_of(
        [outcome("Remission", analyses=(compared("velomarib", "placebo", **record),))],
        [outcome("Remission", analyses=(compared("velomarib", "placebo", **paper),))],
    )
    assert len(rows.of(OutcomeAnalysisRow)) == 1
    assert bool(rows.of(ConflictRow)) is is_conflict
