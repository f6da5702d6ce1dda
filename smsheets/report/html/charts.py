"""Charts of columns and lines as static SVG, drawn by pygal.

pygal (LGPL, used unchanged as a library) is the only well-kept pure-Python library that gives static SVG without a
browser: vl-convert and altair have no build for a web page and are heavy, plotly needs a browser for a still picture,
matplotlib takes eight times as long to import.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Any

import msgspec

from smsheets.report.document import Cell, ChartKind, ChartView, Line, Month, Role, Series, Verbatim
from smsheets.report.html.bars import make_legend, series_looks
from smsheets.report.html.drawing import NOWHERE, Drawing
from smsheets.report.html.figures import figure_cell, known_values, last_known, scale_ticks, tick_text, unit_text
from smsheets.report.wording import Words
from smsheets.safe_text import safe_line

_SIZE, _SMALL_SIZE = (420, 230), (220, 92)
_STEPS, _SMALL_STEPS = 4, 2
_LETTERS, _SMALL_LETTERS = 14, 11
"""Height of the letters in a chart's units, on a phone and on a screen; it leaves room for the larger ones."""
_LETTER_WIDTH = 0.56
_PLOT = 0.86
"""The share of a chart's width that its scale leaves."""
_MONTHS = 12
_LABELLED_BARS = 8
"""With so many bars or fewer their figures stand above them."""


class ChartPage(msgspec.Struct, frozen=True, kw_only=True):
    """A chart ready for the page.

    Attributes:
        unit: What its figures count, where they do not say it themselves.
        picture: Its SVG, escaped.
        lines: Whether its series are lines.
        legend: Class and name of each series; empty where there is only one. Its figures stand in the table after it.
        now, aim: Of a small chart: the last value, and the target then.
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


def has_room(view: ChartView, words: Words) -> bool:
    """Whether the names below the columns fit side by side; of months some may be left out."""
    named = any(isinstance(category, Line | Verbatim | str) for category in view.categories)
    return not named or _every(_labels(view, words), _LETTERS) == 1


def draw_chart(view: ChartView, words: Words, name: str) -> ChartPage:
    """A chart of columns or lines; `name` is an id that nothing else on the page has."""
    title, says = words.value(view.title), words.value(view.says)
    looks = series_looks(view.series)
    drawing = _draw(view, words, looks)
    small = view.small
    return ChartPage(
        title=title,
        says=says,
        unit=unit_text(view, words),
        picture=drawing.markup(title, says, name),
        small=small,
        lines=view.kind is ChartKind.LINE,
        legend=() if small else make_legend(view.series, words),
        now=_last(view, Role.ACTUAL, words) if small else "",
        aim=_last(view, Role.TARGET, words) if small else "",
    )


def _draw(view: ChartView, words: Words, looks: Sequence[str]) -> Drawing:
    """Columns or lines."""
    pygal = _library()
    bars = view.kind is not ChartKind.LINE
    ticks = scale_ticks(known_values(view), _SMALL_STEPS if view.small else _STEPS, from_zero=bars)
    chart = _chart(pygal.Bar if bars else pygal.Line, view, words, ticks)
    for series in view.series:
        chart.add("", [None if value is None else float(value) for value in series.values], **_points(series, view))
    labels: dict[tuple[int, int], str] = {}
    if bars and len(view.series) == 1 and len(view.categories) <= _LABELLED_BARS:
        known = [value for value in view.series[0].values if value is not None]
        labels = {(0, place): tick_text(Decimal(value), view, words) for place, value in enumerate(known)}
    return Drawing(chart.render_tree(), looks, labels, _label_looks(_labels(view, words)))


def _points(series: Series, view: ChartView) -> dict[str, Any]:
    """Points mark what was measured; a plan is a line without them unless it has one value only."""
    known = sum(value is not None for value in series.values)
    return {
        "show_dots": known == 1 or (series.role in (Role.ACTUAL, Role.OTHER) and not view.small),
        "dots_size": 3.2,
        "allow_interruptions": True,
    }


def _chart(kind: Any, view: ChartView, words: Words, ticks: Sequence[Decimal]) -> Any:
    width, height = _SMALL_SIZE if view.small else _SIZE
    letters = _library().style.Style(label_font_size=_LETTERS, major_label_font_size=_LETTERS, font_family="system-ui")
    chart = kind(
        css=[], js=(), no_prefix=True, disable_xml_declaration=True, style=letters, show_legend=False,
        truncate_label=-1, width=width, height=height, margin=2, margin_top=12 if not view.small else 4, spacing=6,
        show_y_labels=not view.small, show_x_labels=not view.small, range=(float(ticks[0]), float(ticks[-1])),
    )  # fmt: skip
    chart.y_labels = [{"value": float(tick), "label": tick_text(tick, view, words)} for tick in ticks]
    chart.x_labels = _labels(view, words)
    return chart


@cache
def _library() -> Any:
    """The library without its hook for maps, which makes Python warn at every later import."""
    import pygal
    import pygal.style

    sys.meta_path[:] = [hook for hook in sys.meta_path if not isinstance(hook, pygal.PluginImportFixer)]
    return pygal


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
    return ["" if place % narrow == 0 else "more" if place % wide == 0 else NOWHERE for place in from_end]


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
