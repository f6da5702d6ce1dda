"""A user's workbook, copied with its problems written into it; everything else stays byte for byte."""

from __future__ import annotations

import bisect
from collections.abc import Mapping

from smsheets.annotation.archive import (
    VML_TYPE,
    EditedPackage,
    Links,
    NewParts,
    declare_parts,
    is_strict,
    main_address,
    office_prefix,
)
from smsheets.annotation.comments import (
    COMMENTS_TYPE,
    Place,
    comment_places,
    empty_comments,
    empty_drawing,
    with_boxes,
    with_notes,
    without_boxes,
    without_our_notes,
)
from smsheets.annotation.problem_sheet import (
    ProblemSheet,
    add_front_sheet,
    cell_notes,
    filter_range,
    name_filter,
    problem_sheet,
    problem_sheet_xml,
)
from smsheets.annotation.splice import Edit, Outline, add_looks, outline
from smsheets.cells import parse_area
from smsheets.errors import WorkbookFileError
from smsheets.reader.file.limits import USUAL, Limits
from smsheets.reader.file.package import SAVE_AGAIN, UnusableFileError, open_package, shown_part
from smsheets.reader.file.source import GivenFile
from smsheets.reader.file.workbook_parts import find_part, find_workbook, read_contents
from smsheets.reader.read import OpenWorkbook
from smsheets.report.wording import Words

_BEFORE = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing",
)  # fmt: skip
"""The elements before the link to the boxes: the order of a worksheet's elements is fixed."""


def _annotate_sheet(edited: EditedPackage, part: str, notes: Mapping[Place, str], block: int) -> NewParts:
    """Puts a note on each of these cells, in place of those of an earlier annotated copy.

    Args:
        part: The worksheet.
        block: The block of shape numbers for a drawing that has to be made, from 1.

    Returns:
        The parts that must be declared, with their content types.
    """
    links = Links(edited, part)
    comments = links.of_kind("comments")
    if comments is not None and edited.holds(comments):
        _take_out_ours(edited, part, links, comments)
    if not notes:
        return ()
    page = outline(edited.read(part), part, depth=1, also=("mergeCell",))
    return _put_in(edited, page, links, _at_anchors(notes, page), block)


def _take_out_ours(edited: EditedPackage, part: str, links: Links, comments: str) -> None:
    before = edited.read(comments)
    after, gone = without_our_notes(before, comments)
    if after == before:
        return
    edited.write(comments, after)
    drawing = links.target(_drawing_link(outline(edited.read(part), part, depth=1)))
    if drawing is not None and edited.holds(drawing):
        edited.write(drawing, without_boxes(edited.read(drawing), gone))


def _put_in(edited: EditedPackage, page: Outline, links: Links, notes: Mapping[Place, str], block: int) -> NewParts:
    strict = is_strict(page.root)
    comments = links.of_kind("comments")
    if comments is None:
        comments = edited.free_part("xl/comments{}.xml")
        links.add("comments", comments, strict=strict)
    if not edited.holds(comments):
        edited.write(comments, empty_comments(main_address(page.root)))
    data, boxless = with_notes(edited.read(comments), comments, notes)
    edited.write(comments, data)

    link = _drawing_link(page)
    drawing = links.target(link)
    if drawing is None:
        drawing = edited.free_part("xl/drawings/vmlDrawing{}.vml")
        new = links.add("vmlDrawing", drawing, strict=strict, id=link)
        if not link:
            edited.write(page.part, page.with_edits([_drawing_element(page, new)]))
    if not edited.holds(drawing):
        # Notes that had no boxes so far would not be shown beside ours.
        boxless = set(comment_places(data, comments))
        edited.write(drawing, empty_drawing(block))
    edited.write(drawing, with_boxes(edited.read(drawing), drawing, notes, boxless))
    links.save()
    return (comments, COMMENTS_TYPE), (drawing, VML_TYPE)


def _drawing_link(page: Outline) -> str:
    """The id of the relationship that leads to a sheet's boxes; empty where it has none."""
    link = page.first("legacyDrawing")
    names = link.attrs.items() if link is not None else ()
    return next((value for name, value in names if name.rpartition(":")[2] == "id"), "")


