"""The releases: the list, one of them, and what differs between two with the reasons."""

import itertools
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from trialhouse.releases.as_of import release_at
from trialhouse.releases.catalog import NoSuchRelease, list_releases, named_release
from trialhouse.releases.change_words import by_cause, row_in_words, shortened, shown_and_counted
from trialhouse.releases.differences import difference, file_of_both
from trialhouse.releases.review_difference import review_difference
from trialhouse.review.no_trial import with_a_page
from trialhouse.review.render import command, page
from trialhouse.review.shelf import Shelf

TRIALS = 40
"""So many trials of a difference are on a page; the command line gives all."""


def show(request: Request) -> Response:
    """The list, newest first."""
    shelf: Shelf = request.app.state.shelf
    releases = list_releases(shelf.layout.warehouse)[::-1]
    before = {newer.release_id: older.release_id for newer, older in itertools.pairwise(releases)}
    context = {"section": "/releases", "title": "Releases", "releases": releases, "before": before}
    context["verified"] = shelf.verified
    return page(request, "releases.html", context)


def show_one(request: Request) -> Response:
    """One release: its facts, row counts, how it was when it was verified last, and the commands about it."""
    shelf: Shelf = request.app.state.shelf
    try:
        release = named_release(shelf.layout.warehouse, request.path_params["release_id"])
    except NoSuchRelease as error:
        raise HTTPException(404, str(error)) from error
    others = [one.release_id for one in list_releases(shelf.layout.warehouse)[::-1] if one != release]
    context = {
        "section": "/releases",
        "title": f"Release {release.release_id}",
        "release": release,
        "others": others,
        "previous": next((name for name in others if name < release.release_id), None),
        "verified": shelf.verified.get(release.release_id),
        "verify": command(request, f"releases verify {release.release_id}"),
        "rollback": command(request, f'releases rollback {release.release_id} --reason "…"'),
    }
    return page(request, "release.html", context)


def verify_one(request: Request, fields: dict[str, list[str]]) -> Response:
    """Compare a release with what was published, as the command does, and show what was found."""
    shelf: Shelf = request.app.state.shelf
    try:
        release = named_release(shelf.layout.warehouse, request.path_params["release_id"])
    except NoSuchRelease as error:
        raise HTTPException(404, str(error)) from error
    shelf.verify(release.release_id)
    return RedirectResponse(f"/releases/{quote(release.release_id)}", 303)


def show_difference(request: Request) -> Response:
    """What differs between two releases: counts, then trial by trial with the cause."""
    shelf: Shelf = request.app.state.shelf
    old, new = request.query_params.get("from", ""), request.query_params.get("to", "current")
    try:
        one, other = (release_at(shelf.layout.warehouse, moment) for moment in (old, new))
        with shelf.reading(file_of_both(shelf.layout.warehouse, one, other)) as connection:
            ids = one.release_id, other.release_id
            found = replace(difference(connection, *ids), reviewed=review_difference(connection, *ids))
    except NoSuchRelease as error:
        raise HTTPException(404, str(error)) from error
    parts = found.by_trial()
    names = [trial.trial_id for trial, _ in parts[:TRIALS] if trial]
    context = {
        "section": "/releases",
        "title": f"From {found.old} to {found.new}",
        "found": found,
        "parts": [(trial, *shown_and_counted(changes, None)) for trial, changes in parts[:TRIALS]],
        "with_a_page": _here(shelf, names),
        "more": max(0, len(parts) - TRIALS),
        "by_cause": by_cause,
        "row_in_words": row_in_words,
        "shortened": shortened,
    }
    return page(request, "difference.html", context)


def _here(shelf: Shelf, trial_ids: Sequence[str]) -> frozenset[str]:
    """Those of some trials that have a page: of the others there is the history."""
    release = shelf.current()
    if release is None:
        return frozenset()
    with shelf.reading(release) as connection:
        return with_a_page(connection, trial_ids)
