"""Figures of a chart as its reader sees them, and the scale they are drawn on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from smsheets.money import Money, Share
from smsheets.report.document import Cell, ChartView
from smsheets.report.wording import Words
from smsheets.safe_text import safe_line

Value = Decimal | int | None

_STEPS = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5), Decimal(10))
_LONG = Decimal(100_000)
"""From here on the scale counts in thousands or millions."""


def figure_cell(value: Value, view: ChartView) -> Cell:
    """A value of a chart with its kind."""
    if value is None:
        return None
    if view.unit == "money":
        return Money(Decimal(value), view.currency)
    return Share(Decimal(value)) if view.unit == "share" else value


def unit_text(view: ChartView, words: Words) -> str:
    """What the figures count, said once beside a chart; empty where they say it themselves."""
    if view.unit == "money":
        return view.currency
    if view.unit == "hours":
        return words.text("hours")
    return words.text("days") if view.unit == "days" else ""


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


def last_known(values: Sequence[Value]) -> int | None:
    """Where the last value stands that is known."""
    return next((index for index in range(len(values) - 1, -1, -1) if values[index] is not None), None)
