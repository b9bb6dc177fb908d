"""Identifiers in a text: DOI, PMID, PMCID and the ids of trial registries, found, normalised and typed.

A registry's form is one row of a table: a literal that must be in the text before a digit (so that a long text without
it costs one search), a pattern without nested quantifiers, and how the id is written. Two forms are too plain to be
believed alone (EudraCT numbers look like telephone numbers, NL1234 like a grant): they ask their surroundings.

A registry that numbered its trials anew has several numberings: a trial may have a number of each, and no rule leads
from one to the other. The Dutch register gave NTR1234, then a number such as NL1234 beside it, then NL-OMON1234.
"""

import functools
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import unquote

from trialhouse.model.document import Identifier

_DIGIT = re.compile(r"\d")
_DOI = re.compile(r"(?<![\d.])10\.\d{4,9}[\d.]{0,20}/[^\s\"<>“”‘’，。；、（）]{1,250}")
_SICI_DOI = re.compile(r"(?<![\d.])10\.\d{4,9}/\(SICI\)[^\s\"]{1,120}", re.I)
_DOI_PREFIX = re.compile(r"\A\s*(?:doi\s*:?\s*)?(?:https?://)?(?:dx\.|www\.)?(?:doi\.org/)?(?:doi:)?\s*", re.I)
_GLUED_AFTER_DOI = re.compile(r"\.(?:Epub|Online|PMID|PMCID|eCollection|Published)\b.*\Z", re.S)
_URL_TAIL = re.compile(r"(?:/(?:full|abstract|fulltext|pdf|epdf|html|tables|meta)|\.pdf)\Z", re.I)
_CLOSERS = {")": "(", "]": "[", "}": "{", ">": "<"}

_PMID = re.compile(
    r"(?:\bPMID|\bPubMed\s?ID|\bpubmed\.ncbi\.nlm\.nih\.gov|\bncbi\.nlm\.nih\.gov/pubmed|\bmed/pubmed)[\s:#/]{0,4}(\d{1,8})(?!\d)",
    re.I,
)
_PMCID = re.compile(r"(?<![A-Za-z0-9])PMC[\s:-]?(\d{3,8})(?![0-9])")

_NTR_CONTEXT = re.compile(r"trial|regist|netherlands|dutch|nederlands|ictrp|ccmo", re.I)
_NL_CONTEXT = re.compile(
    r"regist|netherlands trial|dutch trial|nederlands trial|ictrp|ccmo|\bNTR\b|trialregister", re.I
)
_MONEY = re.compile(r"(?:grant|award|fund\w{0,3}|contract|project)\W{0,3}(?:\w{1,12}\W{1,3}){0,2}\Z", re.I)
_EU_CONTEXT = re.compile(r"eudra|\bEU\b|EUCTR|clinicaltrialsregister|regist", re.I)
_TELEPHONE = re.compile(
    r"(?:\btel\b|phone|\bfax\b|\bcall\b|mobile|hotline|\+\s?\d{1,3}[\s(./-]{1,2})[^\n]{0,15}\Z", re.I
)
_UMIN_CONTEXT = re.compile(r"UMIN", re.I)
_OF_A_TRIAL = re.compile(r"\b(?:trial|study)\b[^.;]{0,70}\(\Z", re.I)
_FUNDED = re.compile(r"grant|award|fund|support|contract|project|budget", re.I)

_REGISTRY_PREFIX = re.compile(r"\A(?:JPRN-|EUCTR|EUCT\s?|CTIS\s?)", re.I)

_SHARED = ("ctr", "rct", "nct", "nl")
"""What the literals of several registries have in common: with these 18 searches do instead of 30."""

_LOOK_BEHIND = 80
_NEXT, _BEHIND_WORDS = 8, 40
"""How far behind the literal of an id its first digit stands: next to it, or behind words for a number."""
_AROUND = 60
"""Characters around the hint of an id in which the whole of it stands; the longest id has 20."""


def _registration_number(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - _LOOK_BEHIND) : start]
    return not _TELEPHONE.search(before[-30:]) or bool(_EU_CONTEXT.search(before))


