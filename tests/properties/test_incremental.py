"""A release that was assembled from what was made before is the one that is made from nothing."""

import dataclasses
import pathlib
import tempfile
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.properties.made_readings import DOCUMENTS, DOIS, NOW, REGISTRY_IDS, TEXT, judgements, proof, readings
from tests.unit.resolution.remembered import remembered
from trialhouse.model.document import Document, Identifier, OwnNotice, Receipt
from trialhouse.model.enums import DocumentKind, EvidenceStatus
from trialhouse.model.extraction import ArmClaim, DocumentFacts, Extraction, InterventionClaim, TrialClaim
from trialhouse.model.tables import SCHEMA_VERSION, TABLES, ArmRow, OutcomeRow, RowSet
from trialhouse.model.vocabulary import Vocabulary
from trialhouse.pipeline.assembly import write_units
from trialhouse.releases.build import write_rows
from trialhouse.releases.catalog import Release
from trialhouse.releases.layout import DATABASE
from trialhouse.resolution.brief import Brief, open_brief
from trialhouse.resolution.constraints import ContradictoryJudgements
from trialhouse.resolution.judged import Judgement
from trialhouse.resolution.published import Published
from trialhouse.resolution.reading import Reading
from trialhouse.resolution.resolve import resolve
from trialhouse.resolution.survey import survey
from trialhouse.resolution.units import Units
from trialhouse.store.connection import Connection, new_database, release_reader
from trialhouse.store.schema import bare_schema_sql

DUPLICATES = pathlib.Path(__file__).parents[2] / "warehouse" / "duplicates"
CONTENT = [table for table in TABLES if table.schema == "main"]


@dataclasses.dataclass(frozen=True)
class Night:
    """What changed since the night before: documents that came or are otherwise now, that went, what was judged, which
    of the arms and outcomes that were published a check set aside, and whether the file of made rows was lost.
    """

    came: tuple[Reading, ...]
    went: frozenset[str]
    judged: tuple[Judgement, ...]
    set_aside: int
    is_lost: bool


nights = st.lists(
    st.builds(
        Night,
        came=st.lists(readings(), max_size=3).map(tuple),
        went=st.frozensets(st.integers(1, DOCUMENTS).map(lambda number: f"doc-{number}"), max_size=2),
        judged=st.lists(judgements(), max_size=1).map(tuple),
        set_aside=st.sampled_from([0, 0, 1, 2]),
        is_lost=st.sampled_from([False, False, False, True]),
    ),
    min_size=2,
    max_size=4,
)


def may_be_passed_on(document: Document) -> bool:
    return document.license == "open"


def in_brief(reading: Reading, whole: dict[str, Reading]) -> Reading:
    """A reading as it comes back from the file of briefs."""

    def read(name: str) -> tuple[Document, tuple[Extraction, ...]]:
        (one,) = (one for one in whole.values() if one.name == name)
        return one.document, one.extractions

    written = Brief.of(reading.document, reading.extractions).written()
    document, claims = open_brief(written, reading.name, read)
    return dataclasses.replace(reading, document=document, extractions=claims)


def tables_of(connection: Connection) -> dict[str, list[tuple[object, ...]]]:
    """The rows of every table, without their dates, in one order."""
    found = {}
    for table in CONTENT:
        names = ", ".join(column.name for column in table.columns)
        found[table.name] = connection.execute(f"SELECT {names} FROM {table.name} ORDER BY ALL").fetchall()
    return found


