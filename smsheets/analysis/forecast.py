"""The forecasts of a business: the year's spending, and when each goal is reached."""

from __future__ import annotations

import msgspec

from smsheets.analysis.context import Context
from smsheets.analysis.goal_outlook import GoalOutlook, goal_outlooks
from smsheets.analysis.spend_outlook import SpendOutlook, spend_outlook
from smsheets.analysis.variance.budget import BudgetVariance


class Forecast(msgspec.Struct, frozen=True, kw_only=True):
    """What a business can expect, as far as its figures tell.

    Attributes:
        spend: None where no budget was given, or an empty one.
        goals: Goals with their outlook; none where the strategy or the KPI report was not given.
    """

    spend: SpendOutlook | None = None
    goals: tuple[GoalOutlook, ...] = ()

    @property
    def known(self) -> bool:
        """Whether there is anything to say at all."""
        return self.spend is not None or bool(self.goals)


def compute_forecast(context: Context, budget: BudgetVariance | None) -> Forecast:
    """The forecasts on the context's day."""
    plans = context.plans
    return Forecast(
        spend=spend_outlook(plans.budget, budget) if plans.budget is not None and budget is not None else None,
        goals=tuple(goal_outlooks(plans.strategy, context)) if plans.strategy is not None else (),
    )
