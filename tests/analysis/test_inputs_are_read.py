"""Every input column of the five workbooks is read by a rule or by the plan's arithmetic, or it is known why not.

What somebody fills in and nobody looks at is work for nothing. The sample and plans with much that is wrong are
analyzed while every access to a field is noted.
"""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest
from test_fires_by_hand import SAMPLES, ill_budget, ill_strategy

import smsheets
from smsheets.kinds import KINDS
from smsheets.plan.budget import Budget
from smsheets.plan.calendar import Calendar
from smsheets.plan.kpi_report import KpiReport
from smsheets.plan.record import Plan, Record
from smsheets.plan.roadmap import Roadmap
from smsheets.plan.strategy import Strategy
from smsheets.reader.read import ReadWorkbook
from smsheets.report.build import text_sections
from smsheets.spec.load import load_spec
from smsheets.spec.model import Form, Table

PLANS: dict[str, type[Plan]] = {
    "strategy": Strategy,
    "roadmap": Roadmap,
    "budget": Budget,
    "calendar": Calendar,
    "kpi-report": KpiReport,
}

UNREAD: dict[str, tuple[str, ...]] = {
    "It is for people: a program cannot tell whether it is right. What is required is asked for elsewhere.": (
        "strategy company.*",
        "strategy offer.*",
        "strategy reasons.*",
        "strategy mission.*",
        "strategy product.*",
        "strategy distribution.*",
        "strategy markets.*",
        "strategy changes.*",
        "strategy limits.budget_limit",
        "strategy limits.people_limit",
        "strategy team.note",
        "strategy goals.review",
        "strategy personas.*",
        "strategy prices.how_often",
        "strategy journey.owner",
        "strategy journey.tool",
        "strategy channels.audience",
        "strategy channels.handle",
        "strategy mix.rule",
        "strategy pillars.purpose",
        "strategy pillars.example",
        "strategy setup.landing_page",
        "strategy setup.plan",
        "strategy tools.access",
        "strategy tools.kind",
        "strategy tools.place",
        "strategy tools.plan",
        "strategy tools.what_for",
        "strategy listening.how_often",
        "strategy listening.kind",
        "strategy listening.note",
        "strategy listening.place",
        "strategy house_rules.agreed_on",
        "strategy readiness.evidence",
        "strategy readiness.owner",
        "roadmap holidays.name",
        "roadmap initiatives.resources",
        "roadmap initiatives.risk",
        "budget lines.note",
        "budget lines.owner",
        "budget own_time.line_id",
        "budget own_time.note",
        "calendar ideas.format",
        "calendar ideas.note",
        "calendar posts.asset",
        "calendar posts.goal_id",
        "calendar posts.language",
        "calendar posts.published_link",
        "calendar posts.utm_campaign",
        "kpi-report decisions.period",
        "kpi-report inbox.tone",
    ),
    "It is written to compare oneself with others; only whether the rival is weighed on the sheet SWOT is asked.": (
        "strategy competitors.*",
        "strategy swot.*",
        "strategy swot_outside.*",
    ),
    "It groups the rows on the sheet; the rows themselves are read.": ("strategy journey.way",),
    "The goal names the channel; the rules read it there.": ("strategy channels.goal_id",),
    "The margin is judged; what becomes of it is the business's own choice.": ("strategy prices.reinvest_share",),
    "Whether a month was looked back on is read off any of the answers.": ("kpi-report review.*",),
    "The goal's own baseline is read; this one is shown on the sheet.": ("kpi-report kpis.baseline",),
    "It chooses what a sheet shows; the sheet's formulas read it.": (
        "calendar month_view.month",
        "calendar cadence_view.week_of",
        "roadmap board_view.person",
        "kpi-report charts.*",
        "kpi-report settings.month",
    ),
    "A question to the sheet's calculator: nothing of it is planned or spent.": ("budget ad_money.ad_budget",),
    "A table to look things up in.": (
        "calendar text_limits.source",
        "kpi-report metric_definitions.formula",
        "kpi-report metric_definitions.source",
    ),
    "The reader reads it before there is a plan: the workbook's language, money and holidays.": (
        "* start.country",
        "* start.currency",
        "* start.language",
    ),
}
"""Why an input is not read -> the inputs: workbook, table or form, column."""


def input_columns() -> Iterator[tuple[str, str, str]]:
    """Kind, block and column of every cell that a person fills in."""
    for kind in KINDS:
        for sheet in load_spec(kind).sheets:
            for block in sheet.blocks:
                if isinstance(block, Table | Form):
                    fields = block.columns if isinstance(block, Table) else block.fields
                    yield from ((kind, block.id, field.id) for field in fields if field.formula is None)


def record_class(kind: str, block: str) -> type[Record] | None:
    """The record that a table or form is read into."""
    hint = get_type_hints(PLANS[kind]).get(block)
    types = (hint, *get_args(hint))
    return next((item for item in types if isinstance(item, type) and issubclass(item, Record)), None)


@pytest.fixture(scope="module")
def accesses(tmp_path_factory: pytest.TempPathFactory) -> set[tuple[str, str]]:
    """Class and field of every record that was asked for, in two analyses and a report."""
    books: list[list[ReadWorkbook]] = [[smsheets.read_workbook(path) for path in sorted(SAMPLES.glob("*.xlsx"))]]
    for make in (ill_strategy, ill_budget):
        folder: Path = tmp_path_factory.mktemp(make.__name__)
        books.append([smsheets.read_workbook(path) for path in make().typed(folder)])
    seen: set[tuple[str, str]] = set()

    def noted(record: Record, name: str) -> Any:
        seen.add((type(record).__name__, name))
        return object.__getattribute__(record, name)

    def is_written(record: Record, *but: str) -> bool:
        fields = (field for field in type(record).__struct_fields__ if field not in ("where", *but))
        return any(object.__getattribute__(record, field) is not None for field in fields)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Record, "is_written", is_written)
        patched.setattr(Record, "__getattribute__", noted, raising=False)
        for workbooks in books:
            list(text_sections(smsheets.analyze(*workbooks)))
    return seen


def test_every_input_is_read_or_it_is_known_why_not(accesses: set[tuple[str, str]]) -> None:
    unread = set()
    for kind, block, column in input_columns():
        record = record_class(kind, block)
        if record is None or (record.__name__, column) not in accesses:
            unread.add(f"{kind} {block}.{column}")
    known = [pattern for patterns in UNREAD.values() for pattern in patterns]
    assert sorted(name for name in unread if not any(fnmatchcase(name, pattern) for pattern in known)) == []
    assert [pattern for pattern in known if not any(fnmatchcase(name, pattern) for name in unread)] == [], "read now"


def test_the_record_of_accesses_sees_what_is_read(accesses: set[tuple[str, str]]) -> None:
    assert ("Channel", "purpose") in accesses
    assert ("Company", "story") not in accesses
