"""Rules about what posts need before they go out: somebody who does them, a text that is done, words for a picture."""

from __future__ import annotations

from collections.abc import Iterator

from smsheets.analysis.context import Context
from smsheets.analysis.finding import Hit, Level, rule
from smsheets.analysis.rules.calendar.capacity import UNOWNED
from smsheets.analysis.rules.calendar.names import (
    about_of,
    calendar_of,
    cells_of,
    days_ahead,
    names_of,
    people_with,
    posts_to_come,
    root_of,
)
from smsheets.plan.calendar import READY

_FINISH = "Begin with {post}, it goes out on {date}; ask {people}."


@rule(
    "calendar.not_ready",
    level=Level.WARNING,
    needs=("calendar",),
    says="Posts to go out by {last} that are neither approved nor scheduled: {posts}.",
    todo="Begin with {post}, it goes out on {date}. What cannot be finished gets a later date.",
    source="Your own column Status",
    thresholds=("calendar.ready_days",),
    weight=2,
)
def check_next_posts_are_ready(context: Context) -> Iterator[Hit]:
    """Posts of the next days that are still a draft or in review; only where posts get approved or scheduled at all."""
    if not any(post.status in READY for post in calendar_of(context).posts):
        return
    last = days_ahead(context, "calendar.ready_days")
    late = [post for post in posts_to_come(context, last) if post.status not in READY]
    if late and late[0].date is not None:
        people = people_with(late)
        yield Hit(
            about=about_of(late),
            root=root_of(late),
            evidence=cells_of(late, "status"),
            values={
                "posts": names_of(late),
                "post": late[0].name,
                "date": late[0].date,
                "last": last,
                "people": people,
            },
            todo=_FINISH if people else "",
        )


@rule(
    "calendar.no_owner",
    level=Level.WARNING,
    needs=("calendar",),
    says="Posts of the next {days} days that nobody is responsible for: {posts}.",
    todo="Write into 'Owner' who does them; {post} goes out first, on {date}. People with posts so far: {people}.",
    source="This program's own rule: what everybody owns, nobody does",
    thresholds=("calendar.owner_days",),
    weight=2,
)
def check_next_posts_have_owners(context: Context) -> Iterator[Hit]:
    """Posts of the next days without an owner; only where the column is filled in at all, not for a lone owner."""
    people = people_with(calendar_of(context).posts)
    last = days_ahead(context, "calendar.owner_days")
    unowned = [post for post in posts_to_come(context, last) if post.owner is None]
    if people and unowned and unowned[0].date is not None:
        yield Hit(
            about=about_of(unowned),
            root=UNOWNED,
            evidence=cells_of(unowned, "owner"),
            values={
                "posts": names_of(unowned),
                "post": unowned[0].name,
                "date": unowned[0].date,
                "days": (last - context.as_of).days,
                "people": people,
            },
        )


@rule(
    "calendar.no_alt_text",
    level=Level.NOTE,
    needs=("calendar",),
    says="Pictures and videos of the next {days} days that nobody describes for people who cannot see them: {posts}.",
    todo="Write one sentence of what is to be seen into 'Alt text', beginning with {post}, which goes out on {date}.",
    source="Web Content Accessibility Guidelines 2.2, 1.1.1: pictures have a text alternative",
    thresholds=("calendar.alt_text_days",),
)
def check_pictures_have_alt_text(context: Context) -> Iterator[Hit]:
    """Posts of the next days whose format is a picture or a video, without an alt text."""
    last = days_ahead(context, "calendar.alt_text_days")
    blank = [post for post in posts_to_come(context, last) if post.shows_picture and post.alt_text is None]
    if blank and blank[0].date is not None:
        yield Hit(
            about=about_of(blank),
            root=root_of(blank),
            evidence=cells_of(blank, "alt_text"),
            values={
                "posts": names_of(blank),
                "post": blank[0].name,
                "date": blank[0].date,
                "days": (last - context.as_of).days,
            },
        )
