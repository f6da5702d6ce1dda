"""Pictures repeat what the tables of their section say, and are left out where there is nothing to see."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from made import put
from sample_analysis import sample_analysis, sections_of

from smsheets import analyze
from smsheets.kinds import KINDS
from smsheets.money import Money, Share
from smsheets.report.document import (
    ChartKind,
    ChartView,
    HeatView,
    Line,
    Month,
    Picture,
    Section,
    Series,
    Status,
    TableView,
    TilesView,
    TimeBarsView,
)
from smsheets.report.wording import Words

LANGUAGES = ("en", "de")
LONGEST_TITLE = 70
TABLES = (TableView, TilesView)


def figures_in(cell: object) -> Iterator[object]:
    """The bare figures of a cell of a table."""
    if isinstance(cell, Money):
        yield cell.amount
    elif isinstance(cell, Share):
        yield cell.value
    elif isinstance(cell, Line):
        for value in cell.values.values():
            yield from figures_in(value)
    elif isinstance(cell, Decimal | int | date):
        yield cell


def table_rows(section: Section) -> Iterator[tuple[object, ...]]:
    for part in section.parts:
        if isinstance(part, TABLES):
            yield from (part.table if isinstance(part, TilesView) else part).rows


def table_figures(section: Section) -> set[object]:
    return {figure for row in table_rows(section) for cell in row for figure in figures_in(cell)}


def pictures(section: Section) -> Iterator[Picture]:
    yield from (part for part in section.parts if isinstance(part, Picture))


def picture_figures(picture: Picture) -> set[object]:
    """What is drawn; an empty field of a heat map is drawn as nothing."""
    if isinstance(picture, ChartView):
        return {value for series in picture.series for value in series.values if value is not None}
    if isinstance(picture, HeatView):
        return {count for _, counts in picture.rows for count in counts if count}
    known = ((bar.start, bar.due, bar.done_share) for bar in picture.bars)
    ends = {bar.ends for bar in picture.bars if bar.ends > bar.due}
    return {figure for bar in known for figure in bar} | ends


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_of_a_picture_stands_in_a_table_of_its_section(language: str) -> None:
    missing = {
        (Words("en").value(section.title), Words("en").value(picture.title)): figures
        for section in sections_of(sample_analysis(language))
        for picture in pictures(section)
        if (figures := picture_figures(picture) - table_figures(section))
    }
    assert missing == {}


def is_level(series: Series) -> bool:
    """Whether it is one figure for all months, such as the target of a year."""
    return len(series.values) > 1 and len(set(series.values)) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figures_of_a_month_stand_in_its_row_or_column(language: str) -> None:
    checked = 0
    for section in sections_of(sample_analysis(language)):
        rows: dict[object, list[object]] = {}
        for row in table_rows(section):
            if isinstance(row[0], Month):
                rows.setdefault(row[0], []).extend(row)
        columns = [
            (header, {figure for row in part.rows for figure in figures_in(row[place])})
            for part in section.parts
            if isinstance(part, TableView)
            for place, header in enumerate(part.headers)
        ]
        for chart in (part for part in section.parts if isinstance(part, ChartView)):
            for place, month in enumerate(chart.categories):
                if not isinstance(month, Month):
                    continue
                beside = {figure for cell in rows.get(month, ()) for figure in figures_in(cell)}
                below = {figure for header, figures in columns if header == month for figure in figures}
                drawn = {series.values[place] for series in chart.series if not is_level(series)} - {None}
                checked += len(drawn)
                assert drawn <= beside | below, (chart.title, month)
    assert checked > 100


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chapter_of_the_sample_has_its_pictures(language: str) -> None:
    words = Words("en")
    titles = {words.value(picture.title) for s in sections_of(sample_analysis(language)) for picture in pictures(s)}
    assert {
        "Progress of the goals", "Hours a week by role",
        "Own time or hire out", "Money by month", "Money added up", "Carried money", "By category", "By channel",
        "Initiatives over time", "Money of the initiatives", "Tasks by person",
        "Posts per week", "Instagram: posts per day", "Posts wanted and published", "Mix",
        "Instagram: Followers", "Facebook: Orders", "What works, by format", "What works, by weekday",
        "Cost per result", "Messages answered", "Hours until the first answer",
    } <= titles  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_pictures_are_whole_and_say_what_one_sees(language: str) -> None:
    words = Words(language)
    for section in sections_of(sample_analysis(language)):
        for picture in pictures(section):
            title, says = words.value(picture.title), words.value(picture.says)
            assert 0 < len(title) <= LONGEST_TITLE
            assert says.endswith("."), title
            assert "{" not in says
            if isinstance(picture, ChartView):
                assert {len(series.values) for series in picture.series} == {len(picture.categories)}, title
                assert (picture.unit == "money") is bool(picture.currency), title
            elif isinstance(picture, HeatView):
                assert {len(counts) for _, counts in picture.rows} == {len(picture.columns)}, title


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_picture_has_more_than_one_can_look_at(language: str) -> None:
    for section in sections_of(sample_analysis(language)):
        for picture in pictures(section):
            if isinstance(picture, TimeBarsView):
                assert len(picture.bars) <= 40
            elif isinstance(picture, HeatView):
                assert len(picture.rows) <= 12
                assert len(picture.columns) <= 7
            elif picture.kind is ChartKind.BARS:
                assert len(picture.categories) <= 12
            else:
                assert len(picture.categories) <= 12 or picture.kind is not ChartKind.COLUMNS


def test_a_bridge_adds_up() -> None:
    bridges = [
        picture
        for section in sections_of(sample_analysis())
        for picture in pictures(section)
        if isinstance(picture, ChartView) and picture.kind is ChartKind.BRIDGE
    ]
    assert bridges
    for bridge in bridges:
        *steps, last = bridge.series[0].values
        assert sum(step or 0 for step in steps) == last


def test_status_words_of_the_sample_have_a_tone_and_one_word_one_tone() -> None:
    statuses = {
        cell for section in sections_of(sample_analysis()) for row in table_rows(section) for cell in row
        if isinstance(cell, Status)
    }  # fmt: skip
    words = [status.word for status in statuses if status.word != "no posts"]
    assert {"on track", "watch", "over", "overdue", "slipping", "too few", "behind", "hire out"} <= set(words)
    assert sorted(words) == sorted(set(words))


def test_a_blank_plan_has_no_picture(tmp_path: Path) -> None:
    paths = [tmp_path / f"{kind}.xlsx" for kind in KINDS]
    for kind, path in zip(KINDS, paths, strict=True):
        put(kind, path)
    found = [
        picture for section in sections_of(analyze(*paths, as_of=date(2027, 7, 5))) for picture in pictures(section)
    ]
    assert found == []


def test_months_are_written_as_people_of_a_language_do() -> None:
    months = [Month(date(2027, number, 1)) for number in (3, 6)]
    assert [Words("en").cell(month) for month in months] == ["Mar 2027", "Jun 2027"]
    assert [Words("de").cell(month) for month in months] == ["März 2027", "Juni 2027"]
    assert Words("de").text(months[0]) == "März 2027"
    assert Words("en").value(Line("Up to {month}.", {"month": months[0]})) == "Up to Mar 2027."
    assert Words("de").text(Line("{channel}: month by month", {"channel": "X"})) == "X: Monat für Monat"
