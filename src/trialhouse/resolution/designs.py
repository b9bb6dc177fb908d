"""The rows of one trial's design: the trial, its registrations, arms and interventions."""

import datetime
from collections.abc import Sequence
from typing import Any

from trialhouse.model.dates import first_day, precision_of
from trialhouse.model.enums import EvidenceStatus
from trialhouse.model.ids import stable_id
from trialhouse.model.tables import (
    ArmInterventionRow,
    ArmRow,
    RowSet,
    TrialRegistrationRow,
    TrialRow,
)
from trialhouse.model.vocabulary import Vocabulary
from trialhouse.resolution.arms import AlignedArm
from trialhouse.resolution.extensions import designs_apart
from trialhouse.resolution.interventions import interventions_of
from trialhouse.resolution.kept_rows import kept_arm_ids
from trialhouse.resolution.proof import Proof, in_column
from trialhouse.resolution.published import Design
from trialhouse.resolution.survivors import by_trust, survive
from trialhouse.resolution.trials import Cluster, registry_of, registry_rank
from trialhouse.resolution.trust import Trust

DATE_FIELDS = ("start_date", "enrollment_end_date", "completion_date")
TRIAL_FIELDS = (
    "acronym",
    "title",
    "study_type",
    "phase",
    "allocation",
    "allocation_ratio",
    "intervention_model",
    "masking",
    "placebo_controlled",
    ("enrollment", "enrollment_type"),
    "site_count",
    "countries",
    "conditions",
    "sponsor",
    "overall_status",
    *DATE_FIELDS,
)
ARM_FIELDS = ("label", "arm_type", "factor", ("n_randomized", "n_is_derived"), "n_analyzed", "is_result_group")
INTERVENTION_FIELDS = (
    "name",
    "norm",
    ("dose_value", "dose_unit", "dose_raw"),
    "route",
    "frequency",
    "duration_weeks",
    "background",
    "alternative",
)


def add_trial(cluster: Cluster, status: EvidenceStatus, trust: Trust, rows: RowSet, proof: Proof) -> None:
    """Add the row of one trial and of each of its registrations; `status` is what its evidence is worth."""
    mentions, left_out = designs_apart(cluster.mentions)
    rows.extend(left_out)
    claims = [(mention, mention.claims.trial) for mention in mentions]
    row = ("trials", cluster.trial_id)
    kept = survive(claims, TRIAL_FIELDS, row, proof, trust)
    titles = [mention.document.title for mention, _ in by_trust(claims, "trials.title", trust)]
    kept.setdefault("title", next((title for title in titles if title), None))
    registrations = sorted({value for _, trial in claims for value in trial.registry_ids}, key=registry_rank)
    rows.add(
        TrialRow(
            trial_id=cluster.trial_id,
            registry_id=registrations[0] if registrations else None,
            evidence_status=status,
            **_with_dates(kept),
        )
    )
    for mention, trial in claims:
        if "registry_ids" in trial.evidence and registrations and registrations[0] in trial.registry_ids:
            proof.add(mention, trial.evidence["registry_ids"], "trials", cluster.trial_id, "registry_id")
    for value in registrations:
        rows.add(
            TrialRegistrationRow(
                trial_id=cluster.trial_id,
                registry=registry_of(value),
                registry_id=value,
                is_primary=value == registrations[0],
            )
        )


def add_arm(trial_id: str, arm: AlignedArm, vocabulary: Vocabulary, trust: Trust, proof: Proof) -> None:
    """Add the row of one arm and of each of its interventions."""
    rows = proof.rows
    kept = survive(arm.claims, ARM_FIELDS, ("arms", arm.arm_id), proof, trust)
    rows.add(ArmRow(arm_id=arm.arm_id, trial_id=trial_id, **kept))
    for key, claims in interventions_of(arm.claims).items():
        row_id = stable_id("intervention", arm.arm_id, key)
        values = survive(claims, INTERVENTION_FIELDS, ("arm_interventions", row_id), proof, trust)
        duration = values.pop("duration_weeks", None)
        rows.add(
            ArmInterventionRow(
                arm_intervention_id=row_id,
                arm_id=arm.arm_id,
                intervention_name=values.pop("name"),
                intervention_norm=values.pop("norm", None),
                intervention_id=next((claim.code for _, claim in claims if claim.code), None),
                dose_unit_ucum=vocabulary.ucum.get(values.get("dose_unit", "")),
                duration_days=in_column("duration_weeks", duration),
                is_background=values.pop("background", False),
                is_alternative=values.pop("alternative", False),
                **values,
            )
        )


def keep_arm_ids(
    trial_id: str, arms: Sequence[AlignedArm], published: Sequence[Design], vocabulary: Vocabulary, trust: Trust
) -> None:
    """Give each arm that is one of those published the id that it had."""
    if not published or {arm.arm_id for arm in arms} == {row.arm_id for row, _ in published}:
        return
    designs = []
    for arm in arms:
        rows = RowSet()
        add_arm(trial_id, arm, vocabulary, trust, Proof(rows))
        designs.append((rows.of(ArmRow)[0], tuple(rows.of(ArmInterventionRow))))
    kept = kept_arm_ids(designs, published)
    for arm in arms:
        arm.arm_id = kept.get(arm.arm_id, arm.arm_id)


def _with_dates(kept: dict[str, Any]) -> dict[str, Any]:
    """Partial dates as the first day that they can mean, with their precision."""
    dates: dict[str, datetime.date | str] = {}
    for field in DATE_FIELDS:
        if field in kept:
            dates[field] = first_day(kept[field])
            dates[f"{field}_precision"] = precision_of(kept[field])
    return {key: value for key, value in kept.items() if key not in DATE_FIELDS} | dates
