"""Names that a text itself gives its treatments: new drugs, fixed combinations, and abbreviations.

A drug that no vocabulary knows and whose name has no known stem is still a drug where the sentence that assigns
participants gives it with a dose or sets it against placebo. Each name is looked for once; each place is a mention.
"""

import itertools
import re
from functools import lru_cache

from trialhouse.extraction.own_combinations import only_fixed, with_backbones, with_unfixed
from trialhouse.extraction.people import PERSONS, PLURAL
from trialhouse.extraction.reading import Reading, Sentence
from trialhouse.extraction.refusals import is_elsewhere
from trialhouse.extraction.short_names import shortened, without_other_meanings
from trialhouse.extraction.terms import CONTROLS, TOGETHER, Lexicon, Mention, find, is_free
from trialhouse.text.cues import Cued, lower_text
from trialhouse.text.lazy_patterns import lazy_compile
from trialhouse.text.word_starts import at_word
from trialhouse.text.words import word_places

_GIVES = Cued(
    "random|assign|allocat|receiv|given|inject|infus|treated with|compar",
    at_word("random", "assign", "allocat", "receiv", r"given\b", "inject", "infus", r"treated with\b", "compar"),
    re.I,
)
_ROUTE = r"(?:(?:oral|subcutaneous|intravenous|intramuscular|topical|inhaled|once-daily|either|active)\s+)?"
_BEFORE_DOSE = lazy_compile(
    r"(?P<name>[A-Za-z](?<![\w-].)[a-z]{4,}(?:-[a-z]+)?)(?:\s*\([A-Z][A-Za-z0-9-]{1,9}\))?,?\s+"
    r"(?:at (?:a |the )?(?:daily )?doses? of |at |(?:once|twice) daily )?"
    r"\d[\d,]*(?:[.·]\d+)?(?:(?:,|,?\s(?:or|and)\s|,\s)\s?\d[\d,]*(?:[.·]\d+)?){0,4}"
    r"(?:\s?(?:mg|mcg|[µμ]g|ug|g|IU|U)(?:/(?:kg|day|d))?(?![A-Za-z/])"
    r"|%\s+(?:once|twice|daily|cream|gel|ointment|foam|lotion|solution|drops|eye drops|or vehicle)\b)"
)
_BEFORE_PLACEBO = Cued(
    "placebo|PBO",
    at_word(*"receive received to either with of comparing".split())
    + rf"\s+{_ROUTE}(?P<name>[A-Za-z][a-z]{{5,}}(?:-[a-z]+)?)"
    r"(?:\s*\([^()]{1,40}\))?\s+(?:or|versus|vs\.?|and|compared with|with)\s+"
    r"(?:an?\s+)?(?:(?:matching |matched )?placebo|PBO\b)",
)
_LEAD = r"\b(?:with|for|on|given|taking|receiving|received|in the|of the|to the)\s+"
_NAME = r"(?P<name>[A-Za-z][a-z]{5,}(?:-[a-z]+)?)(?:\s+(?:groups?|arm|recipients|treatment))?"
_AND = r"(?:,?\s+(?:and|or|versus|vs\.?|(?:as )?compared (?:with|to)|than|against)|,|;)\s+(?:by\s+|in\s+)?"
_VALUE = r"[-−–]?\d[^.;A-Za-z]{0,20}(?:[^.;\d]|\.\d){0,40}?"
_BESIDE_PLACEBO = Cued(
    "placebo",
    rf"{_LEAD}{_NAME}(?:\s*\([^()]{{1,60}}\))?{_AND}{_VALUE}{_LEAD}(?:matching\s+)?placebo\b"
    rf"|{_LEAD}(?:matching\s+)?placebo(?:\s+(?:group|arm|recipients))?(?:\s*\([^()]{{1,60}}\))?{_AND}{_VALUE}"
    rf"{_LEAD}{_NAME.replace('name', 'last')}(?=\s*[,.;()])",
)
"""Values with a name and with placebo: "7.5 with X versus 4.9 with placebo"."""
_OF_PEOPLE = lazy_compile(rf"\b{PERSONS}\s+(?:who (?:had|have)\s+)?\Z", re.I)
"""Before "with" where a disease stands behind it and no treatment: "in patients with migraine versus placebo"."""
_COMMON = frozenset(
    """
    about above additional administered after approximately assigned baseline below between capsule capsules control
    combination daily dosage dosages doses either enrolled every exactly existing first fixed given glucose group groups
    higher increased individual infusion infusions initial initially injected injection injections insulin least
    maintenance maximum median minimum monthly nightly nothing orally other patients period placebo preceding protein
    random reaching receive received receiving reduced regimen second single sodium starting subcutaneous
    subcutaneously tablet tablets target third three titrated total treatment twice under until usual weekly weeks
    which while with within active therapy control intravenous intravenously
    """.split()
)
"""Words that stand before a dose or a placebo and are no drug."""
_DOSE = lazy_compile(r"\d\s?(?:mg|mcg|[µμ]g|ug|g|IU|U|%\s)")
"""What stands in every place where a name stands before its dose."""
MOST_TRIED = 60
"""So many names of a kind are looked for in the whole text; a text with more is no report of one trial."""
_ENDING = lazy_compile(r"(?:ly|ing|ed|tion|ment|ness|ity|ous|ical)\Z")
_SIMILAR = lazy_compile(r"[\s-]*(?:therapy|treatment|monotherapy)\b", re.I)
_STRENGTH = r"\d+(?:\.\d+)?\s*(?:%|mg/m[lL]|[µμ]g/m[lL]|mcg|mg|[µμ]g|units?|IU|U)"
_FIXED_BEFORE = lazy_compile(
    rf"\b(?<!un)(?:fixed(?:[- ]dose)?[- ]combinations? (?:of )?(?:\w+ )?|FC of )(?:{_STRENGTH}\s*)?\Z", re.I
)
_FIXED_AFTER = lazy_compile(
    r"\s*(?:\d[\d.%]*\s*)?(?:ophthalmic )?(?:\([^()]{1,12}\)\s*)?(?:fixed(?:[- ]dose)?[- ]combinations?\b|FC\b)", re.I
)
_FC_BRACKET = lazy_compile(r"\s*(?:\d[\d.%]*\s*)?\([A-Z]{1,4}FC[A-Z]?\)")
_BETWEEN = lazy_compile(
    rf"(?:\s+(?:maleate|hydrochloride|tartrate|HCl))?(?:\s*{_STRENGTH})?"
    rf"(?:\s+(?:maleate|hydrochloride|tartrate))?\s*(?P<glue>/|-|–|\+|and|plus|with)\s*(?:{_STRENGTH}\s*)?"
)
_ABBREVIATION = lazy_compile(
    r"\s*(?:(?:ophthalmic (?:solution|suspension)|therapy|monotherapy|hydrochloride|maleate|protamine(?: suspension)?"
    r"|injections?|tablets?|alone|\d+(?:\.\d+)?\s*%)\s*){0,2}"
    r"[(\[](?P<aside>[^()\[\];,]{1,40}[;,]\s*)?"
    r"(?P<short>(?=[^\s();,]*[A-Z])[A-Za-z0-9][A-Za-z0-9+/-]{1,9})\s*(?P<close>[)\];,])"
)
_OWN_WORD = lazy_compile(r"\s*[(\[](?P<word>[a-z]{6,})[)\]]")
"""The word of its own name that a drug goes by from there on: "insulin efsitora alfa (efsitora)"."""
_BRAND = lazy_compile(r"[A-Z][\w-]*\s?[®™]?[^\w]*[;,]\s*\Z")
_REGIMEN = lazy_compile(
    r"[^().;\[\]]{0,50}(?:\([^()]{1,60}\)\s*)?"
    r"\(\s*(?P<short>[A-Z][A-Za-z0-9]{0,9}(?:\s?[+/]\s?[A-Z][A-Za-z0-9/]{0,9}){0,3})\s*\)"
)
"""The name that a bracket gives to drugs given together: "X 1 mg plus Y (500 mg twice daily) (X + Y)"."""
_GIVEN_TOGETHER = lazy_compile(
    r"(?![^.;]*\b(?:or|versus|vs|compared|than)\b)[^.;()]{0,40}(?:\([^()]{0,80}\)[^.;()]{0,30})?(?:\bplus|\band|\+|/|\bwith|,)\s*"
    r"(?:[\w-]+\s+){0,3}"
)
MANY = 3
"""Of so many drugs the letters of a regimen's name may be of brands: "(CHOP)"."""
LONGEST_REGIMEN = 4
"""So many drugs are given together under one name at most."""
_PAIR = lazy_compile(r"\s*(?:\d+(?:\.\d+)?\s*%\s*)?\(\s*(?P<one>[A-Z]{2,6})\s?[+/]\s?(?P<two>[A-Z]{2,6})\s*\)")
_GOES_ON = lazy_compile(r"-(?!treated|based|group|arm|recipients)|\(")
_ASSIGNS = Cued("random|assign|allocat", r"\brandom|\bassign|\ballocat", re.I)
_SHORT = lazy_compile(r"(?=[A-Za-z0-9/+-]*[A-Z][A-Za-z0-9/+-]*[A-Z0-9])[A-Za-z][A-Za-z0-9/+-]{1,9}")
_ONE = r"[A-Za-z][A-Za-z0-9/+-]{1,11}"
_EITHER = lazy_compile(
    r"\b(?:to|received?|either|with|between|of)\s+(?:the\s+)?"
    r"(?:(?:open-label|(?:once|twice)-daily|weekly|oral|subcutaneous),?\s+){0,3}"
    rf"(?P<one>{_ONE})(?:\s*\([^()]{{0,30}}\))?(?:\s+(?:group|arm|treatment|therapy))?,?\s+(?:or|and|versus|vs\.?)\s+"
    rf"(?:to\s+)?(?:the\s+)?(?P<two>{_ONE})(?![\w-])"
)
_IN_BRACKET = lazy_compile(rf"[(\[\s](?:(?<=[(\[])(?P<first>{_ONE})(?!\w)|(?<=\s)(?P<last>{_ONE})\))")
_SPOKEN = lazy_compile(rf"\b(?:to|receiv\w+|assigned|with)\s+(?:the\s+|either\s+)?(?P<name>{_ONE})(?![\w-])")
_NO_ARM = lazy_compile(
    r"(?:HbA1c|FPG|PPG|IOP|BMI|ITT|AE|SD|SE|CI|DM|HIV|OAG|POAG|OHT|OH|RR|HR|OR"
    r"|MD|ETD|ITT|FAS|IQR|SEM|LSM)\Z"
)
_BARE_CLASS = Cued("anti-", r"anti-(?<!\wanti-)(?=[A-Za-z0-9-]*[A-Z0-9])[A-Za-z0-9]+(?:-\d+[A-Za-z]?)?(?![A-Za-z0-9-])")
_TREATS = r"\b(?:treat(?:ed|ment) with|given|received?|receiving)\s+(?:an? )?"


