"""How many took part: the number randomised or enrolled, never one that was planned, screened or needed."""

import re

from trialhouse.extraction import people
from trialhouse.extraction.design import Facts
from trialhouse.extraction.reading import Reading, Sentence
from trialhouse.extraction.refusals import is_planned, reason_to_refuse
from trialhouse.model.enums import EnrollmentType
from trialhouse.text.cues import Cued, holds
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.numbers import Number, find_numbers

PEOPLE = rf"(?:{people.PEOPLE}|diabetics)"
_RANDOMISED = r"(?:randomi[sz]ed|randomly|allocated|assigned|underwent randomi[sz]ation)"
_ENROLLED = (
    r"(?:enrolled|enroled|recruited|included|entered|participated|took part|evaluated|analy[sz]ed"
    r"|studied|treated|received)"
)
_RANDOMISES = ("random", "allocated", "assigned")
"""What a sentence holds whose numbers reach the ranks from RANDOMISED to HIGHEST."""
RANDOMISED, HIGHEST = 5, 6
_GAP = r"(?:[^\s;:.]+\s+){0,14}?(?<![\s(]\d\d\s)(?<![\s(]\d\d\d\s)(?<![\d,]\d\d\d\s)"
"""Words up to those who take part, but not up to those of another number: "12 doctors and their 240 patients"."""
_AFTER: tuple[tuple[str, int, re.Pattern[str]], ...] = (
    ("enrollment.randomised", 6, lazy_compile(
        rf"\s+(?:{PEOPLE}\s+)?(?:[a-z]+ed and )?(?:were|was|underwent)\s+(?:\w+ (?:and|then) )?(?:{_RANDOMISED}"
        rf"|randomi[sz]ation)", re.I)),
    ("enrollment.randomised", 5, lazy_compile(
        rf"[\s,]*{_GAP}{PEOPLE}\b[^;]{{0,160}}?\b(?:were|was|had been|being|who)?\s*(?:\w+ (?:and"
        rf"|then) )?{_RANDOMISED}", re.I)),
    ("enrollment.enrolled", 3, lazy_compile(rf"\s+{_GAP}{PEOPLE}\b[^;]{{0,120}}?\b{_ENROLLED}\b", re.I)),
    ("enrollment.enrolled", 3, lazy_compile(r"\s+(?:were|was)\s+(?:enrolled|recruited|included)", re.I)),
    ("enrollment.enrolled", 3, lazy_compile(
        rf"\s+(?:{PEOPLE}\s+)?(?:were eligible and\s+)?(?:agreed to (?:take part|participate)|(?:gave )?consent\w*)\b",
        re.I)),
    ("enrollment.participants", 1, lazy_compile(
        rf"\s+(?:[^\s;:.,]+\s+){{0,4}}?{PEOPLE}\b[^;]{{0,90}}?"
        r"\b(?:underwent|took part|participated|received either|rotated through|crossed over"
        r"|took\s(?=[^.;]{1,80}\bor\b))", re.I)),
    ("enrollment.participants", 1, lazy_compile(
        r"\s+(?:participants|patients)\s+(?:had an? (?:mean|median|average) age|were aged)\b", re.I)),
)  # fmt: skip
_BEFORE: tuple[tuple[str, int, re.Pattern[str]], ...] = (
    ("enrollment.randomised", 5, lazy_compile(
        r"\b(?:randomi[sz]ed|randomi[sz]ing|randomly (?:assigned|allocated)|we assigned|allocated)\s*\Z", re.I)),
    ("enrollment.enrolled", 3, lazy_compile(
        r"\b(?:enrolled|recruited|included|enrolling|studied|took in|covers|covered|examined|investigated|followed"
        r"|evaluated|analy[sz]ed)\s+(?:a total of\s+)?\Z", re.I)),
    ("enrollment.in_trial", 2, lazy_compile(
        r"\b(?:trial|study|performed|conducted|undertaken|involving|comprising|comprised)\s+(?:\w+\s+)?(?:(?:in"
        r"|with|of|on|among)\s*)?\Z", re.I)),
    ("enrollment.in_trial", 2, lazy_compile(
        r"\b(?:trial|study)\b[^.;:]{0,80}?(?:,|\b[a-z]+ by (?:[\w'’-]+ ){1,6})\s*"
        r"(?:with|of|in|involving|including)\s+\Z",
        re.I)),
    ("enrollment.in_trial", 1, lazy_compile(
        r"\A\W*(?:[A-Z]\w+:?\s)?In (?:a|an|this|our)\s[^.;:]{0,120}?\b(?:trial|study),\s+\Z", re.I)),
    ("enrollment.among", 2, lazy_compile(r"(?:\A|[.:;]\s*)\s*(?:Among|In)\s+(?:the\s+)?\Z")),
    ("enrollment.participants", 2, lazy_compile(r"(?:\A|\b(?:METHODS|PARTICIPANTS|PATIENTS|SUBJECTS|Participants"
        r"|Patients)\s*:"
        r"|\b(?:[Pp]atients|[Ss]ubjects|[Pp]articipants|[Mm]aterials?) and [Mm]ethods\s*:"
        r"|\A(?:Participants|Patients|Subjects)\s)\s*\Z")),
    ("enrollment.participants", 1, lazy_compile(
        r"\b(?:[Ff]or|[Oo]f|[Ii]n|on) all(?: of the| the)?\s+\Z|\b(?:[Aa] total of|[Ii]n total,|[Ii]n all,)\s+\Z")),
)  # fmt: skip
_LISTED = Cued(
    "enrol|random|participants",
    r"(?:\A|\n)\W*(?:actual |total )?(?:enrol+ed|enrol+ment|randomi[sz]ed|number of participants)\s*:\s*"
    r"(?:[nN]\s*=\s*)?\Z",
    re.I,
)
"""The name of the fact at the start of a line: "Enrolled: 264"."""
_OF_ARMS = lazy_compile(
    rf"\s+(?:{PEOPLE}\s+)?(?:each\b|(?:were|was)\s+(?:\w+\s+)?(?:allocated|assigned|randomi[sz]ed)\s+to\s+"
    rf"(?!one of|two|three|four|either|receive either)(?:[^.;]|\.\d){{1,120}}?\band\s+{people.HEAD_COUNT}\s+"
    rf"(?:{PEOPLE}\s+)?(?:were\s+\w+\s+)?(?:to|with)\b)"
    rf"|\s+(?:{PEOPLE}\s+)?to\s+(?!one of|two|three|four|either|receive either)(?:[^.;]|\.\d){{1,120}}?\band\s+"
    rf"{people.HEAD_COUNT}\s+(?:{PEOPLE}\s+)?to\s"
    rf"|\s+{PEOPLE}\)\s+(?:were|was)\b"
    rf"|\s+{PEOPLE}\s+(?:who\s+)?(?:had been |were )?(?:received|given|treated with)\s(?:[^.;]|\.\d){{1,80}}?"
    rf"\band\s+{people.HEAD_COUNT}\s+(?!weeks|years|months|days)"
    rf"|\s+{PEOPLE}\s(?:[^.;]|\.\d){{1,100}}?\band\s+the\s+(?:other|remaining)\s+{people.HEAD_COUNT}\b"
    rf"|\s+(?:[\w-]+\s+){{0,4}}?{PEOPLE}\s+(?:[^\W\d][\w-]*\s+){{0,4}}?and\s+{people.HEAD_COUNT}\s+"
    rf"(?:(?:[\w-]+\s+){{0,4}}?{PEOPLE}\b|(?:on|in|with|given|taking|receiving)\s)",
    re.I,
)
"""What follows the number of one arm: "66 patients each to X", "112 were allocated to X and 230 to Y".

Sizes of two groups side by side ("17 treated patients and 23 controls patients") are no number of all either.
"""
_OF_GROUP = lazy_compile(
    rf"\s+{PEOPLE}\s*[\[(](?:the )?(?:[\w/-]+ )?(?:groups?|arm)\b|\s+eyes?\s+(?:of|in|from)\s+{people.HEAD_COUNT}\b"
    rf"|\s+(?:[a-z-]+\s+){{0,2}}?(?!{people.PEOPLE}\b)[a-z]+\s+(?:were\s+[a-z]+\s+)?(?:of|in|from)\s+{people.HEAD_COUNT}\s+"
    rf"(?:[a-z-]+\s+){{0,2}}?{people.PEOPLE}\b"
    rf"|\s+(?:[\w-]+\s+)?{PEOPLE}\s*[\[(]\s*\d+(?:[.·]\d+)?\s*%|[-‐‑](?!{people.PERSONS}\b)[A-Za-z]",
    re.I,
)
"""What follows the number of a group, of eyes, of a share of the participants, and what is counted in another thing."""
_TO_ONE_ARM = lazy_compile(
    rf"\s+(?:{PEOPLE}\s+)?(?:were|was)\s+(?:\w+ly\s+)?(?:allocated|assigned|randomi[sz]ed)\s+to\s+"
    r"(?:(?!\b(?:or|and|versus|vs|either|between|one|two|three|four|five|six|groups|arms|treatments?|sequences?|orders?"
    r"|conditions)\b|[=/])(?:[^.;:]|\.\d))+(?:[.;]|\Z)",
    re.I,
)
"""What follows the number of one arm whose sentence lists no other: "309 were assigned to dapagliflozin."."""
_OF_ALL = lazy_compile(r"\b(?:total of|in all,?|in total,?|all|the)\s+\Z", re.I)
_WHAT_BECAME = lazy_compile(
    rf"\s+(?:[\w-]+\s+)?{PEOPLE}\s+(?:achieved|responded|died|relapsed|developed|experienced|withdrew|discontinued"
    r"|dropped out|failed|progressed|reported|showed|were lost|did not)\b",
    re.I,
)
"""What follows the number of those to whom something happened: "Five patients achieved a partial response"."""
_EYES_TOO = lazy_compile(r"\s+eyes\s*[\])]")
_NUMBERED = lazy_compile(
    rf"(?:\d|{people.HEAD_COUNT})\s+(?:[\w-]+\s+){{0,3}}?(?i:{PEOPLE})\s*[\[(]\s*[nN]\s*=\s*\Z", re.I
)
"""The number behind "306 patients (n =" is one of a part of them."""
_ASIDE = lazy_compile(r"[\[(][^\[\]()]{0,160}[\])]")
_OF_SCREENED = lazy_compile(
    rf"[\s\S]*\b(?:screened|eligibility|assessed)\b[^.;\n]{{0,40}}\band \n\s+(?:{PEOPLE}\s+)?(?:were enrolled"
    r"|were included|underwent randomi|were (?:then |finally )?random)[\s\S]*"
    rf"|[\s\S]*\bof (?:these|whom|which),?\s*\n\s*(?:{PEOPLE}\s+)?(?:underwent randomi[sz]ation|were randomi[sz]ed)\b"
    r"(?! to\b)[\s\S]*", re.I
)  # fmt: skip
"""Of those screened a number goes on: "730 were screened and 397 were enrolled", "of these, 523 were randomised"."""
_THERE = lazy_compile(r"There,|That (?:earlier |first )?(?:trial|study)\b")
_NOT_OURS = ("power_calculation", "previous_study", "preclinical", "hypothesis")
DEEPEST = 2
"""Brackets in brackets are taken out so often."""
MUCH_LARGER = 1.5
"""One of two numbers is that of all, and not of the next arm, where it is so many times the other."""
FEWEST = 5
"""No trial is read to have fewer participants than this."""
_TOTAL_N = lazy_compile(rf"(?:(?P<people>(?i:{PEOPLE}))\s*[\[(]\s*[nN]\s*=|\bN\s*=)\s*\Z")
_TRIAL = lazy_compile(r"\brandomi[sz]ed\b|\bdouble-blind|\bcontrolled\b", re.I)
_NOT_BEFORE = lazy_compile(
    r"(?:weeks?|days?|months?|years?|phase|age[ds]?|type|than|least|≥|>|<|≤|\d:|(?<!20\d)(?<!19\d)\d[,.]?|and|versus|vs\.?|(?:the|an)\s?(?:other|remaining))\s*\Z"
    r"|\b(?:of whom|of which|of these|respectively)\W*\Z", re.I
)  # fmt: skip
EARLIEST, LATEST = 1900, 2100
"""Years that texts name."""
_COUNTS = lazy_compile(
    r"(?:\A\W*|[.:;]\s+|\b(?:total of|all|enrolled|recruited|included|randomi[sz]ed|assigned|of|the)\s+)\Z", re.I
)
_COUNTED = lazy_compile(rf"\s+(?:(?!and\b|to\b|in\b)[a-z-]+\s+){{0,2}}?{PEOPLE}\b", re.I)
"""Around a number that looks like a year and counts people: "A total of 2012 patients"."""
_YEAR_BEHIND = lazy_compile(r",?\s+(?:19|20)\d\d\b")
_NOT_BEFORE_ENDS = tuple(
    "week weeks day days month months year years phase age aged ages type than least and versus vs vs. other remaining"
    " ≥ > < ≤ : , . 0 1 2 3 4 5 6 7 8 9".split()
)
_OF_THEM = ("of whom", "of which", "of these", "respectively")
"""What the words before such a number end in but for white space, or hold: most do not, and this is found at once."""
_PERSON = lazy_compile(rf"[\s,]*{_GAP}{PEOPLE}\b", re.I)
_OF_PLACES = (
    rf"(?:(?!(?:{PEOPLE}|and|at|for|from|in|into|of|on|or|to|were|who|with)\b)[^\s,;:.()]+\s+){{0,3}}?{people.PLACES}\b"
)
"""What follows on a number of places: "14 Spanish hospitals, patients …"."""
_PART = lazy_compile(
    rf"\A\s*(?:\(\s*\d|%|per cent|percent|\[\s*\d|of\s+(?:the\s+)?\d|to\s+\S+|{_OF_PLACES}|years|weeks"
    r"|days|months|[-–]\s*\d|mg|vs|versus)",
    re.I,
)
_PARTS = lazy_compile(r"[,;]|\band\b")
_FOLLOWS = lazy_compile(rf"(?:(?=[^()]{{0,60}}?{_RANDOMISED}\b)[^()]{{0,60}}(?=\()|[\s\S]{{0,60}})", re.I)
"""What follows a number and says whether it was planned; not what is said of the first arm in brackets."""
_OF_PLAN = lazy_compile(
    r"\A\s+of (?:an?|the) (?:planned|targeted?|intended|projected)\s+(?:sample (?:size )?of\s+)?\d[\d,]*", re.I
)
"""What stands between the number reached and its people: "564 of a planned 750 infants enrolled"."""
_ALL_ASSIGNED = lazy_compile(
    rf"\s*(?:[;,][^()\[\]=]{{0,40}})?[)\]]\s+(?:were|was|underwent)\s+(?:then\s+)?(?:{_RANDOMISED}|randomi[sz]ation)",
    re.I,
)
"""What follows a number of all, which a bracket gives: "(n = 224; 61 centres) were randomised"."""
_SHARED = lazy_compile(r"\d\s*%\s+of\s+(?:all\s+|the\s+)*\Z")
_OF_SOME = lazy_compile(rf"\s+{PEOPLE}\s+(?:who|in|on|with|given|assigned|treated|receiving|taking)\b", re.I)
"""Around the number of those a share is of, when they are some of all: "in 15% of the 103 patients who received X"."""
_OF = lazy_compile(r"(?:\A|[.:;]\s*)\s*Of(?: the| all)?\s+\Z")
_RANDOMISED_ONES = lazy_compile(
    rf"\s+randomi[sz]ed\s+{PEOPLE}\b(?!\s+(?:to|in|on|with|who|assigned|allocated|receiving|given|treated|from)\b)",
    re.I,
)
"""Around the number of all whom a sentence begins with: "Of 510 randomized participants (median age 44), 463 …"."""
_ASSIGNS = lazy_compile(r"\b(?:random\w+|assigned|allocated)\s*\Z", re.I)
_TO_ARMS = lazy_compile(rf"(\s+(?:[\w-]+\s+){{0,2}}?{PEOPLE}\s+to)\s[\s\S]*", re.I)
"""What people are assigned to says nothing of a plan: "we randomly allocated 1,012 adults to a target of 90%"."""
_CLAUSE_ENDS = lazy_compile(r";| and \d| to (?:receive|a |the )")
_NEXT_NUMBER = lazy_compile(r"\(|,\s*(?=\d)")
_WE_STUDIED = lazy_compile(
    r"\b(?:we|study|trial|investigators)\s+(?:\w+\s+)?(?:studied|examined|investigated|assessed|evaluated|compared|tested)\b"
    r"[^;:]{0,200}\bin\s*\Z",
    re.I,
)
"""What leads to the participants of a plain account: "We studied the effect of X on Y in 48 patients"."""
_IN_PLACES = lazy_compile(rf"\b{people.HEAD_COUNT}\s+(?:[a-z-]+\s+){{0,2}}{people.PLACES}\s*[\[(]\s*\Z", re.I)
_ALL_IN_PLACES = lazy_compile(
    rf"\s+{PEOPLE}\s*[)\]]\s+(?:were|was)\s+(?:\w+ly\s+)?(?:{_RANDOMISED})\b(?!(?:[^.;]|\.\d){{1,120}}?\band\s+\d)",
    re.I,
)
"""The people of all places that were assigned: "84 schools (8376 pupils) were randomised to X or Y"."""
_N_IS = lazy_compile(r"\b[nN]\s*=")
_SIZES = lazy_compile(r"\b[nN]\s*=\s*(?P<size>\d+(?:,\d{3})*)")
_NEXT_ARM = lazy_compile(r"[)\]],?\s+(?P<glue>or|and|versus|vs\.?)\s")
_DOSED = lazy_compile(r"\d\s?(?:mg(?:/kg)?|mcg|[µμ]g|ug|g|IU|U|%)(?:\s+[a-z]+){0,3}\s*[(\[]\s*[nN]\s*=\s*\Z")
"""The size of an arm behind its dose, which is no number of all: "orfatinib 10 mg (N = 183)"."""
_ENROLS = r"(?:enrol+ed|recruited|included|randomi[sz]ed|involved)"
_OF_SEVERAL = (
    Cued("together", rf"\btogether,?\s+(?:had\s+)?{_ENROLS}\s+\d", re.I),
    Cued(
        "enrol|recruited|included|random|involved",
        rf"(?-i:[A-Z](?<=\b.)[A-Z\d])[\w+-]*\s+{_ENROLS}\s+\d(?:[^.;]|\.\d){{1,120}}?\b(?:and|while|whereas)\s+"
        rf"(?-i:[A-Z][A-Z\d][\w+-]*)\s+(?:{_ENROLS}\s+)?\d",
        re.I,
    ),
    Cued(
        "trials|studies",
        r"\b(?:across|in|of|from)\s+(?:the\s+|these\s+)?(?:two|three|four|five|six|both|[2-9]|\d\d)\s+"
        r"(?:(?:randomi[sz]ed|controlled|identical|phase|[23]|III?|clinical|pooled|separate|eligible)\s+){0,4}"
        r"(?:trials|studies)\b",
        re.I,
    ),
)
"""Numbers of several trials: "A and B, which together included 3,808", "A enrolled 1,520 and B enrolled 984"."""
_IN_EACH = Cued("in each|to each", r"\bto each\b|\bin each\b")


