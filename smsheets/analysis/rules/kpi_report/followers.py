"""The rule about followers that are bought or won, and do not care."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Level, Wording, rule
from smsheets.analysis.kpi_standards import channel_name, end_of_month, figure, months_of
from smsheets.analysis.rules.kpi_report.evidence import (
    ad_lines,
    line_names,
    results_root,
    rows_by_channel,
)
from smsheets.plan.carry import ZERO
from smsheets.plan.carry import months_of as months_of_line
from smsheets.plan.kpi_definitions import Unit
from smsheets.plan.kpi_months import KpiMonths, change_share
from smsheets.plan.kpi_report import KpiRow

FOLLOWERS = "followers"
ENGAGEMENT_METRICS = ("engagement", "engagement_rate_by_reach", "engagement_rate_by_impressions", "comments", "likes")
"""What engagement is taken from, the best first. A rate by followers falls by itself when followers grow."""


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
    weight=2,
)
def check_followers_engage(context: Context) -> Iterator[Hit]:
    """Channels whose followers grow while their engagement falls, over the same months."""
    months = months_of(context)
    if months is None:
        return
    span = int(context.thresholds["kpi-report.compare_months"])
    least = context.thresholds["kpi-report.growth_share"]
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
        yield _followers_hit(followers, engaged, months, last, span, context)


def _followers_hit(
    followers: KpiRow, engaged: KpiRow, months: KpiMonths, last: int, span: int, context: Context
) -> Hit:
    def shown(row: KpiRow, number: int) -> Wording:
        return figure(months.actuals(row)[number - 1] or Decimal(0), months.meaning(row).unit, context)

    ads = _ads_to_come(followers.channel, context)
    return Hit(
        about=followers.channel or "",
        root=results_root(followers.channel),
        evidence=tuple(row.cell("actual", number) for row in (followers, engaged) for number in (last, last - span)),
        values={
            "channel": channel_name(context, followers.channel),
            "metric": context.metric_name(engaged.metric),
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


def _ads_to_come(channel: str | None, context: Context) -> dict[str, Wording]:
    """What advertising lines of a channel plan for the open months; empty without any."""
    lines = ad_lines(context, channel)
    planned = {
        id(line): sum((month.planned or ZERO for month in months_of_line(line) if not month.closed), ZERO)
        for line in lines
    }
    total = sum(planned.values(), ZERO)
    if total <= 0:
        return {}
    return {
        "planned": figure(total, Unit.MONEY, context),
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
