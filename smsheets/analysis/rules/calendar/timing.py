"""Rules about when posts go out and whether they are ready by then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, time, timedelta

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Lack, rule
from smsheets.analysis.kpi_standards import rounded
from smsheets.analysis.rules.calendar.capacity import UNOWNED
from smsheets.analysis.rules.calendar.names import (
    ENOUGH_POSTS,
    WEEKDAY_WORDS,
    about_of,
    calendar_of,
    cells_of,
    days_ahead,
    names_of,
    people_with,
    posts_to_come,
    results_of,
    root_of,
    whole,
)
from smsheets.cells import CellRef
from smsheets.plan.cadence import DAYS_IN_WEEK
from smsheets.plan.calendar import READY, Post
from smsheets.plan.content import days_without_post, nearest_free_day
from smsheets.plan.kpi_report import PostResult
from smsheets.plan.post_rates import HOURS_IN_BLOCK, PostGroup, compare_groups, hour_block_of, weekday_of
from smsheets.plan.record import group_by


@rule("calendar.key_date_without_post")
def check_key_dates_have_posts(facts: Facts) -> Iterator[Hit]:
    """Own dates and sale days of the next weeks that no planned post names, and that have no post on the day itself.

    A post names a day when a longer word of the day's name stands in its title or text. A calendar without
    posts is left alone.
    """
    calendar = calendar_of(facts)
    weeks = whole(facts, "calendar.key_date_weeks")
    lead = timedelta(days=whole(facts, "calendar.key_date_lead_days"))
    for row in days_without_post(calendar, facts.as_of, weeks) if calendar.planned_posts else ():
        if row.date is None:
            continue
        yield Hit(
            about=row.name or "",
            evidence=(row.cell("date"), row.cell("name")),
            values={
                "name": row.name or "",
                "weekday": WEEKDAY_WORDS[row.date.weekday()],
                "date": row.date,
                "days": (row.date - facts.as_of).days,
                "by": max(row.date - lead, facts.as_of),
                "idea": row.idea or "",
            },
            case="with_idea" if row.idea else "",
        )


@rule("calendar.not_ready")
def check_next_posts_are_ready(facts: Facts) -> Iterator[Hit]:
    """Posts of the next days that are still a draft or in review; only where posts get approved or scheduled at all."""
    if not any(post.status in READY for post in calendar_of(facts).posts):
        return
    last = days_ahead(facts, "calendar.ready_days")
    late = [post for post in posts_to_come(facts, last) if post.status not in READY]
    if late and late[0].date is not None:
        people = people_with(late)
        yield Hit(
            about=about_of(late),
            root=root_of(late),
            evidence=cells_of(late, "status"),
            values={
                "posts": names_of(late),
                "post": late[0].name,
                "date": late[0].date,
                "last": last,
                "people": people,
            },
            case="finish" if people else "",
        )


@rule("calendar.no_owner")
def check_next_posts_have_owners(facts: Facts) -> Iterator[Hit]:
    """Posts of the next days without an owner; only where the column is filled in at all, not for a lone owner."""
    people = people_with(calendar_of(facts).posts)
    last = days_ahead(facts, "calendar.owner_days")
    unowned = [post for post in posts_to_come(facts, last) if post.owner is None]
    if people and unowned and unowned[0].date is not None:
        yield Hit(
            about=about_of(unowned),
            root=UNOWNED,
            evidence=cells_of(unowned, "owner"),
            values={
                "posts": names_of(unowned),
                "post": unowned[0].name,
                "date": unowned[0].date,
                "days": (last - facts.as_of).days,
                "people": people,
            },
        )


@rule("calendar.no_alt_text")
def check_pictures_have_alt_text(facts: Facts) -> Iterator[Hit]:
    """Posts of the next days whose format is a picture or a video, without an alt text."""
    last = days_ahead(facts, "calendar.alt_text_days")
    blank = [post for post in posts_to_come(facts, last) if post.shows_picture and post.alt_text is None]
    if blank and blank[0].date is not None:
        yield Hit(
            about=about_of(blank),
            root=root_of(blank),
            evidence=cells_of(blank, "alt_text"),
            values={
                "posts": names_of(blank),
                "post": blank[0].name,
                "date": blank[0].date,
                "days": (last - facts.as_of).days,
            },
        )


_WORKS = "kpi-report.works_factor"


@rule("calendar.better_day")
def check_posts_use_the_better_day(facts: Facts) -> Iterator[Hit]:
    """Posts of the next weeks that could go out on their channel's best weekday, if that stands out and is free."""
    for channel, group, ahead in _channels(facts, weekday_of):
        moves = _moves(facts, channel, int(group.key), ahead)
        if not moves:
            continue
        posts = [post for post, _ in moves]
        yield Hit(
            about=channel,
            evidence=(*cells_of(posts, "date"), *_best_cells(group, "date")),
            values={
                "channel": facts.channel_name(channel),
                "weekday": WEEKDAY_WORDS[int(group.key) - 1],
                "factor": rounded(group.factor, 1),
                "count": len(group.posts),
                "posts": names_of(posts),
                "days": tuple(day for _, day in moves)[: len(names_of(posts))],
            },
            case="move_all" if len(moves) > 1 else "",
        )


