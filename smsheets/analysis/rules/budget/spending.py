"""Findings about money that lies idle or expires, and about spending without a line or a result."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Lack, Wording, lack, rule
from smsheets.analysis.shortages import takers_of, transfers_of
from smsheets.analysis.subjects import (
    channel_root,
    joined,
    line_id,
    line_name,
    line_root,
    month_name,
    places_of_line,
    spare_root,
)
from smsheets.analysis.variance.budget import LineVariance
from smsheets.periods import month_end
from smsheets.plan.budget import ADVERTISING, OWN_TIME, Budget, BudgetLine
from smsheets.plan.calendar import Post
from smsheets.plan.carry import ZERO, CarryRule
from smsheets.plan.kpi_report import KpiRow, PostResult
from smsheets.plan.pace import expiring_of
from smsheets.plan.record import group_by
from smsheets.plan.reference import Family
from smsheets.plan.roadmap import id_key
from smsheets.plan.spare_money import spread_over


@rule("budget.idle")
def check_money_at_work(facts: Facts) -> Iterator[Hit]:
    """No line carries the money of several months forward without spending it. At stake is what it carries."""
    count = int(facts.thresholds["budget.idle_months"])
    for line in facts.budget_variance.lines:
        left = _idle_money(line, count)
        if left is None:
            continue
        open_months = len(line.months) - line.closed
        takers = takers_of(line, facts.shortages)
        moved = sum((item.take for item in takers), ZERO)
        yield Hit(
            about=line_id(line.line),
            root=line_root(line.line),
            within=(*places_of_line(line.line), spare_root(line.line)),
            moves=(line_id(line.line),),
            transfers=transfers_of(takers),
            evidence=line.last_actuals(count),
            values={
                "line": line.line.name,
                "left": facts.money(left),
                "months": count,
                "open": open_months,
                "more": facts.money(spread_over(left, open_months)),
                "moved": facts.money(moved),
                "takers": tuple(line_name(item.line.line) for item in takers),
                "rest": facts.money(left - moved),
            },
            effect=left,
            case="" if not takers else "move_some" if left > moved else "move_all",
        )


def _idle_money(line: LineVariance, count: int) -> Decimal | None:
    """The money a line carries forward, where that is the plan of `count` months and each of them left some."""
    closed = [month for month in line.months if month.closed]
    if line.rule is CarryRule.NONE or len(closed) < count or len(closed) == len(line.months):
        return None
    last = closed[-count:]
    left = last[-1].carried_on or ZERO
    plan = sum((month.planned or ZERO for month in last), ZERO)
    return left if plan > 0 and left >= plan and all((month.carried_on or ZERO) > 0 for month in last) else None


@rule("budget.expiring")
def check_money_does_not_expire(facts: Facts) -> Iterator[Hit | Lack]:
    """No line that carries nothing is about to lose a part of its month. At stake is what would be lost.

    Own time is left out: hours are not lost with their plan. So is a line that has always used up its months: what it
    has left is a bill on its way.
    """
    running, until = facts.budget_variance.running, month_end(facts.as_of)
    if running is None or (until - facts.as_of).days > facts.thresholds["budget.expiry_days"]:
        return
    month, unknown = month_name(facts.budget, running.number), []
    for line in facts.budget_variance.lines:
        found = expiring_of(line.months, line.rule, running, facts.thresholds["budget.expiry_share"])
        if found is None or line.line.category == OWN_TIME:
            continue
        if found.left is None:
            unknown.append(line.line)
            continue
        yield Hit(
            about=line_id(line.line),
            root=line_root(line.line),
            within=places_of_line(line.line),
            takes=(line_id(line.line),),
            evidence=(line.line.cell("actual", found.month), line.line.cell("planned", found.month)),
            values={
                "line": line.line.name,
                "left": facts.money(found.left),
                "available": facts.money(found.available),
                "month": month,
                "until": until,
            },
            effect=found.left,
        )
    cells = (line.cell("actual", running.number) for line in unknown)
    yield from lack(cells, month=month, lines=tuple(map(line_name, unknown)))


@rule("budget.spend_without_line")
def check_post_spend_has_line(facts: Facts) -> Iterator[Hit]:
    """The money that posts have cost is on a line of the budget. At stake is what they cost."""
    known = _line_ids(facts.budget)
    posts = [post for post in facts.kpi_report.post_results if (post.spend or ZERO) > 0 and post.line_id not in known]
    if posts:
        spend, ids = sum((post.spend or ZERO for post in posts), ZERO), (post.post_id for post in posts)
        yield _lineless(
            posts, facts, {"count": len(posts), "spend": facts.money(spend), "posts": tuple(filter(None, ids))}, spend
        )


@rule("budget.tool_without_line")
def check_tools_are_budgeted(facts: Facts) -> Iterator[Hit]:
    """Each tool that costs something names the budget line that pays for it. At stake is what it costs a month."""
    known = {id_key(line_id) for line_id in _line_ids(facts.budget)}
    for tool in facts.strategy.tools:
        cost = tool.monthly_cost or ZERO
        if known and cost > 0 and id_key(tool.line_id) not in known:
            yield Hit(
                about=tool.tool or tool.cell("tool").a1,
                evidence=(tool.cell("line_id"), tool.cell("monthly_cost")),
                values={"tool": tool.tool or "?", "cost": facts.money(cost), "line": tool.line_id or ""},
                effect=cost,
                case="unknown_line" if tool.line_id is not None else "",
            )


@rule("budget.boost_without_line")
def check_boost_has_line(facts: Facts) -> Iterator[Hit]:
    """A boosted post names the budget line that pays for it."""
    known = _line_ids(facts.budget)
    posts = [post for post in facts.calendar.posts if post.boosted and post.line_id not in known]
    if posts:
        yield _lineless(posts, facts, {"posts": tuple(post.name for post in posts)})


def _lineless(
    posts: Sequence[PostResult | Post], facts: Facts, values: Mapping[str, Wording], effect: Decimal | None = None
) -> Hit:
    """Posts without a line of the budget, and the lines that they likely belong to."""
    places = _lines_by_channel(posts, facts.budget)
    return Hit(
        about=joined(post.post_id for post in posts),
        root="posts without a budget line",
        evidence=tuple(post.cell("line_id") for post in posts),
        values={**values, "places": places},
        effect=effect,
        case="by_channel" if places else "",
    )


def _line_ids(budget: Budget) -> set[str]:
    return {line.line_id for line in budget.lines if line.line_id is not None and (line.line or line.has_amounts)}


def _lines_by_channel(posts: Sequence[PostResult | Post], budget: Budget) -> tuple[str, ...]:
    """`P19: Facebook ads (B4)` for each post whose channel has one advertising line, and only one."""
    ads = (line for line in budget.lines if line.category == ADVERTISING and line.line_id)
    lines = group_by(ads, lambda line: line.channel)
    own = [(post.post_id, lines.get(post.channel or "", [])) for post in posts]
    return tuple(f"{post_id}: {line_name(found[0])}" for post_id, found in own if post_id and len(found) == 1)


@rule("budget.spend_without_result")
def check_spend_has_result(facts: Facts) -> Iterator[Hit | Lack]:
    """Advertising has a result that is counted. At stake is what it has cost.

    What is to do depends on why there is none: it is counted and zero, its rows are empty, or it has no rows. Of a line
    without a channel nobody knows which results are its own.
    """
    nowhere: list[BudgetLine] = []
    for line in facts.budget_variance.lines:
        actual, channel = line.year.actual or ZERO, line.line.channel
        if line.line.category != ADVERTISING or actual <= 0 or _has_result(line.line, facts):
            continue
        if channel is None:
            nowhere.append(line.line)
            continue
        rows = [row for row in _business_rows(facts) if row.channel == channel]
        counted = [row for row in rows if any(value is not None for value in row.actual)]
        yield Hit(
            about=line_id(line.line),
            root=channel_root(channel),
            moves=(line_id(line.line),),
            evidence=(*line.last_actuals(1), *(row.cell("metric") for row in counted or rows)),
            values={
                "line": line.line.name,
                "actual": facts.money(actual),
                "channel": facts.channel_name(channel),
                "metrics": tuple(facts.metric_name(row.metric) for row in counted or rows),
            },
            effect=actual,
            case="stop" if counted else "fill_in" if rows else "",
        )
    yield from lack((line.cell("channel") for line in nowhere), lines=tuple(map(line_name, nowhere)))


def _business_rows(facts: Facts) -> list[KpiRow]:
    """The rows of business metrics, in use or not."""
    business = {name for name, definition in facts.kpi_definitions.items() if definition.family is Family.BUSINESS}
    return [row for row in facts.kpi_report.kpis if row.metric in business]


def _has_result(line: BudgetLine, facts: Facts) -> bool:
    """Posts of this line brought something, or a business metric of its channel (or of all) was above zero."""
    posts = [post for post in facts.kpi_report.post_results if post.line_id == line.line_id]
    if any(value for post in posts for value in (post.clicks, post.orders, post.revenue)):
        return True
    return any(row.channel in (line.channel, None) and any(row.actual) for row in _business_rows(facts))
