"""Working days: those of a week that are no weekend, without the days off."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from working_days import Counted, counted

from smsheets.layout.items import WEEKENDS, weekend_of_country
from smsheets.plan.record import About
from smsheets.plan.roadmap import DaysOff, Holiday, Roadmap
from smsheets.plan.slip import add_working_days, count_working_days, week_end

DAYS = st.dates(date(2026, 1, 1), date(2028, 12, 31))
DAYS_OFF = st.builds(
    DaysOff, dates=st.frozensets(DAYS, max_size=30), weekend=st.frozensets(st.integers(1, 7), max_size=4)
)
MONDAY = date(2027, 3, 1)


@pytest.mark.parametrize(
    ("first", "last", "count"),
    [
        (date(2027, 3, 1), date(2027, 3, 5), 5),  # Monday to Friday
        (date(2027, 3, 1), date(2027, 3, 1), 1),
        (date(2027, 3, 6), date(2027, 3, 7), 0),  # a weekend
        (date(2027, 3, 5), date(2027, 3, 8), 2),  # Friday to Monday
        (date(2027, 3, 1), date(2027, 3, 31), 23),
        (date(2027, 3, 5), date(2027, 3, 1), 0),  # the wrong way round
    ],
)
def test_both_ends_count(first: date, last: date, count: int) -> None:
    assert count_working_days(first, last, DaysOff()) == count


def test_a_day_off_on_a_weekend_takes_nothing_away() -> None:
    days_off = DaysOff(dates=frozenset({date(2027, 3, 3), date(2027, 3, 6)}))
    assert count_working_days(MONDAY, date(2027, 3, 7), days_off) == 4


@given(first=DAYS, length=st.integers(0, 400), days_off=DAYS_OFF)
def test_counting_in_weeks_is_counting_day_by_day(first: date, length: int, days_off: DaysOff) -> None:
    days = [first + timedelta(days=n) for n in range(length + 1)]
    expected = sum(day.isoweekday() not in days_off.weekend and day not in days_off.dates for day in days)
    assert count_working_days(first, days[-1], days_off) == expected


@given(day=DAYS)
def test_a_week_ends_on_its_sunday(day: date) -> None:
    assert week_end(day).isoweekday() == 7
    assert 0 <= (week_end(day) - day).days < 7


@given(day=DAYS, count=st.integers(1, 200), days_off=DAYS_OFF)
def test_adding_working_days_is_counting_them_backwards(day: date, count: int, days_off: DaysOff) -> None:
    end = add_working_days(day, count, days_off)
    assert count_working_days(day + timedelta(days=1), end, days_off) == count
    assert count_working_days(end, end, days_off) == 1


def test_no_working_days_more_is_the_same_day() -> None:
    assert add_working_days(date(2027, 3, 6), 0, DaysOff()) == date(2027, 3, 6)


def days_off_of(line: Counted) -> DaysOff:
    return Roadmap(start=About(weekend=line.weekend), holidays=tuple(Holiday(date=day) for day in line.off)).days_off


@pytest.mark.parametrize("line", counted(), ids=str)
def test_as_libreoffice_counts(line: Counted) -> None:
    days_off = days_off_of(line)
    assert count_working_days(line.first, line.last, days_off) == line.days
    assert add_working_days(line.first - timedelta(days=1), line.nth, days_off) == line.end


@pytest.mark.parametrize("place", sorted({line.place for line in counted() if line.place}))
def test_the_table_has_the_weekend_of_each_country(place: str) -> None:
    (weekend,) = {line.weekend for line in counted() if line.place == place}
    assert weekend_of_country(place, date(2027, 1, 1)) == weekend


def test_every_weekend_that_can_be_picked_is_in_the_table() -> None:
    assert {line.weekend for line in counted()} >= set(WEEKENDS)
