"""Cells of an .xlsx file: value, formula and cached result in one pass over the bytes.

The only module that knows the file. Charts, pivots, drawings and the like are never unpacked, so they cannot break
the reading. Names of elements are matched without their namespace, which makes strict files no special case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from functools import cached_property
from pathlib import Path
from xml.parsers.expat import XMLParserType

import msgspec

from smsheets.cells import MAX_COL, MAX_ROW
from smsheets.errors import WorkbookFileError
from smsheets.reader.package import (
    SAVE_AGAIN,
    LocalNames,
    Package,
    Relationship,
    UnusableFileError,
    new_parser,
    open_package,
)

MAX_CELLS = 2_000_000

_DIGITS = "0123456789"
_LEAP_BUG = 60  # Excel's 29 February 1900, a day that was not
_LAST_SERIAL = 2_958_466  # 1 January 10000
_EPOCH_1900 = datetime(1899, 12, 30)
_EPOCH_1904 = datetime(1904, 1, 1)
_MILLISECONDS = 86_400_000  # in a day
_MIDNIGHT = time()

_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_BOOLEAN_FORMULA = re.compile(r"\s*(TRUE|FALSE)\s*\(\s*\)\s*", re.IGNORECASE)
_GOOGLE_FORMULA = re.compile(r"\s*IFERROR\s*\(\s*__xludf\.DUMMYFUNCTION\s*\(", re.IGNORECASE)

_DATE, _TIME = "date", "time"
_BUILTIN_FORMATS = {
    **dict.fromkeys((14, 15, 16, 17, 22, *range(27, 32), 34, 35, 36, *range(50, 59)), _DATE),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 45, 47), _TIME),
}  # 46 is [h]:mm:ss: a length of time, which stays a number
_FORMAT_NOISE = re.compile(r'"[^"]*"?|\\.|_.|\*.|am/pm|a/p', re.IGNORECASE)
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_BRACKETS = re.compile(r"\[[^\]]*\]?")


class ErrorValue(msgspec.Struct, frozen=True):
    """What a spreadsheet shows where a formula failed: `#DIV/0!`."""

    text: str

    def __str__(self) -> str:
        return self.text


_ERROR_WORDS = (
    *("#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!", "#ERROR!"),
    *("#GETTING_DATA", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!"),
)
_ERRORS = {word: ErrorValue(word) for word in _ERROR_WORDS}

CellValue = str | float | int | bool | datetime | date | time | ErrorValue | None


class SourceCell(msgspec.Struct, frozen=True, gc=False):
    """One cell with a value or a formula. `row` and `col` count from 1.

    `formula` is its text without `=`; `""` where it shares the formula of another cell; None for a constant.
    `has_cached` is true for a formula that was calculated; a formula that was not has the value None.
    """

    row: int
    col: int
    value: CellValue
    formula: str | None = None
    has_cached: bool = False

    @property
    def is_formula(self) -> bool:
        """Whether a program computes the value."""
        return self.formula is not None


class SourceSheet(msgspec.Struct, frozen=True, dict=True):
    """One worksheet. `cells` are keyed by (row, col) from 1; `merges` are (row1, col1, row2, col2), all inside."""

    name: str
    state: str
    cells: dict[tuple[int, int], SourceCell]
    merges: tuple[tuple[int, int, int, int], ...] = ()

    @cached_property
    def _rows(self) -> dict[int, list[SourceCell]]:
        rows: dict[int, list[SourceCell]] = {}
        for place in sorted(self.cells):
            rows.setdefault(place[0], []).append(self.cells[place])
        return rows

    @cached_property
    def last_row(self) -> int:
        """The last row that holds a value, 0 where none does. A formula that shows nothing is no value."""
        return max((cell.row for cell in self.cells.values() if cell.value is not None and cell.value != ""), default=0)

    def row(self, row: int) -> list[SourceCell]:
        """The cells of one row from left to right."""
        return self._rows.get(row, [])

    def rows(self) -> Iterator[tuple[int, list[SourceCell]]]:
        """The rows that hold cells, from the top."""
        yield from self._rows.items()


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


class _Contents(msgspec.Struct):
    """What the workbook part says: sheets as (name, state, relationship id), names, epoch."""

    sheets: list[tuple[str, str, str]]
    names: dict[str, str]
    date1904: bool = False


def _read_workbook(path: Path, package: Package) -> SourceWorkbook:
    part = _find_workbook(package)
    links = package.relationships(part)
    contents = _read_contents(package, part)
    strings = _read_strings(package, _find_part(package, links, "sharedStrings", "sharedStrings+xml"))
    notes = []
    if any(name.endswith("vbaproject.bin") for name in package.names):
        notes.append("holds macros; they are not run")
    try:
        formats = _read_formats(package, _find_part(package, links, "styles", "spreadsheetml.styles+xml"))
    except UnusableFileError as error:
        if "damaged" not in str(error):
            raise
        formats = {}
        notes.append("its number formats are damaged; dates may be read as numbers")
    sheets: list[SourceSheet] = []
    room = MAX_CELLS
    for name, state, link in contents.sheets:
        target = links.get(link)
        if target is not None and target.kind != "worksheet":
            continue  # charts, dialogs and old macro sheets hold no table
        if target is None or not package.holds(target.target):
            notes.append(f"sheet '{name}' has no content in the file")
            continue
        reader = _SheetReader(name, strings, formats, contents.date1904, room)
        sheets.append(reader.read(package, target.target, state))
        room -= len(reader.cells)
    properties = _read_properties(package)
    return SourceWorkbook(path, tuple(sheets), contents.names, properties, contents.date1904, tuple(notes))


def _find_workbook(package: Package) -> str:
    main = next((link.target for link in package.relationships("").values() if link.kind == "officeDocument"), "")
    if package.holds(main):
        return main
    part = package.part_of_kind("sheet.main+xml", "sheet.macroEnabled.main+xml", "template.main+xml")
    if part is None and not package.holds("xl/workbook.xml"):
        raise UnusableFileError(f"this workbook is damaged: it has no list of sheets. {SAVE_AGAIN}")
    return part or "xl/workbook.xml"


def _find_part(package: Package, links: dict[str, Relationship], kind: str, content_type: str) -> str | None:
    """A part the workbook points at; by its content type where the pointer is missing or wrong."""
    for link in links.values():
        if link.kind == kind and package.holds(link.target):
            return link.target
    return package.part_of_kind(content_type)


def _read_contents(package: Package, part: str) -> _Contents:
    contents = _Contents([], {})
    local = LocalNames()
    pieces: list[str] = []
    name: str | None = None

    def start(tag: str, attrs: dict[str, str]) -> None:
        nonlocal name
        pieces.clear()
        match local[tag]:
            case "workbookPr":
                # An extension further down has an element of the same name, without the epoch.
                contents.date1904 |= attrs.get("date1904", "").lower() in ("1", "true", "on")
            case "sheet":
                link = next((value for key, value in attrs.items() if local[key] == "id"), "")
                contents.sheets.append((attrs.get("name", ""), attrs.get("state", "visible"), link))
            case "definedName":
                name = None if "localSheetId" in attrs else attrs.get("name")

    def end(tag: str) -> None:
        if local[tag] == "definedName" and name:
            contents.names[name] = "".join(pieces).strip()

    package.parse(part, start=start, end=end, text=pieces.append)
    return contents


def _read_strings(package: Package, part: str | None) -> list[str | ErrorValue]:
    """The texts that cells point at, their rich text runs joined, without the reading aids of Japanese."""
    strings: list[str | ErrorValue] = []
    if part is None:
        return strings
    local = LocalNames()
    runs: list[str] = []
    pieces: list[str] = []
    aside = False

    def start(tag: str, _attrs: dict[str, str]) -> None:
        nonlocal aside
        pieces.clear()
        aside = aside or local[tag] == "rPh"

    def end(tag: str) -> None:
        nonlocal aside
        tag = local[tag]
        if tag == "t" and not aside:
            runs.extend(pieces)
        elif tag == "rPh":
            aside = False
        elif tag == "si":
            strings.append(_text_value("".join(runs)))
            runs.clear()

    package.parse(part, start=start, end=end, text=pieces.append)
    return strings


def _read_formats(package: Package, part: str | None) -> dict[str, str]:
    """Which cell styles (by number, as text) show a date or a time of day."""
    formats: dict[str, str] = {}
    if part is None:
        return formats
    local = LocalNames()
    codes: dict[str, str] = {}
    used: list[str] = []
    section = ""

    def start(tag: str, attrs: dict[str, str]) -> None:
        nonlocal section
        tag = local[tag]
        if tag in ("numFmts", "cellXfs", "cellStyleXfs", "dxfs"):
            section = tag
        elif tag == "numFmt" and section == "numFmts":
            codes[attrs.get("numFmtId", "")] = attrs.get("formatCode", "")
        elif tag == "xf" and section == "cellXfs":
            used.append(attrs.get("numFmtId", "0"))

    package.parse(part, start=start)
    for style, number in enumerate(used):
        builtin = _BUILTIN_FORMATS.get(int(number)) if number.isdecimal() and len(number) < 6 else None
        kind = format_kind(codes[number]) if number in codes else builtin
        if kind:
            formats[str(style)] = kind
    return formats


def format_kind(code: str) -> str | None:
    """Whether a number format shows a date ("date") or a time of day ("time"); None for numbers and lengths of time."""
    code = _FORMAT_NOISE.sub(" ", code)
    code = code.split(";")[0].lower()
    if _ELAPSED.search(code):
        return None
    code = _BRACKETS.sub("", code).replace("general", "").replace("standard", "")
    if re.search(r"[yd]", code) or (re.search(r"[eg]", code) and not re.search(r"[0#?]", code)):
        return _DATE
    if re.search(r"[hs]", code):
        return _TIME
    return _DATE if "m" in code else None


def _read_properties(package: Package) -> dict[str, str]:
    """The custom document properties, all as text."""
    properties: dict[str, str] = {}
    kinds = ("custom-properties", "customProperties")
    part = next((link.target for link in package.relationships("").values() if link.kind in kinds), None)
    if part is None or not package.holds(part):
        return properties
    local = LocalNames()
    pieces: list[str] = []
    name = ""

    def start(tag: str, attrs: dict[str, str]) -> None:
        nonlocal name
        pieces.clear()
        if local[tag] == "property":
            name = attrs.get("name", "")

    def end(tag: str) -> None:
        if local[tag] == "property":
            properties[name] = "".join(pieces).strip()

    package.parse(part, start=start, end=end, text=pieces.append)
    return properties


class _SheetReader:
    """One worksheet part, fed by expat. `start` and `end` run for every cell: they are written for speed."""

    def __init__(
        self, name: str, strings: list[str | ErrorValue], formats: dict[str, str], date1904: bool, room: int
    ) -> None:
        self.name = name
        self.cells: dict[tuple[int, int], SourceCell] = {}
        self.merges: list[tuple[int, int, int, int]] = []
        self._strings = strings
        self._formats = formats
        self._date1904 = date1904
        self._room = room
        self._local = LocalNames()
        self._columns: dict[str, int] = {}
        self._pieces: list[str] = []
        self._row = self._col = self._row_of_cell = 0
        self._row_text = "0"
        self._kind: str | None = None
        self._style: str | None = None
        self._raw: str | None = None
        self._formula: str | None = None
        self._inline: str | None = None
        self._aside = False
        self._parser: XMLParserType | None = None

    def read(self, package: Package, part: str, state: str) -> SourceSheet:
        self._parser = new_parser(start=self._start, end=self._end, text=self._pieces.append)
        package.feed(part, self._parser)
        return SourceSheet(self.name, state, self.cells, tuple(self.merges))

    def _start(self, tag: str, attrs: dict[str, str]) -> None:
        tag = self._local[tag]
        if tag == "c":
            ref = attrs.get("r")
            self._row_of_cell = self._row
            if ref is None:
                self._col += 1
            else:
                # Nearly always letters that were seen before, and the number of this row.
                col = self._columns.get(ref.removesuffix(self._row_text))
                if col is None:
                    self._row_of_cell, col = self._place(ref)
                self._col = col
            self._kind = attrs.get("t")
            self._style = attrs.get("s")
            self._raw = self._formula = self._inline = None
        elif tag == "v" or tag == "f" or tag == "t":
            self._pieces.clear()
        elif tag == "row":
            self._pieces.clear()
            self._col = 0
            number = attrs.get("r", "")
            self._row = int(number) if number.isdecimal() and len(number) < 9 else self._row + 1
            self._row_text = str(self._row)
        elif tag == "rPh":
            self._aside = True
        elif tag == "mergeCell":
            self._add_merge(attrs.get("ref", ""))

    def _end(self, tag: str) -> None:
        tag = self._local[tag]
        if tag == "v":
            self._raw = "".join(self._pieces)
        elif tag == "c":
            if self._raw is not None or self._formula is not None or self._inline is not None:
                self._add_cell()
        elif tag == "f":
            self._formula = "".join(self._pieces).removeprefix("=")
        elif tag == "t":
            if not self._aside:
                self._inline = (self._inline or "") + "".join(self._pieces)
        elif tag == "rPh":
            self._aside = False
        elif tag == "sheetData" and self._parser is not None:
            # What follows can be longer than the cells, and only the merged ranges in it matter.
            self._parser.StartElementHandler = self._start_after
            self._parser.EndElementHandler = None
            self._parser.CharacterDataHandler = None

    def _start_after(self, tag: str, attrs: dict[str, str]) -> None:
        if self._local[tag] == "mergeCell":
            self._add_merge(attrs.get("ref", ""))

    def _add_cell(self) -> None:
        formula = self._formula
        value = self._value()
        cached = False
        if formula is not None:
            cached = value is not None
            if formula and cached and (_BOOLEAN_FORMULA.fullmatch(formula) or _GOOGLE_FORMULA.match(formula)):
                formula, cached = None, False
        if formula is None and (value is None or value == ""):
            return
        row, col = self._row_of_cell, self._col
        if not (0 < row <= MAX_ROW and 0 < col <= MAX_COL):
            raise self._damaged("it has a cell outside of what a sheet can hold")
        self.cells[row, col] = SourceCell(row, col, value, formula, cached)
        if len(self.cells) > self._room:
            raise UnusableFileError(
                f"this workbook has more than {MAX_CELLS:,} filled cells. "
                "Delete the sheets that are not needed and save it again."
            )

    def _value(self) -> CellValue:
        raw, kind = self._raw, self._kind
        if kind == "s":
            if raw is None or raw == "":
                return None
            try:
                return self._strings[int(raw)]
            except (ValueError, IndexError):
                raise self._damaged("a cell points at a text that is not there") from None
        if kind is None or kind == "n":
            # An empty <v/> is how some programs write a formula that was never calculated.
            return self._number(raw) if raw else None
        if kind == "inlineStr" or kind == "str":
            text = self._inline if self._inline is not None else raw
            return None if text is None else _text_value(text)
        if raw is None or raw == "":
            return None
        if kind == "b":
            return raw.strip().lower() in ("1", "true")
        if kind == "e":
            return _ERRORS.get(raw) or ErrorValue(raw)
        return _iso_value(raw) if kind == "d" else _text_value(raw)

    def _number(self, raw: str) -> CellValue:
        try:
            whole = raw.isdecimal() or (raw[0] == "-" and raw[1:].isdecimal())
            number = int(raw) if whole else float(raw)
        except ValueError:
            return _text_value(raw)
        if number - number != 0:
            return _ERRORS["#NUM!"]  # an infinity, or no number at all
        kind = self._formats.get(self._style) if self._style is not None else None
        return number if kind is None else serial_value(number, kind, date1904=self._date1904)

    def _place(self, ref: str) -> tuple[int, int]:
        """`AB12` -> (12, 28)."""
        letters = ref.rstrip(_DIGITS)
        col = self._columns.get(letters)
        if col is None:
            col = self._columns[letters] = self._column(letters)
        digits = ref[len(letters) :]
        if not 0 < len(digits) < 9:
            raise self._damaged(f"it has a cell called '{ref[:20]}'")
        return int(digits), col

    def _column(self, letters: str) -> int:
        if not (re.fullmatch("[A-Za-z]{1,3}", letters)):
            raise self._damaged(f"it has a cell in a column '{letters[:20]}'")
        col = 0
        for letter in letters.upper():
            col = col * 26 + ord(letter) - 64
        return col

    def _add_merge(self, ref: str) -> None:
        first, _, last = ref.replace("$", "").partition(":")
        self.merges.append((*self._place(first), *self._place(last or first)))

    def _damaged(self, reason: str) -> UnusableFileError:
        return UnusableFileError(f"this workbook is damaged: in sheet '{self.name}' {reason}. {SAVE_AGAIN}")


def serial_value(number: float, kind: str, *, date1904: bool) -> date | datetime | time | float:
    """A count of days as the date or time it shows.

    Args:
        number: days since the workbook's epoch.
        kind: "date" or "time", see `format_kind`.
        date1904: whether the count begins in 1904, as old Macs had it.

    Returns:
        A date for whole days, a datetime for others, a time below one day; the number itself where no such day is.
    """
    if number < 0 or number >= _LAST_SERIAL - (1462 if date1904 else 0):
        return number
    if number < 1 and not (date1904 and kind == _DATE):
        return (datetime.min + timedelta(milliseconds=min(round(number * _MILLISECONDS), _MILLISECONDS - 1))).time()
    if not date1904 and int(number) == _LEAP_BUG:
        return number
    days, rest = divmod(round(number * _MILLISECONDS), _MILLISECONDS)
    if not date1904 and number < _LEAP_BUG:
        days += 1
    try:
        moment = (_EPOCH_1904 if date1904 else _EPOCH_1900) + timedelta(days=days, milliseconds=rest)
    except OverflowError:  # the last millisecond of the last day, rounded up
        return number
    return moment.date() if rest == 0 else moment


def _iso_value(raw: str) -> CellValue:
    """A `t="d"` cell: a date for whole days; without its time zone, as a sheet shows none."""
    text = raw.strip()
    try:
        if "-" not in text:
            return time.fromisoformat(text).replace(tzinfo=None)
        moment = datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return _text_value(raw)
    return moment.date() if moment.time() == _MIDNIGHT else moment


def _text_value(text: str) -> str | ErrorValue:
    """A text with its `_x000D_` escapes undone; an error's name is an error."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
        # Two escapes may be the halves of one character; a half alone cannot be printed.
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if text[:1] == "#":
        return _ERRORS.get(text, text)
    return text
