"""Which measure some numbers are of: a known name, the words that name it, or the measure of the sentence before."""

import re
from typing import NamedTuple

from trialhouse.extraction.composites import with_composites
from trialhouse.extraction.denied_events import denied_in, with_denials
from trialhouse.extraction.elements import Matter
from trialhouse.extraction.empty_words import EMPTY, names_only_arms
from trialhouse.extraction.event_names import GENERAL, called, in_own_bracket, with_causes
from trialhouse.extraction.guessed_names import guessed
from trialhouse.extraction.lost_weight import lost_weight
from trialhouse.extraction.not_different import behind_denial
from trialhouse.extraction.people import PEOPLE
from trialhouse.extraction.protection import protected_from
from trialhouse.extraction.reached import as_share
from trialhouse.extraction.reading import Sentence
from trialhouse.extraction.subscales import with_parts
from trialhouse.extraction.terms import Mention, measures
from trialhouse.extraction.things_done import thing_done
from trialhouse.extraction.times_of_measures import TIME_AHEAD, says_when
from trialhouse.extraction.told_behind import occurred, told_behind
from trialhouse.extraction.what_moved import what_moved
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

Span = tuple[int, int]

_GENERAL_NORMS = ("clinical response", "discontinuation", "adverse events")
_TELLS_SOMETHING = lazy_compile(r"\b(?:respon\w+|rates?|scores?|ratio)\b", re.I)
_LEAD = lazy_compile(
    r"^(?:(?:[A-Z][A-Z ,/&]{3,40}|(?:Main )?[Rr]esults|Findings): ?)?"
    r"(?:\W|\b(?:and|the|a|an|in|of|with|for|by|to|were|was|as|such|also|there|placebo|in total|total|altogether"
    r"|moreover|furthermore|however|overall|significantly|similarly|mean|median|placebo-adjusted"
    r"|at|on|weeks?|months?|days?|years?|\d+|vs|versus|or|that|both|between|groups?|among|patients|respectively"
    r"|compared|than)\b)+",
    re.I,
)
_VERB = lazy_compile(
    r"\b(?:was|were|had|has|have|is|are|achieved|occurred|reached|showed|increased|decreased|reduced|rose|fell"
    r"|improved|did|experienced|tended"
    r"|developed|reported|met|attained|stood|averaged|remained)\b",
    re.I,
)
_OBJECT = lazy_compile(
    r"(?:\s+(?:of|in|from)\s+(?:the\s+|those\s+|all\s+)?[\w\s-]{0,60}?)?\s*\b(?:had|have|achieved|reached|met"
    r"|attained|experienced|developed|reported|showed|required|needed|were in|were|was|suffered|maintained)\s+"
    r"(?:at least\s+)?(?:an?\s+|the\s+|in\s+)?"
    r"(?P<what>(?!below|above|less|more|lower|higher|similar|not\b|significant|compar|associated"
    r"|also)[A-Za-z][^,;:.()\d]{3,70})",
    re.I,
)
_EVENT = lazy_compile(
    r"[^.;:\d(]{0,60}?(?:\([^()]{1,40}\))?[^.;:\d]{0,60}?"
    r"\b(?P<what>(?:died|withdrew|discontinued|stopped|left(?= (?:the|because|early|owing))"
    r"|relapsed|recovered|responded|dropped out|completed|progressed)\b"
    r"(?: (?:from|the|their|study|trial|treatment|drug|medication|because|due|to|of|an?|adverse|events?|side"
    r"|effects?)\b){0,8})",
    re.I,
)
_CLOSED = lazy_compile(r"[^()\[\]]{0,40}[)\]](?=[,;]? (?:and )?[a-zA-Z])")
"""The end of a bracket that was opened before: it is of what was told there."""
_TOOK = lazy_compile(r"\bit (?:took|takes|needed)\s[^.;:\d]{0,40}\Z", re.I)
_TO_DO = lazy_compile(r"[^.;:]{1,60}?\bto\s+(?P<what>(?!a\b|the\b)[a-z][^.,;:()\d]{3,70})")
_STOPS = lazy_compile(
    r"\s+(?:at|by|after|with|in|on|during|compared|versus|vs\.?|than|whereas|while|and|as|for|to|over|but|until"
    r"|through|who|within|if|when|(?:was|were|had|respectively))\b.*",
    re.I | re.S,
)
_AGAIN = lazy_compile(
    r"\b(?:this|that|these|the same|such) (?:measure|outcome|end ?point|score|scale|goal|target|difference|rate"
    r"|response)\b"
    r"|\b(?:it|its|they)\b|\b(?:the|a|an|in|corresponding|respective) (?:\w+[\s-]){0,3}?"
    r"(?:differences?|drop|fall|gap|advantage|figures?|values?|rates?|reductions?|decreases?|declines?|changes?"
    r"|increases?|improvements?|percentages?|proportions?|share)\b",
    re.I,
)
_FOUND_THAT = Cued(
    "that", r"\b(?:demonstrated|showed|shown|revealed|found|indicated|suggested|confirmed) that\s+(?:the\s+)?", re.I
)
_IT_HAPPENED = lazy_compile(
    r"(?:it|this|these|they) (?:also |again )?(?:occurred|happened|developed)(?: in| with)?", re.I
)
"""What happened is told before: "Delirium occurred in 24%. It occurred in 26% …"."""
_SHARE_OF_PEOPLE = lazy_compile(rf"\d[\d.]*\s?% of (?:the |all )?{PEOPLE}\b", re.I)
"""A number of people, which is none of the quantity told before: "74% of patients needed no drops"."""
_NUMBERS_WORDS = Cued(
    "95% CI|<|=|>|≤|study|trial",
    r"(?:\b[Pp][\s-]*(?:values?)?\s*[<=>≤]\s*[\d.·]+|\b95% CI\b[^)\]]{0,40})\s*[)\]]*"
    r"|\b[Ii]n (?:the|this|a|its|their) (?:[\w'’-]+ ){0,3}(?:study|trial)\b[^,;.]{0,60},\s",
)
_DIFFERENCE = lazy_compile(r"\bdifferences?\b", re.I)
_OF_PATIENTS = Cued(
    " who had| whose| with",
    rf"\b(?:[Ii]n|[Aa]mong|[Ff]or) (?:the )?(?:{PEOPLE}|those) (?:with|whose"
    r"|who had)\s+"
    r"(?:an?\s+)?(?:[\w-]+\s+){0,2}\Z",
)
_THE_PRIMARY = lazy_compile(
    r"\b(?:the|that|this) (?:(?:main|primary|co-?primary) )?(?:goal|end[\s-]?point)\b"
    r"|\bprimary (?:(?!safety\b|or\b|and\b)\w+ )?end[\s-]?point\b"
    r"|\b(?:the|an?) primary[\s-](?:(?!safety\b|or\b|and\b|secondary\b)\w+ ){0,2}(?:outcome|measure)\b"
    r"|\Athe primary outcome",
    re.I,
)
_NOT_HAPPENED = Cued(
    "not|n't|n’t|never|absent|prevented|avoided|averted",
    r"(?P<what>(?:\bnot|n['’]t|\bnever)\s+(?:\w+ly\s+|been\s+|be\s+)*(?:reached?|achieved?|seen|observed|met|attain(?:ed)?"
    r"|found|maintain(?:ed)?|occur(?:red)?|happen)|\b(?:absent|prevented|avoided|averted))\s+(?:in|by|for|with|among)\s+(?:the\s+|about\s+)?\Z",
    re.I,
)
"""A measure that did not happen in those who are counted: "remission did not occur in 47 %"."""
_MOST_COMMON = lazy_compile(
    r"(?:[A-Z][A-Za-z ]{3,20}[:.] )?(?P<what>[A-Z][^.;:()\d]{3,70}?)\s+(?:was|were)\s+(?:among\s+)?the\s+(?:commonest"
    r"|most\s+(?:frequent|common)(?:ly)?)\b"
)
"""An event that is called the most common one: "nausea was the most frequent adverse event (A 3 %, B 2 %)"."""
_MET_PRIMARY = lazy_compile(
    r"\b(?:met|reached|achieved|attained|had|fulfilled) the primary (?:efficacy )?(?:end[\s-]?point|outcome)\b",
    re.I,
)
_STATE = lazy_compile(
    rf"\s*(?:of\s+(?:the\s+)?{PEOPLE}\s+)?(?:(?:were|remained)\s+)?(?P<what>(?:still )?(?:alive|dead"
    r"|(?:event|relapse|disease|seizure|symptom|progression)-free|free (?:of|from) [a-z]+(?: [a-z]+)?)\b)",
    re.I,
)
"""How those who are counted were, told right behind the number: "22% of patients alive at 24 months"."""
_LESS_OF = lazy_compile(
    r"(?:[\w-]+\s+){0,3}(?:reduction|improvement|decrease|drop|decline) (?:in|of) (?:their |the )?[a-z]+"
)
_NEXT = lazy_compile(r",\s*and\b|,\s*as (?:was|were|did|had|is|are)\b|;|[)\]]\s*and\s+(?:the\s+|in\s+|for\s+)?\Z")
"""What makes a name behind numbers that of the next ones."""
_PART_OF_WORD = lazy_compile(r"[-‐‑](?:associated|related|induced|specific)\b")
"""Behind a name that another one is made of: "pneumonia-associated complications"."""
_SERIOUS = lazy_compile(r"\bserious\s+\Z", re.I)
_ABBREVIATION = lazy_compile(r"(?!(?:CI|SD|SE|SEM|IQR|HR|OR|RR|NS|VS|AND)\b)[A-Z]{2,5}\d?")
_PRONOUN = lazy_compile(r"\b(?:this|these|it|its|they|which|the same|groups?|arms?|population)\b|\Aplacebo\b", re.I)