def _in_context(pattern: re.Pattern[str]) -> Callable[[str, int, int], bool]:
    def believed(text: str, start: int, end: int) -> bool:
        before = text[max(0, start - _LOOK_BEHIND) : start]
        if _MONEY.search(before):
            return False
        return bool(pattern.search(before) or pattern.search(text[end : end + 40]))

    return believed


def _dutch(text: str, start: int, end: int) -> bool:
    """NL and four digits are an id where a register is named, or alone in a bracket behind the words for a trial."""
    before = text[max(0, start - _LOOK_BEHIND) : start]
    alone = text[end : end + 1] == ")" and _OF_A_TRIAL.search(before) and not _FUNDED.search(before)
    return bool(alone) or _in_context(_NL_CONTEXT)(text, start, end)


@dataclass(frozen=True)
class RegistryForm:
    """How the ids of one registry are written.

    `literal` is in lower case and stands in every match: most texts have none of them, which a plain search tells ten
    times as fast as a pattern. `sign` is a part of the literal that other forms have too, so that one search speaks for
    all of them. `hint` is the literal with a digit at most `farthest` characters behind it
    ("only" and "control" hold literals too); `written` is the expression of `pattern`; `write` makes the normal form
    from a match; `believe` decides from the surroundings where the form alone says too little. A trial has one number
    of a `numbering`, which is the registry but where that has several. Both expressions are compiled when they are
    first asked, since a text asks few of them.
    """

    registry: str
    numbering: str
    literal: str
    sign: str
    farthest: int
    written: str
    write: Callable[[re.Match[str]], str]
    believe: Callable[[str, int, int], bool] | None = None

    @functools.cached_property
    def hint(self) -> re.Pattern[str]:
        """The literal and a digit behind it, in lower case."""
        return re.compile(rf"{re.escape(self.literal)}.{{0,{self.farthest}}}?\d", re.S)

    @functools.cached_property
    def pattern(self) -> re.Pattern[str]:
        """What every id of the form matches, in any case."""
        return re.compile(self.written, re.I)


def _form(
    registry: str,
    literal: str,
    pattern: str,
    write: Callable[[re.Match[str]], str],
    believe: Callable[[str, int, int], bool] | None = None,
    *,
    numbering: str | None = None,
) -> RegistryForm:
    farthest = _BEHIND_WORDS if _NAMED in pattern else _NEXT
    sign = next((shared for shared in _SHARED if shared in literal), literal)
    return RegistryForm(registry, numbering or registry, literal, sign, farthest, pattern, write, believe)


# A prefix may be glued to a word before it ("IdentifierNCT…" on flattened pages), but not to a digit or a hyphen of a
# longer code; a number must not go on.
_L = r"(?<![0-9])"
_R = r"(?![0-9])"
_NAMED = (
    r"[\s#:.,;(\[\-–]{0,4}(?:(?:regist(?:ry|er|ration)|trial|study|identifi(?:er|cation)|id|numbers?|no|nr|code)\b"
    r"[\s#:.,;(\[\-–]{1,4}){0,3}"
)
"""Between the name of a registry and its number: "ISRCTN 1…", "ISRCTN, number 1…", "DRKS-ID 0…", "ISRCTN (1…)"."""
_GAP = r"[\s#:(\-–]{0,4}(?:(?:ID|No)\b[\s:.]{1,2})?"
"""The same where letters of other words stand before digits so often that only what stands next is looked at."""

