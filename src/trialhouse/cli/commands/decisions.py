"""`trialhouse decisions list`, `judge`, `export` and `import`: what people decided, written, read and taken in."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from trialhouse.cli.chosen_releases import chosen_release
from trialhouse.cli.exits import CommandError, Exit
from trialhouse.cli.folded import print_folded
from trialhouse.cli.options import JsonOption, WarehouseOption, warehouse_folder
from trialhouse.cli.reviewing import ByOption, reviewer
from trialhouse.model.tables import AlertDecisionRow, JudgementRow
from trialhouse.model.words import JudgementSubject, Verdict
from trialhouse.quality.decision_files import UnusableLines, read_decisions, write_decisions
from trialhouse.quality.decisions import Decisions, DecisionsUnreadable
from trialhouse.releases.layout import Layout
from trialhouse.terminal import print_json, say

SUBJECTS = {"documents": JudgementSubject.DOCUMENT, "trials": JudgementSubject.TRIAL}


def print_decisions(*, warehouse: WarehouseOption = None, json: JsonOption = False) -> int:
    """All decisions on alerts and all judgements, in the order in which people made them."""
    with _told_errors():
        ledger = Decisions(Layout(warehouse_folder(warehouse)).decisions)
        decisions, judgements = ledger.alert_decisions(), ledger.judgements()
    if json:
        print_json(
            {
                "alert_decisions": [row.model_dump(mode="json") for row in decisions],
                "judgements": [row.model_dump(mode="json") for row in judgements],
            }
        )
        return Exit.DONE
    rows: list[AlertDecisionRow | JudgementRow] = [*decisions, *judgements]
    for row in sorted(rows, key=lambda row: row.decided_at):
        _print_row(row)
    say(f"{_number(len(decisions), 'decision')} on alerts, {_number(len(judgements), 'judgement')}")
    return Exit.DONE


def _print_row(row: AlertDecisionRow | JudgementRow) -> None:
    when = f"{row.decided_at:%Y-%m-%d %H:%M} UTC"
    if isinstance(row, AlertDecisionRow):
        until = f" until {row.waived_until}, {row.reason.value}" if row.waived_until and row.reason else ""
        print_folded(f"{when}  {row.actor}: {row.action.value} {row.alert_id}{until}")
        print_folded(row.message, 4)
    else:
        print_folded(
            f"{when}  {row.actor}: {row.subject.value}s {row.left_id} and {row.right_id} are {row.verdict.value}"
        )
    if row.comment:
        print_folded(f"“{row.comment}”", 4)


def judge_pair(
    subject: Literal["documents", "trials"],
    one: str,
    other: str,
    verdict: Verdict,
    *,
    comment: Annotated[str | None, Parameter(name="--comment", help="How you know; it has to be said.")] = None,
    by: ByOption = None,
    warehouse: WarehouseOption = None,
    json: JsonOption = False,
) -> int:
    """Say whether two documents or two trials are the same. The last judgement of a pair counts.

    Parameters
    ----------
    subject
        What is judged: documents or trials.
    one
        The id of one; of a trial also a registry's number.
    other
        The id of the other.
    verdict
        same, different, unsure, or withdrawn, which is as if nobody had judged them.
    """
    from trialhouse.pipeline.judging import CannotJudge, judge  # noqa: PLC0415 - the others need no database
    from trialhouse.store.connection import DatabaseError  # noqa: PLC0415

    if not (comment or "").strip():
        raise CommandError("--comment is missing: say how you know", Exit.WRONG_USE)
    who = reviewer(by)
    release = chosen_release(warehouse)
    layout = Layout(warehouse_folder(warehouse))
    with _told_errors():
        try:
            row = judge(
                layout,
                release,
                SUBJECTS[subject],
                (one, other),
                verdict,
                actor=who,
                comment=str(comment).strip(),
                now=_now(),
            )
        except CannotJudge as error:
            raise CommandError(str(error), Exit.WRONG_USE) from error
        except DatabaseError as error:
            raise CommandError(f"{release.database} cannot be read: restore it from a copy ({error})") from error
    if json:
        print_json(row.model_dump(mode="json"))
    else:
        _print_row(row)
    say("The next refresh carries it into a release.")
    return Exit.DONE


def export_decisions(folder: Path, *, warehouse: WarehouseOption = None) -> int:
    """Write all decisions and judgements as two CSV files, which others can read, review and import.

    Parameters
    ----------
    folder
        Where to write alert_decisions.csv and judgements.csv.
    """
    with _told_errors():
        ledger = Decisions(Layout(warehouse_folder(warehouse)).decisions)
        decisions, judgements = ledger.alert_decisions(), ledger.judgements()
        if folder.exists() and not folder.is_dir():
            raise CommandError(f"{folder} is a file: give a folder", Exit.WRONG_USE)
        for path in write_decisions(folder, decisions, judgements):
            print(path)
    say(f"{_number(len(decisions), 'decision')} on alerts, {_number(len(judgements), 'judgement')}")
    return Exit.DONE


def import_decisions(
    folder: Path | None = None,
    *,
    from_release: Annotated[
        bool,
        Parameter(
            name="--from-release",
            negative=(),
            help="Take those that the newest release carries: the file of decisions was lost.",
        ),
    ] = False,
    warehouse: WarehouseOption = None,
) -> int:
    """Take in decisions and judgements, all or none; those that are known already change nothing.

    Parameters
    ----------
    folder
        Where alert_decisions.csv or judgements.csv lie, as `trialhouse decisions export` writes them.
    """
    if (folder is None) != from_release:
        raise CommandError("give a folder or --from-release, not both and not neither", Exit.WRONG_USE)
    layout = Layout(warehouse_folder(warehouse))
    with _told_errors():
        decisions, judgements = read_decisions(folder, _now()) if folder is not None else _carried(layout)
        new = Decisions(layout.decisions).add([*decisions, *judgements])
    known = len(decisions) + len(judgements) - new
    say(f"{new:,} new, {known:,} known already.{' The next refresh carries them into a release.' if new else ''}")
    return Exit.DONE


def _carried(layout: Layout) -> tuple[list[AlertDecisionRow], list[JudgementRow]]:
    from trialhouse.pipeline.judging import carried_decisions  # noqa: PLC0415 - the others need no database
    from trialhouse.releases.register import DamagedRegister  # noqa: PLC0415
    from trialhouse.store.connection import DatabaseError  # noqa: PLC0415

    try:
        release, decisions, judgements = carried_decisions(layout)
    except (DatabaseError, DamagedRegister) as error:
        raise CommandError(f"the newest release cannot be read: restore it from a copy ({error})") from error
    if release is None:
        raise CommandError(f"{layout.warehouse} holds no release whose decisions could be taken")
    say(f"Release {release.release_id} carries {_number(len(decisions) + len(judgements), 'decision')}.")
    return decisions, judgements


@contextmanager
def _told_errors() -> Iterator[None]:
    """A ledger that cannot be used has failed; a line of a file that cannot be used is wrong use."""
    try:
        yield
    except UnusableLines as error:
        for sentence in error.sentences:
            say(sentence)
        raise CommandError("nothing was taken in", Exit.WRONG_USE) from error
    except DecisionsUnreadable as error:
        raise CommandError(str(error)) from error


def _number(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
