"""Formulas by field name in, formulas by cell out: every form of a reference that a spec may use."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from small_layout import PROFILE, small_layout

from smsheets.layout.formulas import FormulaResolver
from smsheets.layout.placed import Layout
from smsheets.profile import Profile

TABLE = """\
lists:
  - id: words
    label: Words
    open: true
    values: [{{id: good, text: good}}, {{id: bad, text: 'so "bad"'}}]
sheets:
  - id: main
    name: Main sheet
    blocks:
      - type: table
        id: lines
        rows: 12
        columns:
          - {{id: name, label: Name}}
          - {{id: word, label: Word, choices: words}}
          - {{id: planned, label: Planned, type: number, each: months}}
          - {{id: left, label: Left, type: number, each: months, formula: {left}, first: {first}}}
          - {{id: sum, label: Sum, type: number, formula: {sum}, total: {total}}}
  - id: other
    name: Other
    blocks:
      - type: form
        id: settings
        fields:
          - {{id: limit, label: Limit, type: number}}
          - {{id: double, label: Double, type: number, formula: {field}}}
      - type: table
        id: monthly
        each: months
        columns:
          - {{id: month, label: Month, type: month, formula: "{{row}}"}}
          - {{id: total, label: Total, type: number, formula: {monthly}}}
      - type: table
        id: echo
        mirror: lines
        columns:
          - {{id: name, label: Name, formula: {echo}}}
      - type: table
        id: grid
        each: list:words
        columns:
          - {{id: word, label: Word, formula: "{{row}}"}}
          - {{id: cell, label: Month, type: number, each: months, formula: {grid}}}
""".replace("{{id: cell, label: Month", "{{id: box, label: Month")

WITHOUT_HEADER = "OFFSET($?$4:$?$17,1,0,MAX(1,ROWS($?$4:$?$17)-2))"
"""The data rows of column `?`, of a range from the header to the end row."""

PLAIN = {"left": "1", "first": "1", "sum": "1", "total": "sum", "field": "1", "monthly": "1", "echo": "1", "grid": "1"}


def layout_with(profile: Profile = PROFILE, **formulas: str) -> Layout:
    quoted = {key: msgspec.json.encode(text).decode() for key, text in {**PLAIN, **formulas}.items()}
    return small_layout(TABLE.format(**quoted), profile)


def formula_of(layout: Layout, table_id: str, key: str, number: int = 1) -> str:
    """The formula of a column in a data row, numbered from 1."""
    table = layout.tables[table_id]
    return FormulaResolver(layout).column_formula(table, table.by_key[key], table.header_row + number)


def test_where_the_small_table_stands() -> None:
    """Row 4 is the header; A name, B word, C planned and D left of January, E F February, G H March, I sum."""
    lines = layout_with().tables["lines"]
    assert (lines.total_row, lines.header_row, lines.first_row, lines.last_row) == (3, 4, 5, 16)
    assert {column.key: column.col for column in lines.columns} == {
        "name": 1, "word": 2, "planned#1": 3, "left#1": 4, "planned#2": 5, "left#2": 6, "planned#3": 7, "left#3": 8,
        "sum": 9,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("written", "january", "february", "march"),
    [
        ("{planned}", "=C6", "=E6", "=G6"),
        ("{name}", "=A6", "=A6", "=A6"),
        ("{prev.planned}", '=""', "=C6", "=E6"),
        ("{next.planned}", "=E6", "=G6", '=""'),
        ("SUM({all.planned})", "=SUM(C6,E6,G6)", "=SUM(C6,E6,G6)", "=SUM(C6,E6,G6)"),
        ("SUM({from.planned})", "=SUM(C6,E6,G6)", "=SUM(E6,G6)", "=SUM(G6)"),
        ("SUM({upto.planned})", "=SUM(C6)", "=SUM(C6,E6)", "=SUM(C6,E6,G6)"),
        ("{each}", "=DATE(2027,1,1)", "=DATE(2027,2,1)", "=DATE(2027,3,1)"),
        ("{each.end}", "=DATE(2027,1,31)", "=DATE(2027,2,28)", "=DATE(2027,3,31)"),
        ("{each.n}", "=1", "=2", "=3"),
        ("{row.n}", "=2", "=2", "=2"),
        ("SUM({lines.planned})", "=SUM($C$4:$C$17)", "=SUM($E$4:$E$17)", "=SUM($G$4:$G$17)"),
        ("COUNTA({lines.name})", *[f"=COUNTA({WITHOUT_HEADER.replace('?', 'A')})"] * 3),
        ("{settings.limit}", "=Other!$C$3", "=Other!$C$3", "=Other!$C$3"),
        ("SUM({monthly.total})", "=SUM(Other!$B$7:$B$9)", "=SUM(Other!$B$7:$B$9)", "=SUM(Other!$B$7:$B$9)"),
        ("{word:words.good}", "=Lists!$A$5", "=Lists!$A$5", "=Lists!$A$5"),
        ("{word:words.bad}", "=Lists!$A$6", "=Lists!$A$6", "=Lists!$A$6"),
        ("{text:no budget}", '="no budget"', '="no budget"', '="no budget"'),
        ("COUNTA({list:words})", "=COUNTA(Lists!$A$5:$A$14)", "=COUNTA(Lists!$A$5:$A$14)", "=COUNTA(Lists!$A$5:$A$14)"),
        ("{week_start}", "=1", "=1", "=1"),
    ],
)
def test_a_reference_in_a_repeated_column(written: str, january: str, february: str, march: str) -> None:
    layout = layout_with(left=written, first=written)
    found = [formula_of(layout, "lines", f"left#{month}", number=2) for month in (1, 2, 3)]
    assert found == [january, february, march]


def test_a_word_as_text() -> None:
    """As workbooks have it that were made before words of open lists were named by their cells."""
    table = layout_with(left="{word:words.bad}").tables["lines"]
    resolver = FormulaResolver(layout_with(left="{word:words.bad}"), words_as_text=True)
    assert resolver.column_formula(table, table.by_key["left#2"], table.first_row) == '="so ""bad"""'


