"""Charts of columns and lines as static SVG, drawn by pygal.

pygal (LGPL, used unchanged as a library) is the only well-kept pure-Python library that gives static SVG without a
browser: vl-convert and altair have no build for a web page and are heavy, plotly needs a browser for a still picture,
matplotlib takes eight times as long to import.

pygal's own style, script, ids, tooltips and the day it was made on stay out: the page needs no script, is light and
dark by its own style sheet, and is the same bytes every time.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from html import escape
from typing import Any

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
from smsheets.report.wording import Words
from smsheets.safe_text import safe_line

_NUMBER = re.compile(r"-?\d+\.\d+")
_POINT = re.compile(r"(-?[\d.]+) (-?[\d.]+)")
_SERIES = re.compile(r"\bserie-(\d+)\b")
_NOWHERE = "nowhere"
_SHAPES = ("rect", "path", "circle")
_ABOVE = 5
"""Units between a bar and the figure above it."""


class _Drawing:
    """The tree of one chart.

    Args:
        tree: What pygal's `render_tree` gives, whichever XML library it uses.
        looks: A class for each series, in their order; in legends they mean the same.
        labels: (series, place among its shapes) -> a text above that bar.
        names: A class for each name below it; NOWHERE for those that are not shown.
    """

    def __init__(
        self, tree: Any, looks: Sequence[str], labels: Mapping[tuple[int, int], str], names: Sequence[str]
    ) -> None:
        self._tree = tree
        self._looks = looks
        self._labels = labels
        self._names = names

    def markup(self, title: str, says: str, name: str) -> str:
        """The picture as an `svg` element; every text in it is escaped.

        Args:
            title: For people who cannot see it, like `says`.
            says: What one sees in it.
            name: An id that nothing else on the page has.
        """
        size = self._tree.get("viewBox")
        body = "".join(self._plots())
        return (
            f'<svg viewBox="{escape(size)}" role="img" aria-labelledby="{name}-t {name}-d">'
            f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(says)}</desc>{body}</svg>'
        )

    def _plots(self) -> Iterator[str]:
        for plot in _groups(self._tree, "plot"):
            if {"text-overlay", "tooltip-overlay"} & set(_classes(plot)):
                continue
            inside = "".join((*self._axes(plot), *self._series(plot)))
            if inside:
                yield f'<g transform="{_short(plot.get("transform"))}">{inside}</g>'

    def _axes(self, plot: Any) -> Iterator[str]:
        """The lines of the scale, and the texts beside it and below."""
        for axis in _groups(plot, "axis"):
            side = "y" if "y" in _classes(axis) else "x"
            for place, guide in enumerate(_groups(axis, "guides")):
                look = side if side == "y" else f"x {self._names[place]}".strip()
                for part in guide:
                    if _tag(part) == "path" and side == "y":
                        yield _shape(part, "zero" if "axis" in _classes(part) else "grid")
                    elif _tag(part) == "text" and _NOWHERE not in look:
                        yield _text(part, look)

    def _series(self, plot: Any) -> Iterator[str]:
        groups = [(_number_of(group), group) for group in _groups(plot, "series")]
        yield from _band([group for number, group in groups if "range" in self._looks[number].split()])
        for number, group in groups:
            shapes = [part for part in group.iter() if _tag(part) in _SHAPES]
            drawn = "".join(self._labelled(part, number, place) for place, part in enumerate(shapes))
            if drawn:
                yield f'<g class="{escape(self._looks[number])}">{drawn}</g>'

    def _labelled(self, part: Any, number: int, place: int) -> str:
        label = self._labels.get((number, place), "")
        text = ""
        if label:
            middle, top = float(part.get("x")) + float(part.get("width")) / 2, _upright(part)["y"] - _ABOVE
            text = f'<text class="v" x="{middle:.1f}" y="{top:.1f}">{escape(label)}</text>'
        return _shape(part) + text


def _band(ranges: Sequence[Any]) -> Iterator[str]:
    """The area between the lower and the upper line of a range."""
    lines = [part.get("d") for group in ranges for part in group.iter() if _tag(part) == "path"]
    if len(lines) == 2:
        there, back = (_POINT.findall(line) for line in lines)
        corners = " ".join(f"{_short(x)} {_short(y)}" for x, y in (*there, *reversed(back)))
        yield f'<path class="band" d="M{corners}Z"/>'


def _shape(part: Any, look: str = "") -> str:
    """A line, a bar or a point with nothing but its place and its class."""
    marked = f' class="{escape(look)}"' if look else ""
    if _tag(part) == "rect":
        given = "".join(f' {name}="{value:.1f}"' for name, value in _upright(part).items())
    else:
        names = ("cx", "cy", "r") if _tag(part) == "circle" else ("d",)
        given = "".join(f' {name}="{_short(part.get(name))}"' for name in names)
    return f"<{_tag(part)}{marked}{given}/>"


def _upright(part: Any) -> dict[str, float]:
    """A bar's corner and size; pygal gives bars below the ground a height below zero, which no browser draws."""
    x, y, width, height = (float(part.get(name)) for name in ("x", "y", "width", "height"))
    return {"x": x, "y": min(y, y + height), "width": width, "height": abs(height)}


def _groups(parent: Any, name: str) -> Iterator[Any]:
    """The groups of a class below a part, in order."""
    return (part for part in parent.iter() if _tag(part) == "g" and part is not parent and name in _classes(part))


def _number_of(group: Any) -> int:
    found = _SERIES.search(group.get("class") or "")
    return int(found[1]) if found else 0


def _tag(part: Any) -> str:
    """An element's name without its name space; empty for a comment."""
    return part.tag.rpartition("}")[2] if isinstance(part.tag, str) else ""


def _classes(part: Any) -> list[str]:
    return (part.get("class") or "").split()


def _text(part: Any, look: str) -> str:
    text = "".join(part.itertext()).strip()
    if not text:
        return ""
    return f'<text class="{look}" x="{_short(part.get("x"))}" y="{_short(part.get("y"))}">{escape(text)}</text>'


def _short(text: str | None) -> str:
    """Numbers with one digit after the point: finer than any screen."""
    return escape(_NUMBER.sub(lambda found: f"{float(found[0]):.1f}".removesuffix(".0"), text or ""))


_SIZE, _SMALL_SIZE = (420, 230), (220, 92)
_STEPS, _SMALL_STEPS = 4, 2  # steps of a scale, at most: few lines behind the bars, round figures beside them
_LETTERS, _SMALL_LETTERS = 14, 11
"""Height of the letters in a chart's units, on a phone and on a screen; it leaves room for the larger ones."""
_LETTER_WIDTH = 0.56  # of a letter against its height, in the usual fonts
_PLOT = 0.86
"""The share of a chart's width that its scale leaves."""
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
    """True where the names below the columns fit side by side; of months some may be left out."""
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


def _draw(view: ChartView, words: Words, looks: Sequence[str]) -> _Drawing:
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
    return _Drawing(chart.render_tree(), looks, labels, _label_looks(_labels(view, words)))


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
