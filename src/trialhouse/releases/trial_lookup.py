"""The trial that a person means: by its id, one that it had before, or a number of a registry."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from trialhouse.store.connection import Connection

FIND = """
SELECT DISTINCT trial_id, why
FROM (
    SELECT trial_id, 1 AS strength, NULL AS why FROM trials WHERE trial_id = $name
    UNION ALL
    SELECT trial_id, 2, 'Trial ' || old_trial_id || ' is now ' || trial_id || ': ' || reason
    FROM trial_redirects
    WHERE old_trial_id = $name
    UNION ALL
    SELECT trial_id, 3, registry_id || ' is trial ' || trial_id || '.'
    FROM trial_registrations
    WHERE lower(registry_id) = lower($name)
)
QUALIFY strength = min(strength) OVER ()
ORDER BY trial_id
"""

# By the name of the attached file: as of a release, the plain names know no history.
FIND_BEFORE = """
SELECT DISTINCT trial_id, trial_id NOT IN (SELECT trial_id FROM release.main.trials) AS is_gone
FROM (
    SELECT trial_id FROM release.history.trials WHERE trial_id = $name
    UNION ALL
    SELECT trial_id FROM release.history.trial_registrations WHERE lower(registry_id) = lower($name)
)
ORDER BY trial_id
"""


HAS_HISTORY = """
SELECT count(*) FROM duckdb_tables()
WHERE database_name = 'release' AND schema_name = 'history' AND table_name = 'trial_registrations'
"""


class NoSuchTrial(Exception):
    """A trial that is not there, or several. The message says what to do in a terminal, `why` only what is wrong.

    `several` are the trials of the release that the name means, `gone` those that are no more and had it.
    """

    def __init__(self, why: str, remedy: str = "", several: Sequence[str] = (), gone: Sequence[str] = ()) -> None:
        super().__init__(why + remedy)
        self.why = why
        self.several = tuple(several)
        self.gone = tuple(gone)


@dataclass(frozen=True)
class FoundTrial:
    """A trial, and how the name that was given led to it; no sentence for its own id.

    `earlier` are trials that are gone which had the name before, where those were asked for.
    """

    trial_id: str
    told: tuple[str, ...] = ()
    earlier: tuple[str, ...] = ()

    @property
    def all_ids(self) -> tuple[str, ...]:
        """The trials that the name meant, those that are gone first."""
        return (*self.earlier, self.trial_id)


def find_trial(connection: Connection, name: str) -> FoundTrial:
    """The trial of the release that an id, an id of before or a registry's number means; redirects are followed.

    Raises NoSuchTrial, also where several trials share the number, or what a trial had.
    """
    told: list[str] = []
    wanted = name.strip()
    for _ in range(20):
        rows = connection.execute(FIND, {"name": wanted}).fetchall()
        if len(rows) > 1:
            ids = [row[0] for row in rows]
            raise NoSuchTrial(f"{wanted} is several trials now", f": {', '.join(ids)}; name one of them", several=ids)
        if not rows:
            break
        ((trial_id, why),) = rows
        told += [why] if why else []
        if trial_id == wanted or not _is_redirected(connection, trial_id):
            return FoundTrial(trial_id, tuple(told))
        wanted = trial_id
    raise _nowhere(connection, name)


def find_trial_ever(connection: Connection, name: str) -> FoundTrial:
    """As `find_trial`, and also trials that are gone: merged into the one that is found, or none any more.

    Raises NoSuchTrial.
    """
    wanted = name.strip()
    before = _before(connection, wanted)
    try:
        found = find_trial(connection, name)
    except NoSuchTrial:
        if len(before) != 1:
            raise
        ((trial_id, is_gone),) = before
        told = f"Trial {trial_id} is in this release no more." if is_gone else f"{wanted} was trial {trial_id} before."
        return FoundTrial(trial_id, (told,))
    earlier = tuple(trial_id for trial_id, is_gone in before if is_gone)
    named = tuple(f"{wanted} was trial {trial_id} before." for trial_id in earlier if trial_id != wanted)
    return replace(found, told=found.told + named, earlier=earlier)


def _before(connection: Connection, name: str) -> list[tuple[str, bool]]:
    """The trials that had a name before, and whether each is gone; none in a file of before there was a history."""
    (has_history,) = connection.execute(HAS_HISTORY).fetchall()[0]
    return connection.execute(FIND_BEFORE, {"name": name}).fetchall() if has_history else []


def _is_redirected(connection: Connection, trial_id: str) -> bool:
    """Whether an id is no trial any more, and another stands for it."""
    query = (
        "SELECT count(*) FROM trial_redirects WHERE old_trial_id = $name "
        "AND NOT EXISTS (FROM trials WHERE trial_id = $name)"
    )
    return bool(connection.execute(query, {"name": trial_id}).fetchall()[0][0])


def _nowhere(connection: Connection, name: str) -> NoSuchTrial:
    gone = [trial_id for trial_id, _ in _before(connection, name.strip())]
    if gone:
        remedy = f": `trialhouse trial history {gone[0]}` tells since when and why"
        return NoSuchTrial(f"{name} is in this release no more", remedy, gone=gone)
    return NoSuchTrial(
        f"there is no trial {name!r}: give a trial_id or a registry's number, such as NCT01234567",
        '; `trialhouse sql "SELECT trial_id, registry_id, title FROM trials"` lists them',
    )
