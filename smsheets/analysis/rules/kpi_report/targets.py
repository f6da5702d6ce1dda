"""Rules about metrics against their targets, and about reviews and what they decided."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from smsheets.analysis.facts import Facts, channel_names, last_day, metric_names, row_figure, rows_in_use
from smsheets.analysis.finding import Hit, Lack, Level, Wording, lack, rule
from smsheets.analysis.kpi_standards import channel_name, family_of, is_vanity, rounded
from smsheets.analysis.rules.calendar.channels import dormant_channels
from smsheets.analysis.rules.kpi_report.inbox import person_in_role
from smsheets.analysis.subjects import (
    cells_of,
    channel_id,
    channel_root,
    first_cells,
    first_names,
    joined,
    month_name,
    row_id,
)
from smsheets.analysis.variance.kpi_report import KpiVariance
from smsheets.periods import MonthOfYear, add_months, month_end
from smsheets.plan.kpi_months import Standing
from smsheets.plan.kpi_report import Decision, KpiReport, KpiRow, is_open, overdue_decisions, unreviewed_months
from smsheets.plan.post_rates import compare_groups, engagements, most_clicked
from smsheets.plan.record import group_by
from smsheets.plan.reference import Direction, Family
from smsheets.plan.results import missing_money
from smsheets.plan.roadmap import id_key


@rule("kpi-report.decisions_overdue")
def check_decisions_are_kept(facts: Facts) -> Iterator[Hit | Lack]:
    """Decisions of the reviews are carried out by their day.

    One on a channel that is asleep is a finding of its own: it belongs to the decision whether the channel goes on.
    """
    decisions = facts.kpi_report.decisions
    asleep = dormant_channels(facts) if facts.plans.calendar is not None else ()
    named = [(channel, facts.overdue_decision(channel)) for channel in asleep]
    on_channels = {id(item): channel for channel, item in named if item is not None}
    late = group_by(overdue_decisions(decisions, facts.as_of), lambda item: on_channels.get(id(item), ""))
    for channel, items in late.items():
        first = items[0]
        yield Hit(
            about=joined(item.decision_id for item in items),
            within=(channel_root(channel),) if channel else (),
            evidence=tuple(item.cell("due") for item in items),
            values={
                "count": len(items),
                "decisions": tuple(map(_name, items)),
                "due": first.due or facts.as_of,
                "decision": first.decision or "",
                "first": _name(first),
                "owner": first.owner or "",
            },
            case="" if first.owner is None else "owner_decides",
        )
    endless = [item for item in decisions if is_open(item) and item.due is None]
    yield from lack((item.cell("due") for item in endless), decisions=tuple(map(_name, endless)))


def _name(decision: Decision) -> str:
    return decision.decision_id or decision.decision or ""


@rule("kpi-report.review_stale")
def check_months_are_reviewed(facts: Facts) -> Iterator[Hit]:
    """A month is reviewed some days after its end; several in a row without a review are graver.

    Only of a report that somebody fills in, and from the first month with a figure on. It shows where the answers go;
    in the first metric where the sheet Review has no row for these months.
    """
    report, start = facts.kpi_report, facts.kpi_report.start.period_start
    known = [number for row in report.kpis for number, value in enumerate(row.actual, 1) if value is not None]
    if start is None or not known:
        return
    over = facts.as_of - timedelta(days=int(facts.thresholds["kpi-report.review_days"]))
    last = add_months(over.replace(day=1), 0 if over == month_end(over) else -1)
    last = min(last, add_months(start.replace(day=1), _months_in(report) - 1))
    missing = unreviewed_months(report.review, add_months(start, min(known) - 1), last)
    if missing:
        rows = [row for row in report.review if row.period is not None and row.period.replace(day=1) in missing]
        many = len(missing) >= facts.thresholds["kpi-report.review_months"]
        person = person_in_role(facts, "analyst", "lead")
        yield Hit(
            about=f"{missing[0]:%Y-%m}",
            evidence=tuple(row.cell("what_came") for row in rows) or (report.kpis[0].cell("metric"),),
            values={
                "months": tuple(MonthOfYear(month.month) for month in missing),
                "first": MonthOfYear(missing[-1].month),
                "person": person or "",
            },
            level=Level.WARNING if many else None,
            case="" if person is None else "person_reviews",
        )


def _months_in(report: KpiReport) -> int:
    """The months of the period; where the report does not say it, those that have columns."""
    return report.start.months or max((len(row.actual) for row in report.kpis), default=0)


@rule("kpi-report.actual_ahead")
def check_figures_are_of_begun_months(facts: Facts) -> Iterator[Hit]:
    """No month that has not begun has an actual figure: typed by mistake, or zeros for the whole year."""
    report = (facts.given or facts.plans).kpi_report or facts.kpi_report
    months = [(number, row) for row in report.kpis for number in report.months_ahead(row.actual, facts.as_of)]
    ahead = sorted(months, key=lambda place: place[0])
    if not ahead:
        return
    rows = [row for _, row in ahead]
    yield Hit(
        about=joined(dict.fromkeys(map(row_id, rows))),
        evidence=first_cells(row.cell("actual", number) for number, row in ahead),
        values={
            "month": month_name(report, ahead[0][0]),
            "channels": first_names(channel_names(rows, facts)),
            "metrics": first_names(metric_names(rows, facts)),
        },
    )


@rule("kpi-report.result_ahead")
def check_results_are_of_posts_that_are_out(facts: Facts) -> Iterator[Hit]:
    """No post of a day to come has results: its date is mistyped."""
    report = (facts.given or facts.plans).kpi_report or facts.kpi_report
    day = max(facts.as_of, report.start.as_of or facts.as_of)
    filled = (post for post in report.post_results if post.has_results)
    dated = [(post.date, post) for post in filled if post.date is not None and post.date > day]
    if not dated:
        return
    ahead = [post for _, post in dated]
    yield Hit(
        about=joined(post.post_id for post in ahead),
        evidence=cells_of(ahead, "date"),
        values={
            "posts": first_names(post.post_id or post.channel or "" for post in ahead),
            "day": min(day for day, _ in dated),
        },
    )


@rule("kpi-report.behind_target")
def check_targets_are_met(facts: Facts) -> Iterator[Hit | Lack]:
    """Channels with metrics whose last month with an actual is behind its target, the furthest first.

    At stake is the money that this month lacks: missing revenue, else missing orders x the money of an average order.
    """
    behind = [item for item in facts.kpi_report_variance.kpis if item.standing is Standing.BEHIND]
    for items in group_by(behind, lambda item: item.row.channel or "").values():
        yield _behind_hit(sorted(items, key=lambda item: -(item.short or 0)), facts)
    yield from _figures_missing(facts)


def _behind_hit(items: list[KpiVariance], facts: Facts) -> Hit:
    worst, channel = items[0], items[0].row.channel
    coming, better = _next_target(worst, facts), _best_format(worst.row, facts)
    return Hit(
        about=channel_id(channel),
        root=channel_root(channel),
        evidence=tuple(item.row.cell(column, item.month) for item in items for column in ("actual", "target")),
        values={
            "channel": channel_name(facts, channel),
            "metrics": tuple(facts.metric_name(item.row.metric) for item in items),
            "worst": facts.metric_name(worst.row.metric),
            "value": row_figure(worst.row, worst.value, facts),
            "target": row_figure(worst.row, worst.target, facts),
            "until": last_day(worst.month or 0, facts),
            **coming,
            **better,
        },
        level=_behind_level(items, facts),
        effect=missing_money(((item.row, abs(item.difference or Decimal(0))) for item in items), facts.kpi_months),
        case=_behind_case(coming, better),
    )


def _behind_case(coming: dict[str, Wording], better: dict[str, Wording]) -> str:
    if "clicks" in better:
        return "next_and_clicks" if coming else "clicks"
    if better:
        return "next_and_works" if coming else "works"
    return "next" if coming else ""


def _next_target(item: KpiVariance, facts: Facts) -> dict[str, Wording]:
    """The target of the running month, or of the month after the last figure where that is later."""
    number = max((item.month or 0) + 1, facts.kpi_months.begun or 0)
    wanted = item.row.target[number - 1] if number <= len(item.row.target) else None
    if wanted is None or item.value is None:
        return {}
    return {
        "next_month": month_name(facts.kpi_report, number),
        "next": row_figure(item.row, wanted, facts),
        "gap": row_figure(item.row, abs(wanted - item.value), facts),
    }


def _best_format(row: KpiRow, facts: Facts) -> dict[str, Wording]:
    """The best `format` on a row's channel with its `factor`, for a business metric with its `clicks`.

    Formats are compared on this channel alone, from `kpi-report.group_posts` posts each; empty where none is best.
    """
    at_least = int(facts.thresholds["kpi-report.group_posts"])
    posts = [post for post in facts.post_results if row.channel is not None and post.channel == row.channel]
    if family_of(row, facts) is Family.BUSINESS:
        clicked = most_clicked(posts, at_least)
        if clicked is None:
            return {}
        return {"format": facts.list_word("formats", clicked[0]), "clicks": rounded(clicked[1], 1)}
    known = [post for post in posts if engagements(post) is not None]
    groups = compare_groups(known, lambda post: post.format, at_least)
    if len(groups) < 2 or groups[0].factor < facts.thresholds["kpi-report.works_factor"]:
        return {}
    return {
        "format": facts.list_word("formats", str(groups[0].key)),
        "factor": rounded(groups[0].factor, 1),
        "measure": facts.measures_named(groups[0]),
    }


def _behind_level(items: list[KpiVariance], facts: Facts) -> Level | None:
    """Graver where a business metric is far behind; a note where nothing but applause that serves no goal is."""
    far = facts.thresholds["kpi-report.far_behind_share"]
    if any(family_of(item.row, facts) is Family.BUSINESS and (item.short or 0) > far for item in items):
        return Level.ERROR
    return Level.NOTE if all(item.row.goal_id is None and is_vanity(item.row, facts) for item in items) else None


def _figures_missing(facts: Facts) -> Iterator[Lack]:
    """Rows in use without a figure for the last month that is over; a rate whose parts are rows needs none."""
    begun = facts.kpi_months.begun
    if begun is None or begun <= 1 or facts.as_of.day <= facts.thresholds["kpi-report.fill_days"]:
        return
    last = min(begun - 1, _months_in(facts.kpi_report))
    blank = [row for row in rows_in_use(facts) if _is_blank(row, last) and facts.kpi_months.parts(row) is None]
    yield from lack(
        (row.cell("actual", last) for row in blank),
        month=month_name(facts.kpi_report, last),
        channels=channel_names(blank, facts),
        metrics=metric_names(blank, facts),
    )


def _is_blank(row: KpiRow, month: int) -> bool:
    """No figure in a month, of a row that had one before or a target for that month."""
    if len(row.actual) >= month and row.actual[month - 1] is not None:
        return False
    return any(value is not None for value in (*row.target[month - 1 : month], *row.actual[:month]))


@rule("kpi-report.target_without_goal")
def check_targets_serve_a_goal(facts: Facts) -> Iterator[Hit]:
    """Rows with a target name a goal of the strategy, where that has any; one finding for all that do not."""
    rows = [row for row in rows_in_use(facts) if any(value is not None for value in row.target)]
    astray = [row for row in rows if id_key(row.goal_id) not in facts.goals_by_id]
    if facts.goals_by_id and astray:
        wrong = tuple(dict.fromkeys(row.goal_id for row in astray if row.goal_id is not None))
        yield Hit(
            about="targets",
            evidence=first_cells(row.cell("goal_id") for row in astray),
            values={
                "metrics": metric_names(astray, facts),
                "goals": tuple(goal.goal_id or "" for goal in facts.goals_by_id.values()),
                "wrong": wrong,
            },
            case="unknown_goal" if wrong else "",
        )


@rule("kpi-report.no_target")
def check_business_has_targets(facts: Facts) -> Iterator[Hit]:
    """Channels with business metrics that have figures, but no target in the last of these months or any later one."""
    months = facts.kpi_months
    business = [row for row in rows_in_use(facts) if family_of(row, facts) is Family.BUSINESS]
    ends = [(row, last) for row in business if (last := months.last_month(row)) is not None]
    if (months.begun or 0) > _months_in(facts.kpi_report):
        return
    aimless = [row for row, last in ends if all(value is None for value in row.target[last - 1 :])]
    for rows in group_by(aimless, lambda row: row.channel or "").values():
        yield _aimless_hit(rows, facts)


def _aimless_hit(aimless: list[KpiRow], facts: Facts) -> Hit:
    """The rows of one channel without a target, and the best month of the first of them."""
    months, first = facts.kpi_months, aimless[0]
    known = [value for value in months.actuals(first) if value is not None]
    best = min(known) if months.meaning(first).direction is Direction.DOWN else max(known)
    number = months.begun or months.last_month(first) or 1
    return Hit(
        about=joined(map(row_id, aimless)),
        root=channel_root(first.channel),
        evidence=first_cells(row.cell("target", min(number, len(row.actual) or number)) for row in aimless),
        values={
            "metrics": metric_names(aimless, facts),
            "metric": facts.metric_name(first.metric),
            "channel": channel_name(facts, first.channel),
            "best": row_figure(first, best, facts),
        },
        case="" if best else "nothing_yet",
    )
