"""The variance of every plan that was given, together."""

from __future__ import annotations

import msgspec

from smsheets.analysis.context import Context
from smsheets.analysis.variance import budget, calendar, kpi_report, roadmap
from smsheets.analysis.variance.budget import BudgetVariance
from smsheets.analysis.variance.calendar import CalendarVariance
from smsheets.analysis.variance.kpi_report import KpiReportVariance
from smsheets.analysis.variance.roadmap import RoadmapVariance


class Variance(msgspec.Struct, frozen=True, kw_only=True):
    """Plan against what happened, per workbook that was given."""

    budget: BudgetVariance | None = None
    roadmap: RoadmapVariance | None = None
    calendar: CalendarVariance | None = None
    kpi_report: KpiReportVariance | None = None


def compute_variances(context: Context) -> Variance:
    """The variance of each plan that the context has."""
    plans = context.plans
    return Variance(
        budget=budget.compute_variance(plans.budget, context) if plans.budget is not None else None,
        roadmap=roadmap.compute_variance(plans.roadmap, context) if plans.roadmap is not None else None,
        calendar=calendar.compute_variance(plans.calendar, context) if plans.calendar is not None else None,
        kpi_report=kpi_report.compute_variance(plans.kpi_report, context) if plans.kpi_report is not None else None,
    )
