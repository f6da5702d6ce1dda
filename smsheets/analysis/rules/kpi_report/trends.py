"""Rules about where figures go: trends that turned, goals behind their line."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from smsheets.analysis.context import Term
from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Lack, Wording, rule
from smsheets.analysis.goal_outlook import row_of_goal
from smsheets.analysis.kpi_standards import channel_name, end_of_month, figure, months_of, rounded
from smsheets.analysis.rules.kpi_report.evidence import about_channel, family_of, results_root, rows_with_figures
from smsheets.money import Share
from smsheets.periods import add_months
from smsheets.plan.cadence import posting_of
from smsheets.plan.forecast import turning_month
from smsheets.plan.goals import Goal, GoalLine, goal_line
from smsheets.plan.kpi_months import KpiMonths
from smsheets.plan.kpi_report import KpiRow
from smsheets.plan.reference import Family, Unit
from smsheets.plan.results import missing_money

WHOLE_FROM = 100


class _Turn(msgspec.Struct, frozen=True, kw_only=True):
    """A metric that turned: its best month and its last one, numbered from 1, with their values."""

    row: KpiRow
    peak: int
    last: int
    best: Decimal
    value: Decimal

    @property
    def loss(self) -> Decimal:
        """What was lost since the best month, as a share of it."""
        return abs(self.value - self.best) / abs(self.best)


@rule("kpi-report.trend_turned")
def check_trends_hold(facts: Facts) -> Iterator[Hit]:
    """Metrics that got better some months in a row and then worse as many, and lost more than the limit; by channel.

    At stake is the money a month has lost: revenue, else orders x the money of an average order.
    """
    months = months_of(facts)
    if months is None:
        return
    turned: dict[str | None, list[_Turn]] = {}
    for row in rows_with_figures(months):
        turn = _turn_of(row, months, facts)
        if turn is not None:
            turned.setdefault(row.channel, []).append(turn)
    for channel, turns in turned.items():
        turns.sort(key=lambda item: -item.loss)
        yield _turn_hit(channel, turns, months, facts)


def _turn_of(row: KpiRow, months: KpiMonths, facts: Facts) -> _Turn | None:
    last = months.last_month(row)
    steps = int(facts.thresholds["kpi-report.turn_months"])
    peak = turning_month(months.actuals(row)[:last], months.meaning(row).direction, steps)
    if last is None or peak is None:
        return None
    best, value = months.actuals(row)[peak - 1], months.actuals(row)[last - 1]
    if best is None or value is None or not best:
        return None
    turn = _Turn(row=row, peak=peak, last=last, best=best, value=value)
    return turn if turn.loss > facts.thresholds["kpi-report.turn_share"] else None


def _turn_hit(channel: str | None, turns: list[_Turn], months: KpiMonths, facts: Facts) -> Hit:
    worst = turns[0]
    unit = months.meaning(worst.row).unit
    changed = _posting_change(worst, months, facts)
    answers = family_of(worst.row.metric, facts) is Family.SERVICE
    return Hit(
        about=about_channel(channel),
        root=results_root(channel),
        evidence=(
            *(worst.row.cell("actual", number) for number in range(worst.last, worst.peak - 1, -1)),
            *(turn.row.cell("actual", turn.last) for turn in turns[1:]),
        ),
        values={
            "channel": channel_name(facts, channel),
            "metrics": tuple(facts.metric_name(turn.row.metric) for turn in turns),
            "metric": facts.metric_name(worst.row.metric),
            "best": figure(worst.best, unit, facts),
            "value": figure(worst.value, unit, facts),
            "since": end_of_month(months.report, worst.peak) or worst.peak,
            "until": end_of_month(months.report, worst.last) or worst.last,
            **changed,
        },
        effect=missing_money(((turn.row, abs(turn.best - turn.value)) for turn in turns), months),
        todo=ANSWERS_CHANGED if answers else POSTING_CHANGED if changed else "",
    )


ANSWERS_CHANGED = (
    "Look at what has changed since {since} for those who answer: fewer hours, more messages, days without a stand-in."
)
POSTING_CHANGED = (
    "Since {since} there are {posts} posts a month on {channel}, and {selling} of them sell something; before there"
    " were {posts_before}, and {selling_before}. Find out whether that is the reason before you change anything else."
)


def _posting_change(turn: _Turn, months: KpiMonths, facts: Facts) -> dict[str, Wording]:
    """How posting differs after the turn from the months before it; empty where it hardly does, or is not known."""
    start = months.report.start.period_start
    steps = int(facts.thresholds["kpi-report.turn_months"])
    if start is None or family_of(turn.row.metric, facts) is Family.SERVICE:
        return {}
    posts, channel = months.report.post_results, turn.row.channel
    before = posting_of(posts, channel, add_months(start.replace(day=1), max(turn.peak - steps, 0)), steps)
    after = posting_of(posts, channel, add_months(start.replace(day=1), turn.peak), turn.last - turn.peak)
    if min(before.posts, after.posts) < facts.thresholds["kpi-report.group_posts"]:
        return {}
    if before.selling is None or after.selling is None:
        return {}
    limit = facts.thresholds["kpi-report.posting_change"]
    more = abs(after.per_month - before.per_month) / before.per_month
    if more < limit and abs(after.selling - before.selling) < limit:
        return {}
    return {
        "posts": rounded(after.per_month, 1),
        "posts_before": rounded(before.per_month, 1),
        "selling": Share(after.selling),
        "selling_before": Share(before.selling),
    }


@rule("kpi-report.goal_behind_line")
def check_goals_keep_their_line(facts: Facts) -> Iterator[Hit | Lack]:
    """Goals whose last figure is behind the straight line from baseline to target by more than the limit.

    At stake is the money of a month that is behind: revenue, or orders x the money of an average order.
    """
    months, strategy = months_of(facts), facts.plans.strategy
    if months is None or strategy is None:
        return
    for goal in strategy.goals:
        row = row_of_goal(goal, months) if goal.metric is not None and goal.target is not None else None
        last = months.last_month(row) if row is not None else None
        if row is None or last is None or goal.target is None or goal.deadline is None:
            continue
        blank = [field for field in ("baseline", "start") if getattr(goal, field) is None]
        if blank:
            words = tuple(GOAL_FIELDS[field] for field in blank)
            values: dict[str, Wording] = {"goal_id": goal.goal_id or "", "goal": goal.name, "fields": words}
            yield Lack(evidence=tuple(goal.cell(field) for field in blank), values=values)
        day, value = end_of_month(months.report, last), months.actuals(row)[last - 1]
        if day is None or value is None or facts.as_of > goal.deadline:
            continue
        found = goal_line(goal, value, min(day, facts.as_of))
        if found is not None and found.behind > facts.thresholds["kpi-report.goal_behind_share"]:
            yield _line_hit(goal, row, found, last, months, facts)


GOAL_FIELDS = {"baseline": Term("Baseline"), "start": Term("Start")}


def _line_hit(goal: Goal, row: KpiRow, found: GoalLine, last: int, months: KpiMonths, facts: Facts) -> Hit:
    unit = months.meaning(row).unit
    value, target = months.actuals(row)[last - 1] or Decimal(0), goal.target or Decimal(0)
    deadline, day = goal.deadline or facts.as_of, end_of_month(months.report, last) or facts.as_of
    left = max((deadline.year - day.year) * 12 + deadline.month - day.month, 1)
    way = abs(target - value)
    return Hit(
        about=goal.goal_id or goal.name,
        root=f"goal {goal.goal_id or goal.name}",
        evidence=(row.cell("actual", last), goal.cell("target"), goal.cell("baseline")),
        values={
            "goal_id": goal.goal_id or "",
            "goal": goal.name,
            "expected": _about(found.expected, unit, facts),
            "value": _about(value, unit, facts),
            "missing": _about(found.missing, unit, facts),
            "until": day,
            "deadline": deadline,
            "months": left,
            "way": _about(way, unit, facts),
            "step": _about(way / left, unit, facts),
        },
        effect=missing_money([(row, found.missing)], months),
    )


def _about(value: Decimal, unit: Unit, facts: Facts) -> Wording:
    """A figure on a line: counts are whole from 100 on, with one decimal below; nobody wants 6,644.81 followers."""
    if unit is Unit.COUNT:
        return rounded(value, 0 if abs(value) >= WHOLE_FROM else 1)
    return figure(value, unit, facts)
