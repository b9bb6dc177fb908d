"""The names of groups: what stands before the word for group and is no word that any group could go by."""

import pytest

from trialhouse.extraction.group_names import called_places, group_names, one_writing, telling


def names(text: str) -> list[str]:
    return [one.name for one in group_names(text, 0, len(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("in the mesh group and the suture group", ["mesh", "suture"]),
        ("the very early mobilization group", ["very early mobilization"]),
        ("remission in the Q8W arm", ["Q8W"]),
        ("the waiting-list group", ["waiting-list"]),
        ("12 of the intervention schools, 13 control schools", ["intervention", "control"]),
    ],
)
def test_a_name_stands_before_the_word_for_group(text: str, expected: list[str]) -> None:
    assert names(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "in both groups",
        "the same age group",
        "a parallel group",
        "the two dose groups",
        "in each treatment arm",
        "group",
    ],
)
def test_words_for_any_group_are_no_name(text: str) -> None:
    assert names(text) == []


def test_the_treatment_group_is_one_beside_a_control() -> None:
    assert telling(["treatment", "control"]) == {"treatment", "control"}
    assert telling(["treatment", "mesh"]) == {"mesh"}


def test_places_of_a_list_of_names_are_one_each() -> None:
    text = "124, 126 and 133 mm Hg in the music, imagery and control groups"
    calls = {"music": 0, "imagery": 1, "control": 2}
    found = called_places(text, 0, len(text), calls)
    assert [(text[a:b].partition(" ")[0].rstrip(","), arm) for a, b, arm in found] == [
        ("music", 0),
        ("imagery", 1),
        ("control", 2),
    ]


def test_a_code_stands_for_its_group_alone_and_a_word_does_not() -> None:
    text = "lower with ESP than before the test (test: 3, control: 4)"
    found = called_places(text, 0, len(text), {"ESP": 0, "test": 1})
    assert [(text[a:b], arm) for a, b, arm in found] == [("ESP", 0), ("test", 1)]


def test_names_are_compared_in_one_writing() -> None:
    assert one_writing("Basal-only") == "basal"
    assert one_writing("Low‐Fat") == "low-fat"
    assert one_writing("iCBT") == "iCBT"
