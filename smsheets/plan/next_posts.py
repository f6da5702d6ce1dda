"""The posts that are still to come, as far as they can be changed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from smsheets.plan.calendar import Calendar, Post


def next_posts(calendar: Calendar, as_of: date, channels: Collection[str | None] = ()) -> list[Post]:
    """Planned posts after a day that are not out yet, the next first; of some channels only, where any is named."""
    found = [
        post
        for post in calendar.planned_posts
        if post.date is not None and post.date > as_of and not post.is_published
        if not channels or post.channel in channels
    ]
    return sorted(found, key=lambda post: (post.date or date.max, post.post_id or ""))