@rule("calendar.better_hour")
def check_posts_use_the_better_hour(facts: Facts) -> Iterator[Hit | Lack]:
    """Posts of the next weeks at other hours than their channel's best three, if those stand out."""
    for channel, group, ahead in _channels(facts, hour_block_of):
        start = int(group.key)
        posts = [
            post for post in ahead if post.time is not None and not start <= post.time.hour < start + HOURS_IN_BLOCK
        ]
        if posts:
            yield Hit(
                about=about_of(posts),
                evidence=(*cells_of(posts, "time"), *_best_cells(group, "time")),
                values={
                    "channel": facts.channel_name(channel),
                    "from": time(start),
                    "to": time((start + HOURS_IN_BLOCK) % 24),
                    "factor": rounded(group.factor, 1),
                    "count": len(group.posts),
                    "posts": names_of(posts),
                },
            )
    yield from _lacking_times(facts)


def _channels(facts: Facts, key: Callable[[PostResult], int | None]) -> Iterator[tuple[str, PostGroup, list[Post]]]:
    """Channel, its best group where that stands out among at least two, and the channel's posts of the next weeks."""
    last = facts.as_of + timedelta(weeks=whole(facts, "calendar.better_time_weeks"))
    ahead = [post for post in posts_to_come(facts, last) if post.channel]
    results = group_by(results_of(facts), lambda post: post.channel)
    for channel in dict.fromkeys(post.channel for post in ahead if post.channel):
        groups = compare_groups(results.get(channel, ()), key, whole(facts, ENOUGH_POSTS))
        if len(groups) > 1 and groups[0].factor >= facts.thresholds[_WORKS]:
            yield channel, groups[0], [post for post in ahead if post.channel == channel]


def _moves(facts: Facts, channel: str, weekday: int, ahead: list[Post]) -> list[tuple[Post, date]]:
    """Posts and the nearest free day with this weekday, each day once."""
    taken = {
        post.date for post in calendar_of(facts).planned_posts if post.channel == channel and post.date is not None
    }
    found = []
    for post in ahead:
        if post.date is None or post.date.isoweekday() == weekday:
            continue
        day = nearest_free_day(taken, post.date, weekday, facts.as_of)
        if day is not None and abs((day - post.date).days) < DAYS_IN_WEEK:
            taken.add(day)
            found.append((post, day))
    return found


def _best_cells(group: PostGroup, column: str) -> tuple[CellRef, ...]:
    return tuple(post.cell(column) for post in group.posts)[:DAYS_IN_WEEK]


def _lacking_times(facts: Facts) -> Iterator[Lack]:
    """Results without a time, where too many have none and there are posts to come."""
    results = results_of(facts)
    blank = [row for row in results if row.date is not None and row.time is None]
    if len(blank) > facts.thresholds["calendar.blank_share"] * len(results) and posts_to_come(facts):
        yield Lack(evidence=tuple(row.cell("time") for row in blank)[:DAYS_IN_WEEK])
