"""Whatever rows are made of changes alone, and the release that is assembled is the one that is made from nothing.

Each test changes one input between two builds, sees that it changed a row, and that none of the rows that were kept
from the first build hides it.
"""

import datetime
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.properties import test_incremental
from tests.properties.made_readings import NOW, REGISTRY_IDS, TEXT, proof
from tests.properties.test_incremental import Night, Warehouse
from trialhouse.model.document import Document, DocumentRelation, Identifier, OwnNotice, Receipt
from trialhouse.model.enums import DocumentKind, EvidenceStatus, Relation
from trialhouse.model.extraction import ArmClaim, DocumentFacts, Extraction, InterventionClaim, TrialClaim
from trialhouse.model.words import JudgementSubject, RunStatus, Verdict
from trialhouse.pipeline import refresh
from trialhouse.pipeline.upkeep import WHAT_IS_LANDED, forget_what_was_read
from trialhouse.releases.catalog import find_release
from trialhouse.releases.layout import DATABASE
from trialhouse.resolution import designs
from trialhouse.resolution.judged import Judgement, Side
from trialhouse.resolution.reading import Reading
from trialhouse.settings import Settings, load_settings
from trialhouse.store.connection import release_reader

FIRST, _, OTHER = REGISTRY_IDS


def read(number: int, kind: DocumentKind | None, claims: TrialClaim | None, drug: str = "", **facts: Any) -> Reading:
    """A document, and what it says of a trial if of any; another name where it says something else."""
    receipt = Receipt(source="files", record_id="1", locator="1", fetched_at=NOW, sha256="0" * 64, size_bytes=1)
    document = Document(
        document_id=f"doc-{number}", receipt=receipt, format="text", kind=kind, **{"text": TEXT} | facts
    )
    arms = (ArmClaim(key="1", label=drug, interventions=(InterventionClaim(name=drug),)),) if drug else ()
    said = (
        [Extraction(id=f"{number}", text_sha256="", document=DocumentFacts(), trial=claims, arms=arms)]
        if claims
        else []
    )
    return Reading(document, tuple(said), "test", "1", f"doc-{number} {claims} {drug} {facts}")


def sized(size: int, *ids: str) -> TrialClaim:
    """A trial of so many participants under these registry ids."""
    return TrialClaim(registry_ids=ids, enrollment=size, evidence={"enrollment": proof("40 adults")})


def notice(number: int, relation: Relation, of: str) -> Reading:
    """A notice on the paper with a DOI."""
    about = DocumentRelation(relation=relation, scheme="doi", value=of, method="made", confidence=0.95)
    return read(number, DocumentKind.NOTICE, None, relations=(about,))


def judged(subject: JudgementSubject, said: str) -> Judgement:
    """Somebody says why the first two documents are one, or of one trial."""
    sides = [Side(f"doc-{number}", frozenset({("document", f"doc-{number}")})) for number in (1, 2)]
    return Judgement("judgement", subject, *sides, Verdict.SAME, said)


