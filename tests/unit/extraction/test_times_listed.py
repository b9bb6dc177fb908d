"""Points in time beside other numbers: a dose, a count of people or a share behind a time belongs to no time."""

import pytest

from trialhouse.extraction.times import points


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("at week 24, 900 mcg lowered it", "week 24"),
        ("at week 24, 900 and 1800 mcg lowered it", "week 24"),
        ("at week 12 and 40 patients", "week 12"),
        ("at week 12, 40% of them", "week 12"),
        ("at week 12, 24 points", "week 12"),
        ("at weeks 36 and 48 was", "weeks 36 and 48"),
        ("at weeks 4, 12, and 24 the", "weeks 4, 12"),
        ("from week 2 to week 26 of it", "week 2 to week 26"),
    ],
)
def test_a_time_ends_before_another_number(text: str, said: str) -> None:
    (found,) = points(text, 0, len(text))
    assert text[found[1] : found[2]] == said
