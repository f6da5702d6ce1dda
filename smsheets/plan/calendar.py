"""The calendar plan: posts, how often and in what mix they are wanted, key dates, ideas, text limits."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from datetime import date
from decimal import Decimal

from smsheets.plan.record import Plan, Record

PUBLISHED = "published"
_NOT_PLANNED = ("idea", "cancelled")
"""Statuses of posts that do not count as planned, even with a date."""
READY = ("approved", "scheduled", PUBLISHED)
"""Statuses of posts that need no more work before they go out."""
_PICTURE_FORMATS = ("photo", "carousel", "short_video", "video")
"""Formats that show something; a story lasts a day, and platforms take no alt text for it."""


class MonthView(Record, frozen=True, kw_only=True):
    """Which month the sheet Month view shows."""

    month: datetime.date | None = None


class CadenceView(Record, frozen=True, kw_only=True):
    """Which week the sheet Cadence shows."""

    week_of: datetime.date | None = None


class MixView(Record, frozen=True, kw_only=True):
    """From and to which day, both included, the sheet Mix counts; None is open."""

    from_day: datetime.date | None = None
    to_day: datetime.date | None = None


class Post(Record, frozen=True, kw_only=True):
    """One post on one channel."""

    post_id: str | None = None
    date: datetime.date | None = None
    time: datetime.time | None = None
    channel: str | None = None
    format: str | None = None
    pillar: str | None = None
    title: str | None = None
    copy: str | None = None
    owner: str | None = None
    status: str | None = None
    initiative_id: str | None = None
    goal_id: str | None = None
    language: str | None = None
    link: str | None = None
    utm_source: str | None = None
    utm_medium: str | None = None
    utm_campaign: str | None = None
    hashtags: str | None = None
    alt_text: str | None = None
    asset: str | None = None
    approver: str | None = None
    approved_on: datetime.date | None = None
    published_on: datetime.date | None = None
    published_link: str | None = None
    boosted: bool | None = None
    line_id: str | None = None

    @property
    def is_planned(self) -> bool:
        """Dated, and neither an idea nor cancelled."""
        return self.date is not None and self.status not in _NOT_PLANNED

    @property
    def is_published(self) -> bool:
        """Its status says that it is out."""
        return self.status == PUBLISHED

    @property
    def shows_picture(self) -> bool:
        """Its format is a picture or a video that can have an alt text."""
        return self.format in _PICTURE_FORMATS

    @property
    def out_on(self) -> datetime.date | None:
        """The day it went out: the one noted, else the planned one; None while it is not published."""
        return (self.published_on or self.date) if self.is_published else None

    @property
    def full_text(self) -> str:
        """The text with the hashtags noted beside it, as it is counted; empty where there is no text."""
        if self.copy is None:
            return ""
        return f"{self.copy} {self.hashtags}" if self.hashtags else self.copy

    @property
    def tracked_link(self) -> str | None:
        """The link with its utm parameters, before a `#` part; None without a link."""
        if self.link is None:
            return None
        given = (("source", self.utm_source), ("medium", self.utm_medium), ("campaign", self.utm_campaign))
        added = "&".join(f"utm_{name}={value.strip().replace(' ', '%20')}" for name, value in given if value)
        if not added:
            return self.link
        address, hash_mark, part = self.link.partition("#")
        return address + ("&" if "?" in self.link else "?") + added + hash_mark + part

    @property
    def name(self) -> str:
        """Its id, else its title: the name in a report."""
        return self.post_id or self.title or ""


class CadenceWanted(Record, frozen=True, kw_only=True):
    """How many posts a week are wanted on a channel; `high` None means more is always welcome."""

    channel: str | None = None
    low: Decimal | None = None
    high: Decimal | None = None


class MixTarget(Record, frozen=True, kw_only=True):
    """A subject, whether it sells, and the share (0..1) of posts wanted for it."""

    pillar: str | None = None
    promotional: bool | None = None
    target_share: Decimal | None = None


class KeyDate(Record, frozen=True, kw_only=True):
    """A holiday, an occasion, a sale day, an own date."""

    date: datetime.date | None = None
    name: str | None = None
    kind: str | None = None
    idea: str | None = None

    @property
    def is_given(self) -> bool:
        """A new workbook has it already: it is meant to have a post only where somebody wrote an idea beside it."""
        return self.kind in ("public_holiday", "occasion")


class Idea(Record, frozen=True, kw_only=True):
    """A post without a date, or one to use again."""

    idea_id: str | None = None
    idea: str | None = None
    pillar: str | None = None
    channel: str | None = None
    format: str | None = None
    evergreen: bool | None = None
    last_used: datetime.date | None = None
    note: str | None = None


class TextLimit(Record, frozen=True, kw_only=True):
    """How long a text may be on a channel, as the user's sheet says."""

    channel: str | None = None
    limit: int | None = None
    title_limit: int | None = None
    hashtag_limit: int | None = None
    source: str | None = None


class Calendar(Plan, frozen=True, kw_only=True):
    """A calendar workbook that was read."""

    month_view: MonthView = MonthView()
    cadence_view: CadenceView = CadenceView()
    mix_view: MixView = MixView()
    posts: tuple[Post, ...] = ()
    cadence_wanted: tuple[CadenceWanted, ...] = ()
    mix_targets: tuple[MixTarget, ...] = ()
    key_dates: tuple[KeyDate, ...] = ()
    ideas: tuple[Idea, ...] = ()
    text_limits: tuple[TextLimit, ...] = ()

    @property
    def planned_posts(self) -> tuple[Post, ...]:
        """Posts with a date that are neither ideas nor cancelled, published ones too."""
        return tuple(post for post in self.posts if post.is_planned)

    @property
    def published_posts(self) -> tuple[Post, ...]:
        """Posts that are out and whose day is known."""
        return tuple(post for post in self.posts if post.out_on is not None)

    @property
    def channels(self) -> tuple[str, ...]:
        """The channels with a wanted cadence, then those that only have posts, each once."""
        wanted = [row.channel for row in self.cadence_wanted]
        used = [post.channel for post in self.posts if post.status != "cancelled"]
        return tuple(dict.fromkeys(channel for channel in (*wanted, *used) if channel))


def next_posts(calendar: Calendar, as_of: date, channels: Collection[str | None] = ()) -> list[Post]:
    """Planned posts after a day that are not out yet, the next first; of some channels only, where any is named."""
    found = [
        post
        for post in calendar.planned_posts
        if post.date is not None and post.date > as_of and not post.is_published
        if not channels or post.channel in channels
    ]
    return sorted(found, key=lambda post: (post.date or date.max, post.post_id or ""))
