"""The KPI report in the report: what is measured, where it is, what works, and whether people are answered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import msgspec

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Wording
from smsheets.analysis.kpi_standards import months_of
from smsheets.analysis.variance.kpi_report import KpiReportVariance, KpiVariance, has_figures
from smsheets.money import Money, Share
from smsheets.periods import add_months
from smsheets.plan.kpi_months import Standing
from smsheets.plan.kpi_report import KpiReport, KpiRow
from smsheets.plan.reference import Family, Unit
from smsheets.report.document import (
    Cell,
    ChartKind,
    ChartView,
    Line,
    Month,
    Part,
    Role,
    Section,
    Shown,
    Status,
    TableView,
    Tone,
    Verbatim,
    number_of,
)
from smsheets.report.sections.cells import channel_cell, figure_cell, make_chart, metric_cell, month_cell, share_cell
from smsheets.report.sections.inbox import inbox_parts
from smsheets.report.sections.results import cost_parts, post_parts

_MOST_TRENDS = 8  # small charts of a channel: four lines of two
_MONTHS_IN_TABLE = 6
"""Months in a table that stays readable at 80 characters; a longer year takes two."""

_UNITS = {Unit.MONEY: "money", Unit.SHARE: "share", Unit.HOURS: "hours", Unit.COUNT: "count"}
_URGENCY = (Standing.BEHIND, Standing.WATCH, Standing.ON_TRACK, Standing.NO_TARGET, Standing.NO_DATA)


class _Trend(msgspec.Struct, frozen=True, kw_only=True):
    """A metric with its values as they are shown, one for each month that has begun."""

    item: KpiVariance
    actuals: tuple[Cell, ...]
    targets: tuple[Cell, ...]


def _trend_parts(channel: str | None, items: Sequence[KpiVariance], context: Context) -> list[Part]:
    """Small charts of a channel's metrics, and the tables of their months; nothing before the second month."""
    trends = [trend for trend in _trends(items, context) if sum(value is not None for value in trend.actuals) > 1]
    if not trends:
        return []
    order = sorted(range(len(trends)), key=lambda place: (_URGENCY.index(trends[place].item.standing), place))
    drawn = sorted(order[:_MOST_TRENDS])
    name = channel_cell(channel, context)
    months = _month_names(max(_last_known(trend) for trend in trends), context)
    parts: list[Part] = [chart for place in drawn for chart in _trend_chart(name, trends[place], months, context)]
    if len(drawn) < len(trends):
        values: dict[str, Shown] = {"channel": name, "drawn": len(drawn), "all": len(trends)}
        parts.append(Line("{channel}: {drawn} of {all} metrics are shown, those furthest from their targets.", values))
    return [*parts, *_trend_tables(name, trends, months, context)]


def _trends(items: Sequence[KpiVariance], context: Context) -> Iterator[_Trend]:
    months = months_of(context)
    for item in items if months is not None else ():
        assert months is not None
        yield _Trend(
            item=item,
            actuals=_figures(months.actuals(item.row), item, context),
            targets=_figures(months.targets(item.row), item, context),
        )


def _figures(values: Sequence[Decimal | None], item: KpiVariance, context: Context) -> tuple[Cell, ...]:
    return tuple(figure_cell(value, item.meaning.unit, context) for value in values)


def _month_names(count: int, context: Context) -> tuple[Month | int, ...]:
    report = context.plans.kpi_report
    start = report.start.period_start if report is not None else None
    first = start.replace(day=1) if start is not None else None
    return tuple(
        month_cell(add_months(first, number) if first is not None else None, number + 1) for number in range(count)
    )


def _trend_chart(
    channel: Line | Verbatim, trend: _Trend, months: Sequence[Month | int], context: Context
) -> tuple[ChartView, ...]:
    unit = _UNITS[trend.item.meaning.unit]
    charts = make_chart(
        Line("{channel}: {metric}", {"channel": channel, "metric": _metric(trend, context)}),
        _trend_says(trend, months),
        tuple(months),
        (Line("Actual"), Role.ACTUAL, _numbers(trend.actuals, len(months))),
        (Line("Target"), Role.TARGET, _numbers(trend.targets, len(months))),
        kind=ChartKind.LINE,
        unit=unit,
        currency=context.currency if unit == "money" else "",
        small=True,
    )
    item = trend.item
    change = figure_cell(item.change, item.meaning.unit, context)
    status = _STATUSES[item.standing] if item.target is not None else None
    return tuple(msgspec.structs.replace(chart, change=change, status=status) for chart in charts)


