"""Invisible marks and ligatures within words and numbers: the text is read as people see it, and quoted as it is."""

import pytest

from tests.unit.extraction.test_extract import extracted

SEEN = (
    "We randomly assigned 121 adults to receive veltocimab 50 mg (n = 60) or placebo (n = 61) for 24 weeks. "
    "At week 12, relapse occurred in 14.2% of the veltocimab group and 31.5% of the placebo group (P<0.001)."
)


def _said(text: str) -> list[tuple[str | None, float]]:
    return [(one.arm, one.value) for outcome in extracted(text).outcomes for one in outcome.measurements]


@pytest.mark.parametrize("mark", ["\u200e", "\u00ad", "\u200b", "\u2060", "\ufeff", "\u202a\u202c"])
@pytest.mark.parametrize("places", [(47, 107), (0,), (44, 45, 46), (150,), (len(SEEN),)])
def test_reads_what_is_seen(mark: str, places: tuple[int, ...]) -> None:
    text = SEEN
    for place in sorted(places, reverse=True):
        text = text[:place] + mark + text[place:]
    assert _said(text) == _said(SEEN) == [("veltocimab 50 mg", 14.2), ("placebo", 31.5)]


def test_a_quote_is_the_characters_of_the_text_itself() -> None:
    text = SEEN.replace("veltocimab", "vel\u00adtoci\u200emab")
    record = extracted(text)
    proofs = [
        proof
        for arm in record.arms
        for proof in (*arm.evidence.values(), *(p for one in arm.interventions for p in one.evidence.values()))
    ]
    proofs += [one.evidence for outcome in record.outcomes for one in (*outcome.measurements, *outcome.analyses)]
    assert proofs
    assert all(text[one.start : one.end] == one.quote for one in proofs)
    assert record.arms[0].interventions[0].evidence["name"].quote == "vel\u00adtoci\u200emab"


def test_a_ligature_is_its_letters_in_names_and_itself_in_quotes() -> None:
    text = SEEN.replace("veltocimab", "o\ufb01\u200btinib e\ufb03camab", 1).replace("veltocimab", "o\ufb01tinib")
    plain = SEEN.replace("veltocimab", "ofitinib efficamab", 1).replace("veltocimab", "ofitinib")
    record, read = extracted(text), extracted(plain)
    names = [[given.name for given in arm.interventions] for arm in record.arms]
    assert names == [[given.name for given in arm.interventions] for arm in read.arms]
    assert any("ofitinib" in name for given in names for name in given)
    assert _said(text) == _said(plain) != []
    proofs = [one.evidence for outcome in record.outcomes for one in outcome.measurements]
    proofs += [proof for arm in record.arms for given in arm.interventions for proof in given.evidence.values()]
    assert all(text[one.start : one.end] == one.quote for one in proofs)
    assert any(one.quote == "o\ufb01\u200btinib" for one in proofs)


def test_a_text_of_marks_alone_says_nothing() -> None:
    assert not extracted("\u200e" * 50 + "\n").outcomes
