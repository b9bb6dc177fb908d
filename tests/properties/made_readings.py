"""Readings of a handful of documents in many states, for whatever may come, go, change and contradict itself."""

import datetime
from collections.abc import Sequence

from hypothesis import strategies as st

from trialhouse.model.document import Document, DocumentRelation, Identifier, OwnNotice, Receipt, Zone, ZoneKind
from trialhouse.model.enums import ArmType, DocumentKind, EvidenceStatus, Relation, Statistic
from trialhouse.model.evidence import Evidence
from trialhouse.model.extraction import (
    ArmClaim,
    Candidate,
    DocumentFacts,
    Extraction,
    InterventionClaim,
    LanguageDifference,
    MeasurementClaim,
    OutcomeClaim,
    TrialClaim,
)
from trialhouse.model.ids import text_sha256
from trialhouse.model.words import JudgementSubject, Verdict
from trialhouse.resolution.judged import Judgement, Side
from trialhouse.resolution.reading import Reading

NOW = datetime.datetime(2026, 11, 21, tzinfo=datetime.UTC)
DOCUMENTS = 7
REGISTRY_IDS = ("NCT09990001", "NCT09990002", "ISRCTN10000001")
DOIS = ("10.5555/a", "10.5555/b", "10.5555/c")
TITLES = (
    "Quenosartan in adults with chronic gout: a randomised trial",
    "Milgliptin for asthma in children",
    "A pooled analysis of two trials of quenosartan",
    None,
)
TEXT = (
    "Registration number NCT09990001. Unlike NCT09990002, 40 adults with gout got quenosartan 40 mg; "
    "12 of 20 responded at week 12. ISRCTN10000001 is told as well; NCT099900021 is not. "
)
KINDS = (*DocumentKind, DocumentKind.REGISTRY, DocumentKind.ABSTRACT, DocumentKind.ABSTRACT)


def proof(words: str) -> Evidence:
    return Evidence.of(TEXT, TEXT.index(words), TEXT.index(words) + len(words), rule="made", confidence=0.9)


def identified(value: str) -> Identifier:
    start = TEXT.index(value)
    return Identifier(scheme="registry", value=value, start=start, end=start + len(value))


