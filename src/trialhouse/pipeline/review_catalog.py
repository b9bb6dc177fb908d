"""The catalog `review` beside a release: what people decided, and how the alerts stand now, for SQL."""

import datetime
import json
from collections.abc import Callable, Collection, Sequence

from trialhouse.model.tables import AlertDecisionRow, AlertEventRow, AlertRow, JudgementRow, Row, table_of
from trialhouse.quality.decisions import Decisions
from trialhouse.releases.catalog import Release, list_releases
from trialhouse.releases.layout import Layout
from trialhouse.releases.rejected import rejected_since
from trialhouse.store.connection import Connection, attach_in_memory
from trialhouse.store.read import read_rows
from trialhouse.store.schema import quoted

REVIEW = "review"

TABLES: tuple[type[Row], ...] = (AlertDecisionRow, JudgementRow, AlertRow)


def review_catalog(layout: Layout, opened: Release) -> Callable[[Connection], None]:
    """What adds the catalog to a connection that has `opened` as the catalog `release`.

    It holds `alert_decisions`, `judgements` and `alerts`: all that people decided to this moment, and the alerts as
    they stand after it, whichever release is asked. Raises DecisionsUnreadable, DamagedRegister, DatabaseError.
    """
    ledger = Decisions(layout.decisions)
    decisions, judgements = ledger.alert_decisions(), ledger.judgements()
    is_of_release = opened.is_current and not rejected_since(layout)
    alerts: Sequence[AlertRow] = ()
    if not is_of_release:
        from trialhouse.pipeline.alert_books import live_alerts  # noqa: PLC0415 - every query would wait for it

        current = next((release for release in list_releases(layout.warehouse) if release.is_current), None)
        alerts = live_alerts(layout, current).books.alerts

    def prepare(connection: Connection) -> None:
        attach_in_memory(connection, REVIEW)
        for row_class in TABLES:
            columns = ", ".join(f"{column.name} {column.sql_type}" for column in table_of(row_class).columns)
            connection.execute(f"CREATE TABLE {REVIEW}.{row_class.NAME} ({columns})")
        _insert(connection, AlertDecisionRow, decisions)
        _insert(connection, JudgementRow, judgements)
        if is_of_release:
            _copy_alerts(connection, decisions)
        else:
            _insert(connection, AlertRow, alerts)

    return prepare


def _copy_alerts(connection: Connection, decisions: Sequence[AlertDecisionRow]) -> None:
    """The alerts of the release, and in place of those that were decided on since how they stand now."""
    held = connection.execute(
        "SELECT column_name FROM duckdb_columns() "
        "WHERE database_name = 'release' AND schema_name = 'dq' AND table_name = 'alerts'"
    ).fetchall()
    declared = {column.name for column in table_of(AlertRow).columns}
    names = ", ".join(name for (name,) in held if name in declared)
    connection.execute(f"INSERT INTO {REVIEW}.alerts BY NAME SELECT {names} FROM release.dq.alerts")
    today = datetime.datetime.now(datetime.UTC).date()
    ended = connection.execute(
        f"SELECT alert_id FROM {REVIEW}.alerts WHERE state = 'waived' AND waived_until < ?", [today]
    ).fetchall()
    decided = {decision.alert_id for decision in decisions} | {alert_id for (alert_id,) in ended}
    if not decided:
        return
    from trialhouse.quality.alerts import AlertBooks, with_decisions  # noqa: PLC0415 - every query would wait for it
    from trialhouse.quality.life import as_asked  # noqa: PLC0415

    known = AlertBooks(
        tuple(read_rows(connection, AlertRow, _in(decided))), tuple(read_rows(connection, AlertEventRow, _in(decided)))
    )
    now = [as_asked(alert, today) for alert in with_decisions(known, decisions).alerts]
    changed = [new for old, new in zip(known.alerts, now, strict=True) if new != old]
    if changed:
        connection.execute(f"DELETE FROM {REVIEW}.alerts WHERE {_in({alert.alert_id for alert in changed})}")
        _insert(connection, AlertRow, changed)


def _in(ids: Collection[str]) -> str:
    return f"alert_id IN ({', '.join(quoted(one) for one in sorted(ids))})"


def _insert(connection: Connection, row_class: type[Row], rows: Sequence[Row]) -> None:
    """Rows in one statement, without the libraries that a build inserts with: they take longer to come than this."""
    if rows:
        shape = json.dumps([{column.name: column.sql_type for column in table_of(row_class).columns}])
        content = json.dumps([row.model_dump(mode="json") for row in rows])
        connection.execute(
            f"INSERT INTO {REVIEW}.{row_class.NAME} BY NAME "
            f"SELECT unnest(from_json(?, {quoted(shape)}), recursive := true)",
            [content],
        )
