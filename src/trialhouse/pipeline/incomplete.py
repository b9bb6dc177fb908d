"""What sources did not give: which they are, what people are told of it, and when a first release would be empty."""

from collections.abc import Collection, Iterable, Mapping

from trialhouse.model.tables import AccountingCauseRow

LIST = "list"
"""The stage at which a source says what there is; where that fails, no slice is opened."""

ASKING = (LIST, "fetch")
"""The stages at which a source did not give what was asked for; the later ones are mended by reading anew."""

NO_FIRST_RELEASE = (
    "Nothing was published: no record came whole, and a first release would be empty. The next refresh asks again."
)


def lacking(causes: Iterable[AccountingCauseRow]) -> set[str]:
    """The sources that did not give all that was asked for, without saying why it is not there."""
    return {one.source for one in causes if not one.is_explained and one.stage in ASKING}


def unlisted(causes: Iterable[AccountingCauseRow]) -> dict[tuple[str, str], str]:
    """The sources and topics of which no list could be had, sorted, each with the first cause."""
    found: dict[tuple[str, str], str] = {}
    for one in causes:
        if one.stage == LIST and not one.is_explained:
            # Such a cause is of a slice, whose label begins with its topic: a name without spaces.
            found.setdefault((one.source, one.record_id.partition(" ")[0]), one.cause)
    return dict(sorted(found.items()))


def told_incomplete(held: Collection[str], causes: Iterable[AccountingCauseRow]) -> list[str]:
    """A sentence for each source whose rows stay as they were, and for each list that could not be had of another."""
    return [
        f"{source} is incomplete: what it gave is kept, its rows stay as in the release before, and the next refresh "
        "asks for the rest."
        for source in sorted(held)
    ] + [
        f"{source} gave no list for {topic} ({cause.partition(':')[0]}): nothing new of it was taken, and the next "
        "refresh asks again."
        for (source, topic), cause in unlisted(causes).items()
        if source not in held
    ]


def is_first_and_empty(
    *, has_release: bool, documents: int, held: Mapping[str, int], causes: Iterable[AccountingCauseRow]
) -> bool:
    """Whether a release would be the first, without a single record, and only because something did not come."""
    return not has_release and documents == 0 and (bool(held) or any(not one.is_explained for one in causes))
