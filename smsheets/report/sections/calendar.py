"""The calendar in the report: what is planned, and whether it is kept."""

from __future__ import annotations

from datetime import date

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Wording
from smsheets.analysis.variance.calendar import CalendarVariance, ChannelVariance
from smsheets.money import Share
from smsheets.plan.cadence import Verdict, wanted_by_channel
from smsheets.plan.calendar import CadenceWanted, Calendar, Post
from smsheets.plan.mix import MixShare, compute_mix
from smsheets.report.document import Cell, Line, Part, Section, Status, TableView, Tone, Verbatim
from smsheets.report.sections.calendar_pictures import cadence_chart, day_parts, mix_chart
from smsheets.report.sections.cells import channel_cell, list_cell, range_cell, share_cell

STATUSES = {
    Verdict.BELOW: Status("too few", Tone.BAD),
    Verdict.WITHIN: Status("as wanted", Tone.GOOD),
    Verdict.ABOVE: Status("more than wanted", Tone.WATCH),
}
WEEKS_SHOWN = 8
"""The variance table shows the last weeks only; the sheet Cadence shows them all."""

_EMPTY = "No posts are filled in yet."
_MOST_CHANNELS = 7


def plan_section(plan: Calendar, context: Context) -> Section:
    """What the calendar is: how many posts, from when to when, on which channels, how often they are wanted."""
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
        return Section(title="Calendar", parts=(nothing, *day_parts(variance, context)))
    span = Line(
        "Whole weeks from {first} to the week of {last}: {planned} posts planned, {published} published.",
        {
            "first": variance.first_week,
            "last": variance.last_week,
            "planned": variance.planned,
            "published": variance.published,
        },
    )
    legend = Line("Gap: minus is missing to the lowest number wanted, plus is more than the highest.")
    parts: list[Part] = [span, *day_parts(variance, context), legend, *cadence_chart(variance, context)]
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
    return (Line("{share} of the planned posts sell something, {target} is wanted.", values),)


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
        STATUSES[row.verdict] if row.verdict is not None else None,
        row.last_out,
    )


def _week_table(variance: CalendarVariance, context: Context) -> TableView:
    """The gap of each channel in the last weeks."""
    channels = [row.channel for row in variance.channels if row.wanted_low is not None or row.wanted_high is not None]
    channels = channels[:_MOST_CHANNELS]
    rows = []
    for week in variance.weeks[-WEEKS_SHOWN:]:
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
        on_site = linked.get(row.channel)
        grave = on_site is True and days >= context.thresholds["calendar.dormant_error_days"]
        status = Status("asleep", Tone.BAD if grave else Tone.WATCH)
        shown = None if on_site is None else Line("yes" if on_site else "no")
        rows.append((channel_cell(row.channel, context), row.last_out, days, shown, status))
    headers = ("Channel", "Last out", "Days quiet", "On the website", "Status")
    return (TableView(title="Channels that are asleep", headers=headers, rows=tuple(rows)),) if rows else ()


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
    return [*mix_chart([(_pillar_name(row, context), row) for row in mix.pillars]), table]


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
