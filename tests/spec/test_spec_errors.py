# ruff: noqa: E501 -- one case is one line, however long the error is
"""A mistake in a spec is told with file, line, path, what is wrong, and a guess at what was meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from smsheets.errors import SpecError
from smsheets.spec.load import read_spec

GOOD = """\
kind: stock
version: 1
title: Stock
purpose: What is on the shelf.
steps: [Count]
lists:
  - id: shelves
    label: Shelves
    values:
      - {id: top, text: Top}
      - {id: low, text: Low}
sheets:
  - id: stock
    name: Stock
    note: [Count once a month.]
    blocks:
      - type: table
        id: items
        title: Items
        prefix: S
        rows: 5
        prefill: [{name: Cups}]
        columns:
          - id: item_id
            label: Item
            type: id
          - id: name
            label: Name
            hint: What it is.
          - id: shelf
            label: Shelf
            choices: shelves
            looks: {top: good}
          - id: count
            label: Count
            type: number
            minimum: 0
          - id: sold
            label: Sold
            type: number
            each: months
            total: sum
          - id: rest
            label: Rest
            type: number
            each: months
            first: SUM({count})-{sold}
            formula: "{prev.rest}-{sold}"
  - id: sums
    name: Sums
    blocks:
      - type: table
        id: totals
        each: months
        columns:
          - {id: month, label: Month, formula: "{row}"}
          - {id: all_sold, label: Sold, type: number, formula: "SUM({items.sold})"}
      - type: chart
        id: sold_chart
        kind: column
        title: Sold
        alt: How many were sold in each month.
        categories: totals.month
        series: [{label: Sold, values: totals.all_sold}]
      - type: form
        id: settings
        fields:
          - {id: low_at, label: Low at, type: number, default: 3}
          - {id: on_the_shelf, label: On the shelf, type: number, formula: "SUM({items.count})"}
      - type: text
        lines: [Nothing to fill in here.]
