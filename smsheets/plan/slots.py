"""Days on which a post is missing: free ones, the better weekdays first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from smsheets.plan.cadence import DAYS_IN_WEEK, monday_of
from smsheets.plan.calendar import Post
from smsheets.plan.kpi_report import PostResult
from smsheets.plan.post_rates import compare_groups, weekday_of


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
