"""Sheets without end: cells, columns, texts, and all the things that stand around cells."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

from made_files import around, attack, in_part, layout_of, on_template, parts_of, sheet_of, sheet_part, with_rows
from make_xlsx import HEAD, MAIN, OFFICE

from smsheets.cells import column_letters

POSTS = "xl/worksheets/sheet2.xml"
LETTERS = [column_letters(col) for col in range(1, 16_385)]
TOO_MANY = "this workbook has more than 500,000 filled cells. Delete the sheets that are not needed"


def _cells(rows: int, cols: int) -> Iterator[str]:
    """Numbers that hardly pack."""
    numbers = random.Random(1)
    for row in range(1, rows + 1):
        yield f'<row r="{row}">'
        yield "".join(f'<c r="{letters}{row}"><v>{numbers.random()}</v></c>' for letters in LETTERS[:cols])
        yield "</row>"


@attack("this workbook was not made by smsheets.")
def many_cells_of_a_stranger(path: Path) -> None:
    on_template(path, {"xl/worksheets/sheet1.xml": sheet_of(_cells(24_900, 20)), **_without_marker()})


def _without_marker() -> dict[str, str]:
    """Only the first sheet is left, and nothing says whose it is."""
    sheets = '<sheet name="Data" sheetId="1" r:id="rId1"/>'
    return {
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{sheets}</sheets></workbook>',
        "docProps/custom.xml": HEAD + "<Properties/>",
    }


@attack()
def many_cells_beside_a_template(path: Path) -> None:
    """A sheet of one's own with as many cells as may be."""
    text = in_part("xl/workbook.xml", "</sheets>", '<sheet name="Own" sheetId="99" r:id="own"/></sheets>')
    links = in_part(
        "xl/_rels/workbook.xml.rels",
        "</Relationships>",
        f'<Relationship Id="own" Type="{OFFICE}/worksheet" Target="worksheets/own.xml"/></Relationships>',
    )
    changed = {"xl/workbook.xml": text, "xl/_rels/workbook.xml.rels": links}
    on_template(path, {**changed, "xl/worksheets/own.xml": sheet_of(_cells(23_000, 20))})


@attack(TOO_MANY)
def three_million_cells(path: Path) -> None:
    on_template(path, {POSTS: sheet_of(_cells(60_000, 30))})


@attack()
def lone_cell_in_the_last_corner(path: Path) -> None:
    row = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    on_template(path, {POSTS: around(POSTS, "</sheetData>", [row])})


@attack()
def lone_cell_below_each_column(path: Path) -> None:
    cells = "".join(f'<c r="{letters}1048576"><v>1</v></c>' for letters in LETTERS[:60])
    row = f'<row r="1048576">{cells}</row>'
    on_template(path, {POSTS: around(POSTS, "</sheetData>", [row])})


@attack("this workbook is damaged: in sheet 'Posts' it has a cell outside of what a sheet can hold.")
def cell_beyond_the_last_column(path: Path) -> None:
    row = '<row r="900"><c r="XFE900"><v>1</v></c></row>'
    on_template(path, {POSTS: around(POSTS, "</sheetData>", [row])})


@attack("this workbook is damaged: in sheet 'Posts' it has a cell outside of what a sheet can hold.")
def cells_without_place_beyond_the_last_column(path: Path) -> None:
    row = itertools.chain(['<row r="900">'], ("<c><v>1</v></c>" for _ in range(17_000)), ["</row>"])
    on_template(path, {POSTS: around(POSTS, "</sheetData>", row)})


@attack()
def sixteen_million_columns(path: Path) -> None:
    cols = itertools.chain(
        ["<cols>", '<col min="1" max="16777216" width="9"/>', '<col min="-5" max="99999999999999999999"/>'],
        ('<col min="1" max="16384" style="1"/>' for _ in range(1_000_000)),
        ["</cols>"],
    )
    text = "".join(around(POSTS, "<sheetData", cols)).replace(' spans="', ' spans="1:16777216" was="')
    on_template(path, {POSTS: text.replace('<dimension ref="', '<dimension ref="A1:XFD1048576" was="')})


@attack()
def million_rows_of_empty_cells(path: Path) -> None:
    numbers = random.Random(1)
    rows = (
        f'<row r="{row}" ht="{numbers.random()}"><c r="A{row}" s="1"/><c r="B{row}" s="2"/></row>'
        for row in range(2_000, 1_000_000)
    )
    on_template(path, {POSTS: around(POSTS, "</sheetData>", rows)})


