"""The figures of a business in one month or quarter, by channel: as cells, as cards, and over time as charts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cached_property

import msgspec

from smsheets.analysis.context import Context
from smsheets.analysis.kpi_standards import figure, months_of, rounded
from smsheets.money import Money, Share
from smsheets.periods import Period, add_months, months_between, months_from
from smsheets.plan.calendar import Post
from smsheets.plan.kpi_months import KpiMonths, change_share, ratio
from smsheets.plan.kpi_report import KpiRow, PostResult
from smsheets.plan.post_rates import Measure, engagements, measure_of
from smsheets.plan.record import add_known
from smsheets.plan.reference import AddsUp, Unit
from smsheets.report.document import ChartKind, ChartView, Line, Month, Role, Shown, Tile, TilesView, Verbatim
from smsheets.report.sections.cells import channel_cell, figure_cell, make_chart, metric_cell, share_cell

_RATES = ("engagement_rate_by_reach", "engagement_rate_by_impressions", "engagement_rate_by_followers")
"""Rates with their denominators, the one that compares posts best first."""
DENOMINATORS = {
    "engagement_rate_by_reach": Line("by reach"),
    "engagement_rate_by_impressions": Line("by impressions"),
    "engagement_rate_by_followers": Line("by followers"),
}
_RESULTS = ("orders", "revenue", "leads")
_FEW = 10  # from 1 to 2 is no growth of 100%
_MOST_CHARTS, _MOST_MONTHS = 9, 12  # three lines of three; one year
_NOT_MEASURED = Line("not measured")
_NO_FIGURE = Line("no figure")
_NOT_ADDED = Line("cannot be added up")
_NO_CALENDAR = Line("no calendar")


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """A metric in the period, as a cell.

    Attributes:
        metric: Its name in a sentence.
        value, before: Of the period, and of the one before; None where it is not known.
        amount, earlier: The same, bare.
        year_share: The change against the same months a year before, as a share of them.
        note: What a rate is measured by; for a blank the reason.
    """

    metric: Line | Verbatim
    value: int | Decimal | Money | Share | None = None
    before: int | Decimal | Money | Share | None = None
    amount: Decimal | None = None
    earlier: Decimal | None = None
    year_share: Decimal | None = None
    note: Line | Verbatim | None = None

    @property
    def change(self) -> Decimal | None:
        """Against the period before."""
        return None if self.amount is None or self.earlier is None else self.amount - self.earlier

    @property
    def change_share(self) -> Decimal | None:
        """The same as a share of the period before."""
        return change_share(self.amount, self.earlier)

    @property
    def shows_share(self) -> bool:
        """False for a rate, of which a share would be a share of a share, and where few become more or fewer."""
        return not isinstance(self.value, Share) and self.earlier is not None and abs(self.earlier) >= _FEW


class ChannelRow(msgspec.Struct, frozen=True, kw_only=True):
    """One channel; its figures in the order of `HEADERS`."""

    channel: str
    name: Line | Verbatim
    figures: tuple[Figure, ...]


HEADERS = (
    Line("Followers"), Line("Reach"), Line("Engagement rate"), Line("Posts"), Line("Link clicks"), Line("Orders")
)  # fmt: skip
"""The columns of the channels."""
FOLLOWERS, REACH, RATE, POSTS, CLICKS, ORDERS = range(len(HEADERS))
"""Their places."""


class PeriodFigures(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The figures of one business in one period."""

    context: Context
    period: Period

    @cached_property
    def months(self) -> KpiMonths | None:
        """The KPI report's rows."""
        return months_of(self.context)

    @cached_property
    def posts(self) -> tuple[Post, ...]:
        """The calendar's posts."""
        return () if self.context.plans.calendar is None else self.context.plans.calendar.posts

    @cached_property
    def posts_ahead(self) -> tuple[Post, ...]:
        """Those planned for the month after the period."""
        return tuple(post for post in self.posts if post.is_planned and self.period.month_after.holds(post.date))

    @cached_property
    def results(self) -> tuple[PostResult, ...]:
        """The results of posts up to the end of the period."""
        report = self.context.plans.kpi_report
        rows = () if report is None else report.post_results
        return tuple(row for row in rows if row.date is not None and row.date <= self.period.last)

    @cached_property
    def start(self) -> date | None:
        """The first month of the KPI report."""
        return None if self.months is None else self.months.report.first_day(1)

    def published(self, period: Period, channel: str | None = None) -> list[Post]:
        """The posts that went out in a period, on one channel or all of them."""
        found = [post for post in self.posts if period.holds(post.out_on)]
        return found if channel is None else [post for post in found if post.channel == channel]

    def actuals(self, row: KpiRow, period: Period) -> tuple[Decimal | None, ...]:
        """A metric in each month of a period."""
        return tuple(self._actual(row, month) for month in months_from(period.first, period.months))

    def _actual(self, row: KpiRow, month: date) -> Decimal | None:
        """A metric in a month, from the report that has it: the one of the period, or an earlier one."""
        for months in (self.months, *self._earlier):
            start = months.report.first_day(1) if months is not None else None
            own = months.row_of(row.channel, row.metric) if months is not None else None
            if months is None or start is None or own is None:
                continue
            values, place = months.actuals(own), months_between(start, month)
            if 0 <= place < len(values) and values[place] is not None:
                return values[place]
        return None

    @cached_property
    def _earlier(self) -> tuple[KpiMonths, ...]:
        context = self.context
        return tuple(KpiMonths(item, context.as_of, context.kpi_definitions) for item in context.earlier_reports)

    def value(self, row: KpiRow, period: Period) -> Decimal | None:
        """A metric over a period by the way it adds up; None where a month is missing."""
        values = self.actuals(row, period)
        assert self.months is not None
        meaning = self.months.meaning(row)
        if period.months == 1 or meaning.adds_up is AddsUp.LAST:
            return values[-1]
        if meaning.adds_up is AddsUp.RATIO:
            above, below = (self._sum(part, period) for part in self.months.parts(row) or (None, None))
            rate = ratio(above, below)
            return None if rate is None else rate * meaning.times
        return self._sum(row, period)

    def _sum(self, row: KpiRow | None, period: Period) -> Decimal | None:
        """The months of a period added up; None where the metric does not add up, or one is missing."""
        if row is None or self.months is None or self.months.meaning(row).adds_up is not AddsUp.SUM:
            return None
        values = self.actuals(row, period)
        return None if None in values else add_known(values)

    def target(self, row: KpiRow) -> Decimal | None:
        """What was wanted in the period; of a quarter only where targets can be added, or the last one counts."""
        if self.months is None or self.start is None:
            return None
        first = months_between(self.start, self.period.first)
        values = row.target[max(first, 0) : max(first + self.period.months, 0)]
        adds_up = self.months.meaning(row).adds_up
        if len(values) < self.period.months or None in values or (len(values) > 1 and adds_up is not AddsUp.SUM):
            return None if adds_up is not AddsUp.LAST or not values else values[-1]
        return add_known(values)

    def figure(self, channel: str | None, *metrics: str) -> Figure:
        """The first of some metrics that a channel measures."""
        rows = [row for metric in metrics if (row := self._row(channel, metric)) is not None]
        named = metric_cell(metrics[0], self.context)
        if not rows:
            return Figure(metric=named, note=_NOT_MEASURED)
        row = next((row for row in rows if self.value(row, self.period) is not None), rows[0])
        assert self.months is not None
        meaning, metric = self.months.meaning(row), row.metric or ""
        value, before = (self.value(row, period) for period in (self.period, self.period.before))
        blank = _NOT_ADDED if None not in self.actuals(row, self.period) else _NO_FIGURE
        return Figure(
            metric=metric_cell(metric, self.context),
            value=figure_cell(value, meaning.unit, self.context),
            before=figure_cell(before, meaning.unit, self.context),
            amount=value,
            earlier=before,
            year_share=change_share(value, self.value(row, self.period.year_before)),
            note=blank if value is None else DENOMINATORS.get(metric, _other_name(metric, metrics, self.context)),
        )

    def _row(self, channel: str | None, metric: str) -> KpiRow | None:
        """The row of a metric that has ever had a figure."""
        row = None if self.months is None else self.months.row_of(channel, metric)
        return row if row is not None and any(value is not None for value in row.actual) else None

    @cached_property
    def business_figures(self) -> Mapping[str, Figure]:
        """Metric -> its figure, for the results of the whole business that are measured."""
        found = {metric: self.figure(None, metric) for metric in _RESULTS}
        return {metric: figure for metric, figure in found.items() if figure.note is not _NOT_MEASURED}

    def rows(self) -> Iterator[ChannelRow]:
        """The channels with a figure or a post in the period or the one before it."""
        report, calendar = self.context.plans.kpi_report, self.context.plans.calendar
        measured = [row.channel for row in report.kpis] if report is not None else []
        posted = [*(calendar.channels if calendar is not None else ()), *(row.channel for row in self.results)]
        for channel in dict.fromkeys(name for name in (*posted, *measured) if name):
            figures = tuple(self._figures(channel))
            if any(figure.amount or figure.earlier for figure in figures):
                yield ChannelRow(channel=channel, name=channel_cell(channel, self.context), figures=figures)

    def _figures(self, channel: str) -> Iterator[Figure]:
        yield self.figure(channel, "followers")
        yield self.figure(channel, "reach", "impressions")
        rate = self.figure(channel, *_RATES)
        yield rate if rate.amount is not None else self._rate_of_posts(channel, rate)
        yield self._posts(channel)
        for metric, part in (("link_clicks", "clicks"), ("orders", "orders")):
            found = self.figure(channel, metric)
            yield found if found.note is not _NOT_MEASURED else self._sum_of_posts(channel, part, found)

    def _posts(self, channel: str) -> Figure:
        named = Line("Posts")
        if self.context.plans.calendar is not None:
            counts = [len(self.published(period, channel)) for period in (self.period, self.period.before)]
        elif any(row.channel == channel for row in self.results):
            counts = [len(self._results_in(period, channel)) for period in (self.period, self.period.before)]
        else:
            return Figure(metric=named, note=_NO_CALENDAR)
        value, before = counts
        return Figure(metric=named, value=value, before=before, amount=Decimal(value), earlier=Decimal(before))

    def _results_in(self, period: Period, channel: str) -> list[PostResult]:
        return [row for row in self.results if row.channel == channel and period.holds(row.date)]

    def _rate_of_posts(self, channel: str, lacking: Figure) -> Figure:
        """The engagement rate of the posts of the period, where their reach or impressions are known."""
        posts = self._results_in(self.period, channel)
        measure = measure_of(posts)
        if not posts or measure is Measure.COUNT:
            return lacking
        value, before = (
            _rate(self._results_in(period, channel), measure) for period in (self.period, self.period.before)
        )
        return Figure(
            metric=metric_cell(measure.value, self.context),
            value=share_cell(value),
            before=share_cell(before),
            amount=value,
            earlier=before,
            note=Line("{by}, from the posts", {"by": DENOMINATORS[measure.value]}),
        )

    def _sum_of_posts(self, channel: str, part: str, lacking: Figure) -> Figure:
        """Clicks or orders of the posts of the period."""
        sums = [
            add_known(getattr(row, part) for row in self._results_in(period, channel))
            for period in (self.period, self.period.before)
        ]
        value, before = (None if item is None else Decimal(item) for item in sums)
        if value is None:
            return lacking
        return Figure(
            metric=lacking.metric, value=value, before=before, amount=value, earlier=before, note=Line("from the posts")
        )


