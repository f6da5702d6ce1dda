"""Rules about the texts: the same one again, and too long ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Level, rule
from smsheets.analysis.rules.calendar.names import calendar_of, cells_of, names_of, whole
from smsheets.plan.calendar import Post
from smsheets.plan.similar_texts import similar_groups
from smsheets.plan.text_limits import TooLong, texts_too_long


@rule(
    "calendar.same_text",
    level=Level.WARNING,
    needs=("calendar",),
    says="{posts} have the same or nearly the same text, on {channels}.",
    todo="Write each of them for its channel: other length, other tone, other hashtags. People follow you on both.",
    source="This program's own rule: each channel needs its own text",
    thresholds=("calendar.same_text_share",),
)
def check_texts_differ_between_channels(context: Context) -> Iterator[Hit]:
    """Groups of posts whose texts are nearly the same, on more than one channel."""
    for posts in _alike(context):
        channels = tuple(dict.fromkeys(context.channel_name(post.channel) for post in posts if post.channel))
        if len(channels) > 1:
            yield Hit(evidence=cells_of(posts, "copy"), values={"posts": names_of(posts), "channels": channels})


@rule(
    "calendar.repeated_text",
    level=Level.NOTE,
    needs=("calendar",),
    says="{first} and {second} are nearly the same text on {channel}, {days} days apart.",
    todo="Change one of them, or leave more time between them.",
    source="This program's own rule",
    thresholds=("calendar.same_text_share", "calendar.repeat_days"),
)
def check_texts_are_not_repeated(context: Context) -> Iterator[Hit]:
    """Two neighbouring posts of one channel with nearly the same text, too soon after each other."""
    for group in _alike(context):
        by_channel: dict[str, list[Post]] = defaultdict(list)
        for post in group:
            if post.channel is not None and post.date is not None:
                by_channel[post.channel].append(post)
        for channel, posts in by_channel.items():
            yield from _repetitions(context, channel, posts)


@rule(
    "calendar.text_too_long",
    level=Level.ERROR,
    needs=("calendar",),
    says="{post} is too long for {channel}: {length} of at most {most}, counted as {channel} counts.",
    todo="Shorten it by {over}. Longer texts are refused or cut off.",
    source="Limits of the platforms; the sheet Text limits can change them",
)
def check_texts_fit(context: Context) -> Iterator[Hit]:
    """Texts over a hard limit of their channel."""
    for found in texts_too_long(calendar_of(context), context.platforms):
        if found.part == "copy" and found.refused:
            yield _too_long(context, found)


@rule(
    "calendar.text_may_be_cut",
    level=Level.WARNING,
    needs=("calendar",),
    says="{post} may be too long for {channel}: {length}, and some sources say at most {most}.",
    todo="Shorten it by {over} to be safe.",
    source="Sources disagree on this limit; the sheet Text limits can change it",
)
def check_texts_fit_surely(context: Context) -> Iterator[Hit]:
    """Texts over a limit that not all sources name."""
    for found in texts_too_long(calendar_of(context), context.platforms):
        if found.part == "copy" and not found.refused:
            yield _too_long(context, found)


@rule(
    "calendar.title_too_long",
    level=Level.WARNING,
    needs=("calendar",),
    says="The title of {post} is too long for {channel}: {length} of at most {most}.",
    todo="Shorten the title by {over}.",
    source="Limits of the platforms; the sheet Text limits can change them",
)
def check_titles_fit(context: Context) -> Iterator[Hit]:
    """Titles over a limit of their channel."""
    for found in texts_too_long(calendar_of(context), context.platforms):
        if found.part == "title":
            yield _too_long(context, found)


@rule(
    "calendar.too_many_hashtags",
    level=Level.WARNING,
    needs=("calendar",),
    says="{post} has {length} hashtags, {channel} takes at most {most}.",
    todo="Keep the {most} hashtags that fit best.",
    source="Limits of the platforms; the sheet Text limits can change them",
)
def check_hashtags_fit(context: Context) -> Iterator[Hit]:
    """Posts with more hashtags than their channel takes."""
    for found in texts_too_long(calendar_of(context), context.platforms):
        if found.part == "hashtags":
            yield _too_long(context, found)


def _too_long(context: Context, found: TooLong) -> Hit:
    post = found.post
    column = found.part if found.part != "hashtags" or post.hashtags is not None else "copy"
    return Hit(
        level=Level.WARNING if post.is_published else None,
        evidence=(post.cell(column),),
        values={
            "post": post.name,
            "channel": context.channel_name(post.channel),
            "length": found.length,
            "most": found.most,
            "over": found.length - found.most,
        },
    )


def _alike(context: Context) -> list[list[Post]]:
    """Groups of posts with nearly the same text, in the order of the sheet."""
    posts = [post for post in calendar_of(context).posts if post.copy is not None and post.status != "cancelled"]
    least = float(context.thresholds["calendar.same_text_share"])
    groups = similar_groups([post.copy or "" for post in posts], least)
    return [[posts[position] for position in group] for group in groups]


def _repetitions(context: Context, channel: str, posts: list[Post]) -> Iterator[Hit]:
    dated = sorted(((post.date, post) for post in posts if post.date is not None), key=lambda pair: pair[0])
    for (day, one), (next_day, other) in pairwise(dated):
        days = (next_day - day).days
        if days <= whole(context, "calendar.repeat_days"):
            yield Hit(
                evidence=(one.cell("copy"), other.cell("copy")),
                values={
                    "first": one.name,
                    "second": other.name,
                    "channel": context.channel_name(channel),
                    "days": days,
                },
            )
