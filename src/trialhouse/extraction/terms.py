"""Find the names of interventions and measures in a text: the vocabulary as a token trie, and shapes of drug names."""

import bisect
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, compress, count
from typing import Any, NamedTuple

from trialhouse.model.vocabulary import InterventionTerm, MeasureTerm, RouteTerm, Vocabulary
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.words import goes_on

_BEYOND = "À-ɏͰ-Ͽ"
_TOKEN = lazy_compile(rf"([A-Za-z0-9{_BEYOND}]+|\S)")
_STEMS = tuple(
    """
    mab tinib citinib nercept tacept bercept kinra leukin gliptin gliflozin glutide enatide vastatin sartan april epril
    ipril opril upril olol conazole navir buvir tegravir cillin mycin floxacin platin taxel rubicin ciclib parib
    glitazone prost prazole setron triptan oxetine dipine nirsen siran profen coxib lukast terol tropium xaban gatran
    xaparin cycline denafil semide thiazide azepam peridone limus fenacin zolamide bart tug mig
    """.split()
)
"""Endings of International Nonproprietary Names (WHO's stems) that few other words have."""
_LAST_LETTERS = frozenset(stem[-3:] for stem in _STEMS)
_NO_DRUG = ("interleukin", "hobart")
_SHORTEST_STEMMED = 6
"""Letters of the shortest word that is taken for a drug by its ending."""
_CODED = lazy_compile(r"[A-Z][A-Z]-?\d{3}")
"""What stands in every code: most texts have none, and this is found or missed at once."""
_CODE = lazy_compile(
    r"(?=[A-Z]{2})\b(?!NCT|ISRCTN|PMC|PMID|DOI|DRKS|UMIN|ACTRN|KCT|TCTR|COVID|SARS)[A-Z]{2,5}-?\d{3,7}[A-Z]?\b"
)
_NOT_BEFORE = lazy_compile(r"(?:\banti|\bnon|\bpre|\bpost|[-‐‑]to)[-‐‑]\Z", re.IGNORECASE)
_NOT_AFTER = lazy_compile(
    r"(?:[-‐‑](?:controlled|naive|na[ïi]ve|sparing|free|induced|refractory|resistant|dependent|independent|to[-‐‑])"
    r"|[-‐‑ ](?:adjusted|corrected|subtracted))",
    re.IGNORECASE,
)
_MEASURED = lazy_compile(
    r"[-‐‑ ](?:secretion|resistance|sensitivity|sensiti[sz]\w+|levels?|concentrations?|requirements?|clearance"
    r"|deficien\w+|release|action|signal+ing|production)\b",
    re.IGNORECASE,
)
"""What makes a name no treatment: a word for what a body has of it or does with it ("insulin levels")."""
_CLASS = Cued(
    "block|inhib|antag|anti-",
    r"\b(?=[A-Za-z0-9αβγ-]++(?: receptor)? (?:block|inhib|antag))"
    r"(?:[A-Za-z0-9αβγ]+-)*[A-Za-z0-9αβγ]*[A-Z0-9][A-Za-z0-9αβγ]*(?:-\d+[A-Z]?)?(?: receptor)? (?:blockade"
    r"|inhibition|antagonism|inhibitors?|antagonists?)\b"
    r"|\banti-[A-Za-z0-9αβγ]+(?:-\d+[A-Za-z]?)?(?: receptor)? (?:therapy|treatment|antibody|antibodies|agents?)\b",
)
CONTROLS = ("placebo", "sham", "vehicle", "no treatment", "usual care", "saline")
"""What only controls are given, by preferred name."""
TOGETHER = " + "
"""Between the names of drugs that are given together and not as one."""
SHORT_NAME = 4
"""Names of at most this many characters match only as written (OS, BG, MTX), and so do codes."""
_CODE_NAME = lazy_compile(r"([A-Z]{2,5})[- ]?(\d{3,9}[A-Z]?)")
"""A developer's code, which texts write in one word, with a hyphen or with a blank."""


class Mention(NamedTuple):
    """A name in the text: `norm` its preferred name, `code` its id; `is_known` is False for a mere shape.

    `of` are the drugs of a fixed combination ("A/B") or of drugs given together ("A + B") as the text names them, and
    what "no A" does without.
    """

    start: int
    end: int
    norm: str
    kind: str | None = None
    code: str | None = None
    is_known: bool = True
    of: tuple["Mention", ...] = ()

    @property
    def is_denied(self) -> bool:
        """Whether it names what is not given: "no A"."""
        return self.norm.startswith("no ")

    @property
    def given(self) -> tuple["Mention", ...]:
        """What is given under the name, at the name's place: the drugs of a regimen, else the name itself."""
        if TOGETHER not in self.norm:
            return (self,)
        return tuple(one._replace(start=self.start, end=self.end) for one in self.of)


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """The vocabulary made ready for matching; built once for each vocabulary."""

    interventions: dict[str, Any]
    measures: dict[str, Any]
    units: dict[str, tuple[str, str | None]]
    routes: dict[str, Any]
    rules: dict[str, float]
    """Measured confidence by rule."""


