"""Rules about what is measured: applause that is no business, rates that cannot be compared, figures that cannot be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from itertools import combinations

import msgspec

from smsheets.analysis.facts import Facts, last_day, metric_names, row_figure, rows_by_channel, rows_in_use
from smsheets.analysis.finding import Hit, Lack, Level, Wording, lack, rule
from smsheets.analysis.kpi_standards import channel_name, family_of, is_vanity, rounded
from smsheets.analysis.subjects import (
    channel_id,
    channel_root,
    first_cells,
    joined,
    line_id,
    line_name,
    month_name,
    row_id,
)
from smsheets.cells import CellRef
from smsheets.periods import MonthOfYear
from smsheets.plan.carry import ZERO
from smsheets.plan.kpi_months import change_share
from smsheets.plan.kpi_report import KpiRow
from smsheets.plan.post_rates import engagements
from smsheets.plan.record import add_known, group_by
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


_ROUNDED = Decimal("0.0005")
"""A percentage with one decimal is this far from the figure behind it at most."""
_OF_POSTS = {"clicks": "link_clicks"}
"""Columns of Post results that have another name than their metric."""
_POST_FIGURES = ("reach", "impressions", "likes", "shares", "saves", "clicks", "orders")


@rule("kpi-report.rate_contradicts")
def check_rates_follow_from_their_parts(facts: Facts) -> Iterator[Hit]:
    """A rate that is typed is what the rows of its two parts give, but for rounding; one finding for each row."""
    gap = facts.thresholds["kpi-report.rate_gap"]
    for row in rows_in_use(facts):
        typed, rates, parts = row.actual, facts.kpi_months.rates(row), facts.kpi_months.parts(row)
        wrong = [
            (number, own, rate)
            for number, (own, rate) in enumerate(zip(typed, rates, strict=False), 1)
            if own is not None and rate is not None and abs(own - rate) > max(gap * abs(rate), _ROUNDED)
        ]
        if wrong and parts is not None:
            last, own, rate = wrong[-1]
            yield Hit(
                about=row_id(row),
                evidence=first_cells(row.cell("actual", number) for number, _, _ in reversed(wrong)),
                values={
                    "channel": channel_name(facts, row.channel),
                    "metric": facts.metric_name(row.metric),
                    "month": month_name(facts.kpi_report, last),
                    "typed": row_figure(row, own, facts),
                    "worked_out": row_figure(row, rate, facts),
                    "parts": metric_names(parts, facts),
                    "count": len(wrong),
                },
            )


@rule("kpi-report.above_limit")
def check_shares_are_no_more_than_all(facts: Facts) -> Iterator[Hit]:
    """No share of a whole is above 100 %; where its parts are rows, the rule on rates says it."""
    for row in rows_in_use(facts):
        definition = facts.kpi_definitions.get(row.metric or "")
        limit = None if definition is None or facts.kpi_months.parts(row) is not None else definition.limit
        figures = enumerate(facts.kpi_months.actuals(row), 1)
        above = [(number, value) for number, value in figures if limit and value is not None and value > limit]
        if above:
            yield Hit(
                about=row_id(row),
                evidence=first_cells(row.cell("actual", number) for number, _ in reversed(above)),
                values={
                    "channel": channel_name(facts, row.channel),
                    "metric": facts.metric_name(row.metric),
                    "month": month_name(facts.kpi_report, above[-1][0]),
                    "value": row_figure(row, above[-1][1], facts),
                    "limit": row_figure(row, Decimal(limit or 0), facts),
                },
            )


class _Above(msgspec.Struct, frozen=True, kw_only=True):
    """A figure that is above another one that it is a part of, with both cells and the month or post of both."""

    part: str
    whole: str
    channel: str | None
    figures: tuple[Decimal | int, Decimal | int]
    place: MonthOfYear | str | int
    cells: tuple[CellRef, CellRef]


@rule("kpi-report.part_above_whole")
def check_parts_are_no_more_than_the_whole(facts: Facts) -> Iterator[Hit]:
    """No more engagement than reach, no more clicks than impressions, no more orders than clicks: months and posts.

    Orders can come by asking, so that they are a note, and only where there are clicks at all.
    """
    above = [*_months_above(facts), *_posts_above(facts)]
    for (channel, part, whole), own in group_by(above, lambda item: (item.channel, item.part, item.whole)).items():
        last = own[-1]
        yield Hit(
            about=f"{channel_id(channel)} {part} {whole}",
            evidence=first_cells(cell for item in reversed(own) for cell in item.cells),
            level=Level.NOTE if part == "orders" else None,
            values={
                "channel": channel_name(facts, channel),
                "part": facts.metric_name(part),
                "whole": facts.metric_name(whole),
                "place": last.place,
                "more": rounded(Decimal(last.figures[0])),
                "less": rounded(Decimal(last.figures[1])),
                "count": len(own),
            },
            case="orders" if part == "orders" else "",
        )


def _months_above(facts: Facts) -> Iterator[_Above]:
    months = facts.kpi_months
    for row in rows_in_use(facts):
        for whole in _wholes(row.metric, row.channel, facts):
            other = months.row_of(row.channel, whole)
            if other is None or months.row_of(row.channel, row.metric) is not row:
                continue
            pairs = zip(months.actuals(row), months.actuals(other), strict=False)
            for number, (more, less) in enumerate(pairs, 1):
                if more is not None and less is not None and _is_above(row.metric, more, less):
                    yield _Above(
                        part=row.metric or "",
                        whole=whole,
                        channel=row.channel,
                        figures=(more, less),
                        place=month_name(facts.kpi_report, number),
                        cells=(row.cell("actual", number), other.cell("actual", number)),
                    )


def _posts_above(facts: Facts) -> Iterator[_Above]:
    for post in facts.post_results:
        columns = {_OF_POSTS.get(name, name): name for name in _POST_FIGURES}
        known = {metric: getattr(post, name) for metric, name in columns.items()}
        known["engagement"], columns["engagement"] = engagements(post), "likes"
        for part, more in known.items():
            for whole in _wholes(part, post.channel, facts):
                less = known.get(whole)
                if more is not None and less is not None and _is_above(part, more, less):
                    yield _Above(
                        part=part,
                        whole=whole,
                        channel=post.channel,
                        figures=(more, less),
                        place=post.post_id or (post.date.isoformat() if post.date else ""),
                        cells=(post.cell(columns[part]), post.cell(columns[whole])),
                    )


def _wholes(metric: str | None, channel: str | None, facts: Facts) -> list[str]:
    """The metrics that one is never above on this channel."""
    definition = facts.kpi_definitions.get(metric or "")
    return [] if definition is None else [name for name, but in definition.at_most.items() if channel not in but]


def _is_above(part: str | None, more: Decimal | int, less: Decimal | int) -> bool:
    return more > less and (part != "orders" or less > 0)


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
        moves=tuple(map(line_id, facts.ad_lines(followers.channel))) if ads else (),
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
    lines = [line for line in facts.ad_lines(channel) if open_money([line]) > 0]
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
        moves=tuple(map(line_id, facts.ad_lines(liked.channel))) if spent else (),
        evidence=(liked.cell("actual", last), *(row.cell("actual", last) for row in rows)),
        values={
            "channel": channel_name(facts, liked.channel),
            "metric": facts.metric_name(liked.metric),
            "likes": rounded(likes),
            "months": span,
            "spent": facts.money(spent),
            "lines": tuple(map(line_name, facts.ad_lines(liked.channel))),
        },
        effect=spent,
        case="stop_ads" if spent else "",
    )


def _rows_of(channel: str, metrics: tuple[str, ...], facts: Facts) -> list[KpiRow]:
    """The rows of a channel that show one of these metrics, in the order of the metrics."""
    return [row for metric in metrics if (row := facts.kpi_months.row_of(channel, metric)) is not None]


def _ad_money(channel: str | None, window: tuple[int, int], facts: Facts) -> Decimal | None:
    """The cost of a channel's advertising in some months up to the last one; None where nothing is known of it."""
    last, span = window
    budget = facts.plans.budget
    if budget is None:
        return None
    spent = ad_money_by_month(facts.ad_lines(channel), budget.start.period_start)
    months = (facts.kpi_report.first_day(number) for number in range(last - span + 1, last + 1))
    return add_known(spent.get(month) for month in months if month is not None)
