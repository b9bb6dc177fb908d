"""Each example query, asked of the bundled corpus and two documents more, gives what its header says."""

import json
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from trialhouse.pipeline import refresh
from trialhouse.releases.as_of import set_back
from trialhouse.releases.catalog import find_release
from trialhouse.releases.queries import ExampleQuery, read_queries
from trialhouse.settings import load_settings
from trialhouse.store.connection import release_reader, scratch_database

CHECKOUT = Path(__file__).parents[2]
QUERIES = {query.name: query for query in read_queries(CHECKOUT)}

DUCKDB = shutil.which("duckdb", path=str(Path(sys.executable).parent)) or shutil.which("duckdb")

PAPER = """Harvomab for winter cough: a randomized, double-blind, placebo-controlled phase 2 trial

Methods: We randomly assigned 80 adults to receive harvomab 20 mg (n=40) or placebo (n=40) once daily for 12 weeks.
Results: Cough ended in 24 of 40 patients (60%) with harvomab and 12 of 40 (30%) with placebo (P=0.007).
Trial registration: NCT09990931.
"""

SILENT_TRIAL = {
    "protocolSection": {
        "identificationModule": {"nctId": "NCT09990932", "briefTitle": "Harvomab in Summer Cough", "acronym": "QUIET"},
        "statusModule": {
            "overallStatus": "COMPLETED",
            "completionDateStruct": {"date": "2024-05-31", "type": "ACTUAL"},
        },
        "sponsorCollaboratorsModule": {"leadSponsor": {"name": "Example Cough Foundation", "class": "OTHER"}},
        "designModule": {"studyType": "INTERVENTIONAL", "phases": ["PHASE2"]},
    },
    "hasResults": False,
}
"""A registry record of a trial that ended and has no results."""

