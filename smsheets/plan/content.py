"""Subjects of posts: the mix of pillars, ideas that wait, key dates, free days."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal

import msgspec

from smsheets.periods import DAYS_IN_WEEK
from smsheets.plan.cadence import monday_of
from smsheets.plan.calendar import Calendar, Idea, KeyDate, MixTarget, Post
from smsheets.plan.kpi_report import PostResult
from smsheets.plan.post_rates import compare_groups, weekday_of
from smsheets.plan.record import add_known, first_by


class MixShare(msgspec.Struct, frozen=True, kw_only=True):
    """One pillar, or one side (promotional or not). Shares are 0..1; None where they cannot be had.

    Attributes:
        pillar: The pillar's id; empty for a side.
        promotional: Whether it sells; None where nobody said.
        target, planned, published: Share wanted, share of the planned, share of the published posts.
    """

    pillar: str = ""
    promotional: bool | None = None
    target: Decimal | None
    planned_posts: int
    planned: Decimal | None
    published_posts: int
    published: Decimal | None


class Mix(msgspec.Struct, frozen=True, kw_only=True):
    """The shares of all pillars of the table and of both sides.

    Attributes:
        left_out: Planned posts without a pillar of the table; shares do not count them.
    """

    pillars: tuple[MixShare, ...]
    promotional: MixShare
    other: MixShare
    left_out: int


def compute_mix(calendar: Calendar) -> Mix:
    """The shares as the sheet Mix shows them: over the days that are set there, all posts without."""
    rows = [row for row in calendar.mix_targets if row.pillar]
    known = {row.pillar for row in rows}
    inside = [post for post in calendar.posts if post.pillar in known]
    planned = Counter(post.pillar for post in inside if post.is_planned and _counts(calendar, post.date))
    published = Counter(post.pillar for post in inside if _counts(calendar, post.out_on))
    all_planned = sum(1 for post in calendar.planned_posts if _counts(calendar, post.date))
    pillars = tuple(_pillar(row, planned, published) for row in rows)
    return Mix(
        pillars=pillars,
        promotional=_side(pillars, promotional=True),
        other=_side(pillars, promotional=False),
        left_out=all_planned - sum(planned.values()),
    )


def promotional_pillars(calendar: Calendar) -> frozenset[str]:
    """The pillars that sell."""
    return frozenset(row.pillar for row in calendar.mix_targets if row.pillar and row.promotional)


def promotional_target(calendar: Calendar) -> Decimal | None:
    """The share of posts that may sell, 0..1; None where the table has no target."""
    return add_known(row.target_share for row in calendar.mix_targets if row.promotional)


def promotional_share(posts: Iterable[Post], selling: frozenset[str], known: frozenset[str]) -> Decimal | None:
    """The share of these posts that sell, among those whose pillar is known; None where there are none."""
    counted = [post.pillar in selling for post in posts if post.pillar in known]
    return Decimal(sum(counted)) / len(counted) if counted else None


def _counts(calendar: Calendar, day: date | None) -> bool:
    view = calendar.mix_view
    return day is not None and (view.from_day or date.min) <= day <= (view.to_day or date.max)


def _pillar(row: MixTarget, planned: Counter[str | None], published: Counter[str | None]) -> MixShare:
    return MixShare(
        pillar=row.pillar or "",
        promotional=row.promotional,
        target=row.target_share,
        planned_posts=planned[row.pillar],
        planned=_share(planned[row.pillar], planned.total()),
        published_posts=published[row.pillar],
        published=_share(published[row.pillar], published.total()),
    )


def _side(pillars: tuple[MixShare, ...], *, promotional: bool) -> MixShare:
    rows = [row for row in pillars if bool(row.promotional) is promotional]
    planned, published = sum(row.planned_posts for row in rows), sum(row.published_posts for row in rows)
    any_target = any(row.target is not None for row in pillars)
    return MixShare(
        promotional=promotional,
        target=sum((row.target for row in rows if row.target is not None), Decimal(0)) if any_target else None,
        planned_posts=planned,
        planned=_share(planned, sum(row.planned_posts for row in pillars)),
        published_posts=published,
        published=_share(published, sum(row.published_posts for row in pillars)),
    )


def _share(part: int, whole: int) -> Decimal | None:
    return Decimal(part) / whole if whole else None


def selling_posts_allowed(count: int, target: Decimal) -> int:
    """How many of `count` posts may sell without passing the share wanted, 0..1."""
    return int((count * target).to_integral_value(ROUND_FLOOR))


def posts_to_swap(selling: Iterable[Post], count: int, earned: Mapping[str, Decimal]) -> tuple[Post, ...]:
    """The `count` selling posts that are missed least, in the order of their dates, then of the sheet.

    First those that nothing was paid for and that belong to no initiative, of these the ones that earned least
    (`earned`: post id -> money), then the latest.
    """
    posts = list(selling)

    def missed(post: Post) -> tuple[bool, bool, Decimal, int]:
        day = post.date.toordinal() if post.date is not None else 0
        return bool(post.boosted), post.initiative_id is not None, earned.get(post.post_id or "", Decimal(0)), -day

    chosen = {id(post) for post in sorted(posts, key=missed)[: max(count, 0)]}
    return tuple(sorted((post for post in posts if id(post) in chosen), key=lambda post: post.date or date.min))


class ReadyIdea(msgspec.Struct, frozen=True, kw_only=True):
    """An idea that can be used now.

    Attributes:
        name: Its text and its id, as a report quotes them.
        channel: Where it is meant for; None fits anywhere.
    """

    name: str
    channel: str | None = None
    pillar: str | None = None


def ready_ideas(calendar: Calendar, as_of: date, rest_days: int) -> tuple[ReadyIdea, ...]:
    """Ideas never used, evergreen ones that have rested long enough, and posts that are still ideas.

    Never used ones come first, then those that have rested longest. A post that is still an idea counts unless its day
    is past.
    """
    ideas = [idea for idea in calendar.ideas if idea.idea and _is_ready(idea, as_of, rest_days)]
    ideas.sort(key=lambda idea: idea.last_used or date.min)
    found: list[tuple[str | None, str | None, Post | Idea]] = []
    found += [(post.title, post.post_id, post) for post in calendar.posts if _waits(post, as_of)]
    found += [(idea.idea, idea.idea_id, idea) for idea in ideas]
    return tuple(
        ReadyIdea(name=f"'{text}' ({ref})" if ref else f"'{text}'", channel=item.channel, pillar=item.pillar)
        for text, ref, item in found
    )


def deal_ideas(ideas: Sequence[ReadyIdea], channels: Collection[str], most: int) -> Mapping[str, tuple[str, ...]]:
    """The names of at most `most` ideas per channel; one that fits anywhere goes to the channel with the fewest."""
    dealt: dict[str, list[str]] = {channel: [] for channel in channels}
    for idea in ideas:
        if idea.channel in dealt:
            dealt[idea.channel].append(idea.name)
    for idea in ideas:
        if idea.channel is None and dealt:
            min(dealt.values(), key=len).append(idea.name)
    return {channel: tuple(names[:most]) for channel, names in dealt.items()}


def _is_ready(idea: Idea, as_of: date, rest_days: int) -> bool:
    return idea.last_used is None or (bool(idea.evergreen) and (as_of - idea.last_used).days >= rest_days)


def _waits(post: Post, as_of: date) -> bool:
    return post.status == "idea" and bool(post.title) and (post.date is None or post.date >= as_of)


_LONG_WORD = 4
"""Letters: shorter words ("the", "der") are about no day in particular."""
_STEM = 5
"""Letters: two words that begin with the same ones are one word in two forms (market, markets)."""
_ENDING = 2
"""Letters that a short word may have more in another form (sale, sales)."""
_MOST_DAYS = 30
"""Of more days in a few weeks the first ones are looked at: that many are a list of holidays, not a plan."""
_WORD = re.compile(r"\w+")


def days_without_post(calendar: Calendar, as_of: date, weeks: int) -> tuple[KeyDate, ...]:
    """The key dates of the next weeks that no planned post is about, in order.

    A post is about a day when it goes out on it, or when it goes out in the `weeks` weeks before it and names it.
    """
    first, last = as_of - timedelta(weeks=weeks), as_of + timedelta(weeks=weeks)
    posts = [
        (post.date, _words(f"{post.title or ''} {post.copy or ''}"))
        for post in calendar.planned_posts
        if post.date is not None and first <= post.date <= last
    ]
    return tuple(row for row in _key_dates_to_come(calendar, as_of, weeks) if not _is_spoken_of(row, posts, weeks))


def _key_dates_to_come(calendar: Calendar, as_of: date, weeks: int) -> tuple[KeyDate, ...]:
    """The own dates and sale days of the next weeks, and given days with an idea, the as-of date with them, in order.

    Of several days with one name the first is taken.
    """
    last = as_of + timedelta(weeks=weeks)
    dated = [(row.date, row) for row in calendar.key_dates if row.date is not None and row.name]
    in_order = sorted((pair for pair in dated if as_of <= pair[0] <= last), key=lambda pair: pair[0])
    meant = (row for _, row in in_order if not row.is_given or row.idea is not None)
    return tuple(first_by(meant, lambda row: row.name).values())[:_MOST_DAYS]


def _is_spoken_of(row: KeyDate, posts: list[tuple[date, frozenset[str]]], weeks: int) -> bool:
    if row.date is None:
        return False
    first, named = row.date - timedelta(weeks=weeks), _words(row.name or "")
    return any(
        day == row.date or (first <= day < row.date and any(_is_same(one, other) for one in named for other in words))
        for day, words in posts
    )


def _words(text: str) -> frozenset[str]:
    return frozenset(word for word in _WORD.findall(text.casefold()) if len(word) >= _LONG_WORD)


def _is_same(one: str, other: str) -> bool:
    """The same word in another form, or one as part of the other (Markt, Handwerksmarkt)."""
    short, long = sorted((one, other), key=len)
    if len(short) < _STEM:
        return long.startswith(short) and len(long) - len(short) <= _ENDING
    return long[:_STEM] == short[:_STEM] or short in long


def preferred_weekdays(
    results: Iterable[PostResult], posts: Iterable[Post], channel: str, at_least: int
) -> tuple[int, ...]:
    """All seven ISO weekdays (1 = Monday) in the order to choose them for a channel.

    First those whose posts did best there, of which `at_least` posts are known; then those on which most posts went
    out; then the week's own order.
    """
    own = [result for result in results if result.channel == channel]
    judged = [int(group.key) for group in compare_groups(own, weekday_of, at_least)]
    days = [post.out_on for post in posts if post.channel == channel]
    used = Counter(day.isoweekday() for day in days if day is not None)
    rest = sorted(set(range(1, DAYS_IN_WEEK + 1)) - set(judged), key=lambda day: (-used[day], day))
    return (*judged, *rest)


def free_days(
    posts: Iterable[Post], channel: str, mondays: Sequence[date], count: int, weekdays: Sequence[int]
) -> tuple[date, ...]:
    """Up to `count` days without a post on a channel in these weeks, in order; the emptiest weeks are filled first.

    `weekdays` are ISO weekdays, the best first.
    """
    taken = {post.date for post in posts if post.channel == channel and post.is_planned and post.date is not None}
    planned = Counter(monday_of(day) for day in taken)
    left = {monday: [monday + timedelta(days=day - 1) for day in weekdays] for monday in mondays}
    left = {monday: [day for day in days if day not in taken] for monday, days in left.items()}
    chosen: list[date] = []
    while len(chosen) < count and any(left.values()):
        monday = min((monday for monday in mondays if left[monday]), key=lambda monday: planned[monday])
        chosen.append(left[monday].pop(0))
        planned[monday] += 1
    return tuple(sorted(chosen))


def nearest_free_day(taken: Iterable[date], day: date, weekday: int, earliest: date) -> date | None:
    """The nearest day with this ISO weekday, within the same week's distance, that is not taken and not too early."""
    busy = set(taken)
    ahead = (weekday - day.isoweekday()) % DAYS_IN_WEEK
    nearest = sorted((ahead, ahead - DAYS_IN_WEEK), key=abs)
    found = (day + timedelta(days=step) for step in nearest)
    return next((other for other in found if other >= earliest and other not in busy), None)
