"""Settings: read once, passed in, and each able to say where it came from.

Later layers win: the defaults below, `config/trialhouse.toml` ([defaults], then the profile), the environment
(TRIALHOUSE_<NAME>), the command line. Keys of sources are no settings: they stay in the environment, so that they
are never printed, stored or handed to another process by us.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from trialhouse.config_files import (
    ConfigError,
    read_check_config,
    read_notification_config,
    read_sources,
    read_toml,
    read_topics,
    read_trust_config,
)
from trialhouse.model.check_config import CheckConfig
from trialhouse.model.notification_config import NotificationConfig
from trialhouse.model.record import Record
from trialhouse.model.source_config import SourceConfig
from trialhouse.model.topic import Topic
from trialhouse.model.trust_config import TrustConfig
from trialhouse.model.words import MissedIntervals
from trialhouse.resources import (
    WAREHOUSE_VARIABLE,
    config_folder,
    data_root,
    default_hosts_folder,
    default_warehouse,
    why_not_whole,
)

DEFAULT_PROFILE = "seeds"
CHECKS, NOTIFICATIONS, PROFILES, TRUST = "checks.toml", "notifications.toml", "trialhouse.toml", "trust.toml"
ENVIRONMENT_PREFIX = "TRIALHOUSE_"

DESCRIBED = ("sources", "topics", "checks", "trust", "notifications")
"""What files of their own describe."""


class SettingsError(Exception):
    """A setting that cannot be used; the message says which, from where, and what to do."""


class Settings(Record):
    """Everything that a refresh can be told."""

    profile: str = Field(description="The profile of config/trialhouse.toml that was chosen.")
    warehouse: Path = Field(description="The folder of landing store, releases and runs.")
    root: Path = Field(description="The folder that holds config, seeds, the warehouse's SQL and flows.")
    include_corpus: bool = Field(
        True, description="Whether a refresh reads the bundled corpus when no files are given."
    )
    max_document_megabytes: float = Field(
        20, gt=0, description="Larger documents are not read; they are accounted for."
    )
    batch_size: int = Field(200, ge=1, description="Documents in one task.")
    refresh_topics: tuple[str, ...] = Field((), description="The topics that a refresh asks the sources for.")
    missed_intervals: MissedIntervals = Field(
        MissedIntervals.COALESCE,
        description="What a scheduled refresh makes of nights that were missed: 'coalesce', one run for all of them; "
        "'catch_up', a run for each day, in order.",
    )
    review_url: str = Field(
        "http://127.0.0.1:8750/", description="Where people reach the review page: links of Prefect's page lead there."
    )
    backfill_days: int = Field(31, ge=1, description="Days of a backfill that are asked for in one slice.")
    bulk_cluster: str | None = Field(
        None,
        description="Where load-pubmed reads files: 'local' for a Dask cluster on this machine, tcp://HOST:PORT for "
        "one that runs; none: processes of this machine, without Dask.",
    )
    bulk_shards: str | None = Field(
        None,
        description="A folder or address (s3://…) that all machines of the cluster can write; none: in the warehouse.",
    )
    contact_email: str | None = Field(None, description="Whom a source may write to; sent with every request.")
    fetch_attempts: int = Field(5, ge=1, description="How often a request is tried before its records are missing.")
    fetch_seconds: float = Field(120, gt=0, description="How long one answer may take in all.")
    allow_loopback: bool = Field(False, description="Whether sources may answer on this machine (for trying).")
    hosts_folder: Path = Field(
        Path(), description="What is remembered of hosts: when each may be asked next, and its robots.txt for a day."
    )
    sources: dict[str, SourceConfig] = Field({}, description="Each source's terms and rate, from config/sources.")
    topics: dict[str, Topic] = Field({}, description="What can be asked for, from config/topics.")
    checks: CheckConfig = Field(CheckConfig(), description="What checks compare with, from config/checks.toml.")
    trust: TrustConfig = Field(
        TrustConfig(), description="Whose value is kept where documents differ, from config/trust.toml."
    )
    notifications: NotificationConfig = Field(
        NotificationConfig(), description="Who is told of alerts, from config/notifications.toml."
    )

    @property
    def max_document_bytes(self) -> int:
        """The limit in bytes."""
        return int(self.max_document_megabytes * 1_000_000)

    def terms(self, source: str) -> SourceConfig:
        """The terms of one source; a source that nobody described may not be passed on."""
        return self.sources.get(source, SourceConfig())


class LoadedSettings(Record):
    """Settings and, for each, the layer that it came from. `file` is the configuration file that was read."""

    settings: Settings
    origins: dict[str, str]
    file: Path


def load_settings(
    *,
    profile: str | None = None,
    warehouse: Path | None = None,
    environ: Mapping[str, str] = os.environ,
    root: Path | None = None,
) -> LoadedSettings:
    """Merge the layers. Raises SettingsError for an unknown profile, an unknown key or a value of the wrong kind.

    Without a name of a profile it is `seeds`, or the only one that there is.
    """
    if root is None and (gone := why_not_whole(data_root())):
        raise SettingsError(gone)
    root = root or data_root()
    folder = config_folder(root, environ)
    base = _base(folder, root / "config")
    named = profile or environ.get(f"{ENVIRONMENT_PREFIX}PROFILE")
    chosen, file_layers = _file_layers(base / PROFILES, named, root)
    values: dict[str, Any] = {"profile": chosen, "root": root, "hosts_folder": default_hosts_folder(environ)}
    values |= _described(folder, base, root / "config")
    origins = _origins_of_files(folder, base, root)
    origins["profile"] = "command line" if profile else "environment" if named else "default"
    for origin, layer in [*file_layers, _environment_layer(environ)]:
        for name, value in layer.items():
            _known(name, origin)
            values[name], origins[name] = value, origin
    values["warehouse"] = (warehouse or default_warehouse(environ)).expanduser().absolute()
    origins["warehouse"] = (
        "command line" if warehouse else "environment" if environ.get(WAREHOUSE_VARIABLE) else "default"
    )
    try:
        settings = Settings(**values)
    except ValidationError as error:
        raise SettingsError(_explain(error, origins)) from error
    unknown = sorted(set(settings.refresh_topics) - set(settings.topics))
    if unknown:
        raise SettingsError(
            f"setting 'refresh_topics' from {origins['refresh_topics']}: no topic {unknown[0]!r} in {base / 'topics'}"
        )
    return LoadedSettings(
        settings=settings,
        origins={name: origins.get(name, "default") for name in Settings.model_fields},
        file=base / PROFILES,
    )


def settable() -> list[str]:
    """What a configuration file can set, in the order of the declaration."""
    elsewhere = {"profile", "warehouse", "root", *DESCRIBED}
    return [name for name in Settings.model_fields if name not in elsewhere]


def _file_layers(path: Path, named: str | None, root: Path) -> tuple[str, list[tuple[str, dict[str, Any]]]]:
    """The profile, and the layers of the configuration file: what holds for all profiles, then that one."""
    content = _read(path)
    profiles = content.get("profiles", {})
    only = next(iter(profiles)) if len(profiles) == 1 else DEFAULT_PROFILE
    profile = named or only
    if profile not in profiles:
        how = "" if named else "; name one by --profile or TRIALHOUSE_PROFILE"
        raise SettingsError(f"there is no profile {profile!r} in {path}{how}; there are: {', '.join(sorted(profiles))}")
    told = _told(path, root)
    return profile, [
        (f"{told} [defaults]", content.get("defaults", {})),
        (f"{told} [profiles.{profile}]", profiles[profile]),
    ]


def _origins_of_files(folder: Path, base: Path, root: Path) -> dict[str, str]:
    """Where what files describe came from, and the root. A file of one's own stands over the one that came along."""
    origins = {"root": "installation"} | {name: _told(base / name, root) for name in ("sources", "topics")}
    installed = root / "config"
    for name, file, other in (
        ("checks", CHECKS, installed),
        ("trust", TRUST, installed),
        ("notifications", NOTIFICATIONS, base),
    ):
        for path in (folder / file, other / file):
            if path.is_file() and name not in origins:
                origins[name] = _told(path, root)
    return origins


