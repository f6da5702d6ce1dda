"""Workbooks of an earlier release are repaired with nothing on the list but what their owner put there.

`release_0_2_0/` holds blank workbooks that the program of that release made; `../reader/older` has filled ones.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from patch_xlsx import Formula, patch_cells
from repair.repaired import Both, repaired

HERE = Path(__file__).parent
RELEASE, FILLED = HERE / "release_0_2_0", HERE.parent / "reader" / "older"
BLANK = sorted(path.stem for path in RELEASE.glob("*.xlsx"))
LINES = range(10, 24)
"""The rows of the filled budget that hold a line; spare rows follow, down to 49."""


def copied(source: Path, folder: Path, cells: Mapping[str, str | Formula]) -> Both:
    """A copy of a workbook with some cells changed, repaired."""
    path = Path(shutil.copy(source, folder))
    patch_cells(path, cells)
    return repaired(path)


@pytest.mark.parametrize("name", BLANK)
def test_a_blank_one_has_nothing_to_list(name: str, tmp_path: Path) -> None:
    both = copied(RELEASE / f"{name}.xlsx", tmp_path, {})
    assert both.contents() == []
    assert both.repaired.own_columns == both.after.problems == ()


@pytest.mark.parametrize("kind", ["budget", "kpi-report"])
def test_a_filled_one_has_nothing_to_list(kind: str, tmp_path: Path) -> None:
    both = copied(FILLED / f"{kind}.xlsx", tmp_path, {})
    assert both.contents() == []
    assert both.repaired.own_columns == both.after.problems == ()


def test_what_its_owner_put_there_is_listed(tmp_path: Path) -> None:
    """A formula changed in one cell, above or below the last line, notes and a formula beside the table."""
    cells: dict[str, str | Formula] = {
        f"Budget!L{LINES[1]}": Formula(f"J{LINES[1]}-K{LINES[1]}", 0),
        f"Budget!L{LINES[-1] + 1}": Formula("K40*1.19"),
        "Budget!CA12": "Ask Bob about the fair",
        "Budget!CA13": Formula("SUM(I10:I20)*1.19", 17.5),
        "Settings!H3": "Budget lines",
    }
    both = copied(FILLED / "budget.xlsx", tmp_path, cells)
    typed = [f"{place}: {'=' + cell.text if isinstance(cell, Formula) else cell}" for place, cell in cells.items()]
    assert sorted(both.contents()) == sorted(typed)


def test_formulas_of_a_whole_column_are_named_where_they_show_something_else(tmp_path: Path) -> None:
    """Changed in every row, they look like the template's: but no figure goes unsaid."""
    changed = {f"Budget!L{row}": Formula(f"J{row}*2", 777 if row in LINES else "") for row in range(10, 50)}
    both = copied(FILLED / "budget.xlsx", tmp_path, changed)
    assert both.contents() == [f"Budget!L{row}: =J{row}*2" for row in LINES]
