"""`trialhouse releases tag`, `rollback` and `prune`: what is done about releases after they are published."""

import datetime
import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from trialhouse.cli.chosen_releases import any_release
from trialhouse.cli.exits import CommandError, Exit
from trialhouse.cli.options import WarehouseOption, warehouse_folder
from trialhouse.pipeline.lock import LockHeld, writing
from trialhouse.releases.catalog import Release
from trialhouse.releases.layout import Layout
from trialhouse.releases.prune import Pruning, plan_pruning, prune
from trialhouse.releases.publish import recover
from trialhouse.releases.register import DamagedRegister
from trialhouse.releases.rollback import roll_back
from trialhouse.releases.tags import Refused, put_words
from trialhouse.terminal import say


def tag_release(
    release: str,
    name: str,
    *,
    message: Annotated[str | None, Parameter(help="What to say of the release.")] = None,
    move: Annotated[bool, Parameter(negative=(), help="Take the tag from the release that has it.")] = False,
    warehouse: WarehouseOption = None,
) -> int:
    """Give a release a name, by which it can be asked for and is never pruned.

    Parameters
    ----------
    release
        A release: its id, tag or number, or 'current'.
    name
        The tag: letters, digits and . _ + -, beginning with a letter.
    """
    with _changing(warehouse, "releases tag") as layout:
        chosen = any_release(layout.warehouse, release)
        tagged = put_words(layout, chosen.release_id, name, message, move=move)
    say(f"Release {tagged.release_id} has the tag {tagged.tag!r}. The next release tells it in meta.releases.")
    if move:
        say("Files published until then go on telling who had it before: their macros name this release by its id.")
    return Exit.DONE


def roll_back_to(
    release: str,
    *,
    reason: Annotated[str, Parameter(help="Why the later releases are withdrawn.")],
    warehouse: WarehouseOption = None,
) -> int:
    """Make an earlier release current again and withdraw all later ones; none of them is removed.

    Parameters
    ----------
    release
        The release that shall stand: its id, tag or number.
    """
    if not reason.strip():
        raise CommandError("--reason is empty: say why the later releases are withdrawn", Exit.WRONG_USE)
    with _changing(warehouse, "releases rollback") as layout:
        chosen = any_release(layout.warehouse, release)
        later = roll_back(layout, chosen.release_id, reason.strip(), _person(), _now())
    names = [entry.release_id for entry in later]
    _tell_rollback(chosen, names)
    return Exit.DONE


def _tell_rollback(chosen: Release, withdrawn: list[str]) -> None:
    """What stands now, and what the next refresh will do."""
    if not withdrawn:
        say(f"Release {chosen.release_id} is current already: nothing was withdrawn.")
        return
    say(f"Release {chosen.release_id} is current. Withdrawn: {', '.join(withdrawn)}; their files are still there.")
    say(
        "The next refresh makes a new release from all that is landed, with its history from the ledger. Unless the "
        "cause is removed first (a source, a vocabulary, a judgement, the code), it holds the same rows again."
    )


def prune_releases(
    *,
    keep: Annotated[int, Parameter(help="How many of the newest releases that stand keep their files.")],
    dry_run: Annotated[bool, Parameter(name="--dry-run", negative=(), help="Only say what would go.")] = False,
    warehouse: WarehouseOption = None,
) -> int:
    """Remove the files of old releases; their rows stay in the ledger and in the history of later releases.

    Tagged releases, the current and the newest one always stay. Of reports of rejected builds as many stay, and the
    logs of runs since the oldest of those releases; what each run came to always stays.
    """
    if keep < 1:
        raise CommandError(f"--keep {keep}: give how many releases keep their files, 1 at least", Exit.WRONG_USE)
    if dry_run:
        pruning = _planned(Layout(warehouse_folder(warehouse)), keep)
    else:
        with _changing(warehouse, "releases prune") as layout:
            pruning = plan_pruning(layout, keep)
            prune(layout, pruning, _now())
    _tell_pruning(pruning, "Would remove" if dry_run else "Removed")
    return Exit.DONE


def _planned(layout: Layout, keep: int) -> Pruning:
    try:
        return plan_pruning(layout, keep)
    except DamagedRegister as error:
        raise CommandError(str(error)) from error


def _tell_pruning(pruning: Pruning, verb: str) -> None:
    for kind, removals in (("release", pruning.releases), ("report of the rejected build", pruning.reports)):
        for removal in removals:
            print(f"{verb} {kind} {removal.name}, {removal.size:,} bytes")
    if pruning.logs:
        size = sum(removal.size for removal in pruning.logs)
        print(f"{verb} logs of {len(pruning.logs)} run(s) before the releases that stay, {size:,} bytes")
    if not (pruning.releases or pruning.reports or pruning.logs):
        say("There is nothing to remove.")
    else:
        say(f"{verb} {pruning.size:,} bytes in all. The rows of releases stay: `trialhouse sql --as-of RELEASE …`")
    say(f"Kept: {', '.join(pruning.kept) or 'no release'}")


@contextmanager
def _changing(warehouse: Path | None, doing: str) -> Iterator[Layout]:
    """The writers' lock of a warehouse, with its releases put right first. Raises CommandError for what is refused."""
    layout = Layout(warehouse_folder(warehouse))
    if not layout.releases.is_dir():
        raise CommandError(f"{layout.warehouse} holds no release yet: run `trialhouse refresh`")
    try:
        with writing(layout.warehouse, doing):
            for sentence in recover(layout).sentences:
                say(sentence)
            yield layout
    except LockHeld as error:
        raise CommandError(str(error), Exit.LOCKED) from error
    except Refused as error:
        raise CommandError(str(error), Exit.WRONG_USE) from error


def _person() -> str:
    """Who runs the command, as the system calls them."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
