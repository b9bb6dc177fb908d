"""The page of a trial that is not there: what leads on from it, to one that is or to the history of one that was."""

from collections.abc import Sequence
from urllib.parse import quote

from starlette.exceptions import HTTPException

from trialhouse.releases.trial_lookup import NoSuchTrial, find_trial_ever
from trialhouse.store.connection import Connection

NAMES = """
SELECT trial_id, concat_ws(' · ', registry_id, acronym, title, trial_id) FROM trials
WHERE trial_id IN (SELECT unnest(?)) ORDER BY trial_id
"""

HERE = """
SELECT trial_id FROM trials WHERE trial_id IN (SELECT unnest($ids))
UNION
SELECT old_trial_id FROM trial_redirects WHERE old_trial_id IN (SELECT unnest($ids))
"""


class NoTrial(HTTPException):
    """Answered with 404; `links` are texts with the addresses that lead on."""

    def __init__(self, why: str, links: Sequence[tuple[str, str]]) -> None:
        super().__init__(404, why)
        self.links = tuple(links)


def no_trial(connection: Connection, error: NoSuchTrial, page: str = "") -> NoTrial:
    """The answer for what names no trial, or several. `page` is which of a trial was asked for: `/history`, or none."""
    links = [(f"{trial_id}: what it was, since when it is gone, and why", history(trial_id)) for trial_id in error.gone]
    links += [(name, place(trial_id) + page) for trial_id, name in several_named(connection, error.several)]
    return NoTrial(f"{sentence_of(error.why)}{':' if error.several else '.'}", links or [("All trials", "/trials")])


def sentence_of(why: str) -> str:
    """What is wrong, as it begins a sentence: an id stays as it is written."""
    return f"{why[:1].upper()}{why[1:]}" if why.partition(" ")[0].isalpha() else why


def several_named(connection: Connection, trial_ids: Sequence[str]) -> list[tuple[str, str]]:
    """Some trials of a release with what people know them by."""
    return connection.execute(NAMES, [list(trial_ids)]).fetchall() if trial_ids else []


def place(trial_id: str) -> str:
    """The address of a trial."""
    return f"/trials/{quote(trial_id, safe='')}"


def history(trial_id: str) -> str:
    """The address of a trial's history, which one that is gone has, too."""
    return f"{place(trial_id)}/history"


def address_of(connection: Connection, trial_id: str) -> str | None:
    """The address of a trial, or of its history where it is no more; None for one that no release has."""
    if with_a_page(connection, [trial_id]):
        return place(trial_id)
    try:
        find_trial_ever(connection, trial_id)
    except NoSuchTrial:
        return None
    return history(trial_id)


def with_a_page(connection: Connection, trial_ids: Sequence[str]) -> frozenset[str]:
    """Those of some trials that lead to one of the release, by themselves or since another stands for them."""
    return frozenset(row[0] for row in connection.execute(HERE, {"ids": list(trial_ids)}).fetchall())
