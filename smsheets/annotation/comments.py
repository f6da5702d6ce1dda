"""The notes of a sheet and the boxes that they are shown in; those of an earlier annotation are replaced.

A note is recognised by its words: `smsheets: ... [code]`. What a person wrote beside them stays.

The part that describes the boxes need not be proper XML - Excel itself writes an unclosed `<br>` into some - so it is
searched as text.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from smsheets.annotation.splice import (
    Edit,
    Element,
    Outline,
    cell_text,
    cut,
    escaped,
    outline,
    put_last,
    small_number,
    stretches,
)
from smsheets.cells import column_letters, parse_area
from smsheets.problems import problem_texts
from smsheets.reader.file.package import SAVE_AGAIN, UnusableFileError, shown_part

_AUTHOR = "smsheets"
COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"

Place = tuple[int, int]
"""Row and column, from 1."""

_MARK = f"{_AUTHOR}: "
_BEGIN = re.compile(rf"\n?{_MARK}")
_THREAD = "tc="
"""Authors so named stand for a conversation, which Excel keeps elsewhere."""


@cache
def _end() -> re.Pattern[str]:
    """The code that a note of ours ends with."""
    return re.compile(rf"\[(?:{'|'.join(map(re.escape, problem_texts()))})\]")


def note_text(says: str, todo: str, code: str) -> str:
    """A note as it is recognised later."""
    return f"{_MARK}{says} {todo} [{code}]"


def empty_comments(address: str) -> bytes:
    """A comments part without notes. `address` is the namespace of the sheet's own part."""
    xml = f'<comments xmlns="{escaped(address)}"><authors></authors><commentList></commentList></comments>'
    return b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + xml.encode()


@dataclass(frozen=True, slots=True)
class _Comment:
    """A note: its element, the element with its text, what is right inside that, and the words in order."""

    place: Place | None
    element: Element
    text: Element | None
    inside: Sequence[Element]
    pieces: Sequence[Element]
    threaded: bool


def comment_places(data: bytes, part: str) -> list[Place]:
    """The cells that have a note."""
    return [comment.place for comment in _comments(outline(data, part)) if comment.place is not None]


def without_our_notes(data: bytes, part: str) -> tuple[bytes, set[Place]]:
    """The part without the notes of an earlier copy, and the cells that have no note at all any more."""
    page = outline(data, part)
    edits: list[Edit] = []
    gone: set[Place] = set()
    for comment in _comments(page):
        whole = "".join(piece.text for piece in comment.pieces)
        ends = [found.end() for found in _end().finditer(whole)]
        ours = list(stretches((found.start() for found in _BEGIN.finditer(whole)), ends))
        if not ours or comment.place is None:
            continue
        if not _without(whole, 0, ours).strip():
            edits.append(cut(comment.element))
            gone.add(comment.place)
        else:
            edits += _cut_from(comment.pieces, ours)
    return page.with_edits(edits), gone


def with_notes(data: bytes, part: str, notes: Mapping[Place, str]) -> tuple[bytes, set[Place]]:
    """The part with a note for each cell, and the cells that had none before.

    A note that is there gets ours below its own text. A conversation is left alone: it is kept in another part too.
    """
    page = outline(data, part)
    authors, comments, prefix = page.first("authors"), page.first("commentList"), page.root.prefix
    edits: list[Edit] = []
    there: set[Place] = set()
    for comment in _comments(page):
        if comment.place is None or comment.place not in notes or comment.place in there:
            continue
        there.add(comment.place)
        if comment.text is not None and not comment.threaded:
            edits += _appended(comment, comment.text, notes[comment.place], prefix)
    new = sorted(notes.keys() - there)
    if new:
        names = [author.text for author in page.named("author")]
        number = names.index(_AUTHOR) if _AUTHOR in names else len(names)
        if _AUTHOR not in names:
            author = f"<{prefix}author>{_AUTHOR}</{prefix}author>"
            if authors is not None:
                edits.append(put_last(authors, author))
            else:
                author = f"<{prefix}authors>{author}</{prefix}authors>"
                edits.append(Edit(page.root.inside, page.root.inside, author))
        xml = "".join(_comment(place, notes[place], number, prefix) for place in new)
        if comments is not None:
            edits.append(put_last(comments, xml))
        else:
            edits.append(put_last(page.root, f"<{prefix}commentList>{xml}</{prefix}commentList>"))
    return page.with_edits(edits), set(new)


def _comments(page: Outline) -> Iterator[_Comment]:
    names = [author.text for author in page.named("author")]
    inside: dict[int, list[Element]] = {}
    comment: Element | None = None
    for element in page.elements:
        if element.name == "comment":
            comment = element
        elif comment is not None and element.start < comment.end:
            inside.setdefault(comment.start, []).append(element)
    for element in page.named("comment"):
        parts = inside.get(element.start, [])
        text = next((item for item in parts if item.name == "text"), None)
        pieces = [item for item in parts if item.name == "t" and item.parent is not None and item.parent.name != "rPh"]
        author = small_number(element.attrs.get("authorId"))
        name = names[author] if author is not None and author < len(names) else ""
        area = parse_area(element.attrs.get("ref", ""))
        children = [item for item in parts if item.parent is text]
        yield _Comment(area and area[:2], element, text, children, pieces, name.startswith(_THREAD))


