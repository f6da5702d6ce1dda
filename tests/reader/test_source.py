"""Cells as they stand in the file, and one plain line for files that hold none."""

from __future__ import annotations

import os
import zipfile
from datetime import date, datetime, time
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from make_xlsx import HEAD, MAIN, OFFICE, make_xlsx, rels, strings, styles, workbook, worksheet

from smsheets.errors import WorkbookFileError
from smsheets.reader.file.limits import USUAL, Limits
from smsheets.reader.file.source import HOLDS_MACROS, NO_CONTENT, NO_FORMATS, SourceWorkbook, open_workbook
from smsheets.reader.file.source_cells import ErrorValue, SourceSheet
from smsheets.reader.file.workbook_parts import format_kind, serial_value


def first_sheet(path: Path) -> SourceSheet:
    return open_workbook(path).sheets[0]


def values(path: Path) -> dict[tuple[int, int], object]:
    return {place: cell.value for place, cell in first_sheet(path).cells.items()}


def test_every_type_of_cell(tmp_path: Path) -> None:
    rows = """
      <row r="1">
        <c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>Reach</t></is></c><c r="C1" t="str"><v>x</v></c>
        <c r="D1"><v>12</v></c><c r="E1" t="n"><v>-1.5E3</v></c><c r="F1" t="b"><v>1</v></c>
        <c r="G1" t="e"><v>#DIV/0!</v></c><c r="H1" t="d"><v>2027-03-04T00:00:00Z</v></c>
        <c r="I1" t="d"><v>2027-03-04T10:30:00</v></c><c r="J1"><v>-7</v></c><c r="K1" t="b"><v>0</v></c>
      </row>"""
    path = make_xlsx(tmp_path / "a.xlsx", rows, {"xl/sharedStrings.xml": strings("<t>Channel</t>")})
    assert list(values(path).values()) == [
        *("Channel", "Reach", "x", 12, -1500.0, True, ErrorValue("#DIV/0!")),
        *(date(2027, 3, 4), datetime(2027, 3, 4, 10, 30), -7, False),
    ]
    assert [type(value) for value in values(path).values()].count(bool) == 2


def test_formulas_say_whether_they_were_calculated(tmp_path: Path) -> None:
    rows = """
      <row r="1">
        <c r="A1"><f>SUM(B1:C1)</f><v>3</v></c><c r="B1"><f>1+1</f></c><c r="C1"><f>1+2</f><v></v></c>
        <c r="D1" t="str"><f>IF(A1,"","x")</f><v></v></c><c r="E1"><f t="shared" si="0"/><v>4</v></c>
        <c r="F1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="G1"><f t="array" ref="G1:G2">B1:B2*2</f><v>0</v></c>
      </row>"""
    cells = first_sheet(make_xlsx(tmp_path / "a.xlsx", rows)).row(1)
    assert [(cell.formula, cell.value, cell.has_cached) for cell in cells] == [
        ("SUM(B1:C1)", 3, True),
        ("1+1", None, False),
        ("1+2", None, False),
        ('IF(A1,"","x")', "", True),
        ("", 4, True),
        ("1/0", ErrorValue("#DIV/0!"), True),
        ("B1:B2*2", 0, True),
    ]
    assert all(cell.is_formula for cell in cells)


def test_what_other_programs_write_for_plain_values(tmp_path: Path) -> None:
    """LibreOffice turns a checkbox into TRUE(); Google Sheets wraps what Excel has not got."""
    google = 'IFERROR(__xludf.DUMMYFUNCTION("""COMPUTED_VALUE"""),"Instagram")'
    rows = f"""
      <row r="1">
        <c r="A1" t="b"><f>TRUE()</f><v>1</v></c><c r="B1" t="b"><f aca="false">FALSE()</f><v>0</v></c>
        <c r="C1" t="str"><f>{google}</f><v>Instagram</v></c><c r="D1" t="str"><f>{google}</f></c>
        <c r="E1" t="s"><v>0</v></c>
      </row>"""
    path = make_xlsx(tmp_path / "a.xlsx", rows, {"xl/sharedStrings.xml": strings("<t>#DIV/0!</t>")})
    cells = first_sheet(path).row(1)
    assert [(cell.value, cell.is_formula) for cell in cells] == [
        (True, False),
        (False, False),
        ("Instagram", False),
        (None, True),
        (ErrorValue("#DIV/0!"), False),
    ]


