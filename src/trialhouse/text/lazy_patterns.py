"""Regular expressions that are compiled when they are first asked.

The rules of the rooms have more than a thousand of them. To compile all took a third of the time in which a command
starts, and a text asks a few hundred at most.
"""

import re
from typing import Any, cast


class LazyPattern:
    """What stands for a compiled expression: asked for anything but its words, it is one from then on."""

    def __init__(self, pattern: str, flags: re.RegexFlag) -> None:
        self.pattern = pattern
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """An attribute of the compiled expression, kept here so that it is looked for once."""
        if name.startswith("__"):
            raise AttributeError(name)  # `copy` and `pickle` ask for such before there are words to compile
        if name == "compiled":
            found: Any = re.compile(self.pattern, self._flags)
        else:
            found = getattr(self.compiled, name)
        setattr(self, name, found)
        return found


def lazy_compile(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """As `re.compile`, later: an expression that is none raises `re.error` when it is first asked.

    tests/unit/text/test_lazy_patterns.py compiles every one of the package.
    """
    return cast("re.Pattern[str]", LazyPattern(pattern, flags))
