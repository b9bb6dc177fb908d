"""The page of the configuration, made from the declarations of the settings and of the files beside them."""

import types
from enum import EnumType
from pathlib import Path
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from trialhouse.model.check_config import CheckConfig, GateConfig
from trialhouse.model.notification_config import DeliveryConfig, NotificationConfig, RouteConfig
from trialhouse.model.source_config import SourceConfig
from trialhouse.model.topic import Search, Topic
from trialhouse.model.trust_config import TrustConfig
from trialhouse.resources import CONFIG_VARIABLE, HOSTS_VARIABLE, WAREHOUSE_VARIABLE
from trialhouse.settings import ENVIRONMENT_PREFIX, Settings, load_settings, settable

FOLDERS = {"profile", "warehouse", "root", "hosts_folder"}
"""Settings whose default is found and not written down."""

FILES: tuple[tuple[str, str, tuple[tuple[str, type[BaseModel]], ...]], ...] = (
    ("config/topics/NAME.toml", "What the sources are asked for.", (("", Topic), ("search", Search))),
    (
        "config/sources/NAME.toml",
        "Whose a source is, on which terms, and how politely it is asked.",
        (("", SourceConfig),),
    ),
    (
        "config/checks.toml",
        "What checks compare with, and when a build is not published.",
        (("", CheckConfig), ("gate", GateConfig)),
    ),
    (
        "config/notifications.toml",
        "Who is told of alerts: [Notifications](../notifications.md).",
        (("", NotificationConfig), ("routes.NAME", RouteConfig), ("delivery", DeliveryConfig)),
    ),
    (
        "config/trust.toml",
        "Whose value is kept where documents differ: [How documents become one trial](../trials.md).",
        (("", TrustConfig),),
    ),
)

OTHERS = {
    WAREHOUSE_VARIABLE: "The folder of landing store, ledger and releases.",
    CONFIG_VARIABLE: "A folder to use instead of `config/`. With `checks.toml`, `trust.toml` or `notifications.toml` "
    "alone it changes only these.",
    HOSTS_VARIABLE: "Where it is remembered when each host may be asked next.",
    f"{ENVIRONMENT_PREFIX}PROFILE": "The profile, where `--profile` does not say it.",
    f"{ENVIRONMENT_PREFIX}REVIEWER": "By whom decisions are.",
    f"{ENVIRONMENT_PREFIX}UI_TOKEN": "The token that browsers give to the review page behind a proxy.",
}
"""What the environment says beside settings and keys."""


def configuration_markdown(root: Path, notice: str) -> str:
    """Settings, the files of `config/`, the environment."""
    parts = [
        f"# Configuration\n\n<!-- {notice} -->",
        "`trialhouse config show` prints every setting with the place that it came from. Later ones win: the "
        "defaults below, `[defaults]` of `config/trialhouse.toml`, its profile, the environment, the command line. "
        "A key that nobody knows, or a value of the wrong kind, is an error that names it.",
        "## Settings\n\n`config/trialhouse.toml`, in `[defaults]` or `[profiles.NAME]`. In the environment it is "
        f"`{ENVIRONMENT_PREFIX}` and its name in capitals; `refresh_topics` has none, and `profile` and "
        "`warehouse` are said there or on the command line alone.\n\n" + _settings(),
    ]
    for file, sentence, tables in FILES:
        parts.append(f"## {file}\n\n{sentence}")
        parts += [(f"`[{table}]`\n\n" if table else "") + _table(kind) for table, kind in tables]
    sources = load_settings(root=root, environ={}).settings.sources
    keys = {one.key_variable: name for name, one in sources.items() if one.key_variable}
    lines = [f"| `{name}` | {said} |" for name, said in OTHERS.items()]
    for name in sorted(keys):
        lines.append(f"| `{name}` | The key of source `{keys[name]}`, for more requests a second. |")
    parts.append("## Environment\n\n| variable | |\n|---|---|\n" + "\n".join(lines))
    parts.append(
        "Keys and addresses of routes stand in the environment alone: in no file of Trialhouse, no log and no release."
    )
    return "\n\n".join(parts) + "\n"


def _settings() -> str:
    shown = {"profile", "warehouse", *settable()}
    lines = ["| setting | kind | default | meaning |", "|---|---|---|---|"]
    for name, field in Settings.model_fields.items():
        if name not in shown:
            continue
        default = "" if name in FOLDERS else _default(field)
        lines.append(f"| `{name}` | {kind_of(field.annotation)} | {default} | {_cell(field)} |")
    return "\n".join(lines)


def _table(kind: type[BaseModel]) -> str:
    lines = ["| key | kind | default | meaning |", "|---|---|---|---|"]
    for name, field in kind.model_fields.items():
        lines.append(f"| `{name}` | {kind_of(field.annotation)} | {_default(field)} | {_cell(field)} |")
    return "\n".join(lines)


def kind_of(annotation: Any) -> str:
    """A type in the words of people."""
    origin, inside = get_origin(annotation), [one for one in get_args(annotation) if one is not type(None)]
    if origin in (Union, types.UnionType):
        return " or ".join(kind_of(one) for one in inside)
    if origin is tuple:
        return f"list of {kind_of(inside[0])}"
    if origin is not None and issubclass(origin, dict):
        return "table"
    if isinstance(annotation, EnumType):
        return "word"
    names = {bool: "true or false", int: "whole number", float: "number", str: "text", Path: "folder"}
    if annotation in names:
        return names[annotation]
    return "table" if isinstance(annotation, type) and issubclass(annotation, BaseModel) else kind_of(inside[0])


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "must be given"
    value = field.default
    if value is None or value in ((), {}) or isinstance(value, BaseModel | dict):
        return ""
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, tuple):
        return ", ".join(f"`{getattr(one, 'value', one)}`" for one in value)
    return f"`{value}`"


def _cell(field: FieldInfo) -> str:
    return " ".join((field.description or "").replace("|", "&#124;").split())
