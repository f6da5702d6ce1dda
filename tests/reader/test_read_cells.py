"""What people type into cells: the values, or one problem that names the cell."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import msgspec
import openpyxl
import pytest
from filled import ENGLISH, GERMAN, filled, problem_lines, records
from patch_xlsx import Formula, patch_cells

from smsheets.reader.read import read_workbook

PLANNED = """
| Line | Category | What for | Jan 2027 Planned |
|------|----------|----------|------------------|
| B1   | Software and tools | Planner  | {}               |
"""

GERMAN_PLANNED = """
| Posten | Kategorie | Wofür  | Jan 2027 Geplant |
|--------|-----------|--------|------------------|
| B1     | Werbung   | Planer | {}               |
"""


def amount(path: Path) -> str:
    return records(read_workbook(path), "lines", "planned#1").strip("| ")


@pytest.mark.parametrize(
    ("typed", "read", "line"),
    [
        ("1200.5", "1200.5", None),
        (
            "'1.200,50 $'",
            "1200.50",
            "'Planned, Jan 2027' must be a number, found text '1.200,50 $'; it was read as 1200.50, but the sheet's"
            " sums leave it out. Write 1200.50. [cell.number-as-text]",
        ),
        (
            "'1.200,50 €'",
            "",
            "'Planned, Jan 2027' must be an amount in USD, found text '1.200,50 €', which is another currency. Write"
            " the amount in USD, without a currency sign. [cell.other-currency]",
        ),
        (
            "'12 k'",
            "",
            "'Planned, Jan 2027' must be a number, found text '12 k'. Write 12000, or leave it empty."
            " [cell.not-a-number]",
        ),
        (
            "'about 200'",
            "",
            "'Planned, Jan 2027' must be a number, found text 'about 200'. Write 200, or leave it empty."
            " [cell.not-a-number]",
        ),
        (
            "'later'",
            "",
            "'Planned, Jan 2027' must be a number, found text 'later'. Write a plain number such as 1200, or leave it"
            " empty. [cell.not-a-number]",
        ),
        (
            "-5",
            "",
            "'Planned, Jan 2027' must be 0 or more, found -5. Write 0 or more, or leave it empty. [cell.too-small]",
        ),
        (
            "'#REF!'",
            "",
            "'Planned, Jan 2027' shows the error #REF!. Type the value again, or leave the cell empty."
            " [cell.error-value]",
        ),
    ],
)
def test_amounts(typed: str, read: str, line: str | None, tmp_path: Path) -> None:
    path = filled(tmp_path, "budget", {"lines": PLANNED.format(typed)})
    assert amount(path) == read
    assert problem_lines(path) == ([f"budget.xlsx: Budget!K6: {line}"] if line else [])


@pytest.mark.parametrize(
    ("typed", "read", "line"),
    [
        (
            "'1.200,50 €'",
            "1200.50",
            "'Geplant, Jan 2027' must be a number, found text '1.200,50 €'; it was read as 1200,50, but the sheet's"
            " sums leave it out. Write 1200,50. [cell.number-as-text]",
        ),
        (
            "'1.234'",
            "1234",
            "'Geplant, Jan 2027' must be a number, found text '1.234'; it was read as 1234, but the sheet's sums leave"
            " it out. Write 1234. [cell.number-as-text]",
        ),
        (
            "'1,234'",
            "",
            "'Geplant, Jan 2027' must be a number, found text '1,234', which can be 1234 or 1,234. Write 1234 or 1,234."
            " [cell.ambiguous-number]",
        ),
    ],
)
def test_amounts_in_a_german_workbook(typed: str, read: str, line: str, tmp_path: Path) -> None:
    path = filled(tmp_path, "budget", {"lines": GERMAN_PLANNED.format(typed)}, profile=GERMAN)
    assert amount(path) == read
    assert problem_lines(path) == [f"budget.xlsx: Budget!K6: {line}"]


POSTS = """
| Post | Date | Time | Channel   | Title  | Status |
|------|------|------|-----------|--------|--------|
| P1   | {}   | {}   | Instagram | Hello  | Idea   |
"""


@pytest.mark.parametrize(
    ("typed", "read", "line"),
    [
        ("2027-03-05", "2027-03-05", None),
        (
            "'March 5, 2027'",
            "2027-03-05",
            "'Date' must be a date, found text 'March 5, 2027'; it was read as 2027-03-05, but no formula sees it."
            " Write 2027-03-05. [cell.date-as-text]",
        ),
        (
            "'soon'",
            "",
            "'Date' must be a date, found text 'soon'. Write it as 2027-01-15, or leave it empty. [cell.not-a-date]",
        ),
    ],
)
def test_dates(typed: str, read: str, line: str | None, tmp_path: Path) -> None:
    path = filled(tmp_path, "calendar", {"posts": POSTS.format(typed, "")})
    assert records(read_workbook(path), "posts", "date").strip("| ") == read
    assert problem_lines(path) == ([f"calendar.xlsx: Posts!B6: {line}"] if line else [])


@pytest.mark.parametrize(
    "typed", ["'2027-03-05 14:30'", "'March 5, 2027 at 2:30 pm'", "'2027-03-05T14:30:00'", "'5. März 2027, 14:30'"]
)
def test_a_day_with_a_time_behind_it(typed: str, tmp_path: Path) -> None:
    path = filled(tmp_path, "calendar", {"posts": POSTS.format(typed, "")})
    assert records(read_workbook(path), "posts", "date") == "| 2027-03-05 |"
    text = typed.strip("'")
    assert problem_lines(path) == [
        f"calendar.xlsx: Posts!B6: 'Date' must be a date, found text '{text}'; it was read as 2027-03-05, without its"
        " time. Write 2027-03-05. [cell.date-with-time]"
    ]


def test_a_real_day_with_a_time(tmp_path: Path) -> None:
    path = filled(tmp_path, "calendar", {"posts": POSTS.format("2027-03-05", "")})
    patch_cells(path, {"Posts!B6": 46451.5})
    assert records(read_workbook(path), "posts", "date") == "| 2027-03-05 |"
    assert "found 2027-03-05 12:00; it was read as 2027-03-05, without its time" in problem_lines(path)[0]


SHARES = "| Where they live | Share of our sales | Language |\n|--|--|--|\n| Bonn | {} | {} |"


@pytest.mark.parametrize(
    ("typed", "read", "code"),
    [
        ("0.05", "0.05", None),
        ("'5 %'", "0.05", "cell.number-as-text"),
        ("'0.05'", "0.05", "cell.number-as-text"),
        ("'5'", "", "cell.ambiguous-number"),
        ("'5,5'", "", "cell.ambiguous-number"),
    ],
)
def test_shares(typed: str, read: str, code: str | None, tmp_path: Path) -> None:
    path = filled(tmp_path, "strategy", {"markets": SHARES.format(typed, "")})
    assert records(read_workbook(path), "markets", "sales_share").strip("| ") == read
    assert [problem.code for problem in read_workbook(path).problems] == ([code] if code else [])


def test_a_share_in_a_cell_that_shows_none(tmp_path: Path) -> None:
    """5 in a plain cell; shown as a percentage it is 500 %."""
    path = filled(tmp_path, "strategy", {"markets": SHARES.format(5, "")})
    assert "must be 100% or less, found 500%" in problem_lines(path)[0]
    book = openpyxl.load_workbook(path)
    place = next(cell.coordinate for cell in book["Market"][5] if cell.value == 5)
    book["Market"][place].number_format = "General"
    book.save(path)
    line = (
        f"strategy.xlsx: Market!{place}: 'Share of our sales' must be a number, found 5, which can be 5% or 500%."
        " Write 5% or 500%. [cell.ambiguous-number]"
    )
    assert line in problem_lines(path)


def test_a_percentage_among_amounts(tmp_path: Path) -> None:
    path = filled(tmp_path, "budget", {"lines": PLANNED.format("'12 %'")})
    assert amount(path) == ""
    assert [problem.code for problem in read_workbook(path).problems] == ["cell.not-a-number"]


@pytest.mark.parametrize(
    ("number", "code", "seen"),
    [
        (0.8, "0%", "80%"),
        (0.125, "0.0 %", "12.5 %"),
        (742, "00000", "00742"),
        (3, "General", "3"),
        (2.5, "0.00", "2.5"),
    ],
)
def test_a_number_among_texts_is_read_as_it_is_seen(number: float, code: str, seen: str, tmp_path: Path) -> None:
    path = filled(tmp_path, "strategy", {"markets": SHARES.format(0.5, "en")})
    book = openpyxl.load_workbook(path)
    book["Market"]["B5"].value, book["Market"]["B5"].number_format = number, code
    book.save(path)
    assert records(read_workbook(path), "markets", "language") == f"| {seen} |"


def test_a_count_has_no_decimals_in_any_country(tmp_path: Path) -> None:
    posts = "| Post ID | Date | Channel | Reach |\n|--|--|--|--|\n| P1 | 2027-01-15 | Instagram | '1.234' |"
    path = filled(tmp_path, "kpi-report", {"post_results": posts})
    assert records(read_workbook(path), "post_results", "reach") == "| 1234 |"
    assert [problem.code for problem in read_workbook(path).problems] == ["cell.number-as-text"]


def test_the_number_of_a_day(tmp_path: Path) -> None:
    """A date whose cell was formatted as a number."""
    path = filled(tmp_path, "calendar", {"posts": POSTS.format("2027-03-05", "")})
    book = openpyxl.load_workbook(path)
    book["Posts"]["B6"].number_format = "0"
    book.save(path)
    assert problem_lines(path)[0] == (
        "calendar.xlsx: Posts!B6: 'Date' must be a date, found 46451. Write it as 2027-03-05, or leave it empty."
        " [cell.not-a-date]"
    )


def test_a_date_that_two_countries_read_differently(tmp_path: Path) -> None:
    """English without the United States says nothing about the order of day and month."""
    profile = msgspec.structs.replace(ENGLISH, country="CA")
    path = filled(tmp_path, "calendar", {"posts": POSTS.format("'03/04/2027'", "")}, profile=profile)
    assert problem_lines(path) == [
        "calendar.xlsx: Posts!B6: 'Date' must be a date, found text '03/04/2027', which can be 2027-04-03 or"
        " 2027-03-04. Write 2027-04-03 or 2027-03-04. [cell.ambiguous-date]"
    ]


def test_a_german_date_in_a_german_workbook(tmp_path: Path) -> None:
    head = "| Datum | Kanal |\n|---|---|\n"
    path = filled(tmp_path, "calendar", {"posts": head + "| '3.4.2027' | Instagram |"}, profile=GERMAN)
    assert records(read_workbook(path), "posts", "date") == "| 2027-04-03 |"


@pytest.mark.parametrize(("typed", "read"), [("'9:30'", "09:30:00"), ("'9.30 Uhr'", "09:30:00"), ("0.5", "12:00:00")])
def test_times(typed: str, read: str, tmp_path: Path) -> None:
    path = filled(tmp_path, "calendar", {"posts": POSTS.format("2027-03-05", typed)})
    assert records(read_workbook(path), "posts", "time") == f"| {read} |"
    assert problem_lines(path) == []


def test_a_time_that_is_none(tmp_path: Path) -> None:
    path = filled(tmp_path, "calendar", {"posts": POSTS.format("2027-03-05", "'noonish'")})
    assert problem_lines(path) == [
        "calendar.xlsx: Posts!D6: 'Time' must be a time of day, found text 'noonish'. Write it as 09:30, or leave it"
        " empty. [cell.not-a-time]"
    ]


def test_words_that_are_not_on_a_list(tmp_path: Path) -> None:
    lines = """
    | Line | Category    | What for | Channel   | Carry rule |
    |------|-------------|----------|-----------|------------|
    | B1   | Advertizing | Ads      | instagram | unspend    |
    | B2   | ADS         | More ads | IG        | Roll over  |
    | B3   | Training    | Course   |           |            |
    | B4   | Training    | Books    |           | maybe      |
    """
    path = filled(tmp_path, "budget", {"lines": lines})
    assert records(read_workbook(path), "lines", "category", "channel", "carry_rule") == (
        "| Advertizing | instagram |  |\n| advertising | instagram | unspent |\n| Training |  |  |\n| Training |  |  |"
    )
    assert problem_lines(path) == [
        "budget.xlsx: Budget!B6: 'Category' must be one of the words of the list 'Categories', found text"
        " 'Advertizing'; did you mean 'Advertising'? Pick a word from the list, or add yours to it on the sheet"
        " 'Lists'. [cell.not-in-open-list]",
        "budget.xlsx: Budget!E6: 'Carry rule' must be one of the words of the list 'Carry rules', found text"
        " 'unspend'; did you mean 'unspent'? Pick a word from the list. [cell.not-in-list]",
        "budget.xlsx: Budget!B7: 'Category' must be one of the words of the list 'Categories', found text 'ADS'; it"
        " was read as 'Advertising', but the sheet's own formulas do not know it. Pick 'Advertising'."
        " [cell.other-word]",
        "budget.xlsx: Budget!D7: 'Channel' must be one of the words of the list 'Channels', found text 'IG'; it was"
        " read as 'Instagram', but the sheet's own formulas do not know it. Pick 'Instagram'. [cell.other-word]",
        "budget.xlsx: Budget!E7: 'Carry rule' must be one of the words of the list 'Carry rules', found text 'Roll"
        " over'; it was read as 'unspent', but the sheet's own formulas do not know it. Pick 'unspent'."
        " [cell.other-word]",
        "budget.xlsx: Budget!B8: 'Category' must be one of the words of the list 'Categories', found text 'Training'."
        " Pick a word from the list, or add yours to it on the sheet 'Lists'. [cell.not-in-open-list]",
        "budget.xlsx: Budget!E9: 'Carry rule' must be one of the words of the list 'Carry rules', found text 'maybe'."
        " Pick a word from the list. [cell.not-in-list]",
    ]


def test_ids_that_are_missing_or_stand_twice(tmp_path: Path) -> None:
    lines = """
    | Line | Category | What for |
    |------|----------|----------|
    | B1   | Software and tools | One      |
    | B2   | Software and tools | Two      |
    | b1   | Software and tools | Three    |
    """
    path = filled(tmp_path, "budget", {"lines": lines})
    patch_cells(path, {"Budget!A7": None})
    assert problem_lines(path) == [
        "budget.xlsx: Budget!A7: 'Line ID' must not be empty in a row that is filled in. Write a new ID, for example"
        " B40. [id.missing]",
        "budget.xlsx: Budget!A8: 'Line ID' must be different in every row, found 'b1' here and in row 6. Write"
        " another ID in one of them, for example B41. [id.duplicate]",
    ]


def test_an_id_that_no_row_has(tmp_path: Path) -> None:
    initiatives = """
    | Id | Initiative | Depends on |
    |----|------------|------------|
    | I1 | Open       |            |
    | I2 | Translate  | I1, I7     |
    """
    tasks = """
    | Id | Task  | Initiative id |
    |----|-------|---------------|
    | T1 | Write | X99           |
    """
    path = filled(tmp_path, "roadmap", {"initiatives": initiatives, "tasks": tasks})
    assert problem_lines(path) == [
        "roadmap.xlsx: Initiatives!O7: 'Depends on' must be an ID of the table 'Initiatives', found 'I7', which no row"
        " there has. Write an ID that is there, or add the row. [id.unknown]",
        "roadmap.xlsx: Tasks!C5: 'Initiative ID' must be an ID of the table 'Initiatives', found 'X99', which no row"
        " there has. Write an ID that is there, or add the row. [id.unknown]",
    ]


def test_yes_or_no(tmp_path: Path) -> None:
    channels = """
    | Channel   | Linked from website |
    |-----------|---------------------|
    | Instagram | x                   |
    | Facebook  | perhaps             |
    """
    path = filled(tmp_path, "strategy", {"channels": channels})
    assert records(read_workbook(path), "channels", "linked") == "| True |\n|  |"
    assert problem_lines(path) == [
        "strategy.xlsx: Channels!F7: 'Linked from website' must be one of the words of the list 'Yes or no', found"
        " text 'x'; it was read as 'yes', but the sheet's own formulas do not know it. Pick 'yes'. [cell.other-word]",
        "strategy.xlsx: Channels!F8: 'Linked from website' must be 'yes' or 'no', found text 'perhaps'. Pick one of"
        " the two. [cell.not-yes-or-no]",
    ]


def test_a_formula_someone_typed_into_an_input(tmp_path: Path) -> None:
    path = filled(tmp_path, "budget", {"lines": PLANNED.format("100")})
    patch_cells(path, {"Budget!M6": Formula("50+49.5", 99.5), "Budget!K6": Formula("60+40")})
    assert amount(path) == ""
    assert problem_lines(path)[-1] == (
        "budget.xlsx: Budget!K6: 'Planned, Jan 2027' holds a formula that was never calculated. Open the file in your"
        " spreadsheet program, save it, and try again. [cell.not-calculated]"
    )
    assert records(read_workbook(path), "lines", "actual#1") == "| 99.5 |"


def test_blank_cells_and_spaces_are_nothing(tmp_path: Path) -> None:
    path = filled(tmp_path, "budget", {"lines": PLANNED.format("'  '")})
    assert amount(path) == ""
    assert problem_lines(path) == []


MESSAGES = """
| ID | Received | Channel   | Kind     | Answered |
|----|----------|-----------|----------|----------|
| M1 | {}       | Instagram | Question | {}       |
"""


@pytest.mark.parametrize(
    ("typed", "read", "codes"),
    [
        ("2027-01-06", "2027-01-06", []),
        ("yes", "True", []),
        ("no", "False", []),
        ("'-'", "", ["cell.placeholder"]),
        ("'2027-01-06'", "2027-01-06", ["cell.date-as-text"]),
        ("'2027-01-06 9:30'", "2027-01-06 09:30:00", ["cell.date-as-text"]),
        ("'Jan 6, 2027, 9 am'", "2027-01-06 09:00:00", ["cell.date-as-text"]),
        ("'6 January 2027 at 9:30 p.m.'", "2027-01-06 21:30:00", ["cell.date-as-text"]),
        ("'03/04/2027'", "", ["cell.ambiguous-date"]),
        ("'by phone'", "", ["cell.not-yes-or-no"]),
    ],
)
def test_a_day_in_place_of_a_yes(typed: str, read: str, codes: list[str], tmp_path: Path) -> None:
    profile = msgspec.structs.replace(ENGLISH, country="CA")
    path = filled(tmp_path, "kpi-report", {"inbox": MESSAGES.format("2027-01-05", typed)}, profile=profile)
    book = read_workbook(path)
    assert records(book, "inbox", "answered").strip("| ") == read
    assert [problem.code for problem in book.problems] == codes
    [message] = book.plan.inbox[:1]
    assert message.answered is {"": None, "False": False}.get(read, True)
    assert message.where.unread == (set() if read or typed == "'-'" else {"answered"})


@pytest.mark.parametrize("shown", ["a day", "no day"])
def test_a_moment_in_a_cell_that_may_have_no_date_format(shown: str, tmp_path: Path) -> None:
    """`Received` has a format of a day; `Answered`, made for a word, may have none."""
    answered = "2027-01-06" if shown == "a day" else "yes"
    path = filled(tmp_path, "kpi-report", {"inbox": MESSAGES.format("2027-01-05", answered)})
    patch_cells(path, {"Inbox!B7": 46392.5, "Inbox!E7": 46393.25})
    [message] = read_workbook(path).plan.inbox[:1]
    assert (message.received, message.received_at) == (date(2027, 1, 5), time(12))
    assert (message.answered, message.answered_on, message.answered_at) == (True, date(2027, 1, 6), time(6))


@pytest.mark.parametrize(
    ("answered", "read"), [("2027-01-01", "True"), ("'1900-01-05'", ""), ("46391", "True"), ("12", "")]
)
def test_a_number_in_place_of_a_yes_is_a_day_if_it_can_be_one(answered: str, read: str, tmp_path: Path) -> None:
    path = filled(tmp_path, "kpi-report", {"inbox": MESSAGES.format("2027-01-05", answered)})
    book = read_workbook(path)
    assert str(book.plan.inbox[0].answered or "") == read
    assert bool(book.problems) is (read == "")
