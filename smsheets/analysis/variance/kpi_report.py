"""KPI variance: each metric against its target, posts in groups, and how people are answered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from smsheets.analysis.context import Context
from smsheets.analysis.kpi_standards import Limits, limits_of, promise_hours
from smsheets.plan import inbox, kpi_months
from smsheets.plan.inbox import COMPLAINT
from smsheets.plan.kpi_months import KpiMonths, Meaning, Standing, YearToDate
from smsheets.plan.kpi_report import KpiReport, KpiRow, Message, PostResult
from smsheets.plan.post_rates import (
    ChannelMeasure,
    PostGroup,
    compare_groups,
    engagements,
    hour_block_of,
    measures_of,
    rate_of_sums,
    weekday_of,
)
from smsheets.plan.record import group_by
from smsheets.plan.reference import Direction
from smsheets.plan.results import ResultCost, result_costs


class InboxGroup(msgspec.Struct, frozen=True, kw_only=True):
    """The messages of one channel or of one kind; `key` is its id, None for those without one.

    Attributes:
        needing, answered: Messages that need an answer, and those of them that have one.
        late: Those of them that took longer than promised.
        median_hours: Until their first answer; None where no hours are known.
        promise_hours: Of a channel; None for a kind, which comes in on several.
    """

    key: str | None
    messages: int
    needing: int
    answered: int
    late: int
    median_hours: Decimal | None
    promise_hours: Decimal | None = None

    @property
    def unanswered(self) -> int:
        """Messages that need an answer and have none."""
        return self.needing - self.answered


class KpiVariance(msgspec.Struct, frozen=True, kw_only=True):
    """One metric of one channel. A figure that cannot be had is None.

    Attributes:
        month: The number of the last month with an actual, from 1; None without actuals.
        first_day: That month's first day.
        value, before, target: Of that month, of the month before it, and what was wanted in it.
        short: How far short of the target, as a share of it; negative is better than wanted.
        to_date: The months so far; empty for a metric that does not add up.
    """

    row: KpiRow
    meaning: Meaning
    month: int | None
    first_day: date | None
    value: Decimal | None
    before: Decimal | None
    target: Decimal | None
    short: Decimal | None
    standing: Standing
    to_date: YearToDate

    @property
    def change(self) -> Decimal | None:
        """Against the month before."""
        return _difference(self.value, self.before)

    @property
    def change_share(self) -> Decimal | None:
        """Against the month before, as a share of it."""
        return kpi_months.change_share(self.value, self.before)

    @property
    def difference(self) -> Decimal | None:
        """Actual - target; more than wanted is positive, whether or not more is better."""
        return _difference(self.value, self.target)

    @property
    def difference_share(self) -> Decimal | None:
        """The difference as a share of the target."""
        return kpi_months.change_share(self.value, self.target)

    @property
    def share_of_target(self) -> Decimal | None:
        """Actual / target."""
        return kpi_months.ratio(self.value, self.target)

    @property
    def difference_to_date(self) -> Decimal | None:
        """Actual - target of the months so far."""
        return _difference(self.to_date.actual, self.to_date.target)

    @property
    def share_to_date(self) -> Decimal | None:
        """Actual / target of the months so far."""
        return kpi_months.ratio(self.to_date.actual, self.to_date.target)

    @property
    def improved(self) -> bool | None:
        """The change against the month before is for the better; None where there is none."""
        if not self.change:
            return None
        return (self.change > 0) is (self.meaning.direction is Direction.UP)


class InboxVariance(msgspec.Struct, frozen=True, kw_only=True):
    """How people are answered.

    Attributes:
        needing, answered: Messages that need an answer, and those of them that have one.
        response_rate: answered / needing, a share.
        median_hours: Until their first answer; None where no hours are known.
        late: Those of them that took longer than promised.
        waiting: Messages without an answer for longer than promised.
        not_routed: Complaints that nobody deals with.
        longest_wait_hours: Of the messages without an answer.
        by_channel, by_kind: The same in parts, the ones with the most messages first.
    """

    messages: int
    needing: int
    answered: int
    response_rate: Decimal | None
    median_hours: Decimal | None
    promise_hours: Decimal
    late: int
    waiting: int
    not_routed: int
    longest_wait_hours: int | None
    by_channel: tuple[InboxGroup, ...] = ()
    by_kind: tuple[InboxGroup, ...] = ()


class PostsVariance(msgspec.Struct, frozen=True, kw_only=True):
    """What posts got, in groups that are compared with what is usual on their channel.

    Attributes:
        posts: How many have any result.
        rate: Ratio of sums by reach over those of which reach is known.
        by_weekday: Keys are ISO weekdays; `by_hour`: keys are the first hour of a block of three.
    """

    posts: int
    rate: Decimal | None
    measures: tuple[ChannelMeasure, ...]
    by_format: tuple[PostGroup, ...]
    by_pillar: tuple[PostGroup, ...]
    by_weekday: tuple[PostGroup, ...]
    by_hour: tuple[PostGroup, ...]


class KpiReportVariance(msgspec.Struct, frozen=True, kw_only=True):
    """The variance report of a KPI report. Rows without a target or an actual are left out.

    Attributes:
        unused: How many rows those are.
        costs: Of channels with advertising in the budget; None where no budget was given.
    """

    as_of: date
    limits: Limits
    kpis: tuple[KpiVariance, ...]
    unused: int
    posts: PostsVariance
    inbox: InboxVariance
    costs: tuple[ResultCost, ...] | None


def compute_variance(plan: KpiReport, context: Context) -> KpiReportVariance:
    """The variance of a KPI report on the context's day."""
    months = KpiMonths(plan, context.as_of, context.kpi_definitions)
    limits = limits_of(plan, context)
    rows = [row for row in plan.kpis if row.metric is not None]
    used = [row for row in rows if has_figures(row)]
    budget = context.plans.budget
    return KpiReportVariance(
        as_of=context.as_of,
        limits=limits,
        kpis=tuple(_kpi(row, months, limits) for row in used),
        unused=len(rows) - len(used),
        posts=_posts(plan.post_results, context),
        inbox=_inbox(plan, context),
        costs=None if budget is None else tuple(result_costs(budget, months)),
    )


