"""A workbook of ours as WPS Spreadsheets saves it.

Folders stand in the archive, targets are absolute, styles have other numbers, names of styles are Chinese, texts carry
reading aids, some are written into their cells, every part brings the program's own extensions.
"""

from __future__ import annotations

from collections.abc import Mapping

from emulate.parts import (
    HEAD,
    MAIN,
    OFFICE,
    PACKAGE,
    Texts,
    attribute,
    content_types,
    custom_properties,
    formula,
    relationships,
    shared_groups,
    zip_parts,
)
from emulate.parts import text as escaped
from emulate.written_book import Book, Cell, DefinedName, Place, Sheet, take_apart

from smsheets.cells import column_letters

INLINE_EVERY = 7
"""Each so many-th row has its texts in its cells, as after pasting."""

PHONETIC_EVERY = 5
FOLDERS = ("_rels/", "docProps/", "xl/", "xl/_rels/", "xl/theme/", "xl/worksheets/")
_ETC = "http://www.wps.cn/officeDocument/2017/etCustomData"
_NAMESPACES = (
    f'xmlns="{MAIN}" xmlns:r="{OFFICE}" xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
    ' xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
    f' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:etc="{_ETC}"'
)


def rewrite(data: bytes) -> bytes:
    """The workbook as saved by WPS."""
    book, texts = take_apart(data), Texts()
    styles = len(book.formats)
    sheets = {
        f"xl/worksheets/sheet{number}.xml": _worksheet(sheet, texts, styles, number == 1)
        for number, sheet in enumerate(book.sheets, 1)
    }
    kinds = [("xl/workbook.xml", "sheet.main"), ("xl/sharedStrings.xml", "sharedStrings"), ("xl/styles.xml", "styles")]
    kinds += [(name, "worksheet") for name in sheets]
    count = len(book.sheets)
    links = [(f"rId{number}", "worksheet", f"/xl/worksheets/sheet{number}.xml") for number in range(1, count + 1)]
    links += [(f"rId{count + 1}", "theme", "/xl/theme/theme1.xml"), (f"rId{count + 2}", "styles", "/xl/styles.xml")]
    links += [(f"rId{count + 3}", "sharedStrings", "/xl/sharedStrings.xml")]
    properties = {**book.properties, "ICV": "0" * 32, "KSOProductBuildVer": "2052-12.1.0.16929"}
    return zip_parts(
        {
            "[Content_Types].xml": content_types(kinds),
            **dict.fromkeys(FOLDERS, ""),
            "_rels/.rels": relationships(
                [
                    ("rId1", "officeDocument", "/xl/workbook.xml"),
                    ("rId2", "extended-properties", "/docProps/app.xml"),
                    ("rId3", f"{PACKAGE}/relationships/metadata/core-properties", "/docProps/core.xml"),
                    ("rId4", "custom-properties", "/docProps/custom.xml"),
                ]
            ),
            "docProps/app.xml": _application(),
            "docProps/core.xml": f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"/>',
            "docProps/custom.xml": custom_properties(properties),
            "xl/_rels/workbook.xml.rels": relationships(reversed(links)),
            "xl/sharedStrings.xml": _strings(texts),
            "xl/styles.xml": _styles(book),
            "xl/theme/theme1.xml": f'{HEAD}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/>',
            "xl/workbook.xml": _workbook(book),
            **sheets,
        }
    )


def _application() -> str:
    types = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    return f'{HEAD}<Properties xmlns="{types}"><Application>WPS Spreadsheets</Application></Properties>'


def _workbook(book: Book) -> str:
    sheets = "".join(
        f'<sheet name={attribute(sheet.name)} sheetId="{number}" state="{sheet.state}" r:id="rId{number}"/>'
        for number, sheet in enumerate(book.sheets, 1)
    )
    names = "".join(map(_name, book.names))
    return (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
        '<fileVersion appName="xl" lastEdited="3" lowestEdited="5" rupBuild="9302"/><workbookPr/>'
        f'<bookViews><workbookView windowWidth="27945" windowHeight="12255"/></bookViews><sheets>{sheets}</sheets>'
        f'<definedNames>{names}</definedNames><calcPr calcId="144525"/></workbook>'
    )


def _name(name: DefinedName) -> str:
    local = "" if name.sheet is None else f' localSheetId="{name.sheet}"'
    return f'<definedName name="{name.name}"{local}>{escaped(name.refers)}</definedName>'