REGISTRY_FORMS: tuple[RegistryForm, ...] = (
    _form("ClinicalTrials.gov", "nct", rf"{_L}NCT{_GAP}(0\d{{7}}){_R}", lambda m: f"NCT{m[1]}"),
    _form("ISRCTN", "isrctn", rf"{_L}ISRCTN{_NAMED}(\d{{8}}){_R}", lambda m: f"ISRCTN{m[1]}"),
    _form(
        "EudraCT",
        "-0",
        r"(?=20)(?:(?<=EUCTR)|(?<![\w.+-]))(20\d\d-0\d{5}-\d\d)(?:-[A-Z]{2}\b)?(?![\w-])",
        lambda m: m[1],
        _registration_number,
    ),
    _form(
        "CTIS",
        "-5",
        r"(?=20)(?:(?<=EUCTR)|(?<=CTIS)|(?<=EUCT)|(?<![\w.+-]))(20[2-9]\d-5\d{5}-\d\d)(?:-\d\d)?(?![\w-])",
        lambda m: m[1],
        _registration_number,
    ),
    _form("ANZCTR", "actrn", rf"{_L}ACTRN{_NAMED}(126\d{{11}})p?{_R}", lambda m: f"ACTRN{m[1]}"),
    _form("ANZCTR", "anzctr", rf"{_L}ANZCTR{_NAMED}(126\d{{11}})p?{_R}", lambda m: f"ACTRN{m[1]}"),
    _form(
        "ChiCTR",
        "chictr",
        rf"{_L}ChiCTR[\s:]?(?:-?([A-Z]{{2,4}}))?[\s-]?(\d{{8,10}}){_R}",
        lambda m: f"ChiCTR-{m[1].upper()}-{m[2]}" if m[1] else f"ChiCTR{m[2]}",
    ),
    _form("ITMCTR", "itmctr", rf"{_L}ITMCTR[\s:]?(\d{{10}}){_R}", lambda m: f"ITMCTR{m[1]}"),
    _form("CRiS", "kct", rf"{_L}KCT[\s:-]?(\d{{7}}){_R}", lambda m: f"KCT{m[1]}"),
    _form(
        "CTRI",
        "ctri",
        rf"{_L}CTRI/?{_GAP}(20\d\d)/(\d{{2,3}})/(\d{{6}}){_R}",
        lambda m: f"CTRI/{m[1]}/{m[2]}/{m[3]}",
    ),
    _form("DRKS", "drks", rf"{_L}DRKS{_NAMED}(\d{{8}}){_R}", lambda m: f"DRKS{m[1]}"),
    _form("IRCT", "irct", rf"{_L}IRCT{_NAMED}(\d{{11,14}})N(\d{{1,3}}){_R}", lambda m: f"IRCT{m[1]}N{m[2]}"),
    _form("UMIN-CTR", "umin", rf"{_L}UMIN{_GAP}(\d{{9}}){_R}", lambda m: f"UMIN{m[1]}"),
    _form(
        "UMIN-CTR",
        "umin-ctr",
        rf"{_L}UMIN-CTR{_NAMED}(0\d{{8}}){_R}",
        lambda m: f"UMIN{m[1]}",
    ),
    _form(
        "UMIN-CTR",
        "umin clinical trials registry",
        rf"{_L}UMIN Clinical Trials Registry{_NAMED}(0\d{{8}}){_R}",
        lambda m: f"UMIN{m[1]}",
    ),
    _form(
        "UMIN-CTR",
        "c0",
        rf"(?<![A-Za-z0-9])C(0\d{{8}}){_R}",
        lambda m: f"C{m[1]}",
        _in_context(_UMIN_CONTEXT),
        numbering="UMIN-CTR C",
    ),
    _form("JapicCTI", "japic", rf"{_L}Japic[\s-]?CTI[\s:-]{{0,2}}(\d{{6}}){_R}", lambda m: f"JapicCTI-{m[1]}"),
    _form("JMACCT", "jma-iia", rf"{_L}JMA-IIA(\d{{5}}){_R}", lambda m: f"JMA-IIA{m[1]}"),
    _form("jRCT", "jrct", rf"{_L}jRCT[\s:-]?(s?)(\d{{9,10}}){_R}", lambda m: f"jRCT{m[1].lower()}{m[2]}"),
    _form("NTR", "nl-omon", rf"{_L}NL-OMON(\d{{1,7}}){_R}", lambda m: f"NL-OMON{m[1]}", numbering="NTR NL-OMON"),
    _form(
        "NTR",
        "nl",
        rf"(?<![A-Za-z0-9])NL(\d{{5}}\.\d{{3}}\.\d\d){_R}",
        lambda m: f"NL{m[1]}",
        numbering="NTR CCMO",
    ),
    _form(
        "NTR",
        "ntr",
        r"(?<![A-Za-z0-9])NTR[\s:-]?(\d{1,4})(?![\w.]\d|\w)",
        lambda m: f"NTR{m[1]}",
        _in_context(_NTR_CONTEXT),
    ),
    _form(
        "NTR",
        "nl",
        r"(?<![A-Za-z0-9])NL[\s:-]?(\d{3,4})(?![\w.]\d|\w)",
        lambda m: f"NL{m[1]}",
        _dutch,
        numbering="NTR NL",
    ),
    _form("PACTR", "pactr", rf"{_L}PACTR{_NAMED}(20\d{{13,14}}){_R}", lambda m: f"PACTR{m[1]}"),
    _form(
        "ReBec",
        "rbr-",
        r"(?<![A-Za-z0-9])RBR-(?=[a-z]{0,7}\d)([0-9a-z]{6,8})(?![0-9A-Za-z])",
        lambda m: f"RBR-{m[1].lower()}",
    ),
    _form("REPEC", "per-", rf"(?<![A-Za-z0-9])PER-(\d{{3}}-\d\d){_R}", lambda m: f"PER-{m[1]}"),
    _form("RPCEC", "rpcec", rf"{_L}RPCEC{_NAMED}(\d{{8}}){_R}", lambda m: f"RPCEC{m[1]}"),
    _form("SLCTR", "slctr", rf"{_L}SLCTR/?{_GAP}(20\d\d)/(\d{{3}}){_R}", lambda m: f"SLCTR/{m[1]}/{m[2]}"),
    _form("TCTR", "tctr", rf"{_L}TCTR{_NAMED}(20\d{{9}}){_R}", lambda m: f"TCTR{m[1]}"),
    _form("LBCTR", "lbctr", rf"{_L}LBCTR{_NAMED}(20\d{{8}}){_R}", lambda m: f"LBCTR{m[1]}"),
    _form("PHRR", "phrr", rf"{_L}PHRR(\d{{6}}-\d{{6}}){_R}", lambda m: f"PHRR{m[1]}"),
    _form("SNCTP", "snctp", rf"{_L}SNCTP(\d{{9}}){_R}", lambda m: f"SNCTP{m[1]}"),
    _form("SANCTR", "doh-27-", rf"{_L}DOH-27-(\d{{4}}-\d{{4}}){_R}", lambda m: f"DOH-27-{m[1]}"),
)

