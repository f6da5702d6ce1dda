"""XML as bytes with places in it: pieces are put in and taken out, and not one other byte changes.

A part that is parsed and written again loses what its reader did not know: prefixes, extensions, the order of
attributes. So a part is only read for where its elements begin and end.
"""

from __future__ import annotations

import bisect
import codecs
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.parsers import expat

from smsheets.reader.file.package import SAVE_AGAIN, UnusableFileError, new_parser, shown_part

_TAG = re.compile(rb"""<[^"'>]*(?:"[^"]*"[^"'>]*|'[^']*'[^"'>]*)*>""")
_ATTRIBUTE = re.compile(rb"""\s([^\s=]+)\s*=\s*("[^"]*"|'[^']*')""")
_DECLARED_UTF16 = re.compile(r"""^(<\?xml(?:(?!\s+encoding\b)[^>])*+)\s++encoding\s*=\s*(?:"[^"]*"|'[^']*')""")
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LONG_NUMBER = 10  # digits; more are no index of anything in a workbook
_MOST_ELEMENTS = 150_000
"""That are kept of one part; each takes up a kilobyte. The cells of a sheet are not among them."""
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


@dataclass(slots=True)
class Element:
    """An element of a part.

    Attributes:
        tag: Its name as written, with its prefix.
        depth: 0 for the root.
        start: The byte where its start tag begins; `inside` the one after that tag.
        close: The byte where its end tag begins; `end` the one after it. For `<a/>` both are `inside`.
        pieces: The text right inside it, as it came.
    """

    tag: str
    attrs: dict[str, str]
    depth: int
    parent: Element | None
    start: int
    inside: int
    empty: bool
    close: int = 0
    end: int = 0
    pieces: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text right inside it."""
        return "".join(self.pieces)

    @property
    def name(self) -> str:
        """Its name without the prefix."""
        return self.tag.rpartition(":")[2]

    @property
    def prefix(self) -> str:
        """The prefix of its neighbours' names: `x:` or nothing."""
        return self.tag[: -len(self.name)]


@dataclass(frozen=True, slots=True)
class Edit:
    """These bytes (`end` not among them) are replaced by this text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Outline:
    """A part with its elements in the order they begin; `root` is the first of them."""

    part: str
    data: bytes
    elements: tuple[Element, ...]

    @property
    def root(self) -> Element:
        """The outermost element."""
        return self.elements[0]

    def named(self, *names: str) -> list[Element]:
        """The elements of these names, whatever their prefix."""
        return [element for element in self.elements if element.name in names]

    def first(self, name: str) -> Element | None:
        """The first element of this name."""
        return next((element for element in self.elements if element.name == name), None)

    def children(self, parent: Element) -> list[Element]:
        """The elements right inside another."""
        return [element for element in self.elements if element.parent is parent]

    def with_edits(self, edits: Iterable[Edit]) -> bytes:
        """The part with pieces put in, taken out or replaced. What is put in at one place keeps its order."""
        pieces: list[bytes] = []
        at = 0
        for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
            assert edit.start >= at, f"{self.part}: edits overlap"
            # Whatever the part's encoding, it has these characters.
            pieces += (self.data[at : edit.start], edit.text.encode("ascii", "xmlcharrefreplace"))
            at = edit.end
        return b"".join((*pieces, self.data[at:]))

    def attribute(self, element: Element, name: str, value: str) -> Edit:
        """Gives an attribute (named with its prefix) a value; adds it where it is not there."""
        tag = self.data[element.start : element.inside]
        for found in _ATTRIBUTE.finditer(tag):
            if found[1] == name.encode():
                return Edit(element.start + found.start(2), element.start + found.end(2), f'"{escaped(value)}"')
        at = element.inside - (2 if element.empty else 1)
        return Edit(at, at, f' {name}="{escaped(value)}"')


def outline(data: bytes, part: str, *, depth: int | None = None, also: Collection[str] = ()) -> Outline:
    """Where the elements of a part are.

    Args:
        part: Its name, for messages.
        depth: Elements further inside than this are left out; None keeps all.
        also: Names that are kept at any depth.

    Raises:
        UnusableFileError: It is no proper XML, brings a document type, or has too many elements.
    """
    data = _as_utf8(data)
    elements: list[Element] = []
    kept: list[Element | None] = []

    def start(tag: str, attrs: dict[str, str]) -> None:
        if depth is not None and len(kept) > depth and tag.rpartition(":")[2] not in also:
            kept.append(None)
            return
        at = parser.CurrentByteIndex
        found = _TAG.match(data, at)
        assert found is not None
        if len(elements) >= _MOST_ELEMENTS:
            raise UnusableFileError("this workbook is too large for a copy with notes. Delete the sheets not needed.")
        parent = next((element for element in reversed(kept) if element is not None), None)
        element = Element(tag, attrs, len(kept), parent, at, found.end(), data[found.end() - 2] == ord("/"))
        elements.append(element)
        kept.append(element)

    def end(_tag: str) -> None:
        element = kept.pop()
        if element is not None:
            element.close = element.inside if element.empty else parser.CurrentByteIndex
            element.end = element.inside if element.empty else data.index(b">", element.close) + 1

    def text(piece: str) -> None:
        if kept and kept[-1] is not None:
            kept[-1].pieces.append(piece)

    parser = new_parser(start=start, end=end, text=text)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        reason = f"its part {shown_part(part)} is not proper XML in line {error.lineno}"
        raise UnusableFileError(f"this workbook is damaged: {reason}. {SAVE_AGAIN}") from None
    return Outline(part, data, tuple(elements))


def put_last(parent: Element, xml: str) -> Edit:
    """Puts elements at the end of another; `<a/>` is opened for them."""
    if parent.empty:
        return Edit(parent.inside - 2, parent.inside, f">{xml}</{parent.tag}>")
    return Edit(parent.close, parent.close, xml)


def put_first(parent: Element, xml: str) -> Edit:
    """Puts elements at the beginning of another."""
    return put_last(parent, xml) if parent.empty else Edit(parent.inside, parent.inside, xml)


def cut(element: Element) -> Edit:
    """Takes an element out."""
    return Edit(element.start, element.end, "")


def stretches(starts: Iterable[int], ends: Sequence[int]) -> Iterator[tuple[int, int]]:
    """From each start to the first end behind it, none inside another. Both are in order."""
    at = 0
    for start in starts:
        number = bisect.bisect_right(ends, start)
        if start >= at and number < len(ends):
            at = ends[number]
            yield start, at


def escaped(text: str) -> str:
    """A text as XML, without what XML cannot hold."""
    text = _ILLEGAL.sub("", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("\t", "&#9;").replace("\n", "&#10;").replace("\r", "&#13;")


def cell_text(text: str) -> str:
    """A text for a cell or a note: what looks like one of the file's own escapes (`_x000D_`) stays what it is."""
    return escaped(_LOOKS_ESCAPED.sub("_x005F_", text))


