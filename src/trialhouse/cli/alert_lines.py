"""All that is known beside one alert, as lines for people."""

import itertools
from collections.abc import Sequence
from typing import Any

from trialhouse.cli.alert_head import head_line
from trialhouse.cli.folded import CONTROLS
from trialhouse.cli.marked_text import folded, page_width, passage_lines
from trialhouse.cli.styles import BOLD, REVERSE, is_styled, styled
from trialhouse.model.tables import DocumentRow
from trialhouse.model.words import AlertState
from trialhouse.quality.alert_view import AlertView, Step
from trialhouse.quality.concerned import ShownRow
from trialhouse.quality.disagreements import Disagreement, Side
from trialhouse.quality.passages import Passage
from trialhouse.terminal import print_table

SIDE_BY_SIDE = 76
"""Characters that two sides need beside each other."""

COMMANDS = {"acknowledge": "ack"}
"""The commands that are not called as what they do."""

MOST_TEXT = 160
"""Characters of one cell that are shown at most."""


def print_view(view: AlertView, *, with_sql: bool) -> None:
    """Message, sentences, both sides, values, what to do, and history, each under its heading if there is any."""
    _print_head(view)
    documents = {document.document_id: document for document in view.evidence.documents}
    _print_passages(view, documents)
    for disagreement in view.evidence.disagreements:
        _print_disagreement(disagreement, documents)
    _print_set_aside(view)
    _print_rows(view)
    _print_documents(view, documents)
    _print_check(view, with_sql=with_sql)
    _print_history(view.history)
    names = [COMMANDS.get(action.value, action.value) for action in view.may]
    _put(f"\nNext: trialhouse alerts {'|'.join(names)} {view.alert.alert_id}")


def _put(text: str, indent: int = 0) -> None:
    """A line; what does not fit goes on below, further in. Ids and addresses stay whole."""
    for line in text.splitlines():
        for number, part in enumerate(folded(line, page_width() - indent - 4) or [""]):
            print(f"{' ' * (indent + 4 * bool(number))}{part}")


def _heading(text: str) -> None:
    print()
    for line in folded(text, page_width()):
        print(styled(line, BOLD, when=is_styled()))


def _print_head(view: AlertView) -> None:
    alert, trial = view.alert, view.evidence.trial
    print(head_line(alert))
    print()
    _put(alert.message)
    if alert.state is AlertState.REOPENED and alert.reason:
        _put(f"Reopened: {alert.reason}")
    if trial is not None:
        name = ": ".join(text for text in (trial.acronym, trial.title) if text)
        _put(f"Trial {trial.registry_id or ''} {trial.trial_id} {name}".replace("  ", " "))
    if view.rejected is not None:
        _put(f"It is of a build that was not published: {view.rejected}")
        _put(_what_stands_below(view))
        for quote in () if view.is_of_build else view.quotes:
            _put(f"Quote in that build: “{quote}”")


def _what_stands_below(view: AlertView) -> str:
    if view.is_of_build:
        return "What stands below is of that build."
    return f"What stands below is of release {view.release_id}." if view.release_id else "No release stands."


def _print_passages(view: AlertView, documents: dict[str, DocumentRow]) -> None:
    evidence = view.evidence
    if not evidence.passages:
        return
    _heading("What the text says")
    for document_id, passages in itertools.groupby(evidence.passages, key=lambda passage: passage.document_id):
        _put(_document_words(document_id, documents), 2)
        for passage in passages:
            print(f"    {_place(passage)}")
            for line in passage_lines(passage, page_width() - 4):
                print(f"    {line}".rstrip())
    if evidence.more_passages:
        _put(f"and {evidence.more_passages} more: `--json` has the rows, evidence their places", 2)


def _place(passage: Passage) -> str:
    locator = f"{CONTROLS.sub(' ', passage.locator)}, " if passage.locator else ""
    return f"{locator}characters {passage.start:,} to {passage.end:,}"


def _document_words(document_id: str, documents: dict[str, DocumentRow]) -> str:
    document = documents.get(document_id)
    if document is None:
        return document_id
    kind = document.kind.value if document.kind else "document"
    ids = [
        f"{name} {value}"
        for name, value in (("PMID", document.pmid), ("doi", document.doi), ("PMC", document.pmcid))
        if value
    ]
    facts = [document.title or "", document.journal or "", f"{document.source} {kind}", *ids, document.url or ""]
    return ", ".join([*(fact for fact in facts if fact), document_id])


def _in_short(document_id: str, documents: dict[str, DocumentRow]) -> str:
    document = documents.get(document_id)
    kind = f"{document.source} {document.kind.value if document.kind else 'document'} " if document else ""
    return f"{kind}{document_id}"


def _print_disagreement(one: Disagreement, documents: dict[str, DocumentRow]) -> None:
    """Both sides beside each other, or one below the other on a narrow terminal."""
    _heading(f"Both sides of {one.table_name}.{one.column_name} of {one.row_id}, by {one.rule}")
    width = page_width() - 2
    if width < SIDE_BY_SIDE:
        for name, side in (("kept", one.kept), ("not kept", one.other)):
            for line in _side_lines(name, side, documents, width):
                print(f"  {line}".rstrip())
        return
    half = (width - 3) // 2
    left, right = (
        _side_lines("kept", one.kept, documents, half),
        _side_lines("not kept", one.other, documents, half),
    )
    for first, second in itertools.zip_longest(left, right, fillvalue=" " * half):
        print(f"  {first} │ {second}".rstrip())


