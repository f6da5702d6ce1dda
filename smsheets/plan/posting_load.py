"""How much work the planned posts are: minutes by format, per week and person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal

import msgspec

from smsheets.plan.cadence import monday_of
from smsheets.plan.calendar import Post

MINUTES_PER_HOUR = 60


class WeekLoad(msgspec.Struct, frozen=True, kw_only=True):
    """The posts of one ISO week and the work in them."""

    monday: date
    posts: tuple[Post, ...]
    minutes: Decimal

    @property
    def hours(self) -> Decimal:
        """The work in hours, not rounded."""
        return self.minutes / MINUTES_PER_HOUR


def minutes_of(post: Post, minutes: Mapping[str, Decimal], otherwise: Decimal) -> Decimal:
    """The minutes one post takes; `otherwise` where its format is blank or not in the table."""
    return minutes.get(post.format or "", otherwise)


def week_loads(posts: Iterable[Post], minutes: Mapping[str, Decimal], otherwise: Decimal) -> tuple[WeekLoad, ...]:
    """The work per ISO week of the planned posts, weeks without posts left out, in order.

    Work is counted in the week of the post's date: when it is really done is not known.
    """
    weeks: dict[date, list[Post]] = defaultdict(list)
    for post in posts:
        if post.is_planned and post.date is not None:
            weeks[monday_of(post.date)].append(post)
    return tuple(
        WeekLoad(
            monday=monday,
            posts=tuple(weeks[monday]),
            minutes=sum((minutes_of(post, minutes, otherwise) for post in weeks[monday]), Decimal(0)),
        )
        for monday in sorted(weeks)
    )


def posts_to_hand_over(week: WeekLoad, over: Decimal, minutes: Callable[[Post], Decimal]) -> tuple[Post, ...]:
    """The fewest posts of a week without which the rest fits, in its order; `over` are the minutes too many.

    One that is just long enough alone, otherwise the longest ones first.
    """
    enough = [post for post in week.posts if minutes(post) >= over]
    if enough:
        return (min(enough, key=minutes),)
    chosen: list[int] = []
    for position in sorted(range(len(week.posts)), key=lambda position: -minutes(week.posts[position])):
        if over <= 0:
            break
        chosen.append(position)
        over -= minutes(week.posts[position])
    return tuple(week.posts[position] for position in sorted(chosen))


def posts_that_fit(posts: Iterable[Post], left: Decimal, minutes: Callable[[Post], Decimal]) -> tuple[Post, ...]:
    """The posts that fit one after the other into so many minutes, in the order given."""
    fitting: list[Post] = []
    for post in posts:
        if minutes(post) <= left:
            fitting.append(post)
            left -= minutes(post)
    return tuple(fitting)
