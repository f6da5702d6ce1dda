"""What is known of the platforms: whole, with sources, and without names that mean two of them."""

from __future__ import annotations

import pytest

from smsheets.plan.reference import Count, Platform
from smsheets.spec.reference import load_kpi_definitions, load_platforms

PLATFORMS = load_platforms()
BUSINESS = {"link_clicks", "leads", "orders", "revenue", "replies", "store_visits"}


def test_all_platforms_are_there() -> None:
    assert list(PLATFORMS) == [
        "instagram", "facebook", "x", "linkedin", "tiktok", "youtube", "pinterest", "threads", "bluesky", "mastodon",
        "google_business", "website", "shop", "newsletter", "blog",
    ]  # fmt: skip


@pytest.mark.parametrize("platform", PLATFORMS.values(), ids=lambda platform: platform.id)
def test_every_number_has_its_source(platform: Platform) -> None:
    assert any(limit.part == "copy" for limit in platform.limits) == platform.posts
    assert platform.posts or platform.cadence is None
    for limit in platform.limits:
        assert limit.source
        assert limit.date
        assert limit.part in ("copy", "title", "hashtags")
        assert limit.warn is None or limit.warn < limit.error
    if platform.cadence is not None:
        assert platform.cadence.source
        assert platform.cadence.date
        assert 0 < platform.cadence.low <= platform.cadence.high


@pytest.mark.parametrize("platform", PLATFORMS.values(), ids=lambda platform: platform.id)
def test_kpis_are_known_and_not_applause_alone(platform: Platform) -> None:
    definitions = load_kpi_definitions()
    assert set(platform.kpis) <= set(definitions)
    assert len(set(platform.kpis)) == len(platform.kpis)
    assert BUSINESS & set(platform.kpis)


def test_no_name_means_two_platforms() -> None:
    names = [name for platform in PLATFORMS.values() for name in _names(platform)]
    assert {name for name in names if names.count(name) > 1} == set()


def _names(platform: Platform) -> set[str]:
    return {name.casefold() for name in (platform.id, platform.name, *platform.aliases)}


@pytest.mark.parametrize(
    ("platform", "count", "most"),
    [
        ("x", Count.X_WEIGHTED, 280),
        ("instagram", Count.CHARACTERS, 2200),
        ("facebook", Count.CHARACTERS, 63206),
        ("linkedin", Count.CHARACTERS, 3000),
        ("tiktok", Count.CHARACTERS, 4000),
        ("youtube", Count.BYTES, 5000),
        ("pinterest", Count.CHARACTERS, 800),
        ("threads", Count.THREADS, 500),
        ("bluesky", Count.GRAPHEMES, 300),
        ("mastodon", Count.MASTODON, 500),
        ("google_business", Count.CHARACTERS, 1500),
    ],
)
def test_limits(platform: str, count: Count, most: int) -> None:
    limit = next(limit for limit in PLATFORMS[platform].limits if limit.part == "copy")
    assert (limit.count, limit.error) == (count, most)