def _drawing_element(page: Outline, link: str) -> Edit:
    before = (element for element in reversed(page.elements) if element.depth == 1 and element.name in _BEFORE)
    last = next(before, None)
    if last is None:
        raise UnusableFileError(
            f"this workbook is damaged: its part {shown_part(page.part)} has no cells. {SAVE_AGAIN}"
        )
    prefix, declaration = office_prefix(page.root)
    return Edit(last.end, last.end, f'<{page.root.prefix}legacyDrawing{declaration} {prefix}:id="{link}"/>')


def _at_anchors(notes: Mapping[Place, str], page: Outline) -> dict[Place, str]:
    """The notes where they can be seen: those inside merged cells on the first of them."""
    places = sorted(notes)
    anchors: dict[Place, Place] = {}
    for item in page.named("mergeCell"):
        area = parse_area(item.attrs.get("ref", ""))
        if area is None:
            continue
        top, left, bottom, right = area
        rows = slice(bisect.bisect_left(places, (top, 0)), bisect.bisect_left(places, (bottom + 1, 0)))
        anchors.update((place, (top, left)) for place in places[rows] if left <= place[1] <= right)
    anchored: dict[Place, list[str]] = {}
    for place in places:
        anchored.setdefault(anchors.get(place, place), []).append(notes[place])
    return {place: "\n".join(texts) for place, texts in anchored.items()}


_ENDINGS = (
    (".xlsm", "sheet.macroEnabled.main+xml"),
    (".xltx", "template.main+xml"),
    (".xltm", "template.macroEnabled.main+xml"),
)


def annotated_copy(file: GivenFile, opened: OpenWorkbook, language: str = "", limits: Limits = USUAL) -> bytes:
    """The bytes of the copy.

    Args:
        opened: The workbook of the file, read.
        language: Of the sheet and the notes; empty takes the workbook's.

    Raises:
        WorkbookFileError: The file cannot be copied.
    """
    words = Words(language or opened.read.language)
    sheet = problem_sheet(opened.read.problems, opened.read.missing, words)
    notes = cell_notes(opened.read.problems, words)
    return write_notes(file, sheet, notes, opened.source.problem_sheet, limits)


def write_notes(
    file: GivenFile,
    sheet: ProblemSheet,
    notes: Mapping[str, Mapping[Place, str]],
    earlier: str = "",
    limits: Limits = USUAL,
) -> bytes:
    """The bytes of a workbook with a sheet in front and notes on cells.

    Args:
        notes: Sheet -> cell -> note; each as `comments.note_text` words it.
        earlier: The sheet that was put in front of this file before; it is replaced.

    Raises:
        WorkbookFileError: The file cannot be copied.
    """
    try:
        with open_package(file.content, limits) as package:
            edited = EditedPackage(file.content, package)
            _write_into(edited, sheet, notes, earlier)
            return edited.save()
    except UnusableFileError as error:
        raise WorkbookFileError(f"{file.name}: {error}") from None


def _write_into(
    edited: EditedPackage, sheet: ProblemSheet, notes: Mapping[str, Mapping[Place, str]], earlier: str
) -> None:
    package = edited.package
    workbook = find_workbook(package)
    links = package.relationships(workbook)
    front, front_link = "", ""
    new: list[tuple[str, str]] = []
    for block, (name, _, link) in enumerate(read_contents(package, workbook).sheets, 1):
        part = links[link].target if link in links and links[link].kind == "worksheet" else ""
        if not package.holds(part):
            continue
        if name == earlier:
            front, front_link = part, link
        else:
            new += _annotate_sheet(edited, part, notes.get(name, {}), block)
    declare_parts(edited, new)
    if not front:
        front, front_link = add_front_sheet(edited, workbook, sheet.name)
    name_filter(edited, workbook, front_link, filter_range(sheet, "$"))
    root = outline(edited.read(workbook), workbook, depth=0).root
    styles, looks = find_part(package, links, "styles", "spreadsheetml.styles+xml"), None
    if styles is not None and edited.holds(styles):
        data, looks = add_looks(edited.read(styles), styles)
        if looks is not None:
            edited.write(styles, data)
    edited.write(front, problem_sheet_xml(sheet, main_address(root), looks))


def needed_ending(file: GivenFile, limits: Limits = USUAL) -> str:
    """How the name of a copy must end: programs refuse a workbook with macros that is called .xlsx.

    Raises:
        WorkbookFileError: It is no such file.
    """
    try:
        with open_package(file.content, limits) as package:
            return next((ending for ending, kind in _ENDINGS if package.part_of_kind(kind)), ".xlsx")
    except UnusableFileError as error:
        raise WorkbookFileError(f"{file.name}: {error}") from None
