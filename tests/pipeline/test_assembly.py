"""A refresh makes only what changed, and nothing that it kept can lead it astray."""

import datetime
import gc
from collections.abc import Callable
from pathlib import Path

import pytest

from trialhouse.model.words import RunStatus
from trialhouse.pipeline import refresh
from trialhouse.pipeline.result import RefreshResult
from trialhouse.pipeline.upkeep import WHAT_IS_LANDED, forget_what_was_read
from trialhouse.releases.layout import Layout
from trialhouse.resolution.in_brief import BriefDocument
from trialhouse.resolution.made_rows import MadeRows
from trialhouse.resolution.units import Units
from trialhouse.settings import Settings, load_settings
from trialhouse.store.connection import DatabaseError

TEXT = """{drug} for high blood pressure: a randomised trial

METHODS: We randomly assigned {n} adults to {drug} 40 mg once daily or placebo for 12 weeks.
"""


@pytest.fixture
def live(tmp_path: Path) -> Settings:
    return load_settings(profile="live", warehouse=tmp_path / "warehouse", environ={}).settings


@pytest.fixture
def night(live: Settings, tmp_path: Path) -> Callable[..., RefreshResult]:
    """One more night: with files of so many participants by drug, or with nothing that is new."""
    moments = iter(datetime.datetime(2026, 12, day, tzinfo=datetime.UTC) for day in range(1, 28))

    def pass_night(**sizes: int) -> RefreshResult:
        files = []
        for drug, n in sizes.items():
            files.append(tmp_path / f"{drug}-{n}.txt")
            files[-1].write_text(TEXT.format(drug=drug, n=n))
        moment = next(moments)
        if not files:
            return refresh(live, WHAT_IS_LANDED, clock=lambda: moment)
        return refresh(live, files=files, clock=lambda: moment)

    return pass_night


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The titles of the trials and documents whose rows are made."""
    found: list[str] = []
    of_trial, of_document = Units.trial_rows, Units.document_rows

    def trial_rows(units, trial, published):
        found.append(f"trial {trial.mentions[0].document.title}")
        return of_trial(units, trial, published)

    def document_rows(units, reading):
        found.append(f"document {reading.document.title}")
        return of_document(units, reading)

    monkeypatch.setattr(Units, "trial_rows", trial_rows)
    monkeypatch.setattr(Units, "document_rows", document_rows)
    return found


def same_from_nothing(live: Settings, night: Callable[..., RefreshResult]) -> bool:
    """Whether the current release is the one that is made when nothing is left of what was made before."""
    forget_what_was_read(live)
    return night().status is RunStatus.UNCHANGED


def test_only_what_changed_is_made(live, night, made) -> None:
    assert night(Quenosartan=200, Milgliptin=300).status is RunStatus.PUBLISHED
    assert len(made) == 4
    made.clear()
    assert night(Zorlimab=90).status is RunStatus.PUBLISHED
    assert sorted(made) == [
        f"{kind} Zorlimab for high blood pressure: a randomised trial" for kind in ("document", "trial")
    ]
    made.clear()
    assert night().status is RunStatus.UNCHANGED
    assert made == []
    assert same_from_nothing(live, night)
    assert len(made) == 6


@pytest.mark.parametrize("name", ["made.duckdb", "briefs.parquet"])
@pytest.mark.parametrize("part", [0, 1 / 3, 2 / 3])
def test_a_damaged_file_is_made_anew(live, night, name: str, part: float) -> None:
    night(Quenosartan=200, Milgliptin=300)
    (path,) = Layout(live.warehouse).derived.rglob(name)
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * part)] + b"?" * int(len(content) * (1 - part)))
    assert night().status is RunStatus.UNCHANGED
    assert night(Zorlimab=90).status is RunStatus.PUBLISHED
    assert same_from_nothing(live, night)


def test_rows_that_cannot_be_copied_are_made_anew(live, night, made, monkeypatch) -> None:
    night(Quenosartan=200)
    copy, damaged = MadeRows.copy, iter([True])

    def fails_once(rows: MadeRows) -> None:
        if next(damaged, False):
            raise DatabaseError("a block of the file is damaged")
        copy(rows)

    made.clear()
    monkeypatch.setattr(MadeRows, "copy", fails_once)
    assert night().status is RunStatus.UNCHANGED
    assert len(made) == 2


def test_all_documents_are_let_go_before_rows_are_copied(live, night, monkeypatch) -> None:
    copy, held = MadeRows.copy, []

    def noted(rows: MadeRows) -> None:
        gc.collect()
        held.append(sum(type(one) is BriefDocument for one in gc.get_objects()))
        copy(rows)

    monkeypatch.setattr(MadeRows, "copy", noted)
    night(Quenosartan=200, Milgliptin=300)
    assert held == [0]


def test_other_code_that_makes_rows_makes_all_of_them_and_the_briefs_anew(live, night, made, monkeypatch) -> None:
    night(Quenosartan=200)
    derived = Layout(live.warehouse).derived
    before = {path.name: path.parent for path in derived.rglob("made-*/*.*")}
    made.clear()
    monkeypatch.setattr("trialhouse.pipeline.derived.making_fingerprint", lambda: "other")
    assert night().status is RunStatus.UNCHANGED
    assert len(made) == 2
    after = {path.name: path.parent for path in derived.rglob("made-*/*.*")}
    assert after.keys() == before.keys() == {"made.duckdb", "briefs.parquet"}
    assert set(after.values()).isdisjoint(before.values())


def test_a_flipped_bit_of_a_brief_is_noticed(live, night) -> None:
    night(Quenosartan=200, Milgliptin=300)
    (path,) = Layout(live.warehouse).derived.rglob("briefs.parquet")
    whole = path.read_bytes()
    for at in range(40, len(whole) // 2, len(whole) // 8):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert night().status is RunStatus.UNCHANGED


def test_a_death_between_the_tables_of_a_unit_leaves_none_of_it(live, night, monkeypatch) -> None:
    night(Quenosartan=200)
    insert = MadeRows._insert

    def dies(rows, name, table):
        if name == "evidence":
            raise KeyboardInterrupt
        insert(rows, name, table)

    with monkeypatch.context() as patched:
        patched.setattr(MadeRows, "_insert", dies)
        with pytest.raises(KeyboardInterrupt):
            night(Milgliptin=300)
    assert night().status is RunStatus.PUBLISHED
    assert same_from_nothing(live, night)
