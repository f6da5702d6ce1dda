"""Rules about the work that the posts are: is there time for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal

import msgspec

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Lack, Level, Wording, lack, rule
from smsheets.analysis.kpi_standards import rounded
from smsheets.analysis.rules.calendar.channels import count_published, has_begun, mean_minutes, wanted_channels
from smsheets.analysis.subjects import UNOWNED_POSTS, cells_of, channel_root, hours_cells, person_root, post_names
from smsheets.money import Share
from smsheets.plan import workload
from smsheets.plan.cadence import full_weeks_before, monday_of
from smsheets.plan.calendar import CadenceWanted, Post
from smsheets.plan.record import add_known, group_by, round_figure
from smsheets.plan.slip import week_end
from smsheets.plan.spare_money import CENT
from smsheets.plan.workload import MINUTES_PER_HOUR, Person, WeekLoad, person_key


@rule("calendar.drop_channel")
def check_channels_are_few_enough(facts: Facts) -> Iterator[Hit]:
    """The channel that is kept up least, where two or more are not kept up.

    The hours are those that the lowest number wanted takes, in the formats of the channel's posts. At stake is what
    they are worth over the weeks that are looked at, at the lowest hourly value in the team.
    """
    weeks = int(facts.thresholds["calendar.drop_weeks"])
    short = _short_channels(facts, weeks)
    if len(short) < 2:
        return
    row, count, needed = min(short, key=lambda item: item[1] / item[2])
    others = [other for other, _, _ in short if other is not row]
    posts = [post for post in facts.calendar.planned_posts if post.channel == row.channel]
    hours = (row.low or Decimal(0)) * mean_minutes(facts, posts) / MINUTES_PER_HOUR
    hourly = [person.hourly_value for person in facts.team.values() if person.hourly_value]
    yield Hit(
        about=row.channel or "",
        root=channel_root(row.channel),
        evidence=(row.cell("low"), *(other.cell("low") for other in others)),
        values={
            "count": len(short),
            "channel": facts.channel_name(row.channel),
            "published": count,
            "weeks": weeks,
            "wanted": rounded(needed, 1),
            "share": Share(count / needed),
            "hours": rounded(hours, 1),
            "others": tuple(facts.channel_name(other.channel) for other in others),
        },
        effect=round_figure(min(hourly) * (hours * weeks), CENT) if hourly else None,
        hours=hours * weeks,
    )


def _short_channels(facts: Facts, weeks: int) -> list[tuple[CadenceWanted, int, Decimal]]:
    """Channels that got less than the threshold's share of what is wanted: the wanted row, posts published, and wanted.

    A channel that began later is left out: it is too young.
    """
    mondays = full_weeks_before(facts.calendar_day, weeks)
    if not mondays:
        return []
    wanted = [pair for pair in wanted_channels(facts).items() if has_begun(facts, pair[0], week_end(mondays[0]))]
    counted = [(row, count_published(facts, key, mondays), (row.low or Decimal(0)) * weeks) for key, row in wanted]
    return [item for item in counted if item[1] < facts.thresholds["calendar.drop_share"] * item[2]]


@rule("calendar.over_capacity")
def check_team_has_time(facts: Facts) -> Iterator[Hit | Lack]:
    """People with more work in a week still to come than their hours in the strategy's team.

    At stake are the hours too many of the fullest week times what an hour of that person is worth.
    """
    own_posts = group_by(facts.unfinished_posts, lambda post: person_key(post.owner))
    people = [(facts.team[name], posts) for name, posts in own_posts.items() if name in facts.team]
    for person, posts in people:
        fullest = _fullest_week(facts, posts, person.hours) if person.hours is not None else None
        if fullest is not None:
            yield _overload(facts, person, *fullest)
    unknown = [person for person, _ in people if person.hours is None]
    yield from lack(hours_cells(unknown), people=tuple(person.name for person in unknown))


def _overload(facts: Facts, person: Person, week: WeekLoad, figures: Mapping[str, Wording]) -> Hit:
    hours = person.hours or Decimal(0)
    worth = person.worth(week.hours - hours)
    relief = _find_relief(facts, week, week.hours - hours, person)
    values: dict[str, Wording] = {**figures, "person": person.name, "posts": post_names(week.posts)}
    case = ""
    if relief is not None:
        still = week.hours - relief.hours - hours
        case = _relief_case(own_week=relief.person == person, enough=still <= 0)
        rest = [post for post in week.posts if all(post is not given for given in relief.posts)]
        values |= {"still": rounded(still, 1), "rest": post_names(rest), "week": relief.monday, **relief.values}
    return Hit(
        about=person.name,
        root=person_root(person.name),
        level=_level(facts, week, hours),
        evidence=(*cells_of(week.posts, "owner"), *hours_cells([person])),
        values=values,
        effect=round_figure(worth, CENT) if worth else None,
        hours=week.hours - hours,
        case=case,
    )


def _relief_case(*, own_week: bool, enough: bool) -> str:
    if own_week:
        return "move" if enough else "move_part"
    return "give" if enough else "give_part"


@rule("calendar.over_capacity_team")
def check_team_has_time_together(facts: Facts) -> Iterator[Hit]:
    """Weeks with more work than the hours of all people.

    Where every post has an owner with hours, the rule on people says it already. No money is at stake that can be
    named: whose hours would be too many is not known.
    """
    team = {name: person for name, person in facts.team.items() if person.hours is not None}
    hours = add_known(person.hours for person in team.values()) or Decimal(0)
    fullest = _fullest_week(facts, facts.unfinished_posts, hours) if team else None
    if fullest is None:
        return
    week, figures = fullest
    unowned = tuple(post for post in week.posts if person_key(post.owner) not in team)
    if not unowned:
        return
    relief = _find_relief(facts, msgspec.structs.replace(week, posts=unowned), week.hours, None)
    yield Hit(
        about=week.monday.isoformat(),
        root=UNOWNED_POSTS,
        level=_level(facts, week, hours),
        evidence=(*cells_of(unowned, "owner"), *hours_cells(team.values())),
        values={**figures, "posts": post_names(unowned), **(relief.values if relief is not None else {})},
        hours=week.hours - hours,
        case="hand_out" if relief is not None else "",
    )


def _fullest_week(facts: Facts, posts: Iterable[Post], hours: Decimal) -> tuple[WeekLoad, dict[str, Wording]] | None:
    """The fullest week, from the running one on, whose work is over these hours, and its figures."""
    loads = workload.week_loads(posts, facts.minutes_of)
    over = [load for load in loads if load.hours > hours and load.monday >= monday_of(facts.as_of)]
    if not over:
        return None
    worst = max(over, key=lambda load: load.minutes)
    return worst, {
        "weeks": len(over),
        "monday": worst.monday,
        "needed": rounded(worst.hours, 1),
        "available": rounded(hours, 1),
    }


def _level(facts: Facts, week: WeekLoad, hours: Decimal) -> Level | None:
    """An error where the work is a multiple of the time."""
    return Level.ERROR if week.hours >= facts.thresholds["calendar.overload_factor"] * hours else None


class _Relief(msgspec.Struct, frozen=True, kw_only=True):
    """Posts that somebody has time for.

    Attributes:
        person: Who has the time.
        monday: The week in which it is.
        left: The hours that person has left in it.
        hours: The hours that the posts take.
    """

    posts: tuple[Post, ...]
    person: Person
    monday: date
    left: Decimal
    hours: Decimal

    @property
    def values(self) -> Mapping[str, Wording]:
        """The values of the texts that give posts to somebody."""
        return {
            "given": post_names(self.posts),
            "takes": rounded(self.hours, 1),
            "other": self.person.name,
            "left": rounded(self.left, 1),
        }


def _find_relief(facts: Facts, week: WeekLoad, over: Decimal, owner: Person | None) -> _Relief | None:
    """Somebody else of the team with time in that week, else the owner's own next week around it with time.

    `over` are the hours too many. As many of the fewest posts that would have to go as there is time for; where not one
    of them fits, any of the week's posts.
    """
    chosen = workload.posts_to_hand_over(week, over * MINUTES_PER_HOUR, facts.minutes_of)
    for posts in (chosen, week.posts):
        for person, monday, left in _offers(facts, week.monday, owner):
            fitting = workload.posts_that_fit(posts, left * MINUTES_PER_HOUR, facts.minutes_of)[: len(chosen)]
            if fitting:
                hours = sum(map(facts.minutes_of, fitting), Decimal(0)) / MINUTES_PER_HOUR
                return _Relief(posts=fitting, person=person, monday=monday, left=left, hours=hours)
    return None


def _offers(facts: Facts, monday: date, owner: Person | None) -> list[tuple[Person, date, Decimal]]:
    """Free hours: of the others in that week, the most first, then of the owner in the weeks around, nearest first."""
    others = [person for person in facts.team.values() if person.hours and person != owner]
    free = [(person, monday, _hours_left(facts, person, monday)) for person in others]
    free.sort(key=lambda offer: -offer[2])
    if owner is None:
        return free
    reach = range(1, int(facts.thresholds["calendar.ahead_weeks"]) + 1)
    weeks = [monday + timedelta(weeks=step) for number in reach for step in (number, -number)]
    running = monday_of(facts.as_of)
    return free + [(owner, week, _hours_left(facts, owner, week)) for week in weeks if week >= running]


def _hours_left(facts: Facts, person: Person, monday: date) -> Decimal:
    """The hours a person has left in a week; below zero, this many are missing.

    Open tasks of the roadmap count in the week they are due in; overdue ones in the running week.
    """
    name = person_key(person.name)
    needed = facts.post_hours.get(name, {}).get(monday, Decimal(0))
    tasks = facts.tasks_by_person.get(name, ()) if facts.plans.roadmap is not None else ()
    first, last = date.min if monday <= facts.as_of else monday, week_end(monday)
    due = add_known(task.hours for task in tasks if task.due is not None and first <= task.due <= last)
    return (person.hours or Decimal(0)) - needed - (due or Decimal(0))
