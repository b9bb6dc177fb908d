"""What a trial is called and where it was done: acronym, registry ids, sites, countries, sponsor, dates, conditions."""

import re

from trialhouse.extraction.dates import find_periods
from trialhouse.extraction.design import Facts
from trialhouse.extraction.no_acronyms import is_named_a_trial, is_no_acronym
from trialhouse.extraction.own_trials import is_cited, is_reported
from trialhouse.extraction.people import HEAD_COUNT, PEOPLE_AT_WORD
from trialhouse.extraction.places import find_countries
from trialhouse.extraction.reading import Reading, Sentence
from trialhouse.extraction.refusals import is_elsewhere
from trialhouse.model.document import Document, Identifier, Section
from trialhouse.model.enums import DocumentKind, StudyType
from trialhouse.model.identifiers import numbering_of
from trialhouse.text.cues import Cued, lower_text
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.numbers import Number, find_numbers
from trialhouse.text.word_starts import at_word

_LATER = r"(?=[A-Za-z0-9-]*[A-Z])[A-Za-z0-9]*(?:-[A-Za-z0-9]+)*(?:\s[1-9]\d?(?=\W))?"
"""What follows on the first capital of a name; there is another one in it."""
_NAME = rf"(?P<name>[A-Z]{_LATER})"
_DESIGN = (
    r"(?:randomi[sz]ed|double|open|phase|factorial|multicent|placebo|prospective|pragmatic|single|parallel|controlled)"
)
_REGISTERED = Cued("ClinicalTrials.gov", rf"\b{_NAME}\s+ClinicalTrials\.gov")
"""The name in the statement of a registration is this trial's wherever it stands."""
_BEHIND_WORDS = Cued(
    ":",
    rf"{at_word('in', 'of', 'from')} (?:the\s+)?{_NAME}\s*:\s+"
    rf"(?:results (?:of|from) )?an?\s+[^.]{{0,60}}?\b{_DESIGN}",
    re.S,
)
"""A name in a place where conditions stand too."""
_BRACKETED = Cued("trial|study", rf"{at_word('trial', 'study')}\s+\({_NAME}\)")
_CALLED = Cued(
    "trial|study",
    rf"[tT](?<=\b.)(?:he|(?<=t)his)\s+(?:(?:[Pp]hase\s+\w+|randomi[sz]ed|ongoing)\s+)?{_NAME}\s+(?:trial|study)\b"
    r"(?!\s+(?:group|popul))",
)
"""What any trial is called in prose, the paper's own or another."""
_ACRONYM = (
    lazy_compile(rf"\({_NAME}\)\s*:\s*(?:results (?:of|from) )?(?:an?\s+)?[^.]{{0,60}}?\b{_DESIGN}", re.I | re.S),
    lazy_compile(
        rf":\s*[Tt]he\s+(?:[Pp]hase\s+\w+\s+)?{_NAME}\s+(?:Randomi[sz]ed|randomi[sz]ed|Clinical|clinical|[Tt]rial|[Ss]tudy)"
    ),
    Cued(
        "randomi|double|open|phase|factorial|multicent|placebo|prospective|pragmatic|single|parallel|controlled",
        rf"(?P<name>[A-Z](?:(?<=\A.)|(?<=[.:;]\s.)|(?<=\n.)){_LATER})\s+(?:is|was)\s+an?\s+[^.]{{0,40}}?\b{_DESIGN}",
    ),
    _BRACKETED,
    _REGISTERED,
    _BEHIND_WORDS,
    _CALLED,
)
_IN_PROSE = (_BRACKETED, _CALLED)
_TITLE_LEAD = lazy_compile(rf"\A\W*{_NAME}(?:\s[-–—]|:)\s")
"""A name before a dash or colon at the start of a title, which the text must call a trial or the title explain."""
_TITLE_BRACKET = lazy_compile(rf"\({_NAME}\)(?=\s*(?::|\Z))")
_BACKGROUND = lazy_compile(r"\W*(?:background|introduction|context|importance)\b", re.I)
FARTHEST_BACK = 30
"""Sentences to go back to the first of a paragraph."""
_OF_OTHERS = (Section.BACKGROUND, Section.CONCLUSIONS)
"""Parts of a text where a trial called by its name is mostly another one."""
_SITE_WORDS = Cued(
    "sites|centers|centres|hospitals|clinics|institutions|practices|intensive care units",
    r"sites|cent(?:er|re)s|hospitals|clinics|institutions|practices|intensive care units",
    re.I,
)
"""Without one of these words no number counts sites."""
_SITE = Cued("site|center|centre|hospital|clinic|institution|practices|unit", r"site|cent(?:er|re)|hospital|clinic")
"""Without one of these a text says nothing of sites, be they one or several."""
_KINDS_OF_SITES = (
    r"[\s-]+(?:(?!(?:trial|study|at|in|of|and|to|from|by|with|or|patients|participants)\b)\w+[\s-]+){0,3}?"
    r"(?:sites|cent(?:er|re)s|hospitals|clinics|institutions|practices|intensive care units)\b"
)
_SITES = lazy_compile(_KINDS_OF_SITES, re.I)
_MORE_BEFORE = lazy_compile(
    rf"\b{HEAD_COUNT}\s+(?:(?!(?:countries|cities|regions|states|nations|continents)\b)[a-z][\w-]*\s+){{1,4}}(?:and|plus|&)\s+\Z",
    re.I,
)
_MORE_BEHIND = lazy_compile(
    rf"(?:\s+in\s+(?:the\s+)?(?-i:[A-Z])\w+(?:\s(?-i:[A-Z])\w+)?)?(?:,|,?\s+(?:and|plus))\s+{HEAD_COUNT}"
    rf"(?:{_KINDS_OF_SITES}|\s+in\s+(?:the\s+)?(?-i:[A-Z]))",
    re.I,
)
"""Where sites are told in parts, "4 academic and 2 community hospitals", no part is how many there were."""
_SITES_BEFORE = Cued(
    "Cent|Hospitals|Sites|centers|centres|hospitals|sites", r"\b(?:[Ss]ites|[Cc]ent(?:er|re)s|[Hh]ospitals)\s*:\s*\Z"
)
_SINGLE = Cued(
    "single|one",
    r"\bsingle[\s-](?:cent(?:er|re)|site|institution)\b"
    r"|\b(?:at|in|from|of|to|,) (?:one|a single) "
    r"(?:(?:university|teaching|tertiary|academic|general|referral|public)\s+){0,2}"
    r"(?:cent(?:er|re)|site|hospital|clinic|intensive care unit)\b",
    re.I,
)
_WHERE = Cued(
    "across|carried|cente|centr|clinics|cohort|conducted|country|done|enrolled|hospital|patients|performed|recruited|site"
    "|study|undertaken|unit",
    at_word(
        *("done", "conducted", "performed", "carried out", "sites?", "cent(?:er|re)s?", "hospitals?", "clinics"),
        *("recruited", "enrolled", "undertaken", "across", "patients", "cohort", "unit", "country", "study"),
    )
    + r"\b",
    re.I,
)
_FUNDING = Cued(
    "unding|unded|ponsor",
    r"(?:\bFunding\b\s*[:.]?\s*|\b[Ff]unded by\s+|\b[Ss]ponsored by\s+"
    r"|\bSponsor\s*:\s*)(?:the\s+)?(?P<name>[A-Z][^.;\n()]{1,120}?)(?=\s*(?:[.;\n()]|\Z))",
)
_PERIOD = lazy_compile(
    r"\b(?:enrol|recruit|random|perform|conduct|done|includ|admit|screen|assign|undertaken|study|trial"
    r"|took place|underwent|cohort)",
    re.I,
)
_NO_CONDITION = lazy_compile(r"[?!]|\b(?:or|and|who|take|took|taking|were|was|is|are|had|have|has|not|no)\b", re.I)
_GRADE_ALONE = lazy_compile(r"(?:mild|moderate|severe|active|high|low|chronic|acute|stable|refractory|stage \d)", re.I)
_PEOPLE_WITH = lazy_compile(
    rf"{PEOPLE_AT_WORD}\s+"
    r"(?:hospitali[sz]ed\s+)?(?:with|suffering from|affected by|exhibiting|at)\s+"
    r"(?P<name>(?!\d)[^.;:,()\n]{3,80}?)(?=\s+(?:who|were|was|and (?:elevated|who|established)|in (?:a|this|the)|to "
    r"|at |despite|taking|receiving|on |or who|treated|due|not|is|are|inadequately|undergoing|from|by|early|late"
    r"|later|next|this|last)\b"
    r"|[.;:,()\n]|\Z)",
    re.I,
)