def test_texts(tmp_path: Path) -> None:
    rows = '<row r="1">' + "".join(f'<c t="s"><v>{at}</v></c>' for at in range(6)) + "</row>"
    rows += '<row r="2"><c t="inlineStr"><is><r><t>in</t></r><r><t> line</t></r><rPh><t>no</t></rPh></is></c></row>'
    texts = strings(
        "<r><rPr><b/></rPr><t>Brand </t></r><r><t xml:space='preserve'>voice </t></r>",
        "<t>課</t><rPh sb='0' eb='1'><t>カ</t></rPh><phoneticPr/>",
        "<t>a_x000D_\nb</t>",
        "<t>_x005F_x000D_</t>",
        "<t>_xD83D__xDE00_</t>",
        "<t/>",
    )
    found = values(make_xlsx(tmp_path / "a.xlsx", rows, {"xl/sharedStrings.xml": texts}))
    assert list(found.values()) == ["Brand voice ", "課", "a\r\nb", "_x000D_", "😀", "in line"]
    assert (1, 6) not in found  # an empty text is no value


def test_iso_dates_and_cells_without_a_result(tmp_path: Path) -> None:
    rows = (
        '<row><c t="d"><v>10:30:00</v></c><c t="d"><v>soon</v></c><c t="s"><v/></c><c t="b"><v/></c><c t="str"><v/></c>'
        '<c t="s"><f>A1</f></c><c t="e"><f>A1</f></c><c t="odd"><v>x</v></c></row>'
    )
    found = values(make_xlsx(tmp_path / "a.xlsx", rows))
    assert found == {(1, 1): time(10, 30), (1, 2): "soon", (1, 6): None, (1, 7): None, (1, 8): "x"}
    assert str(ErrorValue("#N/A")) == "#N/A"


def test_merges_before_the_cells(tmp_path: Path) -> None:
    sheet = f'<worksheet xmlns="{MAIN}"><mergeCells><mergeCell ref="$A$1:$B$1"/></mergeCells><sheetData/></worksheet>'
    path = make_xlsx(tmp_path / "a.xlsx", parts={"xl/worksheets/sheet1.xml": sheet})
    assert first_sheet(path).merges == ((1, 1, 1, 2),)


def test_places_are_counted_where_they_are_not_written(tmp_path: Path) -> None:
    rows = (
        "<row><c><v>1</v></c><c><v>2</v></c></row><row r='4'><c r='C4'><v>3</v></c><c><v>4</v></c></row>"
        "<row><c><v>5</v></c><c r='AB9'><v>6</v></c></row>"
    )
    sheet = first_sheet(make_xlsx(tmp_path / "a.xlsx", rows))
    places = {place: cell.value for place, cell in sheet.cells.items()}
    assert places == {(1, 1): 1, (1, 2): 2, (4, 3): 3, (4, 4): 4, (5, 1): 5, (9, 28): 6}
    assert [(row, len(cells)) for row, cells in sheet.rows()] == [(1, 2), (4, 2), (5, 1), (9, 1)]


def test_the_last_row_holds_a_value(tmp_path: Path) -> None:
    rows = (
        '<row r="2"><c r="A2"><v>1</v></c></row><row r="900"><c r="A900" s="1"/></row>'
        '<row r="901"><c r="A901" t="str"><f>IF(B901,1,"")</f><v></v></c></row>'
    )
    sheet = first_sheet(make_xlsx(tmp_path / "a.xlsx", rows))
    assert sheet.last_row == 2
    assert sheet.row(900) == []
    assert first_sheet(make_xlsx(tmp_path / "b.xlsx")).last_row == 0


def test_a_lone_cell_at_the_end_costs_nothing(tmp_path: Path) -> None:
    sheet = first_sheet(make_xlsx(tmp_path / "a.xlsx", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))
    assert list(sheet.cells) == [(1048576, 16384)]


