"""A fresh workbook with values that stood elsewhere: nothing translated, nothing moved, own columns and sheets too."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from smsheets.api import read_workbook
from smsheets.layout.cells_of import ValueSheet, legal_names
from smsheets.layout.content import Filling, OwnColumn
from smsheets.profile import Profile
from smsheets.rewrite.refill import refilled_layout, refilled_workbook, starting_filling
from smsheets.spec.load import load_spec

GERMAN = Profile(language="de", currency="EUR", country="DE", channels=("instagram",), months=3, start=date(2027, 4, 1))
IDEAS = "ideas"


def _opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def _refilled(filling: Filling, profile: Profile = GERMAN, **more: Any) -> bytes:
    return refilled_workbook(load_spec("calendar"), profile, filling, **more)


def test_texts_and_dates_stay_as_they_are(tmp_path: Path) -> None:
    """The German catalogue knows the heading "Owner"; a sample would move a date written as "2027-01-15"."""
    row = {"title": "Owner", "copy": "2027-01-15", "date": date(2027, 1, 15)}
    path = tmp_path / "calendar.xlsx"
    path.write_bytes(_refilled(Filling({}, {"posts": [row]}), added={"people": ["Owner"]}))
    read = read_workbook(path)
    (post,) = read.rows["posts"]
    assert {key: post.values[key] for key in row} == row
    assert post.values["post_id"] == "P1"
    people = read.layout.lists["people"].texts
    assert [text for text in people if text] == ["Owner"]


def test_a_table_has_room_for_all_rows_and_spare_ones() -> None:
    rows = [{"title": f"Post {n}"} for n in range(1000)]
    layout = refilled_layout(load_spec("calendar"), GERMAN, Filling({}, {"posts": rows}))
    assert layout.tables["posts"].rows == 1010


def test_own_columns_stand_right_of_the_folded_ones() -> None:
    values = ["=SUM(A1)", None, 12.5, date(2027, 5, 1), datetime(2027, 5, 1, 9, 30), time(9, 30), True]
    own = {"posts": [OwnColumn(heading="Owner", values=values), OwnColumn(heading="Zweite", values=[])]}
    rows = [{"title": f"Post {n}"} for n in range(len(values))]
    book = _opened(_refilled(Filling({}, {"posts": rows}), own_columns=own))
    layout = refilled_layout(load_spec("calendar"), GERMAN, Filling({}, {"posts": rows}), own=own)
    table = layout.tables["posts"]
    sheet, col = book[table.sheet], table.columns[-1].col + 1
    found = [sheet.cell(table.first_row + n, col) for n in range(len(values))]
    assert sheet.cell(table.header_row, col).value == "Owner"
    assert sheet.cell(table.header_row, col + 1).value == "Zweite"
    assert [cell.value for cell in found] == [*values[:3], datetime(2027, 5, 1), *values[4:]]
    assert found[0].data_type == "s"
    assert [cell.number_format for cell in found[3:6]] == ["dd.mm.yyyy", "dd.mm.yyyy hh:mm", "hh:mm"]
    assert not sheet.column_dimensions[found[0].column_letter].hidden
    assert sheet.auto_filter.ref.endswith(f"{sheet.cell(1, col + 1).column_letter}{table.last_row}")


def test_an_own_column_moves_what_stands_beside_its_table() -> None:
    """Nothing is written over anything else, in any template."""
    for kind in ("strategy", "roadmap", "budget", "calendar", "kpi-report"):
        spec = load_spec(kind)
        names = [block.id for sheet in spec.sheets for block in sheet.blocks if getattr(block, "rows", 0)]
        own = {name: [OwnColumn(heading=f"Own {name} {n}", values=["x"]) for n in (1, 2)] for name in names}
        data = refilled_workbook(spec, GERMAN, starting_filling(spec, GERMAN), own_columns=own)
        book = _opened(data)
        texts = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row if cell.data_type == "s"]
        assert sorted(text for text in texts if text.startswith("Own ")) == sorted(
            column.heading for columns in own.values() for column in columns
        )
        plain = _opened(refilled_workbook(spec, GERMAN, starting_filling(spec, GERMAN)))
        kept = [cell.value for sheet in plain for row in sheet.iter_rows() for cell in row if cell.data_type == "s"]
        visible = [sheet.title for sheet in plain if sheet.sheet_state == "visible"]
        assert [sheet.title for sheet in book if sheet.sheet_state == "visible"] == visible
        assert len([text for text in texts if text == "x"]) == 2 * len(names)
        assert len(texts) == len(kept) + 4 * len(names)


def test_sheets_of_values_come_last_and_hold_texts_only() -> None:
    sheets = [
        ValueSheet(name="Posts", rows=[["a", None, "b"], ["=1+1", 3, date(2027, 1, 2)]], header_rows=1),
        ValueSheet(name="Beiträge", rows=[["http://example.com", 0.1 + 0.2, "#REF!"]], widths=[40]),
    ]
    book = _opened(_refilled(Filling(), sheets=sheets))
    names = book.sheetnames
    assert names[-3:] == ["Posts", "Beiträge (2)", "_smsheets"]
    first, second = book["Posts"], book["Beiträge (2)"]
    assert [[cell.value for cell in row] for row in first.iter_rows()] == [
        ["a", None, "b"],
        ["=1+1", 3, datetime(2027, 1, 2)],
    ]
    assert first["A2"].data_type == "s"
    assert (first["A1"].font.bold, first["A2"].font.bold) == (True, False)
    assert first.freeze_panes == "A2"
    assert (second["A1"].hyperlink, second["B1"].value, second["C1"].data_type) == (None, 0.1 + 0.2, "s")
    assert second.column_dimensions["A"].width == pytest.approx(40, abs=1)


def test_what_no_cell_can_hold_is_written_as_text(tmp_path: Path) -> None:
    sheets = [ValueSheet(name="x", rows=[[date(1899, 5, 1), float("inf")]])]
    path = tmp_path / "calendar.xlsx"
    path.write_bytes(_refilled(Filling({}, {"posts": [{"date": date(1850, 2, 3)}]}), sheets=sheets))
    assert [cell.value for cell in openpyxl.load_workbook(path)["x"][1]] == ["1899-05-01", "inf"]
    assert openpyxl.load_workbook(path)["Beiträge"]["B6"].value == "1850-02-03"


def test_names_of_tabs_are_legal_and_different() -> None:
    wanted = ["a/b:c", "  ", "History", "'quoted'", "x" * 40, "x" * 40, "posts", "☕" * 31, "😀" * 20]
    assert legal_names(wanted, ["Posts", "_smsheets"]) == [
        "a b c",
        "Sheet",
        "History (2)",
        "quoted",
        "x" * 31,
        "x" * 27 + " (2)",
        "posts (2)",
        "☕" * 31,
        "😀" * 15,
    ]


def test_the_same_values_give_the_same_bytes() -> None:
    filling = starting_filling(load_spec("calendar"), GERMAN)
    assert _refilled(filling) == _refilled(filling)
