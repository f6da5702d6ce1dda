"""Rules about channels and the shares of ads and pillars."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Lack, Wording, lack, rule
from smsheets.analysis.subjects import channel_root, hours_cells, joined, line_id
from smsheets.analysis.variance.kpi_report import has_figures
from smsheets.money import Money, Share
from smsheets.plan.ad_money import ShareState, promotional_share, total_shares
from smsheets.plan.record import round_figure
from smsheets.plan.roadmap import id_key
from smsheets.plan.strategy import Channel, Pillar
from smsheets.plan.workload import STOP, TEST, alike_purposes, wanted_hours

_WHOLE = Decimal(1)
_PRIMARY = "primary"


@rule("strategy.ad_shares")
def check_ad_shares_add_up(facts: Facts) -> Iterator[Hit | Lack]:
    """The ad shares make 100 %, to the full percent.

    The effect is what is given out twice or not at all in a month, where the sheet Company has a monthly budget.
    Without any share there is nothing to add up; it is missed where there is a monthly budget.
    """
    if not facts.strategy.begun:
        return
    channels = [channel for channel in facts.strategy.channels if channel.channel is not None]
    shares = total_shares(channel.ad_share for channel in channels)
    budget = facts.strategy.limits.monthly_budget
    if shares is None and budget:
        yield from lack(channel.cell("ad_share") for channel in channels)
    if shares is None or shares.state is ShareState.ADDS_UP:
        return
    paid = [channel for channel in channels if channel.ad_share is not None]
    difference = abs(shares.total - _WHOLE)
    case, channel = _who_gives(paid, difference) if shares.total > _WHOLE else _who_gets(channels)
    values: dict[str, Wording] = {"total": Share(shares.total), "difference": Share(difference)}
    if channel is not None:
        values.update(channel=facts.channel_name(channel.channel), share=Share(_ad_share(channel)))
    yield Hit(
        about="ad_share",
        evidence=tuple(channel.cell("ad_share") for channel in paid),
        values=values,
        effect=None if not budget else difference * budget,
        case=case,
    )


def _who_gives(paid: list[Channel], difference: Decimal) -> tuple[str, Channel]:
    """Whom to take ad money from: a channel to be stopped or only tested that has as much; else the largest."""
    for decision, case in ((STOP, "take_from_stopped"), (TEST, "take_from_test")):
        for channel in paid:
            if channel.decision == decision and _ad_share(channel) >= difference:
                return case, channel
    return "take_away", max(paid, key=_ad_share)


def _who_gets(channels: list[Channel]) -> tuple[str, Channel | None]:
    primary = [channel for channel in channels if channel.role == _PRIMARY and channel.decision != STOP]
    return ("give_primary", primary[0]) if primary else ("", None)


def _ad_share(channel: Channel) -> Decimal:
    return channel.ad_share or Decimal(0)


@rule("strategy.pillar_shares")
def check_pillar_shares_add_up(facts: Facts) -> Iterator[Hit]:
    """The target shares of the pillars make 100 %, to the full percent."""
    pillars = _planned_pillars(facts)
    shares = total_shares(pillar.target_share for pillar in pillars)
    if shares is None or shares.state is ShareState.ADDS_UP:
        return
    too_much = shares.total > _WHOLE
    useful = [pillar for pillar in pillars if too_much or pillar.promotional is False]
    pillar = max(useful, key=_target, default=None)
    values: dict[str, Wording] = {"total": Share(shares.total), "difference": Share(abs(shares.total - _WHOLE))}
    if pillar is not None:
        values.update(pillar=_pillar_name(pillar, facts), share=Share(_target(pillar)))
    yield Hit(
        about="target_share",
        evidence=tuple(row.cell("target_share") for row in pillars),
        values=values,
        case="" if pillar is None else "take_away" if too_much else "give_useful",
    )


@rule("strategy.mix_too_promotional")
def check_mix_keeps_rule(facts: Facts) -> Iterator[Hit | Lack]:
    """The pillars that sell have no more of the posts than the sheet Content allows; else the threshold counts."""
    planned = _planned_pillars(facts)
    unknown = [pillar for pillar in planned if pillar.promotional is None]
    names = tuple(_pillar_name(pillar, facts) for pillar in unknown)
    yield from lack((pillar.cell("promotional") for pillar in unknown), pillars=names)
    limit = facts.limit("strategy.promotional_share", facts.strategy.mix.promotional_at_most)
    share = promotional_share(planned)
    if share is not None and share > limit:
        selling = [pillar for pillar in planned if pillar.promotional]
        yield Hit(
            about="mix",
            evidence=tuple(pillar.cell("target_share") for pillar in selling),
            values={
                "share": Share(share),
                "limit": Share(limit),
                "difference": Share(share - limit),
                "pillar": _pillar_name(max(selling, key=_target), facts),
            },
        )


def _planned_pillars(facts: Facts) -> list[Pillar]:
    """The pillars with a target share; none before anybody wrote anything into the strategy."""
    pillars = facts.strategy.pillars if facts.strategy.begun else ()
    return [pillar for pillar in pillars if pillar.target_share is not None]


def _target(pillar: Pillar) -> Decimal:
    return pillar.target_share or Decimal(0)


def _pillar_name(pillar: Pillar, facts: Facts) -> str:
    return facts.list_word("pillars", pillar.pillar or "") or "?"


@rule("strategy.channel_without_purpose")
def check_channels_have_purpose(facts: Facts) -> Iterator[Hit]:
    """Every channel that is not stopped has a purpose; one finding for all that have none."""
    aimless = [channel for channel in facts.channels_in_use if channel.purpose is None]
    if not aimless:
        return
    idle = [channel for channel in aimless if _has_no_posts_to_come(channel, facts)]
    about = joined(channel.channel for channel in aimless)
    yield Hit(
        about=about,
        root=channel_root(about),
        evidence=tuple(channel.cell("purpose") for channel in aimless),
        values={
            "channels": tuple(facts.channel_name(channel.channel) for channel in aimless),
            "idle": tuple(facts.channel_name(channel.channel) for channel in idle),
        },
        case="" if not idle else "stop_all_idle" if len(idle) == len(aimless) else "stop_idle",
    )


def _has_no_posts_to_come(channel: Channel, facts: Facts) -> bool:
    """It is posted on, and a calendar in use has no post for it from today on."""
    if not facts.takes_posts(channel.channel):
        return False
    planned = facts.plans.calendar.planned_posts if facts.plans.calendar is not None else ()
    dated = [(post.date, id_key(post.channel)) for post in planned if post.date is not None]
    return bool(dated) and not any(day >= facts.as_of and name == id_key(channel.channel) for day, name in dated)


@rule("strategy.channel_unused")
def check_channels_are_used(facts: Facts) -> Iterator[Hit]:
    """Every channel that is not stopped has a post or a figure. The effect is the ad money a month that it is to get.

    Nothing is said while neither workbook has any, nor of a channel that is not posted on: a website.
    """
    posts = [post.channel for post in facts.calendar.posts if post.status != "cancelled"]
    figures = [row.channel for row in facts.kpi_report.kpis if has_figures(row)]
    results = [result.channel for result in facts.kpi_report.post_results]
    used = {id_key(channel) for channel in (*posts, *figures, *results) if channel is not None}
    for channel in facts.channels_in_use if used else ():
        if id_key(channel.channel) in used or not facts.takes_posts(channel.channel):
            continue
        money = _ad_share(channel) * (facts.strategy.limits.monthly_budget or Decimal(0))
        yield Hit(
            about=channel.channel or "",
            root=channel_root(channel.channel),
            moves=tuple(map(line_id, facts.ad_lines(channel.channel))) if money else (),
            evidence=(channel.cell("channel"),),
            values={"channel": facts.channel_name(channel.channel), "money": Money(money, facts.currency)},
            effect=money or None,
            case="move_money" if money else "unlink" if channel.linked else "",
        )


@rule("strategy.channel_same_purpose")
def check_channels_differ(facts: Facts) -> Iterator[Hit]:
    """No two channels have the same purpose, or nearly the same words for it."""
    for group in alike_purposes(facts.channels_in_use, facts.thresholds["strategy.same_purpose_share"]):
        names = tuple(facts.channel_name(channel.channel) for channel in group)
        yield Hit(
            about=joined(channel.channel for channel in group),
            evidence=tuple(channel.cell("purpose") for channel in group),
            values={"channels": names, "first": names[0], "last": names[-1], "purpose": group[0].purpose or ""},
        )


_TENTH = Decimal("0.1")
_MINUTES = "calendar.minutes_"


@rule("strategy.too_many_channels")
def check_team_has_time_for_channels(facts: Facts) -> Iterator[Hit | Lack]:
    """The hours of the whole team are enough for the posts wanted at least, as long as a post of each format takes.

    Of several channels the one to stop is found by `_most_dispensable`.
    """
    wanting = [(channel, _hours(channel, facts)) for channel in facts.channels_in_use if channel.posts_low]
    team = facts.team.values()
    if not wanting or not team:
        return
    unknown = [person for person in team if person.hours is None]
    if unknown:
        yield from lack(hours_cells(unknown), people=tuple(person.name for person in unknown))
        return
    needed = sum((hours for _, hours in wanting), Decimal(0))
    available = sum((person.hours or Decimal(0) for person in team), Decimal(0))
    if needed > available:
        channel, hours = max(wanting, key=_most_dispensable)
        yield Hit(
            about="team",
            evidence=tuple(channel.cell("posts_low") for channel, _ in wanting),
            values={
                "count": len(wanting),
                "needed": round_figure(needed, _TENTH),
                "available": available,
                "channel": facts.channel_name(channel.channel),
                "hours": round_figure(hours, _TENTH),
            },
            hours=needed - available,
            case="stop_one" if len(wanting) > 1 else "",
        )


def _hours(channel: Channel, facts: Facts) -> Decimal:
    """The hours a week that a channel's posts take, by the minutes that a post of each format takes."""
    known = {key.removeprefix(_MINUTES): value for key, value in facts.thresholds.items() if key.startswith(_MINUTES)}
    return wanted_hours(channel, known, known["other"])


def _most_dispensable(pair: tuple[Channel, Decimal]) -> tuple[bool, bool, bool, Decimal]:
    """A channel without a purpose is missed least, then one only tested, then one not for sales; then the dearest."""
    channel, hours = pair
    return channel.purpose is None, channel.decision == TEST, channel.role != _PRIMARY, hours
