"""The corpus's trial of five documents: its arms aligned, what they disagree on, and one of them withdrawn."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trialhouse.pipeline import refresh
from trialhouse.releases.catalog import find_release
from trialhouse.settings import Settings, load_settings
from trialhouse.store.connection import release_reader

TOLD_BY = {
    "NCT09990101.json": "REGISTRATION",
    "trivelo-paper.html": "PRIMARY_RESULTS",
    "trivelo-preprint.html": "PRIMARY_RESULTS",
    "trivelo-news.html": "NEWS",
    "trivelo-correction.html": None,
}
WITHDRAWN = Path(__file__).parent / "withdrawn" / "trivelo-preprint-retraction.html"

Ask = Callable[..., list[tuple[Any, ...]]]


def asking(settings: Settings) -> Ask:
    """A function that asks the current release."""
    database = find_release(settings.warehouse, None).database

    def ask(query: str, *parameters: object) -> list[tuple[Any, ...]]:
        with release_reader(database) as connection:
            return connection.execute(query, list(parameters)).fetchall()

    return ask


@pytest.fixture(scope="module")
def told(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Ask, Ask]:
    """The warehouse of the five documents, and the same after one of them was withdrawn."""
    folder = tmp_path_factory.mktemp("trivelo")
    for name in TOLD_BY:
        shutil.copy(corpus / name, folder / name)
    settings = load_settings(warehouse=tmp_path_factory.mktemp("warehouse"), environ={}).settings
    refresh(settings, files=[folder])
    before = asking(settings)
    shutil.copy(WITHDRAWN, folder)
    refresh(settings, files=[folder])
    return before, asking(settings)


def test_five_documents_are_of_one_trial_each_for_a_reason(told: tuple[Ask, Ask]) -> None:
    ask, _ = told
    assert ask("SELECT registry_id, acronym, evidence_status FROM trials") == [("NCT09990101", "TRIVELO", "CORRECTED")]
    links = ask(
        "SELECT d.url, l.role, l.method, l.confidence, l.reason FROM trial_documents AS l JOIN documents AS d USING "
        "(document_id)"
    )
    assert sorted(str(role) for _, role, *_ in links) == sorted(map(str, TOLD_BY.values()))
    by_role = {role: (method, confidence, reason) for _, role, method, confidence, reason in links}
    assert by_role["NEWS"][0] == "cited_paper"
    assert "10.5555/aerm.2026.0417" in by_role["NEWS"][2]
    assert by_role[None][0] == "ERRATUM_FOR"
    assert all(0 < confidence <= 1 and reason for _, confidence, reason in by_role.values())


def test_its_arms_are_three_and_each_document_that_tells_of_them_is_their_proof(told: tuple[Ask, Ask]) -> None:
    ask, _ = told
    arms = ask("SELECT label, n_randomized FROM arms ORDER BY label")
    assert arms == [("Placebo", 82), ("Velomarib 20 mg", 82), ("Velomarib 40 mg", 82)]
    proof = ask(
        "SELECT a.label, count(DISTINCT e.document_id) FROM arms AS a JOIN evidence AS e ON e.table_name = 'arms' AND "
        "e.row_id = a.arm_id AND e.column_name = 'n_randomized' GROUP BY a.label"
    )
    assert dict(proof) == dict.fromkeys(("Placebo", "Velomarib 20 mg", "Velomarib 40 mg"), 3)


def test_a_number_that_all_tell_is_one_row_with_a_proof_in_each(told: tuple[Ask, Ask]) -> None:
    """The hazard ratio of 0.45 stands in the paper, the preprint and on the news page."""
    ask, _ = told
    rows = ask(
        "SELECT m.measure, count(DISTINCT e.document_id) FROM outcome_analyses AS o JOIN outcomes AS m USING "
        "(outcome_id) JOIN evidence AS e ON e.row_id = o.analysis_id AND e.column_name = 'estimate' "
        "WHERE o.estimate = 0.45 GROUP BY ALL"
    )
    assert [documents for _, documents in rows] == [3]


def test_what_was_planned_is_what_was_measured(told: tuple[Ask, Ask]) -> None:
    """Each of the registry's three outcomes is the row that holds the paper's numbers, and there is one more."""
    ask, _ = told
    outcomes = ask(
        "SELECT outcome_type, count(DISTINCT outcome_id), count(measurement_id) > 0 FROM outcomes LEFT JOIN "
        "outcome_measurements USING (outcome_id) GROUP BY outcome_type ORDER BY outcome_type"
    )
    assert outcomes[0] == ("PRIMARY", 1, True)
    assert outcomes[1] == ("SECONDARY", 2, True)
    assert sum(count for _, count, _ in outcomes) == 4


def test_what_they_disagree_on_is_seen(told: tuple[Ask, Ask]) -> None:
    ask, _ = told
    conflicts = {tuple(row) for row in ask("SELECT column_name, kept_value, other_value FROM conflicts")}
    assert {("enrollment", "248", "246"), ("value", "38.0", "39.0"), ("value", "46.3", "47.6")} <= conflicts


def test_with_one_document_withdrawn_it_is_the_same_trial_and_says_which_numbers_to_leave_out(
    told: tuple[Ask, Ask],
) -> None:
    before, after = told
    for table in ("trials", "arms", "outcomes"):
        query = f"SELECT {table[:-1]}_id FROM {table} ORDER BY ALL"
        assert before(query) == after(query)
    statuses = dict(after("SELECT kind, evidence_status FROM documents WHERE kind IN ('preprint', 'abstract', 'news')"))
    assert statuses == {"preprint": "RETRACTED", "abstract": "CORRECTED", "news": "CURRENT"}
    assert after("SELECT evidence_status FROM trials") == [("CORRECTED",)]
    # No number is read from the withdrawn document alone or first.
    assert after("SELECT count(*) FROM results WHERE evidence_status = 'RETRACTED'") == [(0,)]
    assert after("SELECT count(*) FROM results") == before("SELECT count(*) FROM results")
    assert after("SELECT count(*) FROM trial_documents") == [(6,)]
