"""The same outcome and the same number in several documents of one trial."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from trialhouse.model.enums import Statistic
from trialhouse.model.evidence import Evidence
from trialhouse.model.extraction import AnalysisClaim, MeasurementClaim, OutcomeClaim
from trialhouse.model.ids import stable_id
from trialhouse.model.tables import DoubtfulPairRow, OutcomeAnalysisRow, OutcomeMeasurementRow, OutcomeRow, RowSet
from trialhouse.model.vocabulary import Vocabulary
from trialhouse.model.words import PairSubject
from trialhouse.resolution.alignment import doubtful_pair
from trialhouse.resolution.analysis_details import details_of
from trialhouse.resolution.arms import ArmTable
from trialhouse.resolution.kept_rows import kept_outcome_ids
from trialhouse.resolution.measure_likeness import MeasureNames
from trialhouse.resolution.mirrored import faced_alike, reason_of
from trialhouse.resolution.outcome_groups import OutcomeGroup, group_outcomes, outcome_key
from trialhouse.resolution.proof import Proof, in_column
from trialhouse.resolution.reading import Mention
from trialhouse.resolution.rounding import written_alike
from trialhouse.resolution.survivors import agree, by_trust, conflict, survive
from trialhouse.resolution.trust import Trust

_WORD_LENGTH = 4
"""Letters from which on a unit is a word and no symbol, so that its case says nothing."""

METHOD = "measure, time frame, population, subgroup"
"""How outcomes are compared, as doubtful pairs say it."""

OUTCOME_FIELDS = (
    "measure",
    "norm",
    "outcome_type",
    "time_frame",
    "time_frame_weeks",
    "population",
    "subgroup",
)
MEASUREMENT_FIELDS = (
    "group_title",
    "classification",
    "category",
    ("statistic", "statistic_raw"),
    "is_change_from_baseline",
    "is_baseline",
    ("value", "value_modifier", "value_raw", "unit"),
    "n_analyzed",
    ("dispersion_type", "dispersion_raw", "ci_pct", "dispersion_value", "dispersion_low", "dispersion_high"),
)
ANALYSIS_FIELDS = (
    "group_titles",
    "groups_description",
    "non_inferiority_type",
    ("effect", "effect_raw"),
    ("estimate", "unit", "dispersion_type", "dispersion_value"),
    ("ci_pct", "ci_n_sides", "ci_low", "ci_high"),
    ("p_value", "p_modifier", "p_raw"),
    "method",
)
"""Fields in a tuple survive together; see `survive`."""


class OutcomeTable:
    """Makes the outcome rows of one trial with their numbers, from the claims of all its documents."""

    def __init__(self, trial_id: str, arms: ArmTable, vocabulary: Vocabulary, trust: Trust, proof: Proof) -> None:
        self._trial_id, self._arms, self._trust, self._proof = trial_id, arms, trust, proof
        self._rows = proof.rows
        self._ucum = vocabulary.ucum
        self._row_of: dict[tuple[object, ...], str] = {}

    def _code(self, claim: MeasurementClaim) -> str | None:
        """The UCUM code of a number's unit; registries begin words of it with a capital ("Days")."""
        if claim.statistic is Statistic.PERCENT:
            return "%"
        unit = claim.unit or ""
        plain = unit.lower() if unit[:1].isupper() and unit[1:].islower() and len(unit) >= _WORD_LENGTH else unit
        return self._ucum.get(unit) or self._ucum.get(plain)

    def build(self, mentions: Sequence[Mention], names: MeasureNames, published: Sequence[OutcomeRow] = ()) -> None:
        """Add the rows of every outcome that these mentions (the most trusted first) make claims about.

        An outcome that is one of those published keeps its id.
        """
        found = group_outcomes(mentions, self._arms, names)
        groups = [(stable_id("outcome", self._trial_id, *group.key), group.claims) for group in found.groups]
        kept_ids: Mapping[str, str] = {}
        if published and {outcome_id for outcome_id, _ in groups} != {row.outcome_id for row in published}:
            now = [self._row(outcome_id, claims, Proof(RowSet())) for outcome_id, claims in groups]
            kept_ids = kept_outcome_ids(now, published)
        for outcome_id, claims in groups:
            self._outcome(kept_ids.get(outcome_id, outcome_id), claims)
        self._rows.extend(self._doubtful_pair(*pair) for pair in found.doubtful)

    def _doubtful_pair(self, known: OutcomeGroup, new: OutcomeGroup, mention: Mention) -> DoubtfulPairRow:
        sides = [(*known.claims[0],), (mention, new.claims[0][1])]
        one, other = ((self.outcome_id(who, claim), who, _called(claim)) for who, claim in sides)
        why = "one leaves out what would decide it, several fit, or their numbers differ"
        return doubtful_pair(PairSubject.OUTCOME, one, other, METHOD, why)

    def outcome_id(self, mention: Mention, claim: OutcomeClaim) -> str:
        """The id of the row that a document's claim went into; of a plan with several posted outcomes, the first."""
        return self._row_of[mention.document.document_id, outcome_key(claim)]

    def _row(self, outcome_id: str, claims: list[tuple[Mention, OutcomeClaim]], proof: Proof) -> OutcomeRow:
        kept = survive(_typed_alike(claims), OUTCOME_FIELDS, ("outcomes", outcome_id), proof, self._trust)
        time_frame = kept.pop("time_frame_weeks", None)
        return OutcomeRow(
            outcome_id=outcome_id,
            trial_id=self._trial_id,
            measure_norm=kept.pop("norm", None),
            time_frame_days=in_column("time_frame_weeks", time_frame),
            **kept,
        )

    def _outcome(self, outcome_id: str, claims: list[tuple[Mention, OutcomeClaim]]) -> None:
        for mention, claim in claims:
            self._row_of.setdefault((mention.document.document_id, outcome_key(claim)), outcome_id)
        self._rows.add(self._row(outcome_id, claims, self._proof))
        self._measurements(outcome_id, [(m, number) for m, claim in claims for number in claim.measurements])
        self._analyses(outcome_id, [(m, number) for m, claim in claims for number in claim.analyses])

    def _measurements(self, outcome_id: str, claims: list[tuple[Mention, MeasurementClaim]]) -> None:
        def identity(mention: Mention, claim: MeasurementClaim) -> tuple[object, ...]:
            return (
                self._arms.arm_id(mention, claim.arm),
                claim.classification,
                claim.category,
                claim.statistic,
                claim.is_change_from_baseline,
                claim.is_baseline,
                self._code(claim) or claim.unit,
            )

        for key, group in _numbers(claims, identity, ("value", "value_modifier")):
            row_id = stable_id("measurement", outcome_id, *key)
            row = ("outcome_measurements", row_id)
            agreeing = self._settle(group, ("value",), row)
            mention, first = agreeing[0]
            kept = survive(agreeing, MEASUREMENT_FIELDS, row, self._proof, self._trust, evidence_of=_proof_of)
            self._prove_arms(agreeing, row, {"arm": "arm_id"})
            self._rows.add(
                OutcomeMeasurementRow(
                    measurement_id=row_id,
                    outcome_id=outcome_id,
                    arm_id=self._arms.arm_id(mention, first.arm),
                    unit_ucum=self._code(first),
                    **kept,
                )
            )

    def _analyses(self, outcome_id: str, claims: list[tuple[Mention, AnalysisClaim]]) -> None:
        def core(mention: Mention, claim: AnalysisClaim) -> tuple[object, ...]:
            return self._arms.arm_id(mention, claim.arm), self._arms.arm_id(mention, claim.comparator), claim.effect

        trusted = by_trust(claims, "outcome_analyses.estimate", self._trust)
        claims = faced_alike(claims, trusted, self._arms.arm_id)
        details = details_of(claims, core)

        def identity(mention: Mention, claim: AnalysisClaim) -> tuple[object, ...]:
            return *core(mention, claim), *details[id(claim)]

        for key, group in _numbers(claims, identity, ("estimate", "p_value")):
            row_id = stable_id("analysis", outcome_id, *key)
            row = ("outcome_analyses", row_id)
            agreeing = self._settle(group, ("estimate", "p_value"), row)
            mention, first = agreeing[0]
            kept = survive(agreeing, ANALYSIS_FIELDS, row, self._proof, self._trust, evidence_of=_proof_of)
            self._prove_arms(agreeing, row, {"arm": "arm_id", "comparator": "comparator_arm_id"})
            self._rows.add(
                OutcomeAnalysisRow(
                    analysis_id=row_id,
                    outcome_id=outcome_id,
                    arm_id=self._arms.arm_id(mention, first.arm),
                    comparator_arm_id=self._arms.arm_id(mention, first.comparator),
                    **kept,
                )
            )

    def _prove_arms(self, agreeing: list[Any], row: tuple[str, str], columns: dict[str, str]) -> None:
        """Add what ties a number to its arms, where the claim says it apart from the number."""
        for mention, claim in agreeing:
            for field, column in columns.items():
                if field in claim.field_evidence:
                    self._proof.add(mention, claim.field_evidence[field], *row, column)

    def _settle(self, group: list[Any], value_fields: tuple[str, ...], row: tuple[str, str]) -> list[Any]:
        """The claims that agree with the most trusted one, which is the first of them; the others become conflicts.

        An interval or dispersion belongs to its own estimate: one that comes with another number is not taken over.
        """
        group = by_trust(group, f"{row[0]}.{value_fields[0]}", self._trust)
        mention, first = group[0]
        agreeing = []
        for other_mention, other in group:
            differing = [
                field
                for field in value_fields
                if None not in (getattr(first, field), getattr(other, field))
                and not agree(getattr(first, field), getattr(other, field))
                and not written_alike(field, first, other, (_proof_of(first, field), _proof_of(other, field)))
            ]
            if not differing:
                agreeing.append((other_mention, other))
            for field in differing:
                kept, value = (mention, getattr(first, field)), (other_mention, getattr(other, field))
                rule = self._trust.rule(f"{row[0]}.{value_fields[0]}", group[0], (other_mention, other))
                if field == "estimate":
                    proofs = _proof_of(first, field), _proof_of(other, field)
                    rule = ":".join(part for part in (rule, reason_of(first, other, proofs)) if part)
                self._rows.add(conflict(row, field, kept, value, evidence=_proof_of(other, field), rule=rule))
        return agreeing