def _told(path: Path, root: Path) -> str:
    """A file as people are told of it: what came along by its place in the installation, others in full."""
    return str(path.relative_to(root) if path.is_relative_to(root / "config") else path)


def _environment_layer(environ: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
    """Settings named in the environment; other variables with our prefix are left to whoever reads them."""
    values = {
        name: environ[ENVIRONMENT_PREFIX + name.upper()]
        for name in settable()
        if name != "refresh_topics" and environ.get(ENVIRONMENT_PREFIX + name.upper())
    }
    return "environment", values


def _known(name: str, origin: str) -> None:
    if name not in settable():
        raise SettingsError(f"unknown setting {name!r} in {origin}; known are: {', '.join(sorted(settable()))}")


def _base(folder: Path, installed: Path) -> Path:
    """Where profiles, sources and topics lie: a folder with checks, notifications or trust alone changes only these."""
    names = {path.name for path in folder.iterdir()} if folder.is_dir() else set()
    only_these = names & {CHECKS, NOTIFICATIONS, TRUST} and not names & {PROFILES, "sources", "topics"}
    return installed if only_these else folder


def _described(folder: Path, base: Path, installed: Path) -> dict[str, Any]:
    """The sources, topics, checks, trust and notifications that the configuration describes.

    What a folder of one's own does not say of checks or of trust holds as it was installed: a new check may bring a new
    threshold, a new column a new order.
    """
    try:
        checks, trust = CheckConfig(), TrustConfig()
        for path in reversed(dict.fromkeys((folder, installed))):
            if (path / CHECKS).is_file():
                checks = read_check_config(path / CHECKS).over(checks)
            if (path / TRUST).is_file():
                trust = read_trust_config(path / TRUST).over(trust)
        missing = trust.missing()
        if missing:
            raise ConfigError(f"{folder / TRUST}: {missing}")
        return {
            "sources": read_sources(base / "sources"),
            "topics": read_topics(base / "topics"),
            "checks": checks,
            "trust": trust,
            "notifications": read_notification_config(
                told if (told := folder / NOTIFICATIONS).is_file() else base / NOTIFICATIONS
            ),
        }
    except ConfigError as error:
        raise SettingsError(str(error)) from error


def _read(path: Path) -> dict[str, Any]:
    try:
        return read_toml(path)
    except ConfigError as error:
        raise SettingsError(str(error)) from error


def _explain(error: ValidationError, origins: Mapping[str, str]) -> str:
    lines = []
    for problem in error.errors():
        name = ".".join(str(part) for part in problem["loc"])
        origin = origins.get(str(problem["loc"][0]), "default") if problem["loc"] else "default"
        lines.append(f"setting {name!r} from {origin}: {problem['msg']}, not {problem['input']!r}")
    return "\n".join(lines)
