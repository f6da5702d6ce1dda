"""A workbook as the program wrote it, taken apart for the emulators: every cell with its text as it stands in the file.

It reads nothing but what our own writer writes, and shares no code with the reader that is on trial.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal
from xml.etree import ElementTree

from smsheets.cells import column_letters

Place = tuple[int, int]
Kind = Literal["number", "text", "boolean", "error", "empty"]

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_VALUE = "{http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes}lpwstr"
_BUILTIN = {0: "General", 1: "0", 2: "0.00", 9: "0%", 10: "0.00%", 14: "yyyy-mm-dd", 20: "hh:mm", 49: "@"}
_KINDS: Mapping[str, Kind] = {"n": "number", "s": "text", "str": "text", "inlineStr": "text", "b": "boolean"}
_TOKEN = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")
      | (?P<sheet>'(?:[^']|'')+'!|(?<![\w.])[^\W\d][\w.]*!)
      | (?P<reference>(?<![\w.$])(?P<fixed_col>\$?)(?P<col>[A-Z]{1,3})(?P<fixed_row>\$?)(?P<row>\d+)(?![\w(.]))""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell. `raw` is the value's text in the file, of a shared text the text itself; `style` counts from 0."""

    row: int
    col: int
    kind: Kind
    raw: str
    formula: str | None
    style: int

    @property
    def name(self) -> str:
        """`H14`."""
        return f"{column_letters(self.col)}{self.row}"


@dataclass(frozen=True, slots=True)
class Validation:
    """A rule for what may be typed: its attributes, the cells as the file names them, and its formulas."""

    attributes: Mapping[str, str]
    formulas: tuple[str, ...]

    @property
    def cells(self) -> str:
        """`A1:A9 C1:C9`."""
        return self.attributes["sqref"]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A worksheet. `frozen` is how many rows and columns stay in place."""

    name: str
    state: str
    cells: Mapping[Place, Cell]
    validations: tuple[Validation, ...]
    frozen: Place
    has_charts: bool

    @property
    def last(self) -> Place:
        """The last row and the last column with a cell."""
        return max((row for row, _ in self.cells), default=1), max((col for _, col in self.cells), default=1)

    def rows(self) -> Iterator[tuple[int, list[Cell]]]:
        """Rows with cells from the top, each from left to right."""
        found: dict[int, list[Cell]] = {}
        for place in sorted(self.cells):
            found.setdefault(place[0], []).append(self.cells[place])
        yield from found.items()


@dataclass(frozen=True, slots=True)
class DefinedName:
    """A defined name; `sheet` is the number of the sheet it belongs to, from 0."""

    name: str
    refers: str
    sheet: int | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook. `formats` has a number format for each style."""

    sheets: tuple[Sheet, ...]
    names: tuple[DefinedName, ...]
    properties: Mapping[str, str]
    formats: tuple[str, ...] = field(repr=False)

    def shows_a_day(self, cell: Cell) -> bool:
        """Whether a cell's format shows a date, not only a time of day."""
        return cell.kind == "number" and "y" in self.formats[cell.style].lower()


