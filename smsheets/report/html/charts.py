"""Charts of columns and lines as static SVG: no script, light and dark by the page's own style sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from html import escape
from itertools import groupby

import msgspec

from smsheets.report.document import Cell, ChartKind, ChartView, Line, Month, Role, Series, Verbatim
from smsheets.report.html.bars import (
    figure_cell,
    known_values,
    last_known,
    make_legend,
    scale_ticks,
    series_looks,
    tick_text,
    unit_text,
)
from smsheets.report.html.tables import CellPage, make_cell
from smsheets.report.wording import Words, change_text
from smsheets.safe_text import safe_line

_NOWHERE = "nowhere"
"""The class of a name below a chart that there is no room for."""

_SIZE, _SMALL_SIZE = (420, 230), (220, 92)
_STEPS, _SMALL_STEPS = 4, 2  # steps of a scale, at most: few lines behind the bars, round figures beside them
_LETTERS, _SMALL_LETTERS = 14, 11
"""Height of the letters in a chart's units, on a phone and on a screen; it leaves room for the larger ones."""
_LETTER_WIDTH = 0.56  # of a letter against its height, in the usual fonts
_PLOT = 0.86
"""The share of a chart's width that its scale leaves."""
_EDGE, _SMALL_EDGE = 16, 6
"""Units above the highest mark of a scale, room for a figure on top of it; of a small chart, above and below."""
_BELOW, _NAMES_BELOW = 26, 5
"""Units below the ground for the names, and how far from the lower edge they stand."""
_SIDE, _SMALL_SIDE = 9, 6
"""Units between the sides of a plot and the first and last point of a line."""
_MARK_GAP = 5
"""Units between the figures of a scale and its lines."""
_BARS = 0.86
"""The share of a place that its columns take, the rest parts them from the next ones."""
_GAP = 1.0
"""Units between two columns of a place, where they are wide enough."""
_DOT = 3.2
_ABOVE = 5
"""Units between a column and the figure above it."""
_MONTHS = 12  # of more, the same name would be there twice
_LABELLED_BARS = 8
"""Bars that have their figures above them, at most."""


class ChartPage(msgspec.Struct, frozen=True, kw_only=True):
    """A chart ready for the page.

    Attributes:
        unit: What its figures count, where they do not say it themselves.
        picture: Its SVG, escaped.
        lines: Whether its series are lines.
        legend: Class and name of each series; empty where there is only one. Its figures are in the table after it.
        now, aim, span: Of a small chart: the last value, the target then, and the first and the last month.
        change, status: Of a small chart: the last value against the one before, and what it means.
    """

    title: str
    says: str
    unit: str
    picture: str
    small: bool
    lines: bool
    legend: tuple[tuple[str, str], ...] = ()
    now: str = ""
    aim: str = ""
    span: str = ""
    change: str = ""
    status: CellPage | None = None


def has_room(view: ChartView, words: Words) -> bool:
    """True where the names below the columns fit side by side; of months some may be left out."""
    named = any(isinstance(category, Line | Verbatim | str) for category in view.categories)
    return not named or _every(_labels(view, words), _LETTERS) == 1


def draw_chart(view: ChartView, words: Words, name: str) -> ChartPage:
    """A chart of columns or lines; `name` is an id that nothing else on the page has."""
    title, says = words.value(view.title), words.value(view.says)
    plot = _Plot(view, words)
    lines = view.kind is ChartKind.LINE
    body = "".join((*plot.scale(), *(plot.lines() if lines else plot.columns())))
    small = view.small
    return ChartPage(
        title=title,
        says=says,
        unit=unit_text(view, words),
        picture=(
            f'<svg viewBox="0 0 {plot.width} {plot.height}" role="img" aria-labelledby="{name}-t {name}-d">'
            f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(says)}</desc>{body}</svg>'
        ),
        small=small,
        lines=lines,
        legend=() if small else make_legend(view.series, words),
        now=_last(view, Role.ACTUAL, words) if small else "",
        aim=_last(view, Role.TARGET, words) if small else "",
        change=change_text(view.change, words, bare=True),
        status=make_cell(view.status, words) if view.status is not None else None,
        span=" – ".join(words.cell(view.categories[place]) for place in (0, -1)) if small else "",
    )


