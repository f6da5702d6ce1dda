"""Where things sit: a small spec in, rows and letters out."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from small_layout import PROFILE, small_layout

from smsheets.cells import column_letters
from smsheets.layout.cells_of import choices_range, table_rows
from smsheets.layout.items import count_items, month_items, week_items
from smsheets.layout.placed import Layout, PlacedChart, PlacedForm, PlacedTable, PlacedText
from smsheets.spec.load import fields_of
from smsheets.spec.model import Column, Table

SHEETS = """\
lists:
  - {id: open_words, label: Open words, open: true, values: [{id: a, text: Ah}]}
  - {id: closed_words, label: Closed words, values: [{id: x, text: Ex}, {id: y, text: Why}]}
  - {id: unused, label: Unused, open: true}
sheets:
  - id: main
    name: Main
    note: [First line., Second line.]
    blocks:
      - type: form
        id: settings
        title: Settings
        fields:
          - {id: limit, label: Limit, type: number, hint: How many.}
          - {id: word, label: Word, choices: closed_words}
      - type: table
        id: lines
        title: Lines of it
        rows: 15
        prefix: L
        columns:
          - {id: line_id, label: Line, type: id}
          - {id: name, label: Name, total: "COUNTA({lines.name})"}
          - {id: planned, label: Planned, type: money, each: months, total: sum}
          - {id: actual, label: Actual, type: money, each: months}
          - {id: box, label: Box, each: "count:2"}
          - {id: kind, label: Kind, choices: open_words, advanced: true}
          - {id: done, label: Done, type: yes_no}
      - type: chart
        id: picture
        kind: column
        title: Picture
        alt: A picture.
        categories: lines.name
        series: [{label: Planned, values: lines.planned}]
        beside: true
      - type: text
        title: Remarks
        lines: [One., Two.]
  - id: second
    name: Second
    title: A longer title
    blocks:
      - type: table
        id: plain
        rows: 10
        columns:
          - {id: line, label: Line, choices: lines.line_id}
          - {id: many, label: Many, choices: open_words, many: true}