def _trend_says(trend: _Trend, months: Sequence[Month | int]) -> Line:
    known = [place for place, value in enumerate(trend.actuals) if value is not None]
    first, last = known[0], known[-1]
    values = {
        "first": _shown(trend.actuals[first]),
        "from": months[first],
        "last": _shown(trend.actuals[last]),
        "to": months[last],
        "target": _shown(trend.targets[last]),
    }
    if trend.targets[last] is None:
        return Line("From {first} in {from} to {last} in {to}.", values)
    return Line("From {first} in {from} to {last} in {to}; the target then was {target}.", values)


def _trend_tables(
    channel: Line | Verbatim, trends: Sequence[_Trend], months: Sequence[Month | int], context: Context
) -> Iterator[TableView]:
    for first in range(0, len(months), _MONTHS_IN_TABLE):
        part = slice(first, first + _MONTHS_IN_TABLE)
        rows: list[tuple[Cell, ...]] = []
        for trend in trends:
            name = _metric(trend, context)
            width = len(months[part])
            for label, values in ((name, trend.actuals), (Line("{metric}, target", {"metric": name}), trend.targets)):
                shown = (*values[part], *[None] * width)[:width]
                if any(value is not None for value in shown):
                    rows.append((label, *shown))
        if rows:
            headers = (month if isinstance(month, Month) else str(month) for month in months[part])
            title = Line("{channel}: month by month", {"channel": channel})
            yield TableView(title=title, headers=("Metric", *headers), rows=tuple(rows))


def _metric(trend: _Trend, context: Context) -> Line | Verbatim:
    return metric_cell(trend.item.row.metric, context)


def _last_known(trend: _Trend) -> int:
    """The number of the last month with an actual, from 1."""
    return max(number for number, value in enumerate(trend.actuals, 1) if value is not None)


def _numbers(cells: Sequence[Cell], count: int) -> tuple[Decimal | None, ...]:
    """The bare numbers of the first `count` months."""
    return tuple(map(number_of, (*cells[:count], *[None] * (count - len(cells)))))


def _shown(cell: Cell) -> Decimal | Money | Share | str:
    return cell if isinstance(cell, Decimal | Money | Share) else ""


_STATUSES = {
    Standing.ON_TRACK: Status("on track", Tone.GOOD),
    Standing.WATCH: Status("watch", Tone.WATCH),
    Standing.BEHIND: Status("behind", Tone.BAD),
    Standing.NO_TARGET: Status("no target", Tone.NEUTRAL),
    Standing.NO_DATA: Status("no data", Tone.NEUTRAL),
}
_BUSINESS = frozenset({Family.BUSINESS, Family.COST})


def plan_section(plan: KpiReport, context: Context) -> Section:
    """The metrics in use by channel, and how the reviews go."""
    used = [row for row in plan.kpis if row.metric is not None and has_figures(row)]
    if not used:
        return Section(title="KPI report", parts=(Line("No targets or actual figures are filled in yet."),))
    channels = list(dict.fromkeys(row.channel for row in used))
    parts: list[Part] = [
        Line(
            "Metrics in use: {metrics}, with a target: {targets}. Posts with results: {posts}.",
            {
                "metrics": len(used),
                "targets": sum(any(value is not None for value in row.target) for row in used),
                "posts": sum(post.date is not None for post in plan.post_results),
            },
        ),
        TableView(
            title="Metrics by channel",
            headers=("Channel", "Metrics", "With target", "Business metrics", "For goals"),
            rows=tuple(_channel_row(channel, used, context) for channel in channels),
        ),
        *_review_lines(plan, context),
    ]
    return Section(title="KPI report", parts=tuple(parts))


