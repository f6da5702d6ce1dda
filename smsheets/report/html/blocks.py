"""The parts of a topic, put into words and grouped as the page lays them out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count

import msgspec

from smsheets.report.document import ChartKind, ChartView, HeatView, Line, Picture, TableView, TimeBarsView
from smsheets.report.html.arrangement import Arrangement, Noted, Shown
from smsheets.report.html.bars import BarsPage, make_bars
from smsheets.report.html.charts import ChartPage, draw_chart, has_room
from smsheets.report.html.entries import EntryGroup, group_entries
from smsheets.report.html.heat import HeatPage, make_heat
from smsheets.report.html.tables import TablePage, make_table
from smsheets.report.html.tiles import TilePage, make_tiles
from smsheets.report.html.time_bars import TimeBarsPage, make_time_bars
from smsheets.report.wording import Words

Drawn = ChartPage | BarsPage | HeatPage | TimeBarsPage

_NARROW = 8
"""Columns of a heat map that half the width of a screen has room for."""


class FigurePage(msgspec.Struct, frozen=True, kw_only=True):
    """A picture and the table that holds its figures, folded away.

    Attributes:
        kind: Names the macro that lays it out.
        wide: Takes the whole width of a screen.
        alone: Has a line of the page for itself, though it needs only half of it.
    """

    kind: str
    drawn: Drawn
    table: TablePage | None = None
    notes: tuple[str, ...] = ()
    wide: bool = False
    alone: bool = False


class NotedPage(msgspec.Struct, frozen=True):
    """Tables, and the sentences that explain them."""

    notes: tuple[str, ...]
    tables: tuple[TablePage, ...]


class Blocks(msgspec.Struct, frozen=True, kw_only=True):
    """What stands below a heading, in this order; what there is none of is empty."""

    lead: tuple[str, ...] = ()
    tiles: tuple[TilePage, ...] = ()
    figures: tuple[FigurePage, ...] = ()
    smalls: tuple[FigurePage, ...] = ()
    noted: tuple[NotedPage, ...] = ()
    groups: tuple[EntryGroup, ...] = ()
    rest: tuple[str, ...] = ()


class BlockMaker:
    """Puts parts into words; gives each picture a name of its own on the page."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._numbers = count(1)

    def blocks(self, arranged: Arrangement) -> Blocks:
        """The parts of a topic in words."""
        words = self._words
        return Blocks(
            lead=_lines(arranged.lead, words),
            tiles=tuple(tile for view in arranged.tiles for tile in make_tiles(view, words)),
            figures=_paired([self._figure(shown) for shown in arranged.shown]),
            smalls=tuple(self._figure(shown) for shown in arranged.smalls),
            noted=tuple(self._noted(noted) for noted in arranged.noted),
            groups=group_entries(arranged.entries, words),
            rest=_lines(arranged.rest, words),
        )

    def _noted(self, noted: Noted) -> NotedPage:
        return NotedPage(_lines(noted.notes, self._words), self._tables(noted.tables))

    def _tables(self, views: Iterable[TableView]) -> tuple[TablePage, ...]:
        return tuple(make_table(view, self._words) for view in views if view.rows)

    def _figure(self, shown: Shown) -> FigurePage:
        kind, drawn, wide = self._drawn(shown.picture)
        return FigurePage(
            kind=kind,
            drawn=drawn,
            wide=wide,
            table=make_table(shown.table, self._words) if shown.table is not None else None,
            notes=_lines(shown.notes, self._words),
        )

    def _drawn(self, view: Picture) -> tuple[str, Drawn, bool]:
        """The kind of a picture, the picture in words, and whether it needs the whole width."""
        words = self._words
        if isinstance(view, TimeBarsView):
            return "timebars", make_time_bars(view, words), True
        if isinstance(view, HeatView):
            return "heat", make_heat(view, words), len(view.columns) > _NARROW
        if _is_bars(view, words):
            return "bars", make_bars(view, words), False
        return "chart", draw_chart(view, words, f"c{next(self._numbers)}"), False


def _is_bars(view: ChartView, words: Words) -> bool:
    """Whether the names along a chart need the room that only bars below each other have."""
    if view.kind in (ChartKind.BARS, ChartKind.BRIDGE):
        return True
    return view.kind is ChartKind.COLUMNS and not has_room(view, words)


def _lines(lines: Iterable[Line], words: Words) -> tuple[str, ...]:
    return tuple(words.value(line) for line in lines)


def _paired(figures: Sequence[FigurePage]) -> tuple[FigurePage, ...]:
    """Two to a line; one that finds no other beside it is marked."""
    paired: list[FigurePage] = []
    waiting = False
    for figure in figures:
        if waiting and figure.wide:
            paired[-1] = msgspec.structs.replace(paired[-1], alone=True)
        waiting = not figure.wide and not waiting
        paired.append(figure)
    if waiting:
        paired[-1] = msgspec.structs.replace(paired[-1], alone=True)
    return tuple(paired)
