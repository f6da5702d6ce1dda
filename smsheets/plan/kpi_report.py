"""The KPI report: metrics by month, results of posts, the inbox, and what the reviews decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from decimal import Decimal

import msgspec

from smsheets.periods import add_months, months_between, months_from
from smsheets.plan.record import Plan, Record, blank_from


class KpiRow(Record, frozen=True, kw_only=True):
    """A channel's metric over the months of the period.

    Attributes:
        channel: None for the whole business.
        unit, direction, adds_up: None where the definition of the metric says it.
        target, actual: One value per month; a share is 0..1. A blank month is unknown, never zero.
    """

    kpi_id: str | None = None
    channel: str | None = None
    metric: str | None = None
    unit: str | None = None
    direction: str | None = None
    adds_up: str | None = None
    goal_id: str | None = None
    baseline: Decimal | None = None
    target: tuple[Decimal | None, ...] = ()
    actual: tuple[Decimal | None, ...] = ()


class PostResult(Record, frozen=True, kw_only=True):
    """What one published post got. `post_id` is the calendar's; money is in the workbook's currency."""

    post_id: str | None = None
    date: date | None = None
    time: time | None = None
    channel: str | None = None
    format: str | None = None
    pillar: str | None = None
    promotional: bool | None = None
    reach: int | None = None
    impressions: int | None = None
    likes: int | None = None
    comments: int | None = None
    shares: int | None = None
    saves: int | None = None
    clicks: int | None = None
    spend: Decimal | None = None
    line_id: str | None = None
    orders: int | None = None
    revenue: Decimal | None = None

    @property
    def has_results(self) -> bool:
        """Some figure is filled in."""
        return self.is_written("post_id", "date", "time", "channel", "format", "pillar", "promotional", "line_id")


class InboxSettings(Record, frozen=True, kw_only=True):
    """The promise to people who write."""

    promise_hours: Decimal | None = None


class Message(Record, frozen=True, kw_only=True):
    """A message, question or complaint. `kind` is an id of the list `message_kinds`.

    Attributes:
        received_at, answered_at: The time of day, where it is known.
        answered_on: The day of the answer, where it is known.
        first_answer_hours: As typed; `smsheets.plan.inbox.answer_hours` works it out where it is not.
    """

    message_id: str | None = None
    received: date | None = None
    received_at: time | None = None
    channel: str | None = None
    kind: str | None = None
    summary: str | None = None
    answered: bool | None = None
    answered_on: date | None = None
    answered_at: time | None = None
    first_answer_hours: Decimal | None = None
    routed_to: str | None = None
    resolved: bool | None = None
    tone: str | None = None


class KpiSettings(Record, frozen=True, kw_only=True):
    """The month shown on the dashboard (None: the last one with actuals), and where the status words begin.

    Attributes:
        watch_share, behind_share: How far short of a target, as a share of it.
    """

    month: date | None = None
    watch_share: Decimal | None = None
    behind_share: Decimal | None = None


class ChartChoice(Record, frozen=True, kw_only=True):
    """The channel and metrics of the dashboard's two charts."""

    channel: str | None = None
    metric: str | None = None
    second_metric: str | None = None


class Review(Record, frozen=True, kw_only=True):
    """The four questions of one month, answered."""

    period: date | None = None
    what_came: str | None = None
    what_next: str | None = None
    is_working: str | None = None
    what_better: str | None = None
    reviewed_on: date | None = None


class Decision(Record, frozen=True, kw_only=True):
    """A decision of a review."""

    decision_id: str | None = None
    period: date | None = None
    decision: str | None = None
    owner: str | None = None
    due: date | None = None
    done: bool | None = None


class MetricDefinition(Record, frozen=True, kw_only=True):
    """A metric as this workbook defines it; the business's own ones among them."""

    metric: str | None = None
    formula: str | None = None
    unit: str | None = None
    direction: str | None = None
    adds_up: str | None = None
    source: str | None = None
    numerator: str | None = None
    denominator: str | None = None
    times: int | None = None


class KpiReport(Plan, frozen=True, kw_only=True):
    """A KPI report workbook that was read."""

    kpis: tuple[KpiRow, ...] = ()
    post_results: tuple[PostResult, ...] = ()
    inbox_settings: InboxSettings = InboxSettings()
    inbox: tuple[Message, ...] = ()
    settings: KpiSettings = KpiSettings()
    charts: ChartChoice = ChartChoice()
    review: tuple[Review, ...] = ()
    decisions: tuple[Decision, ...] = ()
    metric_definitions: tuple[MetricDefinition, ...] = ()

    def until(self, day: date) -> KpiReport:
        """The report without the actuals of months that have not begun on a day, and without posts of later days."""
        begun = self.months_begun(day)
        rows = tuple(msgspec.structs.replace(row, actual=blank_from(row.actual, begun)) for row in self.kpis)
        posts = tuple(post for post in self.post_results if post.date is None or post.date <= day)
        return msgspec.structs.replace(self, kpis=rows, post_results=posts)


def is_reviewed(review: Review) -> bool:
    """True if any question is answered; a new workbook has the months only."""
    return review.is_written("period")


def unreviewed_months(reviews: Iterable[Review], first: date, last: date) -> tuple[date, ...]:
    """The first days of the months up to `last` that nobody has reviewed, after the last one that somebody has.

    Where none has been reviewed, they begin with `first`.
    """
    done = {review.period.replace(day=1) for review in reviews if review.period is not None and is_reviewed(review)}
    done = {month for month in done if month <= last}
    month = add_months(max(done), 1) if done else first
    return months_from(month, months_between(month, last) + 1)


def overdue_decisions(decisions: Iterable[Decision], as_of: date) -> tuple[Decision, ...]:
    """The decisions that were to be done before a day and are not, the oldest first."""
    late = [item for item in decisions if is_open(item) and item.due is not None and item.due < as_of]
    return tuple(sorted(late, key=lambda item: (item.due or date.max, item.decision_id or "")))


def is_open(decision: Decision) -> bool:
    """True if something was decided and is not marked as done."""
    return decision.decision is not None and not decision.done
