"""Arms of one drug and dose that differ by a loading dose alone: "320 mg or 320 mg with a 640 mg loading dose"."""

import re
from typing import TYPE_CHECKING

from trialhouse.text.lazy_patterns import lazy_compile

if TYPE_CHECKING:
    from trialhouse.extraction.arm_list import Draft

_WITH_LOADING = lazy_compile(
    r"[\s,(]*(?:(?:once|twice|every|daily|weekly|monthly|\d+|weeks?)\s+){0,4}"
    r"(?:(?P<no>without|no|with no)|with|plus)\s+"
    r"(?:an?\s+|the\s+)?(?:initial\s+)?(?:\d[\d.,]*[\s-]?[a-zµ]*g\s+)?load(?:ing)?\b(?:[ -]doses?\b)?", re.I
)  # fmt: skip
_TOLD = ("with loading", "without loading")


def loading_of(text: str, end: int) -> tuple[str | None, int]:
    """What the words behind a dose say of a loading dose, "with loading" or "without loading", and where they end."""
    match = _WITH_LOADING.match(text, end)
    if match is None:
        return None, end
    return ("without loading" if match["no"] else "with loading"), match.end()


def by_loading(text: str, end: int, drafts: "list[Draft]", fitting: list[int]) -> tuple[list[int], int]:
    """Of arms that a loading dose tells apart those that the words behind a dose mean, and where those words end.

    A dose without a word on loading is the arm that has none.
    """
    if len(fitting) < 2 or not any(drafts[i].name in _TOLD for i in fitting):
        return fitting, end
    told, behind = loading_of(text, end)
    meant = [i for i in fitting if (drafts[i].name == _TOLD[0]) == (told == _TOLD[0])]
    return (meant, behind) if meant else (fitting, end)
