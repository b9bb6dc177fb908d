"""The design facts of a trial: each field has its words, and the first sentence of this trial that says one decides.

The title is read first, then the body in order. Sentences about other, future or former trials are passed over.
"""

import re
from collections.abc import Callable
from typing import Any

from trialhouse.extraction.phases import own_phase
from trialhouse.extraction.reading import Reading, Sentence
from trialhouse.extraction.refusals import is_elsewhere
from trialhouse.model.enums import Allocation, InterventionModel, Masking, StudyType
from trialhouse.model.evidence import Evidence
from trialhouse.text.cues import Cued, lower_text
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.word_starts import at_word

DESIGN_CONFIDENCE = 0.95
"""Prior of a design word said of this trial; to be measured on unseen abstracts."""

_BLIND = r"[\s-]*(?:blind(?:ed)?|mask(?:ed)?|dummy)\b"

_RANDOMLY = r"randomly\b(?! (?:selected|sampled|chosen|drawn)\b)"
"""As people are assigned, and not as some of many are taken to be looked at."""

Rule = tuple[Cued, Any]
_MASKING: tuple[Rule, ...] = (
    (Cued("quadruple", rf"\bquadruple{_BLIND}", re.I), Masking.QUADRUPLE),
    (Cued("triple", rf"\btriple{_BLIND}", re.I), Masking.TRIPLE),
    (Cued("double", rf"\bdouble{_BLIND}", re.I), Masking.DOUBLE),
    (Cued("blind|mask|dummy", rf"\b(?:single|investigator|observer|evaluator|assessor|examiner|rater"
        rf"|patient){_BLIND}", re.I), Masking.SINGLE),
    (Cued("open|unblinded|unmasked|non",
        r"\b(?:open[\s-]*label(?:led)?|unblinded|unmasked|non-?blinded)\b(?! (?:extension|phase|period"
        r"|part|treatment|follow|tr?alo))", re.I),
     Masking.NONE),
)  # fmt: skip
_ALLOCATION: tuple[Rule, ...] = (
    (Cued("randomi", r"\b(?:non-?|not )randomi[sz]ed\b", re.I), Allocation.NON_RANDOMIZED),
    (Cued("random", rf"\brandomi[sz](?:ed|ation|ing|e)\b|\b{_RANDOMLY}|\bat random\b", re.I), Allocation.RANDOMIZED),
)
_MODEL: tuple[Rule, ...] = (
    (Cued("factorial", r"\bfactorial\b", re.I), InterventionModel.FACTORIAL),
    (Cued("cross", r"\bcross[\s-]?over\b(?! (?:to|from|was|were|into|at|after))", re.I), InterventionModel.CROSSOVER),
    (Cued("parallel", r"\bparallel\b", re.I), InterventionModel.PARALLEL),
    (Cued("single", r"\bsingle[\s-](?:arm|group)\b", re.I), InterventionModel.SINGLE_GROUP),
    (Cued("sequential", r"\bsequential(?:ly)? (?:design|trial|assignment|cohort)", re.I), InterventionModel.SEQUENTIAL),
)
_RULE_OF = {
    "masking": "design.masking",
    "allocation": "design.allocation",
    "intervention_model": "design.intervention_model",
}
_OBSERVATIONAL = Cued("observational|cohort|case-control|cross-sectional|registry-based|retrospective",
    r"\bobservational\b|\b(?:prospective|retrospective) (?:\w+[ -]){0,2}cohort\b|\bcohort study\b"
    r"|\bcase-control\b|\bcross-sectional\b"
    r"|\bregistry-based study\b|\bretrospective(?:ly)?\b", re.I
)  # fmt: skip
_INTERVENTIONAL = Cued("random|trial|open-label|double-blind|phase|interventional",
    at_word(
        r"randomi[sz]ed\b", _RANDOMLY, r"controlled (?:clinical )?trial\b", r"clinical trial\b",
        r"open-label (?:\w+ ){0,2}(?:trial|study)\b", r"double-blind\b", r"phase (?:[1-4]|iv|i{1,3})\b",
        r"interventional\b",
    ), re.I
)  # fmt: skip
_PLACEBO_CONTROLLED = Cued(
    "placebo|pbo",
    r"\b(?:placebo|pbo)[\s-]*(?:controlled|control)\b|\bcontrol: placebo\b"
    r"|\b(?:vs?\.?|versus|or|compared (?:with|to)) (?:a |matching |matched )?placebo\b|\bplacebo group\b",
    re.I,
)
_SUPPOSED = Cued(
    "assume|for example|hypothetical|imagine|suppose", r"\b(?:suppose|imagine|assume|for example|hypothetical)\b", re.I
)
_RATIO = lazy_compile(r"([1-9](?<![\d:.].)\d?(?:\s?:\s?[1-9]\d?)+)(?![\d:])")
_ASSIGN = lazy_compile(r"random|assign|allocat|ratio", re.I)


