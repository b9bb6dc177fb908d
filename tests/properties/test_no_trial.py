"""Input that no trial stands in: a record without arms and outcomes, and never an error."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.unit.extraction.test_extract import extracted
from trialhouse.model.document import UnreadableDocument

STATISTICS = (
    "In 2023 the region had {0} inhabitants, {1}% of them older than 65. ",
    "Between 2019 and 2022 the share of smokers fell from {1}% to {2}%. ",
    "Mean rainfall was {1} ± {2} mm (95% CI, {2} to {1}; P<0.001). ",
    "Of {0} households, 412 (18.6%) had a car, and 77 had two. ",
    "Unemployment was {1}% in the north vs {2}% in the south (P = 0.03). ",
    "Table {3}: prices, median (IQR): {1} ({2}-{0}). ",
)
LANGUAGES = {
    "Chinese": "图书馆九点开门。有四百个座位和两个阅览室,去年有12345名读者,增加了7.5%。",
    "Arabic": "تفتح المكتبة في الساعة التاسعة. فيها ٤٠٠ مقعد وغرفتان للقراءة، وزارها 12345 قارئا (7.5%).",
    "Hebrew": "הספרייה נפתחת בתשע. יש בה 400 מקומות ישיבה, ו-7.5% מהם ליד החלון.",
    "Russian": "Библиотека открывается в девять. В ней 400 мест, из них 7,5% у окна.",
    "Hindi": "पुस्तकालय नौ बजे खुलता है। इसमें ४०० सीटें हैं, 7.5% खिड़की के पास।",
    "Japanese": "図書館は9時に開きます。席は400あり、そのうち7.5%は窓側です。",
    "German": "Die Bibliothek öffnet um neun. Sie hat 400 Plätze, davon 7,5 % am Fenster.",
    "Turkish": "Kütüphane dokuzda açılır. 400 koltuğu var, bunların %7,5'i pencere kenarında.",
    "Thai": "ห้องสมุดเปิดเก้าโมง มี ๔๐๐ ที่นั่ง 7.5% อยู่ริมหน้าต่าง",
}
MARKS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u00ad\u200b\u200d"
NOISE = st.one_of(
    st.text(alphabet="0123456789", min_size=1, max_size=400),
    st.text(alphabet="0123456789 .,%-–·/", min_size=1, max_size=400),
    st.text(alphabet="()[]{}<>«»\"'“”", min_size=1, max_size=300).map("A page. ".__add__),
    st.text(alphabet=MARKS + "12 %.vs", min_size=1, max_size=200),
    st.text(st.characters(categories=("Cc", "Cf", "Co", "Zs")), min_size=1, max_size=60).map("A page. ".__add__),
    st.text(st.characters(exclude_categories=("Cs",)), min_size=1, max_size=300).map("A page. ".__add__),
    st.lists(st.sampled_from(sorted(LANGUAGES.values())), min_size=1, max_size=4).map("\n".join),
)


@st.composite
def statistics(draw: st.DrawFn) -> str:
    """A page of figures about anything but a trial."""
    sentences = draw(st.lists(st.sampled_from(STATISTICS), min_size=1, max_size=30))
    figures = st.one_of(st.integers(0, 10**7), st.floats(0, 100).map(lambda value: round(value, 1)))
    return "".join(one.format(*draw(st.lists(figures, min_size=4, max_size=4))) for one in sentences)


def assert_abstains(text: str) -> None:
    """Nothing is read; what holds no words or too many control characters is refused before."""
    try:
        record = extracted(text)
    except UnreadableDocument as error:
        if error.reason not in ("empty", "binary"):
            raise
        return
    assert (record.arms, record.outcomes) == ((), ())
    assert (record.trial.enrollment, record.trial.allocation, record.trial.phase) == (None, None, None)


@settings(max_examples=40)
@given(statistics())
def test_a_page_of_statistics_is_no_trial(text: str) -> None:
    assert_abstains(text)


@settings(max_examples=100)
@given(NOISE)
def test_noise_is_no_trial(text: str) -> None:
    assert_abstains(text)


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_a_page_in_any_language_is_no_trial(language: str) -> None:
    assert_abstains(LANGUAGES[language])


TRIAL = (
    "We randomly assigned 121 adults to receive veltocimab 50 mg (n = 60) or placebo (n = 61) for 24 weeks. "
    "At week 12, relapse occurred in 14.2% of the veltocimab group and 31.5% of the placebo group (P<0.001)."
)
SIGNS = [*MARKS, "(", "[", "“", "\x0b", "\x85", "\u2028"]


@settings(max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(SIGNS), st.integers(0, len(TRIAL))), max_size=30))
@example([("\u200e", 44), ("\u200e", 104)])
def test_marks_within_a_trial_never_stop_the_reading(marks: list[tuple[str, int]]) -> None:
    text = TRIAL
    for mark, place in marks:
        text = text[:place] + mark + text[place:]
    record = extracted(text)
    given_to = {one.value: one.arm or "" for outcome in record.outcomes for one in outcome.measurements}
    assert "placebo" not in given_to.get(14.2, "")
    assert "veltocimab" not in given_to.get(31.5, "")