def read_enrollment(reading: Reading, facts: Facts) -> None:
    """Fill enrollment from the best sentence: randomised before enrolled before "a study in N patients"."""
    best: tuple[int, int, Number, str] | None = None
    for sentence in reading.sentences:
        words = sentence.words
        if "=" not in words and reason_to_refuse(words) in _NOT_OURS:
            continue
        if any(pattern.search_words(words) for pattern in _OF_SEVERAL):
            continue
        lower = words.lower()
        tells = any(cue in lower for cue in _RANDOMISES)
        for number in find_numbers(reading.text, sentence.start, sentence.end):
            # Most numbers are results behind the methods: what cannot outdo the number already read is not looked at.
            if reading.is_registration(number.start):
                continue
            needed = best[0] + (number.value <= best[2].value) if best else 0
            if needed > HIGHEST or (needed >= RANDOMISED and not tells):
                continue
            rule = _rule(reading, sentence, number)
            if rule and (best is None or (rule[1], number.value) > (best[0], best[2].value)):
                best = (rule[1], sentence.index, number, rule[0])
    if best:
        number = best[2]
        facts.put(
            "enrollment", int(number.value), number.start, number.end, rule=best[3], confidence=0.7 + best[0] / 20
        )
        facts.put(
            "enrollment_type",
            EnrollmentType.ACTUAL,
            number.start,
            number.end,
            rule=best[3],
            confidence=0.7 + best[0] / 20,
        )


