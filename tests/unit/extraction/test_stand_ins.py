"""Words that stand for the only treatment that is tested."""

import pytest

from trialhouse.extraction.stand_ins import stand_ins


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("About 86% of patients on the drug lost weight.", "the drug"),
        ("Patients taking the experimental pill lost 15%.", "the experimental pill"),
        ("those who got the vaccine fell ill", "the vaccine"),
        ("of women treated with the antibody", "the antibody"),
    ],
)
def test_people_get_what_is_tested(text: str, place: str) -> None:
    assert [text[a:b] for a, b in stand_ins(text, 0, len(text))] == [place]


@pytest.mark.parametrize(
    "text",
    [
        "The drug costs about $1,300 a month.",
        "patients in the drug group",
        "the price of the drug rose",
        "on the drug's label",
        "with the treatment group",
    ],
)
def test_what_nobody_gets_stands_for_no_arm(text: str) -> None:
    assert stand_ins(text, 0, len(text)) == []
