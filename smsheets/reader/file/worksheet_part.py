"""One worksheet part: value, formula and cached result of each cell, in one pass over the bytes.

Names of elements are matched without their namespace, which makes strict files no special case.

What follows the cells can be longer than they are, and it may be broken without harm: what cannot be read here is left
out with a remark.
"""

from __future__ import annotations

import re
from datetime import datetime, time
from itertools import product
from xml.parsers.expat import XMLParserType

from msgspec.structs import replace

from smsheets.cells import MAX_COL, MAX_ROW, Area, column_letters, column_number, parse_area
from smsheets.reader.file.package import (
    SAVE_AGAIN,
    DamagedFileError,
    LocalNames,
    Package,
    UnusableFileError,
    new_parser,
)
from smsheets.reader.file.source_cells import (
    ERRORS,
    LONGEST_TEXT,
    TOO_LONG,
    CellValue,
    ErrorValue,
    SharedFormula,
    SourceCell,
    SourceSheet,
    Validation,
    text_value,
)
from smsheets.reader.file.workbook_parts import Formats, serial_value

BROKEN_MERGE = "A merged range of a sheet is damaged. It is left out."
MANY_MERGES = "A sheet has more than 100,000 merged ranges. The rest of them is left out."
MANY_VALIDATIONS = "A sheet has more than 20,000 validation rules. The rest of them is left out."

_MOST_MERGES = 100_000  # far more than people make; each is looked at once for every table
_MOST_VALIDATIONS = 20_000  # far more than people make
_LONGEST = 10_000
"""Characters of a validation's formula or ranges that are kept; real ones have a few dozen."""


class SheetTail:
    """Fed by expat once the cells are over; an element's text is listened to only where it matters."""

    def __init__(self, local: LocalNames, parser: XMLParserType) -> None:
        self.merges: list[Area] = []
        self.validations: list[Validation] = []
        self.remarks: dict[str, None] = {}
        self._local = local
        self._parser = parser
        self._pieces: list[str] = []
        self._kind = self._ranges = ""
        self._formulas: list[str] = []

    def listen(self) -> None:
        """From here on the parser tells this, and nobody else, what it meets."""
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = None
        self._parser.CharacterDataHandler = None

    def _start(self, tag: str, attrs: dict[str, str]) -> None:
        tag = self._local[tag]
        if tag == "mergeCell":
            self.add_merge(attrs.get("ref", ""))
        elif tag == "dataValidation":
            self._kind, self._ranges = attrs.get("type", "none"), attrs.get("sqref", "")
            self._formulas = ["", ""]
            self._parser.EndElementHandler = self._end
            self._parser.CharacterDataHandler = self._pieces.append
        elif tag in ("formula1", "formula2", "sqref", "f"):
            self._pieces.clear()

    def _end(self, tag: str) -> None:
        """Inside of one validation. Those Excel 2010 added have their ranges and formulas in elements of their own."""
        tag = self._local[tag]
        if tag == "formula1" or tag == "formula2":
            self._formulas[tag == "formula2"] = "".join(self._pieces)[:_LONGEST]
        elif tag == "sqref":
            self._ranges = "".join(self._pieces)
        elif tag == "dataValidation":
            self._parser.EndElementHandler = None
            self._parser.CharacterDataHandler = None
            self._pieces.clear()
            self._add_validation()

    def add_merge(self, ref: str) -> None:
        """Some programs write merged ranges before the cells."""
        area = parse_area(ref)
        if area is None:
            self.remarks[BROKEN_MERGE] = None
        elif len(self.merges) < _MOST_MERGES:
            self.merges.append(area)
        else:
            self.remarks[MANY_MERGES] = None

    def _add_validation(self) -> None:
        if self._kind == "none":
            return  # an input message without a rule
        if len(self.validations) < _MOST_VALIDATIONS:
            self.validations.append(Validation(self._kind, self._ranges[:_LONGEST], *self._formulas))
        else:
            self.remarks[MANY_VALIDATIONS] = None


_DIGITS = "0123456789"
_LONGEST_INTEGER = 20  # digits; a longer number is a float, as in Excel
_SHOWN = 80  # characters of a sheet's name in a message
_MIDNIGHT = time()
_MOST_STEPS = 5_000_000
"""Places that array formulas and data tables of a sheet fill together."""
_WRAPPED_VALUE = re.compile(
    r"\s*(?:(?:TRUE|FALSE)\s*\(\s*\)\s*\Z|IFERROR\s*\(\s*__xludf\.DUMMYFUNCTION\s*\()", re.IGNORECASE
)
"""LibreOffice writes typed booleans as formulas, Google Sheets what only it can compute."""


