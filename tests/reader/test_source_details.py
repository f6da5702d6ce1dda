"""What a file says of its cells besides their values: number formats, validation rules, notes, names of one sheet."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from make_xlsx import MAIN, make_xlsx, rels, styles, workbook, worksheet
from openpyxl.comments import Comment
from openpyxl.styles.numbers import BUILTIN_FORMATS
from openpyxl.worksheet.datavalidation import DataValidation

from smsheets.errors import WorkbookFileError
from smsheets.reader.file import source
from smsheets.reader.file import source as cell_notes
from smsheets.reader.file import worksheet_part as sheet_tail
from smsheets.reader.file.source import NO_CELL_NOTES, open_workbook
from smsheets.reader.file.source_cells import SourceSheet, Validation
from smsheets.reader.file.workbook_parts import BUILTIN_CODES
from smsheets.spec.catalogue import catalogue

CELL = "<row r='1'><c r='A1'><v>1</v></c></row>"
SHEET = "xl/worksheets/sheet1.xml"


def first_sheet(path: Path) -> SourceSheet:
    return open_workbook(path).sheets[0]


def test_number_formats_of_cells(tmp_path: Path) -> None:
    codes = (0, 4, 14, "0.0 &quot;EUR&quot;", 9, "General", 200)
    cells = "".join(f'<c s="{at}"><v>1</v></c>' for at in range(len(codes))) + "<c><v>1</v></c><c s='99'><v>1</v></c>"
    sheet = first_sheet(make_xlsx(tmp_path / "a.xlsx", f"<row>{cells}</row>", {"xl/styles.xml": styles(*codes)}))
    assert [cell.number_format for cell in sheet.row(1)] == [
        *("", "#,##0.00", "mm-dd-yy", '0.0 "EUR"', "0%", "", "", "", "")
    ]


def test_the_built_in_codes_are_those_that_openpyxl_knows() -> None:
    currency = (*range(5, 9), *range(37, 45))  # these differ from country to country
    ours = {int(number): code for number, code in BUILTIN_CODES.items() if int(number) not in currency}
    assert ours == {number: BUILTIN_FORMATS[number] for number in ours}
    assert set(BUILTIN_FORMATS) - set(ours) - set(currency) == {0}


def test_validation_rules(tmp_path: Path) -> None:
    after = """
      <dataValidations count="4">
        <dataValidation type="list" allowBlank="1" sqref="B2:B40 D2">
          <formula1>Lists!$A$2:$A$9</formula1>
        </dataValidation>
        <dataValidation type="whole" operator="between" sqref="C2">
          <formula1>1</formula1><formula2>9</formula2>
        </dataValidation>
        <dataValidation sqref="E2" prompt="Type anything"/>
        <dataValidation type="list" sqref="F2"><formula1>"yes,no"</formula1></dataValidation>
      </dataValidations>
      <extLst><ext><x14:dataValidations xmlns:x14="x" xmlns:xm="y"><x14:dataValidation type="list">
        <x14:formula1><xm:f>Other!$A$1:$A$3</xm:f></x14:formula1><xm:sqref>G2:G9</xm:sqref>
      </x14:dataValidation></x14:dataValidations></ext></extLst>"""
    sheet = first_sheet(make_xlsx(tmp_path / "a.xlsx", parts={SHEET: worksheet(CELL, after)}))
    assert sheet.validations == (
        Validation("list", "B2:B40 D2", "Lists!$A$2:$A$9"),
        Validation("whole", "C2", "1", "9"),
        Validation("list", "F2", '"yes,no"'),
        Validation("list", "G2:G9", "Other!$A$1:$A$3"),
    )


def test_too_many_rules_and_ranges_are_left_out_with_a_remark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_tail, "_MOST_VALIDATIONS", 2)
    monkeypatch.setattr(sheet_tail, "_MOST_MERGES", 1)
    rules = "<dataValidation type='list' sqref='B2'><formula1>A1:A2</formula1></dataValidation>" * 3
    merges = "<mergeCell ref='A1:B1'/><mergeCell ref='A2:B2'/><mergeCell ref='nowhere'/><mergeCell/>"
    after = f"<mergeCells>{merges}</mergeCells><dataValidations>{rules}</dataValidations>"
    book = open_workbook(make_xlsx(tmp_path / "a.xlsx", parts={SHEET: worksheet(CELL, after)}))
    assert len(book.sheets[0].validations) == 2
    assert book.sheets[0].merges == ((1, 1, 1, 2),)
    assert book.sheets[0].cells[1, 1].value == 1
    assert book.notes == (sheet_tail.MANY_MERGES, sheet_tail.BROKEN_MERGE, sheet_tail.MANY_VALIDATIONS)


def test_names_of_one_sheet(tmp_path: Path) -> None:
    names = (
        '<definedNames><definedName name="rate">Budget!$A$1</definedName>'
        '<definedName name="rate" localSheetId="0">Budget!$B$1</definedName>'
        '<definedName name="odd" localSheetId="7">Budget!$C$1</definedName></definedNames>'
    )
    book = open_workbook(make_xlsx(tmp_path / "a.xlsx", CELL, {"xl/workbook.xml": workbook(after=names)}))
    assert book.names == {"rate": "Budget!$A$1"}
    assert book.sheets[0].names == {"rate": "Budget!$B$1"}


def comments(*notes: tuple[str, str]) -> str:
    inside = "".join(f'<comment ref="{ref}" authorId="0"><text>{text}</text></comment>' for ref, text in notes)
    return (
        f'<comments xmlns="{MAIN}"><authors><author>A</author></authors><commentList>{inside}</commentList></comments>'
    )


def with_notes(content: str) -> dict[str, str | bytes | None]:
    links = rels(("rId1", "comments", "../comments1.xml"), ("rId2", "vmlDrawing", "../drawings/gone.vml"))
    return {SHEET: worksheet(CELL), "xl/worksheets/_rels/sheet1.xml.rels": links, "xl/comments1.xml": content}


def test_notes_on_cells(tmp_path: Path) -> None:
    content = comments(
        ("B2", "<r><rPr><b/></rPr><t>Ana:</t></r><r><t xml:space='preserve'> too dear?</t></r>"),
        ("$C$3", "<t>課</t><rPh><t>カ</t></rPh>"),
        ("nowhere", "<t>lost</t>"),
        ("D4:E5", "<t>merged</t>"),
    )
    book = open_workbook(make_xlsx(tmp_path / "a.xlsx", parts=with_notes(content)))
    assert book.sheets[0].cell_notes == {(2, 2): "Ana: too dear?", (3, 3): "課", (4, 4): "merged"}
    assert book.notes == ()


@pytest.mark.parametrize("content", ["<comments", "", comments(("B2", "<t>a & b</t>"))])
def test_broken_notes_do_not_stop_the_reading(tmp_path: Path, content: str) -> None:
    book = open_workbook(make_xlsx(tmp_path / "a.xlsx", parts=with_notes(content)))
    assert book.sheets[0].cells[1, 1].value == 1
    assert book.sheets[0].cell_notes == {}
    assert book.notes == (NO_CELL_NOTES,)


def test_a_document_type_in_the_notes_is_refused(tmp_path: Path) -> None:
    path = make_xlsx(tmp_path / "a.xlsx", parts=with_notes("<!DOCTYPE x><comments/>"))
    with pytest.raises(WorkbookFileError, match="not safe to open"):
        open_workbook(path)


def test_too_many_notes_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cell_notes, "_MOST_NOTES", 1)
    book = open_workbook(make_xlsx(tmp_path / "a.xlsx", parts=with_notes(comments(("B2", ""), ("B3", "")))))
    assert book.notes == (NO_CELL_NOTES,)


def test_broken_properties_and_content_types_do_not_stop_the_reading(tmp_path: Path) -> None:
    links = rels(("rId1", "officeDocument", "xl/workbook.xml"), ("rId2", "custom-properties", "docProps/custom.xml"))
    parts: dict[str, str | bytes | None] = {
        "_rels/.rels": links, "docProps/custom.xml": "<Properties", "[Content_Types].xml": "<Types",
    }  # fmt: skip
    book = open_workbook(make_xlsx(tmp_path / "a.xlsx", CELL, parts))
    assert book.sheets[0].cells[1, 1].value == 1
    assert book.properties == {}


def test_a_wrong_dimension_is_not_believed(tmp_path: Path) -> None:
    rows = f"<sheetData>{CELL}<row r='70'><c r='D70'><v>2</v></c></row></sheetData>"
    sheet = f'<worksheet xmlns="{MAIN}"><dimension ref="A1"/>{rows}</worksheet>'
    assert list(first_sheet(make_xlsx(tmp_path / "a.xlsx", parts={SHEET: sheet})).cells) == [(1, 1), (70, 4)]


def test_a_tail_of_a_thousand_empty_rows_holds_nothing(tmp_path: Path) -> None:
    """Google Sheets writes each row of its grid."""
    cells = "".join(f'<c r="{letter}{{0}}" s="0"/>' for letter in "ABCDEF")
    tail = "".join(f'<row r="{row}">{cells.format(row)}</row>' for row in range(2, 1001))
    sheet = first_sheet(make_xlsx(tmp_path / "a.xlsx", CELL + tail))
    assert (len(sheet.cells), sheet.last_row) == (1, 1)


def test_what_openpyxl_wrote(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["B2"] = 0.25
    sheet["B2"].number_format = "0.0%"
    sheet["B2"].comment = Comment("A note", "Somebody", height=5, width=9000)
    rule = DataValidation(type="list", formula1="$A$1:$A$3")
    rule.add("B2:B9")
    sheet.add_data_validation(rule)
    book.save(path)
    found = first_sheet(path)
    assert found.cells[2, 2].number_format == "0.0%"
    assert found.cell_notes == {(2, 2): "A note"}
    assert found.validations == (Validation("list", "B2:B9", "$A$1:$A$3"),)


def test_every_remark_on_a_file_is_translated() -> None:
    remarks = (
        *(source.HOLDS_MACROS, source.NO_CONTENT, source.NO_FORMATS, source.NO_CELL_NOTES, source.ONLY_VALUES),
        *(sheet_tail.BROKEN_MERGE, sheet_tail.MANY_MERGES, sheet_tail.MANY_VALIDATIONS),
    )
    words = catalogue("de", "program")
    assert [remark for remark in remarks if words.text(remark) == remark] == []
