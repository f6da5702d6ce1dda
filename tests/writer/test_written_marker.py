"""A workbook says what it is in several places, and is the same whenever it is made."""

from __future__ import annotations

import re
import time
from xml.etree import ElementTree

import pytest
from written_package import TEMPLATES, both, layout_of, profile_of

from smsheets.api import workbook_bytes
from smsheets.cells import column_letters, quote_sheet

_VALUE = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}lpwstr"

templates = pytest.mark.parametrize(("kind", "language"), TEMPLATES)


def _texts(data: ElementTree.Element, strings: list[str]) -> dict[str, str]:
    return {
        str(cell.get("r")): strings[int(cell.findtext("v") or 0)] for cell in data.iter("c") if cell.get("t") == "s"
    }


@templates
def test_a_visible_line_says_what_it_is(kind: str, language: str) -> None:
    for package in both(kind, language):
        strings = ["".join(item.itertext()) for item in package.xml("xl/sharedStrings.xml").iter("si")]
        first = next(iter(package.sheets.values()))
        assert f"smsheets {kind} v1" in _texts(first, strings).values()


@templates
def test_the_hidden_sheet_says_what_is_where(kind: str, language: str) -> None:
    layout = layout_of(kind, language)
    package = both(kind, language)[0]
    strings = ["".join(item.itertext()) for item in package.xml("xl/sharedStrings.xml").iter("si")]
    cells = _texts(package.sheets["_smsheets"], strings)
    rows = {tuple(cells.get(f"{letter}{row}", "") for letter in "ABCDE") for row in range(1, 2_000)}
    assert ("smsheets", kind, "", "", "") in rows
    assert ("language", language, "", "", "") in rows
    for table in layout.tables.values():
        for column in table.columns:
            place = f"{column_letters(column.col)}{table.header_row}"
            assert (table.spec.id, column.key, table.sheet, place, column.label) in rows


@templates
def test_document_properties(kind: str, language: str) -> None:
    for package in both(kind, language):
        root = ElementTree.fromstring(package.parts["docProps/custom.xml"])
        found = {item.get("name"): item.findtext(_VALUE) for item in root}
        assert found["smsheets.smsheets"] == kind
        assert found["smsheets.language"] == language
        assert found["smsheets.start"] == "2027-01-01"


@templates
def test_every_table_and_form_has_a_name_for_its_area(kind: str, language: str) -> None:
    layout, names = layout_of(kind, language), both(kind, language)[0].defined_names()
    for table in layout.tables.values():
        first, last = column_letters(table.columns[0].col), column_letters(table.columns[-1].col)
        area = f"{quote_sheet(table.sheet)}!${first}${table.header_row}:${last}${table.end_row}"
        assert names[f"smsheets_{table.spec.id}"] == area
    for form in layout.forms.values():
        assert names[f"smsheets_{form.spec.id}"].startswith(f"{quote_sheet(form.sheet)}!$")


@templates
def test_names_are_areas_of_the_whole_workbook(kind: str, language: str) -> None:
    """Names for constants, or for one sheet only, do not survive; Excel's own names for printing do."""
    for package in both(kind, language):
        for name, area in package.defined_names().items():
            assert "!$" in area
            assert "@" not in name or name.startswith("_xlnm.")


@pytest.mark.parametrize("sample", [False, True])
@templates
def test_the_same_inputs_give_the_same_bytes(kind: str, language: str, sample: bool) -> None:
    before = both(kind, language)[1 if sample else 0].data
    time.sleep(0.01)
    assert workbook_bytes(kind, profile_of(language), sample=sample)[0] == before


@templates
def test_the_time_stamp_is_fixed(kind: str, language: str) -> None:
    for package in both(kind, language):
        core = package.parts["docProps/core.xml"].decode()
        assert set(re.findall(r"\d{4}-\d{2}-\d{2}T[\d:]+Z", core)) == {"2026-01-01T00:00:00Z"}
