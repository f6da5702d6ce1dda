"""The boxes that notes are shown in: the old drawing language, which Excel still asks for.

Such a part need not be proper XML - Excel itself writes an unclosed `<br>` into some - so it is searched as text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from smsheets.annotation.comments import Place
from smsheets.annotation.splice import stretches
from smsheets.reader.file.package import SAVE_AGAIN, UnusableFileError, shown_part

_BLOCK = 1024
"""Each sheet numbers its shapes in blocks of this many."""
_WIDTH = 300
_LINE_SIGNS = 48
_LINE_HEIGHT = 15
_LINES = (3, 24)

_NAMES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_SHAPE_TYPE = (
    '<v:shapetype{names} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_END = re.compile(rb"</(?:[\w.-]+:)?xml\s*>")
_SHAPE = re.compile(rb"<(?:[\w.-]+:)?shape[\s>]")
_SHAPE_END = re.compile(rb"</(?:[\w.-]+:)?shape\s*>")
_ROW = re.compile(rb"<(?:[\w.-]+:)?Row\b[^>]*>\s*(\d{1,9})\s*<")
_COLUMN = re.compile(rb"<(?:[\w.-]+:)?Column\b[^>]*>\s*(\d{1,9})\s*<")
_NOTE = re.compile(rb"""ObjectType\s*=\s*["']Note["']""")
_FIRST_BLOCK = re.compile(rb"""idmap\b[^>]*\bdata\s*=\s*["'](\d{1,6})""")
_NUMBER = re.compile(rb"_x0000_s(\d{1,9})\b")


def empty_drawing(block: int) -> bytes:
    """A drawing without shapes. `block` is that of its shapes' numbers, from 1."""
    layout = f'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="{block}"/></o:shapelayout>'
    return f"<xml {_NAMES}>{layout}</xml>".encode()


def without_boxes(data: bytes, gone: Collection[Place]) -> bytes:
    """The drawing without the boxes of these cells' notes."""
    if not gone:
        return data
    ends = [found.end() for found in _SHAPE_END.finditer(data)]
    kept: list[bytes] = []
    at = 0
    for start, end in stretches((found.start() for found in _SHAPE.finditer(data)), ends):
        if _note_of(data[start:end]) in gone:
            kept.append(data[at:start])
            at = end
    return b"".join((*kept, data[at:]))


def _note_of(shape: bytes) -> Place | None:
    """The cell whose note a shape shows."""
    row, column = _ROW.search(shape), _COLUMN.search(shape)
    if not _NOTE.search(shape) or row is None or column is None:
        return None
    return int(row[1]) + 1, int(column[1]) + 1


def with_boxes(data: bytes, part: str, notes: Mapping[Place, str], places: Iterable[Place]) -> bytes:
    """The drawing with a box for each of these cells, as large as its note asks for.

    Raises:
        UnusableFileError: The drawing has no end.
    """
    places = sorted(places)
    if not places:
        return data
    end = max((found.start() for found in _END.finditer(data)), default=None)
    if end is None:
        reason = f"its part {shown_part(part)} has no end"
        raise UnusableFileError(f"this workbook is damaged: {reason}. {SAVE_AGAIN}")
    block = _FIRST_BLOCK.search(data)
    first = _BLOCK * int(block[1]) if block else _BLOCK
    number = max((int(found[1]) for found in _NUMBER.finditer(data)), default=first)
    root = data[: data.find(b">", data.find(b"<xml"))].decode("ascii", "replace")
    # Names that the root does not declare in the usual way are declared on each shape.
    names = "" if all(name in root for name in _NAMES.split()) else f" {_NAMES}"
    shapes = "" if b"_x0000_t202" in data else _SHAPE_TYPE.format(names=names)
    shapes += "".join(_box(place, notes.get(place, ""), number + n, names) for n, place in enumerate(places, 1))
    return data[:end] + shapes.encode() + data[end:]


def _box(place: Place, note: str, number: int, names: str) -> str:
    lines = sum(len(line) // _LINE_SIGNS + 1 for line in note.splitlines())
    height = _LINE_HEIGHT * (min(max(lines, _LINES[0]), _LINES[1]) + 1)
    return (
        f'<v:shape{names} id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;'
        f'width:{_WIDTH}px;height:{height}px;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>'
        f"<x:Row>{place[0] - 1}</x:Row><x:Column>{place[1] - 1}</x:Column></x:ClientData></v:shape>"
    )
