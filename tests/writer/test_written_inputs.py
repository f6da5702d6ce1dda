"""Input cells in the files: they look like inputs, say what to type, offer what can be picked, and keep real dates."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation
from written_package import TEMPLATES, both, layout_of, sample

from smsheets.layout.items import date_format, with_days
from smsheets.layout.measures import text_length
from smsheets.layout.place import place_workbook
from smsheets.layout.placed import PlacedTable
from smsheets.profile import Profile
from smsheets.spec.load import fields_of, load_spec
from smsheets.spec.model import Field
from smsheets.spec.vocabulary import FieldType, Look
from smsheets.writer.formats import validation_of
from smsheets.writer.look import Country, look_properties

TITLE_LIMIT, HINT_LIMIT = 32, 255
LONGEST_TABLE = 2_000
_RANGE = re.compile(r"(?P<sheet>'(?:[^']|'')+'|\w+)!\$[A-Z]+\$(?P<first>\d+):\$[A-Z]+\$(?P<last>\d+)")

templates = pytest.mark.parametrize(("kind", "language"), TEMPLATES)


@cache
def _book(kind: str, language: str) -> Any:
    return openpyxl.load_workbook(io.BytesIO(sample(kind, language).data))


def _inputs(kind: str, language: str) -> Iterator[tuple[str, int, int, Field]]:
    """The first cell of every input column, and every input cell of a form: sheet, row, column, field."""
    layout = layout_of(kind, language)
    for table in layout.tables.values():
        for column in table.columns:
            if column.spec.formula is None:
                yield table.sheet, table.first_row, column.col, column.spec
    for form in layout.forms.values():
        for item in form.spec.fields:
            if item.formula is None:
                yield form.sheet, form.row_of[item.id], form.value_col, item


def _validation(book: Any, sheet: str, row: int, col: int) -> DataValidation | None:
    name = book[sheet].cell(row, col).coordinate
    return next((item for item in book[sheet].data_validations.dataValidation if name in item.sqref), None)


@templates
def test_every_input_says_what_to_type(kind: str, language: str) -> None:
    book, layout = _book(kind, language), layout_of(kind, language)
    for sheet, row, col, field in _inputs(kind, language):
        rule = _validation(book, sheet, row, col)
        assert rule is not None, f"{sheet}: {field.label}"
        assert rule.prompt == with_days(layout.words.text(field.hint), layout.profile) != "", f"{sheet}: {field.label}"
        assert rule.showInputMessage


@templates
def test_hints_fit_in_every_language(kind: str, language: str) -> None:
    """Excel refuses a file with a longer one; none is cut off either."""
    layout = layout_of(kind, language)
    for field in fields_of(layout.spec):
        assert len(layout.words.text(field.hint)) <= HINT_LIMIT, field.label
    for package in both(kind, language):
        for sheet in package.sheets.values():
            for rule in sheet.iter("dataValidation"):
                assert len(rule.get("promptTitle", "")) <= TITLE_LIMIT
                assert len(rule.get("errorTitle", "")) <= TITLE_LIMIT
                assert len(rule.get("prompt", "")) <= HINT_LIMIT
                assert len(rule.get("error", "")) <= HINT_LIMIT


@templates
def test_dropdowns_offer_an_absolute_area(kind: str, language: str) -> None:
    """On the sheet Lists, or the ids of a table of the same workbook; never a list written into the rule."""
    layout = layout_of(kind, language)
    ids = {(table.sheet, table.first_row, table.end_row) for table in layout.tables.values()}
    offered = {(item.sheet, item.first_row, item.first_row + item.places - 1) for item in layout.lists.values()}
    for package in both(kind, language)[:1]:
        for name, sheet in package.sheets.items():
            for rule in sheet.iter("dataValidation"):
                if rule.get("type") != "list":
                    continue
                source = rule.findtext("formula1") or ""
                match = _RANGE.fullmatch(source)
                assert match is not None, f"{name} {rule.get('sqref')}: {source}"
                place = (match["sheet"].strip("'").replace("''", "'"), int(match["first"]), int(match["last"]))
                assert place in offered | ids, f"{name} {rule.get('sqref')}: {source}"


@templates
def test_every_choice_has_its_dropdown(kind: str, language: str) -> None:
    book = _book(kind, language)
    for sheet, row, col, field in _inputs(kind, language):
        if (field.choices is not None and not field.many) or field.type is FieldType.YES_NO:
            rule = _validation(book, sheet, row, col)
            assert rule is not None, f"{sheet}: {field.label}"
            assert rule.type == "list", f"{sheet}: {field.label}"


@templates
def test_rules_cover_blocks_not_whole_columns(kind: str, language: str) -> None:
    for package in both(kind, language):
        for sheet in package.sheets.values():
            for rule in (*sheet.iter("dataValidation"), *sheet.iter("conditionalFormatting")):
                area = rule.get("sqref", "")
                assert max(map(int, re.findall(r"\d+", area))) <= LONGEST_TABLE, area


@templates
def test_dates_are_dates(kind: str, language: str) -> None:
    """The country's format in every date cell, a date rule in every date input, numbers in the cells."""
    book = _book(kind, language)
    layout = layout_of(kind, language)
    for sheet, row, col, field in _inputs(kind, language):
        cell = book[sheet].cell(row, col)
        if field.type is FieldType.DATE:
            rule = _validation(book, sheet, row, col)
            assert rule is not None
            assert rule.type == "date", f"{sheet}: {field.label}"
            assert cell.number_format == date_format(layout.profile), f"{sheet}: {field.label}"
            assert cell.value is None or cell.is_date, f"{sheet}: {field.label}"
    for table in layout.tables.values():
        for column in table.columns:
            if column.spec.type is FieldType.DATE:
                assert book[table.sheet].cell(table.first_row, column.col).number_format == date_format(layout.profile)


