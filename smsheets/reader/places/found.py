"""The tables and forms of a template as they were found in a user's file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from smsheets.layout.placed import PlacedForm, PlacedTable
from smsheets.reader.file.source_cells import SourceSheet
from smsheets.reader.merged import Merge, hidden_cells
from smsheets.reader.table_rows import TableRows, holds, sort_rows


@dataclass(frozen=True)
class FoundTable:
    """A table in a user's file.

    Attributes:
        columns: Column key (`planned#3`) -> column number.
        strange: Column number -> heading, for headings that are not ours.
        doubled: Column key -> further columns with the same heading.
        names: What its headings may be called in any language -> column key.
        stop: The first row that belongs to something else below, or 0.
        mapped: Its headings are not known; which column is which was told by the map of the workbook.
    """

    placed: PlacedTable
    sheet: SourceSheet
    header_row: int
    columns: Mapping[str, int]
    strange: Mapping[int, str] = field(default_factory=dict)
    doubled: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    stop: int = 0
    mapped: bool = False

    @cached_property
    def rows(self) -> TableRows:
        """The rows below the headings, by what they are."""
        return sort_rows(self)


@dataclass(frozen=True)
class FoundForm:
    """A form in a user's file.

    Attributes:
        cells: Field id -> (row, value column).
        strange: Texts among the labels that are no label of ours.
        labels: Field id -> where its label stands.
        again: Field id -> the other cells of the sheet that hold its label.
        mapped: Its labels are not known; where it stands was told by its hints or its range name.
    """

    placed: PlacedForm
    sheet: SourceSheet
    cells: Mapping[str, tuple[int, int]]
    strange: Mapping[tuple[int, int], str] = field(default_factory=dict)
    labels: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    again: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    mapped: bool = False

    @cached_property
    def hidden(self) -> Mapping[tuple[int, int], Merge]:
        """Value cells that lie under a merged range which shows something else, or which hold a value there."""
        places, cells = set(self.cells.values()), self.sheet.cells
        if not self.sheet.merges:
            return {}
        rows = [row for row, _ in places]
        found = hidden_cells(self.sheet.merges, {col for _, col in places}, min(rows), max(rows))
        return {
            place: merge
            for place, merge in found.items()
            if place in places and any(at in cells and holds(cells[at]) for at in (place, (merge.row, merge.col)))
        }


@dataclass(frozen=True)
class Found:
    """Everything of a template that was found in a file."""

    tables: Mapping[str, FoundTable]
    forms: Mapping[str, FoundForm]
    copies: tuple[FoundTable | FoundForm, ...] = ()
    """What looks like one of these once more, on another sheet: nothing is read from there."""
