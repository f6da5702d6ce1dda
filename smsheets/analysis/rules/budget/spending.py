"""Findings about spending in other workbooks: without a budget line, or without a result."""

from __future__ import annotations

from collections.abc import Iterator

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Level, rule
from smsheets.analysis.rules.budget.evidence import last_actuals, lines_of, money
from smsheets.analysis.variance.budget import LineVariance
from smsheets.plan.budget import ADVERTISING, Budget
from smsheets.plan.carry import ZERO
from smsheets.plan.kpi_definitions import Family
from smsheets.plan.kpi_report import KpiReport


@rule(
    "budget.spend_without_line",
    level=Level.WARNING,
    needs=("budget", "kpi-report"),
    says="{count} posts have cost {spend}, and no budget line says where that comes from.",
    todo="Type the id of a budget line beside the spend of each post.",
    source="Every amount spent belongs to a line that was planned",
)
def check_post_spend_has_line(context: Context) -> Iterator[Hit]:
    """What posts have cost stands on a line of the budget."""
    budget, report = context.plans.budget, context.plans.kpi_report
    if budget is None or report is None:
        return
    known = _line_ids(budget)
    loose = [post for post in report.post_results if (post.spend or ZERO) > 0 and post.line_id not in known]
    if loose:
        spend = sum((post.spend or ZERO for post in loose), ZERO)
        yield Hit(
            evidence=tuple(post.cell("line_id") for post in loose),
            values={"count": len(loose), "spend": money(spend, context)},
            effect=spend,
        )


@rule(
    "budget.boost_without_line",
    level=Level.WARNING,
    needs=("budget", "calendar"),
    says="Post {post} is boosted, and no budget line says who pays for it.",
    todo="Type the id of a budget line beside the post.",
    source="Every amount spent belongs to a line that was planned",
)
def check_boost_has_line(context: Context) -> Iterator[Hit]:
    """A boosted post names the budget line that pays for it."""
    budget, calendar = context.plans.budget, context.plans.calendar
    if budget is None or calendar is None:
        return
    known = _line_ids(budget)
    for post in calendar.posts:
        if post.boosted and post.line_id not in known:
            yield Hit(evidence=(post.cell("line_id"),), values={"post": post.post_id or ""})


@rule(
    "budget.spend_without_result",
    level=Level.WARNING,
    needs=("budget", "kpi-report"),
    says="'{line}' has cost {actual} so far, and the KPI report shows nothing that came of it.",
    todo="Measure clicks, orders or revenue of the channel - or stop paying for '{line}' until you can.",
    source="Advertising is judged by what the business gets: clicks, leads, orders, revenue, replies",
)
def check_spend_has_result(context: Context) -> Iterator[Hit]:
    """A line that has cost money for a channel shows a result in the KPI report."""
    report = context.plans.kpi_report
    for line in lines_of(context):
        actual = line.year.actual or ZERO
        if report is None or line.line.category != ADVERTISING or actual <= 0:
            continue
        if not _has_result(line, report, context):
            yield Hit(
                evidence=last_actuals(line, 1),
                values={"line": line.line.name, "actual": money(actual, context)},
                effect=actual,
            )


def _line_ids(budget: Budget) -> set[str]:
    return {line.line_id for line in budget.lines if line.line_id is not None and (line.line or line.has_amounts)}


def _has_result(line: LineVariance, report: KpiReport, context: Context) -> bool:
    """Whether posts of this line brought something, or a business metric of its channel (or of all) was above zero."""
    for post in report.post_results:
        if post.line_id == line.line.line_id and any((post.clicks, post.orders, post.revenue)):
            return True
    business = {name for name, definition in context.kpi_definitions.items() if definition.family is Family.BUSINESS}
    return any(
        kpi.metric in business and kpi.channel in (line.line.channel, None) and any(kpi.actual) for kpi in report.kpis
    )
