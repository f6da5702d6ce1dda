"""The sheet in front with every problem in a table, and its place in the workbook's list of sheets."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from itertools import chain, count
from textwrap import wrap
from typing import NamedTuple

import msgspec

from smsheets.annotation.archive import EditedPackage, Links, declare_parts, is_strict, office_prefix
from smsheets.annotation.comments import Place, note_text
from smsheets.annotation.splice import Edit, Looks, Outline, cell_text, cut, escaped, outline, put_first, small_number
from smsheets.cells import column_letters, quote_sheet
from smsheets.problems import PROBLEM_SHEET_MARK, MissingInput, Problem
from smsheets.reader.file.package import SAVE_AGAIN, UnusableFileError
from smsheets.report.damage import cells_text, summary_line
from smsheets.report.wording import Words, problem_lines

_MOST = 10_000
"""This many problems are written down: a person repairs them from the top."""
_HEADS = ("Sheet", "Cell", "What is wrong", "What to do", "Code")


class ProblemRow(NamedTuple):
    """A line of the problem sheet, column by column."""

    sheet: str
    cells: str
    says: str
    todo: str
    code: str


class ProblemSheet(msgspec.Struct, frozen=True, kw_only=True):
    """The texts of the sheet in front, in the workbook's language. `name` is its title and that of its tab."""

    name: str
    summary: str
    remark: str
    headers: tuple[str, ...]
    rows: tuple[ProblemRow, ...]


def problem_sheet(problems: Sequence[Problem], missing: Sequence[MissingInput], words: Words) -> ProblemSheet:
    """The words of the sheet in front."""
    if not problems:
        remark = words.text("Nothing has to be repaired.")
    elif len(problems) > _MOST:
        remark = words.text("These are the first {count} problems; repair them and check again.", {"count": _MOST})
    else:
        remark = words.text("Click a cell to go there. Each of them has a note that says the same.")
    return ProblemSheet(
        name=words.text("Problems"),
        summary=words.value(summary_line(problems, missing)),
        remark=remark,
        headers=tuple(words.text(_HEADS[n]) for n in range(len(_HEADS))),
        rows=tuple(_row(problem, words) for problem in problems[:_MOST]),
    )


def _row(problem: Problem, words: Words) -> ProblemRow:
    says, todo = (words.value(line) for line in problem_lines(problem))
    return ProblemRow(problem.cell.sheet, cells_text(problem), says, todo, problem.code)


def cell_notes(problems: Sequence[Problem], words: Words) -> dict[str, dict[Place, str]]:
    """Sheet -> cell -> its note."""
    notes: dict[str, dict[Place, list[str]]] = {}
    for problem in problems[:_MOST]:
        says, todo = (words.value(line) for line in problem_lines(problem))
        on_sheet = notes.setdefault(problem.cell.sheet, {})
        on_sheet.setdefault((problem.cell.row, problem.cell.col), []).append(note_text(says, todo, problem.code))
    return {sheet: {place: "\n".join(texts) for place, texts in places.items()} for sheet, places in notes.items()}


_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"

_HEADER_ROW = 4  # below the title, the mark and the advice
_WIDTHS = (20, 12, 62, 62, 28)
_MARGIN = 2  # characters that the cell's own margins take
_LINE_HEIGHT, _GAP, _MOST_HEIGHT = 15, 3, 409
_MOST_CHARACTERS = 16_000
"""A cell holds twice as many; characters beyond the common ones count double."""


def problem_sheet_xml(sheet: ProblemSheet, address: str, looks: Looks | None) -> bytes:
    """The worksheet part. `address` is the namespace that the workbook's parts are in."""
    last = _HEADER_ROW + len(sheet.rows)
    pane = (
        f'<pane ySplit="{_HEADER_ROW}" topLeftCell="A{_HEADER_ROW + 1}" activePane="bottomLeft" state="frozen"/>'
        f'<selection pane="bottomLeft" activeCell="A{_HEADER_ROW + 1}" sqref="A{_HEADER_ROW + 1}"/>'
    )
    columns = "".join(
        f'<col min="{col}" max="{col}" width="{width}" customWidth="1"/>' for col, width in enumerate(_WIDTHS, 1)
    )
    table = f'<autoFilter ref="{filter_range(sheet)}"/>' if sheet.rows else ""
    links = "".join(
        f'<hyperlink ref="B{number}" location="{escaped(f"{quote_sheet(row.sheet)}!{row.cells}")}" '
        f'display="{escaped(row.cells)}"/>'
        for number, row in enumerate(sheet.rows, _HEADER_ROW + 1)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<worksheet xmlns="{escaped(address)}">'
        '<sheetPr><tabColor rgb="FFC05B5B"/><pageSetUpPr fitToPage="1"/></sheetPr>'
        f'<dimension ref="A1:E{last}"/>'
        f'<sheetViews><sheetView showGridLines="0" workbookViewId="0">{pane}</sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols>'
        f"<sheetData>{''.join(_rows(sheet, looks))}</sheetData>{table}"
        f"{f'<hyperlinks>{links}</hyperlinks>' if links else ''}"
        '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
        '<pageSetup orientation="landscape" fitToHeight="0"/></worksheet>'
    ).encode()


def filter_range(sheet: ProblemSheet, mark: str = "") -> str:
    """The table with its header: `A4:E9`; empty where it has no rows. `mark` is before letters and numbers."""
    last = _HEADER_ROW + len(sheet.rows)
    return f"{mark}A{mark}{_HEADER_ROW}:{mark}E{mark}{last}" if sheet.rows else ""