def test_dates_by_number_format(tmp_path: Path) -> None:
    codes = (14, "yyyy-mm-dd hh:mm", "[h]:mm", "[Red]0.00", "&quot;day&quot; 0", "h:mm", 46, "[$-409]d\\-mmm;@")
    cells = "".join(f'<c s="{at}"><v>45000.25</v></c>' for at in range(len(codes)))
    path = make_xlsx(tmp_path / "a.xlsx", f"<row>{cells}</row>", {"xl/styles.xml": styles(*codes)})
    moment = datetime(2023, 3, 15, 6)
    number = 45000.25
    assert list(values(path).values()) == [moment, moment, number, number, number, moment, number, moment]


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("General", None),
        ("0.00E+00", None),
        ('#,##0.00 "USD"', None),
        ("[$€-2] #,##0", None),
        ("0%", None),
        ("@", None),
        ("[mm]:ss", None),
        ("mmm yy", "date"),
        ("mm", "date"),
        ("[$-F800]dddd\\, mmmm dd\\, yyyy", "date"),
        ("ggge", "date"),
        ("h:mm AM/PM", "time"),
        ("mm:ss.0", "time"),
        ("[Color10]0;[Red]-0", None),
        ('"hours "0', None),
        ("TT.MM.JJJJ", "date"),
    ],
)
def test_format_kind(code: str, kind: str | None) -> None:
    assert format_kind(code) == kind


@pytest.mark.parametrize(
    ("number", "date1904", "expected"),
    [
        (1, False, date(1900, 1, 1)),
        (59, False, date(1900, 2, 28)),
        (60, False, 60),
        (61, False, date(1900, 3, 1)),
        (46388, False, date(2027, 1, 1)),
        (44926, True, date(2027, 1, 1)),
        (0, True, date(1904, 1, 1)),
        (46388.5, False, datetime(2027, 1, 1, 12)),
        (46388.99999999999, False, date(2027, 1, 2)),
        (0.5, False, time(12)),
        (0.9999999999, False, time(23, 59, 59, 999000)),
        (-1, False, -1),
        (2958465, False, date(9999, 12, 31)),
        (2958465.9999999999, False, 2958466.0),
        (2958465.99999999950, False, 2958465.9999999995),
        (2958466, False, 2958466),
        (1e300, False, 1e300),
    ],
)
def test_serial_value(number: float, date1904: bool, expected: object) -> None:
    assert serial_value(number, "date", date1904=date1904) == expected


def test_times_of_day_in_a_1904_workbook() -> None:
    assert serial_value(0.25, "time", date1904=True) == time(6)


def test_1904_is_read_though_an_extension_repeats_the_element(tmp_path: Path) -> None:
    book = workbook(before='<workbookPr date1904="1"/>', after='<x:ext xmlns:x="urn:x"><x:workbookPr/></x:ext>')
    parts: dict[str, str | bytes | None] = {"xl/workbook.xml": book, "xl/styles.xml": styles(14)}
    path = make_xlsx(tmp_path / "a.xlsx", '<row><c s="0"><v>44926</v></c></row>', parts)
    assert open_workbook(path).date1904
    assert values(path) == {(1, 1): date(2027, 1, 1)}


def test_sheets_names_merges_and_properties(tmp_path: Path) -> None:
    sheets = (
        '<sheet name="Budget" sheetId="1" r:id="rId1"/><sheet name=" Lists " sheetId="2" state="hidden" r:id="rId2"/>'
        '<sheet name="Chart" sheetId="3" r:id="rId3"/><sheet name="Gone" sheetId="4" r:id="rId4"/>'
    )
    names = (
        '<definedNames><definedName name="smsheets_costs">Budget!$A$2:$F$40</definedName>'
        '<definedName name="local" localSheetId="0">Budget!$A$1</definedName></definedNames>'
    )
    custom = (
        '<Properties xmlns="x" xmlns:vt="y"><property name="smsheets.template"><vt:lpwstr>budget</vt:lpwstr></property>'
        '<property name="version"><vt:i4>1</vt:i4></property></Properties>'
    )
    after = '<mergeCells count="2"><mergeCell ref="A1:C1"/><mergeCell ref="B2:B4"/></mergeCells>'
    parts: dict[str, str | bytes | None] = {
        "_rels/.rels": rels(
            ("rId1", "officeDocument", "/xl/workbook.xml"), ("rId2", "custom-properties", "docProps/custom.xml")
        ),
        "docProps/custom.xml": custom,
        "xl/workbook.xml": workbook(sheets, after=names),
        "xl/_rels/workbook.xml.rels": rels(
            ("rId1", "worksheet", "/xl/worksheets/SHEET1.xml"),
            ("rId2", "worksheet", "worksheets\\sheet2.xml"),
            ("rId3", "chartsheet", "chartsheets/sheet1.xml"),
            ("rId4", "worksheet", "worksheets/sheet9.xml"),
        ),
        "xl/worksheets/sheet1.xml": worksheet("<row><c><v>1</v></c></row>", after),
        "xl/worksheets/sheet2.xml": worksheet("<row><c><v>2</v></c></row>"),
        "xl/vbaProject.bin": b"never run",
    }
    book = open_workbook(make_xlsx(tmp_path / "a.xlsx", parts=parts))
    assert [(sheet.name, sheet.state, len(sheet.cells)) for sheet in book.sheets] == [
        ("Budget", "visible", 1),
        (" Lists ", "hidden", 1),
    ]
    assert book.names == {"smsheets_costs": "Budget!$A$2:$F$40"}
    assert book.sheets[0].merges == ((1, 1, 1, 3), (2, 2, 4, 2))
    assert book.properties == {"smsheets.template": "budget", "version": "1"}
    assert book.notes == (HOLDS_MACROS, NO_CONTENT)
    assert book.sheet(" Lists ") is book.sheets[1]
    assert book.sheet("Lists") is None


