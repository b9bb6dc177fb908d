"""`trialhouse releases verify`: whether releases, and the bytes that they were made from, are still what they were."""

import dataclasses
from typing import Annotated

from cyclopts import Parameter

from trialhouse.cli.exits import CommandError, Exit
from trialhouse.cli.options import JsonOption, WarehouseOption, warehouse_folder
from trialhouse.pipeline.verification import Verification, verify
from trialhouse.releases.catalog import NoSuchRelease, named_release
from trialhouse.releases.layout import Layout
from trialhouse.releases.register import DamagedRegister
from trialhouse.releases.verify import Finding, entries_to_verify
from trialhouse.terminal import print_json, say, watched


def verify_releases(
    release: str | None = None,
    *,
    all: Annotated[
        bool,
        Parameter(
            name="--all", negative=(), help="Every release whose files are there, all landed bytes, and decisions."
        ),
    ] = False,
    warehouse: WarehouseOption = None,
    json: JsonOption = False,
) -> int:
    """Compare every file with its hash, and every quote, key and earlier state with what was published.

    With --all every landed byte is compared with its receipt, and each decision with its id, too.

    Ends with 0 if all is well and with 1 if something is wrong.

    Parameters
    ----------
    release
        A release: its id, tag or number (default: the current one).
    """
    if all and release is not None:
        raise CommandError("name a release or give --all, not both", Exit.WRONG_USE)
    layout = Layout(warehouse_folder(warehouse))
    chosen = None if all else [_chosen(layout, release)]
    with watched() as watcher:
        verification = verify(layout, chosen, watcher)
    if json:
        print_json(_as_json(verification))
    else:
        _tell(verification, "the landing store and decisions" if all else None)
    return Exit.DONE if verification.is_well else Exit.FAILED


def _chosen(layout: Layout, name: str | None) -> str:
    """The id of the release of a name; where the register is damaged, ids alone are known."""
    try:
        return named_release(layout.warehouse, name).release_id
    except NoSuchRelease as error:
        raise CommandError(str(error), Exit.FAILED if name is None else Exit.WRONG_USE) from error
    except DamagedRegister as error:
        wanted = layout.current.resolve().name if name is None else name
        if wanted not in {entry.release_id for entry in entries_to_verify(layout)}:
            raise CommandError(str(error)) from error
        return wanted


def _tell(verification: Verification, also: str | None) -> None:
    """A line for each finding: what, where, what to do; then what was verified beside the releases, and how it is."""
    for finding in verification.findings:
        if finding.is_problem:
            print(_line(finding))
        else:
            say(_line(finding))
    for name in verification.pruned:
        say(f"{name}: its files were pruned, so that there is nothing to verify")
    wrong = sum(finding.is_problem for finding in verification.findings)
    told = "all is well" if verification.is_well else f"{wrong:,} {'thing is' if wrong == 1 else 'things are'} wrong"
    names = ", ".join(verification.verified) or "no release"
    say(f"Verified {names}{f' and {also}' if also else ''}: {told}.")


def _line(finding: Finding) -> str:
    where = f"{finding.release_id}: " if finding.release_id else ""
    return f"{where}{finding.says} ({finding.what}, {finding.where}): {finding.advice}"


def _as_json(verification: Verification) -> dict[str, object]:
    said = dataclasses.asdict(verification)
    findings = [finding.model_dump(mode="json") for finding in verification.findings]
    return {**said, "findings": findings, "is_well": verification.is_well}
