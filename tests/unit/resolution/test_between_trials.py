"""Texts that state the ids of two trials: their own reports are of trials with other names and sizes."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from trialhouse.model.document import Identifier
from trialhouse.model.enums import DocumentKind, TrialRole
from trialhouse.model.extraction import OutcomeClaim, TrialClaim
from trialhouse.model.tables import CandidateRow, OutcomeMeasurementRow, TrialDocumentRow, TrialRow
from trialhouse.model.vocabulary import Vocabulary
from trialhouse.resolution.between_trials import between_trials
from trialhouse.resolution.reading import Mention, Reading, mentions_of
from trialhouse.resolution.resolve import resolve

Make = Callable[..., Reading]
NCT, UMIN, JRCT, OTHER_JRCT = "NCT07670001", "UMIN000041234", "jRCT2031220077", "jRCT2031230011"
BOTH = "Eosinophils and response to dolumab in ASTRA and BOREA"


def of(
    reading: Make,
    name: str,
    ids: Sequence[str],
    acronym: str | None = None,
    size: int | None = None,
    title: str | None = None,
    kind: DocumentKind = DocumentKind.ABSTRACT,
    **claims: Any,
) -> Reading:
    trial = TrialClaim(registry_ids=tuple(ids), acronym=acronym, enrollment=size)
    places = tuple(Identifier(scheme="registry", value=value, start=0, end=4) for value in ids)
    facts = {"title": title or f"Dolumab ({acronym or name})", "registry_ids": places}
    return reading(name, kind, facts=facts, trial=trial, **claims)


def between(*readings: Reading, judged: Sequence[str] = ()) -> set[str]:
    mentions: list[Mention] = [mention for one in readings for mention in mentions_of(one)]
    found = between_trials(mentions, judged)
    assert between_trials(mentions[::-1], judged) == found
    return set(found)


def test_a_text_on_two_trials_with_an_id_each_joins_neither_and_gives_them_no_number(
    reading: Make, measured: Callable[..., Any]
) -> None:
    astra = of(reading, "astra", [UMIN], "ASTRA", 300)
    borea = of(reading, "borea", [NCT], "BOREA", 410)
    response = OutcomeClaim(measure="an exacerbation", measurements=(measured(None, 10.0),))
    post_hoc = of(reading, "post-hoc", [UMIN, NCT], title=BOTH, outcomes=(response,))
    rows = resolve([astra, borea, post_hoc], Vocabulary(), lambda document: True)
    assert len(rows.of(TrialRow)) == 2
    links = [one for one in rows.of(TrialDocumentRow) if one.document_id == "doc-post-hoc"]
    assert [one.role for one in links] == [TrialRole.REVIEW_MENTION] * 2
    assert len({one.trial_id for one in links}) == 2
    assert rows.of(OutcomeMeasurementRow) == []
    assert {one.reason.split(":")[0] for one in rows.of(CandidateRow)} == {"several_trials"}


@pytest.mark.parametrize(
    ("acronym", "size", "title", "is_between"),
    [
        (None, 710, BOTH, True),
        ("ASTRA", 300, BOTH, True),
        (None, None, "Eosinophils and response to dolumab", True),
        (None, 710, "Skin toxicity of dolumab in two trials", True),
        # A report of one of them that has another id beside its own is believed.
        ("ASTRA", 300, "Dolumab in asthma (ASTRA)", False),
        (None, 296, "Dolumab in asthma", False),
    ],
)
def test_it_is_a_report_of_one_of_them_by_its_name_or_size(
    reading: Make, acronym: str | None, size: int | None, title: str, is_between: bool
) -> None:
    sides = of(reading, "astra", [UMIN], "ASTRA", 300), of(reading, "borea", [NCT], "BOREA", 410)
    text = of(reading, "text", [UMIN, NCT], acronym, size, title)
    assert between(*sides, text) == ({"doc-text"} if is_between else set())
    assert between(*sides, text, judged=["doc-text"]) == set()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("ASTRA", 300), ("ASTRA", 410)),
        (("ASTRA", 300), ("BOREA", 296)),
        (("ASTRA", 300), ("ASTRA-OLE", 120)),
        (("ASTRA", 300), (None, 120)),
        (("ASTRA", None), ("BOREA", 410)),
    ],
)
def test_one_trial_told_by_two_registries_is_one(
    reading: Make, one: tuple[str | None, int | None], other: tuple[str | None, int | None]
) -> None:
    early, late = of(reading, "early", [UMIN], *one), of(reading, "late", [NCT], *other)
    assert between(early, late, of(reading, "text", [UMIN, NCT], title=BOTH)) == set()


def test_a_registry_record_that_has_both_ids_is_believed(reading: Make) -> None:
    sides = of(reading, "astra", [UMIN], "ASTRA", 300), of(reading, "borea", [NCT], "BOREA", 410)
    text = of(reading, "text", [UMIN, NCT], title=BOTH)
    record = of(reading, "record", [NCT, UMIN], kind=DocumentKind.REGISTRY)
    assert between(*sides, text, record) == set()


def test_a_number_that_nothing_else_has_is_a_late_one(reading: Make) -> None:
    assert between(of(reading, "borea", [NCT], "BOREA", 410), of(reading, "text", [UMIN, NCT], title=BOTH)) == set()


def test_two_numbers_of_one_registry_are_two_trials_whatever_else_they_share(reading: Make) -> None:
    main = of(reading, "main", [NCT, JRCT], "SOLANA", 520)
    japan = of(reading, "japan", [OTHER_JRCT], None, 260)
    both = of(reading, "both", [NCT, OTHER_JRCT], None, 780)
    assert between(main, japan, both) == {"doc-both"}
    further = of(reading, "further", [JRCT], None, 515)
    assert between(main, japan, both, further) == {"doc-both"}
