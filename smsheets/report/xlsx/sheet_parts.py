"""The places of everything on a sheet of the report. Rows and columns count from 1."""

from __future__ import annotations

from enum import Enum

import msgspec

from smsheets.report.document import ChartView, TableView, TimeBarsView

Drawn = ChartView | TimeBarsView
"""What becomes a chart; a heat map is the shades of its table."""


class TextRole(Enum):
    """The role of a line of text on a sheet."""

    HEADING = "heading"
    VERDICT = "verdict"
    LINE = "line"
    NOTE = "note"


class PlacedText(msgspec.Struct, frozen=True, kw_only=True):
    """A line of text.

    Attributes:
        whole: Whether it runs across the whole sheet, not only across the part with the tables.
    """

    row: int
    text: str
    role: TextRole = TextRole.LINE
    whole: bool = False


class PlacedTable(msgspec.Struct, frozen=True, kw_only=True):
    """A table from column A on.

    Attributes:
        row: Of its headings.
        heat: Whether its counts are shaded, darker where there are more.
        spans: How many columns of the sheet each of its columns covers; empty where that is one each.
    """

    row: int
    view: TableView
    heat: bool = False
    spans: tuple[int, ...] = ()

    @property
    def first_row(self) -> int:
        """The first row below the headings."""
        return self.row + 1

    @property
    def last_row(self) -> int:
        """The last row."""
        return self.row + len(self.view.rows)

    def column_of(self, place: int) -> int:
        """The column of the sheet in which one of its columns begins; places count from 0."""
        return 1 + (sum(self.spans[:place]) if self.spans else place)

    def span_of(self, place: int) -> int:
        """How many columns of the sheet one of its columns covers."""
        return self.spans[place] if self.spans else 1


class PlacedPicture(msgspec.Struct, frozen=True, kw_only=True):
    """A chart beside the tables, or across the whole sheet.

    Attributes:
        offset: Pixels from the left end of the part beside the tables.
        height: Pixels.
        width: Pixels; 0 where it runs across the whole sheet.
    """

    row: int
    offset: int
    width: int
    height: int
    picture: Drawn


class SheetParts(msgspec.Struct, frozen=True, kw_only=True):
    """One sheet of the report."""

    name: str
    title: str
    texts: tuple[PlacedText, ...] = ()
    tables: tuple[PlacedTable, ...] = ()
    pictures: tuple[PlacedPicture, ...] = ()

    @property
    def columns(self) -> int:
        """How many columns its widest table has, the ones that run across the sheet left out."""
        return max((len(table.view.headers) for table in self.tables if not table.spans), default=1)
