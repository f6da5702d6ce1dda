"""Charts of the page: columns and lines as SVG with nothing but shapes and classes; bars, bridges and time as text."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from itertools import pairwise

import msgspec
import pytest
from report.html_tree import Element, parse

from smsheets.money import Money, Share
from smsheets.report.document import (
    ChartKind,
    ChartView,
    HeatView,
    Line,
    Month,
    Role,
    Series,
    Status,
    TableView,
    Tile,
    TilesView,
    TimeBar,
    TimeBarsView,
    Tone,
    Verbatim,
)
from smsheets.report.html.bars import bridge_spans, make_bars, scale_ticks
from smsheets.report.html.charts import draw_chart, has_room
from smsheets.report.html.tables import make_table, make_tiles
from smsheets.report.html.time_bars import make_heat, make_time_bars
from smsheets.report.wording import Words

ENGLISH, GERMAN = Words("en"), Words("de")
MONTHS = tuple(Month(date(2027, month, 1)) for month in range(1, 7))


def series(role: Role, *values: int | str | None) -> Series:
    known = tuple(None if value is None else Decimal(value) for value in values)
    return Series(name=Verbatim(role.value.title()), role=role, values=known)


def chart(kind: ChartKind, *all_series: Series, **more: object) -> ChartView:
    view = ChartView(
        kind=kind,
        title=Line("Budget"),
        says=Verbatim("What one sees.") and Line("All amounts in {currency}.", {"currency": "EUR"}),
        categories=MONTHS[: len(all_series[0].values)],
        series=all_series,
    )
    return msgspec.structs.replace(view, **more)


def drawn(view: ChartView, words: Words = ENGLISH) -> Element:
    return parse(draw_chart(view, words, "c1").picture).one("svg")


def columns_of(picture: Element, look: str) -> list[Element]:
    return [rect for group in picture.all("g", look) for rect in group.all("rect")]


def test_columns_are_as_high_as_their_values() -> None:
    view = chart(ChartKind.COLUMNS, series(Role.PLANNED, 100, 200), series(Role.ACTUAL, 50, None))
    picture = drawn(view)
    planned, actual = columns_of(picture, "planned"), columns_of(picture, "actual")
    assert len(planned) == 2
    assert len(actual) == 1
    heights = [float(rect.attributes["height"]) for rect in (*planned, *actual)]
    assert heights[1] == pytest.approx(2 * heights[0], abs=0.2)
    assert heights[2] == pytest.approx(heights[0] / 2, abs=0.2)


def test_columns_below_zero_hang_from_the_ground() -> None:
    picture = drawn(chart(ChartKind.COLUMNS, series(Role.ACTUAL, 100, -50)))
    above, below = columns_of(picture, "actual")
    assert float(below.attributes["height"]) > 0
    ground = float(above.attributes["y"]) + float(above.attributes["height"])
    assert float(below.attributes["y"]) == pytest.approx(ground, abs=0.2)


def test_a_line_has_a_gap_where_nothing_is_known() -> None:
    picture = drawn(chart(ChartKind.LINE, series(Role.ACTUAL, 1, 2, None, 4, 5)))
    lines = [path.attributes["d"] for group in picture.all("g", "actual") for path in group.all("path")]
    assert sum(line.count("M") for line in lines) == 2
    assert len(list(picture.all("circle"))) == 4


def test_a_range_is_a_band_between_its_ends() -> None:
    picture = drawn(chart(ChartKind.LINE, series(Role.RANGE, 1, 2), series(Role.RANGE, 3, 6)))
    band = picture.one("path", "band").attributes["d"]
    assert band.startswith("M")
    assert band.endswith("Z")
    assert len(band.removeprefix("M").removesuffix("Z").split()) == 8


def test_there_is_nothing_in_it_but_shapes_and_texts() -> None:
    page = draw_chart(chart(ChartKind.LINE, series(Role.ACTUAL, 1, 2, 3)), ENGLISH, "c1").picture
    tags = {item.tag for item in parse(page).all()}
    assert tags <= {"svg", "title", "desc", "g", "path", "circle", "rect", "text"}
    assert [name for name in ("style", "script", "xlink", "onload") if name in page] == []


ALL_KINDS = [
    chart(ChartKind.COLUMNS, series(Role.PLANNED, 3, -2, 7), series(Role.ACTUAL, None, 5, 1), series(Role.OTHER, 1)),
    chart(ChartKind.COLUMNS, series(Role.ACTUAL, 1_000_000)),
    chart(ChartKind.LINE, series(Role.ACTUAL, 4)),
    chart(ChartKind.LINE, series(Role.PLANNED, -9, None, 3), series(Role.RANGE, 1, 2, 3), series(Role.RANGE, 2, 4, 5)),
    chart(ChartKind.LINE, series(Role.ACTUAL, 0, 0, 0, 0, 0, 0), small=True),
]


@pytest.mark.parametrize("view", ALL_KINDS, ids=["columns", "one column", "a point", "lines", "small"])
def test_everything_is_inside_the_picture_and_on_its_scale(view: ChartView) -> None:
    picture = drawn(view)
    _, _, wide, high = map(float, picture.attributes["viewbox"].split())
    for rect in picture.all("rect"):
        x, y, width, height = (float(rect.attributes[name]) for name in ("x", "y", "width", "height"))
        assert 0 <= x <= x + width <= wide
        assert 0 <= y <= y + height <= high
        assert width > 0
    for item in (*picture.all("circle"), *picture.all("text")):
        names = ("cx", "cy") if item.tag == "circle" else ("x", "y")
        x, y = (float(item.attributes[name]) for name in names)
        assert 0 <= x <= wide
        assert 0 <= y <= high
    for path in picture.all("path"):
        numbers = [float(number) for number in re.findall(r"-?[\d.]+", path.attributes["d"])]
        assert all(0 <= number <= wide for number in numbers)
    heights = [float(text.attributes["y"]) for text in picture.all("text", "y")]
    assert heights == sorted(heights, reverse=True)


def test_columns_of_a_place_stand_side_by_side() -> None:
    picture = drawn(ALL_KINDS[0])
    sides = sorted((float(r.attributes["x"]), float(r.attributes["width"])) for r in picture.all("rect"))
    assert all(x + width <= following for (x, width), (following, _) in pairwise(sides))


def test_the_scale_is_in_the_format_of_the_language() -> None:
    view = chart(ChartKind.COLUMNS, series(Role.ACTUAL, 900, 1900), unit="money", currency="EUR")
    assert "1,500" in [text.text for text in drawn(view).all("text", "y")]
    assert "1.500" in [text.text for text in drawn(view, GERMAN).all("text", "y")]
    assert draw_chart(view, GERMAN, "c1").unit == "EUR"


def test_few_columns_of_one_kind_have_their_figures_above_them() -> None:
    assert [
        text.text for text in drawn(chart(ChartKind.COLUMNS, series(Role.ACTUAL, 12, None, 7))).all("text", "v")
    ] == [
        "12",
        "7",
    ]


def test_months_are_short_below_a_chart() -> None:
    assert [text.text for text in drawn(chart(ChartKind.COLUMNS, series(Role.ACTUAL, 1, 2))).all("text", "x")] == [
        "Jan",
        "Feb",
    ]


def test_of_too_many_names_some_are_left_out_but_never_the_last() -> None:
    days = tuple(date(2027, 1, day) for day in range(1, 32))
    values = Series(name=Line("Actual"), role=Role.ACTUAL, values=tuple(range(31)))
    shown = [text.text for text in drawn(chart(ChartKind.LINE, values, categories=days)).all("text", "x")]
    assert len(shown) < 10
    assert shown[-1] == "Jan 31, 2027"


def test_long_names_have_no_room_below_columns() -> None:
    names = tuple(Verbatim(f"Hired services and photographers {number}") for number in range(4))
    view = chart(ChartKind.COLUMNS, series(Role.ACTUAL, 1, 2, 3, 4))
    assert has_room(view, ENGLISH)
    assert not has_room(msgspec.structs.replace(view, categories=names), ENGLISH)


@pytest.mark.parametrize(
    ("values", "from_zero", "ticks"),
    [
        (["0", "1830"], True, "0 500 1000 1500 2000"),
        (["5000", "6240"], False, "5000 5500 6000 6500"),
        (["1", "6240"], False, "0 2000 4000 6000 8000"),
        (["-120", "400"], True, "-200 0 200 400"),
        (["0.02", "0.05"], False, "0 0.02 0.04 0.06"),
        (["7", "7"], False, "7 7.25 7.50 7.75 8.00"),
        (["0"], True, "0 0.25 0.50 0.75 1.00"),
    ],
)
def test_scales_are_round_and_hold_all_values(values: list[str], from_zero: bool, ticks: str) -> None:
    found = scale_ticks(map(Decimal, values), 4, from_zero=from_zero)
    assert [Decimal(tick) for tick in ticks.split()] == list(found)


def test_a_bridge_goes_on_from_where_the_bar_before_ended() -> None:
    values = [Decimal(value) for value in (50, 375, -465, 278, 238)]
    assert [(int(begin), int(end)) for begin, end in bridge_spans(values)] == [
        (0, 50),
        (50, 425),
        (425, -40),
        (-40, 238),
        (0, 238),
    ]


def test_bars_have_their_figures_in_words_and_stand_on_one_scale() -> None:
    view = chart(ChartKind.BARS, series(Role.PLANNED, 200, -50), series(Role.ACTUAL, 100, None))
    first, second = make_bars(view, ENGLISH).rows
    assert [(bar.series, bar.figure, bar.left, bar.width) for bar in first.bars] == [
        ("Planned", "200", "20%", "80%"),
        ("Actual", "100", "20%", "40%"),
    ]
    assert [(bar.figure, bar.left, bar.width) for bar in second.bars] == [("-50", "0%", "20%")]


def test_a_share_below_zero_has_a_figure_and_no_bar() -> None:
    """Seven times behind its start, it would otherwise look like nearly done."""
    view = chart(ChartKind.BARS, series(Role.ACTUAL, "-7.85", "0.4"), series(Role.PLANNED, "0.5", "1"), unit="share")
    first, second = make_bars(view, ENGLISH).rows
    assert [(bar.look, bar.figure, bar.left, bar.width) for bar in first.bars] == [
        ("actual n1 gone", "-785%", "0%", "0%"),
        ("planned n1", "50%", "0%", "50%"),
    ]
    assert [(bar.left, bar.width) for bar in second.bars] == [("0%", "40%"), ("0%", "100%")]


def test_an_amount_below_zero_reaches_to_the_left_and_looks_otherwise() -> None:
    page = make_bars(chart(ChartKind.BARS, series(Role.ACTUAL, 200, -50)), ENGLISH)
    assert [bar.look for row in page.rows for bar in row.bars] == ["actual n1", "actual n1 below"]


def test_the_two_ends_of_a_range_are_one_bar() -> None:
    low, high = series(Role.RANGE, 26, None), series(Role.RANGE, 52, 10)
    page = make_bars(chart(ChartKind.BARS, low, high, series(Role.ACTUAL, 9, 3)), ENGLISH)
    assert [bar.figure for bar in page.rows[0].bars] == ["26 – 52", "9"]
    assert page.rows[0].bars[0].left == "50%"
    assert [bar.figure for bar in page.rows[1].bars] == ["10", "3"]
    assert [name for _, name in page.legend] == ["Range – Range", "Actual"]


def test_a_bar_of_time_ends_with_its_due_day_and_slips_after_it() -> None:
    bar = TimeBar(
        name=Verbatim("I1 Shop"),
        start=date(2027, 3, 11),
        due=date(2027, 3, 20),
        ends=date(2027, 3, 30),
        done_share=Decimal("0.25"),
        status=Status("slipping", Tone.WATCH),
    )
    view = TimeBarsView(title=Line("Budget"), says=Line("Budget"), bars=(bar,), as_of=date(2027, 3, 1))
    page = make_time_bars(view, ENGLISH)
    shown = page.bars[0]
    assert (page.today, shown.left, shown.width, shown.done) == ("0%", "33.33%", "33.33%", "25%")
    assert (shown.slips, shown.late_left, shown.late_width) == (True, "66.67%", "33.33%")
    assert [month.name for month in page.months] == ["Mar"]


def test_a_heat_map_tells_none_from_not_known() -> None:
    view = HeatView(
        title=Line("Budget"),
        says=Line("Budget"),
        corner="Channel",
        columns=(date(2027, 6, 7), Line("Status")),
        rows=((Verbatim("X"), (0, None)), (Verbatim("Y"), (1, 8))),
    )
    page = make_heat(view, ENGLISH)
    cells = [(cell.text, cell.shade) for _, counts in page.rows for cell in counts]
    assert cells == [("0", 0), ("", None), ("1", 1), ("8", 4)]
    assert page.columns[0] == "Jun 7"


def test_a_share_of_a_whole_has_a_bar_and_a_change_has_none() -> None:
    rows = ((Verbatim("A"), Share(Decimal("0.25")), Share(Decimal("0.25"))),)
    table = make_table(TableView(headers=("Line", "Share", "%"), rows=rows), ENGLISH)
    assert [cell.bar for cell in table.rows[0]] == ["", "25%", ""]


def test_numbers_are_set_to_the_right_and_a_total_stands_apart() -> None:
    rows = ((Verbatim("A"), Decimal(1)), (Verbatim("B"), None), (Line("Total"), Decimal(1)))
    table = make_table(TableView(headers=("Line", "Actual"), rows=rows, total=True), ENGLISH)
    assert table.looks == ("", "number")
    assert [cell.text for cell in table.total] == ["Total", "1"]
    assert len(table.rows) == 2


def test_a_tile_says_which_way_it_went() -> None:
    tile = Tile(
        label=Line("Spent"),
        value=Money(Decimal(120), "EUR"),
        change=Money(Decimal(-20), "EUR"),
        change_share=Share(Decimal("-0.1429")),
        of_target=Share(Decimal("1.2")),
    )
    shown = make_tiles(TilesView((tile,)), GERMAN)[0]
    assert (shown.value, shown.change, shown.change_share, shown.arrow) == ("120,00 €", "-20,00 €", "-14,3\u00a0%", "▼")
    assert shown.bar == "100%"
