"""Two sheets of the adopted workbook: which column became which, and everything of theirs that stands nowhere else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from smsheets.adopt.mapping import Match
from smsheets.adopt.material import ACROSS, Material, all_cells
from smsheets.adopt.rows import Place
from smsheets.cells import column_letters
from smsheets.layout.content import CellValue as Shown
from smsheets.layout.own_cells import ValueSheet
from smsheets.layout.placed import Layout
from smsheets.reader.file.source_cells import ErrorValue, SourceCell
from smsheets.reader.values.scope import plain
from smsheets.spec.catalogue import Catalogue
from smsheets.spec.model import Table

_WIDTHS = (18.0, 12.0, 60.0, 66.0)
_DAYS, _TITLE, _TOTAL, _HEADING, _OUTSIDE, _NO_TABLE, _NOT_CALCULATED = range(7)
_WHY = {
    _DAYS: "Days of a month: they became the dates of the rows",
    _TITLE: "A title: it became the date, channel or category of the rows below it",
    _TOTAL: "A total: the new workbook works it out itself",
    _HEADING: "Headings of rows that were read",
    _OUTSIDE: "A month that the new workbook does not have, or a second amount for one",
    _NO_TABLE: "Not part of a table that was read",
    _NOT_CALCULATED: "A formula that was never calculated",
}
_MAPPING_HEADS = ("Their column", "Cell", "Our table", "Our column", "Sure", "Example")
_LEFT_HEADS = ("Sheet", "Cell", "What stands there", "Why")
_OWN = "a column of your own"
_ACROSS = "Title, or Text where it is long"


@dataclass(frozen=True, slots=True)
class LeftOver:
    """Something that was not brought over: its cell, or several in one row."""

    sheet: str
    cells: str
    value: Shown
    reason: int

    @property
    def why(self) -> str:
        """Why, in English."""
        return _WHY[self.reason]


def mapping_sheet(tables: Sequence[tuple[Table, Sequence[Match]]], layout: Layout, words: Catalogue) -> ValueSheet:
    """Which of their columns became which of ours."""
    rows: list[list[Shown]] = [[words.text(_MAPPING_HEADS[n]) for n in range(len(_MAPPING_HEADS))]]
    for table, matches in tables:
        placed = layout.tables[table.id]
        for match in matches:
            rows.append(
                [
                    match.name,
                    f"{match.column.where.sheet}!{match.column.where.a1}",
                    placed.sheet,
                    our_name(table, match, words),
                    f"{match.confidence:.0%}" if match.target else None,
                    match.example,
                ]
            )
    return ValueSheet(name=words.text("How it was mapped"), rows=rows, header_rows=1)


def our_name(table: Table, match: Match, words: Catalogue) -> str:
    """Our column as the new workbook calls it."""
    if not match.target:
        return words.text(_ACROSS if match.column.label == ACROSS else _OWN)
    label = next((column.label for column in table.columns if column.id == match.target), "")
    return words.text(label) if label else words.text("the month of the amounts")


def left_over_sheet(left: Sequence[LeftOver], words: Catalogue) -> ValueSheet:
    """What was not brought over, cell by cell."""
    rows: list[list[Shown]] = [[words.text(_LEFT_HEADS[n]) for n in range(len(_LEFT_HEADS))]]
    rows += [[item.sheet, item.cells, item.value, words.text(_WHY[item.reason])] for item in left]
    return ValueSheet(name=words.text("Not brought over"), rows=rows, header_rows=1, widths=_WIDTHS)


def left_over(material: Material, used: set[Place], mapped: set[Place], outside: set[Place]) -> list[LeftOver]:
    """Every cell whose content is neither in a row of ours nor in the list of columns.

    Args:
        used: Cells whose content is in a row.
        mapped: Headings that stand in the list of columns.
        outside: Cells with the amount of a month that the new workbook does not have.
    """
    why = dict(_reasons(material))
    why.update(dict.fromkeys(outside, _OUTSIDE))
    left: list[LeftOver] = []
    rows: dict[tuple[str, int, int], list[SourceCell]] = {}
    for sheet, cell in all_cells(material.source):
        place = (sheet, cell.row, cell.col)
        if place in used or place in mapped:
            continue
        reason = _NOT_CALCULATED if cell.value is None else why.get(place, _NO_TABLE)
        if reason in (_DAYS, _HEADING):
            rows.setdefault((sheet, cell.row, reason), []).append(cell)
        else:
            left.append(LeftOver(sheet, f"{column_letters(cell.col)}{cell.row}", _value(cell), reason))
    return [*left, *(_together(sheet, row, cells, reason) for (sheet, row, reason), cells in rows.items())]


def _together(sheet: str, row: int, cells: Sequence[SourceCell], reason: int) -> LeftOver:
    """Cells of one row in one line of the list."""
    first, last = f"{column_letters(cells[0].col)}{row}", f"{column_letters(cells[-1].col)}{row}"
    return LeftOver(sheet, first if first == last else f"{first}:{last}", " | ".join(map(_text, cells)), reason)


def _reasons(material: Material) -> Iterator[tuple[Place, int]]:
    for sheet in material.sheets:
        name = sheet.sheet.name
        for block in sheet.blocks:
            for heading in block.headings:
                yield from (((name, cell.row, cell.col), _HEADING) for cell in heading.cells)
        for line in sheet.lines:
            if line.total:
                yield from (((name, cell.row, cell.col), _TOTAL) for cell in line.cells.values())
        yield from (((name, cell.row, cell.col), _TITLE) for cell in sheet.titles)
    for grid in material.grids:
        yield from (((grid.sheet, cell.row, cell.col), _DAYS) for cell in (*grid.header, *grid.numbers))
        if grid.title is not None:
            yield (grid.sheet, grid.title.row, grid.title.col), _TITLE


def _value(cell: SourceCell) -> Shown:
    if isinstance(cell.value, ErrorValue):
        return str(cell.value)
    return f"={cell.formula}" if cell.value is None else cell.value


def _text(cell: SourceCell) -> str:
    return " ".join(plain(cell.value).split())
