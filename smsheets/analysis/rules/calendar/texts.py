"""Rules about the texts of posts and the links in them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Level, Wording, rule
from smsheets.analysis.rules.calendar.names import (
    about_of,
    calendar_of,
    cells_of,
    names_of,
    posts_to_come,
    results_of,
    root_of,
    whole,
)
from smsheets.plan.calendar import Post
from smsheets.plan.content import promotional_pillars
from smsheets.plan.record import add_known
from smsheets.plan.texts import TooLong, alike_groups, texts_too_long

_LATER = "They are out. Give the next selling post a link to the very page of what it sells, before it is scheduled."
_TAG_LATER = (
    "They are out. In the next ones fill in 'UTM source' ({sources}) and 'UTM medium' (social, or paid_social where "
    "you pay), and use the column 'Tracked link'."
)


@rule("calendar.no_link")
def check_selling_posts_have_links(facts: Facts) -> Iterator[Hit]:
    """Posts to come, and posts of the last days, of promotional pillars without a link; a note where all are out.

    At stake is the ad money that the KPI report knows for them.
    """
    yield from _found(facts, [post for post in _selling(facts) if not post.link], "link", _LATER)


@rule("calendar.no_utm")
def check_links_are_tracked(facts: Facts) -> Iterator[Hit]:
    """Posts to come, and posts of the last days, that sell and have a link without source or medium.

    A boosted post among them makes it a warning. At stake is the ad money that the KPI report knows for them.
    """
    found = [post for post in _selling(facts) if post.link and not (post.utm_source and post.utm_medium)]
    yield from _found(facts, found, "utm_source", _TAG_LATER)


def _selling(facts: Facts) -> list[Post]:
    """The selling posts that are to come, by date, then those that went out lately, the last first."""
    selling = promotional_pillars(calendar_of(facts))
    ahead = [post for post in posts_to_come(facts) if post.pillar in selling]
    back = whole(facts, "calendar.link_look_back_days")
    lately = [
        (post.out_on, post)
        for post in calendar_of(facts).published_posts
        if post.pillar in selling and post.out_on is not None and 0 <= (facts.as_of - post.out_on).days <= back
    ]
    return ahead + [post for _, post in sorted(lately, key=lambda pair: pair[0], reverse=True)]


def _found(facts: Facts, posts: Sequence[Post], field: str, when_out: str) -> Iterator[Hit]:
    if not posts:
        return
    first = posts[0]
    values: dict[str, Wording] = {
        "posts": names_of(posts),
        "sources": tuple(dict.fromkeys(post.channel for post in posts if post.channel)),
    }
    if first.date is not None:
        values["date"] = first.date
    spent = _spent(facts, posts)
    paid = spent is not None or any(post.boosted for post in posts)
    yield Hit(
        about=about_of(posts),
        root=root_of(posts),
        level=Level.WARNING if paid else Level.NOTE if first.is_published else None,
        evidence=cells_of(posts, field),
        values=values,
        effect=spent,
        todo=when_out if first.is_published else "",
    )


def _spent(facts: Facts, posts: Iterable[Post]) -> Decimal | None:
    """The ad money of these posts in the KPI report; None where there is none."""
    ids = {post.post_id for post in posts if post.post_id}
    return add_known(row.spend for row in results_of(facts) if row.post_id in ids) or None


_CHANGE = "Write {second} anew before {date}, or move it to {least} days after {first}."
_CUT = "They are out: look whether they were cut, and shorten them by {over} where that can still be edited."
_TAKE_AWAY = "They are out: take hashtags away where that can still be edited, {over} too many."


@rule("calendar.same_text")
def check_texts_differ_between_channels(facts: Facts) -> Iterator[Hit]:
    """Groups of posts whose texts are nearly the same, on more than one channel; those that are all out are a note."""
    for posts in _alike(facts):
        channels = tuple(dict.fromkeys(facts.channel_name(post.channel) for post in posts if post.channel))
        if len(channels) < 2:
            continue
        waiting = [post for post in posts if not post.is_published]
        days = [post.date for post in waiting if post.date is not None and post.date >= facts.as_of]
        values = {"posts": names_of(posts), "channels": channels}
        yield Hit(
            about=about_of(posts),
            root=_text_root(posts),
            level=None if waiting else Level.NOTE,
            evidence=cells_of(posts, "copy"),
            values={**values, "date": min(days)} if days else values,
            case="rewrite" if days else "all_out" if not waiting else "",
        )


@rule("calendar.repeated_text")
def check_texts_are_not_repeated(facts: Facts) -> Iterator[Hit]:
    """Posts of one channel with nearly the same text, too soon after each other; one for each text and channel."""
    for group in _alike(facts):
        by_channel: dict[str, list[Post]] = defaultdict(list)
        for post in group:
            if post.channel is not None and post.date is not None:
                by_channel[post.channel].append(post)
        for channel, posts in by_channel.items():
            yield from _repetitions(facts, channel, posts, _text_root(group))


@rule("calendar.text_too_long")
def check_texts_fit(facts: Facts) -> Iterator[Hit]:
    """Texts over a hard limit of their channel; those that are out already are a warning."""
    found = [item for item in _too_long(facts) if item.part == "copy" and item.refused]
    yield from _by_limit(facts, found, _CUT)


@rule("calendar.text_may_be_cut")
def check_texts_fit_surely(facts: Facts) -> Iterator[Hit]:
    """Texts over a limit that not all sources name."""
    found = [item for item in _too_long(facts) if item.part == "copy" and not item.refused]
    yield from _by_limit(facts, found, _CUT)


@rule("calendar.title_too_long")
def check_titles_fit(facts: Facts) -> Iterator[Hit]:
    """Titles over a limit of their channel."""
    yield from _by_limit(facts, [item for item in _too_long(facts) if item.part == "title"], _CUT)


@rule("calendar.too_many_hashtags")
def check_hashtags_fit(facts: Facts) -> Iterator[Hit]:
    """Posts with more hashtags than their channel takes."""
    yield from _by_limit(facts, [item for item in _too_long(facts) if item.part == "hashtags"], _TAKE_AWAY)


def _too_long(facts: Facts) -> Iterator[TooLong]:
    return texts_too_long(calendar_of(facts), facts.platforms)


def _by_limit(facts: Facts, found: Sequence[TooLong], when_out: str) -> Iterator[Hit]:
    """One hit for each channel and limit, the posts that are out apart from those that can still be changed."""
    groups: dict[tuple[str | None, int, bool], list[TooLong]] = defaultdict(list)
    for item in found:
        groups[item.post.channel, item.most, item.post.is_published].append(item)
    for (channel, most, is_out), items in groups.items():
        posts = [item.post for item in items]
        shown = items[: len(names_of(posts))]
        yield Hit(
            about=about_of(posts),
            root=root_of(posts),
            level=Level.WARNING if is_out else None,
            evidence=tuple(item.post.cell(_column(item)) for item in shown),
            values={
                "posts": names_of(posts),
                "channel": facts.channel_name(channel),
                "length": tuple(item.length for item in shown),
                "most": most,
                "over": tuple(item.length - most for item in shown),
            },
            todo=when_out if is_out else "",
        )


def _column(found: TooLong) -> str:
    """The column to look at: hashtags that stand in the text itself are too many there."""
    return "copy" if found.part == "hashtags" and found.post.hashtags is None else found.part


def _alike(facts: Facts) -> list[list[Post]]:
    """Groups of posts with nearly the same text, in the order of the sheet."""
    posts = [post for post in calendar_of(facts).posts if post.copy is not None and post.status != "cancelled"]
    least = float(facts.thresholds["calendar.same_text_share"])
    groups = alike_groups(tuple(post.copy or "" for post in posts), least)
    return [[posts[position] for position in group] for group in groups]


def _text_root(posts: Sequence[Post]) -> str:
    """The one text that all these posts have."""
    return f"text of {posts[0].name}" if posts[0].name else ""


def _repetitions(facts: Facts, channel: str, posts: list[Post], root: str) -> Iterator[Hit]:
    """The closest pair that is too close, with all posts that have such a neighbour."""
    least = whole(facts, "calendar.repeat_days")
    dated = sorted(((post.date, post) for post in posts if post.date is not None), key=lambda pair: pair[0])
    close = [(one, other) for one, other in pairwise(dated) if (other[0] - one[0]).days <= least]
    if not close:
        return
    (day, first), (next_day, second) = _most_urgent(close, facts.as_of)
    with_neighbour = {id(post) for pair in close for _, post in pair}
    near = [post for _, post in dated if id(post) in with_neighbour]
    yield Hit(
        about=about_of(near),
        root=root,
        evidence=cells_of(near, "copy"),
        values={
            "first": first.name,
            "second": second.name,
            "posts": names_of(near),
            "channel": facts.channel_name(channel),
            "days": (next_day - day).days,
            "date": next_day,
            "least": least,
        },
        todo=_CHANGE if not second.is_published and next_day >= facts.as_of else "",
    )


Dated = tuple[date, Post]


def _most_urgent(pairs: Sequence[tuple[Dated, Dated]], as_of: date) -> tuple[Dated, Dated]:
    """A pair whose second post can still be changed before others, then the closest one."""

    def key(pair: tuple[Dated, Dated]) -> tuple[bool, int]:
        (day, _), (next_day, second) = pair
        return second.is_published or next_day < as_of, (next_day - day).days

    return min(pairs, key=key)
