"""What is said of a workbook that smsheets did not make."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from adopt.foreign_files import Rows, foreign

from smsheets.errors import WorkbookFileError
from smsheets.reader.file.source import open_workbook
from smsheets.reader.foreign.calendar_words import Month, day_named, month_in, month_named, week_in, weekday_of
from smsheets.reader.foreign.describe import look_at
from smsheets.reader.read import read_workbook

LIST = [
    ["Plan of May"],
    ["Datum", "Plattform", "Text"],
    ["2027-05-03", "Instagram", "Eins"],
    ["2027-05-04", "X", "Zwei"],
]


def test_the_line_names_the_headings_and_the_command(tmp_path: Path) -> None:
    path = foreign(tmp_path / "plan.xlsx", {"Mai": LIST})
    with pytest.raises(WorkbookFileError) as raised:
        read_workbook(path)
    assert str(raised.value) == (
        f"{path}: this workbook was not made by smsheets; it looks like a content calendar"
        f" (Mai!A2: Datum, Plattform, Text). Bring its 2 rows over with:"
        f" smsheets adopt {path} --as calendar -o mine.xlsx"
    )


@pytest.mark.parametrize(
    "rows",
    [
        [["Name", "Date", "Amount", "Status"], ["a", "2027-01-01", 3, "open"], ["b", "2027-01-02", 4, "open"]],
        [["ID", "Type", "Category", "Description"], [1, "a", "b", "c"]],
        [["Product", "Jan", "Feb", "Mar"], ["Bowl", 1, 2, 3]],
        [["First name", "Last name", "City"], ["A", "B", "C"]],
        [["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"], ["Soup", "Rice", "Fish", "Stew", "Pie"]],
        [["Date", "Type", "Title", "Notes"], ["2027-01-01", "Bug", "It breaks", "soon"]],
        [],
        [["just a text"]],
    ],
)
def test_nothing_is_guessed_from_words_that_stand_in_every_list(tmp_path: Path, rows: Rows) -> None:
    path = foreign(tmp_path / "list.xlsx", {"Sheet1": rows})
    with pytest.raises(WorkbookFileError, match=r"was not made by smsheets\. Make one with 'smsheets new'"):
        read_workbook(path)


def test_a_list_of_payments_looks_like_a_budget(tmp_path: Path) -> None:
    heads = ["Date", "Vendor", "Category", "Description", "Amount", "Payment method"]
    rows = [heads, *([date(2027, 1, n), "Meta", "Advertising", "Reel ad", 25.5, "Card"] for n in (5, 9, 20))]
    looks = look_at(open_workbook(foreign(tmp_path / "payments.xlsx", {"Expenses": rows})))
    assert looks is not None
    assert (looks.kind, looks.rows) == ("budget", 3)


def test_some_names_of_platforms_make_no_calendar_of_a_bank_account(tmp_path: Path) -> None:
    heads = ["Date", "Category", "Title", "Amount", "Balance"]
    rows = [heads, *([date(2027, 1, n), "Shop", "Instagram" if n < 4 else f"Payment {n}", n, n] for n in range(1, 20))]
    assert look_at(open_workbook(foreign(tmp_path / "bank.xlsx", {"Account": rows}))) is None


def test_a_name_with_spaces_is_quoted_and_control_signs_are_not_printed(tmp_path: Path) -> None:
    rows = [["Date", "Platform\x85", "Caption"], ["2027-05-03", "Instagram", "One"]]
    path = foreign(tmp_path / "my plan.xlsx", {"Plan": rows})
    with pytest.raises(WorkbookFileError) as raised:
        read_workbook(path)
    assert f'smsheets adopt "{path}" --as' in str(raised.value)
    assert "\x85" not in str(raised.value)


def test_of_a_very_large_workbook_the_beginning_is_enough(tmp_path: Path) -> None:
    rows = [["Date", "Platform", "Caption"], *[["2027-05-03", "Instagram", f"Text {n}"] for n in range(20_000)]]
    looks = look_at(open_workbook(foreign(tmp_path / "large.xlsx", {"Plan": rows})))
    assert looks is not None
    assert (looks.kind, looks.complete) == ("calendar", False)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("May 2027", Month(2027, 5)),
        ("Mai", Month(0, 5)),
        ("mayo de 2027", Month(2027, 5)),
        ("05/2027", Month(2027, 5)),
        ("2027-05", Month(2027, 5)),
        ("Jan '27", Month(2027, 1)),
        ("May 27", None),
        ("in May we rest", None),
    ],
)
def test_months_that_a_text_names(text: str, month: Month | None) -> None:
    assert month_named(text) == month


def test_months_in_titles() -> None:
    assert month_in("Redaktionsplan: Mai 2027") == Month(2027, 5)
    assert month_in("Content calendar - June") == Month(0, 6)
    assert month_in("You may go now") is None
    assert month_in("May " * 40) is None


@pytest.mark.parametrize(
    ("text", "monday"),
    [
        ("Week of 3 May", date(2027, 5, 3)),
        ("Week of May 5, 2027", date(2027, 5, 3)),
        ("KW 14", date(2027, 4, 5)),
        ("KW 14/2028", date(2028, 4, 3)),
        ("Woche vom 3.-9. Mai", date(2027, 5, 3)),
        ("Semaine du 3 mai", date(2027, 5, 3)),
        ("Semana del 3 de mayo", date(2027, 5, 3)),
        ("Week 18: 3 mei - 9 mei", date(2027, 5, 3)),
        ("KW 60", None),
    ],
)
def test_the_monday_of_a_week_title(text: str, monday: date | None) -> None:
    week = week_in(text)
    assert week is not None
    assert week.monday(2027, None) == monday


@pytest.mark.parametrize("text", ["Week 2", "Weekly plan", "Week", "Weekend of fun", "a" * 200])
def test_texts_that_name_no_week_of_the_year(text: str) -> None:
    assert week_in(text) is None


def test_days_in_seven_languages() -> None:
    texts = (
        "lundi 3 mai 2027",
        "3 de mayo de 2027",
        "3 maggio 2027",
        "3 de maio de 2027",
        "3 mei 2027",
        "Montag, 3. Mai 2027",
    )
    assert [day_named(text, 0, None) for text in texts] == [date(2027, 5, 3)] * 6
    assert day_named("mar 4 mai", 2027, None) == date(2027, 5, 4)
    assert day_named("a long sentence about the 3rd of May, and more of it", 2027, None) is None
    assert [weekday_of(word) for word in ("Mittwoch", "jueves", "dim.", "ma", "M")] == [2, 3, 6, None, None]
