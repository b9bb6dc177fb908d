"""The views of a release as of an earlier one: for each a macro, such as `results_as_of(moment)`, made from its SQL."""

import json
from collections.abc import Collection, Mapping
from typing import Any

from trialhouse.store.connection import Connection
from trialhouse.store.schema import quoted

MOMENT = "moment"

VIEWS = """
SELECT schema_name, view_name, sql, comment
FROM duckdb_views()
WHERE database_name = current_database() AND NOT internal
ORDER BY view_oid
"""


def create_view_macros(connection: Connection, tables: Collection[str]) -> None:
    """Create a macro for each view of the default database.

    `tables` are the qualified names of those that have a macro `…_as_of` of their own. Raises ValueError for a view of
    another one, since nobody knows how that was.
    """
    known = set(tables)
    for schema, view, sql, comment in connection.execute(VIEWS).fetchall():
        _, _, query = sql.partition(" AS ")
        tree = _tree(connection, query)
        then = _then(connection, tree, known, _names_within(tree))
        (said,) = connection.execute("SELECT json_deserialize_sql(?::JSON)", [json.dumps(then)]).fetchall()[0]
        name = f"{schema}.{view}_as_of"
        connection.execute(f"CREATE MACRO {name}({MOMENT}) AS TABLE {said}")
        about = f"{comment or ''} As of a release: its id or tag, or a date.".strip()
        connection.execute(f"COMMENT ON MACRO TABLE {name} IS {quoted(about)}")
        known.add(view if schema == "main" else f"{schema}.{view}")


def _tree(connection: Connection, query: str) -> Any:
    """A query as DuckDB parses it."""
    (text,) = connection.execute("SELECT json_serialize_sql(?::VARCHAR)::VARCHAR", [query]).fetchall()[0]
    return json.loads(text)


def _names_within(node: Any) -> set[str]:
    """What the query names itself by WITH."""
    if isinstance(node, list):
        return set().union(*map(_names_within, node))
    if not isinstance(node, Mapping):
        return set()
    own = {entry["key"] for entry in node.get("cte_map", {}).get("map", [])}
    return own.union(*map(_names_within, node.values()))


def _then(connection: Connection, node: Any, known: Collection[str], within: Collection[str]) -> Any:
    """The tree with the macro of a table or view in the place of each."""
    if isinstance(node, list):
        return [_then(connection, part, known, within) for part in node]
    if not isinstance(node, Mapping):
        return node
    if node.get("type") != "BASE_TABLE":
        return {key: _then(connection, part, known, within) for key, part in node.items()}
    schema, table = node["schema_name"], node["table_name"]
    name = table if schema in ("", "main") else f"{schema}.{table}"
    if name in within and name not in known:
        return node
    if name in within or name not in known:
        raise ValueError(f"a view reads {name}, which has no one state as of a release")
    alias = node["alias"] or table
    call = _tree(connection, f'FROM {name}_as_of({MOMENT}) AS "{alias}"')["statements"][0]["node"]["from_table"]
    return {**call, "sample": node["sample"], "column_name_alias": node["column_name_alias"]}
