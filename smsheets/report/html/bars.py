"""Bars along a line for each name, as text of the page: names of any length have room, and each figure is a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

import msgspec

from smsheets.money import Money, Share
from smsheets.report.document import Cell, ChartKind, ChartView, Line, Role, Series
from smsheets.report.wording import Words
from smsheets.safe_text import safe_line

_Value = Decimal | int | None

_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_LONG = Decimal(100_000)
"""From here on the scale counts in thousands or millions."""


def figure_cell(value: _Value, view: ChartView) -> Cell:
    """A value of a chart with its kind."""
    if value is None:
        return None
    if view.unit == "money":
        return Money(Decimal(value), view.currency)
    return Share(Decimal(value)) if view.unit == "share" else value


def unit_text(view: ChartView, words: Words) -> str:
    """The unit of the figures, said once beside a chart; empty where they say it themselves."""
    if view.unit == "money":
        return view.currency
    units = {"hours": Line("hours"), "days": Line("days")}
    unit = words.value(units.get(view.unit))
    return "" if unit.casefold() in words.value(view.title).casefold() else unit


def tick_text(value: Decimal, view: ChartView, words: Words) -> str:
    """A figure beside a scale: as short as it can be."""
    if view.unit == "share":
        return words.value(Share(value))
    if abs(value) >= _LONG:
        from babel import numbers

        return safe_line(numbers.format_compact_decimal(value, locale=words.language, fraction_digits=1))
    return words.value(value)


def known_values(view: ChartView) -> list[Decimal]:
    """All values of a chart that are known."""
    return [Decimal(value) for series in view.series for value in series.values if value is not None]


def scale_ticks(values: Iterable[Decimal], most: int, *, from_zero: bool) -> tuple[Decimal, ...]:
    """Round numbers that hold all values between the first and the last of them.

    Args:
        values: At least one.
        most: So many steps, or fewer.
        from_zero: Whether the ground has to be seen, as bars need it.
    """
    known = list(values)
    low, high = min(known), max(known)
    if from_zero or low <= high / 2:
        low, high = min(low, Decimal(0)), max(high, Decimal(0))
    if low == high:
        low, high = (low, low + 1) if low >= 0 else (low, Decimal(0))
    step = _round_step((high - low) / most)
    first = (low / step).to_integral_value(ROUND_FLOOR)
    last = (high / step).to_integral_value(ROUND_CEILING)
    return tuple(step * number for number in range(int(first), int(last) + 1))


def _round_step(least: Decimal) -> Decimal:
    unit = Decimal(1).scaleb(least.adjusted())
    return next(unit * step for step in _STEPS if unit * step >= least)


def last_known(values: Sequence[_Value]) -> int | None:
    """The place of the last value that is known."""
    return next((index for index in range(len(values) - 1, -1, -1) if values[index] is not None), None)


_HUNDRED = Decimal(100)
_ZERO = Decimal(0)


class _Bar(msgspec.Struct, frozen=True, kw_only=True):
    """One bar: its class, the name of its series, its figure in words, and where it begins and ends: `43.5%`."""

    look: str
    series: str
    figure: str
    left: str
    width: str
    end: str


class _BarRow(msgspec.Struct, frozen=True):
    """A name and its bars; a bar without a figure is left out."""

    name: str
    bars: tuple[_Bar, ...]


class BarsPage(msgspec.Struct, frozen=True, kw_only=True):
    """A chart of bars ready for the page."""

    title: str
    says: str
    unit: str
    legend: tuple[tuple[str, str], ...]
    rows: tuple[_BarRow, ...]


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


def bridge_spans(values: Sequence[_Value]) -> list[tuple[Decimal, Decimal]]:
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
    """Places of values between the lowest and the highest of them."""

    def __init__(self, values: Sequence[Decimal]) -> None:
        self._low, high = min(values), max(values)
        self._room = (high - self._low) or Decimal(1)

    def bar(self, look: str, series: str, figure: str, begin: Decimal, end: Decimal) -> _Bar:
        """A bar between two values, whichever is the higher."""
        left, right = ((value - self._low) / self._room for value in sorted((begin, end)))
        return _Bar(
            look=look, series=series, figure=figure, left=percent(left), width=percent(right - left), end=percent(right)
        )


def _rows(view: ChartView, words: Words) -> Iterator[_BarRow]:
    scale = _Scale([*(_drawn(value, view) for value in known_values(view)), _ZERO])
    for place, category in enumerate(view.categories):
        yield _BarRow(words.cell(category), tuple(_bars(view, place, scale, words)))


def _bars(view: ChartView, place: int, scale: _Scale, words: Words) -> Iterator[_Bar]:
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
        drawn = _drawn(Decimal(value), view)
        if value < 0:
            look += " below" if drawn else " gone"
        yield scale.bar(look, name, figure, begin, drawn)


def _drawn(value: Decimal, view: ChartView) -> Decimal:
    """Where a bar ends. A share below zero has none: on a scale of shares it would look like one that is done."""
    return max(value, _ZERO) if view.unit == "share" else value


def _is_low_end(view: ChartView, series: Series, place: int) -> bool:
    """True where another end of a range follows."""
    later = view.series[view.series.index(series) + 1 :]
    return any(other.role is Role.RANGE and other.values[place] is not None for other in later)


def _bridge_rows(view: ChartView, words: Words) -> Iterator[_BarRow]:
    """The first and the last bar begin at zero; those between them go on from where the one before ended."""
    values = view.series[0].values
    spans = bridge_spans(values)
    scale = _Scale([_ZERO, *(end for span in spans for end in span)])
    name = words.value(view.series[0].name)
    for place, (category, value, span) in enumerate(zip(view.categories, values, spans, strict=True)):
        total = place in (0, len(spans) - 1)
        look = "total" if total else "fall" if (value or 0) < 0 else "rise"
        figure = words.cell(figure_cell(value, view))
        sign = "" if total or (value or 0) <= 0 else "+"
        yield _BarRow(words.cell(category), (scale.bar(look, name, sign + figure, *span),))
