"""The judgements that came along or that a team keeps in a file: trial_judgements.csv of the folder of seeds.

A line says that two documents or two trials are the same or different, who says so, since when, and why. Trials and
documents are named as people name them: NCT01234567, doi:10.…, pmid:123, PMC123, or an id of the warehouse.
"""

import csv
import datetime
from collections.abc import Sequence
from pathlib import Path

from pydantic import Field, ValidationError, field_validator

from trialhouse.model.identifiers import normalise_doi, normalise_registry_id
from trialhouse.model.record import Record
from trialhouse.model.words import JudgementSubject, Verdict
from trialhouse.resolution.ties import Key

FILE = "trial_judgements.csv"
COLUMNS = ("subject", "one", "other", "verdict", "decided_on", "actor", "comment")


class UnusableJudgements(ValueError):
    """Lines of the file that cannot be used; the message says of each where it stands, what is wrong, what to do."""


class CuratedJudgement(Record):
    """One line of the file; `line` is its number, from 1 for the header."""

    subject: JudgementSubject
    one: str = Field(min_length=1)
    other: str = Field(min_length=1)
    verdict: Verdict
    decided_on: datetime.date
    actor: str = Field(min_length=1)
    comment: str = Field(min_length=1)
    line: int

    @field_validator("one", "other")
    @classmethod
    def _is_a_name(cls, name: str) -> str:
        if key_of_name(name) is None:
            raise ValueError("name a registry's number, doi:…, pmid:…, PMC… or an id of the warehouse (trial-…, doc-…)")
        return name


def key_of_name(name: str) -> Key | None:
    """The key that a name means: ("registry", "nct01234567"), ("trial", "trial-…"); None for what is no name."""
    written = name.strip()
    registered = normalise_registry_id(written)
    if registered is not None:
        return "registry", registered[1].lower()
    for scheme in ("trial", "doc"):
        if written.startswith(f"{scheme}-"):
            return "trial" if scheme == "trial" else "document", written
    head, colon, number = written.partition(":")
    if head.lower() == "pmid" and colon and number.strip().isdigit():
        return "pmid", number.strip()
    if written.upper().startswith("PMC") and written[3:].isdigit():
        return "pmcid", written.lower()
    doi = normalise_doi(written)
    return ("doi", doi.lower()) if doi is not None else None


def read_curated(path: Path) -> list[CuratedJudgement]:
    """The lines of the file, in their order; none where there is no file.

    Raises UnusableJudgements for what is wrong in any line: a judgement that is not understood must not be left out.
    """
    if not path.is_file():
        return []
    wrong: list[str] = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            if tuple(reader.fieldnames or ()) != COLUMNS:
                raise UnusableJudgements(
                    f"{path}, line 1: the columns must be {', '.join(COLUMNS)}; they are "
                    f"{', '.join(reader.fieldnames or ()) or 'missing'}"
                )
            read = [_line(row, reader.line_num, path, wrong) for row in reader]
    except (UnicodeDecodeError, csv.Error) as error:
        raise UnusableJudgements(f"{path}: it is no CSV in UTF-8 ({error}): save it as that") from error
    lines = [line for line in read if line is not None]
    wrong += _said_twice(lines, path)
    if wrong:
        raise UnusableJudgements("; ".join(wrong))
    return lines


def _line(row: dict[str, str | None], number: int, path: Path, wrong: list[str]) -> CuratedJudgement | None:
    """One line; what is wrong with it is added to a list."""
    if None in row or None in row.values():
        wrong.append(f"{path}, line {number}: it needs {len(COLUMNS)} cells: put texts with commas between quotes")
        return None
    try:
        found = CuratedJudgement.model_validate({**row, "line": number})
    except ValidationError as error:
        for problem in error.errors():
            name = str(problem["loc"][0])
            wrong.append(f"{path}, line {number}: {name} is {row[name]!r}: {problem['msg']}")
        return None
    if key_of_name(found.one) == key_of_name(found.other):
        wrong.append(f"{path}, line {number}: {found.one} is compared with itself")
        return None
    return found


def _said_twice(lines: Sequence[CuratedJudgement], path: Path) -> list[str]:
    """Pairs that two lines are about: the file is edited, so that one of them is a slip."""
    first: dict[tuple[JudgementSubject, frozenset[Key | None]], int] = {}
    told = []
    for line in lines:
        pair = line.subject, frozenset((key_of_name(line.one), key_of_name(line.other)))
        if pair in first:
            told.append(f"{path}, lines {first[pair]} and {line.line} are about the same two: leave one of them")
        first.setdefault(pair, line.line)
    return told
