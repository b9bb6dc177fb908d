"""Decisions of people as two CSV files, which others read, review and take in: RFC 4180, UTF-8, moments in UTC.

Each line is a row of the ledger. What was written by hand may leave its id out, which says the same as the line.
"""

import csv
import datetime
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import ValidationError

from trialhouse.model.tables import AlertDecisionRow, JudgementRow, table_of
from trialhouse.model.words import DecisionAction
from trialhouse.quality.alerts import ACTOR, alert_id_of
from trialhouse.quality.decisions import decision_id_of, judgement_id_of, waiver_fault

R = TypeVar("R", AlertDecisionRow, JudgementRow)

ALERT_DECISIONS = "alert_decisions.csv"
JUDGEMENTS = "judgements.csv"

MOST_AHEAD = datetime.timedelta(days=1)
"""How far ahead of this machine's clock another's may be."""


class UnusableLines(ValueError):
    """Lines of files that cannot be taken in; `sentences` says of each where it stands, what is wrong, what to do."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__("; ".join(sentences))
        self.sentences = tuple(sentences)


def write_decisions(
    folder: Path, decisions: Sequence[AlertDecisionRow], judgements: Sequence[JudgementRow]
) -> list[Path]:
    """Write both files, in the order in which people decided. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    return [
        _write(folder / ALERT_DECISIONS, AlertDecisionRow, decisions),
        _write(folder / JUDGEMENTS, JudgementRow, judgements),
    ]


def _write(path: Path, row_class: type[R], rows: Sequence[R]) -> Path:
    names = list(row_class.model_fields)
    key = table_of(row_class).key[0]
    part = path.with_name(f".{path.name}.part")
    with part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        for row in sorted(rows, key=lambda row: (row.decided_at, getattr(row, key))):
            cells = row.model_dump(mode="json") | {"decided_at": f"{row.decided_at.isoformat()}Z"}
            writer.writerow("" if cells[name] is None else cells[name] for name in names)
    part.replace(path)
    return path


def read_decisions(folder: Path, now: datetime.datetime) -> tuple[list[AlertDecisionRow], list[JudgementRow]]:
    """The lines of the files of a folder, of which one may be missing; `now` is in UTC.

    Raises UnusableLines, with all that is wrong in both, and OSError for a file that cannot be read.
    """
    if not folder.is_dir():
        raise UnusableLines([f"{folder} is no folder: give the one that holds {ALERT_DECISIONS} or {JUDGEMENTS}"])
    wrong: list[str] = []
    decisions = _read(folder / ALERT_DECISIONS, AlertDecisionRow, now, wrong)
    judgements = _read(folder / JUDGEMENTS, JudgementRow, now, wrong)
    if not (folder / ALERT_DECISIONS).exists() and not (folder / JUDGEMENTS).exists():
        wrong.append(f"{folder} holds neither {ALERT_DECISIONS} nor {JUDGEMENTS}")
    if wrong:
        raise UnusableLines(wrong)
    return decisions, judgements


def _read(path: Path, row_class: type[R], now: datetime.datetime, wrong: list[str]) -> list[R]:
    """The rows of one file; what is wrong with it is added to a list."""
    if not path.exists():
        return []
    names = list(row_class.model_fields)
    rows: dict[str, R] = {}
    try:
        # Excel writes a byte order mark before the first name.
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, [])
            if sorted(header) != sorted(names):
                wrong.append(f"{path}, line 1: the columns must be {', '.join(names)}; they are {', '.join(header)}")
                return []
            line = reader.line_num
            for cells in reader:
                first, line = line + 1, reader.line_num
                row = _row_of(row_class, header, cells, now) if cells else None
                if isinstance(row, str):
                    wrong.append(f"{path}, line {first}: {row}")
                elif row is not None and rows.setdefault(getattr(row, names[0]), row) != row:
                    wrong.append(f"{path}, line {first}: another line is the same decision and says something else")
    except (UnicodeDecodeError, csv.Error) as error:
        wrong.append(f"{path}: it is no CSV in UTF-8 ({error}): save it as that")
    return list(rows.values())


def _row_of(row_class: type[R], header: Sequence[str], cells: Sequence[str], now: datetime.datetime) -> R | str:
    """The row of a line, or what is wrong with it."""
    if len(cells) != len(header):
        return f"it has {len(cells)} cells and needs {len(header)}: put texts with commas between quotes"
    said: dict[str, Any] = {name: cell or None for name, cell in zip(header, cells, strict=True)}
    key = table_of(row_class).key[0]
    given, said[key] = said[key], said[key] or "none yet"
    try:
        row = row_class.model_validate(said)
    except ValidationError as error:
        return "; ".join(_words(problem, said) for problem in error.errors())
    if row.decided_at.tzinfo is not None:
        row = row.model_copy(update={"decided_at": row.decided_at.astimezone(datetime.UTC).replace(tzinfo=None)})
    problem = _problem_of(row, now)
    if problem:
        return problem
    own = decision_id_of(row) if isinstance(row, AlertDecisionRow) else judgement_id_of(row)
    if given not in (None, own):
        return f"it was changed after it was written: leave {key} empty to make it one of its own, or undo the change"
    return row.model_copy(update={key: own})


def _words(problem: Mapping[str, Any], said: Mapping[str, Any]) -> str:
    name = str(problem["loc"][0])
    if said.get(name) is None:
        return f"{name} is empty: fill it in"
    return f"{name} is {said[name]!r}: {problem['msg'][0].lower()}{problem['msg'][1:]}"


def _problem_of(row: AlertDecisionRow | JudgementRow, now: datetime.datetime) -> str | None:
    """What a decision cannot be though each of its cells can; None for nothing."""
    if row.actor.strip() in ("", ACTOR):
        return f"actor is {row.actor!r}: give the name of the person who decided"
    if row.decided_at > now.replace(tzinfo=None) + MOST_AHEAD:
        return f"decided_at is {row.decided_at}, which is still to come: give the moment in UTC"
    if isinstance(row, JudgementRow):
        return None if row.left_id < row.right_id else "left_id must sort before right_id: exchange them"
    if row.alert_id != alert_id_of(row.fingerprint):
        return "alert_id is not the one of fingerprint: copy both from `trialhouse alerts list --json`"
    if row.action is DecisionAction.WAIVE:
        return waiver_fault(row.reason, row.comment, row.waived_until, row.decided_at.date())
    too_much = [name for name in ("reason", "waived_until") if getattr(row, name) is not None]
    return f"only a waiver has {' and '.join(too_much)}: leave them empty" if too_much else None
