"""The calendar in the report."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from smsheets.analysis.context import Context, PlanSet
from smsheets.analysis.variance.calendar import compute_variance
from smsheets.money import Share
from smsheets.plan.calendar import CadenceWanted, Calendar, Idea, MixTarget, Post
from smsheets.report.document import Line, Section, TableView
from smsheets.report.sections.calendar import plan_section, variance_section
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
    return Context(plans=plans, as_of=date(2027, 7, 5), thresholds={}, **known)


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
        ("Instagram", Line("{low} to {high}", {"low": Decimal(3), "high": Decimal(5)}), 2, 2, 0, None),
        ("Newsletter", None, 1, 0, 1, date(2027, 7, 8)),
    )


def test_variance() -> None:
    channels, weeks, mix = tables(
        variance_section(compute_variance(CALENDAR, context_of(CALENDAR)), context_of(CALENDAR))
    )
    assert channels.rows[0] == (
        "Instagram",
        Line("{low} to {high}", {"low": Decimal(3), "high": Decimal(5)}),
        2,
        2,
        Decimal(-1),
        Line("too few"),
        date(2027, 6, 30),
    )
    assert weeks.headers == ("Week from", "Out", "Instagram")
    assert weeks.rows == ((date(2027, 6, 28), 2, Decimal(-1)),)
    half = Share(Decimal("0.5"))
    assert mix.rows[0] == (Line("Tips and how-to"), Share(Decimal("0.8")), 1, half, 1, half)


def test_every_row_has_a_cell_per_heading_and_few_enough_for_80_columns() -> None:
    context = context_of(CALENDAR)
    sections = plan_section(CALENDAR, context), variance_section(compute_variance(CALENDAR, context), context)
    for table in (table for section in sections for table in tables(section)):
        assert {len(row) for row in table.rows} == {len(table.headers)}
        assert len(table.headers) <= 7
        assert len(set(table.headers)) == len(table.headers)


def test_a_blank_calendar_says_so() -> None:
    blank = Calendar(posts=(Post(post_id="P1"),))
    context = context_of(blank)
    assert plan_section(blank, context).parts == (Line("No posts are filled in yet."),)
    variance = variance_section(compute_variance(blank, context), context)
    assert variance.parts == (Line("No whole week with planned posts is over yet."),)
