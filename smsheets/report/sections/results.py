"""Posts and their results: posts by format, subject, weekday and time of day; cost per result by channel."""

from __future__ import annotations

from smsheets.analysis.context import Context
from smsheets.analysis.kpi_standards import rounded
from smsheets.analysis.rules.kpi_report.posts import group_name
from smsheets.analysis.variance.kpi_report import PostsVariance
from smsheets.money import Money
from smsheets.plan.post_rates import Measure, PostGroup
from smsheets.plan.results import ResultCost
from smsheets.report.document import ChartView, Line, Part, Role, TableView, Verbatim
from smsheets.report.sections.cells import (
    MOST_BARS,
    channel_cell,
    keep_largest,
    list_cell,
    make_chart,
    metric_cell,
    money_cell,
    share_cell,
)

_LISTS = {"format": "formats", "pillar": "pillars"}


def post_parts(posts: PostsVariance, context: Context) -> list[Part]:
    """A chart and a table for each way to group the posts; nothing where no group is large enough."""
    if not any((posts.by_format, posts.by_pillar, posts.by_weekday, posts.by_hour)):
        return []
    return [
        Line(
            "{posts} posts compared, each with what is usual on its channel: 1 is as usual, 2 is twice the engagement."
            " Of several posts the middle one counts.",
            {"posts": posts.posts},
        ),
        *_measures(posts, context),
        *_chart(Line("What works, by format"), posts.by_format, "format", context),
        *_table("By format", "Format", posts.by_format, "format", context),
        *_chart(Line("What works, by pillar"), posts.by_pillar, "pillar", context),
        *_table("By pillar", "Pillar", posts.by_pillar, "pillar", context),
        *_chart(Line("What works, by weekday"), posts.by_weekday, "date", context),
        *_table("By weekday", "Weekday", posts.by_weekday, "date", context),
        *_chart(Line("What works, by time of day"), posts.by_hour, "time", context),
        *_table("By time of day", "Time", posts.by_hour, "time", context),
    ]


def _measures(posts: PostsVariance, context: Context) -> list[Line]:
    """The figure that is compared, with the channels where it is the one."""
    return [
        Line(
            "Compared on {channels}: {measure}.",
            {
                "measure": context.metric_name(measure.value),
                "channels": tuple(
                    context.channel_name(item.channel) for item in posts.measures if item.measure is measure
                ),
            },
        )
        for measure in Measure
        if any(item.measure is measure for item in posts.measures)
    ]


def _chart(title: Line, groups: tuple[PostGroup, ...], column: str, context: Context) -> tuple[ChartView, ...]:
    """The groups with how many posts each has; nothing where there is one group alone, or all do equally well."""
    if len({rounded(group.factor, 2) for group in groups}) < 2:
        return ()
    best, worst = groups[0], groups[-1]
    shown = groups[:MOST_BARS]
    return make_chart(
        title,
        Line(
            "Best: {best}, {most} times the usual engagement. Weakest: {worst}, {least} times.",
            {
                "best": _name(best, column, context),
                "most": rounded(best.factor, 2),
                "worst": _name(worst, column, context),
                "least": rounded(worst.factor, 2),
            },
        ),
        [
            Line("{name} ({posts})", {"name": _name(group, column, context), "posts": len(group.posts)})
            for group in shown
        ],
        (Line("Engagement, times usual"), Role.ACTUAL, [rounded(group.factor, 2) for group in shown]),
        of=len(groups),
    )


def _table(
    title: str, header: str, groups: tuple[PostGroup, ...], column: str, context: Context
) -> tuple[TableView, ...]:
    if not groups:
        return ()
    rows = tuple(
        (
            _name(group, column, context),
            len(group.posts),
            rounded(group.factor, 2),
            share_cell(group.rate),
            group.clicks,
            group.orders,
        )
        for group in groups
    )
    headers = (header, "Posts", "Engagement, times usual", "Rate by reach", "Clicks", "Orders")
    return (TableView(title=title, headers=headers, rows=rows),)


def _name(group: PostGroup, column: str, context: Context) -> Line | Verbatim:
    if column in _LISTS:
        return list_cell(_LISTS[column], str(group.key), context)
    return Line("{name}", {"name": group_name(column, group.key, context)})


def cost_parts(costs: tuple[ResultCost, ...], context: Context) -> list[Part]:
    """A chart and a table; nothing where no channel has both ad money and results."""
    return [*_cost_chart(costs, context), _cost_table(costs, context)] if costs else []


def _cost_chart(costs: tuple[ResultCost, ...], context: Context) -> tuple[ChartView, ...]:
    """One channel alone can be compared with nothing."""
    known = [(item.cost, item) for item in costs if item.cost is not None]
    if len(known) < 2:
        return ()
    shown = keep_largest(known, lambda pair: pair[0])
    cheapest, dearest = min(known, key=lambda pair: pair[0]), max(known, key=lambda pair: pair[0])
    return make_chart(
        Line("Cost per result"),
        Line(
            "Cheapest: {cheapest}, {least} each. Most expensive: {dearest}, {most} each.",
            {
                "cheapest": _channel_name(cheapest[1], context),
                "least": Money(cheapest[0], context.currency),
                "dearest": _channel_name(dearest[1], context),
                "most": Money(dearest[0], context.currency),
            },
        ),
        [_channel_name(item, context) for _, item in shown],
        (Line("Each"), Role.ACTUAL, [cost for cost, _ in shown]),
        unit="money",
        currency=context.currency,
        of=len(known),
    )


def _cost_table(costs: tuple[ResultCost, ...], context: Context) -> TableView:
    rows = tuple(
        (
            channel_cell(item.channel, context),
            metric_cell(item.row.metric, context),
            item.months,
            money_cell(item.spent, context.currency),
            rounded(item.results),
            money_cell(item.cost, context.currency),
            money_cell(item.revenue, context.currency),
        )
        for item in costs
    )
    headers = ("Channel", "Result", "Months", "Ad money", "Results", "Each", "Sales")
    return TableView(title="Cost per result", headers=headers, rows=rows)


def _channel_name(item: ResultCost, context: Context) -> Line:
    channel, metric = channel_cell(item.channel, context), metric_cell(item.row.metric, context)
    return Line("{channel}: {metric}", {"channel": channel, "metric": metric})