class _Plot:
    """The place of everything in one chart; every text in it is escaped."""

    def __init__(self, view: ChartView, words: Words) -> None:
        self._view, self._words = view, words
        self._looks = series_looks(view.series)
        self._names = [] if view.small else _labels(view, words)
        self.width, self.height = _SMALL_SIZE if view.small else _SIZE
        bars = view.kind is not ChartKind.LINE
        self._ticks = scale_ticks(known_values(view), _SMALL_STEPS if view.small else _STEPS, from_zero=bars)
        self._marks = [] if view.small else [tick_text(tick, view, words) for tick in self._ticks]
        widest = max(map(len, self._marks), default=0) * _LETTERS * _LETTER_WIDTH
        self._left = 0.0 if view.small else widest + 2 * _MARK_GAP
        self._top = _SMALL_EDGE if view.small else _EDGE
        self._ground = self.height - (_SMALL_EDGE if view.small else _BELOW)

    def _x(self, place: int) -> float:
        """The middle of a place: of a column's slot, or a point of a line."""
        count, room = len(self._view.categories), self.width - self._left
        if self._view.kind is not ChartKind.LINE or count == 1:
            return self._left + room * (place + 0.5) / count
        side = _SMALL_SIDE if self._view.small else _SIDE
        return self._left + side + (room - 2 * side) * place / (count - 1)

    def _y(self, value: Decimal | int) -> float:
        low, high = self._ticks[0], self._ticks[-1]
        return self._ground - float((Decimal(value) - low) / (high - low)) * (self._ground - self._top)

    def scale(self) -> Iterator[str]:
        """The lines of the scale with its figures, and the names below."""
        for tick, mark in zip(self._ticks, self._marks, strict=False):
            y, look = self._y(tick), "grid" if tick else "zero"
            yield f'<path class="{look}" d="M{_short(self._left)} {_short(y)}H{self.width}"/>'
            yield _text("y", self._left - _MARK_GAP, y + _LETTERS * 0.35, mark)
        for place, (name, look) in enumerate(zip(self._names, _label_looks(self._names), strict=True)):
            if look != _NOWHERE and name:
                yield _text(f"x {look}".strip(), self._x(place), self.height - _NAMES_BELOW, name)

    def columns(self) -> Iterator[str]:
        """The columns of each series side by side; few of one kind have their figures above them."""
        view = self._view
        pitch = (self.width - self._left) / len(view.categories) * _BARS / len(view.series)
        wide = pitch - min(_GAP, pitch / 4)
        shown = len(view.series) == 1 and len(view.categories) <= _LABELLED_BARS
        for number, series in enumerate(view.series):
            drawn = []
            for place, value in enumerate(series.values):
                if value is None:
                    continue
                x = self._x(place) + pitch * (number - len(view.series) / 2) + (pitch - wide) / 2
                upper, lower = sorted((self._y(value), self._y(0)))
                sides = f'x="{_short(x)}" y="{_short(upper)}" width="{_short(wide)}"'
                drawn.append(f'<rect {sides} height="{_short(lower - upper)}"/>')
                if shown:
                    figure = tick_text(Decimal(value), view, self._words)
                    drawn.append(_text("v", x + wide / 2, upper - _ABOVE, figure))
            yield self._group(number, drawn)

    def lines(self) -> Iterator[str]:
        """A line for each run of known values; points mark what was measured, the area of a range is filled."""
        series = self._view.series
        points = [
            [None if value is None else (self._x(place), self._y(value)) for place, value in enumerate(item.values)]
            for item in series
        ]
        ends = [[point for point in points[n] if point] for n, item in enumerate(series) if item.role is Role.RANGE]
        if len(ends) == 2:
            corners = " ".join(f"{_short(x)} {_short(y)}" for x, y in (*ends[0], *reversed(ends[1])))
            yield f'<path class="band" d="M{corners}Z"/>'
        for number in range(len(series)):
            runs = [list(run) for known, run in groupby(points[number], bool) if known]
            steps = "".join("M" + " ".join(f"{_short(x)} {_short(y)}" for x, y in filter(None, run)) for run in runs)
            yield self._group(number, [f'<path d="{steps}"/>'] if steps else [])
        for number, item in enumerate(series):
            known = [point for point in points[number] if point]
            if self._has_dots(item, len(known)):
                dots = [f'<circle cx="{_short(x)}" cy="{_short(y)}" r="{_DOT}"/>' for x, y in known]
                yield self._group(number, dots)

    def _has_dots(self, series: Series, known: int) -> bool:
        """Points mark what was measured; a plan is a line without them unless it has one value only."""
        return known == 1 or (series.role in (Role.ACTUAL, Role.OTHER) and not self._view.small)

    def _group(self, number: int, drawn: Sequence[str]) -> str:
        return f'<g class="{escape(self._looks[number])}">{"".join(drawn)}</g>' if drawn else ""


def _text(look: str, x: float, y: float, text: str) -> str:
    return f'<text class="{look}" x="{_short(x)}" y="{_short(y)}">{escape(text)}</text>'


def _short(number: float) -> str:
    """A number with one digit after the point: finer than any screen."""
    return f"{number:.1f}".removesuffix(".0")


def _labels(view: ChartView, words: Words) -> list[str]:
    """The names below a chart; of the months of a year their short names, the table below has the year."""
    months = [category.first_day for category in view.categories if isinstance(category, Month)]
    if months and len(months) == len(view.categories) <= _MONTHS:
        from babel import dates

        return [safe_line(dates.format_date(month, "LLL", locale=words.language)) for month in months]
    return [words.cell(category) for category in view.categories]


def _label_looks(labels: Sequence[str]) -> list[str]:
    """For each name below a chart: shown, shown where there is `more` room, or nowhere."""
    narrow, wide = (_every(labels, letters) for letters in (_LETTERS, _SMALL_LETTERS))
    from_end = [len(labels) - 1 - place for place in range(len(labels))]
    return ["" if place % narrow == 0 else "more" if place % wide == 0 else _NOWHERE for place in from_end]


def _every(labels: Sequence[str], letters: int) -> int:
    """Every how many of the names there is room for, in letters of a height; 1 for all."""
    widest = (max(map(len, labels), default=1) + 1) * letters * _LETTER_WIDTH
    return max(1, -int(-(widest * len(labels)) // (_SIZE[0] * _PLOT)))


def _last(view: ChartView, role: Role, words: Words) -> str:
    """The value of a role where what happened is known for the last time."""
    actual = next((series for series in view.series if series.role is Role.ACTUAL), view.series[0])
    place = last_known(actual.values)
    series = next((series for series in view.series if series.role is role), None)
    shown: Cell = None if series is None or place is None else figure_cell(series.values[place], view)
    return words.cell(shown)
