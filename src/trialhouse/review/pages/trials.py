"""The trials: a list to be searched by words, registry id, condition and drug, fifty on a page."""

from collections import Counter
from dataclasses import asdict, dataclass

from starlette.requests import Request
from starlette.responses import Response

from trialhouse.model.words import AlertState
from trialhouse.review.render import address, page
from trialhouse.review.shelf import Shelf
from trialhouse.review.trial_view import phase_said
from trialhouse.store.connection import Connection

PAGE = 50

MOST_WORDS = 12

ASKING = (AlertState.OPEN, AlertState.REOPENED)

HAS_ID = "EXISTS (FROM trial_registrations r WHERE r.trial_id = trials.trial_id AND contains(lower(r.registry_id), {}))"

HAS_DRUG = """EXISTS (
    FROM arms JOIN arm_interventions i USING (arm_id)
    WHERE arms.trial_id = trials.trial_id
    AND contains(lower(strip_accents(concat_ws(' ', i.intervention_name, i.intervention_norm))), {})
)"""

CONDITIONS = "contains(lower(strip_accents(array_to_string(conditions, ' '))), {})"

WORDS = "contains(lower(strip_accents(concat_ws(' ', trial_id, registry_id, acronym, title, sponsor))), {})"

FOUND = """
SELECT trial_id, registry_id, acronym, title, phase, enrollment, conditions, overall_status, evidence_status,
    (SELECT count(*) FROM trial_documents d WHERE d.trial_id = t.trial_id) AS documents,
    (SELECT count(*) FROM arms a WHERE a.trial_id = t.trial_id AND NOT a.is_result_group) AS arms,
    (SELECT count(*) FROM outcomes o WHERE o.trial_id = t.trial_id) AS outcomes
FROM (
    FROM trials WHERE {condition}
    ORDER BY lower(coalesce(title, acronym, registry_id)) NULLS LAST, trial_id LIMIT {limit} OFFSET {offset}
) t
ORDER BY lower(coalesce(title, acronym, registry_id)) NULLS LAST, trial_id
"""


@dataclass(frozen=True)
class Wanted:
    """What the address asks for."""

    text: str
    registry: str
    condition: str
    drug: str
    number: int

    @classmethod
    def of(cls, request: Request) -> "Wanted":
        """As the address says."""
        query = request.query_params
        said = {name: query.get(name, "").strip()[:200] for name in ("text", "registry", "condition", "drug")}
        number = query.get("page", "1")
        is_number = number.isascii() and number.isdigit() and len(number) < 7
        return cls(**said, number=max(int(number), 1) if is_number else 1)

    def address(self, **changes: object) -> str:
        """The address of the same list with something else asked for."""
        return address("/trials", **{**asdict(self), "number": None, **changes})

    def condition_sql(self) -> tuple[str, list[str]]:
        """The condition of a query, and the values of its marks."""
        parts = [("?", HAS_ID, [self.registry])] if self.registry else []
        parts += [("strip_accents(?)", CONDITIONS, self.condition.split())]
        parts += [("strip_accents(?)", HAS_DRUG, self.drug.split())]
        parts += [("strip_accents(?)", WORDS, self.text.split())]
        conditions, values = ["true"], []
        for mark, condition, asked in parts:
            for one in asked[:MOST_WORDS]:
                conditions.append(condition.format(f"lower({mark})"))
                values.append(one)
        return " AND ".join(conditions), values


def show(request: Request) -> Response:
    """The list."""
    shelf: Shelf = request.app.state.shelf
    release = shelf.current()
    wanted = Wanted.of(request)
    rows: list[dict[str, object]] = []
    total = 0
    if release is not None:
        with shelf.reading(release) as connection:
            total = _total(connection, wanted)
            wanted_pages = max(1, (total + PAGE - 1) // PAGE)
            wanted = Wanted(**(asdict(wanted) | {"number": min(wanted.number, wanted_pages)}))
            rows = _rows(connection, wanted)
    asking = Counter(alert.trial_id for alert in shelf.standing().alerts if alert.state in ASKING)
    first = (wanted.number - 1) * PAGE
    context = {
        "section": "/trials",
        "title": "Trials",
        "release": release,
        "wanted": wanted,
        "trials": [row | {"alerts": asking[str(row["trial_id"])]} for row in rows],
        "total": total,
        "first": first,
        "phase_said": phase_said,
        "last_page": max(1, (total + PAGE - 1) // PAGE),
    }
    return page(request, "trials.html", context)


def _total(connection: Connection, wanted: Wanted) -> int:
    condition, values = wanted.condition_sql()
    return int(connection.execute(f"SELECT count(*) FROM trials WHERE {condition}", values).fetchall()[0][0])


def _rows(connection: Connection, wanted: Wanted) -> list[dict[str, object]]:
    """The trials of a page."""
    condition, values = wanted.condition_sql()
    query = FOUND.format(condition=condition, limit=PAGE, offset=(wanted.number - 1) * PAGE)
    found = connection.execute(query, values)
    names = [column[0] for column in found.description or []]
    return [dict(zip(names, row, strict=True)) for row in found.fetchall()]