_OF_A_TRIAL = ("phase", "allocation", "allocation_ratio", "intervention_model", "masking", "placebo_controlled")


class Facts:
    """Design fields with their evidence, filled once each."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.values: dict[str, Any] = {}
        self.evidence: dict[str, Evidence] = {}

    def put(
        self, field: str, value: Any, start: int, end: int, *, rule: str, confidence: float = DESIGN_CONFIDENCE
    ) -> None:
        """Keep a field's value with the characters it was read from, unless the field is already filled."""
        if value is not None and field not in self.values:
            self.values[field] = value
            self.evidence[field] = Evidence.of(self.text, start, end, rule=rule, confidence=confidence)

    def forget_trial(self) -> None:
        """Leave out what only a trial has, in a text that reports none; a study that observed people stays one."""
        keeps = self.values.get("study_type") is StudyType.OBSERVATIONAL
        for field in (*_OF_A_TRIAL, *(() if keeps else ("study_type",))):
            self.values.pop(field, None)
            self.evidence.pop(field, None)


def read_design(reading: Reading, facts: Facts) -> None:
    """Fill study type, phase, allocation, ratio, model, masking and placebo control."""
    own = [s for s in _title_first(reading) if not is_elsewhere(s.words)]
    _study_type(reading, own, facts)
    _by_rules(reading, own, facts, "masking", _MASKING)
    _by_rules(reading, own, facts, "intervention_model", _MODEL)
    found = own_phase(reading, own)
    if found:
        facts.put("phase", *found, rule="design.phase")
    if facts.values.get("study_type") is not StudyType.OBSERVATIONAL:
        _by_rules(reading, own, facts, "allocation", _ALLOCATION)
        real = [s for s in own if ("lacebo" in s.words or "PBO" in s.words) and not _SUPPOSED.search_words(s.words)]
        _first(
            reading,
            real,
            _PLACEBO_CONTROLLED,
            lambda m: facts.put("placebo_controlled", True, *m.span(), rule="design.placebo_controlled"),
        )
    for sentence in own:
        words = sentence.words
        for match in _RATIO.finditer(words) if ":" in words else ():
            near = words[max(0, match.start() - 60) : match.end() + 30]
            if _ASSIGN.search(near):
                start = sentence.start + match.start(1)
                facts.put(
                    "allocation_ratio",
                    re.sub(r"\s", "", match[1]),
                    start,
                    start + len(match[1]),
                    rule="design.allocation_ratio",
                )


def _title_first(reading: Reading) -> list[Sentence]:
    """The sentences of the title, then those of the body."""
    return sorted(reading.sentences, key=lambda s: (not s.is_title, s.index))


def _first(reading: Reading, own: list[Sentence], pattern: Cued, then: Callable[[re.Match[str]], None]) -> None:
    """Call `then` with the first match of a pattern in the trial's own sentences, in offsets of the text."""
    for sentence in own:
        match = pattern.search(reading.text, sentence.start, sentence.end)
        if match:
            then(match)
            return


def _by_rules(reading: Reading, own: list[Sentence], facts: Facts, field: str, rules: tuple[Rule, ...]) -> None:
    """Fill a field from the first sentence that one of the rules fires in; within it the earlier rule wins."""
    lowered = lower_text(reading.text)
    rules = tuple(rule for rule in rules if rule[0].is_cued(lowered))
    for sentence in own if rules else ():
        for pattern, value in rules:
            match = pattern.search(reading.text, sentence.start, sentence.end)
            if match:
                facts.put(field, value, *match.span(), rule=_RULE_OF[field])
                return


def _study_type(reading: Reading, own: list[Sentence], facts: Facts) -> None:
    """INTERVENTIONAL or OBSERVATIONAL, whichever is said first; a randomised trial is never observational."""
    for sentence in own:
        trial = _INTERVENTIONAL.search(reading.text, sentence.start, sentence.end)
        if trial:
            facts.put("study_type", StudyType.INTERVENTIONAL, *trial.span(), rule="design.study_type")
            return
        observed = _OBSERVATIONAL.search(reading.text, sentence.start, sentence.end)
        if observed:
            facts.put("study_type", StudyType.OBSERVATIONAL, *observed.span(), rule="design.study_type")
            return
