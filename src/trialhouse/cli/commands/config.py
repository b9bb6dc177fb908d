"""`trialhouse config show`: every setting with its origin."""

from trialhouse.cli.exits import Exit
from trialhouse.cli.options import JsonOption, ProfileOption, WarehouseOption, loaded_settings
from trialhouse.terminal import print_json, print_table


def print_settings(
    *, profile: ProfileOption = None, warehouse: WarehouseOption = None, json: JsonOption = False
) -> int:
    """Every setting, its value, and where it came from."""
    loaded = loaded_settings(profile, warehouse)
    values = loaded.settings.model_dump(mode="json")
    if json:
        print_json({name: {"value": value, "origin": loaded.origins[name]} for name, value in values.items()})
        return Exit.DONE
    # Sources are printed by name only: their terms are rows of meta.sources.
    values["sources"] = ", ".join(sorted(values["sources"]))
    print_table(("setting", "value", "from"), [(name, str(v), loaded.origins[name]) for name, v in values.items()])
    return Exit.DONE
