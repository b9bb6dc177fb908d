"""Two words that are spelt nearly alike: a typo of one word, or two words ("cetuximab" and "rituximab")."""

from dataclasses import dataclass, field
from pathlib import Path

from rapidfuzz.distance import OSA

from trialhouse.resolution.duplicates.words import Words, read_words
from trialhouse.resolution.remembering import remembered
from trialhouse.text.lazy_patterns import lazy_compile

PEOPLE = {
    word: group
    for group, words in {
        "children": "child children childhood pediatric paediatric pediatrics paediatrics kids toddlers preschool",
        "infants": "infant infants neonate neonates neonatal newborn newborns babies preterm",
        "adolescents": "adolescent adolescents adolescence teenager teenagers teens youth youths",
        "adults": "adult adults adulthood",
        "old": "elderly older geriatric aged seniors",
        "women": "woman women female females girls mothers",
        "men": "man men male males boys fathers",
    }.items()
    for word in words.split()
}
_TURNED = (
    ("hyper", "hypo"),
    ("inter", "intra"),
    ("pre", "post"),
    ("in", "de"),
    ("up", "down"),
    ("anti", "pro"),
    ("over", "under"),
    ("mono", "poly"),
    ("uni", "bi"),
    ("macro", "micro"),
    ("", "non"),
    ("", "un"),
    ("", "in"),
    ("", "a"),
    ("ab", "ad"),
    ("af", "ef"),
    ("ab", "af"),
    ("ex", "in"),
    ("sub", "supra"),
    ("hemi", "semi"),
    ("", "es"),
    ("", "nor"),
    ("", "dex"),
)
_STEMS = tuple(
    "azepam azolam azole barbital caine cillin cycline dipine dopa dronate fibrate floxacin gliflozin gliptin "
    "glitazone glutide grel kinra lukast lutamide mab micin mycin nacept olol oxacin oxetine parib "
    "penem platin poetin pram prazosin pril profen quine rubicin sartan setron sone solone statin taxel "
    "tecan thiazide tidine tinib triptan tropium vaptan xaban zepam".split()
)
"""Endings that drugs of a class have in common (the stems of international nonproprietary names): few other words."""
_OTHER_SENSE = (("fagia", "fasia"), ("itis", "osis"), ("ectomy", "otomy"), ("otomy", "ostomy"), ("ileum", "ilium"))
"""Endings and words that a letter or two turn into another sense."""
_AS_WRITTEN = (
    ("ae", "e"),
    ("oe", "e"),
    ("ph", "f"),
    ("isation", "ization"),
    ("yse", "yze"),
    *((f"{letter}our", f"{letter}or") for letter in "bdilmnv"),
    ("centre", "center"),
    ("fibre", "fiber"),
    ("metre", "meter"),
    ("ageing", "aging"),
    ("defence", "defense"),
)
"""British and American: one word in two spellings, wherever in it."""
ALPHABETIC = lazy_compile(r"[a-z\u0370-\u03ff\u0400-\u04ff]+")
"""Letters that are sounds. Where a sign is a syllable or a word, another sign is another word."""
_ISE = lazy_compile(r"is(e|ed|es|er|ers|ing)\Z")
_ANT = lazy_compile(r"ant\Z")
"""An ending that nobody hears: "persistant"."""
_REPEATED = lazy_compile(r"(.)\1+")
SHORTEST_STEM = 6
"""Letters: of a shorter word what stands behind it makes another word."""
SHORTEST = 5
"""Letters: in a shorter word another letter makes another word ("pain" and "gain") as often as a typo."""

MOST_TYPOS = 2**15
"""Pairs of words of which it is remembered whether they are one: those of some hundred comparisons."""