def variance_section(variance: KpiReportVariance, context: Context) -> Section:
    """The metrics against the month before and their targets, then posts, inbox and cost."""
    known = [item for item in variance.kpis if item.month is not None]
    if not known:
        return Section(title="KPI report", parts=(Line("No actual figures are filled in yet."),))
    last = max(item.month or 0 for item in known)
    current = [item for item in known if item.month == last]
    parts: list[Part] = [
        Line(
            "Last month with figures: {month}. On track: {on_track}, watch: {watch}, behind: {behind},"
            " no target: {no_target}.",
            {"month": _month(current[0]), **_counts(current)},
        ),
        Line(
            "Change = against the month before, of rates in percentage points; % = the same as a share of that month."
        ),
        Line("Of target = actual / target; below 100% is good where less is better."),
    ]
    channels = list(dict.fromkeys(item.row.channel for item in current))
    for channel in channels:
        parts.append(_month_table(channel, current, context))
        parts += _trend_parts(channel, [item for item in current if item.row.channel == channel], context)
    parts += [_stopped_line(item, context) for item in known if item.month != last]
    parts += _year_tables(known, context)
    parts += post_parts(variance.posts, context)
    parts += cost_parts(variance.costs or (), context)
    parts += inbox_parts(variance.inbox, context)
    return Section(title="KPI report", parts=tuple(parts))


def _channel_row(channel: str | None, used: list[KpiRow], context: Context) -> tuple[Cell, ...]:
    rows = [row for row in used if row.channel == channel]
    definitions = [context.kpi_definitions.get(row.metric or "") for row in rows]
    return (
        channel_cell(channel, context),
        len(rows),
        sum(any(value is not None for value in row.target) for row in rows),
        sum(definition is not None and definition.family in _BUSINESS for definition in definitions),
        ", ".join(dict.fromkeys(row.goal_id for row in rows if row.goal_id)),
    )


def _review_lines(plan: KpiReport, context: Context) -> list[Line]:
    reviewed = sum(any((row.what_came, row.what_next, row.is_working, row.what_better)) for row in plan.review)
    decided = [item for item in plan.decisions if item.decision is not None]
    open_ = [item for item in decided if item.done is not True]
    if not reviewed and not decided:
        return []
    if "decisions" in plan.left_out:
        return [Line("Months reviewed: {reviewed}.", {"reviewed": reviewed})]
    return [
        Line(
            "Months reviewed: {reviewed}. Decisions: {decisions}, still open: {open}, overdue: {overdue}.",
            {
                "reviewed": reviewed,
                "decisions": len(decided),
                "open": len(open_),
                "overdue": sum(item.due is not None and item.due < context.as_of for item in open_),
            },
        )
    ]


def _counts(items: list[KpiVariance]) -> dict[str, Wording]:
    return {standing.value: sum(item.standing is standing for item in items) for standing in Standing}


def _month_table(channel: str | None, items: list[KpiVariance], context: Context) -> TableView:
    return TableView(
        title=channel_cell(channel, context),
        headers=("Metric", "Actual", "Change", "%", "Target", "Of target", "Status"),
        rows=tuple(
            (
                metric_cell(item.row.metric, context),
                figure_cell(item.value, item.meaning.unit, context),
                figure_cell(item.change, item.meaning.unit, context),
                share_cell(item.change_share),
                figure_cell(item.target, item.meaning.unit, context),
                share_cell(item.share_of_target),
                _STATUSES[item.standing],
            )
            for item in items
            if item.row.channel == channel
        ),
    )


def _stopped_line(item: KpiVariance, context: Context) -> Line:
    return Line(
        "{channel}: {metric} has no figure after {month}.",
        {
            "channel": channel_cell(item.row.channel, context),
            "metric": metric_cell(item.row.metric, context),
            "month": _month(item),
        },
    )


def _year_tables(items: list[KpiVariance], context: Context) -> list[Part]:
    rows = tuple(
        (
            channel_cell(item.row.channel, context),
            metric_cell(item.row.metric, context),
            figure_cell(item.to_date.actual, item.meaning.unit, context),
            figure_cell(item.to_date.target, item.meaning.unit, context),
            figure_cell(item.difference_to_date, item.meaning.unit, context),
            share_cell(item.share_to_date),
        )
        for item in items
        if item.to_date.actual is not None
    )
    if not rows:
        return []
    headers = ("Channel", "Metric", "Actual", "Target", "Difference", "Of target")
    return [
        TableView(title="To date", headers=headers, rows=rows),
        Line("'To date' leaves out reach, usual hours and some rates: they cannot be added up over months."),
    ]


def _month(item: KpiVariance) -> Month | int:
    return month_cell(item.first_day, item.month or 0)
