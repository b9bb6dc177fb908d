"""The same intervention of an arm in several documents: by the drug, whatever form and unit its dose is written in."""

from collections import Counter
from collections.abc import Sequence

from trialhouse.model.extraction import ArmClaim, InterventionClaim
from trialhouse.model.vocabulary import Vocabulary
from trialhouse.resolution.arm_likeness import drug_names
from trialhouse.resolution.doses import Doses
from trialhouse.resolution.reading import Mention

Claims = list[tuple[Mention, InterventionClaim]]

_DOSES = Doses(Vocabulary())
"""Units of doses are read as UCUM; others are compared as they are written."""


def interventions_of(claims: Sequence[tuple[Mention, ArmClaim]]) -> dict[str, Claims]:
    """The interventions of an arm, each under the key that its row is named by, with the claims of all documents.

    One that is given in two doses is two. "A + B" says nothing where A and B each stand for themselves.
    """
    alone = {names for _, arm in claims for one in arm.interventions if len(names := drug_names(one)) == 1}
    keys: dict[tuple[tuple[str, ...], int], str] = {}
    found: dict[str, Claims] = {}
    for mention, arm in claims:
        written: Counter[str] = Counter()
        given: Counter[tuple[str, ...]] = Counter()
        for one in arm.interventions:
            names, words = drug_names(one), (one.norm or one.name).casefold()
            if len(names) > 1 and all((name,) in alone for name in names):
                continue
            written[words] += 1
            given[names] += 1
            key = keys.setdefault((names, given[names]), f"{words} {written[words]}")
            group = found.setdefault(key, [])
            group.append((mention, _in_one_unit(one, group)))
    return found


def _in_one_unit(one: InterventionClaim, others: Claims) -> InterventionClaim:
    """The claim, without its dose where that is one of the others in another unit."""
    dose = _DOSES.read(one.dose_value, one.dose_unit)
    for _, other in others:
        is_same = dose is not None and dose == _DOSES.read(other.dose_value, other.dose_unit)
        if is_same and one.dose_unit != other.dose_unit:
            return one.model_copy(update={"dose_value": None, "dose_unit": None, "dose_raw": None})
    return one
