"""What keeps heads of estimates from being tried at every word hides none of them."""

import re

import pytest

from trialhouse.extraction.estimates import _BEGINS, _HEAD, _HEADS, names_estimate

HEADS = """
hazard ratio|hazards ratios|relative hazard|HR|aHR|sHRs|cHR|odds ratios|aOR|OR|rate ratio|incidence rate ratio
annualised rate ratio|annualized event rate ratio|event rate ratio|relative rate|IRR|aIRRs|relative risk|risk ratio|aRR
geometric mean ratio|geometric least-squares mean ratio|ratio of geometric mean titer ratios|treatment ratio|ETR
ratio of geometric means|risk difference|absolute risk difference|rate difference|percentage-point difference
percentage point differences|difference in the proportion|absolute risk reduction|least-squares mean difference
least squares treatment difference|LS mean difference|ls mean difference|LSM difference|LSMD|median difference
relative risk reduction|hazard reduction|rate reduction|vaccine efficacy|protective efficacies
efficacy of|risk of death was reduced by|odds were increased by|likelihood raised by
reduced the risk of death by|lowered risk by|decreased the relative risk by
cut the hazard by|increased the odds of relapse by|raised likelihood by|mean difference|treatment difference|ETD
between-group difference|estimated difference|adjusted difference|overall difference|group difference
placebo-adjusted difference|difference|treatment effect
"""


@pytest.mark.parametrize("words", HEADS.replace("\n", "|").strip("|").split("|"))
@pytest.mark.parametrize("written", [str, str.capitalize, str.upper])
def test_a_head_is_found_however_it_is_written(words: str, written: type[str]) -> None:
    text = f"The {written(words)} was"
    alone = [re.search(rf"(?<![a-z])(?:{pattern})(?![A-Za-z])", text) for pattern, _ in _HEADS]
    spans = [found.span() for found in alone if found]
    tried = (_HEAD.pattern.match(text, begins.start()) for begins in _BEGINS.finditer(text))
    found = next(filter(None, tried), None)
    assert (found is not None) == bool(spans)
    assert found is None or found.start() == min(spans)[0]


def test_each_of_the_expressions_is_among_them() -> None:
    said = " . ".join(HEADS.replace("\n", "|").split("|")) + " . (ratio 1.2)"
    assert all(re.search(rf"(?<![a-z])(?:{pattern})(?![A-Za-z])", said) for pattern, _ in _HEADS)


@pytest.mark.parametrize("words", [one for one in HEADS.replace("\n", "|").strip("|").split("|") if one.islower()])
def test_a_head_wholly_in_capitals_is_found(words: str) -> None:
    assert names_estimate(words.upper(), 0, len(words))
