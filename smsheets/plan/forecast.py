"""Forecasts from monthly figures: a trend with its range, the spending of all months, and trends that turned.

Nothing is forecast from fewer than three known months: then the answer is None. Both methods take the middle of what
the months say, so that one unusual month does not move the forecast, and the quarter of them on either side as the
range it likely lies in.

- Trend: the step from month to month is the median of the steps between every two months (Theil and Sen), its range
  their lower and upper quartile.
- Spending: what the months that are over cost, plus what is planned for the rest times the median of actual / planned
  of the months that are over; its range takes the lower and the upper quartile of that ratio.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import combinations, pairwise, takewhile

import msgspec

from smsheets.median import median
from smsheets.periods import add_months, month_end, months_between
from smsheets.plan.reference import Direction

LEAST_POINTS = 3
"""Known months that a forecast needs: with two, one unusual month is half of what is known."""

FARTHEST_MONTHS = 24
"""Nothing is forecast for a time later than this: a few months of figures do not carry further."""

ZERO = Decimal(0)
_SIX_PLACES = Decimal("0.000001")
_CENT = Decimal("0.01")
_MOST_DIGITS = 20
"""A Decimal has 28 digits: a number with more than these before the point has no room for six places."""
_MOST_TIMES = 10_000
"""Actual / planned above this is a slip of the keyboard, not a pace."""

Point = tuple[int, Decimal]
"""The number of a month, from 1, and the figure at its end."""


class Spread(msgspec.Struct, frozen=True, kw_only=True):
    """The middle of several figures, and the quarter of them on either side."""

    low: Decimal
    likely: Decimal
    high: Decimal


class MonthMoney(msgspec.Struct, frozen=True, kw_only=True):
    """A month of a budget.

    Attributes:
        planned, actual: Of the lines of which this month is closed.
        open_planned: Of the other lines.
    """

    planned: Decimal = ZERO
    actual: Decimal = ZERO
    open_planned: Decimal = ZERO


class SpendForecast(msgspec.Struct, frozen=True, kw_only=True):
    """The spending of all months, at the pace of those that are over.

    Attributes:
        ratio: Actual / planned of the months that are over, 1 is as planned.
        total: The cost of all months, to the cent.
        points: How many months it is made from.
    """

    ratio: Spread
    total: Spread
    points: int


def spread_of(values: Iterable[Decimal]) -> Spread:
    """The median and the quartiles; between two of the figures in proportion.

    Raises:
        IndexError: There is no figure.
    """
    ordered = sorted(values)
    return Spread(low=_quantile(ordered, 1), likely=median(ordered), high=_quantile(ordered, 3))


def monthly_step(points: Sequence[Point]) -> Spread | None:
    """By how much a figure changes from month to month; None from fewer than three known months.

    Rounded to six places. Months that are unknown are simply not there.
    """
    if len(points) < LEAST_POINTS:
        return None
    steps = [(later - value) / (number - month) for (month, value), (number, later) in combinations(sorted(points), 2)]
    spread = spread_of(steps)
    return Spread(low=_rounded(spread.low), likely=_rounded(spread.likely), high=_rounded(spread.high))


def trend_value(points: Sequence[Point], step: Decimal, month: int) -> Decimal:
    """The value of a trend's line in a month: as many figures lie above it as below. Rounded to six places."""
    return _rounded(median(value - step * number for number, value in points) + step * month)


def months_until(value: Decimal, target: Decimal, step: Decimal) -> Decimal | None:
    """How many months a step from month to month takes from a value to a target.

    None where it leads away from the target or takes longer than is worth saying.
    """
    missing = target - value
    if not missing:
        return ZERO
    if not step or (missing > 0) is not (step > 0):
        return None
    months = missing / step
    return months if months <= FARTHEST_MONTHS else None


def day_at(period_start: date, months: Decimal) -> date:
    """The day on which `months` months of a period are over; a part of a month counts in its days."""
    whole = int(months)
    first = add_months(period_start.replace(day=1), whole)
    days = (months - whole) * month_end(first).day
    return first + timedelta(days=int(days) - (0 if days > 0 else 1))


def months_over(period_start: date, as_of: date) -> int:
    """How many months of a period are over at the end of a day; 0 before it begins."""
    return max(0, months_between(period_start, as_of) + (as_of == month_end(as_of)))


def forecast_spending(months: Sequence[MonthMoney], over: int) -> SpendForecast | None:
    """The cost of all months.

    A month that is not over counts with its plan times the ratio, or with what it has cost already where that is
    more. None where fewer than three months are over that had both a plan and an actual, and where the ratio is so
    large that no forecast can follow from it.

    Args:
        over: How many months are over.
    """
    ratios = [month.actual / month.planned for month in months[:over] if month.planned > 0]
    if len(ratios) < LEAST_POINTS:
        return None
    ratio = spread_of(ratios)
    if max(abs(ratio.low), abs(ratio.high)) > _MOST_TIMES:
        return None
    low, likely, high = (_spent_in_all(months, over, factor) for factor in (ratio.low, ratio.likely, ratio.high))
    return SpendForecast(
        ratio=Spread(low=_rounded(ratio.low), likely=_rounded(ratio.likely), high=_rounded(ratio.high)),
        total=Spread(low=low, likely=likely, high=high),
        points=len(ratios),
    )


def _spent_in_all(months: Sequence[MonthMoney], over: int, factor: Decimal) -> Decimal:
    """Money spent by the end of the last month, to the cent."""
    spent = ZERO
    for number, month in enumerate(months):
        cost = month.actual + month.open_planned * factor
        spent += cost if number < over else max(cost, month.planned * factor + month.open_planned * factor)
    return _to_places(spent, _CENT)


def _quantile(ordered: Sequence[Decimal], quarters: int) -> Decimal:
    place = Decimal(quarters * (len(ordered) - 1)) / 4
    below = int(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


def _rounded(value: Decimal) -> Decimal:
    short = _to_places(value, _SIX_PLACES).normalize()
    return _to_places(short, Decimal(1)) if short == short.to_integral_value() else short


def _to_places(value: Decimal, places: Decimal) -> Decimal:
    """Rounded; a number so large that its places no longer count stays as it is."""
    return value.quantize(places) if value.adjusted() < _MOST_DIGITS else value


def turning_month(values: Sequence[Decimal | None], direction: Direction, steps: int) -> int | None:
    """The best month before a turn, numbered from 1; None where the trend has not turned.

    The months up to the last one got worse at least `steps` times in a row, and before that better at least
    `steps` times in a row. An unknown month breaks a row.
    """
    better = -1 if direction is Direction.DOWN else 1
    worse = _steps_back(values, len(values), -better)
    peak = len(values) - worse
    turned = worse >= steps and _steps_back(values, peak, better) >= steps
    return peak if turned else None


def _steps_back(values: Sequence[Decimal | None], end: int, way: int) -> int:
    """How many changes up to month `end` (from 1) in a row go one way: 1 is up, -1 is down."""
    steps = [
        before is not None and value is not None and (value - before) * way > 0
        for before, value in pairwise(values[:end])
    ]
    return sum(1 for _ in takewhile(bool, reversed(steps)))
