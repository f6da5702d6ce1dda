"""The weekend that working days are counted with: the one on the first sheet, else the country's."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest
from filled import ENGLISH, before_weekends, filled

from smsheets.api import analyze
from smsheets.plan.roadmap import DaysOff
from smsheets.plan.slip import planned_days
from smsheets.profile import Profile
from smsheets.reader.read import read_workbook

SUNDAY = """
| Id | Initiative | Owner | Start      | Due        | Status      |
|----|------------|-------|------------|------------|-------------|
| I1 | Photo day  | Mia   | 2027-05-23 | 2027-05-23 | In progress |
"""
SAUDI = msgspec.structs.replace(ENGLISH, country="SA", months=6, team=("Mia",))
GERMAN_IN_ISRAEL = msgspec.structs.replace(SAUDI, language="de", country="IL")


def roadmap(folder: Path, profile: Profile = SAUDI, **start: object) -> Path:
    return filled(
        folder, "roadmap", {"initiatives": SUNDAY}, profile=profile, forms={"start": start} if start else None
    )


def days_of(path: Path) -> int | None:
    plan = read_workbook(path).plan
    return planned_days(plan.initiatives[0], plan.days_off)  # type: ignore[attr-defined]


def test_a_sunday_is_worked_where_the_weekend_is_friday_and_saturday(tmp_path: Path) -> None:
    path = roadmap(tmp_path)
    assert days_of(path) == 1
    assert read_workbook(path).problems == ()


@pytest.mark.parametrize(
    ("text", "days", "codes"),
    [
        ("Saturday and Sunday", 0, []),
        ("no day off", 1, []),
        ("Sat, Sun", 0, ["cell.other-word"]),
        ("Saturday, Sunday", 0, ["cell.other-word"]),
        ("Sundays or so", 1, ["cell.not-in-list"]),
        (None, 1, []),
    ],
)
def test_the_weekend_on_the_first_sheet_wins(text: str | None, days: int, codes: list[str], tmp_path: Path) -> None:
    path = roadmap(tmp_path, weekend=text)
    assert days_of(path) == days
    assert [problem.code for problem in read_workbook(path).problems] == codes


def test_one_of_ones_own_is_kept(tmp_path: Path) -> None:
    three = msgspec.structs.replace(SAUDI, weekend="1110000")
    plan = read_workbook(roadmap(tmp_path, three)).plan
    assert plan.days_off.weekend == {1, 2, 3}  # type: ignore[attr-defined]
    assert plan.start.weekend == "1110000"


def older(folder: Path, profile: Profile) -> Path:
    return filled(folder, "roadmap", {"initiatives": SUNDAY}, profile=profile, edit=before_weekends)


def test_an_older_workbook_is_read_by_its_country_and_says_so_once(tmp_path: Path) -> None:
    path = older(tmp_path, SAUDI)
    assert days_of(path) == 1
    (problem,) = read_workbook(path).problems
    assert (problem.code, problem.cell.a1) == ("workbook.other-weekend", "B11")
    assert problem.values == {"found": "SA", "read": "Friday and Saturday"}
    (row,) = analyze(path, as_of=date(2027, 5, 30)).businesses[0].variance.roadmap.initiatives  # type: ignore[union-attr]
    assert row.working_days == 1


def test_an_older_workbook_without_rows_has_no_problem(tmp_path: Path) -> None:
    path = filled(tmp_path, "roadmap", profile=GERMAN_IN_ISRAEL, edit=before_weekends)
    assert read_workbook(path).problems == ()


def test_an_older_workbook_where_the_weekend_is_saturday_and_sunday_is_checked_as_ever(tmp_path: Path) -> None:
    path = older(tmp_path, msgspec.structs.replace(ENGLISH, months=6, team=("Mia",)))
    assert days_of(path) == 0
    assert read_workbook(path).problems == ()
    assert read_workbook(path).plan.days_off.weekend == DaysOff().weekend  # type: ignore[attr-defined]
