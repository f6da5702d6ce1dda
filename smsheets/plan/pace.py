"""How fast a line spends against its plan, what expires at a month's end, and the limit of all lines in a month."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from smsheets.periods import month_end, months_between
from smsheets.plan.budget import OWN_TIME, BudgetLine
from smsheets.plan.carry import ZERO, CarryMonth, CarryRule
from smsheets.plan.record import round_figure

_SIX_PLACES = Decimal("0.000001")


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
    number = months_between(period_start, as_of) + 1
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
    over = months if running is None else months[: running.number - 1]
    whole = [month for month in over if month.closed]
    if count < 1 or len(whole) < count:
        return None
    planned = sum((month.planned or ZERO for month in whole[-count:]), ZERO)
    actual = sum((month.actual or ZERO for month in whole[-count:]), ZERO)
    return actual / planned if planned > 0 else None


def project_year(
    months: Sequence[CarryMonth], running: RunningMonth | None, pace: Decimal | None, flows: bool
) -> Decimal | None:
    """The cost of a line at the end of the year if it goes on as it does.

    Closed months count with their actual, the running month with its forecast, later months with their plan - times
    the pace of the last months, where that is above plan. Rounded to six places.

    Args:
        pace: From `recent_pace`; None counts as planned.
        flows: True for a line that spends day by day, so that the running month may be projected from its days. Bills
            come in lumps: their running month counts with what is available, or the actual where that is more.
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
    return round_figure(projected, _SIX_PLACES)


class Expiring(msgspec.Struct, frozen=True, kw_only=True):
    """Money that a line still has in the running month. `left` is None where its spending is not filled in."""

    month: int
    available: Decimal
    left: Decimal | None


def expiring_of(
    months: Sequence[CarryMonth], rule: CarryRule, running: RunningMonth | None, least_share: Decimal
) -> Expiring | None:
    """Money that the running month of a line that carries nothing would lose; None for every other line.

    A line that has used up all its planned months so far, but for less than `least_share` of each, pays bills: what it
    has left is a bill on its way, and nothing is lost.
    """
    if rule is not CarryRule.NONE or running is None or running.number > len(months):
        return None
    month = months[running.number - 1]
    available = month.available or ZERO
    before = [item for item in months[: running.number - 1] if item.closed and (item.available or ZERO) > 0]
    pays_bills = bool(before) and all((item.left or ZERO) < least_share * (item.available or ZERO) for item in before)
    if available <= 0 or pays_bills:
        return None
    if month.actual is None:
        return Expiring(month=running.number, available=available, left=None) if before else None
    left = available - month.actual
    return Expiring(month=running.number, available=available, left=left) if left >= least_share * available else None


class PlannedMonth(msgspec.Struct, frozen=True, kw_only=True):
    """A month to come: its number from 1, its plan without own time, and what that is above the limit (or below it)."""

    number: int
    planned: Decimal
    above: Decimal
    largest: BudgetLine


def planned_months(lines: Iterable[BudgetLine], limit: Decimal, first: int, count: int) -> tuple[PlannedMonth, ...]:
    """The months from number `first` on of a period of `count` months, those without any plan left out."""
    paid = [line for line in lines if line.category != OWN_TIME]
    found: list[PlannedMonth] = []
    for number in range(max(first, 1), count + 1):
        amounts = [(amount, line) for line in paid if (amount := _planned(line.planned, number)) > 0]
        if amounts:
            total = sum((amount for amount, _ in amounts), ZERO)
            largest = max(amounts, key=lambda item: item[0])[1]
            found.append(PlannedMonth(number=number, planned=total, above=total - limit, largest=largest))
    return tuple(found)


def _planned(amounts: Sequence[Decimal | None], number: int) -> Decimal:
    return (amounts[number - 1] if number <= len(amounts) else None) or ZERO