class Named(NamedTuple):
    """A measure and how it was found: `carried` from the sentence before; `is_guess` if it is a sentence's start."""

    mention: Mention
    key: str | None
    carried: bool = False
    is_guess: bool = False


def known_measures(matter: Matter, sentence: Sentence) -> list[Mention]:
    """The known names of a sentence, those that a threshold or "control" turns into a share of participants as such."""
    text = matter.reading.text
    out: list[Mention] = []
    for found in measures(text, sentence.start, sentence.end, matter.words):
        if out and _is_short_for(text, out[-1], found):
            start = _SERIOUS.search(text, max(sentence.start, out[-1].start - 10), out[-1].start)
            out[-1] = found._replace(start=start.start() if start else out[-1].start, end=found.end + 1)
            continue
        if _PART_OF_WORD.match(text, found.end):
            continue
        if not _OF_PATIENTS.search(text[max(sentence.start, found.start - 60) : found.start]):
            out.append(as_share(text, sentence, found) if found.kind != "binary" else found)
    out = with_parts(text, sentence, with_causes(text, sentence, out))
    out = with_composites(text, sentence.start, sentence.end, out, matter.said[sentence.index].drugs)
    return with_denials(text, sentence, out)


def _is_short_for(text: str, one: Mention, behind: Mention) -> bool:
    """Whether a name is the abbreviation of the one before it: "adverse events (AEs)", "serious AEs (SAEs)"."""
    if text[one.end : behind.start] != " (" or text[behind.end : behind.end + 1] != ")":
        return False
    return one.norm == behind.norm or {one.norm, behind.norm} <= set(GENERAL)


