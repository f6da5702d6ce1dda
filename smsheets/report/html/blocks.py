"""The parts of a topic on the page: in which order, how grouped, findings and problems by how much they matter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count, groupby
from typing import cast

import msgspec

from smsheets.plan.record import group_by
from smsheets.report.document import (
    ChartKind,
    ChartView,
    Entry,
    HeatView,
    Line,
    Part,
    Picture,
    Section,
    TableView,
    TilesView,
    TimeBarsView,
)
from smsheets.report.html.bars import BarsPage, make_bars
from smsheets.report.html.charts import ChartPage, draw_chart, has_room
from smsheets.report.html.tables import TablePage, TilePage, make_table, make_tiles
from smsheets.report.html.time_bars import HeatPage, TimeBarsPage, make_heat, make_time_bars
from smsheets.report.wording import Words
from smsheets.safe_text import safe_line

_LINES, _TABLES, _TILES, _ENTRIES, _PICTURES, _SMALLS = "lines", "tables", "tiles", "entries", "pictures", "smalls"

_Run = tuple[str, list[Part]]
"""Parts of one kind that follow each other."""


class _Shown(msgspec.Struct, frozen=True):
    """A picture with the table that holds its figures; of pictures that share a table, the last one has it."""

    picture: Picture
    table: TableView | None = None
    notes: tuple[Line, ...] = ()


class _Noted(msgspec.Struct, frozen=True):
    """Tables without a picture, with the sentences that explain them."""

    notes: tuple[Line, ...]
    tables: tuple[TableView, ...]


class Arrangement:
    """The parts of a topic in the order of the page.

    Attributes:
        lead: Sentences.
        shown: Pictures.
        smalls: Small pictures that are looked at side by side.
        noted: Tables without a picture.
        rest: Sentences that come after all else.
    """

    def __init__(self, summary: Iterable[Section], details: Iterable[Section]) -> None:
        """Arranges sections.

        Args:
            summary: Sections whose sentences all come first; their pictures and tables come last.
            details: Sections whose sentences before a table explain that table.
        """
        self.lead: list[Line] = []
        self.tiles: list[TilesView] = []
        self.shown: list[_Shown] = []
        self.smalls: list[_Shown] = []
        self.noted: list[_Noted] = []
        self.entries: list[Entry] = []
        self.rest: list[Line] = []
        for section in details:
            self._take(section, explaining=True)
        said, self.lead = self.lead, []
        for section in summary:
            self._take(section, explaining=False)
        self.lead += [line for line in said if line not in self.lead]

    def _take(self, section: Section, *, explaining: bool) -> None:
        runs = [(kind, list(parts)) for kind, parts in groupby(section.parts, _kind_of)]
        said = self.lead
        while runs:
            kind, parts = runs.pop(0)
            if kind in (_PICTURES, _SMALLS):
                self._take_pictures(kind, parts, runs)
            elif kind == _LINES and explaining and _next_kind(runs) == _TABLES:
                self.noted.append(_Noted(_lines(parts), _tables(runs.pop(0)[1])))
            elif kind == _LINES:
                said += _lines(parts)
            elif kind == _TABLES:
                self.noted.append(_Noted((), _tables(parts)))
            elif kind == _TILES:
                self.tiles += cast("list[TilesView]", parts)
            else:
                self.entries += cast("list[Entry]", parts)
            if explaining and kind in (_TABLES, _ENTRIES):
                said = self.rest

    def _take_pictures(self, kind: str, parts: Sequence[Part], runs: list[_Run]) -> None:
        """Pictures with the table that follows them, and the sentences between the two."""
        notes: tuple[Line, ...] = ()
        if _next_kind(runs) == _LINES and _next_kind(runs[1:]) == _TABLES:
            notes = _lines(runs.pop(0)[1])
        first, *others = _tables(runs.pop(0)[1]) if _next_kind(runs) == _TABLES else (None,)
        shown = [_Shown(cast("Picture", part)) for part in parts]
        shown[-1] = _Shown(shown[-1].picture, first, notes)
        if kind == _SMALLS:
            self.smalls += shown
        else:
            self.shown += shown
        if others:
            self.noted.append(_Noted((), tuple(table for table in others if table is not None)))


def _next_kind(runs: Sequence[_Run]) -> str:
    return runs[0][0] if runs else ""


def _lines(parts: Iterable[Part]) -> tuple[Line, ...]:
    return tuple(cast("Line", part) for part in parts)


def _tables(parts: Iterable[Part]) -> tuple[TableView, ...]:
    return tuple(cast("TableView", part) for part in parts)


def _kind_of(part: Part) -> str:
    if isinstance(part, Line):
        return _LINES
    if isinstance(part, TableView):
        return _TABLES
    if isinstance(part, TilesView):
        return _TILES
    if isinstance(part, Entry):
        return _ENTRIES
    return _SMALLS if isinstance(part, ChartView) and part.small else _PICTURES


_LEVELS = {"error": "✕", "warning": "!", "note": "i", "problem": "?"}
"""Levels, gravest first, and the mark before each, so that no colour is needed."""
_HEADINGS = {
    "error": Line("{count} errors"),
    "warning": Line("{count} warnings"),
    "note": Line("{count} notes"),
    "problem": Line("{count} problems"),
}


class EntryPage(msgspec.Struct, frozen=True, kw_only=True):
    """A finding or a problem in words."""

    level: str
    word: str
    sign: str
    says: str
    todo: str
    where: str
    name: str
    cells: str = ""
    source: str = ""
    also: tuple[EntryPage, ...] = ()


class _EntryGroup(msgspec.Struct, frozen=True, kw_only=True):
    """The findings of one level, under their heading.

    Attributes:
        open: Whether they are seen without a click.
    """

    level: str
    heading: str
    entries: tuple[EntryPage, ...]
    open: bool


def make_entry(entry: Entry, words: Words) -> EntryPage:
    """A finding or a problem with what its cause brings about."""
    return EntryPage(
        level=entry.level,
        word="" if entry.level == "problem" else words.text(entry.level),
        sign=_LEVELS[entry.level],
        says=words.value(entry.says),
        todo=words.value(entry.todo),
        where=safe_line(entry.where),
        name=entry.name,
        cells=words.value(entry.cells),
        source=words.value(entry.source) if entry.source is not None else "",
        also=tuple(make_entry(other, words) for other in entry.also),
    )


def _group_entries(entries: Iterable[Entry], words: Words) -> tuple[_EntryGroup, ...]:
    """Entries by level, gravest first; only the gravest are seen without a click, and errors."""
    by_level = group_by(entries, lambda entry: entry.level)
    present = [level for level in _LEVELS if level in by_level]
    return tuple(
        _EntryGroup(
            level=level,
            heading=words.text(_HEADINGS[level].text, {"count": sum(entry.count for entry in by_level[level])}),
            entries=tuple(make_entry(entry, words) for entry in by_level[level]),
            open=level == present[0],
        )
        for level in present
    )


_Drawn = ChartPage | BarsPage | HeatPage | TimeBarsPage

_NARROW = 8
"""Columns of a heat map that half the width of a screen has room for."""


class _FigurePage(msgspec.Struct, frozen=True, kw_only=True):
    """A picture and the table that holds its figures, folded away.

    Attributes:
        kind: Names the macro that lays it out.
        wide: Takes the whole width of a screen.
        alone: Has a line of the page for itself, though it needs only half of it.
    """

    kind: str
    drawn: _Drawn
    table: TablePage | None = None
    notes: tuple[str, ...] = ()
    wide: bool = False
    alone: bool = False


class _NotedPage(msgspec.Struct, frozen=True):
    """Tables, and the sentences that explain them."""

    notes: tuple[str, ...]
    tables: tuple[TablePage, ...]


class Blocks(msgspec.Struct, frozen=True, kw_only=True):
    """The blocks below a heading, in this order; a kind that is not there is empty. `more_` ones are folded away."""

    lead: tuple[str, ...] = ()
    tiles: tuple[TilePage, ...] = ()
    figures: tuple[_FigurePage, ...] = ()
    more_figures: tuple[_FigurePage, ...] = ()
    smalls: tuple[_FigurePage, ...] = ()
    more_smalls: tuple[_FigurePage, ...] = ()
    noted: tuple[_NotedPage, ...] = ()
    groups: tuple[_EntryGroup, ...] = ()
    rest: tuple[str, ...] = ()


class BlockMaker:
    """Puts parts into words; gives each picture a name of its own on the page."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._numbers = count(1)

    def blocks(self, arranged: Arrangement) -> Blocks:
        """The parts of a topic in words."""
        words = self._words
        figures, more_figures = _parted([self._figure(shown) for shown in arranged.shown])
        smalls = tuple(self._figure(shown) for shown in arranged.smalls)
        return Blocks(
            lead=_worded_lines(arranged.lead, words),
            tiles=tuple(tile for view in arranged.tiles for tile in make_tiles(view, words)),
            figures=_paired(figures),
            more_figures=_paired(more_figures),
            smalls=smalls[:_OPEN_SMALLS],
            more_smalls=smalls[_OPEN_SMALLS:],
            noted=_first_open([self._noted(noted) for noted in arranged.noted], figures),
            groups=_group_entries(arranged.entries, words),
            rest=_worded_lines(arranged.rest, words),
        )

    def _noted(self, noted: _Noted) -> _NotedPage:
        return _NotedPage(_worded_lines(noted.notes, self._words), self._tables(noted.tables))

    def _tables(self, views: Iterable[TableView]) -> tuple[TablePage, ...]:
        return tuple(make_table(view, self._words) for view in views if view.rows)

    def _figure(self, shown: _Shown) -> _FigurePage:
        kind, drawn, wide = self._drawn(shown.picture)
        return _FigurePage(
            kind=kind,
            drawn=drawn,
            wide=wide,
            table=make_table(shown.table, self._words) if shown.table is not None else None,
            notes=_worded_lines(shown.notes, self._words),
        )

    def _drawn(self, view: Picture) -> tuple[str, _Drawn, bool]:
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
    """True where the names along a chart need the room that only bars below each other have."""
    if view.kind in (ChartKind.BARS, ChartKind.BRIDGE):
        return True
    return view.kind is ChartKind.COLUMNS and not has_room(view, words)


