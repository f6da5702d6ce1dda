"""Rules about the texts of posts and the links in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from smsheets.analysis.context import Term
from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Level, Wording, rule
from smsheets.analysis.rules.calendar.posts import posts_hit
from smsheets.analysis.subjects import first_cells, places_of_posts, post_names, post_root, posts_id
from smsheets.plan.calendar import Post
from smsheets.plan.content import promotional_pillars
from smsheets.plan.record import add_known, group_by
from smsheets.plan.texts import TooLong

_ITS_CHANNEL = Term("its channel")
"""For the source of a post that has no channel yet."""


@rule("calendar.no_link")
def check_selling_posts_have_links(facts: Facts) -> Iterator[Hit]:
    """Posts to come, and posts of the last days, of promotional pillars without a link; a note where all are out.

    At stake is the ad money that the KPI report knows for them.
    """
    yield from _about_links(facts, [post for post in _selling_posts(facts) if not post.link], "link")


@rule("calendar.no_utm")
def check_links_are_tracked(facts: Facts) -> Iterator[Hit]:
    """Posts to come, and posts of the last days, that sell and have a link without source or medium.

    A boosted post among them makes it a warning. At stake is the ad money that the KPI report knows for them.
    """
    linked = [post for post in _selling_posts(facts) if post.link]
    yield from _about_links(facts, [post for post in linked if not (post.utm_source and post.utm_medium)], "utm_source")


def _selling_posts(facts: Facts) -> list[Post]:
    """The selling posts that are to come, by date, then those that went out lately, the last first."""
    selling = promotional_pillars(facts.calendar)
    back = int(facts.thresholds["calendar.link_look_back_days"])
    lately = [
        (post.out_on, post)
        for post in facts.calendar.published_posts
        if post.pillar in selling and post.out_on is not None and 0 <= (facts.as_of - post.out_on).days <= back
    ]
    lately.sort(key=lambda pair: pair[0], reverse=True)
    return [post for post in facts.posts_to_come if post.pillar in selling] + [post for _, post in lately]


def _about_links(facts: Facts, posts: Sequence[Post], field: str) -> Iterator[Hit]:
    if not posts:
        return
    first = posts[0]
    values: dict[str, Wording] = {"sources": tuple(dict.fromkeys(post.channel or _ITS_CHANNEL for post in posts))}
    if first.date is not None:
        values["date"] = first.date
    spent = _spent(facts, posts)
    paid = spent is not None or any(post.boosted for post in posts)
    yield posts_hit(
        posts,
        field,
        level=Level.WARNING if paid else Level.NOTE if first.is_published else None,
        values=values,
        effect=spent,
        case="all_out" if first.is_published else "",
    )


def _spent(facts: Facts, posts: Iterable[Post]) -> Decimal | None:
    """The ad money of these posts in the KPI report; None where there is none."""
    ids = {post.post_id for post in posts if post.post_id}
    return add_known(row.spend for row in facts.post_results if row.post_id in ids) or None


@rule("calendar.same_text")
def check_texts_differ_between_channels(facts: Facts) -> Iterator[Hit]:
    """Groups of posts whose texts are nearly the same, on more than one channel; those that are all out are a note."""
    for posts in facts.alike_posts:
        channels = tuple(dict.fromkeys(facts.channel_name(post.channel) for post in posts if post.channel))
        if len(channels) < 2:
            continue
        waiting = [post for post in posts if not post.is_published]
        days = [post.date for post in waiting if post.date is not None and post.date >= facts.as_of]
        yield posts_hit(
            posts,
            "copy",
            root=_text_root(posts),
            level=None if waiting else Level.NOTE,
            values={"channels": channels, **({"date": min(days)} if days else {})},
            case="rewrite" if days else "all_out" if not waiting else "",
        )


@rule("calendar.repeated_text")
def check_texts_are_not_repeated(facts: Facts) -> Iterator[Hit]:
    """Posts of one channel with nearly the same text, too soon after each other; one for each text and channel."""
    for group in facts.alike_posts:
        dated = [post for post in group if post.date is not None]
        for channel, posts in group_by(dated, lambda post: post.channel).items():
            yield from _repetitions(facts, channel, posts, _text_root(group))


def _text_root(posts: Sequence[Post]) -> str:
    """The one text that all these posts have."""
    return f"text of {posts[0].name}" if posts[0].name else ""


_Dated = tuple[date, Post]


def _repetitions(facts: Facts, channel: str, posts: Sequence[Post], root: str) -> Iterator[Hit]:
    """The closest pair that is too close, with all posts that have such a neighbour."""
    least = int(facts.thresholds["calendar.repeat_days"])
    dated = sorted(((post.date, post) for post in posts if post.date is not None), key=lambda pair: pair[0])
    close = [(one, other) for one, other in pairwise(dated) if (other[0] - one[0]).days <= least]
    if not close:
        return
    (day, first), (next_day, second) = _most_urgent(close, facts.as_of)
    with_neighbour = {id(post) for pair in close for _, post in pair}
    near = [post for _, post in dated if id(post) in with_neighbour]
    yield posts_hit(
        near,
        "copy",
        root=root,
        values={
            "first": first.name,
            "second": second.name,
            "channel": facts.channel_name(channel),
            "days": (next_day - day).days,
            "date": next_day,
            "least": least,
        },
        case="rewrite" if not second.is_published and next_day >= facts.as_of else "",
    )


def _most_urgent(pairs: Sequence[tuple[_Dated, _Dated]], as_of: date) -> tuple[_Dated, _Dated]:
    """A pair whose second post can still be changed before others, then the closest one."""

    def key(pair: tuple[_Dated, _Dated]) -> tuple[bool, int]:
        (day, _), (next_day, second) = pair
        return second.is_published or next_day < as_of, (next_day - day).days

    return min(pairs, key=key)


@rule("calendar.text_too_long")
def check_texts_fit(facts: Facts) -> Iterator[Hit]:
    """Texts over a hard limit of their channel; those that are out already are a warning."""
    yield from _by_limit(facts, [item for item in facts.texts_too_long if item.part == "copy" and item.refused])


@rule("calendar.text_may_be_cut")
def check_texts_fit_surely(facts: Facts) -> Iterator[Hit]:
    """Texts over a limit that not all sources name."""
    yield from _by_limit(facts, [item for item in facts.texts_too_long if item.part == "copy" and not item.refused])


@rule("calendar.title_too_long")
def check_titles_fit(facts: Facts) -> Iterator[Hit]:
    """Titles over a limit of their channel."""
    yield from _by_limit(facts, [item for item in facts.texts_too_long if item.part == "title"])


@rule("calendar.too_many_hashtags")
def check_hashtags_fit(facts: Facts) -> Iterator[Hit]:
    """Posts with more hashtags than their channel takes."""
    yield from _by_limit(facts, [item for item in facts.texts_too_long if item.part == "hashtags"])


def _by_limit(facts: Facts, found: Sequence[TooLong]) -> Iterator[Hit]:
    """One hit for each channel and limit, the posts that are out apart from those that can still be changed."""
    groups = group_by(found, lambda item: (item.post.channel, item.most, item.post.is_published))
    for (channel, most, is_out), items in groups.items():
        posts = [item.post for item in items]
        shown = items[: len(post_names(posts))]
        yield Hit(
            about=posts_id(posts),
            root=post_root(posts),
            within=places_of_posts(posts),
            level=Level.WARNING if is_out else None,
            evidence=first_cells(item.post.cell(_column(item)) for item in shown),
            values={
                "posts": post_names(posts),
                "channel": facts.channel_name(channel),
                "length": tuple(item.length for item in shown),
                "most": most,
                "over": tuple(item.length - most for item in shown),
            },
            case="all_out" if is_out else "",
        )


def _column(found: TooLong) -> str:
    """The column to look at: hashtags in the text itself are too many there."""
    return "copy" if found.part == "hashtags" and found.post.hashtags is None else found.part