"""


def addresses(layout: Layout, sheet: int) -> list[str]:
    """Every block of a sheet with its corner, as people say it."""
    found = []
    for block in layout.sheets[sheet].blocks:
        if isinstance(block, PlacedTable):
            first, last = (column_letters(block.columns[n].col) for n in (0, -1))
            found.append(f"{block.spec.id} {first}{block.header_row}:{last}{block.last_row}")
        elif isinstance(block, PlacedForm):
            found.append(f"{block.spec.id} {column_letters(block.label_col)}{block.first_row}")
        elif isinstance(block, PlacedChart):
            found.append(f"{block.spec.id} {column_letters(block.col)}{block.row}")
        else:
            assert isinstance(block, PlacedText)
            found.append(f"text {column_letters(block.col)}{block.row}")
    return found


def test_blocks_stand_below_or_beside_each_other() -> None:
    layout = small_layout(SHEETS)
    assert addresses(layout, 1) == ["settings A6", "lines A11:L26", "picture N9", "text A29"]
    assert addresses(layout, 2) == ["plain A3:B13"]
    lines = layout.tables["lines"]
    assert (lines.title_row, lines.total_row, lines.header_row, lines.first_row, lines.last_row) == (9, 10, 11, 12, 26)


def test_the_first_sheet_says_what_and_how() -> None:
    first = small_layout(SHEETS).sheets[0]
    assert (first.name, first.title) == ("Start here", "Small")
    texts = [block.spec for block in first.blocks if isinstance(block, PlacedText)]
    assert [text.lines for text in texts] == [("To be looked at.",), ("1. Look",), ("smsheets small v1",)]


def test_columns_with_the_same_source_form_one_group_per_month() -> None:
    columns = small_layout(SHEETS).tables["lines"].columns
    assert [(column_letters(column.col), column.key, column.label) for column in columns] == [
        ("A", "line_id", "Line"),
        ("B", "name", "Name"),
        ("C", "planned#1", "Jan 2027\nPlanned"),
        ("D", "actual#1", "Jan 2027\nActual"),
        ("E", "planned#2", "Feb 2027\nPlanned"),
        ("F", "actual#2", "Feb 2027\nActual"),
        ("G", "planned#3", "Mar 2027\nPlanned"),
        ("H", "actual#3", "Mar 2027\nActual"),
        ("I", "box#1", "1"),
        ("J", "box#2", "2"),
        ("K", "kind", "Kind"),
        ("L", "done", "Done"),
    ]


@pytest.mark.parametrize(
    ("months", "columns", "last"),
    [(1, 8, "Jan 2027\nActual"), (6, 18, "Jun 2027\nActual"), (24, 54, "Dec 2028\nActual")],
)
def test_one_to_twenty_four_months(months: int, columns: int, last: str) -> None:
    profile = msgspec.structs.replace(PROFILE, months=months)
    found = small_layout(SHEETS, profile).tables["lines"].columns
    assert len(found) == columns
    assert [column.label for column in found if column.spec.id == "actual"][-1] == last


@pytest.mark.parametrize(("filled", "rows"), [(0, 15), (5, 15), (6, 16), (15, 25), (40, 50)])
def test_some_rows_are_always_spare(filled: int, rows: int) -> None:
    layout = small_layout(SHEETS, rows={"lines": filled})
    assert layout.tables["lines"].rows == rows


def test_what_is_below_moves_down() -> None:
    assert addresses(small_layout(SHEETS, rows={"lines": 40}), 1)[-1] == "text A64"


def test_only_lists_that_are_used_have_a_column() -> None:
    lists = small_layout(SHEETS).lists
    assert [(name, column_letters(item.col), item.range) for name, item in lists.items()] == [
        ("open_words", "A", "Lists!$A$5:$A$13"),
        ("closed_words", "B", "Lists!$B$5:$B$6"),
        ("yes_no", "C", "Lists!$C$5:$C$6"),
    ]
    assert lists["open_words"].cell(2) == "Lists!$A$6"


def test_dropdowns_offer_a_list_or_a_column_and_nothing_where_several_may_stand() -> None:
    layout = small_layout(SHEETS)
    fields = {field.id: field for field in fields_of(layout.spec)}
    assert choices_range(layout, fields["kind"]) == "Lists!$A$5:$A$13"
    assert choices_range(layout, fields["done"]) == "Lists!$C$5:$C$6"
    assert choices_range(layout, fields["line"]) == "Main!$A$12:$A$27"
    assert choices_range(layout, fields["many"]) is None
    assert choices_range(layout, fields["limit"]) is None


def test_ids_go_on_from_the_highest() -> None:
    spec = Table(id="t", columns=(Column(id="t_id", label="T"),), prefix="T")
    table = PlacedTable(spec=spec, sheet="S", header_row=1, rows=5, columns=())
    rows = list(table_rows(table, [{"t_id": "T7"}, {}, {"t_id": "mine"}, {"t_id": "T3"}]))
    assert [row["t_id"] for row in rows] == ["T7", "T8", "mine", "T3", "T9"]


def test_weeks_are_iso_weeks_that_touch_the_period() -> None:
    weeks = week_items(msgspec.structs.replace(PROFILE, months=1))
    assert [week.label for week in weeks] == ["28 Dec", "4 Jan", "11 Jan", "18 Jan", "25 Jan"]
    assert (weeks[0].literal, weeks[0].end) == ("DATE(2026,12,28)", "DATE(2027,1,3)")
    american = week_items(msgspec.structs.replace(PROFILE, months=1, country="US"))
    assert [week.label for week in american] == ["Dec 28", "Jan 4", "Jan 11", "Jan 18", "Jan 25"]


def test_months_are_named_in_the_workbooks_language() -> None:
    profile = msgspec.structs.replace(PROFILE, language="de", start=date(2027, 3, 1), months=1)
    assert [month.label for month in month_items(profile)] == ["Mär 2027"]
    assert [item.literal for item in count_items(3)] == ["1", "2", "3"]


def test_a_sheet_is_named_in_the_workbooks_language() -> None:
    layout = small_layout(SHEETS, msgspec.structs.replace(PROFILE, language="de"))
    assert layout.sheets[0].name == "Hier beginnen"
    assert layout.lists_sheet == "Listen"
    assert layout.lists["open_words"].range == "Listen!$A$5:$A$13"


def test_forms_give_their_values_a_place_that_fits_the_tables_below() -> None:
    layout = small_layout(SHEETS)
    form = layout.forms["settings"]
    assert form.row_of == {"limit": 6, "word": 7}
    widths = layout.sheets[1].widths
    assert sum(widths[col] for col in range(form.label_col, form.value_col)) >= 25
    assert form.hint_col == form.value_col + 1
