"""What the hostile files are made of: a valid template whose parts are replaced, and tables that never end.

Nothing big is kept: every file is made when it is asked for, its parts written piece by piece.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from xml.sax.saxutils import escape

from filled import template
from make_xlsx import HEAD, MAIN

from smsheets.cells import column_letters
from smsheets.layout.place import place_workbook
from smsheets.layout.placed import Layout, PlacedTable
from smsheets.profile import Profile
from smsheets.spec.load import load_spec

Content = str | bytes | Iterable[str]
Attack = Callable[[Path], None]

ATTACKS: dict[str, Attack] = {}
"""Name -> what makes the file at a path."""

REFUSED: dict[str, str] = {}
"""Name -> how the one line begins, for those that are not read."""


def attack(refused: str = "") -> Callable[[Attack], Attack]:
    """Lists a hostile file. `refused` is what its one line says; without it, the file is read."""

    def add(make: Attack) -> Attack:
        name = make.__name__
        assert name not in ATTACKS
        ATTACKS[name] = make
        if refused:
            REFUSED[name] = refused
        return make

    return add


@cache
def parts_of(kind: str = "calendar", sample: bool = True) -> Mapping[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(template(kind, sample=sample))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@cache
def layout_of(kind: str) -> Layout:
    """The layout of the blank template."""
    return place_workbook(load_spec(kind), Profile())


def write(path: Path, parts: Mapping[str, Content], level: int = 1) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, content in parts.items():
            with archive.open(name, "w", force_zip64=True) as stream:
                for piece in [content] if isinstance(content, str | bytes) else _joined(content):
                    stream.write(piece.encode() if isinstance(piece, str) else piece)


def _joined(pieces: Iterable[str], size: int = 1 << 18) -> Iterator[str]:
    """The same text in fewer pieces."""
    waiting: list[str] = []
    length = 0
    for piece in pieces:
        waiting.append(piece)
        length += len(piece)
        if length >= size:
            yield "".join(waiting)
            waiting, length = [], 0
    yield "".join(waiting)


def on_template(path: Path, changed: Mapping[str, Content], kind: str = "calendar", sample: bool = True) -> None:
    """A valid workbook with some parts replaced or added."""
    write(path, {**parts_of(kind, sample), **changed})


def in_part(part: str, old: str, new: str, kind: str = "calendar") -> str:
    """A part of a template with one piece of it replaced."""
    text = parts_of(kind)[part].decode()
    assert old in text, (part, old)
    return text.replace(old, new, 1)


def around(part: str, old: str, pieces: Iterable[str], kind: str = "calendar", sample: bool = True) -> Iterator[str]:
    """A part of a template with pieces put before the first `old`."""
    text = parts_of(kind, sample)[part].decode()
    before, found, after = text.partition(old)
    assert found, (part, old)
    yield before
    yield from pieces
    yield found + after


def sheet_part(kind: str, sheet: str) -> str:
    names = [item.name for item in layout_of(kind).sheets]
    return f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"


def with_rows(
    path: Path,
    kind: str,
    table: str,
    rows: Iterable[Mapping[str, object]],
    changed: Mapping[str, Content] | None = None,
) -> None:
    """The blank template with these rows, by column key, in one of its tables."""
    placed = layout_of(kind).tables[table]
    part = sheet_part(kind, placed.sheet)
    on_template(path, {part: _with_rows(part, kind, placed, rows), **(changed or {})}, kind, sample=False)


def _with_rows(part: str, kind: str, table: PlacedTable, rows: Iterable[Mapping[str, object]]) -> Iterator[str]:
    text = parts_of(kind, sample=False)[part].decode()
    start = text.index(f'<row r="{table.header_row + 1}"')
    yield text[:start]
    columns = {column.key: column_letters(column.col) for column in table.columns}
    for number, row in enumerate(rows, table.header_row + 1):
        yield f'<row r="{number}">'
        yield from (cell(f"{columns[key]}{number}", value) for key, value in row.items())
        yield "</row>"
    yield text[text.index("</sheetData>") :]


class Raw(str):
    """A cell's inside as it stands in the file, behind `t="..."`: `n"><v>1E999</v>`."""


def cell(place: str, value: object) -> str:
    if isinstance(value, Raw):
        return f'<c r="{place}" t="{value}</c>'
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def sheet_of(rows: Iterable[str], after: Iterable[str] = ()) -> Iterator[str]:
    yield f'{HEAD}<worksheet xmlns="{MAIN}"><sheetData>'
    yield from rows
    yield "</sheetData>"
    yield from after
    yield "</worksheet>"
