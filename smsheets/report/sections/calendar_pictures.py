"""Pictures of the calendar: on which days something goes out, posts wanted and delivered, the mix."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from smsheets.analysis.context import Context
from smsheets.analysis.variance.calendar import CalendarVariance, ChannelVariance
from smsheets.money import Share
from smsheets.plan.mix import MixShare
from smsheets.plan.posting_days import PostingWeek
from smsheets.report.document import (
    ChartKind,
    ChartView,
    HeatView,
    Line,
    Part,
    Role,
    Series,
    TableView,
    Verbatim,
)
from smsheets.report.sections.pictures import keep_largest, say_how_many, worth_drawing

MOST_HEAT_ROWS = 12
MOST_DAY_HEATS = 4
LEAST_DAY_POSTS = 3
"""The single days are drawn of so few channels, and only where there is so much to see; the table has all."""
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WEEKDAY_WORDS = (Line("Mon"), Line("Tue"), Line("Wed"), Line("Thu"), Line("Fri"), Line("Sat"), Line("Sun"))


def day_parts(variance: CalendarVariance, context: Context) -> list[Part]:
    """Posts per channel and week, then per day, then both as a table; nothing where no post is near."""
    by_channel: dict[str, list[PostingWeek]] = {}
    for week in variance.days:
        by_channel.setdefault(week.channel, []).append(week)
    if not by_channel:
        return []
    busy = [channel for channel in by_channel if _sum_posts(by_channel[channel]) >= LEAST_DAY_POSTS]
    busiest = keep_largest(busy, lambda channel: _sum_posts(by_channel[channel]), MOST_DAY_HEATS)
    parts: list[Part] = [_week_heat(by_channel, context)]
    parts += [_day_heat(channel, by_channel[channel], variance.as_of, context) for channel in busiest]
    parts.append(Line("Before {day}: what went out; from that day on also what is planned.", {"day": variance.as_of}))
    return [*parts, _day_table(variance.days, context)]


def cadence_chart(variance: CalendarVariance, context: Context) -> tuple[ChartView, ...]:
    """Posts that went out beside the fewest and the most wanted, for the channels that have such numbers."""
    wanted = [row for row in variance.channels if row.wanted_low is not None or row.wanted_high is not None]
    shown = keep_largest(wanted, lambda row: row.gap or Decimal(0))
    return worth_drawing(
        ChartView(
            kind=ChartKind.BARS,
            title=Line("Posts wanted and published"),
            says=_cadence_says(wanted, context),
            categories=tuple(Verbatim(context.channel_name(row.channel)) for row in shown),
            series=(
                Series(name=Line("Wanted at least"), role=Role.RANGE, values=tuple(row.wanted_low for row in shown)),
                Series(name=Line("Wanted at most"), role=Role.RANGE, values=tuple(row.wanted_high for row in shown)),
                Series(name=Line("Published"), role=Role.ACTUAL, values=tuple(row.published for row in shown)),
            ),
        ),
        of=len(wanted),
    )


def mix_chart(named: Sequence[tuple[Line | Verbatim, MixShare]]) -> tuple[ChartView, ...]:
    """The share of each subject: wanted, planned, published."""
    shown = keep_largest(named, lambda item: max(item[1].target or Decimal(0), item[1].planned or Decimal(0)))
    return worth_drawing(
        ChartView(
            kind=ChartKind.BARS,
            title=Line("Mix"),
            says=_mix_says(named),
            categories=tuple(name for name, _ in shown),
            series=(
                Series(name=Line("Target"), role=Role.TARGET, values=tuple(row.target for _, row in shown)),
                Series(name=Line("Planned"), role=Role.PLANNED, values=tuple(row.planned for _, row in shown)),
                Series(name=Line("Published"), role=Role.ACTUAL, values=tuple(row.published for _, row in shown)),
            ),
            unit="share",
        ),
        of=len(named),
    )


def _week_heat(by_channel: dict[str, list[PostingWeek]], context: Context) -> HeatView:
    shown = keep_largest(list(by_channel), lambda channel: _sum_posts(by_channel[channel]), MOST_HEAT_ROWS)
    busiest = max(by_channel, key=lambda channel: _sum_posts(by_channel[channel]))
    says = Line(
        "Most posts: {channel}, {posts} in {weeks} weeks.",
        {
            "channel": Verbatim(context.channel_name(busiest)),
            "posts": int(_sum_posts(by_channel[busiest])),
            "weeks": len(by_channel[busiest]),
        },
    )
    return HeatView(
        title=Line("Posts per week"),
        says=say_how_many(says, len(shown), len(by_channel)),
        corner="Channel",
        columns=tuple(week.monday for week in by_channel[busiest]),
        rows=tuple(
            (Verbatim(context.channel_name(channel)), tuple(week.posts for week in by_channel[channel]))
            for channel in shown
        ),
    )


def _day_heat(channel: str, weeks: Sequence[PostingWeek], as_of: date, context: Context) -> HeatView:
    days = [(count or 0, place) for week in weeks for place, count in enumerate(week.days)]
    posts = [sum(count for count, place in days if place == weekday) for weekday in range(len(WEEKDAYS))]
    name = Verbatim(context.channel_name(channel))
    best = max(range(len(posts)), key=lambda weekday: posts[weekday])
    return HeatView(
        title=Line("{channel}: posts per day", {"channel": name}),
        says=Line(
            "{channel}: {posts} posts in {weeks} weeks; most of them on {weekday} ({most}).",
            {
                "channel": name,
                "posts": sum(posts),
                "weeks": len(weeks),
                "weekday": _WEEKDAY_WORDS[best],
                "most": posts[best],
            },
        ),
        corner="Week from",
        columns=_WEEKDAY_WORDS,
        rows=tuple((week.monday, week.days) for week in weeks),
    )


def _day_table(weeks: Sequence[PostingWeek], context: Context) -> TableView:
    """Ten columns, of which eight are as narrow as a day's count. Weeks without a post are left out."""
    return TableView(
        title="Posts per day",
        headers=("Channel", "Week from", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun", "All"),
        rows=tuple(
            (
                Verbatim(context.channel_name(week.channel)),
                week.monday,
                *(count or None for count in week.days),
                week.posts,
            )
            for week in weeks
            if week.posts
        ),
    )


def _cadence_says(rows: Sequence[ChannelVariance], context: Context) -> Line:
    short = [(row.gap, row) for row in rows if row.gap is not None and row.gap < 0]
    if not short:
        return Line("Every channel gets at least what is wanted.")
    gap, worst = min(short, key=lambda item: item[0])
    name = Verbatim(context.channel_name(worst.channel))
    return Line(
        "Channels that get too little: {short} of {all}; most is missing on {channel}: {gap} posts.",
        {"short": len(short), "all": len(rows), "channel": name, "gap": -gap},
    )


def _mix_says(named: Sequence[tuple[Line | Verbatim, MixShare]]) -> Line:
    known = [
        (abs(row.published - row.target), name, row.published, row.target)
        for name, row in named
        if row.published is not None and row.target is not None
    ]
    if not known:
        return Line("Nothing is published yet, or no target is set.")
    _, name, published, target = max(known, key=lambda item: item[0])
    return Line(
        "Furthest from its target: {name}, {published} instead of {target}.",
        {"name": name, "published": Share(published), "target": Share(target)},
    )


def _sum_posts(weeks: Sequence[PostingWeek]) -> Decimal:
    return Decimal(sum(week.posts for week in weeks))
