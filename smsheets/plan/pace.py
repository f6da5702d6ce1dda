"""How fast a line spends against its plan, and where that leads by the end of the year."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import msgspec

from smsheets.periods import month_end
from smsheets.plan.carry import ZERO, CarryMonth
from smsheets.plan.known import round_figure

SIX_PLACES = Decimal("0.000001")


class RunningMonth(msgspec.Struct, frozen=True, kw_only=True):
    """The month that a day is in: its number in the period from 1, and how many of its days have passed."""

    number: int
    day: date

    @property
    def share(self) -> Decimal:
        """The share of the month that has passed, the day itself included."""
        return Decimal(self.day.day) / Decimal(month_end(self.day).day)


class MonthPace(msgspec.Struct, frozen=True, kw_only=True):
    """A line in the running month.

    Attributes:
        expected: Available / days in the month x days that have passed.
        actual: Spent so far.
        pace: Actual / expected; 1 is as planned. None without a budget.
        forecast: Actual / share of the month that has passed.
    """

    expected: Decimal
    actual: Decimal
    pace: Decimal | None
    forecast: Decimal


def running_month(period_start: date | None, months: int, as_of: date) -> RunningMonth | None:
    """The month of a period that `as_of` is in; None outside the period or where its start is unknown."""
    if period_start is None:
        return None
    number = (as_of.year - period_start.year) * 12 + as_of.month - period_start.month + 1
    return RunningMonth(number=number, day=as_of) if 1 <= number <= months else None


def month_pace(months: Sequence[CarryMonth], running: RunningMonth | None) -> MonthPace | None:
    """A line's pace in the running month; None while that month has no actual."""
    if running is None or running.number > len(months):
        return None
    month = months[running.number - 1]
    if month.actual is None:
        return None
    expected = (month.available or ZERO) * running.share
    return MonthPace(
        expected=expected,
        actual=month.actual,
        pace=month.actual / expected if expected > 0 else None,
        forecast=month.actual / running.share,
    )


def recent_pace(months: Sequence[CarryMonth], running: RunningMonth | None, count: int) -> Decimal | None:
    """Actual / planned of the last `count` closed months, the running one left out.

    None while fewer are closed, or where they had no plan.
    """
    whole = _whole_months(months, running)
    if count < 1 or len(whole) < count:
        return None
    planned = sum((month.planned or ZERO for month in whole[-count:]), ZERO)
    actual = sum((month.actual or ZERO for month in whole[-count:]), ZERO)
    return actual / planned if planned > 0 else None


def project_year(
    months: Sequence[CarryMonth], running: RunningMonth | None, pace: Decimal | None, flows: bool
) -> Decimal | None:
    """What a line will have cost at the end of the year if it goes on as it does.

    Closed months count with their actual, the running month with its forecast, later months with their plan - times
    the pace of the last months, where that is above plan. Rounded to six places.

    Args:
        pace: From `recent_pace`; None counts as planned.
        flows: Whether the line spends day by day, so that the running month may be projected from its days. Bills come
            in lumps: their running month counts with what is available, or the actual where that is more.
    """
    if not any(month.closed for month in months):
        return None
    factor = max(pace or Decimal(1), Decimal(1))
    projected = ZERO
    for number, month in enumerate(months, 1):
        if running is not None and number == running.number and month.actual is not None:
            so_far = month.actual
            projected += so_far / running.share if flows else max(so_far, month.available or ZERO)
        elif month.closed:
            projected += month.actual or ZERO
        else:
            projected += (month.planned or ZERO) * factor
    return round_figure(projected, SIX_PLACES)


def _whole_months(months: Sequence[CarryMonth], running: RunningMonth | None) -> list[CarryMonth]:
    """The closed months that are over."""
    last = len(months) if running is None else running.number - 1
    return [month for month in months[:last] if month.closed]
