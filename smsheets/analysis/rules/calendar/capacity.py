"""Rules about the work that the posts are: is there time for them, and which channel to give up if not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Level, Wording, rule
from smsheets.analysis.rules.calendar.names import calendar_of, cells_of, names_of, stopped_channels, tenth, whole
from smsheets.cells import CellRef
from smsheets.money import Share
from smsheets.plan.cadence import (
    first_out,
    full_weeks_before,
    monday_of,
    wanted_by_channel,
    weekly_counts,
)
from smsheets.plan.calendar import CadenceWanted, Post
from smsheets.plan.posting_load import WeekLoad, week_loads
from smsheets.plan.strategy import TeamRole

_MINUTES = "calendar.minutes_"
_OTHER = _MINUTES + "other"


@rule(
    "calendar.over_capacity",
    level=Level.WARNING,
    needs=("calendar", "strategy"),
    says="{person} has more posts than time in the week from {monday}: they take about {needed} hours, there are "
    "{available}. Weeks that are too full: {weeks}. Posts: {posts}.",
    todo="Move posts to quieter weeks, choose quicker formats, or drop a channel. Few done well beat many done badly.",
    source="Hours per week in the strategy's sheet Team; minutes per format are this program's own estimate",
    thresholds=(_OTHER,),
)
def check_team_has_time(context: Context) -> Iterator[Hit]:
    """People with more work in a week still to come than their hours in the strategy's team."""
    roles = _roles_by_person(context)
    posts: dict[str, list[Post]] = defaultdict(list)
    for post in _unfinished(context):
        if post.owner in roles:
            posts[post.owner].append(post)
    for person, own in posts.items():
        found = _overload(context, own, roles[person])
        if found is not None:
            week, figures = found
            yield Hit(
                evidence=(*cells_of(week.posts, "owner"), *_hours_cells(roles[person])),
                values={**figures, "person": person, "posts": names_of(week.posts)},
            )


@rule(
    "calendar.over_capacity_team",
    level=Level.WARNING,
    needs=("calendar", "strategy"),
    says="The whole team has more posts than time in the week from {monday}: they take about {needed} hours, all "
    "together have {available}. Weeks that are too full: {weeks}. Posts without an owner from the team: {posts}.",
    todo="Give each post an owner, move posts to quieter weeks, or drop a channel. Few done well beat many done badly.",
    source="Hours per week in the strategy's sheet Team; minutes per format are this program's own estimate",
    thresholds=(_OTHER,),
)
def check_team_has_time_together(context: Context) -> Iterator[Hit]:
    """Weeks with more work than the hours of all people.

    Where every post has an owner with hours, the rule on people says it already.
    """
    roles = _roles_by_person(context)
    posts = _unfinished(context)
    everybody = [role for own in roles.values() for role in own]
    found = _overload(context, posts, everybody)
    if not roles or found is None:
        return
    week, figures = found
    unowned = [post for post in week.posts if post.owner not in roles]
    if unowned:
        yield Hit(
            evidence=(*cells_of(unowned, "owner"), *_hours_cells(everybody)),
            values={**figures, "posts": names_of(unowned)},
        )


@rule(
    "calendar.drop_channel",
    level=Level.NOTE,
    needs=("calendar",),
    says="{count} channels get less than you want. {channel} gets least: {published} posts in {weeks} weeks, "
    "{wanted} were wanted ({share}).",
    todo="Think of giving up {channel} and putting its time into the others.",
    source="This program's own rule: few channels done well beat many done badly",
    thresholds=("calendar.drop_weeks", "calendar.drop_share"),
)
def check_channels_are_few_enough(context: Context) -> Iterator[Hit]:
    """The channel that is kept up least, where two or more are not kept up."""
    calendar = calendar_of(context)
    mondays = full_weeks_before(context.as_of, whole(context, "calendar.drop_weeks"))
    begun = first_out(calendar.posts)
    if begun is None or not mondays or monday_of(begun) > mondays[0]:
        return
    stopped = stopped_channels(context)
    wanted = [row for row in wanted_by_channel(calendar).values() if row.low and row.channel not in stopped]
    given = [(row, _published(context, row, mondays)) for row in wanted]
    limit = context.thresholds["calendar.drop_share"]
    short = [(row, count) for row, count in given if count < limit * _needed(row, mondays)]
    if len(short) < 2:
        return
    row, count = min(short, key=lambda pair: pair[1] / _needed(pair[0], mondays))
    needed = _needed(row, mondays)
    yield Hit(
        evidence=(row.cell("low"), *(other.cell("low") for other, _ in short if other is not row)),
        values={
            "count": len(short),
            "channel": context.channel_name(row.channel),
            "published": count,
            "weeks": len(mondays),
            "wanted": tenth(needed),
            "share": Share(count / needed),
        },
    )


def _overload(context: Context, posts: list[Post], roles: list[TeamRole]) -> tuple[WeekLoad, dict[str, Wording]] | None:
    """The fullest week, from the running one on, whose work is over the hours of these roles, and its figures."""
    hours = sum((role.hours_per_week or Decimal(0) for role in roles), Decimal(0))
    over = [load for load in _loads(context, posts) if load.hours > hours and load.monday >= monday_of(context.as_of)]
    if not over:
        return None
    worst = max(over, key=lambda load: load.minutes)
    figures: dict[str, Wording] = {
        "weeks": len(over),
        "monday": worst.monday,
        "needed": tenth(worst.hours),
        "available": tenth(hours),
    }
    return worst, figures


def _hours_cells(roles: list[TeamRole]) -> tuple[CellRef, ...]:
    return tuple(role.cell("hours_per_week") for role in roles)


def _unfinished(context: Context) -> list[Post]:
    """The posts that are still work: planned and not published."""
    return [post for post in calendar_of(context).planned_posts if not post.is_published]


def _roles_by_person(context: Context) -> dict[str, list[TeamRole]]:
    """People with hours in the team. Somebody with several roles has the hours of all of them."""
    strategy = context.plans.strategy
    found: dict[str, list[TeamRole]] = defaultdict(list)
    for role in strategy.team if strategy is not None else ():
        if role.person and role.hours_per_week is not None:
            found[role.person].append(role)
    return found


def _loads(context: Context, posts: list[Post]) -> tuple[WeekLoad, ...]:
    minutes = {
        key.removeprefix(_MINUTES): value for key, value in context.thresholds.items() if key.startswith(_MINUTES)
    }
    return week_loads(posts, minutes, context.thresholds[_OTHER])


def _published(context: Context, row: CadenceWanted, mondays: tuple[date, ...]) -> int:
    return sum(week.published for week in weekly_counts(calendar_of(context).posts, row.channel or "", mondays))


def _needed(row: CadenceWanted, mondays: tuple[date, ...]) -> Decimal:
    return (row.low or Decimal(0)) * len(mondays)
