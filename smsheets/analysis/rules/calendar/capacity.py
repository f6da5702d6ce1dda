"""Rules about the work that the posts are: is there time for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Lack, Level, Wording, lack, rule
from smsheets.analysis.kpi_standards import rounded
from smsheets.analysis.rules.calendar.channels import count_published, has_begun, mean_minutes, wanted_channels
from smsheets.analysis.shortages import Relief, TooManyPosts
from smsheets.analysis.subjects import UNOWNED_POSTS, cells_of, channel_root, hours_cells, person_root, post_names
from smsheets.money import Share
from smsheets.plan.cadence import full_weeks_before
from smsheets.plan.calendar import CadenceWanted
from smsheets.plan.record import round_figure
from smsheets.plan.slip import week_end
from smsheets.plan.spare_money import CENT
from smsheets.plan.workload import MINUTES_PER_HOUR, Person, person_key


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
    for item in facts.hour_shortages.posts:
        if item.person is not None:
            yield _overload(facts, item, item.person)
    owners = dict.fromkeys(person_key(post.owner) for post in facts.unfinished_posts)
    unknown = [facts.team[name] for name in owners if name in facts.team and facts.team[name].hours is None]
    yield from lack(hours_cells(unknown), people=tuple(person.name for person in unknown))


def _overload(facts: Facts, item: TooManyPosts, person: Person) -> Hit:
    worth, relief = person.worth(item.over), item.relief
    values: dict[str, Wording] = {**_figures(item), "person": person.name, "posts": post_names(item.week.posts)}
    case = ""
    if relief is not None:
        still = item.over - relief.hours
        case = _relief_case(own_week=relief.person == person, enough=still <= 0)
        rest = [post for post in item.week.posts if all(post is not given for given in relief.posts)]
        values |= {"still": rounded(still, 1), "rest": post_names(rest), "week": relief.monday, **_given(relief)}
    return Hit(
        about=person.name,
        root=person_root(person.name),
        level=_level(facts, item),
        evidence=(*cells_of(item.week.posts, "owner"), *hours_cells([person])),
        values=values,
        effect=round_figure(worth, CENT) if worth else None,
        hours=item.over,
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
    for item in facts.hour_shortages.posts:
        if item.person is None:
            yield Hit(
                about=item.week.monday.isoformat(),
                root=UNOWNED_POSTS,
                level=_level(facts, item),
                evidence=(
                    *cells_of(item.given, "owner"),
                    *hours_cells(person for person in facts.team.values() if person.hours is not None),
                ),
                values={
                    **_figures(item),
                    "posts": post_names(item.given),
                    **(_given(item.relief) if item.relief is not None else {}),
                },
                hours=item.over,
                case="hand_out" if item.relief is not None else "",
            )


def _figures(item: TooManyPosts) -> Mapping[str, Wording]:
    return {
        "weeks": item.weeks,
        "monday": item.week.monday,
        "needed": rounded(item.week.hours, 1),
        "available": rounded(item.available, 1),
    }


def _level(facts: Facts, item: TooManyPosts) -> Level | None:
    """An error where the work is a multiple of the time."""
    multiple = facts.thresholds["calendar.overload_factor"] * item.available
    return Level.ERROR if item.week.hours >= multiple else None


def _given(relief: Relief) -> Mapping[str, Wording]:
    """The values of the texts that give posts to somebody."""
    return {
        "given": post_names(relief.posts),
        "takes": rounded(relief.hours, 1),
        "other": relief.person.name,
        "left": rounded(relief.left, 1),
    }
