"""How a command ends."""

from enum import IntEnum


class Exit(IntEnum):
    """Exit codes: what a script may rely on."""

    DONE = 0
    FAILED = 1
    WRONG_USE = 2
    BLOCKED = 3
    INCOMPLETE = 4
    LOCKED = 5
    INTERRUPTED = 130


class CommandError(Exception):
    """A command that cannot do what was asked: the message is for people, without a stack trace."""

    def __init__(self, message: str, code: Exit = Exit.FAILED) -> None:
        super().__init__(message)
        self.code = code