def _rule(reading: Reading, sentence: Sentence, number: Number) -> tuple[str, int] | None:
    """The rule and rank by which a number is an enrollment, or None."""
    if number.value != int(number.value) or number.value < FEWEST or _THERE.match(reading.text, sentence.start):
        return None
    if _LISTED.search(reading.text[sentence.start : number.start]):
        return "enrollment.enrolled", 4
    after = reading.text[number.end : min(sentence.end, number.end + 200)]
    before = reading.text[max(sentence.start, number.start - 60) : number.start]
    is_year = _is_year(reading.text, number, before, after)
    after = _OF_PLAN.sub("", after, count=1)
    if _opens(before) and _IN_PLACES.search(before) and _ALL_IN_PLACES.match(after):
        return "enrollment.randomised", RANDOMISED
    if _refused(before, after) or is_year:
        return None
    if _OF.search(before) and _RANDOMISED_ONES.match(after):
        return "enrollment.randomised", RANDOMISED
    if before.rstrip().endswith("="):
        total = None if "group" in before[-30:] or _NUMBERED.search(before) else _TOTAL_N.search(before)
        if _DOSED.search(before) and len(_N_IS.findall(sentence.words)) > 1:
            total = None
        if total and not total["people"] and _is_one_of_sizes(sentence.words, number):
            total = None
        told = re.search(r"random|assign|enrol|\bN\b", sentence.words)
        if not total and _ALL_ASSIGNED.match(after):
            return "enrollment.randomised", HIGHEST
        return ("enrollment.total_n", 4) if total and told else None
    after = _OF_PLAN.sub("", _plain(reading.text, number.end, sentence.end), count=1)
    clause = _CLAUSE_ENDS.split(after, maxsplit=1)[0]
    person = bool(_PERSON.match(after))
    found = [(rank, name) for name, rank, pattern in _BEFORE if person and pattern.search(before)]
    found += [(rank, name) for name, rank, pattern in _AFTER if pattern.match(clause)]
    if found:
        rank, name = max(found)
        return name, rank
    told = re.search(r"\bin\s*\Z", before) and _PERSON.match(after)
    studied = told and _WE_STUDIED.search(reading.text, sentence.start, number.start)
    if studied or (told and _TRIAL.search(sentence.words)):
        return "enrollment.in_trial", 2
    return None


