"""Sections -> a sheet: sentences and tables below each other on the left, the charts of the tables beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby

import msgspec

from smsheets.report.document import (
    ChartKind,
    ChartView,
    Entry,
    HeatView,
    Line,
    Part,
    Section,
    TableView,
    TilesView,
    TimeBarsView,
    Verbatim,
    number_of,
)
from smsheets.report.wording import Words
from smsheets.report.xlsx.sheet_parts import Drawn, PlacedPicture, PlacedTable, PlacedText, SheetParts, TextRole

_CHART_WIDTH, _CHART_HEIGHT = 520, 238
_SMALL_WIDTH, _SMALL_HEIGHT = 258, 158
"""Pixels. Two small ones are set side by side."""

_GROUP_FRAME, _BAR_IN_GROUP = 100, 11
"""Pixels of a chart of bars: around them, and of each, so that every one has its name beside it."""

_BAR_HEIGHT, _TIME_BARS_FRAME = 26, 100
"""Pixels of one bar of time, and of all around them."""

_LONG_TEXT = 24
"""Letters of a text that has room in a column of figures, at most."""

ROW_PIXELS = 20  # a row of 15 points
FIRST_ROW = 3
"""The first row below the band with the title."""


class Stack:
    """Rows are given out from the top down, on the left and beside it.

    Attributes:
        row: The next free row on the left.
        beside: The next free row beside the tables.
    """

    def __init__(self, words: Words, row: int = FIRST_ROW) -> None:
        self.words = words
        self.row = self.beside = row
        self._texts: list[PlacedText] = []
        self._tables: list[PlacedTable] = []
        self._pictures: list[PlacedPicture] = []
        self._alone: int | None = None
        """The row of the table just above, where it has no chart."""
        self._below_table = False

    def sheet(self, name: str, title: str) -> SheetParts:
        """All that was put here."""
        return SheetParts(
            name=name,
            title=title,
            texts=tuple(self._texts),
            tables=tuple(_spread(self._tables, self.words)),
            pictures=tuple(self._pictures),
        )

    def text(self, text: str, role: TextRole = TextRole.LINE, *, whole: bool = False) -> None:
        """A line of text; a heading has a free row above it."""
        if (role is TextRole.HEADING and self._filled) or self._below_table:
            self.row += 1
        self._texts.append(PlacedText(row=self.row, text=text, role=role, whole=whole))
        self.row += 1
        self._alone, self._below_table = None, False

    def table(self, view: TableView, *, heat: bool = False, spans: tuple[int, ...] = ()) -> None:
        """A table below its title; one without rows is left out."""
        if not view.rows:
            return
        title = self.words.text(view.title) if view.title else ""
        top = self.row + 1 if self._filled else self.row
        if title:
            self.text(title, TextRole.HEADING)
        elif self._filled:
            self.row += 1
        self._tables.append(PlacedTable(row=self.row, view=view, heat=heat, spans=spans))
        self.row += len(view.rows) + 1
        self._alone, self._below_table = top, True

    def pictures(self, pictures: Sequence[Drawn]) -> None:
        """Charts beside what comes next, or beside the table just above where there are many; wide ones across."""
        for picture in pictures:
            if isinstance(picture, TimeBarsView):
                self._wide(picture)
        charts = [picture for picture in pictures if isinstance(picture, ChartView)]
        if not charts:
            return
        if self._alone is not None and _stand_above(charts):
            start = max(self.beside, self._alone)
        else:
            start = max(self.beside, self.row + 1)
            # What comes next begins at the height of its chart.
            self.row = start - 1
        self.beside = start
        self._beside(charts)
        self._alone, self._below_table = None, False

    def add(self, parts: Iterable[Part]) -> None:
        """The parts of a section."""
        runs = [(drawn, list(run)) for drawn, run in groupby(parts, _is_picture)]
        for number, (drawn, run) in enumerate(runs):
            if drawn:
                self.pictures([part for part in run if isinstance(part, ChartView | TimeBarsView)])
                continue
            heats = [part for part in runs[number - 1][1] if isinstance(part, HeatView)] if number else []
            ahead = (
                [part for part in runs[number + 1][1] if isinstance(part, ChartView)] if number + 1 < len(runs) else []
            )
            self._run(run, heats, leads=_stand_above(ahead))

    def _run(self, parts: Sequence[Part], heats: Sequence[HeatView], *, leads: bool) -> None:
        """Sentences and tables; the last one `leads` where the charts that follow are beside it."""
        tables = [view for part in parts for view in _tables_of(part)]
        for heat in heats:
            if not any(_holds(view, heat) for view in tables):
                self.table(_heat_table(heat, self.words), heat=True)
        shaded = bool(heats)
        for number, part in enumerate(parts):
            if isinstance(part, Line):
                self.text(self.words.value(part))
            for view in _tables_of(part):
                if leads and number == len(parts) - 1:
                    self.row = max(self.row, self.beside - 1)
                self.table(view, heat=shaded)
                shaded = False

    @property
    def _filled(self) -> bool:
        return bool(self._texts or self._tables or self._pictures)

    def _wide(self, picture: TimeBarsView) -> None:
        self.row = max(self.row, self.beside) + 1
        height = _TIME_BARS_FRAME + _BAR_HEIGHT * len(picture.bars)
        self._pictures.append(PlacedPicture(row=self.row, offset=0, width=0, height=height, picture=picture))
        self.row += _rows_over(height)
        self.beside = self.row
        self._alone, self._below_table = None, False

    def _beside(self, charts: Sequence[ChartView]) -> None:
        for small, run in groupby(charts, lambda chart: chart.small and len(charts) > 1):
            members = list(run)
            across = 2 if small else 1
            for number, chart in enumerate(members):
                place = number % across
                width, height = (_SMALL_WIDTH, _SMALL_HEIGHT) if small else (_CHART_WIDTH, _height_of(chart))
                offset = place * (_CHART_WIDTH - _SMALL_WIDTH)
                self._pictures.append(
                    PlacedPicture(row=self.beside, offset=offset, width=width, height=height, picture=chart)
                )
                if place == across - 1 or number == len(members) - 1:
                    self.beside += _rows_over(height) - (1 if small and number < len(members) - 1 else 0)


def place_sheet(name: str, title: str, sections: Iterable[Section], words: Words, *, money: Line | None) -> SheetParts:
    """The parts of sections below each other; a section's title is left out where it repeats the sheet's.

    Args:
        money: What is said about all amounts, first of all.
    """
    stack = Stack(words)
    if money is not None:
        stack.text(words.value(money), TextRole.NOTE)
    for section in sections:
        heading = words.text(section.title) if section.title else ""
        if heading and heading != name:
            stack.text(heading, TextRole.HEADING)
        stack.add(section.parts)
    return stack.sheet(name, title)


def _rows_over(height: int) -> int:
    """The rows that a chart of a height in pixels covers, and one that stays free."""
    return -(-height // ROW_PIXELS) + 1


def _stand_above(charts: Sequence[ChartView]) -> bool:
    """True where charts begin beside the table above them: there are more than one table has room for."""
    return len(charts) > 1 or any(chart.small and len(charts) > 1 for chart in charts)


def _height_of(chart: ChartView) -> int:
    """Pixels of a chart beside a table."""
    if chart.kind is not ChartKind.BARS:
        return _CHART_HEIGHT
    return max(_CHART_HEIGHT, _GROUP_FRAME + _BAR_IN_GROUP * len(chart.categories) * (len(chart.series) + 1))


def _spread(tables: Sequence[PlacedTable], words: Words) -> Iterator[PlacedTable]:
    """Tables whose last column is a long text, which runs on to where the widest table ends."""
    widest = max((len(table.view.headers) for table in tables if not table.spans), default=1)
    for table in tables:
        count = len(table.view.headers)
        texts = [row[-1] for row in table.view.rows]
        long = any(len(words.cell(cell)) > _LONG_TEXT for cell in texts)
        if table.spans or count == widest or not long or any(number_of(cell) is not None for cell in texts):
            yield table
        else:
            yield msgspec.structs.replace(table, spans=(*(1,) * (count - 1), widest - count + 1))


def _heat_table(heat: HeatView, words: Words) -> TableView:
    columns = tuple(Verbatim(words.cell(column)) for column in heat.columns)
    return TableView(
        title=heat.title, headers=(heat.corner, *columns), rows=tuple((label, *counts) for label, counts in heat.rows)
    )


def _holds(view: TableView, heat: HeatView) -> bool:
    """True where a table has the rows of a heat map, side by side as they are there."""
    rows = [[number_of(cell) or 0 for cell in row] for row in view.rows]
    counted = [[count or 0 for count in counts] for _, counts in heat.rows if any(counts)]
    return all(any(_contains(row, counts) for row in rows) for counts in counted)


def _contains(row: Sequence[object], counts: Sequence[object]) -> bool:
    return any(list(row[n : n + len(counts)]) == list(counts) for n in range(len(row) - len(counts) + 1))


def _is_picture(part: Part) -> bool:
    return isinstance(part, ChartView | TimeBarsView | HeatView)


def _tables_of(part: Part) -> Iterator[TableView]:
    if isinstance(part, TableView):
        yield part
    elif isinstance(part, TilesView):
        yield part.table
    elif isinstance(part, Entry):
        raise TypeError("findings and problems have sheets of their own")


_PAGE_WIDTH, _PAGE_HEIGHT = 1045.0, 675.0
"""Pixels of A4 across, within the margins."""


def page_breaks(parts: SheetParts, width: float, height_of: Callable[[int], float]) -> Iterator[int]:
    """The rows after which a page ends.

    Args:
        width: Pixels of the sheet; it is printed one page wide.
        height_of: Pixels of a row, from 1.
    """
    room = _PAGE_HEIGHT * max(width / _PAGE_WIDTH, 1.0)
    starts, last = _starts(parts), _last_row(parts)
    used = 0.0
    for start, end in zip(starts, [*starts[1:], last + 1], strict=True):
        block = sum(height_of(row) for row in range(start, end))
        if used and used + block > room:
            yield start - 1
            used = 0.0
        used += block


def _starts(parts: SheetParts) -> list[int]:
    """The rows that may begin a page: those of headings, and of what has none, that no chart or table runs over."""
    rows = {1}
    rows |= {text.row for text in parts.texts if text.role is TextRole.HEADING}
    rows |= {picture.row for picture in parts.pictures}
    headed = {row + 1 for row in rows}
    rows |= {table.row for table in parts.tables if table.row not in headed}
    return sorted(row for row in rows if not any(first < row <= end for first, end in _whole(parts)))


def _whole(parts: SheetParts) -> Iterable[tuple[int, int]]:
    """First and last row of what is not cut."""
    for picture in parts.pictures:
        yield picture.row, picture.row + _rows_over(picture.height) - 2
    for table in parts.tables:
        yield table.row, table.last_row


def _last_row(parts: SheetParts) -> int:
    ends = [end for _, end in _whole(parts)]
    return max([*ends, *(text.row for text in parts.texts), 1])
