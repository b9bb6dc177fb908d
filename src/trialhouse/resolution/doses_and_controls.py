"""What tells trials of one drug apart: its doses and what it is compared with, where both differ."""

from collections.abc import Sequence

from trialhouse.resolution.profiles import CONTROLS
from trialhouse.resolution.reading import Mention


def other_regimens(one: Sequence[Mention], other: Sequence[Mention]) -> str | None:
    """What says that two groups give their drugs in other doses against other controls; None where one may be so.

    A dose alone says little: a report may be of one of three. What is not said differs from nothing.
    """
    doses = [_doses(mentions) for mentions in (one, other)]
    controls = [_controls(mentions) for mentions in (one, other)]
    told = all(doses) and all(controls)
    if not told or doses[0] & doses[1] or controls[0] & controls[1]:
        return None
    left, right = (
        f"{', '.join(sorted(d))} against {', '.join(sorted(c))}" for d, c in zip(doses, controls, strict=True)
    )
    return f"different doses and controls ({left}; {right})"


def _doses(mentions: Sequence[Mention]) -> frozenset[str]:
    """The doses of all arms, each in words."""
    given = (one for mention in mentions for arm in mention.claims.arms for one in arm.interventions)
    return frozenset(f"{one.dose_value:g} {one.dose_unit or ''}".strip() for one in given if one.dose_value is not None)


def _controls(mentions: Sequence[Mention]) -> frozenset[str]:
    """What the arms without a drug are given."""
    given = (one for mention in mentions for arm in mention.claims.arms for one in arm.interventions)
    return frozenset(one.name for one in given) & CONTROLS
