"""A workbook of ours as Excel saves it, on a desktop or in a browser.

Calculation chain, shared formulas, dynamic arrays with metadata, texts in runs of rich text, `x14ac` and `xr`
extensions, dropdowns from other sheets in an extension, theme colours, threaded comments with their people; names and
properties are all kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Literal

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
    item,
    relationships,
    shared_groups,
    zip_parts,
)
from emulate.parts import text as escaped
from emulate.recalculated import with_utf16_lengths
from emulate.written_book import Book, Cell, DefinedName, Place, Sheet, take_apart

from smsheets.cells import column_letters

Where = Literal["desktop", "web"]

APPLICATIONS: Mapping[Where, str] = {"desktop": "Microsoft Excel", "web": "Microsoft Excel Online"}
RICH_EVERY = 4
_MS = "http://schemas.microsoft.com/office"
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_REVISIONS = (
    f'xmlns:xr="{_MS}/spreadsheetml/2014/revision" xmlns:xr2="{_MS}/spreadsheetml/2015/revision2"'
    f' xmlns:xr3="{_MS}/spreadsheetml/2016/revision3" xmlns:x14ac="{_MS}/spreadsheetml/2009/9/ac"'
)
_ARRAY = re.compile(r"\b(SUMPRODUCT|INDEX)\(")
_THREADED = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
_PERSON = "http://schemas.microsoft.com/office/2017/10/relationships/person"


def rewrite(data: bytes, where: Where = "desktop") -> bytes:
    """The workbook as saved by Excel."""
    return write(with_utf16_lengths(take_apart(data)), where)


def write(book: Book, where: Where = "desktop") -> bytes:
    """Cells as Excel saves them."""
    texts = Texts()
    count = len(book.sheets)
    sheets = {
        f"xl/worksheets/sheet{number}.xml": _worksheet(sheet, texts, number)
        for number, sheet in enumerate(book.sheets, 1)
    }
    kinds = [("xl/workbook.xml", "sheet.main"), *((name, "worksheet") for name in sheets)]
    kinds += [("xl/styles.xml", "styles"), ("xl/sharedStrings.xml", "sharedStrings")]
    kinds += [("xl/metadata.xml", "sheetMetadata"), ("xl/calcChain.xml", "calcChain"), ("xl/comments1.xml", "comments")]
    links = [(f"rId{number}", "worksheet", f"worksheets/sheet{number}.xml") for number in range(1, count + 1)]
    links += [
        (f"rId{count + 1}", "theme", "theme/theme1.xml"),
        (f"rId{count + 2}", "styles", "styles.xml"),
        (f"rId{count + 3}", "sharedStrings", "sharedStrings.xml"),
        (f"rId{count + 4}", "sheetMetadata", "metadata.xml"),
        (f"rId{count + 5}", "calcChain", "calcChain.xml"),
        (f"rId{count + 6}", _PERSON, "persons/person.xml"),
    ]
    return zip_parts(
        {
            "[Content_Types].xml": content_types(kinds),
            "_rels/.rels": relationships(
                [
                    ("rId3", "extended-properties", "docProps/app.xml"),
                    ("rId2", f"{PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
                    ("rId1", "officeDocument", "xl/workbook.xml"),
                    ("rId4", "custom-properties", "docProps/custom.xml"),
                ]
            ),
            "xl/workbook.xml": _workbook(book, where),
            "xl/_rels/workbook.xml.rels": relationships(links),
            **sheets,
            "xl/worksheets/_rels/sheet1.xml.rels": relationships(
                [
                    ("rId1", "comments", "../comments1.xml"),
                    ("rId2", _THREADED, "../threadedComments/threadedComment1.xml"),
                ]
            ),
            "xl/comments1.xml": _comments(),
            "xl/threadedComments/threadedComment1.xml": _threaded_comments(),
            "xl/persons/person.xml": f'{HEAD}<personList xmlns="{_MS}/spreadsheetml/2018/threadedcomments"/>',
            "xl/theme/theme1.xml": f'{HEAD}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"/>',
            "xl/styles.xml": _styles(book),
            "xl/sharedStrings.xml": _strings(texts),
            "xl/metadata.xml": _metadata(),
            "xl/calcChain.xml": _chain(book),
            "docProps/core.xml": f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties"/>',
            "docProps/app.xml": _application(where),
            "docProps/custom.xml": custom_properties(book.properties),
        }
    )


def _application(where: Where) -> str:
    types = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    inside = f"<Application>{APPLICATIONS[where]}</Application><AppVersion>16.0300</AppVersion>"
    return f'{HEAD}<Properties xmlns="{types}">{inside}</Properties>'


def _workbook(book: Book, where: Where) -> str:
    sheets = "".join(
        f'<sheet name={attribute(sheet.name)} sheetId="{number}" state="{sheet.state}" r:id="rId{number}"/>'
        for number, sheet in enumerate(book.sheets, 1)
    )
    names = "".join(map(_name, book.names))
    path = (
        f'<mc:AlternateContent {_MC}><mc:Choice Requires="x15"><x15ac:absPath url="C:\\plan\\"'
        f' xmlns:x15ac="{_MS}/spreadsheetml/2010/11/ac"/></mc:Choice></mc:AlternateContent>'
    )
    return (
        f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}" {_MC} mc:Ignorable="x15 xr"'
        f' xmlns:x15="{_MS}/spreadsheetml/2010/11/main" xmlns:xr="{_MS}/spreadsheetml/2014/revision">'
        '<fileVersion appName="xl" lastEdited="7" lowestEdited="4" rupBuild="29231"/>'
        f'<workbookPr defaultThemeVersion="166925"/>{path if where == "desktop" else ""}'
        '<xr:revisionPtr revIDLastSave="0" documentId="8_{00000000-0000-0000-0000-000000000000}"/>'
        f"<bookViews><workbookView/></bookViews><sheets>{sheets}</sheets><definedNames>{names}</definedNames>"
        '<calcPr calcId="191029"/><extLst><ext uri="{B58B0392-4F1F-4190-BB64-5DF3571DCE5F}"'
        f' xmlns:xcalcf="{_MS}/spreadsheetml/2018/calcfeatures"><xcalcf:calcFeatures/></ext></extLst></workbook>'
    )


def _name(name: DefinedName) -> str:
    local = "" if name.sheet is None else f' localSheetId="{name.sheet}"'
    hidden = ' hidden="1"' if name.hidden else ""
    return f'<definedName name="{name.name}"{local}{hidden}>{escaped(name.refers)}</definedName>'


def _worksheet(sheet: Sheet, texts: Texts, number: int) -> str:
    arrays = {place for place, cell in sheet.cells.items() if cell.formula and _ARRAY.search(cell.formula)}
    groups = {place: group for place, group in _groups(sheet, arrays).items() if place not in arrays}
    rows = []
    for row, cells in sheet.rows():
        written = "".join(_cell(cell, texts, groups, (cell.row, cell.col) in arrays) for cell in cells)
        spans = f"{cells[0].col}:{cells[-1].col}"
        rows.append(f'<row r="{row}" spans="{spans}" x14ac:dyDescent="0.25">{written}</row>')
    last_row, last_col = sheet.last
    legacy = '<legacyDrawing r:id="rId9"/>' if number == 1 else ""
    return (
        f'{HEAD}<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE}" {_MC} mc:Ignorable="x14ac xr xr2 xr3" {_REVISIONS}'
        f' xr:uid="{{00000000-0001-0000-{number:04}-000000000000}}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:{column_letters(last_col)}{last_row}"/><sheetViews><sheetView workbookViewId="0"/>'
        '</sheetViews><sheetFormatPr defaultRowHeight="15" x14ac:dyDescent="0.25"/>'
        f"<sheetData>{''.join(rows)}</sheetData>{_validations(sheet)}"
        f'<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/>{legacy}'
        f"{_extension(sheet)}</worksheet>"
    )


def _groups(sheet: Sheet, arrays: set[Place]) -> Mapping[Place, tuple[int, str]]:
    """Shared formulas; a formula that is an array by itself is none of them, and so all of its group are not."""
    groups = shared_groups(sheet)
    spoilt = {groups[place][0] for place in arrays if place in groups}
    return {place: group for place, group in groups.items() if group[0] not in spoilt}


def _cell(cell: Cell, texts: Texts, groups: Mapping[Place, tuple[int, str]], is_array: bool) -> str:
    head = f'<c r="{cell.name}" s="{cell.style}"'
    if cell.kind == "empty":
        return f"{head}/>"
    kind = {"number": "", "boolean": ' t="b"', "error": ' t="e"', "text": ' t="str"'}[cell.kind]
    if cell.kind == "error":
        kind += ' vm="1"'
    if cell.formula is not None and is_array:
        written = f'<f t="array" ref="{cell.name}">{escaped(cell.formula)}</f>'
        return f'{head}{kind} cm="1">{written}<v>{escaped(cell.raw)}</v></c>'
    if cell.formula is not None:
        return f"{head}{kind}>{formula(cell, groups)}<v>{escaped(cell.raw)}</v></c>"
    if cell.kind == "text":
        return f'{head} t="s"><v>{texts.add(cell.raw)}</v></c>'
    return f"{head}{kind}><v>{escaped(cell.raw)}</v></c>"


def _validations(sheet: Sheet) -> str:
    """The rules that name no other sheet."""
    rules = [
        f"<dataValidation {' '.join(f'{key}={attribute(value)}' for key, value in rule.attributes.items())}"
        f' xr:uid="{{00000000-0002-0000-0000-{number:012}}}">'
        f"{''.join(f'<formula{n}>{escaped(words)}</formula{n}>' for n, words in enumerate(rule.formulas, 1))}"
        "</dataValidation>"
        for number, rule in enumerate(sheet.validations)
        if not any("!" in words for words in rule.formulas)
    ]
    return f'<dataValidations count="{len(rules)}">{"".join(rules)}</dataValidations>' if rules else ""


def _extension(sheet: Sheet) -> str:
    """The dropdowns from other sheets."""
    rules = list(_far_rules(sheet))
    if not rules:
        return ""
    return (
        f'<extLst><ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" xmlns:x14="{_MS}/spreadsheetml/2009/9/main">'
        f'<x14:dataValidations xmlns:xm="{_MS}/excel/2006/main" count="{len(rules)}">{"".join(rules)}'
        "</x14:dataValidations></ext></extLst>"
    )


def _far_rules(sheet: Sheet) -> Iterator[str]:
    for rule in sheet.validations:
        if any("!" in words for words in rule.formulas):
            formulas = "".join(
                f"<x14:formula{n}><xm:f>{escaped(words)}</xm:f></x14:formula{n}>"
                for n, words in enumerate(rule.formulas, 1)
            )
            kind = attribute(rule.attributes.get("type", "none"))
            yield f"<x14:dataValidation type={kind}>{formulas}<xm:sqref>{rule.cells}</xm:sqref></x14:dataValidation>"


def _strings(texts: Texts) -> str:
    items = "".join(
        _rich(value) if number % RICH_EVERY == 0 and len(value) > 1 else item(value)
        for value, number in texts.numbers.items()
    )
    return f'{HEAD}<sst xmlns="{MAIN}" count="{texts.uses}" uniqueCount="{len(texts.numbers)}">{items}</sst>'


def _rich(value: str) -> str:
    """A text of which a part is bold."""
    first, rest = escaped(value[:1]), escaped(value[1:])
    look = '<rPr><b/><sz val="11"/><color theme="1"/><rFont val="Calibri"/><scheme val="minor"/></rPr>'
    return f'<si><r><t xml:space="preserve">{first}</t></r><r>{look}<t xml:space="preserve">{rest}</t></r></si>'


def _metadata() -> str:
    return (
        f'{HEAD}<metadata xmlns="{MAIN}" xmlns:xda="{_MS}/spreadsheetml/2017/dynamicarray"><metadataTypes count="1">'
        '<metadataType name="XLDAPR" minSupportedVersion="120000" cellMeta="1"/></metadataTypes>'
        '<futureMetadata name="XLDAPR" count="1"><bk><extLst><ext uri="{bdbb8cdc-fa1e-496e-a857-3c3f30c029c3}">'
        '<xda:dynamicArrayProperties fDynamic="1" fCollapsed="0"/></ext></extLst></bk></futureMetadata>'
        '<cellMetadata count="1"><bk><rc t="1" v="0"/></bk></cellMetadata></metadata>'
    )


def _chain(book: Book) -> str:
    cells = "".join(
        f'<c r="{cell.name}" i="{number}"/>'
        for number, sheet in enumerate(book.sheets, 1)
        for cell in sheet.cells.values()
        if cell.formula
    )
    return f'{HEAD}<calcChain xmlns="{MAIN}">{cells}</calcChain>'


def _comments() -> str:
    return (
        f'{HEAD}<comments xmlns="{MAIN}"><authors><author>tc={{1}}</author></authors><commentList>'
        '<comment ref="A1" authorId="0" shapeId="0"><text><t>Looks good</t></text></comment></commentList></comments>'
    )


def _threaded_comments() -> str:
    return (
        f'{HEAD}<ThreadedComments xmlns="{_MS}/spreadsheetml/2018/threadedcomments">'
        '<threadedComment ref="A1" dT="2027-01-05T09:00:00.00" personId="{1}" id="{1}"><text>Looks good</text>'
        "</threadedComment></ThreadedComments>"
    )


def _styles(book: Book) -> str:
    codes = {code: 164 + number for number, code in enumerate(dict.fromkeys(book.formats))}
    formats = "".join(f'<numFmt numFmtId="{id_}" formatCode={attribute(code)}/>' for code, id_ in codes.items())
    looks = "".join(
        f'<xf numFmtId="{codes[code]}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
        for code in book.formats
    )
    return (
        f'{HEAD}<styleSheet xmlns="{MAIN}" {_MC} mc:Ignorable="x14ac xr" {_REVISIONS}>'
        f'<numFmts count="{len(codes)}">{formats}</numFmts><fonts count="1" x14ac:knownFonts="1"><font><sz val="11"/>'
        '<color theme="1" tint="-0.249977111117893"/><name val="Calibri"/><scheme val="minor"/></font></fonts>'
        '<fills count="1"><fill><patternFill patternType="solid"><fgColor theme="4"/></patternFill></fill></fills>'
        '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs>'
        f'<cellXfs count="{len(book.formats)}">{looks}</cellXfs><dxfs count="0"/></styleSheet>'
    )
