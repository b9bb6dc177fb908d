"""Arms of one drug and dose that differ by a loading dose alone: "320 mg or 320 mg with a 640 mg loading dose"."""

from trialhouse.extraction.arm_list import Draft, loading_of

_TOLD = ("with loading", "without loading")


def by_loading(text: str, end: int, drafts: list[Draft], fitting: list[int]) -> tuple[list[int], int]:
    """Of arms that a loading dose tells apart those that the words behind a dose mean, and where those words end.

    A dose without a word on loading is the arm that has none.
    """
    if len(fitting) < 2 or not any(drafts[i].name in _TOLD for i in fitting):
        return fitting, end
    told, behind = loading_of(text, end)
    meant = [i for i in fitting if (drafts[i].name == _TOLD[0]) == (told == _TOLD[0])]
    return (meant, behind) if meant else (fitting, end)
