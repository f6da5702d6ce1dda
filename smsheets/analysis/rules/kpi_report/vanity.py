"""Rules about what is measured: applause that is no business, and rates that cannot be compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Lack, Wording, rule
from smsheets.analysis.kpi_standards import channel_name, end_of_month, figure, months_of
from smsheets.analysis.rules.kpi_report.evidence import (
    ad_lines,
    family_of,
    joined,
    line_names,
    metric_words,
    results_root,
    rows_by_channel,
    rows_with_figures,
)
from smsheets.periods import add_months
from smsheets.plan.carry import ZERO
from smsheets.plan.carry import months_of as months_of_line
from smsheets.plan.kpi_months import KpiMonths, change_share
from smsheets.plan.kpi_report import KpiRow
from smsheets.plan.record import add_known
from smsheets.plan.reference import Family, Unit
from smsheets.plan.results import ad_money_by_month

FOLLOWERS = "followers"
ENGAGEMENT_METRICS = ("engagement", "engagement_rate_by_reach", "engagement_rate_by_impressions", "comments", "likes")
"""What engagement is taken from, the best first. A rate by followers falls by itself when followers grow."""


@rule("kpi-report.followers_without_engagement")
def check_followers_engage(facts: Facts) -> Iterator[Hit]:
    """Channels whose followers grow while their engagement falls, over the same months."""
    months = months_of(facts)
    if months is None:
        return
    span = int(facts.thresholds["kpi-report.compare_months"])
    least = facts.thresholds["kpi-report.growth_share"]
    for channel in rows_by_channel(months):
        followers = months.row_of(channel, FOLLOWERS)
        rows = [row for metric in ENGAGEMENT_METRICS if (row := months.row_of(channel, metric)) is not None]
        engaged = next((row for row in rows if months.last_month(row) is not None), None)
        last = _last_common_month(followers, engaged, months, span)
        if followers is None or engaged is None or last is None:
            continue
        growth, fall = (_change(row, months, last, span) for row in (followers, engaged))
        if growth is None or fall is None or growth < least or fall > -least:
            continue
        yield _followers_hit(followers, engaged, months, last, span, facts)


def _followers_hit(followers: KpiRow, engaged: KpiRow, months: KpiMonths, last: int, span: int, facts: Facts) -> Hit:
    def shown(row: KpiRow, number: int) -> Wording:
        return figure(months.actuals(row)[number - 1] or Decimal(0), months.meaning(row).unit, facts)

    ads = _ads_to_come(followers.channel, facts)
    return Hit(
        about=followers.channel or "",
        root=results_root(followers.channel),
        evidence=tuple(row.cell("actual", number) for row in (followers, engaged) for number in (last, last - span)),
        values={
            "channel": channel_name(facts, followers.channel),
            "metric": facts.metric_name(engaged.metric),
            "followers_before": shown(followers, last - span),
            "followers": shown(followers, last),
            "before": shown(engaged, last - span),
            "value": shown(engaged, last),
            "until": end_of_month(months.report, last) or last,
            **ads,
        },
        todo=HOLD_ADS_BACK if ads else "",
    )


HOLD_ADS_BACK = (
    "Show the ads to people who buy, not to whoever follows - or hold back the {planned} that {lines} still plan this"
    " year. Ask the new followers what they want."
)


def _ads_to_come(channel: str | None, facts: Facts) -> dict[str, Wording]:
    """What advertising lines of a channel plan for the open months; empty without any."""
    lines = ad_lines(facts, channel)
    planned = {
        id(line): sum((month.planned or ZERO for month in months_of_line(line) if not month.closed), ZERO)
        for line in lines
    }
    total = sum(planned.values(), ZERO)
    if total <= 0:
        return {}
    return {
        "planned": figure(total, Unit.MONEY, facts),
        "lines": line_names(line for line in lines if planned[id(line)] > 0),
    }


def _last_common_month(first: KpiRow | None, second: KpiRow | None, months: KpiMonths, span: int) -> int | None:
    """The last month in which both are known, and were known `span` months before; numbered from 1."""
    if first is None or second is None:
        return None
    one, other = months.actuals(first), months.actuals(second)
    known = [one[n] is not None and other[n] is not None for n in range(min(len(one), len(other)))]
    both = [n + 1 for n in range(span, len(known)) if known[n] and known[n - span]]
    return both[-1] if both else None


def _change(row: KpiRow, months: KpiMonths, last: int, span: int) -> Decimal | None:
    return change_share(months.actuals(row)[last - 1], months.actuals(row)[last - 1 - span])


ENGAGEMENT_RATES = ("engagement_rate_by_reach", "engagement_rate_by_impressions", "engagement_rate_by_followers")
APPLAUSE = ("likes", "engagement")
OUTCOMES = ("leads", "orders", "revenue", "store_visits")


@rule("kpi-report.vanity_only")
def check_channels_measure_business(facts: Facts) -> Iterator[Hit]:
    """Channels of which every metric in use is a vanity metric."""
    months = months_of(facts)
    if months is None:
        return
    elsewhere = _business_metrics(months, facts)
    for channel, rows in rows_by_channel(months).items():
        definitions = [facts.kpi_definitions.get(row.metric or "") for row in rows]
        if all(definition is not None and definition.vanity for definition in definitions):
            yield Hit(
                about=channel,
                evidence=tuple(row.cell("metric") for row in rows),
                values={
                    "channel": channel_name(facts, channel),
                    "metrics": metric_words(rows, facts),
                    "wanted": tuple(facts.metric_name(metric) for metric in elsewhere),
                },
                case="count_as_elsewhere" if elsewhere else "",
            )


def _business_metrics(months: KpiMonths, facts: Facts) -> list[str]:
    """The business metrics that channels are measured by, the commonest first."""
    used = Counter(
        row.metric
        for row in rows_with_figures(months)
        if row.metric is not None and row.channel is not None and family_of(row.metric, facts) is Family.BUSINESS
    )
    return sorted(used, key=lambda metric: -used[metric])


@rule("kpi-report.unlike_rates")
def check_rates_are_alike(facts: Facts) -> Iterator[Hit]:
    """Channels with engagement rates, but not one kind of rate that all of them have; the first two of them."""
    months = months_of(facts)
    if months is None:
        return
    rated = {
        channel: rates
        for channel, rows in rows_by_channel(months).items()
        if (rates := {row.metric: row for row in rows if row.metric in ENGAGEMENT_RATES})
    }
    channels = list(rated)
    pairs = ((one, other) for number, one in enumerate(channels) for other in channels[number + 1 :])
    unlike = [(one, other) for one, other in pairs if not rated[one].keys() & rated[other].keys()]
    if unlike:
        rows = [min(rated[channel].values(), key=_rate_rank) for channel in unlike[0]]
        better, worse = sorted(rows, key=_rate_rank)
        yield Hit(
            about=joined(unlike[0]),
            evidence=(better.cell("metric"), worse.cell("metric")),
            values={
                "channel": channel_name(facts, better.channel),
                "metric": facts.metric_name(better.metric),
                "other_channel": channel_name(facts, worse.channel),
                "other_metric": facts.metric_name(worse.metric),
            },
        )


def _rate_rank(row: KpiRow) -> int:
    return ENGAGEMENT_RATES.index(row.metric or "")


@rule("kpi-report.likes_without_business")
def check_likes_become_business(facts: Facts) -> Iterator[Hit | Lack]:
    """Channels with applause in each of the last months, whose counted results of those months are all zero.

    At stake is what the budget says their advertising cost in these months.
    """
    months = months_of(facts)
    if months is None:
        return
    span = int(facts.thresholds["kpi-report.liked_months"])
    for channel in rows_by_channel(months):
        liked = next((row for metric in APPLAUSE if (row := months.row_of(channel, metric)) is not None), None)
        outcomes = [row for metric in OUTCOMES if (row := months.row_of(channel, metric)) is not None]
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
            yield _liked_hit(liked, outcomes, likes, months, (last, span), facts)
        elif outcomes:
            yield Lack(
                evidence=tuple(
                    row.cell("actual", number) for row in outcomes for number in range(last - span + 1, last + 1)
                ),
                values={
                    "channel": channel_name(facts, channel),
                    "metrics": metric_words(outcomes, facts),
                    "months": span,
                },
            )


def _liked_hit(
    liked: KpiRow, outcomes: list[KpiRow], likes: Decimal, months: KpiMonths, window: tuple[int, int], facts: Facts
) -> Hit:
    last, span = window
    rows = [row for row in outcomes if months.last_month(row) is not None]
    spent = _ad_money(liked.channel, months, window, facts)
    return Hit(
        about=liked.channel or "",
        root=results_root(liked.channel),
        evidence=(liked.cell("actual", last), *(row.cell("actual", last) for row in rows)),
        values={
            "channel": channel_name(facts, liked.channel),
            "metric": facts.metric_name(liked.metric),
            "likes": figure(likes, Unit.COUNT, facts),
            "months": span,
            "spent": figure(spent or ZERO, Unit.MONEY, facts),
            "lines": line_names(ad_lines(facts, liked.channel)),
        },
        effect=spent,
        todo=STOP_ADS_WITHOUT_BUSINESS if spent else "",
    )


STOP_ADS_WITHOUT_BUSINESS = (
    "Stop {lines} ({spent} in these months) until the posts on {channel} lead somewhere: a link, an offer, a question"
    " by message."
)


def _ad_money(channel: str | None, months: KpiMonths, window: tuple[int, int], facts: Facts) -> Decimal | None:
    """What the advertising of a channel cost in some months up to the last one; None where nothing is known of it."""
    last, span = window
    budget, start = facts.plans.budget, months.report.start.period_start
    if budget is None or start is None:
        return None
    spent = ad_money_by_month(ad_lines(facts, channel), budget.start.period_start)
    wanted = [add_months(start.replace(day=1), number) for number in range(last - span, last)]
    return add_known(spent.get(month) for month in wanted)