def with_own_names(reading: Reading, words: Lexicon, found: list[Mention]) -> list[Mention]:
    """The mentions of a text with its own names added: compounds first, then new names, then abbreviations."""
    found = _compounds(reading.text, _imitations(reading.text, without_other_meanings(reading.text, found)))
    found = _more(reading.text, found, _new_drugs(reading, found))
    found = _more(reading.text, found, _bare_classes(reading.text, words))
    found = with_unfixed(reading.text, _more(reading.text, found, only_fixed(reading.text, found)))
    found = _more(reading.text, found, _regimens(reading.text, found))
    found = with_backbones(reading.text, found)
    found = _more(reading.text, found, _abbreviations(reading.text, found))
    found = _more(reading.text, found, shortened(reading, found))
    return _more(reading.text, found, _set_against(reading, found))


def _more(text: str, found: list[Mention], names: dict[str, Mention]) -> list[Mention]:
    """Add every free place of some names, which match as written but for a capital at the start of a new drug."""
    taken = sorted((one.start, one.end) for one in found)
    extra = []
    for name, meant in sorted(itertools.islice(names.items(), MOST_TRIED)):
        written = lower_text(text) if name.islower() else text
        for start, end in word_places(written, name):
            alone = written[start - 1 : start] != "-" and not _GOES_ON.match(written, end)
            if alone and is_free(taken, start, end):
                extra.append(meant._replace(start=start, end=end))
    return sorted(found + extra, key=lambda one: one.start) if extra else found


