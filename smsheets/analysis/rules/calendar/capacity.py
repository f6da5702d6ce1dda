"""Rules about the work that the posts are: is there time for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Lack, Level, Wording, rule
from smsheets.analysis.rules.calendar.names import (
    OTHER_MINUTES,
    calendar_of,
    cells_of,
    channel_root,
    find_relief,
    loads_of,
    minutes_per_post,
    names_of,
    posts_by_channel,
    team_of,
    tenth,
    to_cents,
    unfinished_posts,
    wanted_channels,
    whole,
)
from smsheets.cells import CellRef
from smsheets.money import Share
from smsheets.plan.cadence import first_out, full_weeks_before, monday_of, weekly_counts
from smsheets.plan.calendar import CadenceWanted, Post
from smsheets.plan.workload import MINUTES_PER_HOUR, Person, WeekLoad, person_key

Short = tuple[CadenceWanted, int, Decimal]
"""A wanted row, the posts published in the weeks that are looked at, and the posts wanted in them."""


@rule(
    "calendar.drop_channel",
    level=Level.NOTE,
    needs=("calendar",),
    says="{count} channels get less than you want. {channel} gets least: {published} posts in {weeks} weeks, "
    "{wanted} were wanted ({share}).",
    todo="Think of giving up {channel}: that frees about {hours} hours a week for {others}.",
    source="This program's own rule: few channels done well beat many done badly",
    thresholds=("calendar.drop_weeks", "calendar.drop_share", OTHER_MINUTES),
    weight=2,
)
def check_channels_are_few_enough(context: Context) -> Iterator[Hit]:
    """The channel that is kept up least, where two or more are not kept up.

    The hours are those that the lowest number wanted takes, in the formats of the channel's posts. At stake is what
    they are worth over the weeks that are looked at, at the lowest hourly value in the team.
    """
    mondays = full_weeks_before(context.as_of, whole(context, "calendar.drop_weeks"))
    short = _short_channels(context, mondays)
    if len(short) < 2:
        return
    row, count, needed = min(short, key=lambda item: item[1] / item[2])
    others = [other for other, _, _ in short if other is not row]
    hours = (row.low or Decimal(0)) * _minutes_each(context, row.channel) / MINUTES_PER_HOUR
    yield Hit(
        about=row.channel or "",
        root=channel_root(row.channel),
        evidence=(row.cell("low"), *(other.cell("low") for other in others)),
        values={
            "count": len(short),
            "channel": context.channel_name(row.channel),
            "published": count,
            "weeks": len(mondays),
            "wanted": tenth(needed),
            "share": Share(count / needed),
            "hours": tenth(hours),
            "others": tuple(context.channel_name(other.channel) for other in others),
        },
        effect=_worth(context, hours * len(mondays)),
    )


def _short_channels(context: Context, mondays: tuple[date, ...]) -> list[Short]:
    """The channels that got less than the threshold's share of what is wanted; none in a calendar that is too young."""
    calendar = calendar_of(context)
    posts = posts_by_channel(calendar)
    begun = first_out(calendar.posts)
    if begun is None or not mondays or monday_of(begun) > mondays[0]:
        return []
    limit = context.thresholds["calendar.drop_share"]
    found = []
    for channel, row in wanted_channels(context).items():
        needed = (row.low or Decimal(0)) * len(mondays)
        published = sum(week.published for week in weekly_counts(posts.get(channel, ()), channel, mondays))
        if published < limit * needed:
            found.append((row, published, needed))
    return found


def _minutes_each(context: Context, channel: str | None) -> Decimal:
    """The minutes that a planned post of a channel takes, on average; those of any other post where it has none."""
    minutes = [
        minutes_per_post(context, post) for post in calendar_of(context).planned_posts if post.channel == channel
    ]
    return sum(minutes, Decimal(0)) / len(minutes) if minutes else context.thresholds[OTHER_MINUTES]


def _worth(context: Context, hours: Decimal) -> Decimal | None:
    values = [person.hourly_value for person in team_of(context).values()]
    known = [value for value in values if value]
    return to_cents(min(known) * hours) if known else None


UNOWNED = "posts without an owner"
"""The root of what comes of posts that nobody is responsible for."""

_GIVE = "Give {given} (about {takes} hours) to {other}, who has {left} hours left in that week."
_MOVE = "Move {given} (about {takes} hours) to the week from {week}, in which {person} has {left} hours left."
_GIVE_PART = (
    "Give {given} (about {takes} hours) to {other}, who has {left} hours left in that week. {still} hours are still "
    "too many: move or drop some of {rest}."
)
_MOVE_PART = (
    "Move {given} (about {takes} hours) to the week from {week}, in which {person} has {left} hours left. {still} "
    "hours are still too many: drop some of {rest}, or choose quicker formats."
)
_HAND_OUT = "Make {other} responsible for {given} (about {takes} hours): there are {left} hours left in that week."