def name_measure(
    matter: Matter,
    sentence: Sentence,
    span: Span,
    inner: Span,
    *,
    refs: list[Span],
    carried: Mention | None,
    primary: Mention | None,
) -> Named:
    """The measure: the known name nearest before the numbers in their clause, else behind, else the words there."""
    found = _name_measure(matter, sentence, span, inner, refs=refs, carried=carried, primary=primary)
    illness = protected_from(matter.reading.text, sentence, span, found.mention)
    if illness is not None:
        named = [m for m in known_measures(matter, sentence) if (m.start, m.end) == illness]
        return _known(named[0]) if named else _in_words(matter, illness)
    state = _STATE.match(matter.reading.text, span[1], sentence.end)
    if state and not inner[0] <= found.mention.start < span[0]:
        return Named(Mention(*state.span("what"), state["what"], "binary", is_known=False), None)
    most = _MOST_COMMON.match(matter.reading.text, sentence.start, span[0])
    if most and most.end("what") <= found.mention.start and found.key in GENERAL:
        named = [m for m in known_measures(matter, sentence) if most.start("what") <= m.start < most.end("what")]
        if named:
            return _known(named[-1])
        return Named(Mention(*most.span("what"), most["what"], "binary", is_known=False), None)
    behind = told_behind(matter.reading.text, sentence, span, found.mention, refs)
    if behind is not None:
        named = [m for m in known_measures(matter, sentence) if behind[0] <= m.start < behind[1]]
        return _known(named[0]) if named else _in_words(matter, behind)
    denied = _NOT_HAPPENED.search(matter.reading.text, max(sentence.start, span[0] - 60), span[0])
    if denied and found.mention.end <= denied.start() and found.mention.start >= sentence.start:
        mention = Mention(found.mention.start, denied.end("what"), "", "binary", is_known=False)
        return found._replace(mention=mention, key=None)
    lost = None if found.mention.is_known else lost_weight(matter.reading.text, sentence, span[0], carried)
    if lost is not None:
        return Named(lost, lost.norm, carried=lost is carried)
    spared = denied_in(matter.reading.text, sentence, span, found.mention)
    return _known(spared) if spared and found.mention.start >= sentence.start else found


