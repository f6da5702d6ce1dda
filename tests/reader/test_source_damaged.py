"""Damaged files: the values that can still be found are read, and it is said that formulas could not be checked."""

from __future__ import annotations

import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest
from filled import filled
from make_xlsx import make_xlsx, strings, styles, workbook, worksheet
from patch_xlsx import patch_parts

from smsheets.errors import WorkbookFileError
from smsheets.reader.file import damaged
from smsheets.reader.file.source import ONLY_VALUES, open_workbook
from smsheets.reader.read import read_workbook

CELL = '<row r="1"><c r="A1" t="inlineStr"><is><t>Clay {} Kiln</t></is></c><c r="B1"><f>1+1</f><v>2</v></c></row>'
LINES = """
    | Line | Category | What for | Jan 2027 Planned | Jan 2027 Actual |
    |---|---|---|---|---|
    | B1 | Software and tools | Scheduling tool | 40 | 40 |
    | B2 | Digital assets | Props | 7 | |
"""


def with_control_sign(folder: Path, rows: str = "", parts: dict[str, str | bytes | None] | None = None) -> Path:
    """A script wrote a control sign into a text: no proper XML, and Excel offers to repair the file."""
    return make_xlsx(folder / "a.xlsx", CELL.format("\x01") + rows, parts)


def is_refused(path: Path) -> bool:
    with pytest.raises(WorkbookFileError) as caught:
        open_workbook(path)
    return ": this workbook is damaged: its part" in str(caught.value)


@pytest.mark.parametrize("sign", ["\x01", "&#1;", "&#x1;"])
def test_the_values_of_a_sheet_with_control_signs(tmp_path: Path, sign: str) -> None:
    book = open_workbook(make_xlsx(tmp_path / "a.xlsx", CELL.format(sign)))
    assert {place: cell.value for place, cell in book.sheets[0].cells.items()} == {(1, 1): "Clay \x01 Kiln", (1, 2): 2}
    assert not book.sheets[0].cells[1, 2].is_formula
    assert book.values_only
    assert book.notes == (ONLY_VALUES,)


def test_sheets_names_and_values_of_each_kind(tmp_path: Path) -> None:
    sheets = (
        '<sheet name="Budget" sheetId="1" r:id="rId1"/><sheet name="Lists" sheetId="2" state="hidden" r:id="rId4"/>'
    )
    names = "<definedNames><definedName name='smsheets_costs'>Budget!$A$1</definedName></definedNames>"
    links = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(
            f'<Relationship Id="{id_}" Target="{to}" '
            f'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"/>'
            for id_, kind, to in (
                ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "sharedStrings", "sharedStrings.xml"),
                ("rId3", "styles", "styles.xml"), ("rId4", "worksheet", "worksheets/sheet2.xml"),
            )
        )
        + "</Relationships>"
    )  # fmt: skip
    second = worksheet(
        '<row r="3"><c r="C3" t="s"><v>0</v></c><c r="D3" s="0"><v>46146</v></c><c r="E3" t="b"><v>1</v></c>'
        '<c r="F3"><v>1.5</v></c><c r="G3" s="1"><v>1.25</v></c></row>'
    )
    parts: dict[str, str | bytes | None] = {
        "xl/workbook.xml": workbook(sheets, after=names), "xl/_rels/workbook.xml.rels": links,
        "xl/worksheets/sheet2.xml": second, "xl/sharedStrings.xml": strings("<t>Reach</t>"),
        "xl/styles.xml": styles(14, 46),
    }  # fmt: skip
    book = open_workbook(with_control_sign(tmp_path, parts=parts))
    assert [(sheet.name, sheet.state) for sheet in book.sheets] == [("Budget", "visible"), ("Lists", "hidden")]
    assert book.names == {"smsheets_costs": "Budget!$A$1"}
    found = {place: cell.value for place, cell in book.sheets[1].cells.items()}
    assert found == {(3, 3): "Reach", (3, 4): date(2026, 5, 4), (3, 5): True, (3, 6): 1.5, (3, 7): 1.25}


def test_a_filled_template_keeps_its_rows_and_its_formulas_are_not_checked(tmp_path: Path) -> None:
    path = filled(tmp_path, "budget", {"lines": LINES})
    whole = read_workbook(path)
    patch_parts(path, lambda name, text: text.replace("Scheduling tool", "Scheduling \x02 tool"))
    read = read_workbook(path)
    assert [row.values["planned#1"] for row in read.rows["lines"]] == [40, 7]
    assert read.rows["lines"][1] == whole.rows["lines"][1]
    assert [problem.code for problem in read.problems] == [problem.code for problem in whole.problems]
    assert read.notes == (ONLY_VALUES,)


def test_what_is_not_safe_is_never_handed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    assert is_refused(with_control_sign(tmp_path, far))
    assert is_refused(with_control_sign(tmp_path, '<row r="1048577"><c><v>1</v></c></row>'))
    assert is_refused(with_control_sign(tmp_path, '<row><c r="&#65;9"><v>1</v></c></row>'))
    wide = "<row>" + "<c><v>1</v></c>" * 3000 + '</row><row r="1000"><c><v>1</v></c></row>'
    assert is_refused(with_control_sign(tmp_path, wide))
    bomb = "<!DOCTYPE x [<!ENTITY a 'aaaa'>]><theme/>"
    assert is_refused(with_control_sign(tmp_path, parts={"xl/theme.xml": bomb}))
    assert is_refused(with_control_sign(tmp_path, parts={"xl/theme.xml": "<x/>".encode("utf-16")}))
    monkeypatch.setattr(damaged, "_MOST_BYTES", 500)
    assert is_refused(with_control_sign(tmp_path))


def test_only_parts_that_hold_values_are_handed_on(tmp_path: Path) -> None:
    path = with_control_sign(
        tmp_path, parts={"xl/drawings/drawing1.xml": "<!DOCTYPE x><x/>", "xl/vbaProject.bin": b"x"}
    )
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/charts/chart1.xml", "<broken")
    assert open_workbook(path).values_only


def test_the_limits_hold_for_what_is_handed_on(tmp_path: Path) -> None:
    path = with_control_sign(tmp_path, parts={"xl/theme.xml": "<x/>" + " " * 30_000_000})
    with pytest.raises(WorkbookFileError, match="not safe to open"):
        open_workbook(path)


@pytest.mark.parametrize(
    "rows", ['<row r="1"><c r="A1" t="s"><v>7</v></c></row>', "<row><c><v>1</v></row>", "<row>a & b"]
)
def test_what_nobody_can_read_is_told_in_one_line(tmp_path: Path, rows: str) -> None:
    with pytest.raises(WorkbookFileError, match="this workbook is damaged"):
        open_workbook(make_xlsx(tmp_path / "a.xlsx", rows))


def test_without_the_library_it_is_a_damaged_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    assert is_refused(with_control_sign(tmp_path))
