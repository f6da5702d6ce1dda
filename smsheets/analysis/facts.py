"""A business as its rules see it: the plans that a rule needs, and what is worked out from them, each once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import TypeVar

from smsheets.analysis import forecast
from smsheets.analysis.context import Context
from smsheets.analysis.forecast import Forecast
from smsheets.analysis.kpi_standards import months_of
from smsheets.analysis.variance import budget, calendar, kpi_report, roadmap
from smsheets.analysis.variance.budget import BudgetVariance
from smsheets.analysis.variance.calendar import CalendarVariance
from smsheets.analysis.variance.kpi_report import KpiReportVariance
from smsheets.analysis.variance.roadmap import RoadmapVariance
from smsheets.analysis.variance.whole import Variance
from smsheets.plan.budget import Budget
from smsheets.plan.calendar import Calendar
from smsheets.plan.kpi_months import KpiMonths
from smsheets.plan.kpi_report import KpiReport
from smsheets.plan.roadmap import Roadmap
from smsheets.plan.strategy import Strategy
from smsheets.plan.workload import Person, people_of

_T = TypeVar("_T")


class Facts(Context, frozen=True, kw_only=True, dict=True):
    """One business on one day, with its variance and forecast: worked out when first asked for, then kept.

    A rule asks for `facts.budget` where its text's `needs` name the budget: it is only run where that is given. A plan
    that a rule can do without is `facts.plans.budget`, which may be None.
    """

    @cached_property
    def team(self) -> Mapping[str, Person]:
        """The people of the strategy's team by `person_key`; nobody without a strategy."""
        return {} if self.plans.strategy is None else people_of(self.plans.strategy.team)

    @property
    def strategy(self) -> Strategy:
        """The strategy that was given."""
        return _given(self.plans.strategy)

    @property
    def roadmap(self) -> Roadmap:
        """The roadmap that was given."""
        return _given(self.plans.roadmap)

    @property
    def budget(self) -> Budget:
        """The budget that was given."""
        return _given(self.plans.budget)

    @property
    def calendar(self) -> Calendar:
        """The calendar that was given."""
        return _given(self.plans.calendar)

    @property
    def kpi_report(self) -> KpiReport:
        """The KPI report that was given."""
        return _given(self.plans.kpi_report)

    @cached_property
    def kpi_months(self) -> KpiMonths:
        """The KPI report's rows over the months that have begun."""
        return _given(months_of(self))

    @cached_property
    def budget_variance(self) -> BudgetVariance:
        """The variance of the budget."""
        return budget.compute_variance(self.budget, self)

    @cached_property
    def roadmap_variance(self) -> RoadmapVariance:
        """The variance of the roadmap."""
        return roadmap.compute_variance(self.roadmap, self)

    @cached_property
    def calendar_variance(self) -> CalendarVariance:
        """The variance of the calendar."""
        return calendar.compute_variance(self.calendar, self)

    @cached_property
    def kpi_report_variance(self) -> KpiReportVariance:
        """The variance of the KPI report."""
        return kpi_report.compute_variance(self.kpi_report, self)

    @cached_property
    def variance(self) -> Variance:
        """The variance of each plan that was given."""
        plans = self.plans
        return Variance(
            budget=None if plans.budget is None else self.budget_variance,
            roadmap=None if plans.roadmap is None else self.roadmap_variance,
            calendar=None if plans.calendar is None else self.calendar_variance,
            kpi_report=None if plans.kpi_report is None else self.kpi_report_variance,
        )

    @cached_property
    def forecast(self) -> Forecast:
        """The year's spending and the days on which goals are reached, as far as the given plans show them."""
        return forecast.compute_forecast(self, None if self.plans.budget is None else self.budget_variance)


def _given(plan: _T | None) -> _T:
    if plan is None:
        raise LookupError("A rule asked for a plan that its 'needs' do not name.")
    return plan
