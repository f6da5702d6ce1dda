"""What another workbook holds, sorted by our tables: blocks with their rows, columns with examples, month grids."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from smsheets.cells import CellRef
from smsheets.reader.file.source import SourceWorkbook
from smsheets.reader.file.source_cells import CellValue, SourceCell
from smsheets.reader.foreign.heading_words import is_total
from smsheets.reader.foreign.headings import Heading, holds
from smsheets.reader.foreign.month_grid import MonthGrid, find_grids
from smsheets.reader.foreign.tables import Block, DataLine, ForeignSheet, read_sheet

_MOST_EXAMPLES = 200


@dataclass
class ForeignColumn:
    """A column of theirs: all columns with this heading, on whichever sheet and under however many headings.

    Attributes:
        label: Its heading, normalised: what it is known by.
        heading: As it stands there; empty where the column has none.
        where: Its first heading, or the cell above its data.
        cells: The cells of its first heading: (row, column).
        beside: Labels that stand in one row of headings with it.
    """

    label: str
    heading: str
    where: CellRef
    examples: list[CellValue] = field(default_factory=list)
    beside: set[str] = field(default_factory=set)
    across: bool = False
    cells: tuple[tuple[int, int], ...] = ()


@dataclass
class Material:
    """Everything that was found in a workbook."""

    source: SourceWorkbook
    sheets: list[ForeignSheet]
    grids: list[MonthGrid]

    def blocks(self) -> Iterator[tuple[Block, list[DataLine]]]:
        """Every block with its rows, totals left out."""
        for sheet in self.sheets:
            lines: dict[int, list[DataLine]] = {}
            for line in sheet.lines:
                if not line.total:
                    lines.setdefault(id(line.block), []).append(line)
            for block in sheet.blocks:
                yield block, lines.get(id(block), [])


def collect(source: SourceWorkbook, known: Callable[[str], bool], *, with_grids: bool, near: int) -> Material:
    """Reads all sheets of a workbook.

    Args:
        known: Whether a normalised text may be a heading.
        near: The year to look around for one that fits a month without a year.
    """
    sheets: list[ForeignSheet] = []
    grids: list[MonthGrid] = []
    for sheet in source.sheets:
        found = [grid for grid in find_grids(sheet, near) if grid.entries] if with_grids else []
        grids += found
        sheets.append(read_sheet(sheet, known, frozenset(place for grid in found for place in grid.cells)))
    return Material(source, sheets, grids)


def columns_of(blocks: Sequence[tuple[Block, list[DataLine]]], *, with_totals: bool) -> dict[str, ForeignColumn]:
    """Label -> column, of several blocks for one table; columns across are known by their measure.

    Args:
        with_totals: Whether columns that add others up are columns like any other.
    """
    columns: dict[str, ForeignColumn] = {}
    for block, lines in blocks:
        headings = [heading for heading in block.headings if with_totals or not is_total(heading.text)]
        labels = {heading.col: label_of(heading) for heading in headings}
        for heading in headings:
            label = labels[heading.col]
            cells = tuple((cell.row, cell.col) for cell in heading.cells)
            where = CellRef("", block.sheet, *(cells[0] if cells else (block.row, heading.col)))
            across = [other.text for other in headings if heading.across is not None and labels[other.col] == label]
            name = f"{across[0]} ... {across[-1]}" if len(across) > 1 else heading.text
            column = columns.setdefault(
                label, ForeignColumn(label, name, where, across=heading.across is not None, cells=cells)
            )
            column.beside |= set(labels.values()) - {label}
            for line in lines:
                cell = line.cells.get(heading.col)
                if cell is not None and holds(cell) and len(column.examples) < _MOST_EXAMPLES:
                    column.examples.append(cell.value)
    return columns


ACROSS = "(across)"
"""The label of columns that run across and have no measure of their own: `Jan`, `Feb`, ..."""


def label_of(heading: Heading) -> str:
    """By what a column is known: its heading, or the measure of a column across."""
    return heading.label or (ACROSS if heading.across is not None else "")


def all_cells(source: SourceWorkbook) -> Iterator[tuple[str, SourceCell]]:
    """Every cell that shows something, with its sheet."""
    for sheet in source.sheets:
        for place in sorted(sheet.cells):
            if holds(sheet.cells[place]):
                yield sheet.name, sheet.cells[place]