def test_the_first_repetition_may_have_a_formula_of_its_own() -> None:
    layout = layout_with(first="{planned}", left="{prev.left}+{planned}")
    found = [formula_of(layout, "lines", f"left#{month}") for month in (1, 2, 3)]
    assert found == ["=C5", "=D5+E5", "=F5+G5"]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("each(months, +, IF({planned}>0,{left},0))", "=IF(C5>0,D5,0)+IF(E5>0,F5,0)+IF(G5>0,H5,0)"),
        ("SUM(each(months, comma, {planned}*{item.n}))", "=SUM(C5*1,E5*2,G5*3)"),
        ("each(months, &, IF({item}<{item.end},1,0))",
         "=IF(DATE(2027,1,1)<DATE(2027,1,31),1,0)&IF(DATE(2027,2,1)<DATE(2027,2,28),1,0)"
         "&IF(DATE(2027,3,1)<DATE(2027,3,31),1,0)"),
        ("each(months, +, SUM({lines.planned}))", "=SUM($C$4:$C$17)+SUM($E$4:$E$17)+SUM($G$4:$G$17)"),
        ("each(count:3, *, {item})", "=1*2*3"),
        ("each(weekdays, +, {item})", "=1+2+3+4+5+6+7"),
        ("each(count:2, +, each(months, *, {item.n}))", "=1*2*3+1*2*3"),
        ("SUM({all.planned})-{name}", "=SUM(C5,E5,G5)-A5"),
    ],
)  # fmt: skip
def test_an_expression_for_each_item(written: str, found: str) -> None:
    assert formula_of(layout_with(sum=written), "lines", "sum") == found


def test_each_place_of_a_list_the_spare_ones_too() -> None:
    formula = formula_of(layout_with(sum="each(list:words, +, COUNTIF({lines.word},{item}))"), "lines", "sum")
    pieces = formula.removeprefix("=").split("+")
    assert pieces[0] == f"COUNTIF({WITHOUT_HEADER.replace('?', 'B')},Lists!$A$5)"
    assert pieces[-1] == f"COUNTIF({WITHOUT_HEADER.replace('?', 'B')},Lists!$A$14)"
    assert len(pieces) == 10


@pytest.mark.parametrize(
    ("written", "january", "march"),
    [
        ("{row}", "=DATE(2027,1,1)", "=DATE(2027,3,1)"),
        ("{row.end}", "=DATE(2027,1,31)", "=DATE(2027,3,31)"),
        ("{row.n}", "=1", "=3"),
        ("{month}", "=A7", "=A9"),
        ("SUM({lines.planned})", "=SUM('Main sheet'!$C$4:$C$17)", "=SUM('Main sheet'!$G$4:$G$17)"),
        ("SUM({lines.sum})", "=SUM('Main sheet'!$I$4:$I$17)", "=SUM('Main sheet'!$I$4:$I$17)"),
        ("{settings.limit}", "=$C$3", "=$C$3"),
        ("SUM({monthly.total})", "=SUM($B$7:$B$9)", "=SUM($B$7:$B$9)"),
    ],
)
def test_a_reference_in_a_row_that_stands_for_a_month(written: str, january: str, march: str) -> None:
    layout = layout_with(monthly=written)
    assert formula_of(layout, "monthly", "total", 1) == january
    assert formula_of(layout, "monthly", "total", 3) == march