def has_figures(row: KpiRow) -> bool:
    """The row is more than a name: a new workbook has rows that nobody uses yet."""
    return any(value is not None for value in (*row.target, *row.actual))


def messages_so_far(plan: KpiReport, as_of: date) -> list[Message]:
    """The messages that have come in by that day, and those without one, as they were on it."""
    begun = (item for item in plan.inbox if inbox.in_use(item) and _is_begun(item.received, as_of))
    return [inbox.as_known_on(item, as_of) for item in begun]


def _is_begun(day: date | None, as_of: date) -> bool:
    return day is None or day <= as_of


def _kpi(row: KpiRow, months: KpiMonths, limits: Limits) -> KpiVariance:
    meaning = months.meaning(row)
    actuals, targets, last = months.actuals(row), months.targets(row), months.last_month(row)
    value = actuals[last - 1] if last is not None else None
    target = targets[last - 1] if last is not None else None
    return KpiVariance(
        row=row,
        meaning=meaning,
        month=last,
        first_day=None if last is None else months.report.first_day(last),
        value=value,
        before=actuals[last - 2] if last is not None and last > 1 else None,
        target=target,
        short=kpi_months.shortfall(value, target, meaning.direction),
        standing=kpi_months.standing_of(value, target, meaning.direction, limits.watch_share, limits.behind_share),
        to_date=months.year_to_date(row),
    )


def _posts(posts: Iterable[PostResult], context: Context) -> PostsVariance:
    known = [post for post in posts if engagements(post) is not None and _is_begun(post.date, context.as_of)]
    at_least = int(context.thresholds["kpi-report.group_posts"])
    return PostsVariance(
        posts=len(known),
        rate=rate_of_sums(known),
        measures=measures_of(known),
        by_format=compare_groups(known, lambda post: post.format, at_least),
        by_pillar=compare_groups(known, lambda post: post.pillar, at_least),
        by_weekday=compare_groups(known, weekday_of, at_least),
        by_hour=compare_groups(known, hour_block_of, at_least),
    )


def _inbox(plan: KpiReport, context: Context) -> InboxVariance:
    messages = messages_so_far(plan, context.as_of)
    promises = {item.channel: promise_hours(plan, context, item.channel) for item in messages}
    needing = [item for item in messages if inbox.needs_answer(item)]
    waits = [hours for item in needing if (hours := inbox.hours_waiting(item, context.as_of)) is not None]
    whole = _group(None, messages, promises, None)
    return InboxVariance(
        messages=whole.messages,
        needing=whole.needing,
        answered=whole.answered,
        response_rate=inbox.response_rate(messages),
        median_hours=whole.median_hours,
        promise_hours=promise_hours(plan, context, None),
        late=whole.late,
        waiting=sum(inbox.waits_too_long(item, promises[item.channel], context.as_of) for item in messages),
        not_routed=sum(item.kind == COMPLAINT and not inbox.is_routed(item) for item in messages),
        longest_wait_hours=int(max(waits)) if waits else None,
        by_channel=_groups(messages, lambda item: item.channel, promises, promises),
        by_kind=_groups(messages, lambda item: item.kind, promises, {}),
    )


def _group(
    key: str | None, messages: Sequence[Message], promises: Mapping[str | None, Decimal], promise: Decimal | None
) -> InboxGroup:
    needing = [item for item in messages if inbox.needs_answer(item)]
    return InboxGroup(
        key=key,
        messages=len(messages),
        needing=len(needing),
        answered=sum(map(inbox.is_answered, needing)),
        late=sum(inbox.took_too_long(item, promises[item.channel]) for item in messages),
        median_hours=inbox.median_answer_hours(messages),
        promise_hours=promise,
    )


def _groups(
    messages: Iterable[Message],
    key: Callable[[Message], str | None],
    promises: Mapping[str | None, Decimal],
    promise_of: Mapping[str | None, Decimal],
) -> tuple[InboxGroup, ...]:
    """One group per key, the one with the most messages first; `promise_of` has the promise of a group, by its key."""
    found = group_by(messages, lambda item: key(item) or "")
    return tuple(
        _group(name or None, own, promises, promise_of.get(name or None))
        for name, own in sorted(found.items(), key=lambda group: (-len(group[1]), not group[0], group[0]))
    )


def _difference(value: Decimal | None, other: Decimal | None) -> Decimal | None:
    return None if value is None or other is None else value - other
