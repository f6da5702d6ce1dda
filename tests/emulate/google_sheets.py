"""A workbook of ours as Google Sheets downloads it.

No document properties, another theme, names of constants dropped, numbers of formulas with ten digits, errors as texts,
a thousand rows on each sheet, a drawing for each sheet. Functions that only Google has come as a wrapper with their
value, and so do the cells they fill.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from emulate.parts import HEAD, Texts, attribute, content_types, formula, item, relationships, shared_groups, zip_parts
from emulate.parts import text as escaped
from emulate.recalculated import with_cells, with_utf16_lengths
from emulate.written_book import Book, Cell, DefinedName, Place, Sheet, places, take_apart

from smsheets.cells import column_letters

ROWS = 1000
COLUMNS = 26
_NAMESPACES = " ".join(
    f'xmlns{prefix}="{address}"'
    for prefix, address in (
        ("", "http://schemas.openxmlformats.org/spreadsheetml/2006/main"),
        (":r", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
        (":mx", "http://schemas.microsoft.com/office/mac/excel/2008/main"),
        (":mc", "http://schemas.openxmlformats.org/markup-compatibility/2006"),
        (":mv", "urn:schemas-microsoft-com:mac:vml"),
        (":x14", "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"),
        (":xm", "http://schemas.microsoft.com/office/excel/2006/main"),
    )
)
_RANGE = re.compile(r"('[^']+'|[\w.]+)!\$[A-Z]+\$\d+(:\$[A-Z]+\$\d+)?")
_LIST = re.compile(r"('[^']+'|[\w.]+)!\$([A-Z]+)\$(\d+):\$[A-Z]+\$(\d+)")
_YES_NO = {"yes": "1", "no": "0", "ja": "1", "nein": "0"}


@dataclass(frozen=True, slots=True)
class Habits:
    """What else people do in Google Sheets.

    Attributes:
        imported: Every third input comes from a function that only Google has, such as IMPORTRANGE.
        checkboxes: Yes and no were made checkboxes.
    """

    imported: bool = False
    checkboxes: bool = False


PLAIN = Habits()


def rewrite(data: bytes, habits: Habits = PLAIN) -> bytes:
    """The workbook as downloaded from Google Sheets."""
    book, texts = with_utf16_lengths(take_apart(data)), Texts()
    if habits.checkboxes:
        book = with_cells(book, dict(_checked(book)))
    parts: dict[str, str] = {}
    for number, sheet in enumerate(book.sheets, 1):
        parts[f"xl/drawings/drawing{number}.xml"] = _drawing()
        parts[f"xl/worksheets/sheet{number}.xml"] = _worksheet(sheet, texts, habits.imported)
        parts[f"xl/worksheets/_rels/sheet{number}.xml.rels"] = relationships(
            [("rId1", "drawing", f"../drawings/drawing{number}.xml")]
        )
    count = len(book.sheets)
    parts["xl/theme/theme1.xml"] = _theme()
    parts["xl/sharedStrings.xml"] = (
        f'{HEAD}<sst {_NAMESPACES.split()[0]} count="{texts.uses}" uniqueCount="{len(texts.numbers)}">'
        f"{''.join(map(item, texts.numbers))}</sst>"
    )
    parts["xl/styles.xml"] = _styles(book)
    parts["xl/workbook.xml"] = _workbook(book)
    fixed = [("rId1", "theme", "theme/theme1.xml"), ("rId2", "styles", "styles.xml")]
    fixed.append(("rId3", "sharedStrings", "sharedStrings.xml"))
    sheets = [(f"rId{number + 3}", "worksheet", f"worksheets/sheet{number}.xml") for number in range(1, count + 1)]
    parts["xl/_rels/workbook.xml.rels"] = relationships([*fixed, *sheets])
    parts["_rels/.rels"] = relationships([("rId1", "officeDocument", "xl/workbook.xml")])
    kinds = [("xl/workbook.xml", "sheet.main"), ("xl/styles.xml", "styles"), ("xl/sharedStrings.xml", "sharedStrings")]
    kinds += [(f"xl/worksheets/sheet{number}.xml", "worksheet") for number in range(1, count + 1)]
    parts["[Content_Types].xml"] = content_types(kinds)
    return zip_parts(parts)


def _workbook(book: Book) -> str:
    sheets = "".join(
        f'<sheet state="{sheet.state}" name={attribute(sheet.name)} sheetId="{number}" r:id="rId{number + 3}"/>'
        for number, sheet in enumerate(book.sheets, 1)
    )
    names = "".join(_name(name) for name in book.names if _RANGE.fullmatch(name.refers))
    return (
        f"{HEAD}<workbook {_NAMESPACES}><workbookPr/><sheets>{sheets}</sheets>"
        f"<definedNames>{names}</definedNames><calcPr/></workbook>"
    )


def _name(name: DefinedName) -> str:
    local = "" if name.sheet is None else f' localSheetId="{name.sheet}"'
    hidden = ' hidden="1"' if name.hidden else ""
    return f'<definedName{hidden} name="{name.name}"{local}>{escaped(name.refers)}</definedName>'


def _worksheet(sheet: Sheet, texts: Texts, imported: bool) -> str:
    groups = shared_groups(sheet)
    rows = dict(sheet.rows())
    written = []
    for number in range(1, max(ROWS, sheet.last[0]) + 1):
        cells = "".join(_cell(cell, texts, groups, imported) for cell in rows.get(number, ()))
        if not cells and number % 10 == 0:
            cells = "".join(f'<c r="{column_letters(col)}{number}" s="1"/>' for col in range(1, COLUMNS + 1))
        height = "" if number in rows else ' ht="15.75" customHeight="1"'
        written.append(f'<row r="{number}"{height}>{cells}</row>' if cells else f'<row r="{number}"{height}/>')
    pane = ""
    if any(sheet.frozen):
        y, x = sheet.frozen
        corner = f"{column_letters(x + 1)}{y + 1}"
        pane = f'<pane xSplit="{x}.0" ySplit="{y}.0" topLeftCell="{corner}" activePane="bottomRight" state="frozen"/>'
    return (
        f'{HEAD}<worksheet {_NAMESPACES}><sheetPr><outlinePr summaryBelow="0" summaryRight="0"/></sheetPr>'
        f'<sheetViews><sheetView workbookViewId="0">{pane}</sheetView></sheetViews>'
        '<sheetFormatPr customHeight="1" defaultColWidth="12.63" defaultRowHeight="15.75"/>'
        f"<sheetData>{''.join(written)}</sheetData>{_validations(sheet)}"
        '<drawing r:id="rId1"/></worksheet>'
    )


def _validations(sheet: Sheet) -> str:
    rules = []
    for rule in sheet.validations:
        prompt = rule.attributes.get("prompt", "")
        shown = f" prompt={attribute(prompt)}" if prompt else ""
        formulas = "".join(f"<formula{n}>{escaped(words)}</formula{n}>" for n, words in enumerate(rule.formulas, 1))
        kind = f' type="{rule.attributes["type"]}"' if "type" in rule.attributes else ""
        rules.append(f'<dataValidation{kind} allowBlank="1"{shown} sqref="{rule.cells}">{formulas}</dataValidation>')
    return f"<dataValidations>{''.join(rules)}</dataValidations>" if rules else ""


def _checkboxes(book: Book, sheet: Sheet) -> set[Place]:
    """The cells whose dropdown has nothing but yes and no."""
    found: set[Place] = set()
    for rule in sheet.validations:
        match = _LIST.fullmatch(rule.formulas[0].removeprefix("=")) if rule.formulas else None
        lists = next((other for other in book.sheets if match and other.name == match[1].strip("'")), None)
        if match is None or lists is None:
            continue
        words = {
            cell.raw
            for cell in lists.cells.values()
            if column_letters(cell.col) == match[2] and int(match[3]) <= cell.row <= int(match[4])
        }
        if words and words <= set(_YES_NO):
            found |= {place for area in rule.cells.split() for place in places(area)}
    return found


def _checked(book: Book) -> Iterator[tuple[tuple[str, Place], Cell]]:
    """The cells that become checkboxes; they have no dropdown any more."""
    for sheet in book.sheets:
        for place in _checkboxes(book, sheet):
            cell = sheet.cells.get(place)
            if cell is not None and cell.raw in _YES_NO:
                yield (sheet.name, place), replace(cell, kind="boolean", raw=_YES_NO[cell.raw])


def _cell(cell: Cell, texts: Texts, groups: Mapping[Place, tuple[int, str]], imported: bool) -> str:
    head = f'<c r="{cell.name}" s="{cell.style + 1}"'
    if cell.kind == "empty":
        return f"{head}/>"
    if cell.formula is not None:
        written = formula(cell, groups, cell.formula.replace("_xlfn.", ""))
        return _result(head, cell, written)
    if imported and cell.style and cell.row % 3 == 0 and cell.kind in ("number", "text"):
        value = cell.raw if cell.kind == "number" else '"' + cell.raw.replace('"', '""') + '"'
        wrapper = escaped(f'IFERROR(__xludf.DUMMYFUNCTION("""COMPUTED_VALUE"""),{value})')
        return _result(head, cell, f"<f>{wrapper}</f>")
    if cell.kind == "number":
        whole = ".0" if cell.raw.lstrip("-").isdecimal() else ""
        return f"{head}><v>{cell.raw}{whole}</v></c>"
    if cell.kind == "boolean":
        return f'{head} t="b"><v>{cell.raw}</v></c>'
    return f'{head} t="s"><v>{texts.add(cell.raw)}</v></c>'


def _result(head: str, cell: Cell, written: str) -> str:
    """A formula with its value: errors are texts."""
    if cell.kind == "number":
        return f"{head}>{written}<v>{float(cell.raw):.10g}</v></c>"
    if cell.kind == "boolean":
        return f'{head} t="b">{written}<v>{cell.raw}</v></c>'
    return f'{head} t="str">{written}<v>{escaped(cell.raw)}</v></c>'


def _styles(book: Book) -> str:
    """Its own style in front of ours; each number format once."""
    codes = {code: 164 + number for number, code in enumerate(dict.fromkeys(book.formats))}
    formats = "".join(f'<numFmt numFmtId="{id_}" formatCode={attribute(code)}/>' for code, id_ in codes.items())
    looks = "".join(
        f'<xf borderId="0" fillId="0" fontId="1" numFmtId="{codes[code]}" xfId="0" applyFont="1"/>'
        for code in book.formats
    )
    return (
        f"{HEAD}<styleSheet {_NAMESPACES.split()[0]}><numFmts>{formats}</numFmts>"
        '<fonts count="2"><font><sz val="10.0"/><color rgb="FF000000"/><name val="Arial"/></font>'
        '<font><color theme="1"/><name val="Arial"/></font></fonts>'
        '<fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders><border/></borders>'
        '<cellStyleXfs count="1"><xf borderId="0" fillId="0" fontId="0" numFmtId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(book.formats) + 1}"><xf borderId="0" fillId="0" fontId="0" numFmtId="0"/>{looks}'
        '</cellXfs><dxfs count="0"/></styleSheet>'
    )


def _theme() -> str:
    return (
        f'{HEAD}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="Sheets">'
        '<a:themeElements><a:clrScheme name="Sheets"/></a:themeElements></a:theme>'
    )


def _drawing() -> str:
    return f'{HEAD}<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"/>'
