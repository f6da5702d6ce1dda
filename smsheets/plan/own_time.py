"""What the own hours cost, and whether an outsider would be cheaper."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum

import msgspec

from smsheets.plan.budget import OwnTimeTask

WEEKS_PER_YEAR = Decimal(52)
MONTHS_PER_YEAR = Decimal(12)


class TimeChoice(Enum):
    """The cheaper way for a kind of work."""

    OURSELVES = "ourselves"
    HIRE = "hire"
    SAME = "same"


class TimeCost(msgspec.Struct, frozen=True, kw_only=True):
    """A month of one kind of work. A figure that cannot be had is None.

    Attributes:
        cost: Hours a week x hourly value x working weeks a year / 12.
        outside_price: What an outsider charges.
    """

    cost: Decimal | None = None
    outside_price: Decimal | None = None

    @property
    def saving(self) -> Decimal | None:
        """What hiring it out saves in a month; below zero it costs more."""
        return None if self.cost is None or self.outside_price is None else self.cost - self.outside_price

    @property
    def choice(self) -> TimeChoice | None:
        """The cheaper way; None while one of the two prices is missing."""
        if self.saving is None:
            return None
        if self.saving == 0:
            return TimeChoice.SAME
        return TimeChoice.HIRE if self.saving > 0 else TimeChoice.OURSELVES


def time_cost(task: OwnTimeTask, weeks_per_year: Decimal | None = None) -> TimeCost:
    """What a month of a task costs. A year has 52 working weeks unless said otherwise."""
    cost = None
    if task.hours_per_week is not None and task.hourly_value is not None:
        weeks = WEEKS_PER_YEAR if weeks_per_year is None else weeks_per_year
        cost = task.hours_per_week * task.hourly_value * weeks / MONTHS_PER_YEAR
    return TimeCost(cost=cost, outside_price=task.outside_price)