def test_strict_and_prefixed_files_are_no_special_case(tmp_path: Path) -> None:
    strict = "http://purl.oclc.org/ooxml"
    sheet = (
        f'<x:worksheet xmlns:x="{strict}/spreadsheetml/main"><x:sheetData><x:row r="1"><x:c r="A1" t="d">'
        "<x:v>2027-05-06</x:v></x:c><x:c r='B1'><x:f>1+1</x:f><x:v>2</x:v></x:c></x:row></x:sheetData></x:worksheet>"
    )
    parts: dict[str, str | bytes | None] = {
        "_rels/.rels": rels(("rId1", "officeDocument", "xl/workbook.xml")).replace(OFFICE, f"{strict}/relationships"),
        "xl/workbook.xml": workbook().replace(MAIN, f"{strict}/spreadsheetml/main"),
        "xl/worksheets/sheet1.xml": sheet,
    }
    assert values(make_xlsx(tmp_path / "a.xlsx", parts=parts)) == {(1, 1): date(2027, 5, 6), (1, 2): 2}


def test_parts_are_found_by_their_content_type(tmp_path: Path) -> None:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    types = (
        f'{HEAD}<Types><Override PartName="/book/wb.xml" ContentType="{kind}sheet.main+xml"/>'
        f'<Override PartName="/book/texts.xml" ContentType="{kind}sharedStrings+xml"/></Types>'
    )
    parts: dict[str, str | bytes | None] = {
        "[Content_Types].xml": types,
        "_rels/.rels": None,
        "xl/workbook.xml": None,
        "xl/worksheets/sheet1.xml": None,
        "book/wb.xml": workbook(),
        "book/_rels/wb.xml.rels": rels(("rId1", "worksheet", "one.xml")),
        "book/texts.xml": strings("<t>found</t>"),
        "book/one.xml": worksheet('<row><c t="s"><v>0</v></c></row>'),
    }
    assert values(make_xlsx(tmp_path / "a.xlsx", parts=parts)) == {(1, 1): "found"}


def test_broken_styles_do_not_stop_the_reading(tmp_path: Path) -> None:
    path = make_xlsx(tmp_path / "a.xlsx", '<row><c s="0"><v>45000</v></c></row>', {"xl/styles.xml": "<styles"})
    assert values(path) == {(1, 1): 45000}
    assert open_workbook(path).notes == (NO_FORMATS,)


def test_numbers_that_are_none(tmp_path: Path) -> None:
    rows = "<row><c><v>INF</v></c><c><v>NaN</v></c><c><v>12 k</v></c><c><v> </v></c><c t='e'><v>#ODD!</v></c></row>"
    found = list(values(make_xlsx(tmp_path / "a.xlsx", rows)).values())
    assert found == [ErrorValue("#NUM!"), ErrorValue("#NUM!"), "12 k", " ", ErrorValue("#ODD!")]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ('<row><c t="s"><v>7</v></c></row>', "in sheet 'Budget' a cell points at a text that is not there"),
        ('<row><c r="7"><v>7</v></c></row>', "in sheet 'Budget' it has a cell in a column ''"),
        ('<row><c r="AAA"><v>7</v></c></row>', "in sheet 'Budget' it has a cell called 'AAA'"),
        ('<row><c r="XFE1"><v>7</v></c></row>', "in sheet 'Budget' it has a cell outside of what a sheet can hold"),
        ("<row><c>", "its part xl/worksheets/sheet1.xml is not proper XML in line 2"),
    ],
)
def test_damage_is_told_in_one_line(tmp_path: Path, rows: str, expected: str) -> None:
    path = make_xlsx(tmp_path / "a.xlsx", rows)
    with pytest.raises(WorkbookFileError) as caught:
        open_workbook(path)
    again = "Take an earlier copy, or open it in your spreadsheet program and save it again as .xlsx."
    assert str(caught.value) == f"{path}: this workbook is damaged: {expected}. {again}"