def _worded_lines(lines: Iterable[Line], words: Words) -> tuple[str, ...]:
    return tuple(words.value(line) for line in lines)


_OPEN_FIGURES, _OPEN_SMALLS = 4, 12
"""Pictures of a topic that are seen without a click: two lines of each size."""


def _parted(figures: Sequence[_FigurePage]) -> tuple[list[_FigurePage], list[_FigurePage]]:
    """The pictures that are seen at once, and the others: of heat maps all but the first go before anything else."""
    heats = [place for place, figure in enumerate(figures) if figure.kind == "heat"][1:]
    last = [place for place in range(len(figures)) if place not in heats]
    away = [*reversed(heats), *reversed(last)][: max(len(figures) - _OPEN_FIGURES, 0)]
    return (
        [figure for place, figure in enumerate(figures) if place not in away],
        [figure for place, figure in enumerate(figures) if place in away],
    )


def _first_open(noted: Sequence[_NotedPage], figures: Sequence[_FigurePage]) -> tuple[_NotedPage, ...]:
    """One table of a topic is seen at once: the first with a status, or where there is no picture the first of all.

    None where bars of time show each row with its status already.
    """
    tables = [table for page in noted for table in page.tables]
    chosen = next((table for table in tables if table.judges), None if figures else next(iter(tables), None))
    if any(figure.kind == "timebars" for figure in figures):
        chosen = None
    return tuple(
        _NotedPage(
            page.notes,
            tuple(table if table is chosen else msgspec.structs.replace(table, folded=True) for table in page.tables),
        )
        for page in noted
    )


def _paired(figures: Sequence[_FigurePage]) -> tuple[_FigurePage, ...]:
    """Two to a line; one that finds no other beside it is marked."""
    paired: list[_FigurePage] = []
    waiting = False
    for figure in figures:
        if waiting and figure.wide:
            paired[-1] = msgspec.structs.replace(paired[-1], alone=True)
        waiting = not figure.wide and not waiting
        paired.append(figure)
    if waiting:
        paired[-1] = msgspec.structs.replace(paired[-1], alone=True)
    return tuple(paired)