@dataclass(frozen=True)
class Spelling:
    """Whether words are spellings of one, by the words that are known (words.py)."""

    words: Words
    _typos: dict[tuple[str, str], bool] = field(default_factory=dict, repr=False, compare=False)

    def is_typo(self, one: str, other: str) -> bool:
        """Whether two words are spellings of one: one letter changed, lost or doubled, two turned, or a longer ending.

        A wrong letter is one only in an ordinary word, of which it makes a word that nobody knows: two rare words may
        be two drugs, and two known ones are two words ("colon" and "color"). Never a number, a short word, a name of
        a drug beside another of its class, or what a prefix, an ending or a first letter turns into another word:
        "lapatinib" and "apatinib".
        """
        pair = (one, other)
        known = self._typos.get(pair)
        if known is None:
            if len(self._typos) >= MOST_TYPOS:
                self._typos.clear()
            known = self._typos[pair] = self._is_typo(one, other)
        return known

    def _is_typo(self, one: str, other: str) -> bool:
        if not ALPHABETIC.fullmatch(one + other):
            return False
        a, b = _folded(one), _folded(other)
        if a == b or (_REPEATED.sub(r"\1", a) == _REPEATED.sub(r"\1", b) and min(len(one), len(other)) >= 4):
            return True
        shorter = min(len(a), len(b))
        if shorter < 4 or _begins_otherwise(a, b) or _is_other_word(a, b):
            return False
        if any(a.endswith(stem) and b.endswith(stem) for stem in _STEMS):
            return False
        if a.startswith(b) or b.startswith(a):
            return self._is_ending(one, other, abs(len(a) - len(b)), shorter) and _is_one_group(one, other)
        if shorter < SHORTEST and len(a) == len(b) and sorted(a) != sorted(b):
            return False
        return _is_one_edit(one, other) and self._is_misspelt(one, other) and _is_one_group(one, other)

    def may_be_typo(self, one: str, other: str) -> bool:
        """Whether one letter makes two words one, wherever it is: enough where their place shows one document."""
        if self._are_two(one, other):
            return False
        a, b = _folded(one), _folded(other)
        is_slip = any(self.words.ordinary_form(word) is not None for word in (one, other))
        shortest = SHORTEST - 1 if is_slip else SHORTEST  # "trial" and "tial"; "Iran" and "Iraq"
        if min(len(a), len(b)) < shortest or not _is_one_edit(one, other) or not ALPHABETIC.fullmatch(one + other):
            return False
        return not _is_other_word(a, b) and _is_one_group(one, other)

    def _are_two(self, one: str, other: str) -> bool:
        """Whether both are known words, and not forms of one."""
        if not (self.words.is_known(one) and self.words.is_known(other)):
            return False
        form = self.words.ordinary_form(one)
        return form is None or form != self.words.ordinary_form(other)

    def _is_ending(self, one: str, other: str, letters: int, shorter: int) -> bool:
        """Whether what the longer of two words has more is an ending: "program" and "programme", "cell" and "cells".

        Of words that are not ordinary only a plural or a mute e: "ramipril" and "ramiprilat" are two substances, as
        "plan" and "plant" are two words.
        """
        if letters > (2 if shorter >= SHORTEST_STEM else 1):
            return False
        short, long = sorted((one, other), key=len)
        if long.removeprefix(short) in ("s", "e", "es"):
            return True
        if shorter < SHORTEST_STEM and self._are_two(short, long):
            return False
        return any(self.words.ordinary_form(word) is not None for word in (short, long))

    def _is_misspelt(self, one: str, other: str) -> bool:
        """Whether one of two words is an ordinary one and the other is none, or both are forms of one."""
        a, b = self.words.ordinary_form(one), self.words.ordinary_form(other)
        if a is None or b is None:
            return a is not b and not (self.words.is_known(one) and self.words.is_known(other))
        return a == b or {one[-2:], other[-2:]} == {"is", "es"}


@remembered(4)
def read_spelling(path: Path) -> Spelling:
    """The spelling of the words of seeds/words.csv."""
    return Spelling(read_words(path))


@remembered(2**13)
def looks_alike(one: str, other: str) -> bool:
    """Whether two words may be taken for each other: a typo, or two words that differ in two letters or a beginning."""
    if not ALPHABETIC.fullmatch(one + other) or min(len(one), len(other)) < 4:
        return False
    most = 1 if min(len(one), len(other)) < 8 else 2
    alike = OSA.distance(one, other, score_cutoff=most) <= most
    return alike or any(one.endswith(stem) and other.endswith(stem) for stem in _STEMS if len(stem) > 3)


def _is_one_edit(one: str, other: str) -> bool:
    """Whether one letter is changed, lost or added, or two neighbours are turned, in one spelling or the other."""
    pairs = ((one, other), (_folded(one), _folded(other)))
    return any(OSA.distance(a, b, score_cutoff=1) <= 1 for a, b in pairs)


def _begins_otherwise(one: str, other: str) -> bool:
    """Whether one of the first two letters is another one: "afferent" and "efferent"; turned letters are a typo."""
    return one[:2] != other[:2] and sorted(one[:3]) != sorted(other[:3])


@remembered(2**13)
def _folded(word: str) -> str:
    for british, american in _AS_WRITTEN:
        word = word.replace(british, american)
    return _ANT.sub("ent", _ISE.sub(r"iz\1", word)) if len(word) > 6 else word


def _is_one_group(one: str, other: str) -> bool:
    """Whether neither names people, or both name the same: "children" and "childhood"."""
    return PEOPLE.get(one, "") in ("", PEOPLE.get(other, PEOPLE.get(one)))


def _is_other_word(one: str, other: str) -> bool:
    """Whether what differs makes another word of it, and no typo of the same."""
    for a, b in _OTHER_SENSE:
        if any(x.endswith(a) and y.endswith(b) for x, y in ((one, other), (other, one))):
            return True
    return _is_turned(one, other)


def _is_turned(one: str, other: str) -> bool:
    """Whether a prefix gives two words opposite meanings: "hyper-" and "hypo-", "a-" and none."""
    for a, b in _TURNED:
        for x, y in ((one, other), (other, one)):
            if x.startswith(a) and y.startswith(b) and x[len(a) :] == y[len(b) :]:
                return True
    return False
