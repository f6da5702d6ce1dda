"""The budget plan: lines by month, own hours and their price, the ad calculator, limits of the status words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum

import msgspec

from smsheets.plan.record import Plan, Record, blank_from

ADVERTISING = "advertising"
OWN_TIME = "own_time"


class BudgetLine(Record, frozen=True, kw_only=True):
    """One thing that is paid for.

    Attributes:
        category: `software`, `advertising`, `hired_services`, `digital_assets`, `own_time`, or the person's own word.
        carry_rule: `none`, `unspent` or `both_ways`; None takes the category's (see `smsheets.plan.carry`).
        opening: Money brought over from before the first month.
        planned, actual: One amount per month; None is not filled in, which is not zero.
    """

    line_id: str | None = None
    category: str | None = None
    line: str | None = None
    channel: str | None = None
    carry_rule: str | None = None
    owner: str | None = None
    note: str | None = None
    opening: Decimal | None = None
    planned: tuple[Decimal | None, ...] = ()
    actual: tuple[Decimal | None, ...] = ()

    @property
    def name(self) -> str:
        """The thing that is paid for, else the line's id."""
        return self.line or self.line_id or ""

    @property
    def has_amounts(self) -> bool:
        """Some amount is filled in; a line without one is only a label."""
        return any(amount is not None for amount in (self.opening, *self.planned, *self.actual))


class OwnTimeTask(Record, frozen=True, kw_only=True):
    """One kind of work that the business does itself. `outside_price` is what an outsider charges a month."""

    time_id: str | None = None
    task: str | None = None
    person: str | None = None
    hours_per_week: Decimal | None = None
    hourly_value: Decimal | None = None
    outside_price: Decimal | None = None
    line_id: str | None = None
    note: str | None = None

    @property
    def name(self) -> str:
        """The work's description, else its id."""
        return self.task or self.time_id or ""


class AdGoal(Record, frozen=True, kw_only=True):
    """The ad calculator from a sales goal. `conversion_rate` is a share: 0.02 is 2 of 100 visitors."""

    revenue_goal: Decimal | None = None
    average_order: Decimal | None = None
    conversion_rate: Decimal | None = None
    cost_per_click: Decimal | None = None


class AdMoney(Record, frozen=True, kw_only=True):
    """The ad calculator from an amount of money, with the rates of `AdGoal`."""

    ad_budget: Decimal | None = None


class BudgetSettings(Record, frozen=True, kw_only=True):
    """Limits of the status words, as shares, and how hours a week become a month. None takes the default."""

    watch_share: Decimal | None = None
    over_share: Decimal | None = None
    weeks_per_year: Decimal | None = None


class Budget(Plan, frozen=True, kw_only=True):
    """A budget workbook that was read."""

    lines: tuple[BudgetLine, ...] = ()
    own_time: tuple[OwnTimeTask, ...] = ()
    ad_goal: AdGoal = AdGoal()
    ad_money: AdMoney = AdMoney()
    settings: BudgetSettings = BudgetSettings()

    def until(self, day: date) -> Budget:
        """The budget without the actuals of months that have not begun on a day: nothing of them is spent yet."""
        begun = self.months_begun(day)
        lines = tuple(msgspec.structs.replace(line, actual=blank_from(line.actual, begun)) for line in self.lines)
        return msgspec.structs.replace(self, lines=lines)


_WEEKS_PER_YEAR = Decimal(52)
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
        """Money that hiring it out saves in a month; below zero it costs more."""
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
    """The price of a month of a task. A year has 52 working weeks where the workbook gives no number."""
    cost = None
    if task.hours_per_week is not None and task.hourly_value is not None:
        weeks = _WEEKS_PER_YEAR if weeks_per_year is None else weeks_per_year
        cost = task.hours_per_week * task.hourly_value * weeks / MONTHS_PER_YEAR
    return TimeCost(cost=cost, outside_price=task.outside_price)