_SIGNS = tuple(dict.fromkeys(form.sign for form in REGISTRY_FORMS))


def find_identifiers(text: str) -> list[Identifier]:
    """All identifiers of a text in the order of their places; `text[start:end]` is what was matched.

    Schemes are "doi" (as written, without what follows it in the sentence; compare with `normalise_doi`), "pmid",
    "pmcid" and "registry". Takes time proportional to the text.
    """
    if not _DIGIT.search(text):
        return []  # most titles
    lowered = text.lower()
    dois = list(_find_dois(text))
    found = [*dois, *_find_pubmed(text, lowered), *_outside(dois, list(_find_registry(text, lowered)))]
    return sorted(found, key=lambda one: (one.start, one.end, one.scheme))


def find_registry_ids(text: str) -> list[Identifier]:
    """The registry ids alone that `find_identifiers` finds, in a fraction of its time where there are none."""
    found = list(_find_registry(text, text.lower()))
    return sorted(_outside(list(_find_dois(text)), found), key=lambda one: (one.start, one.end)) if found else []


def _outside(dois: Sequence[Identifier], registered: Iterable[Identifier]) -> Iterator[Identifier]:
    """The registry ids that are no part of a DOI, which may look like one inside; ISRCTN makes DOIs of its ids."""
    starts = [doi.start for doi in dois]
    for one in registered:
        before = bisect_right(starts, one.start) - 1
        inside = before >= 0 and one.start < dois[before].end
        if not inside or dois[before].value.lower().startswith("10.1186/isrctn"):
            yield one


def normalise_doi(text: str) -> str | None:
    """The DOI of a string in the form to compare by: no prefix, no address, lower case; None where there is none."""
    bare = unquote(_DOI_PREFIX.sub("", text, count=1))
    found = next(_find_dois(bare), None)
    return found.value.lower() if found else None