def read_names(document: Document, reading: Reading, facts: Facts) -> None:
    """Fill acronym, registry ids, sites, countries, sponsor, dates and conditions."""
    _acronym(document, reading, facts)
    _registry_ids(document, reading, facts)
    _sites(reading, facts)
    _countries(reading, facts)
    for start, end in reading.named:
        match = _FUNDING.search(reading.text, start, end)
        if match:
            facts.put("sponsor", match["name"].strip(), *match.span("name"), rule="design.sponsor", confidence=0.8)
    _period(reading, facts)
    _conditions(reading, facts)


def _acronym(document: Document, reading: Reading, facts: Facts) -> None:
    """The trial's short name: from title and body first, of a news page also from the one paper that it cites."""
    for pattern in _ACRONYM:
        for start, end in reading.named:
            for match in pattern.finditer(reading.text, start, end):
                sentence = reading.sentence_at(match.start("name"))
                registered = pattern is _REGISTERED
                others = not registered and sentence and _of_others(reading, sentence)
                if sentence and (is_elsewhere(sentence.words) or others):
                    continue
                if sentence and pattern in _IN_PROSE and _is_another(document, reading, sentence, match):
                    continue
                name = match["name"]
                if len(name) < 3 or sum(c.isupper() for c in name) < 2 or is_no_acronym(name, reading.text):
                    continue
                if pattern is not _BEHIND_WORDS or is_named_a_trial(name, reading.text):
                    name = name.upper() if document.kind == DocumentKind.NEWS else name
                    facts.put("acronym", name, *match.span("name"), rule="design.acronym", confidence=0.85)
                    return
    if facts.values.get("study_type") is StudyType.INTERVENTIONAL:
        _acronym_of_title(reading, facts)


