"""What a study posts and no claim holds: candidates, each at its own place with its reason."""

from trialhouse.model.evidence import Evidence
from trialhouse.model.extraction import Candidate


class Ledger:
    """Collects candidates in the order in which they are met."""

    def __init__(self) -> None:
        self._found: dict[tuple[object, ...], Candidate] = {}

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """All that were added."""
        return tuple(self._found.values())

    def add(self, kind: str, proof: Evidence | None, reason: str) -> None:
        """Keep one, the same matter at the same place once. Without a place a reader could see nothing."""
        if proof is None:
            return
        one = Candidate(kind=kind, start=proof.start, end=proof.end, quote=proof.quote, reason=reason)
        self._found.setdefault((kind, proof.start, proof.end, reason), one)
