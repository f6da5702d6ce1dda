"""One worksheet part: value, formula and cached result of each cell, in one pass over the bytes.

Names of elements are matched without their namespace, which makes strict files no special case.
"""

from __future__ import annotations

import re
from datetime import datetime, time
from xml.parsers.expat import XMLParserType

from smsheets.cells import MAX_COL, MAX_ROW
from smsheets.reader.number_formats import serial_value
from smsheets.reader.package import SAVE_AGAIN, LocalNames, Package, UnusableFileError, new_parser
from smsheets.reader.source_cells import ERRORS, CellValue, ErrorValue, SourceCell, SourceSheet, text_value

MAX_CELLS = 2_000_000

_DIGITS = "0123456789"
_MIDNIGHT = time()
_BOOLEAN_FORMULA = re.compile(r"\s*(TRUE|FALSE)\s*\(\s*\)\s*", re.IGNORECASE)
_GOOGLE_FORMULA = re.compile(r"\s*IFERROR\s*\(\s*__xludf\.DUMMYFUNCTION\s*\(", re.IGNORECASE)


class SheetReader:
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
        """Read the part; `cells` and `merges` fill up meanwhile."""
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
            return None if text is None else text_value(text)
        if raw is None or raw == "":
            return None
        if kind == "b":
            return raw.strip().lower() in ("1", "true")
        if kind == "e":
            return ERRORS.get(raw) or ErrorValue(raw)
        return _iso_value(raw) if kind == "d" else text_value(raw)

    def _number(self, raw: str) -> CellValue:
        try:
            whole = raw.isdecimal() or (raw[0] == "-" and raw[1:].isdecimal())
            number = int(raw) if whole else float(raw)
        except ValueError:
            return text_value(raw)
        if number - number != 0:
            return ERRORS["#NUM!"]  # an infinity, or no number at all
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