class SheetReader:
    """One worksheet part, fed by expat. `start` and `end` run for every cell: they are written for speed."""

    def __init__(self, name: str, strings: list[str | ErrorValue], formats: Formats, date1904: bool, room: int) -> None:
        self.name = name
        self.cells: dict[tuple[int, int], SourceCell] = {}
        self.remarks: list[str] = []
        self._strings = strings
        self._kinds = formats.kinds
        self._codes = formats.codes
        self._date1904 = date1904
        self._room = room
        self._local = LocalNames()
        self._columns: dict[str, int] = {}
        self._pieces: list[str] = []
        self._row = 0
        self._row_text = "0"
        self._attrs: dict[str, str] = {}
        self._raw: str | None = None
        self._formula: str | SharedFormula | None = None
        self._formula_attrs: dict[str, str] = {}
        self._shared: dict[str, SharedFormula] = {}
        self._early: list[tuple[int, int, str]] = []
        self._filled: list[Area] = []
        self._inline: str | None = None
        self._aside = False
        self._tail: SheetTail | None = None
        self._most = room

    def read(self, package: Package, part: str, state: str) -> SourceSheet:
        """Read the part; `cells` and `remarks` fill up meanwhile."""
        self._most = package.limits.cells
        parser = new_parser(start=self._start, end=self._end, text=self._pieces.append)
        self._tail = tail = SheetTail(self._local, parser)
        package.feed(part, parser)
        self._finish_formulas()
        self.remarks += tail.remarks
        return SourceSheet(self.name, state, self.cells, tuple(tail.merges), tuple(tail.validations))

    def _start(self, tag: str, attrs: dict[str, str]) -> None:
        tag = self._local[tag]
        if tag == "c":
            # Half of all cells are empty, so nothing is done with their attributes yet.
            if "r" not in attrs:
                attrs["r"] = self._ref_after(self._attrs.get("r"))
            self._attrs = attrs
            self._raw = self._formula = self._inline = None
        elif tag == "v" or tag == "t":
            self._pieces.clear()
        elif tag == "f":
            self._pieces.clear()
            self._formula_attrs = attrs
        elif tag == "row":
            self._pieces.clear()
            self._attrs = {}
            number = attrs.get("r", "")
            self._row = int(number) if number.isdecimal() and len(number) < 9 else self._row + 1
            self._row_text = str(self._row)
        elif tag == "rPh":
            self._aside = True
        elif tag == "mergeCell" and self._tail is not None:
            self._tail.add_merge(attrs.get("ref", ""))

    def _end(self, tag: str) -> None:
        tag = self._local[tag]
        if tag == "v":
            self._raw = "".join(self._pieces)
            if len(self._raw) > LONGEST_TEXT:
                raise UnusableFileError(str(self._damaged(f"a text {TOO_LONG}")))
        elif tag == "c":
            if self._raw is not None or self._formula is not None or self._inline is not None:
                self._add_cell()
        elif tag == "f":
            self._formula = "".join(self._pieces).removeprefix("=")
            if self._formula_attrs:
                self._formula = self._group_formula(self._formula, self._formula_attrs)
        elif tag == "t":
            if not self._aside:
                self._inline = (self._inline or "") + "".join(self._pieces)
                if len(self._inline) > LONGEST_TEXT:
                    raise UnusableFileError(str(self._damaged(f"a text {TOO_LONG}")))
        elif tag == "rPh":
            self._aside = False
        elif tag == "sheetData" and self._tail is not None:
            self._tail.listen()

    def _group_formula(self, text: str, attrs: dict[str, str]) -> str | SharedFormula:
        """The formula of a cell that shares it with others, or fills others too."""
        kind = attrs.get("t")
        row, col = self._place(self._attrs["r"])
        group = attrs.get("si", "")
        if kind == "shared" and text:
            if "ref" in attrs or group not in self._shared:
                self._shared[group] = SharedFormula(text, row, col)
        elif kind == "shared":
            if group not in self._shared:
                self._early.append((row, col, group))
            return self._shared.get(group, "")
        elif kind == "array" or kind == "dataTable":
            area = parse_area(attrs.get("ref", ""))
            if area is not None and area[:2] != area[2:]:
                self._filled.append(area)
        return text

    def _finish_formulas(self) -> None:
        """The parts of a cell that were not known yet when it was met."""
        for row, col, group in self._early:
            cell = self.cells.get((row, col))
            if cell is not None and cell.written == "" and group in self._shared:
                self.cells[row, col] = replace(cell, written=self._shared[group])
        steps = _MOST_STEPS
        for row1, col1, row2, col2 in self._filled:
            steps -= (row2 - row1 + 1) * (col2 - col1 + 1)
            if steps < 0:
                break  # no honest file comes near
            for place in product(range(row1, row2 + 1), range(col1, col2 + 1)):
                cell = self.cells.get(place)
                if cell is not None and cell.written is None:
                    self.cells[place] = replace(cell, written="", has_cached=True)

    def _add_cell(self) -> None:
        formula, attrs = self._formula, self._attrs
        kind, style = attrs.get("t"), attrs.get("s", "")
        value = self._number(self._raw, style) if kind is None and self._raw else self._value(kind, style)
        cached = False
        if formula is not None:
            cached = value is not None
            if cached and isinstance(formula, str) and formula[:3] != "IF(" and _WRAPPED_VALUE.match(formula):
                formula, cached = None, False
        if formula is None and (value is None or value == ""):
            return
        ref = attrs["r"]
        # Nearly always letters that were seen before, and the number of this row.
        row, col = self._row, self._columns.get(ref.removesuffix(self._row_text))
        if col is None:
            row, col = self._place(ref)
        if not (0 < row <= MAX_ROW and 0 < col <= MAX_COL):
            raise self._damaged("it has a cell outside of what a sheet can hold")
        self.cells[row, col] = SourceCell(row, col, value, formula, cached, self._codes.get(style, ""))
        if len(self.cells) > self._room:
            raise UnusableFileError(
                f"this workbook has more than {self._most:,} filled cells. "
                "Delete the sheets that are not needed and save it again, or allow more with --max-cells."
            )

    def _value(self, kind: str | None, style: str) -> CellValue:
        raw = self._raw
        if kind == "s":
            if raw is None or raw == "":
                return None
            try:
                return self._strings[int(raw)]
            except (ValueError, IndexError):
                raise self._damaged("a cell points at a text that is not there") from None
        if kind is None or kind == "n":
            # An empty <v/> is how some programs write a formula that was never calculated.
            return self._number(raw, style) if raw else None
        if kind == "inlineStr" or kind == "str":
            text = self._inline if self._inline is not None else raw
            return None if text is None else text_value(text)
        if raw is None or raw == "":
            return None
        if kind == "b":
            return raw.strip().lower() in ("1", "true")
        if kind == "e":
            return ERRORS.get(raw) or ErrorValue(raw)
        return _iso_value(raw) if kind == "d" else text_value(raw)

    def _number(self, raw: str, style: str) -> CellValue:
        try:
            whole = raw.isdecimal() or (raw[0] == "-" and raw[1:].isdecimal())
            # A spreadsheet has no more than fifteen digits.
            number = int(raw) if whole and len(raw) < _LONGEST_INTEGER else float(raw)
        except ValueError:
            return text_value(raw)
        if number - number != 0:
            return ERRORS["#NUM!"]  # an infinity, or no number at all
        kind = self._kinds.get(style)
        return number if kind is None else serial_value(number, kind, date1904=self._date1904)

    def _ref_after(self, ref: str | None) -> str:
        """The name of a cell that has none, from that of the one before it in its row."""
        col = self._place(ref)[1] if ref is not None else 0
        return f"{column_letters(col + 1)}{self._row}"

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
        return column_number(letters)

    def _damaged(self, reason: str) -> DamagedFileError:
        return DamagedFileError(f"this workbook is damaged: in sheet '{self.name[:_SHOWN]}' {reason}. {SAVE_AGAIN}")


def _iso_value(raw: str) -> CellValue:
    """A `t="d"` cell: a date for whole days; without its time zone, as a sheet shows none."""
    text = raw.strip()
    try:
        if "-" not in text:
            return time.fromisoformat(text).replace(tzinfo=None)
        moment = datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return text_value(raw)
    return moment.date() if moment.time() == _MIDNIGHT else moment
