"""What stands behind a number is tried by its first sign: none of the expressions is refused where it would match."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from trialhouse.extraction import lexer, number_names
from trialhouse.text.cues import Headed, holds

HEADED = {name: value for name, value in vars(lexer).items() if isinstance(value, Headed)}
PIECES = (
    " ,  , %,per cent,-,–,‐,‑,:,.,/,(,),to,To,or,and,And,through,12,30,week,Weeks,h,hours,yr,yrs,years,months,MIN,d"
    ",mg,mcg,µg,μg,ug,g,IU,U,units,international units,ml,mL,milligrams,micrograms,million,Thousand,fold,Times,CI"
    ",confidence,credible,power,old,of age,noon,O'clock,am,p.m.,groups,Arms,study ,active ,dose ,sites,countries"
).split(",")
RIGHT = st.lists(st.sampled_from(PIECES), max_size=6).map("".join)
EXAMPLES = {
    "_RIGHT_TIME": [" weeks", "-Week", "‑yr", "h"],
    "_RIGHT_SETS": [" treatment groups", " Doses", " hospitals", " countries", " cycles", " visits", " formulations"],
    "_CLOCK": [":30 pm", " a.m.", " Noon", " o'clock", "hours,"],
    "_RIGHT_LISTED_TIME": [", 6 and 12 months", " Or 12 weeks", " to 8 days", " through 9 days"],
    "_RIGHT_AGE": [" years of age", "-75 years old", " to 75 yrs old", "–9 year-old", "-Year-old"],
    "_RIGHT_FOLD": ["-fold", " Times"],
    "_RIGHT_PERCENT": ["%", " per cent", "percent"],
    "_RIGHT_LEVEL": ["% CI", "-confidence", " (credible", " power"],
    "DOSE_UNIT": [" mg", "-µg", "‐μg", "ug", " IU", " U", " g", " international units"],
    "_MILLION": [" million", " Thousand"],
}


def test_every_one_has_examples() -> None:
    assert set(EXAMPLES) == set(HEADED)


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_examples_match_behind_one_of_their_heads(name: str) -> None:
    for right in EXAMPLES[name]:
        assert HEADED[name].match(right), right
        assert right.lstrip()[:1] in HEADED[name].heads, right


@given(RIGHT, st.sampled_from(sorted(HEADED)))
def test_what_matches_begins_with_one_of_the_heads(right: str, name: str) -> None:
    if HEADED[name].match(right):
        assert right.lstrip()[:1] in HEADED[name].heads


LEFT = st.lists(
    st.sampled_from(
        [
            *"groups,Arms,cohorts,group,score,scores of,score of,no.,1,IV,A,grade,Stages,3,IGA,vIGA-AD,0".split(","),
            *", and or vs. to / –".split(),
        ]
    ),
    max_size=6,
).map(" ".join)


@given(LEFT)
def test_a_name_before_a_list_of_numbers_is_never_overlooked(left: str) -> None:
    lowered = left.rstrip().lower()
    if number_names._LEFT_NAME.search(left) and lowered.endswith(number_names._LIST_ENDS):
        assert holds(lowered, number_names._LISTED_NAMES)
