"""The view of all numbers: what a number is worth is what its document is worth, and of news what its papers are."""

from pathlib import Path

import pytest

from trialhouse.store.connection import scratch_database

VIEW = Path(__file__).parents[2] / "warehouse" / "views" / "results.sql"

TABLES = """
CREATE TABLE trials AS SELECT 't' AS trial_id, 'NCT09990001' AS registry_id, NULL::VARCHAR AS acronym;
CREATE TABLE arms (arm_id VARCHAR, label VARCHAR);
CREATE TABLE arm_interventions (
    arm_intervention_id VARCHAR, arm_id VARCHAR, intervention_norm VARCHAR, intervention_name VARCHAR,
    dose_value DOUBLE, dose_raw VARCHAR, dose_unit VARCHAR, route VARCHAR, frequency VARCHAR, is_background BOOLEAN
);
CREATE TABLE outcomes AS SELECT 'o' AS outcome_id, 't' AS trial_id, 'response' AS measure, 'response' AS measure_norm,
    NULL AS outcome_type, NULL AS time_frame, NULL AS time_frame_days, NULL AS population,
    'women' AS subgroup;
CREATE TABLE outcome_measurements AS SELECT 'm' AS measurement_id, 'o' AS outcome_id, NULL::VARCHAR AS arm_id,
    'PERCENT' AS statistic, false AS is_change_from_baseline, true AS is_baseline, '<' AS value_modifier, 60.0 AS value,
    '%' AS unit, NULL::DOUBLE AS dispersion_low, NULL::DOUBLE AS dispersion_high;
CREATE TABLE outcome_analyses (
    analysis_id VARCHAR, outcome_id VARCHAR, arm_id VARCHAR, comparator_arm_id VARCHAR, effect VARCHAR,
    estimate DOUBLE, unit VARCHAR, ci_low DOUBLE, ci_high DOUBLE, p_value DOUBLE, p_modifier VARCHAR
);
CREATE TABLE evidence AS SELECT 'outcome_measurements' AS table_name, 'm' AS row_id, 'value' AS column_name,
    '60%' AS quote, 'page' AS document_id, true AS is_main;
CREATE TABLE documents (document_id VARCHAR, kind VARCHAR, url VARCHAR, evidence_status VARCHAR);
CREATE TABLE document_relations (from_document_id VARCHAR, to_document_id VARCHAR, relation VARCHAR);
"""


@pytest.mark.parametrize(
    ("kind", "own", "papers", "worth"),
    [
        ("news", "CURRENT", (), "CURRENT"),
        ("news", "CURRENT", ("CURRENT",), "CURRENT"),
        ("news", "CURRENT", ("RETRACTED",), "RETRACTED"),
        ("news", "CURRENT", ("RETRACTED", "CORRECTED"), "CORRECTED"),
        ("news", "CURRENT", ("RETRACTED", "CURRENT"), "CURRENT"),
        ("news", "RETRACTED", ("CURRENT",), "RETRACTED"),
        # A paper that cites a retracted one reports numbers of its own.
        ("abstract", "CURRENT", ("RETRACTED",), "CURRENT"),
    ],
)
def test_a_number_of_a_news_page_is_worth_what_its_papers_are(
    kind: str, own: str, papers: tuple[str, ...], worth: str
) -> None:
    with scratch_database() as connection:
        connection.execute(TABLES)
        connection.execute(VIEW.read_text(encoding="utf-8"))
        connection.execute("INSERT INTO documents VALUES ('page', ?, NULL, ?)", [kind, own])
        for number, status in enumerate(papers):
            connection.execute("INSERT INTO documents VALUES (?, 'abstract', NULL, ?)", [f"paper {number}", status])
            connection.execute("INSERT INTO document_relations VALUES ('page', ?, 'CITES')", [f"paper {number}"])
        found = connection.execute("SELECT value, subgroup, evidence_status FROM results").fetchall()
    assert found == [(60.0, "women", worth)]


def test_what_a_number_is_stands_beside_it_where_it_is_no_plain_result() -> None:
    with scratch_database() as connection:
        connection.execute(TABLES)
        connection.execute(VIEW.read_text(encoding="utf-8"))
        connection.execute("INSERT INTO outcome_analyses (analysis_id, outcome_id, estimate) VALUES ('a', 'o', 0.5)")
        columns = "kind, is_change_from_baseline, is_baseline, value_modifier, value"
        found = connection.execute(f"SELECT {columns} FROM results ORDER BY kind").fetchall()
    assert found == [("analysis", None, None, None, 0.5), ("measurement", False, True, "<", 60.0)]
