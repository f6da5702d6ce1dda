"""The KPI report in the report: what is measured, how it stands, what works, and whether people are answered."""

from __future__ import annotations

from decimal import Decimal

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Wording
from smsheets.analysis.kpi_standards import figure
from smsheets.analysis.variance.kpi_report import KpiReportVariance, KpiVariance, has_figures
from smsheets.plan.kpi_definitions import Family
from smsheets.plan.kpi_months import Standing
from smsheets.plan.kpi_report import KpiReport, KpiRow
from smsheets.report.document import Cell, Line, Month, Part, Section, Status, TableView, Tone
from smsheets.report.sections.cells import channel_cell, metric_cell, month_cell, share_cell
from smsheets.report.sections.inbox import inbox_parts
from smsheets.report.sections.kpi_trends import trend_parts
from smsheets.report.sections.post_groups import post_parts
from smsheets.report.sections.result_costs import cost_parts

STATUSES = {
    Standing.ON_TRACK: Status("on track", Tone.GOOD),
    Standing.WATCH: Status("watch", Tone.WATCH),
    Standing.BEHIND: Status("behind", Tone.BAD),
    Standing.NO_TARGET: Status("no target", Tone.NEUTRAL),
    Standing.NO_DATA: Status("no data", Tone.NEUTRAL),
}
BUSINESS = frozenset({Family.BUSINESS, Family.COST})


def plan_section(plan: KpiReport, context: Context) -> Section:
    """What is measured: the metrics in use by channel, and how the reviews go."""
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
            headers=("Channel", "Metrics", "With target", "Business metrics", "For goals"),
            rows=tuple(_channel_row(channel, used, context) for channel in channels),
        ),
        *_review_lines(plan, context),
    ]
    return Section(title="KPI report", parts=tuple(parts))


def variance_section(variance: KpiReportVariance, context: Context) -> Section:
    """How the metrics stand against the month before and their targets, then posts, inbox and cost."""
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
        Line("Of target = actual / target; below 100 % is good where less is better."),
    ]
    channels = list(dict.fromkeys(item.row.channel for item in current))
    for channel in channels:
        parts.append(_month_table(channel, current, context))
        parts += trend_parts(channel, [item for item in current if item.row.channel == channel], context)
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
        sum(definition is not None and definition.family in BUSINESS for definition in definitions),
        ", ".join(dict.fromkeys(row.goal_id for row in rows if row.goal_id)),
    )


def _review_lines(plan: KpiReport, context: Context) -> list[Line]:
    reviewed = sum(any((row.what_came, row.what_next, row.is_working, row.what_better)) for row in plan.review)
    decided = [item for item in plan.decisions if item.decision is not None]
    open_ = [item for item in decided if item.done is not True]
    if not reviewed and not decided:
        return []
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
                _figure(item.value, item, context),
                _figure(item.change, item, context),
                share_cell(item.change_share),
                _figure(item.target, item, context),
                share_cell(item.share_of_target),
                STATUSES[item.standing],
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
            _figure(item.to_date.actual, item, context),
            _figure(item.to_date.target, item, context),
            _figure(item.difference_to_date, item, context),
            share_cell(item.share_to_date),
        )
        for item in items
        if item.to_date.actual is not None
    )
    if not rows:
        return []
    headers = ("Channel", "Metric", "Actual", "Target", "Difference", "Of target")
    return [
        TableView(title="Year to date", headers=headers, rows=rows),
        Line("Reach, medians and rates without both their parts do not add up over months and are left out."),
    ]


def _month(item: KpiVariance) -> Month | int:
    return month_cell(item.first_day, item.month or 0)


def _figure(value: Decimal | None, item: KpiVariance, context: Context) -> Cell:
    return None if value is None else figure(value, item.meaning.unit, context)