class Nights:
    """A warehouse of made documents that is built night by night, each build compared with one from nothing."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.warehouse = folder, Warehouse(folder)

    def pass_one(self, *came: Reading, judged: Sequence[Judgement] = ()) -> None:
        self.warehouse.judged.clear()
        assert self.warehouse.pass_night(Night(came, frozenset(), tuple(judged), 0, is_lost=False))

    def ask(self, query: str) -> list[tuple[Any, ...]]:
        with release_reader(self.folder / DATABASE) as release:
            return release.execute(query).fetchall()


@pytest.fixture
def nights(tmp_path: Path) -> Nights:
    return Nights(tmp_path)


ENROLLMENT = "SELECT enrollment FROM trials"


def test_what_a_document_says(nights: Nights) -> None:
    said = []
    for size in (40, 400):
        nights.pass_one(read(1, DocumentKind.ABSTRACT, sized(size, FIRST), title=f"A trial of {size} adults"))
        said += nights.ask("SELECT t.enrollment, d.title FROM trials AS t, documents AS d")
    assert said == [(40, "A trial of 40 adults"), (400, "A trial of 400 adults")]


def test_why_a_document_is_of_its_trial(nights: Nights) -> None:
    papers = [read(n, DocumentKind.ABSTRACT, sized(40), doi=f"10.5555/{n}") for n in (1, 2)]
    query = "SELECT DISTINCT method, reason FROM trial_documents WHERE document_id = 'doc-2'"
    reasons = []
    for why in ("one acronym", "one protocol"):
        nights.pass_one(*papers, judged=[judged(JudgementSubject.TRIAL, why)])
        reasons += nights.ask(query)
    assert [method for method, _ in reasons] == ["judgement", "judgement"]
    assert ["one acronym" in reasons[0][1], "one protocol" in reasons[1][1]] == [True, True]


def test_by_what_a_document_is_of_its_trial(nights: Nights) -> None:
    papers = [read(n, DocumentKind.ABSTRACT, sized(40), doi=f"10.5555/{n}", title=f"Made {n}") for n in (1, 2)]
    methods = []
    for subject in (JudgementSubject.TRIAL, JudgementSubject.DOCUMENT):
        nights.pass_one(*papers, judged=[judged(subject, "both are of ELM")])
        methods += nights.ask("SELECT method FROM trial_documents WHERE document_id = 'doc-2'")
    assert methods == [("judgement",), ("duplicate",)]


def test_that_two_documents_were_judged_to_be_of_one_trial(nights: Nights) -> None:
    papers = [read(n, DocumentKind.ABSTRACT, sized(40), doi=f"10.5555/{n}") for n in (1, 2)]
    trials = []
    for judgements in ([], [judged(JudgementSubject.TRIAL, "one acronym")], []):
        nights.pass_one(*papers, judged=judgements)
        trials += nights.ask("SELECT count(*) FROM trials")
    assert trials == [(2,), (1,), (2,)]


def test_that_a_document_was_retracted(nights: Nights) -> None:
    query = "SELECT t.evidence_status, d.evidence_status FROM trials AS t, documents AS d WHERE document_id = 'doc-1'"
    nights.pass_one(read(1, DocumentKind.ABSTRACT, sized(40, FIRST), doi="10.5555/a"))
    assert nights.ask(query) == [("CURRENT", "CURRENT")]
    nights.pass_one(notice(2, Relation.RETRACTION_OF, "10.5555/a"))
    assert nights.ask(query) == [("RETRACTED", "RETRACTED")]


def test_that_another_record_of_a_paper_says_that_it_was_corrected(nights: Nights) -> None:
    """The record reports no trial, and what was corrected is trusted as before: nothing else tells the trial of it."""
    told = OwnNotice(status=EvidenceStatus.CORRECTED, words="erratum in", evidence=proof("told"))
    nights.pass_one(read(1, DocumentKind.ABSTRACT, sized(40, FIRST), doi="10.5555/a"))
    statuses = nights.ask("SELECT evidence_status FROM trials")
    nights.pass_one(read(2, DocumentKind.ABSTRACT, None, doi="10.5555/a", notices=(told,)))
    assert [*statuses, *nights.ask("SELECT evidence_status FROM trials")] == [("CURRENT",), ("CORRECTED",)]


def test_that_another_notice_is_about_a_document(nights: Nights) -> None:
    counts = []
    nights.pass_one(read(1, DocumentKind.ABSTRACT, sized(40, FIRST), doi="10.5555/a"))
    for number in (2, 3):
        nights.pass_one(notice(number, Relation.ERRATUM_FOR, "10.5555/a"))
        counts += nights.ask("SELECT count(*) FROM trial_documents")
    assert counts == [(2,), (3,)]


def test_what_became_of_the_papers_that_a_page_of_the_trial_cites(nights: Nights) -> None:
    cited = DocumentRelation(relation=Relation.CITES, scheme="doi", value="10.5555/a", method="made")
    pages = [
        read(1, DocumentKind.NEWS, sized(40, FIRST), published="2026-03", relations=(cited,)),
        read(2, DocumentKind.NEWS, sized(44, FIRST), published="2021"),
    ]
    nights.pass_one(*pages, read(3, None, None, doi="10.5555/a"))
    kept = nights.ask(ENROLLMENT)
    nights.pass_one(notice(4, Relation.RETRACTION_OF, "10.5555/a"))
    assert [*kept, *nights.ask(ENROLLMENT)] == [(40,), (44,)]


def test_that_a_registry_id_is_of_another_trial(nights: Nights) -> None:
    """A record says that the trial of an id in running text has another drug and size than the paper."""
    text = f"Registration number {FIRST}. We randomly assigned 40 adults to quenosartan or placebo ({OTHER})."
    ids = [
        Identifier(scheme="registry", value=one, start=text.index(one), end=text.index(one) + len(one))
        for one in (FIRST, OTHER)
    ]
    claims = TrialClaim(registry_ids=(FIRST, OTHER), enrollment=40)
    query = "SELECT count(*) FROM trial_registrations JOIN trial_documents USING (trial_id) WHERE document_id = 'doc-1'"
    nights.pass_one(read(1, DocumentKind.ABSTRACT, claims, "quenosartan", text=text, registry_ids=tuple(ids)))
    before = nights.ask(query)
    claims = TrialClaim(registry_ids=(OTHER,), enrollment=4000)
    nights.pass_one(read(2, DocumentKind.REGISTRY, claims, "milgliptin", text=f"Milgliptin: {OTHER}"))
    assert [*before, *nights.ask(query)] == [(2,), (1,)]


def test_that_a_text_may_no_longer_be_passed_on(nights: Nights, monkeypatch: pytest.MonkeyPatch) -> None:
    query = "SELECT is_whole FROM document_texts"
    nights.pass_one(read(1, DocumentKind.ABSTRACT, sized(40, FIRST), license="open"))
    assert nights.ask(query) == [(True,)]
    monkeypatch.setattr(test_incremental, "may_be_passed_on", lambda document: False)
    nights.pass_one()
    assert nights.ask(query) == [(False,)]


PAPER = """{drug} for high blood pressure: a randomised trial ({nct})

