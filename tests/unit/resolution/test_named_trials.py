"""A title that names a registered trial makes a document one of it where drug and size are the same, else a pair."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from trialhouse.model.document import Identifier
from trialhouse.model.enums import DocumentKind
from trialhouse.model.extraction import ArmClaim, InterventionClaim, TrialClaim
from trialhouse.resolution.reading import Mention, Reading
from trialhouse.resolution.trials import Linked, link

Make = Callable[..., Reading]


def of(reading: Make, name: str, title: str | None, kind: DocumentKind = DocumentKind.ABSTRACT, **more: Any) -> Reading:
    drug = InterventionClaim(name=more.pop("drug", "quenosartan"))
    facts = {"published": more.pop("published", "2021-05"), "title": title}
    claims = TrialClaim(**{"conditions": ("Stage 1 hypertension",), "enrollment": 160} | more)
    arms = (ArmClaim(key="a", label="a", interventions=(drug,)), ArmClaim(key="c", label="c"))
    return reading(name, kind, facts=facts, arms=arms, trial=claims)


def record(reading: Make, nct: str = "NCT09990101", acronym: str = "ALDER-BP", **more: Any) -> Reading:
    facts = {"registry_ids": (nct,), "start_date": "2019-02", "acronym": acronym}
    return of(reading, f"record {nct}", None, DocumentKind.REGISTRY, **facts | more)


def linked(*readings: Reading) -> Linked:
    return link([Mention(r.document, r.extractions[0], "test", "1") for r in readings])


@pytest.mark.parametrize("kind", [DocumentKind.NEWS, DocumentKind.ABSTRACT])
@pytest.mark.parametrize(
    "title",
    [
        "Quenosartan lowers blood pressure: ALDER-BP",
        "ALDER-BP: quenosartan in adults",
        "Falls with quenosartan: a post hoc analysis of ALDER-BP",
    ],
)
def test_a_document_that_names_the_trial_in_its_title_is_of_it(reading: Make, title: str, kind: DocumentKind) -> None:
    found = linked(record(reading), of(reading, "told", title, kind))
    (trial,) = found.clusters
    assert [how.method for how in trial.links] == ["registry_id", "acronym_drug_size"]
    said = "the title names ALDER-BP, same drug quenosartan, 160 participants, years 2019 and 2021"
    assert trial.links[1].reason == said
    assert found.doubtful == ()


@pytest.mark.parametrize(
    ("title", "other", "why"),
    [
        ("Quenosartan: ALDER-BP", {"enrollment": 150}, "not the same number of participants"),
        ("Quenosartan: ALDER-BP", {"enrollment": None}, "not the same number of participants"),
        ("Quenosartan: ALDER-BP", {"enrollment": 1600}, "enrollments far apart"),
        ("Quenosartan: ALDER-BP", {"published": "2005"}, "years that do not fit"),
        ("Quenosartan and sleep (the ALDER-BP substudy)", {}, "one is another part (substudy)"),
        ("Quenosartan: ALDER-BP", {"conditions": ()}, "the condition was not found on both sides"),
        ("Quenosartan from ALDER-BP to BIRCH-BP", {}, "others too"),
    ],
)
def test_what_is_missing_or_against_it_is_told_to_a_person(
    reading: Make, title: str, other: dict[str, Any], why: str
) -> None:
    birch = record(reading, "NCT09990102", "BIRCH-BP", start_date="2020-01", enrollment=170)
    found = linked(record(reading), birch, of(reading, "told", title, **other))
    assert len(found.clusters) == 3
    assert any(why in one.reason for one in found.doubtful)


@pytest.mark.parametrize(
    ("title", "facts"),
    [
        ("Zorcitinib after ALDER-BP", {"drug": "zorcitinib"}),
        ("Quenosartan in ALDER-BPX", {}),
        ("Quenosartan in alder-bp", {}),
        ("Quenosartan: ALDER-BP", {"registry_ids": ("NCT09990777",)}),
    ],
    ids=["another drug", "a longer name", "no name", "a number of its own"],
)
def test_another_drug_name_or_number_is_no_sign(reading: Make, title: str, facts: dict[str, Any]) -> None:
    found = linked(record(reading), of(reading, "told", title, **facts))
    assert len(found.clusters) == 2
    assert "acronym_drug_size" not in {one.method for one in found.doubtful}


def test_a_name_that_two_registered_trials_have_names_neither(reading: Make) -> None:
    other = record(reading, "NCT09990102", enrollment=40, start_date="2015-01")
    found = linked(record(reading), other, of(reading, "told", "Quenosartan: ALDER-BP"))
    assert len(found.clusters) == 3


def report(reading: Make, title: str = "Quenosartan in adults (LARCH): a randomised trial", **more: Any) -> Reading:
    """The main paper of a trial of which no registry record is here."""
    return of(reading, "main", title, **{"acronym": "LARCH", "registry_ids": ("ISRCTN55512340",)} | more)


def test_a_name_is_known_from_a_report_too(reading: Make) -> None:
    found = linked(report(reading), of(reading, "told", "Sleep with quenosartan: a post hoc analysis of LARCH"))
    (trial,) = found.clusters
    assert {how.method for how in trial.links} == {"registry_id", "acronym_drug_size"}


@pytest.mark.parametrize(
    ("title", "other", "why"),
    [
        (
            "Quenosartan: five-year follow-up of LARCH",
            {"enrollment": 150},
            "same drug quenosartan, but not the same nu",
        ),
        (
            "Blood pressure in adults: extended follow-up of LARCH",
            {"drug": "placebo"},
            "it tells of quenosartan, but the",
        ),
        (
            "Views of hypertension with salt in LARCH",
            {"drug": "salt"},
            "both titles have “hypertension”, “salt”, but diff",
        ),
    ],
    ids=["another size", "a drug that was not read", "words of the titles"],
)
def test_what_names_a_trial_and_is_on_its_subject_is_told(
    reading: Make, title: str, other: dict[str, Any], why: str
) -> None:
    main = report(reading, "Quenosartan and salt in hypertension (LARCH)")
    (doubt,) = linked(main, of(reading, "told", title, **other)).doubtful
    assert doubt.reason.startswith("the title names LARCH, ")
    assert why in doubt.reason


def test_a_title_that_calls_a_trial_by_a_name_makes_it_known_and_joins_none(reading: Make) -> None:
    titles = ("Effects of school gardening: the CALMER cluster randomised trial", "Gardening in schools of CALMER: why")
    found = linked(*(of(reading, title[:4], title) for title in titles))
    assert len(found.clusters) == 2
    assert [one.reason for one in found.doubtful] == [
        "the title names CALMER, same drug quenosartan, but no report is known by that name alone"
    ]


def test_a_name_before_the_number_of_a_trial_is_its_name(reading: Make) -> None:
    said = "(WHITEBEAM 5 ISRCTN number, ISRCTN55512340.)"
    at = Identifier(scheme="registry", value="ISRCTN55512340", start=said.index("ISRCTN555"), end=len(said) - 2)
    main = of(reading, "main", "Quenosartan in adults", registry_ids=("ISRCTN55512340",))
    main = replace(main, document=main.document.model_copy(update={"text": said, "registry_ids": (at,)}))
    found = linked(main, of(reading, "told", "Costs of quenosartan alongside the WHITEBEAM 5 trial", enrollment=None))
    assert ["the title names WHITEBEAM 5" in one.reason for one in found.doubtful] == [True]


def test_a_page_whose_text_alone_names_the_trial_is_told(reading: Make) -> None:
    page = of(reading, "page", "Pill lowers pressure", DocumentKind.NEWS)
    page = replace(page, document=page.document.model_copy(update={"text": "In ALDER-BP the pill lowered it."}))
    found = linked(record(reading), page)
    assert [one.reason for one in found.doubtful] == [
        "the text names ALDER-BP, same drug quenosartan, but its title does not"
    ]


def test_a_number_in_another_registry_leaves_it_a_doubt(reading: Make) -> None:
    found = linked(record(reading), of(reading, "told", "Quenosartan: ALDER-BP", registry_ids=("ISRCTN55512340",)))
    assert len(found.clusters) == 2
    assert ["but it is registered as ISRCTN55512340" in one.reason for one in found.doubtful] == [True]


def test_in_a_long_title_of_capitals_no_word_is_a_name(reading: Make) -> None:
    shouted = of(reading, "told", "QUENOSARTAN AND THE ALDER-BP OF PEOPLE WITH COLDS")
    assert "acronym_drug_size" not in {one.method for one in linked(record(reading), shouted).doubtful}
