"""The calendar as its rules need it: posts by name and channel, their worth, free time, and posts that are missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal

import msgspec

from smsheets.analysis.context import Term
from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Wording
from smsheets.cells import CellRef
from smsheets.plan.cadence import DAYS_IN_WEEK, monday_of, wanted_by_channel, weekly_counts, weeks_after
from smsheets.plan.calendar import CadenceWanted, Calendar, Post
from smsheets.plan.content import deal_ideas, free_days, preferred_weekdays, ready_ideas
from smsheets.plan.kpi_report import PostResult
from smsheets.plan.record import add_known
from smsheets.plan.results import usual_revenues
from smsheets.plan.spare_money import CENT
from smsheets.plan.workload import (
    MINUTES_PER_HOUR,
    Person,
    WeekLoad,
    minutes_of,
    people_of,
    person_key,
    posts_that_fit,
    posts_to_hand_over,
    week_loads,
)

MOST_CELLS = 12
"""A finding that shows in more cells than this names the first ones."""
WEEKDAY_WORDS = tuple(
    Term(day) for day in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
)
"""By ISO weekday less one."""


def calendar_of(facts: Facts) -> Calendar:
    """The calendar; an empty one where none was given."""
    return facts.plans.calendar or Calendar()


def results_of(facts: Facts) -> tuple[PostResult, ...]:
    """The results of posts up to the as-of date; none without a KPI report."""
    report = facts.plans.kpi_report
    rows = report.post_results if report is not None else ()
    return tuple(row for row in rows if row.date is None or row.date <= facts.as_of)


def stopped_channels(facts: Facts) -> frozenset[str]:
    """The channels that the strategy stops; none without a strategy."""
    strategy = facts.plans.strategy
    rows = strategy.channels if strategy is not None else ()
    return frozenset(row.channel for row in rows if row.channel and row.decision == "stop")


def posts_by_channel(calendar: Calendar) -> Mapping[str, list[Post]]:
    """Channel -> its posts in the order of the sheet, whatever their status."""
    found: dict[str, list[Post]] = defaultdict(list)
    for post in calendar.posts:
        if post.channel is not None:
            found[post.channel].append(post)
    return found


def posts_to_come(facts: Facts, last: date | None = None) -> tuple[Post, ...]:
    """The planned posts that are not out, from the as-of date up to and with `last`, in the order of their dates."""
    found = [
        (post.date, post)
        for post in calendar_of(facts).planned_posts
        if not post.is_published and post.date is not None and facts.as_of <= post.date <= (last or date.max)
    ]
    return tuple(post for _, post in sorted(found, key=lambda pair: pair[0]))


def days_ahead(facts: Facts, threshold: str) -> date:
    """The day so many days after the as-of date as a threshold says."""
    return facts.as_of + timedelta(days=whole(facts, threshold))


def cells_of(posts: Iterable[Post], field: str) -> tuple[CellRef, ...]:
    """The same cell of several posts, the first ones only."""
    return tuple(post.cell(field) for post in posts)[:MOST_CELLS]


def names_of(posts: Iterable[Post]) -> tuple[str, ...]:
    """The posts by name, the first ones only."""
    return tuple(post.name for post in posts)[:MOST_CELLS]


def people_with(posts: Iterable[Post]) -> tuple[str, ...]:
    """Who is responsible for these posts, each once."""
    return tuple(dict.fromkeys(post.owner for post in posts if post.owner))[:MOST_CELLS]


def about_of(posts: Iterable[Post]) -> str:
    """What a finding about posts is about: `P12`, `P12+P14`."""
    return "+".join(name for name in names_of(posts) if name)


def root_of(posts: Sequence[Post]) -> str:
    """The cause that lies in one single post; several posts have none in common."""
    return f"post {posts[0].name}" if len(posts) == 1 and posts[0].name else ""


def channel_root(channel: str | None) -> str:
    """The cause of too few, too many or no posts on a channel."""
    return f"channel {channel}: posts"


def whole(facts: Facts, threshold: str) -> int:
    """A threshold that is a number of days, weeks or posts."""
    return int(facts.thresholds[threshold])


def tenth(number: Decimal) -> Decimal:
    """Rounded to one place, without a trailing zero: `3`, `2.5`."""
    rounded = number.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return rounded.to_integral_value() if rounded == rounded.to_integral_value() else rounded


MINUTES = "calendar.minutes_"
OTHER_MINUTES = MINUTES + "other"
ENOUGH_POSTS = "kpi-report.group_posts"


def usual_revenues_of(facts: Facts) -> Mapping[str, Decimal]:
    """Channel -> the median revenue of its unpaid posts in the KPI report, where enough of them are known."""
    return usual_revenues(results_of(facts), whole(facts, ENOUGH_POSTS))


def worth_of_posts(usual: Mapping[str, Decimal], channel: str | None, count: Decimal | int) -> Decimal | None:
    """So many posts times what is usual on their channel; None where that is not known, and where it is nothing."""
    each = usual.get(channel or "")
    return to_cents(each * count) if each else None


def worth_of_each(usual: Mapping[str, Decimal], posts: Iterable[Post]) -> Decimal | None:
    """The worth of these posts, each by its channel; None where none of them can be told."""
    return add_known(worth_of_posts(usual, post.channel, 1) for post in posts)


def minutes_per_post(facts: Facts, post: Post) -> Decimal:
    """How long a post takes, from the thresholds by format."""
    return minutes_of(post, format_minutes(facts), facts.thresholds[OTHER_MINUTES])


def format_minutes(facts: Facts) -> dict[str, Decimal]:
    """Format -> minutes, from the thresholds."""
    return {key.removeprefix(MINUTES): value for key, value in facts.thresholds.items() if key.startswith(MINUTES)}


def team_of(facts: Facts) -> dict[str, Person]:
    """The people of the strategy's team by `person_key`; none without a strategy."""
    strategy = facts.plans.strategy
    return people_of(strategy.team) if strategy is not None else {}


