"""The lines of one trial, for what the small warehouse of the other tests does not have."""

import dataclasses
from collections.abc import Callable

import pytest

from tests.properties.made_history import made_history
from trialhouse.cli.folded import print_folded
from trialhouse.cli.trial_lines import print_record
from trialhouse.releases.trial_record import read_trial


@pytest.fixture(scope="module")
def record():
    """A factorial trial with a baseline, an interval, a conflict and two alerts, of which one is settled."""
    with made_history() as history:
        add = history.version
        add(
            "trials",
            1,
            trial_id="t1",
            title="A trial",
            acronym="ACR",
            enrollment=1200,
            start_date="2020-03-01",
            start_date_precision="month",
            countries=["Chad", "Mali"],
            placebo_controlled=False,
        )
        add("arms", 1, arm_id="b", trial_id="t1", label="no drug", arm_type="NO_INTERVENTION", factor=1)
        add("arms", 1, arm_id="z", trial_id="t1", label="drug", arm_type="EXPERIMENTAL", factor=1)
        add("arm_interventions", 1, arm_intervention_id="i", arm_id="z", intervention_name="drug", is_background=True)
        add("outcomes", 1, outcome_id="o", trial_id="t1", measure="Pain", outcome_type="PRIMARY", time_frame="day 3")
        number = {"outcome_id": "o", "unit": "mm", "dispersion_type": "CI", "ci_pct": 95.0, "dispersion_low": 1.5}
        add("outcome_measurements", 1, measurement_id="m", arm_id="b", value=2.0, is_baseline=True, **number)
        add(
            "outcome_measurements",
            1,
            measurement_id="n",
            arm_id="z",
            value=2.5,
            value_modifier="<",
            unit="mm",
            outcome_id="o",
        )
        add("outcome_analyses", 1, analysis_id="x", outcome_id="o", arm_id="z", comparator_arm_id="b", estimate=-0.5)
        add("evidence", 1, table_name="outcome_analyses", row_id="x", quote="less\npain", document_id="d", is_main=True)
        add("evidence", 1, table_name="outcome_analyses", row_id="x", quote="no", document_id="e", column_name="zz")
        _add_proofs(add)
        _add_doubts(add)
        for name, state in (("open-one", "open"), ("old-one", "resolved")):
            add("alerts", 1, alert_id=name, trial_id="t1", state=state, severity="warn", message=f"{name} says it.")
        yield read_trial(history.connection, "t1")


def _add_proofs(add: Callable[..., None]) -> None:
    """What cells of the design, an arm and an intervention were read from; one also by another document."""
    for table, row, column, quote, document, is_main in (
        ("trials", "t1", "enrollment", "1,200\npatients", "d", True),
        ("trials", "t1", "enrollment", "1200 in all", "e", False),
        ("arms", "z", "label", "drug (n = 600)", "d", True),
        ("arms", "z", "n_randomized", "600", "d", True),
        ("arm_interventions", "i", "intervention_name", "drug", "e", True),
        ("arm_interventions", "i", "route", "by mouth", "e", True),
    ):
        proof = {"table_name": table, "row_id": row, "column_name": column, "quote": quote, "document_id": document}
        add("evidence", 1, is_main=is_main, **proof)


def _add_doubts(add: Callable[..., None]) -> None:
    """What documents disagree on, and what may be the same."""
    add(
        "conflicts",
        1,
        table_name="arms",
        row_id="z",
        column_name="n_randomized",
        kept_value="600",
        other_value="599",
        kept_document_id="d",
        other_document_id="e",
        rule="registry first",
        other_quote="599\npatients",
    )
    add(
        "doubtful_pairs",
        1,
        subject="arm",
        left_id="b",
        right_id="z",
        method="role",
        score=0.5,
        reason="Both may be controls.",
    )


def test_every_part_is_on_its_line(record, capsys):
    print_record(record)
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    for line in (
        "ACR: A trial",
        "enrollment           1,200  “1,200 patients” d",
        "start_date           2020-03",
        "countries            Chad, Mali",
        "placebo_controlled   no",
        "drug (EXPERIMENTAL), factor 1",
        "“drug (n = 600)”, “600” d",
        "drug (background)",
        "“drug”, “by mouth” e",
        "PRIMARY  Pain, day 3",
        "no drug: NUMBER 2 mm, 95% CI 1.5 to …, baseline",
        "drug: NUMBER <2.5 mm",
        "drug against no drug: COMPARISON -0.5 (also e)",
        "“less pain” d",
        "arms.n_randomized: 600 kept (d), 599 says e; registry first",
        "arm drug",
        "“599 patients”",
        "May be the same, for you to judge (1)",
        "arms b and z, by role (0.5)",
        "Both may be controls.",
        "Open alerts (1)",
        "open-one says it.",
    ):
        assert line in lines
    assert not [line for line in lines if "old-one" in line]


def test_a_number_of_a_document_that_was_corrected_says_so_and_names_the_notice(record, capsys):
    told = {"source": "files", "kind": "abstract", "role": None, "url": None, "title": None, "confidence": 1.0}
    told |= {"pmid": None, "pmcid": None, "doi": None, "method": "own", "reason": "it is", "notices": ()}
    paper = told | {"document_id": "d", "notices": ("EXPRESSION_OF_CONCERN", "CORRECTED")}
    about = {"method": "ERRATUM_FOR", "reason": "corrects d, a document of the trial"}
    other = {"method": "CONCERN_ABOUT", "reason": "expresses concern about d2, a document of the trial"}
    notices = [told | about | {"document_id": "n"}, told | other | {"document_id": "n2"}]
    print_record(dataclasses.replace(record, documents=[paper, *notices]))
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    mark = "(questioned since; corrected since: see n)"
    assert f"drug against no drug: COMPARISON -0.5 {mark} (also e)" in lines
    assert "drug: NUMBER <2.5 mm" in lines
    assert "no role, files abstract, EXPRESSION_OF_CONCERN, CORRECTED, d" in lines


def test_a_text_does_not_command_the_terminal(capsys):
    print_folded("red \x1b[31m and\nnew\x9b line")
    assert capsys.readouterr().out == "red  [31m and new  line\n"


def test_the_arm_that_is_tested_comes_first(record):
    assert [arm["label"] for arm in record.arms] == ["drug", "no drug"]
    assert [number["arm_id"] for number in record.outcomes[0]["measurements"]] == ["z", "b"]