def _texts(items: Iterable[str]) -> Iterator[str]:
    return around("xl/sharedStrings.xml", "</sst>", (f"<si><t>{item}</t></si>" for item in items), sample=True)


@attack()
def hundred_megabytes_of_texts(path: Path) -> None:
    noise = random.Random(1)
    on_template(path, {"xl/sharedStrings.xml": _texts(noise.randbytes(100).hex() for _ in range(450_000))})


@attack("this workbook has more than 500,000 texts.")
def millions_of_short_texts(path: Path) -> None:
    on_template(path, {"xl/sharedStrings.xml": _texts(f"{n:x}" for n in range(3_500_000))})


@attack("this workbook is damaged: a text in it is longer than a cell can hold.")
def hundred_megabytes_in_one_text(path: Path) -> None:
    noise = random.Random(1)
    text = (noise.randbytes(1 << 19).hex() for _ in range(95))
    pieces = itertools.chain(["<si><t>"], text, ["</t></si>"])
    on_template(path, {"xl/sharedStrings.xml": around("xl/sharedStrings.xml", "</sst>", pieces)})


@attack("this workbook is damaged: in sheet 'Posts' a text is longer than a cell can hold.")
def hundred_megabytes_in_one_cell(path: Path) -> None:
    noise = random.Random(1)
    text = (noise.randbytes(1 << 19).hex() for _ in range(92))
    pieces = itertools.chain(['<row r="900"><c r="E900" t="inlineStr"><is><t>'], text, ["</t></is></c></row>"])
    on_template(path, {POSTS: around(POSTS, "</sheetData>", pieces)})


@attack("this workbook is damaged: in sheet 'Posts' a text is longer than a cell can hold.")
def million_runs_in_one_cell(path: Path) -> None:
    pieces = itertools.chain(
        ['<row r="900"><c r="E900" t="inlineStr"><is>'],
        ("<r><t>abcdefgh</t></r>" for _ in range(2_000_000)),
        ["</is></c></row>"],
    )
    on_template(path, {POSTS: around(POSTS, "</sheetData>", pieces)})


def _after(pieces: Iterable[str]) -> dict[str, Iterator[str]]:
    return {POSTS: around(POSTS, "</worksheet>", pieces)}


@attack()
def million_validations(path: Path) -> None:
    line = '<dataValidation type="list" sqref="A{0}:XFD1048576"><formula1>"a,b,{0}"</formula1></dataValidation>'
    on_template(path, _after(line.format(n) for n in range(900_000)))


@attack()
def million_conditional_formats(path: Path) -> None:
    rule = '<cfRule type="expression"><formula>A{0}=1</formula></cfRule>'
    line = f'<conditionalFormatting sqref="A{{0}}:XFD9">{rule}</conditionalFormatting>'
    on_template(path, _after(line.format(n) for n in range(700_000)))


@attack()
def million_hyperlinks(path: Path) -> None:
    line = '<hyperlink ref="A{0}" location="javascript:alert({0})" display="x{0}"/>'
    on_template(path, _after(line.format(n) for n in range(900_000)))


@attack()
def million_merges(path: Path) -> None:
    on_template(path, _after(f'<mergeCell ref="A{n}:XFD{n + 9}"/>' for n in range(2_000, 1_000_000)))


@attack()
def everything_merged(path: Path) -> None:
    on_template(path, _after(['<mergeCell ref="A1:XFD1048576"/>', '<mergeCell ref="XFD1048576:A1"/>']))


@attack()
def overlapping_merges(path: Path) -> None:
    on_template(path, _after(f'<mergeCell ref="A{n % 50 + 1}:XFD1048576"/>' for n in range(100_000)))


@attack()
def million_names(path: Path) -> None:
    names = (f'<definedName name="smsheets_{n}">Posts!$A${n}</definedName>' for n in range(900_000))
    pieces = itertools.chain(["<definedNames>"], names, ["</definedNames>"])
    on_template(path, {"xl/workbook.xml": around("xl/workbook.xml", "</workbook>", pieces)})


@attack()
def million_styles(path: Path) -> None:
    formats = (f'<numFmt numFmtId="{n}" formatCode="yyyy-mm-dd {n}"/>' for n in range(200, 500_000))
    used = (f'<xf numFmtId="{n}"/>' for n in range(200, 700_000))
    pieces = itertools.chain(["<numFmts>"], formats, ["</numFmts><cellXfs>"], used, ["</cellXfs>"])
    on_template(path, {"xl/styles.xml": around("xl/styles.xml", "</styleSheet>", pieces)})


