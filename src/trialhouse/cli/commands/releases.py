"""`trialhouse releases`: the published versions."""

from json import loads

from trialhouse.cli.exits import Exit
from trialhouse.cli.options import JsonOption, WarehouseOption, all_releases, chosen_release, warehouse_folder
from trialhouse.releases.catalog import Release
from trialhouse.releases.layout import CHANGES
from trialhouse.terminal import print_json, print_table, say


def print_releases(*, warehouse: WarehouseOption = None, json: JsonOption = False) -> int:
    """All releases, oldest first."""
    folder = warehouse_folder(warehouse)
    releases = all_releases(folder)
    if json:
        print_json([release.model_dump(mode="json") for release in releases])
    elif releases:
        print_table(
            ("", "release", "published (UTC)", "tag", "trials", "documents", "message"),
            [
                (
                    "*" if release.is_current else "",
                    release.release_id,
                    f"{release.published_at:%Y-%m-%d %H:%M}",
                    release.tag,
                    release.row_counts.get("trials", 0),
                    release.row_counts.get("documents", 0),
                    release.message,
                )
                for release in releases
            ],
        )
        say("* is current.")
    else:
        say(f"{folder} holds no release yet: run `trialhouse refresh`")
    return Exit.DONE


def print_release(release: str, *, warehouse: WarehouseOption = None, json: JsonOption = False) -> int:
    """One release: its facts, row counts and changes.

    Parameters
    ----------
    release
        A release id or tag.
    """
    found = chosen_release(warehouse, release)
    changes = _changes(found)
    if json:
        print_json({**found.model_dump(mode="json"), "changes": changes})
        return Exit.DONE
    state = "current" if found.is_current else "not current"
    print(f"Release {found.release_id} (number {found.release_no}, {state}), published {found.published_at:%F %R} UTC")
    for name, value in (("tag", found.tag), ("message", found.message), ("content", found.content_hash)):
        if value:
            print(f"{name:<8} {value}")
    print(f"{'file':<8} {found.database}\n")
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


def _changes(release: Release) -> list[dict[str, int | str]]:
    """What the release changed since the one before, by table."""
    content: list[dict[str, int | str]] = loads((release.folder / CHANGES).read_text(encoding="utf-8"))
    return content