def _is_year(text: str, number: Number, before: str, after: str) -> bool:
    """Whether a number is written as years are, and no word says that it counts the people behind it."""
    if number.word or not EARLIEST <= number.value <= LATEST or "," in text[number.start : number.end]:
        return False
    return not (_COUNTS.search(before) and _COUNTED.match(after))


def _is_one_of_sizes(words: str, number: Number) -> bool:
    """Whether a number is the size of an arm beside others: "to X (N=200) or placebo (N=203)".

    The number of all is at least what the groups add up to; one of two in a row is much larger than the other.
    """
    places = list(_SIZES.finditer(words))
    others = sum(int(place["size"].replace(",", "")) for place in places) - number.value
    if len(places) == 2:
        between = words[places[0].end() : places[1].start()]
        listed = _NEXT_ARM.match(between)
        return listed is not None and (listed["glue"].lower() == "or" or number.value < MUCH_LARGER * others)
    return number.value < others


def _plain(text: str, start: int, end: int) -> str:
    """The words behind a number without what brackets say: "28 obese (mean index 40) adolescents were randomised"."""
    words = text[start : min(end, start + 400)]
    for _ in range(DEEPEST):
        words = _ASIDE.sub("", words)
    return words[:200]


def _followed(after: str) -> str:
    """The words behind a number that say whether it was planned, without what a bracket says of the first arm."""
    match = _FOLLOWS.match(after)
    return match.group() if match else ""


