"""Rules about where figures go: trends that turned, goals behind their line."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from smsheets.analysis.context import Term
from smsheets.analysis.facts import Facts, last_day, row_figure, rows_in_use
from smsheets.analysis.finding import Hit, Lack, Wording, lack, rule
from smsheets.analysis.goal_outlook import row_of_goal
from smsheets.analysis.kpi_standards import channel_name, end_of_month, family_of, figure, rounded
from smsheets.analysis.subjects import channel_id, channel_root, goal_id, goal_label, goal_root
from smsheets.money import Share
from smsheets.periods import add_months, months_between
from smsheets.plan.cadence import posting_of
from smsheets.plan.forecast import turning_month
from smsheets.plan.goals import Goal, GoalLine, goal_line
from smsheets.plan.kpi_report import KpiRow
from smsheets.plan.record import group_by
from smsheets.plan.reference import Family, Unit
from smsheets.plan.results import missing_money

_WHOLE_FROM = 100
"""Counts are shown without decimals from here on: nobody wants 6,644.8 followers."""
_GOAL_FIELDS = {"baseline": Term("Baseline"), "start": Term("Start")}
"""The beginning of a goal's line: its fields, and their labels on the sheet Goals."""


class _Turn(msgspec.Struct, frozen=True, kw_only=True):
    """A metric that turned: its best month and its last one, numbered from 1, with their values."""

    row: KpiRow
    peak: int
    last: int
    best: Decimal
    value: Decimal

    @property
    def loss(self) -> Decimal:
        """The part of the best month that is lost."""
        return abs(self.value - self.best) / abs(self.best)


@rule("kpi-report.trend_turned")
def check_trends_hold(facts: Facts) -> Iterator[Hit]:
    """Metrics that got better some months in a row and then worse as many, and lost more than the limit; by channel.

    At stake is the money a month has lost: revenue, else orders x the money of an average order.
    """
    turned = [turn for row in rows_in_use(facts) if (turn := _turn_of(row, facts)) is not None]
    for turns in group_by(turned, lambda turn: turn.row.channel or "").values():
        yield _turn_hit(sorted(turns, key=lambda turn: -turn.loss), facts)


def _turn_of(row: KpiRow, facts: Facts) -> _Turn | None:
    months = facts.kpi_months
    last, steps = months.last_month(row), int(facts.thresholds["kpi-report.turn_months"])
    peak = turning_month(months.actuals(row)[:last], months.meaning(row).direction, steps)
    if last is None or peak is None:
        return None
    best, value = months.actuals(row)[peak - 1], months.actuals(row)[last - 1]
    if value is None or not best:
        return None
    turn = _Turn(row=row, peak=peak, last=last, best=best, value=value)
    return turn if turn.loss > facts.thresholds["kpi-report.turn_share"] else None


def _turn_hit(turns: list[_Turn], facts: Facts) -> Hit:
    worst, channel = turns[0], turns[0].row.channel
    changed = _posting_change(worst, facts)
    answers = family_of(worst.row, facts) is Family.SERVICE
    return Hit(
        about=channel_id(channel),
        root=channel_root(channel),
        evidence=(
            *(worst.row.cell("actual", number) for number in range(worst.last, worst.peak - 1, -1)),
            *(turn.row.cell("actual", turn.last) for turn in turns[1:]),
        ),
        values={
            "channel": channel_name(facts, channel),
            "metrics": tuple(facts.metric_name(turn.row.metric) for turn in turns),
            "metric": facts.metric_name(worst.row.metric),
            "best": row_figure(worst.row, worst.best, facts),
            "value": row_figure(worst.row, worst.value, facts),
            "since": last_day(worst.peak, facts),
            "until": last_day(worst.last, facts),
            **changed,
        },
        effect=missing_money(((turn.row, abs(turn.best - turn.value)) for turn in turns), facts.kpi_months),
        case="answers_changed" if answers else "posting_changed" if changed else "",
    )


def _posting_change(turn: _Turn, facts: Facts) -> dict[str, Wording]:
    """How posting differs after the turn from the months before it; empty where it hardly does, or is not known."""
    start = facts.kpi_report.start.period_start
    steps = int(facts.thresholds["kpi-report.turn_months"])
    if start is None or family_of(turn.row, facts) is Family.SERVICE:
        return {}
    posts, channel = facts.kpi_report.post_results, turn.row.channel
    before = posting_of(posts, channel, add_months(start.replace(day=1), max(turn.peak - steps, 0)), steps)
    after = posting_of(posts, channel, add_months(start.replace(day=1), turn.peak), turn.last - turn.peak)
    few = min(before.posts, after.posts) < facts.thresholds["kpi-report.group_posts"]
    if few or before.selling is None or after.selling is None:
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

    Nothing is said of a goal that is reached or, at its pace, will be in time.

    At stake is the money of a month that is behind: revenue, or orders x the money of an average order.
    """
    months = facts.kpi_months
    for goal, outlook in zip(facts.strategy.goals_in_use, facts.goal_outlooks, strict=True):
        row = row_of_goal(goal, months) if goal.metric is not None and goal.target is not None else None
        last = months.last_month(row) if row is not None else None
        if row is None or last is None or goal.deadline is None:
            continue
        blank = [field for field in _GOAL_FIELDS if getattr(goal, field) is None]
        words = tuple(_GOAL_FIELDS[field] for field in blank)
        yield from lack(map(goal.cell, blank), goal=goal_label(goal), fields=words)
        day, value = end_of_month(months.report, last), months.actuals(row)[last - 1]
        if day is None or value is None or facts.as_of > goal.deadline:
            continue
        found = goal_line(goal, value, min(day, facts.as_of))
        if outlook.on_its_way:
            continue
        if found is not None and found.behind > facts.thresholds["kpi-report.goal_behind_share"]:
            yield _line_hit(goal, row, found, last, facts)


def _line_hit(goal: Goal, row: KpiRow, found: GoalLine, last: int, facts: Facts) -> Hit:
    unit = facts.kpi_months.meaning(row).unit
    value, target = facts.kpi_months.actuals(row)[last - 1] or Decimal(0), goal.target or Decimal(0)
    deadline, day = goal.deadline or facts.as_of, end_of_month(facts.kpi_report, last) or facts.as_of
    left = max(months_between(day, deadline), 1)
    way = abs(target - value)
    return Hit(
        about=goal_id(goal),
        root=goal_root(goal),
        evidence=(row.cell("actual", last), goal.cell("target"), goal.cell("baseline")),
        values={
            "goal": goal_label(goal),
            "expected": _line_figure(found.expected, unit, facts),
            "value": _line_figure(value, unit, facts),
            "missing": _line_figure(found.missing, unit, facts),
            "until": day,
            "deadline": deadline,
            "months": left,
            "way": _line_figure(way, unit, facts),
            "step": _line_figure(way / left, unit, facts),
        },
        effect=missing_money([(row, found.missing)], facts.kpi_months),
    )


def _line_figure(value: Decimal, unit: Unit, facts: Facts) -> Wording:
    """A figure on a line: a large count whole, a small one with one decimal."""
    if unit is Unit.COUNT:
        return rounded(value, 0 if abs(value) >= _WHOLE_FROM else 1)
    return figure(value, unit, facts)
