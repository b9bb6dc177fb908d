"""What a trial is called and where it was done: acronym, registry ids, sites, countries, sponsor, dates, conditions."""

import re

from trialhouse.extraction.dates import find_periods
from trialhouse.extraction.design import Facts
from trialhouse.extraction.places import find_countries
from trialhouse.extraction.reading import Reading
from trialhouse.extraction.refusals import is_elsewhere
from trialhouse.model.document import Document
from trialhouse.model.enums import DocumentKind
from trialhouse.text.numbers import find_numbers

_NAME = r"(?P<name>(?=[A-Za-z0-9-]*[A-Z][A-Za-z0-9-]*[A-Z])[A-Z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*(?:\s[1-9]\d?(?=\W))?)"
_DESIGN = (
    r"(?:randomi[sz]ed|double|open|phase|factorial|multicent|placebo|prospective|pragmatic|single|parallel|controlled)"
)
_ACRONYM = (
    re.compile(rf"\({_NAME}\)\s*:\s*(?:results (?:of|from) )?(?:an?\s+)?[^.]{{0,60}}?\b{_DESIGN}", re.I | re.S),
    re.compile(
        rf":\s*[Tt]he\s+(?:[Pp]hase\s+\w+\s+)?{_NAME}\s+(?:Randomi[sz]ed|randomi[sz]ed|Clinical|clinical|[Tt]rial|[Ss]tudy)"
    ),
    re.compile(rf"(?:\A|(?<=[.:;]\s)|(?<=\n)){_NAME}\s+(?:is|was)\s+an?\s+[^.]{{0,40}}?\b{_DESIGN}"),
    re.compile(rf"\b(?:trial|study)\s+\({_NAME}\)"),
    re.compile(rf"\b{_NAME}\s+ClinicalTrials\.gov"),
    re.compile(rf"\b(?:the|The|this)\s+{_NAME}\s+(?:trial|study)\b(?!\s+(?:group|popul))"),
)
_NOT_ACRONYM = re.compile(
    r"(?:COVID|SARS|NCT|ISRCTN|RCT|HIV|RA|SLE|COPD|T2DM|DM2|USA|UK|CRP|IL|HbA1c|ARDS|AD|UC|NPH|IOP|OAG)(?:[-\d]|\Z)",
    re.I,
)
_SITES = re.compile(
    r"[\s-]+(?:\w+[\s-]+){0,3}?(?:sites|cent(?:er|re)s|hospitals|clinics|institutions|practices)\b", re.I
)
_SINGLE = re.compile(
    r"\bsingle[\s-](?:cent(?:er|re)|site|institution)\b|\bat (?:one|a single) (?:cent(?:er|re)|site|hospital)\b", re.I
)
_WHERE = re.compile(
    r"\b(?:done|conducted|performed|carried out|sites?|cent(?:er|re)s?|hospitals?|clinics|recruited|enrolled"
    r"|undertaken|across|patients)\b",
    re.I,
)
_FUNDING = re.compile(
    r"(?:\bFunding\b\s*[:.]?\s*|\b[Ff]unded by\s+|\b[Ss]ponsored by\s+"
    r"|\bSponsor\s*:\s*)(?:the\s+)?(?P<name>[A-Z][^.;\n()]{1,120}?)(?=\s*(?:[.;\n()]|\Z))"
)
_PERIOD = re.compile(
    r"\b(?:enrol|recruit|random|perform|conduct|done|includ|admit|screen|assign|undertaken|study|trial"
    r"|took place|underwent)",
    re.I,
)
_PEOPLE_WITH = re.compile(
    r"\b(?:patients|adults|subjects|participants|individuals|people|women|men|children|adolescents|volunteers)\s+"
    r"(?:hospitali[sz]ed\s+)?(?:with|suffering from|affected by|exhibiting|at)\s+"
    r"(?P<name>[^.;:,()\n]{3,80}?)(?=\s+(?:who|were|was|and (?:elevated|who|established)|in (?:a|this|the)|to "
    r"|at |despite|taking|receiving|on |or who|treated|due|not|is|are|inadequately|undergoing|from|by)\b"
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
                if sentence and is_elsewhere(reading.words(sentence)):
                    continue
                name = match["name"]
                if not _NOT_ACRONYM.match(name) and len(name) >= 3 and sum(c.isupper() for c in name) >= 2:
                    name = name.upper() if document.kind == DocumentKind.NEWS else name
                    facts.put("acronym", name, *match.span("name"), rule="design.acronym", confidence=0.85)
                    return


def _registry_ids(document: Document, reading: Reading, facts: Facts) -> None:
    """The trial's own registry ids: those in title or body, less those of sentences about other trials."""
    own = []
    for one in document.registry_ids:
        sentence = reading.sentence_at(one.start)
        inside = any(start <= one.start < end for start, end in reading.named)
        if inside and not (sentence and is_elsewhere(reading.words(sentence))):
            own.append(one)
    registries = {one.registry or one.scheme for one in own}
    for registry in registries:
        if len({one.value for one in own if (one.registry or one.scheme) == registry}) > 1:
            return
    if own:
        values = tuple(dict.fromkeys(one.value for one in own))
        facts.put("registry_ids", values, own[0].start, own[0].end, rule="design.registry_ids", confidence=0.98)


def _sites(reading: Reading, facts: Facts) -> None:
    """The number of sites, and 1 for a single-centre study."""
    for sentence in reading.sentences:
        if is_elsewhere(reading.words(sentence)):
            continue
        single = _SINGLE.search(reading.text, sentence.start, sentence.end)
        if single:
            facts.put("site_count", 1, *single.span(), rule="design.site_count")
        for number in find_numbers(reading.text, sentence.start, sentence.end):
            match = _SITES.match(reading.text, number.end, sentence.end)
            if match and number.value == int(number.value) and number.value > 0:
                facts.put("site_count", int(number.value), number.start, match.end(), rule="design.site_count")


def _countries(reading: Reading, facts: Facts) -> None:
    """The countries of the first sentence that says where the trial was done."""
    for sentence in reading.sentences:
        words = reading.words(sentence)
        if is_elsewhere(words) or not _WHERE.search(words):
            continue
        found = find_countries(reading.text, sentence.start, sentence.end)
        if found:
            names = tuple(sorted({name for name, _, _ in found}))
            facts.put("countries", names, found[0][1], found[-1][2], rule="design.countries", confidence=0.85)
            return


def _period(reading: Reading, facts: Facts) -> None:
    """Start and end of enrollment from a stated period."""
    for sentence in reading.sentences:
        words = reading.words(sentence)
        if is_elsewhere(words) or not _PERIOD.search(words):
            continue
        for first, last in find_periods(reading.text, sentence.start, sentence.end):
            facts.put("start_date", first.iso, first.start, last.end, rule="design.period", confidence=0.9)
            facts.put("enrollment_end_date", last.iso, first.start, last.end, rule="design.period", confidence=0.9)
            return


def _conditions(reading: Reading, facts: Facts) -> None:
    """What the participants have, from the first sentence that says it ("patients with …")."""
    for sentence in reading.sentences:
        match = _PEOPLE_WITH.search(reading.text, sentence.start, sentence.end)
        if match and not is_elsewhere(reading.words(sentence)):
            facts.put(
                "conditions", (match["name"].strip(),), *match.span("name"), rule="design.conditions", confidence=0.7
            )
            return
