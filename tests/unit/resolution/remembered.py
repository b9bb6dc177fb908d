"""What a release remembers of merges, as the history of its tables would tell it."""

import dataclasses

from trialhouse.resolution.published import Published


def remembered(now: Published, before: Published) -> Published:
    """What a release publishes, with the keys that its merges and those of earlier releases gave away and brought."""
    merged = {row.value: row.trial_id for row in now.keys if row.scheme == "trial" and row.value != row.trial_id}
    keys = [row for row in before.keys if row.scheme != "trial"]
    at_once = {row.trial_id for row in keys} & merged.keys()
    away = [row for row in keys if row.trial_id in at_once]
    away += [row for row in before.given_away if row.trial_id in merged.keys() - at_once]
    takers = {merged[old] for old in at_once}
    new = {*now.keys} - {*before.keys}
    brought = [row for row in now.keys if row.scheme != "trial" and row in new and row.trial_id in takers]
    brought += [row for row in before.brought if row in {*now.keys} and row.trial_id in merged.values()]
    return dataclasses.replace(now, given_away=tuple(away), brought=tuple(brought))
