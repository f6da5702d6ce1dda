"""Rules about metrics and their targets: behind, without a target, not filled in."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Lack, Level, Wording, rule
from smsheets.analysis.kpi_standards import channel_name, end_of_month, figure, limits_of, months_of
from smsheets.analysis.rules.kpi_report.evidence import (
    about_channel,
    about_row,
    best_format,
    cut,
    family_of,
    joined,
    metric_words,
    month_at,
    results_root,
    rows_with_figures,
)
from smsheets.analysis.variance.kpi_report import KpiVariance, kpi_variance
from smsheets.plan.kpi_definitions import Direction, Family
from smsheets.plan.kpi_months import KpiMonths, Standing
from smsheets.plan.kpi_report import KpiRow
from smsheets.plan.result_value import missing_money


@rule(
    "kpi-report.behind_target",
    level=Level.WARNING,
    needs=("kpi-report",),
    says="{channel} is behind in: {metrics}. Furthest: {worst} with {value} instead of {target} by {until}.",
    todo="Find out what changed and do one thing about it this month, or set a target that can be reached.",
    source="Short of the target by more than the limit on the Dashboard; 15 % is this program's default",
    thresholds=(
        "kpi-report.behind_share",
        "kpi-report.far_behind_share",
        "kpi-report.fill_days",
        "kpi-report.group_posts",
        "kpi-report.works_factor",
    ),
    lacks="Fill in the actual figures of {month} ({channels}: {metrics}) to learn whether the targets are met.",
    weight=3,
)
def check_targets_are_met(context: Context) -> Iterator[Hit | Lack]:
    """Channels with metrics whose last month with an actual is behind its target, the furthest first.

    At stake is the money that this month lacks: missing revenue, else missing orders x the money of an average order.
    """
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
        hit = _behind_hit(channel, items, months, context)
        if hit is not None:
            yield hit
    yield from _figures_missing(months, context)


def _behind_hit(channel: str | None, items: list[KpiVariance], months: KpiMonths, context: Context) -> Hit | None:
    worst = items[0]
    if worst.month is None or worst.value is None or worst.target is None:
        return None
    coming = _next_target(worst, months, context)
    better = best_format(months.report, channel, context, worst.row.metric) if channel is not None else {}
    what = "clicks" if "clicks" in better else "works" if better else ""
    return Hit(
        about=about_channel(channel),
        root=results_root(channel),
        evidence=tuple(item.row.cell(column, item.month) for item in items for column in ("actual", "target")),
        values={
            "channel": channel_name(context, channel),
            "metrics": tuple(context.metric_name(item.row.metric) for item in items),
            "worst": context.metric_name(worst.row.metric),
            "value": figure(worst.value, worst.meaning.unit, context),
            "target": figure(worst.target, worst.meaning.unit, context),
            "until": end_of_month(months.report, worst.month) or worst.month,
            **coming,
            **better,
        },
        level=_behind_level(items, context),
        effect=missing_money(((item.row, _missing(item)) for item in items), months),
        todo=_BEHIND_TODOS[bool(coming), what],
    )


NEXT_TARGET = (
    "The target for {next_month} is {next}, {gap} away from it. Find out what changed and do one thing about it, or set"
    " a target that can be reached."
)
NEXT_TARGET_WORKS = (
    "The target for {next_month} is {next}, {gap} away from it. On {channel} the format '{format}' gets {factor} times"
    " the usual: plan more of it - or set a target that can be reached."
)
NEXT_TARGET_CLICKS = (
    "The target for {next_month} is {next}, {gap} away from it. On {channel} the format '{format}' gets most clicks,"
    " {clicks} a post: plan more of it - or set a target that can be reached."
)
MORE_OF_WORKS = (
    "On {channel} the format '{format}' gets {factor} times the usual: plan more of it - or set a target that can be"
    " reached."
)
MORE_OF_CLICKS = (
    "On {channel} the format '{format}' gets most clicks, {clicks} a post: plan more of it - or set a target that can"
    " be reached."
)
_BEHIND_TODOS = {
    (True, ""): NEXT_TARGET,
    (True, "works"): NEXT_TARGET_WORKS,
    (True, "clicks"): NEXT_TARGET_CLICKS,
    (False, ""): "",
    (False, "works"): MORE_OF_WORKS,
    (False, "clicks"): MORE_OF_CLICKS,
}


def _next_target(item: KpiVariance, months: KpiMonths, context: Context) -> dict[str, Wording]:
    """The target of the running month, or of the month after the last figure where that is later."""
    number = max((item.month or 0) + 1, months.begun or 0)
    wanted = item.row.target[number - 1] if number <= len(item.row.target) else None
    if wanted is None or item.value is None:
        return {}
    return {
        "next_month": month_at(months, number),
        "next": figure(wanted, item.meaning.unit, context),
        "gap": figure(abs(wanted - item.value), item.meaning.unit, context),
    }


def _behind_level(items: list[KpiVariance], context: Context) -> Level | None:
    """Graver where a business metric is far behind; a note where nothing but applause that serves no goal is."""
    far = context.thresholds["kpi-report.far_behind_share"]
    if any(family_of(item.row.metric, context) is Family.BUSINESS and (item.short or 0) > far for item in items):
        return Level.ERROR
    applause = [context.kpi_definitions.get(item.row.metric or "") for item in items if item.row.goal_id is None]
    all_vain = len(applause) == len(items) and all(meaning is not None and meaning.vanity for meaning in applause)
    return Level.NOTE if all_vain else None


def _missing(item: KpiVariance) -> Decimal:
    return abs((item.target or Decimal(0)) - (item.value or Decimal(0)))


def _figures_missing(months: KpiMonths, context: Context) -> Iterator[Lack]:
    """Rows in use without a figure for the last month that is over."""
    if months.begun is None or context.as_of.day <= context.thresholds["kpi-report.fill_days"]:
        return
    period = max((len(row.actual) for row in months.report.kpis), default=0)
    last = min(months.begun - 1, months.report.start.months or period)
    blank = [row for row in rows_with_figures(months) if last >= 1 and _is_blank(row, last)]
    if blank:
        yield Lack(
            evidence=tuple(row.cell("actual", last) for row in blank),
            values={
                "month": month_at(months, last),
                "channels": tuple(dict.fromkeys(channel_name(context, row.channel) for row in blank)),
                "metrics": metric_words(blank, context),
            },
        )


def _is_blank(row: KpiRow, month: int) -> bool:
    """No figure in a month, of a row that had one before or a target for that month."""
    before = row.actual[:month]
    if len(row.actual) >= month and row.actual[month - 1] is not None:
        return False
    wanted = row.target[month - 1] if month <= len(row.target) else None
    return wanted is not None or any(value is not None for value in before)


@rule(
    "kpi-report.no_target",
    level=Level.NOTE,
    needs=("kpi-report",),
    says="Nobody has said how much is wanted of what the business lives from: {metrics} ({channels}).",
    todo="Write a target into each month to come. For {metric} on {channel} begin with {best}, the best month so far.",
    source="A figure without a target cannot be behind or ahead",
    weight=2,
)
def check_business_has_targets(context: Context) -> Iterator[Hit]:
    """Business metrics with actual figures, but without a target in the last of these months or any later one."""
    months = months_of(context)
    if months is None:
        return
    aimless = [
        row
        for row in rows_with_figures(months)
        if family_of(row.metric, context) is Family.BUSINESS and _has_no_target(row, months)
    ]
    if not aimless:
        return
    first = aimless[0]
    meaning = months.meaning(first)
    known = [value for value in months.actuals(first) if value is not None]
    best = min(known) if meaning.direction is Direction.DOWN else max(known)
    number = months.begun or months.last_month(first) or 1
    yield Hit(
        about=joined(about_row(row) for row in aimless),
        evidence=cut([row.cell("target", min(number, len(row.actual) or number)) for row in aimless]),
        values={
            "metrics": metric_words(aimless, context),
            "channels": tuple(dict.fromkeys(channel_name(context, row.channel) for row in aimless)),
            "metric": context.metric_name(first.metric),
            "channel": channel_name(context, first.channel),
            "best": figure(best, meaning.unit, context),
        },
    )


def _has_no_target(row: KpiRow, months: KpiMonths) -> bool:
    last = months.last_month(row)
    return last is not None and all(value is None for value in row.target[last - 1 :])