@pytest.mark.parametrize(
    ("written", "third"),
    [
        ("{lines.name@row}", "=IF(4>=ROWS('Main sheet'!$A$4:$A$17),\"\",INDEX('Main sheet'!$A$4:$A$17,4))"),
        ("{lines.planned@row}", "=IF(4>ROWS('Main sheet'!$C$4:$C$17),\"\",INDEX('Main sheet'!$C$4:$C$17,4))"),
        ("{row.n}", "=3"),
    ],
)
def test_a_row_that_follows_another_table(written: str, third: str) -> None:
    layout = layout_with(echo=written)
    assert layout.tables["echo"].rows == 12 + 10  # people insert rows where all are filled
    assert formula_of(layout, "echo", "name", 3) == third


def test_where_rows_stand_for_one_thing_and_columns_for_another() -> None:
    layout = layout_with(grid="SUMIF({lines.word},{row},{lines.planned})*{each.n}*{row.n}")
    assert formula_of(layout, "grid", "box#2", 1) == (
        "=SUMIF('Main sheet'!$B$4:$B$17,Lists!$A$5,'Main sheet'!$E$4:$E$17)*2*1"
    )
    assert formula_of(layout, "grid", "box#3", 10) == (
        "=SUMIF('Main sheet'!$B$4:$B$17,Lists!$A$14,'Main sheet'!$G$4:$G$17)*3*10"
    )


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("{settings.limit}*2", "=$C$3*2"),
        ("SUM({lines.sum})", "=SUM('Main sheet'!$I$4:$I$17)"),
        ("each(months, +, SUM({lines.planned}))",
         "=SUM('Main sheet'!$C$4:$C$17)+SUM('Main sheet'!$E$4:$E$17)+SUM('Main sheet'!$G$4:$G$17)"),
        ("{start.business}", "='Start here'!$B$6"),
    ],
)  # fmt: skip
def test_a_formula_in_a_form(written: str, found: str) -> None:
    layout = layout_with(field=written)
    assert FormulaResolver(layout).field_formula(layout.forms["settings"], written) == found


def test_totals_stand_above_the_header() -> None:
    layout = layout_with()
    lines = layout.tables["lines"]
    assert FormulaResolver(layout).total_formula(lines, lines.by_key["sum"]) == "=SUM(I4:I17)"
    layout = layout_with(total="SUM({lines.planned})-SUM({lines.sum})")
    lines = layout.tables["lines"]
    assert FormulaResolver(layout).total_formula(lines, lines.by_key["sum"]) == "=SUM($C$4:$C$17)-SUM($I$4:$I$17)"


def test_a_conditional_format_holds_its_columns_fixed() -> None:
    layout = layout_with()
    lines = layout.tables["lines"]
    resolver = FormulaResolver(layout)
    assert resolver.format_formula(lines, lines.by_key["left#2"], "AND({left}<0,{name}<>{row.n})") == (
        "=AND($F5<0,$A5<>1)"
    )


def test_words_are_those_of_the_workbooks_language() -> None:
    spec = """\
sheets:
  - id: main
    name: Main
    blocks:
      - type: table
        id: lines
        rows: 1
        columns:
          - {id: name, label: Name}
          - {id: said, label: Said, formula: "IF({name}={word:yes_no.yes},{word:statuses.on_track},{text:Total})"}
"""
    german = small_layout(spec, msgspec.structs.replace(PROFILE, language="de"))
    english = small_layout(spec)
    assert formula_of(english, "lines", "said") == '=IF(A4="yes","on track","Total")'
    words = german.words
    assert formula_of(german, "lines", "said") == f'=IF(A4="ja","{words.text("on track")}","{words.text("Total")}")'
    assert words.text("on track") != "on track"


@pytest.mark.parametrize(("country", "first"), [("DE", 1), ("DE-BY", 1), ("US", 7), ("US-CA", 7), ("EG", 6), ("XX", 1)])
@pytest.mark.parametrize("language", ["en", "de"])
def test_the_week_begins_where_the_country_begins_it(country: str, first: int, language: str) -> None:
    profile = msgspec.structs.replace(PROFILE, country=country, language=language)
    layout = layout_with(profile, sum="{week_start}")
    assert formula_of(layout, "lines", "sum") == f"={first}"
    weekdays = formula_of(layout_with(profile, sum="each(weekdays, +, {item})"), "lines", "sum")
    assert weekdays.startswith(f"={first}+")
    assert sorted(weekdays[1:].split("+")) == list("1234567")


def test_a_period_that_begins_elsewhere() -> None:
    profile = msgspec.structs.replace(PROFILE, start=date(2027, 12, 1))
    layout = layout_with(profile, left="{each}", first="{each.end}")
    assert [formula_of(layout, "lines", f"left#{n}") for n in (1, 2, 3)] == [
        "=DATE(2027,12,31)", "=DATE(2028,1,1)", "=DATE(2028,2,1)",
    ]  # fmt: skip