def _name_measure(
    matter: Matter,
    sentence: Sentence,
    span: Span,
    inner: Span,
    *,
    refs: list[Span],
    carried: Mention | None,
    primary: Mention | None,
) -> Named:
    """The measure, before it is looked at whether the words deny it."""
    text = matter.reading.text
    named = known_measures(matter, sentence)
    before = [m for m in named if inner[0] <= m.start and m.end <= min(span[0], inner[1])]
    before = [m for m in before if not says_when(text, inner[0], m.start)] or before
    inside = [m for m in named if span[0] <= m.start and m.end <= span[1]]
    behind = [m for m in named if span[1] <= m.start and m.end <= inner[1]]
    earlier = [m for m in named if m.end <= span[0]]
    if before:
        general = before[-1].norm == "clinical response"
        named_so = called(text, before[-1], span[0])
        return Named(named_so, None) if named_so else _known(_specific(earlier if general else before))
    own_words = in_own_bracket(text, span, refs) and _phrase(text, inner[0], span[0], refs)
    if behind and not inside and not own_words and not _NEXT.search(text, span[1], behind[0].start):
        return _known(behind[0])
    phrase = _phrase(text, inner[0], min(inner[1], span[0]), refs)
    empty = phrase is not None and EMPTY.fullmatch(text, *phrase) is not None
    met = primary and not named and _MET_PRIMARY.search(text, span[0], sentence.end)
    unnamed = empty and not named
    if primary and (met or _is_of_primary(matter, sentence, span, primary, carried if unnamed else primary)):
        return _known(primary)
    moved = None if earlier else what_moved(text, sentence, span[0])
    thing = _thing_told(text, span, sentence, phrase, refs) or moved
    if thing is not None:
        return _known_or_in_words(text, thing, named)
    again = bool(_AGAIN.search(text, inner[0], span[0])) or (
        phrase is None and sentence.start >= inner[0] - 1 and not earlier
    )
    if phrase and carried and _DIFFERENCE.search(text, *phrase) and not earlier:
        rest = _DIFFERENCE.split(text[phrase[0] : phrase[1]])[-1]
        if not re.search(r"\bin\b", rest) or EMPTY.fullmatch(rest):
            return Named(carried, carried.norm if carried.is_known else None, carried=True)
    if phrase and not empty and not (_PRONOUN.search(text, *phrase) and earlier):
        return Named(Mention(*phrase, text[phrase[0] : phrase[1]], is_known=False), None)
    if inside:
        return _known(inside[0])
    if earlier and not (again and carried and earlier[-1].norm in _GENERAL_NORMS):
        return _known(_specific(earlier))
    thing = _object(text, span, sentence, refs)
    if thing:
        return Named(Mention(*thing, text[slice(*thing)], is_known=False), None)
    counted = carried and carried.kind == "continuous" and _SHARE_OF_PEOPLE.match(text, span[0])
    if carried and not counted and (again or phrase is None):
        return Named(carried, carried.norm if carried.is_known else None, carried=True)
    if phrase and (again or _TELLS_SOMETHING.search(text, *phrase)):
        guess = not _TELLS_SOMETHING.search(text, *phrase)
        return Named(Mention(*phrase, text[phrase[0] : phrase[1]], is_known=False), None, is_guess=guess)
    told, is_guess = guessed(text, sentence, span[0])
    return Named(Mention(*told, text[slice(*told)], is_known=False), None, is_guess=is_guess)


def _is_of_primary(matter: Matter, sentence: Sentence, span: Span, primary: Mention, last: Mention | None) -> bool:
    """Whether numbers are of the primary outcome: it is said so, or "the mean change was" goes on from its declaration.

    It does not where a measure has been named or read since: `last` is the one read or named last.
    """
    text = matter.reading.text
    if _THE_PRIMARY.search(text, sentence.start, span[0]):
        return True
    before = matter.reading.sentences[sentence.index - 1] if sentence.index else sentence
    declared = before.start <= primary.start < before.end <= sentence.start
    nothing_since = last is None or last.start < primary.start
    return declared and nothing_since and _AGAIN.search(text, sentence.start, span[0]) is not None


def _in_words(matter: Matter, span: Span) -> Named:
    """What happened to those who are counted, in the text's own words."""
    return _known(Mention(*span, matter.reading.text[slice(*span)], "binary", is_known=False))


def _known(one: Mention) -> Named:
    """A known name."""
    return Named(one, one.norm)


