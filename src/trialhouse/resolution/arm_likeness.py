"""Whether two descriptions of an arm are of the same one, another one, or whether nobody can tell from them.

Arms are known by what they get, at which dose, and in which role. How many they are supports a match between arms that
get the same, and never makes one: two groups of equal size are two groups.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, IntEnum

from trialhouse.model.enums import ArmType
from trialhouse.model.extraction import ArmClaim, InterventionClaim
from trialhouse.resolution.doses import Dose, Doses
from trialhouse.resolution.regimens import INTERVAL, LEVEL, ROUTE, Regimen, contradict, regimen_of, without_level
from trialhouse.resolution.treatment_words import are_in_like_words
from trialhouse.text.lazy_patterns import lazy_compile

PLACEBO, USUAL_CARE = "placebo", "usual care"

SIZE_TOLERANCE = 0.1
"""Numbers of one arm that differ by more than this share of the larger: those treated, those analysed and those
randomized are within it; doses taken together are not."""


class Fit(IntEnum):
    """What can be said of two arms, from another one to the same one."""

    DIFFERENT = 0
    UNSURE = 1
    FITS = 2
    SAME = 3


class Role(Enum):
    """The role of an arm as far as documents agree on it: experimental and active comparator are a matter of view."""

    TREATED = "treated"
    PLACEBO = "placebo"
    SHAM = "sham"
    NONE = "none"


_ROLES = {
    ArmType.PLACEBO_COMPARATOR: Role.PLACEBO,
    ArmType.SHAM_COMPARATOR: Role.SHAM,
    ArmType.NO_INTERVENTION: Role.NONE,
}

_PLACEBO = lazy_compile(r"\bplacebos?\b|\bdummy\b", re.I)
_USUAL = lazy_compile(
    r"(?:(?:local|current|institutional) )?(?:standard|usual|routine|conventional|best)(?: of| supportive| available)? "
    r"?(?:care|therapy|treatment|management|practice)(?: alone| only)?|soc|tau|treatment as usual"
    r"|no (?:treatment|intervention)",
    re.I,
)
_AMOUNT = (
    r"\b\d+(?:[.,]\d+)? ?(?:mg|mcg|µg|μg|ug|g|ng|ml|l|iu|units?|%)(?:/(?:kg|m2|m²|day|ml|dose))?(?=\W|$)"
    r"(?:\W{1,3}(?:once|twice|three times)? ?(?:daily|weekly|a day|per day)\b)?"
)
_DOSE = lazy_compile(_AMOUNT, re.I)
_FORM = lazy_compile(
    r"^(?:drug|biological|device|procedure|other|behavioral|dietary supplement): |\([^)]*\)"
    rf"|{_AMOUNT}|\b(?:tablets?|capsules?|pills?|injections?|infusions?|solution|suspension|powder|oral|intravenous"
    r"|subcutaneous|film-coated|once daily|twice daily|daily|weekly)\b",
    re.I,
)
_GROUP = lazy_compile(r"\s+(?:treatment |study )?(?:groups?|arms?)$", re.I)
_JOINED = lazy_compile(r"\s*(?:\+|\bplus\b|\bin combination with\b|\bcombined with\b)\s*", re.I)


def drug_names(intervention: InterventionClaim) -> tuple[str, ...]:
    """What an intervention is compared by: the name of the vocabulary, else its words without dose and form.

    Several that stand in one name ("A + B") are told apart. "High dose" is no part of a name.
    """
    if intervention.norm:
        norm = intervention.norm.casefold()
        return (without_level(_DOSE.sub(" ", norm)).strip(" ,;:-") or norm,)
    return _written_names(intervention)


def _written_names(intervention: InterventionClaim) -> tuple[str, ...]:
    """The words of an intervention without dose and form."""
    names = []
    for part in _JOINED.split(intervention.name):
        plain = _bare(part) or " ".join(part.casefold().split())
        usual = _USUAL.fullmatch(plain)
        names.append(USUAL_CARE if usual else PLACEBO if _PLACEBO.search(plain) else plain)
    return tuple(names)


def _bare(name: str) -> str:
    """A name in lower case without dose, form, level and what calls it a group."""
    plain = " ".join(without_level(_FORM.sub(" ", name)).casefold().strip(" ,;:-").split())
    return _GROUP.sub("", plain)


@dataclass(frozen=True)
class ArmFacts:
    """What an arm is known by in one document. `own` is what only some arms get, `all_given` also what all get.

    `given_as` is what is said of how the drugs are given, `regimen` the same as it is written.
    The sizes are those that stand in the document: how many were randomized and how many analysed. `beside` is what
    its treated arms get, for an arm that is none of them. `written` is what only some arms get in the words of the
    document, and `is_only_treated` says that all its other arms are controls.
    """

    title: str
    is_result_group: bool
    factor: int | None
    role: Role | None
    own: frozenset[str]
    all_given: frozenset[str]
    doses: frozenset[tuple[str, Dose]]
    regimen: frozenset[str]
    given_as: Regimen
    randomized: int | None
    analyzed: int | None
    beside: frozenset[str] = frozenset()
    written: frozenset[str] = frozenset()
    is_only_treated: bool = False

    @property
    def sizes(self) -> frozenset[int]:
        """Every number of participants that is stated of it."""
        return frozenset(n for n in (self.randomized, self.analyzed) if n is not None)


def facts_of(arms: Sequence[ArmClaim], doses: Doses) -> dict[str, ArmFacts]:
    """The facts of a document's arms by their keys; what each of them gets at one dose is background of all."""
    given = {arm.key: _given(arm, doses) for arm in arms}
    design = [given[arm.key] for arm in arms if not arm.is_result_group]
    shared = frozenset.intersection(*design) if len(design) > 1 else frozenset()
    if all(one == shared for one in design):
        shared = frozenset()  # the arms differ in something else than drugs and doses
    facts = {arm.key: _facts(arm, given[arm.key], shared) for arm in arms}
    treated = frozenset(name for one in facts.values() if one.role is Role.TREATED for name in one.own)
    roles = [one.role for one in facts.values() if not one.is_result_group]
    is_only = len(roles) > 1 and None not in roles and roles.count(Role.TREATED) == 1
    return {
        key: replace(one, is_only_treated=is_only) if one.role is Role.TREATED else replace(one, beside=treated)
        for key, one in facts.items()
    }


