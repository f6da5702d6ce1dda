"""Cells that may hold several values."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from smsheets.api import workbook_bytes
from smsheets.profile import Profile
from smsheets.reader.read import read_workbook


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("Shop & Web", ("Shop & Web",)),
        ("Studio, Office", ("Studio", "Office")),
        ("Studio and Office", ("Studio", "Office")),
    ],
)
def test_a_value_of_ones_own_is_not_taken_apart(typed: str, read: tuple[str, ...], tmp_path: Path) -> None:
    data, _ = workbook_bytes("strategy", Profile(team=("Shop & Web", "Studio", "Office")))
    book = openpyxl.load_workbook(io.BytesIO(data))
    page = book["Tools and files"]
    header = next(row for row in page.iter_rows(max_row=20) if row[0].value == "Tool or place")
    columns = {cell.value: cell.column for cell in header}
    page.cell(header[0].row + 1, columns["Tool or place"]).value = "Design tool"
    page.cell(header[0].row + 1, columns["Who has access"]).value = typed
    book.save(tmp_path / "strategy.xlsx")
    tools = read_workbook(tmp_path / "strategy.xlsx").plan.tools  # type: ignore[attr-defined]
    assert [row.access for row in tools if row.access] == [read]
