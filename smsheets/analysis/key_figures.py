"""The figures that an owner asks for first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import msgspec

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Wording
from smsheets.analysis.forecast import Forecast
from smsheets.analysis.kpi_standards import family_of, figure, rounded
from smsheets.analysis.plan_states import PlanState, State, current_metrics, posts_kept, state_of
from smsheets.analysis.variance.budget import BudgetVariance
from smsheets.analysis.variance.calendar import CalendarVariance
from smsheets.analysis.variance.kpi_report import KpiReportVariance, KpiVariance
from smsheets.money import Money, Share
from smsheets.plan.budget_year import BudgetYear
from smsheets.plan.kpi_months import ratio
from smsheets.plan.reference import Family

if TYPE_CHECKING:
    from smsheets.analysis.variance.whole import Variance

_RESULTS = ("orders", "revenue", "leads")
"""Metrics that a business lives on, the plainest first."""
_MOST_RESULTS = 2
"""Two of them leave room for the figures of the other plans."""
_AUDIENCE = ("followers", "reach")
"""Metrics of how many people a channel has, the plainest first."""


class KeyFigure(msgspec.Struct, frozen=True, kw_only=True):
    """One figure.

    Attributes:
        id: `spent`, `forecast`, `initiatives`, `posts`, `result`, `audience`, `messages`, `goals`.
        metric, channel: Of `result` and `audience`; a channel of None is the whole business.
        month: Theirs, by its first day; of `forecast` the last one it is for.
        value: None where it is not known; of `goals` that are not known the number of those that are judged.
        of: The measure for it: budget, target, how many there are.
        change, change_share: Against the month (posts: the weeks) before.
        of_target: value / of.
        state: None where nothing is wanted.
    """

    id: str
    metric: str | None = None
    channel: str | None = None
    month: date | None = None
    value: Wording | None = None
    of: Wording | None = None
    change: Wording | None = None
    change_share: Share | None = None
    of_target: Share | None = None
    state: State | None = None


def key_figures(
    context: Context, variance: Variance, forecast: Forecast, plans: Iterable[PlanState]
) -> Iterator[KeyFigure]:
    """The figures of the plans that were given; what is not known is there without a value."""
    states = {plan.kind: plan for plan in plans}
    if variance.budget is not None and variance.budget.lines:
        yield _spent(states["budget"], variance.budget)
        yield _forecast(variance.budget, context)
    if variance.kpi_report is not None:
        yield from _metrics(variance.kpi_report, context, states["kpi-report"])
    if variance.calendar is not None and variance.calendar.channels:
        yield _posts(states["calendar"], variance.calendar, context)
    if variance.roadmap is not None and variance.roadmap.initiatives and states["roadmap"].of != 0:
        yield _initiatives(states["roadmap"])
    if variance.kpi_report is not None and variance.kpi_report.inbox.messages:
        yield _messages(variance.kpi_report)
    if forecast.goals:
        yield _goals(states["strategy"], forecast)


def _spent(plan: PlanState, variance: BudgetVariance) -> KeyFigure:
    year = variance.total.year
    return KeyFigure(
        id="spent",
        value=plan.value,
        of=plan.of,
        of_target=_share(year.actual, year.to_date),
        state=State.UNKNOWN if plan.stale or plan.value is None else state_of(variance.total.status),
    )


def _forecast(variance: BudgetVariance, context: Context) -> KeyFigure:
    """The forecast of the budget's own tables; nobody has spent a thing while no month is closed."""
    year = variance.total.year
    month = variance.months[-1].first_day if variance.months else None
    if year.actual is None or year.forecast is None:
        return KeyFigure(id="forecast", month=month, state=State.UNKNOWN)
    return KeyFigure(
        id="forecast",
        month=month,
        value=Money(year.forecast, context.currency),
        of=None if year.budget is None else Money(year.budget, context.currency),
        of_target=_share(year.forecast, year.budget),
        state=state_of(BudgetYear(to_date=year.budget, actual=year.forecast).status(variance.limits)),
    )


