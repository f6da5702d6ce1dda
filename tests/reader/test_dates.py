"""Days and times as people type them: a day, several possible days, or none."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from smsheets.reader.values.dates import date_order_of, parse_date, parse_time
from smsheets.reader.values.words import Ambiguous

YEAR = (date(2027, 1, 1), date(2027, 12, 31))


FISCAL = (date(2027, 7, 1), date(2028, 6, 30))


@pytest.mark.parametrize(
    "text",
    [
        *("2027-04-13", "2027-4-13", "2027/04/13", "2027.04.13", "20270413", "2027-04-13T00:00:00", "2027-04-13 00:00"),
        *("2027-04-13T00:00:00Z", "13.4.2027", "13. 4. 2027", "13.04.27", "13/04/2027", "04/13/2027", "13-4-2027"),
        *(
            "13. April 2027",
            "13 April 2027",
            "April 13, 2027",
            "April 13 2027",
            "13 Apr 27",
            "13-Apr-27",
            "13-Apr-2027",
        ),
        *("13 apr. 2027", "13th of April, 2027", "Apr 13th, 2027", "13.April.2027", "APR 13, '27", "2027 Apr 13"),
        *("Apr-13-2027", "Tue, 13.4.2027", "Dienstag, 13. April 2027", "Di 13.04.2027", "13.4.2027 12:00 AM"),
        *("١٣/٤/٢٠٢٧", "13\u00a0April\u00a02027", "13-Apr", "April 13", "13. April", "13.4.", "4/13"),
    ],
)
def test_days(text: str) -> None:
    assert parse_date(text, None, YEAR) == date(2027, 4, 13)


@pytest.mark.parametrize(
    "text",
    [
        *("", "soon", "April", "April 2027", "13", "2027", "13.4.2027 10:30", "31.4.2027", "2027-13-13", "0.0.2027"),
        *("13.4.202", "13.4.20277", "5. text", "13/4-2027", "Mon 13.4.2027", "13 Foo 2027", "12.5 k", "Jan 3-15"),
        *("30 February 2027", "3 May 2027 x", "1.2.3.4", "00000000", "99999999", "Sometime, 13.4.2027"),
    ],
)
def test_what_is_no_day(text: str) -> None:
    for order in (None, "dmy", "mdy", "ymd"):
        assert parse_date(text, order, YEAR) is None


@pytest.mark.parametrize(
    ("text", "dmy", "mdy"),
    [
        ("03/04/2027", date(2027, 4, 3), date(2027, 3, 4)),
        ("3.4.27", date(2027, 4, 3), date(2027, 3, 4)),
        ("3/4", date(2027, 4, 3), date(2027, 3, 4)),
    ],
)
def test_two_days_until_the_column_decides(text: str, dmy: date, mdy: date) -> None:
    assert parse_date(text, "dmy", YEAR) == dmy
    assert parse_date(text, "mdy", YEAR) == mdy
    assert parse_date(text, None, YEAR) == Ambiguous((dmy, mdy))


def test_same_day_both_ways_and_the_weekday_that_decides() -> None:
    assert parse_date("4/4/2027", None, None) == date(2027, 4, 4)
    assert parse_date("Sat, 03/04/2027", None, None) == date(2027, 4, 3)
    assert parse_date("Thu, 03/04/2027", "dmy", None) == date(2027, 3, 4)
    assert parse_date("Sat, 02/12/2000", "dmy", None) == date(2000, 12, 2)
    assert parse_date("Sat, 02/12/2000", None, None) == Ambiguous((date(2000, 12, 2), date(2000, 2, 12)))
    assert parse_date("Fri, 13 April 2027", None, None) is None
    assert parse_date("27-04-03", "ymd", None) == date(2027, 4, 3)
    assert parse_date("13/04/2027", "ymd", None) == date(2027, 4, 13)
    assert parse_date("99-04-03", None, None) == date(2099, 4, 3)


@pytest.mark.parametrize(
    ("text", "period", "expected"),
    [
        ("17-Jun", YEAR, date(2027, 6, 17)),
        ("17-Jun", FISCAL, date(2028, 6, 17)),
        ("3. Oktober", FISCAL, date(2027, 10, 3)),
        ("17-Jun", None, None),
        ("17-Jun", (date(2027, 1, 1), date(2027, 3, 31)), None),
        ("17-Jun", (date(2027, 1, 1), date(2028, 12, 31)), Ambiguous((date(2027, 6, 17), date(2028, 6, 17)))),
        ("29 Feb", (date(2027, 1, 1), date(2028, 12, 31)), date(2028, 2, 29)),
        ("03/04", (date(2027, 4, 1), date(2027, 6, 30)), date(2027, 4, 3)),
    ],
)
def test_a_year_comes_from_the_period(text: str, period: tuple[date, date] | None, expected: object) -> None:
    assert parse_date(text, None, period) == expected


@pytest.mark.parametrize(
    ("texts", "lang", "country", "order"),
    [
        (["03/04/2027", "13/04/2027"], "en", "US", "dmy"),
        (["03/04/2027", "04/13/2027"], "de", None, "mdy"),
        (["13/04/2027", "04/13/2027"], "de", None, None),
        (["2027-04-03", "2027-04-13"], "de", None, "ymd"),
        (["2027-04-03", "13.4.2027"], "en", None, "dmy"),
        (["17. April 2027", "1.5", "99.1.2027", "03/04/2027"], "de", None, "dmy"),
        ([], "de", None, "dmy"),
        ([], "fr-FR", None, "dmy"),
        ([], "en", None, None),
        ([], "en-US", None, "mdy"),
        ([], "en", "us", "mdy"),
        ([], "en-GB", None, "dmy"),
        ([], "en-CA", None, None),
        ([], "ja", None, "ymd"),
        ([], "en", "JP", "ymd"),
        ([], "", None, None),
    ],
)
def test_the_date_order_of_a_column(texts: list[str], lang: str, country: str | None, order: str | None) -> None:
    assert date_order_of(texts, lang, country) == order


@given(
    day=st.dates(min_value=date(2000, 1, 1), max_value=date(2099, 12, 31)),
    pattern=st.sampled_from(["%Y-%m-%d", "%d.%m.%Y", "%d/%m/%y", "%d %B %Y", "%b %d, %Y", "%d-%b-%y", "%a %d/%m/%Y"]),
)
def test_days_are_read_back(day: date, pattern: str) -> None:
    assert parse_date(day.strftime(pattern), "dmy", None) == day


@given(day=st.dates(min_value=YEAR[0], max_value=YEAR[1]), start=st.integers(0, 364))
def test_a_day_without_a_year_is_found_in_any_twelve_months(day: date, start: int) -> None:
    first = day - timedelta(days=start)
    found = parse_date(day.strftime("%d-%b"), None, (first, first + timedelta(days=364)))
    assert found == day


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9:30", time(9, 30)),
        ("09:30:15", time(9, 30, 15)),
        ("9.30 Uhr", time(9, 30)),
        ("9.30", time(9, 30)),
        ("9 Uhr", time(9)),
        ("9h30", time(9, 30)),
        ("18h", time(18)),
        ("0930", time(9, 30)),
        ("9 am", time(9)),
        ("9:30 pm", time(21, 30)),
        ("9:30PM", time(21, 30)),
        ("9 p.m.", time(21)),
        ("12 am", time(0)),
        ("12 pm", time(12)),
        ("13 pm", None),
        ("0 am", None),
        ("24:00", None),
        ("9:60", None),
        ("9", None),
        ("930", None),
        ("9:3", None),
        ("noon", None),
        ("", None),
    ],
)
def test_times(text: str, expected: time | None) -> None:
    assert parse_time(text) == expected


def test_a_day_outside_of_the_period_is_not_read_in_the_other_order() -> None:
    """2 July in a workbook of three months is no 7 February."""
    period = (date(2027, 1, 1), date(2027, 3, 31))
    assert parse_date("2.7.", "dmy", period) is None
    assert parse_date("7.2.", "dmy", period) == date(2027, 2, 7)
    assert parse_date("25.2.", "mdy", period) == date(2027, 2, 25)


def test_a_year_in_front_does_not_say_which_is_the_day() -> None:
    """`2027-01-15` beside `1.4.`: that April lies outside of the period makes no January 4 of it."""
    quarter = (date(2027, 1, 1), date(2027, 3, 31))
    assert isinstance(parse_date("1.4.", "ymd", quarter), Ambiguous)
    assert parse_date("1.4.", "dmy", quarter) is None
    assert parse_date("1.2.", "dmy", quarter) == date(2027, 2, 1)