def _rows(sheet: ProblemSheet, looks: Looks | None) -> Iterator[str]:
    title, remark, header, text, link = looks or (None,) * 5
    yield _sheet_row(1, [(1, sheet.name, title)], height=27)
    yield _sheet_row(2, [(1, sheet.summary, remark)])
    yield _sheet_row(3, [(1, sheet.remark, remark), (5, PROBLEM_SHEET_MARK, remark)], height=21)
    if sheet.rows:
        yield _sheet_row(_HEADER_ROW, [(col, name, header) for col, name in enumerate(sheet.headers, 1)], height=21)
    for number, row in enumerate(sheet.rows, _HEADER_ROW + 1):
        cells = [(col, value, link if col == 2 else text) for col, value in enumerate(row, 1)]
        yield _sheet_row(number, cells, height=_height(row))


def _sheet_row(number: int, cells: list[tuple[int, str, int | None]], height: int = 0) -> str:
    """Texts are written as what a formula would have given, which every program reads and none takes for a formula."""
    look = f' ht="{height}" customHeight="1"' if height else ""
    inside = "".join(
        f'<c r="{column_letters(col)}{number}"{"" if style is None else f" s={chr(34)}{style}{chr(34)}"} t="str">'
        f"<v>{cell_text(value[:_MOST_CHARACTERS])}</v></c>"
        for col, value, style in cells
    )
    return f'<row r="{number}"{look}>{inside}</row>'


def _height(values: tuple[str, ...]) -> int:
    """Points that a row needs; only some programs find that out by themselves."""
    lines = max(len(wrap(text, width - _MARGIN)) for text, width in zip(values, _WIDTHS, strict=True))
    return min(_LINE_HEIGHT * max(lines, 1) + _GAP, _MOST_HEIGHT)


_LONGEST_NAME = 31  # a limit of Excel
_FILTER = "_xlnm._FilterDatabase"
_BEFORE_NAMES = ("sheets", "functionGroups", "externalReferences")


def add_front_sheet(edited: EditedPackage, workbook: str, name: str) -> tuple[str, str]:
    """Lists a new worksheet before all others.

    Returns:
        The name of its part, which is to be written, and the relationship that leads to it.
    """
    page = outline(edited.read(workbook), workbook)
    sheets = page.first("sheets")
    if sheets is None:
        raise UnusableFileError(f"this workbook is damaged: it has no list of sheets. {SAVE_AGAIN}")
    folder = posixpath.dirname(workbook)
    part = edited.free_part(posixpath.join(folder, "worksheets/sheet{}.xml"))
    links = Links(edited, workbook)
    link = links.add("worksheet", part, strict=is_strict(page.root))
    links.save()
    listed = page.children(sheets)
    numbers = [small_number(item.attrs.get("sheetId")) or 0 for item in listed]
    (prefix, declaration), own = office_prefix(page.root), page.root.prefix
    sheet = (
        f'<{own}sheet{declaration} name="{escaped(_free_name(name, page))}" '
        f'sheetId="{max(numbers, default=0) + 1}" {prefix}:id="{link}"/>'
    )
    edits = [put_first(sheets, sheet), *_moved(page)]
    if page.first("workbookView") is None:
        view = f'<{own}bookViews><{own}workbookView activeTab="1"/></{own}bookViews>'
        edits.append(Edit(sheets.start, sheets.start, view))
    edited.write(workbook, page.with_edits(edits))
    declare_parts(edited, [(part, _SHEET_TYPE)])
    return part, link


def name_filter(edited: EditedPackage, workbook: str, link: str, area: str) -> None:
    """Gives a sheet's filter the name that some programs know it by.

    Args:
        link: The relationship that leads to the sheet.
        area: `$A$4:$E$9`; empty where there is no filter any more.
    """
    page = outline(edited.read(workbook), workbook)
    sheets = page.first("sheets")
    assert sheets is not None
    listed = [item.attrs for item in page.children(sheets)]
    number = next(at for at, attrs in enumerate(listed) if link in attrs.values())
    names = page.first("definedNames")
    filters = (item for item in page.named("definedName") if item.attrs.get("name") == _FILTER)
    edits = [cut(item) for item in filters if small_number(item.attrs.get("localSheetId")) == number]
    if area:
        own, place = page.root.prefix, escaped(quote_sheet(listed[number].get("name", "")))
        facts = f'name="{_FILTER}" localSheetId="{number}" hidden="1"'
        xml = f"<{own}definedName {facts}>{place}!{area}</{own}definedName>"
        if names is not None:
            edits.append(put_first(names, xml))
        else:
            last = [item for item in page.elements if item.depth == 1 and item.name in _BEFORE_NAMES][-1]
            edits.append(Edit(last.end, last.end, f"<{own}definedNames>{xml}</{own}definedNames>"))
    elif names is not None and len(page.children(names)) == len(edits):
        edits = [cut(names)]
    edited.write(workbook, page.with_edits(edits))


def _moved(page: Outline) -> list[Edit]:
    """Names that belong to one sheet, and the tab that is open, move along; the new tab is in sight."""
    edits: list[Edit] = []
    for element in page.named("definedName"):
        number = small_number(element.attrs.get("localSheetId"))
        if number is not None:
            edits.append(page.attribute(element, "localSheetId", str(number + 1)))
    for element in page.named("workbookView"):
        open_tab = small_number(element.attrs.get("activeTab")) or 0
        edits.append(page.attribute(element, "activeTab", str(open_tab + 1)))
        if "firstSheet" in element.attrs:
            edits.append(page.attribute(element, "firstSheet", "0"))
    return edits


def _free_name(name: str, page: Outline) -> str:
    """The name, with a number where a sheet is called so."""
    taken = {element.attrs.get("name", "").casefold() for element in page.named("sheet")}
    tails = (f" {number}" for number in count(2))
    names = chain([name], (name[: _LONGEST_NAME - len(tail)] + tail for tail in tails))
    return next(free for free in names if free.casefold() not in taken)
