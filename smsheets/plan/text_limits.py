"""Texts against what each channel allows, counted as the channel counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import msgspec

from smsheets.plan.calendar import Calendar, Post, TextLimit
from smsheets.plan.platforms import Count, Limit, Platform
from smsheets.text_length import (
    count_bytes,
    count_characters,
    count_graphemes,
    count_hashtags,
    count_threads,
    count_x,
)

COUNTERS: Mapping[Count, Callable[[str], int]] = {
    Count.CHARACTERS: count_characters,
    Count.X_WEIGHTED: count_x,
    Count.THREADS: count_threads,
    Count.GRAPHEMES: count_graphemes,
    Count.BYTES: count_bytes,
}

_OWN = "The sheet Text limits"


class TooLong(msgspec.Struct, frozen=True, kw_only=True):
    """One part of a post over a limit.

    Attributes:
        part: `copy`, `title` or `hashtags`, also the column it stands in.
        length: As the channel counts it.
        most: The limit that is passed.
        refused: True over the hard limit, False where the text may be cut.
        limit: The limit with its source.
    """

    post: Post
    part: str
    length: int
    most: int
    refused: bool
    limit: Limit


def limits_of(channel: str, platforms: Mapping[str, Platform], own: TextLimit | None) -> tuple[Limit, ...]:
    """The limits of a channel; a number that the user changed on the sheet Text limits goes before the platform's."""
    platform = platforms.get(channel)
    known = platform.limits if platform is not None else ()
    written = {} if own is None else {"copy": own.limit, "title": own.title_limit, "hashtags": own.hashtag_limit}
    found = []
    for limit in known:
        number = written.pop(limit.part, None)
        found.append(limit if number is None or number == limit.error else _changed(limit, number))
    for part, number in written.items():
        if number is not None:
            found.append(Limit(part=part, error=number, source=_OWN))
    return tuple(found)


def texts_too_long(calendar: Calendar, platforms: Mapping[str, Platform]) -> Iterator[TooLong]:
    """Every part of every post that is over a limit of its channel, each part once; cancelled posts are left out."""
    own = {row.channel: row for row in reversed(calendar.text_limits)}
    limits = {channel: limits_of(channel, platforms, own.get(channel)) for channel in calendar.channels}
    for post in calendar.posts:
        if post.channel is None or post.status == "cancelled":
            continue
        too_long = [_compare(post, limit) for limit in limits[post.channel]]
        by_part = {found.part: found for found in reversed(too_long) if found is not None}
        yield from by_part.values()


def _compare(post: Post, limit: Limit) -> TooLong | None:
    length = _length(post, limit)
    most = limit.error if limit.warn is None or length > limit.error else limit.warn
    if length <= most:
        return None
    return TooLong(post=post, part=limit.part, length=length, most=most, refused=length > limit.error, limit=limit)


def _length(post: Post, limit: Limit) -> int:
    if limit.part == "hashtags":
        return count_hashtags(post.full_text) if post.copy is not None else count_hashtags(post.hashtags or "")
    text = post.full_text if limit.part == "copy" else post.title or ""
    return COUNTERS[limit.count](text)


def _changed(limit: Limit, number: int) -> Limit:
    return msgspec.structs.replace(limit, error=number, warn=None, source=_OWN, date="")
