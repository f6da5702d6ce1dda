"""What is known of the platforms: whole, with sources, and without names that mean two of them."""

from __future__ import annotations

import pytest

from smsheets.plan.reference import Count, Platform
from smsheets.spec.load import load_spec
from smsheets.spec.model import Column, Table
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


@pytest.mark.parametrize(("kind", "table", "low", "high"), [
    ("calendar", "cadence_wanted", "low", "high"), ("strategy", "channels", "posts_low", "posts_high"),
])  # fmt: skip
def test_the_hint_has_the_lighter_rhythm(kind: str, table: str, low: str, high: str) -> None:
    hints = {column.id: column.hint for column in _columns(kind, table)}
    lighter = [item for item in sorted(PLATFORMS.values(), key=lambda item: item.name) if item.light is not None]
    assert ", ".join(f"{item.name} {item.light.low:g}" for item in lighter if item.light) in hints[low]
    assert ", ".join(f"{item.name} {item.light.high:g}" for item in lighter if item.light) in hints[high]


def _columns(kind: str, table: str) -> tuple[Column, ...]:
    blocks = (block for sheet in load_spec(kind).sheets for block in sheet.blocks)
    return next(block.columns for block in blocks if isinstance(block, Table) and block.id == table)


def test_a_lighter_rhythm_is_lighter_and_has_its_source() -> None:
    for platform in PLATFORMS.values():
        if platform.light is not None:
            assert platform.cadence is not None
            assert platform.light.low <= platform.cadence.low
            assert platform.light.high <= platform.cadence.high
            assert platform.light.source
