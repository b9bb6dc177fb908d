"""The files of the configuration folder beside trialhouse.toml, each checked as it is read."""

import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from trialhouse.model.check_config import CheckConfig
from trialhouse.model.notification_config import NotificationConfig
from trialhouse.model.record import Record
from trialhouse.model.source_config import SourceConfig
from trialhouse.model.topic import Topic
from trialhouse.model.trust_config import TrustConfig

R = TypeVar("R", bound=Record)


class ConfigError(Exception):
    """A file of the configuration that cannot be used; the message says which, why, and what to do."""


def read_sources(folder: Path) -> dict[str, SourceConfig]:
    """Every source of `config/sources`, by name."""
    return {path.stem: _checked(SourceConfig, path) for path in sorted(folder.glob("*.toml"))}


def read_topics(folder: Path) -> dict[str, Topic]:
    """Every topic of `config/topics`, by name. A file is named after its topic."""
    topics = {path: _checked(Topic, path) for path in sorted(folder.glob("*.toml"))}
    for path, topic in topics.items():
        if topic.topic != path.stem:
            raise ConfigError(f"{path} describes the topic {topic.topic!r}: name the file {topic.topic}.toml")
    return {topic.topic: topic for topic in topics.values()}


def read_check_config(path: Path) -> CheckConfig:
    """What `config/checks.toml` says. Whether there are such checks and thresholds is seen where checks are loaded."""
    return _checked(CheckConfig, path)


def read_notification_config(path: Path) -> NotificationConfig:
    """What `config/notifications.toml` says of who is told; a folder without one tells nobody."""
    return _checked(NotificationConfig, path) if path.is_file() else NotificationConfig()


def read_trust_config(path: Path) -> TrustConfig:
    """What `config/trust.toml` says, as far as it says it: a file of one's own may leave out what holds as installed.

    Raises ConfigError with the line that is wrong and what is allowed there.
    """
    return _checked(TrustConfig, path, lines=True)


def read_toml(path: Path) -> dict[str, Any]:
    """The content of a file. Raises ConfigError for one that is not there or no TOML."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ConfigError(f"there is no {path}: make it, or name another folder by TRIALHOUSE_CONFIG") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} is not valid TOML: {error}") from error


def _checked(kind: type[R], path: Path, *, lines: bool = False) -> R:
    """A file as a record. A key that nothing reads is an error and not a promise. With `lines`, errors say where."""
    content = read_toml(path)
    unknown = sorted(set(content) - set(kind.model_fields))
    if unknown:
        raise ConfigError(_unknown(unknown[0], str(path), kind))
    try:
        return kind.model_validate(content)
    except ValidationError as error:
        told = []
        for one in error.errors():
            where = f"line {_line_of(path, one)}: " if lines else ""
            *table, key = [str(part) for part in one["loc"]] or [""]
            if one["type"] == "extra_forbidden":
                told.append(where + _unknown(key, f"[{'.'.join(table)}]", _kind_of_table(kind, table)))
            else:
                told.append(f"{where}{'.'.join([*table, key])}: {one['msg']}")
        raise ConfigError(f"{path}: {'; '.join(told)}") from error


def _unknown(key: str, place: str, kind: type[BaseModel] | None) -> str:
    """That nothing reads a key, and which there are."""
    known = f"; known are: {', '.join(kind.model_fields)}" if kind else ""
    return f"unknown key {key!r} in {place}{known}"


def _kind_of_table(kind: type[BaseModel], table: Sequence[str]) -> type[BaseModel] | None:
    """The record that a table of a file is read as: of a field, or of the values of one that is a table of them."""
    for name in table:
        field = kind.model_fields.get(name)
        if field is None:
            continue  # the name of one of several, as a route's
        inside = [one for one in (field.annotation, *get_args(field.annotation)) if isinstance(one, type)]
        records = [one for one in inside if issubclass(one, BaseModel)]
        if not records:
            return None
        kind = records[0]
    return kind


def _line_of(path: Path, problem: ErrorDetails) -> int:
    """The line that a problem is about: the word that it quotes, else its key, below the heading of its table."""
    lines = path.read_text(encoding="utf-8").splitlines()
    keys = [part for part in problem["loc"] if isinstance(part, str)]
    at = 0
    for depth in range(len(keys), 0, -1):
        heading = f"[{'.'.join(keys[:depth])}]"
        if heading in (found := [line.strip() for line in lines]):
            at, keys = found.index(heading), keys[depth:]
            break
    quoted = re.findall(r"'([^']*)'", problem["msg"].partition(";")[0])
    words = [re.escape(f'"{word}"') for word in (problem["input"], *quoted) if isinstance(word, str)]
    for wanted in (*words, *(rf"^\s*{re.escape(key)}\s*=" for key in reversed(keys))):
        for number, line in enumerate(lines[at:], at + 1):
            if re.search(wanted, line.partition("#")[0]):
                return number
    return at + 1
