"""A business as its rules see it: the plans that a rule needs, and what is worked out from them, each once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from decimal import Decimal
from functools import cached_property
from typing import TypeVar

from smsheets.analysis import forecast
from smsheets.analysis.context import Context
from smsheets.analysis.forecast import Forecast
from smsheets.analysis.goal_outlook import GoalOutlook, goal_outlooks
from smsheets.analysis.kpi_standards import channel_name, end_of_month, figure, months_of
from smsheets.analysis.shortages import HourShortages, Shortage, Work, find_shortages, share_hours
from smsheets.analysis.variance import budget, calendar, kpi_report, roadmap
from smsheets.analysis.variance.budget import BudgetVariance
from smsheets.analysis.variance.calendar import CalendarVariance
from smsheets.analysis.variance.kpi_report import KpiReportVariance
from smsheets.analysis.variance.roadmap import RoadmapVariance
from smsheets.analysis.variance.whole import Variance
from smsheets.money import Money, Share
from smsheets.plan.budget import ADVERTISING, Budget, BudgetLine
from smsheets.plan.cadence import monday_of
from smsheets.plan.calendar import Calendar, Post
from smsheets.plan.goals import Goal
from smsheets.plan.kpi_months import KpiMonths
from smsheets.plan.kpi_report import Decision, KpiReport, KpiRow, Message, PostResult, overdue_decisions
from smsheets.plan.record import group_by, round_figure
from smsheets.plan.results import usual_revenues
from smsheets.plan.roadmap import Initiative, Roadmap, Task, TaskIndex, id_key
from smsheets.plan.spare_money import CENT
from smsheets.plan.strategy import Channel, Strategy
from smsheets.plan.texts import TooLong, alike_groups, texts_too_long
from smsheets.plan.workload import (
    Person,
    PersonHours,
    hours_due,
    people_of,
    person_key,
    running_channels,
    week_loads,
)

_T = TypeVar("_T")


class Facts(Context, frozen=True, kw_only=True, dict=True):
    """One business on one day, with its variance and forecast: worked out when first asked for, then kept.

    A rule asks for `facts.budget` where its text's `needs` name the budget: it is only run where that is given. A plan
    that a rule can do without is `facts.plans.budget`, which may be None.
    """

    @cached_property
    def team(self) -> Mapping[str, Person]:
        """The people of the strategy's team by `person_key`; nobody without a strategy."""
        return {} if self.plans.strategy is None else people_of(self.plans.strategy.team)

    @property
    def strategy(self) -> Strategy:
        """The strategy that was given."""
        return _given(self.plans.strategy)

    @property
    def roadmap(self) -> Roadmap:
        """The roadmap that was given."""
        return _given(self.plans.roadmap)

    @property
    def budget(self) -> Budget:
        """The budget that was given."""
        return _given(self.plans.budget)

    @property
    def calendar(self) -> Calendar:
        """The calendar that was given."""
        return _given(self.plans.calendar)

    @property
    def kpi_report(self) -> KpiReport:
        """The KPI report that was given."""
        return _given(self.plans.kpi_report)

    @cached_property
    def kpi_months(self) -> KpiMonths:
        """The KPI report's rows over the months that have begun."""
        return _given(months_of(self))

    @cached_property
    def budget_variance(self) -> BudgetVariance:
        """The variance of the budget."""
        return budget.compute_variance(self.budget, self)

    @cached_property
    def shortages(self) -> tuple[Shortage, ...]:
        """The budget's lines that need money, the most urgent first."""
        return find_shortages(self.budget_variance)

    @cached_property
    def roadmap_variance(self) -> RoadmapVariance:
        """The variance of the roadmap."""
        return roadmap.compute_variance(self.roadmap, self)

    @cached_property
    def calendar_variance(self) -> CalendarVariance:
        """The variance of the calendar."""
        return calendar.compute_variance(self.calendar, self)

    @cached_property
    def kpi_report_variance(self) -> KpiReportVariance:
        """The variance of the KPI report."""
        return kpi_report.compute_variance(self.kpi_report, self)

    @cached_property
    def variance(self) -> Variance:
        """The variance of each plan that was given."""
        plans = self.plans
        return Variance(
            budget=None if plans.budget is None else self.budget_variance,
            roadmap=None if plans.roadmap is None else self.roadmap_variance,
            calendar=None if plans.calendar is None else self.calendar_variance,
            kpi_report=None if plans.kpi_report is None else self.kpi_report_variance,
        )

    @cached_property
    def forecast(self) -> Forecast:
        """The year's spending and the days on which goals are reached, as far as the given plans show them."""
        budget = None if self.plans.budget is None else self.budget_variance
        return forecast.compute_forecast(self, budget, self.goal_outlooks)

    @cached_property
    def goal_outlooks(self) -> tuple[GoalOutlook, ...]:
        """When each of the strategy's goals in use is reached; none without a strategy or a KPI report."""
        return () if self.plans.strategy is None else tuple(goal_outlooks(self.plans.strategy, self))

    @cached_property
    def goals_by_id(self) -> Mapping[str, Goal]:
        """The strategy's goals in use, by their ids as `id_key` writes them; none without a strategy."""
        goals = self.plans.strategy.goals_in_use if self.plans.strategy is not None else ()
        return {id_key(goal.goal_id): goal for goal in goals if goal.goal_id is not None}

    @property
    def settled(self) -> bool:
        """Somebody has begun the strategy, and its first days are over: an empty sheet is a gap now, no beginning."""
        start = self.strategy.start.period_start
        days = int(self.thresholds["strategy.settle_days"])
        return self.strategy.begun and (start is None or (self.as_of - start).days >= days)

    @cached_property
    def open_goals(self) -> tuple[Goal, ...]:
        """The strategy's goals in use whose day is not over: what one of the others lacks is no use any more."""
        goals = self.strategy.goals_in_use
        return tuple(goal for goal in goals if goal.deadline is None or goal.deadline >= self.as_of)

    @cached_property
    def channels_in_use(self) -> tuple[Channel, ...]:
        """The channels of a strategy that somebody began to fill in, without those to be stopped."""
        return tuple(running_channels(self.strategy.channels)) if self.strategy.begun else ()

    @cached_property
    def initiatives_by_goal(self) -> Mapping[str, list[Initiative]]:
        """The roadmap's initiatives for each goal, by its id as `id_key` writes it; given-up ones are left out."""
        items = self.plans.roadmap.initiatives_in_use if self.plans.roadmap is not None else ()
        serving = [item for item in items if item.goal_id is not None and not item.cancelled]
        return group_by(serving, lambda item: id_key(item.goal_id))

    @cached_property
    def unfinished_initiatives(self) -> tuple[Initiative, ...]:
        """The roadmap's initiatives with work still to be done, in the order of the sheet."""
        return tuple(item for item in self.roadmap.initiatives if item.unfinished)

    @cached_property
    def tasks(self) -> TaskIndex:
        """The roadmap's tasks by initiative."""
        return TaskIndex(self.roadmap)

    @cached_property
    def tasks_by_person(self) -> Mapping[str, list[Task]]:
        """The roadmap's open tasks of everybody who has some, by `person_key`."""
        tasks = (task for task in self.roadmap.tasks if task.open and task.owner is not None)
        return group_by(tasks, lambda task: person_key(task.owner))

    @cached_property
    def post_results(self) -> tuple[PostResult, ...]:
        """The KPI report's posts up to the day, and those without a day; none without a KPI report."""
        rows = () if self.plans.kpi_report is None else self.plans.kpi_report.post_results
        return tuple(row for row in rows if row.date is None or row.date <= self.as_of)

    @cached_property
    def calendar_day(self) -> date:
        """The day, at most the last one that the calendar plans: after its end nothing is missing in it."""
        months = self.calendar.start.months
        end = None if months is None else self.calendar.first_day(months + 1)
        return self.as_of if end is None else min(self.as_of, end - timedelta(days=1))

    @cached_property
    def posts_by_channel(self) -> Mapping[str, list[Post]]:
        """The calendar's posts by channel, whatever their status, in the order of the sheet."""
        return group_by(self.calendar.posts, lambda post: post.channel)

    @cached_property
    def unfinished_posts(self) -> tuple[Post, ...]:
        """The calendar's planned posts that are not out, in the order of the sheet."""
        return tuple(post for post in self.calendar.planned_posts if not post.is_published)

    @cached_property
    def hour_shortages(self) -> HourShortages:
        """Where the team's hours are short for posts and tasks, and who has some left."""
        running = monday_of(self.as_of)
        tasks = self.tasks_by_person if self.plans.roadmap is not None else {}
        posts = self.unfinished_posts if self.plans.calendar is not None else ()
        owned = group_by(posts, lambda post: person_key(post.owner))
        hours = {
            key: PersonHours(
                per_week=person.hours,
                running=running,
                posts={week.monday: week.hours for week in week_loads(owned.get(key, ()), self.minutes_of)},
                due=hours_due(tasks.get(key, ()), running),
            )
            for key, person in self.team.items()
            if person.hours is not None
        }
        return share_hours(
            Work(
                team=self.team,
                hours=hours,
                tasks=tasks,
                posts=posts,
                minutes=self.minutes_of,
                as_of=self.as_of,
                weeks_ahead=int(self.thresholds["roadmap.weeks_ahead"]),
                weeks_around=int(self.thresholds["calendar.ahead_weeks"]),
            )
        )

    @cached_property
    def posts_to_come(self) -> tuple[Post, ...]:
        """The unfinished posts from the day on, by date."""
        dated = [(post.date, post) for post in self.unfinished_posts if post.date and post.date >= self.as_of]
        return tuple(post for _, post in sorted(dated, key=lambda pair: pair[0]))

    def posts_until(self, last: date) -> tuple[Post, ...]:
        """The posts to come up to and with a day."""
        return tuple(post for post in self.posts_to_come if post.date is not None and post.date <= last)

    @cached_property
    def alike_posts(self) -> tuple[tuple[Post, ...], ...]:
        """Groups of posts with nearly the same text, cancelled ones left out, in the order of the sheet."""
        posts = [post for post in self.calendar.posts if post.copy is not None and post.status != "cancelled"]
        least = float(self.thresholds["calendar.same_text_share"])
        groups = alike_groups(tuple(post.copy or "" for post in posts), least)
        return tuple(tuple(posts[position] for position in group) for group in groups)

    @cached_property
    def texts_too_long(self) -> tuple[TooLong, ...]:
        """Texts, titles and hashtags of posts over a limit of their channel."""
        return tuple(texts_too_long(self.calendar, self.platforms))

    @cached_property
    def usual_revenues(self) -> Mapping[str, Decimal]:
        """Channel -> the median revenue of its unpaid posts in the KPI report, where enough of them are known."""
        return usual_revenues(self.post_results, int(self.thresholds["kpi-report.group_posts"]))

    def worth_of_posts(self, channel: str | None, count: Decimal | int) -> Decimal | None:
        """The money that posts on a channel usually bring; None where that is not known, and where it is none."""
        each = self.usual_revenues.get(channel or "")
        return round_figure(each * count, CENT) if each else None

    def ad_lines(self, channel: str | None) -> tuple[BudgetLine, ...]:
        """The advertising lines of a channel; none without a budget."""
        lines = self.plans.budget.lines if self.plans.budget is not None else ()
        return tuple(line for line in lines if line.category == ADVERTISING and line.channel == channel is not None)

    def overdue_decision(self, channel: str | None) -> Decision | None:
        """The oldest overdue decision of the reviews that names a channel; None without one, or without a KPI report.

        A name of one or two letters counts as it is written: `X` is a channel, an `x` between two numbers is none.
        """
        report, platform = self.plans.kpi_report, self.platforms.get(channel or "")
        if report is None or channel is None:
            return None
        names = (platform.name, *platform.aliases) if platform is not None else (channel,)
        late = overdue_decisions(report.decisions, self.as_of)
        return next((item for item in late if any(_names(item.decision or "", name) for name in names)), None)

    def minutes_of(self, post: Post) -> Decimal:
        """The minutes that a post takes, by its format; as long as any other where there is no threshold for it."""
        return self.thresholds.get(f"calendar.minutes_{post.format}", self.thresholds["calendar.minutes_other"])


