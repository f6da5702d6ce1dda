"""Rules about where selling posts lead, and whether the visits they bring can be counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from smsheets.analysis.context import Context
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
from smsheets.plan.known import add_known
from smsheets.plan.mix import promotional_pillars

_LATER = "They are out. Give the next selling post a link to the very page of what it sells, before it is scheduled."
_TAG_LATER = (
    "They are out. In the next ones fill in 'UTM source' ({sources}) and 'UTM medium' (social, or paid_social where "
    "you pay), and use the column 'Tracked link'."
)


@rule(
    "calendar.no_link",
    level=Level.WARNING,
    needs=("calendar",),
    says="Selling posts without a link: {posts}. Whoever wants to buy does not know where.",
    todo="Fill in 'Link' of {posts} with the very page of what they sell; the next one goes out on {date}.",
    source="This program's own rule: a selling post leads somewhere",
    thresholds=("calendar.link_look_back_days",),
    weight=3,
)
def check_selling_posts_have_links(context: Context) -> Iterator[Hit]:
    """Posts to come, and posts of the last days, of promotional pillars without a link; a note where all are out.

    At stake is the ad money that the KPI report knows for them.
    """
    yield from _found(context, [post for post in _selling(context) if not post.link], "link", _LATER)


@rule(
    "calendar.no_utm",
    level=Level.NOTE,
    needs=("calendar",),
    says="Selling posts whose link is not tracked: {posts}. The orders they bring will count for nobody.",
    todo="Fill in 'UTM source' ({sources}) and 'UTM medium' (social, or paid_social where you pay) of {posts}, and use "
    "the column 'Tracked link'; the next one goes out on {date}.",
    source="Common practice of web statistics: source and medium tell a visit apart",
    thresholds=("calendar.link_look_back_days",),
    weight=3,
)
def check_links_are_tracked(context: Context) -> Iterator[Hit]:
    """Posts to come, and posts of the last days, that sell and have a link without source or medium.

    A boosted post among them makes it a warning. At stake is the ad money that the KPI report knows for them.
    """
    found = [post for post in _selling(context) if post.link and not (post.utm_source and post.utm_medium)]
    yield from _found(context, found, "utm_source", _TAG_LATER)


def _selling(context: Context) -> list[Post]:
    """The selling posts that are to come, by date, then those that went out lately, the last first."""
    selling = promotional_pillars(calendar_of(context))
    ahead = [post for post in posts_to_come(context) if post.pillar in selling]
    back = whole(context, "calendar.link_look_back_days")
    lately = [
        (post.out_on, post)
        for post in calendar_of(context).published_posts
        if post.pillar in selling and post.out_on is not None and 0 <= (context.as_of - post.out_on).days <= back
    ]
    return ahead + [post for _, post in sorted(lately, key=lambda pair: pair[0], reverse=True)]


def _found(context: Context, posts: Sequence[Post], field: str, when_out: str) -> Iterator[Hit]:
    if not posts:
        return
    first = posts[0]
    values: dict[str, Wording] = {
        "posts": names_of(posts),
        "sources": tuple(dict.fromkeys(post.channel for post in posts if post.channel)),
    }
    if first.date is not None:
        values["date"] = first.date
    spent = _spent(context, posts)
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


def _spent(context: Context, posts: Iterable[Post]) -> Decimal | None:
    """The ad money of these posts in the KPI report; None where there is none."""
    ids = {post.post_id for post in posts if post.post_id}
    return add_known(row.spend for row in results_of(context) if row.post_id in ids) or None
