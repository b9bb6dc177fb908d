"""Forest plots: ratios on a logarithmic axis, differences on a linear one, and nothing drawn that has no place."""

import pytest

from tests.unit.review.made_numbers import analysis, label_of, link_of
from trialhouse.model.enums import Effect
from trialhouse.review.forest import NOT_ABOVE_NOUGHT, OUTSIDE, RATIOS, TURNED_ROUND, forests, overview


def drawn(*analyses):
    return forests(analyses, label_of, link_of)


def only(*analyses):
    (plot,) = drawn(*analyses)
    return plot


@pytest.mark.parametrize("effect", sorted(RATIOS))
def test_ratios_are_logarithmic_and_one_is_no_effect(effect):
    plot = only(analysis(effect, 0.74, 0.6, 0.92, p_value=0.006))
    assert plot.axis.is_log
    assert plot.nothing_at == plot.axis.place(1.0)
    assert plot.words == "Logarithmic axis; the dashed line is no effect (1)."


@pytest.mark.parametrize("effect", sorted(set(Effect) - RATIOS - {"P_VALUE_ONLY"}))
def test_all_others_are_linear_and_nought_is_no_effect(effect):
    plot = only(analysis(effect, 2.7, 0.7, 4.7))
    assert not plot.axis.is_log
    assert plot.nothing_at == plot.axis.place(0.0) > 5


def test_the_numbers_stand_as_text_with_their_sentences():
    (line,) = only(analysis("HAZARD_RATIO", 0.74, 0.6, 0.92, p_value=0.0005, p_modifier="<", method="Log Rank")).lines
    assert (line.label, line.value, line.second) == (
        "harvomab 20 mg against placebo",
        "0.74 (95% CI 0.6 to 0.92)",
        "< 0.0005",
    )
    assert (line.value_link, line.second_link) == ("/outcome_analyses/a", "/outcome_analyses/a")
    assert line.more == "Log Rank"


def test_the_mark_is_where_the_numbers_are():
    plot = only(analysis("HAZARD_RATIO", 0.74, 0.6, 0.92))
    (line,) = plot.lines
    assert (line.mark.low, line.mark.at, line.mark.high) == tuple(map(plot.axis.place, (0.6, 0.74, 0.92)))
    assert line.mark.high < plot.nothing_at


def test_no_two_kinds_or_units_share_an_axis():
    plots = drawn(
        analysis("HAZARD_RATIO", 0.7),
        analysis("ODDS_RATIO", 0.6),
        analysis("MEAN_DIFFERENCE", 3, unit="mg"),
        analysis("MEAN_DIFFERENCE", 3, unit="g"),
        analysis(None, 2, effect_raw="Efficacy"),
        analysis(None, 2, effect_raw="Slope of something"),
        analysis("HAZARD_RATIO", 0.8),
    )
    assert [(plot.title, len(plot.lines)) for plot in plots] == [
        ("Hazard ratio", 2),
        ("Odds ratio", 1),
        ("Mean difference, mg", 1),
        ("Mean difference, g", 1),
        ("Efficacy", 1),
        ("Slope of something", 1),
    ]


def test_of_an_unknown_kind_no_line_of_no_effect_is_drawn():
    plot = only(analysis(None, 0.5, 0.2, 0.8, effect_raw="Vaccine efficacy"))
    assert plot.nothing_at is None
    assert "not known" in plot.words


@pytest.mark.parametrize(
    ("wrong", "note"),
    [
        (analysis("ODDS_RATIO", 0.5, 0.0, 0.9), NOT_ABOVE_NOUGHT),
        (analysis("ODDS_RATIO", -0.5, 0.1, 0.9), NOT_ABOVE_NOUGHT),
        (analysis("ODDS_RATIO", 0.5, 0.9, 0.1), TURNED_ROUND),
        (analysis("ODDS_RATIO", 0.5, 0.6, 0.9), OUTSIDE),
        (analysis("MEAN_DIFFERENCE", 5, -1, 2), OUTSIDE),
    ],
)
def test_what_has_no_place_is_said_and_not_drawn(wrong, note):
    (line,) = only(wrong).lines
    assert (line.mark, line.note) == (None, note)
    assert line.value.startswith(f"{wrong['estimate']:g} (95% CI ")


def test_beside_it_the_others_are_drawn():
    plot = only(analysis("ODDS_RATIO", 0.5, 0.0, 0.9), analysis("ODDS_RATIO", 0.7, 0.5, 0.9))
    assert [line.mark is not None for line in plot.lines] == [False, True]


def test_an_interval_without_an_end_goes_on():
    plot = only(analysis("RISK_DIFFERENCE", 2, None, 4.5, ci_n_sides="ONE_SIDED"))
    (line,) = plot.lines
    assert line.mark.goes_on == ("low",)
    assert line.mark.low == 5
    assert line.value == "2 (95% one-sided CI … to 4.5)"


def test_p_values_alone_are_text():
    plot = only(analysis("P_VALUE_ONLY", p_value=0.04, p_modifier="<"))
    assert plot.axis is None
    assert [(line.value, line.second, line.mark) for line in plot.lines] == [("", "< 0.04", None)]


def test_groups_of_the_registry_stand_for_arms_that_are_not_known():
    titles = ("Drug", "Placebo", "Both")
    (line,) = only(analysis("ODDS_RATIO", 2.0, arm_id=None, comparator_arm_id=None, group_titles=titles)).lines
    assert line.label == "Drug, Placebo, Both"


def outcome(name, *analyses):
    return {
        "measure": name,
        "time_frame": "4 years",
        "subgroup": None,
        "analyses": [one | {"outcome_id": name} for one in analyses],
    }


def test_ratios_of_several_outcomes_stand_side_by_side():
    plots = overview(
        [
            outcome("Survival", analysis("HAZARD_RATIO", 0.9, 0.7, 1.1), analysis("ODDS_RATIO", 0.5)),
            outcome("Relapse", analysis("HAZARD_RATIO", 0.8, 0.6, 1.0), analysis("MEAN_DIFFERENCE", 5)),
            outcome("Weight", analysis("HAZARD_RATIO", 0.8, 0.0, 1.0), analysis("MEAN_DIFFERENCE", 5)),
        ],
        label_of,
        link_of,
    )
    assert [[(line.label, line.value) for line in plot.lines] for plot in plots] == [
        [
            ("Survival, 4 years: harvomab 20 mg against placebo", "0.9 (95% CI 0.7 to 1.1)"),
            ("Relapse, 4 years: harvomab 20 mg against placebo", "0.8 (95% CI 0.6 to 1)"),
        ]
    ]


def test_two_ratios_of_one_outcome_need_no_overview():
    assert not overview(
        [outcome("Survival", analysis("ODDS_RATIO", 0.5), analysis("ODDS_RATIO", 0.6))], label_of, link_of
    )