def to_cents(amount: Decimal) -> Decimal:
    """An estimate, rounded like money."""
    return amount.quantize(CENT, ROUND_HALF_UP)


class Relief(msgspec.Struct, frozen=True, kw_only=True):
    """Posts that somebody has time for.

    Attributes:
        person: Who has the time.
        monday: The week in which it is.
        left: The hours that person has left in it.
        hours: What the posts take.
    """

    posts: tuple[Post, ...]
    person: Person
    monday: date
    left: Decimal
    hours: Decimal


def unfinished_posts(facts: Facts) -> list[Post]:
    """The posts that are still work: planned and not published."""
    return [post for post in calendar_of(facts).planned_posts if not post.is_published]


def loads_of(facts: Facts, posts: Iterable[Post]) -> tuple[WeekLoad, ...]:
    """The work in these posts per week, by the thresholds' minutes per format."""
    return week_loads(posts, format_minutes(facts), facts.thresholds[OTHER_MINUTES])


def hours_left(facts: Facts, person: Person, monday: date) -> Decimal:
    """The hours a person has left in a week; below zero so many are missing.

    Open tasks of the roadmap count in the week they are due in; overdue ones in the running week.
    """
    name = person_key(person.name)
    posts = [post for post in unfinished_posts(facts) if person_key(post.owner) == name]
    needed = sum((load.hours for load in loads_of(facts, posts) if load.monday == monday), Decimal(0))
    return (person.hours or Decimal(0)) - needed - _task_hours(facts, name, monday)


def find_relief(facts: Facts, week: WeekLoad, over: Decimal, owner: Person | None) -> Relief | None:
    """Somebody else of the team with time in that week, else the owner's own next week around it with time.

    `over` are the hours too many. As many of the fewest posts that would have to go as there is time for; where not one
    of them fits, any of the week's posts.
    """

    def minutes(post: Post) -> Decimal:
        return minutes_per_post(facts, post)

    chosen = posts_to_hand_over(week, over * MINUTES_PER_HOUR, minutes)
    for posts in (chosen, week.posts):
        for person, monday, left in _offers(facts, week.monday, owner):
            fitting = posts_that_fit(posts, left * MINUTES_PER_HOUR, minutes)[: len(chosen)]
            if fitting:
                hours = sum(map(minutes, fitting), Decimal(0)) / MINUTES_PER_HOUR
                return Relief(posts=fitting, person=person, monday=monday, left=left, hours=hours)
    return None


def _offers(facts: Facts, monday: date, owner: Person | None) -> list[tuple[Person, date, Decimal]]:
    """Free hours: of the others in that week, the most first, then of the owner in the weeks around, nearest first."""
    others = [(person, monday) for person in team_of(facts).values() if person.hours and person != owner]
    free = [(person, day, hours_left(facts, person, day)) for person, day in others]
    free.sort(key=lambda offer: -offer[2])
    if owner is None:
        return free
    reach = range(1, whole(facts, "calendar.ahead_weeks") + 1)
    weeks = [monday + timedelta(weeks=number * sign) for number in reach for sign in (1, -1)]
    running = monday_of(facts.as_of)
    return free + [(owner, week, hours_left(facts, owner, week)) for week in weeks if week >= running]


