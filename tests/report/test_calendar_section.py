"""The calendar in the report."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import msgspec

from smsheets.analysis.context import Context, PlanSet
from smsheets.analysis.variance.calendar import compute_variance
from smsheets.money import Share
from smsheets.plan.calendar import CadenceWanted, Calendar, Idea, MixTarget, Post
from smsheets.plan.strategy import Channel, Strategy
from smsheets.report.document import ChartView, HeatView, Line, Section, Status, TableView, Tone, Verbatim
from smsheets.report.sections.calendar import WEEKDAYS, plan_section, variance_section
from smsheets.spec.load import load_thresholds
from smsheets.spec.reference import load_list_texts, load_platforms

CALENDAR = Calendar(
    posts=(
        Post(post_id="P1", date=date(2027, 6, 29), channel="instagram", pillar="how_to", status="published"),
        Post(post_id="P2", date=date(2027, 6, 30), channel="instagram", pillar="products", status="published"),
        Post(post_id="P3", date=date(2027, 7, 8), channel="Newsletter", pillar="Own subject", status="draft"),
        Post(post_id="P4", date=date(2027, 7, 9), channel="instagram", status="idea"),
    ),
    cadence_wanted=(CadenceWanted(channel="instagram", low=Decimal(3), high=Decimal(5)),),
    mix_targets=(
        MixTarget(pillar="how_to", target_share=Decimal("0.8")),
        MixTarget(pillar="products", promotional=True, target_share=Decimal("0.2")),
    ),
    ideas=(Idea(idea="A day at the kiln"), Idea()),
)


def context_of(calendar: Calendar) -> Context:
    plans = PlanSet(calendar=calendar)
    known = {"platforms": load_platforms(), "list_texts": load_list_texts()}
    limits = {name: item.amount for name, item in load_thresholds("calendar").items()}
    return Context(plans=plans, as_of=date(2027, 7, 5), thresholds=limits, **known)


def lines(section: Section) -> list[Line]:
    return [part for part in section.parts if isinstance(part, Line)]


def tables(section: Section) -> list[TableView]:
    return [part for part in section.parts if isinstance(part, TableView)]


def test_plan() -> None:
    section = plan_section(CALENDAR, context_of(CALENDAR))
    counts, ideas, mix = lines(section)
    assert counts.values == {
        "planned": 3,
        "first": date(2027, 6, 29),
        "last": date(2027, 7, 8),
        "published": 2,
        "ahead": 1,
    }
    assert ideas.values == {"ideas": 2}
    assert mix.values == {"share": Share(Decimal("0.5")), "target": Share(Decimal("0.2"))}
    (table,) = tables(section)
    assert table.rows == (
        (Verbatim("Instagram"), Line("{low} to {high}", {"low": Decimal(3), "high": Decimal(5)}), 2, 2, 0, None),
        (Verbatim("Newsletter"), None, 1, 0, 1, date(2027, 7, 8)),
    )


def test_variance() -> None:
    days, channels, weeks, mix = tables(
        variance_section(compute_variance(CALENDAR, context_of(CALENDAR)), context_of(CALENDAR))
    )
    assert channels.rows[0] == (
        Verbatim("Instagram"),
        Line("{low} to {high}", {"low": Decimal(3), "high": Decimal(5)}),
        2,
        2,
        Decimal(-1),
        Status("too few", Tone.BAD),
        date(2027, 6, 30),
    )
    assert days.rows == (
        (Verbatim("Instagram"), date(2027, 6, 28), None, 1, 1, None, None, None, None, 2),
        (Verbatim("Newsletter"), date(2027, 7, 5), None, None, None, 1, None, None, None, 1),
    )
    assert weeks.headers == ("Week from", "Out", Verbatim("Instagram"))
    assert weeks.rows == ((date(2027, 6, 28), 2, Decimal(-1)),)
    half = Share(Decimal("0.5"))
    assert mix.rows[0] == (Line("Tips and how-to"), Share(Decimal("0.8")), 1, half, 1, half)


def shown_variance(calendar: Calendar) -> Section:
    context = context_of(calendar)
    return variance_section(compute_variance(calendar, context), context)


def daily_posts(channel: str, first: int, last: int) -> list[Post]:
    """One published post a day, from a day in June 2027 to another."""
    return [Post(date=date(2027, 6, day), channel=channel, status="published") for day in range(first, last + 1)]


def test_weeks_and_days_are_drawn() -> None:
    posts = (*daily_posts("instagram", 21, 24), Post(date=date(2027, 7, 8), channel="instagram", status="draft"))
    section = shown_variance(Calendar(posts=(*posts, *daily_posts("x", 30, 30))))
    weeks, days = (part for part in section.parts if isinstance(part, HeatView))
    assert weeks.columns == tuple(date(2027, 6, day) for day in (7, 14, 21, 28)) + tuple(
        date(2027, 7, day) for day in (5, 12, 19)
    )
    assert weeks.rows == (
        (Verbatim("Instagram"), (0, 0, 4, 0, 1, 0, 0)),
        (Verbatim("X"), (0, 0, 0, 1, 0, 0, 0)),
    )
    assert days.title == Line("{channel}: posts per day", {"channel": Verbatim("Instagram")})
    assert days.rows[1] == (date(2027, 6, 14), (None,) * 7)
    assert days.rows[2] == (date(2027, 6, 21), (1, 1, 1, 1, 0, 0, 0))
    assert days.rows[4] == (date(2027, 7, 5), (0, 0, 0, 1, 0, 0, 0))
    assert days.says.values["most"] == 2


def test_of_many_channels_few_are_drawn() -> None:
    posts = [post for number in range(20) for post in daily_posts(f"c{number}", 10, 15 + number // 2)]
    weeks, *days = (part for part in shown_variance(Calendar(posts=tuple(posts))).parts if isinstance(part, HeatView))
    assert len(weeks.rows) == 12
    assert (weeks.says.values["drawn"], weeks.says.values["all"]) == (12, 20)
    assert [heat.title.values["channel"] for heat in days] == [Verbatim(f"c{number}") for number in range(16, 20)]


def test_wanted_posts_are_drawn_beside_published_ones() -> None:
    charts = [part for part in shown_variance(CALENDAR).parts if isinstance(part, ChartView)]
    cadence, mix = charts
    assert cadence.categories == (Verbatim("Instagram"),)
    assert [(series.role.value, series.values) for series in cadence.series] == [
        ("range", (3,)),
        ("range", (5,)),
        ("actual", (2,)),
    ]
    assert cadence.says.values == {"short": 1, "all": 1, "channel": Verbatim("Instagram"), "gap": 1}
    assert mix.unit == "share"
    half = Decimal("0.5")
    assert [series.values for series in mix.series] == [(Decimal("0.8"), Decimal("0.2")), (half, half), (half, half)]
    assert mix.says.values == {
        "name": Line("Tips and how-to"),
        "published": Share(half),
        "target": Share(Decimal("0.8")),
    }


def test_channels_without_recent_posts_have_a_table_of_their_own() -> None:
    posts = (*daily_posts("x", 1, 1), *daily_posts("instagram", 30, 30))
    calendar = Calendar(posts=posts, cadence_wanted=(CadenceWanted(channel="facebook", low=Decimal(1)),))
    plain = context_of(calendar)
    strategy = Strategy(channels=(Channel(channel="x", linked=True), Channel(channel="facebook", linked=False)))
    context = msgspec.structs.replace(plain, plans=PlanSet(calendar=calendar, strategy=strategy))
    section = variance_section(compute_variance(calendar, context), context)
    asleep = next(table for table in tables(section) if table.title == "Channels without recent posts")
    assert asleep.rows == (
        (Verbatim("Facebook"), None, 34, Line("no"), Status("no posts", Tone.WATCH)),
        (Verbatim("X"), date(2027, 6, 1), 34, Line("yes"), Status("no posts", Tone.WATCH)),
    )
    later = msgspec.structs.replace(context, as_of=date(2027, 12, 1))
    table = tables(variance_section(compute_variance(calendar, later), later))[-2]
    assert [row[-1] for row in table.rows if row[0] == Verbatim("X")] == [Status("no posts", Tone.BAD)]


def test_every_row_has_a_cell_per_heading_and_few_enough_for_80_columns() -> None:
    context = context_of(CALENDAR)
    sections = plan_section(CALENDAR, context), variance_section(compute_variance(CALENDAR, context), context)
    for table in (table for section in sections for table in tables(section)):
        assert {len(row) for row in table.rows} == {len(table.headers)}
        assert len(table.headers) <= 7 or table.headers[2:9] == WEEKDAYS
        assert len(set(table.headers)) == len(table.headers)


def test_a_blank_calendar_says_so() -> None:
    blank = Calendar(posts=(Post(post_id="P1"),))
    context = context_of(blank)
    assert plan_section(blank, context).parts == (Line("No posts are filled in yet."),)
    variance = variance_section(compute_variance(blank, context), context)
    assert variance.parts == (Line("No whole week with planned posts is over yet."),)
