"""Dates as PubMed writes them: the first month where it is named without doubt, else the year."""

import datetime

import pytest

from trialhouse.bulk.dates import medline_date, stated_date


@pytest.mark.parametrize(
    ("written", "month"),
    [
        ("2000 Nov-Dec", 11),
        ("2000 Nov 20-27", 11),
        ("2000 Dec 28-Jan 4", 12),
        ("2000 Dec-2001 Jan", 12),
        ("2000 Dec 28-2001 Jan 4", 12),
        ("2000 Sept", 9),
        ("2000 Sept-Oct", 9),
    ],
)
def test_of_months_and_days_the_first_month_counts(written, month):
    assert medline_date(written) == (datetime.date(2000, month, 1), "month")


@pytest.mark.parametrize(
    "written", ["2000 Spring-Summer", "2000-2001", "2000 Fall", "2000 1st Quart", "2000 Nov, or so"]
)
def test_of_seasons_and_years_the_first_year_counts(written):
    assert medline_date(written) == (datetime.date(2000, 1, 1), "year")


@pytest.mark.parametrize(("month", "number"), [("Jan-Feb", 1), ("Sept", 9), ("Nov-Dec", 11)])
def test_an_element_may_name_two_months(month, number):
    assert stated_date("2000", month, None) == (datetime.date(2000, number, 1), "month")


@pytest.mark.parametrize("month", ["Spring", "Spring-Summer", "Jan-Spring", "13"])
def test_what_is_no_month_leaves_the_year(month):
    assert stated_date("2000", month, None) == (datetime.date(2000, 1, 1), "year")