def _other_name(metric: str, metrics: Sequence[str], context: Context) -> Line | Verbatim | None:
    """The name of a metric that is shown in place of the one that the column is called by."""
    return None if metric == metrics[0] else metric_cell(metric, context)


def _rate(posts: Iterable[PostResult], measure: Measure) -> Decimal | None:
    """All engagements / all of the denominator, over the posts of which both are known."""
    known = [
        (engagements(post) or 0, below)
        for post in posts
        if (below := post.reach if measure is Measure.BY_REACH else post.impressions) and engagements(post) is not None
    ]
    return ratio(sum(above for above, _ in known), sum(below for _, below in known))


def tiles_of(facts: PeriodFigures, rows: Sequence[ChannelRow]) -> TilesView:
    """Results of the business, then clicks, new followers and posts of all channels."""
    known = facts.business_figures.items()
    tiles = [_tile(metric, figure, facts) for metric, figure in known if figure.amount is not None]
    if not tiles:
        tiles += _sum_tiles(Line("Orders"), [row.figures[ORDERS] for row in rows])
    tiles += _sum_tiles(Line("Link clicks"), [row.figures[CLICKS] for row in rows])
    grown = add_known(row.figures[FOLLOWERS].change for row in rows)
    if grown is not None:
        tiles.append(Tile(label=Line("New followers"), value=rounded(grown)))
    tiles += _sum_tiles(Line("Posts published"), [row.figures[POSTS] for row in rows])
    return TilesView(tuple(tiles))


