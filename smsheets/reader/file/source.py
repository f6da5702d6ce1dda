"""An .xlsx file as its worksheets: every cell with its value, formula, cached result and note.

Charts, pivots, drawings and the like are never unpacked, so they cannot break the reading.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeAlias

import msgspec
from msgspec.structs import replace

from smsheets.cells import parse_area
from smsheets.errors import WorkbookFileError
from smsheets.problems import PROBLEM_SHEET_MARK
from smsheets.reader.file.damaged import read_damaged
from smsheets.reader.file.limits import MEGABYTE, NOT_OURS, USUAL, Content, Limits
from smsheets.reader.file.package import DamagedFileError, LocalNames, Package, UnusableFileError, open_package
from smsheets.reader.file.source_cells import LONGEST_TEXT, SourceSheet
from smsheets.reader.file.workbook_parts import (
    Contents,
    Formats,
    find_part,
    find_workbook,
    read_contents,
    read_formats,
    read_properties,
    read_strings,
)
from smsheets.reader.file.worksheet_part import SheetReader

if TYPE_CHECKING:
    import openpyxl

    Given: TypeAlias = Path | str | bytes | IO[bytes] | openpyxl.Workbook

_KINDS = ("comments+xml",)
_MOST_NOTES = 100_000  # far more than people write; a file made to hurt may have millions


def _holds_notes(package: Package) -> bool:
    """True if any sheet may have notes, so that what the sheets point at is worth looking up."""
    return package.part_of_kind(*_KINDS) is not None or any("comments" in name for name in package.names)


def _read_cell_notes(package: Package, sheet_part: str) -> dict[tuple[int, int], str]:
    """The text of each note by (row, col), who wrote it left as it is written.

    Raises:
        DamagedFileError: The part with the notes is broken.
    """
    links = package.relationships(sheet_part).values()
    parts = [link.target for link in links if link.kind == "comments" and package.holds(link.target)]
    notes: dict[tuple[int, int], str] = {}
    for part in parts:
        _read_part(package, part, notes)
    return notes


def _read_part(package: Package, part: str, notes: dict[tuple[int, int], str]) -> None:
    local = LocalNames()
    pieces: list[str] = []
    runs: list[str] = []
    place: tuple[int, int] | None = None
    aside = False

    def start(tag: str, attrs: dict[str, str]) -> None:
        nonlocal place, aside
        tag = local[tag]
        pieces.clear()
        if tag == "comment":
            runs.clear()
            area = parse_area(attrs.get("ref", ""))
            place = area[:2] if area is not None else None
        elif tag == "rPh":
            aside = True

    def end(tag: str) -> None:
        nonlocal aside
        tag = local[tag]
        if tag == "t" and not aside:
            runs.append("".join(pieces))
        elif tag == "rPh":
            aside = False
        elif tag == "comment" and place is not None:
            if len(notes) >= _MOST_NOTES:
                raise DamagedFileError(f"there are more than {_MOST_NOTES:,} notes")
            notes[place] = "".join(runs)[:LONGEST_TEXT]

    package.parse(part, start=start, end=end, text=pieces.append)


HOLDS_MACROS = "This workbook holds macros. They are not run."
NO_CONTENT = "A sheet of this workbook has no content in the file."
NO_FORMATS = "The number formats of this workbook are damaged: dates may be read as numbers."
ONLY_VALUES = "This file is damaged. Its values were read, but its formulas could not be checked."
NO_CELL_NOTES = "The notes on the cells of a sheet are damaged. They are left out."

_MARK_ROWS = 10  # the mark is in the first ones, even below rows of a person's own


class SourceWorkbook(msgspec.Struct, frozen=True):
    """A workbook as it is in its file.

    `names` maps the defined names of the whole workbook to their text (`Budget!$A$2:$F$40`), `properties` the custom
    document properties; `notes` are plain remarks for the user, such as that macros were not run. A sheet
    that `smsheets check --annotate` put in is no sheet of the workbook: `problem_sheet` is its name. In one that holds
    `values_only`, because its file is damaged, every cell is a constant. One that is not `calculated` comes from a
    program that never gives formulas their values, so that nothing is wrong where they have none.
    """

    path: Path
    sheets: tuple[SourceSheet, ...]
    names: dict[str, str]
    properties: dict[str, str]
    date1904: bool
    notes: tuple[str, ...] = ()
    problem_sheet: str = ""
    values_only: bool = False
    calculated: bool = True

    def sheet(self, name: str) -> SourceSheet | None:
        """The sheet of exactly this name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


