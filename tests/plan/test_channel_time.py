"""The time that channels want, and channels that are there for the same."""

from __future__ import annotations

from decimal import Decimal

import pytest

from smsheets.plan.strategy import Channel
from smsheets.plan.workload import alike_purposes, running_channels, wanted_hours

MINUTES = {"photo": Decimal(60), "story": Decimal(20)}


@pytest.mark.parametrize(
    ("posts", "formats", "hours"),
    [
        ("3", ("photo",), Decimal(3)),
        ("3", ("photo", "story"), Decimal(2)),
        ("2", (), Decimal("1.5")),
        ("2", ("drawing",), Decimal("1.5")),
        (None, ("photo",), Decimal(0)),
    ],
)
def test_hours_are_posts_by_the_minutes_of_their_formats(
    posts: str | None, formats: tuple[str, ...], hours: Decimal
) -> None:
    channel = Channel(channel="x", posts_low=None if posts is None else Decimal(posts), formats=formats)
    assert wanted_hours(channel, MINUTES, Decimal(45)) == hours


def test_stopped_and_nameless_channels_do_not_run() -> None:
    channels = [Channel(channel="x"), Channel(channel="tiktok", decision="stop"), Channel(purpose="Sell")]
    assert [channel.channel for channel in running_channels(channels)] == ["x"]


def test_purposes_are_alike_by_most_of_their_words_or_by_the_same_few() -> None:
    texts = {
        "a": "Show new pieces every week and sell them",
        "b": "Sell",
        "c": "Show new pieces every day and sell them",
        "d": "sell!",
        "e": None,
        "f": "?",
        "g": "!",
    }
    channels = [Channel(channel=name, purpose=text) for name, text in texts.items()]
    groups = alike_purposes(channels, Decimal("0.8"))
    assert [[channel.channel for channel in group] for group in groups] == [["a", "c"], ["b", "d"]]
    assert [len(group) for group in alike_purposes(channels, Decimal("0.95"))] == [2]