def _side_lines(name: str, side: Side, documents: dict[str, DocumentRow], width: int) -> list[str]:
    """One side as lines of one width."""
    title = f"{name}: {side.modifier}{side.value}"[:width].ljust(width)
    lines = [styled(title, BOLD, when=is_styled())]
    lines += [line.ljust(width) for line in folded(_in_short(side.document_id, documents), width)]
    for passage in side.passages:
        lines += [line.ljust(width) for line in folded(_place(passage), width)]
        lines += passage_lines(passage, width)
    return lines


def _print_set_aside(view: AlertView) -> None:
    for one in view.evidence.quarantined:
        what = f"The cell {one.column_name} of row" if one.column_name else "Row"
        _heading(f"{what} {one.row_id} of {one.table_name} was set aside: it is in dq.quarantine, not in the table")
        _put(one.message, 2)
        if one.column_name and one.content:
            _put(one.content, 2)


def _print_rows(view: AlertView) -> None:
    """The failing rows with all their cells, then those beside them."""
    column = view.alert.column_name
    # A conflict says nothing that its two sides do not show.
    shown = [row for row in view.evidence.rows if row.table_name != "conflicts" or not view.evidence.disagreements]
    for (role, table), group in itertools.groupby(shown, key=lambda row: (row.role, row.table_name)):
        rows = list(group)
        _heading(_row_heading(role, table, rows, view.evidence.failing_rows))
        if len(rows) == 1:
            _print_cells(rows[0], column)
        else:
            _print_as_table(rows)


def _row_heading(role: str, table: str, rows: Sequence[ShownRow], failing: int) -> str:
    which = f"{table} {rows[0].row_id}" if len(rows) == 1 else f"{len(rows)} rows of {table}"
    if role == "failing" and failing > len(rows):
        which = f"{len(rows)} of {failing:,} rows of {table}"
    words = {
        "failing": "Values",
        "set_aside": "Values, as they were set aside",
        "gone": "Values, as they last were: the row is gone",
        "of_same": "Numbers of the same outcome",
        "other": "Beside it",
        "number": "Read from it",
    }
    return f"{words[role]}: {which}"


def _print_cells(row: ShownRow, blamed: str | None) -> None:
    """Name and value of each cell; the column that is to blame is marked."""
    for name, value in row.cells.items():
        if name == "quote" or (name.endswith("_id") and value == row.row_id):
            continue
        lines = folded(_words(value), page_width() - 27) or [""]
        label = f"{name:<22}"
        is_blamed = name == blamed and row.role != "other"
        if is_blamed and is_styled():
            label = styled(label, REVERSE, when=True)
        print(f"{' »' if is_blamed and not is_styled() else '  '} {label} {lines[0]}")
        for line in lines[1:]:
            print(f"{'':26}{line}")


def _print_as_table(rows: Sequence[ShownRow]) -> None:
    """Several rows of one table: the columns in which they say anything, without ids."""
    names = [
        name
        for row in rows
        for name, value in row.cells.items()
        if value is not False and not name.endswith(("_id", "_raw"))
    ]
    columns = list(dict.fromkeys(names))
    print_table(columns, [[_cell(row.cells.get(name)) for name in columns] for row in rows])


def _cell(value: Any) -> Any:
    """A cell of a table: numbers stay numbers, so that they stand to the right."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return (
        value
        if value is None or (isinstance(value, int | float) and value is not True and value is not False)
        else _words(value)
    )


def _words(value: Any) -> str:
    """A value as people read it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.15g}"
    text = ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    text = CONTROLS.sub(" ", text)
    return text if len(text) <= MOST_TEXT else f"{text[:MOST_TEXT]}…"


def _print_documents(view: AlertView, documents: dict[str, DocumentRow]) -> None:
    """The documents that were named without saying what they are."""
    told = {passage.document_id for passage in view.evidence.passages}
    others = [document_id for document_id in documents if document_id not in told]
    if others:
        _heading("Documents")
    for document_id in others:
        _put(_document_words(document_id, documents), 2)


def _print_check(view: AlertView, *, with_sql: bool) -> None:
    alert, check = view.alert, view.check
    _heading(f"Check {alert.check_id} ({alert.severity.value})")
    if check is None:
        _put("There is no such check any more.", 2)
        return
    _put(check.message, 2)
    _put(f"What to do: {check.action}", 2)
    _put(f"Who decides: {check.owner}", 2)
    if with_sql:
        _heading("Its SQL (the rows that fail)")
        print(check.sql)


def _print_history(history: Sequence[Step]) -> None:
    _heading("History")
    for step in history:
        event = step.event
        states = " → ".join(state.value for state in (event.from_state, event.to_state) if state)
        until = f" until {event.waived_until}" if event.waived_until else ""
        why = f": {event.reason}" if event.reason else ""
        comment = f" “{event.comment}”" if event.comment else ""
        later = "" if step.is_in_release else " (not in a release yet)"
        line = f"{event.occurred_at:%Y-%m-%d %H:%M} UTC  {event.actor}: {states}{until}{why}{comment}{later}"
        _put(line, 2)
