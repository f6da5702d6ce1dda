"""Rows of the KPI report that somebody uses, and how their metrics, channels and figures read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from smsheets.analysis.facts import Facts
from smsheets.analysis.kpi_standards import channel_name, end_of_month, figure
from smsheets.money import Money, Share
from smsheets.plan.kpi_report import KpiRow, Message
from smsheets.plan.record import group_by


def rows_in_use(facts: Facts) -> list[KpiRow]:
    """The rows with a target or a figure, in the order of the sheet."""
    return [item.row for item in facts.kpi_report_variance.kpis]


def rows_by_channel(facts: Facts) -> dict[str, list[KpiRow]]:
    """The rows in use of each channel, in the order of the sheet; the whole business is no channel."""
    return group_by(rows_in_use(facts), lambda row: row.channel)


def metric_names(rows: Iterable[KpiRow], facts: Facts) -> tuple[str, ...]:
    """The metrics of some rows, each once."""
    return tuple(dict.fromkeys(facts.metric_name(row.metric) for row in rows))


def channel_names(items: Iterable[KpiRow | Message], facts: Facts) -> tuple[str, ...]:
    """The channels of some rows or messages, each once."""
    return tuple(dict.fromkeys(channel_name(facts, item.channel) for item in items))


def row_figure(row: KpiRow, value: Decimal | None, facts: Facts) -> Decimal | Money | Share:
    """A value of a row as it is shown; None counts as zero."""
    return figure(Decimal(0) if value is None else value, facts.kpi_months.meaning(row).unit, facts)


def last_day(month: int, facts: Facts) -> date | int:
    """The last day of a month, numbered from 1; the number itself where the period's start is unknown."""
    return end_of_month(facts.kpi_report, month) or month
