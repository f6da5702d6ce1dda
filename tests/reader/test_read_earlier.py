"""Workbooks of an earlier form of their template: what was not there yet is not there, and all the rest is read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from earlier import ALL_COLUMNS, Earlier, earlier, earlier_than, rename_headings, rename_sheets

from smsheets.layout.placed import Layout
from smsheets.reader.read import ReadWorkbook, read_workbook

ONE_OF = int(os.environ.get("SMSHEETS_ONE_COLUMN_OF", "4"))
"""So many columns there are for each that is tried."""


def read(made: Earlier, folder: Path, *changes: Callable[[Path, Layout], None]) -> ReadWorkbook:
    path = folder / f"{made.layout.spec.kind}.xlsx"
    path.write_bytes(made.data)
    for change in changes:
        change(path, made.layout)
    return read_workbook(path)


def values(read: ReadWorkbook) -> dict[str, list[dict[str, object]]]:
    return {
        name: [{key: value for key, value in row.values.items() if value is not None} for row in rows]
        for name, rows in read.rows.items()
    }


@pytest.mark.parametrize(("kind", "table", "column"), ALL_COLUMNS[::ONE_OF])
def test_a_column_that_was_not_thought_of_yet(kind: str, table: str, column: str, tmp_path: Path) -> None:
    """Headings that nobody knows, in another order than now; once a table on sheets of other names, too."""
    made = earlier(kind, table, column)
    before = read(made, tmp_path)
    assert [str(problem) for problem in before.problems if made.whole] == []
    first = next(column for some, name, column in ALL_COLUMNS[::ONE_OF] if (some, name) == (kind, table))
    for changes in ((rename_headings,), (rename_headings, rename_sheets))[: 2 if column == first else 1]:
        after = read(made, tmp_path, *changes)
        assert values(after) == values(before)
        codes = {problem.code for problem in after.problems} - {problem.code for problem in before.problems}
        assert codes == {"table.unknown-headings"}
        assert (before.own_columns, after.own_columns) == ({}, {})


@pytest.mark.parametrize(("kind", "blocks"), [("roadmap", ("board", "board_view")), ("kpi-report", ("followers",))])
def test_what_only_shows_and_was_not_thought_of_yet_is_not_missed(
    kind: str, blocks: tuple[str, ...], tmp_path: Path
) -> None:
    """A computed table, and a form that chooses what it shows; its headings are not looked for among other words."""
    made = earlier_than(kind, *blocks)
    assert not made.layout.tables.keys() & set(blocks)
    found = read(made, tmp_path)
    assert [str(problem) for problem in found.problems] == []
