"""`trialhouse config show`: every setting with its origin."""

from json import dumps

from trialhouse.cli.counted import counted
from trialhouse.cli.exits import Exit
from trialhouse.cli.folded import WIDTH
from trialhouse.cli.options import JsonOption, ProfileOption, WarehouseOption, loaded_settings
from trialhouse.settings import Settings
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
    told = {name: _as_written(value) for name, value in values.items()} | _in_short(loaded.settings)
    rows = [(name, words, loaded.origins[name]) for name, words in told.items()]
    print_table(("setting", "value", "from"), rows, elsewhere=WIDTH)
    return Exit.DONE


def _in_short(settings: Settings) -> dict[str, str]:
    """What files of their own describe: by name, or how much there is. The files have it all."""
    checks, trust = settings.checks, settings.trust
    parts = (counted(len(checks.thresholds), "threshold"), f"{len(checks.severity):,} of other severity")
    return {
        "sources": ", ".join(sorted(settings.sources)),
        "topics": ", ".join(sorted(settings.topics)),
        "checks": ", ".join(parts),
        "trust": ", ".join(["default", *trust.orders]),
        "notifications": ", ".join(sorted(settings.notifications.routes)) or "no route: nobody is told of alerts",
    }


def _as_written(value: object) -> str:
    """A value as a configuration file has it; nothing where none is set."""
    if value is None:
        return ""
    if isinstance(value, list):
        return f"[{', '.join(map(_as_written, value))}]"
    # A text, a number, true and false are the same in JSON and in TOML.
    return dumps(value, ensure_ascii=False)
