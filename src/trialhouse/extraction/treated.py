"""The treated and the untreated group of an observational study.

"65 received D and 40 did not", "treated and untreated patients", "D than no D treatment". The agents that the treated
were given are the interventions of their arm; the numbers are sizes of the groups and no enrollment.
"""

import re

from trialhouse.extraction.arm_list import Draft, Part
from trialhouse.extraction.arm_table import ArmTable, is_own
from trialhouse.extraction.elements import Matter, Said
from trialhouse.extraction.lexer import Typed
from trialhouse.extraction.people import HEAD_COUNT, PEOPLE
from trialhouse.extraction.terms import Mention
from trialhouse.text.cues import Cued
from trialhouse.text.lazy_patterns import lazy_compile

_RANDOMISED = lazy_compile(r"\brandomi[sz]|\brandomly\b", re.I)
_OBSERVED = Cued(
    "case-control|cohort|observational|registry|retrospective",
    r"\bobservational\b|\bcohort\b|\bretrospective|\bregistry\b|\bcase-control\b",
    re.I,
)
_NOT = lazy_compile(
    rf"\buntreated\b|\bnon-?treated\b|(?:(?P<n>{HEAD_COUNT})\s+)?(?:\b(?:of the )?(?:similar )?{PEOPLE}\s+"
    r"|\bthose\s+|\b(?:and|or)\s+)?(?:\bwho\s+|\bthat\s+)?\b(?:did|were|was|had) not\b"
    r"(?=\s*[.,;:)]|\s*\Z|\s+(?:receive|treated|given|have|get|be)\b)",
    re.I,
)
_GIVEN = lazy_compile(
    rf"(?:\b(?P<n>{HEAD_COUNT})\s+(?:\([^()]*\)\s*)?(?:of (?:the |them )?)?(?:{PEOPLE}\s+)?)?"
    r"(?:\b(?:who|that)\s+)?(?:\b(?:were|was|had been)\s+)?"
    r"\b(?:treated with|received|receiving|given|exposed to)\s+(?P<what>[^.;:]{2,90}?)"
    r"(?=\s+(?:and|while|whereas|but|were|was|had|with|compared|on a|outside|than|in|for)\b|[.;:(),]|\s*\Z)",
    re.I,
)
_COMPARED = Cued("compared",
    r"\b(?:treated with|received|receiving|given)\s+(?P<what>[^.;]{2,80}?)\s+(?:were|was)\s+compared\s+(?:to|with)\s+"
    r"(?P<other>those (?:who|that) (?:were|did|had) not|untreated (?:patients|controls)|patients (?:who"
    r"|that) (?:were|did) not)", re.I
)  # fmt: skip
_AGENT = lazy_compile(
    r"\b(?:antibod|inhibitor|block|antagonist|agonist|therapy|drug|agent|steroid|vaccin|statin)", re.I
)
_COUNTED = lazy_compile(r"\s*(?:\w+\s+){0,3}?(?:in|to|for|with)?\s*[(\[]?\s*(?:n\s*=\s*)?\d")
_COUNT_BEFORE = lazy_compile(r"\d\s*(?:[(\[][^()\[\]]*[)\]]\s*)?(?:\w+\s+){0,2}?(?:with|received|by|on|given|of)?\s*\Z")


def from_treated(matter: Matter) -> ArmTable | None:
    """The treated and the untreated group; None where the text does not set them against each other."""
    compared = _compared(matter)
    if compared:
        return compared
    own = [s for s in matter.said if is_own(matter, s)]
    words = [s.sentence.words for s in own]
    first = next((w for w in words if _OBSERVED.search(w) or _RANDOMISED.search(w)), "")
    if not _OBSERVED.search(first) or _RANDOMISED.search(first):
        return None
    untreated = _untreated(matter, own)
    treated = _treated(matter, own)
    if untreated is None or treated is None:
        return None
    said, draft = treated
    no = untreated[0]
    other = Draft([Part(no)], untreated[1], no.start, no.end, label=no)
    return ArmTable([draft, other], source=said, rule="arms.treated_untreated")