"""


def error_of(text: str, tmp_path: Path) -> str:
    path = tmp_path / "my.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SpecError) as caught:
        read_spec(path)
    return str(caught.value).replace(str(path), "my.yaml")


def check(old: str, new: str, error: str, tmp_path: Path) -> None:
    assert GOOD.count(old) == 1, f"{old!r} stands {GOOD.count(old)} times in the spec"
    assert error_of(GOOD.replace(old, new), tmp_path) == error


def test_the_spec_the_others_are_made_from_is_good(tmp_path: Path) -> None:
    path = tmp_path / "my.yaml"
    path.write_text(GOOD, encoding="utf-8")
    assert read_spec(path).kind == "stock"


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("label: Name", "lable: Name", "my.yaml:28: sheets[0].blocks[0].columns[1].lable: unknown key 'lable'; did you mean 'label'?"),
        ("note: [", "rows: [", "my.yaml:15: sheets[0].rows: unknown key 'rows'"),
        ("kind: stock", "knid: stock", "my.yaml:1: knid: unknown key 'knid'; did you mean 'kind'?"),
        ("title: Stock", "title: Stock\nsheet: 1", "my.yaml:4: sheet: unknown key 'sheet'; did you mean 'sheets'?"),
        (
            "default: 3", "columns: 3",
            "my.yaml:68: sheets[1].blocks[2].fields[0].columns: unknown key 'columns'",
        ),
        ("version: 1\n", "", "my.yaml:1: the key 'version' is missing"),
        ("            label: Name\n", "", "my.yaml:27: sheets[0].blocks[0].columns[1]: the key 'label' is missing"),
        ("      - type: text\n        lines", "      - lines", "my.yaml:70: sheets[1].blocks[3]: the key 'type' is missing"),
        ("- type: text", "- type: txt", "my.yaml:70: sheets[1].blocks[3].type: unknown type 'txt'; did you mean 'text'?"),
        ("type: id", "type: idd", "my.yaml:26: sheets[0].blocks[0].columns[0].type: unknown type 'idd'; did you mean 'id'?"),
        (
            "type: id", "type: curency",
            "my.yaml:26: sheets[0].blocks[0].columns[0].type: unknown type 'curency'; use one of: date, id, integer, link,"
            " long_text, money, month, number, percent, text, time, yes_no",
        ),
        ("kind: column", "kind: columns", "my.yaml:60: sheets[1].blocks[1].kind: unknown kind 'columns'; did you mean 'column'?"),
        ("{top: good}", "{top: god}", "my.yaml:33: sheets[0].blocks[0].columns[2].looks.top: unknown value 'god'; did you mean 'good'?"),
        (
            "    values:\n      - {id: top, text: Top}\n      - {id: low, text: Low}", "    source: chanels",
            "my.yaml:9: lists[0].source: unknown source 'chanels'; did you mean 'channels'?",
        ),
        (
            "prefill: [{name: Cups}]", "prefill_from: channel",
            "my.yaml:22: sheets[0].blocks[0].prefill_from: unknown prefill_from 'channel'; did you mean 'channels'?",
        ),
        ("version: 1", "version: one", "my.yaml:2: version: expected a whole number, got a text"),
        ("version: 1", "version: 0", "my.yaml:2: version: expected a whole number >= 1"),
        ("version: 1", "version: '1'", "my.yaml:2: version: expected a whole number, got a text"),
        ("title: Stock", "title: 010", "my.yaml:3: title: expected a text, got a whole number; put it in quotes"),
        ("title: Stock", "title: true", "my.yaml:3: title: expected a text, got true or false; put it in quotes"),
        ("title: Stock", "title:", "my.yaml:3: title: expected a text, got nothing"),
        ("steps: [Count]", "steps: Count", "my.yaml:5: steps: expected a list, got a text"),
        ("steps: [Count]", "steps: [Count, [x]]", "my.yaml:5: steps[1]: expected a text, got a list"),
        ("    blocks:\n      - type: table\n        id: items", "    blocks:\n      - 5\n      - type: table\n        id: items",
         "my.yaml:17: sheets[0].blocks[0]: expected a group of keys, got a whole number"),
        (
            "note: [Count once a month.]", "essential: true\n    reference: true",
            "my.yaml:16: sheets[0].reference: a sheet is essential or only looked up, not both",
        ),
        ("rows: 5", "rows: -1", "my.yaml:21: sheets[0].blocks[0].rows: expected a whole number >= 0"),
        ("rows: 5", "rows: 10001", "my.yaml:21: sheets[0].blocks[0].rows: expected a whole number <= 10000"),
        ("minimum: 0", "minimum: none", "my.yaml:37: sheets[0].blocks[0].columns[3].minimum: expected a number, got a text"),
        ("minimum: 0", "width: 0", "my.yaml:37: sheets[0].blocks[0].columns[3].width: expected a number > 0.0"),
        ("[{name: Cups}]", "[{name: [Cups]}]",
         "my.yaml:22: sheets[0].blocks[0].prefill[0]: expected true or false, a whole number, a number or a text, got a list"),
        ("lines: [Nothing to fill in here.]", "lines: []", "my.yaml:71: sheets[1].blocks[3].lines: expected a list with at least 1 in it"),
        ("id: items", "id: My items",
         "my.yaml:18: sheets[0].blocks[0].id: expected a text in small letters, digits and _, with a letter in front"),
        ("kind: stock", "kind: My stock", "my.yaml:1: kind: expected a text in small letters, digits and -, with a letter in front"),
        ("prefix: S", "prefix: s", "my.yaml:20: sheets[0].blocks[0].prefix: expected a text of at most three capital letters"),
    ],
)  # fmt: skip
def test_a_key_or_value_of_the_wrong_kind(old: str, new: str, error: str, tmp_path: Path) -> None:
    check(old, new, error, tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("    name: Stock", f"    name: {'S' * 32}", "my.yaml:14: sheets[0].name: a sheet's name has at most 31 characters, this has 32"),
        *(
            ("    name: Stock", f"    name: {name}",
             "my.yaml:14: sheets[0].name: a sheet's name may not be empty, hold [ ] : * ? / \\ or begin or end with an apostrophe")
            for name in ("'a[b'", "'a]b'", "'a:b'", "'a*b'", "'a?b'", "a/b", "a\\b", "\"'ab\"", "\"ab'\"", "''")
        ),
        *(
            ("    name: Stock", f"    name: {name}",
             f"my.yaml:14: sheets[0].name: the name '{name}' is taken by the program or by Excel; choose another")
            for name in ("Lists", "LISTS", "_smsheets", "History")
        ),
        ("    name: Sums", "    name: STOCK", "my.yaml:50: sheets[1].name: two things have the sheet name 'STOCK'; give one another"),
        ("    name: Sums", "    name: Start here", "my.yaml:50: sheets[1].name: two things have the sheet name 'Start here'; give one another"),
        ("  - id: sums", "  - id: stock", "my.yaml:49: sheets[1].id: two things have the sheet id 'stock'; give one another"),
        ("[Count once a month.]", f"[ok, {'x' * 111}]",
         "my.yaml:15: sheets[0].note[1]: a line has at most 110 characters, this has 111; break it"),
        ("[Nothing to fill in here.]", f"[{'x' * 111}]",
         "my.yaml:71: sheets[1].blocks[3].lines[0]: a line has at most 110 characters, this has 111; break it"),
        ("id: sold_chart", "id: spec", "my.yaml:59: sheets[1].blocks[1].id: 'spec' is a word of the program; choose another id"),
        ("id: totals", "id: items", "my.yaml:53: sheets[1].blocks[0].id: two things have the form, table or chart id 'items'; give one another"),
        ("id: settings", "id: start", "my.yaml:66: sheets[1].blocks[2].id: two things have the form, table or chart id 'start'; give one another"),
        ("id: sold_chart", "id: items", "my.yaml:59: sheets[1].blocks[1].id: two things have the form, table or chart id 'items'; give one another"),
        ("alt: How many were sold in each month.", "alt: ' '",
         "my.yaml:62: sheets[1].blocks[1].alt: a chart needs a text for people who cannot see it"),
        ("categories: totals.month", "categories: totals.moth",
         "my.yaml:63: sheets[1].blocks[1].categories: 'totals.moth' is not table.column of this workbook; did you mean 'totals.month'?"),
        ("values: totals.all_sold", "values: all_sold",
         "my.yaml:64: sheets[1].blocks[1].series[0].values: 'all_sold' is not table.column of this workbook;"
         " did you mean 'totals.all_sold'?"),
        ("    note: [Count once a month.]", "    when_empty: Nothing yet.",
         "my.yaml:15: sheets[0].when_empty: the line of an empty sheet names one column that people fill, in braces: {posts.date}"),
        ("    note: [Count once a month.]", "    when_empty: 'Type {items.rest}.'",
         "my.yaml:15: sheets[0].when_empty: the line of an empty sheet names one column that people fill, in braces: {posts.date}"),
        ("    note: [Count once a month.]", f"    when_empty: 'Type {{items.name}}, {'x' * 100}.'",
         "my.yaml:15: sheets[0].when_empty: a line has at most 110 characters, this has 120"),
    ],
)  # fmt: skip
def test_sheets_texts_and_charts(old: str, new: str, error: str, tmp_path: Path) -> None:
    check(old, new, error, tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("text: Low", "text: top", "my.yaml:11: lists[0].values[1].text: two things have the text 'top'; give one another"),
        ("{id: low,", "{id: top,", "my.yaml:11: lists[0].values[1].id: two things have the value id 'top'; give one another"),
        ("text: Low", "text: ''", "my.yaml:11: lists[0].values[1].text: a list value needs a text"),
        ("text: Low", f"text: {'x' * 256}", "my.yaml:11: lists[0].values[1].text: a list value has at most 255 characters, this has 256"),
        ("    label: Shelves\n", "    label: Shelves\n    source: people\n",
         "my.yaml:10: lists[0].values: the values of this list come from its source 'people'; keep one of the two"),
        ("    values:\n      - {id: top, text: Top}\n      - {id: low, text: Low}\n", "",
         "my.yaml:7: lists[0]: a list needs values or a source, or people must be free to add some (open: true)"),
        ("sheets:\n  - id: stock", "  - {id: shelves, label: More, open: true}\nsheets:\n  - id: stock",
         "my.yaml:12: lists[1].id: two things have the list id 'shelves'; give one another"),
        ("choices: shelves", "choices: shelfs",
         "my.yaml:32: sheets[0].blocks[0].columns[2].choices: 'shelfs' is neither a list nor table.column; did you mean 'shelves'?"),
        ("choices: shelves", "choices: items.nam",
         "my.yaml:32: sheets[0].blocks[0].columns[2].choices: 'items.nam' is neither a list nor table.column; did you mean 'items.name'?"),
        ("{top: good}", "{tpo: good}",
         "my.yaml:33: sheets[0].blocks[0].columns[2].looks.tpo: the list 'shelves' has no value 'tpo'; did you mean 'top'?"),
        ("            choices: shelves\n", "",
         "my.yaml:32: sheets[0].blocks[0].columns[2].looks: looks are given to the values of a list; the field has no choices"),
    ],
)  # fmt: skip
def test_lists_and_choices(old: str, new: str, error: str, tmp_path: Path) -> None:
    check(old, new, error, tmp_path)


def test_a_comma_in_a_value_that_may_stand_beside_others(tmp_path: Path) -> None:
    text = GOOD.replace("text: Low", 'text: "Low, left"')
    assert error_of(text.replace("choices: shelves", "choices: shelves\n            many: true"), tmp_path) == (
        "my.yaml:32: sheets[0].blocks[0].columns[2].choices: many: the value 'Low, left' holds a comma,"
        " which stands between several values"
    )


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("hint: What it is.", f"hint: {'x' * 256}", "my.yaml:29: sheets[0].blocks[0].columns[1].hint: a hint has at most 255 characters, this has 256"),
        ("hint: What it is.", "example: A cup", "my.yaml:29: sheets[0].blocks[0].columns[1].example: an example is for the input of a form; in a table, say it in the hint"),
        ("rows: 5", "rows: 5\n        once_in: itms", "my.yaml:22: sheets[0].blocks[0].once_in: 'itms' is no table that people fill; did you mean 'items'?"),
        ("- id: name", "- id: where", "my.yaml:27: sheets[0].blocks[0].columns[1].id: 'where' is what every record calls its place; choose another id"),
        ("- id: name", "- id: cell", "my.yaml:27: sheets[0].blocks[0].columns[1].id: 'cell' is what every record calls its place; choose another id"),
        ("- id: name", "- id: shelf", "my.yaml:30: sheets[0].blocks[0].columns[2].id: two things have the field id 'shelf'; give one another"),
        ("label: Name", "label: shelf", "my.yaml:31: sheets[0].blocks[0].columns[2].label: two things have the label 'Shelf'; give one another"),
        ("label: Name", "label: ' '", "my.yaml:28: sheets[0].blocks[0].columns[1].label: a field needs a label: people and the reader find it by that"),
        ("minimum: 0", "minimum: 5\n            maximum: 2.5", "my.yaml:38: sheets[0].blocks[0].columns[3].maximum: the maximum 2.5 is below the minimum 5"),
        ("hint: What it is.", "maximum: 5", "my.yaml:29: sheets[0].blocks[0].columns[1].maximum: limits are for numbers; the field has the type text"),
        ("minimum: 0", "default: a few", "my.yaml:37: sheets[0].blocks[0].columns[3].default: expected a number, found 'a few'"),
        ("default: 3", "default: true", "my.yaml:68: sheets[1].blocks[2].fields[0].default: expected a number, found 'True'"),
        ("type: number, default: 3", "type: integer, default: 2.5", "my.yaml:68: sheets[1].blocks[2].fields[0].default: expected a whole number, found '2.5'"),
        ("type: number, default: 3", "type: date, default: 1.3.2027", "my.yaml:68: sheets[1].blocks[2].fields[0].default: expected a date like 2027-03-15, found '1.3.2027'"),
        ("type: number, default: 3", "type: date, default: 20270301", "my.yaml:68: sheets[1].blocks[2].fields[0].default: expected a date like 2027-03-15, found '20270301'"),
        ("type: number, default: 3", "type: time, default: 25:00", "my.yaml:68: sheets[1].blocks[2].fields[0].default: expected a time like 09:30, found '25:00'"),
        ("type: number, default: 3", "type: yes_no, default: maybe", "my.yaml:68: sheets[1].blocks[2].fields[0].default: expected yes or no, found 'maybe'"),
        ("type: number, default: 3", "default: 3", "my.yaml:68: sheets[1].blocks[2].fields[0].default: expected a text, found '3'; put it in quotes"),
        ("hint: What it is.", "default: 7", "my.yaml:29: sheets[0].blocks[0].columns[1].default: expected a text, found '7'; put it in quotes"),
        ("{top: good}", "{}\n            default: tpo", "my.yaml:34: sheets[0].blocks[0].columns[2].default: the list 'shelves' has no value 'tpo'; did you mean 'top'?"),
        ("minimum: 0", "threshold: budget.watch_shar",
         "my.yaml:37: sheets[0].blocks[0].columns[3].threshold: unknown threshold 'budget.watch_shar'; did you mean 'budget.watch_share'?"),
        ("            total: sum", "            first: '1'", "my.yaml:42: sheets[0].blocks[0].columns[4].first: only a repeated column with a formula has a first one"),
        ("minimum: 0", "first: '1'", "my.yaml:37: sheets[0].blocks[0].columns[3].first: only a repeated column with a formula has a first one"),
        ("minimum: 0", "advanced: true\n            required: true",
         "my.yaml:37: sheets[0].blocks[0].columns[3].advanced: what everybody must fill in cannot be hidden; leave out advanced or required"),
        ('formula: "SUM({items.count})"', 'formula: "SUM({items.count})", required: true',
         "my.yaml:69: sheets[1].blocks[2].fields[1].required: this is for inputs, but the field has a formula"),
        ('formula: "SUM({items.count})"', 'formula: "SUM({items.count})", default: 1',
         "my.yaml:69: sheets[1].blocks[2].fields[1].default: this is for inputs, but the field has a formula"),
        ("each: months\n            total: sum", "each: month\n            total: sum",
         "my.yaml:41: sheets[0].blocks[0].columns[4].each: unknown source 'month'; did you mean 'months'?"),
        ("each: months\n            total: sum", "each: list:shelfs\n            total: sum",
         "my.yaml:41: sheets[0].blocks[0].columns[4].each: unknown source 'list:shelfs'; did you mean 'list:shelves'?"),
        ("each: months\n            total: sum", "each: count:0\n            total: sum",
         "my.yaml:41: sheets[0].blocks[0].columns[4].each: unknown source 'count:0'"),
    ],
)  # fmt: skip
def test_fields_and_columns(old: str, new: str, error: str, tmp_path: Path) -> None:
    check(old, new, error, tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "error"),
    [
        ("            type: id\n", "", "my.yaml:24: sheets[0].blocks[0].columns[0]: the first column of a table with a prefix has the type id"),
        ("        rows: 5\n", "", "my.yaml:17: sheets[0].blocks[0]: a table that people fill needs rows"),
        ("[{name: Cups}]", "[{name: Cups}, {name: Cups}, {nmae: Cups}]",
         "my.yaml:22: sheets[0].blocks[0].prefill[2].nmae: unknown column 'nmae'; did you mean 'name'?"),
        ("[{name: Cups}]", "[{sold: 5}]", "my.yaml:22: sheets[0].blocks[0].prefill[0].sold: only a plain input column can be filled beforehand"),
        ("[{name: Cups}]", "[{count: many}]", "my.yaml:22: sheets[0].blocks[0].prefill[0].count: expected a number, found 'many'"),
        ("[{name: Cups}]", "\n          - {name: Cups}\n          - {shelf: bottom}", "my.yaml:24: sheets[0].blocks[0].prefill[1].shelf: the list 'shelves' has no value 'bottom'"),
        ("        each: months\n        columns", "        each: monts\n        columns", "my.yaml:54: sheets[1].blocks[0].each: unknown source 'monts'; did you mean 'months'?"),
        ("        each: months\n        columns", "        mirror: item\n        columns",
         "my.yaml:54: sheets[1].blocks[0].mirror: 'item' is no table that people fill; did you mean 'items'?"),
        ("        each: months\n        columns", "        mirror: totals\n        columns",
         "my.yaml:54: sheets[1].blocks[0].mirror: 'totals' is no table that people fill"),
        ("        each: months\n        columns", "        each: months\n        mirror: items\n        columns",
         "my.yaml:55: sheets[1].blocks[0].mirror: a table has each or mirror, not both"),
        ("        each: months\n        columns", "        each: months\n        rows: 3\n        columns",
         "my.yaml:55: sheets[1].blocks[0].rows: people fill nothing in a table with each or mirror; leave this out"),
        ("        each: months\n        columns", "        rows: 3\n        columns",
         "my.yaml:52: sheets[1].blocks[0]: a table that people fill needs a column without a formula"),
        ('{id: month, label: Month, formula: "{row}"}', "{id: month, label: Month}",
         "my.yaml:56: sheets[1].blocks[0].columns[0]: every column of a computed table needs a formula"),
    ],
)  # fmt: skip
def test_tables(old: str, new: str, error: str, tmp_path: Path) -> None:
    check(old, new, error, tmp_path)


def test_more_prefilled_rows_than_rows(tmp_path: Path) -> None:
    text = GOOD.replace("rows: 5", "rows: 1").replace("[{name: Cups}]", "[{name: Cups}, {name: Bowls}]")
    assert error_of(text, tmp_path) == "my.yaml:21: sheets[0].blocks[0].rows: 1 rows do not hold the 2 prefilled ones"


TOTAL = 'formula: "SUM({items.sold})"'
AT_TOTAL = "my.yaml:57: sheets[1].blocks[0].columns[1].formula: "
REST = 'formula: "{prev.rest}-{sold}"'
AT_REST = "my.yaml:48: sheets[0].blocks[0].columns[5].formula: "
FIELD = 'formula: "SUM({items.count})"'
AT_FIELD = "my.yaml:69: sheets[1].blocks[2].fields[1].formula: "


@pytest.mark.parametrize(
    ("old", "at", "formula", "message"),
    [
        (TOTAL, AT_TOTAL, "SUM({itms.sold})", "{itms.sold}: no form or table has this id; did you mean 'items'?"),
        (TOTAL, AT_TOTAL, "SUM({items.solt})", "{items.solt}: no such field; did you mean 'sold'?"),
        (TOTAL, AT_TOTAL, "{settings.low}", "{settings.low}: no such field; did you mean 'low_at'?"),
        (TOTAL, AT_TOTAL, "{moth}", "{moth}: no such column; did you mean 'month'?"),
        (TOTAL, AT_TOTAL, "COUNTA({list:shelfs})", "{list:shelfs}: unknown list; did you mean 'shelves'?"),
        (TOTAL, AT_TOTAL, "{word:shelfs.top}", "{word:shelfs.top}: unknown list; did you mean 'shelves'?"),
        (TOTAL, AT_TOTAL, "{word:shelves.tops}", "{word:shelves.tops}: no such list value; did you mean 'top'?"),
        (TOTAL, AT_TOTAL, "{prev.month}", "{prev.month}: only a repeated column of this table has neighbours"),
        (TOTAL, AT_TOTAL, "{all.items}", "{all.items}: only a repeated column of this table has neighbours"),
        (TOTAL, AT_TOTAL, "{each}", "{each}: this column is not repeated"),
        (TOTAL, AT_TOTAL, "{item}", "{item}: stands only inside each(...)"),
        (TOTAL, AT_TOTAL, "{row.last}", "{row.last}: write {row}, {row.end} or {row.n}"),
        (REST, AT_REST, "{row}", "{row}: the rows of this table do not stand for something; only {row.n} is known"),
        (REST, AT_REST, "{row.end}", "{row.end}: the rows of this table do not stand for something; only {row.n} is known"),
        (FIELD, AT_FIELD, "{row.n}", "{row.n}: a form has no rows"),
        (FIELD, AT_FIELD, "{low_at}", "{low_at}: no such column; in a form write {form.field}"),
        (TOTAL, AT_TOTAL, "each(month, +, {item})", "each(month, ...): unknown source 'month'; did you mean 'months'?"),
        (TOTAL, AT_TOTAL, "each(months, +, 1)", "each(months, ...): the expression names nothing that could differ"),
        (TOTAL, AT_TOTAL, "each(months, +)", "each(...) takes a source, a sign and an expression: each(months, +, {planned})"),
        (TOTAL, AT_TOTAL, "each(months, +, {item}", "a parenthesis is open or closed without its partner"),
        (TOTAL, AT_TOTAL, "SUM({items.sold}", "a parenthesis is open or closed without its partner"),
        (TOTAL, AT_TOTAL, "SUM{items.sold})", "a parenthesis is open or closed without its partner"),
        (TOTAL, AT_TOTAL, "SUM({items.sold)", "a brace is open or closed without its partner"),
        (TOTAL, AT_TOTAL, "{items.sold", "a brace is open or closed without its partner"),
        (TOTAL, AT_TOTAL, "items.sold}", "a brace is open or closed without its partner"),
        (TOTAL, AT_TOTAL, r'IF({month}=1,\"x)', 'a text begins with " and does not end'),
        (TOTAL, AT_TOTAL, "=SUM({items.sold})", "write the formula without '=' in front"),
        (TOTAL, AT_TOTAL, "XLOOKUP({row},{items.sold},{items.count})", "XLOOKUP is not computed the same way by all spreadsheet programs"),
        (TOTAL, AT_TOTAL, "INDIRECT({month})", "INDIRECT is not computed the same way by all spreadsheet programs"),
        (TOTAL, AT_TOTAL, "sum({items.sold})", "write sum in capitals: SUM"),
        (TOTAL, AT_TOTAL, "SUM({items.sold})+B4", "a formula names fields, never cells: B4"),
        (TOTAL, AT_TOTAL, "SUM($A$1:$A$9)", "a formula names fields, never cells: $A$1"),
        (TOTAL, AT_TOTAL, "1+" * 4096 + "1", "a formula has at most 8192 characters, this has 8193"),
    ],
)  # fmt: skip
def test_formulas(old: str, at: str, formula: str, message: str, tmp_path: Path) -> None:
    check(old, f'formula: "{formula}"', at + message, tmp_path)


@pytest.mark.parametrize(
    "text", [r"IF({month}=1,\"A1\",\"SUM(\")", "LOG10X", "1E6*{row.n}", "IF({month}>DATE(2027,1,1),TRUE,0)"]
)
def test_what_only_looks_like_a_cell_or_a_function_is_fine(text: str, tmp_path: Path) -> None:
    path = tmp_path / "my.yaml"
    path.write_text(GOOD.replace(TOTAL, f'formula: "{text}"'), encoding="utf-8")
    assert read_spec(path)


@pytest.mark.parametrize(
    ("key", "value", "error"),
    [
        ("total", "SUM({items.solt})", "columns[3].total: {items.solt}: no such field; did you mean 'sold'?"),
        ("formats", '[{formula: "{cuont}<0", look: bad}]', "columns[3].formats[0].formula: {cuont}: no such column; did you mean 'count'?"),
        ("formats", '[{formula: "{count}<{settings.low_at}", look: bad}]',
         "columns[3].formats[0].formula: {settings.low_at}: a conditional format may name only fields of its own sheet; use a computed column"),
        ("formats", '[{formula: "COUNTIF({list:shelves},{count})", look: bad}]',
         "columns[3].formats[0].formula: {list:shelves}: a conditional format may name only fields of its own sheet; use a computed column"),
        ("formats", '[{formula: "{count}<0", look: red}]',
         "columns[3].formats[0].look: unknown look 'red'; use one of: bad, bar, bar_done, day, good, hidden, info, marker, moment, muted, share, watch"),
    ],
)  # fmt: skip
def test_totals_and_formats(key: str, value: str, error: str, tmp_path: Path) -> None:
    quoted = value if value.startswith("[") else f'"{value}"'
    check("minimum: 0", f"{key}: {quoted}", f"my.yaml:37: sheets[0].blocks[0].{error}", tmp_path)


def test_a_formula_over_several_lines_has_the_line_of_its_key(tmp_path: Path) -> None:
    text = GOOD.replace(REST, "formula: >-\n              {prev.rest}\n              -{solt}")
    assert error_of(text, tmp_path) == AT_REST + "{solt}: no such column; did you mean 'sold'?"


def test_a_file_that_is_no_spec(tmp_path: Path) -> None:
    assert error_of("", tmp_path) == "my.yaml:1: expected a group of keys, got nothing"
    assert error_of("- a\n", tmp_path) == "my.yaml:1: expected a group of keys, got a list"
    assert error_of("just words\n", tmp_path) == "my.yaml:1: expected a group of keys, got a text"


def test_a_file_that_is_not_there_or_not_text(tmp_path: Path) -> None:
    with pytest.raises(SpecError) as caught:
        read_spec(tmp_path / "none.yaml")
    assert str(caught.value) == f"{tmp_path / 'none.yaml'}: cannot be read: No such file or directory"
    (tmp_path / "latin.yaml").write_bytes("title: Töpfe".encode("latin-1"))
    with pytest.raises(SpecError) as caught:
        read_spec(tmp_path / "latin.yaml")
    assert str(caught.value).startswith(f"{tmp_path / 'latin.yaml'}: is not saved as UTF-8. Save it again")


def test_a_list_of_ones_own_takes_the_place_of_a_shared_one(tmp_path: Path) -> None:
    path = tmp_path / "my.yaml"
    path.write_text(GOOD.replace("id: shelves", "id: formats").replace("choices: shelves", "choices: formats"), "utf-8")
    workbook = read_spec(path)
    found = [spec for spec in workbook.lists if spec.id == "formats"]
    assert [value.text for value in found[0].values] == ["Top", "Low"]
    assert len(found) == 1