def _is_another(document: Document, reading: Reading, sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether prose names a trial that is not its own; of a paper, also where it does not say that it is.

    A page of news is on the trial that it names, unless it holds another against it.
    """
    if sentence.is_title:
        return False
    before = reading.text[sentence.start : match.start()]
    behind = reading.text[match.end() : sentence.end]
    if match.re.pattern == _CALLED.pattern.pattern and document.kind is not DocumentKind.NEWS:
        return not is_reported(before, match[0], behind)
    return is_cited(before)


def _of_others(reading: Reading, sentence: Sentence) -> bool:
    """Whether a sentence stands in a background or conclusion, by its section or by its paragraph's first word."""
    first = sentence
    for _ in range(FARTHEST_BACK):
        if not first.index or reading.sentences[first.index - 1].paragraph != sentence.paragraph:
            break
        first = reading.sentences[first.index - 1]
    return sentence.section in _OF_OTHERS or bool(_BACKGROUND.match(first.words))


def _acronym_of_title(reading: Reading, facts: Facts) -> None:
    """A short name that only the title gives, before a dash or in a bracket, and that abbreviates no words of it."""
    for sentence in reading.sentences:
        for pattern in (_TITLE_LEAD, _TITLE_BRACKET) if sentence.is_title else ():
            match = pattern.search(reading.text, sentence.start, sentence.end)
            if not match or is_no_acronym(match["name"], reading.text):
                continue
            letters = [c for c in match["name"] if c.isupper()]
            words = re.findall(r"[A-Za-z]+", reading.text[sentence.start : match.start("name")])
            initials = "".join(word[0].upper() for word in words)[-len(letters) :]
            if len(letters) >= 4 and initials != "".join(letters):
                facts.put("acronym", match["name"], *match.span("name"), rule="design.acronym", confidence=0.8)
                return


def _registry_ids(document: Document, reading: Reading, facts: Facts) -> None:
    """The trial's own registry ids; two of one registry are of two trials, and then none is its own."""
    own = named_registrations(document, reading)
    if own and not are_several(own):
        values = tuple(dict.fromkeys(one.value for one in own))
        facts.put("registry_ids", values, own[0].start, own[0].end, rule="design.registry_ids", confidence=0.98)


def named_registrations(document: Document, reading: Reading) -> list[Identifier]:
    """The registry ids that a text reports on: those in title or body, less those of sentences about other trials."""
    own = []
    for one in document.registry_ids:
        sentence = reading.sentence_at(one.start)
        inside = any(start <= one.start < end for start, end in reading.named)
        if inside and not (sentence and is_elsewhere(sentence.words)):
            own.append(one)
    return own


def are_several(named: list[Identifier]) -> bool:
    """Whether two ids of one numbering are among these: they are of two trials."""
    ids = {one.value for one in named}
    return len({numbering_of(value) for value in ids}) < len(ids)


def _sites(reading: Reading, facts: Facts) -> None:
    """The number of sites, and 1 for a single-centre study."""
    if not _SITE.is_cued(lower_text(reading.text)):
        return
    for sentence in reading.sentences:
        if is_elsewhere(sentence.words):
            continue
        single = _SINGLE.may_match(sentence.words) and _SINGLE.search(reading.text, sentence.start, sentence.end)
        if single:
            facts.put("site_count", 1, *single.span(), rule="design.site_count")
        if not (_SITE_WORDS.may_match(sentence.words) and _SITE_WORDS.is_cued(sentence.words.lower())):
            continue
        for number in find_numbers(reading.text, sentence.start, sentence.end):
            match = _SITES.match(reading.text, number.end, sentence.end)
            listed = _SITES_BEFORE.search(reading.text, max(sentence.start, number.start - 16), number.start)
            if match and _is_part(reading.text, sentence, number, match.end()):
                continue
            if (match or listed) and number.value == int(number.value) and number.value > 0:
                stop = match.end() if match else number.end
                facts.put("site_count", int(number.value), number.start, stop, rule="design.site_count")


def _is_part(text: str, sentence: Sentence, number: Number, stop: int) -> bool:
    """Whether a number of sites, whose words end at an offset, has another one of theirs beside it."""
    before = text[max(sentence.start, number.start - 60) : number.start]
    return _MORE_BEFORE.search(before) is not None or _MORE_BEHIND.match(text, stop, sentence.end) is not None


def _countries(reading: Reading, facts: Facts) -> None:
    """The countries of the first sentence that says where the trial was done."""
    for sentence in reading.sentences:
        words = sentence.words
        if is_elsewhere(words) or not _WHERE.search_words(words):
            continue
        found = find_countries(reading.text, sentence.start, sentence.end)
        if found:
            names = tuple(sorted({name for name, _, _ in found}))
            facts.put("countries", names, found[0][1], found[-1][2], rule="design.countries", confidence=0.85)
            return


def _period(reading: Reading, facts: Facts) -> None:
    """Start and end of enrollment from a stated period."""
    for sentence in reading.sentences:
        periods = find_periods(reading.text, sentence.start, sentence.end)
        words = sentence.words
        if not periods or is_elsewhere(words) or not _PERIOD.search(words):
            continue
        for first, last in periods:
            facts.put("start_date", first.iso, first.start, last.end, rule="design.period", confidence=0.9)
            facts.put("enrollment_end_date", last.iso, first.start, last.end, rule="design.period", confidence=0.9)
            return


def _conditions(reading: Reading, facts: Facts) -> None:
    """What the participants have, from the first sentence that says it ("patients with …")."""
    for sentence in reading.sentences:
        match = _PEOPLE_WITH.search(reading.text, sentence.start, sentence.end)
        if match and _is_condition(match["name"]) and not is_elsewhere(sentence.words):
            facts.put(
                "conditions", (match["name"].strip(),), *match.span("name"), rule="design.conditions", confidence=0.7
            )
            return


def _is_condition(name: str) -> bool:
    """Whether words are the name of a condition: no verb, choice or question in them, and not a grade alone."""
    return not _NO_CONDITION.search(name) and not _GRADE_ALONE.fullmatch(name.strip())
