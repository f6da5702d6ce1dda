"""A user's workbook, copied with its problems written into it; everything else stays byte for byte."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from smsheets.annotation.archive import EditedPackage
from smsheets.annotation.comments import Place
from smsheets.annotation.links import declare_parts, main_address
from smsheets.annotation.problem_sheet import filter_range, problem_sheet_xml
from smsheets.annotation.sheet_list import add_front_sheet, name_filter
from smsheets.annotation.sheet_notes import annotate_sheet
from smsheets.annotation.splice import outline
from smsheets.annotation.styles import Looks, add_looks
from smsheets.annotation.words import ProblemSheet, cell_notes, problem_sheet
from smsheets.errors import WorkbookFileError
from smsheets.reader.file.limits import USUAL, Limits
from smsheets.reader.file.package import Package, UnusableFileError, open_package
from smsheets.reader.file.workbook_parts import find_part, find_workbook, read_contents
from smsheets.reader.read import OpenWorkbook
from smsheets.report.wording import Words

_ENDINGS = (
    (".xlsm", "sheet.macroEnabled.main+xml"),
    (".xltx", "template.main+xml"),
    (".xltm", "template.macroEnabled.main+xml"),
)


def annotated_copy(path: Path, opened: OpenWorkbook, language: str = "", limits: Limits = USUAL) -> bytes:
    """The bytes of the copy.

    Args:
        opened: The workbook at `path`, read.
        language: Of the sheet and the notes; empty takes the workbook's.

    Raises:
        WorkbookFileError: The file cannot be copied.
    """
    words = Words(language or opened.read.language)
    sheet = problem_sheet(opened.read.problems, opened.read.missing, words)
    notes = cell_notes(opened.read.problems, words)
    return write_notes(path, sheet, notes, opened.source.problem_sheet, limits)


def write_notes(
    path: Path,
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
        with open_package(path, limits) as package:
            edited = EditedPackage(path, package)
            _write_into(edited, sheet, notes, earlier)
            return edited.save()
    except UnusableFileError as error:
        raise WorkbookFileError(f"{path}: {error}") from None


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
            new += annotate_sheet(edited, part, notes.get(name, {}), block)
    declare_parts(edited, new)
    if not front:
        front, front_link = add_front_sheet(edited, workbook, sheet.name)
    name_filter(edited, workbook, front_link, filter_range(sheet, "$"))
    root = outline(edited.read(workbook), workbook, depth=0).root
    styles = find_part(package, links, "styles", "spreadsheetml.styles+xml")
    edited.write(front, problem_sheet_xml(sheet, main_address(root), _looks(edited, styles)))


def _looks(edited: EditedPackage, styles: str | None) -> Looks | None:
    """Our looks in the workbook's list of styles, where it can take them."""
    if styles is None or not edited.holds(styles):
        return None
    data, looks = add_looks(edited.read(styles), styles)
    if looks is not None:
        edited.write(styles, data)
    return looks


def needed_ending(path: Path, limits: Limits = USUAL) -> str:
    """How the name of a copy must end: programs refuse a workbook with macros that is called .xlsx.

    Raises:
        WorkbookFileError: It is no such file.
    """
    try:
        with open_package(path, limits) as package:
            return _ending(package)
    except UnusableFileError as error:
        raise WorkbookFileError(f"{path}: {error}") from None


def _ending(package: Package) -> str:
    return next((ending for ending, kind in _ENDINGS if package.part_of_kind(kind)), ".xlsx")