def refusal(path: Path, limits: Limits = USUAL) -> str:
    """The line without the path in front of it."""
    with pytest.raises(WorkbookFileError) as caught:
        open_workbook(path, limits)
    text = str(caught.value)
    assert text.startswith(f"{path}: ")
    assert "\n" not in text
    return text.removeprefix(f"{path}: ")


def ole(*names: str) -> bytes:
    entries = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in ("Root Entry", *names))
    return bytes.fromhex("d0cf11e0a1b11ae1").ljust(512, b"\0") + entries


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "this file is empty"),
        (ole("EncryptionInfo", "EncryptedPackage"), "this workbook is protected with a password"),
        (ole("Workbook"), "this is an old Excel workbook (.xls)"),
        (ole("Book"), "this is an old Excel workbook (.xls)"),
        (b"\x09\x08\x10\x00\x00\x06\x05\x00", "this is an old Excel workbook (.xls)"),
        (ole("WordDocument", "a Workbook"), "this is a document of an old Office program, not a workbook"),
        (b"%PDF-1.7\n", "this is a PDF, not a workbook"),
        (b"\x1f\x8b\x08\x00", "this is a gzip archive, not a workbook"),
        (b"\x89PNG\r\n\x1a\n", "this is a picture, not a workbook"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "this is a web page (HTML), not a workbook"),
        (b"\xef\xbb\xbf<!DOCTYPE html>\n<html>", "this is a web page (HTML), not a workbook"),
        (
            b'<?xml version="1.0"?>\n<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
            "this is an Excel 2003 XML spreadsheet",
        ),
        (
            b'<?xml version="1.0"?><office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet">',
            "this is a flat OpenDocument spreadsheet (.fods)",
        ),
        (b"<?xml version='1.0'?><feed/>", "this is an XML file, not a workbook"),
        (b"date;channel;cost\n2027-01-01;TikTok;3\n", "this is a list with separators (CSV), not a workbook"),
        ("date\tcost\n1\t2\n".encode("utf-16"), "this is a list with separators (CSV), not a workbook"),
        (b"# Plan\n\n| a | b |\n|---|---|\n", "this is Markdown text, not a workbook"),
        (b"Dear all\nhello\n", "this is plain text, not a workbook"),
        (b'{"url": "https://docs.google.com/open?id=1", "doc_id": "1"}', "this is only a link to a Google Sheet"),
        (b"\x00\x01\x02\x03" * 9, "this is not a workbook, and of no kind we know"),
        (b"PK\x03\x04 and then nothing", "this workbook is cut short or damaged"),
    ],
)
def test_what_the_bytes_say(tmp_path: Path, content: bytes, expected: str) -> None:
    path = tmp_path / "plan.xlsx"
    path.write_bytes(content)
    text = refusal(path)
    assert text.startswith(f"{expected}. ")
    assert text.endswith(".")
    assert len(text) > len(expected) + 20  # it goes on with what to do


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (
            {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": ""},
            "this is an OpenDocument sp",
        ),
        ({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": ""}, "this is an OpenDocument file"),
        ({"[Content_Types].xml": "", "xl/workbook.bin": ""}, "this is a binary Excel workbook (.xlsb)"),
        ({"Index/Document.iwa": ""}, "this is an Apple Numbers document"),
        ({"A.numbers/Index.zip": ""}, "this is an Apple Numbers document"),
        ({"[Content_Types].xml": "", "word/document.xml": ""}, "this is a Word document"),
        ({"[Content_Types].xml": "", "ppt/presentation.xml": ""}, "this is a PowerPoint presentation"),
        ({"plan.xlsx": ""}, "this is a zip archive, not a workbook"),
        ({"xl/worksheets/sheet1.xml": ""}, "this workbook is damaged: it has no list of sheets"),
        ({}, "this is a zip archive, not a workbook"),
    ],
)
def test_other_archives(tmp_path: Path, names: dict[str, str], expected: str) -> None:
    path = tmp_path / "plan.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in names.items():
            archive.writestr(name, content)
    assert refusal(path).startswith(expected)


def test_not_there_a_folder_and_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert refusal(tmp_path / "no.xlsx").startswith("there is no such file.")
    assert refusal(tmp_path).startswith("this is a folder, not a file.")
    assert refusal(tmp_path / ("x" * 5000)).startswith("this file cannot be opened (")
    assert refusal(Path("a\0b.xlsx")).startswith("this file cannot be opened (")
    (tmp_path / "Index.zip").touch()
    assert refusal(tmp_path).startswith("this is an Apple Numbers document.")
    lock = tmp_path / "~$plan.xlsx"
    lock.write_bytes(b"\x04Anna" + b"\0" * 160)
    assert refusal(lock).startswith("this is the small file Excel keeps beside a workbook while it is open.")
    locked = make_xlsx(tmp_path / "locked.xlsx")
    if os.name == "posix" and os.geteuid() == 0:  # nothing is forbidden to root

        def refuse(*_: object, **__: object) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "open", refuse)
    else:
        locked.chmod(0)
    assert refusal(locked).startswith("this file may not be read.")