class Warehouse:
    """One that is refreshed every night, each time from what was made before, and from nothing to compare."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.folder, self.made = folder, folder / "made.duckdb"
        self.whole: dict[str, Reading] = {}
        self.judged: dict[str, Judgement] = {}
        self.published = Published()
        self.last: Release | None = None

    def pass_night(self, night: Night) -> bool:
        """Let what changed come, and release. Returns whether there is a release: judgements may contradict."""
        self.whole |= {one.document.document_id: one for one in night.came}
        self.whole = {name: one for name, one in self.whole.items() if name not in night.went}
        self.judged |= {one.judgement_id: one for one in night.judged}
        if night.is_lost:
            self.made.unlink(missing_ok=True)
        now, judged = list(self.whole.values()), list(self.judged.values())
        try:
            rows = resolve(
                now, Vocabulary(), may_be_passed_on, self.published, judgements=judged, duplicates=DUPLICATES
            )
        except ContradictoryJudgements:
            self.judged.clear()
            return False
        expected = self.folder / "expected.duckdb"
        expected.unlink(missing_ok=True)
        with new_database(expected) as connection:
            connection.execute(bare_schema_sql(CONTENT))
            write_rows(connection, rows)
            wanted = tables_of(connection)
        assert self.assembled(judged) == wanted
        self.publish(rows, night.set_aside)
        return True

    def assembled(self, judged: Sequence[Judgement]) -> dict[str, list[tuple[object, ...]]]:
        """The tables of the release that is assembled, of documents in brief, from what was made before."""
        briefs = [in_brief(one, self.whole) for one in self.whole.values()]
        surveyed = survey(briefs, self.published, judgements=judged, duplicates=DUPLICATES)
        units = Units(
            surveyed, Vocabulary(), may_be_passed_on, "made", lambda one: self.whole[one.document.document_id]
        )
        build = self.folder / "build.duckdb"
        build.unlink(missing_ok=True)
        with new_database(build) as connection:
            connection.execute(bare_schema_sql(CONTENT))
            write_rows(connection, write_units(connection, lambda: units, self.made, self.last))
            return tables_of(connection)

    def publish(self, rows: RowSet, set_aside: int) -> None:
        """Publish the build, but for the first of its arms and outcomes, so many of each: checks set them aside."""
        gone = {row.arm_id for row in rows.of(ArmRow)[:set_aside]}
        gone |= {row.outcome_id for row in rows.of(OutcomeRow)[:set_aside]}
        kept = RowSet(
            row for row in rows if gone.isdisjoint((getattr(row, "arm_id", None), getattr(row, "outcome_id", None)))
        )
        self.published = remembered(Published.of(kept), self.published)
        database = self.folder / DATABASE
        database.unlink(missing_ok=True)
        facts = {"folder": self.folder, "schema_version": SCHEMA_VERSION}
        self.last = Release.filled(**facts | dict.fromkeys(Release.every_field - facts.keys()))
        with new_database(database) as connection:
            connection.execute(bare_schema_sql(CONTENT))
            write_rows(connection, kept)


def pass_nights(first: tuple[Reading, ...], history: list[Night]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        warehouse = Warehouse(pathlib.Path(folder))
        warehouse.pass_night(Night(first, frozenset(), (), 0, False))
        for night in history:
            warehouse.pass_night(night)


BEGINNINGS = st.lists(readings(), min_size=3, max_size=9).map(tuple)
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


@given(BEGINNINGS, nights)
@settings(max_examples=5, suppress_health_check=SLOW)
def test_what_is_assembled_is_what_is_made_from_nothing(first: tuple[Reading, ...], history: list[Night]) -> None:
    pass_nights(first, history)


@pytest.mark.long
@given(BEGINNINGS, nights)
@settings(max_examples=60, suppress_health_check=SLOW)
def test_what_is_assembled_on_many_nights_is_what_is_made_from_nothing(
    first: tuple[Reading, ...], history: list[Night]
) -> None:
    pass_nights(first, history)


def said(number: int, kind: DocumentKind, ids: Sequence[str] = (), dose: float | None = None, **facts: Any) -> Reading:
    """A document that says how many took part, of whom some got a drug, and what became of another paper."""
    receipt = Receipt(source="files", record_id="1", locator="1", fetched_at=NOW, sha256="0" * 64, size_bytes=1)
    told = OwnNotice(status=EvidenceStatus.CORRECTED, words="told", evidence=proof("told"))
    document = Document(
        document_id=f"doc-{number}", receipt=receipt, format="text", kind=kind, text=TEXT, notices=(told,), **facts
    )
    given = InterventionClaim(name="quenosartan", dose_value=dose)
    claims = Extraction(
        id=f"{number}",
        text_sha256="",
        document=DocumentFacts(),
        trial=TrialClaim(registry_ids=tuple(ids), enrollment=40, evidence={"enrollment": proof("40 adults")}),
        arms=(ArmClaim(key="1", label="A", interventions=(given,)),),
    )
    return Reading(document, (claims,), "test", "1", f"doc-{number} {dose}")


def test_what_others_say_changes_the_rows_and_the_text_of_an_unchanged_page(tmp_path: pathlib.Path) -> None:
    cited = tuple(Identifier(scheme="doi", value=doi, start=0, end=1) for doi in DOIS[:2])
    page = said(1, DocumentKind.NEWS, cites=cited)
    named = enumerate(zip(DOIS[:2], REGISTRY_IDS[:2], strict=True), 2)
    papers = [said(n, DocumentKind.ABSTRACT, [value], doi=doi) for n, (doi, value) in named]
    warehouse, quoted = Warehouse(tmp_path), []
    for came, went in (((page,), ()), (papers, ()), ((), ("doc-3",)), ((), ("doc-2",))):
        assert warehouse.pass_night(Night(tuple(came), frozenset(went), (), 0, is_lost=False))
        with release_reader(tmp_path / DATABASE) as release:
            quoted += release.execute("SELECT count(*) FROM document_texts WHERE document_id = 'doc-1'").fetchall()
    assert quoted == [(2,), (1,), (1,), (2,)]


def test_an_arm_that_was_set_aside_loses_the_id_that_it_had_kept(tmp_path: pathlib.Path) -> None:
    warehouse, ids = Warehouse(tmp_path), []
    for dose, set_aside in ((None, 0), (40.0, 1), (40.0, 0), (40.0, 0)):
        paper = said(1, DocumentKind.ABSTRACT, dose=dose)
        assert warehouse.pass_night(Night((paper,), frozenset(), (), set_aside, is_lost=False))
        with release_reader(tmp_path / DATABASE) as release:
            ids.append(release.execute("SELECT arm_id FROM arms").fetchall())
    assert ids[1] == []
    assert ids[0] != ids[2] == ids[3]
