"""Results of posts: engagements, rates, and how a group of posts compares with what is usual on their channel.

A rate names its denominator; unlike ones are never compared. A blank part is unknown, not zero.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from enum import Enum

import msgspec

from smsheets.median import median
from smsheets.plan.calendar import Post
from smsheets.plan.kpi_months import ratio
from smsheets.plan.kpi_report import PostResult
from smsheets.plan.record import add_known, group_by

HOURS_IN_BLOCK = 3
"""Long enough for a shop's few posts to fall into the same one, short enough for advice on when to post."""


class Measure(Enum):
    """The figure by which a channel's posts are compared; a rate's denominator is part of it."""

    BY_REACH = "engagement_rate_by_reach"
    BY_IMPRESSIONS = "engagement_rate_by_impressions"
    COUNT = "engagement"


class PostGroup(msgspec.Struct, frozen=True, kw_only=True):
    """Posts that have something in common.

    Attributes:
        key: What they share: a list id, an ISO weekday, or the first hour of a block of three.
        posts: Those that can be compared.
        factor: The median of (post / median of its channel): 1 is usual, 2 is twice as much.
        measures: The figures that were compared, each of one or more channels.
        rate: Ratio of sums by reach, over the posts of which reach and engagements are known.
        clicks, orders: Sums of what is known; None where nothing is.
    """

    key: str | int
    posts: tuple[PostResult, ...]
    factor: Decimal
    measures: tuple[Measure, ...] = ()
    rate: Decimal | None
    clicks: int | None
    orders: int | None


def engagements(post: PostResult) -> int | None:
    """Likes + comments + shares + saves, of those that are known; None where none is."""
    return add_known((post.likes, post.comments, post.shares, post.saves))


def engagement_rate(post: PostResult, measure: Measure) -> Decimal | None:
    """Engagements by the denominator of the measure; the bare count where it has none."""
    by = {Measure.BY_REACH: post.reach, Measure.BY_IMPRESSIONS: post.impressions, Measure.COUNT: 1}
    return ratio(engagements(post), by[measure])


def click_through_rate(post: PostResult) -> Decimal | None:
    """Clicks / impressions."""
    return ratio(post.clicks, post.impressions)


def cost_per_click(post: PostResult) -> Decimal | None:
    """Spend / clicks, in money."""
    return ratio(post.spend, post.clicks)


def cost_per_order(post: PostResult) -> Decimal | None:
    """Spend / orders, in money."""
    return ratio(post.spend, post.orders)


def return_on_ad_spend(post: PostResult) -> Decimal | None:
    """Revenue / spend: 3 is three back for each one spent."""
    return ratio(post.revenue, post.spend)


def rate_of_sums(posts: Iterable[PostResult]) -> Decimal | None:
    """All engagements / all reach, over the posts of which both are known; not the mean of rates."""
    pairs = [(engagements(post), post.reach) for post in posts]
    known = [(above, below) for above, below in pairs if above is not None and below]
    return ratio(sum(above for above, _ in known), sum(below for _, below in known))


def measure_of(posts: Sequence[PostResult]) -> Measure:
    """The first measure that is known for at least half of a channel's posts."""
    for measure in (Measure.BY_REACH, Measure.BY_IMPRESSIONS):
        if 2 * sum(engagement_rate(post, measure) is not None for post in posts) >= len(posts):
            return measure
    return Measure.COUNT


class ChannelMeasure(msgspec.Struct, frozen=True, kw_only=True):
    """The figure by which the posts of a channel are compared."""

    channel: str
    measure: Measure


def measures_of(posts: Iterable[PostResult]) -> tuple[ChannelMeasure, ...]:
    """The measure of each channel."""
    by_channel = group_by(posts, lambda post: post.channel)
    return tuple(ChannelMeasure(channel=channel, measure=measure_of(own)) for channel, own in by_channel.items())


def factors_of(posts: Iterable[PostResult], at_least: int) -> list[tuple[PostResult, Decimal]]:
    """Each post's engagement as a multiple of its channel's median.

    Channels with fewer than `at_least` posts, or with a median of zero, have no usual: their posts are left out.
    """
    found: list[tuple[PostResult, Decimal]] = []
    for own in group_by(posts, lambda post: post.channel).values():
        measure = measure_of(own)
        rates = [(post, rate) for post in own if (rate := engagement_rate(post, measure)) is not None]
        usual = median([rate for _, rate in rates]) if len(rates) >= at_least else Decimal(0)
        if usual:
            found += [(post, rate / usual) for post, rate in rates]
    return found


def compare_groups(
    posts: Iterable[PostResult], key: Callable[[PostResult], str | int | None], at_least: int
) -> tuple[PostGroup, ...]:
    """The groups with at least `at_least` comparable posts, best first; groups as good stay in order of their key."""
    # Rows that are equal in all their cells are still two posts.
    compared = list(posts)
    factors = {id(post): (post, factor) for post, factor in factors_of(compared, at_least)}
    measures = {item.channel: item.measure for item in measures_of(compared)}
    by_key: Mapping[str | int, list[PostResult]] = group_by((post for post, _ in factors.values()), key)
    groups = [
        PostGroup(
            key=name,
            posts=tuple(members),
            factor=median([factors[id(post)][1] for post in members]),
            measures=tuple(dict.fromkeys(measures[post.channel] for post in members if post.channel is not None)),
            rate=rate_of_sums(members),
            clicks=add_known(post.clicks for post in members),
            orders=add_known(post.orders for post in members),
        )
        for name, members in sorted(by_key.items(), key=lambda item: str(item[0]))
        if len(members) >= at_least
    ]
    return tuple(sorted(groups, key=lambda group: -group.factor))


def most_clicked(posts: Iterable[PostResult], at_least: int) -> tuple[str, Decimal] | None:
    """The format whose posts get the most clicks, by the median, and that median.

    Only formats with at least `at_least` posts of which the clicks are known; None where fewer than two can be
    compared, or two are the best.
    """
    groups = group_by((post for post in posts if post.clicks is not None), lambda post: post.format)
    middles = [
        (name, median([Decimal(post.clicks or 0) for post in own]))
        for name, own in groups.items()
        if len(own) >= at_least
    ]
    middles.sort(key=lambda item: (-item[1], item[0]))
    return middles[0] if len(middles) > 1 and middles[0][1] > middles[1][1] else None


def click_factor(group: Iterable[PostResult], posts: Iterable[PostResult]) -> Decimal | None:
    """The median of (a post's clicks / the median clicks of its channel), as `PostGroup.factor` is of engagement.

    None where no clicks are known; channels whose median is zero are left out.
    """
    counted = group_by((post for post in posts if post.clicks is not None), lambda post: post.channel)
    usual = {channel: median([Decimal(post.clicks or 0) for post in own]) for channel, own in counted.items()}
    factors = [
        Decimal(post.clicks) / middle
        for post in group
        if post.clicks is not None and post.channel is not None and (middle := usual.get(post.channel))
    ]
    return median(factors) if factors else None


def weekday_of(post: PostResult | Post) -> int | None:
    """ISO weekday: 1 = Monday ... 7 = Sunday."""
    return None if post.date is None else post.date.isoweekday()


def hour_block_of(post: PostResult | Post) -> int | None:
    """The first hour of the three-hour block: 9 for 9:00 to 11:59."""
    return None if post.time is None else post.time.hour // HOURS_IN_BLOCK * HOURS_IN_BLOCK
