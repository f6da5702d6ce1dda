"""The KPI report in the report: what is measured, how it stands, what works, and whether people are answered."""

from __future__ import annotations

from decimal import Decimal

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Wording
from smsheets.analysis.kpi_standards import channel_name, figure, rounded
from smsheets.analysis.rules.kpi_report.posts import GROUP_NAMES
from smsheets.analysis.variance.kpi_report import InboxVariance, KpiReportVariance, KpiVariance, has_figures
from smsheets.plan.kpi_definitions import Family
from smsheets.plan.kpi_months import Standing
from smsheets.plan.kpi_report import KpiReport, KpiRow
from smsheets.plan.post_rates import PostGroup
from smsheets.plan.result_cost import ResultCost
from smsheets.report.document import Line, Section, TableView
from smsheets.report.sections.cells import money_cell, share_cell

STANDING_WORDS = {
    Standing.ON_TRACK: "on track",
    Standing.WATCH: "watch",
    Standing.BEHIND: "behind",
    Standing.NO_TARGET: "no target",
    Standing.NO_DATA: "no data",
}
BUSINESS = frozenset({Family.BUSINESS, Family.COST})

Cell = Wording | Line | None


def plan_section(plan: KpiReport, context: Context) -> Section:
    """What is measured: the metrics in use by channel, and how the reviews go."""
    used = [row for row in plan.kpis if row.metric is not None and has_figures(row)]
    if not used:
        return Section(title="KPI report", parts=(Line("No targets or actual figures are filled in yet."),))
    channels = list(dict.fromkeys(row.channel for row in used))
    parts: list[Line | TableView] = [
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
    parts: list[Line | TableView] = [
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
    parts += [_month_table(channel, current, context) for channel in channels]
    parts += [_stopped_line(item, context) for item in known if item.month != last]
    parts += _year_tables(known, context)
    parts += _post_tables(variance, context)
    parts += _inbox_lines(variance.inbox)
    parts += _cost_table(variance.costs or (), context)
    return Section(title="KPI report", parts=tuple(parts))


def _channel_row(channel: str | None, used: list[KpiRow], context: Context) -> tuple[Cell, ...]:
    rows = [row for row in used if row.channel == channel]
    definitions = [context.kpi_definitions.get(row.metric or "") for row in rows]
    return (
        Line(channel_name(context, channel)),
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
        title=channel_name(context, channel),
        headers=("Metric", "Actual", "Change", "%", "Target", "Of target", "Status"),
        rows=tuple(
            (
                Line(context.metric_name(item.row.metric)),
                _figure(item.value, item, context),
                _figure(item.change, item, context),
                share_cell(item.change_share),
                _figure(item.target, item, context),
                share_cell(item.share_of_target),
                Line(STANDING_WORDS[item.standing]),
            )
            for item in items
            if item.row.channel == channel
        ),
    )


def _stopped_line(item: KpiVariance, context: Context) -> Line:
    return Line(
        "{channel}: {metric} has no figure after {month}.",
        {
            "channel": channel_name(context, item.row.channel),
            "metric": context.metric_name(item.row.metric),
            "month": _month(item),
        },
    )


def _year_tables(items: list[KpiVariance], context: Context) -> list[Line | TableView]:
    rows = tuple(
        (
            Line(channel_name(context, item.row.channel)),
            Line(context.metric_name(item.row.metric)),
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


def _post_tables(variance: KpiReportVariance, context: Context) -> list[Line | TableView]:
    posts = variance.posts
    if not any((posts.by_format, posts.by_pillar, posts.by_weekday, posts.by_hour)):
        return []
    return [
        Line(
            "Posts compared: {posts}. Times usual = the median of each post against the median of its channel.",
            {"posts": posts.posts},
        ),
        *_group_table("By format", "Format", posts.by_format, "format", context),
        *_group_table("By pillar", "Pillar", posts.by_pillar, "pillar", context),
        *_group_table("By weekday", "Weekday", posts.by_weekday, "date", context),
        *_group_table("By time of day", "Time", posts.by_hour, "time", context),
    ]


def _group_table(
    title: str, header: str, groups: tuple[PostGroup, ...], column: str, context: Context
) -> list[TableView]:
    if not groups:
        return []
    rows = tuple(
        (
            Line(GROUP_NAMES[column](context, group.key)),
            len(group.posts),
            rounded(group.factor, 2),
            share_cell(group.rate),
            group.clicks,
            group.orders,
        )
        for group in groups
    )
    return [TableView(title=title, headers=(header, "Posts", "Times usual", "By reach", "Clicks", "Orders"), rows=rows)]


def _inbox_lines(inbox: InboxVariance) -> list[Line]:
    if not inbox.messages:
        return []
    lines = [
        Line(
            "Messages: {messages}, needing an answer: {needing}, answered: {answered}. Waiting too long: {waiting}."
            " Complaints nobody deals with: {not_routed}.",
            {
                "messages": inbox.messages,
                "needing": inbox.needing,
                "answered": inbox.answered,
                "waiting": inbox.waiting,
                "not_routed": inbox.not_routed,
            },
        )
    ]
    if inbox.median_hours is not None:
        values: dict[str, Wording] = {
            "median": rounded(inbox.median_hours, 1),
            "promise": rounded(inbox.promise_hours),
            "late": inbox.late,
        }
        lines.append(
            Line("First answer: median {median} hours, promised {promise}; later than promised: {late}.", values)
        )
    return lines


def _cost_table(costs: tuple[ResultCost, ...], context: Context) -> list[TableView]:
    if not costs:
        return []
    rows = tuple(
        (
            Line(channel_name(context, item.channel)),
            Line(context.metric_name(item.row.metric)),
            item.months,
            money_cell(item.spent, context.currency),
            rounded(item.results),
            money_cell(item.cost, context.currency),
            money_cell(item.revenue, context.currency),
        )
        for item in costs
    )
    headers = ("Channel", "Result", "Months", "Ad money", "Results", "Each", "Sales")
    return [TableView(title="Cost per result", headers=headers, rows=rows)]


def _month(item: KpiVariance) -> Wording:
    """`2027-06`; the month's number where the start of the period is unknown."""
    return f"{item.first_day:%Y-%m}" if item.first_day is not None else item.month or 0


def _figure(value: Decimal | None, item: KpiVariance, context: Context) -> Cell:
    return None if value is None else figure(value, item.meaning.unit, context)
