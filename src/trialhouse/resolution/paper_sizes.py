"""How many participants documents count: one that counts far fewer than took part is on a part of the trial."""

from collections.abc import Iterable

from trialhouse.model.enums import DocumentKind, EnrollmentType
from trialhouse.resolution.in_brief import participants_in_arms
from trialhouse.resolution.reading import Mention

SMALLEST = 30
"""Participants of a trial whose size tells anything: so many have twenty."""

_PART = 2
"""A report on less than one in so many participants is on a part of them: nobody loses half of a trial on the way."""
_ABOUT = 0.25
"""By so much of it a paper's number of participants may differ from the registry's: who was treated, or analysed."""


def counted(mention: Mention) -> int | None:
    """The participants that a document counts, all together or arm by arm; None where it does not, or plans them."""
    trial = mention.claims.trial
    if trial.enrollment_type is EnrollmentType.ESTIMATED:
        return None
    return trial.enrollment or participants_in_arms(mention.claims)


def registered_size(mentions: Iterable[Mention]) -> int | None:
    """The actual enrollment by the registry records among a trial's documents; None where they say no one number."""
    sizes = {
        mention.claims.trial.enrollment
        for mention in mentions
        if mention.document.kind is DocumentKind.REGISTRY
        and mention.claims.trial.enrollment_type is EnrollmentType.ACTUAL
    }
    return sizes.pop() if len(sizes) == 1 else None


def is_of_a_part(size: int | None, of: int | None) -> bool:
    """Whether so many participants are far fewer than others, as far as both are said."""
    return bool(size and of) and (size or 0) * _PART < (of or 0)


def is_about(size: int | None, of: int) -> bool:
    """Whether so many participants may be all those that a registry counts."""
    return size is not None and abs(size - of) <= _ABOUT * of