def _numbers(
    claims: list[tuple[Mention, Any]],
    identity: Callable[[Mention, Any], tuple[object, ...]],
    value_fields: tuple[str, ...],
) -> list[tuple[tuple[object, ...], list[Any]]]:
    """Group claims of one number, each group under the key that its row's id is made of.

    The documents' claims meet by identity, so that a differing value is a conflict.
    A document that gives several values under one identity keeps each as a number of its own, since it does not
    contradict itself: something tells them apart that was not read. Other documents then join by equal value, and
    the value belongs to the key; otherwise it does not, so that a number keeps its id when its value is corrected.
    """
    per_document: dict[tuple[object, ...], dict[str, set[object]]] = {}
    for mention, claim in claims:
        values = per_document.setdefault(identity(mention, claim), {})
        values.setdefault(mention.document.document_id, set()).add(_value(claim, value_fields))
    groups: dict[tuple[object, ...], list[Any]] = {}
    for mention, claim in claims:
        key = identity(mention, claim)
        single = all(len(values) == 1 for values in per_document[key].values())
        groups.setdefault(key if single else (*key, _value(claim, value_fields)), []).append((mention, claim))
    return list(groups.items())


def _typed_alike(claims: list[tuple[Mention, OutcomeClaim]]) -> list[tuple[Mention, OutcomeClaim]]:
    """The claims without a type of outcome where it is another one than the first that is said, and in other words.

    Whether a paper calls another outcome primary than the registry is told elsewhere, with more care: by the sentence.
    """
    first = next((claim for _, claim in claims if claim.outcome_type is not None), None)
    if first is None:
        return claims
    return [
        (mention, claim)
        if claim.outcome_type in (None, first.outcome_type) or outcome_key(claim) == outcome_key(first)
        else (mention, claim.model_copy(update={"outcome_type": None}))
        for mention, claim in claims
    ]


def _called(claim: OutcomeClaim) -> str:
    """An outcome in a sentence."""
    said = (claim.measure, claim.time_frame, claim.population, claim.subgroup)
    return ", ".join(words for words in said if words)


def _value(claim: Any, fields: tuple[str, ...]) -> tuple[object, ...]:
    return tuple(getattr(claim, field) for field in fields)


def _proof_of(claim: MeasurementClaim | AnalysisClaim, field: str) -> Evidence:
    """What proves a cell: its own place in a structured source, else the one span of the number."""
    if field in claim.field_evidence:
        return claim.field_evidence[field]
    return claim.evidence.model_copy(update={"rule": claim.rule, "confidence": claim.confidence})
