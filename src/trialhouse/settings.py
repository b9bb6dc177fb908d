"""Settings: read once, passed in, and each able to say where it came from.

Later layers win: the defaults below, `config/trialhouse.toml` ([defaults], then the profile), the environment
(TRIALHOUSE_<NAME>), the command line.
"""

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from trialhouse.model.record import Record
from trialhouse.model.source_config import SourceConfig
from trialhouse.resources import WAREHOUSE_VARIABLE, data_root, default_warehouse

DEFAULT_PROFILE = "seeds"
ENVIRONMENT_PREFIX = "TRIALHOUSE_"


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
    sources: dict[str, SourceConfig] = Field({}, description="The terms of each source, from config/sources.")

    @property
    def max_document_bytes(self) -> int:
        """The limit in bytes."""
        return int(self.max_document_megabytes * 1_000_000)

    def terms(self, source: str) -> SourceConfig:
        """The terms of one source; a source that nobody described may not be passed on."""
        return self.sources.get(source, SourceConfig())


class LoadedSettings(Record):
    """Settings and, for each, the layer that it came from."""

    settings: Settings
    origins: dict[str, str]


def load_settings(
    *,
    profile: str | None = None,
    warehouse: Path | None = None,
    environ: Mapping[str, str] = os.environ,
    root: Path | None = None,
) -> LoadedSettings:
    """Merge the layers. Raises SettingsError for an unknown profile, an unknown key or a value of the wrong kind."""
    root = root or data_root()
    chosen = profile or environ.get(f"{ENVIRONMENT_PREFIX}PROFILE") or DEFAULT_PROFILE
    values: dict[str, Any] = {"profile": chosen, "root": root, "sources": _source_terms(root / "config" / "sources")}
    profile_origin = "command line" if profile else "environment" if chosen != DEFAULT_PROFILE else "default"
    origins = {"profile": profile_origin, "root": "installation", "sources": "config/sources"}
    for origin, layer in [*_file_layers(root / "config" / "trialhouse.toml", chosen), _environment_layer(environ)]:
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
    return LoadedSettings(
        settings=settings, origins={name: origins.get(name, "default") for name in Settings.model_fields}
    )


def _file_layers(path: Path, profile: str) -> list[tuple[str, dict[str, Any]]]:
    """The layers of the configuration file: what holds for all profiles, then the chosen one."""
    content = _toml(path)
    profiles = content.get("profiles", {})
    if profile not in profiles:
        raise SettingsError(f"there is no profile {profile!r} in {path}; there are: {', '.join(sorted(profiles))}")
    return [
        ("config/trialhouse.toml [defaults]", content.get("defaults", {})),
        (f"config/trialhouse.toml [profiles.{profile}]", profiles[profile]),
    ]


def _environment_layer(environ: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
    """Settings named in the environment; other variables with our prefix are left to whoever reads them."""
    own = set(Settings.model_fields) - {"profile", "warehouse", "root", "sources"}
    values = {
        name: environ[ENVIRONMENT_PREFIX + name.upper()]
        for name in sorted(own)
        if environ.get(ENVIRONMENT_PREFIX + name.upper())
    }
    return "environment", values


def _known(name: str, origin: str) -> None:
    if name not in Settings.model_fields:
        raise SettingsError(
            f"unknown setting {name!r} in {origin}; known are: {', '.join(sorted(Settings.model_fields))}"
        )


def _source_terms(folder: Path) -> dict[str, Any]:
    """The terms of every source, as its file says. A key that nothing reads is an error and not a promise."""
    terms = {path.stem: _toml(path) for path in sorted(folder.glob("*.toml"))}
    for source, content in terms.items():
        unknown = sorted(set(content) - set(SourceConfig.model_fields))
        if unknown:
            raise SettingsError(f"unknown key {unknown[0]!r} in config/sources/{source}.toml")
    return terms


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise SettingsError(f"there is no {path}: is the installation whole?") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not valid TOML: {error}") from error


def _explain(error: ValidationError, origins: Mapping[str, str]) -> str:
    lines = []
    for problem in error.errors():
        name = ".".join(str(part) for part in problem["loc"])
        origin = origins.get(str(problem["loc"][0]), "default") if problem["loc"] else "default"
        lines.append(f"setting {name!r} from {origin}: {problem['msg']}, not {problem['input']!r}")
    return "\n".join(lines)
