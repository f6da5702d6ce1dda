"""Lean workbooks: the essential sheets, whole in themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from smsheets.analysis.rules import all_rules
from smsheets.kinds import KINDS
from smsheets.layout.content import starting_content
from smsheets.layout.placed import Layout
from smsheets.plan.reference import ChannelRole
from smsheets.profile import Profile
from smsheets.spec.load import LeanWorkbook, load_lean, load_spec
from smsheets.spec.model import Form, Sheet, Table, Text
from smsheets.spec.reference import load_finding_texts, load_kpi_definitions, load_platforms, load_role_metrics
from smsheets.writer.workbook import NewWorkbook

MOST_SHEETS = 24
MOST_COLUMNS = 170
MOST_KPIS = 4
BUSINESS = {"link_clicks", "leads", "orders", "revenue", "replies", "store_visits"}
ESSENTIAL = {
    "strategy": ("Company", "Goals", "Channels", "House rules", "Readiness"),
    "roadmap": ("Initiatives", "Timeline", "Tasks"),
    "budget": ("Budget", "Dashboard", "Ad calculator"),
    "calendar": ("Posts", "Month view", "Cadence", "Key dates"),
    "kpi-report": ("KPIs", "Post results", "Inbox", "Dashboard", "Review"),
}


def lean_layout(kind: str) -> Layout:
    return NewWorkbook(spec=load_lean(kind), profile=Profile()).layout


def shown(layout: Layout) -> list[str]:
    return [sheet.name for sheet in layout.sheets if not sheet.hidden]


@pytest.mark.parametrize("kind", KINDS)
def test_it_has_the_essential_sheets(kind: str) -> None:
    layout = lean_layout(kind)
    names = [name for name in shown(layout) if name != "Start here"]
    assert sorted(names) == sorted(ESSENTIAL[kind])
    assert all(sheet.blocks for sheet in layout.sheets)
    assert not isinstance(load_spec(kind), LeanWorkbook)
    (guide,) = [sheet.guide for sheet in layout.sheets if sheet.guide is not None]
    assert set(guide.sheets) == set(names)


def test_all_five_are_few_sheets_with_few_columns() -> None:
    layouts = [lean_layout(kind) for kind in KINDS]
    assert sum(len(shown(layout)) for layout in layouts) <= MOST_SHEETS
    tables = (table for layout in layouts for sheet in layout.sheets if not sheet.hidden for table in sheet.tables())
    columns = [column.spec for table in tables if not table.spec.computed for column in table.columns]
    assert sum(not column.advanced and column.formula is None for column in columns) <= MOST_COLUMNS


def test_each_channel_has_few_metrics_that_suit_its_role() -> None:
    profile = Profile(channels=tuple(load_platforms()))
    rows = starting_content(load_lean("kpi-report"), profile).tables["kpis"]
    for platform in load_platforms().values():
        metrics = [row["metric"] for row in rows if row["channel"] == platform.id]
        assert 0 < len(metrics) <= MOST_KPIS
        assert [metric for metric in platform.kpis if metric in metrics] == metrics
        assert BUSINESS & set(metrics), platform.id
    by_channel = {row["channel"]: row["metric"] for row in rows}
    assert by_channel["shop"] == "revenue"


def test_the_metrics_of_each_role_are_known() -> None:
    assert set(load_role_metrics()) == set(ChannelRole)
    assert {metric for metrics in load_role_metrics().values() for metric in metrics} <= set(load_kpi_definitions())


def texts_of(sheet: Sheet) -> Iterator[str]:
    yield from sheet.note
    for block in sheet.blocks:
        if isinstance(block, Text):
            yield from block.lines
        elif isinstance(block, Form | Table):
            for field in block.fields if isinstance(block, Form) else block.columns:
                yield from (field.hint, field.example)


@pytest.mark.parametrize("kind", KINDS)
def test_no_text_sends_people_to_a_sheet_that_is_not_there(kind: str) -> None:
    lean = load_lean(kind)
    visible = set(shown(lean_layout(kind)))
    others = [sheet.name for sheet in load_spec(kind).sheets if sheet.name not in visible]
    named = re.compile(rf"\b(?:[Ss]heets?|in|on|from) '?(?:{'|'.join(map(re.escape, others))})\b")
    sheets = [sheet for sheet in lean.sheets[1:] if not sheet.reference]
    texts = [*lean.lean_steps, *(text for sheet in sheets for text in texts_of(sheet))]
    assert [text for text in texts if named.search(text)] == []


@pytest.mark.parametrize("kind", KINDS)
def test_an_input_that_is_in_both_is_the_same(kind: str) -> None:
    whole = {block.id: block for sheet in load_spec(kind).sheets for block in sheet.blocks if isinstance(block, Table)}
    for sheet in load_lean(kind).sheets:
        for block in sheet.blocks:
            if isinstance(block, Table) and not block.computed:
                inputs = [column.id for column in whole[block.id].columns if column.formula is None]
                assert [column.id for column in block.columns if column.formula is None] == inputs


def test_rules_that_need_a_part_name_one_that_lean_workbooks_lack() -> None:
    lacking = {f"{kind}.{part}" for kind in KINDS for part in load_lean(kind).left_out}
    texts = load_finding_texts()
    named = {part for text in texts.values() for part in text.parts}
    assert named <= lacking
    kinds = {name: {part.partition(".")[0] for part in text.parts} for name, text in texts.items()}
    assert [name for name in texts if not kinds[name] <= set(texts[name].needs)] == []
    assert set(texts) == {rule.id for rule in all_rules()}