@rule(
    "calendar.over_capacity",
    level=Level.WARNING,
    needs=("calendar", "strategy"),
    says="{person} has more posts than time in the week from {monday}: they take about {needed} hours, there are "
    "{available}. Weeks that are too full: {weeks}. Posts: {posts}.",
    todo="Move posts to quieter weeks, choose quicker formats, or drop a channel. Few done well beat many done badly.",
    lacks="Fill in 'Hours per week' for {people} to learn whether the posts fit into the week.",
    source="Hours per week in the strategy's sheet Team; minutes per format are this program's own estimate",
    thresholds=(OTHER_MINUTES, "calendar.overload_factor", "calendar.ahead_weeks"),
    weight=2,
)
def check_team_has_time(context: Context) -> Iterator[Hit | Lack]:
    """People with more work in a week still to come than their hours in the strategy's team.

    At stake are the hours too many of the fullest week times what an hour of that person is worth.
    """
    team = team_of(context)
    posts: dict[str, list[Post]] = defaultdict(list)
    for post in unfinished_posts(context):
        if person_key(post.owner) in team:
            posts[person_key(post.owner)].append(post)
    for name, own in posts.items():
        person = team[name]
        found = _overload(context, own, person.hours) if person.hours is not None else None
        if found is not None:
            yield _overloaded(context, person, *found)
    yield from _lacking_hours([team[name] for name in posts if team[name].hours is None])


@rule(
    "calendar.over_capacity_team",
    level=Level.WARNING,
    needs=("calendar", "strategy"),
    says="The whole team has more posts than time in the week from {monday}: they take about {needed} hours, all "
    "together have {available}. Weeks that are too full: {weeks}. Posts without an owner from the team: {posts}.",
    todo="Give each post an owner, move posts to quieter weeks, or drop a channel. Few done well beat many done badly.",
    source="Hours per week in the strategy's sheet Team; minutes per format are this program's own estimate",
    thresholds=(OTHER_MINUTES, "calendar.overload_factor", "calendar.ahead_weeks"),
    weight=2,
)
def check_team_has_time_together(context: Context) -> Iterator[Hit]:
    """Weeks with more work than the hours of all people.

    Where every post has an owner with hours, the rule on people says it already. No money is at stake that can be
    named: whose hours would be too many is not known.
    """
    team = {name: person for name, person in team_of(context).items() if person.hours is not None}
    hours = sum((person.hours for person in team.values() if person.hours is not None), Decimal(0))
    found = _overload(context, unfinished_posts(context), hours) if team else None
    if found is None:
        return
    week, figures = found
    unowned = [post for post in week.posts if person_key(post.owner) not in team]
    if not unowned:
        return
    relief = find_relief(
        context, WeekLoad(monday=week.monday, posts=tuple(unowned), minutes=week.minutes), week.hours, None
    )
    values: dict[str, Wording] = {**figures, "posts": names_of(unowned)}
    if relief is not None:
        values |= {"given": names_of(relief.posts), "takes": tenth(relief.hours)}
        values |= {"other": relief.person.name, "left": tenth(relief.left)}
    yield Hit(
        about=week.monday.isoformat(),
        root=UNOWNED,
        level=_level(context, week, hours),
        evidence=(*cells_of(unowned, "owner"), *_hours_cells(*team.values())),
        values=values,
        todo=_HAND_OUT if relief is not None else "",
    )


def _overloaded(context: Context, person: Person, week: WeekLoad, figures: Mapping[str, Wording]) -> Hit:
    hours = person.hours or Decimal(0)
    worth = person.worth(week.hours - hours)
    relief = find_relief(context, week, week.hours - hours, person)
    values: dict[str, Wording] = {**figures, "person": person.name, "posts": names_of(week.posts)}
    todo = ""
    if relief is not None:
        still = week.hours - relief.hours - hours
        todo = _relief_text(own_week=relief.person == person, enough=still <= 0)
        rest = [post for post in week.posts if all(post is not given for given in relief.posts)]
        values |= {
            "still": tenth(still),
            "rest": names_of(rest),
            "given": names_of(relief.posts),
            "takes": tenth(relief.hours),
            "left": tenth(relief.left),
        }
        values |= {"other": relief.person.name, "week": relief.monday}
    return Hit(
        about=person.name,
        root=f"person {person.name}: time",
        level=_level(context, week, hours),
        evidence=(*cells_of(week.posts, "owner"), *_hours_cells(person)),
        values=values,
        effect=to_cents(worth) if worth else None,
        todo=todo,
    )


def _relief_text(*, own_week: bool, enough: bool) -> str:
    if own_week:
        return _MOVE if enough else _MOVE_PART
    return _GIVE if enough else _GIVE_PART


def _overload(context: Context, posts: list[Post], hours: Decimal) -> tuple[WeekLoad, dict[str, Wording]] | None:
    """The fullest week, from the running one on, whose work is over these hours, and its figures."""
    over = [load for load in loads_of(context, posts) if load.hours > hours and load.monday >= monday_of(context.as_of)]
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


def _level(context: Context, week: WeekLoad, hours: Decimal) -> Level | None:
    """An error where the work is a multiple of the time."""
    return Level.ERROR if week.hours >= context.thresholds["calendar.overload_factor"] * hours else None


def _lacking_hours(people: list[Person]) -> Iterator[Lack]:
    if people:
        yield Lack(evidence=_hours_cells(*people), values={"people": tuple(person.name for person in people)})


def _hours_cells(*people: Person) -> tuple[CellRef, ...]:
    return tuple(role.cell("hours_per_week") for person in people for role in person.roles)
