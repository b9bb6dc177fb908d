"""Registry ids with a slip: nothing is linked by them, and a person is told what may be meant."""

from collections.abc import Callable

import pytest

from trialhouse.model.document import Document, Zone, ZoneKind
from trialhouse.model.enums import DocumentKind
from trialhouse.model.extraction import ArmClaim, InterventionClaim, TrialClaim
from trialhouse.model.identifiers import find_identifiers
from trialhouse.model.tables import CandidateRow, DoubtfulPairRow
from trialhouse.model.vocabulary import Vocabulary
from trialhouse.resolution.mistyped_ids import mistyped_ids
from trialhouse.resolution.resolve import Reading, resolve

Make = Callable[..., Reading]


def saying(reading: Make, words: str, **facts: object) -> Document:
    made = reading("paper").document
    found = tuple(one for one in find_identifiers(words) if one.scheme == "registry")
    return made.model_copy(update={"text": words, "registry_ids": found} | facts)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("Registered as NCT0999O101.", {"NCT09990101"}),
        ("Registered as NCT O999OlO1.", {"NCT09990101"}),
        ("Registered as NTC09990101.", {"NCT09990101"}),
        ("Registered as ISCRTN99901010.", {"ISRCTN99901010"}),
        (
            "Registered as NCT099901012.",
            {"NCT09901012", "NCT09991012", "NCT09990012", "NCT09990112", "NCT09990102", "NCT09990101"},
        ),
        ("Registered as NCT99990101.", {"NCT09990101"}),
    ],
)
def test_a_slip_is_found_with_what_may_be_meant(reading: Make, words: str, meant: set[str]) -> None:
    (found,) = mistyped_ids(saying(reading, words))
    assert set(found.meant) == meant
    assert words[found.start : found.end] == found.quote == words.removeprefix("Registered as ").rstrip(".")


def test_a_digit_that_is_lacking_may_be_any_at_any_place(reading: Make) -> None:
    (found,) = mistyped_ids(saying(reading, "Registered as NCT0999101."))
    assert {"NCT09990101", "NCT09991014"} <= set(found.meant)
    assert all(len(value) == len("NCT09990101") and value.startswith("NCT0") for value in found.meant)


@pytest.mark.parametrize(
    "words",
    [
        "Registered as NCT09990101.",
        "Registered as NCT 09990101 and ISRCTN99901010.",
        "Registered as NCT09990101, which the abstract gives as NCT099901011.",
        "We thank the NCT group; 12345678 cells were seen.",
        "The KCTOIlOIlOI buffer was used.",
        "The code was XNCT099901012.",
    ],
)
def test_what_is_an_id_or_stands_for_none_is_no_slip(reading: Make, words: str) -> None:
    assert mistyped_ids(saying(reading, words)) == []


def test_what_stands_beside_a_page_is_not_the_pages(reading: Make) -> None:
    words = "More news: NCT0999O101"
    zone = Zone(kind=ZoneKind.RELATED, start=0, end=len(words))
    assert mistyped_ids(saying(reading, words, zones=(zone,))) == []


def test_it_is_a_candidate_and_a_pair_where_the_trial_is_known(reading: Make) -> None:
    made = reading("paper", trial=TrialClaim(enrollment=120))
    paper = Reading(saying(reading, "Registered as NCT0999O101."), made.extractions, "test", "1")
    rows = resolve([paper], Vocabulary(), lambda document: True)
    said = "mistyped: no registry numbers its trials so; it may be meant for NCT09990101"
    assert [(row.kind, row.quote, row.reason) for row in rows.of(CandidateRow)] == [
        ("registry_id", "NCT0999O101", said)
    ]
    assert rows.of(DoubtfulPairRow) == []
    record = reading("record", DocumentKind.REGISTRY, trial=TrialClaim(registry_ids=("NCT09990101",)))
    (pair,) = resolve([paper, record], Vocabulary(), lambda document: True).of(DoubtfulPairRow)
    assert (pair.method, pair.reason) == (
        "mistyped_registry_id",
        "doc-paper names NCT0999O101, which is NCT09990101 but for a slip",
    )


def test_a_trial_on_another_drug_in_another_condition_is_not_what_was_meant(reading: Make) -> None:
    def on(name: str, drug: str, condition: str, kind: DocumentKind, *ids: str) -> Reading:
        arms = (ArmClaim(key="a", label="a", interventions=(InterventionClaim(name=drug),)),)
        trial = TrialClaim(registry_ids=ids, conditions=(condition,))
        return reading(name, kind, facts={"title": f"{drug} for {condition}"}, arms=arms, trial=trial)

    made = on("paper", "Tamsetin", "gout flares", DocumentKind.ABSTRACT)
    words = "Tamsetin for gout flares. Registered as NCT0999O101."
    paper = Reading(saying(reading, words, title=made.document.title), made.extractions, "test", "1")
    pairs = []
    for drug, condition in (("Tamsetin", "gout"), ("Bridoxil", "gout"), ("Bridoxil", "cluster headache")):
        record = on("record", drug, condition, DocumentKind.REGISTRY, "NCT09990101")
        record = Reading(record.document.model_copy(update={"text": ""}), record.extractions, "test", "1")
        pairs.append(resolve([paper, record], Vocabulary(), lambda document: True).of(DoubtfulPairRow))
    assert [len(found) for found in pairs] == [1, 1, 0]
