"""Words of medicine: those that everybody writes, and those that are at least known not to be misspelt others."""

import csv
from dataclasses import dataclass, field
from pathlib import Path

from trialhouse.resolution.remembering import remembered

_ENDINGS = (("ies", "y"), *((end, more) for end in ("es", "s", "ed", "ing", "ly") for more in ("", "e")))
SHORTEST_FORM = 4
"""Letters of the plainest form of a word."""


@dataclass(frozen=True)
class Words:
    """Ordinary words in their plainest forms, without names of drugs, and other known words as texts write them.

    `bench/vocabularies/make_words.py` says how they are counted.
    """

    ordinary: frozenset[str]
    known: frozenset[str]
    _forms: dict[str, str | None] = field(default_factory=dict, repr=False, compare=False)

    def ordinary_form(self, word: str) -> str | None:
        """The plainest form of an ordinary word ("groups": "group"), or None for another word."""
        if word not in self._forms:
            self._forms[word] = self._plainest(word)
        return self._forms[word]

    def is_known(self, word: str) -> bool:
        """Whether a word is a word, and no other one misspelt."""
        return word in self.known or self.ordinary_form(word) is not None

    def _plainest(self, word: str) -> str | None:
        if word in self.ordinary:
            return word
        for ending, instead in _ENDINGS:
            plain = word.removesuffix(ending) + instead
            if word.endswith(ending) and len(plain) >= SHORTEST_FORM and plain in self.ordinary:
                return plain
        return None


@remembered(4)
def read_words(path: Path) -> Words:
    """The words of seeds/words.csv. Raises ValueError for a file without the columns name and use."""
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines)
        header = next(reader, [])
        if not {"name", "use"} <= set(header):
            raise ValueError(f"{path.name} has no column name or use")
        name, use = header.index("name"), header.index("use")
        uses = {row[name]: row[use] for row in reader if row}
    ordinary = frozenset(word for word, is_of in uses.items() if is_of == "ordinary")
    return Words(ordinary, frozenset(uses.keys() - ordinary))
