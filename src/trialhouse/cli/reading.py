"""Opening a release for a command."""

from collections.abc import Iterator
from contextlib import contextmanager

from trialhouse.cli.exits import CommandError
from trialhouse.releases.catalog import Release
from trialhouse.store.connection import Connection, DatabaseError, release_reader


@contextmanager
def opened(release: Release) -> Iterator[Connection]:
    """The release to read from. Raises CommandError when its file is gone or damaged."""
    try:
        with release_reader(release.database) as connection:
            yield connection
    except DatabaseError as error:
        raise CommandError(f"{release.database} cannot be read: restore it from a copy ({error})") from error