def _opens(before: str) -> bool:
    """Whether the words before a number end in the bracket that it stands first in."""
    return before.rstrip().endswith(("(", "["))


def _refused(before: str, after: str) -> bool:
    """Whether the neighbours say that a number is planned, a part, a time, a date or one arm's."""
    if (
        _PART.match(after)
        or is_planned(_PARTS.split(before[-50:])[-1])
        or is_planned(_followed(_TO_ARMS.sub(r"\1", after) if _ASSIGNS.search(before) else after))
        or (_SHARED.search(before) and _OF_SOME.match(after))
        or before.endswith(("±", "-"))
        or _OF_ARMS.match(after)
        or _OF_GROUP.match(after)
        or _WHAT_BECAME.match(after)
        or (_TO_ONE_ARM.match(after) and not _OF_ALL.search(before))
        or (_opens(before) and _EYES_TOO.match(after))
    ):
        return True
    lowered = before.lower()
    may_be = lowered.rstrip().endswith(_NOT_BEFORE_ENDS) or holds(lowered, _OF_THEM)
    if may_be and _NOT_BEFORE.search(before) and not _OF_SCREENED.fullmatch(before + "\n" + after[:60]):
        return True
    if _YEAR_BEHIND.match(after):
        return True
    return bool(_IN_EACH.search(_NEXT_NUMBER.split(after[:60], maxsplit=1)[0]))
