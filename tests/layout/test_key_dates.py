"""The days that a new calendar begins with: public holidays, and the occasions of trade of the country."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

import holidays
import pytest
from dateutil.easter import easter
from filled import filled

import smsheets
from smsheets.layout.content import load_sample, starting_content
from smsheets.layout.prefill import prefilled_rows
from smsheets.profile import Profile
from smsheets.spec.load import load_spec
from smsheets.spec.reference import load_occasions
from smsheets.spec.vocabulary import RowSource


def occasions(country: str, *, start: date = date(2027, 1, 1), months: int = 12) -> Mapping[str, date]:
    profile = Profile(country=country, language="en", start=start, months=months)
    rows = prefilled_rows(RowSource.KEY_DATES, profile)
    assert [row["date"] for row in rows] == sorted(row["date"] for row in rows), "in order"
    return {str(row["name"]): row["date"] for row in rows if row["kind"] == "occasion"}


# By the calendars of these countries for 2027.
DAYS = {
    "US": {"Mother's Day": "05-09", "Small Business Saturday": "11-27", "Cyber Monday": "11-29"},
    "GB": {"Mother's Day": "03-07", "Pancake Day": "02-09", "Small Business Saturday": "12-04"},
    "DE": {"Mother's Day": "05-09", "Father's Day": "05-06", "First Sunday of Advent": "11-28"},
    "AT": {"Mother's Day": "05-09", "Father's Day": "06-13", "Back to school": "09-06"},
    "ES": {"Mother's Day": "05-02", "Father's Day": "03-19", "Winter sale": "01-07"},
    "FR": {"Mother's Day": "05-30", "Winter sale": "01-06", "Summer sale": "06-23"},
    "NO": {"Mother's Day": "02-14", "Father's Day": "11-14"},
    "AU": {"Mother's Day": "05-09", "Father's Day": "09-05"},
    "MX": {"Mother's Day": "05-10", "El Buen Fin": "11-12"},
    "JP": {"White Day": "03-14", "Christmas": "12-25", "Singles' Day": "11-11"},
}


@pytest.mark.parametrize("country", DAYS)
def test_each_country_has_its_own_days(country: str) -> None:
    found = occasions(country)
    assert {name: f"{found[name]:%m-%d}" for name in DAYS[country]} == DAYS[country]


def test_mothers_day_of_france_makes_way_for_pentecost() -> None:
    found = [occasions("FR", start=date(year, 1, 1))["Mother's Day"] for year in range(2027, 2041)]
    pentecosts = [easter(day.year) + timedelta(days=49) for day in found]
    assert [day for day in found if day.month == 6] == [date(2034, 6, 4), date(2039, 6, 5)]
    assert set(found).isdisjoint(pentecosts)
    assert {day.isoweekday() for day in found} == {7}


def test_another_country_has_what_is_kept_everywhere() -> None:
    everywhere = {"Valentine's Day", "International Women's Day", "Mother's Day", "Father's Day", "Singles' Day",
                  "Black Friday", "Cyber Monday", "New Year's Eve"}  # fmt: skip
    assert set(occasions("BM")) == everywhere
    assert occasions("UK") == occasions("GB")


def test_what_is_a_public_holiday_already_is_there_once() -> None:
    assert "International Women's Day" in occasions("DE")
    assert "International Women's Day" not in occasions("DE-BE")
    assert "Boxing Day" not in occasions("GB")
    assert "Christmas Eve" in occasions("US"), "in 2027 the day off for Christmas, and Christmas Eve for all that"


def test_only_the_days_of_the_workbooks_months() -> None:
    found = occasions("US", start=date(2027, 11, 1), months=2)
    assert list(found) == [
        "Singles' Day", "Black Friday", "Small Business Saturday", "Cyber Monday", "Christmas Eve", "New Year's Eve",
    ]  # fmt: skip


def test_every_rule_gives_one_day_a_year_in_a_country_that_there_is() -> None:
    known = set(holidays.list_supported_countries())
    for occasion in load_occasions():
        named = [country for day in occasion.days for country in day.countries]
        assert len(named) == len(set(named)), occasion.name
        assert {country[:2] for country in named} <= known, occasion.name
        assert occasion.source
        for kept in occasion.days:
            for country in kept.countries[:1]:
                found = [occasions(country, start=date(year, 1, 1)).get(occasion.name) for year in range(2027, 2030)]
                assert all(found) is bool(kept.rules) or occasion.holiday, (occasion.name, country)


def test_nothing_is_said_of_an_occasion_that_nobody_wrote_an_idea_beside(tmp_path: Path) -> None:
    """It is no input of the user's, also in a calendar that has posts."""
    posts = "| Date | Channel | Status | Title |\n| 2027-02-01 | Instagram | Published | Bread |"
    days = """
    | Date       | Name            | Kind     | What we do |
    | 2027-02-08 | Carnival Monday | Occasion |            |
    | 2027-02-14 | Valentine's Day | Occasion | Hearts     |
    """
    path = filled(tmp_path, "calendar", {"posts": posts, "key_dates": days})
    analysis = smsheets.analyze(path, as_of=date(2027, 2, 5))
    assert not analysis.problems
    named = [item for item in analysis.businesses[0].findings if item.id == "calendar.key_date_without_post"]
    assert [item.values["name"] for item in named] == ["Valentine's Day"]


def test_the_sample_business_has_chosen_its_days() -> None:
    profile = Profile(country="US", language="en")
    content = starting_content(load_spec("calendar"), profile, load_sample("calendar", "en"))
    names = [row["name"] for row in content.tables["key_dates"]]
    assert names.count("Mother's Day") == names.count("Black Friday") == 1
    assert "Independence Day" in names
    assert "Halloween" not in names