class GivenFile(msgspec.Struct, frozen=True):
    """A workbook's file as somebody gave it, and its name in messages. `calculated`: its formulas may have values."""

    content: Content
    name: str
    calculated: bool = True


def given_file(given: Given, name: str = "", limits: Limits = USUAL, *, values: bool = False) -> GivenFile:
    """A workbook that was given as a path, as bytes, as a binary file or as an `openpyxl.Workbook`.

    A file is read from its start and left where it was; an openpyxl workbook is saved to bytes and left as it was.

    Args:
        name: Of one without a path; empty takes the file's own, or `workbook`.
        values: Values in place of formulas will do.

    Raises:
        WorkbookFileError: It cannot be read so; the text says what to give instead.
        TypeError: It is something else.
    """
    if isinstance(given, str | Path):
        return GivenFile(Path(given), str(given))
    if isinstance(given, bytes | bytearray | memoryview):
        return GivenFile(bytes(given), name or _NAMELESS)
    if type(given).__module__.partition(".")[0] == "openpyxl":
        data = _saved(given, name or _NAMELESS, values=values)
        return GivenFile(data, name or _NAMELESS, calculated=False)
    if not hasattr(given, "read"):
        raise TypeError(f"give a path, bytes, a binary file or an openpyxl.Workbook, not {type(given).__name__}")
    own = getattr(given, "name", "")
    name = name or (own if isinstance(own, str) else "") or _NAMELESS
    start = _bytes_of(given, int(limits.mb * MEGABYTE) + 1)  # one more than allowed is enough to be refused
    if not isinstance(start, bytes):
        raise WorkbookFileError(f'{name}: this file was opened as text. Open it with mode "rb".')
    return GivenFile(start, name)


_NAMELESS = "workbook"


def _bytes_of(stream: Any, most: int) -> object:
    """The first bytes of a file, which is left where it was."""
    if not stream.seekable():
        return stream.read(most)
    at = stream.tell()
    stream.seek(0)
    data = stream.read(most)
    stream.seek(at)
    return data


def _saved(given: Any, name: str, *, values: bool) -> bytes:
    """An openpyxl workbook as the bytes that it saves.

    Raises:
        WorkbookFileError: It was opened in a way that leaves something out, or cannot be saved.
    """
    import openpyxl

    if not isinstance(given, openpyxl.Workbook):
        raise TypeError(f"give the openpyxl.Workbook, not its {type(given).__name__}")
    for wrong, keyword in ((given.read_only, "read_only"), (given.data_only and not values, "data_only")):
        if wrong:
            raise WorkbookFileError(f"{name}: this workbook was opened with {keyword}=True. Open it without.")
    if given.write_only:
        raise WorkbookFileError(f"{name}: this workbook is write-only. Save it, and give its path.")
    changed = given.properties.modified
    buffer = io.BytesIO()
    try:
        given.save(buffer)
    except Exception as error:  # whatever was put into it
        raise WorkbookFileError(f"{name}: openpyxl cannot save this workbook: {error}") from error
    finally:
        given.properties.modified = changed
    return buffer.getvalue()