def _sum_tiles(label: Line, figures: Iterable[Figure]) -> Iterator[Tile]:
    """The sum of a figure over the channels of which both periods are known."""
    known = [(each.amount, each.earlier) for each in figures if each.amount is not None and each.earlier is not None]
    if known:
        value, earlier = (sum(amounts, Decimal(0)) for amounts in zip(*known, strict=True))
        yield Tile(
            label=label,
            value=rounded(value),
            change=rounded(value - earlier),
            change_share=share_cell(change_share(value, earlier)),
        )


def _tile(metric: str, figure: Figure, facts: PeriodFigures) -> Tile:
    assert facts.months is not None
    row = facts.months.row_of(None, metric)
    assert row is not None
    unit = facts.months.meaning(row).unit
    return Tile(
        label=figure.metric,
        value=figure.value,
        change=figure_cell(figure.change, unit, facts.context),
        change_share=share_cell(figure.change_share),
        of_target=share_cell(ratio(figure.amount, facts.target(row))),
    )


_DRAWN: tuple[tuple[str, ...], ...] = (("followers", "impressions"), ("link_clicks",), ("orders",))
"""Metrics of each channel that are drawn; of several the first that has months to show."""
_UNITS = {Unit.MONEY: "money", Unit.SHARE: "share", Unit.HOURS: "hours", Unit.COUNT: "count"}


