"""Texts against what each channel allows."""

from __future__ import annotations

import pytest

from smsheets.layout.prefill import prefilled_rows
from smsheets.plan.calendar import Calendar, Post, TextLimit
from smsheets.plan.reference import Count, Limit, Platform
from smsheets.plan.texts import limits_of, texts_too_long
from smsheets.profile import Profile
from smsheets.spec.reference import load_platforms
from smsheets.spec.vocabulary import RowSource

PLATFORMS = load_platforms()


def too_long(post: Post, *own: TextLimit) -> list[tuple[str, int, int, bool]]:
    found = texts_too_long(Calendar(posts=(post,), text_limits=own), PLATFORMS)
    return [(item.part, item.length, item.most, item.refused) for item in found]


@pytest.mark.parametrize(
    ("channel", "copy", "found"),
    [
        ("x", "a" * 280, []),
        ("x", "a" * 281, [("copy", 281, 280, True)]),
        ("x", "日" * 141, [("copy", 282, 280, True)]),
        ("x", "a" * 250 + " https://clay.example/" + "b" * 200, []),
        ("threads", "\U0001f44d" * 126, [("copy", 504, 500, True)]),
        ("bluesky", "e\u0301" * 300, []),
        ("bluesky", "\U0001f468\u200d\U0001f469\u200d\U0001f467" * 200, [("copy", 3600, 3000, True)]),
        ("youtube", "é" * 2501, [("copy", 5002, 5000, True)]),
        ("pinterest", "a" * 501, [("copy", 501, 500, False)]),
        ("pinterest", "a" * 801, [("copy", 801, 800, True)]),
        ("tiktok", "a" * 2201, [("copy", 2201, 2200, False)]),
        ("mastodon", "a" * 501, [("copy", 501, 500, True)]),
        ("mastodon", "a" * 476 + " https://clay.example/" + "b" * 200, []),
        ("google_business", "a" * 1500, []),
        ("My newsletter", "a" * 100_000, []),
        ("instagram", "a #b #c #d #e #f #g", [("hashtags", 6, 5, True)]),
    ],
)
def test_each_channel_counts_its_own_way(channel: str, copy: str, found: list[tuple[str, int, int, bool]]) -> None:
    assert too_long(Post(channel=channel, copy=copy)) == found


def test_titles_and_hashtags_beside_the_text() -> None:
    assert too_long(Post(channel="youtube", title="a" * 101)) == [("title", 101, 100, True)]
    assert too_long(Post(channel="instagram", hashtags="#a #b #c #d #e #f")) == [("hashtags", 6, 5, True)]
    assert too_long(Post(channel="x", copy="a" * 276, hashtags="#clay")) == [("copy", 282, 280, True)]


def test_the_sheet_goes_before_the_platform() -> None:
    short = TextLimit(channel="pinterest", limit=300)
    assert too_long(Post(channel="pinterest", copy="a" * 301), short) == [("copy", 301, 300, True)]
    own = TextLimit(channel="Newsletter", limit=10)
    assert too_long(Post(channel="Newsletter", copy="a" * 11), own) == [("copy", 11, 10, True)]
    same = TextLimit(channel="pinterest", limit=800)
    assert too_long(Post(channel="pinterest", copy="a" * 501), same) == [("copy", 501, 500, False)]


@pytest.mark.parametrize("written", [300, 3000])
def test_every_limit_of_a_platform_holds_whichever_of_them_the_sheet_shows(written: int) -> None:
    own = TextLimit(channel="bluesky", limit=written)
    assert too_long(Post(channel="bluesky", copy="a" * 400), own) == [("copy", 400, 300, True)]
    family = "\U0001f468\u200d\U0001f469\u200d\U0001f467"
    assert too_long(Post(channel="bluesky", copy=family * 200), own) == [("copy", 3600, 3000, True)]


def test_a_new_workbook_shows_the_tighter_limit() -> None:
    profile = Profile(channels=tuple(PLATFORMS))
    rows = {row["channel"]: row for row in prefilled_rows(RowSource.TEXT_LIMITS, profile)}
    for channel, platform in PLATFORMS.items():
        tightest = min((limit.error for limit in platform.limits if limit.part == "copy"), default=None)
        assert (channel in rows) == platform.posts, channel
        assert not platform.posts or rows[channel]["limit"] == tightest, channel
    assert rows["bluesky"]["limit"] == 300


def test_a_changed_number_is_still_counted_the_channel_s_way() -> None:
    limit = Limit(part="copy", error=280, count=Count.X_WEIGHTED, source="docs")
    platforms = {"x": Platform(id="x", name="X", limits=(limit,))}
    changed = limits_of("x", platforms, TextLimit(channel="x", limit=4000))
    assert [(item.error, item.count) for item in changed] == [(4000, Count.X_WEIGHTED)]


@pytest.mark.parametrize(
    "post", [Post(), Post(channel="x"), Post(copy="a" * 999), Post(channel="x", status="cancelled", copy="a" * 999)]
)
def test_blank_and_cancelled_posts_are_left_out(post: Post) -> None:
    assert too_long(post) == []
