"""What a change means: moved by so many days, progress, set back, filled in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec
import pytest
from compared import drawn_table

from smsheets.comparison.changes import Change, Meaning, compare_table
from smsheets.comparison.side import Table
from smsheets.plan.roadmap import DaysOff

NO_DAYS_OFF = DaysOff()


def work(text: str, table: str) -> Table:
    drawn = drawn_table(text, names=("name",))
    return msgspec.structs.replace(drawn, id=table)


def change(table: str, column: str, old: str, new: str, days_off: DaysOff = NO_DAYS_OFF) -> Change:
    """The only change between two rows that differ in one column."""
    before, now = (work(f"| id | name | {column} |\n| X1 | a row | {value} |\n", table) for value in (old, new))
    (row,) = compare_table(before, now, days_off).changed
    (told,) = row.changes
    return told


def test_a_post_moved_by_calendar_days() -> None:
    told = change("posts", "date", "2027-03-05", "2027-03-09")
    assert (told.meaning, told.days, told.working) == (Meaning.MOVED, 4, False)


def test_an_initiative_moved_by_working_days() -> None:
    told = change("initiatives", "due", "2027-03-05", "2027-03-12")
    assert (told.meaning, told.days, told.working) == (Meaning.MOVED, 5, True)
    earlier = change("initiatives", "start", "2027-03-12", "2027-03-05")
    assert earlier.days == -5


def test_days_off_are_not_worked() -> None:
    off = DaysOff(dates=frozenset((date(2027, 3, 8), date(2027, 3, 10))))
    assert change("tasks", "due", "2027-03-05", "2027-03-12", off).days == 3


def test_a_weekend_holds_no_working_day() -> None:
    assert change("initiatives", "due", "2027-03-05", "2027-03-07").days == 0


@pytest.mark.parametrize(
    ("table", "column", "old", "new", "meaning"),
    [
        ("posts", "status", "draft", "approved", Meaning.PROGRESS),
        ("posts", "status", "published", "scheduled", Meaning.SET_BACK),
        ("posts", "status", "draft", "cancelled", Meaning.CHANGED),
        ("initiatives", "status", "planned", "in_progress", Meaning.PROGRESS),
        ("initiatives", "done_share", "0.2", "0.5", Meaning.PROGRESS),
        ("initiatives", "done_share", "0.5", "0.2", Meaning.SET_BACK),
        ("initiatives", "done_share", "", "0.2", Meaning.PROGRESS),
        ("tasks", "status", "review", "next", Meaning.SET_BACK),
        ("posts", "channel", "instagram", "tiktok", Meaning.MOVED),
        ("posts", "owner", "", "Owner", Meaning.FILLED),
        ("posts", "owner", "Owner", "", Meaning.EMPTIED),
        ("lines", "planned", "10", "20", Meaning.CHANGED),
    ],
)
def test_the_meaning(table: str, column: str, old: str, new: str, meaning: Meaning) -> None:
    assert change(table, column, old, new).meaning is meaning


def test_a_number_says_how_much_more_it_is() -> None:
    assert change("kpis", "target", "100", "80.5").more == Decimal("-19.5")