def _worksheet(sheet: Sheet, texts: Texts, styles: int, selected: bool) -> str:
    groups = shared_groups(sheet)
    last_row, last_col = sheet.last
    rows = []
    for number, cells in sheet.rows():
        written = "".join(_cell(cell, texts, groups, styles) for cell in cells)
        spans = f"{cells[0].col}:{cells[-1].col}"
        rows.append(f'<row r="{number}" ht="14.25" customHeight="1" spans="{spans}">{written}</row>')
    rules = "".join(
        f"<dataValidation {' '.join(f'{key}={attribute(value)}' for key, value in rule.attributes.items())}>"
        f"{''.join(f'<formula{n}>{escaped(words)}</formula{n}>' for n, words in enumerate(rule.formulas, 1))}"
        "</dataValidation>"
        for rule in sheet.validations
    )
    validations = f'<dataValidations count="{len(sheet.validations)}">{rules}</dataValidations>' if rules else ""
    return (
        f'{HEAD}<worksheet {_NAMESPACES}><sheetPr/><dimension ref="A1:{column_letters(last_col)}{last_row}"/>'
        f'<sheetViews><sheetView tabSelected="{int(selected)}" workbookViewId="0"/></sheetViews>'
        '<sheetFormatPr defaultColWidth="9" defaultRowHeight="14.25" outlineLevelRow="2" outlineLevelCol="1"/>'
        f"<sheetData>{''.join(rows)}</sheetData>{validations}"
        '<pageMargins left="0.75" right="0.75" top="1" bottom="1" header="0.5" footer="0.5"/><headerFooter/>'
        f'<extLst><ext uri="{{wps}}" xmlns:etc="{_ETC}"><etc:row r="1"><etc:c r="A1" t="s"><etc:v>0</etc:v></etc:c>'
        "</etc:row></ext></extLst></worksheet>"
    )


def _cell(cell: Cell, texts: Texts, groups: Mapping[Place, tuple[int, str]], styles: int) -> str:
    """A cell; its style counts from the other end, behind the program's own first one."""
    head = f'<c r="{cell.name}" s="{styles - cell.style}"'
    if cell.kind == "empty":
        return f"{head}/>"
    kind = {"number": "", "boolean": ' t="b"', "error": ' t="e"', "text": ' t="str"'}[cell.kind]
    if cell.formula is not None:
        return f"{head}{kind}>{formula(cell, groups)}<v>{escaped(cell.raw)}</v></c>"
    if cell.kind != "text":
        return f"{head}{kind}><v>{escaped(cell.raw)}</v></c>"
    if cell.row % INLINE_EVERY:
        return f'{head} t="s"><v>{texts.add(cell.raw)}</v></c>'
    half = len(cell.raw) // 2
    runs = "".join(
        f'<r><rPr><sz val="11"/></rPr><t xml:space="preserve">{escaped(piece)}</t></r>'
        for piece in (cell.raw[:half], cell.raw[half:])
        if piece
    )
    return f'{head} t="inlineStr"><is>{runs}</is></c>'


def _strings(texts: Texts) -> str:
    items = "".join(
        f'<si><t xml:space="preserve">{escaped(value)}</t>{_PHONETIC if number % PHONETIC_EVERY == 0 else ""}</si>'
        for value, number in texts.numbers.items()
    )
    return f'{HEAD}<sst xmlns="{MAIN}" count="{texts.uses}">{items}</sst>'


_PHONETIC = '<rPh sb="0" eb="1"><t>aside</t></rPh><phoneticPr fontId="1" type="noConversion"/>'


def _styles(book: Book) -> str:
    codes = {code: 176 + number for number, code in enumerate(dict.fromkeys(book.formats))}
    formats = "".join(f'<numFmt numFmtId="{id_}" formatCode={attribute(code)}/>' for code, id_ in codes.items())
    looks = "".join(
        f'<xf numFmtId="{codes[code]}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1">'
        '<alignment vertical="center"/></xf>'
        for code in reversed(book.formats)
    )
    own = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"><alignment vertical="center"/></xf>'
    return (
        f'{HEAD}<styleSheet xmlns="{MAIN}"><numFmts count="{len(codes)}">{formats}</numFmts>'
        '<fonts count="1"><font><sz val="11"/><color theme="1"/><name val="Arial"/><charset val="134"/></font></fonts>'
        '<fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders>'
        '<cellStyleXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellStyleXfs>'
        f'<cellXfs count="{len(book.formats) + 1}">{own}{looks}</cellXfs>'
        '<cellStyles count="1"><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles>'
        '<dxfs count="1"><dxf><numFmt numFmtId="14" formatCode="yyyy/m/d"/></dxf></dxfs></styleSheet>'
    )
