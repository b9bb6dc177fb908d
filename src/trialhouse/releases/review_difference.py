"""How much changed between two releases of what was found and decided about the rows: alerts and judgements.

`changes(from, to)` compares the tables of `main`; these are of `dq`, where a waiver may be all that a release brings.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from trialhouse.store.connection import Connection

MACROS = "SELECT function_name FROM duckdb_functions() WHERE schema_name = 'dq' AND function_type = 'table_macro'"

LATER = "since_release_no"

ALERTS = ("alerts_as_of", "alert_id", f"{LATER}, last_seen")
DECISIONS = ("alert_decisions_as_of", "alert_id", LATER)
JUDGEMENTS = ("judgements_as_of", "judgement_id", LATER)
"""The macro of a table, what is counted, and the columns that say nothing of it. A later version of a row has another
since; when the check of an alert last failed is no change of it.
"""

IS_WANTED = """
alert_id IN (
    SELECT alert_id
    FROM (FROM dq.alerts_as_of($old) UNION ALL BY NAME FROM dq.alerts_as_of($new))
    WHERE ($trials = [] OR trial_id IN $trials) AND ($table IS NULL OR table_name = $table)
)
"""


@dataclass(frozen=True)
class ReviewDifference:
    """How many alerts came, changed or were decided on, and how many judgements were made, or the other way round."""

    alerts: int = 0
    judgements: int = 0

    def sentences(self) -> list[str]:
        """For people, with where to read more; none when nothing changed."""
        counted = (
            ("Alerts that came, changed or were decided on", self.alerts, "trialhouse alerts list --all"),
            ("Judgements that were made", self.judgements, "trialhouse decisions list"),
        )
        return [f"{what}: {number:,} (`{command}`)." for what, number, command in counted if number]


def review_difference(
    connection: Connection, old: str, new: str, *, trial_ids: Sequence[str] = (), table_name: str | None = None
) -> ReviewDifference:
    """Counts between two releases (ids), of all alerts or of those of trials or a table; judgements are of neither.

    What an older version wrote without such a table has nothing in it that could differ.
    """
    there = {name for (name,) in connection.execute(MACROS).fetchall()}
    moments = {"old": old, "new": new}
    narrowed = {"trials": list(trial_ids), "table": table_name}
    of_alerts = [_changed(*table) for table in (ALERTS, DECISIONS) if table[0] in there]
    alerts = judgements = 0
    if of_alerts:
        query = f"SELECT count(DISTINCT alert_id) FROM ({' UNION ALL '.join(of_alerts)}) WHERE {IS_WANTED}"
        ((alerts,),) = connection.execute(query, moments | narrowed).fetchall()
    if JUDGEMENTS[0] in there and not trial_ids and table_name is None:
        query = f"SELECT count(DISTINCT judgement_id) FROM ({_changed(*JUDGEMENTS)})"
        ((judgements,),) = connection.execute(query, moments).fetchall()
    return ReviewDifference(alerts, judgements)


def _changed(macro: str, key: str, silent: str) -> str:
    """The keys of rows that only one of the two releases has so."""
    old, new = (f"SELECT * EXCLUDE ({silent}) FROM dq.{macro}(${moment})" for moment in ("old", "new"))
    return f"SELECT {key} FROM (({old} EXCEPT {new}) UNION ALL ({new} EXCEPT {old}))"
