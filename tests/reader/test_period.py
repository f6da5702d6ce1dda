"""The months a workbook plans, read off its headings and weeks."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from make_xlsx import make_xlsx, styles

from smsheets.calc.engine import serial
from smsheets.cells import column_letters
from smsheets.layout.place import place_workbook
from smsheets.profile import Profile
from smsheets.reader.file.source import SourceWorkbook, open_workbook
from smsheets.reader.identity.identify import Period, months_in_headings, period_of, weeks_shown
from smsheets.reader.places.labels import Labels
from smsheets.spec.load import load_spec


def headed(folder: Path, *texts: str) -> SourceWorkbook:
    """A sheet with these texts in its third row."""
    cells = "".join(
        f'<c r="{column_letters(col)}3" t="inlineStr"><is><t>{text}</t></is></c>' for col, text in enumerate(texts, 1)
    )
    return open_workbook(make_xlsx(folder / "book.xlsx", f'<row r="3">{cells}</row>'))


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("Line", "Oct 2026\nPlanned", "Nov 2026\nPlanned"), Period(date(2026, 10, 1), 2)),
        (("Zeile", "Dez. 2026\nGeplant", "Jan. 2027\nGeplant"), Period(date(2026, 12, 1), 2)),
        (("NOV 2026 PLANNED", "dec 2026 planned", "Jan 2027  Planned"), Period(date(2026, 11, 1), 3)),
        (("Jan 2027", "Mar 2027", "Apr 2027"), Period(date(2027, 1, 1), 4)),
        (("Jan 2017", "Feb 2027", "Mar 2027"), Period(date(2027, 2, 1), 2)),
        (("Line", "Planned", "Spring 2027"), None),
        (("Jan 9999",), None),
    ],
)
def test_months_in_headings(texts: tuple[str, ...], expected: Period | None, tmp_path: Path) -> None:
    assert period_of(months_in_headings(headed(tmp_path, *texts))) == expected


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("Id", "28 Dec", "4 Jan", "11 Jan", "18 Jan", "25 Jan"), Period(date(2027, 1, 1), 1)),
        (("Id", "Dec 28", "Jan 4", "Jan 11", "Jan 18", "Jan 25"), Period(date(2027, 1, 1), 1)),
        (("Id", "28. Dez.", "4. Jan."), None),
        (("Id", "29 Dec", "4 Jan", "11 Jan", "18 Jan"), None),
    ],
)
def test_weeks_in_headings(texts: tuple[str, ...], expected: Period | None, tmp_path: Path) -> None:
    """Without a date in the workbook the year is any in which these are Mondays."""
    found = weeks_shown(headed(tmp_path, *texts))
    assert (found and (found.start.month, found.months)) == (expected and (expected.start.month, expected.months))


def test_a_week_is_found_by_either_order_in_every_language() -> None:
    layout = place_workbook(load_spec("roadmap"), Profile(country="US", start=date(2027, 1, 1)))
    names = set(Labels(layout).of_column(layout.tables["timeline"].by_key["week#1"]))
    assert names == {"dec 28", "28 dec", "dez 28", "28 dez"}


def test_weeks_one_below_the_other(tmp_path: Path) -> None:
    mondays = [date(2026, 12, 28) + timedelta(days=7 * number) for number in range(9)]
    rows = "".join(
        f'<row r="{row}"><c r="B{row}" s="0"><v>{serial(day)}</v></c></row>' for row, day in enumerate(mondays, 5)
    )
    path = make_xlsx(tmp_path / "book.xlsx", rows, {"xl/styles.xml": styles("yyyy-mm-dd")})
    assert weeks_shown(open_workbook(path)) == Period(date(2027, 1, 1), 2)
