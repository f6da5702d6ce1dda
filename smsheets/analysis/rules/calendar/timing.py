"""Rules about when posts go out and whether they are ready by then."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, time, timedelta

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Lack, lack, rule
from smsheets.analysis.kpi_standards import rounded
from smsheets.analysis.rules.calendar.posts import posts_hit
from smsheets.analysis.subjects import (
    UNOWNED_POSTS,
    cells_of,
    next_post,
    owners_of,
    places_of_posts,
    post_names,
    posts_id,
)
from smsheets.periods import DAYS_IN_WEEK, Weekday
from smsheets.plan.calendar import READY, Post
from smsheets.plan.content import days_without_post, nearest_free_day
from smsheets.plan.kpi_report import PostResult
from smsheets.plan.post_rates import HOURS_IN_BLOCK, PostGroup, compare_groups, hour_block_of, weekday_of
from smsheets.plan.record import group_by

_MOST_RESULTS = 7
"""A finding about a whole group of results names the cells of this many: more prove nothing more."""


@rule("calendar.key_date_without_post")
def check_key_dates_have_posts(facts: Facts) -> Iterator[Hit]:
    """Own dates and sale days of the next weeks that no planned post names, and that have no post on the day itself.

    A post names a day when a longer word of the day's name is in its title or text. A calendar without
    posts is left alone.
    """
    weeks = int(facts.thresholds["calendar.key_date_weeks"])
    lead = timedelta(days=int(facts.thresholds["calendar.key_date_lead_days"]))
    days = days_without_post(facts.calendar, facts.as_of, weeks) if facts.calendar.planned_posts else ()
    for row in days:
        if row.date is None:
            continue
        yield Hit(
            about=row.name or "",
            evidence=(row.cell("date"), row.cell("name")),
            values={
                "name": row.name or "",
                "weekday": Weekday(row.date.isoweekday()),
                "date": row.date,
                "days": (row.date - facts.as_of).days,
                "by": max(row.date - lead, facts.as_of),
                "idea": row.idea or "",
            },
            case=_key_date_case(today=row.date == facts.as_of, idea=bool(row.idea)),
        )


def _key_date_case(*, today: bool, idea: bool) -> str:
    if today:
        return "today_with_idea" if idea else "today"
    return "with_idea" if idea else ""


@rule("calendar.not_ready")
def check_next_posts_are_ready(facts: Facts) -> Iterator[Hit]:
    """Posts of the next days that are still a draft or in review; only where posts get approved or scheduled at all."""
    last = facts.as_of + timedelta(days=int(facts.thresholds["calendar.ready_days"]))
    late = [post for post in facts.posts_until(last) if post.status not in READY]
    if late and any(post.status in READY for post in facts.calendar.posts):
        people = owners_of(late)
        values = {**next_post(late), "last": last, "people": people}
        yield posts_hit(late, "status", values=values, case="finish" if people else "")


@rule("calendar.scheduled_without_text")
def check_scheduled_posts_have_texts(facts: Facts) -> Iterator[Hit]:
    """Posts to come that are scheduled have a text; only where texts are written into the calendar at all."""
    blank = [post for post in facts.posts_to_come if post.status == "scheduled" and post.copy is None]
    if blank and any(post.copy is not None for post in facts.calendar.posts):
        yield posts_hit(blank, "copy", values=next_post(blank))


@rule("calendar.no_owner")
def check_next_posts_have_owners(facts: Facts) -> Iterator[Hit]:
    """Posts of the next days without an owner; only where the column is filled in at all, not for a lone owner."""
    people = owners_of(facts.calendar.posts)
    days = int(facts.thresholds["calendar.owner_days"])
    unowned = [post for post in facts.posts_until(facts.as_of + timedelta(days=days)) if post.owner is None]
    if people and unowned:
        values = {**next_post(unowned), "days": days, "people": people}
        yield posts_hit(unowned, "owner", root=UNOWNED_POSTS, values=values)


@rule("calendar.no_alt_text")
def check_pictures_have_alt_text(facts: Facts) -> Iterator[Hit]:
    """Posts of the next days whose format is a picture or a video, without an alt text."""
    days = int(facts.thresholds["calendar.alt_text_days"])
    posts = facts.posts_until(facts.as_of + timedelta(days=days))
    blank = [post for post in posts if post.shows_picture and post.alt_text is None]
    if blank:
        yield posts_hit(blank, "alt_text", values={**next_post(blank), "days": days})


@rule("calendar.better_day")
def check_posts_use_the_better_day(facts: Facts) -> Iterator[Hit]:
    """Posts of the next weeks that could go out on their channel's best weekday, if that stands out and is free."""
    for channel, group, ahead in _standing_out(facts, weekday_of):
        moves = _moves(facts, channel, int(group.key), ahead)
        if not moves:
            continue
        posts = [post for post, _ in moves]
        yield Hit(
            about=channel,
            within=places_of_posts(posts),
            evidence=(*cells_of(posts, "date"), *cells_of(group.posts[:_MOST_RESULTS], "date")),
            values={
                "channel": facts.channel_name(channel),
                "weekday": Weekday(int(group.key)),
                "factor": rounded(group.factor, 1),
                "measure": facts.measures_named(group),
                "count": len(group.posts),
                "posts": post_names(posts),
                "days": tuple(day for _, day in moves)[: len(post_names(posts))],
            },
            case="move_all" if len(moves) > 1 else "",
        )