def _compared(matter: Matter) -> ArmTable | None:
    """ "Patients treated with D were compared with those who were not"."""
    text = matter.reading.text
    for said in matter.said:
        if not _COMPARED.may_match(said.sentence.words):
            continue
        match = _COMPARED.search(text, said.sentence.start, said.sentence.end)
        if match and is_own(matter, said):
            drugs = [d for d in said.drugs if match.start("what") <= d.start and d.end <= match.end("what")]
            outside = [d for d in drugs if "(" not in text[match.start("what") : d.start]]
            if len(outside) == 1:
                one = outside[0]
                no = Mention(*match.span("other"), f"no {one.norm}")
                drafts = [Draft([Part(m)], None, m.start, m.end, label=m) for m in (one, no)]
                return ArmTable(drafts, source=said, rule="arms.treated_untreated")
    return None


def _untreated(matter: Matter, own: list[Said]) -> tuple[Mention, Typed | None] | None:
    """The place that names those without the treatment, best with their number; called "no X" where the text does."""
    found: list[tuple[bool, int, Mention, Typed | None]] = []
    for said in own:
        for match in _NOT.finditer(matter.reading.text, said.sentence.start, said.sentence.end):
            place = Mention(match.start(), match.end(), "no treatment")
            size = next((n for n in said.numbers if match["n"] and n.start == match.start("n")), None)
            found.append((size is None, match.start(), place, size))
        for drug in said.drugs:
            if drug.norm.startswith("no "):
                found.append((True, drug.start, drug, None))
    if not found:
        return None
    _, _, place, size = min(found, key=lambda one: one[:2])
    named = next((one[2].norm for one in found if one[2].norm != "no treatment"), "no treatment")
    return place._replace(norm=named), size


def _treated(matter: Matter, own: list[Said]) -> tuple[Said, Draft] | None:
    """The treated group: what they were given, how many they were, and the agents with their own numbers."""
    best: tuple[tuple[bool, bool, int], Said, Draft] | None = None
    text = matter.reading.text
    for said in own:
        for match in _GIVEN.finditer(text, said.sentence.start, said.sentence.end):
            inside = [d for d in said.drugs if match.start("what") <= d.start and d.end <= match.end("what")]
            phrase = _phrase(text, match)
            if not inside and not phrase:
                continue
            label = inside[0] if len(inside) == 1 else phrase or Mention(*match.span("what"), "treatment")
            size = next((n for n in said.numbers if match["n"] and n.start == match.start("n")), None)
            agents = _agents(matter, said, match.end("what"), {label.norm}) or inside or [label]
            parts = [Part(d, alternative=len(agents) > 1) for d in agents]
            rank = (size is None, not inside and agents == [label], match.start())
            if best is None or rank < best[0]:
                best = rank, said, Draft(parts, size, label.start, label.end, label=label)
    return (best[1], best[2]) if best else None


def _phrase(text: str, match: re.Match[str]) -> Mention | None:
    """What was given as a name of its own, where it has the words of a treatment: "an antibody against …"."""
    what = re.sub(r"\A(?:an?|the)\s+", "", match["what"].strip())
    if not _AGENT.search(what):
        return None
    start = match.end("what") - len(match["what"].lstrip()) + (len(match["what"].strip()) - len(what))
    return Mention(start, start + len(what), " ".join(what.lower().split()), is_known=False) if text[start:] else None


def _agents(matter: Matter, said: Said, after: int, label: set[str]) -> list[Mention]:
    """The agents given to so many each, in the rest of the sentence or in the next one."""
    text = matter.reading.text
    following = [s for s in matter.said[said.sentence.index + 1 : said.sentence.index + 2] if is_own(matter, s)]
    for one, start in ((said, after), *((s, s.sentence.start) for s in following)):
        counted = [
            d
            for d in one.drugs
            if d.start >= start
            and d.norm not in label
            and not d.norm.startswith("no ")
            and (
                _COUNTED.match(text, d.end, one.sentence.end)
                or _COUNT_BEFORE.search(text[max(start, d.start - 40) : d.start])
            )
        ]
        if counted:
            return counted
    return []
