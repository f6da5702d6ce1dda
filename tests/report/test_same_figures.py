"""One figure is the same figure wherever a report shows it: web page, workbook, Markdown, JSON."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from report.sample_analysis import markdown_of, sample_analysis
from report.shown_tables import (
    SheetTables,
    holds,
    markdown_tables,
    page_tables,
    page_tiles,
    shown_rows,
    views_of,
)

from smsheets.money import Money, Share
from smsheets.report.document import Cell, Section, TableView
from smsheets.report.html.page import render_page
from smsheets.report.json_view import render_json
from smsheets.report.markdown import render_markdown
from smsheets.report.sections.headline import tiles_view
from smsheets.report.wording import Words
from smsheets.report.xlsx.workbook import render_workbook

LANGUAGES = pytest.mark.parametrize("language", ["en", "de"])
LEAST_TABLES = 40


@cache
def page(language: str) -> str:
    return render_page(sample_analysis(language), Words(language))


@cache
def sheets(language: str) -> SheetTables:
    return SheetTables(render_workbook(sample_analysis(language), Words(language)))


@cache
def markdown(language: str) -> str:
    return render_markdown(markdown_of(sample_analysis(language)), Words(language))


@cache
def exact(language: str) -> dict[str, Any]:
    """The JSON of the only business; every number as exact as it stands there."""
    business: dict[str, Any] = json.loads(render_json(sample_analysis(language), Words(language)))["businesses"][0]
    return business


def sections(language: str) -> list[Section]:
    return markdown_of(sample_analysis(language))


@LANGUAGES
def test_every_table_stands_on_the_page_cell_for_cell(language: str) -> None:
    tables = page_tables(page(language))
    views = views_of(sections(language), tiles=False)
    assert len(views) > LEAST_TABLES
    assert [view.title for view in views if not holds(tables, shown_rows(view, Words(language)))] == []


@LANGUAGES
def test_every_table_stands_in_markdown_cell_for_cell(language: str) -> None:
    tables = markdown_tables(markdown(language))
    views = views_of(sections(language), tiles=True)
    assert len(views) > LEAST_TABLES
    assert [view.title for view in views if not holds(tables, shown_rows(view, Words(language)))] == []


@LANGUAGES
def test_every_table_stands_in_the_workbook_cell_for_cell(language: str) -> None:
    views = views_of(sections(language), tiles=True)
    found = {str(view.title): sheets(language).differences(view, Words(language)) for view in views}
    assert {title: differences for title, differences in found.items() if differences} == {}


@LANGUAGES
def test_every_key_figure_is_a_card_of_the_page(language: str) -> None:
    words, business = Words(language), sample_analysis(language).businesses[0]
    tiles, shown = tiles_view(business.headline, business.context).tiles, page_tiles(page(language))
    assert len(tiles) == len(shown) > 3
    for tile, card in zip(tiles, shown, strict=True):
        assert card.one("p", "label").text == words.value(tile.label)
        figure = words.value(tile.value) if isinstance(tile.value, Money) else words.cell(tile.value)
        assert card.one("p", "value").text == figure
        for cell in (tile.change, tile.change_share, tile.of_target, tile.status):
            assert words.cell(cell).replace("\u00a0", " ") in card.text


@LANGUAGES
def test_json_has_the_figures_of_the_budget(language: str) -> None:
    variance = exact(language)["variance"]["budget"]
    rows = [*variance["lines"], variance["total"]]
    shown = [[money(row["year"][name]) for name in ("to_date", "actual", "forecast")] for row in rows]
    assert shown == columns(table(language, "By line"), 1, 2, 5)
    names = ("planned", "available", "actual")
    shown = [[money(month[name]) for name in names] for month in variance["months"]]
    assert shown == columns(table(language, "By month"), 1, 2, 3)
    bridge = variance["bridge"]
    steps = ("opening", "earned", "used", "expired", "forgiven", "carried_on")
    assert [[money(number(bridge[name]))] for name in steps] == columns(table(language, "Carried money"), 1)


@LANGUAGES
def test_json_has_the_figures_of_the_roadmap(language: str) -> None:
    rows = exact(language)["variance"]["roadmap"]["initiatives"]
    shown = [
        [
            row["initiative_id"],
            day(row["due"]),
            share(row["expected_share"]),
            share(row["done_share"]),
            row["slip_days"],
        ]
        for row in rows
    ]
    assert shown == columns(table(language, "Progress"), 0, 2, 3, 4, 5)


@LANGUAGES
def test_json_has_the_figures_of_the_calendar(language: str) -> None:
    variance = exact(language)["variance"]["calendar"]
    names = ("planned", "published", "gap")
    shown = [[number(row[name]) for name in names] for row in variance["channels"]]
    assert shown == columns(table(language, "Channels", "Gap"), 2, 3, 4)
    rows = [*variance["mix"]["pillars"], variance["mix"]["promotional"]]
    shown = [[share(row["target"]), share(row["planned"]), share(row["published"])] for row in rows]
    assert shown == columns(table(language, "Mix"), 1, 3, 5)


@LANGUAGES
def test_json_has_the_figures_of_the_kpi_report(language: str) -> None:
    rows = exact(language)["variance"]["kpi_report"]["kpis"]
    known = [row for row in rows if row["month"] is not None and row["to_date"]["actual"] is not None]
    shown = [[number(row["to_date"]["actual"]), number(row["to_date"]["target"])] for row in known]
    assert shown == [list(map(bare, row)) for row in columns(table(language, "To date"), 2, 3)]
    last = max(row["month"] for row in rows if row["month"] is not None)
    current = [row for row in rows if row["month"] == last]
    shown = sorted([str(number(row["value"])), str(number(row["target"]))] for row in current)
    tables = [view for view in views_of(sections(language), tiles=False) if "Of target" in view.headers]
    monthly = [row for view in tables if view.headers[0] == "Metric" for row in columns(view, 1, 4)]
    assert sorted([str(bare(actual)), str(bare(target))] for actual, target in monthly) == shown


@LANGUAGES
def test_json_has_the_key_figures(language: str) -> None:
    business = sample_analysis(language).businesses[0]
    words = Words(language)
    rows = tiles_view(business.headline, business.context).table.rows
    for figure, row in zip(exact(language)["headline"]["figures"], rows, strict=True):
        assert figure["label"] == words.cell(row[0])
        assert [number(figure[name]) for name in ("change", "change_share", "of_target")] == list(map(bare, row[2:5]))
        counted = figure["of"] is not None and figure["unit"] == "count" and bare(row[1]) is None
        expected = {"value": number(figure["value"]), "of": number(figure["of"])}
        if counted:
            assert words.cell(row[1]) == words.text("{value} of {of}", expected)
        else:
            assert bare(row[1]) == number(figure["value"])


@LANGUAGES
def test_json_has_the_forecasts(language: str) -> None:
    forecast = exact(language)["forecast"]
    names = ("spent", "forecast", "budget")
    assert columns(table(language, "Spending in all"), 0, 1, 2) == [[money(forecast["spend"][name]) for name in names]]
    goals = [goal for goal in forecast["goals"] if goal["why_not"] is None]
    names = ("deadline", "earliest", "likely")
    expected = [[goal["goal_id"], *(day(goal[name]) for name in names), goal["points"]] for goal in goals]
    rows = columns(table(language, "When goals are reached"), 0, 1, 2, 3, 6)
    assert [[Words(language).cell(first), *rest] for first, *rest in rows] == expected


def table(language: str, title: str, header: str = "") -> TableView:
    """The table of an English title."""
    views = [view for view in views_of(sections(language), tiles=False) if view.title == title]
    [found] = [view for view in views if not header or header in view.headers]
    return found


def columns(view: TableView, *places: int) -> list[list[Cell]]:
    return [[row[place] for place in places] for row in view.rows]


def number(value: str | int | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def money(value: str | Decimal | None) -> Money | None:
    return None if value is None else Money(Decimal(value), "EUR")


def share(value: str | None) -> Share | None:
    return None if value is None else Share(Decimal(value))


def day(value: str | None) -> date | None:
    return None if value is None else date.fromisoformat(value)


def bare(cell: Cell) -> Decimal | None:
    """The bare number of a figure."""
    if isinstance(cell, Money):
        return cell.amount
    if isinstance(cell, Share):
        return cell.value
    return Decimal(cell) if isinstance(cell, int | Decimal) and not isinstance(cell, bool) else None