def _imitations(text: str, found: list[Mention]) -> list[Mention]:
    """The mentions, a sham or placebo and what it imitates as one: "sham acupuncture" is no acupuncture."""
    out: list[Mention] = []
    for one in found:
        last = out[-1] if out else None
        if last and last.norm in ("sham", "placebo") and one.start == last.end + 1 and text[last.end] == " ":
            if one.norm not in CONTROLS:
                out[-1] = last._replace(end=one.end)
            continue
        out.append(one)
    return out


def _compounds(text: str, found: list[Mention]) -> list[Mention]:
    """Two drugs of a fixed combination as one: "A/B", "fixed combination of A and B", "A-B fixed combination"."""
    out: list[Mention] = []
    for one in found:
        last = out[-1] if out else None
        glue = _BETWEEN.fullmatch(text, last.end, one.start) if last else None
        if last and glue and one.norm != last.norm and "/" not in last.norm and _is_drug(last) and _is_drug(one):
            close = glue["glue"] in "/-–" and (last.end == glue.start("glue") or text[last.end : one.start][0] in " /")
            fixed = _FIXED_BEFORE.search(text[max(0, last.start - 40) : last.start]) or _FIXED_AFTER.match(
                text, one.end
            )
            fixed = fixed or _FC_BRACKET.match(text, one.end)
            dosed = glue["glue"] == "/" and any(c.isdigit() for c in glue.group())
            if (close and (fixed or dosed or text[last.end : one.start] in "/-–")) or fixed:
                norm = "/".join(sorted((last.norm, one.norm)))
                end = one.end
                if after := _FIXED_AFTER.match(text, one.end):
                    end = after.end() if "(" not in after.group() else end
                known = last.is_known and one.is_known
                out[-1] = Mention(last.start, end, norm, last.kind, None, known, of=(last, one))
                continue
        out.append(one)
    return out