EXPECTED: dict[str, tuple[int, dict[str, object]]] = {
    "arms_by_drug_class": (
        9,
        {"drug_class": "monoclonal antibody", "substance": "ziltivekimab", "arms": 3, "doses": "7.5 mg, 15 mg, 30 mg"},
    ),
    "conflicts_with_quotes": (
        4,
        {
            "kept_value": "38.0",
            "kept_quote": "A disease flare occurred in 29 of 82 participants (35.4%) in the velomarib 20 mg group, 20 "
            "of 82 (24.4%) in the velomarib 40 mg group, and 38 of 82 (46.3%) in the placebo group.",
            "other_value": "39.0",
            "other_quote": "By week 48, a disease flare had occurred in 29 (35.4%) participants in the velomarib 20 mg "
            "group, 20 (24.4%) in the velomarib 40 mg group, and 39 (47.6%) in the placebo group.",
            "other_kind": "preprint",
        },
    ),
    "documents_of_trials": (12, {"trial": "TRIVELO", "role": "REGISTRATION", "kind": "registry"}),
    "dose_response": (4, {"trial": "RESCUE", "dose": 7.5, "dose_unit": "mg", "value": -77.0, "unit": "%"}),
    "enrollment_against_arms": (
        5,
        {"trial": "TRIVELO", "enrollment": 248, "sum_of_arms": 246, "difference": -2},
    ),
    "forest_plot": (
        1,
        {"trial": "ALDER-BP", "estimate": -8.3, "ci_low": -11.4, "ci_high": -5.2, "arm_n": 80, "comparator_n": 80},
    ),
    "last_run": (1, {"source": "files", "asked": 2, "received": 2, "parsed": 2, "asked_balances": True}),
    "number_over_releases": (8, {"arm": "ziltivekimab 30 mg", "value": -92.0, "is_new_here": False}),
    "open_alerts": (
        1,
        {"severity": "warn", "check_id": "outcome_analyses/interval_fits_p", "column_name": "p_value"},
    ),
    "paper_against_registry": (2, {"trial": "TRIVELO", "registry_says": "248", "paper_says": "246"}),
    "primary_outcomes": (
        8,
        {
            "trial": "ALDER-BP",
            "comparisons": "quenosartan 80 mg against placebo: mean difference -8.3 mm Hg (-11.4 to -5.2) p < 0.001",
        },
    ),
    "proof_of_a_number": (10, {"value": -92.0, "column_name": "value", "quote_stands_there": True}),
    "responder_rates": (
        18,
        {"trial": "NCT09990931", "arm": "harvomab 20 mg", "responders": 24.0, "n": 40, "stated_percent": 60.0}
        | {"computed_percent": 60.0, "ci_low": 44.6, "ci_high": 73.7},
    ),
    "trials_without_results": (
        1,
        {"registry_id": "NCT09990932", "sponsor": "Example Cough Foundation", "documents": 1},
    ),
    "what_changed": (
        1,
        {"trial": "NCT09990931", "table_name": "trials", "change": "added", "cause": "NEW_DOCUMENT"},
    ),
}
"""For each query how many rows it has at least, and some cells of one of them."""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The second release of a warehouse: the corpus, then a paper and a registry record."""
    folder, given = tmp_path_factory.mktemp("queries"), tmp_path_factory.mktemp("given")
    (given / "harvomab.txt").write_text(PAPER, encoding="utf-8")
    (given / "NCT09990932.json").write_text(json.dumps(SILENT_TRIAL), encoding="utf-8")
    settings = load_settings(warehouse=folder, environ={}).settings
    refresh(settings)
    refresh(settings, files=[given])
    return find_release(folder, None).database


def rows(database: Path, query: ExampleQuery, **values: object) -> list[dict[str, object]]:
    with release_reader(database) as connection:
        result = connection.execute(query.sql, query.defaults | values or None)
        names = [column[0] for column in result.description]
        return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def test_there_are_fifteen_and_each_is_tested() -> None:
    assert len(QUERIES) >= 15
    assert set(QUERIES) == set(EXPECTED)


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_a_header_says_it_in_sentences_and_names_the_parameters(query: ExampleQuery) -> None:
    assert query.question.endswith("?")
    assert query.shows.endswith(".")
    with scratch_database() as connection:
        (statement,) = connection.extract_statements(query.sql)
    assert statement.named_parameters == set(query.parameters)


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_shows_what_it_says(database: Path, name: str) -> None:
    number, cells = EXPECTED[name]
    found = rows(database, QUERIES[name])
    assert len(found) >= number
    assert [row for row in found if cells == {name: row[name] for name in cells}], found


@pytest.mark.parametrize("name", QUERIES)
def test_the_page_has_its_columns(database: Path, name: str) -> None:
    page = (CHECKOUT / "docs" / "queries.md").read_text(encoding="utf-8")
    section = page.split(f"## {name}\n")[1].split("\n## ")[0]
    (line,) = [line for line in section.splitlines() if line.startswith("Columns: ")]
    assert line == "Columns: " + ", ".join(f"`{column}`" for column in rows(database, QUERIES[name])[0]) + "."


def test_parameters_choose(database: Path) -> None:
    assert {row["trial"] for row in rows(database, QUERIES["dose_response"], substance="Velomarib")} == {"TRIVELO"}
    assert rows(database, QUERIES["dose_response"], substance="no such thing") == []
    effects = {row["effect"] for row in rows(database, QUERIES["forest_plot"], measure="blood pressure control")}
    assert effects == {"RISK_DIFFERENCE"}
    assert rows(database, QUERIES["forest_plot"], effect="HAZARD_RATIO") == []
    assert len(rows(database, QUERIES["documents_of_trials"], trial="TRIVELO")) == 5
    with release_reader(database) as connection:
        first, second = (
            id for (id,) in connection.execute("SELECT release_id FROM meta.releases ORDER BY 1").fetchall()
        )
    back = rows(database, QUERIES["what_changed"], before=second, after=first)
    assert {row["change"] for row in back if row["table_name"] == "trials"} == {"removed"}
    assert rows(database, QUERIES["what_changed"], before=first, after=first) == []


def test_a_weight_is_the_inverse_of_the_variance_and_a_ratio_has_that_of_its_logarithm(database: Path) -> None:
    (difference,) = rows(database, QUERIES["forest_plot"])
    assert difference["standard_error"] == pytest.approx((11.4 - 5.2) / (2 * 1.959964))
    assert difference["weight"] == pytest.approx(difference["standard_error"] ** -2)
    ratio = rows(database, QUERIES["forest_plot"], measure="steroid-free remission")[0]
    # 1.64 (1.11 to 2.43): ln 2.43 - ln 1.11 = 0.78353
    assert ratio["standard_error"] == pytest.approx(0.78353 / (2 * 1.959964), rel=1e-4)


@pytest.mark.parametrize("name", sorted(set(QUERIES) - {"what_changed", "number_over_releases"}))
def test_a_query_may_be_asked_of_an_earlier_moment(database: Path, name: str) -> None:
    query = QUERIES[name]
    with release_reader(database, partial(set_back, release_no=1)) as connection:
        then = connection.execute(query.sql, query.defaults or None)
        columns = [column[0] for column in then.description]
        assert "NCT09990931" not in str(then.fetchall())
    assert columns == list(rows(database, query)[0])


@pytest.mark.skipif(DUCKDB is None, reason="the duckdb command line is not installed")
@pytest.mark.parametrize("name", QUERIES)
def test_a_query_runs_in_the_duckdb_command_line(database: Path, name: str) -> None:
    query = QUERIES[name]
    values = ", ".join(
        f"{parameter} := " + ("NULL" if value is None else f"'{value}'" if isinstance(value, str) else str(value))
        for parameter, value in query.defaults.items()
    )
    text = f"PREPARE q AS {query.sql}\nEXECUTE q{f'({values})' if values else ''};\n"
    command = [DUCKDB, "-readonly", "-json", str(database)]
    ended = subprocess.run(command, input=text, capture_output=True, text=True, check=True)
    assert len(json.loads(ended.stdout)) == len(rows(database, query))
