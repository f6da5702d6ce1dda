"""Rules about what works and what is ignored, post by post."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

import msgspec

from smsheets.analysis.context import Context, Term
from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Wording, rule
from smsheets.analysis.kpi_standards import rounded
from smsheets.analysis.rules.kpi_report.evidence import MOST_CELLS, posts_so_far
from smsheets.analysis.variance.kpi_report import posts_variance
from smsheets.cells import CellRef
from smsheets.plan.calendar import Post, next_posts
from smsheets.plan.kpi_report import PostResult
from smsheets.plan.post_rates import HOURS_IN_BLOCK, PostGroup, click_factor
from smsheets.plan.record import add_known, group_by

WEEKDAY_WORDS = (
    Term("Monday"),
    Term("Tuesday"),
    Term("Wednesday"),
    Term("Thursday"),
    Term("Friday"),
    Term("Saturday"),
    Term("Sunday"),
)


class _Told(msgspec.Struct, frozen=True, kw_only=True):
    """A group that stands out: what is compared, the column that says it, and the cause it is told under."""

    kind: Term
    column: str
    group: PostGroup
    root: str

    @property
    def about(self) -> str:
        """`format+carousel`, `weekday+6`, `hour+18`."""
        return f"{ABOUT_WORDS[self.column]}+{self.group.key}"


@rule("kpi-report.works")
def check_what_works(facts: Facts) -> Iterator[Hit]:
    """The best format, pillar, weekday and time of day, where it stands out."""
    limit = facts.thresholds["kpi-report.works_factor"]
    best = [
        (kind, column, groups[0])
        for kind, column, groups in _groups(facts)
        if len(groups) > 1 and groups[0].factor >= limit
    ]
    for told in _with_roots(best, facts):
        coming = _coming(told.group, facts)
        alike = [post for post in coming if _key_of(post, told.column) == told.group.key]
        other = [post for post in coming if post not in alike]
        values: dict[str, Wording] = {
            "planned": len(coming),
            "alike": len(alike),
            "posts": _first_names(other, facts),
        }
        yield _hit(told, facts, values, todo=MAKE_ALIKE if other else "")


MAKE_ALIKE = (
    "Do more of it. Posts to come on these channels: {planned}, of them like that: {alike}. Could {posts} be so too?"
)


@rule("kpi-report.ignored")
def check_what_is_ignored(facts: Facts) -> Iterator[Hit]:
    """The weakest format, pillar, weekday and time of day, where it falls behind and is not clicked all the more."""
    limit = facts.thresholds["kpi-report.ignored_factor"]
    report = facts.plans.kpi_report
    posts = posts_so_far(report, facts) if report is not None else []
    worst = [
        (kind, column, groups[-1])
        for kind, column, groups in _groups(facts)
        if len(groups) > 1 and groups[-1].factor <= limit and not _is_clicked(groups[-1], posts)
    ]
    for told in _with_roots(worst, facts):
        alike = [post for post in _coming(told.group, facts) if _key_of(post, told.column) == told.group.key]
        values: dict[str, Wording] = {"posts": _first_names(alike, facts)}
        yield _hit(told, facts, values, todo=CHANGE_PLANNED if alike else "")


CHANGE_PLANNED = "These are planned like that: {posts}. Make them differently, or swap them for something that works."


@rule("kpi-report.likes_without_clicks")
def check_liked_pillars_bring_clicks(facts: Facts) -> Iterator[Hit]:
    """Pillars with many likes whose clicks are all counted and all zero."""
    report = facts.plans.kpi_report
    if report is None:
        return
    for pillar, members in group_by(posts_so_far(report, facts), lambda post: post.pillar).items():
        likes = add_known(post.likes for post in members)
        clicks = [post.clicks for post in members if post.clicks is not None]
        orders = add_known(post.orders for post in members)
        if len(clicks) < facts.thresholds["kpi-report.group_posts"] or any(clicks) or orders:
            continue
        if likes is not None and likes >= facts.thresholds["kpi-report.liked_likes"]:
            calendar = facts.plans.calendar
            coming = [] if calendar is None else next_posts(calendar, facts.as_of)
            alike = [post for post in coming if post.pillar == pillar]
            yield Hit(
                about=pillar,
                root=f"pillar {pillar}",
                evidence=_cells(members, "clicks"),
                values={
                    "name": facts.list_word("pillars", pillar),
                    "count": len(members),
                    "likes": likes,
                    "posts": _first_names(alike, facts),
                },
                case="ask_for_something" if alike else "",
            )


def _is_clicked(group: PostGroup, posts: Sequence[PostResult]) -> bool:
    """Whether a group gets more clicks than is usual on its channels: then it is not ignored, whatever it is liked."""
    factor = click_factor(group.posts, posts)
    return factor is not None and factor > 1


def _groups(facts: Facts) -> Iterator[tuple[Term, str, tuple[PostGroup, ...]]]:
    """What is compared, the column that says it, and its groups, best first."""
    report = facts.plans.kpi_report
    if report is None:
        return
    found = posts_variance(report.post_results, facts)
    yield Term("Format"), "format", found.by_format
    yield Term("Pillar"), "pillar", found.by_pillar
    yield Term("Weekday"), "date", found.by_weekday
    yield Term("Time of day"), "time", found.by_hour


def _with_roots(found: Sequence[tuple[Term, str, PostGroup]], facts: Facts) -> list[_Told]:
    """Each group with its cause: two that are for a good part the same posts have one."""
    share = facts.thresholds["kpi-report.overlap_share"]
    told: list[_Told] = []
    for kind, column, group in sorted(found, key=lambda item: (item[1] != "pillar", -abs(item[2].factor - 1))):
        same = next((item.root for item in told if _overlap(item.group, group) >= share), None)
        own = f"pillar {group.key}" if column == "pillar" else f"{ABOUT_WORDS[column]} {group.key}"
        told.append(_Told(kind=kind, column=column, group=group, root=same or own))
    return told


def _overlap(one: PostGroup, other: PostGroup) -> Decimal:
    """How much of the smaller group is in the other one, 0..1."""
    shared = {id(post) for post in one.posts} & {id(post) for post in other.posts}
    return Decimal(len(shared)) / min(len(one.posts), len(other.posts))


def _hit(told: _Told, facts: Facts, values: dict[str, Wording], todo: str) -> Hit:
    return Hit(
        about=told.about,
        root=told.root,
        evidence=_cells(told.group.posts, told.column),
        values={
            "kind": told.kind,
            "name": GROUP_NAMES[told.column](facts, told.group.key),
            "factor": rounded(told.group.factor, 1),
            "count": len(told.group.posts),
            **values,
        },
        todo=todo,
    )


def _coming(group: PostGroup, facts: Facts) -> list[Post]:
    """The posts to come on the channels that a group was compared on."""
    calendar = facts.plans.calendar
    if calendar is None:
        return []
    return next_posts(calendar, facts.as_of, {post.channel for post in group.posts})


def _key_of(post: Post, column: str) -> str | int | None:
    if column == "date":
        return None if post.date is None else post.date.isoweekday()
    if column == "time":
        return None if post.time is None else post.time.hour // HOURS_IN_BLOCK * HOURS_IN_BLOCK
    return post.format if column == "format" else post.pillar


def _first_names(posts: Sequence[Post], facts: Facts) -> tuple[str, ...]:
    return tuple(post.name for post in posts[: int(facts.thresholds["kpi-report.next_posts"])])


def hour_words(context: Context, key: str | int) -> str:
    """A block of three hours: `09:00-12:00`."""
    return f"{int(key):02}:00-{int(key) + HOURS_IN_BLOCK:02}:00"


def weekday_words(context: Context, key: str | int) -> str:
    """An ISO weekday by its English name."""
    return WEEKDAY_WORDS[int(key) - 1]


GROUP_NAMES: dict[str, Callable[[Context, str | int], str]] = {
    "format": lambda context, key: context.list_word("formats", str(key)),
    "pillar": lambda context, key: context.list_word("pillars", str(key)),
    "date": weekday_words,
    "time": hour_words,
}
"""Column -> how the key of its groups reads."""
ABOUT_WORDS = {"format": "format", "pillar": "pillar", "date": "weekday", "time": "hour"}
"""Column -> what a finding about it is known by."""


def _cells(posts: Sequence[PostResult], column: str) -> tuple[CellRef, ...]:
    """The same cell of several posts, the most telling first: the best by likes."""
    ordered = sorted(posts, key=lambda post: -Decimal(post.likes or 0))
    return tuple(post.cell(column) for post in ordered)[:MOST_CELLS]