METHODS: We randomly assigned {n} adults to {drug} 40 mg once daily or placebo for 12 weeks.
"""
PAGE = """<html><head><title>{drug} lowers blood pressure</title></head><body><article><h1>News: {drug} lowers blood
pressure</h1><p>By A. Writer, March 2, 2026</p><p>In a trial ({nct}), {n} adults were randomly assigned to {drug} 40 mg
once daily or placebo for 12 weeks.</p></article></body></html>"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A copy of what is installed, so that a seed can be changed."""
    installed = load_settings(profile="live", warehouse=tmp_path / "warehouse", environ={}).settings.root
    for name in ("config", "seeds", "warehouse"):
        shutil.copytree(installed / name, tmp_path / "root" / name)
    return tmp_path / "root"


@pytest.fixture
def live(tmp_path: Path, root: Path) -> Settings:
    return load_settings(profile="live", warehouse=tmp_path / "warehouse", environ={}, root=root).settings


@pytest.fixture
def night() -> Callable[..., RunStatus]:
    """One more night with some files, or with nothing that is new."""
    moments = iter(datetime.datetime(2026, 12, day, tzinfo=datetime.UTC) for day in range(1, 28))

    def pass_night(settings: Settings, *files: Path) -> RunStatus:
        moment = next(moments)
        if not files:
            return refresh(settings, WHAT_IS_LANDED, clock=lambda: moment).status
        return refresh(settings, files=files, clock=lambda: moment).status

    return pass_night


def asked(settings: Settings, query: str) -> list[tuple[Any, ...]]:
    with release_reader(find_release(settings.warehouse, None).database) as release:
        return release.execute(query).fetchall()


def changed_alone(night: Callable[..., RunStatus], settings: Settings) -> None:
    """See that what changed makes a release, and that nothing is left to make when all is made again."""
    assert night(settings) is RunStatus.PUBLISHED
    forget_what_was_read(settings)
    assert night(settings) is RunStatus.UNCHANGED


def test_whom_to_trust(tmp_path: Path, live: Settings, night: Callable[..., RunStatus]) -> None:
    paper, page = tmp_path / "paper.txt", tmp_path / "page.html"
    paper.write_text(PAPER.format(drug="Quenosartan", n=200, nct=FIRST))
    page.write_text(PAGE.format(drug="Quenosartan", n=300, nct=FIRST))
    night(live, paper, page)
    assert asked(live, ENROLLMENT) == [(200,)]
    order = live.trust.default.model_copy(update={"order": live.trust.default.order[::-1]})
    live = live.model_copy(update={"trust": live.trust.model_copy(update={"default": order, "orders": {}})})
    changed_alone(night, live)
    assert asked(live, ENROLLMENT) == [(300,)]


def test_the_vocabulary(tmp_path: Path, live: Settings, night: Callable[..., RunStatus], root: Path) -> None:
    paper = tmp_path / "paper.txt"
    paper.write_text(PAPER.format(drug="Quenosartan", n=200, nct=FIRST))
    query = "SELECT intervention_norm FROM arm_interventions WHERE intervention_name ILIKE 'quenosartan'"
    night(live, paper)
    assert asked(live, query) == [("quenosartan",)]
    other = shutil.copytree(root, tmp_path / "other")  # the vocabulary of one place is read once a process
    with (other / "seeds" / "interventions.csv").open("a") as file:
        file.write("quenosartan,quenosartan sodium,,made,2026-11-20\n")
    changed_alone(night, load_settings(profile="live", warehouse=live.warehouse, environ={}, root=other).settings)
    assert asked(live, query) == [("quenosartan sodium",)]


def test_the_code_that_makes_rows(
    tmp_path: Path, live: Settings, night: Callable[..., RunStatus], monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = tmp_path / "paper.txt"
    paper.write_text(PAPER.format(drug="Quenosartan", n=200, nct=FIRST))
    night(live, paper)
    made = designs.TrialRow

    def otherwise(**cells: Any) -> Any:
        return made(**cells | {"acronym": "OTHERWISE"})

    for name in ("derived", "release"):
        monkeypatch.setattr(f"trialhouse.pipeline.{name}.making_fingerprint", lambda: "other code")
    monkeypatch.setattr(designs, "TrialRow", otherwise)
    changed_alone(night, live)
    assert asked(live, "SELECT acronym FROM trials") == [("OTHERWISE",)]
