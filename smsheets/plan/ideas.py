"""Ideas that wait: which of them can become a post now, and on which channel."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

import msgspec

from smsheets.plan.calendar import Calendar, Idea, Post


class ReadyIdea(msgspec.Struct, frozen=True, kw_only=True):
    """An idea that can be used now.

    Attributes:
        name: Its text and its id, as a report quotes them.
        channel: Where it is meant for; None fits anywhere.
    """

    name: str
    channel: str | None = None
    pillar: str | None = None


def ready_ideas(calendar: Calendar, as_of: date, rest_days: int) -> tuple[ReadyIdea, ...]:
    """Ideas never used, evergreen ones that have rested long enough, and posts that are still ideas.

    Never used ones come first, then those that have rested longest. A post that is still an idea counts unless its day
    is past.
    """
    ideas = [idea for idea in calendar.ideas if idea.idea and _is_ready(idea, as_of, rest_days)]
    ideas.sort(key=lambda idea: idea.last_used or date.min)
    waiting = [post for post in calendar.posts if _waits(post, as_of)]
    return (
        *(
            ReadyIdea(name=_named(post.title, post.post_id), channel=post.channel, pillar=post.pillar)
            for post in waiting
        ),
        *(ReadyIdea(name=_named(idea.idea, idea.idea_id), channel=idea.channel, pillar=idea.pillar) for idea in ideas),
    )


def deal_ideas(ideas: Sequence[ReadyIdea], channels: Collection[str], most: int) -> Mapping[str, tuple[str, ...]]:
    """The names of at most so many ideas per channel; one that fits anywhere goes to the channel with the fewest."""
    dealt: dict[str, list[str]] = {channel: [] for channel in channels}
    for idea in ideas:
        if idea.channel in dealt:
            dealt[idea.channel].append(idea.name)
    for idea in ideas:
        if idea.channel is None and dealt:
            min(dealt.values(), key=len).append(idea.name)
    return {channel: tuple(names[:most]) for channel, names in dealt.items()}


def _is_ready(idea: Idea, as_of: date, rest_days: int) -> bool:
    if idea.last_used is None:
        return True
    return bool(idea.evergreen) and (as_of - idea.last_used).days >= rest_days


def _waits(post: Post, as_of: date) -> bool:
    return post.status == "idea" and bool(post.title) and (post.date is None or post.date >= as_of)


def _named(text: str | None, ref: str | None) -> str:
    return f"'{text}' ({ref})" if ref else f"'{text}'"
