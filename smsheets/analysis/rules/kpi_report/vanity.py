"""Rules about what is measured: applause that is no business, and rates that cannot be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Lack, Wording, lack, rule
from smsheets.analysis.kpi_standards import channel_name, family_of, is_vanity, rounded
from smsheets.analysis.rules.kpi_report.rows import last_day, metric_names, row_figure, rows_by_channel, rows_in_use
from smsheets.analysis.subjects import channel_root, joined, line_id, line_name
from smsheets.plan.budget import ADVERTISING, BudgetLine
from smsheets.plan.carry import ZERO
from smsheets.plan.kpi_months import change_share
from smsheets.plan.kpi_report import KpiRow
from smsheets.plan.record import add_known
from smsheets.plan.reference import Family
from smsheets.plan.results import ad_money_by_month
from smsheets.plan.spare_money import open_money

_FOLLOWERS = "followers"
_ENGAGEMENT = ("engagement", "engagement_rate_by_reach", "engagement_rate_by_impressions", "comments", "likes")
"""Metrics of engagement, the best first. A rate by followers falls by itself when followers grow."""
_RATES = ("engagement_rate_by_reach", "engagement_rate_by_impressions", "engagement_rate_by_followers")
"""The kinds of engagement rate, the most telling first: people who saw a post could react, followers may not have."""
_APPLAUSE = ("likes", "engagement")
_OUTCOMES = ("leads", "orders", "revenue", "store_visits")


@rule("kpi-report.followers_without_engagement")
def check_followers_engage(facts: Facts) -> Iterator[Hit]:
    """Channels whose followers grow while their engagement falls, over the same months."""
    span = int(facts.thresholds["kpi-report.compare_months"])
    least = facts.thresholds["kpi-report.growth_share"]
    for channel in rows_by_channel(facts):
        followers = facts.kpi_months.row_of(channel, _FOLLOWERS)
        rows = _rows_of(channel, _ENGAGEMENT, facts)
        engaged = next((row for row in rows if facts.kpi_months.last_month(row) is not None), None)
        last = _last_common_month(followers, engaged, span, facts)
        if followers is None or engaged is None or last is None:
            continue
        both = [facts.kpi_months.actuals(row) for row in (followers, engaged)]
        growth, fall = (change_share(actuals[last - 1], actuals[last - 1 - span]) for actuals in both)
        if growth is not None and fall is not None and growth >= least and fall <= -least:
            yield _followers_hit(followers, engaged, last, span, facts)


def _followers_hit(followers: KpiRow, engaged: KpiRow, last: int, span: int, facts: Facts) -> Hit:
    def shown(row: KpiRow, number: int) -> Wording:
        return row_figure(row, facts.kpi_months.actuals(row)[number - 1] or ZERO, facts)

    ads = _ads_to_come(followers.channel, facts)
    return Hit(
        about=followers.channel or "",
        root=channel_root(followers.channel),
        moves=tuple(map(line_id, _ad_lines(followers.channel, facts))) if ads else (),
        evidence=tuple(row.cell("actual", number) for row in (followers, engaged) for number in (last, last - span)),
        values={
            "channel": channel_name(facts, followers.channel),
            "metric": facts.metric_name(engaged.metric),
            "followers_before": shown(followers, last - span),
            "followers": shown(followers, last),
            "before": shown(engaged, last - span),
            "value": shown(engaged, last),
            "until": last_day(last, facts),
            **ads,
        },
        case="hold_ads_back" if ads else "",
    )


def _ads_to_come(channel: str | None, facts: Facts) -> dict[str, Wording]:
    """The money that advertising lines of a channel plan for the open months, and their names; empty without any."""
    lines = [line for line in _ad_lines(channel, facts) if open_money([line]) > 0]
    return {"planned": facts.money(open_money(lines)), "lines": tuple(map(line_name, lines))} if lines else {}


def _last_common_month(first: KpiRow | None, second: KpiRow | None, span: int, facts: Facts) -> int | None:
    """The last month in which both are known, and were known `span` months before; numbered from 1."""
    if first is None or second is None:
        return None
    pairs = zip(facts.kpi_months.actuals(first), facts.kpi_months.actuals(second), strict=False)
    known = [one is not None and other is not None for one, other in pairs]
    both = [n + 1 for n in range(span, len(known)) if known[n] and known[n - span]]
    return both[-1] if both else None


@rule("kpi-report.vanity_only")
def check_channels_measure_business(facts: Facts) -> Iterator[Hit]:
    """Channels of which every metric in use is a vanity metric."""
    elsewhere = _business_metrics(facts)
    for channel, rows in rows_by_channel(facts).items():
        if all(is_vanity(row, facts) for row in rows):
            yield Hit(
                about=channel,
                root=channel_root(channel),
                evidence=tuple(row.cell("metric") for row in rows),
                values={
                    "channel": channel_name(facts, channel),
                    "metrics": metric_names(rows, facts),
                    "wanted": tuple(map(facts.metric_name, elsewhere)),
                },
                case="count_as_elsewhere" if elsewhere else "",
            )


def _business_metrics(facts: Facts) -> list[str]:
    """The business metrics that channels are measured by, the commonest first."""
    rows = [row for row in rows_in_use(facts) if row.channel is not None and family_of(row, facts) is Family.BUSINESS]
    return [metric for metric, _ in Counter(row.metric or "" for row in rows).most_common()]


@rule("kpi-report.unlike_rates")
def check_rates_are_alike(facts: Facts) -> Iterator[Hit]:
    """Channels with engagement rates, but not one kind of rate that all of them have; the first two of them."""
    rated = {
        channel: rates
        for channel, rows in rows_by_channel(facts).items()
        if (rates := {row.metric: row for row in rows if row.metric in _RATES})
    }
    for one, other in combinations(rated, 2):
        if rated[one].keys() & rated[other].keys():
            continue
        rows = [min(rated[channel].values(), key=_rate_rank) for channel in (one, other)]
        better, worse = sorted(rows, key=_rate_rank)
        yield Hit(
            about=joined((one, other)),
            evidence=(better.cell("metric"), worse.cell("metric")),
            values={
                "channel": channel_name(facts, better.channel),
                "metric": facts.metric_name(better.metric),
                "other_channel": channel_name(facts, worse.channel),
                "other_metric": facts.metric_name(worse.metric),
            },
        )
        return


def _rate_rank(row: KpiRow) -> int:
    return _RATES.index(row.metric or "")


@rule("kpi-report.likes_without_business")
def check_likes_become_business(facts: Facts) -> Iterator[Hit | Lack]:
    """Channels with applause in each of the last months, whose counted results of those months are all zero.

    At stake is what the budget says their advertising cost in these months.
    """
    months, span = facts.kpi_months, int(facts.thresholds["kpi-report.liked_months"])
    for channel in rows_by_channel(facts):
        liked = next(iter(_rows_of(channel, _APPLAUSE, facts)), None)
        outcomes = _rows_of(channel, _OUTCOMES, facts)
        last = months.last_month(liked) if liked is not None else None
        if liked is None or last is None or last < span:
            continue
        likes = add_known(months.actuals(liked)[last - span : last])
        if likes is None or likes < facts.thresholds["kpi-report.liked_likes"]:
            continue
        results = [value for row in outcomes for value in months.actuals(row)[last - span : last]]
        counted = [value for value in results if value is not None]
        if any(counted):
            continue
        if len(counted) >= span:
            yield _liked_hit(liked, outcomes, likes, (last, span), facts)
        else:
            yield from lack(
                (row.cell("actual", number) for row in outcomes for number in range(last - span + 1, last + 1)),
                channel=channel_name(facts, channel),
                metrics=metric_names(outcomes, facts),
                months=span,
            )


def _liked_hit(liked: KpiRow, outcomes: list[KpiRow], likes: Decimal, window: tuple[int, int], facts: Facts) -> Hit:
    last, span = window
    rows = [row for row in outcomes if facts.kpi_months.last_month(row) is not None]
    spent = _ad_money(liked.channel, window, facts)
    return Hit(
        about=liked.channel or "",
        root=channel_root(liked.channel),
        moves=tuple(map(line_id, _ad_lines(liked.channel, facts))) if spent else (),
        evidence=(liked.cell("actual", last), *(row.cell("actual", last) for row in rows)),
        values={
            "channel": channel_name(facts, liked.channel),
            "metric": facts.metric_name(liked.metric),
            "likes": rounded(likes),
            "months": span,
            "spent": facts.money(spent),
            "lines": tuple(map(line_name, _ad_lines(liked.channel, facts))),
        },
        effect=spent,
        case="stop_ads" if spent else "",
    )


def _rows_of(channel: str, metrics: tuple[str, ...], facts: Facts) -> list[KpiRow]:
    """The rows of a channel that show one of these metrics, in the order of the metrics."""
    return [row for metric in metrics if (row := facts.kpi_months.row_of(channel, metric)) is not None]


def _ad_lines(channel: str | None, facts: Facts) -> tuple[BudgetLine, ...]:
    """The advertising lines of a channel; none without a budget."""
    lines = facts.plans.budget.lines if facts.plans.budget is not None else ()
    return tuple(line for line in lines if line.category == ADVERTISING and line.channel == channel is not None)


def _ad_money(channel: str | None, window: tuple[int, int], facts: Facts) -> Decimal | None:
    """The cost of a channel's advertising in some months up to the last one; None where nothing is known of it."""
    last, span = window
    budget = facts.plans.budget
    if budget is None:
        return None
    spent = ad_money_by_month(_ad_lines(channel, facts), budget.start.period_start)
    months = (facts.kpi_report.first_day(number) for number in range(last - span + 1, last + 1))
    return add_known(spent.get(month) for month in months if month is not None)