def _is_drug(one: Mention) -> bool:
    """Whether a mention can be half of a fixed combination: no placebo, no class, no care."""
    return (
        one.norm not in ("placebo", "sham", "vehicle", "usual care", "no treatment", "saline") and " " not in one.norm
    )


def _new_drugs(reading: Reading, found: list[Mention]) -> dict[str, Mention]:
    """Words that a sentence about treatment gives with a dose or sets against placebo, by lower-case name."""
    names: dict[str, Mention] = {}
    tried: set[str] = set()
    taken = sorted((one.start, one.end) for one in found)
    for sentence in reading.sentences:
        words = sentence.words
        told = _GIVES.search_words(words) or sentence.is_title or _BESIDE_PLACEBO.may_match(words)
        if not told or is_elsewhere(words):
            continue
        for match in _candidates(reading.text, sentence):
            place = match.span(match.lastgroup or "name")
            name = reading.text[slice(*place)].lower()
            if name in tried or not is_free(taken, *place) or len(tried) >= MOST_TRIED:
                continue
            tried.add(name)
            if _may_be_drug(reading, name):
                names[name] = Mention(*place, name, is_known=False)
    return names


def _candidates(text: str, sentence: Sentence) -> list[re.Match[str]]:
    """The places of a sentence where a drug of unknown name may stand."""
    dosed = _DOSE.search(text, sentence.start, sentence.end) is not None
    beside = [
        match
        for pattern in (_BEFORE_PLACEBO, _BESIDE_PLACEBO)
        for match in pattern.finditer(text, sentence.start, sentence.end)
        if not _OF_PEOPLE.search(text, sentence.start, match.start())
    ]
    return [*(_BEFORE_DOSE.finditer(text, sentence.start, sentence.end) if dosed else ()), *beside]


