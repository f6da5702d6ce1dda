"""A strategy made when SWOT was a list, five columns wide, is read and repaired into the sheet of two by two."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest
from patch_xlsx import patch_cells
from repair.repaired import repaired

from smsheets.reader.read import ReadWorkbook, read_workbook

OLDER = Path(__file__).parents[1] / "reader" / "older" / "strategy.xlsx"
QUADRANTS = ("strength", "weakness", "opportunity", "threat")
HEADER_ROW = 4


def older(folder: Path, *changes: tuple[str, str | None]) -> Path:
    """The older workbook, some cells of its sheet SWOT changed."""
    path = folder / "strategy.xlsx"
    shutil.copy(OLDER, path)
    patch_cells(path, {f"SWOT!{cell}": value for cell, value in changes})
    return path


def points(read: ReadWorkbook, keys: Sequence[str] = QUADRANTS) -> list[object]:
    """Whose point it is, and the point, by quadrant."""
    rows = [row.values for name in ("swot", "swot_outside") for row in read.rows[name]]
    return [(key, row["about"], row[key]) for key in keys for row in rows if row.get(key)]


def test_it_is_repaired_with_nothing_lost(tmp_path: Path) -> None:
    both = repaired(older(tmp_path))
    assert both.before.read.problems == both.after.problems == ()
    assert both.repaired.left_over == both.repaired.changes == ()
    assert len(points(both.after)) == 19
    assert points(both.after) == points(both.before.read)
    rows = both.book["SWOT"].iter_rows(max_col=4, values_only=True)
    assert [row for row in rows if row[0] == "About"] == [
        ("About", "Strengths", "Weaknesses", None),
        ("About", "Opportunities", "Threats", None),
    ]
    assert answers(both.before.read) == answers(both.after)


def test_a_point_of_any_quadrant_is_known_by_its_cell(tmp_path: Path) -> None:
    plan = read_workbook(older(tmp_path)).plan
    assert str(plan.swot[1].cell("weakness")).endswith("SWOT!C6")  # type: ignore[attr-defined]
    assert str(plan.swot_outside[1].cell("threat")).endswith("SWOT!E6")  # type: ignore[attr-defined]


def answers(read: ReadWorkbook) -> dict[tuple[str, str], object]:
    """The lines of all forms that are filled in."""
    lines = ((name, key, value) for name, form in read.forms.items() for key, value in form.items())
    return {(name, key): value for name, key, value in lines if value is not None}


@pytest.mark.parametrize("gone", ["B", "C", "D", "E", "BC", "DE"])
def test_headings_in_ones_own_words(gone: str, tmp_path: Path) -> None:
    """What is said names the cells of the headings; the other quadrants are read as before."""
    read = read_workbook(older(tmp_path, *((f"{letter}{HEADER_ROW}", f"What else {letter}") for letter in gone)))
    found = [problem for problem in read.problems if problem.cell.sheet == "SWOT"]
    assert [problem.code for problem in found] == ["table.missing-column"] * len(gone)
    keys = [key for letter, key in zip("BCDE", QUADRANTS, strict=True) if letter not in gone]
    assert points(read, keys) == points(read_workbook(OLDER), keys)


@pytest.mark.parametrize("letter", ["F", "H"])
def test_a_column_of_ones_own(letter: str, tmp_path: Path) -> None:
    both = repaired(older(tmp_path, (f"{letter}{HEADER_ROW}", "Since"), (f"{letter}{HEADER_ROW + 1}", "2017")))
    assert both.before.read.problems == both.after.problems == ()
    assert both.repaired.own_columns == ("Since",)
    assert both.repaired.left_over == ()
    assert points(both.after) == points(both.before.read)
    texts = [cell.value for row in both.book["SWOT"].iter_rows() for cell in row]
    assert [text for text in texts if text in ("Since", "2017")] == ["Since", "2017"]
