"""The variance of every plan that was given, together."""

from __future__ import annotations

import msgspec

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
