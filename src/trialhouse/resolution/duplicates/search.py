"""The pairs of one search that were compared, and what was found of each."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from trialhouse.resolution.duplicates.judge import certain, judge
from trialhouse.resolution.duplicates.result import Crowd
from trialhouse.resolution.duplicates.side import Side
from trialhouse.resolution.duplicates.spelling import Spelling, read_spelling
from trialhouse.resolution.duplicates.table import run_file
from trialhouse.resolution.duplicates.verdict import Finding, Verdict
from trialhouse.store.connection import Connection

FEWEST, MOST_BATCHES = 5_000, 20
"""Pairs that are compared at once, as their records are in memory together, but in so many turns at most: each one
reads all records.
"""

Numbers = tuple[int, int]
"""A pair of records by their numbers in the order of ids, the smaller first."""
Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and of how much."""


def no_progress(step: str, done: int, of: int) -> None:
    """Say nothing."""


def words_file(sql: Path) -> Path:
    """The list of known words: seeds lie beside the folder that holds the SQL, in a checkout and in a wheel."""
    return sql.parents[1] / "seeds" / "words.csv"


@dataclass
class Search:
    """Compares the candidates that candidates.sql left in the connection. Records are numbers; `ids` names them."""

    connection: Connection
    sql: Path
    progress: Progress = no_progress
    ids: list[str] = field(init=False)
    copies: list[Numbers] = field(init=False)
    found: dict[Numbers, Verdict] = field(default_factory=dict)
    forbidden: dict[Numbers, str] = field(default_factory=dict)
    judged: set[Numbers] = field(default_factory=set)
    spelling: Spelling = field(init=False)
    crowd_of: dict[int, int] = field(init=False)
    """For each record of a title that too many have, the first of these."""

    def __post_init__(self) -> None:
        self.ids = _column(self.connection, "SELECT record_id FROM bib_fields ORDER BY n")
        self.copies = self.connection.execute("SELECT first_n, n FROM bib_copies ORDER BY n").fetchall()
        self.spelling = read_spelling(words_file(self.sql))
        self.crowd_of = dict(self.connection.execute("SELECT n, first_n FROM bib_crowds ORDER BY n").fetchall())

    def crowds(self) -> tuple[Crowd, ...]:
        """The titles that too many records have, the commonest first."""
        query = (
            "SELECT title, record_id, size FROM bib_fields AS f "
            "JOIN (SELECT first_n, count(*) AS size FROM bib_crowds GROUP BY first_n) AS c ON c.first_n = f.n "
            "ORDER BY size DESC, n"
        )
        return tuple(Crowd(*row) for row in self.connection.execute(query).fetchall())

    def compare_candidates(self) -> None:
        """Find the pairs that are certain, and judge every other candidate pair."""
        run_file(self.connection, self.sql, "certain")
        query = "SELECT l, r, years, volume, pages, same_doi FROM bib_certain ORDER BY l, r"
        for left, right, *place in self.connection.execute(query).fetchall():
            self._keep((left, right), certain(*place))
        self._compare("bib_pairs ANTI JOIN bib_certain USING (l, r)")

    def compare_also(self, pairs: Iterable[Numbers]) -> None:
        """Judge these pairs, too, where they are not judged yet: only what forbids a merge is kept of them."""
        new = sorted(set(pairs) - self.judged)
        if not new:
            return
        left, right = (pa.array([pair[side] for pair in new], type=pa.int64()) for side in (0, 1))
        self.connection.register("bib_late", pa.table({"l": left, "r": right}))
        self._compare("bib_late")
        self.connection.unregister("bib_late")

    def _compare(self, pairs: str) -> None:
        """Judge the pairs of a relation, a batch at a time."""
        self.connection.execute(
            "CREATE OR REPLACE TEMP TABLE bib_numbered AS "
            f"SELECT row_number() OVER (ORDER BY l, r) - 1 AS pair, l, r FROM {pairs}"
        )
        count = self.connection.execute("SELECT count(*) FROM bib_numbered").fetchall()[0][0]
        batch = max(FEWEST, -(-count // MOST_BATCHES))
        for begin in range(0, count, batch):
            self.progress("comparing pairs", begin, count)
            sides = self.sides(begin, begin + batch)
            for left, right in self._pairs(begin, begin + batch):
                self._keep((left, right), judge(sides[left], sides[right], self.spelling))
        self.progress("comparing pairs", count, count)

    def _keep(self, pair: Numbers, verdict: Verdict) -> None:
        self.judged.add(pair)
        if verdict.finding is not Finding.APART:
            self.found[pair] = verdict
        if verdict.forbids_a_merge:
            self.forbidden[pair] = verdict.veto or verdict.reason

    def _pairs(self, begin: int, end: int) -> Iterator[Numbers]:
        query = "SELECT l, r FROM bib_numbered WHERE pair >= $begin AND pair < $end ORDER BY pair"
        yield from self.connection.execute(query, {"begin": begin, "end": end}).fetchall()

    def sides(self, begin: int, end: int) -> dict[int, Side]:
        """The records of a range of numbered pairs, by their numbers."""
        query = (self.sql / "sides.sql").read_text(encoding="utf-8")
        rows = self.connection.execute(query, {"from_pair": begin, "to_pair": end}).fetchall()
        return {row[0]: Side(*row) for row in rows}


def _column(connection: Connection, query: str) -> list[str]:
    return [row[0] for row in connection.execute(query).fetchall()]