def _specific(before: list[Mention]) -> Mention:
    """The nearest of several names before the numbers; a general word gives way to the name it stands behind."""
    own = [m for m in before if m.norm not in _GENERAL_NORMS]
    return own[-1] if own and before[-1].norm in ("clinical response", None) else before[-1]


def _phrase(text: str, begin: int, end: int, refs: list[Span]) -> Span | None:
    """The words before some numbers that can name a measure: at most 90 characters, without their lead-in."""
    offset = max(begin, end - 160)
    if offset > begin:
        offset = text.find(" ", offset, end) + 1 or offset
    for heads in (TIME_AHEAD, _NUMBERS_WORDS):
        for head in heads.finditer(text, offset, end):
            offset = head.end()
    offset = behind_denial(text, offset, end, refs)
    if closed := _CLOSED.match(text, offset, end):
        offset = closed.end()
    for said in _FOUND_THAT.finditer(text, offset, end):
        offset = said.end()
    stretch = text[offset : _before_arm_bracket(text, offset, end, refs)].rstrip(" ([:,=+-−–±")
    colon = max(stretch.rfind(": "), stretch.rfind("; "))
    if colon >= 0 and sum(c.isalpha() for c in stretch[colon:]) >= 4:
        offset += colon + 2
        stretch = stretch[colon + 2 :]
    lead = _LEAD.match(stretch)
    cut = lead.end() if lead else 0
    verb = _VERB.search(stretch, cut)
    stop = verb.start() if verb and verb.start() - cut >= 4 else len(stretch)
    words = stretch[cut:stop].rstrip(" ([:,=")
    if len(words) > 90:
        cut += words.rfind(" ", 0, len(words) - 80) + 1
        words = stretch[cut:stop].rstrip(" ([:,=")
    letters = sum(c.isalpha() for c in words)
    span = (offset + cut, offset + cut + len(words))
    if _IT_HAPPENED.fullmatch(words):
        return None
    if (letters < 4 and not _ABBREVIATION.fullmatch(words)) or (refs and names_only_arms(text, span, refs)):
        return None
    return span


def _before_arm_bracket(text: str, begin: int, end: int, refs: list[Span]) -> int:
    """Where words end before a bracket that is still open and begins with an arm: "plaque volume (group S: from"."""
    opened = text.rfind("(", begin, end)
    is_open = opened > begin and ")" not in text[opened:end]
    return opened if is_open and any(opened < start <= opened + 5 for start, _ in refs) else end


def _object(text: str, span: Span, sentence: Sentence, refs: list[Span]) -> Span | None:
    """What participants had, told behind the number: "70% of patients had a skin rash"."""
    match = _OBJECT.search(text, span[0], min(sentence.end, span[0] + 220))
    if not match:
        event = _EVENT.match(text, span[1], sentence.end) or _EVENT.search(text, span[0], span[1])
        return event.span("what") if event else occurred(text, span[1], sentence.end)
    return _without_rest(text, match, refs)


def _thing_told(text: str, span: Span, sentence: Sentence, phrase: Span | None, refs: list[Span]) -> Span | None:
    """What a time was taken to, or what was done so often."""
    done = thing_done(text, span, phrase, refs, EMPTY) if phrase else None
    return _taken_to(text, span, sentence, refs) or (_without_rest(text, done, refs) if done else None)


def _known_or_in_words(text: str, thing: Span, named: list[Mention]) -> Named:
    """The known name within some words, or the words."""
    known = [m for m in named if thing[0] <= m.start < thing[1]]
    return _known(known[0]) if known else Named(Mention(*thing, text[slice(*thing)], is_known=False), None)


def _taken_to(text: str, span: Span, sentence: Sentence, refs: list[Span]) -> Span | None:
    """What a time was taken to: "it took a median of 12 days for patients to leave hospital"."""
    if not _TOOK.search(text, max(sentence.start, span[0] - 60), span[0]):
        return None
    match = _TO_DO.match(text, span[0], min(sentence.end, span[0] + 160))
    return _without_rest(text, match, refs) if match else None


def _without_rest(text: str, match: re.Match[str], refs: list[Span]) -> Span | None:
    """What a match names, up to the next arm or the words that go on with something else."""
    stop = min([match.end("what"), *(start for start, _ in refs if start > match.start("what"))])
    words = _STOPS.sub("", " " + text[match.start("what") : stop]).strip()
    start = text.find(words, match.start("what"))
    if sum(c.isalpha() for c in words) < 4 or EMPTY.fullmatch(words):
        less = _LESS_OF.match(text, match.start("what"), stop)
        return less.span() if less else None
    return start, start + len(words)