def _given(arm: ArmClaim, doses: Doses) -> frozenset[tuple[str, Dose | None]]:
    found = set()
    for one in arm.interventions:
        names = drug_names(one)
        dose = doses.read(one.dose_value, one.dose_unit) if len(names) == 1 else None
        found |= {(name, dose) for name in names}
    return frozenset(found)


def _facts(
    arm: ArmClaim, given: frozenset[tuple[str, Dose | None]], shared: frozenset[tuple[str, Dose | None]]
) -> ArmFacts:
    said = {name for one in arm.interventions if one.background for name in drug_names(one)}
    own = {(name, dose) for name, dose in given - shared if name not in said}
    names = {name for name, _ in own}
    active = names - {PLACEBO, USUAL_CARE}
    if active:  # the dummy of a double dummy, and the care that goes on beside a drug
        own = {(name, dose) for name, dose in own if name in active}
    return ArmFacts(
        title=" ".join(arm.label.casefold().split()),
        is_result_group=arm.is_result_group,
        factor=arm.factor,
        role=_role(arm, names, active, has_others=bool(given)),
        own=frozenset(name for name, _ in own),
        all_given=frozenset(name for name, _ in given) - ({PLACEBO, USUAL_CARE} if active else set()),
        doses=frozenset((name, dose) for name, dose in own if dose is not None),
        regimen=frozenset(
            str(said)
            for one in arm.interventions
            if not one.background
            for said in (one.frequency, one.route, one.duration_weeks)
            if said is not None
        ),
        given_as=regimen_of(
            arm.label,
            [(drug_names(one), one) for one in arm.interventions if set(drug_names(one)) <= {n for n, _ in own}],
        ),
        written=frozenset(
            name
            for one in arm.interventions
            if not one.background and set(drug_names(one)) <= {n for n, _ in own}
            for name in _written_names(one)
        ),
        randomized=None if arm.n_is_derived else arm.n_randomized,
        analyzed=arm.n_analyzed,
    )


def _role(arm: ArmClaim, own: Iterable[str], active: Iterable[str], *, has_others: bool) -> Role | None:
    """The stated role of a control; else what the drugs say; None where nothing does."""
    if arm.arm_type in _ROLES:
        return _ROLES[arm.arm_type]
    if active:
        return Role.TREATED
    if PLACEBO in own:
        return Role.PLACEBO
    if USUAL_CARE in own or has_others:
        return Role.NONE
    return None if arm.arm_type in (None, ArmType.OTHER) else Role.TREATED


