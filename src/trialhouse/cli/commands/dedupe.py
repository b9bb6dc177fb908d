"""`trialhouse dedupe`: search exports to clusters of records that are one document, without a warehouse."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from trialhouse.cli.exits import CommandError, Exit
from trialhouse.cli.options import JsonOption


def dedupe(
    files: Annotated[list[Path], Parameter(negative=())],
    /,
    *,
    out: Annotated[
        Path,
        Parameter(
            allow_leading_hyphen=True, help="Write record_id, cluster_id, reason to this csv file; - for stdout."
        ),
    ],
    doubtful: Annotated[
        Path | None,
        Parameter(allow_leading_hyphen=True, help="Write the pairs that a person should look at, as csv."),
    ] = None,
    merged: Annotated[
        Path | None,
        Parameter(
            allow_leading_hyphen=True,
            help="Write one row a cluster, each field with the record that it is from, as csv.",
        ),
    ] = None,
    json: JsonOption = False,
) -> int:
    """Find the records of search exports that are one document, each with the reason; needs no warehouse.

    A doubtful pair is listed and not merged. What could not be wholly read is told, the rest goes on, and the exit
    code is 4.

    Parameters
    ----------
    files
        csv, RIS, nbib, ciw, BibTeX or EndNote XML, told apart by what is in them.
    """
    clusters, doubts, survivors = _checked(files, out, [doubtful, merged], json=json)
    # Neither help nor a mistaken call waits for the database and the readers.
    from trialhouse.cli.deduplicating import Answers, deduplicate  # noqa: PLC0415

    wanted = Answers(clusters, doubts, survivors, with_doubtful=doubtful is not None, with_survivors=merged is not None)
    return deduplicate(files, wanted, json=json)


def _checked(files: Sequence[Path], out: Path, others: Sequence[Path | None], *, json: bool) -> list[Path | None]:
    """Where to write, None for stdout. Raises CommandError before anything is read."""
    if not files:
        raise CommandError("name the files to compare: trialhouse dedupe FILE… --out CLUSTERS.csv", Exit.WRONG_USE)
    for path in files:
        if not path.exists():
            raise CommandError(f"there is no file {path}", Exit.WRONG_USE)
    places = [None if place is None or str(place) == "-" else place for place in (out, *others)]
    asked = [place for place in (out, *others) if place is not None]
    if [str(place) for place in asked].count("-") + json > 1:
        raise CommandError("only one of the answers can go to stdout: name files for the others", Exit.WRONG_USE)
    named = [place.resolve() for place in places if place is not None]
    if len(set(named)) < len(named):
        raise CommandError("two of the answers have the same name: give each a file of its own", Exit.WRONG_USE)
    for place in named:
        if place in {path.resolve() for path in files}:
            raise CommandError(f"{place} is a file to read: write to another one", Exit.WRONG_USE)
        if place.name.startswith("-"):
            raise CommandError(f"{place.name} is no name of a file: put ./ before it if it is", Exit.WRONG_USE)
        if place.is_dir() or not place.parent.is_dir():
            raise CommandError(f"{place} cannot be written: name a file in a folder that is there", Exit.WRONG_USE)
    return places