def trends_of(facts: PeriodFigures, rows: Sequence[ChannelRow]) -> Iterator[ChartView]:
    """The results of the business, then each channel's audience and clicks, month by month up to the period."""
    wanted: list[tuple[str | None, tuple[str, ...]]] = [(None, (metric,)) for metric in _RESULTS]
    for metrics in _DRAWN:
        wanted += [(row.channel, metrics) for row in rows]
    drawn = 0
    for channel, metrics in wanted:
        for chart in _trend(facts, channel, metrics):
            if drawn < _MOST_CHARTS:
                drawn += 1
                yield chart


def _trend(facts: PeriodFigures, channel: str | None, metrics: Sequence[str]) -> tuple[ChartView, ...]:
    """The chart of the first of some metrics that has two months to show."""
    months, start = facts.months, facts.start
    if months is None or start is None:
        return ()
    end = months_between(start, facts.period.last) + 1
    for metric in metrics:
        row = months.row_of(channel, metric)
        if row is None or end < 1:
            continue
        first = max(end - _MOST_MONTHS, 0)
        values = months.actuals(row)[first:end]
        known = [(place, value) for place, value in enumerate(values) if value is not None]
        if len(known) < 2:
            continue
        unit = months.meaning(row).unit
        along = [Month(month) for month in months_from(add_months(start, first), known[-1][0] + 1)]
        targets = (*row.target[first:end], *[None] * len(along))[: len(along)]
        said: dict[str, Shown] = {"from": along[known[0][0]], "to": along[known[-1][0]]}
        said |= {"first": figure(known[0][1], unit, facts.context), "last": figure(known[-1][1], unit, facts.context)}
        named = metric_cell(metric, facts.context)
        return make_chart(
            Line("{channel}: {metric}", {"channel": channel_cell(channel, facts.context), "metric": named}),
            Line("From {first} in {from} to {last} in {to}.", said),
            along,
            (Line("Actual"), Role.ACTUAL, values[: len(along)]),
            (Line("Target"), Role.TARGET, targets),
            kind=ChartKind.LINE,
            unit=_UNITS[unit],
            currency=facts.context.currency if unit is Unit.MONEY else "",
        )
    return ()