def _may_be_drug(reading: Reading, name: str) -> bool:
    """Whether a word may be a drug's name: no common word, and the title's or said again of a group or with a dose."""
    if name in _COMMON or name in PLURAL or _ENDING.search(name):
        return False
    titled = any(name in s.words.lower() for s in reading.sentences if s.is_title)
    again = re.findall(
        rf"\b{re.escape(name)}\s+(?:\d|groups?\b|arm\b|recipients|[-‐]treated|vs|versus|than|and placebo|or placebo)",
        reading.text,
        re.I,
    )
    return titled or len(again) >= 2


def _bare_classes(text: str, words: Lexicon) -> dict[str, Mention]:
    """Classes named without a noun ("treated with anti-IL-6R"), by the vocabulary's name of the therapy."""
    names: dict[str, Mention] = {}
    tried: set[str] = set()
    for match in _BARE_CLASS.finditer(text):
        name = match.group()
        if name in tried or len(tried) >= MOST_TRIED:
            continue
        tried.add(name)
        if re.search(_TREATS + re.escape(name) + r"(?![A-Za-z0-9-])", text, re.I):
            known = find(words.interventions, f"{name} therapy")
            norm, code = (known[0].norm, known[0].code) if known else (f"{name.lower()} therapy", None)
            names[name] = Mention(*match.span(), norm, code=code, is_known=bool(known))
    return names


def _set_against(reading: Reading, found: list[Mention]) -> dict[str, Mention]:
    """Abbreviations that the text defines and assigns participants to: "randomised to TXA (n = 20) or LM25"."""
    known = {reading.text[one.start : one.end] for one in found}
    defined: set[str] | None = None
    names: dict[str, Mention] = {}
    for sentence in reading.sentences:
        words = sentence.words
        if not _ASSIGNS.search_words(words) or is_elsewhere(words):
            continue
        for match in _EITHER.finditer(words):
            pair = [match["one"], match["two"]]
            defined = _defined(reading.text) if defined is None else defined
            if all(name in known or name in defined for name in pair):
                for group in ("one", "two"):
                    if match[group] not in known and not _NO_ARM.match(match[group]):
                        place = (sentence.start + match.start(group), sentence.start + match.end(group))
                        names.setdefault(match[group], Mention(*place, match[group], is_known=False))
    return names


def _defined(text: str) -> set[str]:
    """The abbreviations that brackets of a text begin or end with."""
    found = {match["first"] or match["last"] for match in _IN_BRACKET.finditer(text)}
    return {name for name in found if _SHORT.fullmatch(name)}


def _regimens(text: str, found: list[Mention]) -> dict[str, Mention]:
    """The names that brackets give to drugs given together: "A and B, not fixed (ABu)", "A plus B (A + B)"."""
    names: dict[str, Mention] = {}
    for at, last in enumerate(found):
        match = _REGIMEN.match(text, last.end) if text.find("(", last.end, last.end + 120) > 0 else None
        if match is None or match["short"] in names or _NO_ARM.match(match["short"]):
            continue
        together = [last]
        for before in reversed(found[max(0, at - LONGEST_REGIMEN) : at]):
            if before.norm in {one.norm for one in together} or "/" in before.norm:
                continue
            if not _GIVEN_TOGETHER.fullmatch(text, before.end, together[0].start):
                break
            together.insert(0, before)
        together = [one for one in together if _is_drug(one) or " " in one.norm]
        if len(together) >= 2 and _is_short_for(text, match["short"], together):
            norm = TOGETHER.join(one.norm for one in together)
            names[match["short"]] = Mention(*match.span("short"), norm, is_known=False, of=tuple(together))
    return names


