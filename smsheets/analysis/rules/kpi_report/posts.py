"""Rules about what works and what is ignored, post by post."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal

import msgspec

from smsheets.analysis.context import Context, Term
from smsheets.analysis.facts import Facts
from smsheets.analysis.finding import Hit, Wording, rule
from smsheets.analysis.kpi_standards import rounded
from smsheets.analysis.subjects import cells_of
from smsheets.cells import CellRef
from smsheets.periods import Weekday
from smsheets.plan.calendar import Post, next_posts
from smsheets.plan.kpi_report import PostResult
from smsheets.plan.post_rates import HOURS_IN_BLOCK, PostGroup, click_factor, hour_block_of, weekday_of
from smsheets.plan.record import add_known, group_by


class _Unusual(msgspec.Struct, frozen=True, kw_only=True):
    """A group of posts that differs from the usual: by which kind of group, and the column that shows it."""

    kind: Term
    column: str
    group: PostGroup
    root: str = ""

    @property
    def names(self) -> tuple[str, str]:
        """The kind of group and the group, as ids have them: `format`, `carousel`; `weekday`, `6`; `hour`, `18`."""
        return {"date": "weekday", "time": "hour"}.get(self.column, self.column), str(self.group.key)


@rule("kpi-report.works")
def check_what_works(facts: Facts) -> Iterator[Hit]:
    """The best format, pillar, weekday and time of day, where it is far enough above the usual."""
    limit = facts.thresholds["kpi-report.works_factor"]
    for best in _with_roots((item for item in _ends(facts, 0) if item.group.factor >= limit), facts):
        coming = _coming(best, facts)
        other = [post for post in coming if _key_of(post, best.column) != best.group.key]
        values: dict[str, Wording] = {
            "planned": len(coming),
            "alike": len(coming) - len(other),
            "posts": _first_names(other, facts),
        }
        yield _hit(best, facts, values, case="make_alike" if other else "")


@rule("kpi-report.ignored")
def check_what_is_ignored(facts: Facts) -> Iterator[Hit]:
    """The weakest format, pillar, weekday and time of day, where it falls behind and is not clicked all the more."""
    limit = facts.thresholds["kpi-report.ignored_factor"]
    weak = (
        item
        for item in _ends(facts, -1)
        if item.group.factor <= limit and (click_factor(item.group.posts, facts.post_results) or 0) <= 1
    )
    for worst in _with_roots(weak, facts):
        alike = [post for post in _coming(worst, facts) if _key_of(post, worst.column) == worst.group.key]
        yield _hit(worst, facts, {"posts": _first_names(alike, facts)}, case="change_planned" if alike else "")


@rule("kpi-report.likes_without_clicks")
def check_liked_pillars_bring_clicks(facts: Facts) -> Iterator[Hit]:
    """Pillars with many likes whose clicks are all counted and all zero."""
    for pillar, members in group_by(facts.post_results, lambda post: post.pillar).items():
        likes = add_known(post.likes for post in members)
        clicks = [post.clicks for post in members if post.clicks is not None]
        orders = add_known(post.orders for post in members)
        if len(clicks) < facts.thresholds["kpi-report.group_posts"] or any(clicks) or orders:
            continue
        if likes is not None and likes >= facts.thresholds["kpi-report.liked_likes"]:
            alike = [post for post in _posts_to_come(facts) if post.pillar == pillar]
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


def _ends(facts: Facts, place: int) -> Iterator[_Unusual]:
    """The best group (0) or the weakest (-1) by format, pillar, weekday and time of day, where there are several."""
    found = facts.kpi_report_variance.posts
    for kind, column, groups in (
        (Term("Format"), "format", found.by_format),
        (Term("Pillar"), "pillar", found.by_pillar),
        (Term("Weekday"), "date", found.by_weekday),
        (Term("Time of day"), "time", found.by_hour),
    ):
        if len(groups) > 1:
            yield _Unusual(kind=kind, column=column, group=groups[place])


def _with_roots(found: Iterable[_Unusual], facts: Facts) -> list[_Unusual]:
    """Each group with its cause: two that are for a good part the same posts have one."""
    share = facts.thresholds["kpi-report.overlap_share"]
    rooted: list[_Unusual] = []
    for item in sorted(found, key=lambda item: (item.column != "pillar", -abs(item.group.factor - 1))):
        same = next((other.root for other in rooted if _overlap(other.group, item.group) >= share), None)
        rooted.append(msgspec.structs.replace(item, root=same or " ".join(item.names)))
    return rooted


def _overlap(one: PostGroup, other: PostGroup) -> Decimal:
    """The part of the smaller group that is in the other one, 0..1."""
    shared = {id(post) for post in one.posts} & {id(post) for post in other.posts}
    return Decimal(len(shared)) / min(len(one.posts), len(other.posts))


def _hit(found: _Unusual, facts: Facts, values: dict[str, Wording], case: str) -> Hit:
    return Hit(
        about="+".join(found.names),
        root=found.root,
        evidence=_cells(found.group.posts, found.column),
        values={
            "kind": found.kind,
            "name": group_name(found.column, found.group.key, facts),
            "factor": rounded(found.group.factor, 1),
            "measure": facts.measures_named(found.group),
            "count": len(found.group.posts),
            **values,
        },
        case=case,
    )


def group_name(column: str, key: str | int, context: Context) -> str | Weekday:
    """The key of a group of posts as it reads: a word of a list, a weekday, `09:00-12:00`."""
    if column == "date":
        return Weekday(int(key))
    if column == "time":
        return f"{int(key):02}:00-{int(key) + HOURS_IN_BLOCK:02}:00"
    return context.list_word(f"{column}s", str(key))


def _key_of(post: Post, column: str) -> str | int | None:
    """The key of the group that a planned post would belong to."""
    if column in ("date", "time"):
        return weekday_of(post) if column == "date" else hour_block_of(post)
    return post.format if column == "format" else post.pillar


def _coming(found: _Unusual, facts: Facts) -> list[Post]:
    """The posts to come on the channels that a group was compared on."""
    return _posts_to_come(facts, {post.channel for post in found.group.posts})


def _posts_to_come(facts: Facts, channels: Collection[str | None] = ()) -> list[Post]:
    """The posts to come, of some channels only where any is named; none without a calendar."""
    return [] if facts.plans.calendar is None else next_posts(facts.plans.calendar, facts.as_of, channels)


def _first_names(posts: Sequence[Post], facts: Facts) -> tuple[str, ...]:
    return tuple(post.name for post in posts[: int(facts.thresholds["kpi-report.next_posts"])])


def _cells(posts: Iterable[PostResult], column: str) -> tuple[CellRef, ...]:
    """The same cell of several posts, those with the most likes first."""
    ordered = sorted(posts, key=lambda post: -Decimal(post.likes or 0))
    return cells_of(ordered, column)
