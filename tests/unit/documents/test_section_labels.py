"""Labels of sections inside a paragraph, in the ways that authors write them."""

import pytest

from trialhouse.documents.section_labels import section_of, split_labelled
from trialhouse.model.document import Section

WAYS = [
    "OBJECTIVE: To compare A with B. METHODS: Adults had A or B. RESULTS: Pain fell. CONCLUSIONS: A works.",
    "Objective: To compare A with B. Methods: Adults had A or B. Results: Pain fell. Conclusions: A works.",
    "Purpose. To compare A with B. Methods. Adults had A or B. Results. Pain fell. Conclusion. A works.",
    "OBJECTIVE - To compare A with B. METHODS - Sixty adults had A. RESULTS - Pain fell. CONCLUSIONS - A works.",
    "Aims — To compare A with B. Methods — Adults had A or B. Results — Pain fell. Conclusions — A works.",
    "OBJECTIVE—To compare A with B. METHODS—Sixty adults had A. RESULTS—Pain fell. CONCLUSIONS—A works.",
    "Aims: To compare A with B. Design and methods: Adults had A. Key findings: Pain fell. Conclusion: A works.",
    "Aim: To compare. Methods: Adults had A. Results and limitations: Pain fell. Principal conclusions: A works.",
    "Aim: To compare. Methods: Adults had A. Results/conclusions: Pain fell. Clinical implications: A works.",
    "OBJECTIVE: To compare A with B. METHODS: Adults had A or B. RESULTS 27 had less pain. CONCLUSIONS: A works.",
]


@pytest.mark.parametrize("paragraph", WAYS)
def test_each_section_is_found(paragraph: str) -> None:
    parts = split_labelled(paragraph, Section.UNASSIGNED, None)
    assert [one.section for one in parts] == [
        Section.OBJECTIVE,
        Section.METHODS,
        Section.RESULTS,
        Section.CONCLUSIONS,
    ]
    assert "".join(paragraph[one.start : one.end] for one in parts) == paragraph


@pytest.mark.parametrize(
    "paragraph",
    [
        "Adults had A or B. Results. Pain fell.",
        "OBJECTIVE: To see what patients need. Methods. These were not described.",
        "Adults had A. RESULTS OF THE TRIAL were good.",
    ],
)
def test_a_word_that_is_written_otherwise_than_the_first_label_is_none(paragraph: str) -> None:
    assert Section.RESULTS not in [one.section for one in split_labelled(paragraph, Section.UNASSIGNED, None)]


@pytest.mark.parametrize(
    ("label", "section"),
    [
        ("METHODS AND RESULTS", Section.UNASSIGNED),
        ("Methods and findings", Section.UNASSIGNED),
        ("METHODS/PRINCIPAL FINDINGS", Section.UNASSIGNED),
        ("Design, setting, and results", Section.UNASSIGNED),
        ("Measurements and main results", Section.RESULTS),
        ("Results and conclusions", Section.RESULTS),
        ("Patients and methods", Section.METHODS),
        ("Aims/hypothesis", Section.OBJECTIVE),
        ("Results and limitations", Section.RESULTS),
        ("Conclusions and results", Section.RESULTS),
        ("Main outcome measures and results", Section.UNASSIGNED),
        ("MAIN FINDINGS", Section.RESULTS),
        ("Summary of results", Section.RESULTS),
        ("Result(s)", Section.RESULTS),
        ("Principal conclusions", Section.CONCLUSIONS),
        ("Settings and design", Section.METHODS),
        ("Summary answer", Section.CONCLUSIONS),
        ("What is known already", Section.BACKGROUND),
        ("Results summary", Section.RESULTS),
        ("What were the results of the study?", Section.RESULTS),
        ("What did the researchers find out?", Section.RESULTS),
        ("Tolerance", None),
    ],
)
def test_the_category_of_a_label_of_several_parts(label: str, section: Section | None) -> None:
    assert section_of(label) is section


def test_methods_and_results_in_one_are_one_part() -> None:
    text = "Aims: To see. Methods and results: In all 300 adults had A. Pain fell. Conclusion: A works."
    parts = split_labelled(text, Section.UNASSIGNED, None)
    assert [one.section for one in parts] == [Section.OBJECTIVE, Section.UNASSIGNED, Section.CONCLUSIONS]


def test_the_label_of_one_outcome_below_a_heading_of_results_heads_results() -> None:
    text = "Primary outcome: pain. Pain fell by 8 on A and 5 on B."
    assert [one.section for one in split_labelled(text, Section.RESULTS, "Results summary")] == [Section.RESULTS]
    assert [one.section for one in split_labelled(text, Section.UNASSIGNED, None)] == [Section.METHODS]
    for head in ("Results summary. ", "What were the results? "):
        parts = split_labelled(head + text, Section.UNASSIGNED, None)
        assert {one.section for one in parts} == {Section.RESULTS}