def _cut_from(pieces: Sequence[Element], ours: Sequence[tuple[int, int]]) -> Iterator[Edit]:
    """Takes stretches of a note's whole text out of the pieces they lie in."""
    at = 0
    for piece in pieces:
        kept = _without(piece.text, at, ours)
        at += len(piece.text)
        if kept == piece.text:
            continue
        run = piece.parent
        if not kept and run is not None and run.name == "r":
            yield cut(run)
        else:
            yield Edit(piece.inside, piece.close, cell_text(kept))


def _without(text: str, at: int, spans: Sequence[tuple[int, int]]) -> str:
    """A piece of a text that begins at `at`, without what lies in the spans."""
    kept: list[str] = []
    here = 0
    first = bisect.bisect_right(spans, at, key=lambda span: span[1])
    for start, end in itertools.islice(spans, first, None):
        if start - at >= len(text):
            break
        kept.append(text[here : max(start - at, here)])
        here = end - at
    return "".join((*kept, text[here:]))


def _appended(comment: _Comment, text: Element, note: str, prefix: str) -> Iterator[Edit]:
    """Our words as a run of their own behind the last one; a text without runs becomes a run first."""
    run = _run(f"\n{note}", prefix)
    plain = next((item for item in comment.inside if item.name == "t"), None)
    last = next((item for item in reversed(comment.inside) if item.name in ("r", "t")), None)
    if plain is not None:
        yield Edit(plain.start, plain.start, f"<{prefix}r>")
        yield Edit(plain.end, plain.end, f"</{prefix}r>" + (run if last is plain else ""))
    if last is None:
        yield put_last(text, run)
    elif last is not plain:
        yield Edit(last.end, last.end, run)


def _comment(place: Place, note: str, author: int, prefix: str) -> str:
    ref = f"{column_letters(place[1])}{place[0]}"
    text = f"<{prefix}text>{_run(note, prefix)}</{prefix}text>"
    return f'<{prefix}comment ref="{ref}" authorId="{author}">{text}</{prefix}comment>'


def _run(text: str, prefix: str) -> str:
    look = f'<{prefix}sz val="9"/><{prefix}color indexed="81"/><{prefix}rFont val="Tahoma"/><{prefix}family val="2"/>'
    words = f'<{prefix}t xml:space="preserve">{cell_text(text)}</{prefix}t>'
    return f"<{prefix}r><{prefix}rPr>{look}</{prefix}rPr>{words}</{prefix}r>"


_BLOCK = 1024
"""Each sheet numbers its shapes in blocks of this many."""
_WIDTH = 300  # pixels
_LINE_LENGTH = 48  # characters that fit into the width
_LINE_HEIGHT = 15  # pixels
_LINES = (3, 24)

_NAMES = (
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:x="urn:schemas-microsoft-com:office:excel"'
)
_SHAPE_TYPE = (
    '<v:shapetype{names} id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    '<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_DRAWING_END = re.compile(rb"</(?:[\w.-]+:)?xml\s*>")
_SHAPE = re.compile(rb"<(?:[\w.-]+:)?shape[\s>]")
_SHAPE_END = re.compile(rb"</(?:[\w.-]+:)?shape\s*>")
_ROW = re.compile(rb"<(?:[\w.-]+:)?Row\b[^<>]*>\s*(\d{1,9})\s*<")
_COLUMN = re.compile(rb"<(?:[\w.-]+:)?Column\b[^<>]*>\s*(\d{1,9})\s*<")
_NOTE = re.compile(rb"""ObjectType\s*=\s*["']Note["']""")
_FIRST_BLOCK = re.compile(rb"""<(?:[\w.-]+:)?idmap\b(?:(?!\bdata\s*=)[^<>])*+data\s*=\s*["'](\d{1,6})""")
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
    end = max((found.start() for found in _DRAWING_END.finditer(data)), default=None)
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
    lines = sum(len(line) // _LINE_LENGTH + 1 for line in note.splitlines())
    height = _LINE_HEIGHT * (min(max(lines, _LINES[0]), _LINES[1]) + 1)
    return (
        f'<v:shape{names} id="_x0000_s{number}" type="#_x0000_t202" style="position:absolute;'
        f'width:{_WIDTH}px;height:{height}px;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
        '<v:fill color2="#ffffe1"/><v:shadow color="black" obscured="t"/><v:path o:connecttype="none"/>'
        '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
        '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:AutoFill>False</x:AutoFill>'
        f"<x:Row>{place[0] - 1}</x:Row><x:Column>{place[1] - 1}</x:Column></x:ClientData></v:shape>"
    )