DAYS = [
    ("en-US", "Mar 15, 2027", "mmm d, yyyy"),
    ("en-GB", "15 Mar 2027", "d mmm yyyy"),
    ("de-AT", "15.03.2027", "dd.mm.yyyy"),
]


@pytest.mark.parametrize(("locale", "day", "code"), DAYS)
def test_days_in_hints_and_with_a_time_are_those_of_the_country(locale: str, day: str, code: str) -> None:
    language, _, country = locale.partition("-")
    layout = place_workbook(load_spec("kpi-report"), Profile(language=language, country=country))
    table = layout.tables["inbox"]
    column = table.by_key["received"]
    options = validation_of(layout, column.spec)
    assert f": {day} 14:30. " in options["input_message"]
    assert options["error_message"].endswith(f" {day}.")
    shown = look_properties(Look.MOMENT, Country(2, date_format(layout.profile)))
    assert shown == {"num_format": f"{code} hh:mm"}
    sheet = next(sheet for sheet in layout.sheets if sheet.name == table.sheet)
    assert sheet.widths[column.col] >= text_length(f"{day} 14:30")


@templates
def test_inputs_and_computed_cells_look_different(kind: str, language: str) -> None:
    book, layout = _book(kind, language), layout_of(kind, language)
    inputs: set[str] = set()
    computed: set[str] = set()
    for table in layout.tables.values():
        for column in table.columns:
            (computed if column.spec.formula else inputs).add(_fill(book, table.sheet, table.first_row, column.col))
    for form in layout.forms.values():
        for item in form.spec.fields:
            (computed if item.formula else inputs).add(_fill(book, form.sheet, form.row_of[item.id], form.value_col))
    assert "00000000" not in inputs | computed
    assert not inputs & computed
    assert len(inputs) <= 2
    assert len(computed) <= 2


def _fill(book: Any, sheet: str, row: int, col: int) -> str:
    return str(book[sheet].cell(row, col).fill.fgColor.rgb)


@templates
def test_spare_rows_are_ready(kind: str, language: str) -> None:
    """The last row of a table has the formulas, the rules and the looks of the first."""
    book, layout = _book(kind, language), layout_of(kind, language, sample=True)
    for table in layout.tables.values():
        if not table.spec.computed:
            _check_last_row(book, table)


def _check_last_row(book: Any, table: PlacedTable) -> None:
    for column in table.columns:
        cell = book[table.sheet].cell(table.last_row, column.col)
        if column.spec.formula is not None:
            assert cell.data_type == "f", f"{table.sheet}!{cell.coordinate}"
        else:
            assert _validation(book, table.sheet, table.last_row, column.col) is not None
        assert _fill(book, table.sheet, table.last_row, column.col) == _fill(
            book, table.sheet, table.first_row, column.col
        )
    if table.spec.prefix:
        first = table.columns[0].col
        ids = [book[table.sheet].cell(row, first).value for row in range(table.first_row, table.last_row + 1)]
        assert all(isinstance(value, str) and value.startswith(table.spec.prefix) for value in ids)
        assert len(set(ids)) == len(ids)
