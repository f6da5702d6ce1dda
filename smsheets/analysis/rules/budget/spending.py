"""Findings about spending in other workbooks: without a budget line, or without a result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Level, rule
from smsheets.analysis.rules.budget.evidence import about_line, last_actuals, lines_of, money, named, root_of
from smsheets.analysis.variance.budget import LineVariance
from smsheets.plan.budget import ADVERTISING, Budget
from smsheets.plan.calendar import Post
from smsheets.plan.carry import ZERO
from smsheets.plan.kpi_definitions import Family
from smsheets.plan.kpi_report import KpiReport, KpiRow, PostResult

LINELESS_ROOT = "posts without a budget line"
LINE_SOURCE = "Every amount spent belongs to a line that was planned"
LINES_BY_CHANNEL = "Type the id of a budget line beside each of them. By their channels that is {places}."


@rule(
    "budget.spend_without_line",
    level=Level.WARNING,
    needs=("budget", "kpi-report"),
    says="{count} posts have cost {spend}, and no budget line says where that comes from: {posts}.",
    todo="Type the id of a budget line beside the spend of each post.",
    source=LINE_SOURCE,
)
def check_post_spend_has_line(context: Context) -> Iterator[Hit]:
    """What posts have cost stands on a line of the budget. At stake is what they cost."""
    budget, report = context.plans.budget, context.plans.kpi_report
    if budget is None or report is None:
        return
    known = _line_ids(budget)
    loose = [post for post in report.post_results if (post.spend or ZERO) > 0 and post.line_id not in known]
    if loose:
        spend = sum((post.spend or ZERO for post in loose), ZERO)
        places = _lines_by_channel(loose, budget)
        yield Hit(
            about="+".join(post.post_id for post in loose if post.post_id),
            root=LINELESS_ROOT,
            evidence=tuple(post.cell("line_id") for post in loose),
            values={
                "count": len(loose),
                "spend": money(spend, context),
                "posts": tuple(post.post_id for post in loose if post.post_id),
                "places": places,
            },
            effect=spend,
            todo=LINES_BY_CHANNEL if places else "",
        )


@rule(
    "budget.boost_without_line",
    level=Level.WARNING,
    needs=("budget", "calendar"),
    says="Boosted posts of which no budget line says who pays for them: {posts}.",
    todo="Type the id of a budget line beside the post.",
    source=LINE_SOURCE,
)
def check_boost_has_line(context: Context) -> Iterator[Hit]:
    """A boosted post names the budget line that pays for it."""
    budget, calendar = context.plans.budget, context.plans.calendar
    if budget is None or calendar is None:
        return
    known = _line_ids(budget)
    loose = [post for post in calendar.posts if post.boosted and post.line_id not in known]
    if loose:
        places = _lines_by_channel(loose, budget)
        yield Hit(
            about="+".join(post.post_id for post in loose if post.post_id),
            root=LINELESS_ROOT,
            evidence=tuple(post.cell("line_id") for post in loose),
            values={"posts": tuple(post.name for post in loose), "places": places},
            todo=LINES_BY_CHANNEL if places else "",
        )


@rule(
    "budget.spend_without_result",
    level=Level.WARNING,
    needs=("budget", "kpi-report"),
    says="'{line}' has cost {actual} so far, and the KPI report shows nothing that came of it.",
    todo="Measure clicks, orders or revenue of the channel - or stop paying for '{line}' until you can.",
    source="Advertising is judged by what the business gets: clicks, leads, orders, revenue, replies",
    weight=3,
)
def check_spend_has_result(context: Context) -> Iterator[Hit]:
    """Advertising has a result that is counted. At stake is what it has cost.

    What is to do depends on why there is none: it is counted and zero, its rows are empty, or it has no rows.
    """
    report = context.plans.kpi_report
    for line in lines_of(context):
        actual = line.year.actual or ZERO
        if report is None or line.line.category != ADVERTISING or actual <= 0 or _has_result(line, report, context):
            continue
        rows = _business_rows(line, report, context)
        counted = [row for row in rows if any(value is not None for value in row.actual)]
        blank = [row for row in rows if row not in counted]
        yield Hit(
            about=about_line(line.line),
            root=root_of(line.line) if line.line.channel is None else f"channel {line.line.channel}: ads",
            evidence=(*last_actuals(line, 1), *(row.cell("metric") for row in counted or blank)),
            values={
                "line": line.line.name,
                "actual": money(actual, context),
                "channel": context.channel_name(line.line.channel),
                "metrics": tuple(context.metric_name(row.metric) for row in counted or blank),
            },
            effect=actual,
            todo=STOP_PAYING if counted else FILL_IN_RESULTS if blank else "",
        )


STOP_PAYING = (
    "Stop paying for '{line}': {metrics} of {channel} are counted and stay at zero. Change what the ads show or where"
    " they lead before you go on."
)
FILL_IN_RESULTS = "Fill in {metrics} of {channel} on the sheet KPIs - or stop paying for '{line}' until you can."


def _line_ids(budget: Budget) -> set[str]:
    return {line.line_id for line in budget.lines if line.line_id is not None and (line.line or line.has_amounts)}


def _lines_by_channel(posts: Iterable[PostResult | Post], budget: Budget) -> tuple[str, ...]:
    """`P19: Facebook ads (B4)` for each post whose channel has one advertising line, and only one."""
    places: list[str] = []
    for post in posts:
        lines = [
            line
            for line in budget.lines
            if line.category == ADVERTISING and line.line_id and line.channel and line.channel == post.channel
        ]
        if len(lines) == 1 and post.post_id:
            places.append(f"{post.post_id}: {named(lines[0])}")
    return tuple(places)


def _business_rows(line: LineVariance, report: KpiReport, context: Context) -> Sequence[KpiRow]:
    """The rows of business metrics of the line's channel, in use or not."""
    business = {name for name, definition in context.kpi_definitions.items() if definition.family is Family.BUSINESS}
    return [row for row in report.kpis if row.metric in business and row.channel == line.line.channel is not None]


def _has_result(line: LineVariance, report: KpiReport, context: Context) -> bool:
    """Whether posts of this line brought something, or a business metric of its channel (or of all) was above zero."""
    for post in report.post_results:
        if post.line_id == line.line.line_id and any((post.clicks, post.orders, post.revenue)):
            return True
    business = {name for name, definition in context.kpi_definitions.items() if definition.family is Family.BUSINESS}
    return any(
        kpi.metric in business and kpi.channel in (line.line.channel, None) and any(kpi.actual) for kpi in report.kpis
    )