def normalise_registry_id(text: str) -> tuple[str, str] | None:
    """(registry, id) of a string that is a registry id and nothing else, or None.

    No surroundings are asked: who hands over "NL7839" alone says that it is an id. The prefix JPRN- falls away.
    """
    found = _form_of(text)
    return (found[0].registry, found[0].write(found[1])) if found else None


@functools.lru_cache(maxsize=2**16)
def numbering_of(registry_id: str) -> str:
    """The series of numbers that an id is of: two ids of one numbering are two trials. 'unknown' for no known form."""
    found = _form_of(registry_id)
    return found[0].numbering if found else "unknown"


def _form_of(text: str) -> tuple[RegistryForm, re.Match[str]] | None:
    """The form of a string that is a registry id and nothing else, with its match."""
    bare = _REGISTRY_PREFIX.sub("", text.strip(), count=1)
    matched = ((form, form.pattern.fullmatch(bare)) for form in REGISTRY_FORMS)
    return next(((form, found) for form, found in matched if found), None)


def _find_dois(text: str) -> Iterator[Identifier]:
    if "10." not in text:
        return
    legacy = list(_SICI_DOI.finditer(text))
    for found in legacy:
        value = _without_sentence_end(found[0])
        yield Identifier(scheme="doi", value=value, start=found.start(), end=found.start() + len(value))
    legacy_starts = {found.start() for found in legacy}
    for found in _DOI.finditer(text):
        if found.start() in legacy_starts:
            continue
        value = found[0]
        if _in_address(text, found.start()):
            value = _URL_TAIL.sub("", re.split(r"[?#&]", value, maxsplit=1)[0].rstrip(".,;:)"))
        value = _without_sentence_end(_GLUED_AFTER_DOI.sub("", value))
        if not value.endswith("/") and "/" in value:
            yield Identifier(scheme="doi", value=value, start=found.start(), end=found.start() + len(value))


def _in_address(text: str, start: int) -> bool:
    """Whether the place belongs to a web address, whose query and file ending are no part of the DOI."""
    before = text[max(0, start - 200) : start]
    words = before.split()
    return bool(words) and not before[-1].isspace() and "://" in words[-1]


def _without_sentence_end(doi: str) -> str:
    """Drop the punctuation of the sentence around a DOI, and closing brackets that it did not open."""
    while doi:
        last = doi[-1]
        closes_nothing = last in _CLOSERS and doi.count(last) > doi.count(_CLOSERS[last])
        if last not in ".,;:!?'*|·•…" and not closes_nothing:
            break
        doi = doi[:-1]
    return doi


def _find_pubmed(text: str, lowered: str) -> Iterator[Identifier]:
    for found in _PMID.finditer(text) if "pmid" in lowered or "pubmed" in lowered else ():
        yield Identifier(scheme="pmid", value=found[1].lstrip("0") or "0", start=found.start(), end=found.end())
    for found in _PMCID.finditer(text) if "PMC" in text else ():
        yield Identifier(scheme="pmcid", value=f"PMC{found[1]}", start=found.start(), end=found.end())


def _windows(hint: re.Pattern[str], lowered: str) -> list[tuple[int, int]]:
    """The stretches of a text around each hint: they hold every id whole, and none of them overlaps another."""
    windows: list[tuple[int, int]] = []
    for found in hint.finditer(lowered):
        start, end = max(0, found.start() - _AROUND), min(len(lowered), found.end() + _AROUND)
        if windows and start <= windows[-1][1]:
            start = windows.pop()[0]
        windows.append((start, end))
    return windows


def _find_registry(text: str, lowered: str) -> Iterator[Identifier]:
    signs = [sign for sign in _SIGNS if sign in lowered]
    if not signs:
        return
    for form in REGISTRY_FORMS:
        if form.sign not in signs or form.literal not in lowered:
            continue
        windows = _windows(form.hint, lowered) if len(lowered) == len(text) else [(0, len(text))]
        for found in (found for window in windows for found in form.pattern.finditer(text, *window)):
            if form.believe is None or form.believe(text, found.start(), found.end()):
                yield Identifier(
                    scheme="registry",
                    value=form.write(found),
                    registry=form.registry,
                    start=found.start(),
                    end=found.end(),
                )
