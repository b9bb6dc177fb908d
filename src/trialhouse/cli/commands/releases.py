"""`trialhouse releases list` and `show`: the published versions and what became of them."""

from json import loads

from trialhouse.cli.chosen_releases import all_releases, any_release
from trialhouse.cli.exits import Exit
from trialhouse.cli.options import JsonOption, WarehouseOption, warehouse_folder
from trialhouse.releases.catalog import Release
from trialhouse.releases.layout import CHANGES
from trialhouse.terminal import print_json, print_table, say


def print_releases(*, warehouse: WarehouseOption = None, json: JsonOption = False) -> int:
    """All releases ever published, oldest first, and what became of them."""
    folder = warehouse_folder(warehouse)
    releases = all_releases(folder)
    if json:
        print_json([release.model_dump(mode="json") for release in releases])
    elif releases:
        print_table(
            ("", "no", "release", "published (UTC)", "status", "tag", "trials", "documents", "message"),
            [
                (
                    "*" if release.is_current else "",
                    release.release_no,
                    release.release_id,
                    f"{release.published_at:%Y-%m-%d %H:%M}",
                    _state(release),
                    release.tag,
                    release.row_counts.get("trials"),
                    release.row_counts.get("documents"),
                    release.message,
                )
                for release in releases
            ],
        )
        say("* is current.")
    else:
        say(f"{folder} holds no release yet: run `trialhouse refresh`")
    damaged = [release for release in releases if release.damage and release.is_current]
    for release in damaged:
        say(f"The current release is damaged, {release.damage}: `trialhouse refresh` puts a whole one in its place.")
    return Exit.FAILED if damaged else Exit.DONE


def print_release(release: str, *, warehouse: WarehouseOption = None, json: JsonOption = False) -> int:
    """One release: its facts, what became of it, row counts and changes.

    Parameters
    ----------
    release
        A release: its id, tag or number, or 'current'.
    """
    found = any_release(warehouse, release)
    changes = _changes(found)
    if json:
        print_json({**found.model_dump(mode="json"), "changes": changes})
        return Exit.DONE
    state = "current" if found.is_current else "not current"
    print(f"Release {found.release_id} (number {found.release_no}, {state}), published {found.published_at:%F %R} UTC")
    for name, value in _facts(found):
        if value:
            print(f"{name:<9} {value}")
    if found.folder is None or found.damage:
        return Exit.DONE
    print(f"{'file':<9} {found.database}\n")
    by_table = {change["table_name"]: change for change in changes}
    print_table(
        ("table", "rows", "added", "lost"),
        [
            (table, rows, by_table.get(table, {}).get("added"), by_table.get(table, {}).get("lost"))
            for table, rows in found.row_counts.items()
            if rows or table in by_table
        ],
    )
    return Exit.DONE


def _facts(release: Release) -> list[tuple[str, str | None]]:
    when = f"{release.withdrawn_at:%F %R} UTC" if release.withdrawn_at else None
    withdrawn = ", ".join(part for part in (when, release.withdrawn_by, release.reason) if part)
    return [
        ("tag", release.tag),
        ("message", release.message),
        ("withdrawn", withdrawn),
        ("pruned", "its files are gone, its rows stand in later releases" if release.is_pruned else None),
        ("damaged", release.damage),
        ("content", release.content_hash),
    ]


def _state(release: Release) -> str:
    """What became of a release, in a few words."""
    status = release.status.value
    if release.reason:
        status += f": {release.reason}"
    states = [status, "pruned" if release.is_pruned else "", "damaged" if release.damage else ""]
    gone = release.folder is None and not release.is_pruned
    return ", ".join(filter(None, [*states, "gone" if gone else ""]))


def _changes(release: Release) -> list[dict[str, int | str]]:
    """What the release changed since the one before, by table; nothing where its files cannot be relied on."""
    if release.folder is None or release.damage:
        return []
    content: list[dict[str, int | str]] = loads((release.folder / CHANGES).read_text(encoding="utf-8"))
    return content