_WORD = re.compile(r"\w+")
_SHORT_NAME = 2


def _names(text: str, name: str) -> bool:
    """True if a name is in a text as whole words; a short one as it is written."""
    if len(name) > _SHORT_NAME:
        text, name = text.casefold(), name.casefold()
    return f" {' '.join(_WORD.findall(name))} " in f" {' '.join(_WORD.findall(text))} "


def _given(plan: _T | None) -> _T:
    if plan is None:
        raise LookupError("A rule asked for a plan that its 'needs' do not name.")
    return plan


def rows_in_use(facts: Facts) -> list[KpiRow]:
    """The rows with a target or a figure, in the order of the sheet."""
    return [item.row for item in facts.kpi_report_variance.kpis]


def rows_by_channel(facts: Facts) -> dict[str, list[KpiRow]]:
    """The rows in use of each channel, in the order of the sheet; the whole business is no channel."""
    return group_by(rows_in_use(facts), lambda row: row.channel)


def metric_names(rows: Iterable[KpiRow], facts: Facts) -> tuple[str, ...]:
    """The metrics of some rows, each once."""
    return tuple(dict.fromkeys(facts.metric_name(row.metric) for row in rows))


def channel_names(items: Iterable[KpiRow | Message], facts: Facts) -> tuple[str, ...]:
    """The channels of some rows or messages, each once."""
    return tuple(dict.fromkeys(channel_name(facts, item.channel) for item in items))


def row_figure(row: KpiRow, value: Decimal | None, facts: Facts) -> Decimal | Money | Share:
    """A value of a row as it is shown; None counts as zero."""
    return figure(Decimal(0) if value is None else value, facts.kpi_months.meaning(row).unit, facts)


def last_day(month: int, facts: Facts) -> date | int:
    """The last day of a month, numbered from 1; the number itself where the period's start is unknown."""
    return end_of_month(facts.kpi_report, month) or month