@lru_cache(maxsize=40)
def take_apart(data: bytes) -> Book:
    """A workbook of ours as cells."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist()}
    texts = [
        "".join(piece.text or "" for piece in item.iter(f"{_MAIN}t"))
        for item in parts["xl/sharedStrings.xml"].iter(f"{_MAIN}si")
    ]
    links = {link.get("Id", ""): link.get("Target", "") for link in parts["xl/_rels/workbook.xml.rels"]}
    book = parts["xl/workbook.xml"]
    return Book(
        sheets=tuple(
            _sheet(item, parts[f"xl/{links[item.get(_ID, '')]}"], texts) for item in book.iter(f"{_MAIN}sheet")
        ),
        names=tuple(_name(item) for item in book.iter(f"{_MAIN}definedName")),
        properties={item.get("name", ""): item.findtext(_VALUE, "") for item in parts["docProps/custom.xml"]},
        formats=_formats(parts["xl/styles.xml"]),
    )


def _sheet(item: ElementTree.Element, root: ElementTree.Element, texts: list[str]) -> Sheet:
    cells = {}
    for element in root.iter(f"{_MAIN}c"):
        cell = _cell(element, texts)
        cells[cell.row, cell.col] = cell
    pane = root.find(f".//{_MAIN}pane")
    frozen = (int(pane.get("ySplit", "0")), int(pane.get("xSplit", "0"))) if pane is not None else (0, 0)
    rules = tuple(
        Validation(dict(rule.attrib), tuple(formula.text or "" for formula in rule))
        for rule in root.iter(f"{_MAIN}dataValidation")
    )
    charts = root.find(f"{_MAIN}drawing") is not None
    return Sheet(item.get("name", ""), item.get("state", "visible"), cells, rules, frozen, charts)


def _cell(element: ElementTree.Element, texts: list[str]) -> Cell:
    name = element.get("r", "")
    letters = name.rstrip("0123456789")
    kind: Kind = _KINDS.get(element.get("t", "n"), "error")
    raw, formula = element.findtext(f"{_MAIN}v"), element.findtext(f"{_MAIN}f")
    if element.get("t") == "s":
        raw = texts[int(raw or 0)]
    elif element.get("t") == "inlineStr":
        raw = "".join(piece.text or "" for piece in element.iter(f"{_MAIN}t"))
    if raw is None and formula is None:
        kind = "empty"
    elif not raw and kind == "number":
        kind = "text"  # our writer gives an empty text no type
    return Cell(int(name[len(letters) :]), _number(letters), kind, raw or "", formula, int(element.get("s", "0")))


def _name(item: ElementTree.Element) -> DefinedName:
    local = item.get("localSheetId")
    return DefinedName(
        item.get("name", ""), item.text or "", None if local is None else int(local), item.get("hidden") == "1"
    )


def _formats(root: ElementTree.Element) -> tuple[str, ...]:
    codes = {int(item.get("numFmtId", "0")): item.get("formatCode", "") for item in root.iter(f"{_MAIN}numFmt")}
    used = root.find(f"{_MAIN}cellXfs")
    assert used is not None
    return tuple({**_BUILTIN, **codes}[int(item.get("numFmtId", "0"))] for item in used)


@lru_cache(maxsize=100_000)
def as_moved(formula: str, row: int, col: int) -> str:
    """The formula with its references as distances from its cell: the same for all cells it was filled into."""

    def distance(found: re.Match[str]) -> str:
        if not found["reference"]:
            return found[0]
        to_row = found["row"] if found["fixed_row"] else f"[{int(found['row']) - row}]"
        to_col = found["col"] if found["fixed_col"] else f"[{_number(found['col']) - col}]"
        return f"R{to_row}C{to_col}"

    return _TOKEN.sub(distance, formula)


def shifted(formula: str, rows: Mapping[str, int], names: Mapping[str, str], home: str) -> str:
    """The formula after sheets were renamed and rows were put in above: sheet -> its rows, sheet -> its new name.

    Args:
        home: The sheet the formula stands on.
    """
    current = home
    after = 0

    def change(found: re.Match[str]) -> str:
        nonlocal current, after
        if found["sheet"]:
            current = found[0][:-1].strip("'").replace("''", "'")
            after = found.end()
            return quoted(names.get(current, current)) + "!"
        if not found["reference"]:
            return found[0]
        # The end of a range is on the sheet of its beginning.
        sheet = current if found.start() == after or formula[found.start() - 1] == ":" else home
        moved = int(found["row"]) + rows.get(sheet, 0)
        return f"{found['fixed_col']}{found['col']}{found['fixed_row']}{moved}"

    return _TOKEN.sub(change, formula)


def quoted(sheet: str) -> str:
    """A sheet's name as a formula writes it."""
    return "'" + sheet.replace("'", "''") + "'"


def places(area: str) -> list[Place]:
    """The cells of `B2:C9`."""
    corners = re.findall(r"([A-Z]+)(\d+)", area)
    (first_col, first_row), (last_col, last_row) = corners[0], corners[-1]
    cols = range(_number(first_col), _number(last_col) + 1)
    return [(row, col) for row in range(int(first_row), int(last_row) + 1) for col in cols]


def _number(letters: str) -> int:
    col = 0
    for letter in letters:
        col = col * 26 + ord(letter) - 64
    return col
