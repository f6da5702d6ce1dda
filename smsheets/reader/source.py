"""An .xlsx file as its worksheets: every cell with its value, formula and cached result.

Charts, pivots, drawings and the like are never unpacked, so they cannot break the reading.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from smsheets.errors import WorkbookFileError
from smsheets.reader import worksheet_part
from smsheets.reader.package import Package, UnusableFileError, open_package
from smsheets.reader.source_cells import SourceSheet
from smsheets.reader.workbook_parts import (
    find_part,
    find_workbook,
    read_contents,
    read_formats,
    read_properties,
    read_strings,
)


class SourceWorkbook(msgspec.Struct, frozen=True):
    """A workbook as it stands in its file.

    `names` maps the defined names of the whole workbook to their text (`Budget!$A$2:$F$40`), `properties` the custom
    document properties; `notes` are plain remarks for the user, such as that macros were not run.
    """

    path: Path
    sheets: tuple[SourceSheet, ...]
    names: dict[str, str]
    properties: dict[str, str]
    date1904: bool
    notes: tuple[str, ...] = ()

    def sheet(self, name: str) -> SourceSheet | None:
        """The sheet of exactly this name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def open_workbook(path: Path) -> SourceWorkbook:
    """Read every worksheet of an .xlsx (or .xlsm) file.

    Raises:
        WorkbookFileError: it is not such a file, or is broken, protected, or too large; one line says what to do.
    """
    try:
        with open_package(path) as package:
            return _read_workbook(path, package)
    except UnusableFileError as error:
        raise WorkbookFileError(f"{path}: {error}") from None


def _read_workbook(path: Path, package: Package) -> SourceWorkbook:
    part = find_workbook(package)
    links = package.relationships(part)
    contents = read_contents(package, part)
    strings = read_strings(package, find_part(package, links, "sharedStrings", "sharedStrings+xml"))
    notes = []
    if any(name.endswith("vbaproject.bin") for name in package.names):
        notes.append("holds macros; they are not run")
    try:
        formats = read_formats(package, find_part(package, links, "styles", "spreadsheetml.styles+xml"))
    except UnusableFileError as error:
        if "damaged" not in str(error):
            raise
        formats = {}
        notes.append("its number formats are damaged; dates may be read as numbers")
    sheets: list[SourceSheet] = []
    room = worksheet_part.MAX_CELLS
    for name, state, link in contents.sheets:
        target = links.get(link)
        if target is not None and target.kind != "worksheet":
            continue  # charts, dialogs and old macro sheets hold no table
        if target is None or not package.holds(target.target):
            notes.append(f"sheet '{name}' has no content in the file")
            continue
        reader = worksheet_part.SheetReader(name, strings, formats, contents.date1904, room)
        sheets.append(reader.read(package, target.target, state))
        room -= len(reader.cells)
    properties = read_properties(package)
    return SourceWorkbook(path, tuple(sheets), contents.names, properties, contents.date1904, tuple(notes))