def _is_short_for(text: str, short: str, together: list[Mention]) -> bool:
    """Whether a name has a part for each drug given together, in order, and is not the last one's own."""
    parts = re.split(r"\s\+\s" if " + " in short else r"\s?[+/]\s?", short)
    if len(parts) == len(together):
        return all(_begins(text, one, part) for one, part in zip(together, parts, strict=True))
    letters = [c.lower() for c in short if c.isupper()]
    own = text[together[-1].start : together[-1].end].lower()
    if len(parts) > 1 or len(letters) < len(together) or own.startswith(short[:3].lower()):
        return False
    if len(letters) == len(together) >= MANY:
        return _begins(text, together[0], letters[0])
    return all(_begins(text, one, letter) for one, letter in zip(together, letters, strict=False))


def _begins(text: str, one: Mention, part: str) -> bool:
    """Whether a word of a drug's name, or the whole of it, begins with some letters."""
    name = text[one.start : one.end].lower()
    return any(word.startswith(part.lower()) for word in (name, *re.split(r"[\s/-]", name)))


def _abbreviations(text: str, found: list[Mention]) -> dict[str, Mention]:
    """The abbreviations that the text defines behind a name: "diazoxide (DZX)", "A/B fixed combination (ABFC)"."""
    defined: dict[str, Mention] = {}
    for one, following in itertools.zip_longest(found, found[1:]):
        pair = _PAIR.match(text, following.end) if following else None
        if pair and following and re.fullmatch(r"[\s\d.%]*(?:plus|and|\+|with)\s*", text[one.end : following.start]):
            for name, meant in ((pair["one"], one), (pair["two"], following)):
                if text[meant.start : meant.end].lower().startswith(name.lower()):
                    defined.setdefault(name, meant)
        fixed = _FIXED_AFTER.match(text, one.end) if "/" in one.norm else None
        match = _ABBREVIATION.match(text, fixed.end() if fixed else one.end)
        if match and sum(c.isupper() for c in match["short"]) >= 2 and _is_own_short(text, one, match):
            defined.setdefault(match["short"], one)
        word = _OWN_WORD.match(text, one.end)
        if word and word["word"] in text[one.start : one.end].split() and _is_of_one(text, word["word"], one, found):
            defined.setdefault(word["word"], one)
    return defined


def _is_of_one(text: str, word: str, one: Mention, found: list[Mention]) -> bool:
    """Whether a word is part of no other treatment's name."""
    return all(other.norm == one.norm or word not in text[other.start : other.end].lower() for other in found)


@lru_cache(maxsize=4)
def _spoken(text: str) -> frozenset[str]:
    """The words that a text says people were assigned to or given."""
    return frozenset(match["name"] for match in _SPOKEN.finditer(text))


def _is_own_short(text: str, one: Mention, match: re.Match[str]) -> bool:
    """Whether an abbreviation behind a name is the name's: not a measure's, and not behind words of its own.

    Behind a brand's name or where people are assigned to it it is ("(premix progression, PP)" … "randomised to PP").
    """
    short = match["short"]
    if one.norm in CONTROLS and short[0].lower() != one.norm[0]:
        return False
    if not match["aside"]:
        return True
    if match["close"] not in ")]" or _NO_ARM.match(short):
        return False
    return bool(_BRAND.fullmatch(match["aside"])) or short in _spoken(text)
