"""Rules about metrics against their targets, and about reviews and what they decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from smsheets.analysis.context import MONTHS, Term
from smsheets.analysis.facts import Facts
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
from smsheets.cells import CellRef
from smsheets.periods import add_months, month_end
from smsheets.plan.kpi_months import KpiMonths, Standing
from smsheets.plan.kpi_report import Decision, KpiReport, KpiRow, is_open, overdue_decisions, unreviewed_months
from smsheets.plan.reference import Direction, Family
from smsheets.plan.results import missing_money


@rule("kpi-report.decisions_overdue")
def check_decisions_are_kept(facts: Facts) -> Iterator[Hit | Lack]:
    """What was decided is done by its day."""
    report = facts.plans.kpi_report
    if report is None:
        return
    late = overdue_decisions(report.decisions, facts.as_of)
    if late:
        owner = late[0].owner
        yield Hit(
            about=joined(item.decision_id for item in late),
            evidence=tuple(item.cell("due") for item in late),
            values={
                "count": len(late),
                "decisions": _names(late),
                "due": late[0].due or facts.as_of,
                "decision": late[0].decision or "",
                "first": late[0].decision_id or late[0].decision or "",
                "owner": owner or "",
            },
            case="owner_decides" if owner is not None else "",
        )
    endless = tuple(item for item in report.decisions if is_open(item) and item.due is None)
    if endless:
        yield Lack(evidence=tuple(item.cell("due") for item in endless), values={"decisions": _names(endless)})


def _names(decisions: tuple[Decision, ...]) -> tuple[str, ...]:
    return tuple(item.decision_id or item.decision or "" for item in decisions)


@rule("kpi-report.review_stale")
def check_months_are_reviewed(facts: Facts) -> Iterator[Hit]:
    """A month is reviewed some days after its end; several in a row without a review are graver.

    Only of a report that somebody fills in, and from the first month with a figure on.
    """
    months = months_of(facts)
    report = months.report if months is not None else None
    start = report.start.period_start if report is not None else None
    if report is None or start is None:
        return
    known = [number for row in report.kpis for number, value in enumerate(row.actual, 1) if value is not None]
    over = facts.as_of - timedelta(days=int(facts.thresholds["kpi-report.review_days"]))
    last = add_months(over.replace(day=1), 0 if over == month_end(over) else -1)
    period = max((len(row.actual) for row in report.kpis), default=0)
    last = min(last, add_months(start.replace(day=1), (report.start.months or period) - 1))
    if not known:
        return
    missing = unreviewed_months(report.review, add_months(start, min(known) - 1), last)
    if missing:
        many = len(missing) >= facts.thresholds["kpi-report.review_months"]
        person = _who_reviews(facts)
        yield Hit(
            about=f"{missing[0]:%Y-%m}",
            evidence=_review_cells(report, missing),
            values={
                "months": tuple(Term(MONTHS[month.month - 1]) for month in missing),
                "first": Term(MONTHS[missing[-1].month - 1]),
                "person": person or "",
            },
            level=Level.WARNING if many else None,
            case="person_reviews" if person is not None else "",
        )


def _who_reviews(facts: Facts) -> str | None:
    """Who reads the numbers, else who leads; None where the strategy names nobody."""
    strategy = facts.plans.strategy
    roles = strategy.team if strategy is not None else ()
    people = [role.person for wanted in ("analyst", "lead") for role in roles if role.role == wanted and role.person]
    return people[0] if people else None


def _review_cells(report: KpiReport, months: tuple[date, ...]) -> tuple[CellRef, ...]:
    """Where the answers go; the first metric where the sheet Review has no row for these months."""
    rows = [row for row in report.review if row.period is not None and row.period.replace(day=1) in months]
    return tuple(row.cell("what_came") for row in rows) or (report.kpis[0].cell("metric"),)


@rule("kpi-report.behind_target")
def check_targets_are_met(facts: Facts) -> Iterator[Hit | Lack]:
    """Channels with metrics whose last month with an actual is behind its target, the furthest first.

    At stake is the money that this month lacks: missing revenue, else missing orders x the money of an average order.
    """
    months = months_of(facts)
    if months is None:
        return
    limits = limits_of(months.report, facts)
    behind: dict[str | None, list[KpiVariance]] = {}
    for row in rows_with_figures(months):
        found = kpi_variance(row, months, limits)
        if found.standing is Standing.BEHIND:
            behind.setdefault(row.channel, []).append(found)
    for channel, items in behind.items():
        items.sort(key=lambda item: -(item.short or 0))
        hit = _behind_hit(channel, items, months, facts)
        if hit is not None:
            yield hit
    yield from _figures_missing(months, facts)


def _behind_hit(channel: str | None, items: list[KpiVariance], months: KpiMonths, facts: Facts) -> Hit | None:
    worst = items[0]
    if worst.month is None or worst.value is None or worst.target is None:
        return None
    coming = _next_target(worst, months, facts)
    better = best_format(months.report, channel, facts, worst.row.metric) if channel is not None else {}
    what = "clicks" if "clicks" in better else "works" if better else ""
    return Hit(
        about=about_channel(channel),
        root=results_root(channel),
        evidence=tuple(item.row.cell(column, item.month) for item in items for column in ("actual", "target")),
        values={
            "channel": channel_name(facts, channel),
            "metrics": tuple(facts.metric_name(item.row.metric) for item in items),
            "worst": facts.metric_name(worst.row.metric),
            "value": figure(worst.value, worst.meaning.unit, facts),
            "target": figure(worst.target, worst.meaning.unit, facts),
            "until": end_of_month(months.report, worst.month) or worst.month,
            **coming,
            **better,
        },
        level=_behind_level(items, facts),
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


def _next_target(item: KpiVariance, months: KpiMonths, facts: Facts) -> dict[str, Wording]:
    """The target of the running month, or of the month after the last figure where that is later."""
    number = max((item.month or 0) + 1, months.begun or 0)
    wanted = item.row.target[number - 1] if number <= len(item.row.target) else None
    if wanted is None or item.value is None:
        return {}
    return {
        "next_month": month_at(months, number),
        "next": figure(wanted, item.meaning.unit, facts),
        "gap": figure(abs(wanted - item.value), item.meaning.unit, facts),
    }


def _behind_level(items: list[KpiVariance], facts: Facts) -> Level | None:
    """Graver where a business metric is far behind; a note where nothing but applause that serves no goal is."""
    far = facts.thresholds["kpi-report.far_behind_share"]
    if any(family_of(item.row.metric, facts) is Family.BUSINESS and (item.short or 0) > far for item in items):
        return Level.ERROR
    applause = [facts.kpi_definitions.get(item.row.metric or "") for item in items if item.row.goal_id is None]
    all_vain = len(applause) == len(items) and all(meaning is not None and meaning.vanity for meaning in applause)
    return Level.NOTE if all_vain else None


def _missing(item: KpiVariance) -> Decimal:
    return abs((item.target or Decimal(0)) - (item.value or Decimal(0)))


def _figures_missing(months: KpiMonths, facts: Facts) -> Iterator[Lack]:
    """Rows in use without a figure for the last month that is over."""
    if months.begun is None or facts.as_of.day <= facts.thresholds["kpi-report.fill_days"]:
        return
    period = max((len(row.actual) for row in months.report.kpis), default=0)
    last = min(months.begun - 1, months.report.start.months or period)
    blank = [row for row in rows_with_figures(months) if last >= 1 and _is_blank(row, last)]
    if blank:
        yield Lack(
            evidence=tuple(row.cell("actual", last) for row in blank),
            values={
                "month": month_at(months, last),
                "channels": tuple(dict.fromkeys(channel_name(facts, row.channel) for row in blank)),
                "metrics": metric_words(blank, facts),
            },
        )


def _is_blank(row: KpiRow, month: int) -> bool:
    """No figure in a month, of a row that had one before or a target for that month."""
    before = row.actual[:month]
    if len(row.actual) >= month and row.actual[month - 1] is not None:
        return False
    wanted = row.target[month - 1] if month <= len(row.target) else None
    return wanted is not None or any(value is not None for value in before)


@rule("kpi-report.no_target")
def check_business_has_targets(facts: Facts) -> Iterator[Hit]:
    """Business metrics with actual figures, but without a target in the last of these months or any later one."""
    months = months_of(facts)
    if months is None:
        return
    aimless = [
        row
        for row in rows_with_figures(months)
        if family_of(row.metric, facts) is Family.BUSINESS and _has_no_target(row, months)
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
            "metrics": metric_words(aimless, facts),
            "channels": tuple(dict.fromkeys(channel_name(facts, row.channel) for row in aimless)),
            "metric": facts.metric_name(first.metric),
            "channel": channel_name(facts, first.channel),
            "best": figure(best, meaning.unit, facts),
        },
    )


def _has_no_target(row: KpiRow, months: KpiMonths) -> bool:
    last = months.last_month(row)
    return last is not None and all(value is None for value in row.target[last - 1 :])
