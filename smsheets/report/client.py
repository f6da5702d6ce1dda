"""The report that is sent to a client: one business in one month or quarter, with nothing in it that is internal.

It is put together here from figures, posts and dates alone. Findings, problems, people, hours and accounts are never
looked at, so that none of them can get in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from smsheets.analysis.context import Context
from smsheets.analysis.kpi_standards import rounded
from smsheets.analysis.plan_states import State
from smsheets.median import median
from smsheets.money import Share
from smsheets.periods import Period, months_between
from smsheets.plan.budget import OWN_TIME
from smsheets.plan.calendar import Post
from smsheets.plan.kpi_months import ratio
from smsheets.plan.kpi_report import PostResult
from smsheets.plan.post_rates import Measure, engagement_rate, factors_of, measure_of
from smsheets.plan.record import add_known, group_by
from smsheets.report.client_figures import (
    CLICKS,
    DENOMINATORS,
    FOLLOWERS,
    ORDERS,
    POSTS,
    RATE,
    REACH,
    ChannelRow,
    Figure,
    PeriodFigures,
    tiles_of,
    trends_of,
)
from smsheets.report.document import Cell, ChartView, Line, Shown, TableView, TilesView, Verbatim, number_of
from smsheets.report.sections.budget import category_cell
from smsheets.report.sections.cells import channel_cell, list_cell, money_cells, shorten

_MOVING = (ORDERS, CLICKS, REACH, FOLLOWERS, RATE)
"""Columns in the order of the sentences about changes: what a business lives on comes first. Posts have their own."""
_LEAST_MOVE = Decimal("0.02")
"""A change below two in a hundred is the noise of any month."""
_MOST_NEXT = 6  # sentences that are still read
_MOST_TOPICS = 3
_MOST_POSTS = 3  # best and weakest ones: what a client remembers
_TEXT, _TITLE = 110, 60  # characters of a post's text, and of its title in the calendar


class ClientPost(msgspec.Struct, frozen=True, kw_only=True):
    """A post and what it got; `link` is where it can be seen, empty where nobody noted it."""

    channel: Line | Verbatim
    day: date
    text: Line | Verbatim
    link: str
    says: tuple[Line, ...]


class ClientDay(msgspec.Struct, frozen=True, kw_only=True):
    """A day of the next month: its feast and own days, and its posts by channel and title."""

    day: date
    dates: tuple[Verbatim, ...] = ()
    posts: tuple[tuple[Line | Verbatim, Verbatim], ...] = ()


class Remark(msgspec.Struct, frozen=True):
    """A paragraph of a comment; `look` is `text`, `heading` or `item`."""

    look: str
    text: str


class ClientReport(msgspec.Struct, frozen=True, kw_only=True):
    """All that the report holds; what there is nothing to say about is empty."""

    business: str
    period: Period
    has_year: bool
    tiles: TilesView
    up: tuple[Line, ...]
    down: tuple[Line, ...]
    done: tuple[Line, ...]
    next: tuple[Line, ...]
    comment: tuple[Remark, ...]
    channels: tuple[ChannelRow, ...]
    best: tuple[ClientPost, ...]
    weakest: tuple[ClientPost, ...]
    trends: tuple[ChartView, ...]
    budget: TableView | None
    days: tuple[ClientDay, ...]
    country: str

    @property
    def known(self) -> bool:
        """False where the period has neither figures nor posts."""
        return any(figure.amount for row in self.channels for figure in row.figures) or bool(self.tiles.tiles)


def client_report(
    business: str, context: Context, period: Period, comment: Sequence[Remark] = (), *, budget: bool = False
) -> ClientReport:
    """The report of a business.

    Args:
        comment: What the sender writes; empty takes the answers of the KPI report's sheet Review.
        budget: Show the money, too.
    """
    facts = PeriodFigures(context=context, period=period)
    rows = tuple(facts.rows())
    best, weakest = _ranked_posts(facts)
    plan = context.plans.calendar or context.plans.kpi_report
    return ClientReport(
        business=business,
        period=period,
        has_year=any(figure.year_share is not None for row in rows for figure in row.figures),
        tiles=tiles_of(facts, rows),
        up=tuple(_moves(facts, rows, rising=True)),
        down=tuple(_moves(facts, rows, rising=False)),
        done=tuple(_done(facts, rows)),
        next=tuple(_coming(facts)),
        comment=tuple(comment) or tuple(_review(facts)),
        channels=rows,
        best=best,
        weakest=weakest,
        trends=tuple(trends_of(facts, rows)),
        budget=_budget(facts) if budget else None,
        days=tuple(_days(facts)),
        country=(plan.start.country or "") if plan is not None else "",
    )


def _moves(facts: PeriodFigures, rows: Sequence[ChannelRow], *, rising: bool) -> Iterator[Line]:
    """A sentence for each figure that went up, or down: of the whole business, then the largest of each metric."""

    def moved(pairs: Iterable[tuple[ChannelRow | None, Figure]]) -> list[tuple[ChannelRow | None, Figure]]:
        return [(row, figure) for row, figure in pairs if (figure.change_share or 0) * sign >= _LEAST_MOVE]

    sign = 1 if rising else -1
    moves = moved((None, figure) for figure in facts.business_figures.values())
    for place in _MOVING:
        found = moved((row, row.figures[place]) for row in rows)
        moves += sorted(found, key=lambda pair: _size(pair[1], place), reverse=True)[:1]
    for row, figure in moves:
        values: dict[str, Shown] = {"metric": figure.metric, "share": Share(abs(figure.change_share or Decimal(0)))}
        values |= {"before": figure.before or Decimal(0), "value": figure.value or Decimal(0)}
        if row is not None:
            values["channel"] = row.name
        yield Line(_MOVES[rising, row is not None, figure.shows_share].text, values)


def _size(figure: Figure, place: int) -> Decimal:
    """The size of a change among those of one column; rates with different denominators have only shares in common."""
    return abs((figure.change_share if place == RATE else figure.change) or Decimal(0))


_MOVES = {
    (True, False, True): Line("{metric} rose by {share}, from {before} to {value}."),
    (True, False, False): Line("{metric} rose from {before} to {value}."),
    (True, True, True): Line("{metric} on {channel} rose by {share}, from {before} to {value}."),
    (True, True, False): Line("{metric} on {channel} rose from {before} to {value}."),
    (False, False, True): Line("{metric} fell by {share}, from {before} to {value}."),
    (False, False, False): Line("{metric} fell from {before} to {value}."),
    (False, True, True): Line("{metric} on {channel} fell by {share}, from {before} to {value}."),
    (False, True, False): Line("{metric} on {channel} fell from {before} to {value}."),
}
"""A change in words: whether it rose, is of one channel, and is said as a share, too."""


def _done(facts: PeriodFigures, rows: Sequence[ChannelRow]) -> Iterator[Line]:
    """Posts by channel and by topic, and what was finished."""
    posts = facts.published(facts.period)
    if posts:
        counts = [(row.name, int(row.figures[POSTS].amount or 0)) for row in rows if row.figures[POSTS].amount]
        each = tuple(Line("{channel} {posts}", {"channel": name, "posts": count}) for name, count in counts)
        yield Line("{posts} posts went out: {each}.", {"posts": len(posts), "each": each})
    topics = Counter(post.pillar for post in posts if post.pillar).most_common(_MOST_TOPICS)
    if topics:
        named = tuple(
            Line("{name} ({posts})", {"name": list_cell("pillars", name, facts.context), "posts": count})
            for name, count in topics
        )
        yield Line("Topics we posted about most: {topics}.", {"topics": named})
    roadmap = facts.context.plans.roadmap
    for item in roadmap.initiatives if roadmap is not None else ():
        if item.initiative and facts.period.holds(item.finished_on):
            yield Line("Finished: {name}.", {"name": Verbatim(item.initiative)})


def _coming(facts: PeriodFigures) -> Iterator[Line]:
    """Posts of the month after the period, what begins and ends in it, and its own and sale days."""
    ahead = facts.period.month_after
    if facts.posts_ahead:
        yield Line("Planned for {month}: {posts} posts.", {"posts": len(facts.posts_ahead), "month": ahead})
    roadmap, calendar = facts.context.plans.roadmap, facts.context.plans.calendar
    found: list[tuple[date, Line]] = []
    for item in roadmap.initiatives if roadmap is not None else ():
        name = Verbatim(item.initiative or "")
        if item.initiative is None or item.cancelled or item.finished_on is not None:
            continue
        if item.start is not None and ahead.holds(item.start):
            found.append((item.start, Line("{day}: “{name}” begins.", {"name": name, "day": item.start})))
        elif item.due is not None and ahead.holds(item.due):
            found.append((item.due, Line("{day}: “{name}” ends.", {"name": name, "day": item.due})))
    for row in calendar.key_dates if calendar is not None else ():
        meant = not row.is_given or (row.kind == "occasion" and row.idea is not None)
        if row.date is not None and row.name is not None and meant and ahead.holds(row.date):
            found.append((row.date, Line("{day}: {name}.", {"day": row.date, "name": Verbatim(row.name)})))
    found.sort(key=lambda pair: pair[0])
    yield from (line for _, line in found[:_MOST_NEXT])


def _review(facts: PeriodFigures) -> Iterator[Remark]:
    """The first two answers of the sheet Review for the months of the period: what came of it, and what comes next."""
    report = facts.context.plans.kpi_report
    for review in report.review if report is not None else ():
        if facts.period.holds(review.period):
            yield from (Remark("text", text) for text in (review.what_came, review.what_next) if text)


def _ranked_posts(facts: PeriodFigures) -> tuple[tuple[ClientPost, ...], tuple[ClientPost, ...]]:
    """The best and the weakest posts of the period, by engagement and by clicks against what is usual on their channel.

    The better of the two counts: a post that sells is not weak because few people liked it.
    """
    least = int(facts.context.thresholds["kpi-report.group_posts"])
    usual = _usual_clicks(facts.results, least)
    ranked: list[tuple[Decimal, PostResult, Decimal, Decimal | None]] = []
    for post, factor in factors_of(facts.results, least):
        if facts.period.holds(post.date):
            clicks = ratio(post.clicks, usual.get(post.channel or ""))
            ranked.append((max(factor, clicks or factor), post, factor, clicks))
    ranked.sort(key=lambda item: -item[0])
    count = min(_MOST_POSTS, len(ranked) // 2)
    measures = {name: measure_of(own) for name, own in group_by(facts.results, lambda post: post.channel).items()}
    by_id = {post.post_id: post for post in facts.posts if post.post_id}
    shown = [
        _client_post(
            post,
            by_id.get(post.post_id or ""),
            _says(post, measures[post.channel or ""], factor, clicks),
            facts.context,
        )
        for _, post, factor, clicks in ranked
    ]
    return tuple(shown[:count]), tuple(shown[len(shown) - count :][::-1])


def _usual_clicks(posts: Iterable[PostResult], at_least: int) -> dict[str, Decimal]:
    """Channel -> the median of the clicks of its posts, where enough of them are known."""
    known = group_by((post for post in posts if post.clicks is not None), lambda post: post.channel)
    return {
        channel: median([Decimal(post.clicks or 0) for post in own])
        for channel, own in known.items()
        if len(own) >= at_least
    }


def _says(post: PostResult, measure: Measure, factor: Decimal, clicks: Decimal | None) -> Iterator[Line]:
    """What a post got, each beside what is usual on its channel: first what it is ranked by."""
    engaged = [_engagement(post, measure, rounded(factor, 1))]
    clicked: list[Line] = []
    if post.clicks and clicks is not None:
        values: dict[str, Shown] = {"clicks": post.clicks, "times": rounded(clicks, 1)}
        clicked.append(Line("{clicks} clicks, {times} times the usual", values))
    elif post.clicks is not None:
        clicked.append(Line("{clicks} clicks", {"clicks": post.clicks}))
    yield from (*clicked, *engaged) if clicks is not None and clicks > factor else (*engaged, *clicked)
    if post.orders is not None:
        yield Line("{orders} orders", {"orders": post.orders})


def _engagement(post: PostResult, measure: Measure, times: Decimal) -> Line:
    rate, by = engagement_rate(post, measure), DENOMINATORS.get(measure.value)
    if rate is None or by is None:
        return Line("{times} times the usual engagement", {"times": times})
    return Line("Engagement rate {rate} {by}, {times} times the usual", {"rate": Share(rate), "by": by, "times": times})


def _client_post(result: PostResult, post: Post | None, says: Iterable[Line], context: Context) -> ClientPost:
    text = (post.copy or post.title) if post is not None else None
    kinds = (("formats", result.format), ("pillars", result.pillar))
    words = tuple(list_cell(name, value, context) for name, value in kinds if value)
    assert result.date is not None
    return ClientPost(
        channel=channel_cell(result.channel, context),
        day=result.date,
        text=Verbatim(shorten(text, _TEXT)) if text else Line("{words}", {"words": words}),
        link=(post.published_link or "") if post is not None else "",
        says=tuple(says),
    )


def _budget(facts: PeriodFigures) -> TableView | None:
    """Planned and spent in the period by category; hours of one's own are no money of the client's."""
    budget = facts.context.plans.budget
    start = None if budget is None else budget.first_day(1)
    if budget is None or start is None:
        return None
    first = max(months_between(start, facts.period.first), 0)
    end = max(months_between(start, facts.period.first) + facts.period.months, 0)
    currency = facts.context.currency
    lines = [line for line in budget.lines if line.category and line.category != OWN_TIME]
    rows: list[tuple[Cell, ...]] = []
    totals: list[tuple[Decimal | None, Decimal | None]] = []
    for category, own in group_by(lines, lambda line: line.category).items():
        planned, spent = (
            add_known(value for line in own for value in getattr(line, part)[first:end])
            for part in ("planned", "actual")
        )
        if planned is None and spent is None:
            continue
        totals.append((planned, spent))
        rows.append((category_cell(category), *money_cells(currency, planned, spent, _left(planned, spent))))
    if not rows:
        return None
    planned, spent = (add_known(amounts) for amounts in zip(*totals, strict=True))
    rows.append((Line("All"), *money_cells(currency, planned, spent, _left(planned, spent))))
    return TableView(headers=("Category", "Planned", "Spent", "Left"), rows=tuple(rows), total=True)


def _left(planned: Decimal | None, spent: Decimal | None) -> Decimal | None:
    return None if planned is None or spent is None else planned - spent


def _days(facts: PeriodFigures) -> Iterator[ClientDay]:
    """The days of the month after the period; none where nothing is planned in it."""
    calendar, ahead = facts.context.plans.calendar, facts.period.month_after
    if calendar is None or not facts.posts_ahead:
        return
    dates = [row for row in calendar.key_dates if ahead.holds(row.date) and row.name]
    for number in range(1, ahead.last.day + 1):
        day = ahead.first.replace(day=number)
        own = [post for post in facts.posts_ahead if post.date == day]
        yield ClientDay(
            day=day,
            dates=tuple(dict.fromkeys(Verbatim(row.name or "") for row in dates if row.date == day)),
            posts=tuple(
                (
                    channel_cell(post.channel, facts.context),
                    Verbatim(shorten(post.title or post.copy or "", _TITLE)),
                )
                for post in own
            ),
        )


_LONGEST_COMMENT = 10_000
"""Characters of a comment: two pages. More is a report of its own."""
_SIGNS = ("- ", "* ", "• ")


def read_comment(text: str) -> tuple[Remark, ...]:
    """Paragraphs, headings (`# `) and items (`- `) of a text in Markdown; all else is as it is written."""
    remarks: list[Remark] = []
    for block in text[:_LONGEST_COMMENT].replace("\r\n", "\n").split("\n\n"):
        running: list[str] = []
        for line in [*block.split("\n"), "# "]:
            plain = line.strip()
            if plain.startswith(("#", *_SIGNS)):
                if running:
                    remarks.append(Remark("text", " ".join(running)))
                    running = []
                if words := plain.lstrip("#-*• ").strip():
                    remarks.append(Remark("heading" if plain.startswith("#") else "item", words))
            elif plain:
                running.append(plain)
    return tuple(remarks)


class ClientEntry(msgspec.Struct, frozen=True, kw_only=True):
    """The report of one of several businesses, the file it is in, and how the business stands."""

    report: ClientReport
    file: str
    state: State


_WORST_FIRST = (State.OFF, State.LOOK, State.UNKNOWN, State.ON_TRACK)


def worst_first(entries: Iterable[ClientEntry]) -> list[ClientEntry]:
    """By how the business stands, then by what its first result lost."""

    def standing(entry: ClientEntry) -> tuple[int, Decimal, str]:
        shares = (number_of(tile.change_share) for tile in entry.report.tiles.tiles)
        first = next((share for share in shares if share is not None), Decimal(0))
        return (_WORST_FIRST.index(entry.state), first, entry.report.business)

    return sorted(entries, key=standing)