def _moves(facts: Facts, channel: str, weekday: int, ahead: Sequence[Post]) -> list[tuple[Post, date]]:
    """Posts and the nearest free day with this weekday, each day once."""
    taken = {post.date for post in facts.posts_by_channel[channel] if post.is_planned and post.date is not None}
    found = []
    for post in ahead:
        if post.date is None or post.date.isoweekday() == weekday:
            continue
        day = nearest_free_day(taken, post.date, weekday, facts.as_of)
        if day is not None and abs((day - post.date).days) < DAYS_IN_WEEK:
            taken.add(day)
            found.append((post, day))
    return found


@rule("calendar.better_hour")
def check_posts_use_the_better_hour(facts: Facts) -> Iterator[Hit | Lack]:
    """Posts of the next weeks at other hours than their channel's best three, if those stand out."""
    for channel, group, ahead in _standing_out(facts, hour_block_of):
        hours = range(int(group.key), int(group.key) + HOURS_IN_BLOCK)
        posts = [post for post in ahead if post.time is not None and post.time.hour not in hours]
        if posts:
            yield Hit(
                about=posts_id(posts),
                within=places_of_posts(posts),
                evidence=(*cells_of(posts, "time"), *cells_of(group.posts[:_MOST_RESULTS], "time")),
                values={
                    "channel": facts.channel_name(channel),
                    "from": time(hours.start),
                    "to": time(hours.stop % 24),
                    "factor": rounded(group.factor, 1),
                    "measure": facts.measures_named(group),
                    "count": len(group.posts),
                    "posts": post_names(posts),
                },
            )
    yield from _lacking_times(facts)


def _lacking_times(facts: Facts) -> Iterator[Lack]:
    """Results without a time, where too many have none and there are posts to come."""
    blank = [row for row in facts.post_results if row.date is not None and row.time is None]
    if len(blank) > facts.thresholds["calendar.blank_share"] * len(facts.post_results) and facts.posts_to_come:
        yield from lack(cells_of(blank[:_MOST_RESULTS], "time"))


def _standing_out(
    facts: Facts, key: Callable[[PostResult], int | None]
) -> Iterator[tuple[str, PostGroup, Sequence[Post]]]:
    """Channel, its best group where that stands out among at least two, and the channel's posts of the next weeks."""
    last = facts.as_of + timedelta(weeks=int(facts.thresholds["calendar.better_time_weeks"]))
    results = group_by(facts.post_results, lambda post: post.channel)
    for channel, ahead in group_by(facts.posts_until(last), lambda post: post.channel).items():
        groups = compare_groups(results.get(channel, ()), key, int(facts.thresholds["kpi-report.group_posts"]))
        if channel and len(groups) > 1 and groups[0].factor >= facts.thresholds["kpi-report.works_factor"]:
            yield channel, groups[0], ahead
