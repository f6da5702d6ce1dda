"""Rules about the work that the posts are: is there time for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from smsheets.analysis.facts import Facts
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


@rule("calendar.drop_channel")
def check_channels_are_few_enough(facts: Facts) -> Iterator[Hit]:
    """The channel that is kept up least, where two or more are not kept up.

    The hours are those that the lowest number wanted takes, in the formats of the channel's posts. At stake is what
    they are worth over the weeks that are looked at, at the lowest hourly value in the team.
    """
    mondays = full_weeks_before(facts.as_of, whole(facts, "calendar.drop_weeks"))
    short = _short_channels(facts, mondays)
    if len(short) < 2:
        return
    row, count, needed = min(short, key=lambda item: item[1] / item[2])
    others = [other for other, _, _ in short if other is not row]
    hours = (row.low or Decimal(0)) * _minutes_each(facts, row.channel) / MINUTES_PER_HOUR
    yield Hit(
        about=row.channel or "",
        root=channel_root(row.channel),
        evidence=(row.cell("low"), *(other.cell("low") for other in others)),
        values={
            "count": len(short),
            "channel": facts.channel_name(row.channel),
            "published": count,
            "weeks": len(mondays),
            "wanted": tenth(needed),
            "share": Share(count / needed),
            "hours": tenth(hours),
            "others": tuple(facts.channel_name(other.channel) for other in others),
        },
        effect=_worth(facts, hours * len(mondays)),
    )


def _short_channels(facts: Facts, mondays: tuple[date, ...]) -> list[Short]:
    """The channels that got less than the threshold's share of what is wanted; none in a calendar that is too young."""
    calendar = calendar_of(facts)
    posts = posts_by_channel(calendar)
    begun = first_out(calendar.posts)
    if begun is None or not mondays or monday_of(begun) > mondays[0]:
        return []
    limit = facts.thresholds["calendar.drop_share"]
    found = []
    for channel, row in wanted_channels(facts).items():
        needed = (row.low or Decimal(0)) * len(mondays)
        published = sum(week.published for week in weekly_counts(posts.get(channel, ()), channel, mondays))
        if published < limit * needed:
            found.append((row, published, needed))
    return found


def _minutes_each(facts: Facts, channel: str | None) -> Decimal:
    """The minutes that a planned post of a channel takes, on average; those of any other post where it has none."""
    minutes = [minutes_per_post(facts, post) for post in calendar_of(facts).planned_posts if post.channel == channel]
    return sum(minutes, Decimal(0)) / len(minutes) if minutes else facts.thresholds[OTHER_MINUTES]


def _worth(facts: Facts, hours: Decimal) -> Decimal | None:
    values = [person.hourly_value for person in team_of(facts).values()]
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


@rule("calendar.over_capacity")
def check_team_has_time(facts: Facts) -> Iterator[Hit | Lack]:
    """People with more work in a week still to come than their hours in the strategy's team.

    At stake are the hours too many of the fullest week times what an hour of that person is worth.
    """
    team = team_of(facts)
    posts: dict[str, list[Post]] = defaultdict(list)
    for post in unfinished_posts(facts):
        if person_key(post.owner) in team:
            posts[person_key(post.owner)].append(post)
    for name, own in posts.items():
        person = team[name]
        found = _overload(facts, own, person.hours) if person.hours is not None else None
        if found is not None:
            yield _overloaded(facts, person, *found)
    yield from _lacking_hours([team[name] for name in posts if team[name].hours is None])


@rule("calendar.over_capacity_team")
def check_team_has_time_together(facts: Facts) -> Iterator[Hit]:
    """Weeks with more work than the hours of all people.

    Where every post has an owner with hours, the rule on people says it already. No money is at stake that can be
    named: whose hours would be too many is not known.
    """
    team = {name: person for name, person in team_of(facts).items() if person.hours is not None}
    hours = sum((person.hours for person in team.values() if person.hours is not None), Decimal(0))
    found = _overload(facts, unfinished_posts(facts), hours) if team else None
    if found is None:
        return
    week, figures = found
    unowned = [post for post in week.posts if person_key(post.owner) not in team]
    if not unowned:
        return
    relief = find_relief(
        facts, WeekLoad(monday=week.monday, posts=tuple(unowned), minutes=week.minutes), week.hours, None
    )
    values: dict[str, Wording] = {**figures, "posts": names_of(unowned)}
    if relief is not None:
        values |= {"given": names_of(relief.posts), "takes": tenth(relief.hours)}
        values |= {"other": relief.person.name, "left": tenth(relief.left)}
    yield Hit(
        about=week.monday.isoformat(),
        root=UNOWNED,
        level=_level(facts, week, hours),
        evidence=(*cells_of(unowned, "owner"), *_hours_cells(*team.values())),
        values=values,
        case="hand_out" if relief is not None else "",
    )


def _overloaded(facts: Facts, person: Person, week: WeekLoad, figures: Mapping[str, Wording]) -> Hit:
    hours = person.hours or Decimal(0)
    worth = person.worth(week.hours - hours)
    relief = find_relief(facts, week, week.hours - hours, person)
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
        level=_level(facts, week, hours),
        evidence=(*cells_of(week.posts, "owner"), *_hours_cells(person)),
        values=values,
        effect=to_cents(worth) if worth else None,
        todo=todo,
    )


def _relief_text(*, own_week: bool, enough: bool) -> str:
    if own_week:
        return _MOVE if enough else _MOVE_PART
    return _GIVE if enough else _GIVE_PART


def _overload(facts: Facts, posts: list[Post], hours: Decimal) -> tuple[WeekLoad, dict[str, Wording]] | None:
    """The fullest week, from the running one on, whose work is over these hours, and its figures."""
    over = [load for load in loads_of(facts, posts) if load.hours > hours and load.monday >= monday_of(facts.as_of)]
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


def _level(facts: Facts, week: WeekLoad, hours: Decimal) -> Level | None:
    """An error where the work is a multiple of the time."""
    return Level.ERROR if week.hours >= facts.thresholds["calendar.overload_factor"] * hours else None


def _lacking_hours(people: list[Person]) -> Iterator[Lack]:
    if people:
        yield Lack(evidence=_hours_cells(*people), values={"people": tuple(person.name for person in people)})


def _hours_cells(*people: Person) -> tuple[CellRef, ...]:
    return tuple(role.cell("hours_per_week") for person in people for role in person.roles)