def test_a_cut_or_corrupted_file(tmp_path: Path) -> None:
    whole = make_xlsx(tmp_path / "a.xlsx", "<row><c><v>1</v></c></row>").read_bytes()
    for length in range(4, len(whole), 37):
        path = tmp_path / "cut.xlsx"
        path.write_bytes(whole[:length])
        assert refusal(path).startswith("this workbook is cut short or damaged.")
    body = bytearray(whole)
    body[whole.index(b"xl/workbook.xml") + 40] ^= 0xFF
    path.write_bytes(body)
    assert refusal(path).startswith("this workbook is damaged: its part xl/workbook.xml is broken.")


def test_an_encrypted_entry(tmp_path: Path) -> None:
    path = make_xlsx(tmp_path / "a.xlsx")
    data = bytearray(path.read_bytes())
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        data[at + 8] |= 1
    at = -1
    while (at := data.find(b"PK\x03\x04", at + 1)) >= 0:
        data[at + 6] |= 1
    path.write_bytes(data)
    assert refusal(path).startswith("this archive is protected with a password.")


def test_a_document_type_is_refused(tmp_path: Path) -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><sst><si><t>&a;</t></si></sst>'
    path = make_xlsx(tmp_path / "a.xlsx", parts={"xl/sharedStrings.xml": bomb})
    assert refusal(path).startswith("this file is not safe to open: it brings a document type of its own.")
    path = make_xlsx(tmp_path / "b.xlsx", parts={"xl/styles.xml": bomb})
    assert refusal(path).startswith("this file is not safe to open:")


def test_an_odd_encoding_is_refused(tmp_path: Path) -> None:
    path = make_xlsx(tmp_path / "a.xlsx", parts={"xl/workbook.xml": '<?xml version="1.0" encoding="shift_jis"?><a/>'})
    assert refusal(path).startswith("this workbook is written in the unusual encoding shift_jis.")


def test_limits(tmp_path: Path) -> None:
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row>"
    path = make_xlsx(tmp_path / "a.xlsx", rows + " " * 100_000)
    unread = make_xlsx(tmp_path / "b.xlsx", rows, {"xl/media/film.mp4": b"0" * 200_000})
    part = Limits(part_mb=0.09)
    assert refusal(path, part).startswith(
        "this workbook is too large: its part xl/worksheets/sheet1.xml goes over 0.09 MB when unpacked."
    )
    assert len(open_workbook(unread, part).sheets[0].cells) == 2  # what is never unpacked does not count
    assert refusal(path, Limits(free_mb=0.05)).startswith(
        "this file is not safe to open: its part xl/worksheets/sheet1.xml unpacks to more than 200 times its size."
    )
    assert refusal(path, Limits(parts=3)).startswith("this archive has more than 3 parts")
    assert refusal(path, Limits.of(max_cells=1)) == (
        "this workbook has more than 1 filled cells. "
        "Delete the sheets that are not needed and save it again, or allow more with --max-cells."
    )
    assert refusal(path, Limits(mb=0.05)).startswith("this workbook is too large: its part")
    assert refusal(path, Limits.of(max_mb=0.0005)).startswith("this file is larger than 0.0005 MB.")


