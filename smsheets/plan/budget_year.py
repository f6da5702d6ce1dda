"""The year of a budget line, and of several together: budget, spent to date, variance, forecast, status."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from enum import Enum

import msgspec

from smsheets.plan.carry import ZERO, CarryMonth
from smsheets.plan.record import add_known


class BudgetStatus(Enum):
    """The status words of a line; `no_data` is a plan without any actual, `not_spent` one whose actuals are zero."""

    ON_TRACK = "on_track"
    WATCH = "watch"
    OVER = "over"
    NOT_SPENT = "not_spent"
    NO_BUDGET = "no_budget"
    NO_DATA = "no_data"


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """The shares of the budget to date that may be overspent before a line is called watch, or over."""

    watch_share: Decimal
    over_share: Decimal


class BudgetYear(msgspec.Struct, frozen=True, kw_only=True):
    """A year of money. A figure that cannot be had is None.

    Attributes:
        planned: Sum of all months' planned money.
        budget: Opening carry + planned.
        to_date: Opening carry + planned of the closed months; None while no month is closed.
        actual: Sum of the actuals; None while there is none.
        forecast: Actual + planned of the open months + what is carried into the first open month.
    """

    planned: Decimal | None = None
    budget: Decimal | None = None
    to_date: Decimal | None = None
    actual: Decimal | None = None
    forecast: Decimal | None = None

    @property
    def variance(self) -> Decimal | None:
        """Budget to date - actual; positive is money left."""
        return None if self.to_date is None or self.actual is None else self.to_date - self.actual

    @property
    def variance_share(self) -> Decimal | None:
        """Variance / budget to date; None without a budget."""
        if self.variance is None or self.to_date is None or self.to_date <= 0:
            return None
        return self.variance / self.to_date

    def status(self, limits: Limits) -> BudgetStatus:
        """The status word: by how much the budget to date is overspent."""
        if self.variance is None or self.to_date is None:
            return BudgetStatus.NO_DATA
        if self.to_date <= 0:
            return BudgetStatus.NO_BUDGET
        if self.actual is None or self.actual <= 0:
            return BudgetStatus.NOT_SPENT
        if -self.variance > limits.over_share * self.to_date:
            return BudgetStatus.OVER
        return BudgetStatus.WATCH if -self.variance > limits.watch_share * self.to_date else BudgetStatus.ON_TRACK


def year_of(months: Sequence[CarryMonth], opening: Decimal | None = None) -> BudgetYear:
    """The year of a line from its months."""
    closed = [month for month in months if month.closed]
    open_months = [month for month in months if not month.closed]
    planned = add_known(month.planned for month in months)
    actual = add_known(month.actual for month in months)
    budget = add_known((planned, opening))
    forecast = None
    if budget is not None or actual is not None:
        forecast = (actual or ZERO) + sum((month.available or ZERO for month in open_months), ZERO)
    to_date = (opening or ZERO) + sum((month.planned or ZERO for month in closed), ZERO) if closed else None
    return BudgetYear(planned=planned, budget=budget, to_date=to_date, actual=actual, forecast=forecast)


def add_years(years: Iterable[BudgetYear]) -> BudgetYear:
    """Several lines together; a line's figure that cannot be had is left out of that sum."""
    listed = tuple(years)
    fields = BudgetYear.__struct_fields__
    return BudgetYear(**{field: add_known(getattr(year, field) for year in listed) for field in fields})
