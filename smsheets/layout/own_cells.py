"""What a workbook holds besides its template: a person's own columns of a table, and sheets of plain values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from smsheets.layout.cells_of import CellContent, Role
from smsheets.layout.content import CellValue
from smsheets.layout.placed import MARKER_SHEET

LONGEST_NAME = 31
"""Of a sheet, in UTF-16 units; a limit of Excel."""

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")
_RESERVED = ("history", MARKER_SHEET)
"""Names that Excel keeps for itself, and our own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueSheet:
    """A sheet of plain values: a person's own sheet, or a list of what was not brought over.

    Attributes:
        name: The wanted name of the tab; it is made legal and different from every other one.
        rows: From the first row of the sheet. A text is written as a text, whatever it looks like; None is blank.
        header_rows: So many first rows are shown bold and stay in sight.
        widths: Of the columns from the left, in characters; a column without one takes that of its texts.
    """

    name: str
    rows: Sequence[Sequence[CellValue]]
    header_rows: int = 0
    widths: Sequence[float] = ()


def legal_names(wanted: Iterable[str], taken: Iterable[str]) -> list[str]:
    """Names for tabs that every program takes: close to the wanted ones, none twice and none that is taken."""
    used = {name.casefold() for name in (*taken, *_RESERVED)}
    names: list[str] = []
    for name in wanted:
        plain = _cut(_FORBIDDEN.sub(" ", name).strip().strip("'").strip(), LONGEST_NAME) or "Sheet"
        legal, n = plain, 1
        while legal.casefold() in used:
            n += 1
            tail = f" ({n})"
            legal = _cut(plain, LONGEST_NAME - len(tail)) + tail
        used.add(legal.casefold())
        names.append(legal)
    return names


def _cut(text: str, length: int) -> str:
    """The beginning of a text, in UTF-16 units; no character is cut in two."""
    return text.encode("utf-16-le")[: 2 * length].decode("utf-16-le", "ignore").strip().strip("'")


def value_cells(sheet: ValueSheet) -> Iterator[CellContent]:
    """Every cell of a sheet of values."""
    for row, values in enumerate(sheet.rows, 1):
        role = Role.VALUE_HEADER if row <= sheet.header_rows else Role.VALUE
        for col, value in enumerate(values, 1):
            if value is not None and value != "":
                yield CellContent(row, col, role, value)