def _metrics(variance: KpiReportVariance, context: Context, plan: PlanState) -> Iterator[KeyFigure]:
    """At most two results of the business, and the audience of its main channel."""
    current = current_metrics(variance)
    main = _main_channel(current, context)
    results = [item for metric in _RESULTS if (item := _row(current, metric, (None, main))) is not None]
    if not results:
        results = [item for item in current if family_of(item.row, context) is Family.BUSINESS]
    audience = [item for metric in _AUDIENCE if (item := _row(current, metric, (main,))) is not None]
    for name, items in (("result", results[:_MOST_RESULTS]), ("audience", audience[:1])):
        yield from (_metric(name, item, context, stale=plan.stale is not None) for item in items)


def _row(items: Sequence[KpiVariance], metric: str, channels: Sequence[str | None]) -> KpiVariance | None:
    """The first row of a metric on the first of these channels that has one."""
    rows = [item for item in items if item.row.metric == metric]
    return next((item for channel in channels for item in rows if item.row.channel == channel), None)


def _main_channel(items: Sequence[KpiVariance], context: Context) -> str | None:
    """The channel that the strategy calls primary, else the first with an audience."""
    strategy = context.plans.strategy
    chosen = [row.channel for row in strategy.channels if row.role == "primary"] if strategy is not None else []
    with_audience = [
        item.row.channel for item in items if item.row.metric in _AUDIENCE and item.row.channel is not None
    ]
    return next((channel for channel in (*chosen, *with_audience) if channel in with_audience), None)


def _metric(name: str, item: KpiVariance, context: Context, *, stale: bool) -> KeyFigure:
    def shown(value: Decimal | None) -> Wording | None:
        return None if value is None else figure(value, item.meaning.unit, context)

    state = None if item.target is None else state_of(item.standing)
    return KeyFigure(
        id=name,
        metric=item.row.metric,
        channel=item.row.channel,
        month=item.first_day,
        value=shown(item.value),
        of=shown(item.target),
        change=shown(item.change),
        change_share=_as_share(item.change_share),
        of_target=_as_share(item.share_of_target),
        state=State.UNKNOWN if stale else state,
    )


def _posts(plan: PlanState, variance: CalendarVariance, context: Context) -> KeyFigure:
    weeks = int(context.thresholds["calendar.cadence_weeks"])
    now, before = posts_kept(variance, weeks), posts_kept(variance, weeks, before=weeks)
    change = now.out - before.out if now is not None and before is not None else None
    return KeyFigure(
        id="posts",
        value=plan.value,
        of=plan.of,
        change=None if change is None else rounded(change),
        change_share=_share(change, before.out if before is not None else None),
        of_target=_share(now.out, now.wanted) if now is not None else None,
        state=plan.state,
    )


def _initiatives(plan: PlanState) -> KeyFigure:
    if not isinstance(plan.value, int) or not isinstance(plan.of, int):
        return KeyFigure(id="initiatives", state=State.UNKNOWN)
    return _counted("initiatives", plan.of - plan.value, plan.of, plan.state)


def _messages(variance: KpiReportVariance) -> KeyFigure:
    inbox = variance.inbox
    return KeyFigure(
        id="messages", value=inbox.needing - inbox.answered, state=State.LOOK if inbox.waiting else State.ON_TRACK
    )


def _goals(plan: PlanState, forecast: Forecast) -> KeyFigure:
    judged = [goal.on_its_way for goal in forecast.goals if goal.on_its_way is not None]
    if not judged:
        return KeyFigure(id="goals", state=State.UNKNOWN)
    if plan.state is State.UNKNOWN:
        return KeyFigure(id="goals", value=len(judged), of=len(forecast.goals), state=State.UNKNOWN)
    return _counted("goals", sum(judged), len(judged), plan.state)


def _counted(name: str, good: int, whole: int, state: State) -> KeyFigure:
    return KeyFigure(id=name, value=good, of=whole, of_target=_share(Decimal(good), Decimal(whole)), state=state)


def _share(value: Decimal | None, whole: Decimal | None) -> Share | None:
    return _as_share(ratio(value, whole))


def _as_share(value: Decimal | None) -> Share | None:
    return None if value is None else Share(value)
