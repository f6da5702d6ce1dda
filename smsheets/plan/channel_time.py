"""Channels against each other: the time that each wants, and whether two of them are there for the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from smsheets.plan.posting_load import MINUTES_PER_HOUR
from smsheets.plan.similar_texts import MIN_WORDS, plain_words, similar_groups
from smsheets.plan.strategy import Channel

STOP = "stop"
TEST = "test"


def running_channels(channels: Iterable[Channel]) -> list[Channel]:
    """The channels of the sheet Channels without those that are to be stopped."""
    return [channel for channel in channels if channel.channel is not None and channel.decision != STOP]


def wanted_hours(channel: Channel, minutes: Mapping[str, Decimal], otherwise: Decimal) -> Decimal:
    """The hours a week that a channel's posts take, as few as are wanted; 0 where no number is.

    Args:
        minutes: What a post takes by its format; of several formats, their mean counts.
        otherwise: Where the channel names no format, or one that is not in the table.
    """
    each = [minutes.get(format_, otherwise) for format_ in channel.formats] or [otherwise]
    return (channel.posts_low or Decimal(0)) * sum(each, Decimal(0)) / len(each) / MINUTES_PER_HOUR


def alike_purposes(channels: Sequence[Channel], least: Decimal) -> list[tuple[Channel, ...]]:
    """Channels whose purposes say the same or nearly the same, `least` (0..1) or more of the words in common.

    Purposes of few words are alike by chance: those count only with the very same words.
    """
    told = [channel for channel in channels if channel.purpose is not None]
    words = [plain_words(channel.purpose or "") for channel in told]
    groups = similar_groups([channel.purpose or "" for channel in told], float(least))
    short: dict[tuple[str, ...], list[int]] = {}
    for place, own in enumerate(words):
        if 0 < len(own) < MIN_WORDS:
            short.setdefault(own, []).append(place)
    groups += [places for places in short.values() if len(places) > 1]
    return [tuple(told[place] for place in group) for group in sorted(groups)]
