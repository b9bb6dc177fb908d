"""The words for those who take part, in one place: a rule that reads "patients" reads "adults" and "volunteers" too.

Patterns of parts, to be put into the expressions of rules; all are meant to be matched without regard to case.
"""

from trialhouse.text.numbers import SPELLED
from trialhouse.text.word_starts import at_word

PLURAL = (
    "patients pts participants subjects people persons individuals adults children adolescents teenagers women men boys"
    " girls males females infants neonates newborns babies volunteers outpatients inpatients cases recruits enrollees"
    " students pupils schoolchildren toddlers employees workers nurses mothers parents couples families smokers"
    " drinkers residents survivors caregivers carers veterans soldiers athletes seniors primiparas nulliparas"
).split()
"""Each of the words for those who take part."""
_SINGULAR = "patient participant subject person individual adult child adolescent woman man infant volunteer case"


def _one_of(words: list[str]) -> str:
    """The expression for one of some words: those of a letter together, so that most of them are not tried."""
    letters = dict.fromkeys(word[0] for word in words)
    tails = {letter: "|".join(word[1:] for word in words if word[0] == letter) for letter in letters}
    return "(?:" + "|".join(f"{letter}(?:{tail})" for letter, tail in tails.items()) + ")"


PEOPLE = _one_of(PLURAL)
"""Those who take part, in the plural."""
PEOPLE_AT_WORD = at_word(*PLURAL)
"""The same where a word starts, which is found faster at the beginning of an expression."""
PERSONS = _one_of([*PLURAL, *_SINGULAR.split()])
"""Those who take part, one or more."""
PLACES = (
    r"(?:sites|cent(?:er|re)s|hospitals|clinics|institutions|practices|units|wards|departments|pharmacies|laboratories"
    r"|countries|cities|towns|villages|districts|provinces|regions|states|communities|neighbou?rhoods|schools|kindergartens"
    r"|classes|homes|households|clusters)"
)
"""Where they are found, in the plural: what a number in front of it counts is not people."""
HEAD_COUNT = rf"(?:\d[\d,]*|{SPELLED})"
"""How many they are, in figures or in words: "9", "nine", "twenty-one"."""
