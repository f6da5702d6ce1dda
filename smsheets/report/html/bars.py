"""Bars along a line for each name, as text of the page: names of any length have room, and each figure is a word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import msgspec

from smsheets.report.document import ChartKind, ChartView, Role, Series
from smsheets.report.html.figures import Value, figure_cell, known_values, tick_text, unit_text
from smsheets.report.wording import Words

_HUNDRED = Decimal(100)
_ZERO = Decimal(0)


class Bar(msgspec.Struct, frozen=True, kw_only=True):
    """One bar: its class, the name of its series, its figure in words, and where it begins and ends: `43.5%`."""

    look: str
    series: str
    figure: str
    left: str
    width: str
    end: str


class BarRow(msgspec.Struct, frozen=True):
    """A name and its bars; a bar without a figure is left out."""

    name: str
    bars: tuple[Bar, ...]


class BarsPage(msgspec.Struct, frozen=True, kw_only=True):
    """A chart of bars ready for the page."""

    title: str
    says: str
    unit: str
    legend: tuple[tuple[str, str], ...]
    rows: tuple[BarRow, ...]


def make_bars(view: ChartView, words: Words) -> BarsPage:
    """The bars of a chart, all on one scale that holds the zero."""
    bridge = view.kind is ChartKind.BRIDGE
    rows = list(_bridge_rows(view, words) if bridge else _rows(view, words))
    return BarsPage(
        title=words.value(view.title),
        says=words.value(view.says),
        unit=unit_text(view, words),
        legend=make_legend(view.series, words),
        rows=tuple(rows),
    )


def series_looks(all_series: Sequence[Series]) -> tuple[str, ...]:
    """The class of each series: its role, and the number among those of the same role."""
    roles = [series.role for series in all_series]
    return tuple(f"{role.value} n{roles[:index].count(role) + 1}" for index, role in enumerate(roles))


def make_legend(all_series: Sequence[Series], words: Words) -> tuple[tuple[str, str], ...]:
    """Class and name of each series, the two ends of a range together; empty where there is only one."""
    names: dict[str, list[str]] = {}
    for look, series in zip(series_looks(all_series), all_series, strict=True):
        names.setdefault("range" if series.role is Role.RANGE else look, []).append(words.value(series.name))
    return tuple((look, " – ".join(found)) for look, found in names.items()) if len(all_series) > 1 else ()


def bridge_spans(values: Sequence[Value]) -> list[tuple[Decimal, Decimal]]:
    """From where to where each bar of a bridge reaches; nothing known counts as no change."""
    spans, level = [], _ZERO
    for place, value in enumerate(values):
        amount = Decimal(value or 0)
        total = place in (0, len(values) - 1)
        spans.append((_ZERO if total else level, amount if total else level + amount))
        level = spans[-1][1]
    return spans


def percent(share: Decimal) -> str:
    """A share as a length in a style: `43.5%`."""
    return f"{min(max(share, _ZERO), Decimal(1)) * _HUNDRED:.2f}".rstrip("0").rstrip(".") + "%"


class _Scale:
    """Where values stand between the lowest and the highest of them."""

    def __init__(self, values: Sequence[Decimal]) -> None:
        self._low, high = min(values), max(values)
        self._room = (high - self._low) or Decimal(1)

    def bar(self, look: str, series: str, figure: str, begin: Decimal, end: Decimal) -> Bar:
        """A bar between two values, whichever is the higher."""
        left, right = ((value - self._low) / self._room for value in sorted((begin, end)))
        return Bar(
            look=look, series=series, figure=figure, left=percent(left), width=percent(right - left), end=percent(right)
        )


def _rows(view: ChartView, words: Words) -> Iterator[BarRow]:
    scale = _Scale([*known_values(view), _ZERO])
    for place, category in enumerate(view.categories):
        yield BarRow(words.cell(category), tuple(_bars(view, place, scale, words)))


def _bars(view: ChartView, place: int, scale: _Scale, words: Words) -> Iterator[Bar]:
    """The bars of one name; the two ends of a range are one bar between them."""
    low: tuple[str, Decimal] | None = None
    for look, series in zip(series_looks(view.series), view.series, strict=True):
        value = series.values[place]
        if value is None:
            continue
        name, figure, begin = words.value(series.name), words.cell(figure_cell(value, view)), _ZERO
        if series.role is Role.RANGE and low is not None:
            name, figure, begin = f"{low[0]} – {name}", f"{tick_text(low[1], view, words)} – {figure}", low[1]
        elif series.role is Role.RANGE and _is_low_end(view, series, place):
            low = (name, Decimal(value))
            continue
        yield scale.bar(look, name, figure, begin, Decimal(value))


def _is_low_end(view: ChartView, series: Series, place: int) -> bool:
    """Whether another end of a range follows."""
    later = view.series[view.series.index(series) + 1 :]
    return any(other.role is Role.RANGE and other.values[place] is not None for other in later)


def _bridge_rows(view: ChartView, words: Words) -> Iterator[BarRow]:
    """The first and the last bar stand on the ground; those between them go on from where the one before ended."""
    values = view.series[0].values
    spans = bridge_spans(values)
    scale = _Scale([_ZERO, *(end for span in spans for end in span)])
    name = words.value(view.series[0].name)
    for place, (category, value, span) in enumerate(zip(view.categories, values, spans, strict=True)):
        total = place in (0, len(spans) - 1)
        look = "total" if total else "fall" if (value or 0) < 0 else "rise"
        figure = words.cell(figure_cell(value, view))
        sign = "" if total or (value or 0) <= 0 else "+"
        yield BarRow(words.cell(category), (scale.bar(look, name, sign + figure, *span),))
