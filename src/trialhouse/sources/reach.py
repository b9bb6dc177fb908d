"""Which hosts could not be reached in a run: where there is no network, not every question waits for all its tries.

A question is tried several times, since a host that nobody listens at may be there again in a few seconds. A host that
took no connection on all the tries of a question is taken to be away: what else it is asked in the run is tried once.
The first answer, of whatever kind, shows that it is back.
"""

from collections import Counter


class Reach:
    """The connections that hosts did not take, in a row. Sessions of one run share it, also in threads."""

    def __init__(self) -> None:
        self._missed: Counter[str] = Counter()

    def missed(self, host: str) -> None:
        """A host has no address, or took no connection."""
        self._missed[host] += 1

    def reached(self, host: str) -> None:
        """A host answered."""
        self._missed.pop(host, None)

    def forget(self) -> None:
        """A run begins: nothing is known yet."""
        self._missed.clear()

    def is_away(self, host: str, attempts: int) -> bool:
        """Whether a host took no connection so often in a row as a question is tried."""
        return self._missed[host] >= attempts
