"""The diagram of a design: the same words for who does not see it, and each model drawn in its own way."""

import itertools

from tests.unit.review.made_numbers import arm, trial
from trialhouse.review.design_diagram import MOST_ARMS, design_diagram


def boxes_apart(diagram):
    for one, other in itertools.combinations(diagram.boxes, 2):
        apart_x = one.x + one.width <= other.x or other.x + other.width <= one.x
        apart_y = one.y + one.height <= other.y or other.y + other.height <= one.y
        assert apart_x or apart_y
    assert all(box.x + box.width <= diagram.width and box.y + box.height <= diagram.height for box in diagram.boxes)


def test_a_parallel_trial():
    arms = [arm("harvomab 20 mg"), arm("placebo", None, arm_type="PLACEBO_COMPARATOR")]
    diagram = design_diagram(trial(intervention_model="PARALLEL", allocation_ratio="1:1"), arms)
    assert [(box.first, box.second) for box in diagram.boxes] == [
        ("60 participants", "double-blind"),
        ("harvomab 20 mg", "n = 30 · experimental"),
        ("placebo", "n not stated · placebo comparator"),
    ]
    assert [(node.letter, node.words) for node in diagram.nodes] == [("R", "randomized 1:1, parallel")]
    assert diagram.words == (
        "Design: 60 participants, double-blind, randomized 1:1, parallel. "
        "Arms: harvomab 20 mg (n = 30, experimental); placebo (n not stated, placebo comparator)."
    )
    boxes_apart(diagram)


def test_each_model_is_drawn_in_its_own_way():
    arms = [arm("A"), arm("B"), arm("C")]
    drawn = {
        model: design_diagram(trial(intervention_model=model), arms)
        for model in ("PARALLEL", "CROSSOVER", "SEQUENTIAL", "FACTORIAL")
    }
    for diagram in drawn.values():
        boxes_apart(diagram)
    assert len(drawn["CROSSOVER"].boxes) == 7  # each arm crosses over into a second period
    assert sum("L" in arrow for arrow in drawn["CROSSOVER"].arrows) == 3
    assert sum("V" in arrow for arrow in drawn["SEQUENTIAL"].arrows) == 2  # from arm to arm
    assert not any("V" in arrow or "L" in arrow for arrow in drawn["PARALLEL"].arrows)


def test_each_factor_is_assigned_apart():
    arms = [arm("A", factor=1), arm("no A", factor=1), arm("B", factor=2), arm("no B", factor=2)]
    diagram = design_diagram(trial(intervention_model="FACTORIAL"), arms)
    assert [node.words for node in diagram.nodes] == [
        "randomized, factorial, factor 1",
        "randomized, factorial, factor 2",
    ]
    boxes_apart(diagram)


def test_what_is_not_stated_is_said_to_be_so():
    bare = trial(enrollment=None, allocation=None, masking=None)
    diagram = design_diagram(bare, [arm("A", None, n_analyzed=12, arm_type=None)])
    assert (diagram.boxes[0].first, diagram.boxes[0].second) == ("Participants", "masking not stated")
    assert diagram.nodes[0].words == "allocation not stated"
    assert diagram.boxes[1].second == "n = 12 analyzed"


def test_a_cohort_is_observed_and_not_assigned():
    diagram = design_diagram(trial(study_type="OBSERVATIONAL", allocation=None), [arm("A")])
    assert diagram.nodes[0].words == "observed, not assigned"


def test_groups_of_results_are_no_arms():
    assert design_diagram(trial(), [arm("Total", is_result_group=True)]) is None
    assert design_diagram(trial(), []) is None


def test_long_names_are_cut_and_kept_in_full():
    name = "harvomab " * 20
    box = design_diagram(trial(), [arm(name)]).boxes[1]
    assert box.full == name
    assert len(box.first) < 50


def test_of_very_many_arms_the_first_are_drawn():
    diagram = design_diagram(trial(), [arm(f"arm {number}") for number in range(40)])
    assert len(diagram.boxes) == 1 + MOST_ARMS
    assert f"The first {MOST_ARMS} of 40 are drawn." in diagram.words