@attack("this workbook has more than 5,000 sheets.")
def million_sheets(path: Path) -> None:
    sheets = (f'<sheet name="x{n}" sheetId="{n}" r:id="rId1"/>' for n in range(900_000))
    on_template(path, {"xl/workbook.xml": around("xl/workbook.xml", "</sheets>", sheets)})


@attack()
def sheets_that_are_not_there(path: Path) -> None:
    sheets = (f'<sheet name="x{n}" sheetId="{n}" r:id="no{n}"/>' for n in range(4_000))
    on_template(path, {"xl/workbook.xml": around("xl/workbook.xml", "</sheets>", sheets)})


@attack(TOO_MANY)
def one_part_for_many_sheets(path: Path) -> None:
    sheets = (f'<sheet name="x{n}" sheetId="{n}" r:id="rId6"/>' for n in range(4_000))
    on_template(path, {"xl/workbook.xml": around("xl/workbook.xml", "</sheets>", sheets)})


@attack()
def million_properties(path: Path) -> None:
    lines = (f'<property name="smsheets.x{n}"><vt:lpwstr>{n}</vt:lpwstr></property>' for n in range(900_000))
    on_template(path, {"docProps/custom.xml": around("docProps/custom.xml", "</Properties>", lines)})


def _heading_row(kind: str, table: str) -> str:
    """The headings of a table as inline texts, without their row number."""
    placed = layout_of(kind).tables[table]
    return "".join(f'<c t="inlineStr"><is><t>{column.label}</t></is></c>' for column in placed.columns)


@attack()
def headings_again_and_again(path: Path) -> None:
    headings = {column.key: column.label for column in layout_of("calendar").tables["posts"].columns}
    with_rows(path, "calendar", "posts", itertools.repeat(headings, 6_000))


@attack()
def headings_in_every_row_of_every_sheet(path: Path) -> None:
    row = f"<row>{_heading_row('calendar', 'posts')}</row>"
    part = sheet_part("calendar", "Start here")
    on_template(path, {part: around(part, "</sheetData>", itertools.repeat(row, 6_000))})


def _strange_row(cols: int) -> str:
    noise = random.Random(1)
    return "".join(f'<c t="inlineStr"><is><t>{noise.randbytes(100).hex()}</t></is></c>' for _ in range(cols))


@attack()
def strange_headings(path: Path) -> None:
    """As many as a sheet has columns, in every row above the table; two of ours are called otherwise."""
    part = sheet_part("calendar", "Posts")
    header = layout_of("calendar").tables["posts"].header_row
    strange = (
        f'<c r="{LETTERS[n]}{header}" t="inlineStr"><is><t>Date of post {n} {"x" * 200}</t></is></c>'
        for n in range(60, 16_384)
    )
    text = parts_of(sample=False)[part].decode()
    start = text.index(f'<row r="{header}"')
    end = text.index("</row>", start)
    on_template(path, {part: [text[:end], *strange, text[end:]]}, sample=False)


@attack()
def many_strange_headings(path: Path) -> None:
    part = sheet_part("calendar", "Start here")
    rows = (f"<row>{_strange_row(10_000)}</row>" for _ in range(40))
    on_template(path, {part: around(part, "</sheetData>", rows)})


@attack()
def strange_labels(path: Path) -> None:
    """Among the labels of the first form, most of which are gone."""
    part = sheet_part("calendar", "Start here")
    rows = (
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>Business nam {n}{"x" * 230}</t></is></c></row>'
        for n in range(200, 900_000)
    )
    on_template(path, {part: around(part, "</sheetData>", itertools.islice(rows, 300_000))})


@attack()
def list_of_many_values(path: Path) -> None:
    part = f"xl/worksheets/sheet{len(layout_of('calendar').sheets) + 1}.xml"
    rows = (
        f'<row r="{n}">'
        + "".join(f'<c r="{letter}{n}" t="inlineStr"><is><t>own {letter}{n}</t></is></c>' for letter in "ABCDEFGHIJ")
        + "</row>"
        for n in range(60, 20_060)
    )
    on_template(path, {part: around(part, "</sheetData>", rows)})


@attack()
def list_with_a_value_in_the_last_row(path: Path) -> None:
    part = f"xl/worksheets/sheet{len(layout_of('calendar').sheets) + 1}.xml"
    cells = "".join(f'<c r="{letter}1048576" t="inlineStr"><is><t>own {letter}</t></is></c>' for letter in "ABCDEFGHIJ")
    on_template(path, {part: around(part, "</sheetData>", [f'<row r="1048576">{cells}</row>'])})
