import pytest

from trialhouse.extraction.context import times_in
from trialhouse.extraction.dates import find_dates, find_periods
from trialhouse.extraction.times import lengths, points, schedule


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("every 4 weeks", "every 4 weeks"),
        ("once every two weeks", "every 2 weeks"),
        ("every other day", "every other day"),
        ("every fourth week", "every 4 weeks"),
        ("twice daily", "twice daily"),
        ("a single dose of", "single dose"),
        ("100 mg daily", "once daily"),
        ("once weekly", "every 1 week"),
    ],
)
def test_schedules_in_the_words_of_the_contract(text: str, said: str) -> None:
    found = schedule(text, 0, len(text))
    assert found is not None
    assert found[0] == said


def test_no_schedule_in_plain_words() -> None:
    assert schedule("patients improved over time", 0, 27) is None


@pytest.mark.parametrize(
    "text",
    [
        "the change in monthly migraine days",
        "fewer monthly headache-free days",
        "mean weekly pain scores",
        "a lower monthly attack rate",
    ],
)
def test_what_is_counted_a_month_or_a_week_is_no_schedule(text: str) -> None:
    assert schedule(text, 0, len(text)) is None


@pytest.mark.parametrize(
    "text", ["70 mg monthly for 28 days", "monthly subcutaneous injections", "monthly, and visits at week 12"]
)
def test_what_is_given_every_month_is_one(text: str) -> None:
    said = schedule(text, 0, len(text))
    assert said is not None
    assert said[0] == "every 1 month"


def test_times_in_weeks() -> None:
    text = "at week 24, on day 28, for 12 weeks and a 6-month period"
    assert [one[0] for one in points(text, 0, len(text))] == [24, 4]
    assert [one[0] for one in lengths(text, 0, len(text))] == [12, 26.0893]


def test_lengths_in_words_and_in_figures_come_in_the_order_of_the_text() -> None:
    text = "for two weeks, 12 weeks, then three more: four weeks, 10 days"
    found = lengths(text, 0, len(text))
    assert [one[0] for one in found] == [2, 12, 4, 1.4286]
    assert [text[begin:end] for _, begin, end in found] == ["two weeks", "12 weeks", "four weeks", "10 days"]


def test_a_year_is_inherited_from_the_end_of_a_period() -> None:
    text = "between March 7th and April 21st, 2020 in one hospital"
    assert [(a.iso, b.iso) for a, b in find_periods(text, 0, len(text))] == [("2020-03-07", "2020-04-21")]


def test_a_date_is_no_more_precise_than_the_text() -> None:
    text = "in October 2011; on 5 May 2013; in June"
    assert [day.iso for day in find_dates(text, 0, len(text))] == ["2011-10", "2013-05-05"]


@pytest.mark.parametrize(
    ("text", "weeks"),
    [
        ("within 48 h of the procedure", 0.2857),
        ("for 12 wk and", 12.0),
        ("Twenty-four-hour pressures", 0.1429),
        ("Ninety-day mortality", 12.8571),
        ("sixteen weeks", 16.0),
        ("thirty months", 130.4464),
        ("24-hour", 0.1429),
        ("60 mg/24 h", None),
    ],
)
def test_short_units_of_time(text, weeks):
    assert [round(one[0], 4) for one in lengths(text, 0, len(text))] == ([weeks] if weeks else [])


@pytest.mark.parametrize("text", ["in the morning (0700 h)", "from 20.00-00.00 h or", "at 0700 hours, in bed"])
def test_a_time_of_the_day_is_no_length_of_time(text: str) -> None:
    assert times_in(text, 0, len(text)) == []
