"""Result groups and arms of the design. The studies are invented."""

import pytest

from tests.unit.extraction.registry_cases import ARMS, HIGH, LOW, PLACEBO, Json, groups, measure, read
from trialhouse.model.extraction import Extraction

ACTIVE = {
    "label": "Usual plus Ultorin",
    "type": "ACTIVE_COMPARATOR",
    "description": "Ultorin as in usual practice",
    "interventionNames": ["Drug: Ultorin"],
}


def ties(record: Extraction, outcome: int = 0) -> list[tuple[str | None, str | None, str | None]]:
    """Group title, arm and rule of the numbers of one outcome."""
    numbers = record.outcomes[outcome].measurements
    return [
        (m.group_title, m.arm, m.field_evidence["arm"].rule if "arm" in m.field_evidence else None) for m in numbers
    ]


def tied(*titles: str, arms: tuple[Json, ...] = ARMS) -> list[tuple[str | None, str | None, str | None]]:
    return ties(read(arms, (measure(titles, *("1" for _ in titles)),)))


def test_order_does_not_matter_where_titles_are_the_labels() -> None:
    assert tied("Placebo", "Belotarin 40 mg", "BELOTARIN 20 MG") == [
        ("Placebo", "arm3", "ctgov:group.title"),
        ("Belotarin 40 mg", "arm2", "ctgov:group.title"),
        ("BELOTARIN 20 MG", "arm1", "ctgov:group.title"),
    ]


@pytest.mark.parametrize(
    ("title", "arm", "rule"),
    [
        ("1. Placebo", "arm3", "ctgov:group.title_normalised"),
        ("Arm C: Placebo", "arm3", "ctgov:group.title_normalised"),
        ("Participants Who Received Placebo", "arm3", "ctgov:group.label_within"),
        ("Belotarin 40mg", "arm2", "ctgov:group.drug_dose"),
        ("40 mg of Belotarin", "arm2", "ctgov:group.drug_dose"),
        ("Placebo for Belotarin", "arm3", "ctgov:group.label_within"),
        ("Belotarin", "group1", "ctgov:group.own"),
        ("Belotarin 30 mg", "group1", "ctgov:group.own"),
        ("Placebo, Severe Disease", "group1", "ctgov:group.own"),
        ("Pooled Belotarin", "group1", "ctgov:group.own"),
        ("All Belotarin Doses", "group1", "ctgov:group.own"),
        ("Total", None, None),
        ("All Participants", None, None),
        ("Overall", None, None),
    ],
)
def test_a_title_alone(title: str, arm: str | None, rule: str | None) -> None:
    assert tied(title) == [(title, arm, rule)]


def test_two_groups_are_never_one_arm() -> None:
    found = tied("Belotarin 20 mg", "Belotarin 20 mg", "Placebo")
    assert [arm for _, arm, _ in found] == ["group1", "group2", "arm3"]
    found = tied("Placebo Then Belotarin", "Belotarin Then Placebo")
    assert [arm for _, arm, _ in found] == ["group1", "group2"]


def test_a_pool_is_a_group_of_its_own_beside_its_arms_and_is_one_in_every_outcome() -> None:
    titles = ("Belotarin 20 mg", "Belotarin 40 mg", "Combined Belotarin", "Placebo")
    numbers = ("1", "2", "3", "4")
    record = read(outcomes=(measure(titles, *numbers), measure(titles[2:], "5", "6", title="Nights of fever")))
    assert [arm for _, arm, _ in ties(record)] == ["arm1", "arm2", "group1", "arm3"]
    assert [arm for _, arm, _ in ties(record, 1)] == ["group1", "arm3"]
    pool = record.arms[3]
    assert (pool.key, pool.label, pool.is_result_group, pool.arm_type) == ("group1", "Combined Belotarin", True, None)
    assert pool.evidence["label"].quote == "Combined Belotarin"
    assert len(record.arms) == 4


def test_descriptions_tie_where_titles_say_nothing() -> None:
    posted = measure(("Cohort 1", "Cohort 2", "Cohort 3"), "1", "2", "3")
    for group, words in zip(
        posted["groups"],
        ["A tablet of 40 mg each morning\n\nBelotarin: a tablet", "Belotarin 20 mg", "Tablets of placebo"],
        strict=True,
    ):
        group["description"] = words
    assert ties(read(outcomes=(posted,))) == [
        ("Cohort 1", "arm2", "ctgov:group.description"),
        ("Cohort 2", "arm1", "ctgov:group.drug_dose_described"),
        ("Cohort 3", "arm3", "ctgov:group.drug_dose_described"),
    ]
    lone = measure(("Those with diabetes",), "1")
    lone["groups"][0]["description"] = "A tablet of 40 mg each morning"
    assert ties(read(outcomes=(lone,)))[0][1] == "group1", "a subset of an arm is described alike"


def test_order_ties_only_what_is_left_and_only_where_all_else_keeps_it() -> None:
    arms = (LOW | {"label": "Treatment"}, PLACEBO)
    assert tied("Active Medicine", "Placebo", arms=arms)[0] == ("Active Medicine", "arm1", "ctgov:group.order")
    assert tied("Placebo", "Active Medicine", arms=arms)[1][1] == "group1"
    assert [arm for _, arm, _ in tied("First", "Second", arms=arms)] == ["group1", "group2"]
    assert tied("Ultorin 5 mg", "Placebo", arms=arms)[0][1] == "group1", "another dose speaks against it"


def test_the_only_group_of_a_study_of_one_arm_is_that_arm() -> None:
    assert tied("All Participants", arms=(HIGH,)) == [("All Participants", "arm1", "ctgov:group.only")]


def test_without_arm_groups_the_result_groups_are_the_arms() -> None:
    flow = {
        "groups": groups("Early", "2. Late"),
        "periods": [{"milestones": [{"type": "STARTED", "achievements": [{"groupId": "OG001", "numSubjects": "12"}]}]}],
    }
    posted = measure(("Late", "Never", "Total"), "1", "2", "3")
    record = read((), (posted,), participantFlowModule=flow)
    assert [(arm.key, arm.label, arm.n_randomized, arm.is_result_group) for arm in record.arms] == [
        ("arm1", "Early", None, False),
        ("arm2", "2. Late", 12, False),
        ("arm3", "Never", None, False),
    ]
    assert [arm for _, arm, _ in ties(record)] == ["arm2", "arm3", None]


def test_the_title_is_the_proof_of_the_tie_and_says_how_sure_it_is() -> None:
    (number,) = read(outcomes=(measure(("Belotarin 40mg",), "1"),)).outcomes[0].measurements
    proof = number.field_evidence["arm"]
    assert (proof.quote, proof.rule, proof.confidence) == ("Belotarin 40mg", "ctgov:group.drug_dose", 0.9)
    assert number.confidence == 1.0
