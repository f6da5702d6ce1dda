"""Rules about metrics and their targets: behind, and trends that turned."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Level, rule
from smsheets.analysis.kpi_standards import channel_name, end_of_month, figure, limits_of, months_of
from smsheets.analysis.variance.kpi_report import KpiVariance, has_figures, kpi_variance
from smsheets.plan.kpi_definitions import Direction
from smsheets.plan.kpi_months import KpiMonths, Standing
from smsheets.plan.kpi_report import KpiRow


@rule(
    "kpi-report.behind_target",
    level=Level.WARNING,
    needs=("kpi-report",),
    says="{channel} is behind in: {metrics}. Furthest: {worst} with {value} instead of {target} by {until}.",
    todo="Find out what changed and do one thing about it this month, or set a target that can be reached.",
    source="Short of the target by more than the limit on the Dashboard; 15 % is this program's default",
    thresholds=("kpi-report.behind_share",),
)
def check_targets_are_met(context: Context) -> Iterator[Hit]:
    """Channels with metrics whose last month with an actual is behind its target, the furthest first."""
    months = months_of(context)
    if months is None:
        return
    limits = limits_of(months.report, context)
    behind: dict[str | None, list[KpiVariance]] = {}
    for row in rows_with_figures(months):
        found = kpi_variance(row, months, limits)
        if found.standing is Standing.BEHIND:
            behind.setdefault(row.channel, []).append(found)
    for channel, items in behind.items():
        items.sort(key=lambda item: -(item.short or 0))
        worst = items[0]
        if worst.month is None or worst.value is None or worst.target is None:
            continue
        yield Hit(
            evidence=tuple(item.row.cell(column, item.month) for item in items for column in ("actual", "target")),
            values={
                "channel": channel_name(context, channel),
                "metrics": tuple(context.metric_name(item.row.metric) for item in items),
                "worst": context.metric_name(worst.row.metric),
                "value": figure(worst.value, worst.meaning.unit, context),
                "target": figure(worst.target, worst.meaning.unit, context),
                "until": end_of_month(months.report, worst.month) or worst.month,
            },
        )


@rule(
    "kpi-report.trend_turned",
    level=Level.WARNING,
    needs=("kpi-report",),
    says="{channel}, {metric}: it was getting better and has turned, from {best} by {since} to {value} by {until}.",
    todo="Look at what you have done differently since then: fewer posts, another format, other times, less money.",
    source="Months in a row for the better, then as many for the worse; both numbers are this program's default",
    thresholds=("kpi-report.turn_months", "kpi-report.turn_share"),
)
def check_trends_hold(context: Context) -> Iterator[Hit]:
    """Metrics that got better some months in a row and then worse as many, and lost more than the limit."""
    months = months_of(context)
    if months is None:
        return
    steps = int(context.thresholds["kpi-report.turn_months"])
    least = context.thresholds["kpi-report.turn_share"]
    for row in rows_with_figures(months):
        meaning = months.meaning(row)
        last = months.last_month(row)
        peak = turning_month(months.actuals(row)[:last], meaning.direction, steps)
        if last is None or peak is None:
            continue
        best, value = months.actuals(row)[peak - 1], months.actuals(row)[last - 1]
        if best is None or value is None or not best or abs(value - best) / abs(best) <= least:
            continue
        yield Hit(
            evidence=tuple(row.cell("actual", number) for number in range(last, peak - 1, -1)),
            values={
                "channel": channel_name(context, row.channel),
                "metric": context.metric_name(row.metric),
                "best": figure(best, meaning.unit, context),
                "value": figure(value, meaning.unit, context),
                "since": end_of_month(months.report, peak) or peak,
                "until": end_of_month(months.report, last) or last,
            },
        )


def turning_month(values: Sequence[Decimal | None], direction: Direction, steps: int) -> int | None:
    """The best month before a turn, numbered from 1; None where the trend has not turned.

    The months up to the last one got worse at least `steps` times in a row, and before that better at least
    `steps` times in a row. An unknown month breaks a row.
    """
    sign = -1 if direction is Direction.DOWN else 1
    worse = _steps_back(values, len(values), -sign)
    peak = len(values) - worse
    if worse < steps or _steps_back(values, peak, sign) < steps:
        return None
    return peak


def _steps_back(values: Sequence[Decimal | None], end: int, sign: int) -> int:
    """How many changes up to month `end` (from 1) in a row go the way of the sign."""
    count = 0
    while end - count >= 2:
        value, before = values[end - count - 1], values[end - count - 2]
        if value is None or before is None or (value - before) * sign <= 0:
            break
        count += 1
    return count


def rows_with_figures(months: KpiMonths) -> Iterator[KpiRow]:
    """The rows that somebody uses."""
    return (row for row in months.report.kpis if row.metric is not None and has_figures(row))
