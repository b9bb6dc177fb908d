"""The time frames of a registry: one stated time in weeks."""

import re

from trialhouse.extraction.registry_study import Place
from trialhouse.model.evidence import Evidence
from trialhouse.text.lazy_patterns import lazy_compile

_WEEKS = {"day": 1 / 7, "week": 1.0, "month": 30.4375 / 7, "year": 365.25 / 7}
_TIME = lazy_compile(
    r"\b(?:(?P<unit>day|week|month|year)s?\s+(?P<n>\d+(?:\.\d+)?)|(?P<m>\d+(?:\.\d+)?)[\s-]+(?P<unit2>day|week|month|year)s?)\b",
    re.I,
)
_VAGUE = lazy_compile(r"average|approximately|about|estimated|at least|or until|anticipated|±|\+/-", re.I)


def time_frame_weeks(frame: str | None) -> float | None:
    """Weeks of a time frame that states one time ("12 weeks", "Week 24", "Baseline to 24 months"), else None.

    Every number of it must belong to that time: "Weeks 4 and 12" and "an average of 1 year" give None.
    """
    if not frame or _VAGUE.search(frame):
        return None
    times = list(_TIME.finditer(frame))
    rest = _TIME.sub(" ", frame)
    if len(times) != 1 or re.search(r"\d", rest):
        return None
    found = times[0]
    count = float(found["n"] or found["m"])
    return round(count * _WEEKS[(found["unit"] or found["unit2"]).lower()], 4)


def frame_proofs(place: Place, name: str) -> dict[str, Evidence]:
    """What proves the time frame in the field `name`, and its weeks where it states one time."""
    proofs = place.proofs(time_frame=name, time_frame_weeks=name)
    if time_frame_weeks(place.words(name)) is None:
        proofs.pop("time_frame_weeks", None)
    return proofs
