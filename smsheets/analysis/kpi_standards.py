"""Standards of the KPI report - limits, the promised answer time, families of metrics - and how its figures read."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from smsheets.analysis.context import Context, Term
from smsheets.money import Money, Share
from smsheets.periods import month_end
from smsheets.plan.kpi_months import KpiMonths
from smsheets.plan.kpi_report import KpiReport, KpiRow
from smsheets.plan.record import round_figure
from smsheets.plan.reference import Family, Unit

WHOLE_BUSINESS = Term("All channels")


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How far short of a target, as a share of it, a metric is called watch, or behind."""

    watch_share: Decimal
    behind_share: Decimal


def limits_of(plan: KpiReport, context: Context) -> Limits:
    """The workbook's own limits first, then the thresholds."""
    return Limits(
        watch_share=context.limit("kpi-report.watch_share", plan.settings.watch_share),
        behind_share=context.limit("kpi-report.behind_share", plan.settings.behind_share),
    )


def promise_hours(plan: KpiReport, context: Context, channel: str | None) -> Decimal:
    """Within how many hours a message on a channel is answered.

    The strategy's house rules come first (the channel's own before the general one), then what the KPI report
    says itself, then the threshold.
    """
    rules = context.plans.strategy.house_rules if context.plans.strategy is not None else ()
    answering = [(rule.channel, rule.within_hours) for rule in rules if rule.topic in ("response", None)]
    for place in (channel, None):
        hours = [hours for at, hours in answering if at == place and hours is not None]
        if hours:
            return min(hours)
    return context.limit("kpi-report.promise_hours", plan.inbox_settings.promise_hours)


def months_of(context: Context) -> KpiMonths | None:
    """The rows of the KPI report over the months that have begun; None where it was not given."""
    plan = context.plans.kpi_report
    return None if plan is None else KpiMonths(plan, context.as_of, context.kpi_definitions)


def family_of(row: KpiRow, context: Context) -> Family | None:
    """The family of a row's metric; None for a person's own."""
    definition = context.kpi_definitions.get(row.metric or "")
    return None if definition is None else definition.family


def is_vanity(row: KpiRow, context: Context) -> bool:
    """The row counts applause; a person's own metric does not."""
    definition = context.kpi_definitions.get(row.metric or "")
    return definition is not None and definition.vanity


def channel_name(context: Context, channel: str | None) -> str:
    """A channel as people write it; a person's own word as it is. None is the whole business."""
    return context.channel_name(channel) or WHOLE_BUSINESS


def figure(value: Decimal, unit: Unit, context: Context) -> Decimal | Money | Share:
    """A metric's value as it is shown: a percentage, an amount of money, or a number of at most two decimals."""
    if unit is Unit.SHARE:
        return Share(value)
    return Money(value, context.currency) if unit is Unit.MONEY else rounded(value)


def rounded(value: Decimal, places: int = 2) -> Decimal:
    """At most this many decimals, and none that are zero."""
    short = round_figure(value, Decimal(1).scaleb(-places)).normalize()
    return round_figure(short, Decimal(1)) if short == short.to_integral_value() else short


def end_of_month(plan: KpiReport, number: int) -> date | None:
    """The last day of a month of the period, numbered from 1; None where the period's start is unknown."""
    first = plan.first_day(number)
    return None if first is None else month_end(first)