_BUILT: dict[int, tuple[Vocabulary, Lexicon]] = {}
_MOST_BUILT = 8


def lexicon(vocabulary: Vocabulary) -> Lexicon:
    """The tries of a vocabulary, built once for each; hashing a vocabulary would cost as much as a short abstract."""
    known = _BUILT.get(id(vocabulary))
    if known is None or known[0] is not vocabulary:
        if len(_BUILT) >= _MOST_BUILT:
            _BUILT.clear()
        known = _BUILT[id(vocabulary)] = (vocabulary, _lexicon(vocabulary))
    return known[1]


def _lexicon(vocabulary: Vocabulary) -> Lexicon:
    """The tries of a vocabulary, built."""
    units = {unit.name: (unit.unit, unit.ucum) for unit in vocabulary.units}
    rules = {one.rule: one.confidence for one in vocabulary.rules}
    return Lexicon(
        _planted(vocabulary.interventions), _planted(vocabulary.measures), units, _planted(vocabulary.routes), rules
    )


Term = InterventionTerm | MeasureTerm | RouteTerm


def _planted(terms: Iterable[Term]) -> dict[str, Any]:
    """The terms by the first token of their names in lower case, to be cut into tokens when a text has that one.

    Most of the names of substances are in no text at all: to grow only what is asked for saves most of the start-up.
    """
    trie: dict[str, Any] = {}
    for term in terms:
        for first in _first_tokens(term):
            if first in trie:
                trie[first].append(term)
            else:
                trie[first] = [term]
    return trie


def _first_tokens(term: Term) -> Iterable[str]:
    """The first token of a name, for most its first word; the code of an intervention has several."""
    word = term.name.partition(" ")[0]
    if word.isalpha() and word.isascii() and not word.isupper():
        return (word.lower(),)
    return {tokens[0] for tokens in _spelled(term) if tokens}


def _spelled(term: Term) -> list[list[str]]:
    """The tokens of a name as texts write it, in lower case: the code of an intervention in three ways."""
    code = _CODE_NAME.fullmatch(term.name) if isinstance(term, InterventionTerm) else None
    if code is None:
        return [_TOKEN.findall(term.name.lower())]
    letters, digits = code[1].lower(), code[2].lower()
    return [[letters + digits], [letters, "-", digits], [letters, digits]]


def _node(trie: dict[str, Any], word: str) -> dict[str, Any]:
    """The trie behind a first token, grown at its first use; a leaf holds (name as written, what it means)."""
    terms = trie[word]
    if isinstance(terms, dict):
        return terms
    grown: dict[str, Any] = {}
    for term in terms:
        for first, *others in _spelled(term):
            if first == word:
                node = grown
                for token in others:
                    node = node.setdefault(token, {})
                node.setdefault("", []).append((term.name, _meaning(term)))
    trie[word] = grown
    return grown


def _meaning(term: Term) -> tuple[str, str | None, str | None]:
    """What a name means: the preferred name, the kind of a measure, the code of an intervention."""
    if isinstance(term, RouteTerm):
        return term.route.value, None, None
    if isinstance(term, MeasureTerm):
        return term.norm, term.kind, None
    return term.norm, None, term.code


@lru_cache(maxsize=64)
def _tokens(text: str) -> tuple[tuple[str, ...], tuple[int, ...]]:
    """The tokens of a text in lower case, with the offsets where each begins and ends in turn.

    Names of drugs, of measures and of routes are looked for in the same ones. Cut in one step that gives what stands
    between the tokens too, so that offsets are sums of lengths: a match for each token would take three times as long.
    """
    parts = _TOKEN.split(text)
    return tuple(map(str.lower, parts[1::2])), tuple(accumulate(map(len, parts)))