@st.composite
def claims(draw: st.DrawFn, name: str) -> Extraction:
    """What a document says of one trial."""
    given = st.builds(
        InterventionClaim,
        name=st.sampled_from(["quenosartan", "milgliptin"]),
        dose_value=st.sampled_from([None, 40.0]),
        evidence=st.just({"name": proof("quenosartan")}),
    )
    arm = st.builds(
        ArmClaim,
        key=st.just("set below"),
        label=st.sampled_from(["A", "B", "Placebo"]),
        arm_type=st.sampled_from([None, ArmType.EXPERIMENTAL, ArmType.PLACEBO_COMPARATOR]),
        interventions=st.lists(given, max_size=1).map(tuple),
        evidence=st.sampled_from([{}, {"label": proof("40 adults")}]),
    )
    arms = [one.model_copy(update={"key": f"{i}"}) for i, one in enumerate(draw(st.lists(arm, max_size=2)))]
    number = st.builds(
        MeasurementClaim,
        arm=st.sampled_from([None, *(one.key for one in arms)]),
        statistic=st.just(Statistic.COUNT),
        value=st.sampled_from([12.0, 13.0]),
        rule=st.just("made"),
        confidence=st.just(0.9),
        evidence=st.just(proof("12 of 20")),
    )
    outcome = st.builds(
        OutcomeClaim,
        measure=st.sampled_from(["Response", "The response", "Death"]),
        norm=st.sampled_from([None, "response"]),
        time_frame_weeks=st.sampled_from([None, 12.0]),
        measurements=st.lists(number, max_size=2).map(tuple),
    )
    said = LanguageDifference(field="n", language="de", kept="12", other="13", other_evidence=proof("responded"))
    several = Candidate(kind="registry_id", start=0, end=4, quote="NCT09990001", reason="several_trials")
    return Extraction(
        id=name,
        text_sha256="",
        document=DocumentFacts(),
        trial=TrialClaim(
            registry_ids=tuple(draw(st.lists(st.sampled_from(REGISTRY_IDS), max_size=2, unique=True))),
            acronym=draw(st.sampled_from([None, "TRIVELO", "TRIVELO"])),
            enrollment=draw(st.sampled_from([None, 40, 400])),
            conditions=draw(st.sampled_from([(), ("gout",)])),
            start_date=draw(st.sampled_from([None, "2020-01", "2025-01"])),
            evidence=draw(st.sampled_from([{}, {"enrollment": proof("40 adults")}])),
        ),
        arms=tuple(arms),
        outcomes=tuple(draw(st.lists(outcome, max_size=2))),
        candidates=draw(st.sampled_from([(), (), (several,)])),
        language_differences=draw(st.sampled_from([(), (said,)])),
    )


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    """One of the documents in one of its states, under the name of that state."""
    number = draw(st.integers(1, DOCUMENTS))
    doi = draw(st.sampled_from([None, *DOIS]))
    named = st.sampled_from([("doi", one) for one in DOIS] + [("registry", one) for one in REGISTRY_IDS])
    relation = st.builds(
        lambda word, to: DocumentRelation(relation=word, scheme=to[0], value=to[1], method="made", confidence=0.95),
        st.sampled_from([*Relation]),
        named,
    )
    status = st.sampled_from([EvidenceStatus.RETRACTED, EvidenceStatus.CORRECTED])
    notice = st.builds(OwnNotice, status=status, words=st.just("made"), evidence=st.just(proof("told")))
    cited = st.sampled_from(DOIS).map(lambda value: Identifier(scheme="doi", value=value, start=0, end=1))
    ids = [identified(one) for one in draw(st.lists(st.sampled_from(REGISTRY_IDS), max_size=3, unique=True))]
    document = Document(
        document_id=f"doc-{number}",
        receipt=Receipt(
            source="files",
            record_id=f"{number}",
            locator=f"{number}",
            fetched_at=NOW,
            sha256="0" * 64,
            size_bytes=1,
        ),
        format="text",
        kind=draw(st.sampled_from(KINDS)),
        text=TEXT,
        zones=draw(st.sampled_from([(), (Zone(kind=ZoneKind.TITLE, start=0, end=31),)])),
        title=draw(st.sampled_from(TITLES)),
        doi=doi,
        publication_types=draw(st.sampled_from([(), (), ("review",), ("meeting abstract",), ("comment",)])),
        published=draw(st.sampled_from([None, "2021", "2026-03"])),
        language=draw(st.sampled_from([None, "en"])),
        license=draw(st.sampled_from([None, "open"])),
        registry_ids=tuple(ids),
        cites=tuple(draw(st.lists(cited, max_size=2))),
        cited_registry_ids=tuple(draw(st.lists(st.sampled_from(REGISTRY_IDS), max_size=1).map(_identified_all))),
        relations=tuple(draw(st.lists(relation, max_size=1))),
        notices=tuple(draw(st.lists(notice, max_size=1))),
    )
    count = draw(st.sampled_from([1, 1, 1, 0, 2]))
    extractions = tuple(draw(claims(f"{number}#{at}")) for at in range(count))
    name = text_sha256(document.model_dump_json() + "".join(one.model_dump_json() for one in extractions))
    return Reading(document, extractions, "test", "1", name)


def _identified_all(values: Sequence[str]) -> list[Identifier]:
    return [identified(one) for one in values]


@st.composite
def judgements(draw: st.DrawFn) -> Judgement:
    """What somebody judged of two documents, or of two trials that are named by them or by a registry id."""
    names = [("document", f"doc-{number}") for number in range(1, DOCUMENTS + 1)]
    subject = draw(st.sampled_from([*JudgementSubject]))
    keys = names if subject is JudgementSubject.DOCUMENT else [*names, *(("registry", x.lower()) for x in REGISTRY_IDS)]
    left, right = draw(st.lists(st.sampled_from(keys), min_size=2, max_size=2, unique=True))
    sides = [Side(key[1], frozenset({key})) for key in (left, right)]
    verdict = draw(st.sampled_from([Verdict.SAME, Verdict.DIFFERENT]))
    return Judgement(f"judgement-{left}-{right}", subject, *sides, verdict, "somebody")
