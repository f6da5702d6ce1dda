"""The workbook's list of sheets with one more in front, and everything that counts sheets counted anew."""

from __future__ import annotations

import posixpath

from smsheets.annotation.archive import EditedPackage
from smsheets.annotation.links import Links, declare_parts, is_strict, office_prefix
from smsheets.annotation.problem_sheet import SHEET_TYPE
from smsheets.annotation.splice import Edit, Outline, cut, escaped, outline, put_first, small_number
from smsheets.cells import quote_sheet
from smsheets.reader.file.package import SAVE_AGAIN, UnusableFileError

_LONGEST_NAME = 31
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
    declare_parts(edited, [(part, SHEET_TYPE)])
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
    earlier = [
        item
        for item in page.named("definedName")
        if item.attrs.get("name") == _FILTER and small_number(item.attrs.get("localSheetId")) == number
    ]
    edits = [cut(item) for item in earlier]
    if area:
        own, place = page.root.prefix, escaped(quote_sheet(listed[number].get("name", "")))
        facts = f'name="{_FILTER}" localSheetId="{number}" hidden="1"'
        xml = f"<{own}definedName {facts}>{place}!{area}</{own}definedName>"
        if names is not None:
            edits.append(put_first(names, xml))
        else:
            last = [item for item in page.elements if item.depth == 1 and item.name in _BEFORE_NAMES][-1]
            edits.append(Edit(last.end, last.end, f"<{own}definedNames>{xml}</{own}definedNames>"))
    elif names is not None and len(page.children(names)) == len(earlier):
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
    free, number = name, 1
    while free.casefold() in taken:
        number += 1
        tail = f" {number}"
        free = name[: _LONGEST_NAME - len(tail)] + tail
    return free
