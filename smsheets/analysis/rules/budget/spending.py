"""Findings about money that lies idle or expires, and about spending without a line or a result."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Lack, rule
from smsheets.analysis.rules.budget.evidence import (
    Shortage,
    about_line,
    last_actuals,
    lines_of,
    money,
    month_of,
    named,
    root_of,
    shortages_of,
    variance_of,
)
from smsheets.analysis.variance.budget import LineVariance
from smsheets.periods import month_end
from smsheets.plan.budget import ADVERTISING, OWN_TIME, Budget
from smsheets.plan.calendar import Post
from smsheets.plan.carry import ZERO, CarryRule
from smsheets.plan.kpi_report import KpiReport, KpiRow, PostResult
from smsheets.plan.pace import expiring_of
from smsheets.plan.reference import Family
from smsheets.plan.spare_money import spread_over


@rule("budget.idle")
def check_money_at_work(facts: Facts) -> Iterator[Hit]:
    """No line carries the money of several months forward without spending it. At stake is what it carries."""
    count = int(facts.thresholds["budget.idle_months"])
    idle = [line for line in lines_of(facts) if _idle_money(line, count) is not None]
    helped = _helped_by(facts) if idle else {}
    for line in idle:
        left = _idle_money(line, count) or ZERO
        open_months = len(line.months) - line.closed
        takers = helped.get(about_line(line.line), [])
        moved = sum((item.take for item in takers), ZERO)
        yield Hit(
            about=about_line(line.line),
            root=root_of(line.line),
            evidence=last_actuals(line, count),
            values={
                "line": line.line.name,
                "left": money(left, facts),
                "months": count,
                "open": open_months,
                "more": money(spread_over(left, open_months), facts),
                "moved": money(moved, facts),
                "takers": tuple(named(item.line.line) for item in takers),
                "rest": money(left - moved, facts),
            },
            effect=left,
            todo=_IDLE_TODOS[bool(takers), left > moved],
        )


MOVE_SOME = (
    "Move {moved} of it to what needs more than it has ({takers}). Spend the other {rest} on '{line}' in the {open}"
    " months left, or plan that much less."
)
MOVE_ALL = "Move it to what needs more than it has: {takers}."
_IDLE_TODOS = {(True, True): MOVE_SOME, (True, False): MOVE_ALL, (False, True): "", (False, False): ""}


def _idle_money(line: LineVariance, count: int) -> Decimal | None:
    """What a line carries forward, where that is the plan of at least `count` months and each of them left some."""
    closed = [month for month in line.months if month.closed]
    if line.rule is CarryRule.NONE or len(closed) < count or len(closed) == len(line.months):
        return None
    last = closed[-count:]
    left = last[-1].left or ZERO
    plan = sum((month.planned or ZERO for month in last), ZERO)
    return left if plan > 0 and left >= plan and all((month.left or ZERO) > 0 for month in last) else None


def _helped_by(facts: Facts) -> dict[str, list[Shortage]]:
    """What other lines are told to take from each line."""
    found: dict[str, list[Shortage]] = {}
    for item in shortages_of(facts):
        if item.giver is not None:
            found.setdefault(about_line(item.giver.line), []).append(item)
    return found


@rule("budget.expiring")
def check_money_does_not_expire(facts: Facts) -> Iterator[Hit | Lack]:
    """No line that carries nothing is about to lose a part of its month. At stake is what would be lost.

    Own time is left out: hours are not lost with their plan. So is a line that has always used up its months: what it
    has left is a bill on its way.
    """
    budget, variance = facts.plans.budget, variance_of(facts)
    until = month_end(facts.as_of)
    if budget is None or variance is None or variance.running is None:
        return
    if (until - facts.as_of).days > facts.thresholds["budget.expiry_days"]:
        return
    running, unknown = variance.running, []
    for line in variance.lines:
        found = expiring_of(line.months, line.rule, running, facts.thresholds["budget.expiry_share"])
        if found is None or line.line.category == OWN_TIME:
            continue
        if found.left is None:
            unknown.append(line)
            continue
        yield Hit(
            about=about_line(line.line),
            root=root_of(line.line),
            evidence=(line.line.cell("actual", found.month), line.line.cell("planned", found.month)),
            values={
                "line": line.line.name,
                "left": money(found.left, facts),
                "available": money(found.available, facts),
                "month": month_of(budget, found.month),
                "until": until,
            },
            effect=found.left,
        )
    if unknown:
        yield Lack(
            evidence=tuple(line.line.cell("actual", running.number) for line in unknown),
            values={
                "month": month_of(budget, running.number),
                "lines": tuple(named(line.line) for line in unknown),
            },
        )


LINELESS_ROOT = "posts without a budget line"


@rule("budget.spend_without_line")
def check_post_spend_has_line(facts: Facts) -> Iterator[Hit]:
    """What posts have cost stands on a line of the budget. At stake is what they cost."""
    budget, report = facts.plans.budget, facts.plans.kpi_report
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
                "spend": money(spend, facts),
                "posts": tuple(post.post_id for post in loose if post.post_id),
                "places": places,
            },
            effect=spend,
            case="lines_by_channel" if places else "",
        )


@rule("budget.boost_without_line")
def check_boost_has_line(facts: Facts) -> Iterator[Hit]:
    """A boosted post names the budget line that pays for it."""
    budget, calendar = facts.plans.budget, facts.plans.calendar
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
            case="lines_by_channel" if places else "",
        )


@rule("budget.spend_without_result")
def check_spend_has_result(facts: Facts) -> Iterator[Hit]:
    """Advertising has a result that is counted. At stake is what it has cost.

    What is to do depends on why there is none: it is counted and zero, its rows are empty, or it has no rows.
    """
    report = facts.plans.kpi_report
    for line in lines_of(facts):
        actual = line.year.actual or ZERO
        if report is None or line.line.category != ADVERTISING or actual <= 0 or _has_result(line, report, facts):
            continue
        rows = _business_rows(line, report, facts)
        counted = [row for row in rows if any(value is not None for value in row.actual)]
        blank = [row for row in rows if row not in counted]
        yield Hit(
            about=about_line(line.line),
            root=root_of(line.line) if line.line.channel is None else f"channel {line.line.channel}: ads",
            evidence=(*last_actuals(line, 1), *(row.cell("metric") for row in counted or blank)),
            values={
                "line": line.line.name,
                "actual": money(actual, facts),
                "channel": facts.channel_name(line.line.channel),
                "metrics": tuple(facts.metric_name(row.metric) for row in counted or blank),
            },
            effect=actual,
            case="stop_paying" if counted else "fill_in_results" if blank else "",
        )


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


def _business_rows(line: LineVariance, report: KpiReport, facts: Facts) -> Sequence[KpiRow]:
    """The rows of business metrics of the line's channel, in use or not."""
    business = {name for name, definition in facts.kpi_definitions.items() if definition.family is Family.BUSINESS}
    return [row for row in report.kpis if row.metric in business and row.channel == line.line.channel is not None]


def _has_result(line: LineVariance, report: KpiReport, facts: Facts) -> bool:
    """Whether posts of this line brought something, or a business metric of its channel (or of all) was above zero."""
    for post in report.post_results:
        if post.line_id == line.line.line_id and any((post.clicks, post.orders, post.revenue)):
            return True
    business = {name for name, definition in facts.kpi_definitions.items() if definition.family is Family.BUSINESS}
    return any(
        kpi.metric in business and kpi.channel in (line.line.channel, None) and any(kpi.actual) for kpi in report.kpis
    )
