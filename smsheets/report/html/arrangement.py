"""In which order the page shows a topic: sentences first, then what is looked at, then what is looked up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import cast

import msgspec

from smsheets.report.document import ChartView, Entry, Line, Part, Picture, Section, TableView, TilesView

_LINES, _TABLES, _TILES, _ENTRIES, _PICTURES, _SMALLS = "lines", "tables", "tiles", "entries", "pictures", "smalls"

_Run = tuple[str, list[Part]]
"""Parts of one kind that follow each other."""


class Shown(msgspec.Struct, frozen=True):
    """A picture with the table that holds its figures; of pictures that share a table, the last one has it."""

    picture: Picture
    table: TableView | None = None
    notes: tuple[Line, ...] = ()


class Noted(msgspec.Struct, frozen=True):
    """Tables that stand by themselves, with the sentences that explain them."""

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
        self.shown: list[Shown] = []
        self.smalls: list[Shown] = []
        self.noted: list[Noted] = []
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
                self.noted.append(Noted(_lines(parts), _tables(runs.pop(0)[1])))
            elif kind == _LINES:
                said += _lines(parts)
            elif kind == _TABLES:
                self.noted.append(Noted((), _tables(parts)))
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
        shown = [Shown(cast("Picture", part)) for part in parts]
        shown[-1] = Shown(shown[-1].picture, first, notes)
        if kind == _SMALLS:
            self.smalls += shown
        else:
            self.shown += shown
        if others:
            self.noted.append(Noted((), tuple(table for table in others if table is not None)))


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
