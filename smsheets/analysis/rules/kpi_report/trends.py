"""Rules about where figures go: trends that turned, goals behind their line."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from smsheets.analysis.context import Context, Term
from smsheets.analysis.finding import Hit, Lack, Level, Wording, rule
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


@rule(
    "kpi-report.trend_turned",
    level=Level.WARNING,
    needs=("kpi-report",),
    says="{channel}: what was getting better has turned in {metrics}. Furthest: {metric}, from {best} by {since} to"
    " {value} by {until}.",
    todo="Look at what you have done differently since then: fewer posts, another format, other times, less money.",
    source="Months in a row for the better, then as many for the worse; both numbers are this program's default",
    thresholds=(
        "kpi-report.turn_months",
        "kpi-report.turn_share",
        "kpi-report.posting_change",
        "kpi-report.group_posts",
    ),
    weight=3,
)
def check_trends_hold(context: Context) -> Iterator[Hit]:
    """Metrics that got better some months in a row and then worse as many, and lost more than the limit; by channel.

    At stake is the money a month has lost: revenue, else orders x the money of an average order.
    """
    months = months_of(context)
    if months is None:
        return
    turned: dict[str | None, list[_Turn]] = {}
    for row in rows_with_figures(months):
        turn = _turn_of(row, months, context)
        if turn is not None:
            turned.setdefault(row.channel, []).append(turn)
    for channel, turns in turned.items():
        turns.sort(key=lambda item: -item.loss)
        yield _turn_hit(channel, turns, months, context)


def _turn_of(row: KpiRow, months: KpiMonths, context: Context) -> _Turn | None:
    last = months.last_month(row)
    steps = int(context.thresholds["kpi-report.turn_months"])
    peak = turning_month(months.actuals(row)[:last], months.meaning(row).direction, steps)
    if last is None or peak is None:
        return None
    best, value = months.actuals(row)[peak - 1], months.actuals(row)[last - 1]
    if best is None or value is None or not best:
        return None
    turn = _Turn(row=row, peak=peak, last=last, best=best, value=value)
    return turn if turn.loss > context.thresholds["kpi-report.turn_share"] else None


def _turn_hit(channel: str | None, turns: list[_Turn], months: KpiMonths, context: Context) -> Hit:
    worst = turns[0]
    unit = months.meaning(worst.row).unit
    changed = _posting_change(worst, months, context)
    answers = family_of(worst.row.metric, context) is Family.SERVICE
    return Hit(
        about=about_channel(channel),
        root=results_root(channel),
        evidence=(
            *(worst.row.cell("actual", number) for number in range(worst.last, worst.peak - 1, -1)),
            *(turn.row.cell("actual", turn.last) for turn in turns[1:]),
        ),
        values={
            "channel": channel_name(context, channel),
            "metrics": tuple(context.metric_name(turn.row.metric) for turn in turns),
            "metric": context.metric_name(worst.row.metric),
            "best": figure(worst.best, unit, context),
            "value": figure(worst.value, unit, context),
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


def _posting_change(turn: _Turn, months: KpiMonths, context: Context) -> dict[str, Wording]:
    """How posting differs after the turn from the months before it; empty where it hardly does, or is not known."""
    start = months.report.start.period_start
    steps = int(context.thresholds["kpi-report.turn_months"])
    if start is None or family_of(turn.row.metric, context) is Family.SERVICE:
        return {}
    posts, channel = months.report.post_results, turn.row.channel
    before = posting_of(posts, channel, add_months(start.replace(day=1), max(turn.peak - steps, 0)), steps)
    after = posting_of(posts, channel, add_months(start.replace(day=1), turn.peak), turn.last - turn.peak)
    if min(before.posts, after.posts) < context.thresholds["kpi-report.group_posts"]:
        return {}
    if before.selling is None or after.selling is None:
        return {}
    limit = context.thresholds["kpi-report.posting_change"]
    more = abs(after.per_month - before.per_month) / before.per_month
    if more < limit and abs(after.selling - before.selling) < limit:
        return {}
    return {
        "posts": rounded(after.per_month, 1),
        "posts_before": rounded(before.per_month, 1),
        "selling": Share(after.selling),
        "selling_before": Share(before.selling),
    }


@rule(
    "kpi-report.goal_behind_line",
    level=Level.WARNING,
    needs=("kpi-report", "strategy"),
    says="Goal {goal_id} '{goal}' should be at {expected} by {until} and is at {value}: {missing} behind.",
    todo="{way} are left to go in the {months} months until {deadline}: {step} each month. Decide what brings that, or"
    " set a target that can be reached.",
    source="The straight line from the baseline on the start day to the target on the deadline",
    thresholds=("kpi-report.goal_behind_share",),
    lacks="Fill in {fields} of goal {goal_id} '{goal}' to learn whether it is where it should be by now.",
    weight=3,
)
def check_goals_keep_their_line(context: Context) -> Iterator[Hit | Lack]:
    """Goals whose last figure is behind the straight line from baseline to target by more than the limit.

    At stake is the money of a month that is behind: revenue, or orders x the money of an average order.
    """
    months, strategy = months_of(context), context.plans.strategy
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
        if day is None or value is None or context.as_of > goal.deadline:
            continue
        found = goal_line(goal, value, min(day, context.as_of))
        if found is not None and found.behind > context.thresholds["kpi-report.goal_behind_share"]:
            yield _line_hit(goal, row, found, last, months, context)


GOAL_FIELDS = {"baseline": Term("Baseline"), "start": Term("Start")}


def _line_hit(goal: Goal, row: KpiRow, found: GoalLine, last: int, months: KpiMonths, context: Context) -> Hit:
    unit = months.meaning(row).unit
    value, target = months.actuals(row)[last - 1] or Decimal(0), goal.target or Decimal(0)
    deadline, day = goal.deadline or context.as_of, end_of_month(months.report, last) or context.as_of
    left = max((deadline.year - day.year) * 12 + deadline.month - day.month, 1)
    way = abs(target - value)
    return Hit(
        about=goal.goal_id or goal.name,
        root=f"goal {goal.goal_id or goal.name}",
        evidence=(row.cell("actual", last), goal.cell("target"), goal.cell("baseline")),
        values={
            "goal_id": goal.goal_id or "",
            "goal": goal.name,
            "expected": _about(found.expected, unit, context),
            "value": _about(value, unit, context),
            "missing": _about(found.missing, unit, context),
            "until": day,
            "deadline": deadline,
            "months": left,
            "way": _about(way, unit, context),
            "step": _about(way / left, unit, context),
        },
        effect=missing_money([(row, found.missing)], months),
    )


def _about(value: Decimal, unit: Unit, context: Context) -> Wording:
    """A figure on a line: counts are whole from 100 on, with one decimal below; nobody wants 6,644.81 followers."""
    if unit is Unit.COUNT:
        return rounded(value, 0 if abs(value) >= WHOLE_FROM else 1)
    return figure(value, unit, context)
