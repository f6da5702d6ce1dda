"""Each column of each table, deleted alone as a spreadsheet program does it: named if a formula needs it, else not."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from zlib import crc32

import pytest
from emulate import excel
from emulate.without_columns import GONE, without_columns
from emulate.written_book import Book, take_apart
from repair.repaired import repaired
from workbooks import small_sample, written

from smsheets.cells import column_letters
from smsheets.kinds import KINDS
from smsheets.layout.placed import Layout, PlacedColumn
from smsheets.reader.file.source import open_workbook
from smsheets.reader.read import ReadWorkbook, read_source, read_workbook
from smsheets.reader.rows import message_label

pytest.importorskip("ironcalc", reason="skipped: deleted columns; there is no engine for this computer")

NAMED = {"table.lost-columns", "form.lost-lines", "table.missing", "sheet.errors"}
"""A column of the sheet holds the labels or the values of forms, too."""

ONE_OF = int(os.environ.get("SMSHEETS_ONE_COLUMN_OF", "8"))
"""Of so many columns one is deleted, drawn by its place; `SMSHEETS_ONE_COLUMN_OF=1` deletes each."""
_ONE_REPAIRED_OF = 4
"""To repair a workbook takes four times as long as to read it: of so many that lack a column, one is repaired."""


@cache
def data(kind: str) -> bytes:
    new = small_sample(kind)
    return written(new.layout, new.filling)


@cache
def sample(kind: str) -> Book:
    return take_apart(data(kind))


@cache
def layout(kind: str, folder: Path) -> Layout:
    path = folder / f"{kind}.xlsx"
    path.write_bytes(data(kind))
    return read_workbook(path).layout


def columns(kind: str, folder: Path) -> list[tuple[str, PlacedColumn]]:
    """The columns that a person may delete; of those that repeat, the second one; of tables one below another, once."""
    found = {
        (table.sheet, column.col): (name, column)
        for name, table in layout(kind, folder).tables.items()
        for column in table.columns
        if column.item is None or (column.item.n == 2 and column.item.known)
    }
    return [found[sheet, col] for sheet, col in found if crc32(f"{kind} {sheet} {col}".encode()) % ONE_OF == 0]


def read_book(book: Book, path: Path) -> ReadWorkbook:
    path.write_bytes(excel.write(book))
    return read_workbook(path)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("deleted")


def needs(book: Book) -> bool:
    """Whether a formula that is still there named what is gone."""
    return any(GONE in (cell.formula or "") for sheet in book.sheets for cell in sheet.cells.values())


def unlike(kind: str, name: str, column: PlacedColumn, folder: Path) -> list[str]:
    """What is wrong with what is said of one deleted column; tables that share their columns lose several."""
    made = layout(kind, folder)
    sheet = made.tables[name].sheet
    book = without_columns(sample(kind), sheet, column.col)
    path = folder / f"{kind}.{name}.{column_letters(column.col)}.xlsx"
    read = read_book(book, path)
    codes = [problem.code for problem in read.problems]
    label = message_label(column, made)
    where = f"{kind} {sheet}!{column_letters(column.col)} {label!r}"
    known = {*NAMED, "table.missing-column"}
    wrong = [f"{where}: {problem}" for problem in read.problems if problem.code not in known]
    if needs(book) != bool(NAMED & set(codes)) and "table.missing" not in codes:
        wrong.append(f"{where}: {'not named' if needs(book) else f'named for nothing: {codes}'}")
    tables = [problem.values["table"] for problem in read.problems if problem.code == "table.lost-columns"]
    if len(set(tables)) < len(tables):
        wrong.append(f"{where}: named more than once: {tables}")
    if NAMED & set(codes) and crc32(where.encode()) % _ONE_REPAIRED_OF == 0:
        both = repaired(path)
        after = both.after.problems
        wrong += [f"{where}, repaired: {problem}" for problem in after if not problem.code.startswith("id.")]
        found = read_source(open_workbook(both.path), str(both.path)).found.tables[name].columns
        lacks = {item.key for item in made.tables[name].columns if item.item is None or item.item.known} - found.keys()
        wrong += [f"{where}, repaired: lacks {sorted(lacks)}"] * bool(lacks)
    path.unlink()
    return wrong


@pytest.mark.parametrize("kind", KINDS)
def test_each_column_deleted_alone(kind: str, folder: Path) -> None:
    wrong = [line for name, column in columns(kind, folder) for line in unlike(kind, name, column, folder)]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("sheet", "first", "count", "says"),
    [
        ("Budget", 12, 1, "'Available, Jan 2027'"),
        ("Budget", 11, 4, "'Planned, Jan 2027', 'Available, Jan 2027', 'Actual, Jan 2027', 'Left, Jan 2027'"),
        ("Own time", 7, 1, "'Our cost a month'"),
        ("Budget", 6, 2, ""),
    ],
)
def test_deleted_columns_are_named_together(sheet: str, first: int, count: int, says: str, folder: Path) -> None:
    read = read_book(without_columns(sample("budget"), sheet, first, count), folder / "budget.xlsx")
    assert [problem.values["column"] for problem in read.problems] == ([says] if says else [])


def test_what_no_longer_works_is_counted(folder: Path) -> None:
    read = read_book(without_columns(sample("budget"), "Budget", 12), folder / "budget.xlsx")
    (problem,) = read.problems
    assert str(problem.values["broken"]).startswith("'Left now', 'Left, Jan 2027', 'Forecast in all', Dashboard (")
    assert "#REF!" in str(problem.values["broken"])
