"""Read the FDA's list of UNII names: which substances there are and which of their names a text could write."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

COLUMNS = ["Name", "TYPE", "UNII", "Display Name"]
_TAGGED = re.compile(r"(?P<name>.*?) \[(?P<book>[^\[\]]*)\]\Z")
_WORDS = re.compile(r"[A-Z][A-Z0-9'-]*(?: [A-Z0-9'-]+){0,3}\Z")
_UNFIT = re.compile(
    r"\b(?:COMPONENT|IMPURITY|UNSPECIFIED|BIOSIMILAR|RECOMBINANT|METABOLITE|RACEMIC|MIXTURE|DERIVED|INJECTION|TABLETS?"
    r"|KIT|FOR|AND|WITH|IN|OF|AS|NOS|VETERINARY|ISOMER|ENANTIOMER|RELATED|COMPOUND|POWDER|EXTRACT|FLEX\w+|PEN)\b"
)
_CODE = re.compile(r"(?P<letters>[A-Z]{2,5})[ -]?(?P<digits>\d{3,9})(?P<rest>[A-Z]?)\Z")
_NO_DEVELOPER = frozenset(
    """
    BRN CAS CCRIS CHEBI CHEMBL CCTRIS CI CD DEA DSSTOX EC EINECS EPA FDA FEMA GTPL HSDB INS MFCD NDC NSC OCI RCRA
    RTECS SMR STK UN UNII WLN ZINC NCI MLS NCGC HMS INCI ICSC KB CHEM AI ENT FD
    """.split()
)
"""Letters of catalogues of chemicals and of colours: their numbers stand in no report of a trial."""
LEAST_LETTERS = 5
"""Shorter names are left to the reviewed list: they are words or abbreviations of other things."""
LEAST_LETTERS_UNPUBLISHED = 7
"""Names that no book or register holds must be longer still: many are abbreviations of chemists."""
MANY_BOOKS = 3
MARKETED = frozenset({"ORANGE BOOK", "PURPLE BOOK CDER", "EMA EPAR", "VANDF", "WHO-IP", "JAN", "USP MONOGRAPH"})
"""Books of medicines that are or were given to patients: the tags of the list for them."""
_REFUSED_BOOKS = frozenset({"WHO-IP LATIN", "HPUS", "FHFI", "LANGUAL", "ISO", "FCC", "EMA HERBAL SUBSTANCE"})


@dataclass(frozen=True)
class Name:
    """One name as the list writes it, in capitals; `type` is of, cn, bn, cd or sys; `book` the list it is from."""

    text: str
    type: str
    book: str

    @property
    def is_usable(self) -> bool:
        """Whether a text could write it: a word or a few, a brand of one or two words, or a developer's code."""
        if self.type == "sys" or self.book in _REFUSED_BOOKS or "IMPURITY" in self.book or _UNFIT.search(self.text):
            return False
        code = _CODE.match(self.text)
        if code:
            return code["letters"] not in _NO_DEVELOPER
        words = self.text.split(" ")
        letters = sum(map(str.isalpha, self.text))
        if not _WORDS.match(self.text) or letters < LEAST_LETTERS or letters < len(self.text) * 2 / 3:
            return False
        if self.type == "cd" or self.text.count("-") > 2:
            return False
        if self.type == "cn" and not self.book:
            return len(words) == 1 and letters >= LEAST_LETTERS_UNPUBLISHED
        return len(words) <= (2 if self.type == "bn" else 4)

    @property
    def form(self) -> str:
        """The name as texts write it; a code without blank or hyphen, which the reader finds in all three spellings."""
        code = _CODE.match(self.text)
        if code:
            return "".join(code.groups())
        return self.text.title() if self.type == "bn" else self.text.lower()

    @property
    def key(self) -> str:
        """What two spellings of one name have in common."""
        return self.form.lower()


@dataclass(frozen=True)
class Substance:
    """A substance: the FDA's name for display, all names, and the books that hold it; titles in lower case."""

    display: str
    names: tuple[Name, ...]

    @cached_property
    def books(self) -> frozenset[str]:
        """The lists that name it."""
        return frozenset(name.book for name in self.names)

    @cached_property
    def international(self) -> str | None:
        """Its International Nonproprietary Name, if it has one."""
        adopted = {name.text.lower() for name in self.names if name.book == "INN" and _WORDS.match(name.text)}
        return min(adopted, key=lambda text: (len(text), text), default=None)

    @cached_property
    def preferred(self) -> str | None:
        """Its International Nonproprietary Name, else the FDA's own of what the United States or many books name."""
        if self.international is not None:
            return self.international
        known = "USAN" in self.books or ("WHO-DD" in self.books and len(self.books & MARKETED) >= MANY_BOOKS)
        return self.display if known and _WORDS.match(self.display.upper()) else None

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """The names that say what it is: for display, official, and of the books."""
        official = {name.text.lower() for name in self.names if name.type == "of" or name.book}
        return tuple(sorted({self.display, *official}))


def read_substances(path: Path) -> dict[str, Substance]:
    """All substances of the list by UNII, in order. Raises ValueError for a file that is not the list."""
    names: dict[str, set[Name]] = defaultdict(set)
    display: dict[str, str] = {}
    with path.open(encoding="utf-8") as lines:
        if next(lines, "").rstrip("\n").split("\t") != COLUMNS:
            raise ValueError(
                f"{path} does not begin with the columns {', '.join(COLUMNS)}: take UNII_Names from the FDA"
            )
        for line in lines:
            name, kind, unii, shown = line.rstrip("\n").split("\t")
            tagged = _TAGGED.match(name)
            names[unii].add(Name(tagged["name"], kind, tagged["book"]) if tagged else Name(name, kind, ""))
            display[unii] = min(display.get(unii, shown.lower()), shown.lower(), key=lambda text: (len(text), text))
    order = [(unii, sorted(known, key=lambda one: (one.text, one.type, one.book))) for unii, known in names.items()]
    return {unii: Substance(display[unii], tuple(known)) for unii, known in sorted(order, key=lambda pair: pair[0])}
