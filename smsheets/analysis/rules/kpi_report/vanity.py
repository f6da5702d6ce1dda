"""Rules about what is measured: applause that is no business, and rates that cannot be compared."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Level, Wording, rule
from smsheets.analysis.kpi_standards import channel_name, end_of_month, figure, months_of
from smsheets.analysis.rules.kpi_report.targets import rows_with_figures
from smsheets.plan.known import add_known
from smsheets.plan.kpi_definitions import Unit
from smsheets.plan.kpi_months import KpiMonths, change_share
from smsheets.plan.kpi_report import KpiRow

FOLLOWERS = "followers"
ENGAGEMENT_METRICS = ("engagement", "engagement_rate_by_reach", "engagement_rate_by_impressions", "comments", "likes")
"""What engagement is taken from, the best first. A rate by followers falls by itself when followers grow."""
ENGAGEMENT_RATES = ("engagement_rate_by_reach", "engagement_rate_by_impressions", "engagement_rate_by_followers")
APPLAUSE = ("likes", "engagement")
OUTCOMES = ("leads", "orders", "revenue", "store_visits")


@rule(
    "kpi-report.vanity_only",
    level=Level.WARNING,
    needs=("kpi-report",),
    says="{channel} is measured by applause alone: {metrics}. None of it says whether the business gains.",
    todo="Add a row for {channel} that the business feels: link clicks, leads, orders, revenue or replies.",
    source="Followers and likes are not business results",
)
def check_channels_measure_business(context: Context) -> Iterator[Hit]:
    """Channels of which every metric in use is a vanity metric."""
    months = months_of(context)
    if months is None:
        return
    for channel, rows in _rows_by_channel(months).items():
        definitions = [context.kpi_definitions.get(row.metric or "") for row in rows]
        if all(definition is not None and definition.vanity for definition in definitions):
            yield Hit(
                evidence=tuple(row.cell("metric") for row in rows),
                values={
                    "channel": channel_name(context, channel),
                    "metrics": tuple(context.metric_name(row.metric) for row in rows),
                },
            )


@rule(
    "kpi-report.followers_without_engagement",
    level=Level.WARNING,
    needs=("kpi-report",),
    says="{channel}: followers up from {followers_before} to {followers} by {until}, but {metric} down from {before} to"
    " {value}.",
    todo="The new followers are not interested, or the posts are not for them. Stop buying followers; ask what they"
    " want.",
    source="Followers up while engagement falls is a sign of the wrong audience",
    thresholds=("kpi-report.compare_months", "kpi-report.growth_share"),
)
def check_followers_engage(context: Context) -> Iterator[Hit]:
    """Channels whose followers grow while their engagement falls, over the same months."""
    months = months_of(context)
    if months is None:
        return
    span = int(context.thresholds["kpi-report.compare_months"])
    least = context.thresholds["kpi-report.growth_share"]
    for channel in _rows_by_channel(months):
        followers = months.row_of(channel, FOLLOWERS)
        rows = [row for metric in ENGAGEMENT_METRICS if (row := months.row_of(channel, metric)) is not None]
        engaged = next((row for row in rows if months.last_month(row) is not None), None)
        last = _last_common_month(followers, engaged, months, span)
        if followers is None or engaged is None or last is None:
            continue
        growth, fall = (_change(row, months, last, span) for row in (followers, engaged))
        if growth is None or fall is None or growth < least or fall > -least:
            continue
        yield _followers_hit(followers, engaged, months, last, span, context)


def _followers_hit(
    followers: KpiRow, engaged: KpiRow, months: KpiMonths, last: int, span: int, context: Context
) -> Hit:
    def shown(row: KpiRow, number: int) -> Wording:
        return figure(months.actuals(row)[number - 1] or Decimal(0), months.meaning(row).unit, context)

    return Hit(
        evidence=tuple(row.cell("actual", number) for row in (followers, engaged) for number in (last, last - span)),
        values={
            "channel": channel_name(context, followers.channel),
            "metric": context.metric_name(engaged.metric),
            "followers_before": shown(followers, last - span),
            "followers": shown(followers, last),
            "before": shown(engaged, last - span),
            "value": shown(engaged, last),
            "until": end_of_month(months.report, last) or last,
        },
    )


@rule(
    "kpi-report.unlike_rates",
    level=Level.WARNING,
    needs=("kpi-report",),
    says="{channel} has '{metric}', {other_channel} has '{other_metric}': these two numbers cannot be compared.",
    todo="Measure both by the same denominator, or never put them side by side.",
    source="The denominator is part of the metric: by impressions a rate can be thirty times the one by followers"
    " (Buffer 2025, Socialinsider 2025)",
)
def check_rates_are_alike(context: Context) -> Iterator[Hit]:
    """Channels with engagement rates, but not one kind of rate that all of them have."""
    months = months_of(context)
    if months is None:
        return
    rated = {
        channel: rates
        for channel, rows in _rows_by_channel(months).items()
        if (rates := {row.metric: row for row in rows if row.metric in ENGAGEMENT_RATES})
    }
    channels = list(rated)
    for number, channel in enumerate(channels):
        for other in channels[number + 1 :]:
            if rated[channel].keys() & rated[other].keys():
                continue
            row, against = next(iter(rated[channel].values())), next(iter(rated[other].values()))
            yield Hit(
                evidence=(row.cell("metric"), against.cell("metric")),
                values={
                    "channel": channel_name(context, channel),
                    "metric": context.metric_name(row.metric),
                    "other_channel": channel_name(context, other),
                    "other_metric": context.metric_name(against.metric),
                },
            )
            return


@rule(
    "kpi-report.likes_without_business",
    level=Level.WARNING,
    needs=("kpi-report",),
    says="{channel}, last {months} months - {metric}: {likes}, and not one order, lead or sale.",
    todo="Give people on {channel} a next step: a link, an offer, a question by message. Or spend the time elsewhere.",
    source="Likes are not business; three months without any result are this program's default",
    thresholds=("kpi-report.liked_months", "kpi-report.liked_likes"),
)
def check_likes_become_business(context: Context) -> Iterator[Hit]:
    """Channels with applause in each of the last months, whose counted results of those months are all zero."""
    months = months_of(context)
    if months is None:
        return
    span = int(context.thresholds["kpi-report.liked_months"])
    for channel in _rows_by_channel(months):
        liked = next((row for metric in APPLAUSE if (row := months.row_of(channel, metric)) is not None), None)
        outcomes = [row for metric in OUTCOMES if (row := months.row_of(channel, metric)) is not None]
        last = months.last_month(liked) if liked is not None else None
        if liked is None or last is None or last < span:
            continue
        likes = add_known(months.actuals(liked)[last - span : last])
        results = [value for row in outcomes for value in months.actuals(row)[last - span : last]]
        counted = [value for value in results if value is not None]
        if likes is None or likes < context.thresholds["kpi-report.liked_likes"]:
            continue
        if len(counted) < span or any(counted):
            continue
        rows = [row for row in outcomes if months.last_month(row) is not None]
        yield Hit(
            evidence=(liked.cell("actual", last), *(row.cell("actual", last) for row in rows)),
            values={
                "channel": channel_name(context, channel),
                "metric": context.metric_name(liked.metric),
                "likes": figure(likes, Unit.COUNT, context),
                "months": span,
            },
        )


def _rows_by_channel(months: KpiMonths) -> dict[str, list[KpiRow]]:
    """The rows in use of each channel, in the order of the sheet; the whole business is no channel."""
    found: dict[str, list[KpiRow]] = {}
    for row in rows_with_figures(months):
        if row.channel is not None:
            found.setdefault(row.channel, []).append(row)
    return found


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