def _task_hours(facts: Facts, name: str, monday: date) -> Decimal:
    roadmap = facts.plans.roadmap
    first = date.min if monday <= facts.as_of else monday
    last = monday + timedelta(days=DAYS_IN_WEEK - 1)
    due = [
        task.hours
        for task in (roadmap.tasks if roadmap is not None else ())
        if task.open and person_key(task.owner) == name and task.due is not None and first <= task.due <= last
    ]
    return sum((hours for hours in due if hours is not None), Decimal(0))


MOST_DAYS = 6
"""So many days and ideas are named; a longer list is not read."""


class Shortage(msgspec.Struct, frozen=True, kw_only=True):
    """One channel in the whole weeks ahead.

    Attributes:
        planned, needed: Posts planned, and the lowest number wanted, in these weeks together.
        missing: Whole posts between the two; 0 where enough are planned.
        days: Free days for the missing ones, the channel's better weekdays first.
        ideas: Ideas for it, as they are quoted.
    """

    row: CadenceWanted
    mondays: tuple[date, ...]
    planned: int
    needed: Decimal
    missing: int
    days: tuple[date, ...] = ()
    ideas: tuple[str, ...] = ()

    @property
    def values(self) -> Mapping[str, Wording]:
        """What the texts about missing posts name."""
        last = self.mondays[-1] + timedelta(days=DAYS_IN_WEEK - 1)
        return {"missing": self.missing, "days": self.days, "ideas": self.ideas, "first": self.mondays[0], "last": last}


def wanted_channels(facts: Facts) -> dict[str, CadenceWanted]:
    """Channel -> what is wanted on it, without the channels that the strategy stops."""
    stopped = stopped_channels(facts)
    return {key: row for key, row in wanted_by_channel(calendar_of(facts)).items() if key not in stopped}


def weeks_ahead(facts: Facts) -> dict[str, Shortage]:
    """Channel -> what is planned and missing in the weeks ahead; nothing after the workbook's period."""
    mondays = weeks_after(facts.as_of, whole(facts, "calendar.ahead_weeks"))
    if not mondays or not _in_period(facts, mondays[-1]):
        return {}
    posts = posts_by_channel(calendar_of(facts))
    wanted = wanted_channels(facts)
    counted = {channel: _count(posts.get(channel, []), channel, row, mondays) for channel, row in wanted.items()}
    ideas = ideas_for(facts, [channel for channel, shortage in counted.items() if shortage.missing])
    return {
        channel: _filled(facts, posts.get(channel, []), shortage, ideas[channel]) if shortage.missing else shortage
        for channel, shortage in counted.items()
    }


def ideas_for(facts: Facts, channels: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """Channel -> ideas that can be used now; each idea is given to one of these channels only."""
    ready = ready_ideas(calendar_of(facts), facts.as_of, whole(facts, "calendar.idea_rest_days"))
    return deal_ideas(ready, channels, MOST_DAYS)


def _count(posts: Sequence[Post], channel: str, row: CadenceWanted, mondays: tuple[date, ...]) -> Shortage:
    planned = sum(week.planned for week in weekly_counts(posts, channel, mondays))
    needed = (row.low or Decimal(0)) * len(mondays)
    missing = int((needed - planned).to_integral_value(ROUND_CEILING))
    return Shortage(row=row, mondays=mondays, planned=planned, needed=needed, missing=max(missing, 0))


def _filled(facts: Facts, posts: Sequence[Post], shortage: Shortage, ideas: tuple[str, ...]) -> Shortage:
    channel = shortage.row.channel or ""
    weekdays = preferred_weekdays(results_of(facts), posts, channel, whole(facts, ENOUGH_POSTS))
    days = free_days(posts, channel, shortage.mondays, min(shortage.missing, MOST_DAYS), weekdays)
    return msgspec.structs.replace(shortage, days=days, ideas=ideas[: shortage.missing])


def _in_period(facts: Facts, monday: date) -> bool:
    """Whether the workbook plans that week; after its last month nothing can be missing in it."""
    about = calendar_of(facts).start
    if about.period_start is None or about.months is None:
        return True
    year, month0 = divmod(about.period_start.year * 12 + about.period_start.month - 1 + about.months, 12)
    return monday + timedelta(days=DAYS_IN_WEEK - 1) < date(year, month0 + 1, 1)