def compare(one: ArmFacts, other: ArmFacts) -> Fit:
    """What can be said of two arms of different documents of a trial."""
    if one.is_result_group or other.is_result_group:
        same = one.is_result_group == other.is_result_group and one.title == other.title
        return Fit.SAME if same else Fit.DIFFERENT
    if None not in (one.factor, other.factor) and one.factor != other.factor:
        return Fit.DIFFERENT
    if one.role is None or other.role is None:
        return Fit.DIFFERENT
    if one.role is not other.role:
        return Fit.FITS if _is_background_alone(one, other) or _is_background_alone(other, one) else Fit.DIFFERENT
    if one.role is not Role.TREATED:
        if _are_of_two_comparisons(one, other):
            return Fit.DIFFERENT
        return Fit.SAME if one.own == other.own and one.factor == other.factor else Fit.FITS
    return _compare_treated(one, other)


def _is_background_alone(one: ArmFacts, other: ArmFacts) -> bool:
    """Whether an arm that gets only what all get is the other one, whose document names that as its treatment."""
    alone = one.role is Role.NONE and not one.own and bool(one.all_given)
    return alone and other.role is Role.TREATED and one.all_given == other.own


def _are_of_two_comparisons(one: ArmFacts, other: ArmFacts) -> bool:
    """Whether two controls stand beside other drugs and count other participants.

    A platform trial compares each drug with those who were randomized to the control in the same months.
    """
    return bool(one.beside and other.beside) and not one.beside & other.beside and sizes_exclude(one, other)


def _compare_treated(one: ArmFacts, other: ArmFacts) -> Fit:
    if not one.own or not other.own:
        return Fit.DIFFERENT
    if not {one.own, one.all_given} & {other.own, other.all_given}:
        return _compare_by_words(one, other)
    if contradict(one.given_as, other.given_as, LEVEL):
        # One dose may be the low one of a document and the high one of another: a person sees which.
        return Fit.UNSURE if one.doses and one.doses == other.doses else Fit.DIFFERENT
    fit = _fit_of_doses(one, other)
    is_other = any(contradict(one.given_as, other.given_as, what) for what in (INTERVAL, ROUTE))
    return min(fit, Fit.UNSURE) if is_other else fit


def _compare_by_words(one: ArmFacts, other: ArmFacts) -> Fit:
    """What can be said of two arms whose names the vocabulary does not bring together.

    One document may explain a name ("a meningococcal vaccine (MenQuadra)"), another may not. What has no fixed name is
    called in other words each time: where it is the only treatment beside controls in both, the same words do but for
    those that any treatment has ("text message group", "text message program"), as do two that the other has as well.
    """
    doses = [{dose for _, dose in side.doses} for side in (one, other)]
    if doses[0] and doses[1] and doses[0] != doses[1]:
        return Fit.DIFFERENT
    alike = are_in_like_words(one.written, other.written)
    is_only = one.is_only_treated and other.is_only_treated
    if not one.written or not (one.written == other.written or (is_only and alike)):
        return Fit.DIFFERENT
    return Fit.UNSURE if sizes_exclude(one, other) else Fit.FITS


def _fit_of_doses(one: ArmFacts, other: ArmFacts) -> Fit:
    """What can be said of two arms that get the same drugs."""
    if one.doses == other.doses and one.factor == other.factor:
        return Fit.SAME if one.own == other.own else Fit.FITS
    if one.doses and other.doses:
        return _compare_doses(one.doses, other.doses)
    return Fit.UNSURE if sizes_exclude(one, other) else Fit.FITS


def _compare_doses(one: frozenset[tuple[str, Dose]], other: frozenset[tuple[str, Dose]]) -> Fit:
    """Doses that differ are two arms; those in units that cannot be converted may be the same."""
    both = {name for name, _ in one} & {name for name, _ in other}
    mine, theirs = ({said for said in doses if said[0] in both} for doses in (one, other))
    if mine == theirs and mine:
        return Fit.FITS
    units = [{(name, unit) for name, (_, unit) in doses} for doses in (mine, theirs)]
    return Fit.DIFFERENT if units[0] & units[1] else Fit.UNSURE


def sizes_exclude(one: ArmFacts, other: ArmFacts) -> bool:
    """Whether the numbers of participants are those of two groups, such as a dose and all doses taken together."""
    pairs = [(one.randomized, other.randomized), (one.analyzed, other.analyzed)]
    return any(a is not None and b is not None and abs(a - b) > SIZE_TOLERANCE * max(a, b) for a, b in pairs)
