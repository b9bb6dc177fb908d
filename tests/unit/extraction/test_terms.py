"""Names of interventions and measures in a text."""

import pytest

from trialhouse.extraction.terms import find, interventions, lexicon, named
from trialhouse.model.vocabulary import InterventionTerm, MeasureTerm, Vocabulary

VOCABULARY = Vocabulary(
    interventions=(
        InterventionTerm(name="AT101", norm="gossypol", code="U2"),
        InterventionTerm(name="BEL 204511", norm="belotarin", code="U1"),
        InterventionTerm(name="belotarin", norm="belotarin", code="U1"),
        InterventionTerm(name="belotarin maleate", norm="belotarin", code="U1"),
    ),
    measures=(MeasureTerm(name="pain score", norm="pain", kind="continuous"),),
)
WORDS = lexicon(VOCABULARY)


@pytest.mark.parametrize("written", ["BEL204511", "BEL-204511", "BEL 204511"])
def test_a_code_is_found_in_each_of_its_spellings(written):
    (found,) = interventions(f"We gave {written} once.", WORDS)
    assert (found.start, found.end, found.norm, found.code) == (8, 8 + len(written), "belotarin", "U1")


def test_a_code_is_no_words_in_small_letters():
    assert interventions("Patients were seen at 101 centres.", WORDS) == []


def test_the_longest_name_is_taken():
    assert [(one.start, one.end) for one in interventions("belotarin maleate or Belotarin", WORDS)] == [
        (0, 17),
        (21, 30),
    ]


def test_measures_are_found_with_their_kind():
    assert [(one.norm, one.kind) for one in find(WORDS.measures, "The pain score fell.")] == [("pain", "continuous")]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("Belotarin Maleate", ("belotarin", "U1")),
        ("BEL-204511", ("belotarin", "U1")),
        ("belotarin tablets", (None, None)),
        ("", (None, None)),
    ],
)
def test_a_whole_name_is_looked_up(name, meant):
    assert named(name, WORDS) == meant
