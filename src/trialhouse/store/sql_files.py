"""SQL kept as files: a header of `-- key: value` lines, then one statement."""

import re
from dataclasses import dataclass
from pathlib import Path

_HEADER_LINE = re.compile(r"--\s*(\w+(?: \w+)?):\s*(.*)")


@dataclass(frozen=True)
class SqlFile:
    """A statement with its header; `name` is the path below its folder, without the ending."""

    name: str
    header: dict[str, str]
    sql: str

    def required(self, key: str) -> str:
        """A header's value. Raises ValueError that names the file when it is missing."""
        if not self.header.get(key):
            raise ValueError(f"{self.name}.sql: its header has no line '-- {key}: …'")
        return self.header[key]


def read_sql_file(path: Path, folder: Path) -> SqlFile:
    """Read one file. A header line that begins with three spaces after its dashes goes on with the line above."""
    header: dict[str, str] = {}
    key = None
    lines = path.read_text(encoding="utf-8").splitlines()
    for line in lines:
        found = _HEADER_LINE.match(line)
        if found:
            key = found.group(1)
            header[key] = found.group(2).strip()
        elif line.startswith("--   ") and key:
            header[key] += " " + line[2:].strip()
        else:
            break
    return SqlFile(path.relative_to(folder).with_suffix("").as_posix(), header, "\n".join(lines).strip())


def read_sql_files(folder: Path) -> list[SqlFile]:
    """Every .sql file below a folder, sorted by name."""
    return sorted((read_sql_file(path, folder) for path in folder.rglob("*.sql")), key=lambda file: file.name)