def open_workbook(content: Content, limits: Limits = USUAL, name: str = "") -> SourceWorkbook:
    """Read every worksheet of an .xlsx (or .xlsm) file.

    Args:
        name: Of the file in messages; empty takes its path.

    Raises:
        WorkbookFileError: it is not such a file, or is broken, protected, or too large; one line says what to do.
    """
    path = Path(name) if isinstance(content, bytes) or name else content
    try:
        with open_package(content, limits) as package:
            try:
                book = _read_workbook(path, package)
            except DamagedFileError:
                found = _read_values(path, package)
                if found is None:
                    raise
                book = found
            if not book.sheets:
                raise UnusableFileError(f"this workbook has no sheet with cells. {NOT_OURS}")
            return book
    except UnusableFileError as error:
        raise WorkbookFileError(f"{path}: {error}") from None


def _read_workbook(path: Path, package: Package) -> SourceWorkbook:
    part = find_workbook(package)
    links = package.relationships(part)
    contents = read_contents(package, part)
    strings = read_strings(package, find_part(package, links, "sharedStrings", "sharedStrings+xml"))
    notes: dict[str, None] = {}
    if any(name.endswith("vbaproject.bin") for name in package.names):
        notes[HOLDS_MACROS] = None
    try:
        formats = read_formats(package, find_part(package, links, "styles", "spreadsheetml.styles+xml"))
    except DamagedFileError:
        formats = Formats({}, {})
        notes[NO_FORMATS] = None
    sheets: list[SourceSheet] = []
    problem_sheet = ""
    room = package.limits.cells
    with_notes = _holds_notes(package)
    for number, (name, state, link) in enumerate(contents.sheets):
        target = links.get(link)
        if target is not None and target.kind != "worksheet":
            continue  # charts, dialogs and old macro sheets hold no table
        if target is None or not package.holds(target.target):
            notes[NO_CONTENT] = None
            continue
        reader = SheetReader(name, strings, formats, contents.date1904, room)
        sheet = reader.read(package, target.target, state)
        notes.update(dict.fromkeys(reader.remarks))
        if _is_problem_sheet(sheet):
            problem_sheet = name
        else:
            cell_notes = _cell_notes(package, target.target, notes) if with_notes else {}
            names = contents.sheet_names.get(str(number), {})
            sheets.append(replace(sheet, names=names, cell_notes=cell_notes) if names or cell_notes else sheet)
        room -= len(reader.cells)
    return SourceWorkbook(
        path, tuple(sheets), contents.names, _properties(package), contents.date1904, tuple(notes), problem_sheet
    )


def _read_values(path: Path, package: Package) -> SourceWorkbook | None:
    """The workbook that a more forgiving program finds in a damaged file; None where it finds nothing."""
    sheets = read_damaged(package)
    if not any(sheet.cells for sheet in sheets):
        return None
    try:
        contents = read_contents(package, find_workbook(package))
    except DamagedFileError:
        contents = Contents([], {}, {})
    return SourceWorkbook(
        path,
        tuple(sheet for sheet in sheets if not _is_problem_sheet(sheet)),
        contents.names,
        _properties(package),
        contents.date1904,
        (ONLY_VALUES,),
        next((sheet.name for sheet in sheets if _is_problem_sheet(sheet)), ""),
        values_only=True,
    )


def _properties(package: Package) -> dict[str, str]:
    """The custom document properties; the same facts are elsewhere too, so a broken part is no loss."""
    try:
        return read_properties(package)
    except DamagedFileError:
        return {}


def _cell_notes(package: Package, part: str, notes: dict[str, None]) -> dict[tuple[int, int], str]:
    try:
        return _read_cell_notes(package, part)
    except DamagedFileError:
        notes[NO_CELL_NOTES] = None
        return {}


def _is_problem_sheet(sheet: SourceSheet) -> bool:
    """True if it lists problems that this program found; its mark is above the list."""
    return any(cell.value == PROBLEM_SHEET_MARK for cell in sheet.cells.values() if cell.row < _MARK_ROWS)
