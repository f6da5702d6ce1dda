"""A workbook of ours as Apple Numbers exports it.

Every sheet is visible and named for its table, the table's name stands above it in a merged row, a summary with links
comes first, charts get sheets of their own. Names, properties, dropdowns, notes and freezing are lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from emulate.parts import HEAD, Texts, attribute, content_types, item, relationships, zip_parts
from emulate.parts import text as escaped
from emulate.written_book import Book, Cell, Sheet, shifted, take_apart

from smsheets.cells import column_letters

LONGEST_NAME = 31
DAYS_BETWEEN_EPOCHS = 1462
_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_SUMMARY = "Export Summary"


@dataclass(frozen=True, slots=True)
class Export:
    """How it was exported.

    Attributes:
        formulas: False writes the results of the formulas, and leaves out the empty rows at the end.
        titles: The table's name stands above it, and in the sheet's name.
        summary: A sheet in front tells what came from where.
        since_1904: Days are counted from 1904, as older versions did.
        split: Each part of a sheet that blank rows part was made a table of its own. Only without formulas.
    """

    formulas: bool = True
    titles: bool = True
    summary: bool = True
    since_1904: bool = False
    split: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """What becomes one worksheet. `above` is how many rows are put in above the sheet's own."""

    sheet: Sheet
    title: str
    name: str
    first_row: int
    last_row: int
    above: int


def rewrite(data: bytes, export: Export | None = None) -> bytes:
    """The workbook as exported by Numbers."""
    how = export or Export()
    book, texts = take_apart(data), Texts()
    tables = list(_tables(book, how))
    sheets = [(table.name, _worksheet(table, tables, book, texts, how)) for table in tables]
    sheets += [
        (f"{table.sheet.name[: LONGEST_NAME - 11]} - Drawings", _drawings())
        for table in tables
        if table.sheet.has_charts and table.first_row == 1
    ]
    if how.summary:
        sheets.insert(0, (_SUMMARY, _summary(tables, texts)))
    return _package(sheets, book, texts, how)


def _tables(book: Book, how: Export) -> Iterator[Table]:
    """The tables, each with a sheet name of its own."""
    taken: set[str] = set()
    for sheet in book.sheets:
        for number, (first, last) in enumerate(_pieces(sheet) if how.split else [(1, sheet.last[0])], 1):
            title = f"Table {number}"
            name = f"{sheet.name} - {title}" if how.titles or how.split else sheet.name
            if len(name) > LONGEST_NAME:
                name = f"{sheet.name[: LONGEST_NAME - len(title) - 3]} - {title}"
            while name.casefold() in taken:
                name = f"{name[: LONGEST_NAME - 2]}-1"
            taken.add(name.casefold())
            above = (1 if how.titles else 0) - (first - 1)
            yield Table(sheet, title, name, first, last, above)


def _pieces(sheet: Sheet) -> list[tuple[int, int]]:
    """Runs of rows with cells; a heading alone stays with what follows."""
    rows = sorted({row for row, _ in sheet.cells})
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1] = runs[-1][0], row
        else:
            runs.append((row, row))
    return runs


def _worksheet(table: Table, tables: Sequence[Table], book: Book, texts: Texts, how: Export) -> str:
    sheet, last_col = table.sheet, table.sheet.last[1]
    names = {other.sheet.name: other.name for other in tables}
    above = {other.sheet.name: other.above for other in tables}
    rows = []
    merge = ""
    if how.titles:
        blanks = "".join(f'<c r="{column_letters(col)}1" s="1"/>' for col in range(2, last_col + 1))
        rows.append(f'<row r="1" ht="27.65" customHeight="1"><c r="A1" t="s" s="1"><v>{texts.add(table.title)}</v></c>')
        rows[-1] += f"{blanks}</row>"
        if last_col > 1:
            merge = f'<mergeCells count="1"><mergeCell ref="A1:{column_letters(last_col)}1"/></mergeCells>'
    inside = {row: cells for row, cells in sheet.rows() if table.first_row <= row <= table.last_row}
    last = max(inside, default=0)
    while not how.formulas and last > table.first_row and not any(cell.raw for cell in inside.get(last, ())):
        last -= 1
    for row in range(table.first_row, last + 1):
        moved = [_moved(cell, table, above, names, book, how) for cell in inside.get(row, ())]
        cells = "".join(_cell(cell, texts) for cell in moved)
        rows.append(f'<row r="{row + table.above}" ht="20.05" customHeight="1">{cells}</row>')
    dimension = f'<dimension ref="A1:{column_letters(last_col)}{max(last + table.above, 1)}"/>'
    return (
        f'{HEAD}<worksheet {_OFFICE} {_MAIN}><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>{dimension}'
        '<sheetViews><sheetView workbookViewId="0" showGridLines="0" defaultGridColor="1"/></sheetViews>'
        '<sheetFormatPr defaultColWidth="16.3333" defaultRowHeight="19.9" customHeight="1" outlineLevelRow="0"/>'
        f'<cols><col min="1" max="{last_col}" width="16.3516" style="1" customWidth="1"/></cols>'
        f"<sheetData>{''.join(rows)}</sheetData>{merge}"
        '<pageSetup firstPageNumber="1" fitToHeight="1" fitToWidth="1" scale="72" orientation="portrait"/>'
        "<headerFooter><oddFooter>&amp;C&amp;P</oddFooter></headerFooter></worksheet>"
    )