def test_who_names_megabytes_trusts_the_file(tmp_path: Path) -> None:
    path = make_xlsx(tmp_path / "a.xlsx", "<row><c><v>1</v></c></row>" + " " * 30 * 1024 * 1024)
    assert "unpacks to more than 200 times its size" in refusal(path)
    assert len(open_workbook(path, Limits.of(max_mb=40)).sheets[0].cells) == 1
    assert "goes over 20 MB when unpacked" in refusal(path, Limits.of(max_mb=20))


def test_a_file_that_lies_about_its_size_is_held_to_it(tmp_path: Path) -> None:
    path = make_xlsx(tmp_path / "a.xlsx", "<row><c><v>1</v></c></row>" + " " * 100_000)
    data = path.read_bytes()
    size = len(worksheet("<row><c><v>1</v></c></row>" + " " * 100_000))
    path.write_bytes(data.replace(size.to_bytes(4, "little"), (400).to_bytes(4, "little")))
    assert refusal(path).startswith("this workbook is damaged:")


def referee(path: Path) -> dict[str, dict[tuple[int, int], tuple[object, object]]]:
    """(formula or None, value) of every cell, by openpyxl."""
    formulas = openpyxl.load_workbook(path)
    cached = openpyxl.load_workbook(path, data_only=True)
    found: dict[str, dict[tuple[int, int], tuple[object, object]]] = {}
    for sheet in formulas.worksheets:
        cells = found.setdefault(sheet.title, {})
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    formula = cell.value[1:] if cell.data_type == "f" else None
                    cells[cell.row, cell.column] = formula, cached[sheet.title].cell(cell.row, cell.column).value
    return found


def ours(book: SourceWorkbook) -> dict[str, dict[tuple[int, int], tuple[object, object]]]:
    """The same, in openpyxl's way: an error is a text, and a date a datetime."""
    return {
        sheet.name: {place: (cell.formula, as_openpyxl(cell.value)) for place, cell in sheet.cells.items()}
        for sheet in book.sheets
    }


def as_openpyxl(value: object) -> object:
    if isinstance(value, date) and not isinstance(value, datetime):
        return datetime(value.year, value.month, value.day)
    return value.text if isinstance(value, ErrorValue) else value


@pytest.mark.parametrize("date1904", [False, True])
def test_openpyxl_agrees_about_what_xlsxwriter_wrote(tmp_path: Path, date1904: bool) -> None:
    path = tmp_path / "a.xlsx"
    book = xlsxwriter.Workbook(path, {"date_1904": date1904})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    clock = book.add_format({"num_format": "hh:mm"})
    for number in range(3):
        sheet = book.add_worksheet(f"Sheet {number}")
        for row in range(60):
            sheet.write_string(row, 0, f"post {row} <&> ' \" \t ü 🎉")
            sheet.write_datetime(row, 1, datetime(2027, 1, 1 + row % 28), day)
            sheet.write_number(row, 2, row * 1.1)
            sheet.write_number(row, 3, -row)
            sheet.write_boolean(row, 4, row % 2 == 0)
            sheet.write_formula(row, 5, f"=SUM(C1:C{row + 1})", None, row * 2.5)
            sheet.write_formula(row, 6, '=IF(A1="","","x")', None, "x")
            sheet.write_formula(row, 7, "=1/0", None, "#DIV/0!")
            sheet.write_blank(row, 8, None, day)
            sheet.write_datetime(row, 9, datetime(2027, 3, 4, 12, 30), clock)
    book.close()
    assert ours(open_workbook(path)) == referee(path)


def test_openpyxl_agrees_about_what_openpyxl_wrote(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Channel", date(2027, 5, 1), 3, 4.5, True, "=C1*2", time(9, 30), "line\nbreak", "=SUM(C1:D1)"])
    sheet.append([None, None, datetime(2027, 5, 1, 8, 15), "  spaces  ", "é", "🎉"])
    sheet.merge_cells("A4:C5")
    book.save(path)
    found = open_workbook(path)
    assert ours(found) == referee(path)
    assert found.sheets[0].merges == ((4, 1, 5, 3),)
    assert not found.sheets[0].cells[1, 6].has_cached
