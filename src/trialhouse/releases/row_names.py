"""What people know a trial, an arm, an outcome, a number or a document by, also when it is gone."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from trialhouse.store.connection import Connection

TRIAL_NAMES = """
SELECT
    trial_id,
    arg_max(registry_id, since_release_no),
    arg_max(acronym, since_release_no),
    arg_max(title, since_release_no)
FROM (
    SELECT trial_id, registry_id, acronym, title, since_release_no FROM trials
    UNION ALL
    SELECT trial_id, registry_id, acronym, title, since_release_no FROM history.trials
)
WHERE trial_id IN (SELECT unnest(?))
GROUP BY trial_id
"""

ROW_NAMES = """
WITH
wanted AS MATERIALIZED (SELECT unnest($tables) AS table_name, unnest($rows) AS row_id),
ever_arms AS (
    SELECT arm_id, arg_max(label, since_release_no) AS label
    FROM (SELECT arm_id, label, since_release_no FROM arms
          UNION ALL SELECT arm_id, label, since_release_no FROM history.arms)
    GROUP BY arm_id
),
ever_outcomes AS (
    SELECT outcome_id, arg_max(concat_ws(', ', measure, time_frame, population, subgroup), since_release_no) AS measure
    FROM (SELECT outcome_id, measure, time_frame, population, subgroup, since_release_no FROM outcomes
          UNION ALL
          SELECT outcome_id, measure, time_frame, population, subgroup, since_release_no FROM history.outcomes)
    GROUP BY outcome_id
)
SELECT table_name, row_id, max(name)
FROM (
    SELECT 'arms' AS table_name, arm_id AS row_id, label AS name FROM ever_arms
    UNION ALL
    SELECT 'outcomes', outcome_id, measure FROM ever_outcomes
    UNION ALL
    SELECT 'arm_interventions', arm_intervention_id, concat_ws(': ', label, intervention_name)
    FROM (SELECT arm_intervention_id, arm_id, intervention_name FROM arm_interventions
          UNION ALL
          SELECT arm_intervention_id, arm_id, intervention_name FROM history.arm_interventions)
    LEFT JOIN ever_arms USING (arm_id)
    UNION ALL
    SELECT
        'outcome_measurements',
        measurement_id,
        concat_ws(' | ', measure, coalesce(label, group_title), classification, statistic)
    FROM (SELECT measurement_id, outcome_id, arm_id, group_title, classification, statistic FROM outcome_measurements
          UNION ALL
          SELECT measurement_id, outcome_id, arm_id, group_title, classification, statistic
          FROM history.outcome_measurements)
    LEFT JOIN ever_outcomes USING (outcome_id) LEFT JOIN ever_arms USING (arm_id)
    UNION ALL
    SELECT
        'outcome_analyses',
        analysis_id,
        concat_ws(' | ', measure, concat_ws(' against ', one.label, other.label), effect)
    FROM (SELECT analysis_id, outcome_id, arm_id, comparator_arm_id, effect FROM outcome_analyses
          UNION ALL
          SELECT analysis_id, outcome_id, arm_id, comparator_arm_id, effect FROM history.outcome_analyses) AS analyses
    LEFT JOIN ever_outcomes USING (outcome_id)
    LEFT JOIN ever_arms AS one ON one.arm_id = analyses.arm_id
    LEFT JOIN ever_arms AS other ON other.arm_id = comparator_arm_id
    UNION ALL
    SELECT 'documents', document_id, title
    FROM (SELECT document_id, title FROM documents UNION ALL SELECT document_id, title FROM history.documents)
)
WHERE (table_name, row_id) IN (FROM wanted)
GROUP BY table_name, row_id
"""


@dataclass(frozen=True)
class TrialName:
    """What people know a trial by."""

    trial_id: str
    registry_id: str | None = None
    acronym: str | None = None
    title: str | None = None

    def __str__(self) -> str:
        names = [name for name in (self.registry_id, self.acronym) if name]
        known = f" ({', '.join(names)})" if names else ""
        return f"{self.trial_id}{known}" + (f": {self.title}" if self.title else "")


def trial_names(connection: Connection, trial_ids: Collection[str]) -> dict[str, TrialName]:
    """The newest names of trials; one that never was in `trials` has only its id."""
    rows = connection.execute(TRIAL_NAMES, [list(trial_ids)]).fetchall() if trial_ids else []
    return {trial_id: TrialName(trial_id) for trial_id in trial_ids} | {row[0]: TrialName(*row) for row in rows}


def row_names(connection: Connection, rows: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The names of those rows, given by table and id, that have one."""
    if not rows:
        return {}
    wanted = sorted(set(rows))
    given = {"tables": [table for table, _ in wanted], "rows": [row_id for _, row_id in wanted]}
    found = connection.execute(ROW_NAMES, given).fetchall()
    return {(table, row_id): name for table, row_id, name in found if name}