def _moved(
    cell: Cell, table: Table, above: Mapping[str, int], names: Mapping[str, str], book: Book, how: Export
) -> Cell:
    formula = cell.formula
    if formula is not None:
        formula = shifted(formula, above, names, table.sheet.name) if how.formulas else None
    raw = cell.raw
    if how.since_1904 and book.shows_a_day(cell):
        raw = str(int(raw) - DAYS_BETWEEN_EPOCHS) if raw.isdecimal() else repr(float(raw) - DAYS_BETWEEN_EPOCHS)
    kind = "empty" if formula is None and raw == "" else cell.kind
    return replace(cell, row=cell.row + table.above, raw=raw, formula=formula, kind=kind)


def _cell(cell: Cell, texts: Texts) -> str:
    head, style = f'<c r="{cell.name}"', f's="{cell.style + 1}"'
    if cell.kind == "empty":
        return f"{head} {style}/>"
    if cell.formula is None:
        if cell.kind == "text":
            return f'{head} t="s" {style}><v>{texts.add(cell.raw)}</v></c>'
        kind = {"number": "", "boolean": ' t="b"', "error": ' t="e"'}[cell.kind]
        return f"{head}{kind} {style}><v>{escaped(cell.raw)}</v></c>"
    kind = {"number": "", "boolean": ' t="b"', "error": ' t="e"', "text": ' t="str"'}[cell.kind]
    return f"{head}{kind} {style}><f>{escaped(cell.formula)}</f><v>{escaped(cell.raw)}</v></c>"


def _summary(tables: Sequence[Table], texts: Texts) -> str:
    """The sheet in front: which worksheet every table went to, with links."""
    lines = [("", "This is an export from Numbers: one worksheet for each of its tables.", "", "")]
    lines += [("", "Numbers Sheet Name", "Numbers Table Name", "Excel Worksheet Name")]
    for table in tables:
        lines += [("", table.sheet.name, "", ""), ("", "", table.title, table.name)]
    rows, links = [], []
    for row, values in enumerate(lines, 1):
        cells = "".join(
            f'<c r="{column_letters(col)}{row}" t="s" s="1"><v>{texts.add(value)}</v></c>'
            for col, value in enumerate(values, 1)
            if value
        )
        rows.append(f'<row r="{row}">{cells}</row>')
        if values[3] and values[2] and row > 2:
            place = attribute("'" + values[3] + "'!R1C1")
            links.append(f'<hyperlink ref="D{row}" location={place} tooltip="" display={attribute(values[3])}/>')
    return (
        f"{HEAD}<worksheet {_OFFICE} {_MAIN}><sheetData>{''.join(rows)}</sheetData>"
        f"<hyperlinks>{''.join(links)}</hyperlinks></worksheet>"
    )


def _drawings() -> str:
    return f"{HEAD}<worksheet {_OFFICE} {_MAIN}><sheetData/></worksheet>"


def _package(sheets: Sequence[tuple[str, str]], book: Book, texts: Texts, how: Export) -> bytes:
    files = ["sheet.xml" if number == 0 else f"sheet{number}.xml" for number in range(len(sheets))]
    listed = "".join(
        f'<sheet name={attribute(name)} sheetId="{number}" r:id="rId{number + 2}"/>'
        for number, (name, _) in enumerate(sheets, 1)
    )
    epoch = '<workbookPr date1904="1"/>' if how.since_1904 else ""
    strings = "".join(map(item, texts.numbers))
    empty = "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"
    kinds = [("xl/workbook.xml", "sheet.main"), ("xl/sharedStrings.xml", "sharedStrings"), ("xl/styles.xml", "styles")]
    kinds += [(f"xl/worksheets/{file}", "worksheet") for file in files]
    links = [("rId1", "sharedStrings", "sharedStrings.xml"), ("rId2", "styles", "styles.xml")]
    links += [(f"rId{number}", "worksheet", f"worksheets/{file}") for number, file in enumerate(files, 3)]
    return zip_parts(
        {
            "_rels/.rels": relationships(
                [("rId2", "extended-properties", "docProps/app.xml"), ("rId3", "officeDocument", "xl/workbook.xml")]
            ),
            "docProps/app.xml": f'{HEAD}<Properties xmlns="{empty}"/>',
            "xl/workbook.xml": f"{HEAD}<workbook {_OFFICE} {_MAIN}>{epoch}<sheets>{listed}</sheets></workbook>",
            "xl/_rels/workbook.xml.rels": relationships(links),
            **{f"xl/worksheets/{file}": content for file, (_, content) in zip(files, sheets, strict=True)},
            "xl/sharedStrings.xml": f'{HEAD}<sst uniqueCount="{len(texts.numbers)}" {_MAIN}>{strings}</sst>',
            "xl/styles.xml": _styles(book),
            "[Content_Types].xml": content_types(kinds),
        }
    )


def _styles(book: Book) -> str:
    """The number formats under numbers of its own, `General` among them."""
    codes = {code: 59 + number for number, code in enumerate(dict.fromkeys(book.formats)) if code != "General"}
    codes["General"] = 0
    formats = "".join(f'<numFmt numFmtId="{id_}" formatCode={attribute(code)}/>' for code, id_ in codes.items())
    looks = "".join(
        f'<xf numFmtId="{codes[code]}" fontId="0" applyNumberFormat="1" applyFont="1"/>'
        for code in ("General", *book.formats)
    )
    return (
        f'{HEAD}<styleSheet {_MAIN}><numFmts count="{len(codes)}">{formats}</numFmts>'
        '<fonts count="1"><font><sz val="10"/><color indexed="8"/><name val="Helvetica Neue"/></font></fonts>'
        '<fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders>'
        f'<cellStyleXfs count="1"><xf numFmtId="0"/></cellStyleXfs><cellXfs>{looks}</cellXfs></styleSheet>'
    )
