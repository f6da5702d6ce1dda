"""The calendar in the report: what is planned, and whether it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Wording
from smsheets.analysis.variance.calendar import CalendarVariance, ChannelVariance
from smsheets.money import Share
from smsheets.plan.cadence import PostingWeek, Verdict, wanted_by_channel
from smsheets.plan.calendar import CadenceWanted, Calendar, Post
from smsheets.plan.content import MixShare, compute_mix
from smsheets.report.document import (
    Cell,
    ChartView,
    HeatView,
    Line,
    Part,
    Role,
    Section,
    Status,
    TableView,
    Tone,
    Verbatim,
)
from smsheets.report.sections.cells import (
    channel_cell,
    keep_largest,
    list_cell,
    make_chart,
    range_cell,
    say_how_many,
    share_cell,
)

_MOST_HEAT_ROWS = 12  # as many as bars of a chart
_MOST_DAY_HEATS = 4
_LEAST_DAY_POSTS = 3
"""The single days are drawn of so few channels, and only where there is so much to see; the table has all."""
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WEEKDAY_WORDS = (Line("Mon"), Line("Tue"), Line("Wed"), Line("Thu"), Line("Fri"), Line("Sat"), Line("Sun"))


def _day_parts(variance: CalendarVariance, context: Context) -> list[Part]:
    """Posts per channel and week, then per day, then both as a table; nothing where no post is near."""
    by_channel: dict[str, list[PostingWeek]] = {}
    for week in variance.days:
        by_channel.setdefault(week.channel, []).append(week)
    if not by_channel:
        return []
    busy = [channel for channel in by_channel if _sum_posts(by_channel[channel]) >= _LEAST_DAY_POSTS]
    busiest = keep_largest(busy, lambda channel: _sum_posts(by_channel[channel]), _MOST_DAY_HEATS)
    parts: list[Part] = [_week_heat(by_channel, context)]
    parts += [_day_heat(channel, by_channel[channel], variance.as_of, context) for channel in busiest]
    parts.append(Line("Before {day}: what went out; from that day on also what is planned.", {"day": variance.as_of}))
    return [*parts, _day_table(variance.days, context)]


def _cadence_chart(variance: CalendarVariance, context: Context) -> tuple[ChartView, ...]:
    """Posts that went out beside the fewest and the most wanted, for the channels that have such numbers."""
    wanted = [row for row in variance.channels if row.wanted_low is not None or row.wanted_high is not None]
    shown = keep_largest(wanted, lambda row: row.gap or Decimal(0))
    return make_chart(
        Line("Posts wanted and published"),
        _cadence_says(wanted, context),
        [Verbatim(context.channel_name(row.channel)) for row in shown],
        (Line("Wanted at least"), Role.RANGE, [row.wanted_low for row in shown]),
        (Line("Wanted at most"), Role.RANGE, [row.wanted_high for row in shown]),
        (Line("Published"), Role.ACTUAL, [row.published for row in shown]),
        of=len(wanted),
    )


def _mix_chart(named: Sequence[tuple[Line | Verbatim, MixShare]]) -> tuple[ChartView, ...]:
    """The share of each subject: wanted, planned, published."""
    shown = keep_largest(named, lambda item: max(item[1].target or Decimal(0), item[1].planned or Decimal(0)))
    return make_chart(
        Line("Mix"),
        _mix_says(named),
        [name for name, _ in shown],
        (Line("Target"), Role.TARGET, [row.target for _, row in shown]),
        (Line("Planned"), Role.PLANNED, [row.planned for _, row in shown]),
        (Line("Published"), Role.ACTUAL, [row.published for _, row in shown]),
        unit="share",
        of=len(named),
    )


def _week_heat(by_channel: dict[str, list[PostingWeek]], context: Context) -> HeatView:
    shown = keep_largest(list(by_channel), lambda channel: _sum_posts(by_channel[channel]), _MOST_HEAT_ROWS)
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
        return Line("Every channel gets at least the posts you want.")
    gap, worst = min(short, key=lambda item: item[0])
    name = Verbatim(context.channel_name(worst.channel))
    return Line(
        "Channels with too few posts: {short} of {all}; {channel} lacks the most: {gap} posts.",
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


_STATUSES = {
    Verdict.BELOW: Status("too few", Tone.BAD),
    Verdict.WITHIN: Status("as wanted", Tone.GOOD),
    Verdict.ABOVE: Status("more than wanted", Tone.WATCH),
}
_WEEKS_SHOWN = 8
"""The variance table shows the last weeks only; the sheet Cadence shows them all."""

_EMPTY = "No posts are filled in yet."
_MOST_CHANNELS = 7  # columns of a table that is read in a terminal


def plan_section(plan: Calendar, context: Context) -> Section:
    """The calendar as planned: how many posts, from when to when, on which channels, how often they are wanted."""
    planned = plan.planned_posts
    if not planned:
        return Section(title="Calendar", parts=(Line(_EMPTY),))
    days = [post.date for post in planned if post.date is not None]
    counts = Line(
        "Posts planned: {planned}, from {first} to {last}. Published: {published}. Still to come: {ahead}.",
        {
            "planned": len(planned),
            "first": min(days),
            "last": max(days),
            "published": len(plan.published_posts),
            "ahead": sum(_is_ahead(post, context.as_of) for post in planned),
        },
    )
    parts: list[Part] = [counts, *_ideas(plan), *_mix_line(plan), _channel_table(plan, context)]
    return Section(title="Calendar", parts=tuple(parts))


def variance_section(variance: CalendarVariance, context: Context) -> Section:
    """Posts wanted, planned and published, per channel, per week and by pillar."""
    if variance.first_week is None or variance.last_week is None:
        nothing = Line("No whole week with planned posts is over yet.")
        return Section(title="Calendar", parts=(nothing, *_day_parts(variance, context)))
    span = Line(
        "Whole weeks from {first} to the week of {last}: {planned} posts planned, {published} published.",
        {
            "first": variance.first_week,
            "last": variance.last_week,
            "planned": variance.planned,
            "published": variance.published,
        },
    )
    legend = Line("Gap: minus is how many posts are missing, plus how many are more than you want.")
    parts: list[Part] = [span, *_day_parts(variance, context), legend, *_cadence_chart(variance, context)]
    parts += [_variance_table(variance, context), *_quiet_table(variance, context), _week_table(variance, context)]
    return Section(title="Calendar", parts=(*parts, *_mix_parts(variance, context)))


def _ideas(plan: Calendar) -> tuple[Line, ...]:
    ideas = sum(idea.idea is not None for idea in plan.ideas) + sum(post.status == "idea" for post in plan.posts)
    return (Line("Ideas waiting: {ideas}.", {"ideas": ideas}),) if ideas else ()


def _mix_line(plan: Calendar) -> tuple[Line, ...]:
    side = compute_mix(plan).promotional
    if side.planned is None or side.target is None:
        return ()
    values: dict[str, Wording] = {"share": Share(side.planned), "target": Share(side.target)}
    return (Line("{share} of the planned posts sell something; you want {target}.", values),)


def _channel_table(plan: Calendar, context: Context) -> TableView:
    wanted = wanted_by_channel(plan)
    rows = []
    for channel in plan.channels:
        posts = [post for post in plan.planned_posts if post.channel == channel]
        rows.append(
            (
                channel_cell(channel, context),
                _range(wanted.get(channel)),
                len(posts),
                sum(post.is_published for post in posts),
                sum(_is_ahead(post, context.as_of) for post in posts),
                min((post.date for post in posts if post.date and _is_ahead(post, context.as_of)), default=None),
            )
        )
    return TableView(
        title="Posts by channel",
        headers=("Channel", "Wanted a week", "Planned", "Published", "To come", "Next post"),
        rows=tuple(rows),
    )


def _variance_table(variance: CalendarVariance, context: Context) -> TableView:
    return TableView(
        title="Channels",
        headers=("Channel", "Wanted", "Planned", "Published", "Gap", "In words", "Last out"),
        rows=tuple(_variance_row(row, context) for row in variance.channels),
    )


def _variance_row(row: ChannelVariance, context: Context) -> tuple[Cell, ...]:
    return (
        channel_cell(row.channel, context),
        range_cell(row.wanted_low, row.wanted_high),
        row.planned,
        row.published,
        row.gap,
        _STATUSES[row.verdict] if row.verdict is not None else None,
        row.last_out,
    )


def _week_table(variance: CalendarVariance, context: Context) -> TableView:
    """The gap of each channel in the last weeks."""
    channels = [row.channel for row in variance.channels if row.wanted_low is not None or row.wanted_high is not None]
    channels = channels[:_MOST_CHANNELS]
    rows = []
    for week in variance.weeks[-_WEEKS_SHOWN:]:
        gaps = {row.channel: row.gap for row in week.channels}
        rows.append((week.monday, week.published, *(gaps[channel] for channel in channels)))
    return TableView(
        title="Gap per week, the last weeks",
        headers=("Week from", "Out", *(Verbatim(context.channel_name(channel)) for channel in channels)),
        rows=tuple(rows),
    )


def _quiet_table(variance: CalendarVariance, context: Context) -> tuple[TableView, ...]:
    """The channels on which nothing has been published for so long that they are asleep."""
    quiet = [(row, _days_quiet(row, variance)) for row in variance.channels]
    strategy = context.plans.strategy
    linked = {row.channel: row.linked for row in strategy.channels} if strategy is not None else {}
    rows = []
    for row, days in quiet:
        if days is None or days < context.thresholds["calendar.dormant_days"]:
            continue
        if row.wanted_low is None and row.wanted_high is None and not context.takes_posts(row.channel):
            continue
        on_site = linked.get(row.channel)
        grave = on_site is True and days >= context.thresholds["calendar.dormant_error_days"]
        status = Status("no posts", Tone.BAD if grave else Tone.WATCH)
        shown = None if on_site is None else Line("yes" if on_site else "no")
        rows.append((channel_cell(row.channel, context), row.last_out, days, shown, status))
    headers = ("Channel", "Last out", "Days without a post", "On the website", "Status")
    return (TableView(title="Channels without recent posts", headers=headers, rows=tuple(rows)),) if rows else ()


def _days_quiet(row: ChannelVariance, variance: CalendarVariance) -> int | None:
    """Days since the channel's last post; since the calendar's first one where it never had any."""
    since = row.last_out or variance.first_out
    return None if since is None else (variance.as_of - since).days


def _mix_parts(variance: CalendarVariance, context: Context) -> list[Part]:
    mix = variance.mix
    if not any(row.planned_posts or row.published_posts for row in mix.pillars):
        return []
    table = TableView(
        title="Mix",
        headers=("About", "Target", "Planned", "Planned share", "Published", "Published share"),
        rows=tuple(_mix_row(row, context) for row in (*mix.pillars, mix.promotional)),
    )
    return [*_mix_chart([(_pillar_name(row, context), row) for row in mix.pillars]), table]


def _pillar_name(row: MixShare, context: Context) -> Line | Verbatim:
    return list_cell("pillars", row.pillar, context) if row.pillar else Line("Promotional, all together")


def _mix_row(row: MixShare, context: Context) -> tuple[Cell, ...]:
    planned, published = share_cell(row.planned), share_cell(row.published)
    target = share_cell(row.target)
    return (_pillar_name(row, context), target, row.planned_posts, planned, row.published_posts, published)


def _range(row: CadenceWanted | None) -> Wording | Line | None:
    return range_cell(row.low, row.high) if row is not None else None


def _is_ahead(post: Post, as_of: date) -> bool:
    return not post.is_published and post.date is not None and post.date >= as_of