def small_number(text: str | None) -> int | None:
    """A number in an attribute; None for what is none, or is absurdly long."""
    text = (text or "").strip()
    return int(text) if text.isdecimal() and len(text) < _LONG_NUMBER else None


def _as_utf8(data: bytes) -> bytes:
    """A part in UTF-16, which hardly any program writes, is edited in UTF-8; others have ASCII in common with it."""
    if not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data
    text = data.decode("utf-16", "replace")
    return _DECLARED_UTF16.sub(r"\1", text).encode()


_FONTS = (
    '<{p}font><{p}b/><{p}sz val="16"/><{p}color rgb="FF1F2933"/><{p}name val="Calibri"/><{p}family val="2"/></{p}font>',
    '<{p}font><{p}sz val="10"/><{p}color rgb="FF5F6C7B"/><{p}name val="Calibri"/><{p}family val="2"/></{p}font>',
    '<{p}font><{p}b/><{p}sz val="11"/><{p}color rgb="FFFFFFFF"/><{p}name val="Calibri"/><{p}family val="2"/></{p}font>',
    '<{p}font><{p}sz val="11"/><{p}color rgb="FF1F2933"/><{p}name val="Calibri"/><{p}family val="2"/></{p}font>',
    '<{p}font><{p}u/><{p}sz val="11"/><{p}color rgb="FF1F5F8B"/><{p}name val="Calibri"/><{p}family val="2"/></{p}font>',
)
_FILL = (
    '<{p}fill><{p}patternFill patternType="solid"><{p}fgColor rgb="FF1F5F8B"/><{p}bgColor indexed="64"/>'
    "</{p}patternFill></{p}fill>"
)
_BORDER = (
    '<{p}border><{p}left/><{p}right/><{p}top/><{p}bottom style="thin"><{p}color rgb="FFC9D3DC"/></{p}bottom>'
    "<{p}diagonal/></{p}border>"
)
_MIDDLE, _TOP = '<{p}alignment vertical="center"/>', '<{p}alignment vertical="top" wrapText="1"/>'
_LOOKS = (
    # font, filled, lined, alignment
    (0, False, False, _MIDDLE),
    (1, False, False, _MIDDLE),
    (2, True, False, _MIDDLE),
    (3, False, True, _TOP),
    (4, False, True, _TOP),
)


class Looks(NamedTuple):
    """Numbers of cell formats."""

    title: int
    remark: int
    header: int
    text: int
    link: int


def add_looks(data: bytes, part: str) -> tuple[bytes, Looks | None]:
    """The styles part with our looks, and their numbers; None where the part cannot take them.

    Looks that an earlier copy left at the end are used again.
    """
    try:
        page = outline(data, part, depth=2)
    except UnusableFileError:
        return data, None
    fonts, fills, borders, formats = (
        next((item for item in page.elements if item.depth == 1 and item.name == name), None)
        for name in ("fonts", "fills", "borders", "cellXfs")
    )
    if fonts is None or fills is None or borders is None or formats is None:
        return data, None
    prefix = page.root.prefix
    edits: list[Edit] = []
    font = _add(page, fonts, [text.format(p=prefix) for text in _FONTS], edits)
    fill = _add(page, fills, [_FILL.format(p=prefix)], edits)
    border = _add(page, borders, [_BORDER.format(p=prefix)], edits)
    first = _add(page, formats, _formats(prefix, font, fill, border), edits)
    return page.with_edits(edits), Looks(*range(first, first + len(_LOOKS)))


def _formats(prefix: str, font: int, fill: int, border: int) -> list[str]:
    return [
        f'<{prefix}xf numFmtId="0" fontId="{font + number}" fillId="{fill if filled else 0}" '
        f'borderId="{border if lined else 0}" xfId="0" quotePrefix="1" applyFont="1" applyFill="1" applyBorder="1" '
        f'applyAlignment="1">{alignment.format(p=prefix)}</{prefix}xf>'
        for number, filled, lined, alignment in _LOOKS
    ]


def _add(page: Outline, parent: Element, items: list[str], edits: list[Edit]) -> int:
    """Puts items at the end of a list, and gives the number of the first."""
    count = len(page.children(parent))
    xml = "".join(items)
    if page.data[: parent.close].endswith(xml.encode()):
        return count - len(items)
    edits.append(put_last(parent, xml))
    if "count" in parent.attrs:
        edits.append(page.attribute(parent, "count", str(count + len(items))))
    return count
