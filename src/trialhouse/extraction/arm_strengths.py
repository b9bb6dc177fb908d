"""The dose of each drug of a fixed combination: "A 1%/B 0.2%", "0.005% A and 0.5% B", "B 0.5% with A"."""

from trialhouse.extraction.arm_list import Part
from trialhouse.extraction.arm_table import ArmTable, is_own
from trialhouse.extraction.elements import Matter, Said
from trialhouse.extraction.lexer import Typed
from trialhouse.extraction.terms import Mention

FARTHEST = 3
"""Characters between a drug of a combination and its dose."""


def fill_strengths(matter: Matter, table: ArmTable) -> None:
    """Give the drugs of each fixed combination their doses, where a place that names it gives one for each."""
    for draft in table.drafts:
        for part in draft.parts:
            if (not part.mention.of and "/" not in part.mention.norm) or part.background or part.mention.is_denied:
                continue
            places = ((s, d) for s in matter.said if is_own(matter, s) for d in s.drugs if d.norm == part.mention.norm)
            found = (_components(matter.reading.text, said, drug) for said, drug in places)
            part.components = next((one for one in found if one), ())
            if part.components:
                part.dose = None


def _components(text: str, said: Said, drug: Mention) -> tuple[Part, ...]:
    """The drugs of a combination with their doses at one place that names them all; () where one has none."""
    drugs = [one for one in drug.of if drug.start <= one.start and one.end <= drug.end]
    doses = [n for n in (*said.inner, *said.doses) if drug.start - 24 < n.start < drug.end + 24]
    for beside in (_behind, _before):
        found = [next((n for n in doses if beside(text, one, n)), None) for one in drugs]
        if found and all(found) and len({n.start for n in found if n}) == len(found):
            return tuple(Part(one, dose) for one, dose in zip(drugs, found, strict=True))
    return ()


def _behind(text: str, drug: Mention, dose: Typed) -> bool:
    """Whether a dose stands right behind a drug's name."""
    return 0 < dose.start - drug.end <= FARTHEST and not text[drug.end : dose.start].strip(" (,")


def _before(text: str, drug: Mention, dose: Typed) -> bool:
    """Whether a dose stands right before a drug's name."""
    return 0 < drug.start - dose.end <= FARTHEST + 2 and text[dose.end : drug.start].strip() in ("", "of", "-")
