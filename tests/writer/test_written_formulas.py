"""Formulas in the files: only what all programs compute alike, each with its value, user's text never one of them."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping

import openpyxl
import pytest
from written_package import TEMPLATES, Package, both, layout_of, without_texts

from smsheets.layout.content import Filling
from smsheets.layout.formulas import NO_FIGURE
from smsheets.writer.formats import file_formula
from smsheets.writer.workbook import write_workbook

PORTABLE = frozenset(
    """SUM SUMIF SUMIFS COUNTIF COUNTIFS AVERAGEIF AVERAGEIFS SUMPRODUCT INDEX MATCH VLOOKUP IFERROR IF AND OR NOT
    CHOOSE SUBTOTAL LARGE SMALL RANK ROUND MIN MAX COUNT COUNTA COUNTBLANK EDATE EOMONTH NETWORKDAYS NETWORKDAYS.INTL
    WORKDAY WORKDAY.INTL
    WEEKDAY WEEKNUM DATE YEAR MONTH DAY TODAY LEFT RIGHT MID LEN TRIM SUBSTITUTE SEARCH REPT VALUE ISNUMBER
    ISBLANK NA ABS CHAR INT MOD OFFSET ROW ROWS _xlfn.IFNA _xlfn.ISOWEEKNUM""".split()  # noqa: SIM905 - easier to compare with what the programs name
)
"""What Excel 2010 and later, Google Sheets and LibreOffice compute alike; the last two came with Excel 2013."""

_FUNCTION = re.compile(r"([A-Za-z_][\w.]*)\(")
_WHOLE_COLUMN = re.compile(r"\$?[A-Z]{1,3}:\$?[A-Z]{1,3}(?![\w(])|\$?\d+:\$?\d+")
NASTY = ("=1+1", '=HYPERLINK("http://example.com","x")', "{=1}", "+1", "@SUM(1)", "'=1", "_x000D_", "00:7", "TRUE")

templates = pytest.mark.parametrize(("kind", "language"), TEMPLATES)


@templates
def test_only_functions_that_all_programs_have(kind: str, language: str) -> None:
    for package in both(kind, language):
        found = {name for _, formula in package.formulas() for name in _FUNCTION.findall(without_texts(formula))}
        assert found <= PORTABLE


@templates
def test_only_plain_areas(kind: str, language: str) -> None:
    """No references to tables by name, no whole columns, no other files, no formulas over several cells."""
    for package in both(kind, language):
        for where, formula in package.formulas():
            plain = re.sub(r"'(?:[^']|'')+'!", "", without_texts(formula))
            assert not set("[]{}") & set(plain), where
            assert not _WHOLE_COLUMN.search(plain), where
        assert all(not cell.findall("f[@t]") for _, cell in package.cells())
        assert not [part for part in package.parts if part.startswith(("xl/tables/", "xl/externalLinks/"))]


@templates
def test_every_formula_has_its_value(kind: str, language: str) -> None:
    pytest.importorskip("ironcalc", reason="skipped: values of formulas; there is no engine for this computer")
    for package in both(kind, language):
        for sheet, cell in package.cells():
            if cell.find("f") is None:
                continue
            value = cell.find("v")
            assert value is not None, f"{sheet}!{cell.get('r')}"
            if NO_FIGURE in (cell.findtext("f") or "") and value.text == "#N/A":
                continue  # a line of a chart ends there
            assert cell.get("t") != "e", f"{sheet}!{cell.get('r')}"
            assert not (value.text or "").startswith("#"), f"{sheet}!{cell.get('r')}"


@templates
def test_the_only_cell_with_today_is_saved_empty(kind: str, language: str) -> None:
    for package in both(kind, language):
        found = [cell for _, cell in package.cells() if "TODAY()" in without_texts(cell.findtext("f") or "")]
        assert len(found) == 1
        if package is both(kind, language)[0]:
            assert not found[0].findtext("v")


@templates
def test_looks_depend_on_their_own_sheet_only(kind: str, language: str) -> None:
    for package in both(kind, language):
        for name, sheet in package.sheets.items():
            for rule in sheet.iter("cfRule"):
                for formula in rule.iter("formula"):
                    assert "!" not in without_texts(formula.text or ""), name


@templates
def test_what_people_type_is_never_a_formula(kind: str, language: str) -> None:
    layout = layout_of(kind, language)
    cells: Mapping[str, list[dict[str, str]]] = {
        name: [
            {column.key: text for column in table.columns if column.spec.formula is None}
            for text in NASTY[: table.rows]
        ]
        for name, table in layout.tables.items()
        if not table.spec.computed
    }
    forms = {
        name: {item.id: NASTY[0] for item in form.spec.fields if item.formula is None}
        for name, form in layout.forms.items()
    }
    target = io.BytesIO()
    write_workbook(layout, Filling(forms, cells), target)
    book = openpyxl.load_workbook(io.BytesIO(target.getvalue()))
    texts = 0
    for name, rows in cells.items():
        table = layout.tables[name]
        for offset, row in enumerate(rows):
            for key, text in row.items():
                cell = book[table.sheet].cell(table.first_row + offset, table.by_key[key].col)
                assert (cell.data_type, cell.value) == ("s", text), f"{name} {key}"
                texts += 1
    for name, values in forms.items():
        form = layout.forms[name]
        for field in values:
            cell = book[form.sheet].cell(form.row_of[field], form.value_col)
            assert (cell.data_type, cell.value) == ("s", NASTY[0]), f"{name} {field}"
    assert texts
    written = Package("typed", target.getvalue())
    typed = {(cell.get("t"), cell.find("f") is None) for _, cell in written.cells() if cell.get("t") == "s"}
    assert typed == {("s", True)}


@pytest.mark.parametrize(
    ("formula", "in_file"),
    [
        ("=ISOWEEKNUM(A1)+1", "=_xlfn.ISOWEEKNUM(A1)+1"),
        ('=IFNA(MATCH("IFNA(",A:A,0),"")', '=_xlfn.IFNA(MATCH("IFNA(",A:A,0),"")'),
        ("='IFNA(x'!A1&IFNA(A1,0)", "='IFNA(x'!A1&_xlfn.IFNA(A1,0)"),
        ("=_xlfn.IFNA(A1,0)", "=_xlfn.IFNA(A1,0)"),
        ("=SUM(A1:A9)", "=SUM(A1:A9)"),
    ],
)
def test_functions_younger_than_the_file_format_get_their_prefix(formula: str, in_file: str) -> None:
    assert file_formula(formula) == in_file