def find(trie: dict[str, Any], text: str, span: tuple[int, int] | None = None) -> list[Mention]:
    """The longest names of a trie that stand in a text, or in a span of it, in order, without overlap."""
    words, bounds = _tokens(text)
    span = span or (0, len(text))
    first, last = _within(bounds, *span)
    mentions: list[Mention] = []
    taken = 0
    for at in compress(count(first), map(trie.__contains__, words[first:last])):
        if at < taken:
            continue
        start, end, after = bounds[2 * at], bounds[2 * at + 1], at + 1
        node: dict[str, Any] | None = _node(trie, words[at])
        best: Mention | None = None
        while node is not None:
            for name, leaf in node.get("", ()):
                if _fits(text, name, start, end, span):
                    best = Mention(start, end, leaf[0], leaf[1], leaf[2])
                    taken = after
                    break
            node = node.get(words[after]) if after < last else None
            if node is not None:
                end = bounds[2 * after + 1]
                after += 1
        if best:
            mentions.append(best)
    return mentions


def _within(bounds: tuple[int, ...], begin: int, stop: int) -> tuple[int, int]:
    """The first token of a span and the one behind its last; a token that the span cuts is none of its own."""
    at, behind = bisect.bisect_left(bounds, begin), bisect.bisect_right(bounds, stop)
    return (at + 1) // 2, behind // 2


def _fits(text: str, name: str, start: int, end: int, span: tuple[int, int]) -> bool:
    """Whether the characters may be read as this name: short names as written, and no part of a compound.

    What stands outside the span is not looked at.
    """
    written = text[start:end]
    if written != name and (len(name) <= SHORT_NAME or (_CODE_NAME.fullmatch(name) and not written.isupper())):
        return False
    if (
        start > span[0]
        and (text[start - 1] == "-" or text[start - 1] == "_")
        and _NOT_BEFORE.search(text[max(span[0], start - 6) : start])
    ):
        return False
    return not _NOT_AFTER.match(text, end, span[1])


def named(name: str, words: Lexicon) -> tuple[str | None, str | None]:
    """The preferred name and the id of an intervention by one of its names, in any case; nothing of an unknown one."""
    first, *others = _tokens(name)[0] or ("",)
    node = _node(words.interventions, first) if first in words.interventions else {}
    for token in others:
        node = node.get(token, {})
    for _, (norm, _, code) in node.get("", ()):
        return norm, code
    return None, None


def interventions(text: str, words: Lexicon) -> list[Mention]:
    """Names of interventions in a text: those of the vocabulary, then words with the shape of a drug's name or code."""
    found = [one for one in find(words.interventions, text) if not _MEASURED.match(text, one.end)]
    taken = [(one.start, one.end) for one in found]
    classes = [(*match.span(), _class_norm(match.group())) for match in _CLASS.finditer(text)]
    codes = [(*match.span(), match.group()) for match in (_CODE.finditer(text) if _CODED.search(text) else ())]
    for start, end, norm in (*classes, *_stemmed(text), *codes):
        if is_free(taken, start, end) and not (_NOT_AFTER.match(text, end) or _MEASURED.match(text, end)):
            found.append(Mention(start, end, norm, is_known=False))
            bisect.insort(taken, (start, end))
    return sorted(found, key=lambda one: one.start)


def _stemmed(text: str) -> list[tuple[int, int, str]]:
    """The places of whole words that end as drugs' names do, each with its name; a word is judged once."""
    words, bounds = _tokens(text)
    drugs = {word for word in set(words) if word[-3:] in _LAST_LETTERS and _has_stem(word)}
    if not drugs:
        return []
    places = [
        (bounds[2 * at], bounds[2 * at + 1], words[at]) for at in compress(count(), map(drugs.__contains__, words))
    ]
    return [one for one in places if not any(map(goes_on, text[one[0] - 1 : one[0]] + text[one[1] : one[1] + 1]))]


def _has_stem(word: str) -> bool:
    """Whether a token in lower case is a word that ends as a drug's name does, with at least two letters before; no
    interleukin, no sterol.
    """
    if len(word) < _SHORTEST_STEMMED or not (word.isascii() and word.isalpha()):
        return False
    if not word.endswith(_STEMS) or word.startswith(_NO_DRUG) or word.endswith("sterol"):
        return False
    return any(word.endswith(stem) and len(word) >= len(stem) + 2 for stem in _STEMS)


def _class_norm(words: str) -> str:
    """The name of a class of interventions; its "treatment" and "agents" are its therapy."""
    return re.sub(r"\b(?:treatment|therapy|agents?)\Z", "therapy", words.lower())


def is_free(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether a span overlaps none of some sorted spans that do not overlap each other."""
    at = bisect.bisect_left(taken, (start, start))
    return not (at > 0 and taken[at - 1][1] > start) and not (at < len(taken) and taken[at][0] < end)


@lru_cache(maxsize=256)
def measures(text: str, start: int, end: int, words: Lexicon) -> tuple[Mention, ...]:
    """Names of outcome measures in `text[start:end]`, in order, found once; their offsets count in the text."""
    return tuple(find(words.measures, text, (start, end)))
